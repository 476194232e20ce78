"""What a template makes of the other values where one is missing: `defaults` in template.yaml."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from generator.compiler.patterns import Expressions
from generator.problems import Location, Message, NoticeError, Problem
from generator.runtime.failures import FAILURES, render_failure
from generator.schema import Schema, nearest
from generator.sources import KeyPath

if TYPE_CHECKING:  # a kept template needs none of its files
    from generator.library.definitions import Definition, Json

Evaluate = Callable[[str, Mapping[str, Any]], object]


@dataclass(frozen=True)
class Completion:
    """The fields that a template makes of others where nobody gives them; it can be pickled."""

    expressions: Mapping[str, str]
    """By the field, in the order in which they are made: a later one may read an earlier one."""
    places: Mapping[str, Location]
    """Where each expression stands."""
    schema: Schema
    """What these fields must be, and which of them must be there in the end."""

    def complete(
        self,
        values: Mapping[str, Any],
        unit: Mapping[str, Any] | None,
        evaluate: Evaluate,
        place: Callable[[KeyPath], Location],
    ) -> tuple[dict[str, Any], list[Problem]]:
        """*values* with these fields, and what is wrong with them at its *place*.

        An expression that comes to None or "" makes nothing. It reads *values* and `unit`.
        """
        completed, problems = dict(values), []
        for name, expression in self.expressions.items():
            if completed.get(name) is None:
                try:
                    made = evaluate(expression, {**completed, "unit": unit})
                    completed[name] = None if made == "" else made
                except FAILURES as error:
                    where = self.places[name]
                    problems.append(render_failure(error, where, completed, place))
        if problems:
            return completed, problems
        fields = {
            name: completed[name] for name in self.expressions if completed.get(name) is not None
        }
        try:
            return {**completed, **self.schema.check(fields, place)}, []
        except NoticeError as error:
            return completed, error.problems


def read_completion(
    definition: Definition, schema: Json, expressions: Expressions
) -> tuple[Json, Completion | None]:
    """*schema*, in which no field is required that can be made, and what makes those that can.

    None where nothing does. Raises NoticeError for fields that *schema* has not (D101) and
    expressions that Jinja cannot read, all at once.
    """
    said: Mapping[str, str] = definition.values.get("defaults") or {}
    if not said:
        return schema, None
    places = {name: definition.place("defaults", name) for name in said}
    properties, required = schema.get("properties", {}), schema.get("required", [])
    problems = []
    for name, expression in said.items():
        if name not in properties:
            problems.append(_unknown(name, list(properties), places[name]))
        try:
            expressions.add(expression, places[name])
        except NoticeError as error:
            problems += error.problems
    if problems:
        raise NoticeError(problems)
    own = {
        "properties": {name: properties[name] for name in said},
        "required": [name for name in required if name in said],
    }
    others = [name for name in required if name not in said]
    return {**schema, "required": others}, Completion(dict(said), places, Schema(own))


def _unknown(name: str, names: list[str], where: Location) -> Problem:
    close = nearest(name, names)
    hint = Message("did you mean “{name}”?", name=close) if close else ""
    return Problem("D101", Message("unknown key “{key}”", key=name), where, hint)
