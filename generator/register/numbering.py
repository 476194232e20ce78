"""Giving numbers to documents."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.problems import Location, NoticeError, Problem
from generator.register.book import Entry, held_by, taken
from generator.register.database import PATIENCE, Database, FilePath, changing
from generator.register.series import Series


@dataclass(frozen=True, slots=True)
class Request:
    """A document that needs a number, or whose number was typed."""

    key: str
    """What is the same when the same document is made again: see `key_of`."""
    series: Series
    where: Location
    """Its row or input; for a typed number the place of that."""
    title: str = ""
    serial: int | None = None
    """The serial that was typed; None where the register gives it."""
    identity: str = ""
    """What stays the same when the document is corrected, see `identity_of`; `""`: nothing."""


@contextlib.contextmanager
def numbering(path: FilePath, patience: float = PATIENCE) -> Iterator[Numbering]:
    """Numbers from the register at *path*, all or none: whatever is raised inside takes none.

    Claim all typed numbers before taking others. Nobody else gets numbers meanwhile; after
    *patience* seconds they give up.
    """
    with changing(path, patience) as database:
        yield Numbering(database)


class Numbering:
    """One transaction that gives numbers."""

    def __init__(self, database: Database) -> None:
        self.is_new = database.is_new
        """Whether the register is only made now."""
        self.corrected: set[tuple[Series, int]] = set()
        """The numbers of documents that said something else when they were made."""
        self._database = database
        self._held: set[tuple[Series, int]] = set()
        """What this run's documents have."""
        self._seen: Counter[tuple[Series, str]] = Counter()
        self._free: dict[Series, Iterator[int]] = {}

    def claim(self, request: Request) -> Problem | None:
        """Enter the number if it was typed; a problem where another document has it."""
        series, serial = request.series, request.serial
        if serial is None:
            return None
        key = self._own_key(request)
        found = self._find(series, "serial", serial)
        if found is None:
            self._part_from_others(series, key, serial)
            self._enter(request, key, serial)
        elif (series, serial) not in self._held and _is_of(found, key, request.identity):
            self._part_from_others(series, key, serial)
            self._hand_over(request, key, found)
        else:
            return taken(found, request.where)
        self._held.add((series, serial))
        return None

    def take(self, request: Request) -> int:
        """The serial of this document: the one that it has already, else the lowest free one."""
        series, key = request.series, self._own_key(request)
        found = self._known(request, key)
        if found is not None:
            serial = found.serial
            self._hand_over(request, found.key if _same_text(found, request) else key, found)
        else:
            serial = next(self._free_serials(series))
            self._enter(request, key, serial)
        self._held.add((series, serial))
        return serial

    def _known(self, request: Request, key: str) -> Entry | None:
        """The number of a document that had one before.

        Of two files with one text each keeps its own; a text keeps its number in another file, and
        a file keeps it with another text.
        """
        by_identity = None
        if request.identity:
            by_identity = self._find(request.series, "identity", request.identity)
        found = [by_identity]
        if by_identity is None or not _same_text(by_identity, request):
            found = [self._find(request.series, "key", key), by_identity]
        unheld = (one for one in found if one and (request.series, one.serial) not in self._held)
        return next(unheld, None)

    def _own_key(self, request: Request) -> str:
        """The key of one of several equal rows: the second is another document than the first."""
        self._seen[request.series, request.key] += 1
        count = self._seen[request.series, request.key]
        return request.key if count == 1 else f"{request.key}#{count}"

    def _find(self, series: Series, column: str, value: object) -> Entry | None:
        return next(held_by(self._database, series, column, value), None)

    def _free_serials(self, series: Series) -> Iterator[int]:
        """Serials that nobody has, in ascending order; each is given out once."""
        if series not in self._free:
            sql = "SELECT serial FROM numbers WHERE code = ? AND year = ?"
            gone = {serial for (serial,) in self._database.rows(sql, *series)}
            last = max(gone, default=0) + 1
            gaps = [serial for serial in range(1, last) if serial not in gone]
            self._free[series] = _onwards(gaps, last)
        return self._free[series]

    def _enter(self, request: Request, key: str, serial: int) -> None:
        sql = "INSERT INTO numbers (code, year, serial, state, key, identity, title, source)"
        self._database.rows(
            f"{sql} VALUES (?, ?, ?, 'waiting', ?, ?, ?, ?)",
            *request.series,
            serial,
            key,
            request.identity,
            request.title,
            str(request.where),
        )

    def _hand_over(self, request: Request, key: str | None, found: Entry) -> None:
        """What the register says of the document of *found* now."""
        says = (key, request.identity, request.title, str(request.where))
        if says == (found.key, found.identity, found.title, found.source):
            return
        if found.state == "made" and key != found.key:
            self.corrected.add((request.series, found.serial))
        sql = "UPDATE numbers SET key = ?, identity = ?, title = ?, source = ?"
        self._database.rows(
            f"{sql} WHERE code = ? AND year = ? AND serial = ?",
            *says,
            *request.series,
            found.serial,
        )

    def _part_from_others(self, series: Series, key: str, serial: int) -> None:
        """A document whose new number was typed gives up the one that it had."""
        which = "WHERE code = ? AND year = ? AND key = ? AND serial <> ?"
        values = (*series, key, serial)
        self._database.rows(f"DELETE FROM numbers {which} AND state = 'waiting'", *values)
        self._database.rows(f"UPDATE numbers SET key = NULL, identity = NULL {which}", *values)


def assign(path: FilePath, requests: Sequence[Request], patience: float = PATIENCE) -> list[int]:
    """The serials of *requests*, in their order, from the register at *path*, in one transaction.

    Raises NoticeError with every typed number that another document has; then none is taken.
    """
    with numbering(path, patience) as numbers:
        if problems := list(filter(None, map(numbers.claim, requests))):
            raise NoticeError(problems)
        return [
            numbers.take(request) if request.serial is None else request.serial
            for request in requests
        ]


def mark_made(path: FilePath, numbers: Iterable[tuple[Series, int]]) -> None:
    """Note that the documents of these numbers are there."""
    with changing(path) as database:
        database.each(
            "UPDATE numbers SET state = 'made'"
            " WHERE code = ? AND year = ? AND serial = ? AND state = 'waiting'",
            ((*series, serial) for series, serial in numbers),
        )


def give_back(path: FilePath, numbers: Iterable[tuple[Series, int]]) -> None:
    """Free those of *numbers* that wait for a document that will not be made: others get them."""
    with changing(path) as database:
        database.each(
            "DELETE FROM numbers WHERE code = ? AND year = ? AND serial = ? AND state = 'waiting'",
            ((*series, serial) for series, serial in numbers),
        )


def key_of(template: str, unit: str | None, values: Mapping[str, object]) -> str:
    """The digest of a document's template, unit and values; without the serial and what is empty.

    So a document keeps its number when that is written into its input, and when its template gets
    one more field.
    """
    said = _filled({name: value for name, value in values.items() if name != "serial"})
    text = json.dumps([template, unit, said], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def identity_of(path: FilePath, input: FilePath, *parts: object) -> str:
    """What an input stays when its text is corrected: its place seen from the register, *parts*."""
    folder = Path(path).absolute().parent
    try:
        place = Path(os.path.relpath(Path(input).absolute(), folder)).as_posix()
    except ValueError:  # on another drive of Windows
        place = Path(input).absolute().as_posix()
    return json.dumps([place, *map(str, parts)], ensure_ascii=False)


def _filled(value: object) -> object:
    """*value* without what is empty in the mappings that it holds."""
    if isinstance(value, Mapping):
        return {name: _filled(one) for name, one in value.items() if one is not None}
    return [_filled(one) for one in value] if isinstance(value, list) else value


def _is_of(found: Entry, key: str, identity: str) -> bool:
    return found.key == key or (identity != "" and found.identity == identity)


def _same_text(found: Entry, request: Request) -> bool:
    """Whether *found* is the number of this text, or of one of several equal ones."""
    return (found.key or "").partition("#")[0] == request.key


def _onwards(gaps: Iterable[int], last: int) -> Iterator[int]:
    yield from gaps
    while True:
        yield last
        last += 1
