"""How a batch opens SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from generator.problems import Location, Message, NoticeError, Problem


@contextmanager
def told_of(file: str) -> Iterator[None]:
    """Turn SQLite's own errors into problems of *file*."""
    try:
        yield
    except sqlite3.Error as error:
        message = Message("the batch cannot keep its notes: {reason}", reason=error)
        hint = Message("see that the disk has room and the folder can be written")
        raise NoticeError([Problem("B105", message, Location(file), hint)]) from error
