"""The campaign's one body of data: the ledger says the same in both its forms."""

from __future__ import annotations

import io
from collections import Counter
from datetime import date
from typing import Any

import campaign
import demo
import docx
import openpyxl
from docx.document import Document

from generator.sources import read_yaml
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


def test_opinions_come_by_the_ways_and_on_the_topics_that_the_notice_asks_for() -> None:
    notice = values_of("opinion-notice")
    opinions = campaign.records("opinions.yaml")
    channels = [way["channel"] for way in notice["ways"]]
    assert list(dict.fromkeys(each["channel"] for each in opinions)) == channels
    topics = {scope["object"]: scope["topics"] for scope in notice["scopes"]}
    topics["班子成员"] = topics["领导班子"]
    assert {(each["object"], each["topic"]) for each in opinions} <= {
        (asked, topic) for asked, own in topics.items() for topic in own
    }
    card = values_of("opinion-card")
    assert card["topics"] == topics[card["object"]]


# --- the documents agree -------------------------------------------------------------------------

DONE = ("已完成", "长期坚持")


def values_of(seed: str) -> Any:
    """What an input says, not yet typed."""
    path = demo.ROOT / "seeds" / f"{seed}.yaml"
    return read_yaml(path.read_text(encoding="utf-8"), path.name).value


def tables_of(opened: Document) -> list[list[list[str]]]:
    """The rows of each table below its head, as texts."""
    return [
        [[cell.text for cell in row.cells] for row in table.rows][1:] for table in opened.tables
    ]


def test_the_report_its_table_and_its_chart_tell_the_counts_of_the_ledger() -> None:
    opened = docx.Document(io.BytesIO(demo.document("progress-report")))
    units = Counter(each["responsible_unit"] for each in campaign.records())
    done = Counter(
        each["responsible_unit"] for each in campaign.records() if each["status"] in DONE
    )
    assert f"列入台账的问题共{units.total()}个" in "\n".join(p.text for p in opened.paragraphs)

    table, _ = tables_of(opened)
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


OBJECTS = ("领导班子", "班子成员", "部门", "基层支部")


def test_the_summary_tells_the_counts_of_the_opinions_by_channel_object_and_topic() -> None:
    opened = docx.Document(io.BytesIO(demo.document("opinion-summary")))
    said = "\n".join(paragraph.text for paragraph in opened.paragraphs)
    opinions = campaign.records("opinions.yaml")
    entered = [each["issue"] for each in opinions if "issue" in each]
    unsigned = sum("anonymous" not in each for each in opinions)
    assert f"共征求到意见和建议{len(opinions)}条，其中不记名的{unsigned}条" in said
    assert f"列入问题台账的{len(entered)}条，归并为{len(set(entered))}个问题" in said
    for outcome, count in Counter(each["outcome"] for each in opinions).items():
        assert outcome == "列入台账" or f"{outcome}的{count}条" in said

    by_channel, by_topic, _ = tables_of(opened)
    counts = Counter((each["channel"], each["object"]) for each in opinions)
    channels = dict.fromkeys(each["channel"] for each in opinions)
    wanted = {channel: [counts[channel, each] for each in OBJECTS] for channel in channels}
    totals = [sum(column) for column in zip(*wanted.values(), strict=True)]
    assert {channel: [*map(int, cells)] for channel, *cells in by_channel} == {
        **{channel: [*own, sum(own)] for channel, own in wanted.items()},
        "合计": [*totals, len(opinions)],
    }

    topics = Counter((each["object"], each["topic"]) for each in opinions)
    of_ledger = Counter((each["object"], each["topic"]) for each in opinions if "issue" in each)
    assert {(row[0], row[1]): (int(row[2]), int(row[3])) for row in by_topic} == {
        **{key: (count, of_ledger[key]) for key, count in topics.items()},
        ("合计", ""): (len(opinions), len(entered)),
    }


def test_the_summary_lists_every_opinion_in_its_own_words_and_names_only_who_signed() -> None:
    opened = docx.Document(io.BytesIO(demo.document("opinion-summary")))
    *_, listed = tables_of(opened)
    assert listed == [
        [
            each["id"],
            "\n".join(filter(None, (each["channel"], each.get("given_by")))),
            each["object"],
            each["wording"],
            each["topic"],
            each["leader"],
            each["outcome"] + (f"\n第{each['issue']}号" if "issue" in each else ""),
        ]
        for each in campaign.records("opinions.yaml")
    ]
