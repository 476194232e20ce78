"""Ways to values within values: keys and positions, and how they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.sources import KeyPath

ITEM = "[]"
"""The step from a list to each of its items."""
_PATH_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_STEP = re.compile(r"([^.\[\]]+)|(\[\])")


def read_path(text: str) -> KeyPath:
    """The path that is written `schedule[2].date`."""
    return tuple(
        int(index) if index else key for key, index in _PATH_STEP.findall(text) if key or index
    )


def steps(path: str) -> tuple[str, ...]:
    """The steps of a path to many values: `rows[].name` → rows, [], name."""
    return tuple(name or ITEM for name, _ in _STEP.findall(path))


def find_value(values: object, path: KeyPath) -> object:
    """What stands at *path* in *values*; None where there is nothing."""
    for step in path:
        if isinstance(values, Mapping):
            values = values.get(step)
        elif isinstance(values, list | tuple) and isinstance(step, int) and step < len(values):
            values = values[step]
        else:
            return None
    return values


def values_at(
    value: object, way: tuple[str, ...], path: KeyPath = ()
) -> Iterator[tuple[KeyPath, object]]:
    """What stands at the steps *way* in *value*, each with its path."""
    if not way:
        yield path, value
    elif way[0] == ITEM and isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from values_at(item, way[1:], (*path, index))
    elif isinstance(value, Mapping) and way[0] in value:
        yield from values_at(value[way[0]], way[1:], (*path, way[0]))
