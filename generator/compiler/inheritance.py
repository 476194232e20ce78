"""Blocks: what ancestors offer, and what a child's version must become to stand there.

A child's block takes the level of its ancestor's: one paragraph becomes the inside of a line, and
the inside of a line a paragraph.
"""

from __future__ import annotations

import copy
import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.compiler.bodies import Body
from generator.compiler.ending import keep_end, last_blocks
from generator.compiler.groups import (
    PARAGRAPHS,
    RUNS,
    Group,
    groups_in,
    level_of,
    name_of,
)
from generator.compiler.merging.notes import misplaced_notes
from generator.compiler.merging.sections import fit_sections, is_in_body, section_around
from generator.compiler.minimum import ensure_block
from generator.compiler.nesting import between, nest
from generator.places import place
from generator.problems import Message, Problem
from generator.wordml import Element, is_tag, make, tag_code, tag_spot, w

_TEXT = (w("document"), w("body"))
"""What a tree of text begins with, read from Word or from Markdown."""
_NEED_A_PARAGRAPH = frozenset(map(w, ("tc", "hdr", "ftr", "txbxContent", "footnote", "endnote")))


@dataclass(frozen=True)
class Block:
    """A block that an ancestor offers."""

    name: str
    level: str
    file: str
    format: Element | None
    """The run properties at its place, where it stands inside a line."""
    filled: bool
    """Whether it must print a paragraph whatever happens."""
    kept: bool
    """Whether its end stays on the page of what follows it."""
    in_text: bool
    """Whether notes may stand in it: not in a header, a note or a text box."""
    section: Element | None
    """The properties of the section that it stands in, where another one may begin."""


def blocks_of(body: Body, offered: Mapping[str, Block]) -> dict[str, Block]:
    """The blocks that *body* offers its children; its ancestors offer *offered*."""
    kept = set(body.kept_blocks)
    for group in _block_groups(body):
        name = name_of(group.opener)
        if name in kept or (name in offered and offered[name].kept):
            kept.update(last_blocks(nest(between(group.opener, group.closer))))
    return {
        name_of(group.opener): Block(
            name=name_of(group.opener),
            level=level_of(group.opener),
            file=body.file,
            format=_run_format(group) if level_of(group.opener) == RUNS else None,
            filled=group.opener.getparent().tag in _NEED_A_PARAGRAPH,
            kept=name_of(group.opener) in kept,
            in_text=_is_in_text(group.opener, outer),
            section=_section_of(group, outermost, outer),
        )
        for group, outermost, outer in _blocks_within(body, offered)
    }


def _blocks_within(
    body: Body, offered: Mapping[str, Block]
) -> Iterator[tuple[Group, Group, Block | None]]:
    """The blocks of *body*, the outermost statement around each, and that one among *offered*."""
    for tree in body.parts.values():
        for outermost in groups_in(tree, body.file)[0]:
            outer = offered.get(name_of(outermost.opener)) if outermost.kind == "block" else None
            for group in outermost.walk():
                if group.kind == "block":
                    yield group, outermost, outer


def _is_in_text(opener: Element, outer: Block | None) -> bool:
    *inside, root = opener.iterancestors()
    boxed = any(node.tag == w("txbxContent") for node in inside)
    return not boxed and root.tag in _TEXT and (outer is None or outer.in_text)


def _section_of(group: Group, outermost: Group, outer: Block | None) -> Element | None:
    """The section that holds what follows *group*: its own template's, else its ancestor's."""
    if outer is None:
        return section_around(group.opener)
    if not is_in_body(group.opener):
        return None
    own = None if group is outermost else section_around(group.opener, outermost.closer)
    return outer.section if own is None else own


def block_levels(chain: Iterable[Body]) -> dict[str, str]:
    """The level of what `self.x()` prints for each block of *chain*: its outermost one's."""
    return {
        f"self.{name_of(group.opener)}": level_of(group.opener)
        for body in chain
        for group in _block_groups(body)
    }


def _block_groups(body: Body) -> Iterator[Group]:
    for tree in body.parts.values():
        for outermost in groups_in(tree, body.file)[0]:
            yield from (group for group in outermost.walk() if group.kind == "block")


def _run_format(group: Group) -> Element | None:
    """The properties of the first run in a block, else of its neighbours."""
    following = group.opener.itersiblings(w("r"))
    preceding = group.opener.itersiblings(w("r"), preceding=True)
    for run in (*following, *preceding):
        properties = run.find(w("rPr"))
        return copy.deepcopy(properties) if properties is not None else None
    return None


def unknown_blocks(chain: Sequence[Body]) -> list[Problem]:
    """The blocks of children, nearest first in *chain*, that no ancestor has."""
    problems = []
    offered: set[str] = set()
    for body in reversed(chain):
        for group in groups_in(body.root, body.file)[0] if body is not chain[-1] else ():
            if group.kind == "block" and name_of(group.opener) not in offered:
                problems.append(_unknown_block(group, offered, body.file))
        offered.update(name_of(group.opener) for group in _block_groups(body))
    return problems


def adapt_blocks(body: Body, offered: dict[str, Block]) -> list[Problem]:
    """Fit the blocks of a child to those that its ancestors offer, in place.

    It has no others: `unknown_blocks` tells of them.
    """
    problems: list[Problem] = []
    outermost = [group for group in groups_in(body.root, body.file)[0] if group.kind == "block"]
    for group in outermost:
        block = offered[name_of(group.opener)]
        level = level_of(group.opener)
        if level == PARAGRAPHS and block.level == RUNS and not _put_in_line(group, block.format):
            problems.append(_does_not_fit(group, block, body.file))
        elif level == RUNS and block.level == PARAGRAPHS:
            if _prints_paragraphs(group):
                problems.append(_does_not_fit_inside(group, block, body.file))
            else:
                _put_in_paragraph(group)
        problems += fit_sections(group.opener, group.closer, block.section, body)
        if not block.in_text:
            problems += misplaced_notes(between(group.opener, group.closer), body.file)
        if block.kept:
            keep_end(nest(between(group.opener, group.closer)))
        if block.filled:
            ensure_block(group.opener, group.closer)
    return problems


def _put_in_line(group: Group, properties: Element | None) -> bool:
    """Leave the inside of the one paragraph of a block; False where it holds anything else."""
    elements = [node for node in between(group.opener, group.closer) if not is_tag(node)]
    if len(elements) > 1 or any(node.tag != w("p") for node in elements):
        return False
    for paragraph in elements:
        for node in list(paragraph):
            if node.tag != w("pPr"):
                paragraph.addprevious(node)
        group.opener.getparent().remove(paragraph)
    for node in between(group.opener, group.closer):
        for run in node.iter(w("r")):
            if properties is not None:
                _add_format(run, properties)
    return True


def _add_format(run: Element, properties: Element) -> None:
    """Give *run* those of *properties* that it does not set itself."""
    own = run.find(w("rPr"))
    if own is None:
        run.insert(0, copy.deepcopy(properties))
        return
    merged = copy.deepcopy(properties)
    for node in own:
        same = merged.find(node.tag)
        if same is not None:
            merged.replace(same, copy.deepcopy(node))
        elif node.tag == w("rStyle"):
            merged.insert(0, copy.deepcopy(node))
        else:
            merged.append(copy.deepcopy(node))
    run.replace(own, merged)


def _prints_paragraphs(group: Group) -> bool:
    """Whether a block inside a line asks for what its ancestor prints: whole paragraphs."""
    return any(
        tag.target == "v" and tag_code(tag).startswith("super")
        for tag in between(group.opener, group.closer)
        if is_tag(tag)
    )


def _put_in_paragraph(group: Group) -> None:
    """Move the tags of a block around a paragraph that holds what stood between them."""
    paragraph = next(group.opener.iterancestors(w("p")))
    inside = between(group.opener, group.closer)
    alone = make("w:p")
    properties = paragraph.find(w("pPr"))
    if properties is not None:
        alone.append(copy.deepcopy(properties))
    alone.extend(inside)
    paragraph.addnext(group.closer)
    paragraph.addnext(alone)
    paragraph.addnext(group.opener)
    if all(node.tag == w("pPr") for node in paragraph):
        paragraph.getparent().remove(paragraph)


def _unknown_block(group: Group, offered: Collection[str], file: str) -> Problem:
    name = name_of(group.opener)
    close = difflib.get_close_matches(name, offered, 1, 0.5)
    hint = (
        Message("did you mean “{name}”?", name=close[0])
        if close
        else Message("its blocks are: {names}", names=", ".join(sorted(offered)) or "–")
    )
    return Problem(
        "T011",
        Message("no template that this one extends has a block “{name}”", name=name),
        place(file, tag_spot(group.opener)),
        hint,
    )


def _does_not_fit_inside(group: Group, block: Block, file: str) -> Problem:
    message = Message(
        "“super()” prints paragraphs: the block “{name}” is one of paragraphs in {file}",
        name=block.name,
        file=block.file,
    )
    hint = Message("put the tags of the block into lines of their own")
    return Problem("T012", message, place(file, tag_spot(group.opener)), hint)


def _does_not_fit(group: Group, block: Block, file: str) -> Problem:
    return Problem(
        "T012",
        Message(
            "the block “{name}” stands inside a line of {file}, but holds more than one paragraph",
            name=block.name,
            file=block.file,
        ),
        place(file, tag_spot(group.opener)),
        Message("leave one paragraph in it"),
    )
