"""Loops over the cells of a row, and the grid that follows them."""

from __future__ import annotations

from typing import Any

import pytest
from builders import W, compiled, outline, p, part, rendered, table
from lxml import etree
from structure import faults


def wide(text: str, width: int = 1000) -> str:
    properties = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
    return f"<w:tc>{properties}{p(text)}</w:tc>"


def made(*rows: list[str], **values: Any) -> bytes:
    document = rendered(compiled(table(*rows)), **values)
    assert faults(document) == []
    return document


def widths(document: bytes, name: str = "gridCol") -> list[str]:
    root = etree.fromstring(part(document).encode())
    return [node.get(f"{{{W}}}w") for node in root.iter(f"{{{W}}}{name}")]


LOOPS = [
    ["{%tc for c in cs %}", "{{ c }}", "{%tc endfor %}"],
    ["{% for c in cs %}", "{{ c }}", "{% endfor %}"],
]


@pytest.mark.parametrize("loop", LOOPS)
def test_a_loop_alone_in_its_cells_repeats_what_stands_between_them(loop: list[str]) -> None:
    document = made(["名", *loop], cs=["甲", "乙"])
    assert outline(document) == [[[["名"], ["甲"], ["乙"]]]]


@pytest.mark.parametrize("count", [1, 2, 3, 6])
def test_the_grid_follows_and_the_table_stays_as_wide(count: int) -> None:
    document = made(["名", *LOOPS[0]], cs=list(range(count)))
    assert widths(document) == ["1000", *[str(3000 // count)] * count]


def test_cells_share_the_width_of_their_columns() -> None:
    document = made([wide("名"), *map(wide, LOOPS[1])], cs=[1, 2])
    assert widths(document, "tcW") == ["1000", "1500", "1500"]


def test_a_cell_that_merges_across_has_the_width_of_all() -> None:
    head = [wide(text) for text in ("{%tc for c in cs %}", "{% hm %}头", "{%tc endfor %}")]
    document = made(head, [wide(text) for text in LOOPS[0]], cs=[1, 2])
    assert widths(document, "tcW") == ["3000", "1500", "1500"]
    assert widths(document) == ["1500", "1500"]


def test_several_cells_of_one_pass_keep_their_proportion() -> None:
    row = ["{%tc for c in cs %}", wide("{{ c }}", 1000), wide("x", 1000), "{%tc endfor %}"]
    document = made(row, cs=[1, 2])
    assert widths(document) == ["1000"] * 4


def test_columns_of_rows_that_repeat_follow_the_head() -> None:
    rows = (
        ["名", *LOOPS[0]],
        ["{% for r in rows %}", "", "", ""],
        ["{{ r.n }}", "{%tc for v in r.vs %}", "{{ v }}", "{%tc endfor %}"],
        ["{% endfor %}", "", "", ""],
    )
    document = made(*rows, cs=["甲", "乙"], rows=[{"n": 1, "vs": [1, 2]}, {"n": 2, "vs": [3, 4]}])
    assert outline(document) == [
        [[["名"], ["甲"], ["乙"]], [["1"], ["1"], ["2"]], [["2"], ["3"], ["4"]]]
    ]
    assert widths(document) == ["1000", "1500", "1500"]


def test_columns_that_only_a_row_knows_follow_the_first_one() -> None:
    rows = (
        ["{% for r in rows %}", "", ""],
        ["{%tc for v in r %}", "{{ v }}", "{%tc endfor %}"],
        ["{% endfor %}", "", ""],
    )
    assert widths(made(*rows, rows=[[1, 2], [3, 4]])) == ["1500", "1500"]


def test_a_column_may_depend_on_a_condition() -> None:
    row = ["名", "{%tc if a %}", "甲", "{%tc else %}", "乙", "丙", "{%tc endif %}"]
    assert outline(made(row, a=True)) == [[[["名"], ["甲"]]]]
    document = made(row, a=False)
    assert outline(document) == [[[["名"], ["乙"], ["丙"]]]]
    assert widths(document) == ["1000", "3000", "3000"]


def test_a_row_whose_columns_are_none_has_a_cell() -> None:
    assert outline(made(["{%tc for c in cs %}", "{{ c }}", "{%tc endfor %}"], cs=[])) == [[[[""]]]]


def test_a_tag_beside_text_repeats_the_row_and_not_its_columns() -> None:
    document = made(["{% for c in cs %}", "{{ c }}", "x{% endfor %}"], cs=[1, 2])
    assert outline(document) == [[[[""], ["1"], ["x"]], [[""], ["2"], ["x"]]]]
