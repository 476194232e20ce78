"""The ledger of the campaign as a workbook: `python tests/campaign.py` writes it anew.

A clerk keeps it in Excel, so it has what Excel is good for: dates, lists to choose from, a head
that stays. The records are those of `ledger.yaml`.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, cast

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from generator.lists.spreadsheet import saved
from generator.sources.tables import read_rows

FOLDER = Path(__file__).parent.parent / "seeds" / "campaign"
SHEET = "问题"
COLUMNS = {
    "id": ("编号", 6),
    "batch": ("批次", 9),
    "source": ("来源", 14),
    "category": ("类别", 15),
    "issue": ("问题", 40),
    "measure": ("整改措施", 36),
    "responsible_unit": ("责任单位", 22),
    "leader": ("牵头领导", 20),
    "owner": ("责任人", 9),
    "level": ("级别", 6),
    "due": ("整改时限", 12),
    "status": ("状态", 10),
    "closed": ("是否销号", 9),
    "closed_on": ("销号日期", 12),
    "evidence": ("销号依据", 16),
    "verifier": ("验收人", 13),
    "forecast_on": ("预报日期", 12),
    "reported_on": ("报告日期", 12),
    "supervised_on": ("督办日期", 12),
    "criticised_on": ("通报日期", 12),
    "adjusted_on": ("组织调整日期", 13),
    "remark": ("备注", 16),
}
"""By the field of a record: its head, and the width of its column in characters."""
CHOICES = {
    "level": "市,县,单位",
    "status": "未启动,整改中,基本完成,已完成,长期坚持",
    "closed": "是,否",
}


def records(file: str = "ledger.yaml") -> list[dict[str, Any]]:
    """The issues of the ledger, or the records of another *file*, their values as text."""
    rows = read_rows((FOLDER / file).read_bytes(), file)
    return [dict(cast("Any", row.value)) for row in rows]


def workbook(rows: list[dict[str, Any]]) -> bytes:
    """The ledger of *rows*, which are issues with their values as text."""
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    sheet.append([head for head, _ in COLUMNS.values()])
    for row in rows:
        sheet.append([_cell(field, row.get(field)) for field in COLUMNS])
    for number, (field, (_, width)) in enumerate(COLUMNS.items(), 1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = width
        sheet.cell(1, number).font = Font(name="黑体", size=11)
        sheet.cell(1, number).alignment = Alignment(horizontal="center")
        for (cell,) in sheet.iter_rows(2, sheet.max_row, number, number):
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if field == "due" or field.endswith("_on"):
                cell.number_format = "yyyy-mm-dd"
        if field in CHOICES:
            choice = DataValidation("list", formula1=f'"{CHOICES[field]}"', allow_blank=True)
            choice.add(f"{letter}2:{letter}{sheet.max_row + 200}")
            sheet.add_data_validation(choice)
    sheet.freeze_panes = "F2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    return saved(book, "问题台账")


def _cell(field: str, text: str | None) -> object:
    if not text:
        return None
    if field == "due" or field.endswith("_on"):
        return date.fromisoformat(text)
    return int(text) if field == "id" else text


if __name__ == "__main__":
    (FOLDER / "ledger.xlsx").write_bytes(workbook(records()))
