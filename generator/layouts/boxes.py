"""Text boxes that stand at a place of the page (GX016, GX019).

Word reads the DrawingML half; programs that cannot read the VML half, which says the same.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass

from generator.layouts.geometry import EMU_A_TWIP, TWIPS_A_POINT
from generator.wordml import NAMESPACES, Element, make

FIRST_ID = 2_000_000_000
"""Ids of the boxes of layouts begin here; those of documents count from 1."""
Place = tuple[str, int | str]
"""What a place is relative to, page or margin, and twips or how the box is aligned there."""


@dataclass(frozen=True, slots=True)
class Box:
    """The size and place of a box, in twips."""

    name: str
    id: int
    width: int
    height: int
    horizontal: Place
    vertical: Place
    anchor: str = "t"
    """Where its text stands: at the top `t`, in the middle `ctr`, at the bottom `b`."""
    turned: bool = False
    """Whether its lines run from top to bottom, turned clockwise."""
    parts_text: bool = False
    """Whether text stands above and below it, not behind it."""


def text_box(box: Box, *inside: Element) -> Element:
    """The run that holds *box* with the paragraphs and tables *inside*."""
    content = make("w:txbxContent", None, *inside)
    choice = make("mc:Choice", {"Requires": "wps"}, _drawing(box, content))
    fallback = make("mc:Fallback", None, _vml(box, copy.deepcopy(content)))
    return make("w:r", None, make("mc:AlternateContent", None, choice, fallback))


def _emu(length: int) -> str:
    return str(length * EMU_A_TWIP)


def _points(length: int) -> str:
    return f"{length / TWIPS_A_POINT:g}pt"


def _drawing(box: Box, content: Element) -> Element:
    """The box as DrawingML (ISO/IEC 29500-1, 20.4.2.3)."""
    size = {"cx": _emu(box.width), "cy": _emu(box.height)}
    properties = make(
        "wps:spPr",
        None,
        make("a:xfrm", None, make("a:off", {"x": "0", "y": "0"}), make("a:ext", size)),
        make("a:prstGeom", {"prst": "rect"}, make("a:avLst")),
        make("a:noFill"),
        make("a:ln", None, make("a:noFill")),
    )
    insets = dict.fromkeys(("lIns", "tIns", "rIns", "bIns"), "0")
    direction = {"vert": "vert"} if box.turned else {}
    shape = make(
        "wps:wsp",
        None,
        make("wps:cNvSpPr", {"txBox": "1"}),
        properties,
        make("wps:txbx", None, content),
        make("wps:bodyPr", {**direction, **insets, "anchor": box.anchor}, make("a:noAutofit")),
    )
    graphic = make("a:graphic", None, make("a:graphicData", {"uri": NAMESPACES["wps"]}, shape))
    flags = {"simplePos": "0", "relativeHeight": "2", "behindDoc": "0", "locked": "0"}
    distances = dict.fromkeys(("distT", "distB", "distL", "distR"), "0")
    anchor = make(
        "wp:anchor",
        {**distances, **flags, "layoutInCell": "1", "allowOverlap": "1"},
        make("wp:simplePos", {"x": "0", "y": "0"}),
        _position("wp:positionH", *box.horizontal),
        _position("wp:positionV", *box.vertical),
        make("wp:extent", size),
        make("wp:wrapTopAndBottom" if box.parts_text else "wp:wrapNone"),
        make("wp:docPr", {"id": str(box.id), "name": box.name}),
        make("wp:cNvGraphicFramePr"),
        graphic,
    )
    return make("w:drawing", None, anchor)


def _position(name: str, relative: str, where: int | str) -> Element:
    how = (
        make("wp:align", text=where)
        if isinstance(where, str)
        else make("wp:posOffset", text=_emu(where))
    )
    return make(name, {"relativeFrom": relative}, how)


def _vml(box: Box, content: Element) -> Element:
    """The box as VML, for programs that know no DrawingML shapes."""
    places = {"horizontal": box.horizontal, "vertical": box.vertical}
    style = {"position": "absolute"}
    for edge, (_, where) in zip(("left", "top"), places.values(), strict=True):
        style[f"margin-{edge}"] = "0" if isinstance(where, str) else _points(where)
    style |= {"width": _points(box.width), "height": _points(box.height), "z-index": "2"}
    for axis, (relative, where) in places.items():
        if isinstance(where, str):
            style[f"mso-position-{axis}"] = where
        style[f"mso-position-{axis}-relative"] = relative
    style["v-text-anchor"] = {"t": "top", "ctr": "middle", "b": "bottom"}[box.anchor]
    flow = {"style": "layout-flow:vertical"} if box.turned else {}
    shape = make(
        "v:rect",
        {"style": _written(style), "filled": "f", "stroked": "f"},
        make("v:textbox", {**flow, "inset": "0,0,0,0"}, content),
        make("w10:wrap", {"type": "topAndBottom" if box.parts_text else "none"}),
    )
    return make("w:pict", None, shape)


def _written(style: dict[str, str]) -> str:
    return ";".join(f"{name}:{value}" for name, value in style.items())
