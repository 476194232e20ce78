"""Cells of tables: inline tokens to a `w:tc`."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token

from generator.markdown.reading import Reading
from generator.markdown.runs import RunWriter
from generator.wordml import SPOT, Element, make


def make_cell(
    content: Sequence[Token], line: int, width: int, style: str, side: str | None, reading: Reading
) -> Element:
    """A cell *width* twips wide, with one paragraph of the inline tokens *content*.

    *line* is its line in the file, *side* what its alignment differs from its style's in.
    """
    properties = make(
        "w:tcPr",
        None,
        make("w:tcW", {"w:w": str(width), "w:type": "dxa"}),
        make("w:vAlign", {"w:val": "center"}),
    )
    format_ = make("w:pPr", None, make("w:pStyle", {"w:val": style}))
    if side:
        format_.append(make("w:jc", {"w:val": side}))
    writer = RunWriter(reading, line)
    writer.write(content)
    paragraph = make("w:p", None, format_, *writer.runs)
    paragraph.set(SPOT, str(line))
    return make("w:tc", None, properties, paragraph)
