"""What a document must hold wherever its values come from: an independent check of the result.

It knows nothing of the compiler: it opens the finished package and looks at each part
(ISO/IEC 29500-1, 17.2–17.4, 17.10).
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from attribute_values import wrong_values
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
    roots: dict[str, Any] = {}
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        if archive.testzip() is not None:
            return ["a member is damaged"]
        for name in archive.namelist():
            if name.startswith("word/media/"):
                continue
            data = archive.read(name)
            try:
                root = etree.fromstring(data)
            except etree.XMLSyntaxError as error:
                found.append(f"{name}: not well-formed: {error}")
                continue
            found += [f"{name}: {fault}" for fault in _faults(root)]
            roots[name] = root
    return found + list(_faults_together(roots))


def _faults(root: Any) -> Iterator[str]:
    for element in root.iter():
        if not isinstance(element.tag, str):
            yield "a comment or an instruction is left"
            continue
        if element.tag.startswith(W):
            yield from _faults_of(element, element.tag.removeprefix(W))
        yield from wrong_values(element)


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
    if name == "sdtContent" and not children:
        yield "sdtContent is empty"
    if name == "body" and children[-1:] != ["sectPr"]:
        yield "body does not end in sectPr"
    if name == "sectPr" and parent == "pPr" and _parent(_holder(element)) not in ("body", ""):
        yield f"a section ends in {_parent(_holder(element))}"
    if name not in _MAY_HOLD_TEXT and _loose_text(element):
        yield f"text loose in {name}: {_loose_text(element)!r}"


def _holder(properties: Any) -> Any:
    """The paragraph in whose properties something stands."""
    return properties.getparent().getparent()


def _parent(element: Any) -> str:
    """The name of what holds *element*; content controls are looked through."""
    parent = element.getparent()
    while parent is not None and parent.tag in (W + "sdt", W + "sdtContent"):
        parent = parent.getparent()
    return "" if parent is None else str(parent.tag).removeprefix(W)


_NO_CONTENT = frozenset(W + name for name in "sdtPr sdtEndPr bookmarkStart bookmarkEnd".split())


def _children(element: Any) -> Iterator[Any]:
    for child in element:
        if child.tag in (W + "sdt", W + "sdtContent"):
            yield from _children(child)
        elif child.tag not in _NO_CONTENT:
            yield child


def _loose_text(element: Any) -> str:
    pieces = [element.text, *(child.tail for child in element)]
    return "".join(piece for piece in pieces if piece).strip()


# --- what must be unique, or a pair --------------------------------------------------------------

_DOC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOTES = {"footnote": "word/footnotes.xml", "endnote": "word/endnotes.xml"}


def _faults_together(roots: dict[str, Any]) -> Iterator[str]:
    """What is wrong with ids and names over all parts; of what is written twice, the first half."""
    seen = {name: list(_first_halves(root)) for name, root in roots.items()}
    every = [node for nodes in seen.values() for node in nodes]
    starts = [node for node in every if node.tag == W + "bookmarkStart"]
    yield from _repeated("drawing", [node.get("id") for node in every if node.tag == _DOC_PR])
    yield from _repeated("bookmark", [node.get(W + "id") for node in starts])
    yield from _repeated("bookmark", [node.get(W + "name", "").casefold() for node in starts])
    for name, nodes in seen.items():
        for kind in ("bookmark", "commentRange"):
            begun, ended = (
                sorted(node.get(W + "id") for node in nodes if node.tag == W + kind + which)
                for which in ("Start", "End")
            )
            if begun != ended:
                yield f"{name}: {kind} {begun} is not {ended}"
        depth = [
            _DEPTHS[node.get(W + "fldCharType")] for node in nodes if node.tag == W + "fldChar"
        ]
        if sum(depth) or any(total < 0 for total in accumulate(depth)):
            yield f"{name}: a field is cut"
    for kind, part in _NOTES.items():
        refers = [node.get(W + "id") for node in every if node.tag == f"{W}{kind}Reference"]
        notes = [node.get(W + "id") for node in seen.get(part, ()) if node.tag == W + kind]
        yield from _repeated(kind, notes)
        yield from _repeated(f"{kind}Reference", refers)
        if missing := set(refers) - set(notes):
            yield f"{part}: no {kind} {sorted(missing)}"
    used = {node.get(W + "val") for node in every if node.tag == W + "numId"}
    numbering = seen.get("word/numbering.xml", ())
    nums = {node.get(W + "numId") for node in numbering if node.tag == W + "num"}
    if missing := used - nums - {"0"}:
        yield f"word/numbering.xml: no num {sorted(missing)}"


_DEPTHS = {"begin": 1, "separate": 0, "end": -1}


def _first_halves(root: Any) -> Iterator[Any]:
    """The elements below *root* but those of an `mc:Fallback`."""
    if root.tag != _FALLBACK:
        yield root
        for child in root:
            yield from _first_halves(child)


def _repeated(what: str, ids: list[str]) -> Iterator[str]:
    twice = sorted(id for id, count in Counter(ids).items() if count > 1)
    if twice:
        yield f"{what} {twice} is there more than once"
