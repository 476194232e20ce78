"""`render` and `check`: inputs → documents, or every problem of all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

import click

from generator.cli.session import (
    Decorated,
    Session,
    command,
    common_options,
    format_option,
    unit_option,
)
from generator.problems import Message, NoticeError, Problem

if TYPE_CHECKING:
    from generator.cli.outputs import Output
    from generator.library import Document


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
    force: bool,
    register: str | None,
    template: str | None,
    unit: str | None,
    settings: Sequence[str],
) -> None:
    from generator.cli.numbering import numbered
    from generator.cli.outputs import (
        Output,
        check_outputs,
        names_document,
        names_other_format,
        output_path,
    )
    from generator.reporting import has_errors

    if names_other_format(target):
        session.misused(Message("documents are written as .docx; name a folder or a .docx"), "-o")
    if names_document(target) and len(inputs) > 1:
        session.misused(Message("one document cannot hold several inputs; name a folder"), "-o")
    values = _settings(session, unit, settings)
    with numbered(session, register, inputs, template, values) as numbers:
        finished, found = _make_all(session, inputs, template, values, numbers.serials)
        outputs = [
            Output(made.file, output_path(made.file, made.name, target), made.template_files)
            for made in finished
        ]
        problems = [*numbers.problems, *found, *check_outputs(outputs, force=force)]
        if has_errors(problems):
            if session.as_json:
                session.show_json(problems, documents=[])
                click.get_current_context().exit(1)
            raise NoticeError(problems)
    _write(session, outputs, [made.document for made in finished], problems)
    numbers.mark_made()


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
    from generator.inputs import check_template
    from generator.library.layers import is_template
    from generator.reporting import count_line, has_errors

    values = _settings(session, unit, settings)
    problems: list[Problem] = []
    for path in inputs:
        if is_template(path):
            problems += check_template(session.library, path, unit)
        else:  # what cannot be made has a problem too: an input that passes can be rendered
            problems += _make_all(session, [path], template, values)[1]
    templates = sum(map(is_template, inputs))
    if session.as_json:
        session.show_json(problems, inputs=len(inputs) - templates, templates=templates)
    else:
        session.show_problems(problems, on_stderr=False)
        session.say(count_line(len(inputs) - templates, problems, templates))
    if has_errors(problems):
        click.get_current_context().exit(1)


class _Made(NamedTuple):
    """A finished document, not yet written."""

    file: str
    """The input, as the user typed it."""
    document: Document
    name: str
    """Its file name as the template has it."""
    template_files: Sequence[str]


def _make_all(
    session: Session,
    inputs: Sequence[str],
    template: str | None,
    settings: Mapping[str, str],
    serials: Sequence[int] = (),
) -> tuple[list[_Made], list[Problem]]:
    """The document of each input that has no error, and every problem of all of them.

    *serials* are those of inputs without one, one for each input where there are any.
    """
    from generator.cli.reading import read_yaml_file
    from generator.inputs import make_document

    finished: list[_Made] = []
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
            finished.append(_Made(file, made.document, made.name, made.template.files))
    return finished, problems


def _settings(session: Session, unit: str | None, settings: Sequence[str]) -> Mapping[str, str]:
    values = {"unit": unit} if unit else {}
    for setting in settings:
        key, sign, value = setting.partition("=")
        if not sign or not key.strip():
            session.misused(Message("“{text}” is not key=value", text=setting), "--set")
        values[key.strip()] = value
    return values


def _write(
    session: Session,
    outputs: Sequence[Output],
    documents: Sequence[Document],
    problems: Sequence[Problem],
) -> None:
    """Write the documents and say what was written."""
    from generator.cli.outputs import write_whole

    if not session.as_json:
        session.show_problems(problems)
    written = []
    for output, document in zip(outputs, documents, strict=True):
        write_whole(output.path, document.data)
        written.append(
            {
                "input": output.source,
                "path": str(output.path),
                "title": document.title,
                "number": document.number,
            }
        )
        if not session.as_json:
            click.echo(str(output.path))
    if session.as_json:
        session.show_json(problems, documents=written)
