"""The arguments of a field's instruction, in which tags may stand (ISO/IEC 29500-1, 17.16.2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.tagging import Tag, scan

_WITH_ARGUMENT = frozenset("\\l \\o \\s \\t".split())
"""Options of HYPERLINK that an argument follows."""


@dataclass(frozen=True, slots=True)
class Argument:
    """A piece of an instruction, without its quotation marks."""

    start: int
    end: int
    quoted: bool
    closed: bool
    """Whether it is certain to end there: in a quotation mark or a space."""

    def text_in(self, instruction: str) -> str:
        return instruction[self.start : self.end]

    def holds(self, tag: Tag) -> bool:
        return self.start <= tag.start < self.end


def arguments(instruction: str) -> Iterator[Argument]:
    """The name of a field, its options and its arguments, in order."""
    tags = {tag.start: tag for tag in scan(instruction)}
    position, end = 0, len(instruction)
    while position < end:
        if instruction[position].isspace():
            position += 1
            continue
        quoted = instruction[position] == '"'
        start = position = position + quoted
        while position < end and not _ends(instruction, position, start, quoted):
            if tag := tags.get(position):
                position = tag.end
            else:
                position += 2 if quoted and instruction[position] == "\\" else 1
        position = min(position, end)
        yield Argument(start, position, quoted, position < end)
        position += quoted


def _ends(instruction: str, position: int, start: int, quoted: bool) -> bool:
    sign = instruction[position]
    if quoted:
        return sign == '"'
    return sign.isspace() or (sign in '"\\' and position > start)


@dataclass(frozen=True, slots=True)
class Hyperlink:
    """Where a HYPERLINK field leads."""

    address: Argument | None
    """None where it names no address: it leads into the document itself."""
    is_certain: bool
    """Whether no value and no nested field can make it lead elsewhere, but within its address."""


def hyperlink(instruction: str, *, nested: bool = False) -> Hyperlink | None:
    """Where an instruction leads; None for one of another field.

    *nested* says that a field follows, whose result goes on with the instruction.
    """
    found = list(arguments(instruction))
    if not found or found[0].text_in(instruction).upper() != "HYPERLINK":
        return None
    rest = found[1:]
    address, leads_inside, takes = None, False, ""
    for argument in rest:
        text = argument.text_in(instruction)
        if text.startswith("\\") and not argument.quoted:
            takes = text.lower() if text.lower() in _WITH_ARGUMENT else ""
        elif takes:
            leads_inside = leads_inside or (takes == "\\l" and argument.closed)
            takes = ""
        else:
            address = address or argument
    certain = all(
        tag.kind in ("v", "c")
        and any(each.holds(tag) and (each.quoted or each is address) for each in rest)
        for tag in scan(instruction)
    )
    complete = address.closed if address else leads_inside
    return Hyperlink(address, certain and (complete or not nested))
