"""Open Packaging: `.docx` bytes ↔ parts, relationships, and the deterministic writer.

The writer copies members that never change as they were deflated once, and deflates the others:
equal parts give equal bytes (ISO/IEC 29500-2; fixed dates, fixed order).
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import unquote

from isal import isal_zlib

from generator.limits import DEFAULTS, Limits
from generator.problems import Location, Message, NoticeError, Problem

CONTENT_TYPES = "[Content_Types].xml"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
CORE_PROPERTIES = (
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
)

# ISO/IEC 29500-2, annex B; others unpack without bounds.
_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_FIRST = (CONTENT_TYPES, "_rels/.rels")


def read_parts(data: bytes, file: str, limits: Limits = DEFAULTS) -> dict[str, bytes]:
    """The members of the package *data* by name; *file* names it in problems.

    Raises NoticeError for what is not a plain, bounded `.docx`: another format, encrypted,
    truncated or oversized members, names that appear twice or leave the package.
    """
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise _refusal(
            file,
            Message("an old .doc or an encrypted document, not a .docx"),
            Message("open it in Word and save it as .docx without a password"),
        )
    parts = unpacked(data, file, limits)
    if parts is None:
        raise _refusal(
            file,
            Message("not a readable .docx package"),
            Message("open it in Word and save it again as .docx"),
        )
    if CONTENT_TYPES not in parts:
        raise _refusal(
            file,
            Message("a zip file, but not a Word document"),
            Message("save the template in Word as .docx"),
        )
    return parts


def unpacked(
    data: bytes, file: str, limits: Limits = DEFAULTS, code: str = "T020"
) -> dict[str, bytes] | None:
    """The members of any package by name; None where *data* is no readable zip.

    Raises NoticeError (*code*) for a package that is encrypted, too large or not plain.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_members(archive, file, limits, code)
            return {
                entry.filename: archive.read(entry)
                for entry in archive.infolist()
                if not entry.is_dir()
            }
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError):
        return None


def _check_members(archive: zipfile.ZipFile, file: str, limits: Limits, code: str) -> None:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if len(entries) > limits.members:
        raise _refusal(
            file,
            Message(
                "the package has {count} members; {most} are the most",
                count=len(entries),
                most=limits.members,
            ),
            code=code,
        )
    if sum(entry.file_size for entry in entries) > limits.package:
        raise _refusal(file, Message("the package is too large unpacked"), code=code)
    if any(entry.flag_bits & 1 for entry in entries):
        raise _refusal(file, Message("the package is encrypted"), code=code)
    if any(entry.compress_type not in _COMPRESSIONS for entry in entries):
        raise _refusal(
            file, Message("the package is compressed in a way that Word never writes"), code=code
        )
    known: set[str] = set()
    for name in names:
        if name.lower() in known:
            raise _refusal(
                file,
                Message("the package has two members of the name “{name}”", name=name),
                code=code,
            )
        known.add(name.lower())
    for name in names:
        if name.startswith("/") or "\\" in name or ".." in name.split("/"):
            raise _refusal(
                file, Message("the member “{name}” leaves the package", name=name), code=code
            )


def _refusal(
    file: str, message: Message, hint: Message | str = "", code: str = "T020"
) -> NoticeError:
    return NoticeError([Problem(code, message, Location(file), hint)])


def parse(data: bytes) -> Any:
    """The root element of an XML part; nothing is fetched and no entity is expanded.

    Raises lxml.etree.XMLSyntaxError, for a part that declares a document type too.
    """
    from lxml import etree  # a repeated run renders without it

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.doctype:
        raise etree.XMLSyntaxError("document type declarations are not allowed", None, 0, 0)
    return root


TEXT_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
ATTRIBUTE_ESCAPES = TEXT_ESCAPES | str.maketrans({'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


# --- relationships -------------------------------------------------------------------------------


class Relationship(NamedTuple):
    """A typed link from one part to another part or to a target outside."""

    id: str
    type: str
    target: str
    """The member name of the target, or its address where it is external."""
    external: bool


def relationships_name(part: str) -> str:
    """The member that holds the relationships of *part*; `""` is the package itself."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relationships(parts: Mapping[str, bytes], part: str) -> list[Relationship]:
    """The relationships of *part*, in their order; none where it has no such member."""
    member = parts.get(relationships_name(part))
    if member is None:
        return []
    return [
        Relationship(
            id=node.get("Id", ""),
            type=node.get("Type", ""),
            target=_target(part, node),
            external=node.get("TargetMode") == "External",
        )
        for node in parse(member).iterchildren("{*}Relationship")
    ]


def _target(part: str, node: Any) -> str:
    target = str(node.get("Target", ""))
    if node.get("TargetMode") == "External":
        return target
    joined = posixpath.join("/", posixpath.dirname(part), unquote(target))
    return posixpath.normpath(joined).lstrip("/")


def main_document(parts: Mapping[str, bytes], file: str) -> str:
    """The name of the main document part; NoticeError where the package has none."""
    try:
        links = relationships(parts, "")
    except SyntaxError:  # as lxml's errors are
        links = []
    for link in links:
        if link.type == RELATIONSHIPS + "officeDocument" and link.target in parts:
            return link.target
    raise _refusal(file, Message("the package has no main document"))


# --- writing -------------------------------------------------------------------------------------

_LOCAL = struct.Struct("<IHHHHHIIIHH")
_CENTRAL = struct.Struct("<IHHHHHHIIIHHHHHII")
_END = struct.Struct("<IHHHHIIH")
_UTF8_NAMES = 0x800
_JANUARY_1980 = 33
_STORED, _DEFLATED = 0, 8
_DENSE = (b".png", b".jpeg", b".gif")
"""How members end that are compressed in themselves."""
_WORTH_DEFLATING = 1_024
"""Bytes of a member; setting up the compressor takes longer than a smaller one gains."""


@dataclass(frozen=True, slots=True)
class Packed:
    """Members that are deflated already: the beginning of an archive, ready to be copied."""

    local: bytes
    central: bytes
    count: int


def pack(parts: Mapping[str, bytes]) -> Packed:
    """Deflate the members that never change, once and well, `[Content_Types].xml` first."""
    local: list[bytes] = []
    central: list[bytes] = []
    offset = 0
    for name in sorted(parts, key=lambda name: (name not in _FIRST, name)):
        data = parts[name]
        squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
        deflated = squeezer.compress(data) + squeezer.flush()
        checksum = zlib.crc32(data)
        entry, listing = _member(name.encode(), _DEFLATED, deflated, len(data), checksum, offset)
        local.append(entry)
        central.append(listing)
        offset += len(entry)
    return Packed(b"".join(local), b"".join(central), len(local))


def write(packed: Packed, parts: Iterable[tuple[bytes, list[bytes]]]) -> bytes:
    """The archive of *packed* and, after it, *parts* in their order.

    Each is the name of a member and its content, in chunks.
    """
    local = [packed.local]
    central = [packed.central]
    offset, count = len(packed.local), packed.count
    for name, chunks in parts:
        size = sum(map(len, chunks))
        checksum = 0
        for chunk in chunks:
            checksum = isal_zlib.crc32(chunk, checksum)
        if size > _WORTH_DEFLATING and not name.endswith(_DENSE):
            method, stored = _DEFLATED, _deflated(chunks)
        else:
            method, stored = _STORED, b"".join(chunks)
        entry, listing = _member(name, method, stored, size, checksum, offset)
        local.append(entry)
        central.append(listing)
        offset += len(entry)
        count += 1
    directory = b"".join(central)
    end = _END.pack(0x06054B50, 0, 0, count, count, len(directory), offset, 0)
    return b"".join((*local, directory, end))


def _deflated(chunks: list[bytes]) -> bytes:
    """*chunks* as one stream, deflated at the speed of the fastest level."""
    if len(chunks) == 1:
        whole: bytes = isal_zlib.compress(chunks[0], 1, -15)
        return whole
    squeezer = isal_zlib.compressobj(1, isal_zlib.DEFLATED, -15)
    return b"".join([*map(squeezer.compress, chunks), squeezer.flush()])


def _member(
    name: bytes, method: int, stored: bytes, size: int, checksum: int, offset: int
) -> tuple[bytes, bytes]:
    """The local entry and the central listing of one member; *stored* is what the archive holds."""
    facts = (
        *(20, _UTF8_NAMES, method, 0, _JANUARY_1980),
        *(checksum, len(stored), size, len(name)),
    )
    entry = _LOCAL.pack(0x04034B50, *facts, 0) + name + stored
    return entry, _CENTRAL.pack(0x02014B50, 20, *facts, 0, 0, 0, 0, 0, offset) + name
