"""Dates among the values of a condition: compared as dates, however a table writes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from generator.schema.scalars import Fault, date_fault, date_in, has_form_of_date

_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T].*")
"""A date with a time after it: its order is that of its text."""


class NoDateError(ValueError):
    """A date is compared with what is none, or is not written as one."""

    def __init__(self, value: object, fault: Fault) -> None:
        super().__init__(fault.message)
        self.value = value
        self.fault = fault


class Day(str):
    """A date that exists, as ISO text. Raises NoDateError where it is ordered with another text."""

    __slots__ = ()

    def __lt__(self, other: object) -> bool:
        return str.__lt__(self, _comparable(other))

    def __le__(self, other: object) -> bool:
        return str.__le__(self, _comparable(other))

    def __gt__(self, other: object) -> bool:
        return str.__gt__(self, _comparable(other))

    def __ge__(self, other: object) -> bool:
        return str.__ge__(self, _comparable(other))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, str) and not isinstance(other, Day) and date_in(other):
            _comparable(other)
        return str.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = str.__hash__


def with_days(value: object) -> object:
    """*value*, in which every text that is a date, in whatever form, is a Day, at every depth."""
    if isinstance(value, str):
        day = date_in(value)
        return value if day is None else Day(day.isoformat())
    if isinstance(value, Mapping):
        return {key: with_days(inner) for key, inner in value.items()}
    return [with_days(item) for item in value] if isinstance(value, list) else value


def impossible_date(text: str) -> Fault | None:
    """What is wrong with *text* where it has the form of a date that does not exist."""
    return date_fault(text) if has_form_of_date(text) and date_in(text) is None else None


def _comparable(other: object) -> Any:
    """*other*, if a Day can be held against it. Raises NoDateError for other texts and numbers."""
    if isinstance(other, str | int | Decimal) and not isinstance(other, bool | Day):
        fault = date_fault(text := str(other))
        if fault and not _MOMENT.fullmatch(text):
            raise NoDateError(other, fault)
        return text
    return other
