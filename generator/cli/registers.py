"""`register list|reserve|void`: the register of document numbers, seen and kept by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from generator.cli.session import (
    Context,
    Decorated,
    Session,
    command,
    common_options,
    format_option,
    language_option,
)
from generator.problems import Message

if TYPE_CHECKING:
    from generator.problems import Problem
    from generator.register import Entry, Series

_NUMBERS = re.compile(
    r"([一-龥]{1,12})[〔\[（(]([0-9]{4})[〕\]）)]([1-9][0-9]{0,8})(?:[-—至]([1-9][0-9]{0,8}))?号?"
)
"""示教〔2005〕3号, and what is easier to type: 示教[2005]3, 示教[2005]1-37."""
_MOST_AT_ONCE = 100_000

_STATES = {
    "waiting": Message("waits for its document"),
    "made": Message("made"),
    "reserved": Message("used by hand"),
    "void": Message("withdrawn"),
}


@click.group(
    "register",
    help=Message("The register of document numbers: list, reserve, void."),
    short_help=Message("The register of document numbers: list, reserve, void."),
)
@language_option
def register_command() -> None: ...


register_command.context_class = Context


def register_option(function: Decorated) -> Decorated:
    """`--register FILE`, which these commands cannot do without."""
    return click.option(
        "--register", "file", metavar="FILE", required=True, help=Message("The register's file.")
    )(function)


def reason_option(*, required: bool) -> Callable[[Decorated], Decorated]:
    return click.option(
        "--reason", metavar="TEXT", default="", required=required, help=Message("Why.")
    )


@command("list", Message("Show the numbers of a register."))
@register_option
@format_option
@common_options
def list_command(session: Session, file: str) -> None:
    from generator.register import entries

    found = entries(file)
    if session.as_json:
        objects = [_as_object(entry) for entry in found]
        click.echo(json.dumps({"numbers": objects, "problems": []}, ensure_ascii=False, indent=2))
        return
    session.show_table(
        (Message("number"), Message("state"), Message("title"), Message("source")),
        [(entry.number, _state(entry), entry.title, entry.source) for entry in found],
    )


@command("reserve", Message("Enter numbers that were used by hand, such as 示教〔2005〕1-37号."))
@click.argument("numbers", metavar="NUMBER…", nargs=-1, required=True)
@reason_option(required=False)
@register_option
@format_option
@common_options
def reserve_command(session: Session, numbers: Sequence[str], reason: str, file: str) -> None:
    from generator.register import reserve

    wanted = [_read(session, number) for number in numbers]
    reserve(file, wanted, reason)
    _tell(session, wanted)


@command("void", Message("Withdraw a number; it is never given again."))
@click.argument("numbers", metavar="NUMBER…", nargs=-1, required=True)
@reason_option(required=True)
@register_option
@format_option
@common_options
def void_command(session: Session, numbers: Sequence[str], reason: str, file: str) -> None:
    from generator.register import void

    if not reason.strip():
        session.misused(Message("say why"), "--reason")
    wanted = [_read(session, number) for number in numbers]
    _tell(session, wanted, void(file, wanted, reason))


for _command in (list_command, reserve_command, void_command):
    register_command.add_command(_command)


def _read(session: Session, text: str) -> tuple[Series, range]:
    """The numbers that *text* means."""
    from generator.register import Series

    found = _NUMBERS.fullmatch(text.strip())
    if found is None:
        session.misused(
            Message(
                "“{text}” is not a number such as 示教〔2005〕3号 or 示教〔2005〕1-37号", text=text
            ),
            "NUMBER",
        )
    first = int(found[3])
    serials = range(first, int(found[4] or first) + 1)
    if not 0 < len(serials) <= _MOST_AT_ONCE:
        session.misused(
            Message(
                "“{text}” is not a range of up to {most} numbers", text=text, most=_MOST_AT_ONCE
            ),
            "NUMBER",
        )
    return Series(found[1], int(found[2])), serials


def _tell(
    session: Session, numbers: Sequence[tuple[Series, range]], warnings: Sequence[Problem] = ()
) -> None:
    """Say what was entered, and what is doubtful about it."""
    said = [
        series.number(serials[0]) if len(serials) == 1 else _span(series, serials)
        for series, serials in numbers
    ]
    if session.as_json:
        session.show_json(warnings, numbers=said)
    else:
        session.show_problems(warnings)
        session.say(*said)


def _span(series: Series, serials: range) -> str:
    return f"{series.code}〔{series.year}〕{serials[0]}-{serials[-1]}号"


def _state(entry: Entry) -> str:
    state = _STATES[entry.state]
    if not entry.reason:
        return state
    return Message("{message} ({hint})", message=state, hint=entry.reason)


def _as_object(entry: Entry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "code": entry.series.code,
        "year": entry.series.year,
        "serial": entry.serial,
        "state": entry.state,
        "title": entry.title,
        "source": entry.source,
        "reason": entry.reason,
    }
