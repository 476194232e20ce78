"""页码: — 1 — at the outer edge, 7 mm below the 版心 (GB/T 9704—2012, 7.5)."""

from __future__ import annotations

from generator.layouts.geometry import Geometry
from generator.layouts.paragraphs import paragraph, run
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


def _footer(g: Geometry, side: str, raised: int) -> Element:
    """The `w:ftr` part with the number one character in from *side*, right or left."""
    number = [_field_mark("begin"), _page(), _field_mark("separate"), run("1"), _field_mark("end")]
    return make(
        "w:ftr",
        None,
        paragraph(
            "页码",
            f"{DASH} ",
            *number,
            f" {DASH}",
            spacing={"after": str(raised)} if raised else None,
            indent={side: str(g.page_number_indent)},
            align=side,
        ),
    )


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
