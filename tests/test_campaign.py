"""The campaign's one body of data: the ledger says the same in both its forms."""

from __future__ import annotations

import io
from collections import Counter
from datetime import date

import campaign
import demo
import docx
import openpyxl

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


def test_opinions_and_ledger_agree_on_the_channel_and_on_who_answers_for_an_issue() -> None:
    opinions = campaign.records("opinions.yaml")
    assert [each["id"] for each in opinions] == [str(n) for n in range(1, len(opinions) + 1)]
    issues = {each["id"]: each for each in campaign.records()}
    assert {each["issue"] for each in opinions if "issue" in each} == {
        number for number, issue in issues.items() if issue["source"] != "省督导组反馈"
    }
    for each in opinions:
        assert (each["outcome"] == "列入台账") == ("issue" in each), each["id"]
        if "issue" in each:
            issue = issues[each["issue"]]
            said = (each["channel"], each["leader"], each["level"])
            assert said == (issue["source"], issue["leader"], issue["level"]), each["id"]


# --- the documents agree -------------------------------------------------------------------------

DONE = ("已完成", "长期坚持")


def test_the_report_its_table_and_its_chart_tell_the_counts_of_the_ledger() -> None:
    opened = docx.Document(io.BytesIO(demo.document("progress-report")))
    units = Counter(each["responsible_unit"] for each in campaign.records())
    done = Counter(
        each["responsible_unit"] for each in campaign.records() if each["status"] in DONE
    )
    assert f"列入台账的问题共{units.total()}个" in "\n".join(p.text for p in opened.paragraphs)

    table = [[cell.text for cell in row.cells] for row in opened.tables[0].rows][1:]
    assert {row[1]: (int(row[2]), int(row[3])) for row in table} == {
        **{unit: (count, done[unit]) for unit, count in units.items()},
        "合计": (units.total(), done.total()),
    }

    [chart] = [part for part in opened.part.related_parts.values() if "chart" in part.partname]
    [book] = [link.target_part.blob for link in chart.rels.values()]
    _, *rows = openpyxl.load_workbook(io.BytesIO(book)).active.iter_rows(values_only=True)
    assert {unit: (sum(counts), counts[0]) for unit, *counts in rows} == {
        unit: (count, done[unit]) for unit, count in units.items()
    }
