"""Values that remember where they stood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.problems import Location, Problem

KeyPath = tuple[str | int, ...]
"""The way to a value: keys and list positions (from 0), outermost first."""

_LINE_AND_COLUMN = re.compile(r"(\d+):(\d+)")


@dataclass(frozen=True, slots=True)
class Source:
    """What one input holds, and where."""

    value: object
    """Text, None (nothing after the colon), lists and dicts of them."""
    places: Mapping[KeyPath, Location]
    """Where each value begins; values that are None have no place of their own."""
    keys: Mapping[KeyPath, Location]
    """Where the key of each value of a mapping begins."""
    file: str
    """The file as the user typed it."""
    quoted: frozenset[KeyPath] = frozenset()
    """The texts that stand in quotes or as a block: whatever they say, they are text."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with this row of a table, whatever its values should be: an error cell."""

    def place(self, path: KeyPath) -> Location:
        """Where the value at *path* stands: itself, else its key, else what it would stand in."""
        for length in range(len(path), -1, -1):
            found = self.places.get(path[:length]) or self.keys.get(path[:length])
            if found:
                return found
        return Location(self.file)

    def key_place(self, path: KeyPath) -> Location:
        """Where the key of the value at *path* stands; a list item has none, so its own place."""
        return self.keys.get(path) or self.place(path)


def in_order_of_place(problems: Iterable[Problem]) -> list[Problem]:
    """*problems* by line and column; those without a line keep their order and come first."""

    def line_and_column(problem: Problem) -> tuple[int, int]:
        found = _LINE_AND_COLUMN.fullmatch(problem.where.spot)
        return (int(found[1]), int(found[2])) if found else (0, 0)

    return sorted(problems, key=line_and_column)
