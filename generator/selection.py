"""Chooses rows by a condition: a Jinja expression over the typed values of each.

A row is judged by what the condition reads of it; what else is wrong with it says nothing here.

Problems: Y021 a condition that cannot be read, or asks for what nobody gives · Y022 one that cannot
be evaluated for a row · D104 what is compared with a date and is none.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, cast

from generator.compiler.patterns import Expressions
from generator.escalation import NAMES
from generator.problems import Location, Message, NoticeError, Problem
from generator.rules.paths import steps
from generator.runtime.environment import ROW_FUNCTIONS
from generator.runtime.failures import FAILURES
from generator.runtime.state import State
from generator.schema import Definition, Schema
from generator.schema.days import NoDateError, impossible_date, with_days
from generator.schema.reading import names_in
from generator.schema.scalars import date_in
from generator.schema.untyped import scalar_alone, untyped_values
from generator.sources import Source

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

        A field whose definition is empty is typed by itself. *given* are names of the user's, as
        text that is typed where no schema says what it is; a field goes before a name. Raises
        NoticeError for a *condition* that cannot be read or asks for a name that is neither (Y021),
        and for one that asks for a date of the user's that does not exist (D104).
        """
        self._condition, self._where = condition, where
        self._expressions = Expressions()
        self._keys = names_in(fields)
        self._given = {name: with_days(scalar_alone(text)) for name, text in given.items()}
        try:
            self._expressions.add(condition, where)
        except NoticeError as error:
            raise NoticeError(_as_condition(problem) for problem in error.problems) from error
        paths = [steps(path) for path in self._expressions.readings[condition]]
        self._asked = {path[0] for path in paths}
        known = {*self._keys, *self._given}
        if unknown := sorted(self._asked - known - {ROW}):
            raise NoticeError(_unknown(name, known, where) for name in unknown)
        self.given = frozenset(self._asked & self._given.keys() - self._keys.keys())
        """The names of the user's that the condition asks for."""
        faults = {name: impossible_date(given[name]) for name in sorted(self.given)}
        if any(faults.values()):
            raise NoticeError(
                fault.problem(_setting(name)) for name, fault in faults.items() if fault
            )
        of_rows = any(function in condition for function in ROW_FUNCTIONS)
        self._columns = NAMES - self._keys.keys() if of_rows else frozenset[str]()
        """What functions of a row read of it, although no field is called so."""
        read = self._keys_read(paths, NAMES if of_rows else ())
        self._fields = {key: fields[key] for key in fields if read is None or key in read}
        typed = {key: field for key, field in self._fields.items() if field}
        self._schema = Schema({"properties": typed, "additionalProperties": True})

    def chooses(
        self,
        row: Source,
        number: int,
        state: State,
        made: Mapping[str, Any] | None = None,
        *,
        as_it_stands: bool = False,
    ) -> bool:
        """Whether the condition holds for *row*, the one of this *number*.

        *made* are typed values of which those count that the row does not say itself. What the
        condition reads may have faults *as_it_stands*; else raises NoticeError with them (D103…),
        and where the condition cannot be evaluated (Y021, Y022, D104). That takes of the budget
        *state*.
        """
        values, problems = self._values(row)
        if problems and not as_it_stands:
            raise NoticeError(problems)
        for key, value in (made or {}).items():
            if key in values and values[key] is None:
                values[key] = value
        values = cast("dict[str, Any]", with_days(values))
        names = {**self._given, **values}
        names |= {name: values[key] for name, key in self._keys.items() if key in values}
        names[ROW] = {**values, "number": number}
        try:
            return bool(self._expressions.evaluate(self._condition, names, state))
        except NoDateError as error:
            raise NoticeError([error.fault.problem(self._place(error.value, row))]) from error
        except FAILURES as error:
            raise NoticeError([self._failure(error, names, row)]) from error

    def _keys_read(
        self, paths: Iterable[tuple[str, ...]], others: Iterable[str]
    ) -> set[str] | None:
        """The keys of what the condition reads of a row, and of *others*; None for all."""
        names = set(others)
        for path in paths:
            if path == (ROW,):
                return None
            names.add(path[1] if path[0] == ROW else path[0])
        return {self._keys[name] for name in names & self._keys.keys()}

    def _values(self, row: Source) -> tuple[dict[str, Any], list[Problem]]:
        """What the condition reads of *row*, typed, and what is wrong with that."""
        said = cast("dict[str, Any]", row.value)
        read = {
            name: said[name]
            for name in said
            if self._keys.get(name) in self._fields or name in self._columns
        }
        part = replace(row, value=read)
        typed, problems = self._schema.survey(part)
        values = dict.fromkeys(self._fields) | untyped_values(part)
        values |= {key: typed[key] for key in self._fields.keys() & typed if self._fields[key]}
        if row.problems:
            unread = {row.places[path] for path in row.places if path and path[0] not in read}
            problems += [problem for problem in row.problems if problem.where not in unread]
        return values, problems

    def _place(self, value: object, row: Source) -> Location:
        """Where *value* stands: in the *row*, in what is given, or in the condition itself."""
        said, text = cast("dict[str, Any]", row.value), str(value)
        if date_in(text):  # elsewhere it would have been taken for a date
            return self._where
        for name in said:
            if self._keys.get(name) in self._fields and said[name] == text:
                return row.place((name,))
        given = next((name for name in self.given if str(self._given[name]) == text), None)
        return self._where if given is None else _setting(given)

    def _failure(self, error: Exception, names: Mapping[str, Any], row: Source) -> Problem:
        where = row.place(())
        empty = sorted(name for name in self._asked if name in names and names[name] is None)
        is_empty = isinstance(error, TypeError) or error.args[:1] == (Message("a date is missing"),)
        said = {self._keys.get(name) for name in cast("dict[str, Any]", row.value)}
        if is_empty and (absent := [name for name in empty if self._keys[name] not in said]):
            return _not_given(absent[0], self._where)
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


def _setting(name: str) -> Location:
    return Location(f"--set {name}")


def _as_condition(problem: Problem) -> Problem:
    hint = Message('write a condition such as: status == "整改中" and due < as_of')
    return replace(problem, code="Y021", hint=hint)


def _not_given(name: str, where: Location) -> Problem:
    message = Message(
        "the condition asks for “{name}”, which no column and nobody gives", name=name
    )
    return Problem("Y021", message, where, Message("give it: --set {name}=…", name=name))


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
