"""What content is related to: links and pictures come along, all else is refused by name."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from generator import package
from generator.compiler.bodies import Body
from generator.compiler.linking import MEDIUM, TARGET, read_targets
from generator.compiler.members import content_type, read_content_types
from generator.compiler.merging.media import Media
from generator.compiler.refused_links import kind_of
from generator.package import Relationship
from generator.places import place
from generator.problems import Location, Message, Problem
from generator.wordml import SPOT, Element, is_tag, qualified, w

_RELATED = qualified("r:")
_ID, _ANCHOR = qualified("r:id"), w("anchor")
_NAMED = {
    "chart": Message("a chart"),
    "chartEx": Message("a chart"),
    "customXml": Message("handwriting"),
    "diagramColors": Message("SmartArt"),
    "diagramData": Message("SmartArt"),
    "diagramLayout": Message("SmartArt"),
    "diagramQuickStyle": Message("SmartArt"),
    "subDocument": Message("a subdocument"),
}
"""What the kinds of relationships are about that cannot come along."""


def settle_related(body: Body, part: str, root: Element, media: Media) -> list[Problem]:
    """Let the elements below *root*, of *part*, name their links and pictures themselves.

    What else they are related to is a problem.
    """
    members = body.package or {}
    links = package.relationships(members, part)
    read_targets(root, links, every=True)
    by_id = {link.id: link for link in links}
    types = read_content_types(members)
    problems = []
    for node, key, id in _references(root):
        link = by_id.get(id)
        if link is not None and kind_of(link) == "image" and not link.external:
            data, ending = members[link.target], posixpath.splitext(link.target)[1]
            name = media.name_of(data, ending, content_type(types, link.target))
            node.set(MEDIUM, name.removeprefix("word/"))
        elif link is not None and node.tag == w("hyperlink") and _bookmark(link):
            node.set(_ANCHOR, _bookmark(link))
            del node.attrib[key]
        else:
            problems.append(_cannot_come(link, _place(node, body.file)))
    return list(dict.fromkeys(problems))


def _references(root: Element) -> Iterator[tuple[Element, str, str]]:
    """The attributes below *root* that name a relationship: element, name, id.

    Sections are another matter, and links know their targets already.
    """
    for node in list(root.iter()):
        if is_tag(node) or not isinstance(node.tag, str):
            continue
        if next(node.iterancestors(w("sectPr")), None) is not None:
            continue
        for key, id in node.attrib.items():
            if key.startswith(_RELATED) and id and not (key == _ID and TARGET in node.attrib):
                yield node, key, id


def _bookmark(link: Relationship) -> str:
    """The bookmark of the same document that a link leads to; `""` for another target."""
    _, inside, bookmark = link.target.rpartition("#")
    return bookmark if kind_of(link) == "hyperlink" and inside else ""


def _place(node: Element, file: str) -> Location:
    paragraph = next(node.iterancestors(w("p")), node)
    return place(file, paragraph.get(SPOT, ""))


def _cannot_come(link: Relationship | None, where: Location) -> Problem:
    if link is None:
        return left_behind(Message("what the package lacks"), where)
    kind = kind_of(link)
    return left_behind(_NAMED.get(kind, Message("a part of the kind “{kind}”", kind=kind)), where)


def left_behind(what: Message, where: Location, hint: Message | None = None) -> Problem:
    """*what* needs its own package, which another one replaces."""
    return Problem(
        "T023",
        Message("{what} cannot come along into another template", what=what),
        where,
        hint or Message("put it in as a picture, or leave it out"),
    )
