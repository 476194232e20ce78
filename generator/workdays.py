"""Working days of the State Council's calendar: Saturdays that are worked, holidays that are not.

The calendar is that of the package chinesecalendar, which knows the years from 2004 on as they are
published. It is imported when a day is asked for, since few documents do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import lru_cache

from generator.formats import read_date
from generator.problems import Message

_DAY = timedelta(days=1)


class UnknownYearError(ValueError):
    """The calendar does not know the year; its only argument says so as a Message."""


@lru_cache(4096)
def is_workday(day: date) -> bool:
    """Whether *day* is worked. Raises UnknownYearError."""
    from chinese_calendar import is_workday as is_worked

    try:
        return bool(is_worked(day))
    except NotImplementedError:
        first, last = known_years()
        raise UnknownYearError(
            Message(
                "the working days of {year} are not known, only those of {first}—{last}",
                year=day.year,
                first=first,
                last=last,
            )
        ) from None


@lru_cache(1)
def known_years() -> tuple[int, int]:
    """The first and the last year that the calendar knows."""
    from chinese_calendar.constants import holidays

    return min(holidays).year, max(holidays).year


@lru_cache(1024)
def count_workdays(start: date, end: date) -> int:
    """The working days from *start* to *end*, both included. Raises UnknownYearError."""
    return sum(map(is_workday, _days(start, end)))


def workday_before(day: date) -> date:
    """The last working day before *day*. Raises UnknownYearError."""
    day -= _DAY
    while not is_workday(day):
        day -= _DAY
    return day


def _days(start: date, end: date) -> Iterator[date]:
    while start <= end:
        yield start
        start += _DAY


def workdays(start: str, end: str) -> int:
    """The working days from one date to another: `2005-04-25`, `2005-05-08` → 7."""
    first, last = read_date(start), read_date(end)
    if last < first:
        raise ValueError(
            Message("the end {end} is before the start {start}", end=last, start=first)
        )
    return count_workdays(first, last)


def rest_day(value: str) -> bool:
    """Whether nobody works on a date: `2005-03-12` → true, `2005-05-08` → false."""
    return not is_workday(read_date(value))


FILTERS: dict[str, Callable[..., object]] = {"rest_day": rest_day, "workdays": workdays}
"""Of a date in any template: `{{ notice.start | workdays(notice.end) }}`."""
