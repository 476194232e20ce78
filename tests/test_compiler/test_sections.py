"""Sections that a template asks for by name: what a document says where they begin and end."""

from __future__ import annotations

from typing import Any

import pytest
from builders import (
    R,
    W,
    compiled,
    docx_parts,
    docx_with,
    outline,
    part,
    refusal,
    rendered,
    run,
    table,
    zipped,
)
from lxml import etree
from structure import faults

ACROSS, UPRIGHT = '{{ "landscape" | section }}', "{{ 'portrait' | section }}"
SHEET = '<w:pgSz w:w="11906" w:h="16838"/>'
MARGINS = (
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" '
    'w:header="851" w:footer="1446" w:gutter="0"/>'
)
SECTION = f'<w:sectPr><w:type w:val="continuous"/>{SHEET}{MARGINS}<w:titlePg/></w:sectPr>'


def docx(*blocks: str, section: str = SECTION) -> bytes:
    """A `.docx` of *blocks* that ends in *section*."""
    members = docx_parts(*blocks)
    main = members["word/document.xml"]
    start = main.rindex("<w:sectPr>")
    members["word/document.xml"] = f"{main[:start]}{section}</w:body></w:document>"
    return zipped(members)


def sections(document: bytes) -> list[list[Any]]:
    """What stands in each section of a document: its texts and its page, in that order."""
    body = etree.fromstring(part(document).encode()).find(f"{{{W}}}body")
    found: list[list[Any]] = [[]]
    for node, text in zip(body, [*outline(document), ""], strict=True):
        size = node.find(f".//{{{W}}}pgSz")
        if size is None:
            found[-1].append(text)
        else:
            found[-1].append("across" if size.get(f"{{{W}}}orient") else "upright")
            found.append([])
    assert found.pop() == []
    return found


def made(*blocks: str, **values: Any) -> list[list[Any]]:
    document = rendered(compiled(docx(*blocks)), **values)
    assert faults(document) == []
    return sections(document)


def test_what_follows_the_tag_stands_on_pages_that_lie_across() -> None:
    assert made("甲", ACROSS, "乙", UPRIGHT, "丙") == [
        ["甲", "upright"],
        ["乙", "across"],
        ["丙", "upright"],
    ]


def test_a_document_may_end_across_without_a_page_more() -> None:
    assert made("甲", ACROSS, "乙") == [["甲", "upright"], ["乙", "across"]]


def test_a_section_that_is_open_already_does_not_begin_again() -> None:
    blocks = ("甲", UPRIGHT, "乙", ACROSS, "丙", ACROSS, "丁")
    assert made(*blocks) == [["甲", "乙", "upright"], ["丙", "丁", "across"]]


@pytest.mark.parametrize(
    ("wide", "wanted"),
    [
        (True, [["甲", "upright"], ["乙", "across"], ["丙", "upright"]]),
        (False, [["甲", "丙", "upright"]]),
    ],
)
def test_a_section_comes_and_goes_with_a_condition(wide: bool, wanted: list[list[str]]) -> None:
    blocks = ("甲", "{% if wide %}", ACROSS, "乙", "{% endif %}", UPRIGHT, "丙")
    assert made(*blocks, wide=wide) == wanted


def test_a_section_in_a_loop_begins_on_each_pass() -> None:
    blocks = ("首", "{% for x in xs %}", ACROSS, "{{ x }}", UPRIGHT, "至{{ x }}", "{% endfor %}")
    assert made(*blocks, xs=[1, 2]) == [
        ["首", "upright"],
        ["1", "across"],
        ["至1", "upright"],
        ["2", "across"],
        ["至2", "upright"],
    ]
    assert made(*blocks, xs=[]) == [["首", "upright"]]


def test_the_sheet_turns_clockwise_and_back() -> None:
    document = part(rendered(compiled(docx("甲", ACROSS, "乙", UPRIGHT, "丙"))))
    across = (
        '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1588" '
        'w:right="2098" w:bottom="1474" w:left="1984" w:header="851" w:footer="1446" '
        'w:gutter="0"/></w:sectPr>'
    )
    upright = f"<w:sectPr>{SHEET}{MARGINS}</w:sectPr>"
    assert document.count(SECTION) == document.count(across) == document.count(upright) == 1
    assert document.index(SECTION) < document.index(across) < document.index(upright)


def test_of_a_document_that_lies_across_pages_stand_upright() -> None:
    across = '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr>'
    document = rendered(compiled(docx("甲", UPRIGHT, "乙", ACROSS, "丙", section=across)))
    assert sections(document) == [["甲", "across"], ["乙", "upright"], ["丙", "across"]]


def test_a_template_that_asks_for_no_section_says_its_last_one_as_it_stands() -> None:
    template = compiled(docx("甲"))
    assert template.sections is None
    assert SECTION in part(rendered(template))


def test_a_child_asks_for_sections_of_its_ancestor() -> None:
    parent = docx("甲", "{% block x %}", "{% endblock %}", UPRIGHT, "尾")
    child = ['{% extends "parent" %}', "{% block x %}", ACROSS, "乙", "{% endblock %}"]
    document = rendered(compiled(*child, parent=parent))
    assert sections(document) == [["甲", "upright"], ["乙", "across"], ["尾", "upright"]]


def test_pages_across_of_a_word_body_bear_the_numbers_that_the_outer_template_keeps_ready() -> None:
    size = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    across = f'<w:sectPr><w:footerReference w:type="default" r:id="turned"/>{size}</w:sectPr>'
    ready = f'<w:p xmlns:r="{R}"><w:pPr>{across}</w:pPr>{run(ACROSS)}</w:p>'
    parent = docx(ready, "{% block x %}", "{% endblock %}")
    inside = [
        f"<w:p><w:pPr><w:sectPr>{SHEET}</w:sectPr></w:pPr></w:p>",
        "乙",
        f"<w:p><w:pPr><w:sectPr>{size}</w:sectPr></w:pPr></w:p>",
    ]
    child = ['{% extends "parent" %}', "{% block x %}", *inside, "{% endblock %}"]
    document = part(rendered(compiled(*child, parent=parent)))
    assert document.count(across) == 1


# --- breaks of a Word template that come and go --------------------------------------------------

LYING = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'


def brk(size: str, text: str = "") -> str:
    """The paragraph that ends a section of pages of this *size*."""
    properties = f"<w:pPr><w:sectPr>{size}</w:sectPr></w:pPr>"
    return f"<w:p>{properties}{run(text) if text else ''}</w:p>"


def printed(*blocks: str, last: str = SHEET, **values: Any) -> list[list[Any]]:
    template = compiled(docx(*blocks, section=f"<w:sectPr>{last}</w:sectPr>"))
    document = rendered(template, **values)
    assert faults(document) == []
    return sections(document)


def test_text_keeps_its_page_where_the_break_after_it_is_left_out() -> None:
    blocks = ("甲", "{% if wide %}", brk(SHEET), "乙", "{% endif %}")
    assert printed(*blocks, last=LYING, wide=False) == [["甲", "upright"]]
    assert printed(*blocks, last=LYING, wide=True) == [["甲", "", "upright"], ["乙", "across"]]


def test_a_break_before_what_is_left_out_leaves_no_empty_page() -> None:
    blocks = ("甲", brk(SHEET), "{% if wide %}", "乙", "{% endif %}")
    assert printed(*blocks, last=LYING, wide=False) == [["甲", "", "upright"]]
    assert printed(*blocks, last=LYING, wide=True)[-1] == ["乙", "across"]


def test_a_loop_that_ends_in_a_break_leaves_no_empty_page() -> None:
    blocks = ("{% for x in xs %}", "致{{ x }}", brk(LYING, "页末"), "{% endfor %}")
    assert printed(*blocks, xs=["甲", "乙"]) == [
        ["致甲", "页末", "across"],
        ["致乙", "页末", "across"],
    ]


def test_a_section_between_others_comes_and_goes() -> None:
    blocks = ("甲", "{% if wide %}", brk(SHEET), "乙", brk(LYING), "{% endif %}", "丙")
    assert printed(*blocks, wide=False) == [["甲", "丙", "upright"]]
    assert [found[-1] for found in printed(*blocks, wide=True)] == ["upright", "across", "upright"]


def test_breaks_that_are_certain_stay_as_they_stand() -> None:
    template = compiled(docx("甲", brk(SHEET, "乙"), "{% if wide %}", "丙", "{% endif %}", "丁"))
    assert template.sections is None
    assert sections(rendered(template, wide=True))[0] == ["甲", "upright"]


def test_a_section_keeps_the_header_of_one_that_is_left_out() -> None:
    header = '<w:headerReference w:type="default" r:id="h"/>'
    blocks = ("{% if first %}", "甲", brk(f"{header}{SHEET}"), "{% endif %}", "乙")
    document = part(
        rendered(compiled(docx(*blocks, section=f"<w:sectPr>{LYING}</w:sectPr>")), first=False)
    )
    assert document.count(f"<w:sectPr>{header}{LYING}</w:sectPr>") == 1


# --- where no section can begin ------------------------------------------------------------------

WHERE = "(put it into the text itself, in a line of its own)"


@pytest.mark.parametrize(
    ("blocks", "spot", "code"),
    [
        ((table([ACROSS]), "文"), "table 1, row 1, cell 1 ¶1", '"landscape" | section'),
        (
            ("{% macro m() %}", ACROSS, "{% endmacro %}", "{{ m() }}"),
            "body ¶2",
            '"landscape" | section',
        ),
    ],
)
def test_a_section_begins_only_in_the_text_itself(
    blocks: tuple[str, ...], spot: str, code: str
) -> None:
    assert f"T030 “{code}” stands where no section can begin {WHERE}" in refusal(*blocks)


def test_a_header_holds_no_section() -> None:
    template = docx_with("文", header=f"<w:p><w:r><w:t>{ACROSS}</w:t></w:r></w:p>")
    assert f'T030 “"landscape" | section” stands where no section can begin {WHERE}' in refusal(
        template
    )


def test_a_block_with_a_section_is_not_printed_into_a_cell() -> None:
    blocks = ("{% block x %}", ACROSS, "文", "{% endblock %}", table(["{{ self.x() }}"]))
    assert f"T030 “self.x()” stands where no section can begin {WHERE}" in refusal(*blocks)


def test_a_block_in_a_cell_cannot_begin_a_section() -> None:
    parent = docx_with(table(["{% block x %}甲{% endblock %}"]))
    child = ['{% extends "parent" %}', "{% block x %}", ACROSS, "乙", "{% endblock %}"]
    assert "T023 a section break cannot come along into another template" in refusal(
        *child, parent=parent
    )


def test_a_tag_among_text_does_not_begin_a_section() -> None:
    assert refusal(f"甲{ACROSS}") == (
        'template.docx: body ¶1: T010 “"landscape" | section” prints paragraphs, but stands among'
        " text inside a paragraph (put it into a line of its own)"
    )


@pytest.mark.parametrize(
    "tag",
    ["{{ x | section | upper }}", "{% set y = 'landscape' | section %}", "{{ '' | last_section }}"],
)
def test_sections_are_no_values(tag: str) -> None:
    assert "T017 there is no filter" in refusal(tag)


def test_a_section_that_nobody_knows_is_a_problem() -> None:
    from builders import failure

    assert "there is no section “across”" in failure('{{ "across" | section }}', "文")
