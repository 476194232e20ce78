"""A template with all that it extends, includes and imports → a CompiledTemplate."""

from __future__ import annotations

import marshal
from collections.abc import Collection, Iterator, Mapping
from itertools import chain

from jinja2 import nodes

from generator import package, wordml
from generator.compiler.attributes import check_attributes
from generator.compiler.bodies import Body
from generator.compiler.family import Family, FindBody, gather
from generator.compiler.field_codes import torn_fields
from generator.compiler.groups import closes, content, keyword, macro_names, opens
from generator.compiler.headings import first_headings
from generator.compiler.inheritance import (
    Block,
    adapt_blocks,
    block_levels,
    blocks_of,
    unknown_blocks,
)
from generator.compiler.levels import check_levels, macro_levels
from generator.compiler.lifting import lift
from generator.compiler.linking import (
    asks_for_charts,
    asks_for_relationships,
    make_room,
    own_relationships,
    source_attribute,
    static_members,
)
from generator.compiler.merging import bring_along
from generator.compiler.minimum import ensure_minimum
from generator.compiler.names import names_read
from generator.compiler.printing import Places
from generator.compiler.repeated_blocks import repeated_blocks
from generator.compiler.repetition import settle_repetition
from generator.compiler.sections import misplaced_sections, settle_sections, take_sections
from generator.compiler.syntax import all_problems, read_source
from generator.limits import DEFAULTS, Limits
from generator.places import place
from generator.problems import Message, NoticeError, Problem, errors
from generator.runtime.compiled import CompiledTemplate
from generator.runtime.relationships import Relationships
from generator.wordml import DOUBTFUL, Element, Source, is_tag, tag_spot, w

__all__ = ["FindBody", "compile_body", "compile_family"]


def compile_body(
    body: Body, find: FindBody, layout: str = "", limits: Limits = DEFAULTS
) -> CompiledTemplate:
    """Compile *body* with what it extends, includes and imports.

    Content that extends nothing fills *layout*; a render keeps to *limits*. Raises NoticeError
    with every problem of the templates, each at its place.
    """
    return compile_family(gather(body, find, layout), limits)


def compile_family(family: Family, limits: Limits = DEFAULTS) -> CompiledTemplate:
    """Compile a template with its *family*, which is fitted together in place.

    A render keeps to *limits*. Raises NoticeError as `compile_body` does.
    """
    nearest, root = family.chain[0], family.root
    ready = take_sections(root)
    faults = {each.name: [*errors(each.problems), *_lift(each)] for each in family.bodies}
    problems = [*family.problems, *chain.from_iterable(faults.values())]
    checked = _check(family, [each for each in family.bodies if not faults[each.name]])
    if problems:
        raise all_problems(family, [*problems, *checked])
    notes = [note for each in family.bodies for note in each.problems]  # none of them an error
    notes += first_headings(family.chain)
    brought = bring_along(family)
    if checked or brought.problems:
        raise all_problems(family, [*checked, *brought.problems])
    _settle(family)
    sections = settle_sections(family, ready)
    taken = settle_repetition(family)
    members, relationships = _relationships(family)
    places = {each.name: Places() for each in family.bodies}
    sources = {each.name: _source(each, each is root, places[each.name]) for each in family.bodies}
    trees, codes = _read(family, sources, places, list(root.parts) if relationships else [])
    return CompiledTemplate(
        name=nearest.name,
        codes=codes,
        names=family.names,
        places={each.name: (each.file, sources[each.name].spots) for each in family.bodies},
        parts=[part.encode() for part in root.parts],
        packed=package.pack(members),
        readings=names_read(nearest.name, trees, family.names),
        relationships=relationships,
        taken=taken,
        sections=sections,
        limits=limits,
        notes=[*notes, *(note for each in family.bodies for note in each.notes)],
        overruled=brought.overruled,
    )


def _lift(body: Body) -> list[Problem]:
    """Move the tags of *body* to their levels; its parts share their macros."""
    macros = frozenset[str]().union(*map(macro_names, body.parts.values()))
    problems: list[Problem] = []
    for tree in body.parts.values():
        if DOUBTFUL not in tree.attrib:  # else nobody knows what belongs together
            problems += lift(tree, body.file, macros)
    for tree in body.parts.values():
        problems += check_attributes(tree, body.file)
        problems += torn_fields(tree, body.file) if not problems else []
    return problems


def _check(family: Family, sound: Collection[Body]) -> list[Problem]:
    """What stands where it may not, in any of the bodies that are *sound* themselves."""
    defined = {
        each.name: {
            name: level
            for tree in each.parts.values()
            for name, level in macro_levels(tree, each.file).items()
        }
        for each in sound
    }
    ancestors = [each for each in family.chain if each in sound]
    of_chain = block_levels(ancestors)
    problems: list[Problem] = []
    for each in sound:
        blocks = of_chain if each in family.chain else block_levels([each])
        known = {**defined[each.name], **family.imported_levels(each, defined), **blocks}
        for tree in each.parts.values():
            problems += check_levels(tree, each.file, known)
        problems += misplaced_sections(each, family.chain)
    for child in family.chain[:-1]:
        problems += _check_outside(child) if child in sound else []
    if len(ancestors) == len(family.chain) and not family.problems:
        problems += [*unknown_blocks(family.chain), *repeated_blocks(family.chain)]
    return problems


_HOLDERS = frozenset({"block", "macro", "set"})
_PICTURES = frozenset(map(w, ("drawing", "pict", "object")))


def _check_outside(child: Body) -> list[Problem]:
    """What stands outside the blocks of a child: Jinja would never print it."""
    depth = 0
    for node, spot in _printed_by(child):
        if is_tag(node):
            depth += opens(node) and keyword(node) in _HOLDERS
            depth -= closes(node) in _HOLDERS
        prints = isinstance(node, str) or not is_tag(node) or node.target == "v"
        if prints and not depth:
            return [
                Problem(
                    "T015",
                    Message(
                        "text outside the blocks of a template that extends another "
                        "is never printed"
                    ),
                    place(child.file, spot),
                    Message("put it into a block: “{{% block body %}} … {{% endblock %}}”"),
                )
            ]
    return []


def _printed_by(child: Body) -> Iterator[tuple[Element | str, str]]:
    """The tags, texts and pictures of a child, and the spot of each."""
    for node in child.content:
        if is_tag(node):
            yield node, tag_spot(node)
            continue
        for item in content(node):
            if isinstance(item, str) or is_tag(item) or item.tag in _PICTURES:
                yield item, node.get(wordml.SPOT, "")


def _settle(family: Family) -> None:
    """Fit blocks to those of ancestors, outermost first, and complete what could stay empty."""
    offered: dict[str, Block] = {}
    problems: list[Problem] = []
    for body in reversed(family.chain):
        if offered or body is not family.chain[-1]:
            problems += adapt_blocks(body, offered)
        offered = {**blocks_of(body, offered), **offered}
    if problems:
        raise all_problems(family, problems)
    for body in family.bodies:
        for tree in body.parts.values():
            ensure_minimum(tree)


def _relationships(family: Family) -> tuple[Mapping[str, bytes], Relationships | None]:
    """The members that never change, and the relationships that values may add to, if any may."""
    members = family.root.package or {}
    trees = [tree for each in family.bodies for tree in each.parts.values()]
    if not any(map(asks_for_relationships, trees)):
        return members, None
    for each in family.bodies:
        if each.package is None:
            make_room(each.root)
    charts = any(map(asks_for_charts, trees))
    relationships = own_relationships(
        members, family.root.parts, family.root.links, with_charts=charts
    )
    return static_members(members, relationships), relationships


# --- Jinja source --------------------------------------------------------------------------------


def _source(body: Body, is_root: bool, places: Places) -> Source:
    source = Source(source_attribute, places.value_code)
    if is_root:
        for index, tree in enumerate(body.parts.values()):
            if index:
                source.put("\0")
            source.put_tree(tree)
        return source
    top = body.content
    for child in list(top):
        if not is_tag(child) and child.tag == w("sectPr"):
            top.remove(child)
    source.put_content(top)
    return source


def _read(
    family: Family, sources: dict[str, Source], places: dict[str, Places], parts: list[str]
) -> tuple[dict[str, nodes.Template], dict[str, bytes]]:
    """The trees and the marshalled codes of *sources*; what Jinja refuses in any is a problem.

    The root says where each of *parts* begins, if they are given.
    """
    trees: dict[str, nodes.Template] = {}
    codes: dict[str, bytes] = {}
    problems: list[Problem] = []
    for body in family.bodies:
        try:
            trees[body.name], code = read_source(
                body,
                sources[body.name],
                places[body.name].rows,
                parts if body is family.root else (),
            )
            codes[body.name] = marshal.dumps(code)
        except NoticeError as error:
            problems += error.problems
    if problems:
        raise NoticeError(problems)
    return trees, codes
