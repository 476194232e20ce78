"""A row of values that nothing can be made of is told, and the rows beside it are made."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from builders import docx_with

from generator import compile_docx, render_rows

LETTER = compile_docx(docx_with("{{ a }}甲"))


def ring() -> dict[str, Any]:
    """A row that holds itself."""
    row: dict[str, Any] = {"a": "x"}
    row["b"] = [row]
    return row


def nested(depth: int) -> dict[str, Any]:
    """A row in which so many lists stand in one another."""
    value: list[Any] = []
    for _ in range(depth - 1):
        value = [value]
    return {"a": "x", "b": value}


def outcomes(row: Any, **how: Any) -> list[list[str]]:
    """The problems of *row*, and those of a good row before and after it."""
    good = {"a": "x"}
    found = render_rows(LETTER, [good, row, good | {"a": "y"}], **how)
    return [list(map(str, each.problems)) for each in sorted(found, key=lambda each: each.index)]


@pytest.mark.parametrize(
    "values",
    [
        {"b": {1: 2, "z": 3}},
        {"b": {(1, 2): 2}},
        {"b": {None: 1, True: 2, 2.5: 3, Decimal(1): 4}},
        {"b": {"c": [{("d",): [1, {2: 3, "e": 4}]}]}},
        {1: "y"},
        {"b": {1, 2}},
        {"b": object},
        nested(49),
    ],
)
def test_ordinary_values_of_python_make_a_document(values: dict[Any, Any]) -> None:
    assert outcomes({"a": "x"} | values) == [[], [], []]


def test_rows_whose_keys_differ_in_kind_are_different_rows(tmp_path: Path) -> None:
    def states(key: object) -> list[str]:
        row = {"a": "x", "b": {"z": 1, key: 1}}
        how = {"folder": tmp_path, "name": "a"}
        return [outcome.state for outcome in render_rows(LETTER, [row], **how)]

    assert [states(key) for key in ((1,), (1,), "(1,)", 1, "1")] == [
        ["made"],
        ["unchanged"],
        ["made"],
        ["made"],
        ["made"],
    ]


TOO_DEEP = "Y011 lists and mappings stand more than 50 deep (make the structure flatter)"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (ring(), TOO_DEEP),
        (nested(50), TOO_DEEP),
        (nested(100_000), TOO_DEEP),
        ("a", "Y009 a row is an object of keys and values"),
        (None, "Y009 a row is an object of keys and values"),
    ],
    ids=["itself", "deep", "very deep", "a text", "nothing"],
)
def test_what_cannot_be_looked_through_is_a_problem_of_its_row(row: Any, problem: str) -> None:
    assert outcomes(row) == [[], [f"[1]: {problem}"], []]


def test_what_cannot_be_written_down_is_a_problem_of_its_row(tmp_path: Path) -> None:
    [_, [problem], _] = outcomes({"a": "x", "b": 10**5000}, folder=tmp_path)
    assert problem.startswith("[1]: B112 a value of this row cannot be written down: Exceeds the ")
    assert problem.endswith(" (give texts, numbers, dates, lists, mappings)")
