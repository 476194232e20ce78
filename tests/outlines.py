"""Readable outlines of documents, and their XML laid out line by line, for golden files."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from generator.wordml import Element, qualified, w

_SIGNS = {w("br"): "⏎", w("tab"): "⇥", w("noBreakHyphen"): "-", w("drawing"): "▭"}


def outline(document: bytes) -> list[str]:
    """One line for each paragraph of the document: its style's name and text; tables by rows."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        styles = etree.fromstring(archive.read("word/styles.xml"))
        body = etree.fromstring(archive.read("word/document.xml"))[0]
    names = {
        style.get(w("styleId")): style.find(w("name")).get(w("val"))
        for style in styles.iter(w("style"))
    }
    lines = []
    for block in body:
        if block.tag == w("p"):
            lines.append(f"{_style(block, names)}: {_text(block)}")
            lines += [f"  ▭ {_text(p)}" for p in _boxed(block)]
        elif block.tag == w("tbl"):
            for row in block.iter(w("tr")):
                cells = [_cell(cell) for cell in row.iterchildren(w("tc"))]
                lines.append("| " + " | ".join(cells) + " |")
    return lines


def _style(paragraph: Element, names: dict[str, str]) -> str:
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return names[style.get(w("val"))] if style is not None else "Normal"


def _text(element: Element) -> str:
    return "".join(
        (node.text or "") if node.tag == w("t") else _SIGNS.get(node.tag, "")
        for node in element.iter()
        if next(node.iterancestors(w("txbxContent")), None)
        is next(element.iterancestors(w("txbxContent")), None)
    )


def _boxed(paragraph: Element) -> list[Element]:
    """The paragraphs of the text boxes that a paragraph holds, of the newer markup only."""
    return [
        inner for choice in paragraph.iter(qualified("mc:Choice")) for inner in choice.iter(w("p"))
    ]


def _cell(cell: Element) -> str:
    merge = cell.find(f"{w('tcPr')}/{w('vMerge')}")
    if merge is not None and merge.get(w("val"), "continue") == "continue":
        return "↑"
    return _text(cell)


def laid_out(document: bytes, part: str) -> str:
    """A part of the document as indented XML."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        root = etree.fromstring(archive.read(part), etree.XMLParser(remove_blank_text=True))
    etree.indent(root)
    return etree.tostring(root, encoding="unicode")
