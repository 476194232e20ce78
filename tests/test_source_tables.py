"""Tables → rows, their places, and what is wrong with them."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable

import openpyxl
import pytest
from workbooks import saved, workbook

from generator.problems import Location, NoticeError
from generator.schema import Schema
from generator.sources import Source
from generator.sources.tables import read_rows


def values(data: bytes, file: str, sheet: str = "") -> list[object]:
    rows = list(read_rows(data, file, sheet))
    assert [row.problems for row in rows if row.problems] == []
    return [row.value for row in rows]


def csv(text: str) -> list[object]:
    return values(text.encode(), "rows.csv")


def faults(data: bytes, file: str, sheet: str = "") -> list[str]:
    """What is wrong with the rows, then with the table, as a clerk sees it."""
    found: list[str] = []
    try:
        for row in read_rows(data, file, sheet):
            found += map(str, row.problems)
    except NoticeError as error:
        found += str(error).splitlines()
    return found


def first(rows: Iterable[Source]) -> Source:
    return next(iter(rows))


# --- all formats ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "data"),
    [
        ("rows.csv", "编号,名称,contact.phone\n007,示例镇,\n".encode()),
        ("rows.tsv", "编号\t名称\tcontact.phone\n007\t示例镇\t\n".encode()),
        ("rows.csv", "编号;名称;contact.phone\r\n007;示例镇;\r\n".encode("utf-8-sig")),
        ("rows.csv", "编号,名称,contact.phone\n007,示例镇,\n".encode("gb18030")),
        ("rows.xlsx", workbook(["编号", "名称", "contact.phone"], ["007", "示例镇", None])),
        ("rows.jsonl", '{"编号": "007", "名称": "示例镇", "contact": null}\n'.encode()),
        ("rows.yaml", "- 编号: 007\n  名称: 示例镇\n  contact:\n".encode()),
    ],
    ids=["commas", "tabs", "BOM, semicolons", "GB18030", "XLSX", "JSON Lines", "YAML"],
)
def test_every_format_gives_the_same_rows(file: str, data: bytes) -> None:
    assert values(data, file) == [{"编号": "007", "名称": "示例镇", "contact": None}]


def test_a_head_with_dots_gives_nested_values() -> None:
    assert csv("contact.person,title,contact.phone\n张某,甲,0000\n,乙,1111\n") == [
        {"contact": {"person": "张某", "phone": "0000"}, "title": "甲"},
        {"contact": {"phone": "1111"}, "title": "乙"},
    ]


def test_rows_with_nothing_in_them_are_left_out_and_keep_the_lines_of_the_others() -> None:
    rows = list(read_rows(b"\na,b\n,\n1,2\n , \n\n3,4\n", "rows.csv"))
    assert [(row.value, str(row.place(("a",)))) for row in rows] == [
        ({"a": "1", "b": "2"}, "rows.csv:4:1"),
        ({"a": "3", "b": "4"}, "rows.csv:7:1"),
    ]


def test_a_short_row_is_empty_to_its_end() -> None:
    assert csv("a,b,c\n1\n") == [{"a": "1", "b": None, "c": None}]


def test_another_ending_is_no_table() -> None:
    assert faults(b"", "rows.xls") == [
        "rows.xls: Y013 a table is a file that ends in .yaml、.yml、.csv、.tsv、.txt、"
        ".xlsx、.xlsm、.jsonl、.ndjson (save it as .xlsx)"
    ]


def test_only_a_workbook_has_sheets() -> None:
    assert faults(b"a\n1\n", "rows.csv", "问题") == [
        "rows.csv: Y019 only a workbook (.xlsx) has sheets (leave the sheet “问题” out)"
    ]


# --- places --------------------------------------------------------------------------------------


def test_the_place_of_a_value_is_its_cell_even_where_it_is_empty() -> None:
    row = first(read_rows(workbook(["编号", "名称"], ["1", None]), "ledger.xlsx"))
    assert row.place(("名称",)) == Location("ledger.xlsx", "问题!B2")
    assert row.place(()) == Location("ledger.xlsx", "问题!A2")
    assert row.place(("不在",)) == Location("ledger.xlsx", "问题!A2")


def test_the_place_of_a_key_is_its_head() -> None:
    row = first(read_rows(workbook(["编号", "名称"], ["1", None]), "ledger.xlsx"))
    assert row.key_place(("名称",)) == Location("ledger.xlsx", "问题!B1")


def test_a_group_stands_at_the_first_of_its_columns() -> None:
    row = first(read_rows(b"a,contact.person,contact.phone\n1,x,y\n", "rows.csv"))
    assert row.place(("contact", "phone")) == Location("rows.csv", "2:5")
    assert row.place(("contact",)) == Location("rows.csv", "2:3")


def test_a_place_in_csv_is_the_line_and_column_that_an_editor_shows() -> None:
    text = 'a,b,c\n"一,\n""二",x,y\n1,2,3\n'
    rows = list(read_rows(text.encode(), "rows.csv"))
    assert [rows[0].place((name,)).spot for name in "abc"] == ["2:1", "3:6", "3:8"]
    assert rows[1].place(("c",)).spot == "4:5"


def test_a_cell_that_its_row_in_csv_lacks_stands_at_the_end_of_that_row() -> None:
    rows = list(read_rows(b"a,b\r\n1\r\n2,\r\n", "rows.csv"))
    assert [row.place(("b",)).spot for row in rows] == ["2:2", "3:3"]


def test_a_place_in_json_lines_is_the_line_and_column_that_an_editor_shows() -> None:
    rows = list(read_rows(b'{"a": 1}\n\n{"a": 1, "b": [2, {"c": 3}]}\n', "rows.jsonl"))
    assert rows[1].place(("b", 1, "c")).spot == "3:25"
    assert rows[1].key_place(("b",)).spot == "3:10"
    assert rows[1].place(("x",)).spot == "3:1"


def test_a_place_in_a_yaml_list_is_that_of_the_file() -> None:
    rows = list(read_rows(b"- a: 1\n- a: 2\n  b: [x, y]\n", "rows.yaml"))
    assert rows[1].place(("b", 1)).spot == "3:10"


@pytest.mark.parametrize(
    ("sheet", "spot"),
    [
        ("问题", "问题!A2"),
        ("2005年", "'2005年'!A2"),
        ("问题 1", "'问题 1'!A2"),
        ("a'b", "'a''b'!A2"),
    ],
)
def test_a_sheet_is_named_as_formulas_name_it(sheet: str, spot: str) -> None:
    row = first(read_rows(workbook(["a"], ["1"], sheet=sheet), "ledger.xlsx"))
    assert row.place(("a",)) == Location("ledger.xlsx", spot)


def test_a_cell_that_must_not_be_empty_is_named_itself() -> None:
    schema = Schema({"required": ["name"], "properties": {"name": {"title": "名称"}}})
    row = first(read_rows(workbook(["编号", "名称"], ["1", None]), "ledger.xlsx"))
    _, problems = schema.survey(row)
    assert [str(problem) for problem in problems] == [
        "ledger.xlsx: 问题!A1: D101 unknown key “编号” (--ignore 编号 leaves this column out)",
        "ledger.xlsx: 问题!B2: D102 “名称” is empty (fill it in)",
    ]


# --- workbooks -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (50, "50"),
        (50.0, "50"),
        (20050309, "20050309"),
        (-3, "-3"),
        (98.5, "98.5"),
        (0.1 + 0.2, "0.3"),
        (0.0000001, "0.0000001"),
        (True, "true"),
        (False, "false"),
        (datetime.date(2005, 3, 9), "2005-03-09"),
        (datetime.datetime(2005, 3, 9, 8, 30), "2005-03-09 08:30"),
        (datetime.time(8, 30), "08:30"),
        (datetime.timedelta(hours=26, minutes=30), "26:30"),
        ("007", "007"),
        (" 示例镇\u3000", "示例镇"),
        ("第一行\n第二行", "第一行\n第二行"),
    ],
)
def test_a_cell_is_the_text_that_it_means(value: object, text: str) -> None:
    assert values(workbook(["a"], [value]), "ledger.xlsx") == [{"a": text}]


@pytest.mark.parametrize(
    "shown_as",
    [
        "yyyy-mm-dd",
        'yyyy"年"m"月"d"日"',
        "[DBNum1][$-804]yyyy年m月d日;@",
        'm"月"d"日"',
        "yyyy/m/d;@",
    ],
)
def test_a_date_is_a_date_however_it_is_shown(shown_as: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(["a"], [38420])))
    book.worksheets[0]["A2"].number_format = shown_as
    assert values(saved(book), "ledger.xlsx") == [{"a": "2005-03-09"}]


@pytest.mark.parametrize("shown_as", ["0.00%", "#,##0.00", '"第"0"号"', '0"天"'])
def test_a_number_is_the_number_however_it_is_shown(shown_as: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(["a"], [0.985])))
    book.worksheets[0]["A2"].number_format = shown_as
    assert values(saved(book), "ledger.xlsx") == [{"a": "0.985"}]


def test_a_sheet_is_chosen_by_name_and_else_the_first_that_is_shown() -> None:
    book = openpyxl.Workbook()
    hidden = book.active
    assert hidden is not None
    hidden.sheet_state = "hidden"
    for name in ("问题", "日程"):
        book.create_sheet(name).append(["名称"])
        book[name].append([f"在{name}"])
    assert values(saved(book), "ledger.xlsx") == [{"名称": "在问题"}]
    assert values(saved(book), "ledger.xlsx", "日程") == [{"名称": "在日程"}]
    assert faults(saved(book), "ledger.xlsx", "日成") == [
        "ledger.xlsx: Y019 there is no sheet “日成” (did you mean “日程”?)"
    ]
    assert faults(saved(book), "ledger.xlsx", "台账") == [
        "ledger.xlsx: Y019 there is no sheet “台账” (there are: 问题、日程、Sheet)"
    ]


def test_a_table_may_begin_anywhere_and_under_a_title() -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "问题"
    page["B3"], page["B4"], page["C4"], page["B5"], page["C5"] = "问题清单", "a", "b", "1", "2"
    page.merge_cells("B3:C3")
    rows = list(read_rows(saved(book), "ledger.xlsx"))
    assert [row.value for row in rows] == [{"a": "1", "b": "2"}]
    assert rows[0].place(("b",)) == Location("ledger.xlsx", "问题!C5")


def test_a_cell_merged_over_several_rows_holds_for_each_of_them() -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in (["日期", "时间"], ["9日", "上午"], [None, "下午"], [None, "晚上"]):
        page.append(row)
    page.merge_cells("A2:A3")
    assert values(saved(book), "ledger.xlsx") == [
        {"日期": "9日", "时间": "上午"},
        {"日期": "9日", "时间": "下午"},
        {"日期": None, "时间": "晚上"},
    ]


def test_a_cell_without_a_value_is_a_problem_of_its_row() -> None:
    data = workbook(["a", "b"], ["1", "#N/A"], ["=1+1", "x"], [123456789012345678, "y"], ["4", "z"])
    rows = list(read_rows(data, "ledger.xlsx"))
    assert [str(problem) for row in rows for problem in row.problems] == [
        "ledger.xlsx: 问题!B2: Y016 the formula of this cell has no value: #N/A"
        " (correct the formula, or write the value)",
        "ledger.xlsx: 问题!A3: Y016 the formula of this cell has not been calculated"
        " (open the workbook and save it again)",
        "ledger.xlsx: 问题!A4: Y020 a number of more than 15 digits has lost its last digits"
        " (format the cell as text and type the number again)",
    ]
    assert rows[3].value == {"a": "4", "b": "z"}


# --- heads ---------------------------------------------------------------------------------------


def test_all_that_is_wrong_with_the_heads_is_told_at_once() -> None:
    heads = "名称,a.b,名称,a,c..d,a.b.c\n1,2,3,4,5,6\n"
    assert faults(heads.encode(), "rows.csv") == [
        "rows.csv:1:8: Y014 two columns have the head “名称”"
        " (rename or delete one of them; the first is at rows.csv:1:1)",
        "rows.csv:1:11: Y014 “a” is a value in one column and a group in others"
        " (rename one of the columns)",
        "rows.csv:1:13: Y014 the head “c..d” has a dot too many"
        " (a dot parts the names of nested values: contact.phone)",
        "rows.csv:1:18: Y014 “a.b” is a value in one column and a group in others"
        " (rename one of the columns)",
    ]


def test_a_value_needs_a_head_above_it() -> None:
    assert faults(b"a,,b\n1,,2\n1,x,2\n1,,2,,y\n", "rows.csv") == [
        "rows.csv:3:3: Y015 “x” stands in a column without a head"
        " (write a head above it, or delete it)",
        "rows.csv:4:7: Y015 “y” stands in a column without a head"
        " (write a head above it, or delete it)",
    ]


@pytest.mark.parametrize("data", [b"", b"\n\n", b",,\n"])
def test_a_table_without_heads_is_a_problem(data: bytes) -> None:
    assert faults(data, "rows.csv") == [
        "rows.csv: Y014 the table has no heads (write the names of the columns into the first row)"
    ]


def test_a_head_that_is_broken_over_two_lines_is_one_name() -> None:
    assert values(workbook(["整改\n时限 "], ["1"]), "ledger.xlsx") == [{"整改时限": "1"}]


# --- CSV, JSON Lines and YAML --------------------------------------------------------------------


def test_faults_of_quoting_are_told_together() -> None:
    assert faults(b'a,b\n"x"y,1\n2,"z\n3,4\n', "rows.csv") == [
        "rows.csv:2:1: Y017 text follows the closing quotation mark of a cell"
        " (write a quotation mark within quotes twice)",
        "rows.csv:3:1: Y017 a quotation mark that begins in this row is not closed"
        " (close it, or write it twice within quotes)",
    ]


def test_a_fault_in_the_heads_is_told_alone() -> None:
    assert faults(b'"a"x,b\n1,2\n', "rows.csv") == [
        "rows.csv:1:1: Y017 text follows the closing quotation mark of a cell"
        " (write a quotation mark within quotes twice)"
    ]


def test_the_line_of_the_heads_says_what_parts_the_cells() -> None:
    assert csv("\n\na;b\n1,5;2\n") == [{"a": "1,5", "b": "2"}]


def test_the_error_of_a_formula_is_found_in_csv_too() -> None:
    assert faults(b"a,b\n1,#REF!\n2,#1\n", "rows.csv") == [
        "rows.csv:2:3: Y016 the formula of this cell has no value: #REF!"
        " (correct the formula, or write the value)"
    ]


def test_scalars_of_json_are_the_text_they_are_and_remember_their_quotes() -> None:
    line = b'{"n": 1.50, "s": "3", "t": true, "l": [1e3, {"big": 123456789012345678901}]}'
    row = first(read_rows(line, "rows.jsonl"))
    assert row.value == {
        "n": "1.50",
        "s": "3",
        "t": "true",
        "l": ["1e3", {"big": "123456789012345678901"}],
    }
    assert row.quoted == {("s",)}


def test_every_line_of_json_tells_what_is_wrong_with_it() -> None:
    lines = ['{"a": 1}', '{"a": 1, "a": 2}', "[1]", '{"a": NaN}', '{"a" 1}', '{"a": "\\u0000"}']
    assert faults("\n".join(lines).encode(), "rows.jsonl") == [
        "rows.jsonl:2:1: Y002 key “a” appears twice (keep one of them)",
        "rows.jsonl:3:1: Y009 a row is an object of keys and values (write {…} on this line)",
        "rows.jsonl:4:1: Y018 this line is not JSON from here on"
        " (write one object on each line, its keys and texts in double quotes)",
        "rows.jsonl:5:6: Y018 this line is not JSON from here on"
        " (write one object on each line, its keys and texts in double quotes)",
        "rows.jsonl:6:1: Y004 the control character U+0000 cannot stand in a document (delete it)",
    ]


def test_a_row_of_yaml_tells_what_is_wrong_with_it() -> None:
    text = "- {a: 1}\n- {a: 1, a: 2}\n- text\n-\n- {a: &x 1}\n"
    assert faults(text.encode(), "rows.yaml") == [
        "rows.yaml:2:10: Y002 key “a” appears twice (keep one of them; the first is on line 2)",
        "rows.yaml:3:3: Y009 a row is keys and values"
        " (write “- key: value”, and its other keys below the first)",
        "rows.yaml:5:7: Y005 the anchor “&x” is not read"
        " (delete it; put text that begins with “&” in quotes)",
    ]


def test_faults_of_the_syntax_of_yaml_are_told_together() -> None:
    assert faults("- 名称：甲\n  b: 1\n- 名称：乙\n  b: 2\n".encode(), "rows.yaml") == [
        "rows.yaml:1:5: Y001 a full-width colon “：” follows the key (write “:” and a space)",
        "rows.yaml:3:5: Y001 a full-width colon “：” follows the key (write “:” and a space)",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "rows.yaml: Y008 the file is empty"),
        ("a: 1\n", "rows.yaml:1:1: Y009 rows are a list, each of keys and values"),
        ("text\n", "rows.yaml:1:1: Y009 rows are a list, each of keys and values"),
    ],
)
def test_rows_of_yaml_are_a_list(text: str, message: str) -> None:
    hint = " (write “- key: value” for each row, and its other keys below the first)"
    assert faults(text.encode(), "rows.yaml") == [message + hint]


def test_a_second_document_is_no_more_rows() -> None:
    assert faults(b"- a: 1\n---\n- a: 2\n", "rows.yaml") == [
        "rows.yaml:2:1: Y007 a second document begins here"
        " (one file is one document: delete the line “---”)"
    ]
