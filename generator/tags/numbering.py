"""Where each paragraph of a part stands: its number, its text box, its cell."""

from __future__ import annotations

from generator import places
from generator.tags.grid import cells_of
from generator.wordml import Element, w

_PARTS = {
    w("hdr"): "header",
    w("ftr"): "footer",
    w("footnotes"): "footnotes",
    w("endnotes"): "endnotes",
    w("comments"): "comments",
}
_NOTES = (w("footnote"), w("endnote"))
_HOLDERS = (w("tc"), w("txbxContent"), *_NOTES)


def number_paragraphs(root: Element) -> list[tuple[Element, str]]:
    """The paragraphs below *root* in order, each with its compact spot.

    A text box counts its own; what parts notes from the text is not counted.
    """
    part = _PARTS.get(root.tag, "body")
    cells = _cells(root)
    counts: dict[Element | None, int] = {}
    found = []
    for paragraph in root.iter(w("p")):
        holders = list(paragraph.iterancestors(*_HOLDERS))
        box = next((node for node in holders if node.tag == w("txbxContent")), None)
        separator = any(node.tag in _NOTES and node.get(w("type")) for node in holders)
        counts[box] = counts.get(box, 0) + (not separator)
        cell = cells.get(holders[0]) if holders else None
        spot = places.spot(part, counts[box], cell, boxed=box is not None)
        found.append((paragraph, spot))
    return found


def _cells(root: Element) -> dict[Element, tuple[int, int]]:
    """The row and the column of each cell in its table."""
    seen: dict[Element, int] = {}
    found = {}
    for row in root.iter(w("tr")):
        table = next(row.iterancestors(w("tbl")), None)
        seen[table] = seen.get(table, 0) + 1
        for column, cell in enumerate(cells_of(row), 1):
            found[cell] = (seen[table], column)
    return found
