"""A workbook → one of its sheets, as python-calamine gives it once it is known to be bounded."""

from __future__ import annotations

import difflib
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.package import pack, parse, relationships, unpacked, write
from generator.problems import Location, Message, NoticeError, Problem
from generator.sources.xlsx_scan import Faults, ScanError, TooLargeError, scan_sheet, text_lengths

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_WORKBOOK = "xl/workbook.xml"
_TEXTS = "xl/sharedstrings.xml"
_KEPT = (
    *("[content_types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels"),
    *(_WORKBOOK, "xl/styles.xml", _TEXTS),
)
_PLAIN_NAME = re.compile(r"[^\W\d]\w*")

Range = tuple[tuple[int, int], tuple[int, int]]
"""The first and the last cell of a rectangle, each by row and column from 0."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook."""

    file: str
    name: str
    faults: Faults
    """The cells without a value."""
    merged: Sequence[Range]
    left: int
    """The first column that holds anything, from 0."""
    _found: CalamineSheet

    @property
    def name_in_formulas(self) -> str:
        """The name of the sheet as formulas write it, in quotes where it needs them."""
        return quoted_name(self.name)

    def rows(self) -> Iterator[Sequence[object]]:
        """The values of each row from the sheet's first, each row from the column `left`."""
        number = 1
        try:
            for values in self._found.iter_rows():
                yield values
                number += 1
        except BaseException as error:
            if not _is_calamines(error):
                raise
            message = Message("the row holds a date or time that cannot be")
            hint = Message("correct it; a date in a spreadsheet is of 1900 or later")
            where = Location(self.file, f"{self.name_in_formulas}!A{number}")
            raise NoticeError([Problem("Y013", message, where, hint)]) from error


def open_sheet(data: bytes, file: str, sheet: str = "") -> Sheet:
    """The *sheet* of the workbook *data*, the first that is shown where none is named.

    Raises NoticeError for what is no plain, bounded workbook, and where it has no such sheet.
    """
    from python_calamine import CalamineWorkbook

    name, faults, bounded = _looked_at(data, file, sheet)
    try:
        found = CalamineWorkbook.from_filelike(io.BytesIO(bounded)).get_sheet_by_name(name)
        merged = found.merged_cell_ranges or []
    except BaseException as error:
        if _is_calamines(error):
            raise _unreadable(file) from error
        raise
    return Sheet(file, name, faults, merged, found.start[1] if found.start else 0, found)


def _looked_at(data: bytes, file: str, sheet: str) -> tuple[str, Faults, bytes]:
    """The name of a sheet, its cells without a value, and a workbook of exactly what was read.

    calamine's own reading of *data* might differ from ours.
    """
    parts = unpacked(data, file, code="Y013")
    if parts is None or _WORKBOOK not in parts:
        raise _unreadable(file)
    name = sheet
    try:
        paths = _sheets(parts)
        name = sheet or next(iter(paths), "")
        if name not in paths:
            raise _no_sheet(file, name, list(paths)) if paths else _unreadable(file)
        texts = next((part for key, part in parts.items() if key.lower() == _TEXTS), b"")
        lengths = text_lengths(texts) if texts else []
        faults = scan_sheet(parts[paths[name]], lengths)
    except TooLargeError as error:
        message = Message("the sheet is too large")
        hint = Message("delete what stands far from the table; split what is really so large")
        where = Location(file, quoted_name(name))
        raise NoticeError([Problem("Y012", message, where, hint)]) from error
    except (ScanError, SyntaxError) as error:
        raise _unreadable(file) from error
    kept = [key for key in parts if key.lower() in _KEPT or key == paths[name]]
    return name, faults, write(pack({}), [(key.encode(), [parts[key]]) for key in kept])


def _is_calamines(error: BaseException) -> bool:
    """Whether calamine gave up, or panicked, which is no Exception."""
    return isinstance(error, Exception) or type(error).__name__ == "PanicException"


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


def quoted_name(sheet: str) -> str:
    """The name of a sheet as formulas write it, in quotes where it needs them."""
    return sheet if _PLAIN_NAME.fullmatch(sheet) else "'" + sheet.replace("'", "''") + "'"


def _no_sheet(file: str, name: str, names: list[str]) -> NoticeError:
    message = Message("there is no sheet “{name}”", name=name)
    if close := difflib.get_close_matches(name, names, 1, cutoff=0.5):
        hint = Message("did you mean “{name}”?", name=close[0])
    else:
        hint = Message("there are: {names}", names="、".join(names))
    return NoticeError([Problem("Y019", message, Location(file), hint)])


def _unreadable(file: str) -> NoticeError:
    message = Message("not a readable .xlsx workbook")
    hint = Message("open it in Excel or WPS and save it again as .xlsx, without a password")
    return NoticeError([Problem("Y013", message, Location(file), hint)])
