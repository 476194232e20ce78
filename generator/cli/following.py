"""What `batch` makes of its documents when they are there: their PDFs, and the list of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.documents import LIST_ENDINGS
from generator.cli.outputs import is_there, seen_from, write_list
from generator.problems import Message, NoticeError

if TYPE_CHECKING:
    from generator.batch.folder import Folder
    from generator.batch.produced import Produced
    from generator.batch.working import Manner
    from generator.cli.progress import Bar, Quiet
    from generator.cli.session import Session
    from generator.library import Library
    from generator.lists import Entry


def check_followers(
    session: Session, list_path: str | None, *, pdf: bool, into_archive: bool
) -> None:
    """Stop, before anything is written, where `--list` or `--pdf` ask for what cannot be made."""
    if list_path is not None and not list_path.lower().endswith(LIST_ENDINGS):
        session.misused(Message("a list is written as .xlsx or .docx"), "--list")
    if pdf and into_archive:
        session.misused(Message("PDFs lie beside documents in a folder; name one with -o"), "--pdf")
    if pdf:
        from generator.preview import find_office

        find_office()


def print_pdfs(
    session: Session, produced: Produced, folder: Folder, manner: Manner, bar: Bar | Quiet
) -> Counter[str]:
    """Print what has no PDF of what it holds now; say what went wrong, and count what became."""
    from generator.batch.printing import print_missing
    from generator.reporting import problem_line, problem_object

    states: Counter[str] = Counter()
    for printed in print_missing(
        produced,
        folder,
        workers=manner.workers or 1,
        stopped=manner.stopped,
        progress=manner.progress,
    ):
        states["printed" if printed.pdf else "unprinted"] += 1
        problems = [printed.problem] if printed.problem else []
        if session.as_json:
            facts = {
                "path": str(printed.document),
                "pdf": str(printed.pdf) if printed.pdf else None,
                "problems": [problem_object(problem, session.translate) for problem in problems],
            }
            click.echo(json.dumps(facts, ensure_ascii=False))
        else:
            for problem in problems:
                bar.say(problem_line(problem, session.translate))
    return states


class List:
    """The list of what a batch has produced."""

    def __init__(self, path: Path, folder: Folder | None, *, force: bool) -> None:
        """Raises NoticeError where something is at *path* that no batch into *folder* made."""
        self._path = path
        self._folder = folder
        self._force = force
        self._see_that_it_may_be_written()

    def write(self, produced: Produced, library: Library, archive: str = "") -> None:
        """Write it, unless nothing was produced; *archive* has all of it, if it is no folder.

        Raises NoticeError, also where a document has its name.
        """
        if not produced.count:
            return
        self._see_that_it_may_be_written()
        entries = self._entries(produced, archive)
        if self._folder is None:
            write_list(self._path, entries, library)
            return
        self._folder.companions.begin(self._path)
        write_list(self._path, entries, library)
        self._folder.companions.finish(self._path)

    def _see_that_it_may_be_written(self) -> None:
        if self._folder is not None:
            problem = self._folder.companions.hindrance(self._path)
        else:
            problem = None if self._force or not self._path.exists() else is_there(str(self._path))
        if problem is not None:
            raise NoticeError([problem])

    def _entries(self, produced: Produced, archive: str) -> Iterator[Entry]:
        for product in produced:
            path = product.path or Path(archive) / product.entry.file
            yield replace(product.entry, file=seen_from(self._path, path))
