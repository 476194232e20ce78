"""The file of a register: opened, recognised, and its faults told as problems."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator
from os import PathLike
from pathlib import Path
from typing import Any

from generator.problems import Location, Message, NoticeError, Problem

FilePath = str | PathLike[str]

PATIENCE = 30.0
"""Seconds that a register may be in use by others before we give up."""

_APPLICATION = 0x4E474E52  # “NGNR”: which of all SQLite files is a register
_VERSION = 1
_TABLE = """
CREATE TABLE numbers (
    code TEXT NOT NULL,
    year INTEGER NOT NULL,
    serial INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'made', 'reserved', 'void')),
    key TEXT,       -- digest of the document that holds the number
    identity TEXT,  -- what stays the same when that document is corrected
    title TEXT NOT NULL DEFAULT '',
    source TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (code, year, serial)
) WITHOUT ROWID
"""
_INDICES = (
    "CREATE UNIQUE INDEX by_key ON numbers (code, year, key)",
    "CREATE INDEX by_identity ON numbers (code, year, identity)",
)
_FOREIGN = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FORMAT)
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_REFUSALS = {
    sqlite3.SQLITE_CANTOPEN: Message("the register cannot be opened"),
    sqlite3.SQLITE_READONLY: Message("the register can only be read"),
    sqlite3.SQLITE_FULL: Message("there is no space left for the register"),
}


class Database:
    """An open register. Every fault of the file is a NoticeError that names it."""

    def __init__(self, file: str, connection: sqlite3.Connection) -> None:
        self.file = file
        self.is_new = False
        """Whether this run has made it."""
        self._connection = connection

    def rows(self, sql: str, *values: object) -> list[Any]:
        """All rows that *sql* gives."""
        with faults_told(self.file):
            return self._connection.execute(sql, values).fetchall()

    def each(self, sql: str, values: Iterable[tuple[object, ...]]) -> None:
        """Run *sql* once for each of *values*."""
        with faults_told(self.file):
            self._connection.executemany(sql, values)

    def undo(self) -> None:
        """Leave the file as it was before the transaction."""
        if self._connection.in_transaction:  # SQLite ends it itself where the disk is full
            self.rows("ROLLBACK")

    def recognise(self) -> None:
        """Raise NoticeError unless it is a register; an empty file becomes one."""
        [(application,)] = self.rows("PRAGMA application_id")
        [(version,)] = self.rows("PRAGMA user_version")
        if application == _APPLICATION and version <= _VERSION:
            return
        if application == _APPLICATION:
            message = Message("the register was written by a newer noticegen")
            hint = Message("install that version")
            raise NoticeError([Problem("B050", message, Location(self.file), hint)])
        if application or self.rows("SELECT 1 FROM sqlite_master LIMIT 1"):
            raise NoticeError([_foreign(self.file)])
        self.is_new = True
        for statement in (_TABLE, *_INDICES):
            self.rows(statement)
        self.rows(f"PRAGMA application_id = {_APPLICATION}")
        self.rows(f"PRAGMA user_version = {_VERSION}")


@contextlib.contextmanager
def changing(path: FilePath, patience: float = PATIENCE) -> Iterator[Database]:
    """The register at *path*, made where it is missing, in one transaction.

    Others wait meanwhile. Whatever is raised inside leaves the file as it was.
    """
    with _open(path, "rwc", patience) as database:
        database.rows("BEGIN IMMEDIATE")
        try:
            database.recognise()
            yield database
        except BaseException:
            database.undo()
            raise
        database.rows("COMMIT")


@contextlib.contextmanager
def reading(path: FilePath, patience: float = PATIENCE) -> Iterator[Database]:
    """The register at *path*, which must be there."""
    with _open(path, "rw", patience) as database:
        database.rows("BEGIN")
        try:
            database.recognise()
            yield database
        finally:
            database.undo()


@contextlib.contextmanager
def _open(path: FilePath, mode: str, patience: float) -> Iterator[Database]:
    file = str(path)
    address = f"{Path(path).absolute().as_uri()}?mode={mode}"
    with faults_told(file):
        connection = sqlite3.connect(address, patience, isolation_level=None, uri=True)
    try:
        yield Database(file, connection)
    finally:
        connection.close()


@contextlib.contextmanager
def faults_told(file: str) -> Iterator[None]:
    """Raise what SQLite says of *file* as a NoticeError."""
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise  # our own fault
    except sqlite3.Error as error:
        raise NoticeError([_problem(file, error)]) from error


def _problem(file: str, error: sqlite3.Error) -> Problem:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest says more than we tell
    if code in _FOREIGN:
        return _foreign(file)
    if code in _BUSY:
        message = Message("another program has been using the register for too long")
        hint = Message("wait until it has finished, then run the same command again")
        return Problem("B051", message, Location(file), hint)
    if code == sqlite3.SQLITE_CANTOPEN and not Path(file).exists() and Path(file).parent.is_dir():
        hint = Message("check its name; “register reserve” and “--register” make a new one")
        return Problem("B003", Message("there is no such file"), Location(file), hint)
    message = _REFUSALS.get(code) or Message("the register cannot be used: {reason}", reason=error)
    hint = Message("check its name, its folder and its rights")
    return Problem("B052", message, Location(file), hint)


def _foreign(file: str) -> Problem:
    message = Message("not a register of document numbers, or a damaged one")
    return Problem("B050", message, Location(file), Message("name another file, or restore it"))
