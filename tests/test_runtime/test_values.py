"""Values become run content in one place."""

from __future__ import annotations

from decimal import Decimal

import pytest
from builders import compiled, failure, part, printed, rendered
from markupsafe import Markup

from generator.runtime.values import (
    Fragment,
    ValueRefused,
    attribute,
    plain,
    plain_text,
    run_text,
    said,
    text_of,
)

BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
HYPHEN = '</w:t><w:noBreakHyphen/><w:t xml:space="preserve">'
TAB = '</w:t><w:tab/><w:t xml:space="preserve">'


@pytest.mark.parametrize(
    ("value", "content"),
    [
        ("文", "文"),
        ("a<b>&c", "a&lt;b&gt;&amp;c"),
        ("]]>", "]]&gt;"),
        ("a\nb", f"a{BREAK}b"),
        ("a\r\nb\rc", f"a{BREAK}b{BREAK}c"),
        ("电话0000-0000021。", f"电话0000{HYPHEN}0000021。"),
        ("010-12345678、2005-03-09", f"010{HYPHEN}12345678、2005-03-09"),
        ("20050-1234567-1", "20050-1234567-1"),
        ("a\tb", f"a{TAB}b"),
        ("\u2028\x85\u00a0", "\u2028\x85\u00a0"),
        ("{{ a }}<?v b ?>", "{{ a }}&lt;?v b ?&gt;"),
        (None, ""),
        (3, "3"),
        (Decimal("98.50"), "98.50"),
        (True, "true"),
        (False, "false"),
        (Markup("</w:p>"), "&lt;/w:p&gt;"),
        (Fragment("<w:br/>"), "<w:br/>"),
    ],
)
def test_a_value_is_escaped_run_content(value: object, content: str) -> None:
    assert run_text(value) == content


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ([1], "a list or a mapping stands where text belongs"),
        ({}, "a list or a mapping stands where text belongs"),
        ((), "a list or a mapping stands where text belongs"),
        ({1}, "a list or a mapping stands where text belongs"),
        (len, "a function stands where text belongs"),
        ("a\x00", "the character U+0000 cannot stand in a document"),
        ("\ud800", "the character U+D800 cannot stand in a document"),
        ("\uffff", "the character U+FFFF cannot stand in a document"),
        ("\x1b", "the character U+001B cannot stand in a document"),
    ],
)
def test_what_cannot_stand_in_a_document_is_refused(value: object, reason: str) -> None:
    with pytest.raises(ValueRefused) as caught:
        run_text(value)
    assert str(caught.value) == reason


@pytest.mark.parametrize("text", ["a<b>&amp;", "a\nb\tc", "&#10;", "&lt;", "", "\n\n"])
def test_what_a_set_block_captured_is_the_text_again(text: str) -> None:
    assert text_of(run_text(text)) == text


def test_an_attribute_is_escaped_for_its_quotes_and_rounded_to_a_measure() -> None:
    assert plain('"<\n') == "&quot;&lt;&#10;"
    assert (plain(None), plain(1.5), attribute(1.5), attribute("1.5")) == ("", "1.5", "2", "1.5")
    with pytest.raises(ValueRefused):
        plain("\0")


def test_a_plain_text_holds_no_list() -> None:
    assert (plain_text(None), plain_text("a<"), said(2)) == ("", "a<", "2")
    with pytest.raises(ValueRefused):
        plain_text([])


def test_values_are_never_read_as_tags_or_xml() -> None:
    tricks = ["{{ 1 + 1 }}", "{% if %}", "<?v x ?>", "</w:t>", "&lt;", "<!-- -->", "**b**"]
    for trick in tricks:
        assert printed("{{ a }}", a=trick) == [trick]
        assert printed("{% set b = a ~ '' %}{{ b }}", a=trick) == [trick]
        assert printed("{% set b %}{{ a }}{% endset %}{{ b }}", a=trick) == [trick]


def test_a_value_that_asks_to_be_escaped_is_escaped_once() -> None:
    assert printed("{{ a | e }}{{ a | escape }}", a="<&\n>") == ["<&\n><&\n>"]


def test_a_value_in_an_attribute_stays_in_it() -> None:
    block = '<w:p><w:pPr><w:ind w:left="{{ x }}"/></w:pPr></w:p>'
    assert '<w:ind w:left="&quot;/&gt;"/>' in part(rendered(compiled(block), x='"/>'))
    assert '<w:ind w:left="3"/>' in part(rendered(compiled(block), x=2.6))


def test_the_field_that_cannot_be_printed_is_named_at_its_paragraph() -> None:
    assert failure("甲", "{{ a }}", a="\x01") == (
        "template.docx: body ¶2: T403 the character U+0001 cannot stand in a document"
    )
