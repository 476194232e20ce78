"""Which values a template reads."""

from __future__ import annotations

import pytest
from builders import compiled


@pytest.mark.parametrize(
    ("blocks", "paths"),
    [
        (["{{ a }}{{ a.b['c'] }}"], {"a", "a.b.c"}),
        (
            ["{% for r in rows %}", "{{ r.n }}{{ loop.last }}", "{% endfor %}"],
            {"rows", "rows[].n"},
        ),
        (["{% set x = a.b %}{{ x.c }}"], {"a.b", "a.b.c"}),
        (["{% set x %}{{ a }}{% endset %}{{ x }}"], {"a"}),
        (["{% with x = a %}", "{{ x.y }}", "{% endwith %}"], {"a", "a.y"}),
        (["{{ rows | map(attribute='n') | join }}"], {"rows", "rows[].n"}),
        (
            ["{% for r in rows | sort(attribute='n') %}", "{{ r.m }}", "{% endfor %}"],
            {"rows", "rows[].n", "rows[].m"},
        ),
        (
            [
                "{% for k, g in rows | groupby('k') %}",
                "{% for r in g %}",
                "{{ k }}{{ r.n }}",
                "{% endfor %}",
                "{% endfor %}",
            ],
            {"rows", "rows[].k", "rows[].n"},
        ),
        (["{{ (rows | first).n }}{{ rows[0].m }}"], {"rows[].n", "rows[].m"}),
        (["{% macro m(x) %}〔{{ x }}{{ y }}〕{% endmacro %}", "甲{{ m(a.b) }}"], {"a.b", "y"}),
        (["{% if a %}", "{{ b }}", "{% elif c %}", "{% endif %}"], {"a", "b", "c"}),
        (["{{ range(3) | list | length }}{{ namespace(a=1).a }}"], set()),
        (["{{ a ~ b | upper }}{{ c if d else e }}"], {"a", "b", "c", "d", "e"}),
    ],
)
def test_paths_are_followed(blocks: list[str], paths: set[str]) -> None:
    assert compiled(*blocks).variables == paths


def test_attributes_are_read_too() -> None:
    block = '<w:p><w:pPr><w:ind w:left="{{ a.b }}"/></w:pPr></w:p>'
    assert compiled(block).variables == {"a.b"}


def test_an_include_reads_what_its_place_gives() -> None:
    template = compiled("{% for r in rows %}", "{% include 'x' %}", "{% endfor %}", x=["{{ r.n }}"])
    assert template.variables == {"rows", "rows[].n"}


def test_a_template_that_includes_itself_is_read_to_an_end() -> None:
    part = [
        "{{ x.n }}",
        *("{% for x in x.a %}", "{% include 'part' %}", "{% endfor %}"),
        *("{% for x in x.b %}", "{% include 'part' %}", "{% endfor %}"),
    ]
    template = compiled("{% include 'part' %}", part=part)
    assert {"x.n", "x.a[].n", "x.b[].a[].n"} <= template.variables
    assert len(template.variables) < 5_000


def test_each_path_knows_where_it_is_read_first() -> None:
    template = compiled("甲", "{{ b }}", "{% for r in rows %}", "{{ r.n }}{{ b }}", "{% endfor %}")
    spots = [str(template.place_of_reading(path)) for path in ("b", "rows", "rows[].n")]
    assert [spot.split(" “")[0] for spot in spots] == [
        "template.docx: body ¶2",
        "template.docx: body ¶3",
        "template.docx: body ¶4",
    ]


@pytest.mark.parametrize(
    ("tags", "uses"),
    [
        ("{{ a }}", {"print", "sure"}),
        ("{% if a %}x{% endif %}", {"test", "sure"}),
        ("{{ a | weekday }}", {"date", "sure"}),
        ("{{ a | share(3) }}", {"number", "sure"}),
        ("{{ a | default('') }}", {"print", "guarded"}),
        ("{% if a is defined %}{{ a }}{% endif %}", {"print", "guarded"}),
        ("{% for x in a %}{% endfor %}", {"loop", "sure"}),
        ("{% for k in a.keys() %}{% endfor %}", {"pairs", "sure"}),
        ("{% set x = a %}", {"alias", "sure"}),
        ("{% if 1 %}{{ a }}{% endif %}", {"print"}),
    ],
)
def test_each_path_knows_what_it_is_read_for(tags: str, uses: set[str]) -> None:
    readings = compiled(tags).readings
    assert readings["a"].uses - {"guarded"} == uses - {"guarded"}
    assert ("guarded" in readings["a"].uses) == ("guarded" in uses)


def test_an_items_field_is_sure_within_its_loop_whatever_stands_around_that() -> None:
    readings = compiled(
        "{% if c %}{% for r in a %}{{ r.n }}{% if c %}{{ r.m }}{% endif %}{% endfor %}{% endif %}"
    ).readings
    assert "sure" not in readings["a"].uses
    assert "sure" in readings["a[].n"].uses
    assert "sure" not in readings["a[].m"].uses


def test_methods_are_no_fields_and_part_of_a_text_is_no_item() -> None:
    template = compiled(
        "{{ a.strip() }}{{ b.get('c') }}{{ d[:4] }}{% for x in e[1:] %}{{ x.n }}{% endfor %}"
    )
    assert template.variables == {"a", "b", "d", "e", "e[].n"}
