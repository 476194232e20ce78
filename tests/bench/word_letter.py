"""A letter with a table, as Word writes one: a clerk typed the tags, Word parted them into runs.

noticegen and docxtpl render this same file, so that levels are marked as docxtpl needs it.
"""

from __future__ import annotations

import io
from typing import Any

import docx
from lxml import etree

from generator.package import pack, read_parts, write
from generator.wordml import NAMESPACES

_W = NAMESPACES["w"]
_FORMAT = (
    '<w:rPr><w:rFonts w:ascii="仿宋_GB2312" w:eastAsia="仿宋_GB2312" w:hAnsi="仿宋" '
    'w:hint="eastAsia"/><w:sz w:val="32"/><w:szCs w:val="32"/></w:rPr>'
)
_INDENTED, _CENTRED, _RIGHT = (
    *('<w:ind w:firstLine="640"/>', '<w:jc w:val="center"/>', '<w:jc w:val="right"/>'),
)
_WIDTHS = (900, 2200, 1500, 2400, 1500)
_FIELDS = ("序号", "单位", "姓名", "电话", "备注")


def letter() -> bytes:
    """The `.docx`: a header, conditions in a line and around a paragraph, a table of five columns.

    Styles, theme and settings are those that Word wrote into python-docx's own document.
    """
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = " "
    buffer = io.BytesIO()
    document.save(buffer)
    parts = read_parts(buffer.getvalue(), "")
    for name, blocks in (("word/document.xml", _BODY), ("word/header1.xml", _HEADER)):
        root = etree.fromstring(parts[name])
        box = root.find(f"{{{_W}}}body")
        box = root if box is None else box
        for paragraph in box.findall(f"{{{_W}}}p"):
            box.remove(paragraph)
        box[:0] = etree.fromstring(f'<w:body xmlns:w="{_W}">{blocks}</w:body>')
        parts[name] = etree.tostring(root, encoding="UTF-8", standalone=True)
    return write(pack(parts), ())


def values(rows: int) -> dict[str, Any]:
    """What the letter prints; its table gets *rows* rows of five cells."""
    return {
        "编号": "示函〔2005〕7号",
        "标题": "关于报送联络员名单的函",
        "收文单位": "示例市民政局",
        "日期": "2005年3月10日",
        "急": True,
        "落款": "示例市人民政府办公室",
        "名单": [
            {
                "序号": number,
                "单位": f"示例市第{number}小学",
                "姓名": "张某",
                "电话": f"0000-{number:07}",
                "备注": "兼 A 与 B" if number % 10 == 0 else "",
            }
            for number in range(1, rows + 1)
        ],
    }


# --- what Word writes ----------------------------------------------------------------------------


def _paragraph(text: str, properties: str = _INDENTED) -> str:
    """A paragraph of *text*, which a spelling mark parts at every `|`."""
    runs = [
        f'<w:r w:rsidR="00A77B3E">{_FORMAT}<w:t xml:space="preserve">{piece}</w:t></w:r>'
        for piece in text.split("|")
    ]
    parted = '<w:proofErr w:type="spellStart"/>'.join(runs)
    return f'<w:p w:rsidR="00A77B3E"><w:pPr>{properties}</w:pPr>{parted}</w:p>'


def _row(*texts: str, properties: str = "") -> str:
    cells = [
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"{_paragraph(text, _CENTRED)}</w:tc>"
        for text, width in zip(texts, _WIDTHS, strict=True)
    ]
    return f'<w:tr w:rsidR="00A77B3E">{properties}{"".join(cells)}</w:tr>'


_EMPTY = ("",) * 4
_TABLE = "".join(
    (
        '<w:tbl><w:tblPr><w:tblW w:w="8500" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>',
        "<w:tblGrid>",
        *(f'<w:gridCol w:w="{width}"/>' for width in _WIDTHS),
        "</w:tblGrid>",
        _row(*_FIELDS, properties="<w:trPr><w:tblHeader/></w:trPr>"),
        _row("{%tr for 行| in 名单 %}", *_EMPTY),
        _row(*(f"{{{{ 行|.{field} }}}}" for field in _FIELDS)),
        _row("{%tr endfor %}", *_EMPTY),
        "</w:tbl>",
    )
)
_BODY = "".join(
    (
        _paragraph("{|{ 标题| }}", _CENTRED),
        _paragraph("{{ 收文|单位 }}：", ""),
        _paragraph("请于{{| 日期 }}前将名单报我们{% if| 急 %}（|急|）{%| endif %}。"),
        _paragraph("{%p if 急 %}"),
        _paragraph("逾期不报的，视为没有意见。"),
        _paragraph("{%p endif %}"),
        _TABLE,
        _paragraph("{{ 落款| }}", _RIGHT),
    )
)
_HEADER = _paragraph("{{ 编号| }}", '<w:pStyle w:val="Header"/>')
