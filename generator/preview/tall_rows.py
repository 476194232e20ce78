"""Rows higher than a page, of which LibreOffice loses lines where they may not be parted.

Word parts such a row all the same (ISO/IEC 29500-1, 17.4.6). So the copy that LibreOffice prints
allows it; the document itself stays as it is.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from lxml import etree

from generator import package
from generator.formats import width
from generator.problems import NoticeError
from generator.wordml import Element, w

_WHOLE = b"cantSplit"
_CHARACTER, _LINE, _PADDING = 240, 360, 216
"""Twips of text of 12 points in a cell: what most tables are set in."""
_MUCH = 0.4
"""Of a page: larger text than that may be more than twice as high."""
_PAGE = 8_845
"""The height in twips of the type area of a sheet that lies across, the lowest there is."""
_OFF = frozenset({"0", "false", "off"})


def printable(data: bytes) -> bytes:
    """The `.docx` *data* with rows parted that may be higher than a page; as it is without any."""
    try:
        members = package.read_parts(data, "")
        main = package.main_document(members, "")
        if _WHOLE not in members[main]:
            return data
        root = package.parse(members[main])
    except (NoticeError, etree.XMLSyntaxError):
        return data  # LibreOffice says what is wrong with it
    tall = [mark for mark in root.iter(w("cantSplit")) if _is_tall(mark)]
    if not tall:
        return data
    for mark in tall:
        mark.getparent().remove(mark)
    printed = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return package.write(package.pack({**members, main: printed}), ())


def _is_tall(mark: Element) -> bool:
    """Whether the row that *mark* keeps whole may be higher than a page."""
    row = next(mark.iterancestors(w("tr")), None)
    if row is None or mark.get(w("val"), "1") in _OFF:
        return False
    return max(map(_height, row.iterchildren(w("tc"))), default=0) > _MUCH * _PAGE


def _height(cell: Element) -> int:
    """About how high the text of *cell* is, in twips."""
    said = cell.find(f"{w('tcPr')}/{w('tcW')}")
    wide = said.get(w("w"), "") if said is not None and said.get(w("type")) == "dxa" else ""
    room = max((int(wide) if wide.isdecimal() else _PAGE) - _PADDING, _CHARACTER)
    return _LINE * sum(math.ceil(_CHARACTER * width(line) / room) for line in _lines(cell))


def _lines(cell: Element) -> Iterator[str]:
    """The texts of *cell* from one end of a line to the next."""
    for paragraph in cell.iter(w("p")):
        pieces: list[str] = []
        for node in paragraph.iter(w("t"), w("br")):
            pieces.append(node.text or "" if node.tag == w("t") else "\n")
        yield from (line or "　" for line in "".join(pieces).split("\n"))
