"""Places in a Word template: compact where a tree keeps them, words where a person reads them.

A tree and a compiled template keep a spot as text. `place` turns it into words that can be said in
another language: 正文第5段（表格第3行第2列）“…截至{{ 日期 }}止…”.
"""

from __future__ import annotations

from typing import Any

from generator.problems import Location, Message

_PARTED = "\U0010fffc"
# What a tree would take for a tag, or for the end of one.
_HIDDEN = {"{": "\U0010fffb", "?": "\U0010fffa"}
_HIDE = str.maketrans(_HIDDEN)
_SHOW = str.maketrans({hidden: sign for sign, hidden in _HIDDEN.items()})
_AROUND = 6
"""Characters shown on each side of a tag."""
_MOST = 30
"""Characters shown of a tag, or of a paragraph."""
_ELISION = "…"

PARTS = {
    "body": Message("body"),
    "header": Message("header"),
    "footer": Message("footer"),
    "footnotes": Message("footnotes"),
    "endnotes": Message("endnotes"),
    "comments": Message("comments"),
    "properties": Message("document properties"),
}
"""The parts of a document by the names that `spot` takes."""


def spot(
    part: str, number: int = 0, cell: tuple[int, int] | None = None, *, boxed: bool = False
) -> str:
    """The compact form of a place: paragraph *number* of one of PARTS, or of a text box in it.

    *cell* is the row and the column of the table's cell that it stands in; all count from 1.
    """
    row, column = cell or ("", "")
    return _PARTED.join(("", part, "box" if boxed else "", str(number), str(row), str(column), ""))


def with_words(of: str, text: str, start: int = 0, end: int | None = None) -> str:
    """A compact *spot* with the words around `text[start:end]`; its beginning, without an end."""
    if end is None:
        words = _shortened(" ".join(text.split()))
    else:
        before = text[max(start - _AROUND, 0) : start]
        after = text[end : end + _AROUND]
        words = (
            (_ELISION if start > _AROUND else "")
            + before
            + _shortened(text[start:end])
            + after
            + (_ELISION if len(text) > end + _AROUND else "")
        )
        words = " ".join(words.split())
    return of + words.translate(_HIDE)


def place(file: str, at: str, *, words_too: bool = True) -> Location:
    """The location in *file* of a spot; one that is not compact stays as it is."""
    if not at.startswith(_PARTED):
        return Location(file, at)
    _, part, box, number, row, column, words = at.split(_PARTED, 6)
    where = PARTS[part]
    if box:
        where = Message("text box in the {part}", part=where)
    if row:
        where = Message(
            "{part} ¶{number} (row {row}, column {column})",
            part=where,
            number=number,
            row=row,
            column=column,
        )
    elif number != "0":
        where = Message("{part} ¶{number}", part=where, number=number)
    if words and words_too:
        where = Message("{place} “{words}”", place=where, words=words.translate(_SHOW))
    return Location(file, where)


def reading_order(where: Location) -> tuple[int, bool, int]:
    """What sorts places in a file: part by part, text boxes after the rest, by paragraphs.

    In Markdown by lines. What stands nowhere comes first.
    """
    spot: Any = where.spot
    if not isinstance(spot, Message):
        return 0, False, int(spot) if spot.isdecimal() else 0
    while "place" in spot.values:
        spot = spot.values["place"]
    number = spot.values.get("number", "0")
    part = spot.values.get("part", spot)
    boxed = "part" in part.values
    return list(PARTS.values()).index(part.values.get("part", part)), boxed, int(number)


def _shortened(text: str) -> str:
    if len(text) <= _MOST:
        return text
    return f"{text[: _MOST * 2 // 3]}{_ELISION}{text[-_MOST // 3 :]}"
