"""版记: a box at the bottom of the last page (GB/T 9704—2012, 7.4; GX016).

A text box, because LibreOffice leaves floating tables and frames in the flow of the text. Word
reads the DrawingML half; programs that cannot read the VML half, which says the same.
"""

from __future__ import annotations

import copy

from generator.layouts.geometry import EMU_A_TWIP, TWIPS_A_POINT, Geometry
from generator.layouts.paragraphs import closing_line, paragraph, statement
from generator.wordml import NAMESPACES, Element, make

_CC = "抄送：{{ cc | listed('，') }}。"
_DATE = "date_of_printing | date"
_HEIGHT = f"set imprint_height = cc | imprint_height(printed_by, {_DATE})"
_PRINTED = f"{{{{ printed_by }}}}{{{{ printed_by | imprint_gap({_DATE}) }}}}{{{{ {_DATE} }}}}印发"


def imprint(g: Geometry) -> list[Element]:
    """The last paragraph of the document, which holds the box, and the height of that."""
    return [statement(f"{_HEIGHT}{_end(g)}"), _anchor(g, _table(g))]


def copies(g: Geometry) -> list[Element]:
    """The 版记 of a 信函: 抄送机关 alone, without rules (10.1); the last paragraph in any case."""
    return [
        statement("if cc"),
        statement(f"set imprint_height = cc | copies_height{_end(g)}"),
        _anchor(g, paragraph("抄送机关", _CC)),
        statement("else"),
        closing_line(g.anchor_line),
        statement("endif"),
    ]


def _end(g: Geometry) -> str:
    """What the box is higher by where its foot, Word's margin, is not that of the type area."""
    return f" + {g.half_leading}" if g.half_leading else ""


def _anchor(g: Geometry, inside: Element) -> Element:
    anchor = closing_line(g.anchor_line)
    content = make("w:txbxContent", None, inside, closing_line(g.imprint_end_line))
    choice = make("mc:Choice", {"Requires": "wps"}, _drawing(g, content))
    fallback = make("mc:Fallback", None, _vml(g, copy.deepcopy(content)))
    anchor.append(make("w:r", None, make("mc:AlternateContent", None, choice, fallback)))
    return anchor


def _table(g: Geometry) -> Element:
    """抄送机关 where there is one, and 印发机关 with its date, between rules (7.4.1)."""
    width = {"w:w": str(g.text_width), "w:type": "dxa"}
    outer, inner = str(g.imprint_outer_rule), str(g.imprint_inner_rule)
    above = f"{{{{ {inner} if cc else {outer} }}}}"
    return make(
        "w:tbl",
        None,
        make(
            "w:tblPr",
            None,
            make("w:tblStyle", {"w:val": "NormalTable"}),
            make("w:tblW", width),
            make("w:tblLayout", {"w:type": "fixed"}),
        ),
        make("w:tblGrid", None, make("w:gridCol", {"w:w": str(g.text_width)})),
        _row(g, statement("if cc"), outer, inner),
        _row(g, paragraph("抄送机关", _CC), outer, inner),
        _row(g, statement("endif"), outer, inner),
        _row(g, paragraph("版记", _PRINTED), above, outer),
    )


def _row(g: Geometry, content: Element, above: str, below: str) -> Element:
    borders = make("w:tcBorders")
    for edge, thickness in (("top", above), ("left", ""), ("bottom", below), ("right", "")):
        line = {"w:val": "single" if thickness else "nil"}
        if thickness:
            line |= {"w:sz": thickness, "w:space": "0", "w:color": "000000"}
        borders.append(make(f"w:{edge}", line))
    width = make("w:tcW", {"w:w": str(g.text_width), "w:type": "dxa"})
    cell = make("w:tc", None, make("w:tcPr", None, width, borders), content)
    return make("w:tr", None, make("w:trPr", None, make("w:cantSplit")), cell)


def _drawing(g: Geometry, content: Element) -> Element:
    """The box as DrawingML, its foot on the foot of the 版心 (GI001)."""
    size = {
        "cx": str(g.text_width * EMU_A_TWIP),
        "cy": f"{{{{ imprint_height * {EMU_A_TWIP} }}}}",
    }
    properties = make(
        "wps:spPr",
        None,
        make("a:xfrm", None, make("a:off", {"x": "0", "y": "0"}), make("a:ext", size)),
        make("a:prstGeom", {"prst": "rect"}, make("a:avLst")),
        make("a:noFill"),
        make("a:ln", None, make("a:noFill")),
    )
    insets = dict.fromkeys(("lIns", "tIns", "rIns", "bIns"), "0")
    shape = make(
        "wps:wsp",
        None,
        make("wps:cNvSpPr", {"txBox": "1"}),
        properties,
        make("wps:txbx", None, content),
        make("wps:bodyPr", {**insets, "anchor": "b"}, make("a:noAutofit")),
    )
    graphic = make("a:graphic", None, make("a:graphicData", {"uri": NAMESPACES["wps"]}, shape))
    margin = {"relativeFrom": "margin"}
    flags = {"simplePos": "0", "relativeHeight": "2", "behindDoc": "0", "locked": "0"}
    distances = dict.fromkeys(("distT", "distB", "distL", "distR"), "0")
    anchor = make(
        "wp:anchor",
        {**distances, **flags, "layoutInCell": "1", "allowOverlap": "1"},
        make("wp:simplePos", {"x": "0", "y": "0"}),
        make("wp:positionH", margin, make("wp:align", text="center")),
        make("wp:positionV", margin, make("wp:align", text="bottom")),
        make("wp:extent", size),
        make("wp:wrapTopAndBottom"),
        make("wp:docPr", {"id": "{{ 'imprint' | uid }}", "name": "版记"}),
        make("wp:cNvGraphicFramePr"),
        graphic,
    )
    return make("w:drawing", None, anchor)


def _vml(g: Geometry, content: Element) -> Element:
    """The box as VML, for programs that know no DrawingML shapes."""
    style = {
        "position": "absolute",
        "margin-left": "0",
        "margin-top": "0",
        "width": f"{g.text_width / TWIPS_A_POINT:g}pt",
        "height": f"{{{{ imprint_height / {TWIPS_A_POINT} }}}}pt",
        "z-index": "2",
        "mso-position-horizontal": "center",
        "mso-position-horizontal-relative": "margin",
        "mso-position-vertical": "bottom",
        "mso-position-vertical-relative": "margin",
        "v-text-anchor": "bottom",
    }
    box = make("v:textbox", {"inset": "0,0,0,0"}, content)
    written = ";".join(f"{name}:{value}" for name, value in style.items())
    shape = make(
        "v:rect",
        {"style": written, "filled": "f", "stroked": "f"},
        box,
        make("w10:wrap", {"type": "topAndBottom"}),
    )
    return make("w:pict", None, shape)
