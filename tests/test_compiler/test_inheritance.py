"""A child's blocks stand where its ancestors' stood."""

from __future__ import annotations

import pytest
from builders import (
    W,
    bold,
    cell,
    compiled,
    docx_with,
    outline,
    p,
    paragraphs,
    part,
    refusal,
    rendered,
    table,
)
from lxml import etree
from structure import faults

EXTENDS = '{% extends "parent" %}'
PARENT = docx_with("头", "{% block body %}", "原文", "{% endblock %}", "尾")
IN_LINE = docx_with(p("甲", bold("{% block name %}无{% endblock %}"), "乙"))


def printed(*blocks: str, **others: object) -> list[str]:
    """The paragraphs that a child prints."""
    return paragraphs(rendered(compiled(EXTENDS, *blocks, **others)))  # type: ignore[arg-type]


def test_a_block_replaces_that_of_its_parent() -> None:
    assert printed("{% block body %}", "新", "{% endblock %}", parent=PARENT) == ["头", "新", "尾"]


def test_a_block_that_is_not_given_stays() -> None:
    assert printed(parent=PARENT) == ["头", "原文", "尾"]


def test_super_is_what_the_parent_prints() -> None:
    blocks = ("{% block body %}", "{{ super() }}", "新", "{% endblock %}")
    assert printed(*blocks, parent=PARENT) == ["头", "原文", "新", "尾"]


def test_three_generations() -> None:
    middle = [
        '{% extends "root" %}',
        "{% block body %}",
        "中",
        "{% block inner %}",
        "心",
        "{% endblock %}",
        "{% endblock %}",
    ]
    blocks = ("{% block inner %}", "新{{ x }}", "{{ super() }}", "{% endblock %}")
    template = compiled('{% extends "middle" %}', *blocks, middle=middle, root=PARENT)
    assert paragraphs(rendered(template, x=1)) == ["头", "中", "新1", "心", "尾"]


def test_one_paragraph_becomes_the_inside_of_a_line_and_takes_its_format() -> None:
    template = compiled(EXTENDS, "{% block name %}", "新", "{% endblock %}", parent=IN_LINE)
    document = rendered(template)
    assert paragraphs(document) == ["甲新乙"]
    runs = etree.fromstring(part(document).encode()).iter(f"{{{W}}}r")
    assert [run.find(f".//{{{W}}}b") is not None for run in runs] == [False, True, False]


def test_more_than_one_paragraph_does_not_fit_into_a_line() -> None:
    assert refusal(EXTENDS, "{% block name %}", "新", "又", "{% endblock %}", parent=IN_LINE) == (
        "template.docx: body ¶2: T012 the block “name” stands inside a line of parent.docx, but "
        "holds more than one paragraph (leave one paragraph in it)"
    )


def test_the_inside_of_a_line_becomes_a_paragraph() -> None:
    assert printed("{% block body %}新{% endblock %}", parent=PARENT) == ["头", "新", "尾"]


def test_super_inside_a_line_prints_no_paragraphs() -> None:
    assert refusal(EXTENDS, "{% block body %}新{{ super() }}{% endblock %}", parent=PARENT) == (
        "template.docx: body ¶2: T012 “super()” prints paragraphs: the block “body” is one of "
        "paragraphs in parent.docx (put the tags of the block into lines of their own)"
    )


def test_a_block_that_nobody_has_is_named_with_a_guess() -> None:
    assert refusal(EXTENDS, "{% block bodi %}", "{% endblock %}", parent=PARENT) == (
        "template.docx: body ¶2: T011 no template that this one extends has a block “bodi” "
        "(did you mean “body”?)"
    )
    assert refusal(EXTENDS, "{% block q %}", "{% endblock %}", parent=PARENT).endswith(
        "(its blocks are: body)"
    )


def test_text_outside_the_blocks_of_a_child_is_a_problem() -> None:
    assert refusal(EXTENDS, "多余", parent=PARENT) == (
        "template.docx: body ¶2: T015 text outside the blocks of a template that extends another "
        "is never printed (put it into a block: “{% block body %} … {% endblock %}”)"
    )


def test_a_block_of_a_cell_prints_a_paragraph_whatever_happens() -> None:
    parent = docx_with(table([cell("{% block c %}", "甲", "{% endblock %}")]))
    blocks = ("{% block c %}", "{% if a %}", "乙", "{% endif %}", "{% endblock %}")
    document = rendered(compiled(EXTENDS, *blocks, parent=parent), a=False)
    assert outline(document) == [[[[""]]]]
    assert faults(document) == []


def test_a_block_may_stand_in_a_header() -> None:
    header = p("{% block h %}") + p("原") + p("{% endblock %}")
    template = compiled(
        EXTENDS, "{% block h %}", "新", "{% endblock %}", parent=docx_with("x", header=header)
    )
    assert paragraphs(rendered(template), "word/header1.xml") == ["新"]


def test_an_include_sees_the_values_and_a_loop() -> None:
    template = compiled(
        "{% for x in xs %}", "{% include 'part' %}", "{% endfor %}", part=["第{{ x }}"]
    )
    assert paragraphs(rendered(template, xs=[1, 2])) == ["第1", "第2"]
    assert template.variables == {"xs", "xs[]"}


def test_macros_of_another_template_have_its_levels() -> None:
    macros = [
        "{% macro line(x) %}〔{{ x }}〕{% endmacro %}",
        "{% macro p() %}",
        "段",
        "{% endmacro %}",
    ]
    template = compiled("{% import 'm' as m %}", "甲{{ m.line(1) }}", "{{ m.p() }}", m=macros)
    assert paragraphs(rendered(template)) == ["甲〔1〕", "段"]
    template = compiled("{% from 'm' import line as l, p %}", "甲{{ l(1) }}", "{{ p() }}", m=macros)
    assert paragraphs(rendered(template)) == ["甲〔1〕", "段"]
    assert refusal("{% import 'm' as m %}", "甲{{ m.p() }}", m=macros) == (
        "template.docx: body ¶2: T010 “m.p()” prints paragraphs, but stands among "
        "text inside a paragraph (put it into a line of its own)"
    )


def test_a_template_that_extends_itself_is_a_problem() -> None:
    assert refusal(EXTENDS, parent=['{% extends "parent" %}']) == (
        "parent.docx: body ¶1: T013 “parent” extends itself"
    )


def test_content_that_extends_nothing_has_no_package() -> None:
    assert refusal(EXTENDS, parent=["甲"]) == (
        "parent.docx: T014 the template extends no layout "
        "(name one in template.yaml: “layout: document”)"
    )


def test_a_whole_document_stands_in_no_other() -> None:
    said = (
        "is a whole document and stands in no other "
        "(put what both need into a template that extends nothing)"
    )
    block = ("{% block body %}", "{% include 'parent' %}", "{% endblock %}")
    assert refusal(EXTENDS, *block, parent=PARENT) == (
        f"template.docx: body ¶3: T021 “parent” {said}"
    )
    assert refusal("{% include 'other' %}", other=[EXTENDS], parent=PARENT) == (
        f"template.docx: body ¶1: T021 “other” {said}"
    )


@pytest.mark.parametrize("code", ["include x", "import x as y", "include ['a', 'b']"])
def test_the_name_of_a_template_is_written_out(code: str) -> None:
    assert refusal(f"{{% {code} %}}", x=["甲"]) == (
        "template.docx: body ¶1: T010 the name of a template must be written out"
    )


def test_the_name_of_a_parent_is_written_out() -> None:
    assert refusal("{% extends x %}") == (
        "template.docx: body ¶1: T010 the name of a template must be written out"
    )


def test_extends_stands_at_the_top() -> None:
    assert refusal("{% if a %}", EXTENDS, "{% endif %}", parent=PARENT) == (
        "template.docx: body ¶2: T010 “extends” stands once, and in no other statement"
    )
