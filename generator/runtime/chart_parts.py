"""A chart's two parts: the chart itself, and the workbook in which Word edits its numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.package import RELATIONSHIPS, pack, write

NAMESPACE = "http://schemas.openxmlformats.org/drawingml/2006/chart"
KINDS = {
    "bar": '<c:barDir val="bar"/><c:grouping val="clustered"/>',
    "column": '<c:barDir val="col"/><c:grouping val="clustered"/>',
    "stacked bar": '<c:barDir val="bar"/><c:grouping val="stacked"/>',
    "stacked column": '<c:barDir val="col"/><c:grouping val="stacked"/>',
}
"""Bars lie, columns stand; those that are stacked are parts of a whole."""
_FILLS = (
    ("404040", "FFFFFF"),
    ("D9D9D9", "000000"),
    ("7F7F7F", "FFFFFF"),
    ("FFFFFF", "000000"),
    ("A6A6A6", "000000"),
    ("262626", "FFFFFF"),
)
"""Of each series: the grey of its bars, and the colour of a number upon it."""
MOST_SERIES = len(_FILLS)
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_RELATED = RELATIONSHIPS.rstrip("/")
_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SHEET_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_SHEET = "数据"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LINE = '<a:ln w="6350"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln>'
_FONT_SIZE = 1050
"""五号, in hundredths of a point."""
_HIDE_ZERO = "General;;"


@dataclass(frozen=True, slots=True)
class Data:
    """What a chart shows. Its texts are escaped."""

    head: str
    """What the categories are called."""
    categories: Sequence[str]
    series: Mapping[str, Sequence[str]]
    """The numbers of each series, one for each category."""


# --- the chart -----------------------------------------------------------------------------------


def chart_part(data: Data, kind: str, font: str) -> bytes:
    """The chart: bars with their numbers, the first category at the top or on the left.

    *kind* is one of `KINDS`. The relationship `rId1` of the part leads to its workbook.
    """
    stacked, lies = "stacked" in kind, kind.endswith("bar")
    bars = "".join(
        _series(data, index, name, numbers, stacked=stacked)
        for index, (name, numbers) in enumerate(data.series.items())
    )
    overlap = '<c:overlap val="100"/>' if stacked else ""
    several = len(data.series) > 1
    legend = '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>' if several else ""
    return (
        f'{_HEAD}<c:chartSpace xmlns:c="{NAMESPACE}" xmlns:a="{_DRAWING}" xmlns:r="{_RELATED}">'
        '<c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>'
        f'<c:barChart>{KINDS[kind]}<c:varyColors val="0"/>{bars}<c:gapWidth val="60"/>{overlap}'
        f'<c:axId val="1"/><c:axId val="2"/></c:barChart>{_axes(lies=lies)}</c:plotArea>'
        f'{legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{_text(font)}"
        '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    ).encode()


def _series(data: Data, index: int, name: str, numbers: Sequence[str], *, stacked: bool) -> str:
    """One series; its numbers stand in the column after those of the series before."""
    grey, upon = _FILLS[index]
    column, last = _column(index + 1), len(numbers) + 1
    colour, place = (upon, "ctr") if stacked else ("000000", "outEnd")
    return (
        f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/>'
        f"<c:tx>{_cells('str', f'${column}$1', [name])}</c:tx>"
        f'<c:spPr><a:solidFill><a:srgbClr val="{grey}"/></a:solidFill>{_LINE}</c:spPr>'
        f'<c:invertIfNegative val="0"/>{_labels(colour, place)}'
        f"<c:cat>{_cells('str', f'$A$2:$A${last}', data.categories)}</c:cat>"
        f"<c:val>{_cells('num', f'${column}$2:${column}${last}', numbers)}</c:val></c:ser>"
    )


def _labels(colour: str, place: str) -> str:
    """The number of each bar, which none of nought has."""
    return (
        f'<c:dLbls><c:numFmt formatCode="{_HIDE_ZERO}" sourceLinked="0"/><c:spPr><a:noFill/>'
        "</c:spPr><c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr><a:solidFill>"
        f'<a:srgbClr val="{colour}"/></a:solidFill></a:defRPr></a:pPr><a:endParaRPr/></a:p>'
        f'</c:txPr><c:dLblPos val="{place}"/><c:showLegendKey val="0"/><c:showVal val="1"/>'
        '<c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/>'
        '<c:showBubbleSize val="0"/></c:dLbls>'
    )


def _cells(kind: str, cells: str, values: Sequence[str]) -> str:
    """Where *values* stand in the workbook, and what they are."""
    points = "".join(f'<c:pt idx="{i}"><c:v>{value}</c:v></c:pt>' for i, value in enumerate(values))
    form = "<c:formatCode>General</c:formatCode>" if kind == "num" else ""
    return (
        f"<c:{kind}Ref><c:f>{_SHEET}!{cells}</c:f><c:{kind}Cache>{form}"
        f'<c:ptCount val="{len(values)}"/>{points}</c:{kind}Cache></c:{kind}Ref>'
    )


def _axes(*, lies: bool) -> str:
    """That of the categories, with their names, and that of the numbers, which is not shown."""
    order, across, up = ("maxMin", "l", "t") if lies else ("minMax", "b", "l")
    return (
        f'<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="{order}"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{across}"/><c:numFmt formatCode="General"'
        ' sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="low"/><c:spPr>{_LINE}</c:spPr><c:crossAx val="2"/>'
        '<c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/>'
        '<c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>'
        '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/></c:scaling>'
        f'<c:delete val="1"/><c:axPos val="{up}"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        '<c:crossAx val="1"/><c:crosses val="autoZero"/></c:valAx>'
    )


def _text(font: str) -> str:
    faces = "".join(f'<a:{script} typeface="{font}"/>' for script in ("latin", "ea", "cs"))
    return (
        f'<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="{_FONT_SIZE}"><a:solidFill>'
        f'<a:srgbClr val="000000"/></a:solidFill>{faces}</a:defRPr></a:pPr><a:endParaRPr/></a:p>'
        "</c:txPr>"
    )


# --- the workbook --------------------------------------------------------------------------------


def workbook(data: Data) -> bytes:
    """An `.xlsx` of one sheet: a row for each category under the names of the series."""
    rows = [(data.head, *data.series), *zip(data.categories, *data.series.values(), strict=True)]
    lines = "".join(
        f'<row r="{number}">{"".join(_row(number, values))}</row>'
        for number, values in enumerate(rows, 1)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET_TYPES}sheet.main+xml"/>'
        f'<Override PartName="/xl/sheet.xml" ContentType="{_SHEET_TYPES}worksheet+xml"/></Types>',
        "_rels/.rels": _relationship("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{_SHEETS}" xmlns:r="{_RELATED}"><sheets>'
        f'<sheet name="{_SHEET}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relationship("worksheet", "sheet.xml"),
        "xl/sheet.xml": f'<worksheet xmlns="{_SHEETS}"><sheetData>{lines}</sheetData></worksheet>',
    }
    return write(pack({name: (_HEAD + part).encode() for name, part in parts.items()}), ())


def _row(number: int, values: Sequence[str]) -> Iterable[str]:
    for index, value in enumerate(values):
        cell = f"{_column(index)}{number}"
        if number == 1 or index == 0:
            text = f'<is><t xml:space="preserve">{value}</t></is>'
            yield f'<c r="{cell}" t="inlineStr">{text}</c>'
        else:
            yield f'<c r="{cell}"><v>{value}</v></c>'


def _column(index: int) -> str:
    return chr(ord("A") + index)


def _relationship(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}relationships"><Relationship Id="rId1"'
        f' Type="{RELATIONSHIPS}{kind}" Target="{target}"/></Relationships>'
    )
