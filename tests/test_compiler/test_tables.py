"""Tables without rows go; tables that come together are kept apart."""

from __future__ import annotations

from itertools import pairwise, product

import pytest
from builders import (
    cell,
    compiled,
    docx_with,
    outline,
    p,
    part,
    printed,
    refusal,
    rendered,
    row,
    table,
)
from structure import faults


def made(*blocks: str, **values: object) -> list[object]:
    document = rendered(compiled(*blocks), **values)
    assert faults(document) == []
    return outline(document)


ROWS = [
    table(["{% for x in xs %}{{ x }}", "乙{% endfor %}"]),
    table(["{% for x in xs if x %}{{ x }}", "乙{% endfor %}"]),
    table(["{% for x in xs %}", ""], ["{% if x %}", ""], ["{{ x }}", "乙"])[:-8]
    + row("{% endif %}", "")
    + row("{% endfor %}", "")
    + "</w:tbl>",
    table(["{% set ys = xs %}", ""], ["{% for x in ys | select %}{{ x }}", "乙{% endfor %}"]),
    table(["{% for x in xs %}{{ x }}", "乙{% endfor %}"], ["{% if a %}x", "{% endif %}"]),
]


@pytest.mark.parametrize("rows", ROWS)
def test_a_table_without_rows_goes(rows: str) -> None:
    assert made("甲", rows, "丁", xs=[], a=False) == ["甲", "丁"]
    assert made("甲", rows, "丁", xs=[1], a=False) == ["甲", [[["1"], ["乙"]]], "丁"]


def test_a_table_with_a_head_stays() -> None:
    rows = table(["头"], ["{% for x in xs %}{{ x }}{% endfor %}"], ["{% if a %}"], ["x"])
    assert "T006" in refusal(rows)
    rows = table(["头"], ["{% for x in xs %}"], ["{{ x }}"], ["{% endfor %}"])
    assert made(rows, xs=[]) == [[[["头"]]]]


def test_an_else_that_prints_rows_keeps_the_table() -> None:
    rows = table(["{% for x in xs %}"], ["{{ x }}"], ["{% else %}"], ["无"], ["{% endfor %}"])
    assert made(rows, xs=[]) == [[[["无"]]]]


def test_a_cell_keeps_a_paragraph_when_its_table_goes() -> None:
    inner = table(["{% for x in xs %}"], ["{{ x }}"], ["{% endfor %}"])
    outer = table([cell(inner, "")], [cell(inner)])
    assert made(outer, xs=[]) == [[[[""]], [[""]]]]


def test_rows_in_content_controls_are_rows() -> None:
    def held(*rows: str) -> str:
        return f"<w:sdt><w:sdtContent>{''.join(rows)}</w:sdtContent></w:sdt>"

    loop = row("{% for x in xs %}"), row("{{ x }}"), row("{% endfor %}")
    inside = table(["头"]).replace("</w:tbl>", held(*loop) + "</w:tbl>")
    assert made(inside, xs=[]) == [[[["头"]]]]
    around = table([]).replace("</w:tbl>", held(*loop) + "</w:tbl>")
    for xs in ([], [1, 2]):
        document = rendered(compiled(around), xs=xs)
        assert faults(document) == []
    across = table(["x"]).replace("<w:tr>", loop[0] + "<w:tr>")
    across = across.replace("</w:tbl>", held(loop[2]) + "</w:tbl>")
    assert made(across, xs=[1, 2])[0][:2] == [[["x"]], [["x"]]]


ONE = table(["一"])


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        (["{% for x in xs %}", ONE, "{% endfor %}"], ["T", "", "T", "", "T"]),
        (["{% for x in xs %}", ONE, "甲", "{% endfor %}"], ["T", "甲"] * 3),
        ([ONE, "{% if a %}", ONE, "{% endif %}"], ["T", "", "T"]),
        (["{% if a %}", ONE, "{% endif %}", ONE], ["T", "", "T"]),
        ([ONE, "{% for x in xs %}", ONE, "{% endfor %}"], ["T", "", "T", "", "T", "", "T"]),
        ([ONE, "{% for x in xs %}", ONE, "甲", "{% endfor %}"], ["T", "", *["T", "甲"] * 3]),
        (["{% for x in xs %}", "甲", ONE, "{% endfor %}", ONE], [*["甲", "T"] * 3, "", "T"]),
        ([ONE, "{% with b = 1 %}", ONE, "{% endwith %}"], ["T", "", "T"]),
        ([ONE, "{% block b %}", ONE, "{% endblock %}"], ["T", "", "T"]),
        (["{% macro m() %}", ONE, "{% endmacro %}", ONE, "甲"], ["T", "甲"]),
        ([ONE, ONE], ["T", "T"]),  # as it was written
    ],
)
def test_tables_that_come_together_are_kept_apart(blocks: list[str], expected: list[str]) -> None:
    found = made(*blocks, a=True, xs=[1, 2, 3])
    assert ["T" if isinstance(each, list) else each for each in found] == expected


def test_tables_of_nested_loops_are_kept_apart() -> None:
    blocks = ["{% for x in xs %}", "{% for y in x %}", ONE, "{% endfor %}", "{% endfor %}"]
    found = made(*blocks, xs=[[1, 2], [3]])
    assert [isinstance(each, list) for each in found if each != ""] == [True] * 3
    assert all(left == "" or right == "" for left, right in pairwise(found))


def test_tables_in_cells_are_kept_apart() -> None:
    loop = cell("{% for x in xs %}", ONE, "{% endfor %}", "")
    inner = [[["一"]]]
    assert made(table([loop]), xs=[1, 2]) == [[[[inner, "", inner, ""]]]]


def test_whatever_prints_tables_keeps_them_apart() -> None:
    blocks = [
        *("{% if a %}", ONE, "{% endif %}", "{% for x in xs %}", "{% if b %}", ONE),
        *("{% else %}", "甲", "{% endif %}", "{% endfor %}", ONE),
    ]
    for a, b, xs in product((True, False), (True, False), ([], [1], [1, 2])):
        found = [isinstance(each, list) for each in made(*blocks, a=a, b=b, xs=xs)]
        assert not any(left and right for left, right in pairwise(found))


def test_a_single_condition_puts_no_paragraph_anywhere() -> None:
    assert printed("甲", "{% if a %}", ONE, "{% endif %}", "乙", a=True) == ["甲", "一", "乙"]


# --- sections and merged cells in loops ----------------------------------------------------------


def test_a_section_in_a_loop_ends_on_each_pass() -> None:
    page = '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr>'
    section = f"<w:p><w:pPr>{page}</w:pPr></w:p>"
    template = compiled(docx_with("{% for r in rows %}", "{{ r }}", section, "{% endfor %}", "末"))
    document = rendered(template, rows=["甲", "乙"])
    assert outline(document) == ["甲", "", "乙", "", "末"]
    assert part(document).count('w:orient="landscape"') == 2
    assert faults(document) == []
    none = rendered(template, rows=[])
    assert outline(none) == ["末"]
    assert faults(none) == []


def test_merged_cells_in_a_loop_stay_merged_on_each_pass() -> None:
    def merged(text: str, properties: str) -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"

    first = merged("{{ r }}", '<w:vMerge w:val="restart"/>') + merged(
        "甲", '<w:gridSpan w:val="2"/>'
    )
    second = merged("", "<w:vMerge/>") + cell("乙") + cell("丙")
    rows = f"<w:tr>{first}</w:tr><w:tr>{second}</w:tr>"
    loop = table(["{%tr for r in rows %}", "", ""], ["{%tr endfor %}", "", ""])
    around = loop.replace("</w:tr><w:tr>", f"</w:tr>{rows}<w:tr>", 1)
    document = rendered(compiled(docx_with(around)), rows=["1", "2"])
    assert outline(document) == [
        [[["1"], ["甲"]], [[""], ["乙"], ["丙"]], [["2"], ["甲"]], [[""], ["乙"], ["丙"]]]
    ]
    assert part(document).count('<w:vMerge w:val="restart"/>') == 2
    assert part(document).count("<w:vMerge/>") == 2
    assert part(document).count('<w:gridSpan w:val="2"/>') == 2
    assert faults(document) == []
