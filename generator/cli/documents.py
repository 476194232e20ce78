"""`render` and `check`: inputs → documents, or every problem of all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.session import (
    Decorated,
    Session,
    command,
    common_options,
    following_options,
    format_option,
    unit_option,
)
from generator.problems import Message, NoticeError, Problem

if TYPE_CHECKING:
    from generator.cli.producing import Made


LIST_ENDINGS = (".xlsx", ".docx")


def input_options(function: Decorated) -> Decorated:
    """INPUT…, and what goes before what an input says itself."""
    for add in (
        click.option(
            "--set",
            "settings",
            metavar="KEY=VALUE",
            multiple=True,
            help=Message("Use this value instead of the input's."),
        ),
        click.option("--template", metavar="T", help=Message("Use this template.")),
        unit_option,
        click.argument("inputs", metavar="INPUT…", nargs=-1, required=True),
    ):
        function = add(function)
    return function


@command("render", Message("Make a Word document of each input."))
@input_options
@click.option(
    "-o", "target", metavar="PATH", help=Message("A folder, or the one document's own name.docx.")
)
@following_options
@click.option("--force", is_flag=True, help=Message("Replace documents that exist."))
@click.option(
    "--register",
    metavar="FILE",
    help=Message("Take the serial of inputs without one from this register, and keep it there."),
)
@format_option
@common_options
def render_command(
    session: Session,
    inputs: Sequence[str],
    target: str | None,
    pdf: bool,
    list_path: str | None,
    force: bool,
    register: str | None,
    template: str | None,
    unit: str | None,
    settings: Sequence[str],
) -> None:
    from generator.cli.numbering import numbered
    from generator.cli.outputs import check_outputs
    from generator.cli.producing import (
        left_behind_by,
        list_documents,
        outputs_of,
        print_pdfs,
        repeated_numbers,
        write_documents,
    )
    from generator.reporting import has_errors

    _check_targets(session, target, list_path, several=len(inputs) > 1)
    if pdf:
        from generator.preview import find_office

        find_office()  # before anything is written
    values = read_settings(session, unit, settings)
    with numbered(session, register, inputs, template, values) as numbers:
        finished, found = _make_all(session, inputs, template, values, numbers.serials)
        outputs = outputs_of(finished, target, list_path, pdf=pdf)
        problems = [*numbers.problems, *found, *check_outputs(outputs, force=force)]
        problems += repeated_numbers(finished)
        if has_errors(problems):
            if session.as_json:
                session.show_json(problems, documents=[])
                click.get_current_context().exit(1)
            raise NoticeError(problems)
    paths = [output.path for output in outputs[: len(finished)]]
    problems += left_behind_by(finished, paths, numbers.corrected)
    if not session.as_json:
        session.show_problems(problems)
    written = write_documents(session, finished, paths)
    numbers.mark_made()
    if pdf:
        problems += print_pdfs(session, written)
    if list_path is not None:
        list_documents(session, Path(list_path), finished, paths)
    if session.as_json:
        session.show_json(problems, documents=written)
    if has_errors(problems):
        click.get_current_context().exit(1)


def _check_targets(
    session: Session, target: str | None, list_path: str | None, *, several: bool
) -> None:
    """Stop where `-o` or `--list` names what cannot be written."""
    from generator.cli.outputs import names_document, names_other_format

    if names_other_format(target):
        session.misused(Message("documents are written as .docx; name a folder or a .docx"), "-o")
    if names_document(target) and several:
        session.misused(Message("one document cannot hold several inputs; name a folder"), "-o")
    if list_path is not None and not list_path.lower().endswith(LIST_ENDINGS):
        session.misused(Message("a list is written as .xlsx or .docx"), "--list")


@command("check", Message("Tell every problem of inputs and templates; write nothing."))
@input_options
@format_option
@common_options
def check_command(
    session: Session,
    inputs: Sequence[str],
    template: str | None,
    unit: str | None,
    settings: Sequence[str],
) -> None:
    from generator.cli.producing import repeated_numbers
    from generator.inputs import check_template
    from generator.library.layers import is_template
    from generator.reporting import count_line, has_errors

    values = read_settings(session, unit, settings)
    problems: list[Problem] = []
    finished: list[Made] = []
    for path in inputs:
        if is_template(path):
            problems += check_template(session.library, path, unit)
        else:  # what cannot be made has a problem too: an input that passes can be rendered
            made, found = _make_all(session, [path], template, values)
            problems += found
            finished += made
    problems += repeated_numbers(finished)
    templates = sum(map(is_template, inputs))
    if session.as_json:
        session.show_json(problems, inputs=len(inputs) - templates, templates=templates)
    else:
        session.show_problems(problems, on_stderr=False)
        session.say(count_line(len(inputs) - templates, problems, templates))
    if has_errors(problems):
        click.get_current_context().exit(1)


def _make_all(
    session: Session,
    inputs: Sequence[str],
    template: str | None,
    settings: Mapping[str, str],
    serials: Sequence[int] = (),
) -> tuple[list[Made], list[Problem]]:
    """The document of each input that has no error, and every problem of all of them.

    *serials* are those of inputs without one, one for each input where there are any.
    """
    from generator.cli.producing import Made
    from generator.cli.reading import read_yaml_file
    from generator.inputs import make_document

    finished: list[Made] = []
    problems: list[Problem] = []
    for file, serial in zip_longest(inputs, serials):
        try:
            made, found = make_document(
                read_yaml_file(file),
                file,
                session.library,
                template=template,
                settings=settings,
                serial=serial,
            )
        except NoticeError as error:  # the file itself cannot be read
            made, found = None, error.problems
        problems += found
        if made is not None:
            finished.append(Made(file, made.document, made.name, made.template.files))
    return finished, problems


def read_settings(session: Session, unit: str | None, settings: Sequence[str]) -> Mapping[str, str]:
    """What `--unit` and `--set` say: key or label → text."""
    values = {"unit": unit} if unit else {}
    for setting in settings:
        key, sign, value = setting.partition("=")
        if not sign or not key.strip():
            session.misused(Message("“{text}” is not key=value", text=setting), "--set")
        values[key.strip()] = value
    return values
