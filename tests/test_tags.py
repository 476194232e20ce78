"""Tags that people typed in Word become nodes of the tree."""

from __future__ import annotations

from typing import Any

import pytest
from builders import R, W, bold, briefly, p, row, run, table
from lxml import etree

from generator.places import place
from generator.problems import NoticeError
from generator.tags import choose_known, mark_tags, was_revised
from generator.wordml import SPOT, is_tag, tag_code, tag_spot, w


def marked(xml: str, root: str = "body") -> Any:
    tree = etree.fromstring(f'<w:{root} xmlns:w="{W}" xmlns:r="{R}">{xml}</w:{root}>')
    assert mark_tags(tree, "a.docx") == []
    return tree


def texts(tree: Any) -> list[str]:
    """The content of each `w:t`, a tag as `‹v code›`."""
    return ["".join(_pieces(text)) for text in tree.iter(w("t"))]


def _pieces(text: Any) -> list[str]:
    pieces = [text.text or ""]
    for node in text:
        assert is_tag(node)
        pieces += [f"‹{node.target} {tag_code(node)}›", node.tail or ""]
    return pieces


def problems(xml: str) -> list[str]:
    tree = etree.fromstring(f'<w:body xmlns:w="{W}">{xml}</w:body>')
    return list(map(str, mark_tags(tree, "a.docx")))


def test_a_tag_in_a_run_becomes_a_node() -> None:
    assert texts(marked(p("截至{{ date }}止"))) == ["截至‹v date›止"]


def test_a_split_tag_moves_into_the_run_where_it_starts_and_leaves_none_empty() -> None:
    assert texts(marked(p("截至{", bold("{ 日期"), "}", run("}止")))) == ["截至‹v 日期›", "止"]


def test_a_run_that_holds_more_than_a_piece_of_a_tag_stays() -> None:
    picture = "<w:r><w:rPr/><w:t>}}</w:t><w:drawing/></w:r>"
    tree = marked(p("{{ a ", picture, "<w:r><w:rPr/></w:r>"))
    runs = [[node.tag for node in found] for found in tree.iter(w("r"))]
    assert runs == [[w("t")], [w("rPr"), w("drawing")], [w("rPr")]]


def test_several_tags_may_share_pieces_of_runs() -> None:
    assert texts(marked(p("{{ a }", "}{", "{ b }}"))) == ["‹v a›", "‹v b›"]


def test_spelling_marks_and_printed_page_breaks_do_not_part_a_tag() -> None:
    xml = f'<w:p>{run("{{ a")}<w:proofErr w:type="spellStart"/>{run(" }}")}</w:p>'
    tree = marked(xml)
    assert texts(tree) == ["‹v a›"]
    assert tree.find(f".//{w('proofErr')}") is None


def test_the_text_of_a_paragraph_keeps_its_spaces() -> None:
    text = next(marked(p("{{ a }} b")).iter(w("t")))
    assert text.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"


def test_statements_and_comments_are_nodes_too() -> None:
    assert texts(marked(p("{% if a %}x{% endif %}{# note #}"))) == ["‹b if a›x‹b endif›‹c note›"]


def test_a_raw_block_is_its_text() -> None:
    assert texts(marked(p("{% raw %}{{ a }}{% endraw %}b"))) == ["{{ a }}b"]


def test_single_braces_are_text() -> None:
    assert texts(marked(p("{a} }} %}"))) == ["{a} }} %}"]


@pytest.mark.parametrize("prefix", ["tr", "tc", "r"])
def test_a_prefix_of_docxtpl_that_has_nothing_to_replace_is_left_out(prefix: str) -> None:
    assert texts(marked(p(f"{{%{prefix} for x in y %}}"))) == ["‹b for x in y›"]


@pytest.mark.parametrize(
    ("prefix", "block", "holder"),
    [
        ("p", p("旧", bold("{%p if a %}"), "旧"), "body"),
        ("tr", table(["旧", "{%tr if a %}"]), "tbl"),
        ("tc", table(["{%tc if a %}", "甲"]), "tr"),
        ("#p", p("旧{#p 注 #}"), "body"),
    ],
)
def test_a_prefix_of_docxtpl_puts_its_tag_in_the_place_of_its_element(
    prefix: str, block: str, holder: str
) -> None:
    (tag,) = marked(block).iter(etree.PI)
    assert tag.getparent().tag == w(holder)
    assert (tag.target, tag_code(tag)) == (("c", "注") if "#" in prefix else ("b", "if a"))


def test_prefixes_around_what_an_element_holds_put_their_statement_around_it() -> None:
    tree = marked(p("{%p if a %}甲{%p endif %}"))
    assert [is_tag(node) for node in tree] == [True, False, True]
    assert texts(tree) == ["甲"]


def test_a_value_with_a_prefix_stands_alone_in_its_paragraph() -> None:
    assert texts(marked(p("旧{{p a }}旧", bold("旧")))) == ["‹v a›"]
    assert texts(marked(p("甲{{r a }}乙"))) == ["甲‹v a›乙"]


@pytest.mark.parametrize("code", ["p", "r.x", "p | upper", "r if a else b", "tr[0]", "tc == 1"])
def test_a_variable_that_is_called_like_a_prefix_is_read(code: str) -> None:
    assert texts(marked(p(f"{{{{{code} }}}}"))) == [f"‹v {code}›"]


def test_bookmarks_of_a_paragraph_that_gives_way_survive() -> None:
    mark = '<w:bookmarkStart w:id="1" w:name="m"/>'
    tree = marked(p(mark, "{%p if a %}") + p("甲") + p("{%p endif %}"))
    assert next(tree.iter(w("bookmarkStart"))).getparent() is tree


def test_a_paragraph_that_ends_a_section_gives_way_to_no_prefix() -> None:
    tree = marked(p("<w:pPr><w:sectPr/></w:pPr>", "{%p if a %}"))
    assert [node.tag for node in tree] == [w("p")]


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        (["甲", "{%- if a %}乙"], ["甲‹b if a›乙"]),
        (["甲{% if a -%}", "乙"], ["甲‹b if a›乙"]),
        (["甲", "{%- if a -%}", "乙", "{%- endif -%}", "丙"], ["甲‹b if a›乙‹b endif›丙"]),
        (["甲", "乙{%- if a -%}丙", "丁"], ["甲", "乙‹b if a›丙", "丁"]),
        (["甲", "{{- a -}}", "丙"], ["甲", "‹v a›", "丙"]),
    ],
)
def test_dashes_join_paragraphs_as_docxtpl_does(blocks: list[str], expected: list[str]) -> None:
    tree = marked("".join(map(p, blocks)))
    assert ["".join(texts(paragraph)) for paragraph in tree] == expected


def test_signs_of_tags_can_be_escaped_as_in_docxtpl() -> None:
    assert texts(marked(p("{_{ a }", "_}", "{_% if %_}{{ b }}"))) == ["{{ a }}", "{% if %}‹v b›"]
    assert texts(marked(p("a }_}"))) == ["a }}"]


CELLS = {
    "cellbg r.c": '<w:shd w:val="clear" w:color="auto" w:fill="{{ (r.c) | cell_color }}"/>',
    "colspan 2 + n": '<w:gridSpan w:val="{{ (2 + n) | cell_span }}"/>',
}


@pytest.mark.parametrize("code", CELLS)
def test_cell_tags_of_docxtpl_become_properties_in_their_order(code: str) -> None:
    old = '<w:tcPr><w:tcW w:w="1"/><w:gridSpan w:val="3"/><w:shd w:fill="a"/><w:vAlign/></w:tcPr>'
    tree = marked(table([f"<w:tc>{old}{p(f'{{% {code} %}}', '甲')}</w:tc>"]))
    properties = next(tree.iter(w("tcPr")))
    assert [etree.QName(node).localname for node in properties] == [
        *("tcW", "gridSpan", "shd", "vAlign"),
    ]
    name = "shd" if "cellbg" in code else "gridSpan"
    expected = etree.fromstring(f'<a xmlns:w="{W}">{CELLS[code]}</a>')[0]
    assert dict(properties.find(w(name)).attrib) == dict(expected.attrib)
    assert texts(tree) == ["甲"]


def test_a_cell_tag_outside_its_cell_is_a_problem() -> None:
    assert problems(p("{% cellbg x %}")) == [
        "a.docx: body ¶1 “{% cellbg x %}”: T025 “{% cellbg %}” stands in no table cell "
        "(put it into the cell that it is about)"
    ]
    assert problems(table(["{% if a %}{% colspan 2 %}{% endif %}"]))[0] == (
        "a.docx: body ¶1 (row 1, column 1) “…f a %}{% colspan 2 %}{% end…”: T025 "
        "“{% colspan %}” stands inside a statement of its cell "
        "(put the condition into the value: “{% cellbg 'FFD700' if a else '' %}”)"
    )
    assert problems(table(["{% vm 1 %}", "{% cellbg %}"])) == [
        "a.docx: body ¶1 (row 1, column 1) “{% vm 1 %}”: T025 “{% vm %}” is not written like this "
        "(write “{% vm %}”)",
        "a.docx: body ¶2 (row 1, column 2) “{% cellbg %}”: T025 “{% cellbg %}” is not written like "
        "this (write “{% cellbg 'FFD700' %}”)",
    ]


@pytest.mark.parametrize("gone", ["{%p if a %}", "{{p a }}", "{%tr if a %}", "{%tc if a %}"])
def test_a_cell_tag_goes_with_what_a_prefix_took_the_place_of(gone: str) -> None:
    tree = marked(table([p(gone, "{% cellbg a %}"), "甲"], ["乙"]))
    assert not list(tree.iter(w("shd")))


# --- what Word does to tags ----------------------------------------------------------------------


@pytest.mark.parametrize("sign", ["<w:tab/>", "<w:br/>", "<w:cr/>"])
def test_a_tab_or_line_break_inside_a_tag_is_a_space(sign: str) -> None:
    inside = f"<w:r><w:t>{{% if</w:t>{sign}<w:t>a %}}甲</w:t>{sign}</w:r>"
    tree = marked(p(inside, "{% endif %}"))
    assert texts(tree)[0].split() == ["‹b", "if", "a›"]
    assert len(list(tree.iter(w("tab"), w("br"), w("cr")))) == 1


def test_what_stands_between_the_pieces_of_a_tag_survives() -> None:
    mark = '<w:bookmarkStart w:id="1" w:name="m"/>'
    comment = '<w:commentRangeStart w:id="1"/>'
    link = f'<w:hyperlink r:id="x">{run("a")}</w:hyperlink>'
    tree = marked(p("{{ ", mark, link, comment, '<w:bookmarkEnd w:id="1"/>', " }}"))
    assert texts(tree) == ["‹v a›"]
    assert len(list(tree.iter(*map(w, ("bookmarkStart", "commentRangeStart", "hyperlink"))))) == 3


def test_the_place_of_the_last_cursor_is_no_bookmark() -> None:
    mark = '<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>'
    assert [node.tag for node in marked(p(mark, "甲"))[0]] == [w("r")]


def test_odd_quotes_and_spaces_over_runs_are_read_as_meant() -> None:
    blocks = p("{{ a", bold("\u00a0== “"), "x\u200b” }}", "“引\u00a0文”")
    assert texts(marked(blocks)) == ['‹v a == "x\u200b"›', "“引\u00a0文”"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("｛｛ 标题 ｝｝", "{{ 标题 }}"),
        ("{{ 标题 ｝｝", "{{ 标题 }}"),
        ("｛{ 标题 }}", "{{ 标题 }}"),
        ("｛％ if a ％｝", "{% if a %}"),
        ("{％ if a ％}", "{% if a %}"),
        ("{{ 标题｜upper }}", "{{ 标题|upper }}"),
        ("{% if a［0］ ＝＝ '（' %}", "{% if a[0] == '（' %}"),
        ("｛｛", "{{"),
    ],
)
def test_full_width_signs_are_a_problem_that_says_what_to_write(typed: str, meant: str) -> None:
    assert problems(p("截至", bold(typed[:2]), typed[2:], "。")) == [
        f"a.docx: body ¶1 “截至{typed}。”: T024 “{typed}” is written with full-width signs "
        f"(write “{meant}”)"
    ]


def test_full_width_signs_in_plain_text_and_strings_stay() -> None:
    assert texts(marked(p("｛甲｝（50％）{{ '｛｛（' }}"))) == ["｛甲｝（50％）‹v '｛｛（'›"]


def test_what_nobody_sees_between_the_braces_is_dropped() -> None:
    tree = marked(p("{", "\u200b{ a }\ufeff", "}", "乙\u200b"))
    assert texts(tree) == ["‹v a›", "乙\u200b"]


def test_dashes_take_the_white_space_beside_them() -> None:
    assert texts(marked(p("甲 {{- a -}} 乙"))) == ["甲‹v a›乙"]
    assert texts(marked(p("甲", bold(" {%- if a -%}\u3000"), " 乙 {% endif -%} 丙"))) == [
        "甲",
        "‹b if a›",
        "乙 ‹b endif›丙",
    ]
    assert texts(marked(p("甲 {% if a %} 乙 {%+ endif +%} 丙"))) == ["甲 ‹b if a› 乙 ‹b endif› 丙"]


def test_dashes_reach_over_empty_paragraphs() -> None:
    tree = marked(p("甲") + p() + p(" ") + p("{%- if a -%}") + p() + p("乙") + p("{% endif %}"))
    assert ["".join(texts(paragraph)) for paragraph in tree] == ["甲 ‹b if a›乙", "‹b endif›"]


def test_what_word_puts_around_names_and_dates_is_dropped() -> None:
    smart = f'<w:smartTag w:uri="u" w:element="e"><w:smartTagPr/>{run("a")}</w:smartTag>'
    data = f'<w:customXml w:uri="u" w:element="e">{p("{{ ", smart, " }}")}</w:customXml>'
    tree = marked(data)
    assert texts(tree) == ["‹v a›"]
    assert [node.tag for node in (tree[0], *tree[0])] == [*map(w, ("p", "r"))]


MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


@pytest.mark.parametrize(("ignorable", "kept"), [("q", "甲"), ("", "乙甲")])
def test_a_choice_goes_with_the_markup_that_it_needs(ignorable: str, kept: str) -> None:
    choices = (
        f'<mc:AlternateContent><mc:Choice Requires="q">{run("乙")}<q:sign/></mc:Choice>'
        f"<mc:Fallback>{run('甲')}</mc:Fallback></mc:AlternateContent>"
    )
    tree = etree.fromstring(
        f'<w:body xmlns:w="{W}" xmlns:mc="{MC}" xmlns:q="urn:new" mc:Ignorable="{ignorable}">'
        f"<w:p>{choices}</w:p></w:body>"
    )
    choose_known(tree)
    assert mark_tags(tree, "a.docx") == []
    assert "".join(tree.itertext(w("t"))) == kept


# --- recorded changes ----------------------------------------------------------------------------


def change(kind: str, text: str) -> str:
    inside = run(text)
    if kind in ("del", "moveFrom"):
        inside = inside.replace("w:t>", "w:delText>").replace("<w:t ", "<w:delText ")
    return f'<w:{kind} w:id="1" w:author="a">{inside}</w:{kind}>'


def test_recorded_insertions_are_read_and_deletions_are_gone() -> None:
    tree = marked(
        p("{{ ", change("del", "旧 }}{{ x"), change("ins", "新"), change("moveFrom", "走"), " }}")
    )
    assert texts(tree) == ["‹v 新›"]
    assert was_revised(tree)
    assert not was_revised(marked(p(change("ins", "新"))))
    assert b"delText" not in etree.tostring(tree)


def test_a_deletion_may_hold_half_a_tag() -> None:
    assert texts(marked(p("甲", change("del", "{{ a"), "乙"))) == ["甲", "乙"]


def test_what_was_moved_stands_where_it_went() -> None:
    marks = '<w:moveToRangeStart w:id="1" w:name="m"/>', '<w:moveToRangeEnd w:id="1"/>'
    tree = marked(p(marks[0], change("moveTo", "{{ a }}"), marks[1]))
    assert [node.tag for node in tree[0]] == [w("r")]


def test_recorded_formats_are_accepted() -> None:
    old = '<w:pPrChange w:id="1" w:author="a"><w:pPr/></w:pPrChange>'
    tree = marked(p(f"<w:pPr><w:jc/><w:rPr><w:ins/></w:rPr>{old}</w:pPr>", "甲"))
    assert [node.tag for node in tree.find(f".//{w('pPr')}").iter()] == [
        *map(w, ("pPr", "jc", "rPr")),
    ]


def test_a_paragraph_that_lost_its_end_goes_on_in_the_next_one() -> None:
    ended = "<w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>"
    tree = marked(p(ended, "{{ a", change("del", "旧")) + p("<w:pPr><w:jc/></w:pPr>", " }}尾"))
    assert texts(tree) == ["‹v a›", "尾"]
    assert [node.tag for node in tree[0]] == [w("pPr"), w("r"), w("r")]
    assert len(tree) == 1


def test_rows_and_cells_that_were_deleted_are_gone() -> None:
    row_mark, cell_mark = "<w:trPr><w:del/></w:trPr>", "<w:tcPr><w:cellDel/></w:tcPr>"
    gone = row("{{ x }}").replace("<w:tr>", f"<w:tr>{row_mark}")
    cut = row("甲", f"<w:tc>{cell_mark}{p('乙')}</w:tc>")
    assert texts(marked(table(["头"]).replace("</w:tbl>", f"{gone}{cut}</w:tbl>"))) == ["头", "甲"]
    whole = table(["x"]).replace("<w:tr>", f"<w:tr>{row_mark}")
    assert len(marked(whole)) == 0


def test_a_statement_that_begins_like_a_prefix_stays() -> None:
    assert texts(marked(p("{% raw_text %}{{ p }}{{ r.x }}"))) == ["‹b raw_text›‹v p›‹v r.x›"]


def test_each_tag_and_paragraph_knows_its_place() -> None:
    tree = marked(p("a") + p("甲{{ b }}") + table(["一", p("二") + p("{{ c }}")]))
    assert [place("", each.get(SPOT)).spot for each in tree.iter(w("p"))] == [
        "body ¶1 “a”",
        "body ¶2 “甲{{ b }}”",
        "body ¶3 (row 1, column 1) “一”",
        "body ¶4 (row 1, column 2) “二”",
        "body ¶5 (row 1, column 2) “{{ c }}”",
    ]
    assert [place("", tag_spot(node)).spot for node in tree.iter(etree.PI)] == [
        "body ¶2 “甲{{ b }}”",
        "body ¶5 (row 1, column 2) “{{ c }}”",
    ]


def test_cells_in_content_controls_are_counted() -> None:
    inner = f"<w:sdt><w:sdtContent>{row('乙')}</w:sdtContent></w:sdt>"
    tree = marked(table(["甲"]).replace("</w:tbl>", f"{inner}</w:tbl>"))
    assert [place("", each.get(SPOT)).spot for each in tree.iter(w("p"))] == [
        "body ¶1 (row 1, column 1) “甲”",
        "body ¶2 (row 2, column 1) “乙”",
    ]


@pytest.mark.parametrize(
    ("root", "spot"),
    [
        ("hdr", "header ¶1 “a”"),
        ("ftr", "footer ¶1 “a”"),
        ("comments", "comments ¶1 “a”"),
    ],
)
def test_a_place_names_its_part_in_words(root: str, spot: str) -> None:
    assert place("", marked(p("a"), root)[0].get(SPOT)).spot == spot


def test_what_parts_notes_from_the_text_is_not_counted() -> None:
    notes = f"<w:footnote w:type='separator'>{p()}</w:footnote><w:footnote>{p('注')}</w:footnote>"
    spots = [each.get(SPOT) for each in marked(notes, "footnotes").iter(w("p"))]
    assert place("", spots[1]).spot == "footnotes ¶1 “注”"


def test_the_paragraphs_of_a_text_box_are_counted_in_it() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{p('一')}{p('二')}</w:txbxContent></w:pict></w:r>"
    assert [place("", each.get(SPOT)).spot for each in marked(p("甲", box) + p()).iter(w("p"))] == [
        "body ¶1 “甲”",
        "text box in the body ¶1 “一”",
        "text box in the body ¶2 “二”",
        "body ¶2",
    ]


def test_a_text_box_has_its_own_paragraphs() -> None:
    inner = p("{{ inner }}")
    box = f"<w:r><w:pict><w:txbxContent>{inner}</w:txbxContent></w:pict></w:r>"
    assert texts(marked(p("{{ a", box, " }}"))) == ["‹v a›", "‹v inner›"]


def test_foreign_instructions_and_indentation_are_dropped() -> None:
    tree = marked("\n  <w:p>\n    <?mso x?><!-- c -->" + run(" a ") + "\n  </w:p>\n")
    assert etree.tostring(tree.find(w("p"))).count(b"\n") == 0
    assert texts(tree) == [" a "]


def test_markup_that_a_part_declares_ignorable_is_dropped() -> None:
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    tree = etree.fromstring(
        f'<w:body xmlns:w="{W}" xmlns:mc="{mc}" xmlns:q="urn:new" mc:Ignorable="q">'
        f'<w:p q:id="1"><q:mark/>{run("a")}</w:p></w:body>'
    )
    assert mark_tags(tree, "a.docx") == []
    assert list(tree[0].attrib) == [SPOT]
    assert [node.tag for node in tree[0].iter()] == [w("p"), w("r"), w("t")]


def test_texts_of_document_properties_print_plainly() -> None:
    tree = etree.fromstring("<a><title>{{ title }}</title></a>")
    assert mark_tags(tree, "a.docx") == []
    assert tag_code(tree[0][0]) == "(title) | plain"


def test_a_tag_that_is_never_closed_is_named_at_its_paragraph() -> None:
    assert problems(p("a") + p("{{ b ", bold("}")) + p("{% if c }}")) == [
        "a.docx: body ¶2 “{{ b }”: T001 “{{” is never closed (did you mean “{{ b }}”?)",
        "a.docx: body ¶3 “{% if c }}”: T001 “{%” is never closed (did you mean “{% if c %}”?)",
    ]


def test_the_end_of_a_compiled_tag_cannot_stand_in_one() -> None:
    assert problems(p("{{ '?>' }}")) == [
        "a.docx: body ¶1 “{{ '?>' }}”: T003 “?>” cannot stand in a tag (put it into a value)"
    ]


def test_markup_of_others_that_no_part_declares_ignorable_is_a_problem() -> None:
    strange = '<q:x xmlns:q="urn:new"/><q:y xmlns:q="urn:new"/>'
    root = etree.fromstring(
        f'<w:body xmlns:w="{W}">{p("甲")}<w:p><w:r>{strange}</w:r></w:p></w:body>'
    )
    assert [briefly(NoticeError([each])) for each in mark_tags(root, "a.docx")] == [
        "a.docx: body ¶2: T029 “x” is no markup that Word knows "
        "(open the template in Word and save it again)"
    ]
