"""Packages that are not what they say end as a problem, soon."""

from __future__ import annotations

import io
import time
import zipfile
from random import Random

import pytest
from builders import W, compiled, docx_parts, docx_with, rendered, zipped

from generator.compiler.bodies import read_word_body
from generator.package import MAX_MEMBERS, MAX_UNPACKED, read_parts
from generator.problems import NoticeError


def refusal(data: bytes) -> str:
    started = time.monotonic()
    with pytest.raises(NoticeError) as caught:
        compiled(data)
    assert time.monotonic() - started < 10
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
    data = bytes(MAX_UNPACKED // 4)
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
    many = {f"{number}": b"" for number in range(MAX_MEMBERS + 1)}
    assert refusal(archive(many)) == "template.docx: T020 the package is too large unpacked"


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
    said = "template.docx: T020 the package has two members of one name"
    assert refusal(buffer.getvalue()) == said
    assert refusal(archive(members() | {"WORD/document.xml": b""})) == said


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
    said = refusal(zipped(docx_parts("{{ a }}") | {name: text}))
    if name == "_rels/.rels":
        assert said == "template.docx: T020 the package has no main document"
    else:
        assert said == (
            f"template.docx: {name}: T002 the part {name} is not well-formed XML "
            "(open the template in Word and save it again)"
        )


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
