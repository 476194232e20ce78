"""The ledger of the campaign as a workbook: `python tests/campaign.py` writes it anew.

A clerk keeps it in Excel, so it has what Excel is good for: dates, lists to choose from, a head
that stays. The records are those of `ledger.yaml`, the units those of `units.yaml`.
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
SHEET, UNITS_SHEET = "问题", "单位"
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
UNIT_COLUMNS = {
    "short_name": ("单位", 22),
    "name": ("全称", 40),
    "level": ("级别", 6),
    "kind": ("类别", 10),
    "leader": ("牵头领导", 20),
    "owner": ("责任人", 9),
}
"""The same of the units, from which the ledger's 责任单位 is chosen."""
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
    """The ledger of *rows*, which are issues with their values as text, and the units beside it."""
    book = Workbook()
    sheet, units = book.active, book.create_sheet(UNITS_SHEET)
    sheet.title = SHEET
    _fill(sheet, COLUMNS, rows)
    _fill(
        units,
        UNIT_COLUMNS,
        [{"short_name": each["name"], **each} for each in records("units.yaml")],
    )
    choices = {field: f'"{choice}"' for field, choice in CHOICES.items()}
    choices["responsible_unit"] = f"{UNITS_SHEET}!$A$2:$A${units.max_row}"
    for number, field in enumerate(COLUMNS, 1):
        if field in choices:
            letter = get_column_letter(number)
            choice = DataValidation("list", formula1=choices[field], allow_blank=True)
            choice.add(f"{letter}2:{letter}{sheet.max_row + 200}")
            sheet.add_data_validation(choice)
    sheet.freeze_panes = "F2"
    sheet.auto_filter.ref = sheet.dimensions
    return saved(book, "问题台账")


def _fill(sheet: Any, columns: dict[str, tuple[str, int]], rows: list[dict[str, Any]]) -> None:
    """Write the *columns* of *rows* below their heads, to be printed on pages that lie across."""
    sheet.append([head for head, _ in columns.values()])
    for row in rows:
        sheet.append([_cell(field, row.get(field)) for field in columns])
    for number, (field, (_, width)) in enumerate(columns.items(), 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.cell(1, number).font = Font(name="黑体", size=11)
        sheet.cell(1, number).alignment = Alignment(horizontal="center")
        for (cell,) in sheet.iter_rows(2, sheet.max_row, number, number):
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if field == "due" or field.endswith("_on"):
                cell.number_format = "yyyy-mm-dd"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _cell(field: str, text: str | None) -> object:
    if not text:
        return None
    if field == "due" or field.endswith("_on"):
        return date.fromisoformat(text)
    return int(text) if field == "id" else text


if __name__ == "__main__":
    (FOLDER / "ledger.xlsx").write_bytes(workbook(records()))
