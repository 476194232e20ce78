"""The campaign's one body of data: the ledger says the same in both its forms."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import campaign
import demo
import docx
import openpyxl
import pytest
import yaml
from runs import Run

from generator.inputs import Input, read_input
from generator.sources import read_yaml
from generator.sources.tables import read_rows


def in_workbook(sheet: str, columns: dict[str, tuple[str, int]]) -> list[dict[str, object]]:
    """The rows of a sheet of the workbook under the keys of their *columns*, as text."""
    keys = {head: field for field, (head, _) in columns.items()}
    rows = read_rows((campaign.FOLDER / "ledger.xlsx").read_bytes(), "ledger.xlsx", sheet)
    return [{keys[head]: cell for head, cell in row.value.items() if cell} for row in rows]


def test_the_workbook_is_the_ledger() -> None:
    assert in_workbook(campaign.SHEET, campaign.COLUMNS) == campaign.records()
    units = in_workbook(campaign.UNITS_SHEET, campaign.UNIT_COLUMNS)
    assert units == [{"short_name": called(each), **each} for each in UNITS]
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
    notice = read("opinion-notice").values
    opinions = campaign.records("opinions.yaml")
    channels = [way["channel"] for way in notice["ways"]]
    assert list(dict.fromkeys(each["channel"] for each in opinions)) == channels
    topics = {scope["object"]: scope["topics"] for scope in notice["scopes"]}
    assert [(asked, topic) for asked, own in topics.items() for topic in own] == [
        (each["object"], each["topic"]) for each in campaign.records("topics.yaml")
    ]
    topics["班子成员"] = topics["领导班子"]
    assert {(each["object"], each["topic"]) for each in opinions} <= {
        (asked, topic) for asked, own in topics.items() for topic in own
    }
    card = read("opinion-card").values
    assert card["topics"] == topics[card["object"]]
    assert read("opinion-letter").values["opinions"]["topics"] == topics["部门"]


# --- units and members ---------------------------------------------------------------------------


def called(unit: Mapping[str, str]) -> str:
    """What other records call a *unit*: its short name, if it has one."""
    return unit.get("short_name", unit["name"])


UNITS = campaign.records("units.yaml")
MEMBERS = campaign.records("members.yaml")


def test_every_unit_that_a_record_names_is_known_and_called_once() -> None:
    names = [name for each in UNITS for name in {each["name"], called(each)}]
    assert len(set(names)) == len(names)
    named = {each["responsible_unit"] for each in campaign.records()}
    for file in ("schedule.yaml", "branches.yaml", "standards.yaml", "members.yaml"):
        named |= {each["unit"] for each in campaign.records(file)}
    assert named <= {called(each) for each in UNITS}


@pytest.mark.parametrize("slug", ["city-office", "county-office", "civil-affairs"])
def test_a_unit_that_issues_documents_is_called_what_its_records_call_it(slug: str) -> None:
    unit = yaml.safe_load(demo.demo().units[slug].read_bytes())
    assert (unit["name"], unit["short_name"]) in {(each["name"], called(each)) for each in UNITS}


def test_an_issue_has_the_level_and_the_people_of_its_unit() -> None:
    units = {called(each): each for each in UNITS}
    for issue in campaign.records():
        unit = units[issue["responsible_unit"]]
        for field in ("level", "leader", "owner"):
            assert issue[field] == unit[field], issue["id"]
    responsible = {issue["responsible_unit"] for issue in campaign.records()}
    assert {called(each) for each in UNITS if "owner" in each} == responsible
    for speaker in read("press-conference-notice").values["speakers"]:
        assert speaker["person"] == units[speaker["unit"]]["owner"]


def test_members_lead_the_sessions_and_sign_the_reports_of_their_own_unit() -> None:
    of_units = [(each["unit"], each["name"]) for each in MEMBERS]
    assert len(set(of_units)) == len(of_units)
    sessions = campaign.records("schedule.yaml")
    assert {(each["unit"], each["host"]) for each in sessions} <= set(of_units)
    signs = {each["unit"]: each["name"] for each in MEMBERS if each["post"] == "主要负责同志"}
    for seed, unit in {**STANDARDS, "rectification-plan": "示例县委"}.items():
        assert f"签发人：{signs[unit]}" in text_of(demo.document(seed))


def test_minutes_name_every_member_of_the_office_once_and_its_sections_alone_decide() -> None:
    office = [each for each in MEMBERS if "section" in each]
    minutes = read("minutes").values
    listed = [each["section"] + each["name"] for each in office]
    assert sorted(minutes["present"] + minutes["absent"]) == sorted(listed)
    text = text_of(demo.document("minutes"))
    assert f"出席：{'，'.join(minutes['present'])}" in text
    assert f"请假：{'，'.join(minutes['absent'])}" in text
    assert {each["owner"] for each in minutes["decisions"]} <= {each["section"] for each in office}
    [chair] = [each for each in office if each["post"] == "主任"]
    assert minutes["meeting"]["chair"] == chair["section"] + chair["post"] + chair["name"]


def test_the_minutes_set_the_terms_that_other_documents_keep() -> None:
    decisions = read("minutes").values["decisions"]

    def term(words: str) -> str:
        [due] = [each["due"] for each in decisions if words in each["text"]]
        return str(due)

    assert {read(seed).values["deadline"] for seed in STANDARDS} == {term("先进性标准要求")}
    listed = read("issue-list").values
    assert listed["result_date"] == term("已整改的实际问题")
    assert term("公示一批要解决的突出问题") < listed["local_lists"]["by"]
    assert read("press-conference-notice").values["date"] <= term("新闻发布会")


# --- the documents agree -------------------------------------------------------------------------

DONE = ("已完成", "长期坚持")


def values_of(seed: str) -> Any:
    """What an input says, not yet typed."""
    path = demo.ROOT / "seeds" / f"{seed}.yaml"
    return read_yaml(path.read_text(encoding="utf-8"), path.name).value


def read(seed: str) -> Input:
    """An input of the seeds, held to its schema."""
    path = demo.ROOT / "seeds" / f"{seed}.yaml"
    return read_input(path.read_bytes(), str(path), demo.demo())


def tables(document: bytes) -> list[list[list[str]]]:
    """The rows of each table of a document, its head among them; a merged cell once."""
    return [
        [[cell.text for cell in dict.fromkeys(row.cells)] for row in table.rows]
        for table in docx.Document(io.BytesIO(document)).tables
    ]


def text_of(document: bytes) -> str:
    """The paragraphs outside of tables, one a line."""
    return "\n".join(each.text for each in docx.Document(io.BytesIO(document)).paragraphs)


def test_the_report_its_table_and_its_chart_tell_the_counts_of_the_ledger() -> None:
    document = demo.document("progress-report")
    units = Counter(each["responsible_unit"] for each in campaign.records())
    done = Counter(
        each["responsible_unit"] for each in campaign.records() if each["status"] in DONE
    )
    assert f"列入台账的问题共{units.total()}个" in text_of(document)

    (_, *table), _ = tables(document)
    assert {row[1]: (int(row[2]), int(row[3])) for row in table} == {
        **{unit: (count, done[unit]) for unit, count in units.items()},
        "合计": (units.total(), done.total()),
    }

    parts = docx.Document(io.BytesIO(document)).part.related_parts.values()
    [chart] = [part for part in parts if "chart" in part.partname]
    [book] = [link.target_part.blob for link in chart.rels.values()]
    _, *rows = openpyxl.load_workbook(io.BytesIO(book)).active.iter_rows(values_only=True)
    assert {unit: (sum(counts), counts[0]) for unit, *counts in rows} == {
        unit: (count, done[unit]) for unit, count in units.items()
    }


def in_han(day: str) -> str:
    """A day as documents write it."""
    year, month, number = map(int, day.split("-"))
    return f"{year}年{month}月{number}日"


def overdue(as_of: str) -> list[dict[str, Any]]:
    """The issues that are neither done nor closed on a day after their term."""
    return [
        each
        for each in campaign.records()
        if each["due"] < as_of and each["status"] not in DONE and each["closed"] == "否"
    ]


def days_from(day: str, to: str) -> int:
    """The days from one to the other."""
    return (date.fromisoformat(to) - date.fromisoformat(day)).days


def filled(document: bytes) -> dict[str, str]:
    """What stands beside each label of a form."""
    [grid] = tables(document)
    return {label: text for row in grid for label, text in pairwise(row) if label != text}


CELLS = {
    "id": "台账编号",
    "issue": "问题",
    "source": "来源",
    "category": "类别",
    "level": "级别",
    "responsible_unit": "责任单位",
    "leader": "牵头领导",
    "owner": "责任人",
    "due": "整改时限",
}
"""The fields of an issue, and what forms call them."""
OF_ORDERS = {"issue": "督办事项", "source": "任务来源", "responsible_unit": "主办单位"}


def made(run: Run, template: str, where: str, *more: str) -> dict[str, bytes]:
    """The documents of a batch over the ledger on 2005-03-20, by their file names."""
    ledger = str(campaign.FOLDER / "ledger.xlsx")
    options = ["--templates", str(demo.ROOT / "examples" / "demo"), "--unit", "city-office"]
    settings = ["--where", where, "--set", "as_of=2005-03-20", "-o", template]
    assert run("batch", template, ledger, *settings, *options, *more).code == 0
    return {file.name: file.read_bytes() for file in Path(template).glob("*.docx")}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("template", "where", "record"),
    [
        ("issue-forecast-form", "batch == '第二批'", "forecast_on"),
        ("issue-report-form", "reported_on", "reported_on"),
        ("issue-report-form", "form_due(as_of) == 'issue-report-form'", "reported_on"),
        ("supervision-order", "overdue(as_of)", "supervised_on"),
        ("adjustment-proposal", "form_due(as_of) == 'adjustment-proposal'", "adjusted_on"),
    ],
)
def test_a_row_of_the_ledger_fills_a_form(
    here: Path, noticegen: Run, template: str, where: str, record: str
) -> None:
    issues = {each["id"]: each for each in campaign.records()}
    forms = [*made(noticegen, template, where).values()]
    assert forms
    for form in forms:
        cells = filled(form)
        issue = issues[cells["台账编号"]]
        labels = CELLS | (OF_ORDERS if template == "supervision-order" else {})
        assert len(cells.keys() & set(labels.values())) >= 6
        for field, label in labels.items():
            told = in_han(issue[field]) if field == "due" else issue[field]
            assert cells.get(label, told) == told
        head = docx.Document(io.BytesIO(form)).paragraphs[1].text
        day = in_han(issue.get(record, "2005-03-20"))
        assert re.fullmatch(rf"编号：\w+〔2005〕{issue['id']}号\t{day}", head)


def test_the_forms_that_are_due_are_those_of_exactly_the_issues_that_the_ledger_says(
    here: Path, noticegen: Run
) -> None:
    orders = made(noticegen, "supervision-order", "overdue(as_of)").values()
    late = {each["id"] for each in overdue("2005-03-20")}
    assert {filled(form)["台账编号"] for form in orders} == late
    assert len(orders) == len(late) == 7

    where = "form_due(as_of) == 'adjustment-proposal'"
    [proposal] = made(noticegen, "adjustment-proposal", where).values()
    said = filled(proposal)
    [first] = [each for each in campaign.records() if each["id"] == "1"]
    assert said["督办经过"] == "2月24日预报，3月5日报告，3月7日督办，3月13日通报批评"
    assert said["整改状态"] == f"{first['status']}，逾期16天"

    numbers = ("--register", "numbers.db")
    circulars = made(noticegen, "criticism-circular", "criticised_on", *numbers)
    criticised = [each for each in campaign.records() if "criticised_on" in each]
    assert len(circulars) == len(criticised) > 0
    said = {text_of(circular) for circular in circulars.values()}
    for each in criticised:
        [text] = [text for text in said if each["issue"] in text]
        days = days_from(each["due"], each["criticised_on"])
        assert f"整改时限为{in_han(each['due'])}" in text
        assert f"至{in_han(each['criticised_on'])}，整改还没有完成，超过时限{days}天" in text


@pytest.mark.parametrize(
    ("seed", "chosen"),
    [
        ("issue-list", lambda each: each["batch"] == "第二批"),
        ("rectification-list", lambda each: each["closed"] == "是"),
        (
            "press-conference-notice",
            lambda each: each["closed"] == "是" and each["batch"] == "第二批",
        ),
        (
            "rectification-plan",
            lambda each: each["batch"] == "第二批" and each["responsible_unit"] == "示例县人民政府",
        ),
    ],
)
def test_a_list_has_the_issues_of_the_ledger_that_it_is_about(
    seed: str, chosen: Callable[[dict[str, Any]], bool]
) -> None:
    issues = [each for each in campaign.records() if chosen(each)]
    document = demo.document(seed)
    listed = next(rows for rows in tables(document) if rows[0][1:3] == ["问题", "整改措施"])
    assert [(*row[1:3], row[3].split("\n")[0]) for row in listed[1:]] == [
        (each["issue"], each["measure"], each["responsible_unit"]) for each in issues
    ]
    text = text_of(document)
    counts = Counter(each["category"] for each in issues)
    assert re.search(rf"\D{len(issues)}个", text)
    assert all(f"{category}{count}个" in text for category, count in counts.items())


def shut_on(issue: dict[str, Any]) -> list[str]:
    """The day on which an issue was closed, if it was."""
    return [in_han(issue["closed_on"])[5:]] if issue["closed"] == "是" else []


def test_the_ledger_that_goes_out_is_the_ledger_and_its_notice_tells_its_counts() -> None:
    document, issues = demo.document("issue-ledger"), campaign.records()
    late = {each["id"]: days_from(each["due"], "2005-03-20") for each in overdue("2005-03-20")}
    [[_, *table]] = tables(document)
    assert table == [
        [
            each["id"],
            f"{each['source']}\n{each['category']}",
            each["issue"],
            each["measure"],
            f"{each['responsible_unit']}\n{each['leader']}",
            each["owner"],
            in_han(each["due"])[5:],
            f"▲{each['status']}\n逾期{late[each['id']]}天"
            if each["id"] in late
            else "\n".join([each["status"], *shut_on(each)]),
        ]
        for each in issues
    ]

    done = sum(each["status"] in DONE for each in issues)
    shut = sum(each["closed"] == "是" for each in issues)
    text = text_of(document)
    assert f"列入台账的问题共{len(issues)}个" in text
    assert (
        f"截至3月20日，已完成整改的{done}个，完成率为{100 * done / len(issues):.1f}%，"
        f"其中经验收销号的{shut}个"
    ) in text
    assert f"超过整改时限没有完成的{len(late)}个，在附件中标▲" in text
    for field in ("source", "category"):
        for name, count in Counter(each[field] for each in issues).items():
            assert f"{name}{count}个" in text


def test_report_and_ledger_name_the_same_issues_as_overdue() -> None:
    _, [_, *reported] = tables(demo.document("progress-report"))
    [[_, *table]] = tables(demo.document("issue-ledger"))
    marked = {row[0]: re.findall(r"逾期(\d+)天", row[7])[0] for row in table if "▲" in row[7]}
    assert {row[0]: row[4] for row in reported} == marked


@pytest.mark.parametrize(
    "seed",
    [
        "adjustment-proposal",
        "criticism-circular",
        "issue-forecast-form",
        "issue-report-form",
        "supervision-order",
    ],
)
def test_a_form_among_the_seeds_says_of_its_issue_what_the_ledger_says(seed: str) -> None:
    said = read(seed).values
    [issue] = [each for each in campaign.records() if each["id"] == str(said["id"])]
    shared = campaign.COLUMNS.keys() & said.keys() & issue.keys() - {"id", "closed"}
    assert len(shared) >= 8
    assert values_of(seed).keys().isdisjoint(shared)
    assert {field: said[field] for field in shared} == {field: issue[field] for field in shared}


OBJECTS = ("领导班子", "班子成员", "部门", "基层支部")


def test_the_summary_tells_the_counts_of_the_opinions_by_channel_object_and_topic() -> None:
    document = demo.document("opinion-summary")
    said = text_of(document)
    opinions = campaign.records("opinions.yaml")
    entered = [each["issue"] for each in opinions if "issue" in each]
    unsigned = sum("anonymous" not in each for each in opinions)
    assert f"共征求到意见和建议{len(opinions)}条，其中不记名的{unsigned}条" in said
    assert f"列入问题台账的{len(entered)}条，归并为{len(set(entered))}个问题" in said
    for outcome, count in Counter(each["outcome"] for each in opinions).items():
        assert outcome == "列入台账" or f"{outcome}的{count}条" in said

    [_, *by_channel], [_, *by_topic], _ = tables(document)
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
    *_, [_, *listed] = tables(demo.document("opinion-summary"))
    assert listed == [
        [
            each["id"],
            "\n".join(filter(None, (each["channel"], each.get("given_by")))),
            f"{each['object']}\n{each['topic']}",
            each["wording"],
            f"{each['leader']}\n{each['outcome']}"
            + (f"第{each['issue']}号" if "issue" in each else ""),
        ]
        for each in campaign.records("opinions.yaml")
    ]


# --- the study week and the standards ------------------------------------------------------------

SCHEDULES = {"study-week": "市委", "study-week-county": "示例县委", "joint-notice": "市民政局"}
STANDARDS = {"standards-submission": "示例县委", "standards-submission-department": "市民政局"}


def of_unit(file: str, unit: str) -> list[dict[str, Any]]:
    """The records of a *file* that are a unit's."""
    return [each for each in campaign.records(file) if each["unit"] == unit]


@pytest.mark.parametrize(("seed", "unit"), SCHEDULES.items())
def test_a_notice_has_the_sessions_of_its_unit_and_tells_their_days_and_hours(
    seed: str, unit: str
) -> None:
    document, sessions = demo.document(seed), of_unit("schedule.yaml", unit)
    listed = next(rows for rows in tables(document) if rows[0][0] == "日期")
    assert [
        [row[0].partition("\n")[0], *row[1].rjust(11, "0").split("—"), *row[2:]]
        for row in listed[1:]
    ] == [
        [in_han(each["date"])[5:]]
        + [each[field] for field in ("start", "end", "content", "form", "host", "place")]
        for each in sessions
    ]
    days = len({each["date"] for each in sessions})
    hours = sum(float(each["hours"]) for each in sessions)
    assert re.search(rf"共安排{days}天，.*合计{hours:g}学时", text_of(document))


def test_every_session_is_some_notices_and_no_one_leads_two_at_once() -> None:
    sessions = campaign.records("schedule.yaml")
    assert {each["unit"] for each in sessions} == set(SCHEDULES.values())
    assert sessions == [
        each for unit in SCHEDULES.values() for each in of_unit("schedule.yaml", unit)
    ]
    for field in ("host", "place"):
        held = sorted((each[field], each["date"], each["start"], each["end"]) for each in sessions)
        for (who, day, _, end), (other, then, start, _) in pairwise(held):
            assert (who, day) != (other, then) or end <= start


@pytest.mark.parametrize(("seed", "unit"), STANDARDS.items())
def test_a_report_on_standards_sums_up_the_branches_of_its_unit_and_lists_all_its_standards(
    seed: str, unit: str
) -> None:
    document, branches = demo.document(seed), of_unit("branches.yaml", unit)
    *_, [_, *listed, total] = tables(document)
    counts = ("rounds", "present", "expected", "collected", "adopted")
    sums = {field: sum(int(each[field]) for each in branches) for field in counts}
    assert [[*row[1:5], *row[6:]] for row in listed] == [
        [each[field] for field in ("name", *counts)] for each in branches
    ]
    assert [int(cell) for cell in [*total[2:5], *total[6:]]] == [*sums.values()]

    groups = of_unit("standards.yaml", unit)
    text = text_of(document)
    assert f"{len(groups)}类{sum(len(each['texts']) for each in groups)}条" in text
    assert f"讨论{sums['rounds']}场次，应到党员{sums['expected']}人" in text
    for each in groups:
        said = text.partition(each["group"] + "\n")[2].splitlines()
        assert [line.partition(".")[2].strip("。") for line in said[: len(each["texts"])]] == (
            each["texts"]
        )


def test_every_branch_and_standard_is_some_reports() -> None:
    for file in ("branches.yaml", "standards.yaml"):
        assert {each["unit"] for each in campaign.records(file)} == set(STANDARDS.values())


# --- what several documents say of an activity ---------------------------------------------------

TAKEN = {
    "集中学习周": ["study-week", "study-week-county", "joint-notice"],
    "先进性标准要求讨论": ["standards-submission", "standards-submission-department"],
    "整改问题公示": ["issue-list", "rectification-list"],
}


def test_what_is_said_of_an_activity_is_what_several_documents_take_from_it() -> None:
    activities = {each["activity"]: each for each in campaign.records("activities.yaml")}
    assert activities.keys() == TAKEN.keys()
    for activity, seeds in TAKEN.items():
        taken = Counter(
            field
            for found in map(read, seeds)
            for field in activities[activity]
            if found.place((field,)).file.endswith("campaign/activities.yaml")
            and found.values.get(field) == activities[activity][field]
        )
        assert taken.keys() == activities[activity].keys() - {"activity"}
        assert all(count > 1 for count in taken.values())
