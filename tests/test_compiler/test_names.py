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
