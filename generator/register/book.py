"""What stands in a register, and what is entered by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from generator.problems import Location, Message, NoticeError, Problem
from generator.register.database import Database, FilePath, changing, reading
from generator.register.series import Series

State = Literal["waiting", "made", "reserved", "void"]
"""Taken, its document not yet there · its document is there · used by hand · withdrawn."""

Numbers = Iterable[tuple[Series, Iterable[int]]]
"""Series, and serials of each."""

ANOTHER = Message("type another number, or none")
"""What to do about a number that another document has."""
_COLUMNS = "code, year, serial, state, key, identity, title, source, reason"


@dataclass(frozen=True, slots=True)
class Entry:
    """One number."""

    series: Series
    serial: int
    state: State
    key: str | None
    identity: str | None
    title: str
    source: str
    """The input or row of its document, as it was typed."""
    reason: str
    """Why it was reserved or withdrawn."""

    @property
    def number(self) -> str:
        return self.series.number(self.serial)


def entries(path: FilePath) -> list[Entry]:
    """What stands in the register at *path*, by code, year and serial."""
    with reading(path) as database:
        rows = database.rows(f"SELECT {_COLUMNS} FROM numbers ORDER BY code, year, serial")
    return [_entry(row) for row in rows]


def reserve(path: FilePath, numbers: Numbers, reason: str = "") -> None:
    """Enter numbers that were used by hand, all or none. Raises NoticeError for those taken."""
    with changing(path) as database:
        problems: list[Problem] = []
        for series, serial in _each(numbers):
            if found := next(held_by(database, series, "serial", serial), None):
                hint = Message("it is in the register already")
                problems.append(taken(found, Location(str(path)), hint))
                continue
            database.rows(
                "INSERT INTO numbers (code, year, serial, state, reason)"
                " VALUES (?, ?, ?, 'reserved', ?)",
                *series,
                serial,
                reason,
            )
        if problems:
            raise NoticeError(problems)


def void(path: FilePath, numbers: Numbers, reason: str) -> list[Problem]:
    """Withdraw numbers, taken or not, all or none; they are never given again.

    Returns a warning for each that nobody had.

    The document that had one is another one from now on: made again, it gets a new number. Raises
    NoticeError for those that are withdrawn already.
    """
    with changing(path) as database:
        problems: list[Problem] = []
        warnings: list[Problem] = []
        for series, serial in _each(numbers):
            found = next(held_by(database, series, "serial", serial), None)
            if found is None:
                warnings.append(_never_given(series.number(serial), Location(str(path))))
            elif found.state == "void":
                message = Message("{number} is withdrawn already", number=found.number)
                problems.append(Problem("B056", message, Location(str(path)), found.reason))
                continue
            database.rows(
                "INSERT INTO numbers (code, year, serial, state, reason)"
                " VALUES (?, ?, ?, 'void', ?)"
                " ON CONFLICT DO UPDATE SET state = 'void', reason = excluded.reason,"
                " key = NULL, identity = NULL",
                *series,
                serial,
                reason,
            )
        if problems:
            raise NoticeError(problems)
    return warnings


def _never_given(number: str, where: Location) -> Problem:
    message = Message("no document had {number}; it will not be given", number=number)
    return Problem("B058", message, where, Message("look whether it is the one"), "warning")


def _each(numbers: Numbers) -> Iterator[tuple[Series, int]]:
    return ((series, serial) for series, serials in numbers for serial in serials)


def held_by(database: Database, series: Series, column: str, value: object) -> Iterator[Entry]:
    """The entries of *series* with this *value*, by serial."""
    sql = f"SELECT {_COLUMNS} FROM numbers WHERE code = ? AND year = ? AND {column} = ?"
    return map(_entry, database.rows(f"{sql} ORDER BY serial", *series, value))


def taken(entry: Entry, where: Location, hint: Message = ANOTHER) -> Problem:
    """The problem of whoever at *where* wants the number of *entry*."""
    number = entry.number
    if entry.state == "void":
        message = Message("{number} was withdrawn", number=number)
    elif entry.state == "reserved":
        message = Message("{number} was used by hand", number=number)
    else:
        message = Message(
            "{number} is that of “{title}” ({source})",
            number=number,
            title=entry.title,
            source=entry.source,
        )
    return Problem("B053", message, where, hint)


def _entry(row: tuple[Any, ...]) -> Entry:
    code, year, *rest = row
    return Entry(Series(code, year), *rest)
