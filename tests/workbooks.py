"""Small workbooks, built inline by the tests."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import openpyxl

Rows = Sequence[Sequence[object]]


def workbook(*rows: Sequence[object], sheet: str = "问题") -> bytes:
    """A workbook of one sheet; a text that begins with `=` is a formula never calculated."""
    return sheets({sheet: rows})


def sheets(content: Mapping[str, Rows]) -> bytes:
    """A workbook of several sheets, each by its name."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in content.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
