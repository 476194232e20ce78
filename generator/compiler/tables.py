"""Tables that a render may leave without rows, and tables that it may put side by side.

A table without rows is no table (ISO/IEC 29500-1, 17.4.37): where none prints, the table goes.
Word makes one table of two that touch: an empty paragraph keeps them apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from generator.compiler.groups import argument, keyword
from generator.compiler.nesting import Item, Statement, flat, nest
from generator.wordml import Element, is_tag, make, tag_code, tag_node, tag_spot, w

_ALWAYS = "true"
_FLAG = "rows_of_this_table"
_FOR = re.compile(r"(?P<target>.*?)\s+in\s+(?P<items>.*?)(?:\s+recursive)?", re.DOTALL)
_CONDITION = re.compile(r"\bif\b")

IsCertain = Callable[[list[Item], str], bool]
"""Whether items print an element of this name whatever happens."""


def remove_without_rows(table: Element, is_certain: IsCertain) -> bool:
    """Let *table* print only with a row; False where what its loops do cannot be told before.

    One loop over rows becomes a condition around the table; of other statements a run without
    their rows tells whether any prints.
    """
    items = nest(flat(table))
    statements = [item for item in items if isinstance(item, Statement)]
    if any(_recurs(item) for item in items):
        return False
    opener = statements[0].tags[0] if statements else None
    spot = "" if opener is None else tag_spot(opener)
    others = [item for item in items if not isinstance(item, Statement)]
    alone = len(statements) == 1 and not any(map(is_tag, others))
    only = _condition(statements[0], is_certain) if alone else ""
    if only:
        _put_around(table, only, spot)
        return True
    rehearsal = [tag_node("b", f"set {_FLAG} = namespace(any=false)", spot)]
    rehearsal += _rehearsed(items, is_certain)
    for tag in rehearsal:
        table.addprevious(tag)
    _put_around(table, f"{_FLAG}.any", spot)
    return True


def _recurs(item: Item) -> bool:
    """Whether what a loop over rows prints is known only while it calls itself, or a macro."""
    if isinstance(item, Statement):
        return item.kind in ("call", "macro", "block") or any(
            _recurs(inner) for branch in item.branches for inner in branch
        )
    return is_tag(item) and item.target == "v"


def _condition(statement: Statement, is_certain: IsCertain) -> str:
    """The condition under which a loop prints rows, if it is as simple as “there are items”."""
    rows = is_certain(statement.branches[0], w("tr"))
    if statement.kind != "for" or statement.has_else or not rows:
        return ""
    match = _FOR.fullmatch(argument(statement.tags[0]))
    if match is None or _CONDITION.search(match["items"]):
        return ""
    return f"({match['items']}) | list"


def _rehearsed(items: list[Item], is_certain: IsCertain) -> list[Element]:
    """The statements among *items* without their rows: where a row stands, the flag is set."""
    tags: list[Element] = []
    for item in items:
        if isinstance(item, Statement):
            if simple := _condition(item, is_certain):
                tags += [tag_node("b", f"if {simple}", tag_spot(item.tags[0])), _raised()]
                tags.append(tag_node("b", "endif"))
                continue
            for tag, branch in zip(item.tags, [*item.branches, []], strict=True):
                tags.append(tag_node("b", tag_code(tag), tag_spot(tag)))
                tags += _rehearsed(branch, is_certain)
        elif is_tag(item):
            if item.target == "b":
                tags.append(tag_node("b", tag_code(item), tag_spot(item)))
        elif item.tag == w("tr"):
            tags.append(_raised())
    return tags


def _raised() -> Element:
    return tag_node("b", f"set {_FLAG}.any = true")


def _put_around(table: Element, condition: str, spot: str) -> None:
    table.addprevious(tag_node("b", f"if {condition}", spot))
    table.addnext(tag_node("b", "endif", spot))


# --- tables side by side -------------------------------------------------------------------------


def keep_apart(box: Element) -> None:
    """Put an empty paragraph between tables that statements in *box* may bring together."""
    _walk(nest(flat(box)), "")


def _walk(items: list[Item], after: str, *, part: bool = True) -> str:
    """Part the tables of *items*, and say whether these may end in one: "" is never.

    *after* is the condition, in Jinja, under which a table may stand right before them. Without
    *part* nothing is changed.
    """
    for item in items:
        if isinstance(item, Statement):
            after = _walk_statement(item, after, part=part)
        elif is_tag(item):
            if item.target == "v" or keyword(item) == "include":  # prints what is not known here
                after = ""
        elif item.tag == w("tbl"):
            if part and after:
                _part(item, after)
            after = _ALWAYS
        elif item.tag in (w("p"), w("sectPr")):
            after = ""
    return after


def _walk_statement(statement: Statement, after: str, *, part: bool) -> str:
    if statement.kind not in ("if", "with", "block", "for"):
        for branch in statement.branches:
            _walk(branch, "", part=part)
        return after if statement.kind == "macro" else ""
    ends = set()
    for index, branch in enumerate(statement.branches):
        before = after
        if statement.kind == "for" and index == 0:
            before = _before_pass(branch, after)
        elif statement.kind == "block" and after:
            before = _ALWAYS  # a block does not see the loop around it
        ends.add(_walk(branch, before, part=part))
    if statement.kind in ("if", "for") and not statement.has_else:
        ends.add(after)
    if statement.kind in ("for", "block"):
        ends = {_ALWAYS if end else "" for end in ends}
    return ends.pop() if len(ends) == 1 else _ALWAYS


def _before_pass(branch: list[Item], after: str) -> str:
    """The condition under which a table may stand right before what a pass of a loop prints."""
    if _walk(branch, "", part=False):
        return _ALWAYS if after else "not loop.first"
    return "loop.first" if after else ""


def _part(table: Element, condition: str) -> None:
    if _previous(table) == w("tbl"):  # as it was written: Word shows one table already
        return
    if condition == _ALWAYS:
        table.addprevious(make("w:p"))
        return
    table.addprevious(tag_node("b", f"if {condition}"))
    table.addprevious(make("w:p"))
    table.addprevious(tag_node("b", "endif"))


def _previous(table: Element) -> str:
    node = table.getprevious()
    return "" if node is None or is_tag(node) else str(node.tag)
