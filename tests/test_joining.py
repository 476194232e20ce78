"""Rows inside rows: a second table whose rows belong to those of a first."""

from __future__ import annotations

import pytest

from generator.problems import Location, NoticeError
from generator.sources import Source
from generator.sources.joining import Join, joined, read_join, with_rows
from generator.sources.tables import read_rows

UNITS = "unit,topic\n甲镇,春耕\n乙镇,防汛\n"
DAYS = "unit,date\n乙镇,2005-03-10\n甲镇,2005-03-09\n乙镇,2005-03-11\n"


def rows(text: str, file: str = "units.csv") -> list[Source]:
    return list(read_rows(text.encode(), file))


def both(units: str = UNITS, days: str = DAYS, on: tuple[str, ...] = ("unit",)) -> list[Source]:
    return list(joined(rows(units), rows(days, "days.csv"), "schedule", on))


def faults(units: str = UNITS, days: str = DAYS) -> list[str]:
    found: list[str] = []
    try:
        for row in joined(rows(units), rows(days, "days.csv"), "schedule", ("unit",)):
            found += map(str, row.problems)
    except NoticeError as error:
        found += str(error).splitlines()
    return found


def test_each_row_gets_its_own_rows_without_the_column_that_joins_them() -> None:
    assert [row.value for row in both()] == [
        {"unit": "甲镇", "topic": "春耕", "schedule": [{"date": "2005-03-09"}]},
        {
            "unit": "乙镇",
            "topic": "防汛",
            "schedule": [{"date": "2005-03-10"}, {"date": "2005-03-11"}],
        },
    ]


def test_a_value_keeps_the_place_that_it_has_in_its_own_table() -> None:
    second = both()[1]
    assert second.place(("schedule", 1, "date")) == Location("days.csv", "4:4")
    assert second.key_place(("schedule", 1, "date")) == Location("days.csv", "1:6")
    assert second.place(("topic",)) == Location("units.csv", "3:4")
    assert second.places[("schedule", 0)] == Location("days.csv", "2:1")
    assert ("schedule", 1, "date") in list(second.places)


def test_the_tables_may_name_the_column_by_its_key_and_its_label() -> None:
    found = both(days="发文单位,date\n甲镇,2005-03-09\n", on=("unit", "发文单位"))
    assert found[0].value["schedule"] == [{"date": "2005-03-09"}]  # type: ignore[index]


def test_a_row_that_nothing_belongs_to_has_no_list() -> None:
    assert both(days="unit,date\n乙镇,2005-03-10\n")[0].value == {"unit": "甲镇", "topic": "春耕"}


def test_two_rows_that_are_equal_in_the_column_share_what_belongs_to_them() -> None:
    found = both(units="unit,topic\n甲镇,春耕\n甲镇,防汛\n", days="unit,date\n甲镇,2005-03-09\n")
    assert [row.value["schedule"] for row in found] == [[{"date": "2005-03-09"}]] * 2  # type: ignore[index]


def test_what_belongs_to_no_row_is_told_after_the_last_row() -> None:
    assert faults(days=DAYS + "丙镇,2005-03-12\n,2005-03-13\n") == [
        "days.csv:5:1: Y023 no row of the other table has the unit “丙镇”"
        " (correct it, or delete this row)",
        "days.csv:6:1: Y023 “unit” is empty (rows are joined by it)",
    ]


def test_a_table_without_the_column_is_told_once() -> None:
    assert set(faults(units="topic\n春耕\n防汛\n", days="unit,date\n")) == {
        "units.csv:1:1: Y023 the table has no column “unit” (rows are joined by it: add it)"
    }


def test_a_list_that_is_a_column_too_is_a_problem() -> None:
    assert faults(units="unit,schedule\n甲镇,x\n", days="unit,date\n") == [
        "units.csv:1:6: Y024 “schedule” is a column of both tables (delete one of them)"
    ]


def test_what_is_wrong_in_the_second_table_is_wrong_in_its_row() -> None:
    assert faults(units="unit,topic\n甲镇,春耕\n", days="unit,date\n甲镇,#N/A\n") == [
        "days.csv:2:4: Y016 the formula of this cell has no value: #N/A"
        " (correct the formula, or write the value)"
    ]


def test_lists_within_lists_keep_what_stands_around_them() -> None:
    (outer,) = read_rows(b'- groups: [{title: a, rows: {file: x}}, {title: "b"}]\n', "in.yaml")
    filled = with_rows(outer, {("groups", 0, "rows"): rows("n\n1\n")})
    assert filled.value == {"groups": [{"title": "a", "rows": [{"n": "1"}]}, {"title": "b"}]}
    assert filled.place(("groups", 0, "rows", 0, "n")) == Location("units.csv", "2:1")
    assert filled.place(("groups", 1, "title")) == Location("in.yaml", "1:49")
    assert filled.quoted == {("groups", 1, "title")}


@pytest.mark.parametrize(
    ("text", "join"),
    [
        ("schedule=ledger.xlsx#日程:unit", Join("schedule", "ledger.xlsx", "日程", "unit")),
        ("日程=days.csv:发文单位", Join("日程", "days.csv", "", "发文单位")),
        (r"schedule=C:\days.csv:unit", Join("schedule", r"C:\days.csv", "", "unit")),
        ("schedule", None),
        ("schedule=days.csv", None),
        ("=days.csv:unit", None),
        ("schedule=:unit", None),
    ],
)
def test_a_join_is_written_in_one_word(text: str, join: Join | None) -> None:
    assert read_join(text) == join
