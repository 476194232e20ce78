"""Cells take colours and spans, and merge over the passes of a loop."""

from __future__ import annotations

from typing import Any

import pytest
from builders import W, cell, compiled, failure, outline, p, part, refusal, rendered, table
from lxml import etree
from structure import faults

ROWS = [{"n": "一", "c": "FF0000"}, {"n": "二", "c": "#00ff00"}, {"n": "三", "c": None}]


def properties(document: bytes, name: str, attribute: str = "val") -> list[str | None]:
    """An attribute of a property of each cell; None where the cell has no such property."""
    root = etree.fromstring(part(document).encode())
    found = [each.find(f"{{{W}}}tcPr/{{{W}}}{name}") for each in root.iter(f"{{{W}}}tc")]
    return [None if node is None else node.get(f"{{{W}}}{attribute}") for node in found]


def made(*rows: list[str], **values: Any) -> bytes:
    document = rendered(compiled(table(*rows)), **values)
    assert faults(document) == []
    return document


def test_a_cell_takes_its_colour_from_each_pass() -> None:
    document = made(["{% for r in rows %}{% cellbg r.c %}{{ r.n }}", "x{% endfor %}"], rows=ROWS)
    assert properties(document, "shd", "fill")[::2] == ["FF0000", "00ff00", "auto"]
    assert outline(document)[0][0] == [["一"], ["x"]]


def test_a_row_of_empty_cells_with_colours_is_a_row() -> None:
    for loop in (["{%tc for c in cs %}", "{%tc endfor %}"], ["{% for c in cs %}", "{% endfor %}"]):
        document = made([loop[0], "{% cellbg c %}", loop[1]], cs=["AAAAAA", "BBBBBB"])
        assert properties(document, "shd", "fill") == ["AAAAAA", "BBBBBB"]
        assert outline(document) == [[[[""], [""]]]]


@pytest.mark.parametrize("value", ["red", "FFF", '"/>', 3])
def test_what_is_no_colour_is_refused(value: object) -> None:
    assert failure(table(["{% cellbg c %}"]), c=value) == (
        f"template.docx: body ¶1 (row 1, column 1): T403 “{value}” is no colour; write it as FFD700"
    )


def test_a_cell_reaches_over_as_many_columns_as_are_counted() -> None:
    document = made(["{% colspan xs | length %}头"], ["甲", "乙", "丙"], xs=[1, 2, 3])
    assert properties(document, "gridSpan") == ["3", None, None, None]


@pytest.mark.parametrize("value", [0, 64, "x", None, 1.5])
def test_what_is_no_number_of_columns_is_refused(value: object) -> None:
    assert "is no number of columns from 1 to 63" in failure(table(["{% colspan n %}"]), n=value)


def test_cells_merge_down_over_a_loop_of_rows() -> None:
    loop = ["{%tr for r in rows %}", ""], ["组{% vm %}", "{{ r.n }}"], ["{%tr endfor %}", ""]
    document = made(*loop, rows=ROWS)
    assert properties(document, "vMerge") == ["restart", None, "continue", None, "continue", None]
    assert outline(document) == [[[["组"], ["一"]], [[""], ["二"]], [[""], ["三"]]]]


def test_cells_merge_down_in_each_group_of_rows() -> None:
    rows = (
        ["{% for g in groups %}", ""],
        ["{% for r in g.rows %}", ""],
        ["{% vm %}{{ g.n }}", "{{ r }}"],
        ["{% endfor %}", ""],
        ["{% endfor %}", ""],
    )
    document = made(*rows, groups=[{"n": "甲", "rows": [1, 2]}, {"n": "乙", "rows": [3]}])
    assert properties(document, "vMerge")[::2] == ["restart", "continue", "restart"]
    assert outline(document) == [[[["甲"], ["1"]], [[""], ["2"]], [["乙"], ["3"]]]]


def test_a_cell_merges_across_a_loop_of_cells() -> None:
    rows = (
        ["{%tc for x in xs %}", "{% hm %}头", "{%tc endfor %}"],
        ["{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}"],
    )
    document = made(*rows, xs=[1, 2, 3])
    assert outline(document) == [[[["头"]], [["1"], ["2"], ["3"]]]]
    assert properties(document, "gridSpan") == ["3", None, None, None]


def test_a_cell_that_reaches_over_columns_already_multiplies_them() -> None:
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p("{% hm %}头")}</w:tc>'
    document = made(["{%tc for x in xs %}", wide, "{%tc endfor %}"], xs=[1, 2])
    assert properties(document, "gridSpan") == ["4"]


@pytest.mark.parametrize(
    ("word", "blocks"),
    [
        ("vm", [table(["{% vm %}"])]),
        ("vm", [table(["{%tc for x in xs %}", "{% vm %}", "{%tc endfor %}"])]),
        ("vm", ["{% for x in xs %}", table(["{% vm %}"]), "{% endfor %}"]),
        ("hm", [table(["{% for x in xs %}{% hm %}x", "{% endfor %}"])]),
    ],
)
def test_merging_takes_a_loop_of_its_kind(word: str, blocks: list[str]) -> None:
    kind = "rows" if word == "vm" else "cells"
    assert (
        f"T026 “{{% {word} %}}” stands in no loop of its kind (put its cell into a loop over "
        + (f"{kind})")
        in refusal(*blocks)
    )


def test_cells_in_content_controls_merge_too() -> None:
    held = f"<w:sdt><w:sdtContent>{cell('{% vm %}组')}</w:sdtContent></w:sdt>"
    rows = f"<w:tr>{cell('{% for r in rows %}{{ r.n }}')}{held}{cell('{% endfor %}')}</w:tr>"
    document = rendered(
        compiled(table(["a", "b", "c"]).replace("</w:tbl>", f"{rows}</w:tbl>")), rows=ROWS
    )
    assert faults(document) == []
    assert properties(document, "vMerge")[4::3] == ["restart", "continue", "continue"]
