"""Shielding: while Markdown is read, each tag is one private character that it knows nothing of."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, islice

from generator import wordml
from generator.problems import Level, Location, Message, Problem
from generator.tagging import Tag, forbidden_problem, keyword, miswritten, scan
from generator.wordml import Element

_FIRST = 0x100000
_MOST_TAGS = 0xFFF0  # what plane 16 holds, without the sign that `wordml` uses
_ENOUGH = 20  # characters of a kind that are reported
_PRIVATE = re.compile("[\U00100000-\U0010ffff]")
# XML 1.0, 2.2: what a document cannot carry.
_CONTROL = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BLANK = re.compile(r"^[^\S\n]+$", re.MULTILINE)
_FRAGMENT = r"(?:super(?:\.super)*|caller|loop|self\.\w+{names})\s*\(.*\)"


@dataclass
class Reading:
    """One text being read: its tags, where its lines stand, and the problems found so far."""

    file: str
    text_width: int
    text_height: int
    """Of a page in twips: the height is the width of one that lies across."""
    name: str
    """A word that differs from text to text: part of the keys of lists and tables."""
    tags: Sequence[Tag] = ()
    tag_lines: Sequence[int] = ()
    lines: Sequence[int] = ()
    """The line in the file of each line of the shielded text, both from 1 and from 0."""
    lone: frozenset[str] = frozenset()
    """The private characters of tags that stand between paragraphs where a line holds only them."""
    problems: list[Problem] = field(default_factory=list)
    is_doubtful: bool = False
    """Whether there is a statement that cannot be read: then nobody knows what belongs together."""

    def report(
        self,
        code: str,
        line: int,
        message: Message,
        hint: Message | str = "",
        level: Level = "error",
    ) -> None:
        """Add a problem at a line of the file."""
        self.problems.append(Problem(code, message, Location(self.file, str(line)), hint, level))

    def line_at(self, index: int) -> int:
        """The line in the file of a line of the shielded text, counted from 0."""
        return self.lines[min(index, len(self.lines) - 1)]

    def tag(self, sign: str) -> Tag:
        """The tag behind a private character."""
        return self.tags[ord(sign) - _FIRST]

    def node(self, sign: str) -> Element:
        """The tag behind a private character, as a node."""
        index = ord(sign) - _FIRST
        tag = self.tags[index]
        assert tag.kind != "raw"
        code = "" if "?>" in tag.code else tag.code
        return wordml.tag_node(tag.kind, code, str(self.tag_lines[index]))


def is_sign(piece: str) -> bool:
    """Whether one of the `pieces` of shielded text stands for a tag."""
    return piece[0] >= chr(_FIRST)


def pieces(text: str) -> Iterator[str]:
    """Shielded text, cut into the signs of tags and the text between them."""
    last = 0
    for sign in _PRIVATE.finditer(text):
        if sign.start() > last:
            yield text[last : sign.start()]
        yield sign[0]
        last = sign.end()
    if last < len(text):
        yield text[last:]


def shield(text: str, file: str, text_width: int, text_height: int) -> tuple[str, Reading]:
    """*text* with a private character for each tag, and what is known of it."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    name = f"{zlib.crc32(text.encode('utf-8', 'replace')):08x}"
    reading = Reading(file, text_width, text_height, name)
    text = _without_bad_characters(text, reading)
    shielded = _put_signs(text, reading)
    reading.lone = _lone_signs(shielded, reading.tags)
    return _BLANK.sub("", shielded), reading


def _without_bad_characters(text: str, reading: Reading) -> str:
    for pattern in (_PRIVATE, _CONTROL):
        for bad in islice(pattern.finditer(text), _ENOUGH):
            line = text.count("\n", 0, bad.start()) + 1
            message = Message("the character U+{code} cannot stand here", code=f"{ord(bad[0]):04X}")
            reading.report("T201", line, message, Message("remove it"))
        text = pattern.sub("\ufffd", text)
    return text


def _put_signs(text: str, reading: Reading) -> str:
    """Fill in the tags and lines of *reading*; a raw block becomes the text that it holds."""
    tags: list[Tag] = []
    parts: list[str] = []
    skipped: list[tuple[int, int]] = []  # pieces of the text that signs replace
    last = 0
    closed = scan(text)
    meant = set(_meant(text, closed, reading))
    for tag in sorted([*closed, *meant], key=lambda tag: tag.start):
        parts.append(text[last : tag.start])
        last = tag.end
        if tag.kind == "raw":
            inside = text.index("%}", tag.start) + 2
            parts.append(tag.code)
            skipped += [(tag.start, inside), (inside + len(tag.code), tag.end)]
        elif len(tags) < _MOST_TAGS:
            parts.append(chr(_FIRST + len(tags)))
            tags.append(tag)
            skipped.append((tag.start, tag.end))
    parts.append(text[last:])
    line_of = list(accumulate((character == "\n" for character in text), initial=1))
    reading.tags = tags
    reading.tag_lines = [line_of[tag.start] for tag in tags]
    kept = _line_ends(text, skipped)
    reading.lines = [1, *(line_of[offset] + 1 for offset in kept)]
    for tag, line in zip(tags, reading.tag_lines, strict=True):
        if tag not in meant and (
            problem := forbidden_problem(tag, Location(reading.file, str(line)))
        ):
            reading.is_doubtful |= tag.kind == "b"
            reading.problems.append(problem)
    if len(tags) == _MOST_TAGS:
        reading.report("T202", 1, Message("a template holds at most {most} tags", most=_MOST_TAGS))
    return "".join(parts)


def _meant(text: str, tags: Sequence[Tag], reading: Reading) -> Iterator[Tag]:
    """Report what was typed as a tag beside *tags*; the tags that were meant."""
    for found in miswritten(text, tags):
        where = Location(reading.file, str(text.count("\n", 0, found.start) + 1))
        reading.problems.append(replace(found.problem, where=where))
        if found.meant:
            yield found.meant
        elif found.is_statement:
            reading.is_doubtful = True


def _line_ends(text: str, skipped: Sequence[tuple[int, int]]) -> Iterator[int]:
    """The offsets of the line ends of *text* outside the skipped pieces."""
    last = 0
    for start, end in [*skipped, (len(text), len(text))]:
        offset = text.find("\n", last, start)
        while offset >= 0:
            yield offset
            offset = text.find("\n", offset + 1, start)
        last = end


def _lone_signs(shielded: str, tags: Sequence[Tag]) -> frozenset[str]:
    """The signs of statements, comments, and of what prints paragraphs: `super()`, macros …"""
    statements = {chr(_FIRST + i) for i, tag in enumerate(tags) if tag.kind in ("b", "c")}
    names: set[str] = set()
    for line in shielded.split("\n"):
        signs = line.split() and [sign for sign in line if not sign.isspace()]
        if signs and all(sign in statements for sign in signs):
            for sign in signs:
                names |= _macros(tags[ord(sign) - _FIRST].code)
    called = "".join(rf"|{re.escape(name)}(?:\.\w+)?" for name in sorted(names))
    fragment = re.compile(_FRAGMENT.replace("{names}", called), re.DOTALL)
    printing = (
        chr(_FIRST + i)
        for i, tag in enumerate(tags)
        if tag.kind == "v" and fragment.fullmatch(tag.code)
    )
    return frozenset(statements.union(printing))


def _macros(code: str) -> set[str]:
    """The names that a statement gives to macros or to a module of them."""
    word = keyword(code)
    rest = code[len(word) :]
    if word == "macro" and (name := re.match(r"\s*(\w+)", rest)):
        return {name[1]}
    if word == "import" and (name := re.search(r"\bas\s+(\w+)", rest)):
        return {name[1]}
    if word == "from" and (names := re.search(r"\bimport\s+(.*)$", rest, re.DOTALL)):
        items = [item.split() for item in names[1].split(",")]
        return {words[2] if words[1:2] == ["as"] else words[0] for words in items if words}
    return set()
