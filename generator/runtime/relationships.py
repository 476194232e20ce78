"""Relationships that values ask for: links and pictures, gathered by part while rendering.

A template that uses none packs its relationships once; of the others, the members that list them
are completed after each render, and media are added (ISO/IEC 29500-2, 9.3).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from jinja2 import Undefined

from generator.limits import DEFAULTS, Limits
from generator.package import (
    ATTRIBUTE_ESCAPES,
    CONTENT_TYPES,
    RELATIONSHIPS,
    relationships_name,
)
from generator.problems import Message
from generator.runtime.content_types import TYPES_END, override
from generator.runtime.values import ValueRefused, said

ReadFile = Callable[[str], bytes]
"""Gives the content of a file that a value names. Raises ValueRefused."""


def read_none(name: str) -> bytes:
    """The ReadFile of values that no folder belongs to."""
    raise ValueRefused(
        Message("“{name}” names a file, but there is no folder to read it from", name=name)
    )


MOST_CHARTS = 100
"""In one document: each opens a workbook of its own."""
MAX_TARGET = 2_000
"""Characters of a link's target."""
_END = "</Relationships>"
_CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_FOLDER = "word"
"""Where the folder of media stands."""
_SCHEME = re.compile(r"(?:https?://|mailto:)[^/\s]", re.IGNORECASE)
_PUT_BEFORE = re.compile(r"https?://(?=https?://|mailto:)", re.IGNORECASE)
_ALLOWED = "%/:?#[]@!$&'()*+,;=-._~"


class Wanted:
    """The relationships and media that one render has asked for."""

    __slots__ = ("charts", "files", "ids", "limits", "media", "part", "prefix", "read", "size")

    def __init__(self, prefix: str, read: ReadFile = read_none, limits: Limits = DEFAULTS) -> None:
        """*prefix* begins ids and names that the package does not use; *read* reads pictures."""
        self.prefix = prefix
        self.read = read
        self.limits = limits
        self.part = ""
        self.ids: dict[str, dict[tuple[str, str], str]] = {}
        """By part: (type, target) → id."""
        self.media: dict[bytes, str] = {}
        """The name of each picture, by its bytes."""
        self.charts: list[tuple[bytes, bytes]] = []
        """Each chart and its workbook."""
        self.files: dict[str, bytes] = {}
        """What was read already."""
        self.size = 0

    def id_of(self, kind: str, target: str) -> str:
        """The id of the relationship of this part to *target*, a new one if there is none yet."""
        ids = self.ids.setdefault(self.part, {})
        return ids.setdefault((kind, target), f"{self.prefix}{len(ids) + 1}")

    def medium(self, data: bytes, ending: str) -> str:
        """The id of the relationship of this part to the picture *data*, which is stored once."""
        name = self.media.get(data)
        if name is None:
            self.size += len(data)
            if self.size > self.limits.pictures:
                raise ValueRefused(Message("the pictures are too large together"))
            name = f"media/{self.prefix}{len(self.media) + 1}.{ending}"
            self.media[data] = name
        return self.id_of("image", name)

    def chart(self, part: bytes, workbook: bytes) -> str:
        """The id of the relationship of this part to a new chart with its workbook."""
        if len(self.charts) == MOST_CHARTS:
            raise ValueRefused(Message("there are more than {most} charts", most=MOST_CHARTS))
        self.charts.append((part, workbook))
        return self.id_of("chart", f"charts/{self.prefix}{len(self.charts)}.xml")

    def file(self, name: str) -> bytes:
        """The content of the file that a value names. Raises ValueRefused."""
        if name not in self.files:
            self.files[name] = self.read(name)
        return self.files[name]


@dataclass(frozen=True)
class Relationships:
    """What a template's parts are related to, ready to be completed."""

    heads: Mapping[str, str]
    """By part: its relationships as XML, but for the end; `""` where it has none."""
    prefix: str
    """Begins the ids and names that a render adds."""
    content_types: str = ""
    """The content types as XML, but for the end, where a template prints charts."""

    def members(self, wanted: Wanted) -> Iterator[tuple[bytes, list[bytes]]]:
        """The members that list the relationships of each part, and the media, each in chunks."""
        for part, head in self.heads.items():
            added = wanted.ids.get(part, {})
            if head or added:
                entries = [_entry(part, *key, id) for key, id in added.items()]
                text = "".join((head or HEAD, *entries, _END))
                yield relationships_name(part).encode(), [text.encode()]
        for data, name in wanted.media.items():
            yield f"{_FOLDER}/{name}".encode(), [data]
        types = ""
        for number, (chart, workbook) in enumerate(wanted.charts, 1):
            name = f"{self.prefix}{number}"
            book = entry("rId1", RELATIONSHIPS + "package", f"../embeddings/{name}.xlsx", "")
            part = f"{_FOLDER}/charts/{name}.xml"
            types += override(f"/{part}", _CHART)
            yield part.encode(), [chart]
            yield relationships_name(part).encode(), [f"{HEAD}{book}{_END}".encode()]
            yield f"{_FOLDER}/embeddings/{name}.xlsx".encode(), [workbook]
        if self.content_types:
            yield CONTENT_TYPES.encode(), [f"{self.content_types}{types}{TYPES_END}".encode()]


HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
)


def entry(id: str, kind: str, target: str, mode: str) -> str:
    """One relationship as XML."""
    shown = target.translate(ATTRIBUTE_ESCAPES)
    outside = f' TargetMode="{mode}"' if mode else ""
    return (
        f'<Relationship Id="{id.translate(ATTRIBUTE_ESCAPES)}" '
        f'Type="{kind.translate(ATTRIBUTE_ESCAPES)}" Target="{shown}"{outside}/>'
    )


def _entry(part: str, kind: str, target: str, id: str) -> str:
    if kind == "hyperlink":
        return entry(id, RELATIONSHIPS + kind, target, "External")
    beside = posixpath.dirname(part) == _FOLDER
    return entry(id, RELATIONSHIPS + kind, target if beside else f"/{_FOLDER}/{target}", "")


def link_target(value: object) -> str:
    """*value* as the target of a link, with what no address may hold percent-encoded.

    Word puts `http://` before what it takes for half an address: a whole one after it wins. Raises
    ValueRefused for other schemes than http, https and mailto, and where there is none.
    """
    if value is None or (isinstance(value, Undefined) and not str(value)):
        raise ValueRefused(Message("a link has no target"))
    text = said(value).strip()
    if len(text) > MAX_TARGET:
        raise ValueRefused(Message("the target of a link is too long"))
    try:
        target = quote(_PUT_BEFORE.sub("", text), safe=_ALLOWED)
    except UnicodeEncodeError as error:
        raise ValueRefused(Message("“{target}” is no target of a link", target=text)) from error
    if not _SCHEME.match(target):
        raise ValueRefused(
            Message("a link leads to http://, https:// or mailto:, not to “{target}”", target=text)
        )
    return target
