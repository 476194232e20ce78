"""Jinja tags in plain text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.problems import Location
from generator.tagging import (
    Tag,
    forbidden_problem,
    keyword,
    opens,
    scan,
    unclosed,
    unclosed_problem,
)


def read(text: str) -> list[tuple[str, str]]:
    return [(tag.kind, tag.code) for tag in scan(text)]


def test_each_kind_of_tag_is_found_where_it_stands() -> None:
    assert scan("甲{{ a }}乙{% if b %}丙{# c #}") == [
        Tag("v", "a", 1, 8),
        Tag("b", "if b", 9, 19),
        Tag("c", "c", 20, 27),
    ]


def test_single_braces_are_text() -> None:
    assert scan("{a} { {b} } %} }} 100% {") == []
    assert unclosed("{a} { {b} } %} }} 100% {") == []


def test_delimiters_inside_strings_close_nothing() -> None:
    assert read("""{{ "}}" ~ '%}' ~ "\\"}}" }}""") == [("v", """"}}" ~ '%}' ~ "\\"}}\"""")]


def test_nested_mappings_close_before_the_tag() -> None:
    assert read('{{ {"a": {"b": 1}} }}') == [("v", '{"a": {"b": 1}}')]
    assert read('{% set x = {"a": {"b": 1}} %}') == [("b", 'set x = {"a": {"b": 1}}')]


def test_a_tag_may_run_over_lines() -> None:
    assert read("{% set x = [\n1,\n2] %}") == [("b", "set x = [\n1,\n2]")]


def test_curly_quotes_become_straight_ones() -> None:
    assert read("{{ names | listed(“、”) ~ ‘年’ }}") == [("v", "names | listed(\"、\") ~ '年'")]


@pytest.mark.parametrize("code", ["'“重点”'", '"‘重点’"', "'a\u3000b'"])
def test_what_a_straight_string_holds_stays(code: str) -> None:
    assert read("{{ " + code + " }}") == [("v", code)]


def test_quotes_of_the_other_kind_inside_a_curly_string_stay() -> None:
    assert read("{{ “‘重点’it's” }}") == [("v", '"‘重点’it\'s"')]


def test_a_quote_that_only_opens_spoils_nothing_else() -> None:
    assert read("{{ it's }}\n{{ “ }}\n{{ b }}") == [("v", "it's"), ("v", '"'), ("v", "b")]


def test_odd_spaces_are_spaces_and_spaces_without_width_are_nothing() -> None:
    assert read("{%\xa0if\u3000a\u200b %}{{\ufeffb }}") == [("b", "if a"), ("v", "b")]


def test_signs_of_white_space_control_are_dropped() -> None:
    assert read("{%- if a -%}{{- b -}}{%+ endif +%}{#- c -#}") == [
        ("b", "if a"),
        ("v", "b"),
        ("b", "endif"),
        ("c", "c"),
    ]


def test_a_minus_that_belongs_to_the_value_stays() -> None:
    assert read("{{ -1 }}") == [("v", "-1")]


def test_a_raw_block_is_one_tag_that_holds_its_text() -> None:
    assert scan("a{% raw %}{{ x }}{% if{%- endraw -%}b") == [Tag("raw", "{{ x }}{% if", 1, 36)]


def test_a_comment_may_hold_anything() -> None:
    assert read("{# {{ x }} {% if ' #}") == [("c", "{{ x }} {% if '")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("甲{{ a 乙", [(1, "{{")]),
        ("{{ a }", [(0, "{{")]),
        ("{{ a %} {{ b }}", [(0, "{{")]),
        ("{{ a\n{{ b }}", [(0, "{{")]),
        ("{% if a }} {% endif %}", [(0, "{%")]),
        ("{% if {{ a }} %}", [(0, "{%")]),
        ("{# a", [(0, "{#")]),
        ("{% raw %}{{ a }}", [(0, "{% raw %}")]),
        ("{{{{", [(0, "{{"), (2, "{{")]),
    ],
)
def test_a_tag_that_is_never_closed_is_found(text: str, found: list[tuple[int, str]]) -> None:
    assert unclosed(text) == found


def test_tags_after_one_that_is_never_closed_are_read() -> None:
    assert read("{{ a %} {{ b }} {% raw %} {{ c }}") == [("v", "b"), ("v", "c")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ name }", "“{{” is never closed (did you mean “{{ name }}”?)"),
        ("{% if a }}", "“{%” is never closed (did you mean “{% if a %}”?)"),
        ("{{ name", "“{{” is never closed (add “}}”)"),
        ("{% raw %}", "“{% raw %}” is never closed (add “{% endraw %}”)"),
        ("{# a", "“{#” is never closed (add “#}”)"),
    ],
)
def test_the_message_says_what_was_probably_meant(text: str, said: str) -> None:
    ((offset, delimiter),) = unclosed(text)
    problem = unclosed_problem(text, offset, delimiter, Location("body.md", "3"))
    assert str(problem) == f"body.md:3: T001 {said}"


@pytest.mark.parametrize(
    "code", ["for x in y", "if a", "set x", 'set x | replace("=", "")', "with"]
)
def test_these_statements_need_an_end(code: str) -> None:
    assert opens(code)


@pytest.mark.parametrize("code", ["set x = 1", "else", "endfor", 'include "a"', "do x", ""])
def test_these_statements_need_none(code: str) -> None:
    assert not opens(code)


def test_the_statement_of_a_tag_is_its_first_word() -> None:
    assert [keyword(code) for code in ("endif", "for x in y", "")] == ["endif", "for", ""]


def test_the_end_of_a_compiled_tag_cannot_stand_in_one() -> None:
    where = Location("body.md", "3")
    problem = forbidden_problem(scan("{{ '?>' }}")[0], where)
    assert str(problem) == "body.md:3: T003 “?>” cannot stand in a tag (put it into a value)"
    assert forbidden_problem(scan("{% raw %}?>{% endraw %}")[0], where) is None
    assert forbidden_problem(scan("{{ a > b }}")[0], where) is None


@given(st.text(alphabet="{}%#'\"“”\\\n ab-raw"))
def test_tags_stand_in_order_and_apart(text: str) -> None:
    position = 0
    for tag in scan(text):
        assert position <= tag.start < tag.end <= len(text)
        position = tag.end
    assert all(text.startswith(delimiter[:2], at) for at, delimiter in unclosed(text))


@pytest.mark.parametrize("piece", ["{{", "{#", "{% raw %}", "{{'", '{{"\\"', "{{ “ {{ '", "{{{"])
def test_hostile_text_is_read_in_linear_time(piece: str) -> None:
    started = time.process_time()
    scan(piece * 10_000)
    assert time.process_time() - started < 5


def test_after_twenty_faults_the_rest_is_not_read() -> None:
    assert len(unclosed("{{ a " * 100)) == 20
