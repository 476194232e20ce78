"""Checks of days and hours: working days, what is at once, an end before its start."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from generator.formats import weekday_of
from generator.problems import Message
from generator.rules.cases import Case, Finding, item_number
from generator.rules.paths import find_value
from generator.rules.sense import Moment, day_of, moment
from generator.workdays import UnknownYearError, count_workdays, is_workday, workday_before

_UNKNOWN_YEAR = "R027"
_LONGEST = timedelta(days=3660)
"""The longest period whose working days are counted."""


def working_days(cases: list[Case]) -> Iterator[Finding]:
    """A number of working days that is not that from `start` to `end` beside it."""
    for case in cases:
        start, end = (day_of(find_value(case.siblings, (key,))) for key in ("start", "end"))
        stated = case.value
        if not isinstance(stated, int) or start is None or end is None:
            continue
        if not timedelta(0) <= end - start <= _LONGEST:
            continue
        try:
            found = count_workdays(start, end)
        except UnknownYearError as error:
            yield _unknown_year(case, error)
            continue
        if found != stated:
            message = Message(
                "from {start} to {end} there are {found} working days, not {stated}",
                start=start,
                end=end,
                found=found,
                stated=stated,
            )
            hint = Message("correct the number, or one of the dates")
            yield Finding(case.path, message, hint)


def working_day(cases: list[Case]) -> Iterator[Finding]:
    """A date on which nobody works."""
    for case in cases:
        day = day_of(case.value)
        if day is None:
            continue
        try:
            if is_workday(day):
                continue
            message = Message(
                "{date} is a day of rest ({weekday})", date=day, weekday=weekday_of(day)
            )
            hint = Message("the last working day before it is {date}", date=workday_before(day))
            yield Finding(case.path, message, hint)
        except UnknownYearError as error:
            yield _unknown_year(case, error)


def _unknown_year(case: Case, error: UnknownYearError) -> Finding:
    hint = Message("hold it to the calendar that the State Council published")
    return Finding(case.path, error.args[0], hint, _UNKNOWN_YEAR, "warning")


def after(cases: list[Case]) -> Iterator[Finding]:
    """A date, time or number that comes before the one that `of` names."""
    for case in cases:
        last, firsts = moment(case.value), [moment(other) for other in case.others]
        for first, other in zip(firsts, case.others, strict=True):
            if last is None or first is None or len(first) != len(last) or first <= last:
                continue
            message = Message("{end} is before {start}", end=case.value, start=other)
            yield Finding(case.path, message, Message("correct one of the two"))


class _Session(NamedTuple):
    """What takes a time; sorted by its start."""

    start: Moment
    end: Moment
    case: Case

    def runs_at(self, moment: Moment) -> bool:
        """Whether it has not ended then; one that ends with a day takes all of it."""
        return moment < self.end or (len(moment) == 3 and moment == self.end)

    @property
    def time(self) -> str:
        row = self.case.row
        return f"{find_value(row, ('start',))}—{find_value(row, ('end',))}"


def apart(cases: list[Case]) -> Iterator[Finding]:
    """Rows at once that have one value: a lecturer in two places, two sessions in one room.

    A row has `start` and `end`, times of its `date` or dates.
    """
    groups: defaultdict[tuple[object, date | None, int], list[_Session]] = defaultdict(list)
    for case in cases:
        start, end = (moment(find_value(case.row, (key,))) for key in ("start", "end"))
        if start is None or end is None or len(start) != len(end) or end < start:
            continue
        if case.value is None or isinstance(case.value, list | tuple | dict):
            continue
        day = day_of(find_value(case.row, ("date",)))
        groups[case.value, day, len(start)].append(_Session(start, end, case))
    found = [finding for key, group in groups.items() for finding in _at_once(key[1], group)]
    return iter(sorted(found, key=lambda finding: item_number(finding.path)))


def _at_once(day: date | None, group: list[_Session]) -> Iterator[Finding]:
    """What begins before another one of *group* has ended."""
    group.sort(key=lambda session: (session.start, session.end, item_number(session.case.path)))
    longest = group[0]
    for session in group[1:]:
        if longest.runs_at(session.start):
            later, other = sorted((longest, session), key=lambda each: -item_number(each.case.path))
            yield Finding(
                later.case.path, _twice(day, later, other), Message("move one of the two")
            )
        if session.end > longest.end:
            longest = session


def _twice(day: date | None, later: _Session, other: _Session) -> Message:
    said = {
        "value": later.case.value,
        "time": later.time,
        "other": other.time,
        "item": item_number(other.case.path),
    }
    if day is None:
        return Message("“{value}” is wanted twice: {time} here, {other} in item {item}", **said)
    return Message(
        "“{value}” is wanted twice on {date}: {time} here, {other} in item {item}", date=day, **said
    )
