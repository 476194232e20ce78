"""Text patterns and expressions."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from generator.compiler.patterns import Expressions, Patterns
from generator.problems import Location, NoticeError
from generator.runtime.failures import FAILURES
from generator.runtime.state import State

WHERE = Location("template.yaml", "3:8")


def patterns(**texts: str) -> Patterns:
    return Patterns(texts, dict.fromkeys(texts, WHERE))


def expression(text: str, **values: Any) -> object:
    expressions = Expressions()
    expressions.add(text, WHERE)
    return expressions.evaluate(text, values, State())


def refusal(**texts: str) -> str:
    with pytest.raises(NoticeError) as caught:
        patterns(**texts)
    return str(caught.value)


def failure(text: str, **values: Any) -> str:
    with pytest.raises(NoticeError) as caught:
        patterns(a=text).render(values)
    return str(caught.value)


def test_patterns_are_plain_text() -> None:
    made = patterns(title="关于{{ a }}的通知\n", number="{{ code }}〔{{ day[:4] }}〕{{ n }}号")
    assert made.render({"a": "<&", "code": "示", "day": "2005-03-09", "n": 7}) == {
        "title": "关于<&的通知\n",
        "number": "示〔2005〕7号",
    }


def test_nothing_is_nothing_and_a_list_is_a_problem() -> None:
    assert patterns(a="甲{{ x }}乙").render({"x": None}) == {"a": "甲乙"}
    assert failure("{{ x }}", x=[1]) == (
        "template.yaml:3:8: T403 a list or a mapping stands where text belongs"
    )


def test_a_value_is_not_read_as_a_pattern() -> None:
    assert patterns(a="{{ x }}").render({"x": "{{ y }}"}) == {"a": "{{ y }}"}


def test_every_pattern_that_cannot_be_read_is_named() -> None:
    assert refusal(a="{{ x y }}", b="{{ x | uper }}", c="{{ x }}", d="{{ " + "(" * 5000) == (
        "template.yaml:3:8: T018 Jinja cannot read this: expected token 'end of print statement', "
        "got 'y' (correct what stands between the braces)\n"
        "template.yaml:3:8: T017 there is no filter “uper” (did you mean “upper”?)\n"
        "template.yaml:3:8: T016 the statements are nested too deeply"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ nobody }}", "T401 the template asks for “nobody”, which is not there"),
        ("{{ 1 / 0 }}", "T404 a value does not fit its tag: division by zero"),
        ("{{ ''.__class__ }}", "T402 not allowed in a template"),
        ("{{ 'a' * 10000000 }}", "T403 “*” makes too large a value"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "T403 the template calls itself"),
        ("{% include 'x' %}", "T404 a value does not fit its tag"),
        ("{% for a in range(99999) %}{{ 'a' * 999999 }}{% endfor %}", "T403 the template takes"),
    ],
)
def test_what_fails_is_named_at_the_pattern(text: str, said: str) -> None:
    assert failure(text).startswith(f"template.yaml:3:8: {said}")


def test_an_expression_gives_its_value() -> None:
    assert expression("a + b", a=1, b=2) == 3
    assert expression("rows | map(attribute='n') | list", rows=[{"n": 1}]) == [1]
    assert expression("result", result=5) == 5


@pytest.mark.parametrize("text", ["", "a b", "a }}{{ b", "a) }}{% if b %}{{ (c", "'"])
def test_what_is_no_expression_is_named(text: str) -> None:
    with pytest.raises(NoticeError) as caught:
        Expressions().add(text, WHERE)
    assert str(caught.value).startswith("template.yaml:3:8: T018 Jinja cannot read this: ")


@pytest.mark.parametrize("text", ["nobody", "1 / 0", "''.__class__.x", "[1] * 10000000"])
def test_what_an_expression_raises_is_known(text: str) -> None:
    with pytest.raises(FAILURES):
        bool(expression(text))


def test_both_can_be_pickled() -> None:
    made = patterns(a="{{ x }}")
    made.render({"x": 1})
    assert pickle.loads(pickle.dumps(made)).render({"x": 1}) == {"a": "1"}
    expressions = Expressions()
    expressions.add("x", WHERE)
    assert pickle.loads(pickle.dumps(expressions)).evaluate("x", {"x": 1}, State()) == 1
