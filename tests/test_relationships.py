"""Link targets that hold tags: another one on each pass, in every part; and what is refused."""

from __future__ import annotations

import io
import pickle

import docx
import pytest
from builders import briefly, compiled, docx_parts, part, rendered, zipped

from generator import NoticeError
from generator.package import read_parts, relationships
from generator.runtime.relationships import link_target
from generator.runtime.values import ValueRefused

WORD = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def link(text: str, id: str = "go") -> str:
    return f'<w:hyperlink r:id="{id}"><w:r><w:t>{text}</w:t></w:r></w:hyperlink>'


def linked(*blocks: str, go: str, header: str = "") -> bytes:
    """A document whose relationship `go` leads to the target *go*, in body and header."""
    parts = docx_parts(*blocks, header=header)
    entry = f'<Relationship Id="go" Type="{WORD}" Target="{go}" TargetMode="External"/>'
    own = parts["word/_rels/document.xml.rels"]
    parts["word/_rels/document.xml.rels"] = own.replace("</R", entry + "</R")
    if header:
        empty = own[: own.index("<Relationship ")] + entry + "</Relationships>"
        parts["word/_rels/header1.xml.rels"] = empty
    return zipped(parts)


def targets(document: bytes) -> list[str]:
    opened = docx.Document(io.BytesIO(document))
    return [link.address for p in opened.paragraphs for link in p.hyperlinks]


def p(*content: str) -> str:
    return f"<w:p>{''.join(content)}</w:p>"


@pytest.mark.parametrize(
    "target",
    ["{{ url }}", "%7B%7B%20url%20%7D%7D", "%7b%7burl%7d%7d", "http://{{ url }}", "{{ “” ~ url }}"],
)
def test_a_target_may_be_a_tag_however_word_keeps_it(target: str) -> None:
    document = rendered(compiled(linked(p(link("见")), go=target)), url="https://x.cn/a?b=1&c=2")
    assert targets(document) == ["https://x.cn/a?b=1&c=2"]


def test_a_target_differs_on_each_pass_of_a_loop_and_equal_ones_are_one() -> None:
    template = compiled(
        linked("{% for u in us %}", p(link("见{{ u }}")), "{% endfor %}", go="https://x.cn/{{ u }}")
    )
    document = rendered(template, us=["a", "乙", "a"])
    assert targets(document) == ["https://x.cn/a", "https://x.cn/%E4%B9%99", "https://x.cn/a"]
    found = [r for r in relationships(read_parts(document, ""), "word/document.xml") if r.external]
    assert [r.id for r in found] == ["value1", "value2"]
    assert rendered(template, us=["a", "乙", "a"]) == document


def test_a_header_has_links_of_its_own() -> None:
    data = linked("甲", go="{{ url }}", header=p(link("见")))
    document = rendered(compiled(data), url="mailto:a@x.cn")
    assert 'Target="mailto:a@x.cn"' in part(document, "word/_rels/header1.xml.rels")
    assert "hyperlink" not in part(document, "word/_rels/document.xml.rels")
    assert docx.Document(io.BytesIO(document)).sections[0].header.paragraphs[0].text == "见"


def test_a_target_without_tags_stays_as_it_is() -> None:
    template = compiled(linked(p(link("{{ a }}")), go="https://x.cn/%E4%B9%99"))
    assert template.relationships is None
    assert targets(rendered(template, a="甲")) == ["https://x.cn/%E4%B9%99"]


def test_a_link_without_tags_comes_along_into_the_template_that_it_extends() -> None:
    child = linked(
        "{% extends 'base' %}{% block a %}", p(link("见")), "{% endblock %}", go="https://x.cn"
    )
    template = compiled(
        child, base=zipped(docx_parts("甲", "{% block a %}", "乙", "{% endblock %}"))
    )
    document = rendered(template)
    assert targets(document) == ["https://x.cn"]


def test_the_values_of_targets_are_variables() -> None:
    template = compiled(linked(p(link("见")), go="https://x.cn/{{ page.id }}"))
    assert template.variables == {"page.id"}


def test_a_template_with_links_can_be_kept() -> None:
    template = compiled(linked(p(link("见")), go="{{ url }}"))
    again = pickle.loads(pickle.dumps(template))
    assert rendered(again, url="https://x.cn") == rendered(template, url="https://x.cn")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "ftp://x.cn",
        "file:///etc/passwd",
        "",
        "x",
        "https://",
        "//x.cn",
        "data:,a",
    ],
)
def test_other_schemes_are_refused_at_their_place(url: str) -> None:
    template = compiled(linked("甲", p(link("见")), go="{{ url }}"))
    with pytest.raises(NoticeError) as caught:
        rendered(template, url=url)
    assert briefly(caught.value) == (
        f"template.docx: body ¶2: T403 a link leads to http://, https:// or mailto:, not to “{url}”"
    )


@pytest.mark.parametrize(
    ("value", "target"),
    [
        ("https://x.cn", "https://x.cn"),
        (" HTTPS://x.cn/甲 乙 ", "HTTPS://x.cn/%E7%94%B2%20%E4%B9%99"),
        ('https://x.cn/"<a>\n', "https://x.cn/%22%3Ca%3E"),
        ("mailto:a@x.cn?subject=x", "mailto:a@x.cn?subject=x"),
        ("http://https://x.cn", "https://x.cn"),
        ("http://mailto:a@x.cn", "mailto:a@x.cn"),
    ],
)
def test_a_target_is_written_as_an_address(value: str, target: str) -> None:
    assert link_target(value) == target


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (None, "a link has no target"),
        ("https://x.cn/" + "a" * 2000, "the target of a link is too long"),
        ("https://x.cn/\ud800", "“https://x.cn/\ud800” is no target of a link"),
        ([], "a list or a mapping stands where text belongs"),
    ],
)
def test_what_is_no_target_is_refused(value: object, reason: str) -> None:
    with pytest.raises(ValueRefused) as caught:
        link_target(value)
    assert str(caught.value) == reason


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("{{ url", "T001 “{{” is never closed (add “}}”)"),
        (
            "{% if a %}x{% endif %}",
            "T022 “{% if a %}” cannot stand in an attribute, which holds only values "
            "(write the condition into the value: “{{ a if b else c }}”)",
        ),
        ("{{ url | nothing }}", "T017 there is no filter “nothing”"),
    ],
)
def test_a_faulty_tag_in_a_target_is_told_where_its_link_stands(target: str, said: str) -> None:
    with pytest.raises(NoticeError) as caught:
        compiled(linked("甲", p(link("见")), go=target))
    assert f"template.docx: body ¶2: {said}" in briefly(caught.value)


def test_no_template_can_write_what_the_compiler_writes() -> None:
    for tag in (
        "{{ 1 | in_run(0) }}",
        "{{ 'https://x.cn' | link_target }}",
        "{{ 1 | part_begins }}",
    ):
        with pytest.raises(NoticeError) as caught:
            compiled(zipped(docx_parts(tag)))
        assert "T017 there is no filter" in briefly(caught.value)


def test_relationships_that_are_no_xml_are_told() -> None:
    parts = docx_parts("甲") | {"word/_rels/document.xml.rels": "<no"}
    with pytest.raises(NoticeError) as caught:
        compiled(zipped(parts))
    assert "T002 the part word/_rels/document.xml.rels is not well-formed XML" in str(caught.value)
