"""页码: — 1 — at the outer edge, 7 mm below the 版心 (GB/T 9704—2012, 7.5)."""

from __future__ import annotations

from generator.layouts.boxes import FIRST_ID, Box, text_box
from generator.layouts.geometry import Geometry
from generator.layouts.paragraphs import closing_line, paragraph, run
from generator.wordml import Element, make, make_text

DASH = "—"
"""一字线, U+2014 (GN002)."""


def page_numbers(g: Geometry, raised: int = 0) -> dict[str, Element]:
    """The footers of odd and even pages, by `w:type`; *raised* above the distance of footers."""
    return {"default": _footer(g, "right", raised), "even": _footer(g, "left", raised)}


def no_number() -> Element:
    """The footer of a page that bears no number."""
    return make("w:ftr", None, paragraph("页码"))


def lower_rule() -> Element:
    """The footer with the lower double rule of a 信函 (GF103)."""
    return make("w:ftr", None, paragraph("信函双线"))


def landscape_numbers(g: Geometry) -> dict[str, Element]:
    """The footers of pages that lie across, by `w:type`: as if the sheet stood upright (GX801).

    The number stands at the left edge, turned clockwise; at the foot of an odd page, at the head
    of an even one.
    """
    room = g.landscape_number_length + g.page_number_indent
    foot = g.page_width - g.right - room
    return {
        "default": _turned_footer(g, "right", foot, 1),
        "even": _turned_footer(g, "left", g.left + g.page_number_indent, 2),
    }


def _footer(g: Geometry, side: str, raised: int) -> Element:
    """The `w:ftr` part with the number one character in from *side*, right or left."""
    spacing = {"after": str(raised)} if raised else None
    indent = {side: str(g.page_number_indent)}
    return make(
        "w:ftr",
        None,
        paragraph("页码", *_number(), spacing=spacing, indent=indent, align=side),
    )


def _turned_footer(g: Geometry, side: str, top: int, number: int) -> Element:
    """The `w:ftr` part with a turned box whose upper edge is at *top*, the number at its *side*."""
    box = Box(
        name="页码",
        id=FIRST_ID + number,
        width=g.landscape_number_width,
        height=g.landscape_number_length,
        horizontal=("page", g.landscape_number_place - g.landscape_number_width // 2),
        vertical=("page", top),
        anchor="ctr",
        turned=True,
    )
    anchor = closing_line(g.anchor_line)
    anchor.append(text_box(box, paragraph("页码", *_number(), align=side)))
    return make("w:ftr", None, anchor)


def _number() -> list[str | Element]:
    field = [_field_mark("begin"), _page(), _field_mark("separate"), run("1"), _field_mark("end")]
    return [f"{DASH} ", *field, f" {DASH}"]


def _field_mark(kind: str) -> Element:
    return _field_run(make("w:fldChar", {"w:fldCharType": kind}))


def _page() -> Element:
    code = make_text(" PAGE ")
    code.tag = make("w:instrText").tag
    return _field_run(code)


def _field_run(content: Element) -> Element:
    element = run("")
    element.append(content)
    return element
