"""What is printed once and stands twice, or elsewhere: text boxes of two halves, notes in loops.

What stands between the tags BEGIN and END Jinja prints into a buffer of its own. A text box prints
it there, and again in its other half, so that counters advance once. A note in a loop is handed to
State, and printed with the others when their part comes. What is set inside stays set, as in `if`.
These tags stand bare in the source, which no printed tag that a template's author typed does: so
nobody can write them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from jinja2 import nodes

BEGIN, END, AGAIN, NOTES = "capture_begins", "capture_ends", "capture_again", "kept_notes"
_ALL = frozenset({BEGIN, END, AGAIN, NOTES})
_KEY = re.compile(r"box \d+|word/(?:footnotes|endnotes|comments)\.xml", re.ASCII)


class Capture(NamedTuple):
    """Stands as the test of an `if`, whose body is captured, or printed again where it is empty."""

    key: str
    """`box 3`; of a note, the part where it stands: `word/footnotes.xml`."""
    again: bool = False

    @property
    def is_note(self) -> bool:
        return self.key.endswith(".xml")

    @property
    def variable(self) -> str:
        """The name of the captured text in Jinja's code; no template's name becomes one like it."""
        return "captured_" + self.key.replace(" ", "_")


def settle_captures(tree: nodes.Template) -> None:
    """Turn the tags of captures in *tree* into statements, in place."""
    if any(map(_key, tree.find_all(nodes.Filter))):
        _settle(tree)


def _settle(node: nodes.Node) -> None:
    for _, value in node.iter_fields():
        if isinstance(value, list) and all(isinstance(item, nodes.Stmt) for item in value):
            for item in value:
                _settle(item)
            value[:] = _gathered(value)


def _gathered(statements: Iterable[nodes.Stmt]) -> list[nodes.Stmt]:
    """*statements*, with what stands between the tags of a capture put into one.

    A tag that has no partner stays: it is a filter that nobody knows.
    """
    found: list[nodes.Stmt] = []
    outer: list[tuple[nodes.Filter, list[nodes.Stmt]]] = []
    captured: set[str] = set()
    for statement in statements:
        if not isinstance(statement, nodes.Output):
            found.append(statement)
            continue
        printed: list[nodes.Expr] = []
        for child in statement.nodes:
            key = _key(child)
            mark = child.name if isinstance(child, nodes.Filter) and key else ""
            if isinstance(child, nodes.Filter) and mark == NOTES and key.endswith(".xml"):
                child.name = f" {NOTES}"
            if isinstance(child, nodes.Filter) and mark == BEGIN:
                found += _output(printed)
                outer.append((child, found))
                found, printed = [], []
            elif mark == END and outer and _key(outer[-1][0]) == key:
                body = [*found, *_output(printed)]
                found, printed = [*outer.pop()[1], _capture(Capture(key), child.lineno, body)], []
                captured.add(key)
            elif mark == AGAIN and key in captured:
                found += [*_output(printed), _capture(Capture(key, again=True), child.lineno)]
                printed = []
            else:
                printed.append(child)
        found += _output(printed)
    for begun, before in reversed(outer):
        found = [*before, *_output([begun]), *found]
    return found


def _capture(capture: Capture, line: int, body: list[nodes.Stmt] | None = None) -> nodes.If:
    return nodes.If(nodes.Const(capture, lineno=line), body or [], [], [], lineno=line)


def _output(printed: list[nodes.Expr]) -> list[nodes.Stmt]:
    return [nodes.Output(printed, lineno=printed[0].lineno)] if printed else []


def _key(child: nodes.Expr) -> str:
    """What a tag of a capture is about; `""` for any other."""
    if not isinstance(child, nodes.Filter) or child.name not in _ALL or child.args:
        return ""
    said = child.node.value if isinstance(child.node, nodes.Const) else ""
    return said if isinstance(said, str) and _KEY.fullmatch(said) else ""
