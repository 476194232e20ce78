"""The blocks and the names in a Markdown body, found in its text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.tagging import Tag, keyword, scan

_NAME = re.compile(r"[^\W\d]\w*")
_GIVES = {
    "set": re.compile(r"set\s+([^=]*)"),
    "with": re.compile(r"(\w+)\s*=(?!=)"),
    "for": re.compile(r"for\s+(.*?)\s+in\s", re.DOTALL),
    "macro": re.compile(r"macro\s+(\w+)"),
    "import": re.compile(r"\bas\s+(\w+)"),
    "from": re.compile(r"\bimport\s+(.*)", re.DOTALL),
}
"""Where a statement says which names it gives."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a text, which begins at `start` and ends before `end`."""

    name: str
    opener: Tag
    closer: Tag
    fills_lines: bool
    """Whether its tags stand in lines that hold only tags, and not in the same one."""

    @property
    def start(self) -> int:
        return self.opener.start

    @property
    def end(self) -> int:
        return self.closer.end


@dataclass(frozen=True)
class Text:
    """The text of a body."""

    text: str

    @cached_property
    def tags(self) -> Sequence[Tag]:
        return scan(self.text)

    @cached_property
    def blocks(self) -> dict[int, Block]:
        """Its blocks in their order, by the offset at which each begins."""
        lone = self._lone_tags
        found: dict[int, Block] = {}
        open_tags: list[Tag] = []
        for tag in self.tags:
            if word_of(tag) == "block":
                open_tags.append(tag)
            elif word_of(tag) == "endblock" and open_tags:
                opener = open_tags.pop()
                parted = "\n" in self.text[opener.end : tag.start]
                fills_lines = parted and {opener.start, tag.start} <= lone
                name = opener.code.split()[1]
                found[opener.start] = Block(name, opener, tag, fills_lines)
        return dict(sorted(found.items()))

    @property
    def outermost(self) -> Iterator[Block]:
        """The blocks that stand in no other one."""
        end = 0
        for block in self.blocks.values():
            if block.start >= end:
                end = block.end
                yield block

    @property
    def extends(self) -> Tag | None:
        return next((tag for tag in self.tags if word_of(tag) == "extends"), None)

    def inside(self, block: Block) -> str:
        return self.text[block.opener.end : block.closer.start]

    @cached_property
    def _lone_tags(self) -> frozenset[int]:
        """The offsets of the tags whose line holds only tags."""
        last, pieces = 0, []
        for tag in self.tags:
            length = tag.end - tag.start
            pieces += [self.text[last : tag.start], "\0" * length]
            last = tag.end
        lone: set[int] = set()
        offset = 0
        for line in "".join([*pieces, self.text[last:]]).split("\n"):
            if line and not line.replace("\0", "").strip():
                lone.update(range(offset, offset + len(line)))
            offset += len(line) + 1
        return frozenset(lone)


def word_of(tag: Tag) -> str:
    """The statement of a tag: `block`, `endblock` …; `""` where it is none."""
    return keyword(tag.code) if tag.kind == "b" else ""


def names_given(text: str) -> set[str]:
    """The names that statements of *text* give."""
    return {
        name
        for tag in scan(text)
        if (pattern := _GIVES.get(word_of(tag)))
        for found in pattern.finditer(tag.code)
        for name in _NAME.findall(found[1])
    }


def names_in(text: str) -> set[str]:
    """Every name that stands in a tag of *text*."""
    return {name for tag in scan(text) for name in _NAME.findall(tag.code)}


def defines(text: str) -> bool:
    """Whether a statement of *text* gives a name to what follows it."""
    return any(word_of(tag) in ("set", "import", "from", "macro") for tag in scan(text))
