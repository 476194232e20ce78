"""Siblings with their tags, nested: statements, their branches, and what stands in each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from generator.compiler.groups import closes, keyword, opens
from generator.wordml import Element, is_tag, w


@dataclass
class Statement:
    """A statement and what stands in its branches."""

    tags: list[Element]
    branches: list[list[Item]] = field(default_factory=lambda: [[]])

    @property
    def kind(self) -> str:
        return keyword(self.tags[0])

    @property
    def has_else(self) -> bool:
        return any(keyword(tag) == "else" for tag in self.tags)


Item = Element | Statement


def nest(nodes: Iterable[Element]) -> list[Item]:
    """*nodes*, with what stands between the tags of a statement put into it."""
    top: list[Item] = []
    stack: list[Statement] = []
    for node in nodes:
        here = stack[-1].branches[-1] if stack else top
        if not is_tag(node):
            here.append(node)
        elif opens(node):
            statement = Statement([node])
            here.append(statement)
            stack.append(statement)
        elif closes(node) and stack:
            stack.pop().tags.append(node)
        elif keyword(node) in ("else", "elif") and stack:
            stack[-1].tags.append(node)
            stack[-1].branches.append([])
        else:
            here.append(node)
    return top


def between(opener: Element, closer: Element) -> list[Element]:
    """The siblings between two tags."""
    nodes = []
    node = opener.getnext()
    while node is not None and node is not closer:
        nodes.append(node)
        node = node.getnext()
    return nodes


_TRANSPARENT = frozenset((w("sdt"), w("sdtContent")))


def flat(element: Element) -> Iterator[Element]:
    """The children of *element*; of content controls among them, what they hold."""
    for child in element:
        if child.tag in _TRANSPARENT:
            yield from flat(child)
        else:
            yield child


Around = tuple[tuple[Statement, int], ...]
"""The statements around an element, outermost first, and in which of their branches it is."""


def leaves(items: Iterable[Item], around: Around = ()) -> Iterator[tuple[Element, Around]]:
    """The elements among *items*, and what is around each."""
    for item in items:
        if isinstance(item, Statement):
            for index, branch in enumerate(item.branches):
                yield from leaves(branch, (*around, (item, index)))
        elif not is_tag(item):
            yield item, around
