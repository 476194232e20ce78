"""What a document must hold wherever its values come from: an independent check of the result.

It knows nothing of the compiler: it opens the finished package and looks at each part
(ISO/IEC 29500-1, 17.2–17.4, 17.10).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_PARAGRAPHS = frozenset(
    {"body", "tc", "hdr", "ftr", "txbxContent", "footnote", "endnote", "comment"}
)
_INLINE = frozenset("p hyperlink ins del fldSimple dir bdo rt rubyBase".split())
_PARENTS = {
    "p": _PARAGRAPHS,
    "tbl": _PARAGRAPHS,
    "tr": frozenset({"tbl"}),
    "tc": frozenset({"tr"}),
    "r": _INLINE,
    "t": frozenset({"r", "Fallback"}),
    "br": frozenset({"r"}),
    "tab": frozenset({"r", "tabs"}),
    "pPr": frozenset({"p", "style", "tblStylePr", "pPrDefault", "lvl"}),
    "rPr": frozenset({"r", "pPr", "style", "tblStylePr", "rPrDefault", "lvl", "sdtPr", "ctrlPr"}),
    "tcPr": frozenset({"tc", "style", "tblStylePr"}),
    "trPr": frozenset({"tr", "style", "tblStylePr"}),
    "tblPr": frozenset({"tbl", "style", "tblStylePr"}),
    "tblGrid": frozenset({"tbl"}),
    "vMerge": frozenset({"tcPr"}),
    "sectPr": frozenset({"body", "pPr"}),
}
_FIRST = frozenset({"pPr", "rPr", "tcPr", "tblPr"})
_HOLDERS = frozenset({"p", "r", "tc", "tbl"})
_MAY_HOLD_TEXT = frozenset({"t", "instrText", "delText"})


def faults(document: bytes) -> list[str]:
    """What is wrong with a `.docx`: `word/document.xml: tc ends without a paragraph`."""
    found: list[str] = []
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        if archive.testzip() is not None:
            return ["a member is damaged"]
        for name in archive.namelist():
            data = archive.read(name)
            try:
                root = etree.fromstring(data)
            except etree.XMLSyntaxError as error:
                found.append(f"{name}: not well-formed: {error}")
                continue
            found += [f"{name}: {fault}" for fault in _faults(root)]
    return found


def _faults(root: Any) -> Iterator[str]:
    for element in root.iter():
        if not isinstance(element.tag, str):
            yield "a comment or an instruction is left"
        elif element.tag.startswith(W):
            yield from _faults_of(element, element.tag.removeprefix(W))


def _faults_of(element: Any, name: str) -> Iterator[str]:
    parent = _parent(element)
    if name in _PARENTS and parent not in _PARENTS[name]:
        yield f"{name} in {parent}"
    children = [str(child.tag).removeprefix(W) for child in _children(element)]
    if name in _FIRST and parent in _HOLDERS and element.getprevious() is not None:
        yield f"{name} is not the first in {parent}"
    referred = name in ("footnote", "endnote") and parent in ("footnotePr", "endnotePr")
    if name in _PARAGRAPHS - {"body"} and "p" not in children and not referred:
        yield f"{name} without a paragraph"
    if name == "tc" and children[-1:] not in (["p"], []):
        yield "tc ends without a paragraph"
    if name == "tbl" and "tr" not in children:
        yield "tbl without a row"
    if name == "tr" and "tc" not in children:
        yield "tr without a cell"
    if name == "body" and children[-1:] != ["sectPr"]:
        yield "body does not end in sectPr"
    if name not in _MAY_HOLD_TEXT and _loose_text(element):
        yield f"text loose in {name}: {_loose_text(element)!r}"


def _parent(element: Any) -> str:
    """The name of what holds *element*; content controls are looked through."""
    parent = element.getparent()
    while parent is not None and parent.tag in (W + "sdt", W + "sdtContent"):
        parent = parent.getparent()
    return "" if parent is None else str(parent.tag).removeprefix(W)


def _children(element: Any) -> Iterator[Any]:
    for child in element:
        if child.tag in (W + "sdt", W + "sdtContent"):
            yield from _children(child)
        elif child.tag not in (W + "sdtPr", W + "sdtEndPr"):
            yield child


def _loose_text(element: Any) -> str:
    pieces = [element.text, *(child.tail for child in element)]
    return "".join(piece for piece in pieces if piece).strip()
