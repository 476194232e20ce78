"""The members of a package as a whole: their content types, and what is left out of it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping

from lxml import etree

from generator import package
from generator.package import CONTENT_TYPES, Relationship
from generator.problems import Location, Message, Problem
from generator.wordml import Element, qualified, w

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_MACRO = "application/vnd.ms-word."
MAIN_TYPES = {
    "document": f"{_WORD}document.main+xml",
    "template": f"{_WORD}template.main+xml",
    "document with macros": f"{_MACRO}document.macroEnabled.main+xml",
    "template with macros": f"{_MACRO}template.macroEnabledTemplate.main+xml",
}
"""What the main part may be: `.docx`, `.dotx`, `.docm`, `.dotm`."""
PART_TYPES = {
    kind: f"{_WORD}{kind}+xml"
    for kind in "comments endnotes footer footnotes header numbering settings styles".split()
}
"""The content type of a part, by the kind of the relationship that leads to it."""
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CORE_LINK = f"{_LINKS}/metadata/core-properties"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_READ = re.compile(
    r"word/(?:document|(?:header|footer)\d*|footnotes|endnotes|comments)\.xml|"
    r"docProps/(?:core|app|custom)\.xml"
)


def read_content_types(members: Mapping[str, bytes]) -> dict[str, str]:
    """Content types by lower-case `/part/name` and by lower-case `.ending`.

    Raises lxml.etree.XMLSyntaxError.
    """
    types: dict[str, str] = {}
    for node in package.parse(members[CONTENT_TYPES]):
        if isinstance(node.tag, str):
            name = node.get("PartName") or f".{node.get('Extension', '')}"
            types[name.lower()] = node.get("ContentType", "")
    return types


def content_type(types: Mapping[str, str], part: str) -> str:
    """The content type of *part*; `""` where the package gives none (ISO/IEC 29500-2, 10.1.2)."""
    name = part.lower()
    return types.get(f"/{name}") or types.get(posixpath.splitext(name)[1] or "-", "")


def with_types(members: Mapping[str, bytes], kinds: Mapping[str, str]) -> dict[str, bytes]:
    """*members* with the content types *kinds*, by the names of parts."""
    known = read_content_types(members)
    wrong = {f"/{part}": kind for part, kind in kinds.items() if content_type(known, part) != kind}
    if not wrong:
        return dict(members)
    root = package.parse(members[CONTENT_TYPES])
    own = {node.get("PartName", "").lower(): node for node in root.iterchildren("{*}Override")}
    for name, kind in wrong.items():
        node = own.get(name.lower())
        if node is None:
            node = etree.SubElement(root, f"{{{etree.QName(root).namespace}}}Override")
            node.set("PartName", name)
        node.set("ContentType", kind)
    return {**members, CONTENT_TYPES: serialised(root)}


def joined_to(
    members: Mapping[str, bytes], source: str, kind: str, part: str, type: str, data: bytes
) -> dict[str, bytes]:
    """*members* with one more *part*, to which a relationship of *kind* leads from *source*."""
    name = package.relationships_name(source)
    if name in members:
        root = package.parse(members[name])
    else:
        root = etree.Element(f"{{{_LINKS}}}Relationships", nsmap={None: _LINKS})
    taken = {node.get("Id") for node in root}
    number = 1
    while (id := f"rId{number}") in taken:
        number += 1
    target = posixpath.relpath(part, posixpath.dirname(source) or ".")
    link = etree.SubElement(root, f"{{{_LINKS}}}Relationship")
    link.attrib.update({"Id": id, "Type": kind, "Target": target})
    return with_types({**members, part: data, name: serialised(root)}, {part: type})


def with_properties(members: Mapping[str, bytes], main: str, core: bytes) -> dict[str, bytes]:
    """*members* with *core* for their properties, and nothing beside it and the *main* part."""
    links = package.relationships(members, "")
    alone = without(members, [("", link) for link in links if link.target != main])
    return joined_to(alone, "", _CORE_LINK, "docProps/core.xml", _CORE_TYPE, core)


def is_read(part: str) -> bool:
    """Whether tags may stand in *part*, beside the main document."""
    return _READ.fullmatch(part) is not None


def without(
    members: Mapping[str, bytes], lost: Iterable[tuple[str, Relationship]]
) -> dict[str, bytes]:
    """*members* without these relationships, each with the part that it starts from.

    The parts to which nothing else leads go too.
    """
    gone: dict[str, set[str]] = {}
    for source, link in lost:
        gone.setdefault(source, set()).add(link.id)
    if not gone:
        return dict(members)
    before = _reached(members)
    left = dict(members)
    for source, ids in gone.items():
        name = package.relationships_name(source)
        root = package.parse(left[name])
        for node in list(root.iterchildren("{*}Relationship")):
            if node.get("Id") in ids:
                root.remove(node)
        left[name] = serialised(root)
    for part in before - _reached(left):
        left.pop(part, None)
        left.pop(package.relationships_name(part), None)
    _detach(left, gone)
    left[CONTENT_TYPES] = _types_of(left)
    return left


def _reached(members: Mapping[str, bytes]) -> set[str]:
    """The parts to which relationships lead from the package."""
    reached: set[str] = set()
    queue = [""]
    while queue:
        for link in package.relationships(members, queue.pop()):
            if not link.external and link.target not in reached:
                reached.add(link.target)
                queue.append(link.target)
    return reached


def serialised(root: Element) -> bytes:
    """The bytes of a member that holds *root*."""
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def unreadable(part: str, file: str) -> Problem:
    """What to tell about a part that cannot be parsed."""
    return Problem(
        "T002",
        Message("the part {part} is not well-formed XML", part=part),
        Location(file, part),
        Message("open the template in Word and save it again"),
    )


def unusual(part: str, file: str) -> Problem:
    """What to tell about a part that is WordprocessingML of another namespace, or none."""
    return Problem(
        "T020",
        Message("the part {part} is no Word document of the usual kind", part=part),
        Location(file, part),
        Message("save it in Word as “Word document”, not as “Strict Open XML”"),
    )


def _detach(left: dict[str, bytes], gone: Mapping[str, set[str]]) -> None:
    """Take the attached template out of settings that lost it (ISO/IEC 29500-1, 17.15.1.6)."""
    for part in gone.keys() & left.keys():
        if b"attachedTemplate" not in left[part]:
            continue
        root = package.parse(left[part])
        for node in list(root.iterchildren(w("attachedTemplate"))):
            if node.get(qualified("r:id")) in gone[part]:
                root.remove(node)
        left[part] = serialised(root)


def _types_of(left: Mapping[str, bytes]) -> bytes:
    """The content types without those of parts that are gone."""
    root = package.parse(left[CONTENT_TYPES])
    names = {f"/{name.lower()}" for name in left}
    endings = {posixpath.splitext(name)[1] for name in names}
    for node in list(root.iterchildren("{*}Override", "{*}Default")):
        part, ending = node.get("PartName"), f".{node.get('Extension', '')}".lower()
        if part.lower() not in names if part else ending not in endings:
            root.remove(node)
    return serialised(root)
