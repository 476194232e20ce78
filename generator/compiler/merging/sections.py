"""Sections that end in a child's block (ISO/IEC 29500-1, 17.6.17).

The section that the outer template begins keeps its page, and so does the one that goes on after
the block; what lies between is the child's. Headers and footers are those of the outer template.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable

from generator.compiler.bodies import Body
from generator.compiler.groups import asks_for_section
from generator.compiler.merging.related import left_behind
from generator.compiler.nesting import between, leaves, nest
from generator.places import place
from generator.problems import Location, Message, Problem
from generator.wordml import SPOT, Element, is_tag, make, tag_spot, w

_SECTION = w("sectPr")
_REFERENCES = (w("headerReference"), w("footerReference"))
_OF_THE_OUTER = (*_REFERENCES, w("titlePg"), w("printerSettings"))
_BEFORE_TYPE = (*_REFERENCES, w("footnotePr"), w("endnotePr"))


def section_around(opener: Element, closer: Element | None = None) -> Element | None:
    """The properties of the section that holds the text after *opener*, up to *closer*.

    None where none follows, or where no section can end: in a cell, a header, a note.
    """
    if not is_in_body(opener):
        return None
    for node in opener.itersiblings():
        if node is closer:
            break
        if not is_tag(node):
            for section in node.iter(_SECTION):
                return section
    return None


def is_in_body(opener: Element) -> bool:
    """Whether *opener* stands among the paragraphs of the text itself."""
    holders = [node for node in opener.iterancestors() if node.tag not in _CONTROLS]
    return bool(holders and holders[0].tag == w("body"))


_CONTROLS = (w("sdt"), w("sdtContent"))


def fit_sections(
    opener: Element, closer: Element, section: Element | None, body: Body
) -> list[Problem]:
    """Fit what ends a section between the tags of a block of *body* to the *section* around it.

    In place. Where there is none, a break is a problem.
    """
    inside = between(opener, closer)
    breaks = [node for each in inside if not is_tag(each) for node in each.iter(_SECTION)]
    places = [_place(node, body.file) for node in breaks]
    if section is None:
        asked = [place(body.file, tag_spot(tag)) for tag in inside if _asks(tag)]
        hint = Message("put it into a block that stands in the text itself")
        return [left_behind(Message("a section break"), where, hint) for where in places + asked]
    if not breaks:
        return []
    first, *others = breaks
    body.notes += _losses(breaks, places, section)
    first.getparent().replace(first, copy.deepcopy(section))
    for other in others:
        _take(other, _OF_THE_OUTER)
        other[:0] = [copy.deepcopy(node) for node in section if node.tag in _REFERENCES]
    if _is_certain(inside):
        go_on(section, body.content.find(_SECTION))
    return []


def _asks(node: Element) -> bool:
    return is_tag(node) and asks_for_section(node)


def _place(section: Element, file: str) -> Location:
    return place(file, next(section.iterancestors(w("p"))).get(SPOT, ""))


def _losses(breaks: list[Element], places: list[Location], section: Element) -> list[Problem]:
    """What is said of what does not come along; no errors."""
    said = []
    if _page(breaks[0]) != _page(section):
        message = Message(
            "the section that ends here keeps the page of the outer template, which begins it"
        )
        said.append(Problem("T027", message, places[0], level="note"))
    for node, where in zip(breaks, places, strict=True):
        if any(child.tag in _REFERENCES for child in node):
            message = Message(
                "headers and footers of a section do not come along: the outer template's stand "
                "there"
            )
            said.append(Problem("T027", message, where, level="note"))
    return said


def _page(section: Element) -> list[str]:
    """The size of a page, in twentieths of a point."""
    size = section.find(w("pgSz"))
    return ["", ""] if size is None else [size.get(w("w"), ""), size.get(w("h"), "")]


def _is_certain(inside: Iterable[Element]) -> bool:
    """Whether a section ends among these nodes whatever the conditions come to."""
    return any(
        not around and any(True for _ in node.iter(_SECTION))
        for node, around in leaves(nest(inside))
    )


def go_on(section: Element, last: Element | None = None) -> None:
    """Let *section* go on with what another one began, as the *last* of a child does."""
    _take(section, (w("titlePg"), w("type")))
    for numbers in section.iterchildren(w("pgNumType")):
        numbers.attrib.pop(w("start"), None)
    kind = None if last is None else last.find(w("type"))
    if kind is not None:
        index = sum(node.tag in _BEFORE_TYPE for node in section)
        section.insert(index, make("w:type", {"w:val": kind.get(w("val"), "nextPage")}))


def _take(section: Element, names: Iterable[str]) -> None:
    for node in [node for node in section if node.tag in names]:
        section.remove(node)
