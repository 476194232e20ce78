"""Relationships that no template may have: to what is fetched, run, missing or mistyped."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from generator.compiler.members import PART_TYPES, content_type
from generator.package import Relationship
from generator.problems import Location, Message, Problem
from generator.tagging import may_hold_tags

MACROS = frozenset(
    "vbaProject wordVbaData attachedToolbars keyMapCustomizations extensibility "
    "userCustomization".split()
)
"""What leads to macros."""
_OBJECTS = frozenset({"oleObject", "control", "activeXControlBinary", "package"})
_SAFE = ("http", "https", "mailto")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_DRIVE = re.compile(r"/*[A-Za-z]:")


@dataclass(frozen=True)
class Known:
    """What is known of a package."""

    names: frozenset[str]
    """Its members, in lower case."""
    types: Mapping[str, str]
    """Its content types, as `read_content_types` gives them."""
    read: frozenset[str]
    """The parts whose tags are read."""


def kind_of(link: Relationship) -> str:
    """The last word of the type of a relationship: `hyperlink`."""
    return link.type.rpartition("/")[2]


def refused_link(
    source: str, link: Relationship, where: Location, known: Known
) -> Iterator[Problem]:
    """What is wrong with the relationship *link* of the part *source*."""
    kind, target = kind_of(link), link.target
    if kind == "attachedTemplate":
        yield Problem(
            "T061",
            Message("a template is attached from elsewhere: {target}", target=target),
            where,
            Message("detach it in Word: Developer, Document Template"),
        )
    elif kind == "aFChunk":
        yield another_document(where)
    elif kind in _OBJECTS and not _is_chart_data(source, link):
        yield embedded(target, where)
    elif kind == "hyperlink" and link.external:
        if not (
            source in known.read and may_hold_tags(unquote(target))
        ):  # else its values are, later
            yield from refused_address(target, where)
    elif link.external:
        yield Problem(
            "T065",
            Message(
                "{kind} is taken from outside the template: {target}", kind=kind, target=target
            ),
            where,
            Message("put it into the document itself, in Word: break the link"),
        )
    elif kind == "hyperlink" and posixpath.basename(target).startswith("#"):
        return  # it leads into the document itself
    elif target.partition("#")[0].lower() not in known.names:
        yield Problem(
            "T067",
            Message("{kind} is a part that the package lacks: {target}", kind=kind, target=target),
            where,
            Message("open the template in Word and save it again"),
        )
    elif wrong := _wrong_kind(kind, target, known.types):
        yield wrong_type(target, wrong, where)


def refused_address(target: str, where: Location) -> Iterator[Problem]:
    """What is wrong with the address of a link."""
    text = unquote(target).strip()
    match = _SCHEME.match(text)
    if text.startswith("#") or (match and match[1].lower() in _SAFE):
        return
    yield Problem(
        "T066",
        Message("a link leads to {target}, not to a web or mail address", target=target),
        where,
        Message(
            "links may begin with http://, https:// or mailto:, not {scheme}",
            scheme=match[0] if match else text[:20] or "–",
        ),
    )


def is_local_template(link: Relationship) -> bool:
    """Whether a link names the template file of the writer's own machine, as Word's always do."""
    if kind_of(link) != "attachedTemplate":
        return False
    target = unquote(link.target).replace("\\", "/")
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    if parts.scheme == "file":
        return parts.netloc in ("", "localhost") and not parts.path.startswith("//")
    if _DRIVE.match(target):
        return True
    return not parts.scheme and not target.startswith("//")


def _is_chart_data(source: str, link: Relationship) -> bool:
    """Whether a link leads from a chart to the workbook of its numbers."""
    return (
        kind_of(link) == "package"
        and not link.external
        and source.startswith("word/charts/")
        and link.target.lower().endswith(".xlsx")
    )


def another_document(where: Location) -> Problem:
    return Problem(
        "T063",
        Message("another document is put in whole (altChunk)"),
        where,
        Message("open the template in Word and save it again"),
    )


def embedded(target: str, where: Location) -> Problem:
    return Problem(
        "T062",
        Message("an object is embedded (OLE or ActiveX): {target}", target=target or "–"),
        where,
        Message("put it in as a picture, or leave it out"),
    )


def _wrong_kind(kind: str, target: str, types: Mapping[str, str]) -> str:
    """The content type of a part that is not what its relationship says; `""` for a right one."""
    found = content_type(types, target)
    if kind in PART_TYPES:
        return "" if found == PART_TYPES[kind] else found or "–"
    if kind == "image":
        return "" if found.startswith("image/") else found or "–"
    return ""


def wrong_type(part: str, found: str, where: Location) -> Problem:
    return Problem(
        "T068",
        Message("the part {part} has the wrong content type: {type}", part=part, type=found),
        where,
        Message("open the template in Word and save it again"),
    )
