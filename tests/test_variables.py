"""What a template reads, as a schema and against one."""

from __future__ import annotations

from typing import Any

import pytest
from builders import compiled

from generator.problems import Location
from generator.variables import (
    definition_read,
    doubtful_values,
    merged,
    unknown_names,
    unused_fields,
    written,
)

TEXT = {"type": "string"}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "topic": {"title": "事由", **TEXT},
        "contact": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"phone": TEXT},
        },
        "rows": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "properties": {"name": TEXT, "age": {"type": "integer"}},
            },
        },
        "free": {"type": "object", "additionalProperties": True},
        "either": {"type": "object", "properties": {}, "anyOf": [{}]},
    },
}


def uses(*blocks: str) -> dict[str, frozenset[str]]:
    return merged([compiled(*blocks).readings])


def described(*blocks: str) -> dict[str, Any]:
    found: dict[str, Any] = definition_read(uses(*blocks))
    return found


# --- a schema of what is read --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tags", "definition"),
    [
        ("{{ a }}", TEXT),
        ("{{ a | date }}", {"type": "string", "format": "date"}),
        ("{{ b | period(a) }}", {"type": "string", "format": "date"}),
        ("{{ a | han }}", {"type": "number"}),
        ("{{ a * 2 }}", {"type": "number"}),
        ("{% if a %}x{% endif %}", {"type": "boolean", "examples": [True]}),
        ("{% if not a and b %}x{% endif %}", {"type": "boolean", "examples": [True]}),
        ("{% if a %}{{ a }}{% endif %}", TEXT),
        ("{% if a == 'x' %}x{% endif %}", TEXT),
        ("{{ a[:4] }}", TEXT),
        ("{{ a.strip() }}", TEXT),
        ("{{ a | listed('、') }}", {"type": "array", "items": TEXT}),
        ("{% for x in a %}{{ x }}{% endfor %}", {"type": "array", "items": TEXT}),
        (
            "{% for k, v in a.items() %}{{ v }}{% endfor %}",
            {"type": "object", "additionalProperties": True},
        ),
        ("{{ a.b }}", {"type": "object", "properties": {"b": TEXT}, "required": ["b"]}),
    ],
)
def test_a_value_is_what_its_tags_make_of_it(tags: str, definition: dict[str, Any]) -> None:
    assert described(tags)["properties"]["a"] == definition


def test_loops_become_lists_with_the_fields_that_are_used_nested_ones_too() -> None:
    found = described(
        "{% for g in groups | sort(attribute='rank') %}",
        "{{ g.name }}{% if g.note is defined %}{{ g.note }}{% endif %}",
        "{% for m in g.members %}",
        "{{ m.name }}{{ m.born | date }}",
        "{% endfor %}",
        "{% endfor %}",
    )
    members = {
        "type": "object",
        "properties": {"name": TEXT, "born": {"type": "string", "format": "date"}},
        "required": ["name", "born"],
    }
    item = {
        "type": "object",
        "properties": {
            "rank": TEXT,
            "name": TEXT,
            "note": TEXT,
            "members": {"type": "array", "items": members},
        },
        "required": ["rank", "name", "members"],
    }
    assert found["properties"] == {"groups": {"type": "array", "items": item}}


@pytest.mark.parametrize(
    ("tags", "required"),
    [
        ("{{ a }}", ["a"]),
        ("{{ a | default('x') }}", []),
        ("{% if a is defined %}{{ a }}{% endif %}", []),
        ("{% if b %}{{ a }}{% endif %}", ["b"]),
        ("{{ a if b }}", ["b"]),
        ("{{ b or a }}", ["b"]),
        ("{{ a[0].n }}", ["a"]),
        ("{% if b %}{{ a }}{% endif %}{{ a }}", ["b", "a"]),
        ("{% if b %}{% else %}{{ a }}{% endif %}", ["b"]),
    ],
)
def test_required_is_what_the_template_cannot_do_without(tags: str, required: list[str]) -> None:
    assert described(tags).get("required", []) == required


def test_what_is_given_is_asked_of_no_input() -> None:
    found: dict[str, Any] = definition_read(uses("{{ unit.name }}{{ a }}"), {"unit"})
    assert list(found["properties"]) == ["a"]


# --- against a schema ----------------------------------------------------------------------------


def told(*blocks: str) -> list[str]:
    template = compiled(*blocks)
    found = unknown_names(template.readings, SCHEMA, lambda path: Location(path))
    return [f"{problem.level} {problem}" for problem in found]


@pytest.mark.parametrize(
    "tags",
    [
        "{{ topic }}{{ topic[:4] }}{{ topic.upper() }}",
        "{% for r in rows %}{{ r.name }}{{ loop.index }}{% endfor %}{{ rows | length }}",
        "{{ rows[0].age }}{{ (rows | first).name }}{{ contact.get('phone') }}",
        "{{ free.x.y }}{{ either.z }}",
        "{% set x = contact %}{{ x.phone }}",
    ],
)
def test_what_the_schema_has_is_no_problem(tags: str) -> None:
    assert told(tags) == []


@pytest.mark.parametrize(
    ("tags", "problem"),
    [
        ("{{ topci }}", "error topci: T080 nothing gives a value “topci” (did you mean “topic”?)"),
        (
            "{{ 事由 }}",
            "error 事由: T080 nothing gives a value “事由” (a template uses keys: write “topic”)",
        ),
        (
            "{{ seal }}",
            "error seal: T080 nothing gives a value “seal”"
            " (declare it under “schema:” in template.yaml)",
        ),
        (
            "{{ contact.fax }}",
            "error contact.fax: T080 “contact” has no “fax” (there are: phone)",
        ),
        (
            "{% for r in rows %}{{ r.nmae }}{% endfor %}",
            "error rows[].nmae: T080 “rows[]” has no “nmae” (did you mean “name”?)",
        ),
        (
            "{{ rows.name }}",
            "error rows.name: T080 “rows” has no “name” (it is a list: read its items in a “for”)",
        ),
        ("{{ topic.x }}", "error topic.x: T080 “topic” has no “x” (it is a single value)"),
        (
            "{% if topci is defined %}x{% endif %}",
            "warning topci: T080 nothing gives a value “topci” (did you mean “topic”?)",
        ),
    ],
)
def test_what_the_schema_lacks_is_named_with_what_was_meant(tags: str, problem: str) -> None:
    assert told(tags) == [problem]


def test_a_name_is_told_once_however_deep_it_is_read() -> None:
    assert len(told("{{ seal.a }}{{ seal.b.c }}{{ seal }}")) == 1


def idle(*blocks: str) -> list[str]:
    found = unused_fields(SCHEMA, uses(*blocks), lambda path: Location(written(map(str, path))))
    return [str(problem.where) for problem in found]


def test_fields_that_nothing_reads_are_named_at_their_key() -> None:
    assert idle("{{ topic }}{% for r in rows %}{{ r.name }}{% endfor %}") == [
        "properties.contact",
        "properties.rows.items.properties.age",
        "properties.free",
        "properties.either",
    ]


def test_an_object_that_is_handed_on_whole_may_be_read_there() -> None:
    macro = "{% macro m(x) %}{{ x.phone }}{% endmacro %}"
    assert "properties.contact.properties.phone" not in idle(macro, "甲{{ m(contact) }}")


# --- values without a schema ---------------------------------------------------------------------


def test_a_no_where_tags_only_ask_is_told_for_it_counts_as_yes() -> None:
    read = uses("{% if a %}x{% endif %}", "{% for r in rows %}{% if r.b %}x{% endif %}{% endfor %}")
    values = {"a": "否", "rows": [{"b": True}, {"b": "No"}]}
    found = doubtful_values(values, read, lambda path: Location(written(map(str, path))))
    assert [str(problem) for problem in found] == [
        "a: R003 “否” is text, which counts as true here (write false, or leave it empty)",
        "rows.1.b: R003 “No” is text, which counts as true here (write false, or leave it empty)",
    ]


def test_a_no_that_is_printed_is_text() -> None:
    read = uses("{% if a %}{{ a }}{% endif %}")
    assert doubtful_values({"a": "无"}, read, lambda _: Location("")) == []
