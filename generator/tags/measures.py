"""`{% measure left = … %}`: a number of Word's that a template computes, of what it stands in.

Word lets nobody type an expression into an indent or the height of a box. So the document shows a
number there, to be looked at in Word, and the statement says in the text what is printed instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from generator.tags.grid import columns_of, rows_of
from generator.tags.properties import child_of, properties_of
from generator.wordml import OURS, Element, qualified, w

_MOST = 31_680
"""Twips: 22 inches, the largest sheet of Word."""
_PARAGRAPH, _CELL, _TABLE, _BOX = map(w, ("p", "tc", "tbl", "txbxContent"))

Put = Callable[[Element, str], bool]
"""Gives a holder its measure, a number or an expression; whether it has such a number."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What a measure is of, and its bounds in Word's own units there."""

    put: Put
    least: int = 0
    most: int = _MOST
    shown: int = 0
    """What Word shows in its place, as a template is written."""
    holder: str = _PARAGRAPH
    """What it stands in: a paragraph, a cell, or the text of a box."""
    scope: str = ""
    """What begins with the number, where that is not the holder: what a statement inside gives to
    the holder comes too late."""


WRITTEN = re.compile(r"(\w+)\s*=(?!=)\s*(\S.*)", re.DOTALL)
"""What follows the word of the statement: a name and an expression."""


def statement(name: str, expression: str) -> str:
    """The statement as it is typed."""
    return f"{{% measure {name} = {expression} %}}"


def compute(holder: Element, name: str, expression: str) -> bool:
    """Let the measure *name* of *holder* be computed; whether it has the number at all."""
    measure = MEASURES[name]
    return measure.put(holder, f"({expression}) | measure({measure.least}, {measure.most})")


def show(holder: Element, name: str) -> None:
    """Let *holder* have what Word shows for the measure *name*."""
    MEASURES[name].put(holder, str(MEASURES[name].shown))


def _written(code: str) -> str:
    """A number as it is, an expression as the tag that prints it."""
    return code if code.isdecimal() else f"{{{{ {code} }}}}"


# --- paragraphs and runs -------------------------------------------------------------------------

_RIVALS = {
    "before": ("beforeLines", "beforeAutospacing"),
    "after": ("afterLines", "afterAutospacing"),
    "left": ("leftChars", "start", "startChars"),
    "right": ("rightChars", "end", "endChars"),
    "hanging": ("hangingChars", "firstLine", "firstLineChars"),
    "firstLine": ("firstLineChars", "hanging", "hangingChars"),
}
"""Attributes that count before the one that is measured (ISO/IEC 29500-1, 17.3.1.12, 17.3.1.33)."""


def _put_property(element: str, attribute: str, paragraph: Element, code: str) -> bool:
    bearer = child_of(properties_of(paragraph), element)
    for rival in _RIVALS.get(attribute, ()):
        bearer.attrib.pop(w(rival), None)
    bearer.set(w(attribute), _written(code))
    return True


def _put_line(paragraph: Element, code: str) -> bool:
    """Give lines a height, which is no factor of what their font asks for."""
    spacing = child_of(properties_of(paragraph), "spacing")
    spacing.set(w("line"), _written(code))
    if spacing.get(w("lineRule"), "auto") == "auto":
        spacing.set(w("lineRule"), "exact")
    return True


def _put_tab(number: int, paragraph: Element, code: str) -> bool:
    """Give the tab stop of that number its place; those that only take others away do not count."""
    stops = child_of(properties_of(paragraph), "tabs")
    tabs = [tab for tab in stops if tab.get(w("val")) != "clear"]
    for tab in tabs[number - 1 : number]:
        tab.set(w("pos"), _written(code))
    return len(tabs) >= number


def _put_on_runs(elements: tuple[str, ...], paragraph: Element, code: str) -> bool:
    """Give it to every run of *paragraph*: nobody sees in Word where one ends."""
    for run in paragraph.iter(w("r")):
        if next(run.iterancestors(_PARAGRAPH)) is paragraph:
            for element in elements:
                child_of(properties_of(run), element).set(w("val"), _written(code))
    return True


# --- cells and columns ---------------------------------------------------------------------------

CODE = f"{{{OURS}}}code"
"""The attribute of a column of a grid whose width is computed: the expression."""


def _put_width(cell: Element, code: str) -> bool:
    """Give the column of *cell* a width: in the grid, in each cell that stands in it alone.

    A table all of whose columns are measured is as wide as they are.
    """
    table = next(cell.iterancestors(_TABLE), None)
    row = next(cell.iterancestors(w("tr")), None)
    if table is None or row is None or (place := _column(row, cell)) is None:
        return False
    columns = list(table.iterfind(f"{w('tblGrid')}/{w('gridCol')}"))
    if place >= len(columns):
        return False
    columns[place].set(w("w"), _written(code))
    columns[place].set(CODE, code)
    for line in rows_of(table):
        for each, first, count in columns_of(line):
            if (first, count) == (place, 1):
                width = child_of(properties_of(each), "tcW")
                width.attrib.update({w("w"): _written(code), w("type"): "dxa"})
    total = table.find(f"{w('tblPr')}/{w('tblW')}")
    codes = [column.get(CODE, "") for column in columns]
    if total is not None and all(codes):
        total.attrib.update({w("w"): _written(" + ".join(codes)), w("type"): "dxa"})
    return True


def _column(row: Element, cell: Element) -> int | None:
    """The column in which *cell* of *row* stands alone; None where a render may move it."""
    for each, first, count in columns_of(row):
        span = each.find(f"{w('tcPr')}/{w('gridSpan')}")
        if span is not None and "{" in span.get(w("val"), ""):
            return None
        if each is cell:
            return first if count == 1 else None
    return None


def _put_rule_above(cell: Element, code: str) -> bool:
    rule = child_of(child_of(properties_of(cell), "tcBorders"), "top")
    if rule.get(w("val"), "nil") in ("nil", "none"):
        rule.attrib.update({w("val"): "single", w("space"): "0", w("color"): "auto"})
    rule.set(w("sz"), _written(code))
    return True


# --- text boxes ----------------------------------------------------------------------------------

_EMU, _POINTS = "{} * 635", "{} / 20"
"""What twips are in the units of boxes."""
_SHAPES = qualified("v:rect"), qualified("v:shape")


def _put_height(content: Element, code: str) -> bool:
    """Give a height to the box of *content*, in both the halves that Word writes of it.

    A box in a group has none of its own: the group scales it.
    """
    shape = next(content.iterancestors(qualified("wps:wsp")), None)
    if shape is None:
        return _put_styles(content.iterancestors(*_SHAPES), code)
    frame = next(shape.iterancestors(qualified("wp:anchor"), qualified("wp:inline")), None)
    if frame is None or shape.getparent().tag != qualified("a:graphicData"):
        return False
    extents = [frame.find(qualified("wp:extent"))]
    extents += shape.iterfind("/".join(map(qualified, ("wps:spPr", "a:xfrm", "a:ext"))))
    for extent in extents:
        if extent is not None:
            extent.set("cy", _written(_EMU.format(code)))
    halves = next(shape.iterancestors(qualified("mc:AlternateContent")), None)
    if halves is not None:
        second = f"{qualified('mc:Fallback')}/{w('pict')}"
        for picture in halves.iterfind(second):
            _put_styles(picture.iterchildren(*_SHAPES), code)
    return True


def _put_styles(shapes: Iterable[Element], code: str) -> bool:
    """Give the first of *shapes*, which are VML, a height; whether there is one."""
    shape = next(iter(shapes), None)
    if shape is None:
        return False
    height = f"height:{_written(_POINTS.format(code))}pt"
    style = [each for each in shape.get("style", "").split(";") if each]
    said = [height if each.strip().startswith("height:") else each for each in style]
    shape.set("style", ";".join(said if height in said else [*said, height]))
    return True


MEASURES = {
    "before": Measure(partial(_put_property, "spacing", "before")),
    "after": Measure(partial(_put_property, "spacing", "after")),
    "line": Measure(_put_line, least=1, shown=600),
    "left": Measure(partial(_put_property, "ind", "left"), -_MOST),
    "right": Measure(partial(_put_property, "ind", "right"), -_MOST),
    "hanging": Measure(partial(_put_property, "ind", "hanging")),
    "first_line": Measure(partial(_put_property, "ind", "firstLine")),
    "keep_next": Measure(partial(_put_property, "keepNext", "val"), most=1),
    **{
        f"tab{number}": Measure(partial(_put_tab, number), -_MOST, shown=number * 1000)
        for number in range(1, 10)
    },
    "size": Measure(partial(_put_on_runs, ("sz", "szCs")), 2, 3276, shown=32),
    "scale": Measure(partial(_put_on_runs, ("w",)), 1, 600, shown=100),
    "width": Measure(_put_width, shown=2000, holder=_CELL, scope=_TABLE),
    "rule_above": Measure(_put_rule_above, most=96, holder=_CELL),
    "height": Measure(_put_height, 1, shown=9000, holder=_BOX),
}
"""Lengths are twips, `size` half-points, `scale` per cent, `rule_above` eighths of a point."""
