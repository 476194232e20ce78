"""Sections that a template asks for by name, and the last one, which only a render can know.

`{{ "landscape" | section }}` stands between paragraphs of the text: what follows it is on pages
that lie across. Every package can give that section, its own one turned by a quarter; a layout has
one with footers of its own, kept at its beginning in a paragraph that holds nothing but such a tag.
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from itertools import takewhile

from generator.compiler.bodies import Body
from generator.compiler.family import Family
from generator.compiler.groups import (
    PARAGRAPHS,
    Group,
    asks_for_section,
    content,
    groups_in,
    level_of,
    name_of,
)
from generator.compiler.members import without
from generator.compiler.merging.sections import go_on, is_in_body
from generator.compiler.nesting import between
from generator.compiler.section_breaks import settle_breaks
from generator.package import relationships
from generator.places import place
from generator.problems import Message, Problem
from generator.runtime.sections import Sections
from generator.wordml import (
    NAMESPACES,
    Element,
    Source,
    is_tag,
    make,
    qualified,
    tag_code,
    tag_node,
    tag_spot,
    tags_in,
    w,
)

PORTRAIT, LANDSCAPE, IMPRINT = "portrait", "landscape", "imprint"
"""Pages that stand upright, pages that lie across, and the even page of a 版记 alone (GX020)."""

_SECTION, _SIZE, _MARGINS = w("sectPr"), w("pgSz"), w("pgMar")
_REFERENCES = (w("headerReference"), w("footerReference"))
_BEFORE_TYPE = (*_REFERENCES, w("footnotePr"), w("endnotePr"))
_AFTER_TITLE_PAGE = frozenset(
    map(w, "textDirection bidi rtlGutter docGrid printerSettings".split())
)
_CLOCKWISE = {"top": "left", "right": "top", "bottom": "right", "left": "bottom"}
"""The margin of an upright page that each margin of a page across is, its head to the right."""
_HOLDERS = frozenset({"call", "macro", "set"})


def take_sections(body: Body) -> dict[str, Element]:
    """Take out of the beginning of *body* the sections that it only keeps ready, by their names."""
    ready: dict[str, Element] = {}
    kept = list(takewhile(_keeps_section, body.content.iterchildren(w("p"))))
    for paragraph in kept:
        (tag,) = tags_in(paragraph)
        ready[_name(tag)] = paragraph.find(f"{w('pPr')}/{_SECTION}")
        body.content.remove(paragraph)
    return ready


def _keeps_section(paragraph: Element) -> bool:
    """Whether *paragraph* ends a section and holds nothing but the tag that asks for it."""
    section = paragraph.find(f"{w('pPr')}/{_SECTION}")
    inside = [node for node in content(paragraph) if node is not section]
    alone = len(inside) == 1 and not isinstance(inside[0], str) and is_tag(inside[0])
    return section is not None and alone and asks_for_section(inside[0])


def settle_sections(family: Family, ready: Mapping[str, Element]) -> Sections | None:
    """Let the last section of *family* be asked while rendering, if any template asks for one.

    In place; None where none does. Footers that only sections in *ready* have go where nobody asks
    for these.
    """
    across = ready.get(LANDSCAPE)
    if across is not None:
        for body in family.chain[:-1]:
            _number_as(across, body.content)
    codes = [tag_code(tag) for body in family.bodies for tag in _asking(body.root)]
    last = family.root.content.find(_SECTION)
    lost = {name: section for name, section in ready.items() if not _asks_for(name, codes)}
    _drop_parts(family, lost.values())
    if last is None:
        return None
    if not codes:
        breaks = settle_breaks(family.root.content)
        return _replaced(last, "", breaks[0], _numbered(breaks)) if breaks else None
    first = LANDSCAPE if _is_across(last) else PORTRAIT
    later = copy.deepcopy(last)
    go_on(later)
    sections = {
        first: later,
        PORTRAIT if first == LANDSCAPE else LANDSCAPE: _turned(later),
        IMPRINT: _alone_on_even_page(later),
        **ready,
    }
    return _replaced(last, first, last, sections)


def _numbered(sections: Iterable[Element]) -> dict[str, Element]:
    return {str(number): section for number, section in enumerate(sections, 1)}


def _replaced(
    last: Element, first: str, opening: Element, sections: Mapping[str, Element]
) -> Sections:
    """*sections* for State; the *last* one of a document is asked from there."""
    found = Sections(
        first, _written(opening), {name: _written(each) for name, each in sections.items()}
    )
    last.getparent().replace(last, tag_node("v", '"" | last_section'))
    return found


def misplaced_sections(body: Body, chain: Sequence[Body]) -> list[Problem]:
    """The tags of *body* that would begin or end a section where none can.

    That is in a cell, a header, a macro, or a body that is not in the *chain* of ancestors.
    """
    held = {
        tag
        for tree in body.parts.values()
        for group in _groups(tree, body.file)
        if group.kind in _HOLDERS
        for tag in _tags_between(group)
    }
    printing = _prints_sections([body, *chain])
    return [
        Problem(
            "T030",
            Message("“{code}” stands where no section can begin", code=tag_code(tag)),
            place(body.file, tag_spot(tag)),
            Message("put it into the text itself, in a line of its own"),
        )
        for tree in body.parts.values()
        for tag in tags_in(tree)
        if level_of(tag) == PARAGRAPHS
        if (asks_for_section(tag) and (tag in held or body not in chain))
        or (_begins_sections(tag, printing) and not (tree is body.root and is_in_body(tag)))
    ]


def _begins_sections(tag: Element, printing: Container[str]) -> bool:
    """Whether *tag* asks for a section, or prints a block or macro of those in *printing*."""
    return asks_for_section(tag) or (
        tag.target == "v" and tag_code(tag).partition("(")[0] in printing
    )


def _prints_sections(bodies: Iterable[Body]) -> frozenset[str]:
    """What prints sections of *bodies*, as a tag calls it: `self.annexes`, `page`."""
    return frozenset(
        f"self.{name_of(group.opener)}" if group.kind == "block" else name_of(group.opener)
        for body in bodies
        for group in _groups(body.root, body.file)
        if group.kind in ("block", "macro")
        if any(map(asks_for_section, _tags_between(group)))
        or any(
            True
            for node in between(group.opener, group.closer)
            if not is_tag(node)
            for _ in node.iter(_SECTION)
        )
    )


def _groups(tree: Element, file: str) -> Iterator[Group]:
    return (group for outermost in groups_in(tree, file)[0] for group in outermost.walk())


def _tags_between(group: Group) -> Iterator[Element]:
    for node in between(group.opener, group.closer):
        yield from [node] if is_tag(node) else tags_in(node)


def _asking(tree: Element) -> Iterator[Element]:
    return (tag for tag in tags_in(tree) if asks_for_section(tag))


def _name(tag: Element) -> str:
    return tag_code(tag).partition("|")[0].strip().strip("\"'")


def _asks_for(name: str, codes: Iterable[str]) -> bool:
    return any(f'"{name}"' in code or f"'{name}'" in code for code in codes)


# --- their properties ----------------------------------------------------------------------------


def _is_across(section: Element) -> bool:
    size = section.find(_SIZE)
    return size is not None and size.get(w("orient")) == "landscape"


def _turned(section: Element) -> Element:
    """*section* with its sheet turned by a quarter, margins and all (GX019)."""
    turned = copy.deepcopy(section)
    size, margins = turned.find(_SIZE), turned.find(_MARGINS)
    if size is not None:
        size.attrib.update({w("w"): size.get(w("h"), ""), w("h"): size.get(w("w"), "")})
        if _is_across(section):
            del size.attrib[w("orient")]
        else:
            size.set(w("orient"), "landscape")
    if margins is not None:
        for side, upright in _CLOCKWISE.items():
            to, of = (upright, side) if _is_across(section) else (side, upright)
            margins.set(w(to), section.find(_MARGINS).get(w(of), "0"))
    return turned


def _alone_on_even_page(section: Element) -> Element:
    """*section* as that of a 版记 on a page of its own, which bears no number (GN005, GX020).

    A first page of which no footer is said has none (ISO/IEC 29500-1, 17.10.6).
    """
    alone = copy.deepcopy(section)
    before = sum(node.tag in _BEFORE_TYPE for node in alone)
    alone.insert(before, make("w:type", {"w:val": "evenPage"}))
    after = [node for node in alone if node.tag in _AFTER_TITLE_PAGE]
    alone.insert(alone.index(after[0]) if after else len(alone), make("w:titlePg"))
    return alone


def _written(section: Element) -> str:
    source = Source()
    source.put_tree(section, frozenset(NAMESPACES.values()))
    return source.text.strip()


# --- their footers -------------------------------------------------------------------------------


def _drop_parts(family: Family, lost: Collection[Element]) -> None:
    """Take the headers and footers that only *lost* sections name out of the package."""
    root = family.root
    main = next(iter(root.parts))
    sections = (section for body in family.chain for section in body.root.iter(_SECTION))
    kept = {id for section in sections for id in _ids(section)}
    gone = {id for section in lost for id in _ids(section)} - kept
    if not gone or root.package is None:
        return
    links = [(main, link) for link in relationships(root.package, main) if link.id in gone]
    whole = {**root.package, **dict.fromkeys(root.parts, b"")}
    left = without(whole, links)
    root.package = {name: data for name, data in left.items() if name not in root.parts}
    root.parts = {part: tree for part, tree in root.parts.items() if part in left}


def _number_as(across: Element, content: Element) -> None:
    """Give the sections of pages across, which end in *content*, the footers of *across*."""
    for section in content.iter(_SECTION):
        if _is_across(section):
            for reference in list(section.iterchildren(*_REFERENCES)):
                section.remove(reference)
            references = across.iterchildren(*_REFERENCES)
            section[:0] = [copy.deepcopy(reference) for reference in references]


def _ids(section: Element) -> Iterator[str]:
    for node in section.iterchildren(*_REFERENCES):
        yield node.get(qualified("r:id"), "")
