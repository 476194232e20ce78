"""XLSX → rows: python-calamine reads the values, once what it is given is known to be bounded."""

from __future__ import annotations

import datetime
import difflib
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from generator.package import parse, relationships, unpacked
from generator.problems import Location, Message, NoticeError, Problem
from generator.sources.columns import Cell, Columns, column_letters, error_cell, read_heads
from generator.sources.places import Source
from generator.sources.xlsx_scan import Faults, ScanError, TooLargeError, scan_sheet, text_lengths

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_WORKBOOK = "xl/workbook.xml"
_TEXTS = "xl/sharedstrings.xml"
_KEPT = ("[content_types].xml", "_rels/.rels", "xl/styles.xml", _TEXTS)
_MOST_EXACT = 10**15
"""Spreadsheets keep 15 digits of a number."""
_PLAIN_NAME = re.compile(r"[^\W\d]\w*")


def read_xlsx(data: bytes, file: str, sheet: str = "") -> Iterator[Source]:
    """The rows of a sheet of the workbook *data*, as `read_rows` promises.

    Places are cells: `问题!C12`. A formula is its value when the workbook was saved. Rows above the
    heads that hold one cell merged over several columns are a title; a cell merged over several
    rows holds for each of them.
    """
    found, formulas = _open(data, file, sheet)
    left = found.start[1] if found.start else 0
    merged = found.merged_cell_ranges or []
    titles = {first[0] for first, last in merged if last[1] > first[1]}
    held = _Held(merged)
    columns: Columns | None = None
    for row, values in enumerate(found.iter_rows()):  # from the first row, not the first column
        cells: list[Cell] = [*[None] * left, *map(_text, values)]
        place = partial(_place, file, found.name, row)
        if columns is None:
            filled = sum(map(bool, cells))
            if filled and not (filled == 1 and row in titles):
                columns = read_heads(cells, place, file)
            continue
        faults = [*_faults(formulas, row, place), *_inexact(values, left, place)]
        if any(cells) or faults:
            held.fill(cells, row)
            if source := columns.row(cells, place, faults):
                yield source
    if columns is None:
        read_heads([], partial(_place, file, found.name, 0), file)


class _Held:
    """The values of cells that are merged over several rows."""

    def __init__(self, merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> None:
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


def _open(data: bytes, file: str, sheet: str) -> tuple[CalamineSheet, Faults]:
    """A sheet, the first that is shown where none is named, and what was found in it before."""
    parts = unpacked(data, file, "Y013")
    if parts is None or _WORKBOOK not in parts:
        raise _unreadable(file)
    try:
        paths = _sheets(parts)
        name = sheet or next(iter(paths), "")
        if name not in paths:
            raise NoticeError([_no_sheet(file, name, list(paths))])
        kept = {key: part for key, part in parts.items() if key.lower() in _KEPT}
        lengths = [text_lengths(kept[key]) for key in kept if key.lower() == _TEXTS]
        part = parts[paths[name]]
        formulas = scan_sheet(part, lengths[0] if lengths else ())
    except TooLargeError as error:
        message = Message("the sheet is too large")
        hint = Message("delete what stands far from the table; split what is really so large")
        raise NoticeError(
            [Problem("Y012", message, Location(file, _quoted(name)), hint)]
        ) from error
    except (ScanError, SyntaxError, KeyError) as error:
        raise _unreadable(file) from error
    names = (_WORKBOOK, "xl/_rels/workbook.xml.rels", paths[name])
    return _calamine(kept | {key: parts[key] for key in names}, name, file), formulas


def _calamine(parts: dict[str, bytes], sheet: str, file: str) -> CalamineSheet:
    """The *sheet* of a workbook of exactly the *parts* that were looked at."""
    from python_calamine import CalamineWorkbook

    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as package:
        for name, part in parts.items():
            package.writestr(zipfile.ZipInfo(name), part)
    archive.seek(0)
    try:
        return CalamineWorkbook.from_filelike(archive).get_sheet_by_name(sheet)
    except BaseException as error:  # a panic of Rust is no Exception
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise _unreadable(file) from error
        raise


def _sheets(parts: dict[str, bytes]) -> dict[str, str]:
    """The member of each worksheet by its name, those that are hidden last."""
    targets = {link.id: link for link in relationships(parts, _WORKBOOK)}
    shown: dict[str, str] = {}
    hidden: dict[str, str] = {}
    for node in parse(parts[_WORKBOOK]).iterfind("{*}sheets/{*}sheet"):
        ids = [value for key, value in node.items() if key.endswith("}id")]
        link = targets.get(ids[0]) if ids else None
        if link is not None and link.type.endswith("/worksheet") and link.target in parts:
            sheets = shown if node.get("state", "visible") == "visible" else hidden
            sheets[str(node.get("name", ""))] = link.target
    return shown | hidden


def _text(value: object) -> Cell:
    """The text that stands for the *value* of a cell; None for an empty one."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
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


def _faults(formulas: Faults, row: int, place: partial[Location]) -> Iterator[Problem]:
    for column, error in formulas.get(row, ()):
        if error:
            yield error_cell(error, place(column))
        else:
            message = Message("the formula of this cell has not been calculated")
            hint = Message("open the workbook and save it again")
            yield Problem("Y016", message, place(column), hint)


def _inexact(values: Sequence[object], left: int, place: partial[Location]) -> Iterator[Problem]:
    for column, value in enumerate(values, left):
        if isinstance(value, (int, float)) and abs(value) >= _MOST_EXACT:
            message = Message("a number of more than 15 digits has lost its last digits")
            hint = Message("format the cell as text and type the number again")
            yield Problem("Y020", message, place(column), hint)


def _place(file: str, sheet: str, row: int, column: int) -> Location:
    return Location(file, f"{_quoted(sheet)}!{column_letters(column)}{row + 1}")


def _quoted(sheet: str) -> str:
    """The name of a sheet as formulas write it."""
    return sheet if _PLAIN_NAME.fullmatch(sheet) else "'" + sheet.replace("'", "''") + "'"


def _no_sheet(file: str, name: str, names: list[str]) -> Problem:
    message = Message("there is no sheet “{name}”", name=name)
    if close := difflib.get_close_matches(name, names, 1, cutoff=0.5):
        hint = Message("did you mean “{name}”?", name=close[0])
    else:
        hint = Message("there are: {names}", names="、".join(names))
    return Problem("Y019", message, Location(file), hint)


def _unreadable(file: str) -> NoticeError:
    message = Message("not a readable .xlsx workbook")
    hint = Message("open it in Excel or WPS and save it again as .xlsx, without a password")
    return NoticeError([Problem("Y013", message, Location(file), hint)])
