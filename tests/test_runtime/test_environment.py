"""What a template may do, and how much of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from builders import briefly, compiled, failure, printed, refusal

from generator.problems import NoticeError
from generator.rendering import render

PLACE = "template.docx: body ¶1:"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("x.items", "field"),
        ("x['items']", "field"),
        ("x.other | default('无')", "无"),
        ("'a,b'.split(',') | join('、')", "a、b"),
        ("d.items() | map('first') | join", "ab"),
        ("[3, 1, 2] | sort | join", "123"),
        ("['a', none, 'b'] | join('-')", "a--b"),
        ("rows | map(attribute='n') | join('，')", "1，2"),
        ("rows | sum(attribute='n')", "3"),
        ("rows | join('，', attribute='n')", "1，2"),
        ("'aaa' | replace('a', 'b', 2)", "bba"),
        ("123456 | round", "123456"),
        ("'12' | int + 1", "13"),
        ("'x' | int(7)", "7"),
        ("'甲' ~ none ~ 1 ~ true", "甲1true"),
        ("2 ** 10 + 3 * 4 % 5", "1026"),
        ("range(3) | list | length", "3"),
        ("-n", "-5"),
        ("n if n is odd else 0", "5"),
        ("1.50 + 1", "2.5"),
        ("'甲' if n == 6", ""),
    ],
)
def test_expressions_of_everyday_templates(code: str, text: str) -> None:
    values: dict[str, Any] = {
        "x": {"items": "field"},
        "d": {"a": 1, "b": 2},
        "rows": [{"n": 1}, {"n": 2}],
        "n": 5,
    }
    assert printed("{{ " + code + " }}", **values) == [text]


def test_decimals_are_printed_as_typed() -> None:
    assert printed("{{ x }}/{{ x * 2 }}", x=Decimal("98.50")) == ["98.50/197.00"]


def test_a_loop_variable_knows_its_place() -> None:
    assert printed("{% for x in 'ab' %}{{ loop.index }}{{ loop.cycle('甲', 2) }}{% endfor %}") == [
        "1甲22"
    ]


def test_a_namespace_survives_a_loop() -> None:
    text = "{% set ns = namespace(n=0) %}{% for x in [1, 2] %}{% set ns.n = ns.n + x %}{% endfor %}"
    assert printed(text + "{{ ns.n }}") == ["3"]


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("x.y", "“y” is not there; there are: a、b"),
        ("{}.y", "the template asks for “y”, which is not there"),
        ("y", "the template asks for “y”, which is not there"),
        ("y.z", "the template asks for “y”, which is not there"),
        ("y()", "the template asks for “y”, which is not there"),
        ("[][5]", "a value is not there: list object has no element 5"),
    ],
)
def test_what_is_not_there_is_named(code: str, reason: str) -> None:
    assert failure("{{ " + code + " }}", x={"a": 1, "b": 2}) == (
        f"{PLACE} T401 {reason} (give the value, or write “{{% if … is defined %}}” around the tag)"
    )


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("1 / 0", "division by zero"),
        ("5 | dictsort", "'int' object has no attribute 'items'"),
        ("'a' + 1", 'can only concatenate str (not "int") to str'),
        ("'2005-02-30' | date", "the date “2005-02-30” does not exist"),
    ],
)
def test_what_does_not_fit_is_named_at_its_place(code: str, reason: str) -> None:
    assert failure("{{ " + code + " }}") == f"{PLACE} T404 a value does not fit its tag: {reason}"


def test_what_int_gives_where_there_is_no_number_is_one() -> None:
    said = "T403 what “int” gives where there is no number must be a whole number itself"
    for default in ("'abc'", "none", "1.5"):
        assert failure("{{ 'x' | int(" + default + ") }}") == f"{PLACE} {said}"
    assert printed("{{ '7' | int }}{{ 'x' | int(-1) }}") == ["7-1"]


def test_the_place_is_the_innermost_one() -> None:
    macro = ("{% macro m(x) %}", "甲", "{{ 1 / x }}", "{% endmacro %}", "{{ m(0) }}")
    assert failure(*macro).startswith("template.docx: body ¶3: T404")


@pytest.mark.parametrize(
    ("use", "said"),
    [
        ("{{ a | uper }}", "T017 there is no filter “uper” (did you mean “upper”?)"),
        (
            "{% if a %}{{ a | uper }}{% endif %}",
            "T017 there is no filter “uper” (did you mean “upper”?)",
        ),
        ("{{ a | safe }}", "T017 there is no filter “safe” (did you mean “share”?)"),
        ("{{ a | tojson }}", "T017 there is no filter “tojson” (did you mean “join”?)"),
        ("{{ a is defind }}", "T019 there is no test “defind” (did you mean “defined”?)"),
        ("{{ a if a is od }}", "T019 there is no test “od” (did you mean “odd”?)"),
    ],
)
def test_a_filter_or_test_that_nobody_knows_is_named(use: str, said: str) -> None:
    assert refusal(use) == f"{PLACE} {said}"


@pytest.mark.parametrize("name", ["fragment", "text_of", "tick", "concatenate", "safe", "tojson"])
def test_no_template_can_name_what_the_compiler_adds(name: str) -> None:
    assert f"T017 there is no filter “{name}”" in refusal("{{ a | " + name + " }}")


def test_work_is_counted_in_steps() -> None:
    loops = "{% for a in r %}" * 4 + "x" + "{% endfor %}" * 4
    said = failure("{% set r = range(100) %}" + loops)
    assert said == f"{PLACE} T403 the template takes too many steps"


def test_a_clock_that_is_handed_in_ends_a_render() -> None:
    times = iter(range(0, 10_000, 20))
    template = compiled("{% for a in range(100000) %}x{% endfor %}")
    with pytest.raises(NoticeError) as caught:
        render(template, {}, lambda: next(times))
    assert briefly(caught.value) == f"{PLACE} T403 the template takes too many steps"


def test_what_prints_nothing_for_long_does_not_end_the_document() -> None:
    assert printed("甲{% for a in range(9000) %}{{ none }}{% endfor %}乙") == ["甲乙"]


def test_a_loop_with_a_condition_passes_over_the_other_items() -> None:
    rows = [{"on": True, "name": "甲"}, {"on": False}, {"on": True, "name": "乙"}]
    said = "{% for row in rows if row.on %}{{ loop.index }}{{ row.name }}{% else %}无{% endfor %}"
    assert printed(said, rows=rows) == ["1甲2乙"]
    assert printed(said, rows=[]) == ["无"]
