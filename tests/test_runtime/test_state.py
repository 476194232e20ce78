"""What only a render can know."""

from __future__ import annotations

import pytest
from builders import compiled, failure, paragraphs, part, printed, rendered

from generator.runtime.budget import Budget, BudgetError, joined, printed_parts


def test_headings_are_numbered_level_by_level() -> None:
    levels = ["一、", "（一）", "（一）", "1.", "（1）", "（1）", "一、", "（一）", "1."]
    assert printed("{% for n in levels %}{{ n | heading_number }} {% endfor %}", levels=levels) == [
        "一、 （一） （二） 1. （1） （2） 二、 （一） 1. "
    ]


def test_headings_that_a_condition_leaves_out_are_not_counted() -> None:
    blocks = (
        "{% if a %}",
        "{{ '一、' | heading_number }}甲",
        "{% endif %}",
        "{{ '一、' | heading_number }}乙",
    )
    assert printed(*blocks, a=False) == ["一、乙"]


def test_each_render_counts_anew() -> None:
    template = compiled("{{ '一、' | heading_number }}{{ 'a' | uid }}")
    assert paragraphs(rendered(template)) == paragraphs(rendered(template)) == ["一、1"]


def test_lists_are_numbered_by_depth_and_begin_anew() -> None:
    text = (
        "{{ 'a' | list_start }}{{ 'a' | list_number }}{{ 'a' | list_number(1) }}"
        "{{ 'a' | list_number(1) }}{{ 'a' | list_number(0) }}{{ 'a' | list_number(1) }}"
        "{{ 'a' | list_start }}{{ 'a' | list_number }}{{ 'b' | list_number }}"
    )
    assert printed(text) == ["1.（1）（2）2.（1）1.1."]


def test_a_list_has_bounds() -> None:
    assert failure("{{ 'a' | list_number(1000000000) }}").endswith(
        "T403 the list is nested too deeply"
    )


def test_equal_neighbours_merge_and_a_change_before_parts_them() -> None:
    text = (
        "{{ 't' | merge_start }}{% for a, b in rows %}"
        "{{ a | merge('t', 0) }}{{ '*' if 't' | merged(0) }}-{{ b | merge('t', 1) }} {% endfor %}"
    )
    rows = [("甲", "x"), ("甲", "x"), ("乙", "x"), ("乙", "y")]
    assert printed(text, rows=rows) == [
        "restart-restart continue*-continue restart-restart continue*-restart "
    ]


def test_ids_are_fresh_in_every_pass() -> None:
    drawing = (
        '<w:p><w:r><w:drawing><wp:docPr id="7" name="x" xmlns:wp="http://schemas.openxmlformats.org/'
        'drawingml/2006/wordprocessingDrawing"/></w:drawing></w:r></w:p>'
    )
    document = part(rendered(compiled("{% for x in xs %}", drawing, "{% endfor %}"), xs=[1, 2]))
    assert ['id="1"' in document, 'id="2"' in document, 'id="7"' in document] == [True, True, False]


def test_output_is_joined_whole_within_bounds() -> None:
    assert joined(["a", *[""] * 1000, "b"], Budget()) == "ab"
    with pytest.raises(BudgetError, match="the document grows too large"):
        joined(["x" * 1_000_000] * 100, Budget())


def test_parts_are_parted_by_nul_wherever_it_stands() -> None:
    pieces = ["甲", "乙\0", "\0丙\0", *["x"] * 1000, "\0"]
    parts = printed_parts(pieces, Budget())
    assert [b"".join(chunks).decode() for chunks in parts] == ["甲乙", "", "丙", "x" * 1000, ""]
    assert [len(chunks) for chunks in parts] == [1, 1, 1, 4, 1]
