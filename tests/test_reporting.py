"""Problems as lines and objects, tables of Chinese text."""

from __future__ import annotations

import errno
from dataclasses import replace

import pytest

from generator.columns import display_width
from generator.problems import Location, Message, Problem, reason_of
from generator.reporting import (
    aligned,
    count_line,
    has_errors,
    problem_line,
    problem_object,
    say,
    table,
)

CHINESE = {
    "waived by the unit: {reason}": "本单位豁免：{reason}",
    "the date “{text}” does not exist": "日期“{text}”不存在",
    "use a valid date": "改为有效日期",
    "warning: {message}": "警告：{message}",
    "note: {message}": "提示：{message}",
    "{message} ({hint})": "{message}（{hint}）",
    "values from {place}": "值取自{place}",
    "{origin}; {hint}": "{origin}；{hint}",
    "name": "名称",
    "there is no {kind} “{name}”": "没有{kind}“{name}”",
    "unit": "单位",
    "No space left on device": "磁盘空间已满",
}
DATE = Problem(
    "D104",
    Message("the date “{text}” does not exist", text="2005-02-30"),
    Location("inputs/week.yaml", "14:7"),
    Message("use a valid date"),
)


def chinese(form: str) -> str:
    return CHINESE.get(form, form)


def of_level(level: str) -> Problem:
    return Problem("GD013", "wrong", Location("a.yaml", "1:1"), level=level)  # type: ignore[arg-type]


def test_a_problem_is_one_plain_line() -> None:
    assert problem_line(DATE) == (
        "inputs/week.yaml:14:7: D104 the date “2005-02-30” does not exist (use a valid date)"
    )


def test_a_line_is_in_one_language() -> None:
    assert problem_line(DATE, chinese) == (
        "inputs/week.yaml:14:7: D104 日期“2005-02-30”不存在（改为有效日期）"
    )


@pytest.mark.parametrize(
    ("level", "english", "said"),
    [
        ("error", "a.yaml:1:1: GD013 wrong", "a.yaml:1:1: GD013 wrong"),
        ("warning", "a.yaml:1:1: GD013 warning: wrong", "a.yaml:1:1: GD013 警告：wrong"),
        ("note", "a.yaml:1:1: GD013 note: wrong", "a.yaml:1:1: GD013 提示：wrong"),
    ],
)
def test_what_is_no_error_is_marked_after_the_code(level: str, english: str, said: str) -> None:
    assert problem_line(of_level(level)) == english
    assert problem_line(of_level(level), chinese) == said


@pytest.mark.parametrize(
    ("where", "line"),
    [
        (Location("", "schedule[2].date"), "schedule[2].date: B001 wrong"),
        (Location("a.docx", "body ¶5"), "a.docx: body ¶5: B001 wrong"),
        (Location("a.yaml"), "a.yaml: B001 wrong"),
        (Location(""), "B001 wrong"),
    ],
)
def test_a_place_is_as_exact_as_it_is_known(where: Location, line: str) -> None:
    assert problem_line(Problem("B001", "wrong", where)) == line


def test_messages_within_messages_are_said_in_the_same_language() -> None:
    kind = Message("unit")
    message = Message("there is no {kind} “{name}”", kind=kind, name="x")
    assert problem_line(Problem("B001", message, Location("")), chinese) == "B001 没有单位“x”"


def test_a_value_can_neither_break_a_line_nor_steer_the_terminal() -> None:
    problem = Problem("D106", "a\nb\x1b[31m\u202e\u2028", Location("a\r.yaml"))
    assert problem_line(problem) == "a\\r.yaml: D106 a\\nb\\x1b[31m\\u202e\\u2028"


def test_a_problem_is_a_json_object() -> None:
    assert problem_object(DATE, chinese) == {
        "file": "inputs/week.yaml",
        "line": 14,
        "column": 7,
        "spot": "14:7",
        "code": "D104",
        "level": "error",
        "message": "日期“2005-02-30”不存在",
        "hint": "改为有效日期",
        "value": None,
        "waived": None,
    }


def test_what_a_unit_waives_is_told_with_its_reason() -> None:
    problem = Problem("R104", "four days", Location("in.yaml"), "add one", "note", waived="轮训")
    assert problem_line(problem) == "in.yaml: R104 note: four days (waived by the unit: 轮训)"
    assert problem_line(problem, chinese) == "in.yaml: R104 提示：four days（本单位豁免：轮训）"
    assert problem_object(problem)["waived"] == "轮训"


def test_the_place_of_the_value_stands_before_what_to_do() -> None:
    problem = Problem(
        "T401", "no day", Location("a.docx"), "give it", value=Location("in.yaml", "4:6")
    )
    assert problem_line(problem) == "a.docx: T401 no day (values from in.yaml:4:6; give it)"
    assert problem_line(problem, chinese) == "a.docx: T401 no day（值取自in.yaml:4:6；give it）"
    assert problem_line(replace(problem, hint="")) == (
        "a.docx: T401 no day (values from in.yaml:4:6)"
    )
    assert problem_object(problem)["value"] == "in.yaml:4:6"


@pytest.mark.parametrize(
    ("spot", "line", "column"),
    [("14", 14, None), ("", None, None), ("rows[2].name", None, None), ("¶5", None, None)],
)
def test_line_and_column_are_there_where_the_place_has_them(
    spot: str, line: int | None, column: int | None
) -> None:
    found = problem_object(Problem("B001", "wrong", Location("a", spot)))
    assert (found["line"], found["column"], found["spot"]) == (line, column, spot)


def test_a_check_is_summed_up_in_numbers() -> None:
    assert count_line(3, []) == "no problems (inputs checked: 3)"
    levels = map(of_level, ("error", "warning", "error"))
    assert count_line(2, levels) == "inputs checked: 2; errors: 2, warnings: 1, notes: 0"


def test_warnings_and_notes_are_no_errors() -> None:
    assert not has_errors([of_level("warning"), of_level("note")])
    assert has_errors([of_level("warning"), of_level("error")])


@pytest.mark.parametrize(
    ("text", "width"), [("abc", 3), ("通知", 4), ("“，”", 4), ("e\u0301", 1), ("", 0)]
)
def test_chinese_characters_take_two_columns(text: str, width: int) -> None:
    assert display_width(text) == width


def test_columns_are_as_wide_as_their_widest_cell() -> None:
    rows = [("study-week", "通知", "a"), ("list", "问题公示", "b")]
    assert table((Message("name"), "kind", ""), rows, chinese) == [
        "名称        kind",
        "study-week  通知      a",
        "list        问题公示  b",
    ]


def test_a_cell_stays_in_its_line() -> None:
    assert aligned([("a\nb", "c")]) == ["a\\nb  c"]


def test_an_empty_table_is_its_heads() -> None:
    assert table(("name", "kind"), []) == ["name  kind"]


def test_why_the_system_refused_a_file_is_said_in_one_language() -> None:
    full = OSError(errno.ENOSPC, "No space left on device")
    assert say(reason_of(full), chinese) == "磁盘空间已满"
    assert str(reason_of(full)) == "No space left on device"
    assert say(reason_of(OSError(errno.EXDEV, "Cross-device link")), chinese) == "Cross-device link"
