"""Personal data in texts: what is found, what is left alone, what masking leaves."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.privacy import (
    check_digit,
    find_personal_data,
    is_identity_number,
    masked,
)

births = st.dates(date(1900, 1, 1), date(2099, 12, 31)).map(lambda day: f"{day:%Y%m%d}")
first_17 = st.builds("{}{}{:03}".format, st.just("110101"), births, st.integers(0, 999))
numbers = first_17.map(lambda digits: digits + check_digit(digits))
phones = st.builds("1{}{:09}".format, st.integers(3, 9), st.integers(0, 999_999_999))
words = st.text(st.sampled_from("示例小区居民反映，。；（）：0a"), max_size=12)


def kinds(text: str) -> list[str]:
    return [data.kind for data in find_personal_data(text)]


@pytest.mark.parametrize(
    ("text", "found", "hidden"),
    [
        ("11010119490307001X", [], "11010119490307001X"),  # not its check digit
        ("身份证110101194903070014号", ["identity number"], "身份证110101********0014号"),
        ("110101490307001", ["identity number"], "110101*****7001"),  # 15 digits, before 1999
        ("990101490307001", [], "990101490307001"),  # no province
        ("110101194902300014", [], "110101194902300014"),  # 30 February
        ("电话13800000000", ["mobile number"], "电话138****0000"),
        ("+86 138-0000-0000", ["mobile number"], "+86 138-****-0000"),
        ("电话138****0000", [], "电话138****0000"),
        ("0000-0000000", [], "0000-0000000"),  # a telephone of an office
        ("第213800000000001号", [], "第213800000000001号"),
        ("示例小区3栋2单元301室漏水", ["home address"], "示例小区*栋*单元***室漏水"),
        ("2单元301", ["home address"], "*单元***"),
        ("柳树村三组12号", ["home address"], "柳树村三组**号"),
        ("住址：示例县示例路，电话不详", ["home address"], "住址：**，电话不详"),
        ("家住示例镇的老人", ["home address"], "家住**"),
        ("示例花园3栋居民楼室温不达标", [], "示例花园3栋居民楼室温不达标"),
        ("示例市示例大街1号", [], "示例市示例大街1号"),
        ("示教发〔2005〕12号", [], "示教发〔2005〕12号"),
        ("住房困难，居住条件差，住院不便", [], "住房困难，居住条件差，住院不便"),
    ],
)
def test_what_is_personal_and_how_it_is_masked(text: str, found: list[str], hidden: str) -> None:
    assert kinds(text) == found
    assert masked(text) == hidden


def test_all_of_a_text_is_found_in_its_order() -> None:
    text = "家住示例镇，13800000000，110101194903070014"
    assert kinds(text) == ["home address", "mobile number", "identity number"]


@settings(deadline=None)
@given(numbers)
def test_a_number_with_its_check_digit_is_an_identity_number(number: str) -> None:
    assert is_identity_number(number)
    assert is_identity_number(number.lower())


@settings(deadline=None)
@given(numbers, st.integers(0, 17), st.integers(1, 9))
def test_no_single_slip_makes_another_identity_number(number: str, at: int, by: int) -> None:
    if number[at].isdigit():
        slip = f"{number[:at]}{(int(number[at]) + by) % 10}{number[at + 1 :]}"
        assert not is_identity_number(slip)


@settings(deadline=None)
@given(words, st.one_of(numbers, phones), words)
def test_whatever_stands_around_it_a_number_is_found_and_masked(
    before: str, number: str, after: str
) -> None:
    text = f"{before}号{number}号{after}"
    assert number in [data.text for data in find_personal_data(text)]
    assert number not in masked(text)


@settings(deadline=None)
@given(st.text(st.sampled_from("家住址：村组号楼栋单元室138000110101194903074 -X。"), max_size=60))
def test_what_is_masked_tells_nothing_and_stays_as_it_is(text: str) -> None:
    once = masked(text)
    assert find_personal_data(once) == []
    assert masked(once) == once


def test_a_value_that_is_no_text_is_not_masked() -> None:
    with pytest.raises(ValueError, match="is not a text"):
        masked(["13800000000"])  # type: ignore[arg-type]
