"""Tags that people typed in Word become nodes of the tree."""

from __future__ import annotations

from typing import Any

import pytest
from builders import R, W, bold, p, run
from lxml import etree

from generator.tags import mark_tags
from generator.wordml import SPOT, is_tag, tag_code, tag_spot, w


def marked(xml: str, root: str = "body") -> Any:
    tree = etree.fromstring(f'<w:{root} xmlns:w="{W}" xmlns:r="{R}">{xml}</w:{root}>')
    assert mark_tags(tree, "word/document.xml", "a.docx") == []
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
    return list(map(str, mark_tags(tree, "word/document.xml", "a.docx")))


def test_a_tag_in_a_run_becomes_a_node() -> None:
    assert texts(marked(p("截至{{ date }}止"))) == ["截至‹v date›止"]


def test_a_split_tag_moves_into_the_run_where_it_starts() -> None:
    assert texts(marked(p("截至{", bold("{ 日期"), "}", run("}止")))) == [
        "截至‹v 日期›",
        "",
        "",
        "止",
    ]


def test_several_tags_may_share_pieces_of_runs() -> None:
    assert texts(marked(p("{{ a }", "}{", "{ b }}"))) == ["‹v a›", "‹v b›", ""]


def test_spelling_marks_and_printed_page_breaks_do_not_part_a_tag() -> None:
    xml = f'<w:p>{run("{{ a")}<w:proofErr w:type="spellStart"/>{run(" }}")}</w:p>'
    tree = marked(xml)
    assert texts(tree) == ["‹v a›", ""]
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


@pytest.mark.parametrize("hint", ["p", "tr", "tc", "r"])
def test_prefixes_of_docxtpl_are_hints_that_are_not_needed(hint: str) -> None:
    assert texts(marked(p(f"{{%{hint} for x in y %}}"))) == ["‹b for x in y›"]


def test_a_statement_that_begins_like_a_prefix_stays() -> None:
    assert texts(marked(p("{% raw_text %}{{ p }}{{ r.x }}"))) == ["‹b raw_text›‹v p›‹v r.x›"]


def test_each_tag_and_paragraph_knows_its_place() -> None:
    tree = marked(p("a") + p("{{ b }}"))
    assert [paragraph.get(SPOT) for paragraph in tree] == [
        "word/document.xml ¶1",
        "word/document.xml ¶2",
    ]
    assert [tag_spot(node) for node in tree.iter(etree.PI)] == ["word/document.xml ¶2"]


def test_a_text_box_has_its_own_paragraphs() -> None:
    inner = p("{{ inner }}")
    box = f"<w:r><w:pict><w:txbxContent>{inner}</w:txbxContent></w:pict></w:r>"
    assert texts(marked(p("{{ a", box, " }}"))) == ["‹v a›", "‹v inner›", ""]


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
    assert mark_tags(tree, "word/document.xml", "a.docx") == []
    assert list(tree[0].attrib) == [SPOT]
    assert [node.tag for node in tree[0].iter()] == [w("p"), w("r"), w("t")]


def test_texts_of_document_properties_print_plainly() -> None:
    tree = etree.fromstring("<a><title>{{ title }}</title></a>")
    assert mark_tags(tree, "docProps/core.xml", "a.docx") == []
    assert tag_code(tree[0][0]) == "title | plain"


def test_a_tag_that_is_never_closed_is_named_at_its_paragraph() -> None:
    assert problems(p("a") + p("{{ b ", bold("}")) + p("{% if c }}")) == [
        "a.docx: word/document.xml ¶2: T001 “{{” is never closed (did you mean “{{ b }}”?)",
        "a.docx: word/document.xml ¶3: T001 “{%” is never closed (did you mean “{% if c %}”?)",
    ]


def test_the_end_of_a_compiled_tag_cannot_stand_in_one() -> None:
    assert problems(p("{{ '?>' }}")) == [
        "a.docx: word/document.xml ¶1: T003 “?>” cannot stand in a tag (put it into a value)"
    ]
