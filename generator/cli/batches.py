"""`batch`: a template and the rows of a table → a document of each."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.session import (
    Session,
    command,
    common_options,
    following_options,
    format_option,
    unit_option,
)
from generator.problems import Message, NoticeError

if TYPE_CHECKING:
    from generator.batch.outcomes import Outcome
    from generator.batch.portions import Join
    from generator.batch.produced import Produced
    from generator.cli.progress import Bar, Quiet

INTERRUPTED = 130
_MOST_REMEMBERED = 10_000
"""Problem lines that are not said again: every row may have the same fault of its template."""


@command("batch", Message("Make a Word document of each row of a table."))
@click.argument("template", metavar="TEMPLATE|PLAN")
@click.argument("rows", metavar="[ROWS]", required=False)
@click.option("-o", "folder", metavar="DIR", help=Message("The folder for the documents."))
@click.option(
    "--zip", "archive", metavar="OUT.zip", help=Message("Write one archive instead of files.")
)
@click.option("--sheet", metavar="NAME", default="", help=Message("The sheet of a workbook."))
@click.option(
    "--join",
    "joins",
    metavar="LIST=TABLE:COLUMN",
    multiple=True,
    help=Message("Fill a list of each row from another sheet or file, by a column of both."),
)
@click.option(
    "--where", metavar="EXPR", default="", help=Message("Make only rows for which it holds.")
)
@click.option(
    "--ignore",
    "ignored",
    metavar="COLUMN",
    multiple=True,
    help=Message("Leave this column of the table out."),
)
@click.option("--common", metavar="FILE", help=Message("A YAML file with what all rows share."))
@click.option(
    "--set",
    "settings",
    metavar="KEY=VALUE",
    multiple=True,
    help=Message("Use this value instead of the rows'."),
)
@unit_option
@click.option(
    "--name",
    metavar="PATTERN",
    help=Message("The pattern of the names of the files."),
)
@click.option(
    "--copy-number",
    metavar="000001",
    default="",
    help=Message("The number of the first copy (份号); the other documents count on from it."),
)
@following_options
@click.option(
    "--register",
    metavar="FILE",
    help=Message("Take the serial of rows without one from this register, and keep it there."),
)
@click.option("--check-only", is_flag=True, help=Message("Check all rows; write nothing."))
@click.option(
    "--keep-going", is_flag=True, help=Message("Make the good rows where others have errors.")
)
@click.option(
    "--force", is_flag=True, help=Message("Replace files that were edited or not made by a batch.")
)
@click.option(
    "--workers",
    metavar="N",
    type=click.IntRange(1, 256),
    help=Message("The number of processes; by default one for each core."),
)
@click.option(
    "--row-timeout",
    metavar="SECONDS",
    type=click.FloatRange(0.1),
    default=60.0,
    help=Message("End a row that takes longer; 60 by default."),
)
@format_option
@common_options
def batch_command(
    session: Session,
    template: str,
    rows: str | None,
    folder: str | None,
    archive: str | None,
    sheet: str,
    joins: tuple[str, ...],
    where: str,
    ignored: tuple[str, ...],
    common: str | None,
    settings: tuple[str, ...],
    unit: str | None,
    name: str | None,
    copy_number: str,
    pdf: bool,
    list_path: str | None,
    register: str | None,
    check_only: bool,
    keep_going: bool,
    force: bool,
    workers: int | None,
    row_timeout: float,
) -> None:
    from generator.batch.folder import Folder
    from generator.batch.plans import read_plan
    from generator.batch.portions import Portion, groups
    from generator.batch.produced import Produced
    from generator.batch.run import run
    from generator.batch.targets import open_target
    from generator.batch.working import Manner, cores
    from generator.cli.documents import read_settings
    from generator.cli.following import List, check_followers, print_pdfs
    from generator.cli.progress import Quiet, progress_bar
    from generator.cli.stopping import stopping_softly

    _check_target(session, folder, archive, check_only=check_only)
    check_followers(session, list_path, pdf=pdf, into_archive=archive is not None)
    if rows is None:
        if not template.lower().endswith((".yaml", ".yml")):
            session.misused(Message("name a table, or a plan file alone"), "ROWS")
        if sheet or joins or where or ignored or common or name or copy_number:
            session.misused(Message("a plan says this itself, for each of its batches"), "PLAN")
    if copy_number and not re.fullmatch("[0-9]{6}", copy_number):
        session.misused(Message("“{text}” is not six digits", text=copy_number), "--copy-number")
    values = read_settings(session, unit, settings)
    if check_only:
        folder = archive = list_path = None
    with (
        _told_in_lines(session),
        stopping_softly() as stopped,
        closing(Produced()) as produced,
        nullcontext(Quiet()) if session.as_json else progress_bar(session.translate) as bar,
    ):
        if rows is None:
            portions = read_plan(template, values)
        else:
            portions = [
                Portion(
                    template,
                    rows,
                    sheet,
                    joins=tuple(_join(session, text, rows) for text in joins),
                    where=where,
                    ignored=frozenset(ignored),
                    common=common,
                    settings=values,
                    name=name,
                    copy_number=copy_number,
                )
            ]
        wanted = groups(portions, session.library, register)
        manner = Manner(workers or cores(), row_timeout, keep_going, stopped, bar.show, register)
        with open_target(folder, archive, force=force, pdf=pdf) as target:
            here = target if isinstance(target, Folder) else None
            listed = List(Path(list_path), here, force=force) if list_path else None
            states = _tell(session, run(wanted, target, manner), bar, produced)
            if here and pdf and produced.count and not stopped():
                states += print_pdfs(session, produced, here, manner, bar)
            if listed and here and not stopped():
                listed.write(produced, session.library)
        if listed and archive and not stopped():  # which is there only now
            listed.write(produced, session.library, archive)
    if not session.as_json:
        session.say(*_summary(states, stopped=stopped(), wrote=not check_only, going_on=keep_going))
    if stopped():
        click.get_current_context().exit(INTERRUPTED)
    if states["failed"] or states["unprinted"]:
        click.get_current_context().exit(1)


def _check_target(
    session: Session, folder: str | None, archive: str | None, *, check_only: bool
) -> None:
    """Stop where `-o` or `--zip` name nothing that a batch writes, or both are there."""
    if not check_only and (folder is None) == (archive is None):
        session.misused(Message("name a folder, or an archive with --zip"), "-o")
    if folder is not None and (not folder.strip() or folder.lower().endswith((".docx", ".zip"))):
        session.misused(Message("name a folder, or an archive with --zip"), "-o")
    if archive is not None and not archive.lower().endswith(".zip"):
        session.misused(Message("an archive is written as .zip"), "--zip")


def _join(session: Session, text: str, rows: str) -> Join:
    """The second table that `--join` names: a file, or a sheet of *rows*."""
    from generator.batch.portions import Join
    from generator.sources.tables import ENDINGS

    name, equals, rest = text.partition("=")
    table, colon, column = rest.rpartition(":")
    if not (equals and colon and name.strip() and table.strip() and column.strip()):
        session.misused(Message("“{text}” is not list=table:column", text=text), "--join")
    name, table, column = name.strip(), table.strip(), column.strip()
    if table.lower().endswith(ENDINGS):
        return Join(name, column, table)
    return Join(name, column, rows, table)


@contextmanager
def _told_in_lines(session: Session) -> Iterator[None]:
    """Let what stops the whole batch be one line, too, where outcomes are lines of JSON."""
    from generator.reporting import problem_object

    try:
        yield
    except NoticeError as error:
        if not session.as_json:
            raise
        found = [problem_object(problem, session.translate) for problem in error.problems]
        click.echo(json.dumps({"problems": found}, ensure_ascii=False))
        click.get_current_context().exit(1)


def _tell(
    session: Session, outcomes: Iterable[Outcome], bar: Bar | Quiet, produced: Produced
) -> Counter[str]:
    """Say what became of each row, as it becomes known; how many rows came to what."""
    from generator.reporting import outcome_object, problem_line

    states: Counter[str] = Counter()
    said: set[str] = set()
    for outcome in outcomes:
        states[outcome.state] += 1
        produced.add(outcome)
        if session.as_json:
            facts = outcome_object(outcome, session.translate)
            click.echo(json.dumps(facts, ensure_ascii=False))
            continue
        for problem in outcome.problems:
            line = problem_line(problem, session.translate)
            if line not in said:
                bar.say(line)
                if len(said) < _MOST_REMEMBERED:
                    said.add(line)
    return states


def _summary(
    states: Counter[str], *, stopped: bool, wrote: bool, going_on: bool
) -> Iterator[Message]:
    """What the batch came to, in numbers; *going_on* past rows with errors, if it wrote."""
    yield _rows_line(states, stopped=stopped, wrote=wrote, going_on=going_on)
    printed, failed = states["printed"], states["unprinted"]
    if printed or failed:
        yield Message("PDFs printed: {printed}, failed: {failed}", printed=printed, failed=failed)


def _rows_line(states: Counter[str], *, stopped: bool, wrote: bool, going_on: bool) -> Message:
    """What became of its rows."""
    made, unchanged, failed = (states[state] for state in ("made", "unchanged", "failed"))
    counted = Message(
        "documents made: {made}, unchanged: {unchanged}, failed: {failed}",
        made=made,
        unchanged=unchanged,
        failed=failed,
    )
    if stopped:
        return Message("stopped; {counted}; the same command goes on from here", counted=counted)
    if not states:
        return Message("there is no row: the table has none, or the condition chooses none")
    if not wrote and not failed:
        return Message("no problems (rows checked: {rows})", rows=states["checked"])
    if not made and not unchanged and failed:
        if not wrote:
            return Message("rows with errors: {failed}", failed=failed)
        if going_on:
            return Message("nothing was written (rows with errors: {failed})", failed=failed)
        return Message(
            "nothing was written (rows with errors: {failed}; --keep-going makes the others)",
            failed=failed,
        )
    if not made and not failed:
        return Message("nothing to do (documents that are there: {count})", count=unchanged)
    return counted
