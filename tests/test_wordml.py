"""Trees with tags, and their source."""

from __future__ import annotations

from typing import Any

import pytest
from builders import R, W
from lxml import etree

from generator.wordml import (
    SPOT,
    Source,
    is_tag,
    make,
    make_text,
    qualified,
    remove,
    tag_code,
    tag_node,
    tag_spot,
    tags_in,
    w,
)

MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def content(xml: str) -> str:
    """The source of what stands in `<w:body>`, read from *xml*."""
    source = Source()
    source.put_content(etree.fromstring(f'<w:body xmlns:w="{W}" xmlns:r="{R}">{xml}</w:body>'))
    return source.text


def test_names_are_made_of_prefixes() -> None:
    assert qualified("w:p") == w("p") == f"{{{W}}}p"
    with pytest.raises(KeyError):
        qualified("nobody:p")


def test_an_element_is_made_of_prefixed_names() -> None:
    made = make("w:jc", {"w:val": "center", "plain": "1"}, text="a")
    assert (made.tag, dict(made.attrib)) == (w("jc"), {w("val"): "center", "plain": "1"})
    assert made.text == "a"


def test_a_tag_node_knows_its_code_and_its_place() -> None:
    node = tag_node("b", "  for x in y ", "body ¶5")
    assert is_tag(node)
    assert (node.target, tag_code(node), tag_spot(node)) == (
        "b",
        "for x in y",
        "body ¶5",
    )


def test_foreign_instructions_are_no_tags() -> None:
    root = etree.fromstring("<a><?mso x?><!-- v --></a>")
    assert not any(map(is_tag, root))
    assert list(tags_in(root)) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<a>1<b/>2</a>", "<a>12</a>"),
        ("<a><c/>1<b/>2</a>", "<a><c/>12</a>"),
        ("<a><b/></a>", "<a/>"),
    ],
)
def test_what_is_removed_leaves_the_text_after_it(before: str, after: str) -> None:
    root = etree.fromstring(before)
    remove(root.find("b"))
    assert etree.tostring(root).decode() == after


def test_tags_become_jinja_delimiters_and_text_is_escaped() -> None:
    text = make_text("a<b&", tag_node("v", 'x > "y"'))
    text[0].tail = "{{ }}"
    source = Source()
    source.put_content(make("w:body", None, make("w:p", None, make("w:r", None, text))))
    assert source.text == (
        '<w:p><w:r><w:t xml:space="preserve">a&lt;b&amp;<?v x > "y" ?>{{ }}</w:t></w:r></w:p>\n'
    )


@pytest.mark.parametrize("code", ["-1", "+x"])
def test_a_sign_that_begins_a_tag_is_not_white_space_control(code: str) -> None:
    source = Source()
    source.put_content(make("w:t", None, tag_node("v", code)))
    assert source.text == f"<?v  {code} ?>"


def test_each_paragraph_is_a_line_that_knows_its_place() -> None:
    body = make("w:body")
    for number in (1, 2):
        paragraph = make("w:p")
        paragraph.set(SPOT, f"¶{number}")
        body.append(paragraph)
    body.insert(1, tag_node("b", "if a\nb", "¶9"))
    source = Source()
    source.put_content(body)
    assert source.text == "<w:p/>\n<?b if a b ?>\n<w:p/>\n"
    assert source.spots == ["¶1", "¶9", "¶2", "¶2"]


def test_line_ends_in_text_do_not_move_the_lines() -> None:
    assert content('<w:t xml:space="preserve">a\nb</w:t>') == (
        '<w:t xml:space="preserve">a&#10;b</w:t>'
    )


def test_prefixes_are_canonical_whatever_the_part_used() -> None:
    source = Source()
    source.put_tree(etree.fromstring(f'<x:p xmlns:x="{W}" x:val="a"/>'))
    assert source.text.split("\n")[1] == f'<w:p xmlns:w="{W}" w:val="a"/>'


def test_the_namespace_lists_of_alternatives_are_canonical_too() -> None:
    wps = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    xml = (
        f'<m:AlternateContent xmlns:m="{MC}"><m:Choice xmlns:q="{wps}" Requires="q"/>'
        "</m:AlternateContent>"
    )
    assert content(xml) == '<mc:AlternateContent><mc:Choice Requires="wps"/></mc:AlternateContent>'


def test_revision_ids_and_lists_of_ignorable_markup_are_dropped() -> None:
    w14 = "http://schemas.microsoft.com/office/word/2010/wordml"
    xml = f'<w:p xmlns:w14="{w14}" xmlns:mc="{MC}" mc:Ignorable="w14" w14:paraId="1" w:rsidR="2"/>'
    assert content(xml) == "<w:p/>\n"


def test_a_part_declares_every_namespace_that_a_block_may_bring() -> None:
    source = Source()
    source.put_tree(make("w:document", None, make("w:body")))
    root = etree.fromstring(source.text.encode())
    assert {"w", "r", "wp", "mc", "w14"} <= set(root.nsmap)
    assert root.get(qualified("mc:Ignorable")) == "w14 w15 wp14"


def test_an_attribute_may_have_ready_text() -> None:
    def ready(element: Any, key: str, value: str) -> str | None:
        return "<?v x ?>" if value == "{{ x }}" else None

    source = Source(ready)
    source.put_content(make("w:pPr", None, make("w:jc", {"w:val": "{{ x }}", "w:b": '"<\n'})))
    assert source.text == '<w:jc w:val="<?v x ?>" w:b="&quot;&lt;&#10;"/>'
