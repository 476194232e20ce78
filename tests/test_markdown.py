"""The Markdown front end."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.markdown import read_markdown
from generator.problems import NoticeError
from generator.tags.cells import MERGING, RANK
from generator.wordml import SPOT, Element, Source, is_tag, tag_code, tag_spot, w


def body(text: str) -> Element:
    return read_markdown(text, "body.md")


HINT = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'


def source(text: str) -> str:
    """The Jinja source of what *text* becomes."""
    made = Source()
    made.put_content(body(text))
    return made.text


def said(node: Element) -> str:
    """What a paragraph or cell says, its tags in angle brackets."""
    pieces = []
    for part in node.iter():
        if is_tag(part):
            pieces.append(f"‹{tag_code(part)}›{part.tail or ''}")
        elif part.tag == w("t"):
            pieces.append(part.text or "")
        elif part.tag in (w("br"), w("tab")):
            pieces.append("⏎" if part.tag == w("br") else "⇥")
    return "".join(pieces)


def outline(text: str) -> list[str]:
    """Each block in a line: its style and what it says; tags bare; of tables, the rows."""
    lines = []
    for node in body(text).iter():
        if is_tag(node) and node.getparent().tag in (w("body"), w("tbl")):
            lines.append(f"‹{tag_code(node)}›")
        elif node.tag == w("p") and node.getparent().tag == w("body"):
            lines.append(f"{node.find('.//' + w('pStyle')).get(w('val'))}: {said(node)}")
        elif node.tag == w("tr"):
            lines.append(" | ".join(said(cell.find(w("p"))) for cell in node.iter(w("tc"))))
    return lines


def test_a_raw_block_may_hold_full_width_signs() -> None:
    assert outline("写成{% raw %}｛｛ 标题 ｝｝{% endraw %}，集合｛1，2｝。") == [
        "Body Text: 写成｛｛ 标题 ｝｝，集合｛1，2｝。"
    ]


def problems(text: str) -> list[str]:
    with pytest.raises(NoticeError) as raised:
        body(text)
    return [str(problem) for problem in raised.value.problems]


# --- paragraphs and headings ---------------------------------------------------------------------


def test_a_paragraph_is_body_text_and_knows_its_line() -> None:
    (paragraph,) = body("\n\n现将有关事项通知如下：")
    assert source("现将有关事项通知如下：") == (
        '<w:p><w:pPr><w:pStyle w:val="Body Text"/></w:pPr>'
        f'<w:r>{HINT}<w:t xml:space="preserve">现将有关事项通知如下：</w:t></w:r></w:p>\n'
    )
    assert paragraph.get(SPOT) == "3"


def test_headings_ask_for_their_number_while_rendering() -> None:
    assert outline("# 学习目的\n## 甲\n### 乙\n#### 丙 ##\n") == [
        'heading 1: ‹"一、" | heading_number›学习目的',
        'heading 2: ‹"（一）" | heading_number›甲',
        'heading 3: ‹"1." | heading_number›乙',
        'heading 4: ‹"（1）" | heading_number›丙',
    ]


def test_lines_of_one_paragraph_join_without_a_space_but_between_latin_words() -> None:
    text = "认真学习\n贯彻{{ a }}\n{{ b }}精神\nWord\nExcel\n表"
    assert outline(text) == ["Body Text: 认真学习贯彻‹a›‹b›精神Word Excel表"]


@pytest.mark.parametrize("end", ["\\", "  "])
def test_a_backslash_or_two_spaces_at_the_end_break_the_line(end: str) -> None:
    assert outline(f"甲{end}\n乙") == ["Body Text: 甲⏎乙"]


def test_a_tab_is_a_tab() -> None:
    assert outline("甲\t乙") == ["Body Text: 甲⇥乙"]


@pytest.mark.parametrize(
    "line",
    [
        "<b>甲</b> <!-- 乙 --> &nbsp; &amp;",
        "姓名：____ 电话：__________",
        "________",
        "***",
        "　　首行空两字",
        "1.加强学习；2.抓好落实",
        "[甲]与{乙}与《丙》",
        "[甲]: 乙",
        "2005年3月9日—17日（星期三）“甲”‘乙’……",
        "比例为5*3=15",
        "#号",
        "完成率 98% ~ 100%",
        "===",
    ],
)
def test_what_is_no_markdown_of_ours_is_text(line: str) -> None:
    assert outline(line) == [f"Body Text: {line}"]


def test_a_line_of_blanks_parts_paragraphs() -> None:
    assert outline("甲\n　\xa0\n乙") == ["Body Text: 甲", "Body Text: 乙"]


def test_indented_text_is_text() -> None:
    assert outline("    甲\n\n        乙") == ["Body Text: 甲", "Body Text: 乙"]


def test_a_page_break_belongs_to_the_paragraph_after_it() -> None:
    assert (
        source("甲\n---\n乙")
        .splitlines()[1]
        .startswith('<w:p><w:pPr><w:pStyle w:val="Body Text"/><w:pageBreakBefore/></w:pPr>')
    )


def test_a_page_break_before_tags_is_a_paragraph_of_its_own() -> None:
    made = source("甲\n\n---\n{% if a %}\n乙\n{% endif %}").splitlines()
    assert '<w:br w:type="page"/>' in made[1]
    assert made[2] == "<?b if a ?>"


# --- emphasis ------------------------------------------------------------------------------------


def styled(text: str) -> list[tuple[str, str]]:
    return [
        (
            style.get(w("val"))
            if (style := run.find(f"{w('rPr')}/{w('rStyle')}")) is not None
            else "",
            said(run),
        )
        for run in body(text).iter(w("r"))
    ]


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("**注意：**请准时", [("Strong", "注意："), ("", "请准时")]),
        ("请**“重点”**工作", [("", "请"), ("Strong", "“重点”"), ("", "工作")]),
        ("按*（一）*办理", [("", "按"), ("Emphasis", "（一）"), ("", "办理")]),
        ("**注意:**请", [("Strong", "注意:"), ("", "请")]),
        ("甲**{{ a }}**乙", [("", "甲"), ("Strong", "‹a›"), ("", "乙")]),
        ("*甲**乙**丙*", [("Emphasis", "甲"), ("Strong", "乙"), ("Emphasis", "丙")]),
        ("\\*甲\\*", [("", "*甲*")]),
        ("甲 * 乙 * 丙", [("", "甲 * 乙 * 丙")]),
        ("a**b:**c", [("", "a**b:**c")]),
    ],
)
def test_emphasis_works_beside_chinese_marks(text: str, runs: list[tuple[str, str]]) -> None:
    assert styled(text) == runs


# --- tags ----------------------------------------------------------------------------------------


def test_a_line_that_holds_only_statements_stands_between_paragraphs() -> None:
    assert outline("甲\n{% if a %}{# c #}\n乙\n  {% endif %}\n丙") == [
        "Body Text: 甲",
        "‹if a›",
        "‹c›",
        "Body Text: 乙",
        "‹endif›",
        "Body Text: 丙",
    ]


def test_a_pair_inside_a_line_stays_inside() -> None:
    assert outline("甲{% if a %}乙{% endif %}\n\n{% if a %}{{ b }}{% endif %}") == [
        "Body Text: 甲‹if a›乙‹endif›",
        "Body Text: ‹if a›‹b›‹endif›",
    ]


def test_a_value_alone_on_a_line_is_a_paragraph() -> None:
    assert outline("{{ opening }}") == ["Body Text: ‹opening›"]


@pytest.mark.parametrize(
    "code",
    "super() super.super() caller() loop(x.parts) self.opening() m(1) n(2) q() lib.part(3)".split(),
)
def test_what_prints_paragraphs_stands_between_paragraphs(code: str) -> None:
    head = '{% macro m(x) %}\n{{ x }}\n{% endmacro %}\n{% from "a" import n, p as q %}\n'
    text = head + '{% import "b" as lib %}\n{{ ' + code + " }}"
    assert outline(text)[-1] == f"‹{code}›"


def test_a_macro_of_text_alone_on_a_line_is_a_paragraph() -> None:
    text = "{% macro m(x) %}{{ x }}同志{% endmacro %}\n\n{{ m(1) }}"
    assert outline(text)[-1] == "Body Text: ‹m(1)›"


def test_tags_keep_their_lines_also_after_tags_of_many_lines() -> None:
    made = body("{% set x = [\n1,\n2] %}\n甲{{ a }}\n乙{{ b }}\n\n丙")
    assert [tag_spot(tag) for tag in made.iter() if is_tag(tag)] == ["1", "4", "5"]
    assert [node.get(SPOT) for node in made.iter(w("p"))] == ["4", "7"]


def test_windows_line_ends_and_a_byte_order_mark_are_read() -> None:
    assert outline("\ufeff# 甲\r\n乙\r\n") == [
        'heading 1: ‹"一、" | heading_number›甲',
        "Body Text: 乙",
    ]


def test_a_raw_block_is_text_whose_braces_mean_nothing() -> None:
    assert outline("{% raw %}**{{ a }}**{% b %}{% endraw %}") == ["Body Text: {{ a }}{% b %}"]


def test_a_value_is_opaque_to_markdown() -> None:
    assert outline('{{ "**a** | # b" }}与{{ x | f(a, *b) }}*') == [
        'Body Text: ‹"**a** | # b"›与‹x | f(a, *b)›*'
    ]


# --- lists ---------------------------------------------------------------------------------------


def keyed(text: str) -> list[str]:
    """The outline with short names for the keys of lists."""
    lines = outline(text)
    keys = [line.split('"')[1] for line in lines if "list_start" in line]
    for number, key in enumerate(dict.fromkeys(keys), 1):
        lines = [line.replace(key, f"L{number}") for line in lines]
    return [line.removeprefix("Body Text: ") for line in lines]


def test_items_carry_typed_numbers_and_bullets_none() -> None:
    assert keyed("1. 甲\n   1. 乙\n   2. 丙\n2. 丁\n\n文\n\n- 戊\n- 己") == [
        '‹"L1" | list_start›',
        '‹"L1" | list_number›甲',
        '‹"L1" | list_number(1)›乙',
        '‹"L1" | list_number(1)›丙',
        '‹"L1" | list_number›丁',
        "文",
        "戊",
        "己",
    ]


def test_only_the_first_paragraph_of_an_item_is_numbered() -> None:
    assert keyed("1. 甲\n\n   补充\n2. 乙") == [
        '‹"L1" | list_start›',
        '‹"L1" | list_number›甲',
        "补充",
        '‹"L1" | list_number›乙',
    ]


def test_items_in_a_loop_count_on() -> None:
    text = "文\n{% for a in b %}\n{% if a %}\n1. {{ a }}\n{% endif %}\n{% endfor %}\n1. 末"
    assert keyed(text) == [
        "文",
        '‹"L1" | list_start›',
        "‹for a in b›",
        "‹if a›",
        '‹"L1" | list_number›‹a›',
        "‹endif›",
        "‹endfor›",
        '‹"L1" | list_number›末',
    ]


def test_a_loop_that_holds_more_than_items_starts_its_lists_anew() -> None:
    text = (
        "{% for g in gs %}\n# {{ g }}\n{% for x in g.xs %}\n1. {{ x }}\n{% endfor %}\n{% endfor %}"
    )
    assert keyed(text)[2:5] == [
        '‹"L1" | list_start›',
        "‹for x in g.xs›",
        '‹"L1" | list_number›‹x›',
    ]


def test_a_list_after_other_text_is_another_one() -> None:
    assert keyed("1. 甲\n\n文\n\n1. 乙")[3:] == [
        '‹"L2" | list_start›',
        '‹"L2" | list_number›乙',
    ]


def test_branches_of_which_one_begins_with_text_count_apart() -> None:
    text = "{% if a %}\n文\n\n1. 甲\n{% else %}\n1. 乙\n{% endif %}"
    assert [line for line in keyed(text) if "list" in line] == [
        '‹"L1" | list_start›',
        '‹"L1" | list_number›甲',
        '‹"L2" | list_start›',
        '‹"L2" | list_number›乙',
    ]


def test_a_condition_that_goes_on_with_text_goes_on_counting() -> None:
    assert [
        line for line in keyed("1. 甲\n{% if a %}\n2. 乙\n\n文\n{% endif %}") if "list" in line
    ] == [
        '‹"L1" | list_start›',
        '‹"L1" | list_number›甲',
        '‹"L1" | list_number›乙',
    ]


def test_a_list_in_a_macro_or_in_a_childs_block_starts_inside_it() -> None:
    assert keyed("{% macro m() %}\n1. 甲\n{% endmacro %}")[1] == '‹"L1" | list_start›'
    assert keyed('{% extends "a" %}\n{% block b %}\n1. 甲\n{% endblock %}')[2] == (
        '‹"L1" | list_start›'
    )


def test_a_list_counts_on_through_a_block_inside_the_body() -> None:
    assert keyed("1. 甲\n{% block b %}\n1. 乙\n{% endblock %}\n1. 丙")[1:] == [
        '‹"L1" | list_number›甲',
        "‹block b›",
        '‹"L1" | list_number›乙',
        "‹endblock›",
        '‹"L1" | list_number›丙',
    ]


# --- tables --------------------------------------------------------------------------------------

TABLE = "| 日期 | 时间 |\n|:---:|------|\n"


def test_a_table_is_written_in_the_order_of_the_schema() -> None:
    assert source("| 甲 | 乙 |\n|:--|--:|\n| 1 | 2 |").splitlines() == [
        '<w:tbl><w:tblPr><w:tblStyle w:val="Table Grid"/><w:tblW w:w="8844" w:type="dxa"/>'
        '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr>',
        '<w:tblGrid><w:gridCol w:w="4422"/><w:gridCol w:w="4422"/></w:tblGrid>',
        "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>",
        '<w:tc><w:tcPr><w:tcW w:w="4422" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        '<w:p><w:pPr><w:pStyle w:val="表头"/></w:pPr>'
        f'<w:r>{HINT}<w:t xml:space="preserve">甲</w:t></w:r></w:p>',
        '</w:tc><w:tc><w:tcPr><w:tcW w:w="4422" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        '<w:p><w:pPr><w:pStyle w:val="表头"/></w:pPr>'
        f'<w:r>{HINT}<w:t xml:space="preserve">乙</w:t></w:r></w:p>',
        "</w:tc></w:tr>",
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>",
        '<w:tc><w:tcPr><w:tcW w:w="4422" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        '<w:p><w:pPr><w:pStyle w:val="表文"/><w:jc w:val="left"/></w:pPr>'
        f'<w:r>{HINT}<w:t xml:space="preserve">1</w:t></w:r></w:p>',
        '</w:tc><w:tc><w:tcPr><w:tcW w:w="4422" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        '<w:p><w:pPr><w:pStyle w:val="表文"/><w:jc w:val="right"/></w:pPr>'
        f'<w:r>{HINT}<w:t xml:space="preserve">2</w:t></w:r></w:p>',
        "</w:tc></w:tr>",
        "</w:tbl>",
    ]


def widths(text: str, text_width: int = 8844) -> list[int]:
    tree = read_markdown(text, "body.md", text_width)
    return [int(column.get(w("w"))) for column in tree.iter(w("gridCol"))]


def test_dashes_or_the_attribute_share_the_width_out_without_remainder() -> None:
    assert widths("|a|b|c|\n|-|--|---|") == [1474, 2948, 4422]
    assert widths("|a|b|c|\n|-|-|-|", 8843) == [2948, 2947, 2948]
    assert widths('{widths="1 2.5 3.5"}\n|a|b|c|\n|-|-|-|') == [1263, 3159, 4422]


def test_a_line_of_tags_repeats_rows() -> None:
    text = (
        TABLE
        + "{% for s in schedule %}\n| {{ s.date | short_date }} | {{ s.time }} |\n{% endfor %}"
    )
    assert outline(text) == [
        "日期 | 时间",
        "‹for s in schedule›",
        "‹s.date | short_date› | ‹s.time›",
        "‹endfor›",
    ]


def test_tags_at_the_ends_of_a_row_stand_around_it() -> None:
    assert outline(TABLE + "{% for s in x %}| {{ s }} | b |{% endfor %}")[1:] == [
        "‹for s in x›",
        "‹s› | b",
        "‹endfor›",
    ]


def test_a_statement_around_the_table_ends_after_it() -> None:
    made = body("{% if a %}\n" + TABLE + "| 1 | 2 |\n{% else %}\n无\n{% endif %}")
    assert [tag_code(node) if is_tag(node) else node.tag for node in made] == [
        "if a",
        w("tbl"),
        "else",
        w("p"),
        "endif",
    ]


def test_empty_lines_inside_a_row_loop_end_no_table() -> None:
    text = TABLE + "{% for s in x %}\n\n| {{ s }} | b |\n\n{% endfor %}\n\n文"
    assert outline(text)[1:] == ["‹for s in x›", "‹s› | b", "‹endfor›", "Body Text: 文"]


def test_a_pipe_in_a_cell_is_escaped_and_one_in_a_tag_is_not() -> None:
    assert outline(TABLE + "| a\\|b | {{ x | f }} |")[1] == "a|b | ‹x | f›"


def test_tables_that_would_touch_are_kept_apart() -> None:
    assert outline(TABLE + "\n" + TABLE) == ["日期 | 时间", "Body Text: ", "日期 | 时间"]


def test_equal_neighbours_merge_in_the_columns_named() -> None:
    text = (
        '{merge="日期 时间"}\n| 日期 | 内容 | 时间 |\n|--|--|--|\n'
        '{% for s in x %}\n| {{ s.date }}（"{{ s.day }}"） | 学习 | **上午**>9时 |\n{% endfor %}\n'
    )
    assert [
        [(cell.get(MERGING), cell.get(RANK)) for cell in row.iter(w("tc"))]
        for row in body(text).iter(w("tr"))
    ] == [[(None, None)] * 3, [("5", "0"), (None, None), ("5", "0")]]


def test_columns_named_in_another_order_merge_in_that_order() -> None:
    made = body('{merge="时间 日期"}\n' + TABLE + "| a | b |")
    assert [cell.get(RANK) for cell in made.iter(w("tc"))][2:] == ["2", "1"]


# --- annexes -------------------------------------------------------------------------------------


def test_an_annex_begins_on_a_new_page_with_label_and_title() -> None:
    text = "{% block annexes %}\n::: annex schedule\n\n内容\n\n:::\n{% endblock %}"
    assert outline(text) == [
        "‹block annexes›",
        '‹"portrait" | section›',
        "附件: ‹annexes.schedule.heading›",
        "Body Text: ",
        "附件标题: ‹annexes.schedule.title›",
        "Body Text: ",
        "Body Text: 内容",
        "‹endblock›",
    ]
    assert '<w:pStyle w:val="附件"/><w:pageBreakBefore/>' in source(text)


# --- problems ------------------------------------------------------------------------------------

IN_ANNEXES = "{% block annexes %}\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "甲\n{{ a ｝}",
            "body.md:2: T024 “{{ a ｝}” is written with full-width signs (write “{{ a }}”)",
        ),
        (
            "甲\n\n｛% if a %｝\n\n乙｛｛a｝｝\n\n{% endif %}",
            "body.md:3: T024 “｛% if a %｝” is written with full-width signs (write “{% if a %}”)",
        ),
        (
            "甲\n\n乙｛｛a｝｝",
            "body.md:3: T024 “｛｛a｝｝” is written with full-width signs (write “{{a}}”)",
        ),
        ("甲\n{{ a }", "body.md:2: T001 “{{” is never closed (did you mean “{{ a }}”?)"),
        ("{{ '?>' }}", "body.md:1: T003 “?>” cannot stand in a tag (put it into a value)"),
        ("\n甲\x07", "body.md:2: T201 the character U+0007 cannot stand here (remove it)"),
        ("\U00100001", "body.md:1: T201 the character U+100001 cannot stand here (remove it)"),
        (
            "甲\n> 乙\n> 丙",
            "body.md:2: T210 a quotation in a block of its own is not possible"
            " (write “\\>” where the sign itself is meant)",
        ),
        (
            "甲\n乙![图](a.png)",
            "body.md:2: T211 a picture is not possible yet: ![图](a.png) (leave it out)",
        ),
        (
            "[甲]({{ a }})",
            "body.md:1: T212 a link is not possible yet: [甲](…)"
            " (write the address as text, or “\\[” for the bracket itself)",
        ),
        ("`a`", "body.md:1: T213 code is not possible: `a` (write “\\`” for the sign itself)"),
        ("```\na\n```", "body.md:1: T214 a block of code is not possible"),
        ("##### 甲", "body.md:1: T215 headings go 4 levels deep"),
        ("- a\n  - b\n    - c", "body.md:3: T216 lists go 2 levels deep"),
        ("1. 甲\n2.", "body.md:2: T217 the list item holds no text"),
        ("1. # 甲", "body.md:1: T218 a list item begins with text"),
        (
            "2005. 甲",
            "body.md:1: T231 the list begins with 2005"
            " (lists count from 1; write “2005\\.” for plain text)",
        ),
        (
            "|a" * 64 + "|\n" + "|-" * 64 + "|",
            "body.md:1: T220 a table has at most 63 columns",
        ),
        (
            TABLE + "| 1 |",
            "body.md:3: T221 the row does not fit the table: cells 1, columns 2"
            " (write a “|” between all cells)",
        ),
        (
            TABLE + "| 1 | 2 |\n说明",
            "body.md:4: T221 the row does not fit the table: cells 1, columns 2"
            " (leave an empty line after the table)",
        ),
        (
            "| a | b |\n|---|",
            "body.md:1: T221 the row does not fit the table: cells 2, columns 1"
            " (write a “|” between all cells)",
        ),
        (
            '{merge="日期"}\n\n' + TABLE,
            'body.md:1: T222 “{merge="日期"}” stands above no table'
            " (put it directly above the table)",
        ),
        (
            "甲\n\n| a | b |\n| c | d |",
            "body.md:3: T223 the row stands outside a table"
            " (write a head row and a line of dashes above it, and no empty line between)",
        ),
        (
            '{merg="日期"}\n' + TABLE,
            "body.md:1: T224 the attribute “merg” is unknown (did you mean “merge”?)",
        ),
        (
            '{colour="red"}\n' + TABLE,
            "body.md:1: T224 the attribute “colour” is unknown (known are merge, widths)",
        ),
        (
            '{widths="1 0"}\n' + TABLE,
            "body.md:1: T225 “widths” needs a number above 0 for each of the 2 columns",
        ),
        (
            '{merge="日期 地点"}\n' + TABLE,
            "body.md:1: T226 no column is headed “地点” (the heads are 日期、时间)",
        ),
        (
            "::: note",
            "body.md:1: T230 “::: note” opens nothing that is known"
            " (write “::: annex”, the key of the annex and, for wide tables, “landscape”)",
        ),
        (
            IN_ANNEXES + "::: annex a",
            "body.md:2: T232 the annex is never closed"
            " (write “:::” in a line of its own at its end)",
        ),
        (
            IN_ANNEXES + "::: annex a\n::: annex b\n:::",
            "body.md:3: T233 an annex cannot stand in another one (close the one at line 2 first)",
        ),
        (
            "::: annex a\n:::",
            "body.md:1: T234 an annex stands outside the block “annexes”"
            " (put it between “{% block annexes %}” and “{% endblock %}”)",
        ),
        (":::", "body.md:1: T235 “:::” closes nothing"),
    ],
)
def test_what_cannot_be_is_told_at_its_line(text: str, message: str) -> None:
    assert message in problems(text)
    assert len(problems(text)) <= 2


def test_all_problems_are_told_at_once_in_order() -> None:
    found = problems("> 甲\n\n![a](b)\n\n{{ a\n\n##### 乙\n\x01")
    assert [line.split()[1] for line in found] == ["T210", "T211", "T001", "T215", "T201"]


# --- properties ----------------------------------------------------------------------------------

MARKS = st.sampled_from(
    "1.␣ #␣ -␣ ␣␣␣ | |-|↵ |␣a␣|↵|---|↵ * ** ` [ ]( >␣ ::: :::␣annex␣a↵ --- \\ ``` ! a 甲 ： 　"
    " {%␣if␣a␣%} {%␣else␣%} {%␣endif␣%} {%␣for␣a␣in␣b␣%} {%␣endfor␣%} {{␣a␣}} {{␣super()␣}}"
    " |-|-|↵ || ^^ >> {lines=2}↵"
    ' {merge="a"}↵ {%␣raw␣%} {{ %} {#␣c␣#} {%␣block␣annexes␣%} {%␣endblock␣%} ↵ ↵↵'.replace(
        "　", "\t"
    ).split(" ")
).map(lambda mark: mark.replace("␣", " ").replace("↵", "\n"))


@given(st.lists(MARKS, max_size=40).map("".join) | st.text())
def test_any_text_is_a_tree_or_a_problem(text: str) -> None:
    try:
        made = body(text)
    except NoticeError:
        return
    Source().put_content(made)
    for table in made.iter(w("tbl")):
        assert sum(int(column.get(w("w"))) for column in table.iter(w("gridCol"))) == 8844


CHINESE = st.text(
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
    | st.sampled_from("，。；：？！、“”‘’（）《》〔〕—…·　0123456789%％.&<>/@()_~^$;,")
    | st.characters(categories=["L", "N", "Po", "Sc"], exclude_characters="*!\\#"),
    min_size=1,
)


@given(CHINESE)
def test_a_line_without_marks_arrives_unchanged(line: str) -> None:
    line = "文" + line + "文"
    assert outline(line) == [f"Body Text: {line}"]


@pytest.mark.parametrize(
    "text",
    [
        "> " * 5_000,
        "[" * 20_000,
        "![" * 10_000,
        "- " * 5_000,
        "1. " * 5_000,
        "*" * 20_000,
        "**a " * 5_000,
        "*a **b " * 5_000,
        "`" * 20_000,
        "`a " * 10_000,
        "{a=b" * 5_000,
        "|" * 20_000,
        "| a |\n|---|\n" + "{% if a %}\n\n" * 2_000,
        "{% if a %}\n" * 2_000 + "1. a\n" + "{% endif %}\n" * 2_000,
        "1. a\n{% if a %}\n" * 1_000,
        "\x01" * 20_000,
        "　" * 20_000 + "a",
        "a\n" * 10_000,
        "{{ a }}" * 5_000,
        "x\\\n" * 5_000,
    ],
)
def test_hostile_text_is_read_soon(text: str) -> None:
    started = time.process_time()
    with suppress(NoticeError):
        body(text)
    assert time.process_time() - started < 10
