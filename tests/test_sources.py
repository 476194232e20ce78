"""Input text → values and places, or every problem with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from generator.problems import Location, Message, NoticeError, Problem
from generator.sources import Source, decode, in_order_of_place, read_yaml

INVALID = sorted((Path(__file__).parent / "invalid").glob("*.yaml"))


def problems(text: str) -> list[str]:
    """The messages of the problems that *text* has, as a clerk sees them."""
    with pytest.raises(NoticeError) as error:
        read_yaml(text, "week.yaml")
    return str(error.value).splitlines()


def problems_of_bytes(data: bytes) -> list[str]:
    with pytest.raises(NoticeError) as error:
        decode(data, "week.yaml")
    return str(error.value).splitlines()


@pytest.mark.parametrize("file", INVALID, ids=lambda file: file.stem)
def test_every_problem_of_an_invalid_file_is_named_at_its_place(file: Path) -> None:
    with pytest.raises(NoticeError) as error:
        read_yaml(decode(file.read_bytes(), file.name), file.name)
    expected = file.with_suffix(".txt").read_text(encoding="utf-8")
    assert f"{error.value}\n" == expected


# --- values --------------------------------------------------------------------------------------


def test_scalars_stay_the_text_they_are() -> None:
    text = "serial: 007\nsealed: no\ntime: 3:09\ndate: 2005-03-09\nnone: null\ntilde: ~\n"
    assert read_yaml(text, "").value == {
        "serial": "007",
        "sealed": "no",
        "time": "3:09",
        "date": "2005-03-09",
        "none": "null",
        "tilde": "~",
    }


def test_nothing_after_a_colon_is_none_and_empty_quotes_are_empty_text() -> None:
    assert read_yaml('a:\nb: ""\nc: [x, ""]\nd:\n-\n- y\n', "").value == {
        "a": None,
        "b": "",
        "c": ["x", ""],
        "d": [None, "y"],
    }


def test_lists_and_mappings_nest() -> None:
    text = "日程:\n- 日期: 2005-03-09\n  内容: {上午: 党章, 下午: [读本, 讨论]}\n"
    assert read_yaml(text, "").value == {
        "日程": [{"日期": "2005-03-09", "内容": {"上午": "党章", "下午": ["读本", "讨论"]}}]
    }


def test_a_block_scalar_loses_the_line_break_of_its_last_line() -> None:
    text = 'kept: |\n  一\n  二\nfolded: >\n  一\n  二\nquoted: "一\\n"\n'
    assert read_yaml(text, "").value == {"kept": "一\n二", "folded": "一 二", "quoted": "一\n"}


def test_a_byte_order_mark_is_no_part_of_the_first_key() -> None:
    assert read_yaml(decode(b"\xef\xbb\xbfa: 1", ""), "").value == {"a": "1"}
    assert read_yaml("\ufeffa: 1", "").value == {"a": "1"}


def test_windows_line_breaks_count_as_one_line_break() -> None:
    source = read_yaml("a: 1\r\n\r\nb: 2\r\n", "f")
    assert source.value == {"a": "1", "b": "2"}
    assert source.place(("b",)) == Location("f", "3:4")


# --- places --------------------------------------------------------------------------------------


@pytest.fixture
def source() -> Source:
    return read_yaml("单位: 示例市\n日程:\n  - 日期: 2005-03-09\n    时间:\n", "week.yaml")


def test_a_value_and_its_key_know_their_places(source: Source) -> None:
    assert source.place(("日程", 0, "日期")) == Location("week.yaml", "3:9")
    assert source.key_place(("日程", 0, "日期")) == Location("week.yaml", "3:5")


def test_an_empty_value_stands_at_its_key(source: Source) -> None:
    assert source.place(("日程", 0, "时间")) == Location("week.yaml", "4:5")


def test_what_is_absent_stands_where_it_would_have_stood(source: Source) -> None:
    assert source.place(("日程", 0, "地点")) == Location("week.yaml", "3:5")
    assert source.place(("日程", 7, "地点")) == Location("week.yaml", "3:3")
    assert source.place(("主送机关", 2)) == Location("week.yaml", "1:1")
    assert source.key_place(("日程", 0)) == Location("week.yaml", "3:5")


def test_a_source_without_any_place_stands_in_its_file() -> None:
    assert Source({}, {}, {}, "week.yaml").place(("a",)) == Location("week.yaml")


def test_problems_are_ordered_by_line_and_column_as_numbers() -> None:
    spots = ["10:2", "9:30", "9:4", "", "rows[2].name"]
    found = [Problem("Y001", Message("x"), Location("f", spot)) for spot in spots]
    ordered = [problem.where.spot for problem in in_order_of_place(found)]
    assert ordered == ["", "rows[2].name", "9:4", "9:30", "10:2"]


# --- bytes ---------------------------------------------------------------------------------------


def test_a_file_in_gb18030_is_recognised() -> None:
    assert problems_of_bytes("a: 1\n标题: 通知\n".encode("gb18030")) == [
        "week.yaml:2:1: Y003 the text is not UTF-8 "
        "(it seems to be GB18030 (GBK, ANSI); save it as UTF-8)"
    ]


def test_a_file_in_utf_16_is_recognised() -> None:
    assert problems_of_bytes("标题: 通知\n".encode("utf-16")) == [
        "week.yaml:1:1: Y003 the text is not UTF-8 (it seems to be UTF-16; save it as UTF-8)"
    ]


def test_other_bytes_are_named_at_the_first_that_is_wrong() -> None:
    assert problems_of_bytes("标题: x".encode() + b"\xff\xff\r\n") == [
        "week.yaml:1:6: Y003 the text is not UTF-8 (save the file as UTF-8)"
    ]


# --- limits --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "column"), [("a: " + "[" * 5000, 53), ("a:\n  " + "- " * 5000, 101), ("[" * 5000, 51)]
)
def test_thousands_of_levels_are_a_problem(text: str, column: int) -> None:
    line = text.count("\n") + 1
    assert problems(text) == [
        f"week.yaml:{line}:{column}: Y011 lists and mappings stand more than 50 deep "
        "(make the structure flatter)"
    ]


def test_fifty_levels_can_be_read() -> None:
    value = read_yaml("a: " + "[" * 49 + "]" * 49, "").value
    assert isinstance(value, dict)


def test_an_input_has_a_greatest_length() -> None:
    assert problems("a: " + "b" * 1_000_000) == [
        "week.yaml: Y012 the file has 1000003 characters (at most 1000000 are read)"
    ]


def test_after_twenty_control_characters_the_others_are_counted() -> None:
    found = problems("a: " + "\0" * 25)
    assert len(found) == 21
    assert found[-1] == (
        "week.yaml:1:24: Y004 5 more control characters follow (check that this is a text file)"
    )


def test_after_twenty_faults_of_syntax_no_more_are_looked_for() -> None:
    assert len(problems("".join(f"键{number}：值\n" for number in range(30)))) == 20


# --- wholes --------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "\n\n", "# only a remark\n", "---\n", "{}", "\ufeff"])
def test_a_file_without_values_is_empty(text: str) -> None:
    assert [line.partition(": Y008 ")[2] for line in problems(text)] == [
        "the file is empty (write one “key: value” on each line)"
    ]


def test_a_list_cannot_be_the_whole() -> None:
    assert problems("- a\n- b\n") == [
        "week.yaml:1:1: Y009 a list stands where keys and values belong "
        "(write one “key: value” on each line)"
    ]


def test_text_cannot_be_the_whole() -> None:
    assert problems("现将有关事项通知如下\n") == [
        "week.yaml:1:1: Y009 text stands where keys and values belong "
        "(write one “key: value” on each line)"
    ]


# --- the parser in Python ------------------------------------------------------------------------


def test_without_libyaml_the_same_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    source = read_yaml("a: [b, {c: d}]\ne: |\n  f\n", "f")
    assert source.value == {"a": ["b", {"c": "d"}], "e": "f"}
    assert source.place(("a", 1, "c")) == Location("f", "1:12")
    assert problems("a：b\nc: *d\n") == [
        "week.yaml:1:2: Y001 a full-width colon “：” follows the key (write “:” and a space)",
        "week.yaml:2:4: Y005 the alias “*d” is not read "
        "(write the text itself, in quotes if it begins with “*”)",
    ]
    assert problems("a: [b\n") == [
        "week.yaml:1:4: Y001 the bracket “[” is not closed "
        "(add “]”, with commas between the items; or put the whole text in quotes)"
    ]


# --- properties ----------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [*"a键:：\n\t\"'[]{},#&*!|>%@?\\\0\u2028=\r", ": ", "- ", "\n  ", "---", "...", "<<"]
)


def outcome_of(action: Callable[[], Any]) -> Any:
    """What *action* returns, or the problems it raises."""
    try:
        return action()
    except NoticeError as error:
        return error.problems


@given(st.lists(PIECES).map("".join) | st.text())
@example("a: \ud800")
def test_any_text_is_read_or_has_problems_with_a_place(text: str) -> None:
    outcome = outcome_of(lambda: read_yaml(text, "f").value)
    assert isinstance(outcome, dict) or all(problem.where.file == "f" for problem in outcome)


@given(st.binary() | st.text().map(lambda text: text.encode("gb18030", "ignore")))
def test_any_bytes_are_text_or_have_a_problem(data: bytes) -> None:
    outcome = outcome_of(lambda: decode(data, "f"))
    if isinstance(outcome, str):
        assert outcome.encode() == data.removeprefix(b"\xef\xbb\xbf")
    else:
        assert [problem.code for problem in outcome] == ["Y003"]


PRINTABLE = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"]))
PRINTABLE_KEY = PRINTABLE.filter(bool)
VALUES = st.recursive(
    PRINTABLE,
    lambda inner: st.lists(inner, min_size=1) | st.dictionaries(PRINTABLE_KEY, inner, min_size=1),
    max_leaves=10,
)


@given(st.dictionaries(PRINTABLE_KEY, VALUES, min_size=1), st.booleans())
def test_any_printable_mapping_survives_being_written_and_read(
    values: dict[str, object], in_unicode: bool
) -> None:
    assert read_yaml(yaml.safe_dump(values, allow_unicode=in_unicode), "f").value == values
