"""Blocks, macros and what they print stand only where that may stand."""

from __future__ import annotations

import pytest
from builders import cell, printed, refusal, table

PLACE = "template.docx: body"


def test_a_macro_of_paragraphs_prints_between_paragraphs() -> None:
    assert printed("{% macro m(x) %}", "第{{ x }}", "{% endmacro %}", "{{ m(1) }}", "尾") == [
        "第1",
        "尾",
    ]


def test_a_macro_of_one_line_prints_inside_lines() -> None:
    assert printed("{% macro m(x) %}〔{{ x }}〕{% endmacro %}", "甲{{ m('<') }}乙{{ m(2) }}") == [
        "甲〔<〕乙〔2〕"
    ]


def test_a_macro_of_paragraphs_cannot_print_inside_a_line() -> None:
    assert refusal("{% macro m() %}", "甲", "{% endmacro %}", "乙{{ m() }}") == (
        f"{PLACE} ¶4: T010 “m()” prints paragraphs, but stands among text inside a paragraph "
        "(put it into a line of its own)"
    )


def test_a_macro_of_one_line_cannot_print_between_paragraphs() -> None:
    assert refusal("{% macro m() %}甲{% endmacro %}", "{{ m() }}") == (
        f"{PLACE} ¶2: T010 “m()” prints text inside a paragraph, but stands among paragraphs "
        "(put it into a paragraph)"
    )


def test_what_a_caller_prints_has_the_level_of_its_macro() -> None:
    macro = ("{% macro m() %}", "头", "{{ caller() }}", "{% endmacro %}")
    call = ("{% call m() %}", "甲", "{% endcall %}")
    assert printed(*macro, *call) == ["头", "甲"]
    assert refusal("{% macro m() %}", "头{{ caller() }}", "{% endmacro %}", *call) == (
        f"{PLACE} ¶2: T010 “caller()” prints paragraphs, but stands among text inside a paragraph "
        "(put it into a line of its own)"
    )
    assert refusal(*macro, "甲{% call m() %}乙{% endcall %}") == (
        f"{PLACE} ¶5: T010 “call m()” prints paragraphs, but stands among text inside a paragraph "
        "(put it into a line of its own)"
    )


def test_what_a_recursive_loop_prints_has_the_level_of_the_loop() -> None:
    loop = "{% for x in xs recursive %}"
    nested = ("{{ x.n }}", "{{ loop(x.xs) }}", "{% endfor %}")
    xs = [{"n": 1, "xs": [{"n": 2, "xs": []}]}, {"n": 3, "xs": []}]
    assert printed(loop, *nested, xs=xs) == ["1", "2", "3"]
    assert refusal(loop, "{{ x.n }}{{ loop(x.xs) }}", "{% endfor %}") == (
        f"{PLACE} ¶2: T010 “loop(x.xs)” prints paragraphs, but stands among text inside a "
        "paragraph (put it into a line of its own)"
    )


def test_what_self_prints_has_the_level_of_its_block() -> None:
    block = ("{% block a %}", "甲", "{% endblock %}")
    assert printed(*block, "{{ self.a() }}") == ["甲", "甲"]
    assert refusal(*block, "又{{ self.a() }}") == (
        f"{PLACE} ¶4: T010 “self.a()” prints paragraphs, but stands among text inside a paragraph "
        "(put it into a line of its own)"
    )


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("super()", "“super()” stands outside its block"),
        ("caller()", "“caller()” stands outside its macro"),
        ("loop(x)", "“loop()” stands outside its for"),
    ],
)
def test_what_belongs_into_a_statement_stands_in_it(code: str, said: str) -> None:
    assert refusal(f"{{{{ {code} }}}}") == f"{PLACE} ¶1: T010 {said}"


def test_a_block_stands_among_paragraphs_or_in_a_line() -> None:
    assert printed("甲{% block a %}乙{% endblock %}") == ["甲乙"]
    rows = table(["{% block a %}甲", "乙{% endblock %}"])
    assert refusal(rows) == (
        f"{PLACE} ¶1 (row 1, column 1): T009 “{{% block a %}}” cannot stand among table rows "
        "(put it into a paragraph, or around one)"
    )


def test_a_set_block_holds_only_text() -> None:
    assert printed("{% set a %}甲{{ 1 + 1 }}<\n{% endset %}{{ a }}{{ a | length }}") == ["甲2<\n4"]
    assert refusal("{% set a %}", "甲", "{% endset %}") == (
        f"{PLACE} ¶1: T008 “{{% set a %}}” can hold only text"
    )


def test_a_macro_stands_alone_in_its_tag() -> None:
    macro = "{% macro m() %}甲{% endmacro %}"
    said = "a macro, “super()” or “caller()” must stand alone in its tag"
    for use in ("{{ m() | upper }}", "{{ m() ~ 1 }}", "{{ [m()] }}", "{{ m }}"):
        assert refusal(macro, f"a{use}") == f"{PLACE} ¶2: T010 {said}"


def test_an_include_stands_between_paragraphs() -> None:
    assert refusal("甲{% include 'part' %}", part=["乙"]) == (
        f"{PLACE} ¶1: T010 “include 'part'” prints paragraphs, but stands among plain text "
        "(put it into a line of its own)"
    )
    assert printed(table([cell("甲", "乙")])) == ["甲", "乙"]
