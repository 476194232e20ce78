import datetime
import sys
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.formats import (
    FILTERS,
    date,
    days_until,
    han,
    han_date,
    listed,
    period,
    share,
    short_date,
    short_period,
    weekday,
    width,
)
from generator.problems import Message

DAYS = st.dates()


def refusal(filter_: Callable[..., object], *values: object) -> str:
    """What *filter_* says of values that it cannot write."""
    with pytest.raises(ValueError, match=r".") as error:
        filter_(*values)
    (message,) = error.value.args
    assert isinstance(message, Message), "it must be possible to say it in another language"
    return message


def test_every_filter_has_its_own_name() -> None:
    assert {name: filter_.__name__ for name, filter_ in FILTERS.items()} == {
        name: name for name in FILTERS
    }


def test_dates_have_no_leading_zeros() -> None:
    assert date("2005-03-09") == "2005年3月9日"
    assert short_date("2005-03-09") == "3月9日"
    assert weekday("2005-03-09") == "星期三"
    assert weekday("2005-03-13") == "星期日"


def test_a_short_date_has_its_year_where_another_date_has_another() -> None:
    assert short_date("2005-12-31", "2005-01-01") == "12月31日"
    assert short_date("2006-01-01", "2005-12-31") == "2006年1月1日"
    assert refusal(short_date, "2005-03-09", "3月") == "“3月” is not a date such as 2005-03-09"


def test_the_days_until_a_date_are_counted_over_months_and_backwards() -> None:
    assert days_until("2005-02-27", "2005-03-01") == 2
    assert days_until("2004-02-27", "2004-03-01") == 3
    assert days_until("2005-03-09", "2005-03-01") == -8


def test_a_date_object_is_written_like_its_text() -> None:
    assert date(datetime.date(2005, 12, 10)) == "2005年12月10日"


@given(DAYS)
def test_a_written_date_can_be_read_back(day: datetime.date) -> None:
    text = date(day.isoformat())
    year, month, rest = int(text.split("年")[0]), *text.split("年")[1].split("月")
    assert (year, int(month), int(rest.removesuffix("日"))) == (day.year, day.month, day.day)
    assert text.endswith(short_date(day.isoformat()))
    assert "一二三四五六日".index(weekday(day.isoformat())[2:]) == day.weekday()


@pytest.mark.parametrize(
    ("start", "end", "long", "short"),
    [
        ("2005-03-09", "2005-03-17", "2005年3月9日至17日", "3月9日至17日"),
        ("2005-03-09", "2005-04-02", "2005年3月9日至4月2日", "3月9日至4月2日"),
        (
            "2005-12-28",
            "2006-01-05",
            "2005年12月28日至2006年1月5日",
            "2005年12月28日至2006年1月5日",
        ),
        ("2005-03-09", "2005-03-09", "2005年3月9日", "3月9日"),
    ],
)
def test_a_period_says_the_year_and_the_month_once(
    start: str, end: str, long: str, short: str
) -> None:
    assert period(start, end) == long
    assert short_period(start, end) == short


def test_a_period_in_a_table_has_a_dash() -> None:
    assert period("2005-03-09", "2005-03-17", "—") == "2005年3月9日—17日"
    assert short_period("2005-03-09", "2005-03-17", mark="—") == "3月9日—17日"


@pytest.mark.parametrize("filter_", [period, short_period])
def test_a_period_that_ends_before_it_starts_is_refused(filter_: Callable[..., object]) -> None:
    assert (
        refusal(filter_, "2005-03-17", "2005-03-09")
        == "the end 2005-03-09 is before the start 2005-03-17"
    )


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("2005-02-30", "the date “2005-02-30” does not exist"),
        ("2005-3-9", "“2005-3-9” is not a date such as 2005-03-09"),
        ("20050309", "“20050309” is not a date such as 2005-03-09"),
        ("２００５-03-09", "“２００５-03-09” is not a date such as 2005-03-09"),
        (20050309, "“20050309” is not a date such as 2005-03-09"),
        (None, "a date is missing"),
        (["2005-03-09"], "a list or mapping stands where one value belongs"),
    ],
)
@pytest.mark.parametrize("filter_", [date, short_date, weekday, han_date])
def test_what_is_no_date_is_refused(
    filter_: Callable[..., object], value: object, message: str
) -> None:
    assert refusal(filter_, value) == message


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "零"),
        (3, "三"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (101, "一百零一"),
        (110, "一百一十"),
        (1001, "一千零一"),
        (1010, "一千零一十"),
        (1100, "一千一百"),
        (9999, "九千九百九十九"),
        ("50", "五十"),
    ],
)
def test_numbers_in_chinese_numerals(number: int | str, text: str) -> None:
    assert han(number) == text


def read_han(text: str) -> int:
    """The number that Chinese numerals stand for, read from left to right."""
    total, digit = 0, 0
    for character in text:
        if character in "千百十":
            total += (digit or 1) * {"千": 1000, "百": 100, "十": 10}[character]
            digit = 0
        else:
            digit = "零一二三四五六七八九".index(character)
    return total + digit


def test_every_numeral_can_be_read_back_and_has_no_needless_zero() -> None:
    texts = [han(number) for number in range(10000)]
    assert [read_han(text) for text in texts] == list(range(10000))
    assert not [text for text in texts[1:] if text.endswith("零") or "零零" in text]


@pytest.mark.parametrize("value", [-1, 10000, 1.0, True, "十", "", "1" * 5000, None, [3]])
def test_what_is_no_small_whole_number_has_no_numeral(value: object) -> None:
    assert refusal(FILTERS["han"], value) == f"“{value}” is no whole number from 0 to 9999"


def test_dates_in_chinese_numerals_have_a_round_zero() -> None:
    assert han_date("2005-03-09") == "二〇〇五年三月九日"
    assert han_date("2010-10-20") == "二〇一〇年十月二十日"
    assert han_date("2026-12-31") == "二〇二六年十二月三十一日"


def test_lists_are_joined_with_the_enumeration_comma() -> None:
    assert listed(["示例县民政局", "示例县财政局", 3]) == "示例县民政局、示例县财政局、3"
    assert listed(["甲", "乙"], "，") == "甲，乙"
    assert listed(["甲"]) == "甲"
    assert listed([]) == listed(None) == ""


def test_no_comma_stands_between_two_quotations_or_titles() -> None:
    assert listed(["“学”", "“创”", "“树”"]) == "“学”“创”“树”"
    assert (
        listed(["《党章》", "《读本》", "“六个坚持”", "其他"])
        == "《党章》《读本》、“六个坚持”、其他"
    )


def test_a_comma_within_an_item_stays() -> None:
    assert listed(["“学”、“创”", "“树”"]) == "“学”、“创”“树”"


@pytest.mark.parametrize("value", ["张某", 3, {"name": "张某"}])
def test_what_is_no_list_is_not_joined(value: object) -> None:
    assert refusal(FILTERS["listed"], value) == f"“{value}” is not a list"


@pytest.mark.parametrize("item", [None, ["张某"], {"name": "张某"}])
def test_only_texts_and_numbers_are_joined(item: object) -> None:
    assert (
        refusal(listed, ["李某", item])
        == "a list is joined only where its items are texts or numbers"
    )


@pytest.mark.parametrize(
    ("part", "whole", "places", "text"),
    [
        (197, 200, 2, "98.50%"),
        (1, 3, 2, "33.33%"),
        (2, 3, 0, "67%"),
        (1, 8, 0, "13%"),
        (5, 1000, 0, "1%"),
        (0, 7, 1, "0.0%"),
        (7, 7, 2, "100.00%"),
        (Decimal("0.1"), Decimal("0.3"), 3, "33.333%"),
        (21, 20, 2, "105.00%"),
    ],
)
def test_shares_are_exact_and_rounded_half_up(
    part: int, whole: int, places: int, text: str
) -> None:
    assert share(part, whole, places) == text


@given(st.integers(0, 10**9), st.integers(1, 10**9), st.integers(0, 6))
def test_a_share_is_within_half_a_step_of_the_truth(part: int, whole: int, places: int) -> None:
    written = Fraction(share(part, whole, places).removesuffix("%"))
    half_step = Fraction(1, 2 * 10**places)
    assert -half_step < written - Fraction(100 * part, whole) <= half_step


@pytest.mark.parametrize(
    ("part", "whole"),
    [(1, 0), (-1, 2), (None, 2), ("1", 2), (True, 2), (1, float("nan")), (float("inf"), 1)],
)
def test_a_share_that_cannot_be_is_refused(part: object, whole: object) -> None:
    assert refusal(FILTERS["share"], part, whole) == f"{part} of {whole} has no share"


def test_the_mark_of_a_period_is_not_remembered() -> None:
    mark = "至" * 1000
    before = sys.getrefcount(mark)
    for written in (period, short_period):
        assert written("2005-03-09", "2005-03-17", mark).endswith(f"{mark}17日")
    assert sys.getrefcount(mark) == before


def test_digits_and_latin_letters_are_half_as_wide() -> None:
    assert width("2005年3月9日") == 6.0
    assert width("“学、创、树”") == 7.0
    assert width("") == 0.0


def test_only_a_text_has_a_width() -> None:
    assert refusal(FILTERS["width"], 3) == "“3” is not a text"
