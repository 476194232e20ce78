"""What a template lacks while it renders: all of it at once, each with what to do about it."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from generator.problems import Message, Problem
from generator.runtime.compiled import CompiledTemplate
from generator.runtime.failures import NOT_THERE, PlaceOfValue
from generator.schema import Schema


def explained(
    problems: Sequence[Problem],
    compiled: CompiledTemplate,
    schema: Schema | None,
    values: Mapping[str, object],
    place_of_value: PlaceOfValue,
) -> list[Problem]:
    """*problems* of a render of *values*, in which the first failure stands for all.

    A value that no input can give is to be declared in the *schema*. Without one, which would have
    told of all that is missing, that is told now; *place_of_value* says where values stand.
    """
    if schema is not None:
        return [_with_declaration(problem, schema.names) for problem in problems]
    from generator.variables import missing_values

    found = missing_values(compiled.readings, values, compiled.place_of_reading, place_of_value)
    told = {(each.message, each.value) for each in found}
    return [each for each in problems if (each.message, each.value) not in told] + found


def _with_declaration(problem: Problem, names: Mapping[str, str]) -> Problem:
    """A problem of a value that none of *names* is: what to do is to declare it."""
    told = getattr(problem.message, "values", {})
    name, of_a_row = told.get("name"), "keys" in told
    if problem.code != NOT_THERE or of_a_row or not isinstance(name, str):
        return problem
    if name in names.values():
        return problem
    if name in names:
        hint = Message("a template uses keys: write “{key}”", key=names[name])
    elif close := difflib.get_close_matches(name, names, 1):
        hint = Message("did you mean “{name}”?", name=names[close[0]])
    else:
        hint = Message("declare it under “schema:” in template.yaml")
    return replace(problem, hint=hint)
