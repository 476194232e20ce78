"""What can go wrong while a template renders, as problems."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from jinja2 import TemplateError, TemplateRuntimeError, UndefinedError
from jinja2.exceptions import SecurityError

from generator.problems import Location, Message, Problem
from generator.runtime.budget import BudgetError
from generator.runtime.origins import origin
from generator.runtime.values import ValueRefused
from generator.sources import KeyPath

NOT_THERE = "T401"
"""The code of a value that a template asks for and nobody gives."""
FAILURES = (
    *(TemplateError, BudgetError, ValueRefused, ValueError, TypeError, AttributeError),
    *(ArithmeticError, LookupError, RecursionError, MemoryError),
)
"""What rendering raises for values that do not fit a template, or for what it may not do."""


PlaceOfValue = Callable[[KeyPath], Location | None]
"""Where the value at a path stands; `()` is all that there is. None where that says nothing."""


def nowhere(_: KeyPath) -> None:
    """The place of values of which nothing is known."""


def render_failure(
    error: Exception, where: Location, values: Mapping[str, Any], place: PlaceOfValue
) -> Problem:
    """One of FAILURES as a problem at its place, with the place of the value among *values*."""
    return replace(failure(error, where), value=place(origin(error, values)))


def missing_value(message: str, where: Location, value: Location | None = None) -> Problem:
    """What to tell of a value that is not there: *value* is the place of what lacks it."""
    hint = Message("give the value, or write “{{% if … is defined %}}” around the tag")
    return Problem(NOT_THERE, message, where, hint, value=value)


def failure(error: Exception, where: Location) -> Problem:
    """One of FAILURES as a problem at its place."""
    if isinstance(error, UndefinedError):
        return missing_value(error.message or "", where)
    if isinstance(error, SecurityError):
        return Problem(
            "T402", Message("not allowed in a template: {detail}", detail=str(error)), where
        )
    if isinstance(error, BudgetError | ValueRefused):
        return Problem("T403", error.args[0], where)
    if isinstance(error, RecursionError):
        return Problem("T403", Message("the template calls itself without end"), where)
    if isinstance(error, MemoryError):
        return Problem("T403", Message("the document grows too large"), where)
    detail = error.args[0] if error.args else str(error)
    if isinstance(error, TemplateRuntimeError):
        detail = error.message
    return Problem("T404", Message("a value does not fit its tag: {detail}", detail=detail), where)
