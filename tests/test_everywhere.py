"""Tags in every place of a Word document where text can stand, and values of every kind there."""

from __future__ import annotations

import re
from typing import Any

import pytest
from builders import (
    HEAD,
    R,
    W,
    cell,
    compiled,
    docx_parts,
    docx_with,
    failure,
    joined_to,
    outline,
    p,
    paragraphs,
    part,
    printed,
    refusal,
    rendered,
    run,
    table,
    zipped,
)
from lxml import etree
from structure import faults

MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
V = "urn:schemas-microsoft-com:vml"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
SPACES = f'xmlns:mc="{MC}" xmlns:wps="{WPS}" xmlns:wp="{WP}" xmlns:a="{A}" xmlns:v="{V}"'


def document(data: bytes, **values: Any) -> bytes:
    """The document of a template, which an independent check finds whole."""
    made = rendered(compiled(data), **values)
    assert faults(made) == []
    return made


def line(*content: str) -> str:
    """A paragraph of what is XML already."""
    return f"<w:p>{''.join(content)}</w:p>"


def field(*instruction: str, result: str = "?") -> str:
    """A complex field whose instruction stands in several runs."""
    runs = "".join(
        f'<w:r><w:instrText xml:space="preserve">{text}</w:instrText></w:r>' for text in instruction
    )
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{result}</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def instructions(made: bytes, name: str = "word/document.xml") -> list[str]:
    root = etree.fromstring(part(made, name).encode())
    return [node.text for node in root.iter(f"{{{W}}}instrText")]


def box(*content: str, fallback: str | None = None) -> str:
    """A text box as Word writes it: twice."""
    inside = "".join(c if c.startswith("<w:") else p(c) for c in content)
    drawing = (
        '<w:drawing><wp:inline><wp:extent cx="1" cy="1"/><wp:docPr id="1" name="box"/><a:graphic>'
        f'<a:graphicData uri="{WPS}"><wps:wsp><wps:txbx><w:txbxContent>{inside}</w:txbxContent>'
        "</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    old = inside if fallback is None else fallback
    shape = (
        f'<w:pict><v:shape id="s1"><v:textbox><w:txbxContent>{old}</w:txbxContent></v:textbox>'
        "</v:shape></w:pict>"
    )
    return (
        f'<w:r><mc:AlternateContent {SPACES}><mc:Choice Requires="wps">{drawing}</mc:Choice>'
        f"<mc:Fallback>{shape}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def halves(made: bytes) -> list[list[str]]:
    """The paragraphs of each text box, of both its halves in turn."""
    root = etree.fromstring(part(made).encode())
    return [
        ["".join(each.itertext(f"{{{W}}}t")) for each in content.iter(f"{{{W}}}p")]
        for content in root.iter(f"{{{W}}}txbxContent")
    ]


# --- body, tables, headers and footers -----------------------------------------------------------


def test_a_table_in_a_table() -> None:
    inner = table(["{% for x in r %}{{ x }}", "乙{% endfor %}"])
    data = docx_with(table(["{% for r in rows %}甲", f"{inner}<w:p/>", "{% endfor %}"]))
    made = document(data, rows=[["1", "2"], []])
    assert outline(made)[0][0][1][0] == [[["1"], ["乙"]], [["2"], ["乙"]]]
    assert outline(made)[0][1][1] == [""]


def test_headers_and_footers_of_every_section_and_kind() -> None:
    members = docx_parts("甲", "乙")
    references = ""
    for kind, root in (("header", "hdr"), ("footer", "ftr")):
        for number, use in enumerate(("default", "first", "even"), 1):
            name = f"word/{kind}{number}.xml"
            text = f'{HEAD}<w:{root} xmlns:w="{W}">{p(f"{use} {{{{ a }}}}")}</w:{root}>'
            members = joined_to(members, name, text, kind)
            old = f'Id="{kind}0"'
            rels = members["word/_rels/document.xml.rels"].replace(old, f'Id="{kind}{number}"')
            members["word/_rels/document.xml.rels"] = rels
            references += f'<w:{kind}Reference w:type="{use}" r:id="{kind}{number}"/>'
    section = f"<w:p><w:pPr><w:sectPr>{references}</w:sectPr></w:pPr></w:p><w:sectPr>"
    members["word/document.xml"] = members["word/document.xml"].replace("<w:sectPr>", section)
    made = document(zipped(members), a="值")
    for kind in ("header", "footer"):
        assert [paragraphs(made, f"word/{kind}{n}.xml") for n in (1, 2, 3)] == [
            ["default 值"],
            ["first 值"],
            ["even 值"],
        ]


# --- notes ---------------------------------------------------------------------------------------


def notes(kind: str, *content: str, reference: str = "") -> str:
    """The part of notes of one kind, numbered from 2."""
    one = kind.removesuffix("s")
    inside = "".join(
        f'<w:{one} w:id="{number}">{p(text)}</w:{one}>' for number, text in enumerate(content, 2)
    )
    return f'{HEAD}<w:{kind} xmlns:w="{W}" xmlns:r="{R}">{inside}</w:{kind}>'


def refers(kind: str, id: int = 2) -> str:
    return f'<w:r><w:{kind.removesuffix("s")}Reference w:id="{id}"/></w:r>'


@pytest.mark.parametrize("kind", ["footnotes", "endnotes", "comments"])
def test_notes_hold_tags(kind: str) -> None:
    members = docx_parts(f"<w:p>{refers(kind)}</w:p>")
    text = notes(kind, "见{{ a }}{% if b %}，{{ b }}{% endif %}")
    made = document(zipped(joined_to(members, f"word/{kind}.xml", text)), a="甲", b="乙")
    assert paragraphs(made, f"word/{kind}.xml") == ["见甲，乙"]
    assert re.findall(r'w:id="(\d+)"', part(made, f"word/{kind}.xml")) == ["2"]


def test_a_note_without_a_paragraph_gets_one() -> None:
    text = notes("footnotes", "x").replace(p("x"), p("{% if a %}") + p("甲") + p("{% endif %}"))
    members = joined_to(docx_parts(f"<w:p>{refers('footnotes')}</w:p>"), "word/footnotes.xml", text)
    assert paragraphs(document(zipped(members), a=False), "word/footnotes.xml") == [""]


# --- text boxes ----------------------------------------------------------------------------------


def test_both_halves_of_a_text_box_are_filled() -> None:
    made = document(docx_with(line(box("致{{ a }}", "{{ b }}"))), a="<甲>", b="乙\n丙")
    assert halves(made) == [["致<甲>", "乙丙"]] * 2


def test_counters_advance_once_for_both_halves() -> None:
    counted = "{{ n.i }} {{ '一、' | heading_number }} {{ 'k' | list_number }}"
    counting = "{% set n.i = n.i + 1 %}" + counted
    data = docx_with(
        "{% set n = namespace(i=0) %}{% for x in 'ab' %}",
        line(box(counting + "{{ x | uid }}")),
        "{% endfor %}",
        "{{ n.i }} {{ '一、' | heading_number }} {{ 'k' | list_number }}",
    )
    made = document(data)
    assert halves(made)[0] == halves(made)[1]
    assert [text[0][:-1] for text in halves(made)[::2]] == ["1 一、 1.", "2 二、 2."]
    assert paragraphs(made)[-1] == "2 三、 3."


def test_what_is_set_in_a_text_box_stays_set() -> None:
    made = document(docx_with(line(box("{% set n = a %}{{ n }}")), "{{ n }}"), a=7)
    assert halves(made) == [["7"], ["7"]]
    assert paragraphs(made)[-1] == "7"


def test_a_text_box_may_stand_in_a_macro_a_block_and_a_recursive_loop() -> None:
    inner = line(box("{{ x }}"))
    data = docx_with(
        *("{% macro show(x) %}", inner, "{% endmacro %}"),
        *("{{ show(1) }}", "{% block body %}"),
        *("{% for x in [2] %}", inner, "{% endfor %}", "{% endblock %}"),
        *("{% for x in [[3]] recursive %}", inner, "{{ loop(x) if x is sequence else '' }}"),
        "{% endfor %}",
    )
    said = refusal(data)
    assert "T0" in said  # what a loop calls must stand alone
    data = docx_with(
        *("{% macro show(x) %}", inner, "{% endmacro %}"),
        *("{{ show(1) }}", "{% block body %}"),
        *("{% for x in [2] %}", inner, "{% endfor %}", "{% endblock %}"),
    )
    assert halves(document(data)) == [["1"], ["1"], ["2"], ["2"]]


def test_a_block_in_a_text_box_is_one_block() -> None:
    parent = docx_with(line(box("{% block who %}甲{% endblock %}")))
    assert halves(rendered(compiled(parent))) == [["甲"], ["甲"]]
    child = ['{% extends "parent" %}', "{% block who %}乙{% endblock %}"]
    assert halves(rendered(compiled(*child, parent=parent))) == [["乙"], ["乙"]]


def test_a_second_half_that_says_something_else_follows_the_first() -> None:
    made = document(docx_with(line(box("{{ a }}", fallback=p("old")))), a="甲")
    assert halves(made) == [["甲"], ["甲"]]


def test_a_text_box_without_tags_stays_as_it_is() -> None:
    made = document(docx_with("{{ a }}", line(box("甲", fallback=p("old")))), a="x")
    assert halves(made) == [["甲"], ["old"]]


def test_a_text_box_that_could_stay_empty_keeps_a_paragraph() -> None:
    made = document(docx_with(line(box("{% if a %}", "x", "{% endif %}"))), a=False)
    assert halves(made) == [[""], [""]]


def test_a_text_box_with_tags_hides_no_faulty_tag_and_adds_none() -> None:
    assert refusal(docx_with("{{ a b }}", line(box("{{ a }}")))) == (
        "template.docx: body ¶1: T018 Jinja cannot read “{{ a b }}”: expected token "
        "'end of print statement', got 'b' (correct what stands between the braces)"
    )


def test_a_problem_in_a_text_box_is_told_once() -> None:
    assert refusal(docx_with(line(box("{{ a ")))).count("T001") <= 2
    assert refusal(docx_with(line(box("{{ a }}{% if b %}")))).count("T006") == 1


# --- content controls ----------------------------------------------------------------------------


def control(inside: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def test_content_controls_around_paragraphs_and_inside_a_line() -> None:
    data = docx_with(control(p("{{ a }}")), p(control("<w:r><w:t>{{ b }}</w:t></w:r>")))
    assert paragraphs(document(data, a="甲", b="乙")) == ["甲", "乙"]


def test_a_control_that_holds_tags_is_no_longer_bound_to_other_data() -> None:
    bound = '<w:id w:val="7"/><w:dataBinding w:xpath="/x" w:storeItemID="{1}"/>'
    made = document(docx_with(control(p("{{ a }}"), bound), control(p("甲"), bound)), a="x")
    assert part(made).count("dataBinding") == 1


def test_a_tag_that_was_typed_as_a_placeholder_prints_no_placeholder() -> None:
    hint = "<w:showingPlcHdr/>"
    made = document(docx_with(control(p("{{ a }}"), hint), control(p("填写"), hint)), a="x")
    assert part(made).count("showingPlcHdr") == 1


SYMBOLS = "http://schemas.microsoft.com/office/word/2015/wordml/symex"


@pytest.mark.parametrize("ignorable", ["", "w16se"])
def test_what_newer_versions_of_word_write_twice_is_whole(ignorable: str) -> None:
    symbol = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="w16se"><w16se:symEx w16se:char="1F600"/>'
        "</mc:Choice><mc:Fallback><w:t>😀</w:t></mc:Fallback></mc:AlternateContent></w:r>"
    )
    members = docx_parts(line(symbol, run("{{ a }}")))
    spaces = f'xmlns:mc="{MC}" xmlns:w16se="{SYMBOLS}" mc:Ignorable="{ignorable}"'
    name = "word/document.xml"
    members[name] = members[name].replace("<w:document", f"<w:document {spaces}")
    made = rendered(compiled(zipped(members)), a=1)
    assert paragraphs(made) == ["😀1"]
    for choice in etree.fromstring(part(made).encode()).iter(f"{{{MC}}}Choice"):
        assert [choice.nsmap[prefix] for prefix in choice.get("Requires").split()] == [SYMBOLS]
    assert ("symEx" in part(made)) == (not ignorable)


# --- fields --------------------------------------------------------------------------------------


def test_a_field_code_holds_plain_text_split_over_runs() -> None:
    data = docx_with(line(field(" SEQ ", "{{ n", "ame }} ", "\\* ARABIC ")))
    made = document(data, name="a&<b>\n\t")
    assert instructions(made) == [" SEQ a&<b>\n\t \\* ARABIC "]


def test_a_field_code_holds_conditions() -> None:
    data = docx_with(line(field(" PAGE {% if a %}\\* roman{% else %}\\* Arabic{% endif %} ")))
    assert instructions(document(data, a=True)) == [" PAGE \\* roman "]
    assert instructions(document(data, a=False)) == [" PAGE \\* Arabic "]


def test_a_quotation_mark_in_a_value_stays_in_its_argument() -> None:
    data = docx_with(line(field(" QUOTE &quot;{{ a }}&quot; \\* Upper")))
    assert instructions(document(data, a='x" \\d "y')) == [' QUOTE "x\\" \\\\d \\"y" \\* Upper']


def test_the_escaping_of_a_field_code_without_tags_is_kept() -> None:
    data = docx_with("{{ a }}", line(field(" IF 1 &lt; 2 &quot;a&amp;b&quot; ")))
    assert instructions(document(data, a=1)) == [' IF 1 < 2 "a&b" ']


@pytest.mark.parametrize(
    ("code", "made"),
    [
        (' HYPERLINK "{{ u }}" \\o "{{ t }}" ', ' HYPERLINK "https://x.cn/%E4%B9%99" \\o "a\\"b" '),
        (' HYPERLINK "https://y.cn/{{ t }}" ', ' HYPERLINK "https://y.cn/a%22b" '),
        (" HYPERLINK {{ u }} ", " HYPERLINK https://x.cn/%E4%B9%99 "),
        (' HYPERLINK \\l "{{ t }}" ', ' HYPERLINK \\l "a\\"b" '),
    ],
)
def test_the_address_of_a_hyperlink_field_is_one(code: str, made: str) -> None:
    text = code.replace("&", "&amp;").replace("<", "&lt;")
    document_ = document(docx_with(line(field(text))), u="https://x.cn/乙", t='a"b')
    assert instructions(document_) == [made]


def test_a_value_gives_a_field_no_other_scheme() -> None:
    said = failure(line(field(" HYPERLINK &quot;{{ u }}&quot; ")), u="file:///etc")
    assert "a link leads to http://, https:// or mailto:, not to “file:///etc”" in said


def test_a_simple_field_holds_tags() -> None:
    simple = '<w:fldSimple w:instr=" SEQ {{ a }} \\* ARABIC"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    made = document(docx_with(f"<w:p>{simple}</w:p>"), a='"&<')
    root = etree.fromstring(part(made).encode())
    assert root.find(f".//{{{W}}}fldSimple").get(f"{{{W}}}instr") == ' SEQ "&< \\* ARABIC'


@pytest.mark.parametrize(
    "block",
    [
        line(field(" REF x ", result="{% if a %}y"), run("{% endif %}z")),
        line(run("甲{% if a %}"), field(" REF x ", result="y{% endif %}")),
    ],
)
def test_a_statement_that_would_cut_a_field_is_a_problem(block: str) -> None:
    assert refusal(block) == (
        "template.docx: body ¶1: T007 “{% if a %}” cuts a field in two "
        "(put the statement around the whole field, or into what it shows)"
    )


def test_statements_around_fields_and_in_what_they_show() -> None:
    whole = line(
        run("{% if a %}"), field(" REF x ", result="{% if b %}y{% endif %}"), run("{% endif %}")
    )
    assert paragraphs(document(docx_with(whole), a=True, b=True)) == ["y"]
    assert paragraphs(document(docx_with(whole), a=True, b=False)) == [""]


def test_a_nested_field_keeps_its_place() -> None:
    nested = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> IF </w:instrText></w:r>'
        + field(" DOCPROPERTY {{ a }} ", result="1")
        + "<w:r><w:instrText> = {{ b }} </w:instrText></w:r><w:r><w:instrText>x</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    made = document(docx_with(f"<w:p>{nested}</w:p>"), a="n", b=2)
    assert [text.strip() for text in instructions(made)] == ["IF", "DOCPROPERTY n", "= 2 x"]


# --- math ----------------------------------------------------------------------------------------


def formula(*texts: str) -> str:
    runs = "".join(f"<m:r><m:t>{text}</m:t></m:r>" for text in texts)
    return f'<m:oMath xmlns:m="{M}">{runs}</m:oMath>'


def math_text(made: bytes) -> str:
    return "".join(etree.fromstring(part(made).encode()).itertext(f"{{{M}}}t"))


def test_math_holds_values() -> None:
    data = docx_with(line(formula("x = {{ ", "a }}", " + {{ b if c else 0 }} ")))
    assert math_text(document(data, a="<1", b="2\n", c=True)) == "x = <1 + 2\n "


def test_math_holds_conditions_and_is_not_lost_beside_tags() -> None:
    data = docx_with(
        line(formula("{% if a %}x", "+1{% endif %}y")),
        line(run("{% if a %}"), formula("z"), run("{% endif %}")),
    )
    assert math_text(document(data, a=True)) == "x+1yz"
    assert math_text(document(data, a=False)) == "y"


# --- attributes and properties -------------------------------------------------------------------


def test_alternative_text_and_titles_hold_values() -> None:
    drawing = box("甲").replace('name="box"', 'name="b" descr="图：{{ a }}" title="{{ b }}"')
    made = document(docx_with(f"<w:p>{drawing}</w:p>"), a='<"&\n>', b=None)
    assert 'descr="图：&lt;&quot;&amp;&#10;&gt;" title=""' in part(made)


def test_a_statement_in_alternative_text_is_refused() -> None:
    drawing = box("甲").replace('name="box"', 'name="b" descr="{% if a %}x{% endif %}"')
    assert "T022" in refusal(docx_with(f"<w:p>{drawing}</w:p>"))


CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
VT = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "core",
            f'<cp:coreProperties xmlns:cp="{CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            "<dc:title>关于{{ a if b else 'x' }}的通知</dc:title></cp:coreProperties>",
        ),
        (
            "app",
            f'<Properties xmlns="{EXTENDED}"><Company>关于{{{{ a }}}}的通知</Company></Properties>',
        ),
        (
            "custom",
            f'<Properties xmlns="{CUSTOM}" xmlns:vt="{VT}"><property fmtid="{{D5}}" pid="2" '
            'name="标题"><vt:lpwstr>关于{{ a }}的通知</vt:lpwstr></property></Properties>',
        ),
    ],
)
def test_document_properties_hold_values(name: str, text: str) -> None:
    made = document(docx_with("甲", parts={f"docProps/{name}.xml": HEAD + text}), a="<A&B>", b=1)
    root = etree.fromstring(part(made, f"docProps/{name}.xml").encode())
    assert "".join(root.itertext()).strip() == "关于<A&B>的通知"


# --- values --------------------------------------------------------------------------------------

HARD = [
    "a  b ",
    " 甲",
    "<&>\"'",
    "]]>",
    "{{ x }}",
    "{% raw %}",
    "{_{ x }_}",
    "{#p",
    "<?v x ?>",
    "?>",
    "𠮷野家😀",
    "\u200fשלום\u200e\u202e",
    "\u2028\u2029\x85",
    "e\u0301",
    "\ufeff",
    "\U0010ffff",
]


@pytest.mark.parametrize("value", HARD)
def test_a_value_comes_out_as_it_is_in_every_place(value: str) -> None:
    drawing = box("{{ a }}").replace('name="box"', 'name="b" descr="{{ a }}"')
    members = docx_parts(
        "{{ a }}",
        table(["{{ a }}"]),
        line(drawing, formula("{{ a }}"), field(" QUOTE {{ a }}")),
        header="{{ a }}",
    )
    members |= {"docProps/app.xml": f'{HEAD}<P xmlns="{EXTENDED}"><C>{{{{ a }}}}</C></P>'}
    made = document(zipped(members), a=value)
    assert paragraphs(made)[:2] == [value, value]
    assert halves(made) == [[value], [value]]
    assert math_text(made) == value
    assert instructions(made) == [f" QUOTE {value}"]
    assert paragraphs(made, "word/header1.xml") == [value]
    root = etree.fromstring(part(made).encode())
    assert root.find(f".//{{{WP}}}docPr").get("descr") == value
    properties = etree.fromstring(part(made, "docProps/app.xml").encode())
    assert properties[0].text == value


@pytest.mark.parametrize(
    ("value", "made"),
    [("a\r\nb\rc\nd", "a\nb\nc\nd"), ("a\tb", "a\tb"), ("\n", "\n"), ("\t\t", "\t\t")],
)
def test_line_ends_and_tabs_become_breaks_and_tabs(value: str, made: str) -> None:
    assert printed("{{ a }}", a=value) == [made]
    data = docx_with(table(["{{ a }}"]), header="{{ a }}")
    assert paragraphs(document(data, a=value), "word/header1.xml") == [made]


@pytest.mark.parametrize("sign", ["\0", "\x0b", "\x1f", "\ufffe", "\ud800"])
def test_a_character_that_no_document_can_hold_is_a_problem_in_every_place(sign: str) -> None:
    for block in (
        "{{ a }}",
        line(formula("{{ a }}")),
        line(field(" QUOTE {{ a }}")),
        line(box("{{ a }}")),
    ):
        assert f"the character U+{ord(sign):04X} cannot stand in a document" in failure(
            block, a=f"x{sign}"
        )


def test_an_empty_value_in_a_cell_leaves_its_paragraph() -> None:
    made = document(docx_with(table([cell("{{ a }}"), cell("{% if a %}x{% endif %}")])), a=None)
    assert outline(made) == [[[[""], [""]]]]
