"""The list as an Excel file: what looks like a formula stays text, and equal lists equal bytes."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from generator.lists.entries import Entry
from generator.package import pack, read_parts, write

if TYPE_CHECKING:
    from openpyxl import Workbook

TITLE = "发文登记表"
COLUMNS = (
    ("序号", 6),
    ("文号", 22),
    ("标题", 48),
    ("主送", 30),
    ("日期", 16),
    ("文件", 48),
)
"""The head of each column and its width in characters."""

_A4 = 9  # ECMA-376-1, 18.3.1.63
_MOST_CHARACTERS = 32_767  # of a cell: ECMA-376-1, 18.3.1.4 leaves it open, Excel does not
_DATE_FORMAT = 'yyyy"年"m"月"d"日"'
_CONTROLS = {code: "\ufffd" for code in (*range(0x20), 0xFFFE, 0xFFFF) if chr(code) not in "\t\n"}
"""Characters that XML cannot carry."""
# openpyxl writes its own name and the time of day into these.
_CORE = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties
 xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
><dc:language>zh-CN</dc:language><dc:title>{title}</dc:title></cp:coreProperties>"""
_APPLICATION = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>"""


def spreadsheet(entries: Iterable[Entry]) -> bytes:
    """The `.xlsx` that lists *entries*, numbered from 1; they are taken one after another."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(TITLE)
    _set_up(sheet)
    cell = _Cells(book, sheet)
    sheet.append([cell.of("head", head) for head, _ in COLUMNS])
    for index, entry in enumerate(entries, 1):
        sheet.append(list(_row(cell, index, entry)))
    return saved(book, TITLE)


def saved(book: Workbook, title: str) -> bytes:
    """The `.xlsx` of *book* with its *title*, but no name of a program and no time of day."""
    buffer = io.BytesIO()
    book.save(buffer)
    parts = read_parts(buffer.getvalue(), title)
    core = _CORE.format(title=title).encode()
    ours = {"docProps/core.xml": core, "docProps/app.xml": _APPLICATION.encode()}
    return write(pack({**parts, **ours}), ())


def _set_up(sheet: Any) -> None:
    """Widths, a head that stays on the screen and is repeated on paper, a page across."""
    from openpyxl.utils import get_column_letter

    for number, (_, width) in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _row(cell: _Cells, index: int, entry: Entry) -> Iterator[Any]:
    yield cell.of("number", index)
    for text in (entry.number, entry.title, entry.recipients):
        yield cell.text(text)
    try:
        yield cell.of("date", date.fromisoformat(entry.date))
    except ValueError:  # a template without a schema may have any text
        yield cell.text(entry.date)
    yield cell.text(entry.file)


class _Cells:
    """Makes the cells of a sheet, in the styles of a list."""

    def __init__(self, book: Workbook, sheet: Any) -> None:
        from openpyxl.cell import Cell, WriteOnlyCell
        from openpyxl.styles import Alignment, Font, NamedStyle

        self._sheet, self._cell = sheet, Cell
        self._styles: dict[str, Any] = {}
        middle = Alignment(horizontal="center", vertical="center")
        wrapped = Alignment(vertical="center", wrap_text=True)
        plain = Font(name="宋体", size=11)
        for style in (
            NamedStyle("head", font=Font(name="黑体", size=12), alignment=middle),
            NamedStyle("number", font=plain, alignment=middle),
            NamedStyle("date", font=plain, alignment=middle, number_format=_DATE_FORMAT),
            NamedStyle("text", font=plain, alignment=wrapped, number_format="@"),
        ):
            book.add_named_style(style)
            model = WriteOnlyCell(sheet)
            model.style = style.name
            self._styles[style.name] = model._style  # looked up once: it takes longer than a row

    def of(self, style: str, value: object) -> Any:
        return self._cell(self._sheet, 1, 1, value, self._styles[style])

    def text(self, text: str) -> Any:
        """A cell of text, also where that begins with `=`, which openpyxl takes for a formula."""
        cell = self.of("text", text.translate(_CONTROLS)[:_MOST_CHARACTERS] or None)
        if text:
            cell.data_type = "s"
        return cell
