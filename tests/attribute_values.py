"""What attributes may say and which must be there, where values and templates write any.

ISO/IEC 29500-1 by clause, with what its transitional form adds (part 4): `left`, `right`, a scale
without its sign. `parent/element` goes before `element`; `!` marks what may not be missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
C = "http://schemas.openxmlformats.org/drawingml/2006/chart"

_NUMBER = "-?[0-9]{1,9}"  # 17.18.10 ST_DecimalNumber, no larger than Word reads
_COUNT = "[0-9]{1,9}"  # 22.9.2.16 ST_UnsignedDecimalNumber
_MEASURE = r"[0-9]+(\.[0-9]+)?(mm|cm|in|pt|pc|pi)"  # 22.9.2.12 ST_PositiveUniversalMeasure
_TWIPS = f"{_COUNT}|{_MEASURE}"  # 22.9.2.14 ST_TwipsMeasure
_SIGNED = f"{_NUMBER}|-?{_MEASURE}"  # 17.18.81 ST_SignedTwipsMeasure
_WIDTH = rf"{_SIGNED}|-?[0-9]+(\.[0-9]+)?%"  # 17.18.107 ST_MeasurementOrPercent
_SCALE = "([0-9]{1,2}|[1-5][0-9]{2}|600)%?"  # 17.18.95 ST_TextScale
_COLOR = "auto|[0-9A-Fa-f]{6}"  # 17.18.38 ST_HexColor
_SWITCH = "0|1|true|false|on|off"  # 22.9.2.7 ST_OnOff
_WORD = "[A-Za-z0-9]+"  # 17.18.2 ST_Border, 17.18.78 ST_Shd
_EMUS = "[0-9]{1,13}|1[0-9]{13}|2[0-6][0-9]{12}"  # 20.1.10.42 ST_PositiveCoordinate, but its last
_ALIGNED = "left|right|start|end|center|both|distribute|(low|medium|high)Kashida|thaiDistribute"
_SIDES = ("top", "left", "start", "bottom", "right", "end")

_BORDER = {"val!": _WORD, "sz": _COUNT, "space": _COUNT, "color": _COLOR}  # 17.3.4
_EDGE = {"w!": _WIDTH, "type": "nil|pct|dxa|auto"}  # 17.4.63, 17.4.71 and the like
_BORDERED = (*_SIDES, "insideH", "insideV", "between", "bar", "tl2br", "tr2bl")
_SWITCHES = (  # 17.17.4 CT_OnOff
    "keepNext keepLines pageBreakBefore widowControl snapToGrid contextualSpacing mirrorIndents "
    "cantSplit tblHeader noWrap hideMark titlePg b bCs i iCs caps vanish strike rtl"
).split()
_TABLE: dict[str, Mapping[str, str]] = {
    **{name: {"val": _SWITCH} for name in _SWITCHES},
    "pPr/ind": {  # 17.3.1.12
        **dict.fromkeys(("left", "right", "start", "end"), _SIGNED),
        **dict.fromkeys(("hanging", "firstLine"), _TWIPS),
        **dict.fromkeys(("leftChars", "rightChars", "hangingChars", "firstLineChars"), _NUMBER),
    },
    "pPr/spacing": {  # 17.3.1.33
        **dict.fromkeys(("before", "after"), _TWIPS),
        "line": _SIGNED,
        "lineRule": "auto|exact|atLeast",
        **dict.fromkeys(("beforeLines", "afterLines"), _NUMBER),
    },
    "tabs/tab": {"val!": f"clear|num|decimal|bar|{_ALIGNED}", "pos!": _SIGNED},  # 17.3.1.37
    "jc": {"val!": f"{_ALIGNED}|numTab"},  # 17.3.1.13, 17.4.28
    "rPr/spacing": {"val!": _SIGNED},  # 17.3.2.35
    "rPr/w": {"val!": _SCALE},  # 17.3.2.43
    **{name: {"val!": _TWIPS} for name in ("sz", "szCs")},  # 17.3.2.38, 17.3.2.39
    "shd": {"val!": _WORD, "fill": _COLOR, "color": _COLOR},  # 17.3.5
    **{
        f"{group}/{side}": _BORDER
        for group in ("pBdr", "tblBorders", "tcBorders", "pgBorders")
        for side in _BORDERED
    },
    **{f"{group}/{side}": _EDGE for group in ("tblCellMar", "tcMar") for side in _SIDES},
    **dict.fromkeys(("tblW", "tcW", "tblInd", "wBefore", "wAfter", "tblCellSpacing"), _EDGE),
    "gridCol": {"w!": _TWIPS},  # 17.4.16: a column without it is nothing wide
    **{name: {"val!": _COUNT} for name in ("gridSpan", "gridBefore", "gridAfter")},  # 17.4.17
    **{name: {"val": "restart|continue"} for name in ("vMerge", "hMerge")},  # 17.4.84
    "tcPr/vAlign": {"val!": "top|center|both|bottom"},  # 17.4.83
    "trHeight": {"val": _TWIPS, "hRule": "auto|exact|atLeast"},  # 17.4.80
    "pgSz": {"w!": _TWIPS, "h!": _TWIPS, "orient": "portrait|landscape"},  # 17.6.13
    "pgMar": {  # 17.6.11
        **dict.fromkeys(("top!", "bottom!"), _SIGNED),
        **dict.fromkeys(("left!", "right!", "header!", "footer!", "gutter!"), _TWIPS),
    },
    "ilvl": {"val!": _NUMBER},  # 17.9.3
    "numId": {"val!": _NUMBER},  # 17.9.18
}
_DRAWN: dict[str, Mapping[str, str]] = {
    "extent": {"cx!": _EMUS, "cy!": _EMUS},  # 20.4.2.7
    "docPr": {"id!": "[0-9]{1,10}", "name!": ".*"},  # 20.4.2.5
}


def wrong_values(element: Any) -> Iterator[str]:
    """What attributes of *element* say that they may not, and those that it lacks."""
    name = etree.QName(element)
    if name.namespace == W:
        parent = element.getparent()
        within = "" if parent is None else etree.QName(parent).localname
        types = _TABLE.get(f"{within}/{name.localname}") or _TABLE.get(name.localname, {})
        yield from _compared(element, name.localname, types, f"{{{W}}}")
    elif name.namespace == WP:
        yield from _compared(element, name.localname, _DRAWN.get(name.localname, {}), "")
    elif name.namespace == C and name.localname == "v":
        yield from _cached(element)


def _compared(element: Any, name: str, types: Mapping[str, str], namespace: str) -> Iterator[str]:
    for key, pattern in types.items():
        attribute = key.rstrip("!")
        value = element.get(namespace + attribute)
        if value is None:
            if key != attribute:
                yield f"{name} without {attribute}"
        elif not re.fullmatch(pattern, value, re.DOTALL):
            yield f"{name} has {attribute}={value!r}"


def _cached(value: Any) -> Iterator[str]:
    """What a chart shows until its workbook is opened must be a number (21.2.2.222)."""
    cache = value.getparent().getparent()
    if etree.QName(cache).localname == "numCache" and not _REAL.fullmatch(value.text or ""):
        yield f"v is no number: {value.text!r}"


_REAL = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?")
