"""A Markdown body and those that it extends → one body that says the same.

The outermost one is the frame: each of its blocks gets what the nearest version of it holds, and
`super()` what the next version does. What stands outside the blocks of the others comes first.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from generator.compiler.statements import too_deep
from generator.ejecting.blocks import Block, Text, defines, names_given, names_in
from generator.problems import Location, NoticeError

_SUPER = "super()"
_MOST_PLACES = 1_000
"""Places that are filled with a version of a block, some of them in one another."""

Version = tuple[Text, Block]
"""A block and the text that holds it."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What bodies come to."""

    text: str
    clashes: frozenset[str] = frozenset()
    """The names that a block with `super()` gives and that what it stands for reads, too."""


def merge_markdown(texts: Sequence[str], file: str, around: str = "") -> Merged:
    """The text that *texts* come to, each of which extends the next; *file* is the first one's.

    *around* is put before and after what comes from another one in lines of its own. Raises
    NoticeError where the versions of blocks ask for one another without measure.
    """
    plain = [_with_plain_lines(text) for text in texts]
    if len(plain) == 1:
        return Merged(plain[0])
    bodies = [Text(text) for text in (*plain[:-1], _with_body(plain[-1]))]
    return _Merger(bodies, file, around).merged()


def _with_plain_lines(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _with_body(text: str) -> str:
    """*text* as it fills its layout: where it names no block for it, the block `body`."""
    body = Text(text)
    if body.extends or any(block.name == "body" for block in body.blocks.values()):
        return text
    return f"{{% block body %}}\n\n{text.strip()}\n\n{{% endblock %}}\n"


class _Merger:
    def __init__(self, bodies: Sequence[Text], file: str, around: str) -> None:
        """*bodies*, nearest first."""
        self._bodies, self._file, self._around = bodies, file, around
        self._versions: dict[str, list[Version]] = {}
        for body in bodies:
            for block in body.blocks.values():
                self._versions.setdefault(block.name, []).append((body, block))
        self._printed: set[str] = set()
        self._clashes: set[str] = set()
        self._places = 0

    def merged(self) -> Merged:
        *others, frame = self._bodies
        start = frame.extends.end if frame.extends else 0
        parts = [
            frame.text[:start],
            *(part for body in others for part in _outside_blocks(body)),
            self._filled_text(frame, start, len(frame.text)),
            *self._added(),
        ]
        text = "\n\n".join(filter(None, map(str.strip, parts)))
        return Merged(f"{text}\n", frozenset(self._clashes))

    def _added(self) -> Iterator[str]:
        """The blocks that the frame does not know: they are those of what it extends."""
        for body in reversed(self._bodies[:-1]):
            for block in body.outermost:
                if self._versions[block.name][-1][0] is body:
                    yield self._filled_block(body, block)

    def _filled_text(
        self, body: Text, start: int, end: int, parent: Callable[[], str] | None = None
    ) -> str:
        """A stretch of a text with its blocks filled; *parent* gives what `super()` stands for."""
        pieces, last = [], start
        first = bisect_left(body.tags, start, key=lambda tag: tag.start)
        for tag in islice(body.tags, first, None):
            if tag.start >= end:
                break
            if tag.start < last:
                continue
            if block := body.blocks.get(tag.start):
                pieces += [body.text[last : tag.start], self._filled_block(body, block)]
                last = block.end
            elif parent and tag.kind == "v" and tag.code == _SUPER:
                pieces += [body.text[last : tag.start], parent()]
                last = tag.end
        return "".join([*pieces, body.text[last:end]])

    def _filled_block(self, body: Text, block: Block) -> str:
        """*block* of a text with what its nearest version holds."""
        if block.name in self._printed:
            return f"{{{{ self.{block.name}() }}}}"
        self._printed.add(block.name)
        content = self._version(block.name, 0, block.fills_lines)
        if block.fills_lines and self._versions[block.name][0][0] is not body:
            content = f"{self._around}{content}{self._around}"
        opener, closer = (body.text[tag.start : tag.end] for tag in (block.opener, block.closer))
        return f"{opener}{content}{closer}"

    def _version(self, name: str, index: int, fills_lines: bool) -> str:
        """What a version of a block holds, made to stand in lines of its own or inside one."""
        self._places += 1
        if self._places > _MOST_PLACES:
            raise NoticeError([too_deep(Location(self._file))])
        body, block = self._versions[name][index]
        content = self._filled_text(
            body,
            block.opener.end,
            block.closer.start,
            lambda: self._parent(name, index, body.inside(block), block.fills_lines),
        )
        if block.fills_lines == fills_lines:
            return content
        return f"\n\n{content.strip()}\n\n" if fills_lines else _in_one_line(content)

    def _parent(self, name: str, index: int, asking: str, fills_lines: bool) -> str:
        """What `super()` stands for in a version of a block, which holds *asking*."""
        if index + 1 == len(self._versions[name]):
            return f"{{{{ {_SUPER} }}}}"
        content = self._version(name, index + 1, fills_lines)
        self._clashes |= names_given(asking) & names_in(content)
        if fills_lines:
            content = f"\n\n{content.strip()}\n\n"
        if defines(content):  # what it sets is not seen outside of it
            content = f"{{% with %}}{content}{{% endwith %}}"
        return f"{self._around}{content}{self._around}" if fills_lines else content


def _outside_blocks(body: Text) -> Iterator[str]:
    """What stands outside the blocks of a text: the statements that define what it uses."""
    last = 0
    gaps = [(block.start, block.end) for block in body.outermost]
    if body.extends:
        gaps.append((body.extends.start, body.extends.end))
    for start, end in sorted(gaps):
        yield body.text[last:start]
        last = end
    yield body.text[last:]


def _in_one_line(content: str) -> str:
    """The one paragraph that *content* is, with the lines of tags around it, as a line."""
    return "".join(line.strip() for line in content.splitlines())
