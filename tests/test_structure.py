"""The check of finished documents sees what attributes say: each case was once passed over."""

from __future__ import annotations

import pytest
from builders import docx_with, p
from structure import faults

C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"


def within(properties: str) -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr></w:p>"


def table_of(column: str, properties: str) -> str:
    cell = f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p/></w:tc>"
    return f"<w:tbl><w:tblPr/><w:tblGrid>{column}</w:tblGrid><w:tr>{cell}</w:tr></w:tbl>"


COLUMN = '<w:gridCol w:w="1000"/>'


@pytest.mark.parametrize(
    ("block", "fault"),
    [
        (within('<w:spacing w:before="true"/>'), "spacing has before='true'"),
        (within('<w:spacing w:before="-20"/>'), "spacing has before='-20'"),
        (within('<w:ind w:left="210.5"/>'), "ind has left='210.5'"),
        (within('<w:ind w:hanging=""/>'), "ind has hanging=''"),
        (within('<w:keepNext w:val="2"/>'), "keepNext has val='2'"),
        (within('<w:jc w:val="middle"/>'), "jc has val='middle'"),
        (within('<w:tabs><w:tab w:val="left"/></w:tabs>'), "tab without pos"),
        (p('<w:r><w:rPr><w:w w:val="601"/></w:rPr></w:r>'), "w has val='601'"),
        (p("<w:r><w:rPr><w:sz/></w:rPr></w:r>"), "sz without val"),
        (table_of("<w:gridCol/>", ""), "gridCol without w"),
        (table_of(COLUMN, '<w:tcW w:w="None" w:type="dxa"/>'), "tcW has w='None'"),
        (table_of(COLUMN, '<w:gridSpan w:val="-1"/>'), "gridSpan has val='-1'"),
        (
            table_of(COLUMN, '<w:tcBorders><w:top w:sz="8"/></w:tcBorders>'),
            "top without val",
        ),
        (table_of(COLUMN, '<w:shd w:val="clear" w:fill="red"/>'), "shd has fill='red'"),
        (
            p(f'<w:r><wp:extent xmlns:wp="{WP}" cx="5.7e+06" cy="1"/></w:r>'),
            "extent has cx='5.7e+06'",
        ),
        (p(f'<w:r><wp:docPr xmlns:wp="{WP}" id="-1" name=""/></w:r>'), "docPr has id='-1'"),
        (
            p(
                f'<w:r><c:numCache xmlns:c="{C}"><c:pt idx="0"><c:v>nan</c:v></c:pt>'
                "</c:numCache></w:r>"
            ),
            "v is no number: 'nan'",
        ),
    ],
)
def test_an_attribute_that_word_cannot_read_is_a_fault(block: str, fault: str) -> None:
    assert faults(docx_with(block)) == [f"word/document.xml: {fault}"]


def test_a_section_without_a_margin_is_a_fault() -> None:
    section = '<w:sectPr><w:pgMar w:top="1" w:right="1" w:bottom="1" w:left="1"/></w:sectPr>'
    assert faults(docx_with(within(section))) == [
        f"word/document.xml: pgMar without {name}" for name in ("header", "footer", "gutter")
    ]


@pytest.mark.parametrize(
    "block",
    [
        within('<w:spacing w:before="12pt" w:line="-240" w:lineRule="exact"/>'),
        within('<w:ind w:left="-12.5mm" w:firstLineChars="-200"/>'),
        within('<w:tabs><w:tab w:val="clear" w:pos="-420"/></w:tabs><w:jc w:val="distribute"/>'),
        table_of(COLUMN, '<w:tcW w:w="50%" w:type="pct"/><w:shd w:val="clear" w:fill="auto"/>'),
        p("<w:r><w:tab/></w:r>"),
    ],
)
def test_what_the_standard_allows_is_none(block: str) -> None:
    assert faults(docx_with(block)) == []
