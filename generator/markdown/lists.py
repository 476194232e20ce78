"""Which lists are one: their keys, and where counting starts.

Items that only lines of tags part are one list, and a loop or condition that holds nothing but
items repeats items, not lists: counting starts before it. Blocks and macros are printed elsewhere
than they stand, so that a list in one starts inside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from generator.markdown.reading import Reading
from generator.problems import Message
from generator.tagging import keyword, opens

_TRANSPARENT = {"for", "if", "with"}


@dataclass
class _Unit:
    """One tag or one whole ordered list of the token stream."""

    start: int
    code: str | None
    """The code of a block statement, `""` for other tags; None for a list."""
    in_block: bool
    """Whether a block is open around it."""
    partner: _Unit | None = field(default=None, repr=False)
    """The tag that opens what this one closes, or closes what it opens."""


def key_lists(tokens: Sequence[Token], reading: Reading) -> list[Token]:
    """*tokens* with a `list_start` before each list, and its key as `info` of both."""
    starts: dict[int, str] = {}
    for segment in _segments(tokens, reading):
        lists = [unit for unit in segment if unit.code is None]
        if not lists:
            continue
        first = tokens[lists[0].start]
        line = reading.line_at(first.map[0] if first.map else 0)
        key = f"{reading.name}-{line}"
        starts[segment[0].start] = key
        for unit in lists:
            tokens[unit.start].info = key
        if (number := first.attrs.get("start", 1)) != 1:
            message = Message("the list begins with {number}", number=number)
            hint = Message("lists count from 1; write “{text}” for plain text", text=f"{number}\\.")
            reading.report("T231", line, message, hint)
    keyed: list[Token] = []
    for index, token in enumerate(tokens):
        if index in starts:
            keyed.append(Token("list_start", "", 0, info=starts[index], map=token.map))
        keyed.append(token)
    return keyed


def _segments(tokens: Sequence[Token], reading: Reading) -> Iterator[list[_Unit]]:
    """Stretches of tags and lists over which one list may reach."""
    extends = any(
        token.type == "tag" and _statement(token, reading) in ("extends", "block body")
        for token in tokens
    )
    for stretch in _stretches(tokens, reading):
        _pair(stretch)
        segment: list[_Unit] = []
        for unit in stretch:
            if _parts(unit, counting=any(part.code is None for part in segment), bare=extends):
                yield segment
                segment = []
            else:
                segment.append(unit)
        yield segment


def _stretches(tokens: Sequence[Token], reading: Reading) -> Iterator[list[_Unit]]:
    """The longest stretches of nothing but tags and ordered lists."""
    stretch: list[_Unit] = []
    blocks = depth = 0
    for index, token in enumerate(tokens):
        if token.type == "ordered_list_open":
            depth += 1
            if depth == 1:
                stretch.append(_Unit(index, None, blocks > 0))
        elif token.type == "ordered_list_close":
            depth -= 1
        elif depth == 0 and token.type == "tag":
            tag = reading.tag(token.content)
            code = tag.code if tag.kind == "b" else ""
            blocks -= keyword(code) == "endblock"
            stretch.append(_Unit(index, code, blocks > 0))
            blocks += keyword(code) == "block"
        elif depth == 0:
            yield stretch
            stretch = []
    yield stretch


def _statement(token: Token, reading: Reading) -> str:
    """`block body` for such a block, otherwise the statement of a tag."""
    code = reading.tag(token.content).code
    return "block body" if code.split() == ["block", "body"] else keyword(code)


def _pair(stretch: Sequence[_Unit]) -> None:
    """Find the partner of each tag that opens or closes a statement."""
    stack: list[_Unit] = []
    for unit in stretch:
        if unit.code and opens(unit.code):
            stack.append(unit)
        elif unit.code and keyword(unit.code).startswith("end"):
            if stack and keyword(stack[-1].code or "") == keyword(unit.code)[3:]:
                unit.partner = stack.pop()
                unit.partner.partner = unit
        elif unit.code and keyword(unit.code) in ("else", "elif") and stack:
            unit.partner = stack[-1]


def _parts(unit: _Unit, *, counting: bool, bare: bool) -> bool:
    """Whether a list cannot reach over *unit*; *counting*: one has begun; *bare*: blocks are bare.

    A block that stands inside another one, or in a body that names none for its layout, is printed
    where it stands.
    """
    word = keyword(unit.code or "")
    closes, branches = word.startswith("end"), word in ("else", "elif")
    if not unit.code or not (opens(unit.code) or closes or branches):
        return False
    if unit.partner is None:
        return not (word == "if" and counting)  # the rest of the list is inside
    word = word.removeprefix("end")
    if word == "block":
        return not unit.in_block and bare
    return not branches and word not in _TRANSPARENT
