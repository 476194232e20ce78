"""What cannot be, wherever it stands: a weekday that is not its date's, an end before its start."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from generator.formats import read_date, weekday_of
from generator.problems import Location, Message, Problem
from generator.sources import KeyPath

_WEEKDAY = re.compile(r"(?:星期|礼拜|周)?([一二三四五六日天])")
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)", re.ASCII)

Moment = tuple[float, ...]
"""Year, month and day; or hour and minute; or a number."""


def sense_checks(
    values: Mapping[str, object], place: Callable[[KeyPath], Location]
) -> list[Problem]:
    """What cannot be, at any depth: a wrong weekday (GD013), an end before its start (R002)."""
    problems: list[Problem] = []
    waiting: list[tuple[KeyPath, object]] = [((), values)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, dict):
            problems += _weekday_problems(value, path, place)
            problems += _period_problems(value, path, place)
            waiting += [
                ((*path, key), inner)
                for key, inner in reversed(value.items())
                if isinstance(inner, dict | list | tuple)
            ]
        elif isinstance(value, list | tuple):
            waiting += [((*path, i), value[i]) for i in range(len(value) - 1, -1, -1)]
    return problems


def _weekday_problems(
    value: Mapping[str, object], path: KeyPath, place: Callable[[KeyPath], Location]
) -> Iterator[Problem]:
    day, weekday = day_of(value.get("date")), value.get("weekday")
    if day is None or weekday is None:
        return
    expected, found = weekday_of(day), _WEEKDAY.fullmatch(str(weekday))
    if found and found[1].replace("天", "日") == expected[-1]:
        return
    yield Problem(
        "GD013",
        Message(
            "{date} is {expected}, not “{weekday}”", date=day, expected=expected, weekday=weekday
        ),
        place((*path, "weekday")),
        Message("write {expected} or leave the weekday out", expected=expected),
    )


def _period_problems(
    value: Mapping[str, object], path: KeyPath, place: Callable[[KeyPath], Location]
) -> Iterator[Problem]:
    start, end = value.get("start"), value.get("end")
    first, last = moment(start), moment(end)
    if first is None or last is None or len(first) != len(last) or first <= last:
        return
    yield Problem(
        "R002",
        Message("the end {end} is before the start {start}", end=end, start=start),
        place((*path, "end")),
        Message("correct one of the two"),
        # A duty from 22:00 to 6:00 ends on the next day.
        "warning" if len(first) == 2 else "error",
    )


def day_of(value: object) -> date | None:
    """The day that *value* is; None for all else."""
    try:
        return read_date(value)
    except ValueError:
        return None


def moment(value: object) -> Moment | None:
    """A date, a time of day (`8:30`) or a number, to be compared with its like."""
    if day := day_of(value):
        return day.timetuple()[:3]
    if isinstance(value, str) and (clock := _CLOCK.fullmatch(value)):
        return int(clock[1]), int(clock[2])
    if isinstance(value, int | float) and not isinstance(value, bool):
        return (value,)
    return None
