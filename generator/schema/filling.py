"""Absent optional values → their defaults, dates → text: compiled once, run before every render."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, cast

from generator.schema.reading import inside, properties_of
from generator.schema.scalars import Definition

Fill = Callable[[Any], Any]
"""A value that fits its definition → a new one in which every property stands."""


def compile_filler(definition: Definition) -> Fill | None:
    """What gives every absent property of *definition*, at every depth, its default or None.

    None where no property can be absent, so that there is nothing to do.
    """
    if definition.get("type") == "array":
        fill_item = compile_filler(inside(definition, 0))
        return _list_filler(fill_item) if fill_item else None
    properties = properties_of(definition)
    required = cast("list[str]", definition.get("required", []))
    optional = [key for key in properties if key not in required]
    fillers = {key: fill for key in properties if (fill := compile_filler(properties[key]))}
    if not optional and not fillers:
        return None
    defaults = {
        key: properties[key]["default"]
        for key in optional
        if properties[key].get("default") is not None
    }
    return _object_filler(dict.fromkeys(optional), defaults, fillers)


def compile_date_writer(definition: Definition) -> Fill | None:
    """What turns `datetime.date` into ISO text wherever *definition* has the format date.

    None where it has none. Lists and objects must be such: others raise TypeError.
    """
    if definition.get("format") == "date":
        return _iso_text
    if definition.get("type") == "array":
        write_item = compile_date_writer(inside(definition, 0))
        return _list_filler(write_item) if write_item else None
    properties = properties_of(definition)
    writers = {key: write for key in properties if (write := compile_date_writer(properties[key]))}
    return _object_filler({}, {}, writers) if writers else None


def _iso_text(value: object) -> object:
    # type(): a datetime is no date without a time
    return value.isoformat() if type(value) is datetime.date else value


def _list_filler(fill_item: Fill) -> Fill:
    def fill(items: list[object]) -> list[object]:
        return [fill_item(item) for item in items]

    return fill


def _object_filler(
    blank: Mapping[str, None], defaults: Mapping[str, object], fillers: Mapping[str, Fill]
) -> Fill:
    def fill(values: dict[str, object]) -> dict[str, object]:
        result = {**blank, **values}
        for key, default in defaults.items():
            if result[key] is None:
                # A copy: who is handed the values may change them.
                result[key] = default.copy() if isinstance(default, (list, dict)) else default
        for key, fill_value in fillers.items():
            value = result.get(key)
            if value is not None:
                result[key] = fill_value(value)
        return result

    return fill
