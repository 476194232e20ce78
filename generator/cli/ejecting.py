"""`eject`: a template as a body of one's own, to be changed in Word or in Markdown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.session import Session, command, common_options, unit_option
from generator.problems import Location, Message, NoticeError, Problem

if TYPE_CHECKING:
    from generator.ejecting import Form
    from generator.library import Library


@command("eject", Message("Write a template or a layout as a Word document to change."))
@click.argument("template", metavar="TEMPLATE")
@unit_option
@click.option(
    "--as",
    "form",
    type=click.Choice(("docx", "md")),
    default="docx",
    help=Message("A Word document, every tag as text, or Markdown; by default Word."),
)
@click.option("--force", is_flag=True, help=Message("Replace the version that is there."))
@common_options
def eject_command(
    session: Session, template: str, unit: str | None, form: Form, force: bool
) -> None:
    from generator.cli.outputs import write_whole
    from generator.ejecting import eject

    library = session.library
    ejected = eject(library, template, unit, form)
    target = _own_folder(library, template, unit) / ejected.path
    there = _versions(target)
    if there and not force:
        raise NoticeError([_is_there(path) for path in there])
    write_whole(target, ejected.data)
    for other in there:
        if other != target:  # else it would stand before this one
            other.unlink()
    click.echo(target)


def _own_folder(library: Library, template: str, unit: str | None) -> Path:
    """The folder of the unit in the nearest workspace, or that workspace."""
    from generator.library.layers import built_in_folder

    workspace = library.workspaces[0]
    if workspace == built_in_folder():
        message = Message("there is no workspace for the template")
        hint = Message("name one with --templates")
        raise NoticeError([Problem("B026", message, Location(template), hint)])
    return workspace / "units" / unit if unit else workspace


def _versions(target: Path) -> list[Path]:
    """What stands already where *target* belongs: of a body, in either form."""
    from generator.library.layers import BODIES

    names = BODIES if target.name in BODIES else (target.name,)
    return [path for path in (target.with_name(name) for name in names) if path.exists()]


def _is_there(path: Path) -> Problem:
    message, hint = Message("the file exists already"), Message("replace it with --force")
    return Problem("B022", message, Location(str(path)), hint)
