"""What a template reads of its values: as a JSON Schema, and held against one.

Problems: T080 a name that nobody gives · T081 a field that nobody reads · T401 a value that is
missing · R003 a “no” that counts as true.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from generator.problems import Location, Message, Problem
from generator.rules.paths import ITEM, steps, values_at
from generator.runtime.failures import PlaceOfValue, missing_value
from generator.runtime.readings import Readings
from generator.runtime.values import not_there
from generator.schema import PICTURE, Definition
from generator.sources import KeyPath

Json = dict[str, Any]
Uses = Mapping[str, AbstractSet[str]]
"""What each path is read for: a `Use` of `generator.runtime.readings` or several."""

_OPEN = ("anyOf", "oneOf", "allOf", "not")
"""Keywords after which a definition's own properties are not all that it may have."""
_NO = frozenset({"false", "no", "n", "off", "否", "不", "不是", "无", "没有"})


def merged(readings: Iterable[Readings]) -> dict[str, frozenset[str]]:
    """What each path is read for, over several readings."""
    uses: dict[str, frozenset[str]] = {}
    for each in readings:
        for path, reading in each.items():
            uses[path] = uses.get(path, frozenset()) | reading.uses
    return uses


# --- what is read, as a schema -------------------------------------------------------------------


class _Node:
    """All that is read below one path."""

    def __init__(self) -> None:
        self.uses: frozenset[str] = frozenset()
        self.fields: dict[str, _Node] = {}
        self.item: _Node | None = None

    def at(self, path: tuple[str, ...]) -> _Node:
        node = self
        for step in path:
            if step == ITEM:
                node.item = node.item or _Node()
                node = node.item
            else:
                node = node.fields.setdefault(step, _Node())
        return node

    @property
    def is_sure(self) -> bool:
        if "sure" in self.uses or any(field.is_sure for field in self.fields.values()):
            return True
        # One item that is asked for by its position must be there; in a loop there may be none.
        return self.item is not None and "loop" not in self.uses and self.item.is_sure

    def definition(self) -> Json:
        if self.item or "loop" in self.uses:
            return {"type": "array", "items": (self.item or _Node()).definition()}
        if self.fields:
            return _object(self)
        if "pairs" in self.uses:
            return {"type": "object", "additionalProperties": True}
        if "date" in self.uses:
            return {"type": "string", "format": "date"}
        if "picture" in self.uses:
            return {"type": "string", "format": PICTURE}
        if "number" in self.uses:
            return {"type": "number"}
        if "test" in self.uses and self.uses <= {"test", "guarded", "sure"}:
            return {"type": "boolean", "examples": [True]}
        return {"type": "string"}


def definition_read(uses: Uses, given: Collection[str] = ()) -> dict[str, object]:
    """The JSON Schema of an input with the values that are read, but for those that are *given*.

    Loops make lists with the fields that are used, what only conditions ask for is true or false,
    what date filters print is a date. Required is what the template cannot do without.
    """
    top = _Node()
    for path, its in uses.items():
        way = steps(path)
        if way and way[0] not in given:
            top.at(way).uses |= frozenset(its)
    return _object(top)


def _object(node: _Node) -> Json:
    """The definition of an object with the fields of *node*, in the order of their reading."""
    required = [name for name, field in node.fields.items() if field.is_sure]
    return {
        "type": "object",
        "properties": {name: field.definition() for name, field in node.fields.items()},
        **({"required": required} if required else {}),
    }


# --- what is read, held against a schema ---------------------------------------------------------


def unknown_names(
    readings: Readings, known: Definition, place: Callable[[str], Location]
) -> list[Problem]:
    """What is read and *known*, the definition of all that there can be, does not have (T080).

    *place* says where a path is read first. A name that the template asks for before it uses it
    is a warning.
    """
    problems: dict[tuple[str, ...], Problem] = {}
    for path, reading in readings.items():
        way = steps(path)
        found = _dead_end(way, known)
        if found is None:
            continue
        length, definition = found
        level = "warning" if "guarded" in reading.uses else "error"
        message, hint = _no_such_name(way[:length], way[length], definition)
        problem = Problem("T080", message, place(path), hint, level)  # type: ignore[arg-type]
        problems.setdefault(way[: length + 1], problem)
    return list(problems.values())


def _dead_end(way: tuple[str, ...], known: Definition) -> tuple[int, Definition] | None:
    """How far *way* leads, and the definition that has no next step; None where all is well."""
    definition = known
    for length, step in enumerate(way):
        kind = definition.get("type")
        if kind is None or any(keyword in definition for keyword in _OPEN):
            return None
        if step == ITEM:
            inner = definition.get("items") if kind == "array" else None
        elif kind != "object":
            return length, definition
        else:
            inner = _properties(definition).get(step, definition.get("additionalProperties", True))
            if inner is False:
                return length, definition
        if not isinstance(inner, Mapping):
            return None
        definition = inner
    return None


def item_of(definition: Definition, path: str) -> Definition:
    """The definition of the items of the list at *path*; one of anything where there is none."""
    for step in (*steps(path), ITEM):
        inner = definition.get("items") if step == ITEM else _properties(definition).get(step)
        definition = inner if isinstance(inner, Mapping) else {}
    return definition


def _no_such_name(
    holder: tuple[str, ...], name: str, definition: Definition
) -> tuple[Message, Message]:
    properties = _properties(definition)
    keys = {str(member.get("title", key)): key for key, member in properties.items()}
    if definition.get("type") == "array":
        hint = Message("it is a list: read its items in a “for”")
    elif definition.get("type") != "object":
        hint = Message("it is a single value")
    elif name in keys:
        hint = Message("a template uses keys: write “{key}”", key=keys[name])
    elif close := difflib.get_close_matches(name, [*properties, *keys], 1):
        hint = Message("did you mean “{name}”?", name=keys.get(close[0], close[0]))
    elif holder == ("annexes",):
        hint = Message("give its title in template.yaml: “annexes: {{{name}: …}}”", name=name)
    elif holder:
        hint = Message("there are: {names}", names="、".join(properties))
    else:
        hint = Message("declare it under “schema:” in template.yaml")
    if not holder:
        return Message("nothing gives a value “{name}”", name=name), hint
    return Message("“{holder}” has no “{name}”", holder=written(holder), name=name), hint


def written(way: Iterable[str]) -> str:
    """A path as it is written: rows, [], name → `rows[].name`."""
    return "".join(step if step == ITEM else f".{step}" for step in way).removeprefix(".")


def unused_fields(
    definition: Definition,
    uses: Uses,
    place: Callable[[KeyPath], Location],
    common: Collection[str] = (),
) -> list[Problem]:
    """The properties of *definition* that nothing reads (T081), but for those in *common*.

    *place* says where in the definition a path of keywords and keys stands.
    """
    read = {steps(path): its for path, its in uses.items()}
    reached = {way[:length] for way in read for length in range(1, len(way) + 1)}
    whole = {way for way, its in read.items() if "print" in its}

    def unused(
        definition: Definition, way: tuple[str, ...], where: KeyPath
    ) -> Iterator[tuple[tuple[str, ...], KeyPath]]:
        if way in whole:  # it is handed on as one: who knows what is read of it there
            return
        for key, member in _properties(definition).items():
            if way or key not in common:
                inner, there = (*way, key), (*where, "properties", key)
                if inner in reached:
                    yield from unused(member, inner, there)
                else:
                    yield inner, there
        items = definition.get("items")
        if isinstance(items, Mapping):
            yield from unused(items, (*way, ITEM), (*where, "items"))

    return [
        Problem(
            "T081",
            Message("no tag, pattern or requirement reads “{path}”", path=written(way)),
            place(where),
            Message("use it, or take it out of the schema"),
            "warning",
        )
        for way, where in unused(definition, (), ())
    ]


def _properties(definition: Definition) -> Mapping[str, Definition]:
    properties = definition.get("properties")
    return properties if isinstance(properties, Mapping) else {}


# --- values without a schema ---------------------------------------------------------------------


def doubtful_values(
    values: Mapping[str, Any],
    uses: Uses,
    place: Callable[[KeyPath], Location],
) -> list[Problem]:
    """Texts that say “no” where a template only asks whether there is one: they count as yes."""
    problems = []
    for path, its in uses.items():
        if "test" in its and its <= {"test", "guarded", "sure"}:
            for where, value in values_at(values, steps(path)):
                if isinstance(value, str) and value.strip().lower() in _NO:
                    message = Message("“{text}” is text, which counts as true here", text=value)
                    hint = Message("write false, or leave it empty")
                    problems.append(Problem("R003", message, place(where), hint))
    return problems


def missing_values(
    readings: Readings,
    values: Mapping[str, Any],
    place: Callable[[str], Location],
    place_of_value: PlaceOfValue,
) -> list[Problem]:
    """Everything that a template cannot do without and *values* lack (T401), in its order.

    *place* says where a path is read first.
    """
    return [
        missing_value(
            not_there(way[-1], holder if where else {}), place(path), place_of_value(where)
        )
        for path in _certain(readings)
        for way in [steps(path)]
        if way[-1] != ITEM
        for where, holder in values_at(values, way[:-1])
        if isinstance(holder, Mapping) and way[-1] not in holder
    ]


def _certain(readings: Readings) -> Iterator[str]:
    """The paths that are read whatever happens, and of items whenever there is one."""
    for path, reading in readings.items():
        lists = [path[: match.start()] for match in re.finditer(r"\[\]", path)]
        holders = (readings.get(each) for each in lists)
        if all(each and "sure" in each.uses for each in (reading, *holders)):
            yield path
