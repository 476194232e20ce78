"""What a check of plain sense looks at, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from generator.problems import Level, Message
from generator.sources import KeyPath


@dataclass(frozen=True, slots=True)
class Case:
    """One value that is held to a check: the only one, or that of one row of a list."""

    path: KeyPath
    """Where it stands, and a problem is told."""
    value: object
    row: object
    """What the paths of the check start from: a row of its list, or all values."""
    siblings: object
    """The mapping that the value stands in."""
    others: tuple[object, ...] = ()
    """The values that `of` names."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a value."""

    path: KeyPath
    message: Message
    hint: Message | str
    code: str = ""
    """That of its check, unless it says another."""
    level: Level | None = None
    """That of its check, unless it says another."""


Check = Callable[[list[Case]], Iterable[Finding]]
"""Finds what is wrong with the cases of one check, in the order in which they stand."""


def item_number(path: KeyPath) -> int:
    """The number of the item of a list in which a value stands, from 1."""
    return next(step for step in reversed(path) if isinstance(step, int)) + 1


def texts_at(value: object, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """Every text at and below *path*, where *value* stands, with its own path."""
    waiting: list[tuple[KeyPath, object]] = [(path, value)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, str):
            yield path, value
        elif isinstance(value, dict):
            waiting += [((*path, key), inner) for key, inner in reversed(value.items())]
        elif isinstance(value, list | tuple):
            waiting += [((*path, index), value[index]) for index in range(len(value) - 1, -1, -1)]
