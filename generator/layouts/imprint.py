"""版记: a box at the bottom of the last page (GB/T 9704—2012, 7.4; GX016).

A text box, because LibreOffice leaves floating tables and frames in the flow of the text.
"""

from __future__ import annotations

from generator.layouts.boxes import FIRST_ID, Box, text_box
from generator.layouts.geometry import Geometry
from generator.layouts.paragraphs import (
    begin_section,
    closing_line,
    fixed_table,
    measure,
    paragraph,
    statement,
    when,
)
from generator.tags.measures import MEASURES
from generator.wordml import Element, make, w

_CC = "抄送：{{ cc | listed('，') }}。"
_DATE = "date_of_printing | date"
_MAIN = "主送：{{ moved_recipients | listed('，') }}。"
_HEIGHT = f"set imprint_height = cc | imprint_height(printed_by, {_DATE}, moved_recipients)"
_HAS_ORGANS = "cc or moved_recipients"
_PRINTED = f"{{{{ printed_by }}}}{{{{ printed_by | imprint_gap({_DATE}) }}}}{{{{ {_DATE} }}}}印发"


_SECTION = '"imprint" if separate_imprint else "portrait"'


def imprint(g: Geometry) -> list[Element]:
    """The last paragraph of the document, which holds the box, and the height of that."""
    return [statement(f"{_HEIGHT}{_end(g)}"), begin_section(_SECTION), _anchor(g, _table(g))]


def copies(g: Geometry) -> list[Element]:
    """The 版记 of a 信函: 抄送机关 alone, without rules (10.1); the last paragraph in any case."""
    return [
        statement(f"if {_HAS_ORGANS}"),
        statement(f"set imprint_height = cc | copies_height(moved_recipients){_end(g)}"),
        begin_section('"portrait"'),
        _anchor(g, *_organs()),
        statement("else"),
        closing_line(g.anchor_line),
        statement("endif"),
    ]


def _end(g: Geometry) -> str:
    """What the box is higher by where its foot, Word's margin, is not that of the type area."""
    return f" + {g.half_leading}" if g.half_leading else ""


def _organs() -> list[Element]:
    """抄送机关, below the 主送机关 for which the first page had no room (7.3.2, 7.4.2)."""
    return [
        statement("if moved_recipients"),
        paragraph("抄送机关", _MAIN),
        *when("cc", paragraph("抄送机关", _CC)),
        statement("else"),
        paragraph("抄送机关", _CC),
        statement("endif"),
    ]


def _anchor(g: Geometry, *inside: Element) -> Element:
    """The paragraph that holds the box, whose foot stands on that of the 版心 (GI001)."""
    anchor = closing_line(g.anchor_line)
    first = next(paragraph for each in inside for paragraph in each.iter(w("p")))
    measure(first, {"height": "imprint_height"})
    box = Box(
        name="版记",
        id=FIRST_ID,
        width=g.text_width,
        height=MEASURES["height"].shown,
        horizontal=("margin", "center"),
        vertical=("margin", "bottom"),
        anchor="b",
        parts_text=True,
    )
    anchor.append(text_box(box, *inside, closing_line(g.imprint_end_line)))
    return anchor


def _table(g: Geometry) -> Element:
    """抄送机关 where there is one, and 印发机关 with its date, between rules (7.4.1)."""
    width = str(g.text_width)
    outer, inner = str(g.imprint_outer_rule), str(g.imprint_inner_rule)
    printed = paragraph("版记", _PRINTED)
    measure(printed, {"rule_above": f"{inner} if {_HAS_ORGANS} else {outer}"})
    return fixed_table(
        width,
        [width],
        _row(g, [statement(f"if {_HAS_ORGANS}")], outer, inner),
        _row(g, _organs(), outer, inner),
        _row(g, [statement("endif")], outer, inner),
        _row(g, [printed], inner, outer),
    )


def _row(g: Geometry, content: list[Element], above: str, below: str) -> Element:
    borders = make("w:tcBorders")
    for edge, thickness in (("top", above), ("left", ""), ("bottom", below), ("right", "")):
        line = {"w:val": "single" if thickness else "nil"}
        if thickness:
            line |= {"w:sz": thickness, "w:space": "0", "w:color": "000000"}
        borders.append(make(f"w:{edge}", line))
    width = make("w:tcW", {"w:w": str(g.text_width), "w:type": "dxa"})
    cell = make("w:tc", None, make("w:tcPr", None, width, borders), *content)
    return make("w:tr", None, make("w:trPr", None, make("w:cantSplit")), cell)
