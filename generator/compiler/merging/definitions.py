"""The styles and the lists that a package defines (ISO/IEC 29500-1, 17.7, 17.9)."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from generator import package
from generator.compiler.members import unreadable
from generator.problems import NoticeError
from generator.wordml import Element, make, qualified, w

STYLES, NUMBERING = "word/styles.xml", "word/numbering.xml"

StyleKey = tuple[str, str]
"""The type of a style, such as `paragraph`, and its name in lower case: Word's own differ in it."""

_VAL = w("val")
_ALTERNATIVES, _FALLBACK = qualified("mc:AlternateContent"), qualified("mc:Fallback")


@dataclass(frozen=True)
class Definitions:
    """The styles and the lists of a package."""

    styles: Element
    """A `w:styles`."""
    numbering: Element
    """A `w:numbering`."""

    @cached_property
    def style_by_id(self) -> dict[str, Element]:
        return {str(s.get(w("styleId"))): s for s in self.styles.iterchildren(w("style"))}

    @cached_property
    def style_by_key(self) -> dict[StyleKey, Element]:
        return {key_of(style): style for style in self.styles.iterchildren(w("style"))}

    @cached_property
    def num_by_id(self) -> dict[str, Element]:
        return {str(n.get(w("numId"))): n for n in self.numbering.iterchildren(w("num"))}

    @cached_property
    def abstract_by_id(self) -> dict[str, Element]:
        abstracts = self.numbering.iterchildren(w("abstractNum"))
        return {str(a.get(w("abstractNumId"))): a for a in abstracts}

    @cached_property
    def default_style(self) -> Element | None:
        """The style of paragraphs that name none."""
        for style in self.styles.iterchildren(w("style")):
            if style.get(w("default")) in ("1", "true", "on") and key_of(style)[0] == "paragraph":
                return style
        return None

    @property
    def sizes(self) -> tuple[int, int]:
        """How many definitions there are: they only become more."""
        return len(self.styles), len(self.numbering)

    def abstract_of(self, num: Element) -> Element | None:
        """The definition that a list is an instance of."""
        return self.abstract_by_id.get(value_of(num, "abstractNumId"))


def read_definitions(members: Mapping[str, bytes], file: str) -> Definitions:
    """What *members* define, empty where they define none; *file* names them in problems."""
    return Definitions(
        _parsed(members, STYLES, file) if STYLES in members else make("w:styles"),
        _parsed(members, NUMBERING, file) if NUMBERING in members else make("w:numbering"),
    )


def _parsed(members: Mapping[str, bytes], part: str, file: str) -> Element:
    try:
        return package.parse(members[part])
    except etree.XMLSyntaxError as error:
        raise NoticeError([unreadable(part, file)]) from error


def key_of(style: Element) -> StyleKey:
    return str(style.get(w("type"), "paragraph")), name_of(style).lower()


def name_of(style: Element) -> str:
    return value_of(style, "name") or str(style.get(w("styleId"), ""))


def value_of(element: Element, child: str) -> str:
    """The `w:val` of a child; `""` where there is none."""
    found = element.find(w(child))
    return "" if found is None else str(found.get(_VAL, ""))


def portable(element: Element) -> Element:
    """A copy of a definition that any package can hold.

    What later versions of Word add, a part must declare ignorable: it stays behind.
    """
    own = copy.deepcopy(element)
    own.tail = None
    for alternatives in list(own.iter(_ALTERNATIVES)):
        for fallback in alternatives.iterchildren(_FALLBACK):
            for child in list(fallback):
                alternatives.addprevious(child)
    for node in list(own.iter()):
        if node is not own and not _is_word(node.tag):
            if node.getparent() is not None:
                node.getparent().remove(node)
            continue
        for key in list(node.attrib):
            if not _is_word(key):
                del node.attrib[key]
    clean: Element = own
    etree.cleanup_namespaces(clean)
    return clean


def _is_word(name: object) -> bool:
    return isinstance(name, str) and name.startswith(qualified("w:"))


def values_in(root: Element, *tags: str) -> Iterator[str]:
    """The `w:val` of each element of these tags below *root*."""
    for node in root.iter(*tags):
        yield str(node.get(_VAL, ""))
