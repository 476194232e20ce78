"""Cells that merge with those of a loop's other passes: `{% hm %}` and `{% vm %}`."""

from __future__ import annotations

import copy
from collections.abc import Iterator

from generator.compiler.groups import CELLS, ROWS, Group, groups_in, level_of
from generator.places import place
from generator.problems import Message, Problem
from generator.tags.cells import HORIZONTAL, VERTICAL
from generator.tags.properties import set_property
from generator.wordml import Element, make, tag_node, w

FIRST_PASS = "if loop.first"


def merge_cells(root: Element, file: str) -> list[Problem]:
    """Fulfil `{% hm %}` and `{% vm %}` below *root*, in place; what stands in no loop is wrong."""
    problems: list[Problem] = []
    for cell, loop in list(_marked_cells(root, file)):
        for mark, level, what in (
            (HORIZONTAL, CELLS, Message("a loop over cells")),
            (VERTICAL, ROWS, Message("a loop over rows")),
        ):
            spot = cell.attrib.pop(mark, None)
            if spot is None:
                continue
            if loop is None or level_of(loop.opener) != level:
                message = Message("“{{% {word} %}}” stands in no loop of its kind", word=mark[-2:])
                hint = Message("put its cell into {what}", what=what)
                problems.append(Problem("T026", message, place(file, spot), hint))
            elif mark == VERTICAL:
                _merge_down(cell)
            else:
                _merge_across(cell)
    return problems


def _marked_cells(root: Element, file: str) -> Iterator[tuple[Element, Group | None]]:
    """The cells that are to be merged, and the innermost loop around each."""
    wanted = {cell for cell in root.iter(w("tc")) if {HORIZONTAL, VERTICAL} & {*cell.attrib}}
    if not wanted:
        return
    openers = {
        group.opener: group
        for outermost in groups_in(root, file)[0]
        for group in outermost.walk()
        if group.kind == "for"
    }
    stack: list[Group] = []
    for node in root.iter():
        if node in openers:
            stack.append(openers[node])
        elif stack and node is stack[-1].closer:
            stack.pop()
        elif node in wanted:
            yield node, stack[-1] if stack else None


def _merge_down(cell: Element) -> None:
    """Make *cell* one with those of the loop's other passes: only the first holds anything."""
    set_property(cell, "vMerge", {"val": "{{ 'restart' if loop.first else 'continue' }}"})
    print_if(cell, FIRST_PASS)


def print_if(cell: Element, condition: str) -> None:
    """Let *cell*, which has properties, hold nothing unless the statement *condition* is true."""
    empty = make("w:p")
    first = cell.find(w("p"))
    properties = None if first is None else first.find(w("pPr"))
    if properties is not None and properties.find(w("sectPr")) is None:
        empty.append(copy.deepcopy(properties))
    cell.find(w("tcPr")).addnext(tag_node("b", condition))
    cell.append(tag_node("b", "else"))
    cell.append(empty)
    cell.append(tag_node("b", "endif"))


def _merge_across(cell: Element) -> None:
    """Make *cell* reach over all passes of its loop, which print no other."""
    span = cell.find(f"{w('tcPr')}/{w('gridSpan')}")
    said = "1" if span is None else span.get(w("val"), "1").strip("{} ")
    set_property(cell, "gridSpan", {"val": f"{{{{ ({said}) * loop.length }}}}"})
    cell.addprevious(tag_node("b", FIRST_PASS))
    cell.addnext(tag_node("b", "endif"))
