"""`noticegen batch` as it is typed: tables, conditions, plans, archives."""

from __future__ import annotations

import datetime
import json
import zipfile
from pathlib import Path

import pytest
from builders import docx_with, folder, image, paragraphs
from offices import TABLE, Batch, documents
from workbooks import sheets, workbook
from workspaces import BODY, COUNTY, NOTE

from generator import open_library
from generator.batch.lock import lock


def test_each_row_of_a_table_becomes_a_document_of_its_unit(batch: Batch) -> None:
    assert batch("note", "rows.csv", "-o", "out") == (
        0,
        "documents made: 3, unchanged: 0, failed: 0\n",
        "",
    )
    assert sorted(documents(Path("out"))) == [
        "示县教〔2005〕2号 关于春季植树的通知.docx",
        "示教〔2005〕1号 关于清运残雪的通知.docx",
        "示教〔2005〕3号 关于防汛的通知.docx",
    ]
    assert batch("note", "rows.csv", "-o", "out") == (
        0,
        "nothing to do (documents that are there: 3)\n",
        "",
    )


KINDS: dict[str, str | bytes] = {
    "rows.xlsx": workbook(
        ["事由", "date_of_issue", "serial"],
        ["清运残雪", datetime.date(2005, 3, 4), 1],
        ["防汛", "2005-03-06", 2],
    ),
    "rows.csv": "\ufeff事由,date_of_issue,serial\n清运残雪,2005-03-04,1\n防汛,2005-03-06,2\n",
    "gb18030.csv": "事由,date_of_issue,serial\n清运残雪,2005-03-04,1\n防汛,2005-03-06,2\n".encode(
        "gb18030"
    ),
    "rows.jsonl": '{"事由": "清运残雪", "date_of_issue": "2005-03-04", "serial": 1}\n'
    '{"事由": "防汛", "date_of_issue": "2005-03-06", "serial": "2"}\n',
    "rows.yaml": "- {事由: 清运残雪, date_of_issue: 2005-03-04, serial: 1}\n"
    "- {事由: 防汛, date_of_issue: 2005-03-06, serial: 2}\n",
}
"""The same table in every form that rows may have."""


@pytest.mark.parametrize("name", KINDS)
def test_a_table_of_every_kind_makes_the_same_documents(batch: Batch, name: str) -> None:
    library = open_library("templates", keep=False)
    folder(Path(), {name: KINDS[name]})
    assert batch("note", name, "--unit", "city", "-o", "out")[::2] == (0, "")
    for serial, (topic, date) in enumerate([("清运残雪", "2005-03-04"), ("防汛", "2005-03-06")], 1):
        values = {"topic": topic, "date_of_issue": date, "serial": serial}
        document = Path(f"out/示教〔2005〕{serial}号 关于{topic}的通知.docx")
        assert document.read_bytes() == library.template("note", "city").render(values)


TOPICS = "id,topic,date_of_issue\n1,清运残雪,2005-03-04\n2,防汛,2005-03-06\n"


def test_a_row_takes_from_a_record_what_neither_it_nor_what_is_common_says(batch: Batch) -> None:
    rows = "- {from: {file: topics.csv, where: id == 1}, serial: 1}\n"
    rows += "- {from: {file: topics.csv, where: id == 2}, serial: 2, topic: 抗旱}\n"
    folder(Path(), {"topics.csv": TOPICS, "rows.yaml": rows})
    assert batch("note", "rows.yaml", "--unit", "city", "-o", "out")[::2] == (0, "")
    folder(Path(), {"more.csv": "serial\n3\n", "common.yaml": "unit: city\ntopic: 植树\n"})
    with Path("common.yaml").open("a", encoding="utf-8") as common:
        common.write("from: {file: topics.csv, where: id == 2}\n")
    more = ("--common", "common.yaml", "-o", "out")
    assert batch("note", "more.csv", *more)[::2] == (0, "")
    assert sorted(documents(Path("out"))) == [
        "示教〔2005〕1号 关于清运残雪的通知.docx",
        "示教〔2005〕2号 关于抗旱的通知.docx",
        "示教〔2005〕3号 关于植树的通知.docx",
    ]


def test_a_bad_cell_of_a_workbook_is_told_by_its_name(batch: Batch) -> None:
    bad = workbook(["事由", "成文日期", "serial"], ["防汛", "2005-02-30", 1], sheet="三 月")
    folder(Path(), {"rows.xlsx": bad})
    assert batch("note", "rows.xlsx", "--unit", "city", "-o", "out")[2] == (
        "rows.xlsx: '三 月'!B2: D104 the date “2005-02-30” does not exist"
        " (that month has 28 days)\n"
    )


def test_a_bad_row_is_told_at_its_cell_and_stops_the_batch_unless_it_may_go_on(
    batch: Batch,
) -> None:
    folder(Path(), {"rows.csv": TABLE.replace("2005-03-05", "2005-02-30")})
    problem = "rows.csv:3:6: D104 the date “2005-02-30” does not exist (that month has 28 days)\n"
    assert batch("note", "rows.csv", "-o", "out") == (
        1,
        "nothing was written (rows with errors: 1; --keep-going makes the others)\n",
        problem,
    )
    assert documents(Path("out")) == {}
    assert batch("note", "rows.csv", "-o", "out", "--keep-going") == (
        1,
        "documents made: 2, unchanged: 0, failed: 1\n",
        problem,
    )
    assert len(documents(Path("out"))) == 2


def test_a_batch_of_no_rows_says_so(batch: Batch) -> None:
    said = "there is no row: the table has none, or the condition chooses none\n"
    assert batch("note", "rows.csv", "-o", "out", "--where", "serial > 3") == (0, said, "")
    folder(Path(), {"rows.csv": "topic,serial\n"})
    assert batch("note", "rows.csv", "--check-only") == (0, said, "")


def test_a_batch_that_goes_on_past_bad_rows_is_not_told_to_go_on(batch: Batch) -> None:
    assert batch("note", "rows.csv", "-o", "out", "--set", "date_of_issue=x", "--keep-going")[
        1
    ] == ("nothing was written (rows with errors: 3)\n")


def test_rows_can_be_checked_only(batch: Batch) -> None:
    assert batch("note", "rows.csv", "--check-only") == (0, "no problems (rows checked: 3)\n", "")
    folder(Path(), {"rows.csv": TABLE.replace("2005-03-05", "")})
    assert batch("note", "rows.csv", "-o", "out", "--check-only") == (
        1,
        "rows with errors: 1\n",
        "rows.csv:3:6: D102 “成文日期” is empty (fill it in)\n",
    )
    assert not Path("out").exists()


def test_a_template_that_no_unit_has_is_told_once_before_any_row(batch: Batch) -> None:
    assert batch("nots", "rows.csv", "-o", "out") == (
        1,
        "",
        "B001 there is no template “nots” (did you mean “note”?)\n",
    )
    assert not Path("out").exists()


def test_rows_may_ask_for_a_template_that_only_their_unit_has(batch: Batch) -> None:
    own = {"own/template.yaml": NOTE, "own/body.md": BODY}
    folder(Path("templates/units/county"), own)
    folder(Path(), {"rows.csv": "topic,成文日期,serial,unit\n春季植树,2005-03-05,2,county\n"})
    assert batch("own", "rows.csv", "-o", "out")[0] == 0
    assert list(documents(Path("out"))) == ["示县教〔2005〕2号 关于春季植树的通知.docx"]


def test_what_all_rows_share_stands_in_one_file_and_a_row_goes_before_it(batch: Batch) -> None:
    common = "unit: city\ndate_of_issue: 2005-03-01\ntopic: 学习\n"
    folder(Path(), {"rows.csv": "事由,serial\n,1\n植树,2\n", "common.yaml": common})
    assert batch("note", "rows.csv", "-o", "out", "--common", "common.yaml")[0] == 0
    assert sorted(documents(Path("out"))) == [
        "示教〔2005〕1号 关于学习的通知.docx",
        "示教〔2005〕2号 关于植树的通知.docx",
    ]
    folder(Path(), {"common.yaml": common.replace("2005-03-01", "2005-03-41")})
    assert batch("note", "rows.csv", "-o", "other", "--common", "common.yaml") == (
        1,
        "nothing was written (rows with errors: 2; --keep-going makes the others)\n",
        "common.yaml:2:16: D104 the date “2005-03-41” does not exist (that month has 31 days)\n",
    )


def test_a_condition_chooses_rows_and_names_come_from_set(batch: Batch) -> None:
    code, out, _ = batch(
        *("note", "rows.csv", "-o", "out", "--set", "as_of=2005-03-05", "--set", "tag=甲"),
        *(
            "--where",
            "date_of_issue <= as_of and unit == 'city'",
            "--name",
            "{{ tag }}{{ serial }}",
        ),
    )
    assert (code, out) == (0, "documents made: 1, unchanged: 0, failed: 0\n")
    assert list(documents(Path("out"))) == ["甲1.docx"]
    assert batch("note", "rows.csv", "-o", "out", "--where", "seriall > 1", "--unit", "city") == (
        1,
        "",
        "--where: Y021 the condition asks for “seriall”, which no row has"
        " (did you mean “serial”?)\n",
    )


FAULTY = """topic,date_of_issue,serial,unit
清运残雪,2005-03-04,1,city
春季植树,,二,nowhere
防汛,2005-02-30,3,city
"""


def test_a_row_that_is_not_chosen_may_be_faulty(batch: Batch) -> None:
    folder(Path(), {"rows.csv": FAULTY})
    assert batch("note", "rows.csv", "-o", "out", "--where", "topic == '清运残雪'") == (
        0,
        "documents made: 1, unchanged: 0, failed: 0\n",
        "",
    )


def test_a_fault_in_what_the_condition_reads_is_told_alone_and_a_chosen_row_must_be_right(
    batch: Batch,
) -> None:
    folder(Path(), {"rows.csv": FAULTY})
    assert batch("note", "rows.csv", "-o", "out", "--where", "serial < 3") == (
        1,
        "nothing was written (rows with errors: 1; --keep-going makes the others)\n",
        "rows.csv:3:7: D103 “二” is not a whole number (write digits only, such as 50)\n",
    )
    assert batch("note", "rows.csv", "-o", "out", "--where", "topic == '防汛'") == (
        1,
        "nothing was written (rows with errors: 1; --keep-going makes the others)\n",
        "rows.csv:4:4: D104 the date “2005-02-30” does not exist (that month has 28 days)\n",
    )


@pytest.mark.parametrize(
    ("condition", "settings"),
    [
        ("date_of_issue >= after", ["--set", "after=2005-3-5"]),
        ("成文日期 >= after", ["--set", "after=2005年3月5日"]),
        ("date_of_issue >= '2005-03-05'", []),
    ],
)
def test_dates_of_rows_are_compared_as_dates(
    batch: Batch, condition: str, settings: list[str]
) -> None:
    batch("note", "rows.csv", "-o", "out", "--where", condition, *settings)
    assert sorted(documents(Path("out"))) == [
        "示县教〔2005〕2号 关于春季植树的通知.docx",
        "示教〔2005〕3号 关于防汛的通知.docx",
    ]


def test_columns_that_tables_have_for_themselves_are_not_guessed_and_may_be_left_out(
    batch: Batch,
) -> None:
    rows = "序号,事由,成文日期,发文顺序号,备注\n1,清运残雪,2005-03-04,7,甲\n"
    folder(Path(), {"rows.csv": rows})
    row = ("note", "rows.csv", "--unit", "city", "-o", "out")
    assert batch(*row)[2] == (
        "rows.csv:1:1: D101 unknown key “序号” (--ignore 序号 leaves this column out)\n"
        "rows.csv:1:18: D101 unknown key “备注” (--ignore 备注 leaves this column out)\n"
    )
    assert batch(*row, "--ignore", "序号", "--ignore", "备注")[0] == 0
    assert list(documents(Path("out"))) == ["示教〔2005〕7号 关于清运残雪的通知.docx"]


def test_advice_for_a_table_names_columns_and_options(batch: Batch) -> None:
    folder(Path(), {"rows.csv": "事由,主送机关\n清运残雪,某局\n"})
    assert batch("note", "rows.csv", "--unit", "city", "-o", "out", "--set", "cc=甲")[2] == (
        "--set cc: D103 “抄送机关” needs a list, but text stands here"
        " (the command line gives one value: write this in a YAML file)\n"
        "rows.csv:1:1: D102 “成文日期” is missing"
        " (add a column “成文日期”, or give it to all rows: --common, --set)\n"
        "rows.csv:1:1: D102 “发文顺序号” is missing (add a column “发文顺序号”, or give it to all"
        " rows: --common, --set; or let --register give it)\n"
        "rows.csv:2:6: D103 “主送机关” needs a list, but text stands here (a cell is one value: a"
        " list stands in another table (--join), or for all rows in a YAML file (--common))\n"
    )


def test_a_name_that_nobody_gives_is_asked_for_once(batch: Batch) -> None:
    fields = "    as_of: {title: 截至日期, type: string, format: date}\n"
    folder(Path("templates"), {"note/template.yaml": NOTE + fields})
    for condition in ("date_of_issue < as_of", "date_of_issue|days_until(as_of) > 3"):
        assert batch("note", "rows.csv", "-o", "out", "--where", condition)[2] == (
            "--where: Y021 the condition asks for “as_of”, which no column and nobody gives"
            " (give it: --set as_of=…)\n"
        )


def test_a_literal_that_is_nearly_a_date_is_told_once(batch: Batch) -> None:
    condition = "date_of_issue >= '2005-3-5'"
    assert batch("note", "rows.csv", "-o", "out", "--where", condition)[2] == (
        "--where: D104 the date “2005-3-5” is not in the form 2005-03-09 (write 2005-03-05)\n"
    )


def test_the_place_of_a_row_in_its_table_counts_whether_it_is_chosen_or_not(batch: Batch) -> None:
    batch("note", "rows.csv", "-o", "out", "--where", "serial > 1", "--name", "{{ row.number }}")
    assert sorted(documents(Path("out"))) == ["2.docx", "3.docx"]


def test_a_second_table_fills_a_list_of_each_row(batch: Batch) -> None:
    letter = docx_with("{{ 单位 }}：", "{% for 人 in 名单 %}", "{{ 人.姓名 }}", "{% endfor %}")
    people = "单位,姓名\n甲,张某\n乙,李某\n甲,王某\n"
    folder(Path(), {"rows.csv": "单位\n甲\n乙\n", "people.csv": people, "letter.docx": letter})
    code, _, err = batch("letter.docx", "rows.csv", "-o", "out", "--join", "名单=people.csv:单位")
    assert (code, err) == (0, "")
    assert paragraphs(Path("out/letter-1.docx").read_bytes()) == ["甲：", "张某", "王某"]
    assert paragraphs(Path("out/letter-2.docx").read_bytes()) == ["乙：", "李某"]


def test_rows_and_their_lists_stand_in_sheets_of_one_workbook(batch: Batch) -> None:
    letter = docx_with(
        "{{ 单位 }}{{ 编号 }}，{{ 日期 }}：",
        "{% for 人 in 名单 %}",
        "{{ 人.姓名 }}",
        "{% endfor %}",
    )
    ledger = {
        "三月": [("单位", "编号", "日期"), ("甲", 7, datetime.date(2005, 3, 4)), ("乙", 8.5, None)],
        "人员": [("单位", "姓名"), ("甲", "张某"), ("乙", "李某"), ("甲", "王某")],
    }
    folder(Path(), {"ledger.xlsx": sheets(ledger), "letter.docx": letter})
    options = ("--sheet", "三月", "--join", "名单=人员:单位")
    assert batch("letter.docx", "ledger.xlsx", "-o", "out", *options)[::2] == (0, "")
    assert paragraphs(Path("out/letter-1.docx").read_bytes()) == [
        *("甲7，2005-03-04：", "张某", "王某")
    ]
    assert paragraphs(Path("out/letter-2.docx").read_bytes()) == ["乙8.5，：", "李某"]


def test_error_cells_of_a_workbook_are_told_at_their_place(batch: Batch) -> None:
    rows = (
        ("事由", "成文日期", "serial"),
        ("植树", datetime.date(2005, 3, 5), 1),
        ("#N/A", "#REF!", 2),
    )
    folder(Path(), {"rows.xlsx": workbook(*rows)})
    assert batch("note", "rows.xlsx", "-o", "out", "--unit", "city") == (
        1,
        "nothing was written (rows with errors: 1; --keep-going makes the others)\n",
        "rows.xlsx: 问题!A3: Y016 the formula of this cell has no value: #N/A"
        " (correct the formula, or write the value)\n"
        "rows.xlsx: 问题!B3: Y016 the formula of this cell has no value: #REF!"
        " (correct the formula, or write the value)\n",
    )


def test_one_archive_is_the_same_every_time_and_never_replaced_unasked(batch: Batch) -> None:
    assert batch("note", "rows.csv", "--zip", "one.zip")[:2] == (
        0,
        "documents made: 3, unchanged: 0, failed: 0\n",
    )
    batch("note", "rows.csv", "--zip", "two.zip")
    batch("note", "rows.csv", "-o", "out")
    assert Path("one.zip").read_bytes() == Path("two.zip").read_bytes()
    with zipfile.ZipFile("one.zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            path.name: path.read_bytes() for path in Path("out").glob("*.docx")
        }
    assert batch("note", "rows.csv", "--zip", "one.zip")[2] == (
        "one.zip: B022 the file exists already (choose another name, or replace it with --force)\n"
    )


def test_what_is_in_the_way_of_an_archive_is_told_by_its_name(batch: Batch) -> None:
    folder(Path(), {"file": "", ".one.zip.noticegen/.noticegen/journal.sqlite": ""})
    assert batch("note", "rows.csv", "--zip", "file/one.zip")[2].startswith(
        f"{Path('file/one.zip')}: B023 the file cannot be written: "
    )
    with lock(Path(".one.zip.noticegen/.noticegen/lock"), ""):
        assert batch("note", "rows.csv", "--zip", "one.zip")[2].startswith(
            "one.zip: B104 another batch is writing here: process "
        )


def test_an_archive_with_a_bad_row_does_not_appear(batch: Batch) -> None:
    folder(Path(), {"rows.csv": TABLE.replace("2005-03-05", "2005-02-30")})
    assert batch("note", "rows.csv", "--zip", "one.zip")[0] == 1
    assert sorted(path.name for path in Path().iterdir()) == ["kept", "rows.csv", "templates"]


def test_a_plan_makes_several_templates_for_rows_and_units(batch: Batch) -> None:
    plan = """
batches:
- template: note
  rows: {file: rows.csv, where: serial >= least}
  set: {least: 3}
- template: note
  units: [city, county]
  common: ../common.yaml
  name: "{{ unit.slug }} {{ topic }}"
"""
    common = "date_of_issue: 2005-03-01\ntopic: 学习\nserial: 9\n"
    folder(Path(), {"plans/plan.yaml": plan, "plans/rows.csv": TABLE, "common.yaml": common})
    assert batch("plans/plan.yaml", "-o", "out")[:2] == (
        0,
        "documents made: 3, unchanged: 0, failed: 0\n",
    )
    assert sorted(documents(Path("out"))) == [
        "city 学习.docx",
        "county 学习.docx",
        "示教〔2005〕3号 关于防汛的通知.docx",
    ]


def test_a_plan_without_rows_and_units_is_a_problem_at_its_place(batch: Batch) -> None:
    folder(Path(), {"plan.yaml": "batches:\n- template: note\n"})
    assert batch("plan.yaml", "-o", "out") == (
        1,
        "",
        "plan.yaml:2:3: B109 the batch has neither rows nor units"
        " (add “rows: …”, or “units: …” for one document each)\n",
    )


def test_all_that_is_wrong_with_a_plan_is_told_at_its_places(batch: Batch) -> None:
    plan = """
batches:
- template: nots
  rows: {file: rows.csv}
- template: note
  units: [city, town, couty]
- template: note
  rows: {file: rows.csv, where: seriall > 1}
- template: note
  rows: {file: rows.csv}
  name: "{{ title"
"""
    folder(Path(), {"plan.yaml": plan})
    assert batch("plan.yaml", "-o", "out", "--unit", "city") == (
        1,
        "",
        "plan.yaml:3:13: B001 there is no template “nots” (did you mean “note”?)\n"
        "plan.yaml:6:17: B001 there is no unit “town” (there are: city, county)\n"
        "plan.yaml:6:23: B001 there is no unit “couty” (did you mean “county”?)\n"
        "plan.yaml:8:33: Y021 the condition asks for “seriall”, which no row has"
        " (did you mean “serial”?)\n"
        "plan.yaml:11:9: T018 Jinja cannot read this: unexpected end of template, expected"
        " 'end of print statement'. (correct what stands between the braces)\n",
    )
    assert not Path("out").exists()


def test_json_is_one_line_for_each_row(batch: Batch) -> None:
    folder(Path(), {"rows.csv": TABLE.replace("2005-03-05", "2005-02-30")})
    code, out, err = batch("note", "rows.csv", "-o", "out", "--keep-going", "--format", "json")
    failed, *made = [json.loads(line) for line in out.splitlines()]
    assert (code, err) == (1, "")
    assert [(failed["row"], failed["spot"], failed["state"])] == [(2, "3:1", "failed")]
    assert [problem["code"] for problem in failed["problems"]] == ["D104"]
    assert made[0] == {
        "row": 1,
        "file": "rows.csv",
        "spot": "2:1",
        "state": "made",
        "path": str(Path("out/示教〔2005〕1号 关于清运残雪的通知.docx")),
        "name": "示教〔2005〕1号 关于清运残雪的通知.docx",
        "title": "关于清运残雪的通知",
        "number": "示教〔2005〕1号",
        "problems": [],
    }
    code, out, _ = batch("note", "none.csv", "-o", "out", "--format", "json")
    assert (code, [problem["code"] for problem in json.loads(out)["problems"]]) == (1, ["B003"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["note", "rows.csv"], "Invalid value for -o: name a folder, or an archive with --zip"),
        *(
            (
                ["note", "rows.csv", "-o", folder],
                "Invalid value for -o: name a folder, or an archive with --zip",
            )
            for folder in ("", "out.docx", "out.ZIP")
        ),
        (
            ["note", "rows.csv", "--zip", "out"],
            "Invalid value for --zip: an archive is written as .zip",
        ),
        (["note", "-o", "out"], "Invalid value for ROWS: name a table, or a plan file alone"),
        (
            ["plan.yaml", "-o", "out", "--where", "a"],
            "Invalid value for PLAN: a plan says this itself, for each of its batches",
        ),
        (
            ["note", "rows.csv", "-o", "out", "--join", "a"],
            "Invalid value for --join: “a” is not list=table:column",
        ),
    ],
)
def test_wrong_usage_is_told(batch: Batch, arguments: list[str], said: str) -> None:
    code, _, err = batch(*arguments)
    assert (code, err.splitlines()[-1]) == (2, f"Error: {said}")


def test_a_fault_of_the_unit_is_told_once_and_not_for_each_row(batch: Batch) -> None:
    settings = Path("templates/units/county/unit.yaml")
    settings.write_text(COUNTY.replace("kind: 部门\n", ""), encoding="utf-8")
    rows = "topic,date_of_issue,serial\n" + "".join(f"甲,2005-03-04,{n}\n" for n in range(1, 40))
    folder(Path(), {"rows.csv": rows})
    code, _, err = batch("note", "rows.csv", "-o", "out", "--unit", "county")
    assert code == 1
    assert err.count("\n") == 1


def test_a_value_that_a_tag_fails_on_is_told_at_its_cell(batch: Batch) -> None:
    letter = docx_with("{{ 日期 | date }}", "{{ 姓名 }}")
    folder(Path(), {"letter.docx": letter, "list.csv": "日期,号\n2005-03-01,1\n2005-02-30,2\n"})
    missing = (
        "letter.docx: body ¶2 “{{{{ 姓名 }}}}”: T401 the template asks for “姓名”,"
        " which is not there"
        " (values from list.csv:{place}; give the value, or write"
        " “{{% if … is defined %}}” around the tag)"
    )
    code, _, err = batch("letter.docx", "list.csv", "-o", "out")
    assert (code, err.splitlines()) == (
        1,
        [
            missing.format(place="2:1"),
            "letter.docx: body ¶1 “{{ 日期 | date }}”: T404 a value does not fit its tag:"
            " the date “2005-02-30” does not exist (values from list.csv:3:1)",
            missing.format(place="3:1"),
        ],
    )


def test_a_picture_that_changed_makes_the_rows_anew_that_name_it(batch: Batch) -> None:
    letter = docx_with("{{ 单位 }}", "{{ 照片 | picture(width='2cm') }}")
    rows = "单位,照片\n甲,a.png\n乙,b.png\n"
    folder(Path(), {"letter.docx": letter, "rows.csv": rows, "a.png": image(), "b.png": image()})
    assert batch("letter.docx", "rows.csv", "-o", "out")[0] == 0
    folder(Path(), {"b.png": image(color=9)})
    assert batch("letter.docx", "rows.csv", "-o", "out") == (
        0,
        "documents made: 1, unchanged: 1, failed: 0\n",
        "",
    )
    with zipfile.ZipFile("out/letter-2.docx") as document:
        assert document.read("word/media/value1.png") == image(color=9)
