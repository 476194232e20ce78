"""Charts as values: `{{ units | chart("bar", category="name", series={"已整改": "done"}) }}`.

A chart of Word's own, with its numbers in a workbook inside the document, so that Word opens them
with 编辑数据 (ISO/IEC 29500-1, 21.2). In shades of grey, which any printer can print.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal

from jinja2 import Undefined, pass_context
from jinja2.runtime import Context

from generator.problems import Message
from generator.runtime.budget import SIZE_A_STEP
from generator.runtime.chart_parts import KINDS, MOST_SERIES, NAMESPACE, Data, chart_part, workbook
from generator.runtime.pictures import length
from generator.runtime.state import State, state_of
from generator.runtime.values import Place, Rich, ValueRefused, plain, said

MOST_ROWS = 500


class Chart(Rich):
    """A chart, its size settled; the part that it is printed in gets its relationship."""

    __slots__ = ("_alternative", "_parts", "_size", "_state")

    def __init__(
        self, state: State, parts: tuple[bytes, bytes], size: tuple[int, int], alternative: str
    ) -> None:
        """*parts* are the chart and its workbook, *size* is in English metric units."""
        self._state = state
        self._parts = parts
        self._size = size
        self._alternative = alternative

    def __str__(self) -> str:
        raise ValueRefused(Message("a chart stands where text belongs"))

    def printed(self, place: Place) -> str:
        state = self._state
        if state.wanted is None:
            raise ValueRefused(Message("a chart cannot stand here"))
        relationship = state.wanted.chart(*self._parts)
        number = state.fresh_id()
        width, height = self._size
        return (
            '</w:t><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{number}"'
            f' name="chart {number}" descr="{self._alternative}"/><wp:cNvGraphicFramePr/>'
            f'<a:graphic><a:graphicData uri="{NAMESPACE}"><c:chart xmlns:c="{NAMESPACE}"'
            f' r:id="{relationship}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
            '<w:t xml:space="preserve">'
        )


@pass_context
def chart(
    context: Context,
    rows: object,
    kind: object = "bar",
    *,
    category: object,
    series: object,
    width: object = "150mm",
    height: object = "80mm",
    head: object = "",
    font: object = "宋体",
    alt: object = None,
) -> Chart:
    """A chart of *rows*: a bar, or a group of them, for each.

    *category* names the field that says what a row is, *series* the field of each number by what
    the numbers are called. *kind* is one of `KINDS`; *head* is what the categories are called in
    the workbook, *alt* the alternative text. Raises ValueRefused.
    """
    if isinstance(rows, Undefined):
        str(rows)  # raises, and says which
    if not isinstance(kind, str) or kind not in KINDS:
        kinds = ", ".join(KINDS)
        raise ValueRefused(
            Message("“{kind}” is no kind of chart ({kinds})", kind=kind, kinds=kinds)
        )
    state, data = state_of(context), _data(rows, category, series, head)
    part = chart_part(data, kind, plain(font))
    state.take(len(part) // SIZE_A_STEP)
    size = round(length(width)), round(length(height))
    return Chart(state, (part, workbook(data)), size, plain(alt))


# --- data ----------------------------------------------------------------------------------------


def _data(rows: object, category: object, series: object, head: object) -> Data:
    if not isinstance(rows, Sequence) or isinstance(rows, (str, bytes)) or not rows:
        raise ValueRefused(Message("a chart needs a list of rows"))
    if not isinstance(series, Mapping) or not 0 < len(series) <= MOST_SERIES:
        raise ValueRefused(Message("a chart has 1 to {most} series", most=MOST_SERIES))
    if len(rows) > MOST_ROWS:
        raise ValueRefused(Message("a chart has {most} rows at most", most=MOST_ROWS))
    return Data(
        plain(head),
        tuple(plain(_field(row, category)) for row in rows),
        {
            plain(name): tuple(_number(_field(row, field)) for row in rows)
            for name, field in series.items()
        },
    )


def _field(row: object, name: object) -> object:
    if not isinstance(row, Mapping) or name not in row:
        raise ValueRefused(Message("a row of the chart has no “{field}”", field=said(name)))
    value: object = row[name]
    return value


def _number(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)) or _is_huge(value):
        raise ValueRefused(Message("“{value}” is no number for a chart", value=said(value)))
    return str(value)


def _is_huge(number: float | Decimal) -> bool:
    """Whether *number* is infinite, none at all, or too large for a workbook."""
    try:
        return not math.isfinite(number)
    except (OverflowError, ValueError):
        return True


FILTERS = {"chart": chart}
