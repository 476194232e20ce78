"""Blocks that would be printed twice: a child has them within another, its ancestors beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from generator.compiler.bodies import Body
from generator.compiler.groups import Group, groups_in, name_of
from generator.places import place
from generator.problems import Message, Problem
from generator.wordml import tag_spot


def repeated_blocks(chain: Sequence[Body]) -> list[Problem]:
    """A problem for each block that stands in another one, and where ancestors print it, too.

    *chain* is nearest first. What an ancestor has within a block that a child replaces is printed
    there no more.
    """
    problems = []
    printed: dict[str, frozenset[str]] = {}  # by the names of blocks: those of the blocks around
    for body in reversed(chain):
        own = [
            nested
            for tree in body.parts.values()
            for nested in _nested(groups_in(tree, body.file)[0], ())
        ]
        defined = {name_of(group.opener) for group, _ in own}
        kept = {name: around for name, around in printed.items() if not around & defined}
        for group, around in own:
            name = name_of(group.opener)
            if around and name in kept:
                problems.append(_repeated(group, around[-1], body.file))
            elif name not in kept:
                outer = printed.get(around[0], frozenset()) if around else frozenset()
                kept[name] = outer.union(around)
        printed = kept
    return problems


def _nested(
    groups: Iterable[Group], around: tuple[str, ...]
) -> Iterator[tuple[Group, tuple[str, ...]]]:
    """The blocks among and within *groups*, and the names of those around each, outermost first."""
    for group in groups:
        is_block = group.kind == "block"
        if is_block:
            yield group, around
        inner = (*around, name_of(group.opener)) if is_block else around
        yield from _nested(group.parts, inner)


def _repeated(group: Group, around: str, file: str) -> Problem:
    name = name_of(group.opener)
    message = Message(
        "the block “{name}” stands in the block “{around}”, and would be printed twice",
        name=name,
        around=around,
    )
    hint = Message(
        "let “{{% block {name} %}}” begin and end outside “{around}” and all other statements",
        name=name,
        around=around,
    )
    return Problem("T031", message, place(file, tag_spot(group.opener)), hint)
