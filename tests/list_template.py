"""Draw `templates/document-register/body.docx`: a landscape table in the styles of our layouts.

    python tests/list_template.py

The document is what counts: it may be changed in Word as well.
"""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from generator.layouts import build
from generator.package import pack, parse, read_parts, write
from generator.wordml import Element, make, make_text, w

TARGET = Path(__file__).parent.parent / "templates" / "document-register" / "body.docx"
TITLE = "{{ title }}"
COLUMNS = (  # head, width in twips, tag: as wide as the 版心 is high
    ("序号", 700, "{% for row in entries %}{{ row.index }}"),
    ("文号", 2000, "{{ row.number }}"),
    ("标题", 2956, "{{ row.title }}"),
    ("主送", 1900, "{{ row.recipients }}"),
    ("日期", 2200, "{% if row.date %}{{ row.date | date }}{% endif %}"),
    ("文件", 3000, "{{ row.file }}{% endfor %}"),
)
CENTRED = ("序号", "文号", "日期")
MARGINS = {"top": "1588", "right": "2098", "bottom": "1474", "left": "1984"}
"""Those of a portrait page, turned by 90° (GX801)."""
DENSE = {"w:line": "360", "w:lineRule": "exact"}
"""18 pt: a list is no 公文, and no 22 lines a page are asked of it."""
PROPERTIES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties
 xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
><dc:language>zh-CN</dc:language><dc:title>{{ title }}</dc:title></cp:coreProperties>"""


def paragraph(style: str, text: str, align: str = "") -> Element:
    properties = make("w:pPr", None, make("w:pStyle", {"w:val": style}))
    if style != "Title":
        properties.append(make("w:spacing", DENSE))
    if align:
        properties.append(make("w:jc", {"w:val": align}))
    return make("w:p", None, properties, make("w:r", None, make_text(text)))


def row(style: str, texts: dict[str, str], *properties: Element) -> Element:
    cells = []
    for head, width, _ in COLUMNS:
        measure = make("w:tcW", {"w:w": str(width), "w:type": "dxa"})
        centre = make("w:vAlign", {"w:val": "center"})
        align = "center" if head in CENTRED else ""
        text = paragraph(style, texts[head], align)
        cells.append(make("w:tc", None, make("w:tcPr", None, measure, centre), text))
    return make("w:tr", None, make("w:trPr", None, make("w:cantSplit"), *properties), *cells)


def table() -> Element:
    width = str(sum(width for _, width, _ in COLUMNS))
    properties = make(
        "w:tblPr",
        None,
        make("w:tblStyle", {"w:val": "TableGrid"}),
        make("w:tblW", {"w:w": width, "w:type": "dxa"}),
        make("w:jc", {"w:val": "center"}),
        make("w:tblLayout", {"w:type": "fixed"}),
    )
    grid = make("w:tblGrid", None, *(make("w:gridCol", {"w:w": str(n)}) for _, n, _ in COLUMNS))
    heads = row("TableHead", {head: head for head, _, _ in COLUMNS}, make("w:tblHeader"))
    return make(
        "w:tbl", None, properties, grid, heads, row("TableText", {h: tag for h, _, tag in COLUMNS})
    )


def main() -> None:
    parts = read_parts(build("plain"), "plain")
    document = parse(parts["word/document.xml"])
    body = document.find(w("body"))
    section = body.find(w("sectPr"))
    size, margins = section.find(w("pgSz")), section.find(w("pgMar"))
    size.set(w("w"), "16838")
    size.set(w("h"), "11906")
    size.set(w("orient"), "landscape")
    for side, length in MARGINS.items():
        margins.set(w(side), length)
    margins.set(w("footer"), "850")
    for element in list(body):
        body.remove(element)
    body.extend([paragraph("Title", TITLE), table(), paragraph("TableText", ""), section])
    parts["word/document.xml"] = etree.tostring(document, encoding="UTF-8", standalone=True)
    parts["docProps/core.xml"] = PROPERTIES.encode()
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(write(pack(parts), ()))


if __name__ == "__main__":
    main()
