"""`{% measure left = … %}`: a number of Word's that a template computes, of what it stands in.

Word lets nobody type an expression into an indent or the height of a box. So the document shows a
number there, to be looked at in Word, and the statement says in the text what is printed instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.tags.properties import child_of, properties_of
from generator.wordml import Element, qualified, w

_MOST = 31_680
"""Twips: 22 inches, the largest sheet of Word."""
_EMU, _POINTS = "* 635", "/ 20"
"""What makes other units of twips."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What a measure is of, and its bounds in Word's own units there."""

    holder: str
    """The element that the statement stands in: a paragraph, a cell, or the text of a box."""
    path: tuple[str, ...] = ()
    """Below the properties of the holder, the elements down to the one that bears the number."""
    attribute: str = "val"
    least: int = 0
    most: int = _MOST
    shown: int = 0
    """What Word shows in its place, as a template is written."""


_PARAGRAPH, _CELL, _BOX = map(w, ("p", "tc", "txbxContent"))
_OF_RUNS = {"size": ("sz", "szCs"), "scale": ("w",)}
"""What each run of a paragraph bears: nobody sees in Word where one ends."""

MEASURES = {
    "before": Measure(_PARAGRAPH, ("spacing",), "before"),
    "after": Measure(_PARAGRAPH, ("spacing",), "after"),
    "line": Measure(_PARAGRAPH, ("spacing",), "line", least=1, shown=600),
    "left": Measure(_PARAGRAPH, ("ind",), "left", least=-_MOST),
    "right": Measure(_PARAGRAPH, ("ind",), "right", least=-_MOST),
    "hanging": Measure(_PARAGRAPH, ("ind",), "hanging"),
    "first_line": Measure(_PARAGRAPH, ("ind",), "firstLine"),
    "keep_next": Measure(_PARAGRAPH, ("keepNext",), most=1),
    **{
        f"tab{number}": Measure(_PARAGRAPH, ("tabs", "tab"), "pos", -_MOST, shown=number * 1000)
        for number in range(1, 10)
    },
    "size": Measure(_PARAGRAPH, least=2, most=3276, shown=32),
    "scale": Measure(_PARAGRAPH, least=1, most=600, shown=100),
    "width": Measure(_CELL, ("tcW",), "w", shown=2000),
    "rule_above": Measure(_CELL, ("tcBorders", "top"), "sz", most=96, shown=4),
    "height": Measure(_BOX, least=1, shown=9000),
}
"""Lengths are twips, `size` half-points, `scale` per cent, `rule_above` eighths of a point."""

WRITTEN = re.compile(r"(\w+)\s*=(?!=)\s*(\S.*)", re.DOTALL)
"""What follows the word of the statement: a name and an expression."""

_BOXES = *map(w, ("drawing", "pict")), qualified("mc:AlternateContent")
_EXTENTS = qualified("wp:extent"), qualified("a:ext")
_SHAPES = qualified("v:rect"), qualified("v:shape")
_RIVALS = ("Chars", "Lines", "Autospacing")
"""With these endings, attributes that count before the one that is measured (17.3.1.12, .33)."""


def statement(name: str, expression: str) -> str:
    """The statement as it is typed."""
    return f"{{% measure {name} = {expression} %}}"


def compute(holder: Element, name: str, expression: str) -> bool:
    """Let the measure *name* of *holder* be computed; whether it has the number at all."""
    measure = MEASURES[name]
    return put(holder, name, f"({expression}) | measure({measure.least}, {measure.most})")


def put(holder: Element, name: str, number: int | str) -> bool:
    """Give *holder* the measure *name*, a number or a code; whether it has such a number."""
    if MEASURES[name].holder == _BOX:
        return _put_height(holder, number)
    if name == "width":
        return _put_width(holder, number)
    bearers = list(_bearers(holder, name))
    for bearer in bearers:
        _set(bearer, MEASURES[name].attribute, number)
    return bool(bearers)


def _bearers(holder: Element, name: str) -> Iterator[Element]:
    """The elements that bear the number of a paragraph or a cell."""
    properties, path = properties_of(holder), MEASURES[name].path
    if name in _OF_RUNS:
        for run in holder.iter(w("r")):
            if next(run.iterancestors(_PARAGRAPH)) is holder:
                yield from (child_of(properties_of(run), each) for each in _OF_RUNS[name])
    elif path[0] == "tabs":
        tabs = list(child_of(properties, "tabs"))
        yield from tabs[int(name[-1]) - 1 :][:1]
    else:
        for each in path:
            properties = child_of(properties, each)
        yield properties


def _set(bearer: Element, attribute: str, number: int | str) -> None:
    for ending in _RIVALS:
        bearer.attrib.pop(w(f"{attribute}{ending}"), None)
    bearer.set(w(attribute), _written(number))


def _written(number: int | str, unit: str = "") -> str:
    """A number of twips in a *unit*, or the tag that prints it."""
    if isinstance(number, str):
        return f"{{{{ {' '.join(filter(None, (number, unit)))} }}}}"
    return f"{number * 635 if unit == _EMU else number / 20 if unit == _POINTS else number:g}"


# --- columns -------------------------------------------------------------------------------------


def _put_width(cell: Element, number: int | str) -> bool:
    """Give the column of *cell* a width: in the grid, in each cell that stands in it alone.

    A table all of whose columns are measured is as wide as they are.
    """
    table = next(cell.iterancestors(w("tbl")))
    grid = table.find(w("tblGrid"))
    columns = [] if grid is None else list(grid.iterchildren(w("gridCol")))
    column = _column(cell)
    if _span(cell) > 1 or column >= len(columns):
        return False
    columns[column].set(w("w"), _written(number))
    for row in table.iterchildren(w("tr")):
        for each in row.iterchildren(w("tc")):
            if _column(each) == column and _span(each) == 1:
                width = child_of(properties_of(each), "tcW")
                width.attrib.update({w("w"): _written(number), w("type"): "dxa"})
    said = [node.get(w("w"), "").removeprefix("{{ ").removesuffix(" }}") for node in columns]
    total = table.find(f"{w('tblPr')}/{w('tblW')}")
    if total is not None and all("measure" in each for each in said):
        total.attrib.update({w("w"): f"{{{{ {' + '.join(said)} }}}}", w("type"): "dxa"})
    return True


def _span(cell: Element) -> int:
    span = cell.find(f"{w('tcPr')}/{w('gridSpan')}")
    return 1 if span is None else int(span.get(w("val"), "1"))


def _column(cell: Element) -> int:
    return sum(_span(each) for each in cell.itersiblings(w("tc"), preceding=True))


# --- text boxes ----------------------------------------------------------------------------------


def _put_height(content: Element, number: int | str) -> bool:
    """Give a height to the box of *content*, in both the halves that Word writes of it."""
    *_, box = content.iterancestors(*_BOXES)
    for extent in box.iter(*_EXTENTS):
        if extent.get("cy") is not None:
            extent.set("cy", _written(number, _EMU))
    height = f"height:{_written(number, _POINTS)}pt"
    for shape in box.iter(*_SHAPES):
        style = shape.get("style", "").split(";")
        said = [height if each.strip().startswith("height:") else each for each in style]
        shape.set("style", ";".join(said))
    return True
