"""Where the cells of a row stand in the grid of their table."""

from __future__ import annotations

from collections.abc import Iterator

from generator.wordml import OURS, Element, w

COLUMNS = f"{{{OURS}}}columns"
"""The attribute of a cell in a row that lost some: the columns that it had, as `first:count`."""


def rows_of(table: Element) -> list[Element]:
    """The rows of *table*, those in content controls among them; not those of tables in it."""
    return [row for row in table.iter(w("tr")) if next(row.iterancestors(w("tbl"))) is table]


def cells_of(row: Element) -> list[Element]:
    """The cells of *row*, those in content controls among them; not those of tables in it."""
    return [cell for cell in row.iter(w("tc")) if next(cell.iterancestors(w("tr"))) is row]


def columns_of(row: Element) -> Iterator[tuple[Element, int, int]]:
    """The cells of *row*, each with its first column and how many it has.

    A cell that has so many as only a render knows is taken to have one.
    """
    column = _number(row.find(f"{w('trPr')}/{w('gridBefore')}"), 0)
    for cell in cells_of(row):
        if noted := cell.get(COLUMNS):
            column, count = map(int, noted.split(":"))
        else:
            count = _number(cell.find(f"{w('tcPr')}/{w('gridSpan')}"), 1)
        yield cell, column, count
        column += count


def note_columns(row: Element) -> None:
    """Note of each cell of *row* which columns it has, before some of them go."""
    if any(cell.get(COLUMNS) for cell in cells_of(row)):
        return
    for cell, column, count in list(columns_of(row)):
        cell.set(COLUMNS, f"{column}:{count}")


def _number(element: Element | None, otherwise: int) -> int:
    said = "" if element is None else element.get(w("val"), "")
    return int(said) if said.isdecimal() and len(said) < 4 else otherwise
