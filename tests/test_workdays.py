"""Working days of the State Council's calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.workdays import (
    UnknownYearError,
    count_workdays,
    is_workday,
    known_years,
    rest_day,
    workday_before,
    workdays,
)

FIRST, LAST = known_years()
days = st.dates(date(FIRST, 1, 1), date(LAST, 12, 31))


@pytest.mark.parametrize(
    ("day", "rests"),
    [
        ("2005-03-09", False),  # a Wednesday
        ("2005-03-12", True),  # a Saturday
        ("2005-02-09", True),  # the spring festival, a Wednesday
        ("2005-05-08", False),  # a Sunday that was worked for the first of May
    ],
)
def test_holidays_rest_and_some_weekends_are_worked(day: str, rests: bool) -> None:
    assert rest_day(day) is rests


def test_both_ends_of_a_period_count() -> None:
    assert workdays("2005-03-07", "2005-03-11") == 5
    assert workdays("2005-03-12", "2005-03-13") == 0
    assert workdays("2005-04-29", "2005-05-08") == 3


def test_2005_is_known_and_what_was_before_2004_is_not() -> None:
    assert FIRST == 2004
    with pytest.raises(UnknownYearError, match="the working days of 2003 are not known"):
        count_workdays(date(2003, 12, 31), date(2004, 1, 2))


def test_a_period_that_runs_backwards_is_no_period() -> None:
    with pytest.raises(ValueError, match="is before the start"):
        workdays("2005-03-11", "2005-03-07")


@settings(deadline=None)
@given(days, st.integers(0, 400))
def test_a_period_has_the_working_days_of_its_parts(start: date, length: int) -> None:
    end = min(start + timedelta(days=length), date(LAST, 12, 31))
    middle = start + (end - start) / 2
    rest = count_workdays(middle + timedelta(days=1), end)
    assert count_workdays(start, end) == count_workdays(start, middle) + rest
    assert 0 <= count_workdays(start, end) <= (end - start).days + 1


@settings(deadline=None)
@given(st.dates(date(FIRST, 2, 1), date(LAST, 12, 31)))
def test_between_a_day_and_the_working_day_before_it_nobody_works(day: date) -> None:
    before = workday_before(day)
    assert is_workday(before)
    assert count_workdays(before, day - timedelta(days=1)) == 1
