"""The numbers of the layouts, and what a unit may change of them."""

from __future__ import annotations

from dataclasses import fields

import pytest

from generator.layouts.geometry import STANDARD, Geometry, deviable, read_deviations, twips
from generator.problems import Location


def said(deviations: dict[str, object]) -> list[str]:
    _, problems = read_deviations(
        deviations, lambda path: Location("unit.yaml", ".".join(map(str, path)))
    )
    return list(map(str, problems))


def test_every_number_names_its_rule() -> None:
    assert all(
        number.metadata["rule"][:2] in ("GP", "GH", "GB", "GT", "GA", "GI", "GN", "GX", "GF")
        for number in fields(Geometry)
    )


def test_the_margins_leave_the_type_area_of_the_standard() -> None:
    assert (STANDARD.top, STANDARD.right, STANDARD.bottom, STANDARD.left) == (
        2098,
        1474,
        1984,
        1588,
    )


def test_22_lines_fill_the_page_and_23_do_not_fit() -> None:
    assert 22 * STANDARD.line <= STANDARD.text_height < 23 * STANDARD.line


def test_28_characters_fill_the_line_and_29_do_not_fit() -> None:
    assert 28 * STANDARD.character <= STANDARD.text_width < 29 * STANDARD.character


def test_the_last_paragraph_fits_under_22_lines() -> None:
    assert 22 * STANDARD.line + STANDARD.anchor_line <= STANDARD.text_height


def test_a_unit_may_deviate_with_a_reason() -> None:
    geometry, problems = read_deviations({"GP011": {"value": "560", "reason": "沿用旧版"}})
    assert (geometry.line, problems) == (560, [])
    assert STANDARD.line == 579


def test_a_margin_is_given_in_millimetres_and_the_type_area_keeps_its_size() -> None:
    geometry, problems = read_deviations({"GP003": {"value": 27.5, "reason": "装订"}})
    assert problems == []
    assert geometry.left == twips(27.5) == 1559
    assert geometry.left + geometry.text_width + geometry.right == geometry.page_width


def test_every_wrong_deviation_is_named_at_its_place() -> None:
    ids = "GH011, GP002, GP003, GP011, GP012, GX013, GX021"
    assert said(
        {
            "GP001": {"value": 1, "reason": "大纸"},
            "GX999": {"value": 1, "reason": "大纸"},
            "GP011": {"value": 560},
            "GP012": {"value": "many", "reason": "疏朗"},
            "GP002": {"value": 50, "reason": " "},
        }
    ) == [
        f"unit.yaml: deviations.GP001: B041 no unit may deviate from GP001 (use one of {ids})",
        "unit.yaml: deviations.GX999: B041 there is no rule GX999 to deviate from"
        f" (use one of {ids})",
        "unit.yaml: deviations.GP011: B042 the deviation from GP011 gives no reason"
        " (add “reason: …”)",
        "unit.yaml: deviations.GP012.value: B043 the value of the deviation from GP012 cannot be"
        " (write a number from -10 to 0 (twips))",
        "unit.yaml: deviations.GP002: B042 the deviation from GP002 gives no reason"
        " (add “reason: …”)",
        "unit.yaml: deviations.GP002.value: B043 the value of the deviation from GP002 cannot be"
        " (write a number from 36 to 38 (mm))",
    ]


@pytest.mark.parametrize("rule", sorted(deviable()))
def test_the_standard_lies_within_the_bounds_of_a_deviation(rule: str) -> None:
    number = deviable()[rule]
    low, high = number.metadata["low"], number.metadata["high"]
    if number.metadata["unit"] == "mm":
        low, high = twips(low), twips(high)
    assert low <= getattr(STANDARD, number.name) <= high


@pytest.mark.parametrize("value", [None, True, [], "nan", "inf", {}])
def test_a_value_that_is_no_number_is_a_problem(value: object) -> None:
    _, problems = read_deviations({"GP011": {"value": value, "reason": "x"}})
    assert [problem.code for problem in problems] == ["B043"]


def test_a_deviation_that_is_no_mapping_is_a_problem() -> None:
    assert [line.partition(": B")[2][:3] for line in said({"GP011": "560"})] == ["042", "043"]
