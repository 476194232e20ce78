"""`trace`: where the values of an input come from, held against the speech."""

from __future__ import annotations

from dataclasses import asdict

import click

from generator.cli.session import Session, command, common_options, format_option
from generator.problems import Message

HEADS = (
    Message("path"),
    Message("value"),
    Message("section"),
    Message("point"),
    Message("phrase"),
    Message("in the speech"),
)
_FOUND = {True: Message("yes"), False: Message("no"), None: "–"}


@command("trace", Message("Show where the values of an input come from."))
@click.argument("input", metavar="INPUT")
@click.option(
    "--speech", metavar="FILE", help=Message("The speech, as text: are the phrases in it?")
)
@format_option
@common_options
def trace_command(session: Session, input: str, speech: str | None) -> None:
    from generator.cli.reading import read_yaml_file
    from generator.inputs import read_input
    from generator.library import read_file
    from generator.reporting import has_errors
    from generator.sources import decode, in_order_of_place
    from generator.tracing import check_trace, trace_rows

    text = None if speech is None else decode(read_file(speech), speech)
    found = read_input(read_yaml_file(input), input, session.library)
    definition = found.template.schema.definition if found.template.schema else None
    rows = trace_rows(found.trace, found.values, text, definition)
    problems = in_order_of_place(
        check_trace(found.trace, found.values, text, found.place, definition)
    )
    if session.as_json:
        session.show_json(problems, rows=[asdict(row) for row in rows])
    elif rows:
        session.show_table(
            HEADS,
            [
                (row.path, row.value, row.section, row.point, row.phrase, _FOUND[row.found])
                for row in rows
            ],
        )
        session.show_problems(problems, on_stderr=False)
    else:
        session.say(Message("the input names no sources (trace / 出处)"))
    if has_errors(problems):
        click.get_current_context().exit(1)
