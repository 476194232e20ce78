"""Which statements an element stands in, once all tags are at their levels."""

from __future__ import annotations

import json
from collections.abc import Iterator

from generator.compiler.groups import closes, keyword, opens
from generator.wordml import Element, is_tag

REPEATING = frozenset({"for", "macro", "call", "block"})
"""Statements that may print what stands in them more than once."""


class Region:
    """A statement that holds elements."""

    def __init__(self, opener: Element) -> None:
        self.opener = opener
        self.closer = opener
        """Its closing tag; known when all of the tree was walked."""

    @property
    def kind(self) -> str:
        return keyword(self.opener)


Around = tuple[tuple[Region, int], ...]
"""The statements around an element, outermost first, and in which branch of each it stands."""


def walk(root: Element) -> Iterator[tuple[Element, Around]]:
    """Every element and tag below *root*, in document order, and the statements around it.

    A tag that opens a statement stands in it, as does the one that closes it.
    """
    around: Around = ()
    for node in list(root.iter()):
        if not is_tag(node):
            if isinstance(node.tag, str):
                yield node, around
            continue
        if opens(node):
            around = (*around, (Region(node), 0))
        elif keyword(node) in ("else", "elif") and around:
            around = (*around[:-1], (around[-1][0], around[-1][1] + 1))
        yield node, around
        if closes(node) and around:
            around[-1][0].closer = node
            around = around[:-1]


def repeats(around: Around) -> bool:
    """Whether what stands there may be printed more than once."""
    return any(region.kind in REPEATING for region, _ in around)


def shared(*all_around: Around) -> Around:
    """The statements, and their branches, that hold all of these places."""
    depth = 0
    for levels in zip(*all_around, strict=False):
        if any(level != levels[0] for level in levels):
            break
        depth += 1
    return all_around[0][:depth]


def innermost(around: Around) -> Region | None:
    """The innermost statement that repeats."""
    return next((region for region, _ in reversed(around) if region.kind in REPEATING), None)


def quoted(text: str) -> str:
    """*text* as a string in a tag."""
    return json.dumps(text, ensure_ascii=False).replace(">", "\\x3e")
