"""Lists of an input that stand in tables, and the rows that are chosen from them."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import docx_with, folder, paragraphs
from workbooks import sheets, workbook

from generator import Library, NoticeError, open_library
from generator.inputs import make_document, read_input

TEMPLATE = """\
title: 整改问题清单
schema:
  required: [issues]
  properties:
    issues:
      title: 问题
      type: array
      minItems: 1
      items:
        type: object
        required: [issue, due]
        properties:
          issue: {title: 事项, type: string}
          due: {title: 时限, type: string, format: date}
          days: {title: 天数, type: integer}
          status: {title: 状态, type: string}
          steps:
            title: 步骤
            type: array
            items: {type: object, properties: {step: {title: 措施, type: string}}}
          contact: {title: 联系人, type: object, properties: {phone: {title: 电话, type: string}}}
    towns: {title: 乡镇, type: array, items: {type: string}}
"""
BODY = "{% for row in issues %}\n\n{{ row.issue }}\n\n{% endfor %}\n"
LEDGER = workbook(
    ["事项", "时限", "状态", "天数", "联系人.电话"],
    ["补种行道树", "2005-03-14", "整改中", 10, "0000-1"],
    ["清运残雪", "2005-03-20", "已完成", 3, None],
    ["修补路面", "2005-03-25", "整改中", 30, None],
)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    space = folder(
        tmp_path / "space",
        {
            "list/template.yaml": TEMPLATE + "layout: plain\n",
            "list/body.md": BODY,
            "units/city/unit.yaml": "name: 示例市教育局\nkind: 部门\ncode: 示教\n",
            "shared.csv": "issue,due\n在工作区里,2005-03-14\n",
        },
    )
    folder(tmp_path, {"ledger.xlsx": LEDGER})
    return open_library(space, keep=False)


def issues(library: Library, tmp_path: Path, table: str, **settings: str) -> list[object]:
    text = f"template: list\nunit: city\ndate_of_issue: 2005-03-04\nissues: {table}\n"
    found = read_input(text.encode(), str(tmp_path / "in.yaml"), library, settings=settings)
    return list(found.values["issues"])


def faults(library: Library, tmp_path: Path, table: str, **settings: str) -> list[str]:
    with pytest.raises(NoticeError) as error:
        issues(library, tmp_path, table, **settings)
    return [line.removeprefix(f"{tmp_path}/") for line in str(error.value).splitlines()]


# --- tables --------------------------------------------------------------------------------------


def test_a_list_may_stand_in_a_table_beside_the_input(library: Library, tmp_path: Path) -> None:
    assert issues(library, tmp_path, "{file: ledger.xlsx}")[:2] == [
        {
            "issue": "补种行道树",
            "due": "2005-03-14",
            "status": "整改中",
            "days": 10,
            "steps": None,
            "contact": {"phone": "0000-1"},
        },
        {
            "issue": "清运残雪",
            "due": "2005-03-20",
            "status": "已完成",
            "days": 3,
            "steps": None,
            "contact": None,
        },
    ]


def test_a_table_is_named_in_english_or_chinese(library: Library, tmp_path: Path) -> None:
    english = issues(library, tmp_path, "{file: ledger.xlsx, sheet: 问题, where: days > 5}")
    assert issues(library, tmp_path, "{文件: ledger.xlsx, 工作表: 问题, 条件: 天数 > 5}") == english


def test_a_table_may_lie_in_a_workspace(library: Library, tmp_path: Path) -> None:
    (row,) = issues(library, tmp_path, "{file: shared.csv}")
    assert isinstance(row, dict)
    assert row["issue"] == "在工作区里"


def test_a_template_without_a_schema_takes_tables_too(tmp_path: Path) -> None:
    body = docx_with("{% for row in 问题 %}{{ row.事项 }}；{% endfor %}")
    folder(tmp_path, {"letter.docx": body, "ledger.xlsx": LEDGER})
    text = "template: letter.docx\n问题: {file: ledger.xlsx, where: 天数 > 5}\n"
    made, problems = make_document(
        text.encode(), str(tmp_path / "in.yaml"), open_library(keep=False)
    )
    assert problems == []
    assert made is not None
    assert paragraphs(made.document.data) == ["补种行道树；修补路面；"]


def test_what_is_wrong_in_a_table_is_told_at_its_cells(library: Library, tmp_path: Path) -> None:
    wrong = workbook(
        ["事项", "限时", "天数"], ["甲", "2005-03-14", "三"], [None, "2005-03-14", "#N/A"]
    )
    folder(tmp_path, {"wrong.xlsx": wrong})
    assert faults(library, tmp_path, "{file: wrong.xlsx}") == [
        "wrong.xlsx: 问题!C3: Y016 the formula of this cell has no value: #N/A"
        " (correct the formula, or write the value)",
        "wrong.xlsx: 问题!B1: D101 unknown key “限时” (did you mean “时限”?)",
        "wrong.xlsx: 问题!C2: D103 “三” is not a whole number (write digits only, such as 50)",
        "wrong.xlsx: 问题!A1: D102 “时限” is missing (add a column “时限”)",
        "wrong.xlsx: 问题!A3: D102 “事项” is empty (fill it in)",
    ]


def test_what_is_wrong_with_a_table_is_told_where_it_is_named(
    library: Library, tmp_path: Path
) -> None:
    assert faults(library, tmp_path, "{file: ledger.xlsx, sheets: 问题}") == [
        "in.yaml:4:29: D101 unknown key “sheets” (did you mean “sheet”?)"
    ]
    (missing,) = faults(library, tmp_path, "{file: ledgr.xlsx}")
    assert missing.startswith("in.yaml:4:16: Y013 there is no file “ledgr.xlsx” in: ")
    assert faults(library, tmp_path, "{file: ledger.xlsx, sheet: 台账}") == [
        "ledger.xlsx: Y019 there is no sheet “台账” (there are: 问题)"
    ]


@pytest.mark.parametrize("path", ["../ledger.xlsx", "/etc/passwd", "a/../../ledger.xlsx"])
def test_no_table_lies_outside_the_folders(library: Library, tmp_path: Path, path: str) -> None:
    assert faults(library, tmp_path, f"{{file: {path}}}") == [
        f"in.yaml:4:16: Y013 the path “{path}” leaves its folder"
    ]


def test_keys_that_are_no_table_stay_what_they_are(library: Library, tmp_path: Path) -> None:
    assert faults(library, tmp_path, "{path: ledger.xlsx}") == [
        "in.yaml:4:9: D103 “问题” needs a list, but keys and values stands here"
    ]


# --- lists within rows ---------------------------------------------------------------------------

STEPS = "事项,措施\n补种行道树,挖坑\n修补路面,备料\n补种行道树,浇水\n"


def test_a_list_within_rows_stands_in_a_table_of_its_own(library: Library, tmp_path: Path) -> None:
    folder(tmp_path, {"steps.csv": STEPS})
    rows = issues(
        library,
        tmp_path,
        "{file: ledger.xlsx, lists: {steps: {file: steps.csv, on: issue}}, where: steps}",
    )
    assert [(row["issue"], row["steps"]) for row in rows] == [  # type: ignore[index]
        ("补种行道树", [{"step": "挖坑"}, {"step": "浇水"}]),
        ("修补路面", [{"step": "备料"}]),
    ]


def test_both_tables_may_be_sheets_of_one_workbook(library: Library, tmp_path: Path) -> None:
    heads, row = ["事项", "时限"], ["甲", "2005-03-14"]
    book = sheets({"问题": [heads, row], "步骤": [["事项", "措施"], ["甲", "挖坑"]]})
    folder(tmp_path, {"book.xlsx": book})
    table = "{文件: book.xlsx, 子表: {步骤: {工作表: 步骤, 对应列: 事项}}}"
    (found,) = issues(library, tmp_path, table)
    assert isinstance(found, dict)
    assert found["steps"] == [{"step": "挖坑"}]


def test_no_row_of_the_second_table_is_lost(library: Library, tmp_path: Path) -> None:
    folder(tmp_path, {"steps.csv": STEPS + "补种行道,施肥\n,割草\n"})
    table = "{file: ledger.xlsx, lists: {steps: {file: steps.csv, on: 事项}}}"
    assert faults(library, tmp_path, table) == [
        "steps.csv:5:1: Y023 no row of the other table has the 事项 “补种行道”"
        " (correct it, or delete this row)",
        "steps.csv:6:1: Y023 “事项” is empty (rows are joined by it)",
    ]


def test_a_fault_in_the_second_table_is_told_at_its_cell(library: Library, tmp_path: Path) -> None:
    folder(tmp_path, {"steps.csv": "事项,做法\n补种行道树,挖坑\n"})
    table = "{file: ledger.xlsx, lists: {steps: {file: steps.csv, on: 事项}}}"
    assert faults(library, tmp_path, table) == [
        "steps.csv:1:4: D101 unknown key “做法” (keys here: 措施)"
    ]


def test_only_a_list_can_be_joined_to_rows(library: Library, tmp_path: Path) -> None:
    table = "{file: ledger.xlsx, lists: {step: {file: steps.csv, on: 事项}}}"
    assert faults(library, tmp_path, table) == [
        "in.yaml:4:37: Y024 no row has a list “step” (there are: steps)"
    ]


# --- conditions ----------------------------------------------------------------------------------


def chosen(library: Library, tmp_path: Path, condition: str, **settings: str) -> list[str]:
    rows = issues(library, tmp_path, f"{{file: ledger.xlsx, where: '{condition}'}}", **settings)
    return [row["issue"] for row in rows]  # type: ignore[index]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ('status == "整改中"', ["补种行道树", "修补路面"]),
        ('状态 == "整改中" and 时限 < "2005-03-20"', ["补种行道树"]),
        ("days >= 10", ["补种行道树", "修补路面"]),
        ("contact", ["补种行道树"]),
        ("row.number > 1 and row.days > 5", ["修补路面"]),
    ],
)
def test_a_condition_sees_the_typed_fields_of_a_row(
    library: Library, tmp_path: Path, condition: str, expected: list[str]
) -> None:
    assert chosen(library, tmp_path, condition) == expected


def test_a_list_of_which_no_row_is_chosen_is_as_short_as_it_may_not_be(
    library: Library, tmp_path: Path
) -> None:
    assert faults(library, tmp_path, "{file: ledger.xlsx, where: days > 99}") == [
        "in.yaml:4:9: D108 “问题” has 0 item(s) (at least 1)"
    ]


def test_a_name_of_a_field_may_be_given_to_a_condition_too(
    library: Library, tmp_path: Path
) -> None:
    found = chosen(library, tmp_path, "due < date_of_issue", date_of_issue="2005-03-15")
    assert found == ["补种行道树"]


def test_a_name_is_given_to_a_condition(library: Library, tmp_path: Path) -> None:
    condition = 'status == "整改中" and due < as_of and days < most'
    assert chosen(library, tmp_path, condition, as_of="2005-03-26", most="20") == ["补种行道树"]


def test_a_given_name_that_no_condition_asks_for_is_a_problem(
    library: Library, tmp_path: Path
) -> None:
    assert faults(
        library, tmp_path, "{file: ledger.xlsx, where: days > 5}", as_off="2005-03-20"
    ) == [
        "--set as_off: D101 unknown key “as_off”"
        " (keys here: 成文日期、联合行文机关、主送机关、附注、加盖印章、问题、乡镇)"
    ]


def test_a_condition_that_asks_for_what_is_not_there_is_a_problem(
    library: Library, tmp_path: Path
) -> None:
    assert faults(library, tmp_path, "{file: ledger.xlsx, where: due < as_of and stats}") == [
        "in.yaml:4:36: Y021 the condition asks for “as_of”, which no row has (there are: contact、"
        "days、due、issue、status、steps、事项、天数、时限、步骤、状态、联系人; others are given"
        " by --set as_of=…)",
        "in.yaml:4:36: Y021 the condition asks for “stats”, which no row has"
        " (did you mean “status”?)",
    ]


@pytest.mark.parametrize("condition", ["days >", "a }} b", "days | nothing", " "])
def test_a_condition_that_cannot_be_read_is_a_problem(
    library: Library, tmp_path: Path, condition: str
) -> None:
    (problem,) = faults(library, tmp_path, f'{{file: ledger.xlsx, where: "{condition}"}}')
    assert problem.startswith("in.yaml:4:36: Y021 ")


def test_an_empty_field_in_a_comparison_is_told_at_its_row(
    library: Library, tmp_path: Path
) -> None:
    folder(tmp_path, {"rows.csv": "issue,due,days\n甲,2005-03-14,3\n乙,2005-03-14,\n"})
    assert faults(library, tmp_path, "{file: rows.csv, where: days > 1}") == [
        "rows.csv:3:1: Y022 the condition compares “days”, which is empty here"
        " (fill it in, or write “days and …” before the comparison)"
    ]


def test_a_number_that_is_compared_with_a_text_is_told_at_its_row(
    library: Library, tmp_path: Path
) -> None:
    folder(tmp_path, {"rows.csv": "issue,due,days\n甲,2005-03-14,3\n"})
    assert faults(library, tmp_path, "{file: rows.csv, where: days > '1'}") == [
        "rows.csv:2:1: Y022 the condition compares values of two kinds, such as 3 and “3”"
        " (put texts and dates in quotes, numbers in none)"
    ]


def test_a_row_is_judged_by_what_the_condition_reads_whatever_else_is_wrong_with_it(
    library: Library, tmp_path: Path
) -> None:
    folder(tmp_path, {"rows.csv": "issue,due,days\n甲,2005-02-30,#N/A\n乙,2005-03-14,\n"})
    (row,) = issues(library, tmp_path, "{file: rows.csv, where: 'issue == \"乙\"'}")
    assert isinstance(row, dict)
    assert row["issue"] == "乙"


def test_a_fault_in_what_the_condition_reads_is_told_and_so_is_every_one_of_a_chosen_row(
    library: Library, tmp_path: Path
) -> None:
    rows = "issue,due,days\n甲,2005-02-30,三\n乙,2005-03-14,三\n丙,2005-03-01,\n"
    folder(tmp_path, {"rows.csv": rows})
    table = "{file: rows.csv, where: due < '2005-03-15' and issue != '丙'}"
    assert faults(library, tmp_path, table) == [
        "rows.csv:2:3: D104 the date “2005-02-30” does not exist (that month has 28 days)",
        "rows.csv:3:14: D103 “三” is not a whole number (write digits only, such as 50)",
    ]


def test_a_name_without_a_column_that_nobody_gives_is_asked_for_once(
    library: Library, tmp_path: Path
) -> None:
    folder(tmp_path, {"rows.csv": "issue,due\n甲,2005-03-14\n乙,2005-03-15\n"})
    assert faults(library, tmp_path, "{file: rows.csv, where: days > 3}") == [
        "in.yaml:4:33: Y021 the condition asks for “days”, which no column and nobody gives"
        " (give it: --set days=…)"
    ]


# --- dates in conditions -------------------------------------------------------------------------

DATES = "事项,时限\n甲,2005-03-01\n乙,2005/3/8\n丙,2005年3月10日\n丁,2005.10.1\n"


def letters(tmp_path: Path, condition: str, rows: str = DATES, **settings: str) -> list[str]:
    """What a Word template without a schema makes of the chosen rows, or the problems."""
    body = docx_with("{% for row in 问题 %}", "{{ row.事项 }}{{ row.时限 }}", "{% endfor %}")
    folder(tmp_path, {"letter.docx": body, "rows.csv": rows})
    text = f"template: letter.docx\n问题: {{file: rows.csv, where: '{condition}'}}\n"
    made, problems = make_document(
        text.encode(), str(tmp_path / "in.yaml"), open_library(keep=False), settings=settings
    )
    if made is None:
        return [str(problem).removeprefix(f"{tmp_path}/") for problem in problems]
    return paragraphs(made.document.data)


@pytest.mark.parametrize("as_of", ["2005-03-09", "2005-3-9", "2005/03/09", "2005年3月9日"])
def test_dates_are_compared_as_dates_in_whatever_form_a_table_or_the_user_writes_them(
    tmp_path: Path, as_of: str
) -> None:
    assert letters(tmp_path, "时限 < as_of", as_of=as_of) == ["甲2005-03-01", "乙2005/3/8"]
    assert letters(tmp_path, "row.时限 > as_of", as_of=as_of) == ["丙2005年3月10日", "丁2005.10.1"]
    assert letters(tmp_path, "as_of|days_until(时限) == 1", as_of=as_of) == ["丙2005年3月10日"]


@pytest.mark.parametrize(
    ("condition", "as_of", "told"),
    [
        (
            "时限 < as_of",
            "3月9日",
            "--set as_of: D104 “3月9日” is not a date (write year-month-day, such as 2005-03-09)",
        ),
        (
            "时限 < as_of",
            "20050309",
            "--set as_of: D104 “20050309” is not a date (write year-month-day, such as 2005-03-09)",
        ),
        (
            "时限 < as_of",
            "2005-2-30",
            "--set as_of: D104 the date “2005-2-30” does not exist (that month has 28 days)",
        ),
        (
            '时限 < "2005-3-9" and as_of',
            "2005-03-09",
            "in.yaml:2:29: D104 the date “2005-3-9” is not in the form 2005-03-09"
            " (write 2005-03-09)",
        ),
        (
            'as_of and "2005/3/8" == 时限',
            "2005-03-09",
            "in.yaml:2:29: D104 the date “2005/3/8” is not in the form 2005-03-09"
            " (write 2005-03-08)",
        ),
    ],
)
def test_what_is_compared_with_a_date_and_is_none_is_told_where_it_stands(
    tmp_path: Path, condition: str, as_of: str, told: str
) -> None:
    assert letters(tmp_path, condition, as_of=as_of) == [told]


def test_a_cell_that_is_compared_with_a_date_and_is_none_is_told_unless_the_condition_parts_it(
    tmp_path: Path,
) -> None:
    rows = "事项,时限\n甲,2005-03-01\n乙,长期坚持\n"
    assert letters(tmp_path, "时限 < as_of", rows, as_of="2005-03-09") == [
        "rows.csv:3:3: D104 “长期坚持” is not a date (write year-month-day, such as 2005-03-09)"
    ]
    parted = '时限 != "长期坚持" and 时限 < as_of'
    assert letters(tmp_path, parted, rows, as_of="2005-03-09") == ["甲2005-03-01"]


def test_a_literal_in_another_form_is_told_of_a_typed_field_too(
    library: Library, tmp_path: Path
) -> None:
    assert faults(library, tmp_path, '{file: ledger.xlsx, where: due >= "2005-3-20"}') == [
        "in.yaml:4:36: D104 the date “2005-3-20” is not in the form 2005-03-09 (write 2005-03-20)"
    ]
    found = chosen(library, tmp_path, "due >= as_of", as_of="2005/3/20")
    assert found == ["清运残雪", "修补路面"]


@pytest.mark.parametrize(
    "condition",
    ["row.__class__", "range(10**9)|list|length > 1", '"x" * 10**9', "9**(9**9) > 1"],
)
def test_a_condition_from_a_stranger_is_bounded(
    library: Library, tmp_path: Path, condition: str
) -> None:
    found = faults(library, tmp_path, f"{{file: ledger.xlsx, where: '{condition}'}}")
    assert {line.split(" ")[2] for line in found} <= {"Y021", "Y022"}


# --- records -------------------------------------------------------------------------------------

FORM = """\
title: 督办单
layout: plain
schema:
  required: [issue, due]
  properties:
    id: {title: 编号, type: integer}
    issue: {title: 事项, type: string, minLength: 3}
    due: {title: 时限, type: string, format: date}
    closed: {title: 销号, type: boolean}
    remark: {title: 备注, type: string}
"""
ISSUES = """\
- {id: 1, issue: 补种行道树, due: 2005-03-14, closed: 否, source: 热线, unit: 示例区}
- {id: 2, issue: 清运残雪, due: 2005-03-20, closed: 是, source: 座谈会}
- {id: 三, issue: 雪, due: 2005-02-30}
- {activity: 集中学习周, days: 9}
"""


@pytest.fixture
def forms(library: Library, tmp_path: Path) -> Library:
    """The library with a form, beside the rows that it may be taken from."""
    form = {"form/template.yaml": FORM, "form/body.md": "{{ issue }}\n"}
    folder(tmp_path / "space", form)
    folder(tmp_path, {"issues.yaml": ISSUES})
    return open_library(tmp_path / "space", keep=False)


def form(forms: Library, tmp_path: Path, rest: str, **settings: str) -> dict[str, object]:
    text = f"template: form\nunit: city\ndate_of_issue: 2005-03-04\n{rest}\n"
    found = read_input(text.encode(), str(tmp_path / "in.yaml"), forms, settings=settings)
    return {key: found.values[key] for key in ("id", "issue", "due", "closed", "remark")}


def form_faults(forms: Library, tmp_path: Path, rest: str) -> list[str]:
    with pytest.raises(NoticeError) as error:
        form(forms, tmp_path, rest)
    return [line.removeprefix(f"{tmp_path}/") for line in str(error.value).splitlines()]


@pytest.mark.parametrize(
    "record",
    [
        "from: {file: issues.yaml, where: id == 1}",
        "取自: {文件: issues.yaml, 条件: 编号 == 1}",
        "from: {file: issues.yaml, where: issue and closed == false}",
        "from: {file: issues.yaml, where: source == '热线'}",
        "from: {file: issues.yaml, where: unit == '示例区'}",
        "from: {file: issues.yaml, where: row.number == 1}",
    ],
)
def test_an_input_takes_from_a_record_what_it_does_not_say(
    forms: Library, tmp_path: Path, record: str
) -> None:
    assert form(forms, tmp_path, f"{record}\nremark: 加急") == {
        "id": 1,
        "issue": "补种行道树",
        "due": "2005-03-14",
        "closed": False,
        "remark": "加急",
    }


def test_what_an_input_says_itself_goes_before_its_record(forms: Library, tmp_path: Path) -> None:
    rest = "from: {file: issues.yaml, where: id == which}\n时限: 2005-03-31"
    said = form(forms, tmp_path, rest, which="2", issue="清运残雪和垃圾")
    assert (said["issue"], said["due"]) == ("清运残雪和垃圾", "2005-03-31")


def test_a_fault_of_a_record_is_told_in_its_table_and_those_of_other_rows_are_not(
    forms: Library, tmp_path: Path
) -> None:
    assert form_faults(forms, tmp_path, "from: {file: issues.yaml, where: issue == '雪'}") == [
        "issues.yaml:3:8: D103 “三” is not a whole number (write digits only, such as 50)",
        "issues.yaml:3:18: D108 “事项” has 1 character(s) (at least 3)",
        "issues.yaml:3:26: D104 the date “2005-02-30” does not exist (that month has 28 days)",
    ]


def test_a_record_stands_in_a_workbook_under_the_labels_too(forms: Library, tmp_path: Path) -> None:
    rest = "from: {file: ledger.xlsx, sheet: 问题, where: days > 5 and due > '2005-03-20'}"
    rest = rest.replace("days", "天数").replace("due", "时限")
    assert form(forms, tmp_path, rest)["issue"] == "修补路面"


@pytest.mark.parametrize(("condition", "count"), [("id == 7", 0), ("issue", 3)])
def test_a_record_is_one_row(forms: Library, tmp_path: Path, condition: str, count: int) -> None:
    assert form_faults(forms, tmp_path, f"from: {{file: issues.yaml, where: {condition}}}") == [
        f"in.yaml:4:7: Y025 a record is one row, but {count} rows are chosen"
        " (write a condition that one row alone meets, such as: id == 25)"
    ]


@pytest.mark.parametrize(
    ("rest", "told"),
    [
        (
            "from: {file: issues.yaml, wher: id == 1}",
            ["in.yaml:4:27: D101 unknown key “wher” (did you mean “where”?)"],
        ),
        (
            "from: {where: id == 1}\nissue: 清运残雪\ndue: 2005-03-20",
            ["in.yaml:4:7: D102 “文件” is missing (add “file: …”)"],
        ),
        (
            "from: {file: ../issues.yaml}",
            ["in.yaml:4:14: Y013 the path “../issues.yaml” leaves its folder"],
        ),
        (
            "from: {file: issues.yaml, where: ids == 1}",
            [
                "in.yaml:4:34: Y021 the condition asks for “ids”, which no row has"
                " (did you mean “id”?)"
            ],
        ),
        (
            "from: issues.yaml\nissue: 清运残雪\ndue: 2005-03-20",
            [
                "in.yaml:4:7: D103 “取自” needs keys and values, but text stands here"
                " (write “key: value” lines under it)"
            ],
        ),
    ],
)
def test_what_is_wrong_with_a_record_is_told_once_and_what_it_would_say_is_not_missed(
    forms: Library, tmp_path: Path, rest: str, told: list[str]
) -> None:
    assert form_faults(forms, tmp_path, rest) == told


def test_a_record_gives_nothing_that_a_template_does_not_allow_and_all_that_it_allows(
    tmp_path: Path,
) -> None:
    open_form = FORM.replace("schema:\n", "schema:\n  additionalProperties: true\n")
    body = {"form/body.md": "{{ issue }}（{{ source }}）\n"}
    files = {"form/template.yaml": open_form, "units/city/unit.yaml": "name: 示例市\nkind: 部门\n"}
    library = open_library(folder(tmp_path / "open", files | body), keep=False)
    folder(tmp_path, {"issues.yaml": ISSUES})
    text = "template: form\nunit: city\ndate_of_issue: 2005-03-04\n"
    text += "from: {file: issues.yaml, where: id == 1}\n"
    made, problems = make_document(text.encode(), str(tmp_path / "in.yaml"), library)
    assert problems == []
    assert made is not None
    assert "补种行道树（热线）" in paragraphs(made.document.data)


def test_a_template_without_a_schema_takes_a_record_and_may_have_values_of_that_name(
    tmp_path: Path,
) -> None:
    body = docx_with("{{ issue }}，{{ source }}")
    folder(tmp_path, {"a.docx": body, "b.docx": docx_with("{{ 取自 }}"), "issues.yaml": ISSUES})
    inputs = {
        "补种行道树，热线": "template: a.docx\nfrom: {file: issues.yaml, where: id == 1}\n",
        "会议纪要": "template: b.docx\n取自: 会议纪要\n",
    }
    for expected, text in inputs.items():
        file = str(tmp_path / "in.yaml")
        made, problems = make_document(text.encode(), file, open_library(keep=False))
        assert problems == []
        assert made is not None
        assert paragraphs(made.document.data) == [expected]


# --- lists of texts ------------------------------------------------------------------------------

PEOPLE = """\
- {unit: 宣传组, name: 周某, days: 3, absent: 否}
- {unit: 综合组, name: 陈某, days: 007}
- {name: 李某某, days: 12, absent: 是}
"""


def towns(library: Library, tmp_path: Path, table: str) -> list[str]:
    folder(tmp_path, {"people.yaml": PEOPLE})
    text = "template: list\nunit: city\ndate_of_issue: 2005-03-04\n"
    text += f"issues: {{file: ledger.xlsx}}\ntowns: {table}\n"
    found = read_input(text.encode(), str(tmp_path / "in.yaml"), library)
    return list(found.values["towns"])


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ('{file: people.yaml, item: "{{ name }}"}', ["周某", "陈某", "李某某"]),
        (
            '{file: people.yaml, item: "{{ unit }}{{ name }}"}',
            ["宣传组周某", "综合组陈某", "李某某"],
        ),
        ("{文件: people.yaml, 条件: absent == '是', 每项: '{{ name }}'}", ["李某某"]),
        ("{file: people.yaml, where: name == '郑某', item: '{{ unit }}'}", []),
        ('{file: people.yaml, item: "{{ days }}"}', ["3", "007", "12"]),
        ("{file: ledger.xlsx, where: 天数 > 5, item: '{{ 事项 }}'}", ["补种行道树", "修补路面"]),
    ],
)
def test_a_list_of_texts_is_made_of_the_rows_of_a_table(
    library: Library, tmp_path: Path, table: str, expected: list[str]
) -> None:
    assert towns(library, tmp_path, table) == expected


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (
            "{file: people.yaml}",
            "in.yaml:5:8: Y026 the items of this list are texts, and a row is none"
            " (say what text: item: '{{ name }}')",
        ),
        (
            '{file: people.yaml, item: "{{ nam }}"}',
            "in.yaml:5:34: Y026 the pattern asks for “nam”, which no row has"
            " (there are: unit、name、days、absent)",
        ),
        (
            '{file: people.yaml, item: "{{ name"}',
            "in.yaml:5:34: T018 Jinja cannot read this: unexpected end of template, expected 'end"
            " of print statement'. (correct what stands between the braces)",
        ),
        (
            '{file: people.yaml, item: "{{ name | date }}"}',
            "in.yaml:5:34: T404 a value does not fit its tag: “周某” is not a date such as"
            " 2005-03-09 (values from people.yaml:1:3)",
        ),
        (
            '{file: people.yaml, item: "{{ unit }}"}',
            "people.yaml:3:3: D102 “乡镇 3” is empty (fill it in)",
        ),
    ],
)
def test_what_is_wrong_with_a_list_of_texts_is_told_at_its_pattern_or_its_row(
    library: Library, tmp_path: Path, table: str, told: str
) -> None:
    with pytest.raises(NoticeError) as error:
        towns(library, tmp_path, table)
    assert str(error.value).replace(f"{tmp_path}/", "") == told


def test_a_list_of_rows_is_made_of_no_texts(library: Library, tmp_path: Path) -> None:
    assert faults(library, tmp_path, "{file: ledger.xlsx, item: '{{ 事项 }}'}") == [
        "in.yaml:4:35: Y026 the items of this list are rows, no texts (leave “item” out)"
    ]


def test_a_template_without_a_schema_takes_texts_made_of_rows(tmp_path: Path) -> None:
    body = docx_with("{% for 人 in 名单 %}{{ 人 }}；{% endfor %}")
    folder(tmp_path, {"letter.docx": body, "people.yaml": PEOPLE})
    table = '{file: people.yaml, where: unit, item: "{{ unit }}{{ name }}"}'
    text = f"template: letter.docx\n名单: {table}\n"
    made, problems = make_document(
        text.encode(), str(tmp_path / "in.yaml"), open_library(keep=False)
    )
    assert problems == []
    assert made is not None
    assert paragraphs(made.document.data) == ["宣传组周某；综合组陈某；"]
