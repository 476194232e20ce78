"""Checks of plain sense that a template asks for by their names."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.compiler.patterns import Expressions
from generator.problems import Location, NoticeError, Problem
from generator.rules import SenseCheck, check_requirements, read_requirements
from generator.rules.catalogue import KINDS
from generator.runtime.state import State
from generator.sources import KeyPath, read_yaml


def place(path: KeyPath) -> Location:
    return Location("in.yaml", "/".join(map(str, path)))


def problems(entry: str, values: Mapping[str, object]) -> list[Problem]:
    """What the requirement *entry* finds in *values*."""
    source = read_yaml(f"requirements:\n- {entry}\n", "template.yaml")
    assert isinstance(source.value, dict)
    rules = read_requirements(source.value["requirements"], source.place)
    expressions = Expressions()
    for rule in rules:
        for expression in rule.expressions:
            expressions.add(expression, Location("template.yaml"))
    evaluate = partial(expressions.evaluate, state=State())
    return check_requirements(rules, values, place, evaluate)


def found(entry: str, **values: object) -> list[str]:
    return list(map(str, problems(entry, values)))


def session(start: str, end: str, host: str = "张某", date: str = "2005-03-09") -> dict[str, str]:
    return {"date": date, "start": start, "end": end, "host": host}


# --- nothing twice, no gap -----------------------------------------------------------------------


def test_what_an_earlier_row_says_already_is_named() -> None:
    rows = [{"text": "残雪没有清运"}, {"text": None}, {"text": "残雪没有清运 "}, {"text": None}]
    assert found("{check: unique, each: issues, at: text}", issues=rows) == [
        "in.yaml: issues/2/text: R020 “残雪没有清运” stands in item 1 already "
        "(take one of them out, or say what is different)"
    ]


def test_numbers_follow_one_another() -> None:
    rows = [{"number": number} for number in (18, 19, 21, 22, 22)]
    assert found("{check: gapless, each: issues, at: number}", issues=rows) == [
        "in.yaml: issues/2/number: R021 the number 21 does not follow 19 "
        "(number the rows without a gap: 20)",
        "in.yaml: issues/4/number: R021 the number 22 does not follow 22 "
        "(number the rows without a gap: 23)",
    ]


def test_numbers_within_texts_follow_one_another_as_long_as_the_rest_is_the_same() -> None:
    rows = [{"id": each} for each in ("城-009", "城-011", "县-001", "县-002", "（待编）", "县-009")]
    assert found("{check: gapless, each: issues, at: id}", issues=rows) == [
        "in.yaml: issues/1/id: R021 the number 城-011 does not follow 城-009 "
        "(number the rows without a gap: 城-010)"
    ]


# --- counts, sums, rates -------------------------------------------------------------------------

ISSUES = [{"status": "已完成"}, {"status": "整改中"}, {"status": "已完成"}]


@pytest.mark.parametrize(
    "stated", [3, "共3个问题，已完成2个", "3个", "若干", "2个或者4个", None, True]
)
def test_a_count_that_agrees_or_says_nothing_is_fine(stated: object) -> None:
    assert found("{check: count, at: n, of: issues}", n=stated, issues=ISSUES) == []


@pytest.mark.parametrize("stated", [4, "共有4个问题，其中残雪3个", "4个"])
def test_a_count_in_the_text_agrees_with_the_rows(stated: object) -> None:
    assert found("{check: count, at: n, of: issues}", n=stated, issues=ISSUES) == [
        "in.yaml: n: GD014 4 are stated, the list has 3 (correct the number, or the list)"
    ]


def test_rows_are_counted_that_a_condition_chooses() -> None:
    entry = "{check: count, at: done, of: issues, where: row.status == '已完成'}"
    assert found(entry, done=2, issues=ISSUES) == []
    assert found(entry, done=3, issues=ISSUES) == [
        "in.yaml: done: GD014 3 are stated, the list has 2 (correct the number, or the list)"
    ]


def test_a_total_is_the_sum_of_its_rows_exactly() -> None:
    rows = [{"amount": Decimal("0.1")}, {"amount": Decimal("0.2")}, {"amount": None}, {}]
    entry = "{check: total, at: sum, of: 'rows[].amount'}"
    assert found(entry, sum=Decimal("0.3"), rows=rows) == []
    assert found(entry, sum=0.3, rows=[{"amount": 0.1}, {"amount": 0.2}]) == []
    assert found(entry, sum=1, rows=rows) == [
        "in.yaml: sum: GD014 the total is 1, the rows come to 0.3 (correct the total, or the rows)"
    ]


def test_the_rows_of_each_row_are_counted_by_themselves() -> None:
    units = [{"n": 1, "issues": [{}]}, {"n": 1, "issues": [{}, {}]}]
    assert found("{check: count, each: units, at: n, of: issues}", units=units) == [
        "in.yaml: units/1/n: GD014 1 are stated, the list has 2 (correct the number, or the list)"
    ]


def test_a_part_is_no_more_than_its_whole() -> None:
    rows = [{"present": 60, "expected": 60}, {"present": 61, "expected": 60}, {"present": None}]
    assert found("{check: part, each: rows, at: present, of: expected}", rows=rows) == [
        "in.yaml: rows/1/present: R024 61 of 60 is more than 100% (correct one of the two numbers)"
    ]


@pytest.mark.parametrize("rate", [100, "100%", "98.50%", "一半", None, "100.5"])
def test_rates_up_to_a_hundred_per_cent_are_fine(rate: object) -> None:
    assert found("{check: rate, at: rate}", rate=rate) == []


@pytest.mark.parametrize("rate", [101, "100.5%", "103 ％"])
def test_a_rate_of_more_than_a_hundred_per_cent_is_named(rate: object) -> None:
    assert found("{check: rate, at: rate}", rate=rate) == [
        f"in.yaml: rate: R024 a rate of {rate} is more than 100% (check what it was computed from)"
    ]


# --- days and hours ------------------------------------------------------------------------------


def test_a_lecturer_in_two_places_at_once_is_named_at_the_later_row() -> None:
    rows = [
        session("10:00", "11:30"),
        session("8:30", "10:30"),
        session("8:30", "11:30", "李某"),
        session("11:30", "12:00"),
        session("8:30", "11:30", date="2005-03-10"),
    ]
    assert found("{check: apart, each: schedule, at: host}", schedule=rows) == [
        "in.yaml: schedule/1/host: R022 “张某” is wanted twice on 2005-03-09: 8:30—10:30 here, "
        "10:00—11:30 in item 1 (move one of the two)"
    ]


def test_stages_that_share_a_day_overlap() -> None:
    stages = [
        {"start": "2005-03-01", "end": "2005-03-10", "who": "全体"},
        {"start": "2005-03-10", "end": "2005-03-20", "who": "全体"},
        {"start": "2005-03-21", "end": "2005-03-31", "who": "全体"},
    ]
    assert found("{check: apart, each: stages, at: who}", stages=stages) == [
        "in.yaml: stages/1/who: R022 “全体” is wanted twice: 2005-03-10—2005-03-20 here, "
        "2005-03-01—2005-03-10 in item 1 (move one of the two)"
    ]


def test_sessions_that_run_backwards_or_have_no_time_are_left_to_other_checks() -> None:
    rows = [session("11:30", "8:30"), session("早上", "中午"), session("8:00", "12:00")]
    assert found("{check: apart, each: schedule, at: host}", schedule=rows) == []


times = st.integers(0, 23).map(lambda hour: f"{hour:02}:00")
schedules = st.lists(
    st.builds(session, times, times, st.sampled_from("甲乙"), st.sampled_from(["2005-03-09", "x"]))
)


@settings(deadline=None)
@given(schedules)
def test_some_overlap_is_told_exactly_where_two_sessions_do(rows: list[dict[str, str]]) -> None:
    def overlap(one: dict[str, str], other: dict[str, str]) -> bool:
        same = all(one[key] == other[key] for key in ("host", "date"))
        return same and one["start"] < other["end"] and other["start"] < one["end"]

    good = [row for row in rows if row["start"] <= row["end"]]
    told = problems("{check: apart, each: schedule, at: host}", {"schedule": rows})
    assert bool(told) == any(overlap(*pair) for pair in combinations(good, 2))
    for problem in told:
        row = rows[int(problem.where.spot.split("/")[1])]
        assert any(overlap(row, other) for other in good if other is not row)


def test_the_working_days_of_a_period_are_those_of_the_calendar() -> None:
    entry = "{check: working_days, at: notice.workdays}"
    may = {"start": "2005-04-29", "end": "2005-05-08", "workdays": 3}
    assert found(entry, notice=may) == []  # 29 and 30 April, then holidays, then a worked Sunday
    assert found(entry, notice={**may, "workdays": 6}) == [
        "in.yaml: notice/workdays: R025 from 2005-04-29 to 2005-05-08 there are 3 working days, "
        "not 6 (correct the number, or one of the dates)"
    ]


def test_working_days_of_a_year_that_the_calendar_does_not_know_are_a_warning() -> None:
    notice = {"start": "1999-12-30", "end": "2000-01-05", "workdays": 5}
    [problem] = problems("{check: working_days, at: notice.workdays}", {"notice": notice})
    assert problem.level == "warning"
    assert str(problem).startswith(
        "in.yaml: notice/workdays: R027 the working days of 1999 are not known, only those of 2004—"
    )
    assert problem.hint == "hold it to the calendar that the State Council published"


def test_a_term_on_a_day_of_rest_is_a_warning_that_names_the_working_day_before() -> None:
    [problem] = problems("{check: working_day, at: by, phrase: 3月12日前}", {"by": "2005-03-12"})
    assert problem.level == "warning"
    assert str(problem) == (
        "in.yaml: by: R026 2005-03-12 is a day of rest (星期六) (required by “3月12日前”) "
        "(the last working day before it is 2005-03-11)"
    )


@pytest.mark.parametrize("day", ["2005-03-11", "2005-05-08", None, "下周"])
def test_working_days_and_what_is_no_date_are_fine(day: object) -> None:
    assert found("{check: working_day, at: by}", by=day) == []


def test_a_term_in_an_unknown_year_is_a_warning_once() -> None:
    assert [p.code for p in problems("{check: working_day, at: by}", {"by": "1998-03-12"})] == [
        "R027"
    ]


def test_one_date_is_not_before_another() -> None:
    entry = "{check: after, each: rows, at: due, of: raised}"
    rows = [{"raised": "2005-03-01", "due": "2005-03-01"}, {"raised": "2005-03-02", "due": None}]
    assert found(entry, rows=rows) == []
    assert found(entry, rows=[{"raised": "2017-06-02", "due": "2016-06-02"}]) == [
        "in.yaml: rows/0/due: R002 2016-06-02 is before 2017-06-02 (correct one of the two)"
    ]


# --- issues and publications ---------------------------------------------------------------------


def test_a_closed_issue_says_when_by_what_and_who_looked() -> None:
    rows = [
        {"closed": False, "closed_on": None, "evidence": [], "verifier": None},
        {"closed": True, "closed_on": "2005-03-14", "evidence": ["照片"], "verifier": "张某"},
        {"closed": True, "closed_on": None, "evidence": [], "verifier": ""},
        {"closed": True},
    ]
    assert found("{check: closed, each: issues}", issues=rows) == [
        "in.yaml: issues/2/closed_on: R023 the issue is closed, but says no day of closing "
        "(fill it in, or leave the issue open)",
        "in.yaml: issues/2/evidence: R023 the issue is closed, but says no evidence "
        "(fill it in, or leave the issue open)",
        "in.yaml: issues/2/verifier: R023 the issue is closed, but says no verifier "
        "(fill it in, or leave the issue open)",
    ]


@pytest.mark.parametrize("status", ["未启动", "整改中", "基本完成"])
def test_an_issue_is_not_closed_before_it_is_done(status: str) -> None:
    told = {"closed_on": "2005-03-14", "evidence": "照片", "verifier": "张某"}
    rows = [
        {"closed": False, "status": status},
        {**told, "closed": True, "status": "已完成"},
        {**told, "closed": True, "status": "长期坚持"},
        {**told, "closed": True, "status": status},
    ]
    assert found("{check: closed, each: issues}", issues=rows) == [
        f"in.yaml: issues/3/closed: R023 the issue is closed, but its status is “{status}” "
        "(correct the status, or leave the issue open)"
    ]
    assert found("{check: closed}", 是否销号="是", 状态=status) == [
        f"in.yaml: 是否销号: R023 the issue is closed, but its status is “{status}” "
        "(correct the status, or leave the issue open)"
    ]


def test_an_open_issue_of_the_ledger_before_is_still_in_this_one() -> None:
    entry = "{check: kept, each: before, of: issues}"
    before = [
        {"id": "1", "closed": True},
        {"id": "2", "closed": False},
        {"编号": "3", "是否销号": "否"},
        {"id": None},
    ]
    now = [{"id": "2"}, {"编号": "4"}]
    assert found(entry, before=before, issues=now) == [
        "in.yaml: before/2/编号: R029 the issue 3 is not closed, but the ledger no longer has it "
        "(list it again; once it is solved, close it before it goes)"
    ]
    assert found(entry, before=[], issues=now) == found(entry, before=before[:1]) == []


def test_a_form_is_on_record_only_after_the_one_before_it() -> None:
    rows = [
        {"forecast_on": "2005-03-01", "reported_on": "2005-03-08", "supervised_on": None},
        {"forecast_on": "2005-03-01", "reported_on": None, "supervised_on": "2005-03-12"},
        {"forecast_on": "2005-03-09", "reported_on": "2005-03-08", "supervised_on": None},
    ]
    assert found("{check: forms, each: issues}", issues=rows) == [
        "in.yaml: issues/1/supervised_on: R028 问题整改督办单 is on record without 解决问题报告单 "
        "(each form needs the one before it; correct the dates)",
        "in.yaml: issues/2/reported_on: R028 解决问题报告单 is on record before 揭摆问题预报单 "
        "(each form needs the one before it; correct the dates)",
    ]


def test_personal_data_in_a_publication_is_named_without_saying_it_again() -> None:
    issues = [
        {"text": "示例小区居民（身份证号110101194903070014）反映", "list": ["电话13800000000"]},
        {"text": "家住示例小区3栋2单元301室的居民反映", "list": ["电话138****0000"]},
    ]
    told = problems("{check: anonymous, at: issues}", {"issues": issues, "phone": "13800000000"})
    assert [problem.level for problem in told] == ["error", "error", "warning"]
    assert list(map(str, told)) == [
        "in.yaml: issues/0/text: R031 an identity number would be published: 110101********0014 "
        "(write it as 110101********0014, or leave it out)",
        "in.yaml: issues/0/list/0: R032 a mobile number would be published: 138****0000 "
        "(write it as 138****0000, or leave it out)",
        "in.yaml: issues/1/text: R033 a home address would be published: 家住** "
        "(write it as 家住**, or leave it out)",
    ]


# --- how they are asked for ----------------------------------------------------------------------


def test_a_condition_chooses_when_and_which_rows_are_checked() -> None:
    rows = [{"n": 1, "draft": False}, {"n": 9, "draft": True}, {"n": 2, "draft": False}]
    entry = "{check: gapless, each: rows, at: n, when: not row.draft}"
    assert found(entry, rows=rows) == []
    entry = "{check: gapless, each: rows, at: n, when: numbered}"
    assert found(entry, rows=rows, numbered=False) == []
    assert len(found(entry, rows=rows, numbered=True)) == 2


def test_code_and_level_are_the_templates_where_it_says_them() -> None:
    entry = "{check: unique, each: rows, at: n, code: R132, level: note}"
    [problem] = problems(entry, {"rows": [{"n": 1}, {"n": 1}]})
    assert (problem.code, problem.level) == ("R132", "note")


def test_a_condition_that_fails_is_told_once_for_all_rows_or_at_its_row() -> None:
    rows = [{"n": 1}, {"n": 1}]
    assert found("{check: unique, each: rows, at: n, when: m > 1}", rows=rows) == [
        "in.yaml: rows: R001 requirement R020 cannot be checked: the template asks for “m”, which "
        "is not there (correct the requirement in template.yaml, or the values that it reads)"
    ]
    told = problems("{check: unique, each: rows, at: n, when: row.m > 1}", {"rows": rows})
    assert [str(problem.where) for problem in told] == ["in.yaml: rows/0/n", "in.yaml: rows/1/n"]


@pytest.mark.parametrize("name", sorted(KINDS))
def test_values_that_are_not_there_break_no_check(name: str) -> None:
    keys = ("check", *KINDS[name].needs)
    entry = "{" + ", ".join(f"{key}: {name if key == 'check' else 'rows'}" for key in keys) + "}"
    odd: list[object] = [None, {}, {"rows": {}}, "x", [1], 3]
    for rows in (None, [], odd, "x", 3, {"rows": odd}):
        codes = {problem.code for problem in problems(entry, {"rows": rows})}
        assert codes <= {"R020", "GD014", "GB002"}


def test_what_is_wrong_with_how_a_check_is_asked_for_is_told_at_its_line() -> None:
    source = read_yaml(
        "requirements:\n"
        "- {check: unqiue, each: rows, at: n}\n"
        "- {check: spelling}\n"
        "- {check: unique, each: rows}\n"
        "- {check: unique, each: rows, at: n, of: m}\n"
        "- {check: unique, each: rows, at: [n]}\n"
        "- {check: unique, each: rows, at: n, code: R20}\n"
        "- {check: unique, each: rows, at: n, level: bad}\n"
        "- {check: [unique]}\n",
        "template.yaml",
    )
    assert isinstance(source.value, dict)
    with pytest.raises(NoticeError) as error:
        read_requirements(source.value["requirements"], source.place)
    assert str(error.value).splitlines() == [
        "template.yaml:2:11: T301 there is no check “unqiue” (did you mean “unique”?)",
        f"template.yaml:3:11: T301 there is no check “spelling” (there are: {', '.join(KINDS)})",
        "template.yaml:4:3: T301 the check “unique” lacks “at”",
        "template.yaml:5:42: T301 “of” is no key of the check “unique”",
        "template.yaml:6:35: T301 “at” of a requirement is a text",
        "template.yaml:7:44: T301 “R20” is not a code from R100 to R999",
        "template.yaml:8:45: T301 a level is error, warning or note, not “bad”",
        "template.yaml:9:11: T301 there is no check “['unique']” (did you mean “unique”?)",
    ]


def test_a_check_says_all_that_it_reads() -> None:
    check = SenseCheck("total", at="sum", of="rows[].n", where="row.ok", when="open", each="units")
    assert check.paths == ["units", "units[].sum", "units[].rows[].n"]
    assert check.scopes == [("open", "units"), ("row.ok", "units[].rows")]
    assert SenseCheck("working_days", at="notice.workdays").optional_paths == [
        "notice.start",
        "notice.end",
    ]
