"""What LibreOffice prints of a document: rows higher than a page may be parted there."""

from __future__ import annotations

import pytest
from builders import docx_with, part, table

from generator.preview.tall_rows import printable

WHOLE = "<w:trPr><w:cantSplit/></w:trPr>"


def of_rows(*texts: str, mark: str = WHOLE, wide: int = 2400) -> bytes:
    """A document with a table of one column so many twips wide, whose rows stay whole."""
    width = f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/></w:tcPr>'
    rows = table(*([text] for text in texts)).replace("<w:tc>", width)
    return docx_with(rows.replace("<w:tr>", f"<w:tr>{mark}"))


def whole_rows(document: bytes) -> list[bool]:
    """Whether each row stays whole."""
    rows = part(document).split("<w:tr>")[1:]
    return ["cantSplit" in row for row in rows]


def test_only_a_row_that_may_be_higher_than_a_page_is_parted() -> None:
    document = of_rows("短", "长" * 300, "短")
    assert whole_rows(printable(document)) == [True, False, True]
    assert whole_rows(printable(of_rows("短", "长" * 250, wide=8000))) == [True, True]


def test_line_ends_and_empty_paragraphs_count_as_lines() -> None:
    lines = "</w:t><w:br/><w:t>".join("甲" * 12)
    assert whole_rows(printable(of_rows(lines))) == [False]


@pytest.mark.parametrize(
    "document",
    [
        docx_with("没有表格"),
        of_rows("短"),
        of_rows("长" * 300, mark=""),
        of_rows("长" * 300, mark='<w:trPr><w:cantSplit w:val="0"/></w:trPr>'),
        b"no document",
    ],
    ids=["no table", "low rows", "parted rows", "parted rows that say so", "no document"],
)
def test_what_needs_no_change_is_printed_as_it_is(document: bytes) -> None:
    assert printable(document) is document
