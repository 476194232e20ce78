"""Packages: what is read, what is written."""

from __future__ import annotations

import io
import zipfile

import pytest
from builders import docx_parts, docx_with, part, zipped
from lxml import etree

from generator.package import (
    Relationship,
    main_document,
    pack,
    parse,
    read_parts,
    relationships,
    relationships_name,
    write,
)
from generator.problems import NoticeError


def test_what_is_packed_is_read_again() -> None:
    parts = {"[Content_Types].xml": b"<a/>", "word/文.xml": "文".encode(), "empty": b""}
    assert read_parts(write(pack(parts), ()), "a.docx") == parts


def test_members_that_change_stand_after_those_that_do_not() -> None:
    packed = pack({"b": b"B", "[Content_Types].xml": b"T", "a": b"A", "_rels/.rels": b"R"})
    document = write(packed, [(b"z", [b"Z"]), (b"c", [b"C"])])
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["[Content_Types].xml", "_rels/.rels", "a", "b", "z", "c"]
        assert [archive.read(name) for name in "abzc"] == [b"A", b"B", b"Z", b"C"]
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(
    "chunks", [[], [b"", b"ab"], [b"ab" * 1000], [b"ab" * 1000, b"", b"ba" * 100_000]]
)
def test_a_member_in_chunks_is_read_as_one(chunks: list[bytes]) -> None:
    document = write(pack({}), [(b"a.xml", chunks), (b"a.png", chunks)])
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        assert archive.testzip() is None
        assert archive.read("a.xml") == archive.read("a.png") == b"".join(chunks)
        sizes = [entry.compress_size for entry in archive.infolist()]
    assert sizes[1] == len(b"".join(chunks)), "a picture is dense already"
    assert (sizes[0] < sizes[1]) == (sizes[1] > 1024)


def test_equal_parts_give_equal_bytes_whatever_their_order() -> None:
    assert zipped({"a": "1", "b": "2"}) == zipped({"b": "2", "a": "1"})


def test_python_docx_opens_what_is_written() -> None:
    import docx

    document = docx.Document(io.BytesIO(docx_with("正文", header="页眉")))
    assert [paragraph.text for paragraph in document.paragraphs] == ["正文"]


@pytest.mark.parametrize(
    ("owner", "member"),
    [
        ("", "_rels/.rels"),
        ("word/document.xml", "word/_rels/document.xml.rels"),
        ("a.xml", "_rels/a.xml.rels"),
    ],
)
def test_relationships_stand_beside_their_part(owner: str, member: str) -> None:
    assert relationships_name(owner) == member


def test_targets_are_names_of_members_or_addresses() -> None:
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" Type="t" Target="media/%E5%9B%BE.png"/>'
        '<Relationship Id="b" Type="t" Target="/word/b.xml"/>'
        '<Relationship Id="c" Type="t" Target="../../../c.xml"/>'
        '<Relationship Id="d" Type="t" Target="http://x/../y" TargetMode="External"/>'
        "</Relationships>"
    )
    assert relationships({"word/_rels/document.xml.rels": rels.encode()}, "word/document.xml") == [
        Relationship("a", "t", "word/media/图.png", False),
        Relationship("b", "t", "word/b.xml", False),
        Relationship("c", "t", "c.xml", False),
        Relationship("d", "t", "http://x/../y", True),
    ]


def test_a_part_without_relationships_has_none() -> None:
    assert relationships({}, "word/document.xml") == []


def test_the_main_document_is_where_the_package_says() -> None:
    members = {name: text.encode() for name, text in docx_parts("a").items()}
    assert main_document(members, "a.docx") == "word/document.xml"
    members["_rels/.rels"] = members["_rels/.rels"].replace(b"word/document.xml", b"word/other.xml")
    with pytest.raises(NoticeError) as caught:
        main_document(members, "a.docx")
    assert str(caught.value) == "a.docx: T020 the package has no main document"


def test_a_document_type_is_not_read() -> None:
    with pytest.raises(etree.XMLSyntaxError, match="document type declarations are not allowed"):
        parse(b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>')


def test_the_text_of_a_part_is_utf_8() -> None:
    assert "截至" in part(docx_with("截至"))
