"""How deep lists and mappings may stand in one another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.problems import Location, Message, Problem

MAX_DEPTH = 50


def is_too_deep(value: object) -> bool:
    """Whether *value* nests deeper than that; so does what holds itself."""
    level: list[Any] = [value]
    for _ in range(MAX_DEPTH):
        holders = filter(_holds, level)
        inner = [each.values() if isinstance(each, Mapping) else each for each in holders]
        level = list({id(item): item for items in inner for item in items}.values())
    return any(map(_holds, level))


def _holds(value: object) -> bool:
    return isinstance(value, Mapping | list | tuple)


def too_deep(where: Location) -> Problem:
    """What to tell of a value that nests too deeply."""
    message = Message("lists and mappings stand more than {depth} deep", depth=MAX_DEPTH)
    return Problem("Y011", message, where, Message("make the structure flatter"))
