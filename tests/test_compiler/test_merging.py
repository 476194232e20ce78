"""What a Word template brings along into the package of another one, judged by the document."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import pytest
from builders import (
    HEAD,
    RELATIONSHIPS,
    R,
    W,
    cell,
    compiled,
    docx_parts,
    image,
    joined_to,
    p,
    paragraphs,
    part,
    refusal,
    rendered,
    run,
    table,
    zipped,
)
from lxml import etree
from structure import faults

from generator.package import relationships
from generator.runtime.compiled import CompiledTemplate
from generator.wordml import NAMESPACES

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
V = "urn:schemas-microsoft-com:vml"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
EXTENDS, BLOCK, END = '{% extends "parent" %}', "{% block body %}", "{% endblock %}"
OUTER = ("头", BLOCK, "原文", END, "尾")


def line(*content: str, properties: str = "") -> str:
    """A paragraph of WordprocessingML."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(content)}</w:p>"


def styled(text: str, style: str) -> str:
    return line(run(text), properties=f'<w:pStyle w:val="{style}"/>')


def related(members: dict[str, str], *entries: str, of: str = "document") -> dict[str, str]:
    """*members*, a part of which has these relationships more: `id kind target`."""
    name = f"word/_rels/{of}.xml.rels"
    own = members.get(name, f'{HEAD}<Relationships xmlns="{RELATIONSHIPS}"></Relationships>')
    more = ""
    for entry in entries:
        id, kind, target = entry.split()
        mode = ' TargetMode="External"' if ":" in target or "#" in target else ""
        more += f'<Relationship Id="{id}" Type="{R}/{kind}" Target="{target}"{mode}/>'
    return {**members, name: own.replace("</Relationships>", f"{more}</Relationships>")}


def with_pictures(members: dict[str, str], **pictures: str) -> dict[str, str]:
    """*members* with pictures, each of an `id` and a text for its bytes."""
    types = members["[Content_Types].xml"]
    png = '<Default Extension="png" ContentType="image/png"/></Types>'
    grown = related(members, *(f"{id} image media/{id}.png" for id in pictures))
    media = {f"word/media/{id}.png": data for id, data in pictures.items()}
    return {**grown, **media, "[Content_Types].xml": types.replace("</Types>", png)}


def with_styles(members: dict[str, str], *styles: str) -> dict[str, str]:
    own = members["word/styles.xml"]
    return {
        **members,
        "word/styles.xml": own.replace("</w:styles>", f"{''.join(styles)}</w:styles>"),
    }


def style(id: str, name: str, inside: str = "", type: str = "paragraph") -> str:
    return f'<w:style w:type="{type}" w:styleId="{id}"><w:name w:val="{name}"/>{inside}</w:style>'


def drawing(id: str, number: int = 1) -> str:
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{WP}"><wp:docPr id="{number}" name="图"/>'
        f'<a:blip xmlns:a="{A}" r:embed="{id}"/></wp:inline></w:drawing></w:r>'
    )


def child(*blocks: str) -> dict[str, str]:
    """The members of a template that extends `parent` and gives its block `body`."""
    return docx_parts(EXTENDS, BLOCK, *blocks, END)


def outer(*blocks: str, header: str = "") -> dict[str, str]:
    return docx_parts(*(blocks or OUTER), header=header)


def merged(inner: Mapping[str, str], parent: Mapping[str, str], **others: Any) -> CompiledTemplate:
    return compiled(zipped(inner), parent=zipped(parent), **others)


def printed(template: CompiledTemplate, **values: Any) -> bytes:
    """The document that *template* makes, which is whole."""
    document = rendered(template, **values)
    assert faults(document) == []
    return document


def tree(document: bytes, name: str = "document") -> Any:
    return etree.fromstring(part(document, f"word/{name}.xml").encode())


def attributes(root: Any, name: str, key: str = "val") -> list[str]:
    """An attribute of each element of a name, in order; both `w:`, unless they say otherwise."""
    space = "" if ":" in name or name.startswith("{") else f"{{{W}}}"
    key = f"{{{W}}}{key}" if space else key
    return [node.get(key) for node in root.iter(f"{space}{name}")]


def members_of(document: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pictured(document: bytes, name: str = "document") -> list[str]:
    """What each picture of a part shows, through its relationships."""
    members = members_of(document)
    targets = {link.id: link.target for link in relationships(members, f"word/{name}.xml")}
    return [
        members[targets[node.get(f"{{{R}}}{key}")]].decode()
        for tag, key in ((f"{{{A}}}blip", "embed"), (f"{{{V}}}imagedata", "id"))
        for node in tree(document, name).iter(tag)
    ]


def media(document: bytes) -> list[str]:
    return [name for name in members_of(document) if name.startswith("word/media/")]


# --- pictures ------------------------------------------------------------------------------------


def test_a_picture_comes_along() -> None:
    inner = with_pictures(child(line(drawing("a"))), a="红")
    document = printed(merged(inner, outer()))
    assert paragraphs(document) == ["头", "", "尾"]
    assert pictured(document) == ["红"]


def test_a_picture_in_vml_comes_along() -> None:
    shape = f'<w:r><w:pict><v:shape xmlns:v="{V}"><v:imagedata r:id="a"/></v:shape></w:pict></w:r>'
    assert pictured(printed(merged(with_pictures(child(line(shape)), a="红"), outer()))) == ["红"]


def test_equal_pictures_are_stored_once() -> None:
    inner = with_pictures(
        child(line(drawing("a"), drawing("b"), drawing("c"))), a="红", b="红", c="蓝"
    )
    parent = with_pictures(outer(line(drawing("x")), *OUTER), x="蓝")
    document = printed(merged(inner, parent))
    assert sorted(pictured(document)) == ["红", "红", "蓝", "蓝"]
    assert media(document) == ["word/media/picture1.png", "word/media/x.png"]


def test_the_header_where_a_block_stands_has_the_relationship() -> None:
    header = p("{% block body %}") + p("原") + p("{% endblock %}")
    inner = with_pictures(child(line(drawing("a"))), a="红")
    document = printed(merged(inner, outer("甲", header=header)))
    assert pictured(document, "header1") == ["红"]
    assert "image" not in part(document, "word/_rels/document.xml.rels")


def test_a_picture_of_any_kind_has_its_content_type() -> None:
    inner = with_pictures(child(line(drawing("a"))), a="图")
    renamed = {name.replace("a.png", "a.emf"): text for name, text in inner.items()}
    for name in ("[Content_Types].xml", "word/_rels/document.xml.rels"):
        renamed[name] = renamed[name].replace('"png"', '"emf"').replace("/png", "/x-emf")
        renamed[name] = renamed[name].replace("a.png", "a.emf")
    document = printed(merged(renamed, outer()))
    assert pictured(document) == ["图"]
    kinds = part(document, "[Content_Types].xml")
    assert 'PartName="/word/media/picture1.emf" ContentType="image/x-emf"' in kinds


def test_a_picture_comes_along_from_what_is_included_and_from_a_macro() -> None:
    included = with_pictures(docx_parts(line(drawing("a"))), a="红")
    macros = with_pictures(
        docx_parts("{% macro seal() %}", line(drawing("a")), "{% endmacro %}"), a="蓝"
    )
    template = compiled(
        "{% import 'macros' as m %}",
        "{% for x in xs %}",
        "{% include 'included' %}",
        "{{ m.seal() }}",
        "{% endfor %}",
        included=zipped(included),
        macros=zipped(macros),
    )
    document = printed(template, xs=[1, 2])
    assert pictured(document) == ["红", "蓝", "红", "蓝"]
    ids = attributes(tree(document), f"{{{WP}}}docPr", "id")
    assert len(set(ids)) == 4


def test_a_picture_that_is_a_link_stays_one() -> None:
    link = f'<a:hlinkClick xmlns:a="{A}" r:id="go"/>'
    shown = drawing("a").replace('name="图"/>', f'name="图">{link}</wp:docPr>')
    inner = related(with_pictures(child(line(shown)), a="红"), "go hyperlink https://x.cn/")
    document = printed(merged(inner, outer()))
    assert pictured(document) == ["红"]
    assert 'Target="https://x.cn/" TargetMode="External"' in part(
        document, "word/_rels/document.xml.rels"
    )


def test_a_link_into_the_document_stays_one() -> None:
    link = '<w:hyperlink r:id="go"><w:r><w:t>见</w:t></w:r></w:hyperlink>'
    inner = related(child(line(link)), "go hyperlink #here")
    assert attributes(tree(printed(merged(inner, outer()))), "hyperlink", "anchor") == ["here"]


@pytest.mark.parametrize(
    ("rule", "own", "found"),
    [
        ("exact", "", ["atLeast"]),
        ("exact", '<w:spacing w:line="240" w:lineRule="auto"/>', ["auto"]),
        ("auto", '<w:spacing w:line="240" w:lineRule="exact"/>', ["atLeast"]),
        ("auto", "", []),
    ],
)
def test_lines_of_one_height_grow_with_a_picture(rule: str, own: str, found: list[str]) -> None:
    parent = outer()
    measured = f'<w:pPr><w:spacing w:line="560" w:lineRule="{rule}"/></w:pPr></w:style>'
    parent["word/styles.xml"] = parent["word/styles.xml"].replace("</w:style>", measured)
    for shown in (drawing("a"), run("{{ seal | picture }}")):
        inner = with_pictures(child(line(shown, properties=own), "文"), a="红")
        document = printed(merged(inner, parent), seal=image())
        assert attributes(tree(document), "spacing", "lineRule") == found


def test_a_template_that_brings_no_picture_keeps_its_relationships_packed() -> None:
    assert merged(child("甲"), outer()).relationships is None


def test_definitions_to_which_nothing_is_added_stay_as_they_are() -> None:
    parent = outer()
    document = printed(merged(child("甲"), parent))
    assert part(document, "word/styles.xml") == parent["word/styles.xml"]


# --- lists ---------------------------------------------------------------------------------------


def listed(text: str, number: int = 1) -> str:
    return line(run(text), properties=f'<w:numPr><w:numId w:val="{number}"/></w:numPr>')


def level(format: str = "decimal", more: str = "") -> str:
    return f'<w:lvl w:ilvl="0"><w:numFmt w:val="{format}"/>{more}<w:lvlText w:val="%1."/></w:lvl>'


def numbered(members: dict[str, str], *definitions: str) -> dict[str, str]:
    """*members* with lists 1, 2 …, each of which has one definition."""
    abstracts = "".join(
        f'<w:abstractNum w:abstractNumId="{index}"><w:nsid w:val="0000000A"/>{inside}'
        "</w:abstractNum>"
        for index, inside in enumerate(definitions)
    )
    nums = "".join(
        f'<w:num w:numId="{index + 1}"><w:abstractNumId w:val="{index}"/></w:num>'
        for index in range(len(definitions))
    )
    text = f'<w:numbering xmlns:w="{W}">{abstracts}{nums}</w:numbering>'
    return joined_to(members, "word/numbering.xml", text)


def formats(document: bytes) -> list[str]:
    """How each numbered paragraph is numbered, through its list and its definition."""
    numbering = tree(document, "numbering")
    found = []
    for number in attributes(tree(document), "numId"):
        num = numbering.find(f'{{{W}}}num[@{{{W}}}numId="{number}"]')
        definition = attributes(num, "abstractNumId")[0]
        path = f'{{{W}}}abstractNum[@{{{W}}}abstractNumId="{definition}"]'
        found += attributes(numbering.find(path), "numFmt")
    return found


def test_a_list_comes_along_beside_those_of_the_outer_template() -> None:
    inner = numbered(child(listed("甲"), listed("乙", 2)), level("upperRoman"), level("bullet"))
    parent = numbered(outer(listed("一"), *OUTER), level("decimal"))
    document = printed(merged(inner, parent))
    assert formats(document) == ["decimal", "upperRoman", "bullet"]
    numbering = tree(document, "numbering")
    assert len(set(attributes(numbering, "nsid"))) == 3
    assert [etree.QName(node).localname for node in numbering] == ["abstractNum"] * 3 + ["num"] * 3


def test_the_first_list_makes_a_part_for_lists() -> None:
    document = printed(merged(numbered(child(listed("甲")), level("upperRoman")), outer()))
    assert formats(document) == ["upperRoman"]
    assert "numbering.xml" in part(document, "word/_rels/document.xml.rels")
    assert "/word/numbering.xml" in part(document, "[Content_Types].xml")


def test_a_list_in_a_loop_begins_anew_on_each_pass() -> None:
    inner = child("{% for x in xs %}", listed("甲"), listed("乙"), "{% endfor %}")
    parent = numbered(outer(listed("一"), *OUTER), level())
    document = printed(merged(numbered(inner, level("upperRoman")), parent), xs=[1, 2])
    numbers = attributes(tree(document), "numId")
    assert numbers[1] == numbers[2] != numbers[3] == numbers[4]
    assert formats(document) == ["decimal"] + ["upperRoman"] * 4


def test_a_list_that_is_included_begins_anew_each_time() -> None:
    included = numbered(docx_parts(listed("甲"), listed("乙")), level("upperRoman"))
    twice = ("{% include 'a' %}", "中", "{% include 'a' %}")
    document = printed(compiled(*twice, a=zipped(included)))
    numbers = attributes(tree(document), "numId")
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]
    assert formats(document) == ["upperRoman"] * 4


def test_a_list_takes_the_levels_of_its_list_style() -> None:
    inner = numbered(
        child(listed("甲")),
        '<w:numStyleLink w:val="L"/>',
        f'<w:styleLink w:val="L"/>{level("upperRoman")}',
    )
    own = style("L", "法条", '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>', "numbering")
    document = printed(merged(with_styles(inner, own), numbered(outer(), level())))
    numbering = tree(document, "numbering")
    assert attributes(numbering, "numStyleLink") == attributes(numbering, "styleLink") == ["L"]
    assert attributes(tree(document, "styles"), "numId") == ["3"]


def test_a_level_does_not_belong_to_a_style_of_the_outer_template() -> None:
    of_headings = level(more='<w:pStyle w:val="h"/>')
    inner = with_styles(numbered(child(listed("甲")), of_headings), style("h", "heading 1"))
    document = printed(merged(inner, with_styles(outer(), style("h", "heading 1"))))
    assert attributes(tree(document, "numbering"), "pStyle") == []


def test_a_list_that_is_not_defined_is_none() -> None:
    document = printed(merged(child(listed("甲", 7)), numbered(outer(), level())))
    assert attributes(tree(document), "numId") == []


def test_pictures_for_bullets_are_refused() -> None:
    inner = numbered(child(listed("甲")), level(more='<w:lvlPicBulletId w:val="0"/>'))
    assert refusal(zipped(inner), parent=zipped(outer())) == (
        "template.docx: T023 a list with pictures for bullets cannot come along into another "
        "template (give the list other bullets)"
    )


def test_numbers_beyond_reason_do_no_harm() -> None:
    huge = "9" * 5_000
    parent = numbered(noted(outer(*OUTER), n1="一"), level())
    text = parent["word/numbering.xml"].replace('w:numId="1"', f'w:numId="{huge}"')
    notes = parent["word/footnotes.xml"].replace('w:id="1"', f'w:type="separator" w:id="{huge}"')
    parent |= {"word/numbering.xml": text, "word/footnotes.xml": notes}
    inner = numbered(noted(child(listed("甲"), line(refer(1))), n1="注"), level("upperRoman"))
    assert formats(printed(merged(inner, parent))) == ["upperRoman"]


# --- notes ---------------------------------------------------------------------------------------


def noted(members: dict[str, str], kind: str = "footnote", **notes: str) -> dict[str, str]:
    """*members* with notes `n1`, `n2` …, of a text each."""
    own = "".join(
        f'<w:{kind} w:id="{id[1:]}">{text if text.startswith("<w:") else p(text)}</w:{kind}>'
        for id, text in notes.items()
    )
    text = f'<w:{kind}s xmlns:w="{W}" xmlns:r="{R}">{own}</w:{kind}s>'
    return joined_to(members, f"word/{kind}s.xml", text)


def refer(id: int, kind: str = "footnote") -> str:
    return f'<w:r><w:{kind}Reference w:id="{id}"/></w:r>'


def read(document: bytes, kind: str = "footnote") -> list[str]:
    """The notes in the order of their references."""
    notes = {
        note.get(f"{{{W}}}id"): "".join(note.itertext()).strip()
        for note in tree(document, f"{kind}s").iter(f"{{{W}}}{kind}")
    }
    return [notes[id] for id in attributes(tree(document), f"{kind}Reference", "id")]


@pytest.mark.parametrize("kind", ["footnote", "endnote", "comment"])
def test_notes_come_along_in_the_order_of_their_references(kind: str) -> None:
    inner = child("{% for x in xs %}", line(refer(1, kind)), "{% endfor %}", line(refer(2, kind)))
    parent = outer(line(refer(2, kind)), *OUTER, line(refer(3, kind)))
    template = merged(
        noted(inner, kind, n1="注{{ x }}", n2="末", n3="没有用"),
        noted(parent, kind, n2="先", n3="后"),
    )
    document = printed(template, xs=[1, 2])
    assert read(document, kind) == ["先", "注1", "注2", "末", "后"]
    ids = attributes(tree(document), f"{kind}Reference", "id")
    assert len(set(ids)) == 5
    if kind != "comment":
        assert ids == ["1", "2", "3", "4", "5"]
    assert "没有用" not in part(document, f"word/{kind}s.xml")


def test_the_first_note_makes_a_part_with_separators() -> None:
    settings = f'<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:compat/></w:settings>'
    parent = joined_to(outer(), "word/settings.xml", settings)
    document = printed(merged(noted(child(line(refer(1))), n1="注"), parent))
    assert read(document) == ["注"]
    assert attributes(tree(document, "footnotes"), "footnote", "type") == [
        "separator",
        "continuationSeparator",
        None,
    ]
    order = [etree.QName(node).localname for node in tree(document, "settings")]
    assert order == ["zoom", "footnotePr", "compat"]
    assert "/word/footnotes.xml" in part(document, "[Content_Types].xml")


def test_a_note_brings_its_link_its_picture_its_style_and_its_list() -> None:
    inside = line(
        drawing("a"),
        '<w:hyperlink r:id="go"><w:r><w:t>见</w:t></w:r></w:hyperlink>',
        properties='<w:pStyle w:val="n"/><w:numPr><w:numId w:val="1"/></w:numPr>',
    )
    inner = numbered(noted(child(line(refer(1))), n1=inside), level("upperRoman"))
    inner = with_styles(with_pictures(inner, a="红"), style("n", "footnote text"))
    links = ("a image media/a.png", "go hyperlink https://x.cn/")
    document = printed(merged(related(inner, *links, of="footnotes"), outer()))
    assert pictured(document, "footnotes") == ["红"]
    assert "https://x.cn/" in part(document, "word/_rels/footnotes.xml.rels")
    assert "image" not in part(document, "word/_rels/document.xml.rels")
    assert attributes(tree(document, "footnotes"), "pStyle") == ["n"]
    assert attributes(tree(document, "footnotes"), "numId") == ["1"]
    assert "footnote text" in part(document, "word/styles.xml")


def test_a_note_comes_along_from_what_is_included() -> None:
    included = noted(docx_parts(line(refer(1))), n1="注{{ x }}")
    template = compiled(
        "{% for x in xs %}", "{% include 'a' %}", "{% endfor %}", a=zipped(included)
    )
    assert read(printed(template, xs=[1, 2])) == ["注1", "注2"]


def test_a_drawing_in_a_note_that_a_loop_repeats_has_its_own_id_on_each_pass() -> None:
    inner = noted(child("{% for x in xs %}", line(refer(1)), "{% endfor %}"), n1=line(drawing("a")))
    inner = related(with_pictures(inner, a="红"), "a image media/a.png", of="footnotes")
    document = printed(merged(inner, outer()), xs=[1, 2])
    assert len(set(attributes(tree(document, "footnotes"), f"{{{WP}}}docPr", "id"))) == 2


def test_what_a_comment_is_about_comes_along() -> None:
    marks = '<w:commentRangeStart w:id="1"/>', run("甲"), '<w:commentRangeEnd w:id="1"/>'
    inner = noted(child(line(*marks, refer(1, "comment"))), "comment", n1="批注")
    document = printed(merged(inner, outer()))
    ids = [
        *attributes(tree(document), "commentRangeStart", "id"),
        *attributes(tree(document), "commentRangeEnd", "id"),
        *attributes(tree(document), "commentReference", "id"),
        *attributes(tree(document, "comments"), "comment", "id"),
    ]
    assert ids == ids[:1] * 4


def test_a_reference_to_a_note_that_is_not_there_goes() -> None:
    document = printed(merged(child(line(run("甲"), refer(9))), outer()))
    assert paragraphs(document) == ["头", "甲", "尾"]
    assert attributes(tree(document), "footnoteReference", "id") == []


IN_HEADER = p("{% block body %}") + p("原") + p("{% endblock %}")
NO_NOTE = (
    "T023 a note cannot come along into another template "
    "(notes stand only in the text: not in headers, notes and text boxes)"
)


def test_a_note_does_not_come_along_into_a_header() -> None:
    inner = noted(child("甲", line(refer(1))), n1="注")
    said = refusal(zipped(inner), parent=zipped(outer("甲", header=IN_HEADER)))
    assert said == f"template.docx: body ¶4: {NO_NOTE}"
    included = noted(docx_parts(line(refer(1))), n1="注")
    template = docx_parts("甲", header=p("{% include 'a' %}"))
    said = refusal(zipped(template), a=zipped(included))
    assert said == f"template.docx: header ¶1: {NO_NOTE}"


# --- styles --------------------------------------------------------------------------------------


def test_a_style_comes_along_with_what_it_is_based_on() -> None:
    inner = with_styles(
        child(styled("甲", "x")),
        style("x", "提示", '<w:basedOn w:val="y"/><w:next w:val="z"/><w:rPr><w:b/></w:rPr>'),
        style("y", "底", '<w:basedOn w:val="a"/>'),
        style("z", "后"),
        style("u", "没有用"),
    )
    document = printed(merged(inner, outer()))
    styles = tree(document, "styles")
    assert attributes(styles, "name") == ["Normal", "提示", "底", "后"]
    assert attributes(styles, "basedOn") == ["y", "a"]
    assert attributes(styles, "next") == ["z"]
    assert attributes(tree(document), "pStyle") == ["x"]


def test_a_style_gets_another_id_where_its_own_is_taken() -> None:
    inner = with_styles(child(styled("甲", "x")), style("x", "提示"))
    document = printed(merged(inner, with_styles(outer(), style("x", "别的"))))
    assert attributes(tree(document), "pStyle") == ["x_2"]
    assert attributes(tree(document, "styles"), "style", "styleId") == ["a", "x", "x_2"]


def test_of_two_styles_with_one_name_the_outer_templates_wins_and_is_told() -> None:
    red, blue = (
        '<w:rPr><w:color w:val="FF0000"/></w:rPr>',
        '<w:rPr><w:color w:val="0000FF"/></w:rPr>',
    )
    inner = with_styles(
        child(styled("甲", "p"), styled("乙", "q")),
        style("p", "提示", red),
        style("q", "同样", red),
    )
    parent = with_styles(outer(), style("x", "提示", blue), style("y", "同样", red))
    template = merged(inner, parent)
    assert [(each.file, each.styles) for each in template.overruled] == [
        ("template.docx", ("提示",))
    ]
    document = printed(template)
    assert attributes(tree(document), "pStyle") == ["x", "y"]
    assert attributes(tree(document, "styles"), "color") == ["0000FF", "FF0000"]


def test_built_in_styles_have_one_name_however_it_is_written() -> None:
    inner = with_styles(child(styled("甲", "p")), style("p", "Heading 1"))
    document = printed(merged(inner, with_styles(outer(), style("1", "heading 1"))))
    assert attributes(tree(document), "pStyle") == ["1"]


def test_the_default_style_of_plain_paragraphs_is_told_where_it_looks_otherwise() -> None:
    inner = child("甲")
    inner["word/styles.xml"] = inner["word/styles.xml"].replace(
        "</w:style>", '<w:pPr><w:jc w:val="right"/></w:pPr></w:style>'
    )
    assert [each.styles for each in merged(inner, outer()).overruled] == [("Normal",)]


def test_of_three_generations_the_one_further_out_wins() -> None:
    middle = docx_parts(EXTENDS, BLOCK, styled("中", "m"), "{% block core %}", "心", END, END)
    inner = docx_parts('{% extends "middle" %}', "{% block core %}", styled("新", "n"), END)
    template = compiled(
        zipped(with_styles(inner, style("n", "提示", "<w:rPr><w:b/></w:rPr>"))),
        middle=zipped(with_styles(middle, style("m", "提示", "<w:rPr><w:i/></w:rPr>"))),
        parent=zipped(outer()),
    )
    document = printed(template)
    assert paragraphs(document) == ["头", "中", "新", "尾"]
    assert attributes(tree(document), "pStyle") == ["m", "m"]
    assert [each.styles for each in template.overruled] == [("提示",)]


def test_a_style_brings_its_list_and_its_partner() -> None:
    inside = '<w:link w:val="c"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    inner = with_styles(
        numbered(child(styled("甲", "p")), level("upperRoman")),
        style("p", "条", inside),
        style("c", "条 字符", '<w:link w:val="p"/>', "character"),
    )
    document = printed(merged(inner, numbered(outer(), level())))
    assert attributes(tree(document, "styles"), "numId") == ["2"]
    assert attributes(tree(document, "styles"), "link") == ["c", "p"]


def test_a_style_of_another_kind_than_its_namesake_stays_behind() -> None:
    inner = with_styles(child(styled("甲", "p")), style("p", "提示"))
    parent = with_styles(outer(), style("c", "提示", type="character"))
    document = printed(merged(inner, parent))
    assert attributes(tree(document), "pStyle") == []
    assert attributes(tree(document, "styles"), "name") == ["Normal", "提示"]


def test_what_later_versions_of_word_say_of_a_style_stays_behind() -> None:
    w14 = "http://schemas.microsoft.com/office/word/2010/wordml"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    formats = (
        f'<w:rPr><w14:ligatures xmlns:w14="{w14}" w14:val="all"/>'
        f'<mc:AlternateContent xmlns:mc="{mc}"><mc:Choice Requires="w14"/>'
        "<mc:Fallback><w:b/></mc:Fallback></mc:AlternateContent></w:rPr>"
    )
    inner = with_styles(child(styled("甲", "p")), style("p", "提示", formats))
    text = part(printed(merged(inner, outer())), "word/styles.xml")
    assert "w14" not in text
    assert "<w:rPr><w:b/></w:rPr>" in text


def test_the_fonts_of_a_theme_stay_behind_where_there_is_no_theme() -> None:
    fonts = '<w:rFonts w:asciiTheme="minorHAnsi" w:eastAsia="楷体"/>'
    inner = child(line(run("甲", fonts)))
    assert '<w:rFonts w:eastAsia="楷体"/>' in part(printed(merged(inner, outer())))
    themed = joined_to(outer(), "word/theme/theme1.xml", "<x/>", "theme", "application/x+xml")
    assert "asciiTheme" in part(printed(merged(inner, themed)))


def test_definitions_that_lead_back_to_themselves_come_along_once() -> None:
    itself = '<w:numStyleLink w:val="L"/>'
    inner = with_styles(
        numbered(with_pictures(child(styled("甲", "x"), line(drawing("a"))), a="红"), itself),
        style("x", "甲样", '<w:basedOn w:val="y"/>'),
        style("y", "乙样", '<w:basedOn w:val="x"/><w:next w:val="L"/>'),
        style("L", "法条", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', "numbering"),
    )
    document = printed(merged(inner, outer()))
    assert attributes(tree(document, "styles"), "name") == ["Normal", "甲样", "乙样", "法条"]
    assert attributes(tree(document, "numbering"), "num", "numId") == ["1"]


def test_fonts_in_the_package_stay_behind_and_that_is_told() -> None:
    odd = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
    fonts = joined_to(child("甲"), "word/fontTable.xml", f'<w:fonts xmlns:w="{W}"/>')
    fonts = related(fonts, "f font fonts/f.odttf", of="fontTable") | {"word/fonts/f.odttf": "x"}
    fonts["[Content_Types].xml"] = fonts["[Content_Types].xml"].replace(
        "</Types>", f'<Default Extension="odttf" ContentType="{odd}"/></Types>'
    )
    assert [str(note) for note in merged(fonts, outer()).notes] == [
        "template.docx: T027 the fonts embedded in the template do not come along into documents"
    ]


# --- sections ------------------------------------------------------------------------------------

TALL, WIDE = '<w:pgSz w:w="11906" w:h="16838"/>', '<w:pgSz w:w="16838" w:h="11906"/>'


def ended(properties: str, text: str = "") -> str:
    """A paragraph that ends a section."""
    return line(run(text), properties=f"<w:sectPr>{properties}</w:sectPr>")


def paged(members: dict[str, str], properties: str) -> dict[str, str]:
    """*members* whose last section has these *properties* too."""
    text = members["word/document.xml"]
    return {
        **members,
        "word/document.xml": text.replace(
            "</w:sectPr></w:body>", f"{properties}</w:sectPr></w:body>"
        ),
    }


def widths(document: bytes) -> list[str]:
    return attributes(tree(document), "pgSz", "w")


def test_a_section_of_the_child_keeps_its_page_between_those_of_the_outer_template() -> None:
    inner = child("甲", ended(TALL), "乙", ended(WIDE), "丙")
    template = merged(inner, paged(outer(header="页眉"), f"{TALL}<w:titlePg/>"))
    document = printed(template)
    assert widths(document) == ["11906", "16838", "11906"]
    sections = list(tree(document).iter(f"{{{W}}}sectPr"))
    assert [attributes(each, "headerReference", "type") for each in sections] == [["default"]] * 3
    assert [len(attributes(each, "titlePg")) for each in sections] == [1, 0, 0]
    assert template.notes == []


def test_what_a_section_of_the_child_cannot_keep_is_told() -> None:
    own = joined_to(
        child(ended(f'<w:headerReference w:type="default" r:id="header0"/>{WIDE}')),
        "word/header9.xml",
        f'<w:hdr xmlns:w="{W}"><w:p/></w:hdr>',
        "header",
    )
    template = merged(own, paged(outer(), TALL))
    assert widths(printed(template)) == ["11906", "11906"]
    assert [f"{note.level} {note.code} {note.message}" for note in template.notes] == [
        "note T027 the section that ends here keeps the page of the outer template, which begins "
        "it",
        "note T027 headers and footers of a section do not come along: the outer template's stand "
        "there",
    ]


def test_the_text_after_the_last_break_goes_on_on_its_page_where_the_child_says_so() -> None:
    columns = '<w:type w:val="continuous"/><w:cols w:num="2"/>'
    inner = paged(
        child("甲", ended(TALL), "乙", ended(columns), "丙"), '<w:type w:val="continuous"/>'
    )
    parent = paged(outer(), f'<w:type w:val="oddPage"/>{TALL}<w:pgNumType w:start="3"/>')
    document = printed(merged(inner, parent))
    assert attributes(tree(document), "type") == ["oddPage", "continuous", "continuous"]
    assert attributes(tree(document), "pgNumType", "start") == ["3", None]


def test_a_section_that_may_not_end_leaves_the_outer_one_as_it_is() -> None:
    inner = child("{% if a %}", ended(TALL), "{% endif %}", "丙")
    template = merged(inner, paged(outer(), f"{TALL}<w:titlePg/>"))
    assert len(attributes(tree(printed(template, a=False)), "titlePg")) == 1
    assert widths(printed(template, a=True)) == ["11906", "11906"]


def test_a_section_break_stands_only_in_the_text_itself() -> None:
    said = "T023 a section break cannot come along into another template"
    hint = "(put it into a block that stands in the text itself)"
    inner = zipped(child(ended(TALL)))
    for parent in (outer("甲", header=IN_HEADER), outer(table([cell(BLOCK, "甲", END)]))):
        told = refusal(inner, parent=zipped(parent))
        assert told == f"template.docx: body ¶3: {said} {hint}"
    assert refusal("{% include 'a' %}", a=zipped(docx_parts(ended(TALL)))) == (
        f"a.docx: body ¶1: {said} (leave it to the template that includes this one)"
    )


# --- what stays unique, and what is refused ------------------------------------------------------


def mark(id: int, name: str, *content: str) -> str:
    start = f'<w:bookmarkStart w:id="{id}" w:name="{name}"/>'
    return f'{start}{"".join(content)}<w:bookmarkEnd w:id="{id}"/>'


def test_bookmarks_of_two_templates_are_kept_apart_with_their_links() -> None:
    link = '<w:hyperlink w:anchor="here"><w:r><w:t>见</w:t></w:r></w:hyperlink>'
    inner = child(line(mark(0, "here", run("甲"))), line(link))
    parent = outer(line(mark(0, "here", run("头")), link), BLOCK, END)
    root = tree(printed(merged(inner, parent)))
    ids = attributes(root, "bookmarkStart", "id")
    assert len(set(ids)) == 2
    assert ids == attributes(root, "bookmarkEnd", "id")
    assert attributes(root, "bookmarkStart", "name") == ["here", "here_0"]
    assert attributes(root, "hyperlink", "anchor") == ["here", "here_0"]


def test_a_link_in_what_is_included_leads_to_its_own_bookmark_each_time() -> None:
    link = '<w:hyperlink w:anchor="here"><w:r><w:t>见</w:t></w:r></w:hyperlink>'
    included = docx_parts(line(mark(0, "here", run("甲")), link))
    root = tree(printed(compiled("{% include 'a' %}", "{% include 'a' %}", a=zipped(included))))
    names = attributes(root, "bookmarkStart", "name")
    assert len(set(names)) == 2
    assert attributes(root, "hyperlink", "anchor") == names


def test_a_bookmark_around_a_childs_block_ends_as_itself() -> None:
    parent = docx_parts(
        "{% for x in xs %}", line(mark(0, "a"), run("头")), BLOCK, "原", END, "{% endfor %}"
    )
    text = parent["word/document.xml"].replace('<w:bookmarkEnd w:id="0"/>', "")
    late = text.replace(p("{% endfor %}"), '<w:bookmarkEnd w:id="0"/>' + p("{% endfor %}"))
    inner = child(line(mark(0, "b", run("甲"))))
    root = tree(printed(merged(inner, {**parent, "word/document.xml": late}), xs=[1]))
    outermost, inside = attributes(root, "bookmarkStart", "id")
    assert attributes(root, "bookmarkEnd", "id") == [inside, outermost]


def test_drawings_of_two_templates_have_ids_of_their_own() -> None:
    inner = with_pictures(child(line(drawing("a", 1))), a="红")
    parent = with_pictures(outer(line(drawing("a", 1)), *OUTER), a="蓝")
    document = printed(merged(inner, parent))
    assert len(set(attributes(tree(document), f"{{{WP}}}docPr", "id"))) == 2


@pytest.mark.parametrize(
    ("element", "kind", "what"),
    [
        ("c:chart", "chart", "a chart"),
        ("d:relIds", "diagramData", "SmartArt"),
        ("w:subDoc", "subDocument", "a subdocument"),
        ("w:contentPart", "customXml", "handwriting"),
        ("w:movie", "video", "a part of the kind “video”"),
    ],
)
def test_what_needs_its_own_package_is_refused_by_name(element: str, kind: str, what: str) -> None:
    content = f'<{element} xmlns:c="urn:c" xmlns:d="urn:d" r:id="x"/>'
    data = f'<a:graphicData xmlns:a="{NAMESPACES["a"]}">{content}</a:graphicData>'
    inner = child("甲", line(f"<w:r><w:drawing>{data}</w:drawing></w:r>"))
    inner = related(inner, f"x {kind} styles.xml")
    assert refusal(zipped(inner), parent=zipped(outer())) == (
        f"template.docx: body ¶4: T023 {what} cannot come along into another template "
        "(put it in as a picture, or leave it out)"
    )


def test_super_prints_what_the_parent_brought() -> None:
    middle = docx_parts(EXTENDS, BLOCK, line(drawing("m"), refer(1)), listed("中"), END)
    middle = numbered(noted(with_pictures(middle, m="红"), n1="中注"), level("upperRoman"))
    inner = docx_parts(
        '{% extends "middle" %}',
        BLOCK,
        "{{ super() }}",
        line(drawing("n"), refer(1)),
        listed("新"),
        END,
    )
    inner = numbered(noted(with_pictures(inner, n="蓝"), n1="新注"), level("bullet"))
    template = compiled(zipped(inner), middle=zipped(middle), parent=zipped(outer()))
    document = printed(template)
    assert pictured(document) == ["红", "蓝"]
    assert read(document) == ["中注", "新注"]
    assert formats(document) == ["upperRoman", "bullet"]
