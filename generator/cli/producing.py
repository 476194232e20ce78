"""What `render` writes: documents, their PDFs, and the list of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from generator.cli.outputs import Output, output_path, seen_from, write_list, write_whole
from generator.problems import Problem

if TYPE_CHECKING:
    from generator.cli.session import Session
    from generator.library import Document


class Made(NamedTuple):
    """A finished document, not yet written."""

    file: str
    """The input, as the user typed it."""
    document: Document
    name: str
    """Its file name as the template has it."""
    template_files: Sequence[str]


def outputs_of(
    finished: Sequence[Made], target: str | None, list_path: str | None, *, pdf: bool
) -> list[Output]:
    """All files that are to be written: the documents first, in their order."""
    documents = [
        Output(made.file, output_path(made.file, made.name, target), made.template_files)
        for made in finished
    ]
    pdfs = [Output(made.source, made.path.with_suffix(".pdf")) for made in documents if pdf]
    lists = [] if list_path is None else [Output("--list", Path(list_path))]
    return [*documents, *pdfs, *lists]


def write_documents(
    session: Session, finished: Sequence[Made], paths: Sequence[Path]
) -> list[dict[str, object]]:
    """Write the documents, say what was written, and return it as JSON objects."""
    written: list[dict[str, object]] = []
    for made, path in zip(finished, paths, strict=True):
        write_whole(path, made.document.data)
        written.append(
            {
                "input": made.file,
                "path": str(path),
                "title": made.document.title,
                "number": made.document.number,
            }
        )
        _say_written(session, path)
    return written


def print_pdfs(session: Session, written: Sequence[dict[str, object]]) -> list[Problem]:
    """Print the documents as PDFs, add where they are, and return what went wrong."""
    from generator.preview import print_documents

    facts = {Path(str(fact["path"])): fact for fact in written}
    problems: list[Problem] = []
    for printed in print_documents([(path, path.with_suffix(".pdf")) for path in facts]):
        facts[printed.document]["pdf"] = str(printed.pdf) if printed.pdf else None
        if printed.pdf:
            _say_written(session, printed.pdf)
        if printed.problem:
            problems.append(printed.problem)
            if not session.as_json:
                session.show_problems([printed.problem])
    return problems


def list_documents(
    session: Session, target: Path, finished: Sequence[Made], paths: Sequence[Path]
) -> None:
    from generator.lists import entry_of

    pairs = zip(finished, paths, strict=True)
    entries = [entry_of(made.document.values, seen_from(target, path)) for made, path in pairs]
    write_list(target, entries, session.library)
    _say_written(session, target)


def _say_written(session: Session, path: Path) -> None:
    if not session.as_json:
        click.echo(str(path))
