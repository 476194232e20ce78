"""What Word leaves in a document and no template needs: spelling marks, recorded changes.

Changes are taken as accepted (ISO/IEC 29500-1, 17.13.5): a deletion is gone before any tag is
read, so that it is never evaluated and its text never comes out.
"""

from __future__ import annotations

from lxml import etree

from generator import wordml
from generator.wordml import Element, w

_NOISE = tuple(map(w, ("proofErr", "lastRenderedPageBreak")))
_TEXTS = frozenset(map(w, ("t", "instrText", "delText", "delInstrText")))
_DELETED = tuple(map(w, ("del", "moveFrom", "delText", "delInstrText")))
_INSERTED = tuple(map(w, ("ins", "moveTo")))
_RECORDS = tuple(
    map(
        w,
        (
            *("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange"),
            *("trPrChange", "tcPrChange", "tblGridChange", "numberingChange"),
            *("cellIns", "cellMerge", "moveFromRangeStart", "moveFromRangeEnd"),
            *("moveToRangeStart", "moveToRangeEnd", "customXmlInsRangeStart"),
            *("customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd"),
            *("customXmlMoveFromRangeStart", "customXmlMoveFromRangeEnd"),
            *("customXmlMoveToRangeStart", "customXmlMoveToRangeEnd"),
        ),
    )
)
_PROPERTIES = frozenset(map(w, ("rPr", "trPr")))
_ALTERNATIVES, _CHOICE, _FALLBACK = map(
    wordml.qualified, ("mc:AlternateContent", "mc:Choice", "mc:Fallback")
)
_GUESSED = tuple(map(w, ("smartTag", "customXml")))
"""What Word puts around words that it takes for a name or a date, and around data of others."""
_OF_GUESSED = frozenset(map(w, ("smartTagPr", "customXmlPr")))
_LAST_CURSOR = "_GoBack"
"""The bookmark that Word leaves where the cursor stood."""


def clean(root: Element) -> bool:
    """Drop what nobody typed below *root*, in place; whether deleted content was among it."""
    _drop_ignorable(root)
    revised = _accept_changes(root)
    for node in list(root.iter(*_NOISE)):
        wordml.remove(node)
    for node in list(root.iter(*_GUESSED)):
        _unwrap(node)
    _drop_last_cursor(root)
    for node in list(root.iter()):
        if not isinstance(node.tag, str):
            if node.getparent() is not None:
                wordml.remove(node)
            continue
        if node.tag not in _TEXTS and len(node) and node.text and not node.text.strip():
            node.text = None
        if node.tail and not node.tail.strip():
            node.tail = None
    return revised


def _drop_ignorable(root: Element) -> None:
    """Drop what *root* declares ignorable and we do not know (ISO/IEC 29500-3, 10.1)."""
    foreign = _foreign(root)
    if not foreign:
        return
    for node in list(root.iter(etree.Element)):
        if etree.QName(node).namespace in foreign and node is not root:
            wordml.remove(node)
            continue
        for key in node.attrib:
            if etree.QName(key).namespace in foreign:
                del node.attrib[key]


def choose_known(root: Element) -> None:
    """Drop the choices below *root* that need what is dropped with them (29500-3, 10.2.1).

    Where none is left, what was written for programs that do not know it stands in their place.
    """
    foreign = _foreign(root) | {None}
    for alternatives in list(root.iter(_ALTERNATIVES)):
        for choice in list(alternatives.iterchildren(_CHOICE)):
            if any(
                choice.nsmap.get(name) in foreign for name in choice.get("Requires", "").split()
            ):
                wordml.remove(choice)
        if alternatives.find(_CHOICE) is None:
            for fallback in alternatives.iterchildren(_FALLBACK):
                for child in list(fallback):
                    alternatives.addprevious(child)
            wordml.remove(alternatives)


def _foreign(root: Element) -> set[str]:
    """The namespaces that *root* declares ignorable and that we do not know."""
    prefixes = root.get(wordml.qualified("mc:Ignorable"), "").split()
    return {root.nsmap.get(prefix) for prefix in prefixes} - {None, *wordml.PREFIXES}


def _drop_last_cursor(root: Element) -> None:
    ids = set()
    for start in list(root.iter(w("bookmarkStart"))):
        if start.get(w("name")) == _LAST_CURSOR:
            ids.add(start.get(w("id")))
            wordml.remove(start)
    for end in list(root.iter(w("bookmarkEnd"))) if ids else ():
        if end.get(w("id")) in ids:
            wordml.remove(end)


# --- recorded changes ----------------------------------------------------------------------------


def _accept_changes(root: Element) -> bool:
    """Accept every recorded change below *root*; whether anything was deleted."""
    if next(root.iter(*_DELETED, *_INSERTED, *_RECORDS, w("cellDel")), None) is None:
        return False
    deleted = next(root.iter(*_DELETED, w("cellDel")), None) is not None
    for kind, mark in (("tc", "tcPr/cellDel"), ("tr", "trPr/del")):
        path = "/".join(map(w, mark.split("/")))
        for element in [each for each in root.iter(w(kind)) if each.find(path) is not None]:
            if element.getparent() is not None:
                _remove_whole(element)
    ended = [p for p in root.iter(w("p")) if _lost_its_end(p)]
    for node in list(root.iter(*_DELETED, *_RECORDS)):
        if node.getparent() is not None:
            wordml.remove(node)
    for node in list(root.iter(*_INSERTED)):
        _unwrap(node)
    for paragraph in ended:
        _join_with_next(paragraph)
    return deleted


def _remove_whole(element: Element) -> None:
    """Remove a row or cell, and the row and the table that then hold none."""
    holder = next(element.iterancestors(w("tr"), w("tbl")), None)
    wordml.remove(element)
    if holder is None or next(holder.iter(element.tag), None) is not None:
        return
    if holder.tag == w("tr"):
        _remove_whole(holder)
    elif holder.getparent() is not None:
        wordml.remove(holder)


def _lost_its_end(paragraph: Element) -> bool:
    """Whether the mark at the end of *paragraph* is deleted (17.13.5.15)."""
    marks = paragraph.find(f"{w('pPr')}/{w('rPr')}")
    return marks is not None and any(marks.find(w(n)) is not None for n in ("del", "moveFrom"))


def _unwrap(node: Element) -> None:
    parent = node.getparent()
    if parent.tag not in _PROPERTIES:
        for child in list(node):
            if child.tag not in _OF_GUESSED:
                node.addprevious(child)
    wordml.remove(node)


def _join_with_next(paragraph: Element) -> None:
    """Move what is left of a paragraph without its end to the beginning of the next one."""
    following = paragraph.getnext()
    ends_section = paragraph.find(f"{w('pPr')}/{w('sectPr')}") is not None
    if following is None or following.tag != w("p") or ends_section:
        return
    position = 1 if following.find(w("pPr")) is not None else 0
    for child in reversed([node for node in paragraph if node.tag != w("pPr")]):
        following.insert(position, child)
    wordml.remove(paragraph)
