"""What `render` writes: documents, their PDFs, and the list of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from generator.batch.clashes import left_behind, same_number
from generator.cli.outputs import Output, output_path, seen_from, write_list, write_whole
from generator.filenames import ENDING
from generator.problems import Location, Problem

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


def repeated_numbers(finished: Sequence[Made]) -> Iterator[Problem]:
    """A warning for each document that has the number of one before it; copies have their 份号."""
    first: dict[tuple[str, object], str] = {}
    for made in finished:
        number = made.document.number
        other = first.setdefault((number, made.document.values.get("copy_number")), made.file)
        if number and other != made.file:
            yield same_number(number, Location(made.file), Location(other))


def left_behind_by(
    finished: Sequence[Made], paths: Sequence[Path], corrected: Collection[str]
) -> Iterator[Problem]:
    """A warning for each other document beside those of *paths* that has a *corrected* number."""
    for made, path in zip(finished, paths, strict=True):
        number = made.document.number
        if number in corrected and path.parent.is_dir():
            for other in sorted(path.parent.iterdir()):
                named = number in other.name and other.suffix.lower() == ENDING
                if named and other not in paths:
                    yield left_behind(number, Location(made.file), other)


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
