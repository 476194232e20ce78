"""Values made in Python that are more than text: styled text, paragraphs, a page break."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from builders import briefly, compiled, docx_with, part, rendered
from docx.document import Document
from docx.shared import Pt, RGBColor
from structure import faults
from workspaces import VALUES, note_workspace

from generator import NoticeError, content, open_library
from generator.compiler.patterns import Patterns
from generator.problems import Location
from generator.schema import Schema

BOLD = '<w:p><w:r><w:rPr><w:b/><w:sz w:val="30"/></w:rPr><w:t>甲{{ a }}乙</w:t></w:r></w:p>'


def opened(*blocks: str, **values: object) -> Document:
    document = rendered(compiled(*blocks), **values)
    assert faults(document) == []
    return docx.Document(io.BytesIO(document))


def refused(*blocks: str, **values: object) -> str:
    with pytest.raises(NoticeError) as caught:
        rendered(compiled(*blocks), **values)
    return briefly(caught.value).removeprefix("template.docx: body ¶1: T403 ")


def test_styled_text_looks_as_the_tag_around_it_but_for_what_it_says() -> None:
    styled = content.text(
        "红", bold=False, color="c00000", size=16, font="黑体", latin="Arial", underline=True
    )
    before, run, after = (r for r in opened(BOLD, a=styled).paragraphs[0].runs if r.text)
    assert (before.text, run.text, after.text) == ("甲", "红", "乙")
    assert (before.bold, run.bold, after.bold) == (True, False, True)
    assert (before.font.size, run.font.size, after.font.size) == (Pt(15), Pt(16), Pt(15))
    assert run.font.color.rgb == RGBColor(0xC0, 0, 0)
    assert (run.font.name, run.underline, run.italic) == ("Arial", True, None)
    assert run._r.rPr.rFonts.get(docx.oxml.ns.qn("w:eastAsia")) == "黑体"


def test_the_properties_of_a_run_keep_the_order_of_the_schema() -> None:
    own = '<w:rStyle w:val="x"/><w:i/><w:color w:val="00FF00"/><w:lang w:val="zh-CN"/>'
    block = f"<w:p><w:r><w:rPr>{own}</w:rPr><w:t>{{{{ a }}}}</w:t></w:r></w:p>"
    styled = content.text("红", underline=True, size=9, bold=True, color="C00000", font="宋体")
    run = next(r for r in opened(block, a=styled).paragraphs[0].runs if r.text)
    names = [child.tag.rpartition("}")[2] for child in run._r.rPr]
    assert names == "rStyle rFonts b bCs i color sz szCs u lang".split()


def test_a_link_is_a_field_that_needs_no_relationship() -> None:
    template = compiled("见{{ a }}。")
    assert template.relationships is None
    document = rendered(template, a=content.text("网<站", link='https://x.cn/?a=1&b="'))
    instruction = ' HYPERLINK "https://x.cn/?a=1&amp;b=%22" '
    assert f'<w:instrText xml:space="preserve">{instruction}</w:instrText>' in part(document)
    found = docx.Document(io.BytesIO(document)).paragraphs[0]
    kinds = [c.get(docx.oxml.ns.qn("w:fldCharType")) for c in found._p.xpath(".//w:fldChar")]
    assert (found.text, kinds) == ("见网<站。", ["begin", "separate", "end"])


def test_texts_join_in_a_line() -> None:
    line = content.join(["一<\n", content.text("二", bold=True), content.join(["三", None]), 4])
    found = opened("{{ a }}", a=line).paragraphs[0]
    assert found.text == "一<\n二三4"
    assert [run.text for run in found.runs if run.bold] == ["二"]


def test_several_paragraphs_are_like_the_one_of_their_tag() -> None:
    block = (
        '<w:p><w:pPr><w:jc w:val="center"/></w:pPr>'
        "<w:r><w:rPr><w:b/></w:rPr><w:t>{{ a }}</w:t></w:r></w:p>"
    )
    lines = content.paragraphs(["一", content.text("二", italic=True), ""])
    found = opened("甲", block, "乙", a=lines).paragraphs
    assert [p.text for p in found] == ["甲", "一", "二", "", "乙"]
    assert [p.alignment for p in found] == [None, 1, 1, 1, None]
    assert [run.bold for p in found[1:3] for run in p.runs if run.text] == [True, True]


def test_paragraphs_stand_in_cells_headers_and_loops_too() -> None:
    loop = ("{% for a in xs %}", "{{ a }}", "{% endfor %}")
    lines = content.paragraphs(["一", "二"])
    assert [p.text for p in opened(*loop, xs=[lines, "三"]).paragraphs] == ["一", "二", "三"]
    document = rendered(compiled(docx_with("甲", header="{{ a }}")), a=lines)
    header = docx.Document(io.BytesIO(document)).sections[0].header
    assert [p.text for p in header.paragraphs] == ["一", "二"]


def test_a_bookmark_and_a_comment_beside_the_tag_are_no_text() -> None:
    block = (
        '<w:p><w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>'
        "<w:r><w:t>{{ a }}{# 注 #}</w:t></w:r></w:p>"
    )
    assert len(opened(block, a=content.paragraphs(["一", "二"])).paragraphs) == 2


@pytest.mark.parametrize("block", ["甲{{ a }}", "{% if a %}{{ a }}{% endif %}", "{{ a }}{{ a }}"])
def test_several_paragraphs_in_a_line_are_refused(block: str) -> None:
    assert refused(block, a=content.paragraphs(["一", "二"])) == (
        "several paragraphs need a paragraph that holds nothing but their tag"
    )


def test_a_page_break_is_one() -> None:
    found = opened("甲{{ a }}乙", a=content.PAGE_BREAK).paragraphs[0]
    [sign] = found._p.xpath(".//w:br")
    assert (found.text.split(), sign.get(docx.oxml.ns.qn("w:type"))) == (["甲乙"], "page")


def test_a_link_in_a_link_is_refused() -> None:
    block = '<w:p><w:hyperlink w:anchor="x"><w:r><w:t>{{ a }}</w:t></w:r></w:hyperlink></w:p>'
    assert refused(block, a=content.text("甲", link="https://x.cn")) == (
        "a link cannot stand inside another one"
    )
    assert opened(block, a=content.text("甲", bold=True)).paragraphs[0].text == "甲"


def test_as_plain_text_it_is_its_words() -> None:
    styled = content.join(["甲", content.text("乙", bold=True)])
    where = {"title": Location("")}
    assert Patterns({"title": "关于{{ a }}"}, where).render({"a": styled}) == {"title": "关于甲乙"}
    assert opened("{{ a ~ '丙' }}{{ a | replace('甲', '丁') }}", a=styled).paragraphs[0].text == (
        "甲乙丙丁乙"
    )
    assert refused("{% set b %}{{ a }}{% endset %}{{ b }}", a=styled) == (
        "only plain text can stand here"
    )


def test_styled_text_is_data_like_any_other() -> None:
    tricks = content.text("</w:t>{{ 1 }}<?v x ?>&lt;", bold=True, font='"/><w:b/>')
    assert opened("{{ a }}", a=tricks).paragraphs[0].text == "</w:t>{{ 1 }}<?v x ?>&lt;"
    assert refused("{{ a }}", a=content.text("\x01", bold=True)) == (
        "the character U+0001 cannot stand in a document"
    )


def test_a_template_reaches_nothing_but_the_text() -> None:
    with pytest.raises(NoticeError) as caught:
        rendered(compiled("{{ a.printed(('', '', False)) }}"), a=content.text("甲", bold=True))
    assert "T010" in briefly(caught.value)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (
            lambda: content.text("甲", color="red"),
            "a colour is six hexadecimal digits such as C00000, not “red”",
        ),
        (lambda: content.text("甲", size=0), "a size is 0.5 to 1638 points, not 0"),
        (
            lambda: content.text("甲", latin="Arial"),
            "“latin” is the typeface of letters beside “font”, which is missing",
        ),
        (
            lambda: content.text("甲", link="javascript:x"),
            "a link leads to http://, https:// or mailto:, not to “javascript:x”",
        ),
    ],
)
def test_what_cannot_be_is_refused_at_once(make: Callable[[], object], reason: str) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        make()
    assert str(caught.value) == reason


def test_only_texts_are_joined() -> None:
    for make in (content.join, content.paragraphs):
        with pytest.raises(TypeError, match="text or styled text is wanted, not dict"):
            make([{}])
        with pytest.raises(TypeError, match="text or styled text is wanted, not Paragraphs"):
            make([content.paragraphs([])])


def test_the_same_values_give_the_same_bytes() -> None:
    template = compiled("{{ a }}")
    value = content.paragraphs([content.text("甲", bold=True), "乙"])
    assert rendered(template, a=value) == rendered(template, a=value)


def held(definition: dict[str, object], value: object) -> str:
    """What a schema says of *value*."""
    schema = Schema({"properties": {"note": {"title": "附注", "type": "string", **definition}}})
    try:
        values = schema.check({"note": value})
    except NoticeError as error:
        return str(error)
    assert values["note"] is value
    return "fits"


def test_styled_text_stands_where_a_schema_asks_for_text() -> None:
    value = content.join(["请于", content.text("3月10日", bold=True), "前答复"])
    for definition in (
        {},
        {"maxLength": 10},
        {"pattern": "^请于"},
        {"enum": ["请于3月10日前答复"]},
    ):
        assert held(definition, value) == "fits"
    assert held({"anyOf": [{"pattern": "答复$"}, {"maxLength": 1}]}, value) == "fits"
    assert held({}, content.paragraphs(["甲", content.PAGE_BREAK])) == "fits"


@pytest.mark.parametrize(
    ("definition", "said"),
    [
        ({"maxLength": 2}, "D108 “附注” has 3 character(s) (at most 2)"),
        (
            {"pattern": "^乙"},
            "D109 “附注” has not the form that it needs: “甲乙丙” (it must match ^乙)",
        ),
        ({"enum": ["甲"]}, "D106 “附注” cannot be “甲乙丙” (did you mean “甲”?)"),
        ({"const": "甲"}, "D111 “附注” cannot be “甲乙丙” (write “甲”)"),
        ({"format": "uri"}, "D109 “甲乙丙” is not a web address"),
        ({"not": {"maxLength": 3}}, "D119 “附注” is not as its schema asks (not)"),
        ({"format": "date"}, "D103 “附注” needs a date, but styled text stands here"),
        ({"type": "integer"}, "D103 “附注” needs a whole number, but styled text stands here"),
    ],
)
def test_rules_of_a_schema_are_held_to_the_words_of_styled_text(
    definition: dict[str, object], said: str
) -> None:
    value = content.join([content.text("甲", bold=True), "乙丙"])
    assert held(definition, value) == f"note: {said}"


def test_words_of_one_length_are_told_apart_by_their_places() -> None:
    schema = Schema(
        {
            "properties": {
                "notes": {
                    "title": "附注",
                    "type": "array",
                    "items": {"title": "注", "maxLength": 1},
                },
                "seal": {"title": "印章", "format": "picture", "anyOf": [{"minLength": 2}]},
            }
        }
    )
    assert schema.check({"notes": [content.text("甲")], "seal": b""})["seal"] == b""


def test_styled_text_passes_a_template_with_a_schema(tmp_path: Path) -> None:
    library = open_library(note_workspace(tmp_path), keep=False)
    value = content.join(["清运", content.text("残雪", bold=True)])
    document = library.template("note", "city").render(VALUES | {"topic": value})
    printed = docx.Document(io.BytesIO(document))
    assert printed.core_properties.title == "关于清运残雪的通知"
    assert [r.text for p in printed.paragraphs for r in p.runs if r.bold and r.text == "残雪"]
