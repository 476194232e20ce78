"""XLSX → rows, each cell as the text that it means."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import partial

from generator.problems import Location, Message, Problem
from generator.sources.columns import Cell, Columns, column_letters, error_cell, read_heads
from generator.sources.places import Source
from generator.sources.xlsx_workbook import Range, open_sheet

_MOST_EXACT = 10**15
"""Spreadsheets keep 15 digits of a number."""


def read_xlsx(data: bytes, file: str, sheet: str = "") -> Iterator[Source]:
    """The rows of a sheet of the workbook *data*, as `read_rows` promises.

    Places are cells: `问题!C12`. A formula is its value when the workbook was saved. Rows above the
    heads that hold one cell merged over several columns are a title; a cell merged over several
    rows holds for each of them.
    """
    found = open_sheet(data, file, sheet)
    titles = {first[0] for first, last in found.merged if last[1] > first[1]}
    held = _Held(found.merged)
    columns: Columns | None = None
    for row, values in enumerate(found.rows()):
        cells: list[Cell] = [None] * found.left
        cells += [v.strip() or None if v.__class__ is str else _text(v) for v in values]
        place = partial(_place, file, found.name_in_formulas, row)
        if columns is None:
            filled = sum(map(bool, cells))
            if filled and not (filled == 1 and row in titles):
                columns = read_heads(cells, place, file)
            continue
        faults = list(_faults(found.faults.get(row, ()), place))
        if any(v.__class__ is float and abs(v) >= _MOST_EXACT for v in values):
            faults += _inexact(values, found.left, place)
        if any(cells) or faults:
            held.fill(cells, row)
            if source := columns.row(cells, place, faults):
                yield source
    if columns is None:
        read_heads([], partial(_place, file, found.name_in_formulas, 0), file)


class _Held:
    """The values of cells that are merged over several rows."""

    def __init__(self, merged: Sequence[Range]) -> None:
        self._ranges: dict[int, list[tuple[int, int]]] = {}
        for (top, left), (bottom, _) in merged:
            if bottom > top:
                self._ranges.setdefault(top, []).append((left, bottom))
        self._now: dict[int, tuple[Cell, int]] = {}

    def fill(self, cells: list[Cell], row: int) -> None:
        """Put into *cells* what a merged cell that begins above *row* holds."""
        for column, (value, bottom) in list(self._now.items()):
            if row > bottom:
                del self._now[column]
            elif column < len(cells) and cells[column] is None:
                cells[column] = value
        for column, bottom in self._ranges.get(row, ()):
            if column < len(cells):
                self._now[column] = cells[column], bottom


def _text(value: object) -> Cell:
    """The text that stands for the *value* of a cell; None for an empty one."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        if not math.isfinite(value):
            return "#NUM!"
        # Spreadsheets show 15 digits; the others are what binary fractions leave behind.
        return str(int(value)) if value == int(value) else f"{Decimal(f'{value:.15g}'):f}"
    if isinstance(value, datetime.datetime):
        whole = value.replace(microsecond=0)
        return f"{whole.date()} {_clock(whole.time())}"
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, datetime.time):
        return _clock(value)
    if isinstance(value, datetime.timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours:02}:{minutes:02}" + (f":{seconds:02}" if seconds else "")
    return str(value)


def _clock(time: datetime.time) -> str:
    return time.strftime("%H:%M:%S" if time.second else "%H:%M")


def _faults(cells: Iterable[tuple[int, str]], place: partial[Location]) -> Iterator[Problem]:
    """The problems of a row's *cells* without a value."""
    for column, error in cells:
        if error:
            yield error_cell(error, place(column))
        else:
            message = Message("the formula of this cell has not been calculated")
            hint = Message("open the workbook and save it again")
            yield Problem("Y016", message, place(column), hint)


def _inexact(values: Sequence[object], left: int, place: partial[Location]) -> Iterator[Problem]:
    for column, value in enumerate(values, left):
        if isinstance(value, float) and _MOST_EXACT <= abs(value) < math.inf:
            message = Message("a number of more than 15 digits has lost its last digits")
            hint = Message("format the cell as text and type the number again")
            yield Problem("Y020", message, place(column), hint)


def _place(file: str, sheet: str, row: int, column: int) -> Location:
    """Where a cell stands: plain facts, for a row goes to another process with its places."""
    return Location(file, f"{sheet}!{column_letters(column)}{row + 1}")
