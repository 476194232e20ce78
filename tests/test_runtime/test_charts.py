"""Charts as values: what Word draws, what it edits, and what is refused."""

from __future__ import annotations

import io
import math
import zipfile
from decimal import Decimal
from typing import Any

import docx
import openpyxl
import pytest
from builders import compiled, docx_with, failure, part, rendered
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from generator import NoticeError, compile_docx
from generator.limits import Limits
from generator.runtime.chart_parts import KINDS

TAG = (
    "{{ rows | chart('bar', category='unit',"
    " series={'已整改': 'done', '整改中': 'open'}, head='单位') }}"
)
ROWS: list[dict[str, Any]] = [
    {"unit": "示例市城市管理局", "done": 8, "open": 4},
    {"unit": "示例县", "done": Decimal("2.5"), "open": 0},
]


def charts(document: bytes) -> list[docx.opc.part.Part]:
    """The charts of the body in their order."""
    main = docx.Document(io.BytesIO(document)).part
    names = main.element.xpath(".//*[local-name()='chart']/@*[local-name()='id']")
    return [main.related_parts[name] for name in names]


def shown(chart: docx.opc.part.Part) -> list[list[str]]:
    """The cells that a chart remembers: its categories, then name and numbers of each series."""
    root = etree.fromstring(chart.blob)
    series = list(root.iter("{*}ser"))
    return [_points(series[0], "cat"), *(_points(s, "tx") + _points(s, "val") for s in series)]


def _points(series: etree._Element, of: str) -> list[str]:
    return [str(v.text) for v in series.find(f"{{*}}{of}").iter("{*}v")]


def sheet(chart: docx.opc.part.Part) -> list[tuple[object, ...]]:
    """The rows of a chart's workbook."""
    [book] = chart.rels.values()
    workbook = openpyxl.load_workbook(io.BytesIO(book.target_part.blob))
    return list(workbook["数据"].iter_rows(values_only=True))


def test_word_draws_a_chart_and_edits_its_numbers_in_a_workbook() -> None:
    [chart] = charts(rendered(compiled("甲", TAG), rows=ROWS))
    assert chart.content_type == "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
    assert shown(chart) == [
        ["示例市城市管理局", "示例县"],
        ["已整改", "8", "2.5"],
        ["整改中", "4", "0"],
    ]
    assert sheet(chart) == [
        ("单位", "已整改", "整改中"),
        ("示例市城市管理局", 8, 4),
        ("示例县", 2.5, 0),
    ]


def test_each_chart_refers_to_the_cells_of_its_own_workbook() -> None:
    tag = "{{ [row] | chart(category='unit', series={'个数': 'done'}) }}"
    document = rendered(compiled("{% for row in rows %}", tag, "{% endfor %}"), rows=ROWS)
    assert [sheet(chart)[1] for chart in charts(document)] == [
        ("示例市城市管理局", 8),
        ("示例县", 2.5),
    ]
    formulas = etree.fromstring(charts(document)[1].blob).iter("{*}f")
    assert [f.text for f in formulas] == ["数据!$B$1", "数据!$A$2:$A$2", "数据!$B$2:$B$2"]


def test_a_chart_stands_in_headers_too_and_has_the_size_that_is_asked_for() -> None:
    small = TAG.replace(") }}", ", width='42mm', height='2cm', alt='图 1') }}")
    document = rendered(compiled(docx_with("甲", header=small)), rows=ROWS)
    header = docx.Document(io.BytesIO(document)).sections[0].header.part
    [extent] = header.element.xpath(".//wp:extent")
    assert (extent.get("cx"), extent.get("cy")) == (str(42 * 36_000), str(20 * 36_000))
    [name] = header.element.xpath(".//wp:docPr/@descr")
    assert name == "图 1"
    assert [part for part in header.related_parts.values() if "chart" in part.partname]


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_rows_give_the_same_bytes(kind: str) -> None:
    template = compiled(TAG.replace("'bar'", repr(kind)))
    assert rendered(template, rows=ROWS) == rendered(template, rows=ROWS)


def test_a_template_that_may_print_a_chart_and_does_not_has_none() -> None:
    document = rendered(compiled("甲", "{% if rows %}", TAG, "{% endif %}"), rows=[])
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        assert not [name for name in archive.namelist() if "chart" in name or "embed" in name]
    assert "drawingml.chart" not in part(document, "[Content_Types].xml")


@pytest.mark.parametrize(
    "number", [math.nan, math.inf, -math.inf, Decimal("NaN"), Decimal("1E999"), 10**999]
)
def test_what_is_no_finite_number_is_not_drawn(number: Any) -> None:
    reason = f"T403 “{number}” is no number for a chart"
    assert failure("甲", TAG, rows=[ROWS[0] | {"open": number}]) == (
        f"template.docx: body ¶2: {reason}"
    )


def test_a_chart_pays_for_its_size() -> None:
    many = "{% for i in range(99) %}{% set x = " + TAG.strip("{}") + " %}{% endfor %}甲"
    template = compile_docx(docx_with(many), Limits(steps=9_000))
    assert template.render({"rows": ROWS[:1]})
    with pytest.raises(NoticeError, match="the template takes too many steps"):
        template.render({"rows": ROWS[:1] * 30})


@pytest.mark.parametrize(
    ("tag", "reason"),
    [
        ("{{ none | chart(category='u', series={'n': 'n'}) }}", "a chart needs a list of rows"),
        ("{{ [] | chart(category='u', series={'n': 'n'}) }}", "a chart needs a list of rows"),
        ("{{ 'text' | chart(category='u', series={'n': 'n'}) }}", "a chart needs a list of rows"),
        ("{{ rows | chart(category='unit', series={}) }}", "a chart has 1 to 6 series"),
        (
            "{{ rows | chart(category='unite', series={'n': 'done'}) }}",
            "a row of the chart has no “unite”",
        ),
        (
            "{{ rows | chart(category='unit', series={'n': 'unit'}) }}",
            "“示例市城市管理局” is no number for a chart",
        ),
        (
            "{{ rows | chart('pie', category='unit', series={'n': 'done'}) }}",
            "“pie” is no kind of chart (bar, column, stacked bar, stacked column)",
        ),
        (
            "{{ rows | chart(category='unit', series={'n': 'done'}, width='much') }}",
            "“much” is no length; write it as 42mm, 4.2cm, 120pt or 1.5in",
        ),
        (
            "{{ (rows * 251) | chart(category='unit', series={'n': 'done'}) }}",
            "a chart has 500 rows at most",
        ),
        (
            "{{ (rows | chart(category='unit', series={'n': 'done'})) ~ '' }}",
            "a chart stands where text belongs",
        ),
    ],
)
def test_what_cannot_be_drawn_is_refused_at_its_place(tag: str, reason: str) -> None:
    assert failure("甲", tag, rows=ROWS, none=None) == f"template.docx: body ¶2: T403 {reason}"


text = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn"]), max_size=9)


@settings(max_examples=60)
@given(unit=text, name=text, number=st.integers(-(10**9), 10**9))
def test_any_text_stands_in_the_chart_and_its_workbook_as_it_is(
    unit: str, name: str, number: int
) -> None:
    template = compiled("{{ rows | chart(category='unit', series={name: 'n'}) }}")
    [chart] = charts(rendered(template, rows=[{"unit": unit, "n": number}], name=name))
    assert [cell or "" for cell in sheet(chart)[0]] == ["", name]
    assert [sheet(chart)[1][0] or "", sheet(chart)[1][1]] == [unit, number]
