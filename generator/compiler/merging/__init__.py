"""What a template brings along into the package of another one, whose content it becomes part of.

The outermost template of a family gives the package. The others give content only, and what that
needs: pictures and links, styles that are missing there, lists, notes.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass, field

from generator import package
from generator.compiler.bodies import Body, names_in
from generator.compiler.family import Family
from generator.compiler.members import PART_TYPES, joined_to, serialised
from generator.compiler.merging.definitions import (
    NUMBERING,
    STYLES,
    Definitions,
    read_definitions,
)
from generator.compiler.merging.media import Media
from generator.compiler.merging.notes import misplaced_note, read_notes, with_parts
from generator.compiler.merging.numbering import has_picture_bullets
from generator.compiler.merging.related import left_behind, settle_related
from generator.compiler.merging.room import make_room
from generator.compiler.merging.styles import (
    bring_definitions,
    find_needs,
    name_styles,
    overruled,
)
from generator.compiler.refused_links import kind_of
from generator.package import RELATIONSHIPS
from generator.places import place
from generator.problems import Location, Message, Problem
from generator.runtime.compiled import Overruled
from generator.wordml import SPOT, Element, tag_spot, w

_PUT_IN = ("include", "import", "from")
_THEMES = tuple(map(w, ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")))


@dataclass
class Brought:
    """What came of bringing things along."""

    problems: list[Problem] = field(default_factory=list)
    """What cannot come along."""
    overruled: list[Overruled] = field(default_factory=list)


@dataclass(frozen=True)
class Outer:
    """The package that the others' content comes into, as it is completed."""

    definitions: Definitions
    media: Media
    has_theme: bool


def bring_along(family: Family) -> Brought:
    """Bring into the package of *family*'s outermost template what the others' content needs.

    In place; those further out first, whose styles win. Raises NoticeError for definitions that
    cannot be read.
    """
    root, brought = family.root, Brought()
    if family.bodies == [root]:
        return brought
    members = dict(root.package or {})
    definitions = read_definitions(members, root.file)
    sizes = definitions.sizes
    has_theme = any(name.startswith("word/theme/") for name in members)
    outer = Outer(definitions, Media(members), has_theme)
    noted: dict[str, list[str]] = {}
    for body in [*reversed(family.chain[:-1]), *family.others]:
        if body.package is None:  # Markdown names styles by their names, and has nothing else
            name_styles(body.root, definitions)
            continue
        noted[body.name] = _bring(body, outer, brought)
        if body in family.others:
            brought.problems += _sections(body)
    brought.problems += _misplaced(family, {name for name, parts in noted.items() if parts})
    main = next(iter(root.parts))
    parts = {part for parts in noted.values() for part in parts}
    members = with_parts(members, main, parts, root.parts)
    if definitions.sizes != sizes:
        members = _with_definitions(members, definitions, main)
    root.package = outer.media.added_to(members)
    return brought


def _bring(body: Body, outer: Outer, brought: Brought) -> list[str]:
    """Bring what the content of *body* needs into *outer*; the parts of its notes.

    No other part of its own stays: headers, properties.
    """
    notes = read_notes(body)
    main = next(iter(body.parts))
    body.parts = {part: body.parts[part] for part in (main, *notes)}
    trees = {**body.parts, main: body.content}
    for part, tree in trees.items():
        brought.problems += settle_related(body, part, tree, outer.media)
    body.notes += _lost_fonts(body)
    _define(body, list(trees.values()), outer.definitions, brought)
    for tree in trees.values():
        make_room(tree, outer.definitions)
        if not outer.has_theme:
            _leave_theme(tree)
    return notes


def _misplaced(family: Family, noted: Set[str]) -> Iterator[Problem]:
    """Where templates that have notes are put into headers and notes; *noted* are their names."""
    bodies = {body.name: body for body in family.bodies}
    root = family.root
    for tree in list(root.parts.values())[1:]:
        for tag, name in names_in(tree, *_PUT_IN):
            queue, reached = [family.names[name, root.name]], {}
            while queue:
                body = bodies[queue.pop()]
                if body.name not in reached:
                    reached[body.name] = body
                    queue += [family.names[n, body.name] for _, n in body.tags(*_PUT_IN)]
            if reached.keys() & noted:
                yield misplaced_note(place(root.file, tag_spot(tag)))


def _define(body: Body, trees: list[Element], outer: Definitions, brought: Brought) -> None:
    """Add to *outer* the styles and lists that *trees* of *body* need."""
    own = read_definitions(body.package or {}, body.file)
    needs = find_needs(trees, own, outer)
    if any(has_picture_bullets(own.num_by_id[number], own) for number in needs.nums):
        what = Message("a list with pictures for bullets")
        hint = Message("give the list other bullets")
        brought.problems.append(left_behind(what, Location(body.file), hint))
    if lost := tuple(overruled(trees, needs, own, outer)):
        brought.overruled.append(Overruled(body.file, lost))
    bring_definitions(trees, needs, own, outer)


def _with_definitions(members: dict[str, bytes], outer: Definitions, main: str) -> dict[str, bytes]:
    """*members* with the definitions of *outer*."""
    result = members
    for part, root in ((STYLES, outer.styles), (NUMBERING, outer.numbering)):
        kind = part.removeprefix("word/").removesuffix(".xml")
        if part in result:
            result = {**result, part: serialised(root)}
        elif len(root):
            result = joined_to(
                result, main, RELATIONSHIPS + kind, part, PART_TYPES[kind], serialised(root)
            )
    return result


def _leave_theme(tree: Element) -> None:
    """Take the fonts of themes out of *tree*: the package that it comes into has none."""
    for fonts in tree.iter(w("rFonts")):
        for key in _THEMES:
            fonts.attrib.pop(key, None)


def _lost_fonts(body: Body) -> list[Problem]:
    """A note where fonts are embedded in the package of *body*: documents only name them."""
    links = package.relationships(body.package or {}, "word/fontTable.xml")
    if not any(kind_of(link) == "font" for link in links):
        return []
    message = Message("the fonts embedded in the template do not come along into documents")
    return [Problem("T027", message, Location(body.file), level="note")]


def _sections(body: Body) -> list[Problem]:
    """The sections that end in *body*, which stands at a place of nobody knows which section."""
    return [
        left_behind(
            Message("a section break"),
            place(body.file, paragraph.get(SPOT, "")),
            Message("leave it to the template that includes this one"),
        )
        for paragraph in body.content.iter(w("p"))
        if paragraph.find(f"{w('pPr')}/{w('sectPr')}") is not None
    ]
