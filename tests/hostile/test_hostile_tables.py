"""Tables from strangers end as rows or as a problem, soon and in little memory."""

from __future__ import annotations

import io
import json
import time
import zipfile
from pathlib import Path
from random import Random

import pytest
from builders import docx_with, folder, zipped
from hypothesis import given
from hypothesis import strategies as st
from workbooks import workbook

from generator import open_library
from generator.inputs import read_input
from generator.problems import NoticeError
from generator.sources.tables import ENDINGS, read_rows

SHEET = "xl/worksheets/sheet1.xml"
TEXTS = "xl/sharedStrings.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def outcome(data: bytes, file: str = "rows.xlsx", sheet: str = "") -> list[str]:
    """What is wrong with the table, found within ten seconds."""
    found: list[str] = []
    started = time.process_time()
    try:
        for row in read_rows(data, file, sheet):
            found += map(str, row.problems)
    except NoticeError as error:
        found += str(error).splitlines()
    assert time.process_time() - started < 10
    return found


def parts(**replaced: str) -> dict[str, str]:
    """The members of a small workbook; `sheet`, `texts` and `cells` go before its own."""
    with zipfile.ZipFile(io.BytesIO(workbook(["a", "b"], ["1", "2"]))) as archive:
        members = {name: archive.read(name).decode() for name in archive.namelist()}
    if "cells" in replaced:
        members[SHEET] = f'<worksheet xmlns="{MAIN}"><sheetData>{replaced["cells"]}</sheetData>'
        members[SHEET] += "</worksheet>"
    if "texts" in replaced:
        members[TEXTS] = f'<sst xmlns="{MAIN}">{replaced["texts"]}</sst>'
    if "sheet" in replaced:
        members[SHEET] = replaced["sheet"]
    return members


def cell(reference: str, value: str = "1", kind: str = "n") -> str:
    return f'<c r="{reference}" t="{kind}"><v>{value}</v></c>'


UNREADABLE = (
    "rows.xlsx: Y013 not a readable .xlsx workbook"
    " (open it in Excel or WPS and save it again as .xlsx, without a password)"
)
TOO_LARGE = (
    "rows.xlsx: 问题: Y012 the sheet is too large"
    " (delete what stands far from the table; split what is really so large)"
)

# --- workbooks -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" + bytes(600), b"a,b\n1,2\n", zipped({"a": "b"})],
    ids=["nothing", "the beginning of a zip", "an old or encrypted one", "CSV", "another zip"],
)
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    assert outcome(data) == [UNREADABLE]


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts().items():
            archive.writestr(name, text)
        for number in range(30):
            archive.writestr(f"xl/media/{number}.bin", bytes(10_000_000))
    assert outcome(buffer.getvalue()) == ["rows.xlsx: Y013 the package is too large unpacked"]


@pytest.mark.parametrize("far", ["XFD1048576", "A99999999", "xfd1048576"])
def test_two_cells_far_from_each_other_are_not_laid_out_as_one_table(far: str) -> None:
    rows = f'<row r="1">{cell("A1")}{cell("B1")}</row><row r="1048576">{cell(far)}</row>'
    assert outcome(zipped(parts(cells=rows))) == [TOO_LARGE]


def test_cells_without_a_place_are_counted_where_they_are_laid() -> None:
    rows = '<row r="20000000"><c><v>1</v></c></row>'
    assert outcome(zipped(parts(cells=rows))) == [TOO_LARGE]


def test_empty_cells_far_away_do_no_harm() -> None:
    rows = (
        f'<row r="1">{cell("A1", "a", "str")}</row><row r="2">{cell("A2")}<c r="XFD2" s="1"/></row>'
    )
    rows += '<row r="1048576"><c r="A1048576" s="1"/></row>'
    assert outcome(zipped(parts(cells=rows))) == []


def test_one_long_text_is_not_copied_into_every_cell() -> None:
    shared = f"<si><t>{'长' * 1_000_000}</t></si>"
    rows = "".join(f'<row r="{n}">{cell(f"A{n}", "0", "s")}</row>' for n in range(1, 2_000))
    assert outcome(zipped(parts(cells=rows, texts=shared))) == [TOO_LARGE]


@pytest.mark.parametrize("name", [SHEET, TEXTS, "xl/workbook.xml"])
def test_entities_are_not_expanded(name: str) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    members = parts(texts="<si><t>x</t></si>")
    members[name] = bomb + members[name].replace("<?xml version='1.0' encoding='UTF-8'?>", "")
    assert outcome(zipped(members)) == [UNREADABLE]


@pytest.mark.parametrize("value", ["1e999", "-1e999", "NaN"])
def test_what_is_no_number_is_no_value(value: str) -> None:
    rows = f'<row r="1">{cell("A1", "a", "str")}</row><row r="2">{cell("A2", value)}</row>'
    assert outcome(zipped(parts(cells=rows))) == [
        "rows.xlsx: 问题!A2: Y016 the formula of this cell has no value: #NUM!"
        " (correct the formula, or write the value)"
    ]


def test_a_time_that_cannot_be_is_told_at_its_row() -> None:
    styles = "xl/styles.xml"
    rows = (
        f'<row r="1">{cell("A1", "a", "str")}</row><row r="2"><c r="A2" s="1"><v>1e15</v></c></row>'
    )
    members = parts(cells=rows)
    xf = '<xf numFmtId="46" fontId="0" fillId="0" borderId="0" applyNumberFormat="1"/>'
    members[styles] = members[styles].replace("</cellXfs>", f"{xf}</cellXfs>")
    assert outcome(zipped(members)) == [
        "rows.xlsx: 问题!A2: Y013 the row holds a date or time that cannot be"
        " (correct it; a date in a spreadsheet is of 1900 or later)"
    ]


def test_a_sheet_that_is_changed_anywhere_gives_rows_or_a_problem() -> None:
    random = Random(11)
    whole = parts(texts="<si><t>x</t></si>")
    scraps = ("A0", "XFD1048576", "-1", "", "1e999", "<c>", "</row>", "<v>", 't="s"', "&#0;", "\0")
    for _ in range(300):
        members = dict(whole)
        name = random.choice([SHEET, SHEET, TEXTS, "xl/styles.xml", "xl/workbook.xml"])
        text = members[name]
        at = random.randrange(len(text))
        members[name] = text[:at] + random.choice(scraps) + text[at + random.randrange(8) :]
        outcome(zipped(members))


# --- texts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ENDINGS)
@given(data=st.binary(max_size=300))
def test_any_bytes_give_rows_or_a_problem(ending: str, data: bytes) -> None:
    outcome(data, f"rows{ending}")


@given(text=st.text(alphabet='ab,;\t"\n\r #.é中{}[]:-\\0', max_size=80))
@pytest.mark.parametrize("ending", [".csv", ".jsonl", ".yaml"])
def test_any_text_gives_rows_or_a_problem(ending: str, text: str) -> None:
    outcome(text.encode(), f"rows{ending}")


def test_a_million_columns_are_refused() -> None:
    heads = ",".join(f"c{n}" for n in range(1_000_000))
    assert outcome(f"{heads}\n".encode(), "rows.csv") == [
        "rows.csv:1:4891: Y012 the table has 1000000 columns (at most 1000 columns are read)"
    ]


def test_a_million_values_beyond_the_heads_are_one_problem() -> None:
    assert outcome(b"a\n1" + b",x" * 1_000_000 + b"\n", "rows.csv") == [
        "rows.csv:2:3: Y015 “x” stands in a column without a head"
        " (write a head above it, or delete it)"
    ]


def test_a_quotation_mark_that_is_never_closed_is_told_soon() -> None:
    assert outcome(b'a,b\n1,"' + b"x,y\n" * 1_000_000, "rows.csv") == [
        "rows.csv:2:1: Y012 a cell has more than 131072 characters"
        " (check that its quotation mark is closed)"
    ]


def test_control_characters_are_problems_of_their_rows() -> None:
    assert outcome(b"a,b\n1,\x00\n2,x\n\x1b[31m,3\n", "rows.csv") == [
        "rows.csv:2:3: Y004 the control character U+0000 cannot stand in a document (delete it)",
        "rows.csv:4:1: Y004 the control character U+001B cannot stand in a document (delete it)",
    ]


def test_bytes_that_are_no_text_are_told_where_they_stand() -> None:
    assert outcome(b"a,b\n1,\xff\xff\n", "rows.csv") == [
        "rows.csv:2:3: Y003 the text is not UTF-8 (save the file as UTF-8)"
    ]
    assert outcome("a,b\n1,2\n".encode("utf-16"), "rows.csv") == [
        "rows.csv:1:1: Y003 the text is not UTF-8 (it seems to be UTF-16; save it as UTF-8)"
    ]


@pytest.mark.parametrize("ending", [".jsonl", ".yaml"])
@pytest.mark.parametrize("depth", [60, 900, 100_000])
def test_lists_within_lists_are_bounded(ending: str, depth: int) -> None:
    row = '{"a": ' + "[" * depth + "]" * depth + "}"
    (problem,) = outcome(("- " * (ending == ".yaml") + row).encode(), f"rows{ending}")
    assert "Y011 lists and mappings stand more than 50 deep (make the structure flatter)" in problem


def test_numbers_of_any_length_stay_text() -> None:
    digits = "9" * 500_000
    assert outcome(json.dumps({"a": 1}).replace("1", digits).encode(), "rows.jsonl") == []


def test_a_head_of_a_thousand_dots_is_refused() -> None:
    (problem,) = outcome(b"a." * 1_000 + b"a\n1\n", "rows.csv")
    assert "Y014 the head “a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.…” has a dot too many" in problem


@pytest.mark.parametrize(
    "pattern",
    [
        "{% for i in range(1000) %}x{% endfor %}",
        "{{ name * 900000 }}",
        "x" * 100_000,
        "{{ row.__class__ }}",
        "{{ cycler.__init__ }}",
    ],
)
def test_texts_made_of_rows_share_one_budget_however_many_rows_there_are(
    tmp_path: Path, pattern: str
) -> None:
    rows = "name\n" + "甲\n" * 5000
    folder(
        tmp_path, {"a.docx": docx_with("{% for n in names %}{{ n }}{% endfor %}"), "rows.csv": rows}
    )
    text = f"template: a.docx\nnames: {{file: rows.csv, item: '{pattern}'}}\n"
    with pytest.raises(NoticeError) as error:
        read_input(text.encode(), str(tmp_path / "in.yaml"), open_library(keep=False))
    [problem] = error.value.problems
    assert problem.code in {"T018", "T402", "T403", "Y026"}
