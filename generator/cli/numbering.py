"""`render --register`: the numbers of single documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator.problems import Location, NoticeError, Problem

if TYPE_CHECKING:
    from generator.cli.session import Session
    from generator.register import Request, Series


@dataclass
class Numbers:
    """What a register gives to inputs."""

    register: str | None
    serials: list[int] = field(default_factory=list)
    """One for each input, of use only to those without one; none without a register."""
    taken: list[tuple[Series, int]] = field(default_factory=list)
    corrected: set[str] = field(default_factory=set)
    """The document numbers of which an earlier run made a document that says something else."""
    problems: list[Problem] = field(default_factory=list)

    def mark_made(self) -> None:
        """Note in the register that the documents are written."""
        if self.register is None or not self.taken:
            return
        from generator.register import mark_made

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
    from generator.register import PROVISIONAL, new_register, numbering

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
        numbers.corrected = {series.number(serial) for series, serial in book.corrected}
        if book.is_new:
            numbers.problems.append(new_register(register))
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
    from generator.register import PROVISIONAL, identity_of, request_for

    try:
        found = read_input(
            read_yaml_file(file),
            file,
            session.library,
            template=template,
            settings=settings,
            serial=PROVISIONAL,
        )
        context = found.context
    except NoticeError:
        return None
    name, unit, date = found.template.name, found.template.unit, found.values.get("date_of_issue")
    try:
        return request_for(
            found.template,
            found.values,
            context,
            where=Location(file) if found.is_numbered else found.place(("serial",)),
            typed=not found.is_numbered,
            identity=identity_of(register, file, name, unit, date),
        )
    except NoticeError as error:
        numbers.problems += error.problems
        return None
