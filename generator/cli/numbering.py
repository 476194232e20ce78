"""`render --register`: the numbers of single documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator.problems import Location, Message, NoticeError, Problem

if TYPE_CHECKING:
    from generator.cli.session import Session
    from generator.inputs import Input
    from generator.register import Request, Series

PROVISIONAL = 1
"""The serial with which an input is read before it has one."""


@dataclass
class Numbers:
    """What a register gives to inputs."""

    register: str | None
    serials: list[int] = field(default_factory=list)
    """One for each input, of use only to those without one; none without a register."""
    taken: list[tuple[Series, int]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def mark_made(self) -> None:
        """Note in the register that the documents are written."""
        from generator.register import mark_made

        if self.register is not None and self.taken:
            mark_made(self.register, self.taken)


@contextmanager
def numbered(
    session: Session,
    register: str | None,
    inputs: Sequence[str],
    template: str | None,
    settings: Mapping[str, str],
) -> Iterator[Numbers]:
    """Numbers for *inputs*, taken for good only when the block inside has ended well.

    So whatever hinders a document is found before its number is taken, and nothing that is written
    bears a number that is not taken.
    """
    numbers = Numbers(register)
    if register is None:
        yield numbers
        return
    from generator.register import numbering

    wanted = [_request(session, register, file, template, settings, numbers) for file in inputs]
    if not any(wanted):
        numbers.serials = [PROVISIONAL] * len(inputs)
        yield numbers
        return
    with numbering(register) as book:
        claims = [book.claim(request) for request in wanted if request]
        numbers.problems += filter(None, claims)
        for request in wanted:
            serial = PROVISIONAL
            if request is not None:
                serial = book.take(request) if request.serial is None else request.serial
                numbers.taken.append((request.series, serial))
            numbers.serials.append(serial)
        if book.is_new:
            numbers.problems.append(_new(register))
        yield numbers


def _request(
    session: Session,
    register: str,
    file: str,
    template: str | None,
    settings: Mapping[str, str],
    numbers: Numbers,
) -> Request | None:
    """What *file* asks the register for; None where its document has no number or cannot be made.

    Faults of the file are told when its document is made; only what concerns its number is here.
    """
    from generator.cli.reading import read_yaml_file
    from generator.inputs import read_input

    try:
        found = read_input(
            read_yaml_file(file),
            file,
            session.library,
            template=template,
            settings=settings,
            serial=PROVISIONAL,
        )
        number = str(found.context.get("document_number") or "")
    except NoticeError:
        return None
    return _request_for(found, number, register, file, numbers)


def _request_for(
    found: Input, number: str, register: str, file: str, numbers: Numbers
) -> Request | None:
    from generator.register import Request, identity_of, key_of, read_number

    read = read_number(number)
    if read is None:  # no number, or one that GH008 complains of
        return None
    series, serial = read
    template, values = found.template, found.values
    if found.is_numbered and serial != PROVISIONAL:
        numbers.problems.append(_not_of_serial(number, file))
        return None
    return Request(
        key=key_of(template.name, template.unit, values),
        series=series,
        where=Location(file) if found.is_numbered else found.place(("serial",)),
        title=str(found.context.get("title") or ""),
        serial=None if found.is_numbered else serial,
        identity=identity_of(
            register, file, template.name, template.unit, values.get("date_of_issue")
        ),
    )


def _not_of_serial(number: str, file: str) -> Problem:
    message = Message("the register gives a serial that the number {number} lacks", number=number)
    hint = Message("write “{{{{ serial }}}}” into “number:” of template.yaml")
    return Problem("B054", message, Location(file), hint)


def _new(register: str) -> Problem:
    message = Message("the register is new; numbers begin with 1")
    hint = Message("if some were used by hand: noticegen register reserve")
    return Problem("B055", message, Location(register), hint, "note")
