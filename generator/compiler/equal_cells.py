"""Cells that say the same as the one above and become one with it: `{% merge %}`.

A render compares the texts of a column row by row, before it prints the row: what a column left of
another one changes, parts that one too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.compiler.cells import print_if
from generator.compiler.groups import CELLS, keyword, level_of
from generator.compiler.regions import quoted
from generator.places import place
from generator.problems import Message, Problem
from generator.tags.cells import MERGING, RANK
from generator.tags.grid import cells_of
from generator.tags.properties import set_property
from generator.wordml import Element, is_tag, tag_code, tag_node, tags_in, w

_AFTER_RANKED = 100
_UNLIKE_ANY = r'"\x00"'
"""What a row is taken to say in a column in which it does not merge."""
_SIGNS = {w("br"): r'"\n"', w("tab"): r'"\t"'}


def merge_equal_cells(root: Element, file: str) -> list[Problem]:
    """Let marked cells below *root* merge with equal ones above, in place; or what is wrong."""
    problems: list[Problem] = []
    for number, table in enumerate(list(root.iter(w("tbl"))), 1):
        rows = [row for row in table.iter(w("tr")) if next(row.iterancestors(w("tbl"))) is table]
        merging = {row: _merging_cells(row) for row in rows}
        if not any(merging.values()):
            continue
        faults = [fault for cells in merging.values() for fault in _faults(cells.values(), file)]
        problems += faults
        if not faults:
            _merge(table, merging, number, quoted(f"{file} {number}"))
    return problems


def _merging_cells(row: Element) -> dict[int, Element]:
    """The marked cells of *row* by what orders their columns, in that order."""
    found = {
        int(cell.get(RANK)) or _AFTER_RANKED + column: cell
        for column, cell in enumerate(cells_of(row))
        if MERGING in cell.attrib
    }
    return dict(sorted(found.items()))


def _merge(table: Element, merging: dict[Element, dict[int, Element]], of: int, key: str) -> None:
    columns = sorted({column for cells in merging.values() for column in cells})
    table.addprevious(tag_node("v", f"{key} | merge_start"))
    for row, cells in merging.items():
        for column in columns:
            cell, name = cells.get(column), f"merge_{of}_{column}"
            said, spot = _UNLIKE_ANY, ""
            if cell is not None:
                said, spot = " ~ ".join(_said(cell)), cell.get(MERGING)
            compare = f"set {name} = ({said}) | merge({key}, {column})"
            row.addprevious(tag_node("b", compare, spot))
            if cell is not None:
                set_property(cell, "vMerge", {"val": f"{{{{ {name} }}}}"})
                print_if(cell, f"if not ({key} | merged({column}))")
    for cells in merging.values():
        for cell in cells.values():
            del cell.attrib[MERGING], cell.attrib[RANK]


def _said(cell: Element) -> Iterator[str]:
    """What *cell* says, as expressions to be joined."""
    yield '""'
    for node in cell.iter():
        if is_tag(node):
            if node.target == "v":
                yield f"({tag_code(node)})"
            if node.tail:
                yield quoted(node.tail)
        elif node.tag == w("t") and node.text:
            yield quoted(node.text)
        elif node.tag in _SIGNS and node.getparent().tag == w("r"):
            yield _SIGNS[node.tag]


def _faults(cells: Iterable[Element], file: str) -> Iterator[Problem]:
    for cell in cells:
        where = place(file, cell.get(MERGING))
        if any(tag.target == "b" for tag in tags_in(cell)):
            message = Message("a cell that merges holds only text and values")
            hint = Message("write the condition into the value: “a if b else c”")
            yield Problem("T028", message, where, hint)
        row = next(cell.iterancestors(w("tr")))
        if any(keyword(tag) == "for" and level_of(tag) == CELLS for tag in tags_in(row)):
            message = Message("a cell that merges stands in a loop over cells")
            hint = Message("merge cells of rows that have a cell for each column")
            yield Problem("T028", message, where, hint)
