"""The documents of a batch, in the order of their rows, whatever order they were made in."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.batch.outcomes import Outcome
from generator.lists import Entry

_TABLE = """
CREATE TABLE documents (
    row INTEGER PRIMARY KEY, path TEXT, number TEXT, title TEXT, recipients TEXT, date TEXT,
    file TEXT
)
"""


@dataclass(frozen=True, slots=True)
class Product:
    """A document that is there."""

    path: Path | None
    """Its file; None in an archive."""
    entry: Entry
    """What a list says of it; its file is the name."""


class Produced:
    """What a batch has made, or found made, in a database that goes with it."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("")  # on disk as soon as it grows
        self._base.execute("PRAGMA journal_mode=OFF")
        self._base.execute(_TABLE)
        self.count = 0

    def close(self) -> None:
        self._base.close()

    def add(self, outcome: Outcome) -> None:
        """Take up a row whose document is there; others are passed over."""
        if outcome.state not in ("made", "unchanged"):
            return
        path = None if outcome.path is None else str(outcome.path)
        facts = (outcome.number, outcome.title, outcome.recipients, outcome.date, outcome.name)
        self._base.execute(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?)", (outcome.index, path, *facts)
        )
        self.count += 1

    def __iter__(self) -> Iterator[Product]:
        for path, *facts in self._base.execute(
            "SELECT path, number, title, recipients, date, file FROM documents ORDER BY row"
        ):
            yield Product(None if path is None else Path(path), Entry(*facts))
