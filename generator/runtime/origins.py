"""Which value made a render fail: found in the frames that its error went through.

So a render that succeeds keeps no account of what it reads. A value is known again by its
identity: what a template computes has no place among the values, only the row that it is made of.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from traceback import walk_tb
from types import FrameType
from typing import Any

from jinja2.utils import missing

from generator.runtime.budget import BudgetError
from generator.runtime.values import Missing
from generator.sources import KeyPath

_MOST_VALUES = 100_000
_LOCAL = re.compile(r"l_(\d+)_(.*)")
"""How Jinja's code names a value: by the depth of what binds it, a loop or macro, and its name."""

Paths = Mapping[int, list[KeyPath]]
"""Where among the values each object stands, by its id."""


def origin(error: Exception, values: Mapping[str, Any]) -> KeyPath:
    """The path in *values* of what *error* is about, else of what should hold it.

    Else that of the row which the innermost loop had reached; `()` where there is none.
    """
    if isinstance(error, BudgetError | RecursionError | MemoryError):
        return ()
    frames = [frame for frame, _ in walk_tb(error.__traceback__)]
    last = max((i for i, frame in enumerate(frames) if _is_of_a_template(frame)), default=None)
    if last is None:
        return ()
    paths = _paths(values)
    seen = _Seen(frames[: last + 1], paths)
    for frame in reversed(frames[last + 1 :]):
        for value in _arguments(frame):
            if isinstance(value, Missing):
                if value._undefined_obj is missing:
                    return ()
                value = value._undefined_obj
            path = seen.only(paths.get(id(value), []), value)
            if path is not None:
                return path
    return seen.rows[0] if seen.rows else ()


def _is_of_a_template(frame: FrameType) -> bool:
    return "__jinja_template__" in frame.f_globals


def _paths(values: Mapping[str, Any]) -> Paths:
    paths: dict[int, list[KeyPath]] = {}
    waiting: list[tuple[object, KeyPath]] = [(values, ())]
    for value, path in waiting:  # it grows meanwhile
        paths.setdefault(id(value), []).append(path)
        if len(waiting) > _MOST_VALUES:  # or it holds itself
            break
        if isinstance(value, Mapping):
            waiting += [(item, (*path, key)) for key, item in value.items()]
        elif isinstance(value, list | tuple):
            waiting += [(item, (*path, index)) for index, item in enumerate(value)]
    return paths


def _arguments(frame: FrameType) -> Iterator[object]:
    """What the function of *frame* was called with."""
    names, others, _, local = inspect.getargvalues(frame)
    for name in names:
        yield local.get(name)
    yield from local.get(others, ()) if others else ()


class _Seen:
    """What a template had before it when it failed."""

    def __init__(self, frames: list[FrameType], paths: Paths) -> None:
        """*frames* are of templates, or between such, outermost first."""
        self.names: set[str] = set()
        """The names that it had read."""
        self.rows: list[KeyPath] = []
        """The paths of the items that its loops had reached, innermost first."""
        for frame in filter(_is_of_a_template, reversed(frames)):
            bound = [(_LOCAL.match(name), value) for name, value in frame.f_locals.items()]
            known = [(int(found[1]), found[2], value) for found, value in bound if found]
            self.names |= {name for _, name, value in known if value is not missing}
            for depth, _, value in sorted(known, key=lambda each: -each[0]):
                found = paths.get(id(value), [])
                if depth and len(found) == 1 and found[0] and isinstance(found[0][-1], int):
                    self.rows += found

    def only(self, found: list[KeyPath], value: object) -> KeyPath | None:
        """The one path of *value* among those *found* of it; of several that in the innermost row.

        None where that is in doubt.
        """
        inside = next((own for row in self.rows if (own := _below(row, found))), [])
        if _is_interchangeable(value):
            found = inside + [path for path in found if len(path) == 1 and path[0] in self.names]
        elif inside:
            found = inside
        return found[0] if len(found) == 1 else None


def _below(row: KeyPath, found: list[KeyPath]) -> list[KeyPath]:
    return [path for path in found if path[: len(row)] == row]


def _is_interchangeable(value: object) -> bool:
    """Whether equal values may be one object, wherever they come from."""
    return isinstance(value, bool | int | float | None) or (
        isinstance(value, str) and len(value) < 2
    )
