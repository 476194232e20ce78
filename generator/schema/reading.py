"""The walk of values along their definition: every fault at its place, and the typed values."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from generator.problems import Location, Message, Problem
from generator.schema.advice import is_cell, is_of_table, of_kind, of_missing
from generator.schema.limits import (
    is_plainly,
    limit_faults,
    matches_pattern,
    nearest,
    pattern_fault,
    second_of_a_kind,
    unique_fault,
    validator_fault,
)
from generator.schema.scalars import (
    PICTURE,
    Definition,
    Fault,
    Worded,
    full_width_colon_hint,
    scalar_from_python,
    scalar_from_text,
    shown,
    wrong_kind,
)
from generator.schema.wording import WORDINGS, wording_fault
from generator.sources import KeyPath

if TYPE_CHECKING:
    from jsonschema_rs import Draft202012Validator

MISSING = "D102"
"""The code of a value that must be there and is not, or is empty."""
_MAX_SUGGESTIONS = 50
"""Beyond so many problems an unknown key gets no suggestion: searching them takes time."""


class Walk:
    """One walk: `problems` fills while values are read; a path is one of English keys."""

    def __init__(
        self,
        place: Callable[[KeyPath], Location],
        key_place: Callable[[KeyPath], Location],
        *,
        typed: bool,
        reserved: Collection[str] = (),
        names: Mapping[str, str] | None = None,
    ) -> None:
        """*typed*: scalars come from Python with their types; else they are text to be typed.

        *names* are `names_in` the properties at the top, where they are known already.
        """
        self.problems: list[Problem] = []
        self._place = place
        self._key_place = key_place
        self._typed = typed
        self._reserved = reserved
        self._names = names
        self.is_undecided = False
        """Whether a keyword was left to a validator."""
        self._faulty: set[KeyPath] = set()
        self._around_a_fault: set[KeyPath] = set()

    def read(self, value: object, definition: Definition, path: KeyPath, label: str) -> object:
        """*value* typed by *definition*; where it has a fault, reported, the value as it came."""
        result = self._read(value, definition, path, label)
        if isinstance(result, Fault):
            self._report(result, path)
            return value
        if isinstance(result, bytes):
            return result
        said = str(result) if isinstance(result, Worded) else result
        for fault in limit_faults(said, definition, label):
            self._report(fault, path)
        if isinstance(said, str) and "pattern" in definition:
            matches = matches_pattern(said, str(definition["pattern"]))
            self.is_undecided |= matches is None
            if matches is False:
                self._report(pattern_fault(said, definition, label), path)
        if isinstance(said, str) and "format" in definition:
            wanted = str(definition["format"])
            self.is_undecided |= not is_plainly(said, wanted)
            if wanted in WORDINGS and (slip := wording_fault(said, wanted, label)):
                self._report(slip, path)
        if definition.get("uniqueItems") is True and isinstance(result, list):
            position = second_of_a_kind(result)
            if position:
                self._report(unique_fault(label), (*path, position))
        return result

    def validate(
        self, value: object, definition: Definition, validator: Draft202012Validator
    ) -> None:
        """Report what *validator* finds beyond what the walk itself looks at.

        What is more than text is held to it by its words; of bytes it says nothing.
        """
        unsaid: set[KeyPath] = set()
        for error in validator.iter_errors(_said(value, (), unsaid)):
            path = tuple(error.instance_path)
            if path in unsaid:
                continue
            fault = validator_fault(error, definition, label_of(definition, path))
            if fault is not None and not self._touches_a_fault(path):
                self._report(fault, path)

    def _read(self, value: object, definition: Definition, path: KeyPath, label: str) -> object:
        wanted = definition.get("type")
        if value is None and not self._typed:
            return Fault(MISSING, Message("“{label}” is empty", label=label), Message("fill it in"))
        if wanted == "object":
            if isinstance(value, Mapping):
                return self._read_object(value, definition, path)
            return self._wrong_kind(value, "object", label, path)
        if wanted == "array":
            if isinstance(value, (list, tuple)):
                return self._read_array(value, definition, path, label)
            return self._wrong_kind(value, "array", label, path)
        if self._typed:
            return scalar_from_python(value, definition, label)
        if isinstance(value, str):
            return scalar_from_text(value, definition)
        return value if wanted is None else wrong_kind(value, str(wanted), label)

    def _wrong_kind(self, value: object, wanted: str, label: str, path: KeyPath) -> Fault:
        fault = wrong_kind(value, wanted, label)
        hint = of_kind(wanted, self._place(path)) if isinstance(value, str) else None
        return replace(fault, hint=hint) if hint else fault

    def _read_array(
        self, items: Collection[object], definition: Definition, path: KeyPath, label: str
    ) -> list[object]:
        return [
            self.read(item, inside(definition, 0), (*path, position), f"{label} {position + 1}")
            for position, item in enumerate(items)
        ]

    def _read_object(
        self, values: Mapping[str, object], definition: Definition, path: KeyPath
    ) -> dict[str, object]:
        properties = properties_of(definition)
        known = self._names if not path and self._names else names_in(properties)
        result: dict[str, object] = {}
        names: dict[str, str] = {}
        for name, value in values.items():
            key = known.get(name)
            if key is None:
                if not path and name in self._reserved:
                    continue
                others = definition.get("additionalProperties", True)
                if others is False:
                    self._report_unknown(name, properties, path)
                elif isinstance(others, Mapping):
                    result[name] = self.read(value, others, (*path, name), name)
                else:
                    result[name] = value
            elif key in names:
                message = Message("“{one}” and “{other}” are one key", one=names[key], other=name)
                place = self._key_place((*path, name))
                self.problems.append(Problem("D105", message, place, Message("keep one of them")))
            else:
                names[key] = name
                if value is not None:
                    label = label_in(properties, key)
                    result[key] = self.read(value, properties[key], (*path, key), label)
        self._report_missing(definition, result, names, path, values)
        return result

    def _report_missing(
        self,
        definition: Definition,
        result: Mapping[str, object],
        names: Mapping[str, str],
        path: KeyPath,
        values: Mapping[str, object],
    ) -> None:
        for key in cast("list[str]", definition.get("required", [])):
            if key in result:
                continue
            label = label_in(properties_of(definition), key)
            if key in names:
                message, hint = Message("“{label}” is empty", label=label), Message("fill it in")
                place = self._place((*path, key))  # of a cell; in text, of the key
            else:
                message = Message("“{label}” is missing", label=label)
                # A row has no head above it that says so: told once, at the first of the heads.
                is_row = not path or isinstance(path[-1], int)
                place = self._key_place(path) if is_row else self._place(path)
                hint = of_missing(key, label, place, values.keys(), alone=not path)
            self.problems.append(Problem(MISSING, message, place, hint))

    def _report_unknown(
        self,
        name: str,
        properties: Mapping[str, Definition],
        path: KeyPath,
    ) -> None:
        labels = [label_in(properties, key) for key in properties]
        close, place = "", self._key_place((*path, name))
        if len(self.problems) < _MAX_SUGGESTIONS and not is_of_table(name, place):
            others = () if path else self._reserved
            close = nearest(str(name), [*labels, *properties, *others])
        if "：" in str(name):
            hint = full_width_colon_hint()
        elif close:
            hint = Message("did you mean “{name}”?", name=close)
        elif not path and is_cell(place):
            hint = Message("--ignore {name} leaves this column out", name=name)
        else:
            hint = Message("keys here: {names}", names="、".join(labels))
        message = Message("unknown key “{key}”", key=shown(name))
        self.problems.append(Problem("D101", message, place, hint))

    def _report(self, fault: Fault, path: KeyPath) -> None:
        self._faulty.add(path)
        self._around_a_fault.update(path[:length] for length in range(len(path) + 1))
        self.problems.append(fault.problem(self._place(path)))

    def _touches_a_fault(self, path: KeyPath) -> bool:
        """Whether a fault reported before stands at *path*, in it or around it."""
        return path in self._around_a_fault or any(
            path[:length] in self._faulty for length in range(len(path))
        )


def properties_of(definition: Definition) -> Mapping[str, Definition]:
    """The properties of an object's *definition* by their English keys."""
    return cast("Mapping[str, Definition]", definition.get("properties", {}))


def names_in(properties: Mapping[str, Definition]) -> dict[str, str]:
    """The English key of each name that a value may have: key or label."""
    labels = {label_in(properties, key): key for key in properties}
    return labels | {key: key for key in properties}


def label_in(properties: Mapping[str, Definition], key: str) -> str:
    """The Chinese label of the property *key*; the key itself if it has none."""
    return str(properties.get(key, {}).get("title", key))


def label_of(definition: Definition, path: KeyPath) -> str:
    """The labels along *path*, items counted from 1: `日程安排 › 3 › 日期`."""
    labels: list[str] = []
    for step in path:
        if isinstance(step, int):
            labels.append(str(step + 1))
        else:
            labels.append(label_in(properties_of(definition), step))
        definition = inside(definition, step)
    return " › ".join(labels)


def inside(definition: Definition, step: str | int) -> Definition:
    """The definition of a property, or of the items, of what *definition* describes."""
    if isinstance(step, int):
        found = definition.get("items")
    else:
        found = properties_of(definition).get(step, definition.get("additionalProperties"))
    return found if isinstance(found, Mapping) else {}


def picture_paths(definition: Definition, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """The paths of the pictures that *definition* describes; `[]` is any item of a list."""
    if definition.get("format") == PICTURE:
        return [path]
    found = [
        inner
        for key, member in properties_of(definition).items()
        for inner in picture_paths(member, (*path, key))
    ]
    items = definition.get("items")
    return found + (picture_paths(items, (*path, "[]")) if isinstance(items, Mapping) else [])


def _said(value: object, path: KeyPath, unsaid: set[KeyPath]) -> object:
    """*value* as JSON knows it, words for what is Worded; *unsaid* takes the paths of bytes."""
    if isinstance(value, Mapping):
        return {key: _said(inner, (*path, key), unsaid) for key, inner in value.items()}
    if isinstance(value, list):
        return [_said(inner, (*path, index), unsaid) for index, inner in enumerate(value)]
    if isinstance(value, bytes):
        unsaid.add(path)
        return ""
    return str(value) if isinstance(value, Worded) else value
