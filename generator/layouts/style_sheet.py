"""The style part: styles as WordprocessingML (ISO/IEC 29500-1, 17.7)."""

from __future__ import annotations

from collections.abc import Mapping

from generator.layouts.fonts import slots
from generator.layouts.geometry import Geometry
from generator.layouts.styles import (
    CHARACTER_FONTS,
    RED,
    STYLE_IDS,
    WHITE,
    ParagraphStyle,
    RedRule,
)
from generator.wordml import Element, make

_BUILT_IN = frozenset(name for name in STYLE_IDS if name.isascii())
_OFF = {"w:val": "0"}
_EDGES = ("top", "left", "bottom", "right")


def style_sheet(
    g: Geometry, fonts: Mapping[str, str], styles: Mapping[str, ParagraphStyle]
) -> Element:
    """The `w:styles` part: the paragraph *styles* by their names, and what goes with them."""
    root = make("w:styles", None, _defaults(g, fonts["仿宋"]))
    for name, style in styles.items():
        root.append(_paragraph_style(name, style, fonts[style.font]))
    root.append(_style("character", "Default Paragraph Font", default=True))
    for name, font in CHARACTER_FONTS.items():
        style_ = _style("character", name, based_on="Default Paragraph Font")
        style_.append(make("w:rPr", None, slots(fonts[font])))
        root.append(style_)
    root.append(_normal_table())
    root.append(_table_grid(g))
    root.append(_style("numbering", "No List", default=True))
    return root


def _defaults(g: Geometry, font: str) -> Element:
    """What a paragraph pasted from elsewhere falls back to; a hint cannot stand here."""
    names = {f"w:{slot}": font for slot in ("ascii", "hAnsi", "eastAsia", "cs")}
    run = make(
        "w:rPr",
        None,
        make("w:rFonts", names),
        make("w:sz", {"w:val": str(g.body_size)}),
        make("w:szCs", {"w:val": str(g.body_size)}),
        make("w:lang", {"w:val": "en-US", "w:eastAsia": "zh-CN"}),
    )
    return make("w:docDefaults", None, make("w:rPrDefault", None, run), make("w:pPrDefault"))


def _style(kind: str, name: str, *, based_on: str = "", default: bool = False) -> Element:
    """A style without its formatting; the defaults of Word are hidden from its gallery."""
    attributes = {"w:type": kind}
    if default:
        attributes["w:default"] = "1"
    if name not in _BUILT_IN:
        attributes["w:customStyle"] = "1"
    attributes["w:styleId"] = STYLE_IDS[name]
    style = make("w:style", attributes, make("w:name", {"w:val": name}))
    if based_on:
        style.append(make("w:basedOn", {"w:val": STYLE_IDS[based_on]}))
    if default and kind != "paragraph":
        style.append(make("w:uiPriority", {"w:val": "99"}))
        style.append(make("w:semiHidden"))
        style.append(make("w:unhideWhenUsed"))
    return style


def _paragraph_style(name: str, style: ParagraphStyle, font: str) -> Element:
    normal = name == "Normal"
    element = _style("paragraph", name, based_on="" if normal else "Normal", default=normal)
    if style.next:
        element.append(make("w:next", {"w:val": STYLE_IDS[style.next]}))
    element.append(make("w:qFormat"))
    element.append(_paragraph_properties(style))
    element.append(_run_properties(style, font))
    return element


def _paragraph_properties(style: ParagraphStyle) -> Element:
    """In the order of the schema, which Word insists on (GX009)."""
    properties = make("w:pPr")
    for name, wanted in (
        ("w:keepNext", style.keep_next),
        ("w:keepLines", style.keep_lines),
        ("w:pageBreakBefore", style.new_page),
    ):
        if wanted:
            properties.append(make(name))
    properties.append(make("w:widowControl", _OFF))  # GP005: 22 lines on every page
    if style.red_rule:
        properties.append(make("w:pBdr", None, _red_rule(style.red_rule)))
    if style.right_stop:
        stop = make("w:tab", {"w:val": "right", "w:pos": str(style.right_stop)})
        properties.append(make("w:tabs", None, stop))
    properties.append(make("w:kinsoku"))  # GL011
    properties.append(make("w:overflowPunct"))
    properties.append(make("w:autoSpaceDE", _OFF))
    properties.append(make("w:autoSpaceDN", _OFF))
    properties.append(make("w:snapToGrid", _OFF))  # GX001
    properties.append(_spacing(style))
    properties.append(_indent(style))
    properties.append(make("w:jc", {"w:val": style.align}))
    if style.outline is not None:
        properties.append(make("w:outlineLvl", {"w:val": str(style.outline)}))
    return properties


def _red_rule(rule: RedRule) -> Element:
    """As wide as its paragraph (GH011, GF102, GF103)."""
    color = RED if rule.is_drawn else WHITE
    measures = {"w:sz": str(rule.size), "w:space": str(rule.space), "w:color": color}
    return make("w:bottom", {"w:val": rule.kind} | measures)


def _spacing(style: ParagraphStyle) -> Element:
    lengths = {"before": style.before, "after": style.after, "line": style.line}
    attributes = {f"w:{name}": str(value) for name, value in lengths.items()}
    return make("w:spacing", attributes | {"w:lineRule": "exact"})


def _indent(style: ParagraphStyle) -> Element:
    attributes = {"w:left": str(style.left), "w:right": str(style.right)}
    if style.hanging:
        attributes["w:hanging"] = str(style.hanging)
    else:
        if style.first_line_characters:
            attributes["w:firstLineChars"] = str(100 * style.first_line_characters)
        attributes["w:firstLine"] = str(style.first_line)
    return make("w:ind", attributes)


def _run_properties(style: ParagraphStyle, font: str) -> Element:
    properties = make("w:rPr", None, slots(font))
    if style.color:
        properties.append(make("w:color", {"w:val": style.color}))
    properties.append(make("w:spacing", {"w:val": str(style.tracking)}))
    if style.scale != 100:
        properties.append(make("w:w", {"w:val": str(style.scale)}))
    properties.append(make("w:sz", {"w:val": str(style.size)}))
    properties.append(make("w:szCs", {"w:val": str(style.size)}))
    return properties


def _normal_table() -> Element:
    style = _style("table", "Normal Table", default=True)
    nothing = {"w:w": "0", "w:type": "dxa"}
    margins = make("w:tblCellMar", None, *(make(f"w:{edge}", nothing) for edge in _EDGES))
    style.append(make("w:tblPr", None, make("w:tblInd", nothing), margins))
    return style


def _table_grid(g: Geometry) -> Element:
    style = _style("table", "Table Grid", based_on="Normal Table")
    line = {"w:val": "single", "w:sz": str(g.table_rule), "w:space": "0", "w:color": "auto"}
    borders = (make(f"w:{edge}", line) for edge in (*_EDGES, "insideH", "insideV"))
    padding = {"w:w": str(g.table_padding), "w:type": "dxa"}
    margins = (make(f"w:{edge}", padding) for edge in ("left", "right"))
    style.append(
        make(
            "w:tblPr",
            None,
            make("w:tblBorders", None, *borders),
            make("w:tblCellMar", None, *margins),
        )
    )
    return style
