"""三制五单: which form an issue is due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.escalation import FORMS, form_due, gaps, overdue

RECORDS = [form.record for form in FORMS]
DUE = date(2005, 3, 10)


def issue(on_record: int = 0, **values: object) -> dict[str, object]:
    """An issue with a term, and its first forms on record, a day after one another."""
    sent = [str(DUE + timedelta(days=n)) if n < on_record else None for n in range(5)]
    row = {"due": str(DUE), "status": "整改中", "level": "市", "closed": False}
    return row | dict(zip(RECORDS, sent, strict=True)) | values


def test_the_five_forms_stand_in_the_order_of_the_mechanism() -> None:
    assert [form.name for form in FORMS] == [
        "揭摆问题预报单",
        "解决问题报告单",
        "问题整改督办单",
        "问题通报批评单",
        "组织调整建议单",
    ]


@pytest.mark.parametrize(
    ("row", "as_of", "form"),
    [
        (issue(0), "2005-03-01", "issue-forecast-form"),  # from the first day
        (issue(1), "2005-03-09", ""),
        (issue(1), "2005-03-10", "issue-report-form"),  # on the day of its term
        (issue(1, status="已完成"), "2005-03-05", "issue-report-form"),  # or once it is solved
        (issue(2), "2005-03-10", ""),
        (issue(2), "2005-03-11", "supervision-order"),
        (issue(3), "2005-03-17", ""),
        (issue(3), "2005-03-18", "criticism-circular"),
        (issue(3, level="单位"), "2005-03-18", ""),  # a unit has longer
        (issue(3, level="单位"), "2005-03-21", "criticism-circular"),
        (issue(3, level="街道"), "2005-03-18", ""),  # and what is no level the longest
        (issue(4), "2005-03-24", ""),
        (issue(4), "2005-03-25", "adjustment-proposal"),
        (issue(5), "2005-12-31", ""),
        (issue(2, status="已完成"), "2005-12-31", ""),
        (issue(2, status="长期坚持"), "2005-12-31", ""),
        (issue(2, status="基本完成"), "2005-12-31", "supervision-order"),
        (issue(2, status=None), "2005-12-31", "supervision-order"),
        (issue(2, status="正在整改"), "2005-12-31", "supervision-order"),
        (issue(2, closed=True), "2005-12-31", ""),
        (issue(0, closed=True), "2005-12-31", ""),
        (issue(2, due=None), "2005-12-31", ""),
    ],
)
def test_the_form_that_is_due(row: dict[str, object], as_of: str, form: str) -> None:
    assert form_due(row, as_of) == form


def test_however_late_an_issue_is_no_form_goes_out_before_the_one_before_it() -> None:
    late = [form_due(issue(on_record), "2005-12-31") for on_record in range(6)]
    assert late == [form.template for form in FORMS] + [""]


def test_an_issue_is_overdue_from_the_day_after_its_term() -> None:
    assert [overdue(issue(), day) for day in ("2005-03-09", "2005-03-10", "2005-03-11")] == [
        False,
        False,
        True,
    ]


@pytest.mark.parametrize(
    "values", [{"closed": True}, {"status": "已完成"}, {"status": "长期坚持"}, {"due": None}]
)
def test_what_is_closed_done_or_without_a_term_is_not_overdue(values: dict[str, object]) -> None:
    assert not overdue(issue(**values), "2005-12-31")


def test_a_table_without_a_schema_may_have_labels() -> None:
    row = {"整改时限": "2005-03-10", "是否销号": "否", "状态": "整改中", "级别": "县"}
    assert overdue(row, "2005-03-11")
    assert not overdue(row | {"是否销号": "是"}, "2005-03-11")
    sent = {"预报日期": "2005-03-01", "报告日期": "2005-03-10"}
    assert form_due(row | sent, "2005-03-11") == "supervision-order"


@pytest.mark.parametrize(
    ("row", "as_of", "reason"),
    [
        ({"status": "整改中"}, "2005-03-11", "an issue has a term"),
        (issue(due="3月10日"), "2005-03-11", "“3月10日” is not a date"),
        (issue(), "今天", "“今天” is not a date"),
    ],
)
def test_what_cannot_be_told_is_a_fault(row: dict[str, object], as_of: str, reason: str) -> None:
    for function in (overdue, form_due):
        with pytest.raises(ValueError, match=reason):
            function(row, as_of)


rows = st.builds(
    issue,
    st.integers(0, 5),
    level=st.sampled_from(["市", "县", "单位", None]),
    status=st.sampled_from(["未启动", "整改中", "基本完成", "已完成", "长期坚持", None]),
)


@settings(deadline=None)
@given(rows, st.integers(-30, 60), st.integers(0, 60))
def test_what_is_due_stays_due_until_it_goes_out(
    row: dict[str, object], late: int, longer: int
) -> None:
    first = form_due(row, str(DUE + timedelta(days=late)))
    if first:
        assert form_due(row, str(DUE + timedelta(days=late + longer))) == first
    if first in ("supervision-order", "criticism-circular", "adjustment-proposal"):
        assert overdue(row, str(DUE + timedelta(days=late)))


@settings(deadline=None)
@given(rows)
def test_forms_that_went_out_in_their_order_leave_no_gap(row: dict[str, object]) -> None:
    assert list(gaps(row)) == []
