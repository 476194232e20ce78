"""Keeping the end of a text on the page of what follows it: 署名 and 成文日期 (GT007).

A layout keeps its own paragraphs together, from 附件说明 to 附注; that a page of theirs begins
with text, the last paragraph of the text must ask for.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.compiler.groups import name_of
from generator.compiler.nesting import Item, Statement, nest
from generator.tags.properties import properties_of, set_property
from generator.wordml import Element, is_tag, w

_ALWAYS = "1"
_LAST_OF_LOOP = "{{ 1 if loop.last else 0 }}"


def keep_end(items: list[Item], wanted: str = _ALWAYS) -> None:
    """Make what prints last of *items* stay with what follows it.

    A paragraph gets `w:keepNext`, a table the paragraphs of its last row. Of a condition or a loop
    that comes last it is the end of each branch, and what stands before where it may print nothing.
    """
    for item in reversed(items):
        if isinstance(item, Statement):
            if _keep_statement(item, wanted):
                return
        elif not is_tag(item):
            _keep(item, wanted)
            return


def last_blocks(items: list[Item]) -> Iterator[str]:
    """The names of the blocks with which *items* may end."""
    for item in reversed(items):
        if isinstance(item, Statement):
            if item.kind == "block":
                yield name_of(item.tags[0])
            if item.kind in ("block", "if", "with"):
                for branch in item.branches:
                    yield from last_blocks(branch)
            if item.kind in ("block", "with") or (item.kind == "if" and item.has_else):
                return
        elif not is_tag(item):
            return


def _keep_statement(statement: Statement, wanted: str) -> bool:
    """Keep the end of a statement; whether it is certain to print something."""
    if statement.kind not in ("block", "for", "if", "with"):  # a macro prints where it is called
        return False
    for index, branch in enumerate(statement.branches):
        looping = statement.kind == "for" and index == 0
        keep_end(branch, _LAST_OF_LOOP if looping else wanted)
    return statement.has_else or statement.kind in ("block", "with")


def _keep(element: Element, wanted: str) -> None:
    """Keep a paragraph, or the last row of a table, with what follows."""
    if element.tag == w("tbl"):
        keep_end(
            [
                item
                for item in nest(element)
                if isinstance(item, Statement) or is_tag(item) or item.tag == w("tr")
            ],
            wanted,
        )
    elif element.tag == w("tr"):
        for paragraph in element.iter(w("p")):
            _keep_paragraph(paragraph, wanted)
    elif element.tag == w("p"):
        _keep_paragraph(element, wanted)


def _keep_paragraph(paragraph: Element, wanted: str) -> None:
    if properties_of(paragraph).find(w("keepNext")) is None:
        set_property(paragraph, "keepNext", {"val": wanted})
