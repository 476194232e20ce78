"""Chooses rows by a condition: a Jinja expression over the typed values of each.

Problems: Y021 a condition that cannot be read, or asks for what no row has · Y022 one that cannot
be evaluated for a row.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from generator.compiler.patterns import Expressions
from generator.problems import Location, Message, NoticeError, Problem
from generator.rules.paths import steps
from generator.runtime.environment import ROW_FUNCTIONS
from generator.runtime.failures import FAILURES
from generator.runtime.state import State
from generator.schema import Definition
from generator.schema.untyped import scalar_alone

ROW = "row"
"""The name of the row itself; `row.number` is its place in its table, from 1."""


class Selection:
    """The rows for which a condition such as `status == "整改中" and due < as_of` holds."""

    def __init__(
        self,
        condition: str,
        where: Location,
        fields: Mapping[str, Definition],
        given: Mapping[str, str],
    ) -> None:
        """*fields* are the properties of a row by their keys; a label may stand for a key.

        *given* are names of the user's, as text that is typed where no schema says what it is; a
        field goes before a name. Raises NoticeError (Y021) for a *condition* that cannot be read
        or asks for a name that is neither.
        """
        self._condition = condition
        self._expressions = Expressions()
        self._labels = {str(field.get("title", key)): key for key, field in fields.items()}
        self._given = {name: scalar_alone(text) for name, text in given.items()}
        try:
            self._expressions.add(condition, where)
        except NoticeError as error:
            raise NoticeError(_as_condition(problem) for problem in error.problems) from error
        asked = {steps(path)[0] for path in self._expressions.readings[condition]}
        known = {ROW, *fields, *self._labels, *self._given}
        if unknown := sorted(asked - known):
            raise NoticeError(_unknown(name, known - {ROW}, where) for name in unknown)
        self.given = frozenset(asked & self._given.keys() - fields.keys() - self._labels.keys())
        """The names of the user's that the condition asks for."""
        self._asked = asked

    def chooses(
        self, values: Mapping[str, Any], number: int, where: Location, state: State
    ) -> bool:
        """Whether the condition holds for the row of typed *values*, the one of this *number*.

        It takes of the budget *state*. Raises NoticeError (Y022) at *where*, the place of the row,
        where it cannot be evaluated.
        """
        names = {**self._given, **values}
        names |= {label: values[key] for label, key in self._labels.items() if key in values}
        names[ROW] = {**values, "number": number}
        try:
            return bool(self._expressions.evaluate(self._condition, names, state))
        except FAILURES as error:
            raise NoticeError([self._failure(error, names, where)]) from error

    def _failure(self, error: Exception, names: Mapping[str, Any], where: Location) -> Problem:
        empty = sorted(name for name in self._asked if name in names and names[name] is None)
        if isinstance(error, TypeError) and empty:
            message = Message("the condition compares “{name}”, which is empty here", name=empty[0])
            hint = Message(
                "fill it in, or write “{name} and …” before the comparison", name=empty[0]
            )
            return Problem("Y022", message, where, hint)
        if "not supported between" in str(error):  # as Python says it, in English alone
            message = Message("the condition compares values of two kinds, such as 3 and “3”")
            hint = Message("put texts and dates in quotes, numbers in none")
            return Problem("Y022", message, where, hint)
        detail = error.args[0] if error.args else str(error)
        message = Message("the condition cannot be evaluated here: {detail}", detail=detail)
        return Problem("Y022", message, where, Message("correct the condition, or the values"))


def _as_condition(problem: Problem) -> Problem:
    hint = Message('write a condition such as: status == "整改中" and due < as_of')
    return replace(problem, code="Y021", hint=hint)


def _unknown(name: str, known: set[str], where: Location) -> Problem:
    message = Message("the condition asks for “{name}”, which no row has", name=name)
    if close := difflib.get_close_matches(name, sorted(known | ROW_FUNCTIONS.keys()), 1):
        hint = Message("did you mean “{name}”?", name=close[0])
    else:
        hint = Message(
            "there are: {names}; others are given by --set {name}=…",
            names="、".join(sorted(known)),
            name=name,
        )
    return Problem("Y021", message, where, hint)
