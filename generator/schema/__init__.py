"""JSON Schema → typed values, or every problem at its place; labels, skeletons, editors' schemas.

Problems: D101 unknown key · D102 missing or empty · D103 wrong type · D104 date · D105 one key
under two names · D106 not among the choices · D107 bounds of a number · D108 size of a list or
text · D109 form of a text · D110 an item twice · D111 not the one value · D119 other rules of the
schema · T101–T105 the schema of a template itself.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from generator.problems import Location, NoticeError, Problem
from generator.schema.definition import DIALECT, complete, joined, typed_definition
from generator.schema.filling import Fill, compile_date_writer, compile_filler
from generator.schema.limits import nearest
from generator.schema.reading import (
    MISSING,
    Walk,
    inside,
    label_in,
    label_of,
    names_in,
    picture_paths,
    properties_of,
)
from generator.schema.scalars import PICTURE, Definition, Worded
from generator.schema.validators import (
    lenient_validator,
    needs_validator,
    none_is_harmless,
    strict_validator,
)
from generator.sources import KeyPath, Source, in_order_of_place

if TYPE_CHECKING:
    from jsonschema_rs import Draft202012Validator

__all__ = [
    "MISSING",
    "PICTURE",
    "Definition",
    "Schema",
    "Worded",
    "joined",
    "nearest",
    "place_in_values",
    "typed_definition",
]


class Schema:
    """What the values of one template must be; built once, read many times, picklable."""

    def __init__(self, definition: Mapping[str, object]) -> None:
        """*definition* is a JSON Schema 2020-12 of an object, as plain values; see `.definition`.

        `properties`, `required`, `items` and `type` are followed where they stand; other keywords
        are jsonschema-rs's. `$ref` and lists of types are not followed.
        """
        self.definition: dict[str, object] = {
            "$schema": DIALECT,
            "type": "object",
            "additionalProperties": False,
            **complete(definition),
        }
        """The JSON Schema, complete: no object in it allows keys that it does not name."""

    def __getstate__(self) -> dict[str, object]:
        return {"definition": self.definition}

    def read(
        self, source: Source, path: KeyPath = (), reserved: Collection[str] = ()
    ) -> dict[str, object]:
        """The typed values of the mapping at *path* in *source*, under their English keys.

        Text becomes str, int, int or Decimal, bool; dates stay ISO text. What is absent or empty
        and optional gets its default, else None, at every depth. Keys in *reserved* are passed
        over. Raises NoticeError with every problem (D101…) at its line and column.
        """
        values, problems = self.survey(source, path, reserved)
        if problems:
            raise NoticeError(problems)
        return values

    def survey(
        self, source: Source, path: KeyPath = (), reserved: Collection[str] = ()
    ) -> tuple[dict[str, object], list[Problem]]:
        """What `read` gives, and every problem; with any, values as far as they could be typed."""
        value = source.value
        for step in path:
            value = cast("Any", value)[step]
        walk = Walk(
            lambda where: source.place((*path, *self._typed_path(value, where))),
            lambda where: source.key_place((*path, *self._typed_path(value, where))),
            typed=False,
            reserved=reserved,
            names=self.names,
        )
        return self._finish(walk, value)

    def check(
        self,
        values: Mapping[str, object],
        place: Callable[[KeyPath], Location] | None = None,
    ) -> dict[str, object]:
        """*values*, which have their Python types, with every optional property filled in.

        Labels may stand for keys, `datetime.date` for a date, bytes for a picture, what is Worded
        for text; None is absent. A new mapping; *values* stays as it is. Raises NoticeError with
        every problem (D101…) at its *place*, else at its path (`schedule[2].date`).
        """
        if self._is_simple:
            try:
                if self._lenient_validator.is_valid(values):
                    return self._filled(values)
            except ValueError:  # a type that JSON does not know, most often a date
                written = self._with_written_dates(values)
                if written is not None:
                    return self._filled(written)
        place = place or place_in_values
        typed, problems = self._finish(Walk(place, place, typed=True), values)
        if problems:
            raise NoticeError(problems)
        return typed

    def place(self, source: Source, path: KeyPath) -> Location:
        """Where the value at *path*, a path of English keys, stands in *source*."""
        return source.place(self._typed_path(source.value, path))

    @cached_property
    def names(self) -> dict[str, str]:
        """The English key of each name that a value at the top may have: key or label."""
        return names_in(properties_of(self.definition))

    def label(self, path: KeyPath) -> str:
        """The Chinese labels along *path*, items counted from 1: `日程安排 › 3 › 日期`."""
        return label_of(self.definition, path)

    @cached_property
    def pictures(self) -> list[tuple[str, ...]]:
        """The paths of pictures: `("rows", "[]", "photo")`."""
        return picture_paths(self.definition)

    def skeleton(self, translate: Callable[[str], str] = str) -> str:
        """A commented YAML skeleton of an input's values; *translate* says our words in a language.

        Required keys wait for their values, optional ones are commented out, lists show one item.
        """
        from generator.schema.skeletons import skeleton

        return skeleton(self.definition, translate)

    def for_editors(self) -> dict[str, object]:
        """The JSON Schema of a whole input file: reserved keys, labels beside the English keys."""
        from generator.schema.skeletons import editors_definition

        return editors_definition(self.definition)

    def _finish(self, walk: Walk, values: object) -> tuple[dict[str, object], list[Problem]]:
        """What *walk* reads from *values*, filled where there is no problem; and its problems."""
        result = walk.read(values, self.definition, (), str(self.definition.get("title", "")))
        if walk.is_undecided or self._needs_validator:
            walk.validate(result, self.definition, self._strict_validator)
        typed = cast("dict[str, object]", result if isinstance(result, dict) else {})
        if walk.problems:
            return typed, in_order_of_place(dict.fromkeys(walk.problems))
        return self._filled(typed), []

    def _with_written_dates(self, values: Mapping[str, object]) -> dict[str, object] | None:
        """*values* with dates as text; None where they do not fit even so."""
        try:
            written = self._write_dates(values) if self._write_dates else None
            return written if self._lenient_validator.is_valid(written) else None
        except (TypeError, ValueError):
            return None

    def _filled(self, values: Mapping[str, object]) -> dict[str, object]:
        return cast("dict[str, object]", self._fill(values)) if self._fill else dict(values)

    def _typed_path(self, value: object, path: KeyPath) -> KeyPath:
        """*path* with the names that *value* uses: the label where the English key is not there."""
        names: list[str | int] = []
        definition: Definition = self.definition
        for step in path:
            name: str | int = step
            if isinstance(step, str) and isinstance(value, Mapping) and step not in value:
                label = label_in(properties_of(definition), step)
                name = label if label in value else step
            definition = inside(definition, step)
            names.append(name)
            try:
                value = cast("Any", value)[name]
            except (LookupError, TypeError):
                value = None
        return tuple(names)

    @cached_property
    def _fill(self) -> Fill | None:
        return compile_filler(self.definition)

    @cached_property
    def _write_dates(self) -> Fill | None:
        return compile_date_writer(self.definition)

    @cached_property
    def _needs_validator(self) -> bool:
        return needs_validator(self.definition)

    @cached_property
    def _is_simple(self) -> bool:
        return none_is_harmless(self.definition)

    @cached_property
    def _strict_validator(self) -> Draft202012Validator:
        return strict_validator(self.definition)

    @cached_property
    def _lenient_validator(self) -> Draft202012Validator:
        return lenient_validator(self.definition)


def place_in_values(path: KeyPath) -> Location:
    """The place of a value from Python: `schedule[2].date`."""
    spot = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return Location("", spot.removeprefix("."))
