"""What a document asks a register for, and what there is to say of that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from generator.problems import Location, Message, NoticeError, Problem
from generator.register.numbering import Request, key_of
from generator.register.series import read_number

if TYPE_CHECKING:
    from generator.library import Template

PROVISIONAL = 1
"""The serial with which a document is read before it has one."""


def request_for(
    template: Template,
    values: Mapping[str, Any],
    context: Mapping[str, Any],
    *,
    where: Location,
    typed: bool,
    identity: str = "",
) -> Request | None:
    """What the document of *values* asks for; None where it has no number that registers know.

    *context* is what the template made of *values*; unless *typed*, their serial is PROVISIONAL.
    Raises NoticeError where the number would not have the serial that the register gives.
    """
    number = str(context.get("document_number") or "")
    read = read_number(number)
    if read is None:
        if number and not typed:
            raise NoticeError([_of_other_form(number, where)])
        return None
    series, serial = read
    if not typed and serial != PROVISIONAL:
        raise NoticeError([_without_serial(number, where)])
    return Request(
        key=key_of(template.name, template.unit, values),
        series=series,
        where=where,
        title=str(context.get("title") or ""),
        serial=serial if typed else None,
        identity=identity,
    )


def new_register(register: str) -> Problem:
    """The note that a register is made only now."""
    message = Message("the register is new; numbers begin with 1")
    hint = Message("if some were used by hand: noticegen register reserve")
    return Problem("B055", message, Location(register), hint, "note")


def _without_serial(number: str, where: Location) -> Problem:
    message = Message("the register gives a serial that the number {number} lacks", number=number)
    hint = Message("write “{{{{ serial }}}}” into “number:” of template.yaml")
    return Problem("B054", message, where, hint)


def _of_other_form(number: str, where: Location) -> Problem:
    message = Message("a register gives no numbers such as {number}", number=number)
    return Problem("B057", message, where, Message("type the serial"))
