"""The campaign's one body of data: the ledger says the same in both its forms."""

from __future__ import annotations

from datetime import date

import campaign

from generator.sources.tables import read_rows


def in_workbook() -> list[dict[str, object]]:
    """The issues of the workbook under the keys of their columns, as text."""
    keys = {head: field for field, (head, _) in campaign.COLUMNS.items()}
    rows = read_rows((campaign.FOLDER / "ledger.xlsx").read_bytes(), "ledger.xlsx", campaign.SHEET)
    return [{keys[head]: cell for head, cell in row.value.items() if cell} for row in rows]


def test_the_workbook_is_the_ledger() -> None:
    assert in_workbook() == campaign.records()
    assert (campaign.FOLDER / "ledger.xlsx").read_bytes() == campaign.workbook(campaign.records())


def test_the_ledger_has_the_issues_that_the_speech_counts() -> None:
    issues = campaign.records()
    assert [each["id"] for each in issues] == [str(number) for number in range(1, 69)]
    assert sum(each["source"] == "省督导组反馈" for each in issues) == 18
    assert sum(each["batch"] == "第二批" for each in issues) == 50


def test_what_is_closed_says_when_by_whom_and_why_and_no_form_goes_before_its_forerunner() -> None:
    forms = ("forecast_on", "reported_on", "supervised_on", "criticised_on", "adjusted_on")
    for each in campaign.records():
        closed = each["closed"] == "是"
        assert all((field in each) == closed for field in ("closed_on", "evidence", "verifier"))
        sent = [each.get(form) for form in forms]
        known = [day for day in sent if day]
        assert sent[: len(known)] == known == sorted(known), each["id"]
        assert all(map(date.fromisoformat, known))
