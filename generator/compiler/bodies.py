"""What the front ends read: trees with tag nodes, and the package around them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from generator import package, tags
from generator.compiler.controls import unbind
from generator.compiler.field_codes import mark_fields
from generator.compiler.groups import argument, keyword, name_of
from generator.compiler.hazards import inspect
from generator.compiler.linking import TARGET, read_targets
from generator.compiler.members import is_read, unreadable, unusual
from generator.compiler.text_boxes import empty_second_halves
from generator.limits import DEFAULTS, Limits
from generator.places import place
from generator.problems import Location, Message, NoticeError, Problem
from generator.wordml import SPOT, Element, is_tag, qualified, tag_node, tags_in, w

_STYLES = "word/styles.xml"


@dataclass
class Body:
    """One template's own content, before it is compiled with its ancestors."""

    name: str
    """The canonical name, one for each file."""
    file: str
    """As messages name it."""
    parts: dict[str, Element] = field(default_factory=dict)
    """The trees that hold tags, by the names of their parts; the content comes first."""
    package: Mapping[str, bytes] | None = None
    """The members that no tag touches; None for a body that brings only content."""

    kept_blocks: frozenset[str] = frozenset()
    """The blocks of a layout whose end stays on the page of what follows them."""

    links: dict[str, set[str]] = field(default_factory=dict)
    """By part: the ids of relationships that its links no longer need."""

    notes: list[Problem] = field(default_factory=list)
    """What of its package does not come along; no error."""

    @property
    def root(self) -> Element:
        """The tree of the content."""
        return next(iter(self.parts.values()))

    @property
    def content(self) -> Element:
        """The element whose children are the content."""
        container = self.root.find(w("body"))
        return self.root if container is None else container

    def tags(self, *words: str) -> list[tuple[Element, str]]:
        """The tags of these statements that name a template, and the name."""
        found = []
        for tree in self.parts.values():
            for tag in tags_in(tree):
                if keyword(tag) in words and (match := _QUOTED.match(argument(tag))):
                    found.append((tag, match[1] or match[2]))
        return found

    def extends(self, layout: str) -> list[tuple[Element, str]]:
        """The tag that names this body's parent, and the name; none for a package of its own.

        Content without one is made to fill *layout*: its block `body`, if it names none itself.
        """
        if self.package is None and layout and not self.tags("extends"):
            root = self.root
            named = {name_of(tag) for tag in tags_in(root) if keyword(tag) == "block"}
            if "body" not in named:
                root.insert(0, tag_node("b", "block body", "1"))
                root.append(tag_node("b", "endblock", "1"))
            root.insert(0, tag_node("b", f'extends "{layout}"', "1"))
        return self.tags("extends")


_QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'")


def read_word_body(data: bytes, name: str, file: str, limits: Limits = DEFAULTS) -> Body:
    """The body of a `.docx`: its main document and whichever of its other parts hold tags."""
    inspected = inspect(package.read_parts(data, file, limits), file, limits)
    members, main = inspected.members, inspected.main
    body = Body(name, file, package=members, notes=inspected.notes)
    problems: list[Problem] = []
    others = sorted(member for member in members if is_read(member) and member != main)
    for part in [main, *others]:
        try:
            root = package.parse(members[part])
        except etree.XMLSyntaxError:
            problems.append(unreadable(part, file))
            continue
        if part == main and root.tag != w("document"):
            problems.append(unusual(part, file))
            continue
        body.links[part] = read_targets(root, package.relationships(members, part))
        tags.choose_known(root)
        empty_second_halves(root)
        problems += tags.mark_tags(root, file)
        problems += mark_fields(root, file)
        unbind(root)
        if part == main or _has_tags(root) or tags.was_revised(root):
            body.parts[part] = root
    if problems:
        raise NoticeError(problems)
    body.package = {member: data for member, data in members.items() if member not in body.parts}
    return body


def _has_tags(root: Element) -> bool:
    return any(True for _ in tags_in(root)) or any(
        "{{" in value for node in root.iter() if not is_tag(node) for value in node.attrib.values()
    )


def name_styles(body: Body, ids: Mapping[str, str]) -> None:
    """Give the styles of *body*'s content the *ids* that they have in the package, by name.

    A style that is missing there is left out.
    """
    names = {own: name for name, own in style_ids(body.package or {}, body.file).items()}
    for node in list(body.root.iter(w("pStyle"), w("rStyle"), w("tblStyle"))):
        said = node.get(w("val"), "")
        name = names.get(said, said)
        if name in ids:
            node.set(w("val"), ids[name])
        else:
            node.getparent().remove(node)


def left_behind(body: Body) -> list[Problem]:
    """What the content of a Word body needs of its own package, which another one replaces.

    Its links come along.
    """
    problems = []
    part = next(iter(body.parts))
    read_targets(body.root, package.relationships(body.package or {}, part), every=True)
    for block in body.content:
        if is_tag(block) or block.tag == w("sectPr"):
            continue
        for node in block.iter():
            what = _needs_its_package(node)
            if what:
                paragraph = next(node.iterancestors(w("p")), node)
                problems.append(_left_behind(what, place(body.file, paragraph.get(SPOT, ""))))
    return problems


def _needs_its_package(node: Element) -> Message | None:
    if is_tag(node) or not isinstance(node.tag, str):
        return None
    if TARGET not in node.attrib and any(key.startswith(qualified("r:")) for key in node.attrib):
        return Message("a picture, link or section")
    if node.tag == w("numPr"):
        return Message("a numbered list")
    if node.tag in (w("footnoteReference"), w("endnoteReference"), w("commentReference")):
        return Message("a note")
    return None


def _left_behind(what: Message, where: Location) -> Problem:
    return Problem(
        "T023",
        Message("{what} cannot come along into the template that this one extends", what=what),
        where,
        Message("leave text and tables in the blocks, or extend nothing"),
    )


def style_ids(members: Mapping[str, bytes], file: str) -> dict[str, str]:
    """The id of each style of a package by its name (ISO/IEC 29500-1, 17.7.4.9)."""
    if _STYLES not in members:
        return {}
    try:
        styles = package.parse(members[_STYLES])
    except etree.XMLSyntaxError as error:
        raise NoticeError([unreadable(_STYLES, file)]) from error
    return {
        style.find(w("name")).get(w("val")): style.get(w("styleId"))
        for style in styles.iterchildren(w("style"))
        if style.find(w("name")) is not None
    }
