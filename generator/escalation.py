"""三制五单: which form an issue is due, by its status, its level and how late it is.

The speech names the five forms; their order is that of the mechanism. It names no days: those of
FORMS are this program's own, once for all, and each form waits for the one before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

from generator.formats import read_date
from generator.problems import Message

if TYPE_CHECKING:

    class Row(Protocol):
        """An issue: its fields by their keys, or by their labels."""

        def __contains__(self, name: str, /) -> bool: ...

        def __getitem__(self, name: str, /) -> object: ...


DONE = frozenset({"已完成", "长期坚持"})
"""The statuses of issues that cannot be late; with any other one, or none, they can."""


@dataclass(frozen=True, slots=True)
class Form:
    """One of the five forms, and when an issue is due it."""

    template: str
    """The template that makes it."""
    name: str
    """What it is called; the speech has each."""
    record: str
    """The field of an issue that holds the day on which it went out."""
    late: Mapping[str, int] | None
    """How many days after its term an issue is due it, by its level; None for from the first day.

    A level that is not named has the longest of these times.
    """
    when_done: bool = False
    """Whether an issue that is done is due it, at once."""


FORMS = (
    Form("issue-forecast-form", "揭摆问题预报单", "forecast_on", None, True),
    Form(
        "issue-report-form",
        "解决问题报告单",
        "reported_on",
        {"市": 0, "县": 0, "单位": 0},
        True,
    ),
    Form("supervision-order", "问题整改督办单", "supervised_on", {"市": 1, "县": 1, "单位": 1}),
    Form("criticism-circular", "问题通报批评单", "criticised_on", {"市": 8, "县": 8, "单位": 11}),
    Form("adjustment-proposal", "组织调整建议单", "adjusted_on", {"市": 15, "县": 15, "单位": 21}),
)

_LABELS: Mapping[str, tuple[str, ...]] = {
    "id": ("编号", "序号", "问题编号"),
    "due": ("整改时限", "时限", "完成时限"),
    "status": ("状态", "进展情况", "整改状态"),
    "level": ("级别", "层级"),
    "closed": ("是否销号", "销号"),
    "closed_on": ("销号日期", "销号时间"),
    "evidence": ("销号依据", "佐证材料"),
    "verifier": ("验收人", "核实人"),
    "forecast_on": ("预报日期",),
    "reported_on": ("报告日期",),
    "supervised_on": ("督办日期",),
    "criticised_on": ("通报日期",),
    "adjusted_on": ("组织调整日期",),
}
"""What the fields of an issue are called in a table that no schema describes."""
NAMES = frozenset(_LABELS).union(*_LABELS.values())
"""All names, keys and labels, under which the functions below look for what an issue says."""
_YES = frozenset({"是", "true", "已销号"})


def field_of(row: Row, name: str) -> object:
    """What an issue says of itself; None where it says nothing, or has no such field."""
    key = key_of(row, name)
    return None if key is None else row[key]


def key_of(row: Row, name: str) -> str | None:
    """The name, key or label, under which an issue has a field; None where it has none."""
    return next((each for each in (name, *_LABELS[name]) if each in row), None)


def is_closed(row: Row) -> bool:
    """Whether the issue is struck off the ledger (销号)."""
    closed = field_of(row, "closed")
    return closed is True or (isinstance(closed, str) and closed in _YES)


def is_done(row: Row) -> bool:
    """Whether what the issue asked for is done, closed or not."""
    return _word_of(row, "status") in DONE


def overdue(row: Row, as_of: str) -> bool:
    """Whether the term of an issue is over on a day, and it is neither closed nor done.

    Raises ValueError where it has no term, or what stands there is no date.
    """
    late = _days_late(row, read_date(as_of))
    return late is not None and late > 0 and not is_closed(row) and not is_done(row)


def form_due(row: Row, as_of: str) -> str:
    """The template of the form that an issue is due on a day; `""` where it is due none.

    It is the first that is not on record, once its time has come. Raises ValueError as `overdue`.
    """
    late = _days_late(row, read_date(as_of))
    if is_closed(row):
        return ""
    form = next((each for each in FORMS if not field_of(row, each.record)), None)
    return form.template if form and _is_due(form, row, late) else ""


def _is_due(form: Form, row: Row, late: int | None) -> bool:
    if is_done(row):
        return form.when_done
    if form.late is None:
        return True
    days = form.late.get(_word_of(row, "level"), max(form.late.values()))
    return late is not None and late >= days


def _word_of(row: Row, name: str) -> str:
    """What a field says; `""` for one that holds more than a word."""
    value = field_of(row, name)
    return "" if isinstance(value, list | tuple | Mapping) else str(value)


def _days_late(row: Row, as_of: date) -> int | None:
    """The days from the term of an issue to *as_of*, negative before it; None without a term."""
    key = key_of(row, "due")
    if key is None:
        raise ValueError(Message("an issue has a term: “due” or “整改时限”"))
    due = row[key]
    return None if due is None or due == "" else (as_of - read_date(due)).days


def gaps(row: Row) -> Iterator[tuple[Form, Form]]:
    """Each form on record whose forerunner is not, or went out after it; both of them."""
    for before, form in pairwise(FORMS):
        sent, sent_before = field_of(row, form.record), field_of(row, before.record)
        if sent and (not sent_before or read_date(sent) < read_date(sent_before)):
            yield form, before


FILTERS: dict[str, Callable[..., object]] = {"form_due": form_due, "overdue": overdue}
"""Of a row in any template: `{{ row | form_due(as_of) }}`."""
