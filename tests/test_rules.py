from collections.abc import Mapping

import pytest
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from generator.problems import Location, NoticeError, Problem
from generator.rules import (
    Requirement,
    check_requirements,
    find_value,
    read_path,
    read_requirements,
    sense_checks,
)
from generator.sources import KeyPath, read_yaml

SANDBOX = ImmutableSandboxedEnvironment(undefined=StrictUndefined)


def evaluate(expression: str, names: Mapping[str, object]) -> object:
    return SANDBOX.compile_expression(expression, undefined_to_none=False)(**names)


def place(path: KeyPath) -> Location:
    return Location("week.yaml", "/".join(map(str, path)))


def check(requirement: Requirement, **values: object) -> list[str]:
    return list(map(str, check_requirements([requirement], values, place, evaluate)))


def sense(**values: object) -> list[str]:
    return list(map(str, sense_checks(values, place)))


FIVE_DAYS = Requirement(
    code="R101",
    that="schedule | length >= 5",
    when="unit.kind == '部门'",
    at="schedule",
    message="学习周只安排了{{ schedule | length }}天",
    hint="再安排{{ 5 - schedule|length }}天",
    phrase="至少要安排5天时间",
)


def test_an_unmet_requirement_names_its_place_and_the_words_that_ask_for_it() -> None:
    assert check(FIVE_DAYS, schedule=[1, 2, 3, 4], unit={"kind": "部门"}) == [
        "week.yaml: schedule: R101 学习周只安排了4天 (required by “至少要安排5天时间”) (再安排1天)"
    ]


def test_a_met_requirement_says_nothing() -> None:
    assert check(FIVE_DAYS, schedule=[1, 2, 3, 4, 5], unit={"kind": "部门"}) == []


def test_a_requirement_holds_only_when_its_condition_does() -> None:
    assert check(FIVE_DAYS, schedule=[], unit={"kind": "办公室"}) == []


def test_a_requirement_for_each_row_is_reported_at_the_row() -> None:
    requirement = Requirement(
        code="R102",
        that="row.hours >= 3",
        each="week.days",
        at="hours",
        message="第{{ index + 1 }}天（{{row.day}}）只有{{ row.hours }}个小时",
        level="warning",
    )
    days = [{"day": "9日", "hours": 3}, {"day": "10日", "hours": 2}]
    problems = check_requirements([requirement], {"week": {"days": days}}, place, evaluate)
    assert problems == [
        Problem(
            "R102",
            "第2天（10日）只有2个小时",
            Location("week.yaml", "week/days/1/hours"),
            level="warning",
        )
    ]


def test_a_list_that_is_absent_has_no_rows() -> None:
    requirement = Requirement(code="R102", that="false", each="days", message="不行")
    assert check(requirement, days=None) == check(requirement) == []


@pytest.mark.parametrize(
    ("that", "reason"),
    [
        ("spech", "'spech' is undefined"),
        ("speech < 3", "'<' not supported between instances of 'NoneType' and 'int'"),
        ("3 / 0", "division by zero"),
    ],
)
def test_a_requirement_that_cannot_be_evaluated_is_a_problem(that: str, reason: str) -> None:
    requirement = Requirement(code="R103", that=that, message="不行", at="speech")
    assert check(requirement, speech=None) == [
        f"week.yaml: speech: R001 requirement R103 cannot be checked: {reason} "
        "(correct the requirement in template.yaml, or the values that it reads)"
    ]


def test_all_expressions_of_a_requirement_are_known_beforehand() -> None:
    assert FIVE_DAYS.expressions == [
        "unit.kind == '部门'",
        "schedule | length >= 5",
        "schedule | length",
        "5 - schedule|length",
    ]


def test_paths_are_written_with_dots_and_brackets() -> None:
    assert read_path("schedule[2].date") == ("schedule", 2, "date")
    assert read_path("日程[0]") == ("日程", 0)
    assert read_path("") == ()


def test_what_is_not_there_is_none() -> None:
    values = {"days": [{"date": "2005-03-09"}]}
    assert find_value(values, ("days", 0, "date")) == "2005-03-09"
    for path in [("days", 1), ("days", "date"), ("days", 0, "date", 0), ("weeks",)]:
        assert find_value(values, path) is None


def read(text: str) -> list[Requirement]:
    source = read_yaml(text, "template.yaml")
    assert isinstance(source.value, dict)
    return read_requirements(source.value["requirements"], source.place)


def test_requirements_are_read_from_the_template() -> None:
    assert read(
        "requirements:\n"
        "  - {code: R101, that: speech, message: 没有讲话, level: note, hint: }\n"
        "  - code: GD014\n"
        "    that: total == rows | length\n"
        "    message: 合计不符\n"
    ) == [
        Requirement(code="R101", that="speech", message="没有讲话", level="note"),
        Requirement(code="GD014", that="total == rows | length", message="合计不符"),
    ]


def test_every_fault_of_the_requirements_is_named_at_its_place() -> None:
    with pytest.raises(NoticeError) as error:
        read(
            "requirements:\n"
            "  - {code: R001, that: x, message: y}\n"
            "  - {code: R101, that: x}\n"
            "  - {code: R102, that: x, message: y, level: fatal}\n"
            "  - {code: R103, that: x, message: y, unless: z}\n"
            "  - {code: R104, that: [x], message: y}\n"
            "  - R105\n"
        )
    assert str(error.value).splitlines() == [
        "template.yaml:2:12: T301 “R001” is not a code from R100 to R999",
        "template.yaml:3:5: T301 the requirement lacks “message”",
        "template.yaml:4:46: T301 a level is error, warning or note, not “fatal”",
        "template.yaml:5:47: T301 “unless” is no key of a requirement",
        "template.yaml:6:24: T301 “that” of a requirement is a text",
        "template.yaml:7:5: T301 a requirement is a mapping",
    ]


def test_a_wrong_weekday_is_named_at_any_depth() -> None:
    assert sense(days=[{"date": "2005-03-09", "weekday": "星期四"}]) == [
        "week.yaml: days/0/weekday: GD013 2005-03-09 is 星期三, not “星期四” "
        "(write 星期三 or leave the weekday out)"
    ]
    assert sense(date="2005-03-13", weekday="Sunday") == [
        "week.yaml: weekday: GD013 2005-03-13 is 星期日, not “Sunday” "
        "(write 星期日 or leave the weekday out)"
    ]


@pytest.mark.parametrize("weekday", ["星期日", "星期天", "周日", "礼拜天", "日", None])
def test_a_right_weekday_may_be_written_in_several_ways(weekday: str | None) -> None:
    assert sense(date="2005-03-13", weekday=weekday) == []


@pytest.mark.parametrize(
    ("start", "end"), [("2005-03-17", "2005-03-09"), (17, 9), ("2017-06-02", "2016-06-02")]
)
def test_an_end_before_its_start_is_named(start: object, end: object) -> None:
    assert sense(notice={"start": start, "end": end}) == [
        f"week.yaml: notice/end: R002 the end {end} is before the start {start} "
        "(correct one of the two)"
    ]


def test_hours_that_run_backwards_may_be_a_night_and_are_a_warning() -> None:
    (problem,) = sense_checks({"start": "14:30", "end": "8:30"}, place)
    assert problem.level == "warning"


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2005-03-09", "2005-03-09"),
        ("8:30", "11:30"),
        ("8:30", "2005-03-09"),
        ("起", "止"),
        (None, 3),
    ],
)
def test_periods_in_order_and_things_that_are_no_period_are_fine(
    start: object, end: object
) -> None:
    assert sense(start=start, end=end) == []
