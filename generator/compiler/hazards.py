"""What a package may hold that no template needs: refused by name, before any part is read.

Nothing is fetched and nothing is run here, but Word may do both with what a template carries into
every document. Macros are left out instead, and a note says so.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from xml.parsers import expat

from lxml import etree

from generator import package
from generator.compiler.field_codes import field_problems
from generator.compiler.members import (
    MAIN_TYPES,
    content_type,
    is_read,
    read_content_types,
    unreadable,
    unusual,
    with_types,
    without,
)
from generator.compiler.refused_links import (
    MACROS,
    Known,
    another_document,
    embedded,
    is_local_template,
    kind_of,
    refused_address,
    refused_link,
    wrong_type,
)
from generator.limits import DEFAULTS, Limits
from generator.package import CONTENT_TYPES, Relationship
from generator.problems import Location, Message, NoticeError, Problem
from generator.wordml import NAMESPACES, w

_STRICT = "purl.oclc.org/ooxml/"
_LOOKED_FOR = (
    *(b"altChunk", b"OLEObject", b"instrText", b"fldSimple", b" href", b"\thref", b"\nhref"),
    _STRICT.encode(),
)
_OF_TWO_BYTES = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")


@dataclass(frozen=True)
class Inspected:
    """A package that holds nothing dangerous."""

    members: dict[str, bytes]
    main: str
    """The name of the main document part."""
    notes: list[Problem]
    """What was left out."""


def inspect(members: Mapping[str, bytes], file: str, limits: Limits = DEFAULTS) -> Inspected:
    """*members* without macros, the main part typed as a document's.

    Raises NoticeError with everything in them that is refused.
    """
    if sum(len(data) for data in members.values() if _may_be_xml(data)) > limits.markup:
        message = Message("the text of the document, its formats and all, is too large")
        raise NoticeError([Problem("T020", message, Location(file))])
    _collect(_document_types(members, file))
    main = package.main_document(members, file)
    links: list[tuple[str, Relationship]] = []
    unread: list[Problem] = []
    for source in ("", *members):
        try:
            links += [(source, link) for link in package.relationships(members, source)]
        except etree.XMLSyntaxError:
            unread.append(unreadable(package.relationships_name(source), file))
    try:
        types = read_content_types(members)
    except etree.XMLSyntaxError:
        unread.append(unreadable(CONTENT_TYPES, file))
    _collect(unread)
    lost = {each for each in links if kind_of(each[1]) in MACROS or is_local_template(each[1])}
    problems = _wrong_main(main, types, file)
    read = frozenset({main, *filter(is_read, members)})
    known = Known(frozenset(name.lower() for name in members), types, read)
    for source, link in links:
        if (source, link) not in lost:
            where = Location(file, package.relationships_name(source))
            problems += refused_link(source, link, where, known)
    problems += _refused_content(members, read, file)
    _collect(problems)
    notes = [_macros_left_out(file)] if any(kind_of(link) in MACROS for _, link in lost) else []
    kept = with_types(without(members, lost), {main: MAIN_TYPES["document"]})
    return Inspected(kept, main, notes)


def _collect(problems: Iterable[Problem]) -> None:
    found = list(dict.fromkeys(problems))
    if found:
        raise NoticeError(found)


def _macros_left_out(file: str) -> Problem:
    return Problem(
        "T060",
        Message("the macros of the template do not come along into documents"),
        Location(file),
        level="note",
    )


def _wrong_main(main: str, types: Mapping[str, str], file: str) -> list[Problem]:
    found = content_type(types, main)
    if found in MAIN_TYPES.values():
        return []
    return [wrong_type(main, found or "–", Location(file, CONTENT_TYPES))]


# --- XML -----------------------------------------------------------------------------------------


class _Begun(Exception):  # noqa: N818 - the first element was reached
    pass


class _Doctype(Exception):  # noqa: N818
    pass


def _document_types(members: Mapping[str, bytes], file: str) -> Iterator[Problem]:
    """Parts that declare a document type, whether we would read them or not.

    Only what stands before the first element is read.
    """
    for name, data in members.items():
        if not _may_be_xml(data):
            continue
        try:
            _read_prolog(data)
        except _Doctype:
            yield Problem(
                "T069",
                Message("the part {part} declares a document type (DTD)", part=name),
                Location(file, name),
                Message("open the template in Word and save it again"),
            )
        except (_Begun, expat.ExpatError, ValueError, LookupError):
            pass  # what cannot be read is named by who reads it


def _may_be_xml(data: bytes) -> bool:
    """Whether a member is XML, whatever its name: Word goes by content types."""
    beginning = data[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    return beginning[:1] in (b"", b"<") or data.startswith(_OF_TWO_BYTES)


def _may_hide(data: bytes) -> bool:
    """Whether a part is of another encoding than UTF-8, so that its names cannot be seen."""
    beginning = data[:200].lower()
    return data.startswith(_OF_TWO_BYTES) or (
        b"encoding" in beginning and b"utf-8" not in beginning
    )


def _read_prolog(data: bytes) -> None:
    parser = expat.ParserCreate()

    def begun(*_: object) -> None:
        raise _Begun

    def doctype(*_: object) -> None:
        raise _Doctype

    parser.StartElementHandler = begun
    parser.StartDoctypeDeclHandler = doctype
    parser.Parse(data, True)


def _refused_content(
    members: Mapping[str, bytes], read: Container[str], file: str
) -> Iterator[Problem]:
    """Fields that fetch or run something, and what stands for a whole document or an object."""
    for name, data in members.items():
        if not _may_be_xml(data) or not (
            _may_hide(data) or any(word in data for word in _LOOKED_FOR)
        ):
            continue
        try:
            root = package.parse(data)
        except etree.XMLSyntaxError:
            continue
        where = Location(file, name)
        yield from field_problems(root, file, is_read=name in read)
        if any(_STRICT in str(uri) for uri in root.nsmap.values()):
            yield unusual(name, file)
        for _ in root.iter(w("altChunk")):
            yield another_document(where)
        for node in root.iter("{*}OLEObject"):
            yield embedded(str(node.get("ProgID", "")), where)
        for node in root.iter(f"{{{NAMESPACES['v']}}}*"):
            if node.get("href"):
                yield from refused_address(node.get("href"), where)
