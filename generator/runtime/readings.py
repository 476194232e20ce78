"""How a template reads a value: where first, and what for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

Use = Literal[
    "print", "loop", "test", "date", "number", "picture", "pairs", "alias", "guarded", "sure"
]
"""What a value is read for: as itself, item by item, as a condition, as a date, number or picture,
pair by pair, under another name. `guarded`: the template asks whether it is there. `sure`: the
template cannot do without it (of an item's field: without it no item can be printed)."""


class Reading(NamedTuple):
    """How a template reads one path."""

    template: str
    """The canonical name of the template that reads it first."""
    line: int
    """The line of that one's Jinja source."""
    uses: frozenset[str]
    """Every `Use` that any tag makes of it."""


Readings = Mapping[str, Reading]
"""The readings of a template by their paths, first read first."""

_TAKE_LISTS = frozenset({"join", "listed", "first", "last", "min", "max", "sum", "map", "groupby"})
_TAKE_DATES = frozenset(
    "date short_date weekday period short_period days_until han_date rest_day workdays".split()
)
_TAKE_NUMBERS = frozenset({"han", "share", "round", "abs", "float", "int"})


def use_of_filter(name: str) -> Use:
    """What a filter takes its value for."""
    if name in _TAKE_DATES:
        return "date"
    if name in _TAKE_NUMBERS:
        return "number"
    if name == "picture":
        return "picture"
    return "loop" if name in _TAKE_LISTS else "print"
