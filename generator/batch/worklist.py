"""All rows of a batch that were checked, on disk: memory stays flat however many there are."""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.batch.outcomes import Outcome, State
from generator.batch.staging import Staged
from generator.batch.tasks import Checked, CheckedRows
from generator.filenames import same_file
from generator.lists import Entry
from generator.problems import Location, Problem
from generator.register import Request, Series

_TABLES = """
CREATE TABLE chunks (chunk INTEGER PRIMARY KEY, orders INTEGER, jobs BLOB);
CREATE TABLE rows (
    row INTEGER PRIMARY KEY, chunk INTEGER, name TEXT, same TEXT, number TEXT, digest BLOB,
    facts BLOB, staged INTEGER, held BLOB, made BLOB, given INTEGER, there INTEGER
);
CREATE INDEX of_chunk ON rows (chunk);
"""
_ROW = "row, name, same, digest, facts, staged, held, made, given"
_Facts = tuple[Entry, Location, tuple[Problem, ...], Request | None]


@dataclass(frozen=True, slots=True)
class Item:
    """A row without an error, and what is to be done for it."""

    index: int
    name: str
    """The name of its file."""
    same: str
    """What all names have in common that are one file somewhere."""
    entry: Entry
    """What a list says of the document."""
    digest: bytes
    place: Location
    problems: tuple[Problem, ...]
    staged: Staged | None
    """What is to become of its file; None where its document is still to be made."""
    held: bytes
    """The digest of what its file holds now, and may be replaced."""
    request: Request | None
    """What it asks the register for, if there is one."""
    given: int | None
    """The serial that the register gave it."""

    def outcome(self, state: State, *problems: Problem, path: Path | None = None) -> Outcome:
        """What became of the row, its warnings among the problems."""
        return Outcome(
            self.index,
            None,
            (*self.problems, *problems),
            state,
            self.place,
            path,
            name=self.name,
            title=self.entry.title,
            number=self.entry.number,
            recipients=self.entry.recipients,
            date=self.entry.date,
        )


class Worklist:
    """The checked rows of a batch, in a database that goes with it."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("", isolation_level=None)  # on disk as soon as it grows
        self._base.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; {_TABLES}")
        self._chunks = 0
        self._orders: list[bytes] = []
        self.count = 0

    def close(self) -> None:
        self._base.close()

    def add(self, checked: CheckedRows) -> None:
        """Take up those rows that have no error."""
        self._chunks += 1
        good = [row for row in checked.rows if row.chosen and not row.failed]
        self.count += len(good)
        self._base.execute("BEGIN")
        if checked.order not in self._orders[-1:]:
            self._orders.append(checked.order)
        chunk = (self._chunks, len(self._orders), checked.jobs)
        self._base.execute("INSERT INTO chunks VALUES (?, ?, ?)", chunk)
        self._base.executemany(
            "INSERT INTO rows (row, chunk, name, same, number, digest, facts, staged, held, made)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (self._entry(row) for row in good),
        )
        self._base.execute("COMMIT")

    def _entry(self, row: Checked) -> tuple[object, ...]:
        staged = row.staged or Staged()
        facts = _packed(row.entry, row.place, row.problems, row.request)
        waits = (row.staged is not None, staged.held, staged.made)
        names = (row.name, same_file(row.name), row.number)
        return (row.index, self._chunks, *names, row.digest, facts, *waits)

    def clashes(self) -> list[tuple[Item, Item]]:
        """The rows whose file has the name of an earlier row's, each with that one."""
        return self._pairs("same")

    def repeated_numbers(self) -> list[tuple[Item, Item]]:
        """The rows whose document number an earlier row has, each with that one."""
        return self._pairs("number")

    def left_behind(self, journal: str) -> list[tuple[Item, str]]:
        """The rows whose number a file of an earlier run has, each with its name.

        *journal* is that of the folder; files of these rows themselves are passed over.
        """
        self._base.execute("ATTACH ? AS journal", (journal,))
        try:
            found = self._base.execute(
                "SELECT rows.row, theirs.name FROM rows JOIN journal.documents AS theirs"
                " USING (number) WHERE number != ''"
                " AND theirs.same NOT IN (SELECT same FROM rows) ORDER BY rows.row"
            ).fetchall()
        finally:
            self._base.execute("DETACH journal")
        return [(self.row(index), name) for index, name in found]

    def _pairs(self, column: str) -> list[tuple[Item, Item]]:
        found = self._base.execute(
            f"SELECT row, first FROM (SELECT row, {column} AS it,"
            f" min(row) OVER (PARTITION BY {column}) AS first FROM rows)"
            " WHERE it != '' AND row != first ORDER BY row"
        ).fetchall()
        return [(self.row(index), self.row(first)) for index, first in found]

    def row(self, index: int) -> Item:
        [item] = self._items("WHERE row = ?", (index,))
        return item

    def rows(self) -> Iterator[Item]:
        """All rows, in their order."""
        for chunk in range(1, self._chunks + 1):
            yield from self._items("WHERE chunk = ? ORDER BY row", (chunk,))

    def in_place(self) -> Iterator[Item]:
        """The rows whose documents are where they belong already."""
        yield from self._staged("made = x''")

    def waiting(self) -> Iterator[Item]:
        """The rows whose documents wait for their place."""
        yield from self._staged("made != x''")

    def _staged(self, condition: str) -> Iterator[Item]:
        for chunk in range(1, self._chunks + 1):
            where = f"WHERE chunk = ? AND staged AND {condition} ORDER BY row"
            yield from self._items(where, (chunk,))

    def _items(self, where: str, values: Iterable[object]) -> list[Item]:
        found = self._base.execute(f"SELECT {_ROW} FROM rows {where}", tuple(values)).fetchall()
        return [
            Item(
                *(index, name, same, entry, digest, place, problems),
                *(Staged(held, made) if staged else None, held, request, given),
            )
            for index, name, same, digest, facts, staged, held, made, given in found
            for entry, place, problems, request in [_unpacked(facts)]
        ]

    def drop(self, index: int) -> None:
        """Take out a row that turned out to have an error."""
        self._base.execute("DELETE FROM rows WHERE row = ?", (index,))
        self.count -= 1

    def number(self, row: Checked, given: int) -> None:
        """Note what a row is now that it has got its serial."""
        before = self.row(row.index)
        facts = _packed(row.entry, before.place, before.problems, before.request)
        self._base.execute(
            "UPDATE rows SET name = ?, same = ?, number = ?, facts = ?, digest = ?, given = ?,"
            " staged = ?, held = ? WHERE row = ?",
            (
                *(row.name, same_file(row.name), row.number, facts),
                *(row.digest, given, row.staged is not None, row.held, row.index),
            ),
        )

    def note_there(self, index: int) -> None:
        """Note that the document of a row is there."""
        self._base.execute("UPDATE rows SET there = 1 WHERE row = ?", (index,))

    def numbers_there(self) -> Iterator[tuple[Series, int]]:
        """The numbers of the documents that are there."""
        for facts, given in self._base.execute("SELECT facts, given FROM rows WHERE there"):
            *_, request = _unpacked(facts)
            if request is not None:
                yield request.series, given or request.serial or 0

    def warn(self, index: int, problem: Problem) -> None:
        """Add a warning to a row."""
        row = self.row(index)
        facts = _packed(row.entry, row.place, (*row.problems, problem), row.request)
        self._base.execute("UPDATE rows SET facts = ? WHERE row = ?", (facts, index))

    def chunks(self, *, todo: bool = True) -> Iterator[tuple[bytes, bytes, list[Item]]]:
        """The order of each chunk, its jobs, pickled, and its rows; with *todo* those to make."""
        chosen = "AND NOT staged" if todo else ""
        for chunk in range(1, self._chunks + 1):
            rows = self._items(f"WHERE chunk = ? {chosen} ORDER BY row", (chunk,))
            [[order, jobs]] = self._base.execute(
                "SELECT orders, jobs FROM chunks WHERE chunk = ?", (chunk,)
            )
            if rows:
                yield self._orders[order - 1], jobs, rows


def _packed(*facts: Entry | Location | tuple[Problem, ...] | Request | None) -> bytes:
    return pickle.dumps(facts, pickle.HIGHEST_PROTOCOL)


def _unpacked(facts: bytes) -> _Facts:
    unpacked: _Facts = pickle.loads(facts)
    return unpacked
