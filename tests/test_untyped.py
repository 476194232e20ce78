"""Values without a schema: numbers and booleans by YAML 1.2, and only where nothing is lost."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.runtime.values import said
from generator.schema.untyped import scalar_alone, untyped_values
from generator.sources import read_yaml


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", 3),
        ("-3", -3),
        ("0", 0),
        ("110101199003074219", 110101199003074219),
        ("1.5", Decimal("1.5")),
        ("1.50", Decimal("1.50")),
        ("-0.0", Decimal("-0.0")),
        ("true", True),
        ("false", False),
    ],
)
def test_what_the_core_schema_knows_and_prints_as_typed_has_its_type(
    text: str, value: object
) -> None:
    found = scalar_alone(text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    "text",
    [
        *("007", "+3", "-0", "1_000", "1,000", "0x10", "0o7", "1e3", "1.", ".5", "00.5", "3:09"),
        *("0.0000001", "1234567890123456789", "３", ".inf", ".nan", "2005-03-09", "50%", "3 "),
        *("no", "yes", "on", "off", "True", "TRUE", "False", "是", "否", "null", "~", "", "张某"),
    ],
)
def test_everything_else_is_text(text: str) -> None:
    assert scalar_alone(text) == text
    assert type(scalar_alone(text)) is str


@pytest.mark.parametrize("text", ["3", "1.50", "-0.0", "0.10", "true", "110101199003074219"])
def test_a_typed_value_prints_as_it_was_typed(text: str) -> None:
    assert said(scalar_alone(text)) == text


def test_what_stands_in_quotes_or_in_a_block_is_text() -> None:
    source = read_yaml("a: '3'\nb: \"true\"\nc: |\n  1.5\nd: 3\ne: ['1', 2]\n", "in.yaml")
    assert untyped_values(source) == {"a": "3", "b": "true", "c": "1.5", "d": 3, "e": ["1", 2]}


def test_lists_and_mappings_are_typed_within_and_what_is_empty_is_nothing() -> None:
    source = read_yaml("rows:\n- {n: 007, m: 7}\n- {n: no}\nnote:\nunit: x\n", "in.yaml")
    assert untyped_values(source, {"unit"}) == {
        "rows": [{"n": "007", "m": 7}, {"n": "no"}],
        "note": None,
    }
