"""A Word document as text for review: paragraphs, tables and tags, part by part.

One paragraph a line, one table row a line (`| a | b |`). ↵ is a line break and ⇟ a page break,
`[text](target)` a link, `![text]` a picture, ‹PAGE› a field, `[^1]` a note. What was deleted while
changes were tracked is left out. Tags stand as they were typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from lxml import etree

from generator import package
from generator.wordml import Element, qualified, w

_NOTES = re.compile(r"word/(?:header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
_PROPERTIES = re.compile(r"docProps/\w+\.xml")
_GONE = frozenset(map(w, ("del", "moveFrom")))
_NOTE_REFERENCES = frozenset(map(w, ("footnoteReference", "endnoteReference", "commentReference")))
_NOTE_BODIES = frozenset(map(w, ("footnote", "endnote", "comment")))
_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})
_CHOICE, _ALTERNATIVES = qualified("mc:Choice"), qualified("mc:AlternateContent")
_BREAK, _PAGE_BREAK = "↵", "⇟"
_SIGNS = {
    w("tab"): "\t",
    w("cr"): _BREAK,
    w("noBreakHyphen"): "-",
}


def outline(data: bytes, file: str) -> str:
    """The text of the `.docx` *data*, ending in a line end; *file* names it in problems.

    The body comes first; headers, footers and notes with text follow under the names of their
    parts, and those document properties that hold tags. Raises NoticeError for what cannot be read.
    """
    parts = package.read_parts(data, file)
    main = package.main_document(parts, file)
    lines = list(_part(parts, main))
    others = [part for part in parts if _NOTES.fullmatch(part) and part != main]
    for part in sorted(others, key=_by_number):
        inside = list(_part(parts, part))
        if any(inside):
            lines += ["", f"—— {part} ——", *inside]
    for part in sorted(filter(_PROPERTIES.fullmatch, parts)):
        inside = list(_properties(parts[part]))
        if inside:
            lines += ["", f"—— {part} ——", *inside]
    return "".join(f"{line}\n" for line in lines)


def _by_number(part: str) -> tuple[str, int]:
    """The order of parts: header2 before header10."""
    stem = part.removesuffix(".xml")
    name = stem.rstrip("0123456789")
    return name, int(stem[len(name) :] or 0)


def _part(parts: Mapping[str, bytes], part: str) -> Iterator[str]:
    try:
        root = package.parse(parts[part])
        links = {
            link.id: link.target for link in package.relationships(parts, part) if link.external
        }
    except etree.XMLSyntaxError:
        yield f"✗ {part}"
        return
    body = root.find(w("body"))
    yield from _Reader(links).blocks(root if body is None else body)


def _properties(member: bytes) -> Iterator[str]:
    try:
        root = package.parse(member)
    except etree.XMLSyntaxError:
        return
    for node in root.iter(etree.Element):
        text = node.text or ""
        if "{{" in text or "{%" in text:
            yield f"{etree.QName(node).localname}: {text}"


class _Reader:
    """Reads one part; *links* are its external targets by id."""

    def __init__(self, links: Mapping[str, str]) -> None:
        self._links = links
        self._boxes: list[Element] = []
        """The text boxes of the paragraph that is being read."""

    def blocks(self, container: Element) -> Iterator[str]:
        """The lines of the paragraphs and tables in *container*."""
        for node in _children(container):
            if node.tag == w("p"):
                yield from self._paragraph(node)
            elif node.tag == w("tbl"):
                yield from self._rows(node)
            elif node.tag in _NOTE_BODIES:
                if node.get(w("type")) not in _SEPARATORS:
                    yield f"[^{node.get(w('id'))}] " + f" {_BREAK} ".join(self.blocks(node)).strip()
            elif node.tag != w("sectPr"):
                yield from self.blocks(node)

    def _paragraph(self, paragraph: Element) -> Iterator[str]:
        outer, self._boxes = self._boxes, []
        yield "".join(self._inline(paragraph))
        boxes, self._boxes = self._boxes, outer
        for box in boxes:
            yield from (f"    {line}" for line in self.blocks(box))

    def _rows(self, container: Element) -> Iterator[str]:
        """The rows of a table, those in content controls too."""
        for node in _children(container):
            if node.tag == w("tr"):
                cells = (cell.replace("|", "\\|") for cell in self._cells(node))
                yield f"| {' | '.join(cells)} |"
            elif node.tag not in (w("tblPr"), w("tblGrid")):
                yield from self._rows(node)

    def _cells(self, container: Element) -> Iterator[str]:
        for node in _children(container):
            if node.tag == w("tc"):
                yield f" {_BREAK} ".join(self.blocks(node))
            elif node.tag not in (w("trPr"), w("tblPrEx")):
                yield from self._cells(node)

    def _inline(self, container: Element) -> Iterator[str]:
        """The texts of what stands in a paragraph or run."""
        for node in _children(container):
            if node.tag == w("t"):
                yield node.text or ""
            elif node.tag in _SIGNS:
                yield _SIGNS[node.tag]
            elif node.tag == w("br"):
                yield _PAGE_BREAK if node.get(w("type")) == "page" else _BREAK
            elif node.tag == w("instrText"):
                yield f"‹{(node.text or '').strip()}›"
            elif node.tag in _NOTE_REFERENCES:
                yield f"[^{node.get(w('id'))}]"
            elif node.tag == w("hyperlink"):
                yield self._link(node)
            elif node.tag == qualified("wp:docPr"):
                yield f"![{node.get('descr') or node.get('title') or node.get('name', '')}]"
            elif node.tag == w("txbxContent"):
                self._boxes.append(node)
            elif node.tag not in (w("pPr"), w("rPr")):
                if node.tag == w("fldSimple"):
                    yield f"‹{node.get(w('instr'), '').strip()}›"
                yield from self._inline(node)

    def _link(self, link: Element) -> str:
        text = "".join(self._inline(link))
        target = self._links.get(link.get(qualified("r:id"), ""), "")
        if "{{" in unquote(target):  # Word writes the braces of a tag as %7B and %7D
            target = unquote(target)
        return f"[{text}]({target})" if target else text


def _children(container: Element) -> Iterator[Element]:
    """The elements in *container* that are there: no deleted ones, one of several alternatives."""
    for node in container.iterchildren(etree.Element):
        if node.tag == _ALTERNATIVES:
            choice = node.find(_CHOICE)
            yield choice if choice is not None else node
        elif node.tag not in _GONE:
            yield node
