"""The journal of a folder: which row each of its documents was made of, and what that file holds.

An entry is written before its file is put in place and says what the file will hold, and what it
held before. So whatever moment a run is ended at, the next one can tell a file of ours, finished or
not yet replaced, from one that somebody has edited.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.batch.database import told_of

_TABLES = """
CREATE TABLE IF NOT EXISTS documents (
    same TEXT PRIMARY KEY, name TEXT NOT NULL, row BLOB NOT NULL, output BLOB NOT NULL,
    before BLOB NOT NULL, place TEXT NOT NULL, number TEXT NOT NULL, title TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS companions (
    file TEXT PRIMARY KEY, source BLOB NOT NULL, output BLOB NOT NULL
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the journal says of one file."""

    same: str
    """Its name as every system takes it for the same: `generator.filenames.same_file`."""
    name: str
    row: bytes
    """The digest of the row that it is made of: template, unit, values, name."""
    output: bytes
    """The digest of what it holds."""
    before: bytes
    """The digest of what it held before, until it was replaced; `b""` for nothing."""
    place: str = ""
    """The table and the place in it, as they were read."""
    number: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Companion:
    """What the journal says of a PDF or a list."""

    file: str
    source: bytes
    """The digest of the document that it was printed of; `b""` for a list."""
    output: bytes
    """The digest of what it holds; `b""` while it is being made."""


class Journal:
    """The journal in an SQLite database, kept by the one process that holds the folder's lock."""

    def __init__(self, path: Path) -> None:
        self._file = str(path)
        with told_of(self._file):
            self._base = sqlite3.connect(path, isolation_level=None)
            self._base.execute("PRAGMA journal_mode=WAL")
            self._base.execute("PRAGMA synchronous=FULL")
            self._base.executescript(_TABLES)

    @classmethod
    def reading(cls, path: Path) -> Journal:
        """The journal at *path*, which another process has open, too, and writes."""
        journal = cls.__new__(cls)
        journal._file = str(path)
        with told_of(journal._file):
            journal._base = sqlite3.connect(path, isolation_level=None)
            journal._base.execute("PRAGMA query_only=ON")
        return journal

    def close(self) -> None:
        self._base.close()

    def entry(self, same: str) -> Entry | None:
        """What is said of a file; None where no batch has made it."""
        with told_of(self._file):
            found = self._base.execute(
                "SELECT same, name, row, output, before, place, number, title"
                " FROM documents WHERE same = ?",
                (same,),
            ).fetchone()
        return Entry(*found) if found else None

    def is_empty(self) -> bool:
        """Whether no batch has made anything here."""
        with told_of(self._file):
            return self._base.execute("SELECT 1 FROM documents LIMIT 1").fetchone() is None

    def record(self, entries: Iterable[Entry]) -> None:
        """Write *entries* down, all of them or none."""
        facts = [
            (e.same, e.name, e.row, e.output, e.before, e.place, e.number, e.title) for e in entries
        ]
        with told_of(self._file):
            self._base.execute("BEGIN IMMEDIATE")
            try:
                self._base.executemany(
                    "INSERT OR REPLACE INTO documents"
                    " (same, name, row, output, before, place, number, title)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    facts,
                )
                self._base.execute("COMMIT")
            except BaseException:
                if self._base.in_transaction:
                    self._base.execute("ROLLBACK")
                raise

    def companion(self, file: str) -> Companion | None:
        """What is said of a PDF or a list; None where no batch has made it."""
        with told_of(self._file):
            found = self._base.execute(
                "SELECT file, source, output FROM companions WHERE file = ?", (file,)
            ).fetchone()
        return Companion(*found) if found else None

    def note(self, companion: Companion) -> None:
        """Write down what a PDF or a list is made of and holds."""
        facts = (companion.file, companion.source, companion.output)
        with told_of(self._file):
            self._base.execute("INSERT OR REPLACE INTO companions VALUES (?, ?, ?)", facts)
