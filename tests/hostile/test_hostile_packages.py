"""Packages that are not what they say end as a problem, soon."""

from __future__ import annotations

import io
import time
import zipfile
from random import Random

import pytest
from builders import (
    HEAD,
    TYPES,
    R,
    W,
    compiled,
    docx_parts,
    docx_with,
    joined_to,
    p,
    part,
    rendered,
    zipped,
)
from structure import faults

from generator.compiler.bodies import read_word_body
from generator.limits import DEFAULTS
from generator.package import read_parts
from generator.problems import NoticeError


def refusal(data: bytes) -> str:
    started = time.process_time()
    with pytest.raises(NoticeError) as caught:
        compiled(data)
    assert time.process_time() - started < 10
    return str(caught.value)


def archive(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return buffer.getvalue()


def members(**replaced: str) -> dict[str, bytes]:
    return {name: text.encode() for name, text in (docx_parts("甲") | replaced).items()}


def test_what_is_no_zip_is_refused() -> None:
    said = "T020 not a readable .docx package (open it in Word and save it again as .docx)"
    for data in (b"", b"PK", b"hello", bytes(1000), b"%PDF-1.4"):
        assert refusal(data) == f"template.docx: {said}"


def test_an_old_or_encrypted_document_is_named_as_one() -> None:
    assert refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)) == (
        "template.docx: T020 an old .doc or an encrypted document, not a .docx "
        "(open it in Word and save it as .docx without a password)"
    )


def test_a_zip_that_is_no_document_is_refused() -> None:
    assert refusal(archive({"a.txt": b"a"})) == (
        "template.docx: T020 a zip file, but not a Word document "
        "(save the template in Word as .docx)"
    )


def test_a_package_without_a_document_is_refused() -> None:
    assert refusal(archive({"[Content_Types].xml": b"<Types/>"})) == (
        "template.docx: T020 the package has no main document"
    )


def test_a_bomb_is_refused_by_the_size_that_it_declares() -> None:
    data = bytes(DEFAULTS.package // 4)
    bomb = archive({f"{number}.xml": data for number in range(5)})
    assert len(bomb) < 3_000_000
    assert refusal(bomb) == "template.docx: T020 the package is too large unpacked"


def test_a_bomb_that_declares_too_little_is_refused() -> None:
    bomb = archive({"[Content_Types].xml": bytes(10_000_000)})
    size = (10_000_000).to_bytes(4, "little")
    lying = bomb.replace(size, (100).to_bytes(4, "little"))
    assert lying != bomb
    assert "T020 not a readable .docx package" in refusal(lying)


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_compressions_that_word_never_writes_are_refused(compression: int) -> None:
    assert refusal(archive(members(), compression)) == (
        "template.docx: T020 the package is compressed in a way that Word never writes"
    )


def test_too_many_members_are_refused() -> None:
    many = {f"{number}": b"" for number in range(DEFAULTS.members + 1)}
    assert refusal(archive(many)) == (
        "template.docx: T020 the package has 2001 members; 2000 are the most"
    )
    many = {f"word/{number}.xml": b"<a/>" for number in range(10_000)}
    assert "the package has 10005 members" in refusal(archive(members() | many))


def test_an_encrypted_member_is_refused() -> None:
    data = bytearray(archive(members()))
    central = data.rindex(b"PK\x01\x02")
    data[central + 8] |= 1
    assert refusal(bytes(data)) == "template.docx: T020 the package is encrypted"


@pytest.mark.parametrize("name", ["../evil", "/evil", "word/../../evil", "word\\evil", "..\\evil"])
def test_names_that_leave_the_package_are_refused(name: str) -> None:
    said = f"template.docx: T020 the member “{name}” leaves the package"
    assert refusal(archive(members() | {name: b""})) == said


def test_members_of_one_name_are_refused() -> None:
    buffer = io.BytesIO(archive(members()))
    with zipfile.ZipFile(buffer, "a") as file, pytest.warns(UserWarning, match="Duplicate name"):
        file.writestr("word/document.xml", "<other/>")
    said = "template.docx: T020 the package has two members of the name “{}”"
    assert refusal(buffer.getvalue()) == said.format("word/document.xml")
    again = archive(members() | {"WORD/document.xml": b""})
    assert refusal(again) == said.format("WORD/document.xml")


ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)


@pytest.mark.parametrize(("head", "use"), [(ENTITY, "&e;"), (LAUGHS, "&i;"), ("<!DOCTYPE x>", "")])
@pytest.mark.parametrize("name", ["word/document.xml", "word/styles.xml", "_rels/.rels"])
def test_document_types_and_entities_are_refused(name: str, head: str, use: str) -> None:
    text = f'{head}<w:document xmlns:w="{W}">{use}</w:document>'
    assert refusal(zipped(docx_parts("{{ a }}") | {name: text})) == (
        f"template.docx: {name}: T069 the part {name} declares a document type (DTD) "
        "(open the template in Word and save it again)"
    )


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf<!DOCTYPE x><x/>",
        "<!DOCTYPE x><x/>".encode("utf-16"),
        b"<?xml version='1.0' encoding='latin1'?><!-- <x> --><!DOCTYPE x><x/>",
        b"\n<!--" + b" " * 1_000_000 + b"--><!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>",
    ],
)
@pytest.mark.parametrize("name", ["customXml/item1.xml", "word/theme/theme1.xml", "a.rels"])
def test_a_document_type_is_found_in_parts_that_no_template_reads(name: str, data: bytes) -> None:
    assert f"template.docx: {name}: T069" in refusal(archive(members() | {name: data}))


def test_what_only_looks_like_a_document_type_is_none() -> None:
    text = b"<x><!-- <!DOCTYPE x> --><![CDATA[<!DOCTYPE x>]]></x>"
    assert compiled(archive(members() | {"customXml/item1.xml": text}))


@pytest.mark.parametrize("text", ["", "<a", "plain", "<a></b>", "\0", "<a/>" * 2])
def test_a_part_that_is_no_xml_is_named(text: str) -> None:
    said = refusal(zipped(docx_parts("甲", header="乙") | {"word/header1.xml": text}))
    assert said.startswith("template.docx: word/header1.xml: T002 the part word/header1.xml is not")


def test_a_part_that_is_another_kind_of_xml_is_named() -> None:
    strict = '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'
    assert refusal(zipped(docx_parts("甲") | {"word/document.xml": strict})) == (
        "template.docx: word/document.xml: T020 the part word/document.xml is no Word document of "
        "the usual kind (save it in Word as “Word document”, not as “Strict Open XML”)"
    )


def test_a_tree_of_thousands_of_levels_is_refused() -> None:
    deep = f'<w:document xmlns:w="{W}">' + "<w:p>" * 5_000 + "</w:p>" * 5_000 + "</w:document>"
    assert "T002" in refusal(zipped(docx_parts("甲") | {"word/document.xml": deep}))


def test_damage_anywhere_is_a_problem_or_does_no_harm() -> None:
    whole = docx_with("截至{{ a }}", header="{{ a }}")
    random = Random(9704)
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(random.randint(1, 4)):
            data[random.randrange(len(data))] = random.randrange(256)
        if random.random() < 0.2:
            del data[random.randrange(len(data)) :]
        try:
            rendered(compiled(bytes(data)), a="x")
        except NoticeError:
            continue


def test_only_members_are_read_and_nothing_is_fetched() -> None:
    assert set(read_parts(archive(members()), "a.docx")) == set(members())
    body = read_word_body(archive(members()), "a", "a.docx")
    assert list(body.parts) == ["word/document.xml"]


# --- what a package may not bring into documents -------------------------------------------------


def with_relationship(
    kind: str, target: str, *, outside: bool = True, source: str = "word/document.xml"
) -> dict[str, str]:
    """A small document, one part of which has a relationship."""
    parts = docx_parts("{{ a }}")
    folder, _, name = source.rpartition("/")
    rels = f"{folder}/_rels/{name}.rels".removeprefix("/")
    start = parts.get(rels, parts["_rels/.rels"].partition("<Relationship ")[0])
    mode = ' TargetMode="External"' if outside else ""
    type = kind if kind.startswith("http") else f"{R}/{kind}"
    entry = f'<Relationship Id="x" Type="{type}" Target="{target}"{mode}/></Relationships>'
    parts[rels] = start.removesuffix("</Relationships>") + entry
    return parts


def said_of(parts: dict[str, str]) -> str:
    """What is refused in a package, without its file."""
    lines = refusal(zipped(parts)).split("\n")
    assert len(lines) == 1
    return lines[0].removeprefix("template.docx: ")


RELS = "word/_rels/document.xml.rels"


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/t.dotm",
        "HTTP://evil.example/t.dotm",
        "ftp://evil.example/t.dotm",
        "file://server/share/t.dotm",
        "file:///\\\\server\\share\\t.dotm",
        "\\\\server\\share\\t.dotm",
        "//server/t.dotm",
        "file:%2F%2Fserver/t.dotm",
    ],
)
def test_a_template_attached_from_elsewhere_is_refused(target: str) -> None:
    parts = with_relationship("attachedTemplate", target, source="word/settings.xml")
    parts["word/settings.xml"] = f'<w:settings xmlns:w="{W}"/>'
    assert said_of(parts) == (
        f"word/_rels/settings.xml.rels: T061 a template is attached from elsewhere: {target} "
        "(detach it in Word: Developer, Document Template)"
    )


@pytest.mark.parametrize(
    "target", ["file:///C:\\Users\\a\\Normal.dotm", "C:\\a.dotx", "Normal.dotm", "file:///a.dotx"]
)
def test_the_name_of_the_writers_own_template_is_left_out(target: str) -> None:
    settings = (
        f'{HEAD}<w:settings xmlns:w="{W}" xmlns:r="{R}"><w:attachedTemplate r:id="x"/></w:settings>'
    )
    parts = with_relationship("attachedTemplate", target, source="word/settings.xml")
    rels = parts["word/_rels/settings.xml.rels"]
    parts = joined_to(parts, "word/settings.xml", settings)
    parts["word/_rels/settings.xml.rels"] = rels
    document = rendered(compiled(zipped(parts)), a=1)
    assert "attachedTemplate" not in part(document, "word/settings.xml")
    assert target not in part(document, "word/_rels/settings.xml.rels")
    assert faults(document) == []


@pytest.mark.parametrize("kind", ["oleObject", "package", "control"])
@pytest.mark.parametrize("outside", [True, False])
def test_embedded_objects_are_refused(kind: str, outside: bool) -> None:
    parts = with_relationship(kind, "embeddings/a.bin", outside=outside)
    parts["word/embeddings/a.bin"] = "x"
    target = "embeddings/a.bin" if outside else "word/embeddings/a.bin"
    assert said_of(parts) == (
        f"{RELS}: T062 an object is embedded (OLE or ActiveX): {target} "
        "(put it in as a picture, or leave it out)"
    )


def test_the_workbook_of_a_chart_is_none() -> None:
    parts = with_relationship(
        "package", "../embeddings/a.xlsx", outside=False, source="word/charts/chart1.xml"
    )
    parts |= {"word/charts/chart1.xml": "<c/>", "word/embeddings/a.xlsx": "x"}
    assert compiled(zipped(parts))


def test_a_whole_document_put_in_is_refused() -> None:
    parts = with_relationship("aFChunk", "a.html", outside=False) | {"word/a.html": "<html/>"}
    said = (
        "T063 another document is put in whole (altChunk) "
        "(open the template in Word and save it again)"
    )
    assert said_of(parts) == f"{RELS}: {said}"
    chunk = docx_with("甲", f'<w:altChunk xmlns:r="{R}" r:id="x"/>')
    assert refusal(chunk) == f"template.docx: word/document.xml: {said}"


@pytest.mark.parametrize("kind", ["image", "frame", "subDocument", "mailMergeSource", "video"])
@pytest.mark.parametrize("target", ["https://x.example/a.png", "file:///a.png", "a.png"])
def test_what_is_taken_from_outside_is_refused(kind: str, target: str) -> None:
    assert said_of(with_relationship(kind, target)) == (
        f"{RELS}: T065 {kind} is taken from outside the template: {target} "
        "(put it into the document itself, in Word: break the link)"
    )


@pytest.mark.parametrize(
    ("target", "scheme"),
    [
        ("javascript:alert(1)", "javascript:"),
        ("file:///etc/passwd", "file:"),
        ("ms-msdt:/id", "ms-msdt:"),
        ("ftp://x.cn", "ftp:"),
        ("data:text/html,x", "data:"),
        (" JavaScript:alert(1)", "JavaScript:"),
        ("java%73cript:alert(1)", "javascript:"),
        ("\\\\server\\a", "\\\\server\\a"),
        ("附件.docx", "附件.docx"),
    ],
)
def test_links_of_other_schemes_are_refused(target: str, scheme: str) -> None:
    assert said_of(with_relationship("hyperlink", target)) == (
        f"{RELS}: T066 a link leads to {target}, not to a web or mail address "
        f"(links may begin with http://, https:// or mailto:, not {scheme})"
    )


@pytest.mark.parametrize(
    "target", ["https://x.cn", "HTTP://x.cn", "mailto:a@x.cn", "#here", "{{ a }}", "%7B%7B a }}"]
)
def test_links_of_web_and_mail_are_not_refused(target: str) -> None:
    assert compiled(zipped(with_relationship("hyperlink", target)))


def test_a_relationship_to_a_part_that_is_missing_is_refused() -> None:
    assert said_of(with_relationship("theme", "theme/theme1.xml", outside=False)) == (
        f"{RELS}: T067 theme is a part that the package lacks: word/theme/theme1.xml "
        "(open the template in Word and save it again)"
    )


@pytest.mark.parametrize("source", ["", "word/header1.xml", "word/theme/theme1.xml"])
def test_relationships_of_every_part_are_looked_at(source: str) -> None:
    parts = with_relationship("image", "gone.png", outside=False, source=source)
    assert "gone.png" in said_of(parts | {source: "<a/>"} if source else parts)


def field(*instruction: str) -> str:
    runs = "".join(f"<w:r><w:instrText>{text}</w:instrText></w:r>" for text in instruction)
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


@pytest.mark.parametrize(
    ("instruction", "name"),
    [
        ((' DDEAUTO c:\\windows\\cmd.exe "/k calc"',), "DDEAUTO"),
        (("DD", "E c:\\a"), "DDE"),
        ((" dde a b",), "DDE"),
        ((' INCLUDEPICTURE "https://x.example/a.png" \\d',), "INCLUDEPICTURE"),
        ((" INCLUDETEXT a.docx",), "INCLUDETEXT"),
        ((" LINK Excel.Sheet a.xlsx",), "LINK"),
    ],
)
def test_fields_that_fetch_or_run_something_are_refused(
    instruction: tuple[str, ...], name: str
) -> None:
    said = (
        f"T064 the field {name} fetches or runs what is not in the template "
        "(in Word, put the cursor into it and press Ctrl+Shift+F9)"
    )
    assert said_of(docx_parts("甲", p(field(*instruction)))) == f"body ¶2: {said}"
    simple = f'<w:fldSimple w:instr="{"".join(instruction).replace(chr(34), "&quot;")}"/>'
    assert said_of(docx_parts("甲", header=p(simple))) == f"header ¶1: {said}"


LAST = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def test_a_field_whose_name_is_not_written_out_is_refused() -> None:
    said = "body ¶1: T070 the name of a field must be written out"
    hidden = f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{field(" QUOTE 68 68 69")}'
    rest = f"<w:r><w:instrText> calc</w:instrText></w:r>{LAST}"
    assert said_of(docx_parts(p(hidden + rest))) == said
    assert said_of(docx_parts(p(field("{{ a }} x")))) == said
    assert said_of(docx_parts(p(field("{% if a %}DDE{% endif %} x")))) == said


def test_a_field_in_a_nested_one_is_looked_at() -> None:
    begun = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> IF </w:instrText></w:r>'
    )
    assert "T064 the field DDE" in said_of(docx_parts(p(begun + field("DDE a") + LAST)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_fields_in_parts_without_tags_are_looked_at(encoding: str) -> None:
    text = f'<w:ftr xmlns:w="{W}">{p(field(" DDEAUTO a"))}</w:ftr>'
    parts = {name: value.encode() for name, value in docx_parts("甲", footer="乙").items()}
    assert "T064" in refusal(archive(parts | {"word/footer1.xml": text.encode(encoding)}))


def test_a_link_field_of_another_scheme_is_refused() -> None:
    link = field(' HYPERLINK "javascript:alert(1)" ')
    assert said_of(docx_parts(p(link))) == (
        "body ¶1: T066 a link leads to javascript:alert(1), not to a web or mail address "
        "(links begin with http://, https:// or mailto:)"
    )
    for good in (' HYPERLINK "https://x.cn" ', ' HYPERLINK \\l "a" ', " HYPERLINK mailto:a@x.cn"):
        assert compiled(zipped(docx_parts(p(field(good)))))


# --- content types, templates and macros ---------------------------------------------------------

MAIN = f"{TYPES}document.main+xml"


@pytest.mark.parametrize("kind", ["application/xml", "text/html", f"{TYPES}styles+xml", ""])
def test_a_main_part_of_a_wrong_content_type_is_refused(kind: str) -> None:
    parts = docx_parts("甲")
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(MAIN, kind)
    assert said_of(parts) == (
        "[Content_Types].xml: T068 the part word/document.xml has the wrong content type: "
        f"{kind or 'application/xml'} (open the template in Word and save it again)"
    )


def test_another_part_of_a_wrong_content_type_is_refused() -> None:
    parts = docx_parts("甲")
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace("styles+xml", "header+xml")
    assert f"{RELS}: T068 the part word/styles.xml has the wrong content type" in said_of(parts)


@pytest.mark.parametrize(
    "kind",
    [
        f"{TYPES}template.main+xml",
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    ],
)
def test_templates_of_word_make_documents_without_macros(kind: str) -> None:
    parts = docx_parts("{{ a }}")
    parts["[Content_Types].xml"] = (
        parts["[Content_Types].xml"]
        .replace(MAIN, kind)
        .replace(
            "</Types>",
            '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
            '<Override PartName="/word/vbaData.xml" '
            'ContentType="application/vnd.ms-word.vbaData+xml"/></Types>',
        )
    )
    macros = "http://schemas.microsoft.com/office/2006/relationships/"
    parts[RELS] = parts[RELS].replace(
        "</R", f'<Relationship Id="v" Type="{macros}vbaProject" Target="vbaProject.bin"/></R'
    )
    parts |= {
        "word/vbaProject.bin": "macro",
        "word/_rels/vbaProject.bin.rels": parts["_rels/.rels"].partition("<Relationship ")[0]
        + f'<Relationship Id="w" Type="{macros}wordVbaData" Target="vbaData.xml"/></Relationships>',
        "word/vbaData.xml": "<x/>",
    }
    template = compiled(zipped(parts))
    document = rendered(template, a="甲")
    with zipfile.ZipFile(io.BytesIO(document)) as made:
        assert not [name for name in made.namelist() if "vba" in name.lower()]
    assert "bin" not in part(document, "[Content_Types].xml")
    types = part(document, "[Content_Types].xml")
    assert MAIN in types
    assert kind not in types
    assert "vbaData" not in types
    assert "vbaProject" not in part(document, RELS)
    assert [(str(note), note.level) for note in template.notes] == [
        (
            "template.docx: T060 the macros of the template do not come along into documents",
            "note",
        )
    ]


def test_relationships_that_cannot_be_read_are_named() -> None:
    said = said_of(docx_parts("甲") | {"word/_rels/styles.xml.rels": "<a"})
    assert said.startswith("word/_rels/styles.xml.rels: T002 the part word/_rels/styles.xml.rels")
    said = said_of(docx_parts("甲") | {"[Content_Types].xml": "<a"})
    assert said.startswith("[Content_Types].xml: T002")


def test_all_that_is_refused_is_told_at_once() -> None:
    parts = with_relationship("image", "https://x.example/a.png")
    parts["word/document.xml"] = docx_parts(p(field("DDE a")))["word/document.xml"]
    assert [
        line.split(" ")[2 if "rels" in line else 3] for line in refusal(zipped(parts)).split("\n")
    ] == ["T065", "T064"]


@pytest.mark.parametrize(
    "instruction",
    [
        "DDE{# #}AUTO a",
        "HYPER{# #}LINK javascript:a",
        "{# #}DDE a",
    ],
)
def test_a_name_of_a_field_in_pieces_is_refused(instruction: str) -> None:
    assert said_of(docx_parts(p(field(instruction)))) == (
        "body ¶1: T070 the name of a field must be written out"
    )


@pytest.mark.parametrize(
    "instruction",
    [
        'HYPERLINK "{% if a %}javascript:{% endif %}x"',
        'HYPERLINK {% if a %}"javascript:x"{% endif %}',
        'HYPERLINK "{% raw %}javascript{% endraw %}:x"',
        'HYPERLINK \\o {{ a }} "https://x.cn"',
        'HYPERLINK \\o "a" {{ a }}{% if a %}',
    ],
)
def test_a_link_field_that_tags_could_lead_elsewhere_is_refused(instruction: str) -> None:
    assert said_of(docx_parts(p(field(instruction)))).startswith(
        "body ¶1: T071 where a HYPERLINK field leads cannot be told from it"
    )


def test_an_address_behind_options_or_in_a_nested_field_is_looked_at() -> None:
    link = field(' HYPERLINK \\t "_blank" \\o "tip" \\n "javascript:a"')
    assert "T066" in said_of(docx_parts(p(link)))
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    nested = f'{begin}<w:r><w:instrText>HYPERLINK "</w:instrText></w:r>{field("QUOTE a")}{LAST}'
    assert "T071" in said_of(docx_parts(p(nested)))


def test_a_comment_in_an_address_changes_no_scheme() -> None:
    template = compiled(zipped(docx_parts(p(field('HYPERLINK "java{# #}script:a"')))))
    with pytest.raises(NoticeError, match="leads to http"):
        rendered(template)


def test_tags_in_a_part_that_is_not_read_excuse_no_address() -> None:
    parts = with_relationship("hyperlink", "x{{ a }}", source="word/theme/theme1.xml")
    assert "T066" in said_of(parts | {"word/theme/theme1.xml": "<a/>"})
    glossary = f'<w:a xmlns:w="{W}">{p(field("HYPERLINK x{{ a }}"))}</w:a>'
    assert "T066" in said_of(docx_parts("甲") | {"word/glossary/document.xml": glossary})


def test_an_address_of_a_vml_shape_is_looked_at() -> None:
    shape = '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" href="{}"/>'
    bad = f"<w:p><w:r><w:pict>{shape.format('file:///a')}</w:pict></w:r></w:p>"
    assert "word/document.xml: T066 a link leads to file:///a" in said_of(docx_parts(bad))
    assert compiled(docx_with(bad.replace("file:///a", "https://x.cn")))


def test_a_link_without_a_mode_leads_into_the_package_only() -> None:
    assert compiled(zipped(with_relationship("hyperlink", "#a", outside=False)))
    said = said_of(with_relationship("hyperlink", "javascript:a", outside=False))
    assert "T067 hyperlink is a part that the package lacks: word/javascript:a" in said


def test_names_and_encodings_hide_nothing() -> None:
    text = f'<w:ftr xmlns:w="{W}">{p(field("DDE a"))}</w:ftr>'
    assert "T064" in refusal(archive(members() | {"word/footer9.bin": text.encode()}))
    head = '<?xml version="1.0" encoding="UTF-7"?>'
    hidden = head.encode() + text.replace("<", "+ADw-").encode()
    try:
        compiled(archive(members() | {"word/footer9.xml": hidden}))
    except NoticeError as error:
        assert "T064" in str(error)  # noqa: PT017 - what no parser reads does no harm
    strict = '<w:ftr xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'
    assert "T020 the part word/footer9.xml" in refusal(
        archive(members() | {"word/footer9.xml": strict.encode()})
    )


def test_macros_that_lead_to_the_document_itself_take_nothing_else_along() -> None:
    parts = with_relationship("vbaProject", "document.xml", outside=False)
    assert "甲" in part(rendered(compiled(zipped(parts)), a="甲"))


def test_thousands_of_relationships_take_little_time() -> None:
    parts = docx_parts("甲")
    many = "".join(
        f'<Relationship Id="m{n}" Type="{R}/vbaProject" Target="v{n}.bin"/>' for n in range(20_000)
    )
    parts[RELS] = parts[RELS].replace("</R", many + "</R")
    started = time.process_time()
    assert compiled(zipped(parts))
    assert time.process_time() - started < 5


@pytest.mark.parametrize("name", ["capture_begins", "capture_ends", "capture_again", "kept_notes"])
def test_the_tags_of_captures_cannot_be_typed(name: str) -> None:
    for block in (
        f"{{{{ 'box 0' | {name} }}}}",
        f"<w:p><w:t>{{{{ 'box 0' | {name} }}}}</w:t></w:p>",
    ):
        assert f"there is no filter “{name}”" in refusal(docx_with(block))
