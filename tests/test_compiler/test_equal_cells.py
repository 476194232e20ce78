"""Cells that say the same as the one above become one with it."""

from __future__ import annotations

from typing import Any

import pytest
from builders import compiled, outline, refusal, rendered, row, table
from structure import faults
from test_compiler.test_cells import properties

LOOP = ["{% for d, t in rows %}", ""], ["{{ d }}日{% merge %}", "{{ t }}"], ["{% endfor %}", ""]


def made(*rows: list[str], **values: Any) -> bytes:
    document = rendered(compiled(table(*rows)), **values)
    assert faults(document) == []
    return document


def test_equal_neighbours_become_one_cell_that_says_it_once() -> None:
    document = made(*LOOP, rows=[("9", "a"), ("9", "b"), ("10", "c")])
    assert properties(document, "vMerge") == ["restart", None, "continue", None, "restart", None]
    assert outline(document) == [[[["9日"], ["a"]], [[""], ["b"]], [["10日"], ["c"]]]]


def test_a_change_in_a_column_parts_those_right_of_it() -> None:
    cells = ["{% for a, b in rows %}{% merge %}{{ a }}", "{{ b }}{% merge %}{% endfor %}"]
    document = made(cells, rows=[("甲", "x"), ("甲", "x"), ("乙", "x"), ("乙", "y")])
    assert properties(document, "vMerge") == [
        *("restart", "restart", "continue", "continue"),
        *("restart", "restart", "continue", "restart"),
    ]


def test_a_number_puts_the_columns_in_another_order() -> None:
    cells = ["{% for a, b in rows %}{% merge 2 %}{{ a }}", "{{ b }}{% merge 1 %}{% endfor %}"]
    document = made(cells, rows=[("甲", "x"), ("甲", "y"), ("乙", "y")])
    assert properties(document, "vMerge") == [
        *("restart", "restart", "restart", "restart", "restart", "continue"),
    ]


def test_a_row_that_does_not_merge_parts_those_around_it() -> None:
    rows = ["甲{% merge %}", "1"], ["甲", "2"], ["甲{% merge %}", "3"], ["甲{% merge %}", "4"]
    document = made(*rows)
    assert properties(document, "vMerge")[::2] == ["restart", None, "restart", "continue"]
    assert [line[0] for line in outline(document)[0]] == [["甲"], ["甲"], ["甲"], [""]]


def test_tables_and_passes_of_a_loop_merge_by_themselves() -> None:
    one = table(["{{ x }}{% merge %}"], ["同{% merge %}"])
    document = rendered(compiled("{% for x in xs %}", one, "", "{% endfor %}"), xs="同同")
    assert properties(document, "vMerge") == ["restart", "continue"] * 2


def test_breaks_count_when_cells_are_compared() -> None:
    broken = "<w:p><w:r><w:t>甲{% merge %}</w:t><w:br/><w:t>乙</w:t></w:r></w:p>"
    document = made([broken], ["甲乙{% merge %}"])
    assert properties(document, "vMerge") == ["restart", "restart"]


def test_text_with_quotes_and_angles_is_compared_as_it_stands() -> None:
    assert properties(made(['"?>\\ {% merge %}'], ['"?>\\ {% merge %}']), "vMerge") == [
        "restart",
        "continue",
    ]


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (
            ["{% if a %}甲{% endif %}{% merge %}"],
            "body ¶1 (row 1, column 1): T028 a cell that merges holds only text and values"
            " (write the condition into the value: “a if b else c”)",
        ),
        (
            ["{%tc for a in b %}", "{{ a }}{% merge %}", "{%tc endfor %}"],
            "body ¶2 (row 1, column 2): T028 a cell that merges stands in a loop over cells"
            " (merge cells of rows that have a cell for each column)",
        ),
        (
            ["{% merge 0 %}甲"],
            "body ¶1 (row 1, column 1): T025 “{% merge %}” is not written like this"
            " (write “{% merge %}”)",
        ),
    ],
)
def test_what_cannot_merge_is_told(rows: list[str], problem: str) -> None:
    assert refusal(row(*rows).join(("<w:tbl>", "</w:tbl>"))) == f"template.docx: {problem}"
