"""What the front ends read: trees with tag nodes, and the package around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from generator import package, tags
from generator.compiler.controls import unbind
from generator.compiler.field_codes import mark_fields
from generator.compiler.groups import argument, keyword
from generator.compiler.hazards import inspect
from generator.compiler.linking import read_targets
from generator.compiler.members import is_read, unreadable, unusual, with_properties
from generator.compiler.page_breaks import settle_page_breaks
from generator.compiler.text_boxes import empty_second_halves
from generator.limits import DEFAULTS, Limits
from generator.problems import NoticeError, Problem
from generator.wordml import Element, is_tag, tag_node, tags_in, w


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

    layout: str = ""
    """Which layout it is; `""` for the body of a template."""

    fills: str = ""
    """The layout that content without a parent of its own was made to extend."""

    kept_blocks: frozenset[str] = frozenset()
    """The blocks of a layout whose end stays on the page of what follows them."""

    links: dict[str, set[str]] = field(default_factory=dict)
    """By part: the ids of relationships that its links no longer need."""

    notes: list[Problem] = field(default_factory=list)
    """What of its package does not come along; no error."""

    problems: list[Problem] = field(default_factory=list)
    """What is wrong with it already: the rest is judged, but with an error nothing is compiled."""

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
        return [found for tree in self.parts.values() for found in names_in(tree, *words)]

    def extends(self, layout: str) -> list[tuple[Element, str]]:
        """The tag that names this body's parent, and the name; none for a package of its own.

        Content without one is made to extend *layout*.
        """
        if self.package is None and layout and not self.tags("extends"):
            self.fills = layout
            self.root.insert(0, tag_node("b", f'extends "{layout}"', "1"))
        return self.tags("extends")


def names_in(tree: Element, *words: str) -> Iterator[tuple[Element, str]]:
    """The tags of these statements below *tree* that name a template, and the name."""
    for tag in tags_in(tree):
        if keyword(tag) in words and (match := _QUOTED.match(argument(tag))):
            yield tag, match[1] or match[2]


_QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'")


def read_word_body(
    data: bytes, name: str, file: str, limits: Limits = DEFAULTS, properties: bytes = b""
) -> Body:
    """The body of a `.docx`: its main document and whichever of its other parts hold tags.

    Where there are *properties*, they stand in the place of all that the file says of itself.
    """
    inspected = inspect(package.read_parts(data, file, limits), file, limits)
    members, main = inspected.members, inspected.main
    if properties:
        members = with_properties(members, main, properties)
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
    if main not in body.parts:
        raise NoticeError(problems)
    body.problems = problems
    body.package = {member: data for member, data in members.items() if member not in body.parts}
    if body.tags("extends"):
        settle_page_breaks(body.root)
    return body


def _has_tags(root: Element) -> bool:
    return any(True for _ in tags_in(root)) or any(
        "{{" in value for node in root.iter() if not is_tag(node) for value in node.attrib.values()
    )


def dynamic_part(body: Body, part: str) -> Element | None:
    """The tree of *part*, from now on among the parts of *body*; None where there is none."""
    if part in body.parts or body.package is None:
        return body.parts.get(part)
    data = body.package.get(part)
    if data is None:
        return None
    try:
        tree = package.parse(data)
    except etree.XMLSyntaxError:
        return None
    tags.choose_known(tree)
    tags.mark_tags(tree, body.file)
    body.links[part] = read_targets(tree, package.relationships(body.package, part))
    body.parts[part] = tree
    body.package = {name: data for name, data in body.package.items() if name != part}
    return tree
