"""What an element must hold is there, whatever the conditions come to."""

from __future__ import annotations

from itertools import product

import pytest
from builders import (
    bold,
    cell,
    compiled,
    docx_with,
    outline,
    p,
    paragraphs,
    part,
    rendered,
    row,
    run,
    table,
)
from structure import faults


def test_a_cell_that_could_be_empty_gets_a_paragraph() -> None:
    template = compiled(table([cell("{% if a %}", "甲", "{% endif %}"), "乙"]))
    assert outline(rendered(template, a=True)) == [[[["甲"], ["乙"]]]]
    assert outline(rendered(template, a=False)) == [[[[""], ["乙"]]]]


def test_a_table_whose_rows_nobody_can_foresee_gets_an_empty_one_as_wide_as_its_grid() -> None:
    rows = ["{% for x in xs if x recursive %}{{ x }}", "乙"], ["{{tr loop([]) }}", ""]
    template = compiled(table(*rows, ["{% endfor %}", ""]))
    assert outline(rendered(template, xs=[])) == [[[[""], [""]]]]


def test_a_header_without_a_paragraph_gets_one() -> None:
    header = p("{% if a %}") + p("甲") + p("{% endif %}")
    template = compiled(docx_with("x", header=header))
    assert paragraphs(rendered(template, a=True), "word/header1.xml") == ["甲"]
    assert paragraphs(rendered(template, a=False), "word/header1.xml") == [""]


def test_a_cell_ends_in_a_paragraph_after_a_table() -> None:
    inner = table(["甲"])
    template = compiled(
        table(
            [cell("乙", "{% if a %}", inner, "{% endif %}")],
            [cell("{% if a %}", inner, "{% endif %}")],
        )
    )
    for value in (True, False):
        assert faults(rendered(template, a=value)) == []


@pytest.mark.parametrize(
    "content",
    [
        ["{% if a %}", "甲", "{% elif b %}", "乙", "{% endif %}"],
        ["{% if a %}", "{% if b %}", "甲", "{% endif %}", "{% else %}", "{% endif %}"],
        ["{% for x in xs %}", "{% if b %}", "甲", "{% endif %}", "{% endfor %}"],
        [
            "{% for x in xs %}",
            "甲",
            "{% else %}",
            "{% if b %}",
            "乙",
            "{% endif %}",
            "{% endfor %}",
        ],
        ["{% block c %}", "{% if a %}", "甲", "{% endif %}", "{% endblock %}"],
        ["{% with y = 1 %}", "{% if a %}", "甲", "{% endif %}", "{% endwith %}"],
        ["{% macro m() %}", "{% if a %}", "甲", "{% endif %}", "{% endmacro %}", "{{ m() }}"],
        ["{% set y %}甲{% endset %}"],
        ["{# 注 #}"],
    ],
)
def test_a_box_is_never_empty(content: list[str]) -> None:
    template = compiled(
        docx_with(table([cell(*content)]), header="".join(map(p, content)))
        if "block c" not in content[0]
        else docx_with(table([cell(*content)]))
    )
    for a, b, xs in product((True, False), (True, False), ([], [1], [1, 2])):
        assert faults(rendered(template, a=a, b=b, xs=xs)) == []


def held(*content: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{''.join(content)}</w:sdtContent></w:sdt>"


LOOP = ("{% for x in xs %}", "{{ x }}", "{% endfor %}")


@pytest.mark.parametrize(
    "block",
    [
        held(*map(p, LOOP)),
        p("甲", held(run(LOOP[0]), bold("x"), run(LOOP[2]))),
        table(["头"]).replace("</w:tbl>", f"{held(*map(row, LOOP))}</w:tbl>"),
        table([]).replace("</w:tbl>", f"<w:tr>{cell('头')}{held(*map(cell, LOOP))}</w:tr></w:tbl>"),
    ],
)
def test_a_content_control_is_never_empty(block: str) -> None:
    template = compiled(docx_with(block))
    for xs in ([], [1, 2]):
        document = rendered(template, xs=xs)
        assert faults(document) == []
        assert "<w:sdtContent></w:sdtContent>" not in part(document)


@pytest.mark.parametrize("kind", ["macro", "call"])
def test_a_cell_does_not_end_in_the_table_of_a_macro(kind: str) -> None:
    first = "甲" if kind == "macro" else "{{ caller() }}"
    macro = ["{% macro m() %}", first, table(["乙"]), "{% endmacro %}"]
    use = ["{{ m() }}"] if kind == "macro" else ["{% call m() %}", "甲", "{% endcall %}"]
    document = rendered(compiled(*macro, table([cell("头", *use)])))
    assert faults(document) == []
    assert outline(document) == [[[["头", "甲", [[["乙"]]], ""]]]]


def test_a_cell_does_not_end_in_the_table_of_a_loop_around_it() -> None:
    rows = table([cell("{{ k.n }}", "{{ loop(k.ks) }}")])
    blocks = ("{% for k in ks recursive %}", rows, "{% endfor %}")
    document = rendered(compiled(*blocks), ks=[{"n": 1, "ks": [{"n": 2, "ks": []}]}])
    assert faults(document) == []
    assert outline(document) == [[[["1", [[["2", ""]]], ""]]]]


def test_a_cell_that_ends_in_the_paragraphs_of_a_macro_gets_no_more() -> None:
    macro = ["{% macro m() %}", "甲", "{% endmacro %}"]
    assert outline(rendered(compiled(*macro, table([cell("头", "{{ m() }}")])))) == [
        [[["头", "甲"]]]
    ]


def test_a_content_control_that_holds_something_for_sure_stays() -> None:
    document = part(rendered(compiled(docx_with(held(*map(p, LOOP), p("甲")))), xs=[]))
    assert document.count("<w:sdt>") == 1


def test_what_is_always_there_gets_nothing_more() -> None:
    template = compiled(table([cell("{% if a %}", "甲", "{% else %}", "乙", "{% endif %}")]))
    assert outline(rendered(template, a=False)) == [[[["乙"]]]]
