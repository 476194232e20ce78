"""The list of what was produced (发文登记表)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import docx
import openpyxl
import pages
import pytest
from builders import paragraphs
from workspaces import VALUES, note_workspace

from generator import open_library
from generator.library import Library
from generator.lists import Entry, entry_of, list_file
from generator.lists.spreadsheet import COLUMNS

PLANTING = Entry("示教〔2005〕1号", "关于植树的通知", "各县", "2005-03-09", "1号.docx")
BARE = Entry("", "公示", "", "", "公示.docx")
ENDINGS = (".xlsx", ".docx")
HEADS = [head for head, _ in COLUMNS]


@pytest.fixture
def library() -> Library:
    return open_library(keep=False)


def sheet_of(data: bytes) -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(io.BytesIO(data)).active


def table_of(data: bytes) -> list[list[str]]:
    [table] = docx.Document(io.BytesIO(data)).tables
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_a_spreadsheet_has_a_row_for_each_document(library: Library) -> None:
    sheet = sheet_of(list_file("list.xlsx", [PLANTING, BARE], library))
    assert sheet.title == "发文登记表"
    assert [[cell.value for cell in row] for row in sheet] == [
        HEADS,
        [1, "示教〔2005〕1号", "关于植树的通知", "各县", datetime(2005, 3, 9), "1号.docx"],
        [2, None, "公示", None, None, "公示.docx"],
    ]
    assert sheet["E2"].number_format == 'yyyy"年"m"月"d"日"'
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A2", "$1:$1")
    assert sheet.page_setup.orientation == "landscape"


def test_a_word_list_has_the_same_rows_across_the_page_under_a_head_that_repeats(
    library: Library,
) -> None:
    data = list_file("list.docx", [PLANTING, BARE], library)
    assert table_of(data) == [
        HEADS,
        ["1", "示教〔2005〕1号", "关于植树的通知", "各县", "2005年3月9日", "1号.docx"],
        ["2", "", "公示", "", "", "公示.docx"],
    ]
    document = docx.Document(io.BytesIO(data))
    assert paragraphs(data)[0] == "发文登记表"
    assert document.sections[0].page_width > document.sections[0].page_height
    assert document.tables[0].rows[0]._tr.xpath("w:trPr/w:tblHeader")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("x")', "0012", "'x"])
def test_what_looks_like_a_formula_or_a_number_stays_text(library: Library, text: str) -> None:
    data = list_file("a.xlsx", [Entry(text, text, text, text, text)], library)
    cells = list(sheet_of(data)[2])[1:]
    assert [(cell.value, cell.data_type, cell.number_format) for cell in cells] == [
        (text, "s", "@")
    ] * 5
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"<f" not in archive.read("xl/worksheets/sheet1.xml")


def test_what_a_cell_cannot_hold_is_made_visible_or_cut(library: Library) -> None:
    data = list_file("a.xlsx", [Entry("a\x00b\x1b", "长" * 40_000, "a\nb", "", "")], library)
    assert [cell.value for cell in sheet_of(data)[2]][1:4] == [
        "a\ufffdb\ufffd",
        "长" * 32_767,
        "a\nb",
    ]


@pytest.mark.parametrize("ending", ENDINGS)
def test_equal_lists_are_equal_byte_for_byte_and_name_neither_tool_nor_time(
    library: Library, ending: str
) -> None:
    data = list_file(f"a{ending}", [PLANTING, BARE], library)
    assert data == list_file(f"b{ending}", iter([PLANTING, BARE]), library)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        texts = [archive.read(name).lower() for name in archive.namelist()]
    tools = (b"openpyxl", b"python", b"noticegen", b"microsoft excel", b"dcterms:created")
    assert [
        tool for tool in tools for text in texts if tool in text.replace(b"schemas.microsoft", b"")
    ] == []


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_list_of_nothing_has_its_head(library: Library, ending: str) -> None:
    data = list_file(f"a{ending}", [], library)
    rows = table_of(data) if ending == ".docx" else [[c.value for c in r] for r in sheet_of(data)]
    assert rows == [HEADS]


def test_ten_thousand_documents_fit_in_a_list(library: Library) -> None:
    entries = [PLANTING] * 10_000
    assert sheet_of(list_file("a.xlsx", iter(entries), library)).max_row == 10_001
    assert list_file("a.docx", iter(entries), library).startswith(b"PK")


def test_an_entry_is_what_the_document_says_of_itself(tmp_path: Path) -> None:
    template = open_library(note_workspace(tmp_path), keep=False).template("note", "city")
    values = VALUES | {"main_recipients": ["各县（区）教育局", "局属各单位"]}
    context = template.context(template.checked(values))
    assert entry_of(context, "out/3号.docx") == Entry(
        "示教〔2005〕3号",
        "关于清运残雪的通知",
        "各县（区）教育局，局属各单位",
        "2005-03-04",
        "out/3号.docx",
    )


def test_the_template_of_the_list_may_be_changed_in_a_workspace(tmp_path: Path) -> None:
    from builders import docx_with, folder

    body = docx_with("{% for row in entries %}{{ row.index }}.{{ row.title }}；{% endfor %}")
    library = open_library(folder(tmp_path, {"document-register/body.docx": body}), keep=False)
    assert paragraphs(list_file("a.docx", [PLANTING, BARE], library)) == [
        "1.关于植树的通知；2.公示；"
    ]


LONG = pages.to_print(
    "list", lambda: list_file("a.docx", [PLANTING] * 40, open_library(keep=False))
)


def test_the_head_stands_on_each_page_across(printed: Mapping[str, pages.Printed]) -> None:
    sheets = printed[LONG].pages
    assert len(sheets) > 1
    for sheet in sheets:
        heads = pages.find_line(sheet, "序号")
        assert heads.text.replace(" ", "") == "序号文号标题主送日期文件"
        assert heads.right > 210  # mm: wider than a portrait page
