"""Rows of tables, and the attributes that stand above rows and tables."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from markdown_it.token import Token

from generator.markdown.reading import Reading
from generator.problems import Message
from generator.wordml import Element, make

LINE = 579
"""What `lines` counts in: the height of one of the 22 lines of a page, in twips (GP011)."""

_MOST_LINES = 22
_HEIGHT = re.compile(r"\d{1,2}(?:\.\d{1,2})?")


def make_row(cells: Sequence[Element], height: int, *, may_split: bool = True) -> Element:
    """A row of *cells*, at least *height* twips high.

    One that may split goes on over the page where it grows too high for what is left.
    """
    properties = make("w:trPr")
    if not may_split:
        properties.append(make("w:cantSplit"))
    if height:
        properties.append(make("w:trHeight", {"w:val": str(height), "w:hRule": "atLeast"}))
    return make("w:tr", None, properties, *cells)


def row_height(opening: Token, least: int, reading: Reading) -> int:
    """The least height in twips of the row that *opening* begins.

    It is what the attributes above the row say in lines, or else *least*.
    """
    attributes: dict[str, str] = opening.meta
    if not attributes:
        return least * LINE
    line = reading.line_at(opening.map[0] - 1 if opening.map else 0)
    check_names(attributes, ("lines",), line, reading)
    said, lowest = attributes.get("lines", str(least)), max(least, 1)
    if "lines" in attributes and not (
        _HEIGHT.fullmatch(said) and lowest <= float(said) <= _MOST_LINES
    ):
        message = Message(
            "“lines” needs a number from {least} to {most}", least=lowest, most=_MOST_LINES
        )
        reading.report("T227", line, message)
        said = str(least)
    return round(float(said) * LINE)


def check_names(
    attributes: Mapping[str, str], known: Sequence[str], line: int, reading: Reading
) -> None:
    """Report each attribute at *line* whose name is not *known*."""
    for name in attributes:
        if name not in known:
            near = get_close_matches(name, known, 1)
            message = Message("the attribute “{name}” is unknown", name=name)
            hint = (
                Message("did you mean “{near}”?", near=near[0])
                if near
                else Message("known are {names}", names=", ".join(known))
            )
            reading.report("T224", line, message, hint)
