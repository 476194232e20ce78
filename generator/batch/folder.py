"""The folder that a batch writes into: what is there already, and how finished files come in.

DIR/示教〔2005〕3号.docx     documents
DIR/.noticegen/             lock, journal, and documents that are not yet in place
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from generator.batch.files import cannot_be_written, digest_of_file
from generator.batch.journal import Entry, Journal
from generator.batch.lock import lock
from generator.batch.outcomes import Outcome
from generator.batch.tasks import Rendered
from generator.batch.worklist import Item
from generator.problems import Location, Message, NoticeError, Problem

OURS = ".noticegen"
_NEW = "new-"


@contextmanager
def open_folder(path: Path, *, force: bool) -> Iterator[Folder]:
    """The folder *path*, made where it is missing, for this batch alone.

    With *force* files that are in the way are replaced. Raises NoticeError where the folder cannot
    be written, or another batch is at it.
    """
    ours = path / OURS
    new = ours / f"{_NEW}{os.getpid()}"
    try:
        ours.mkdir(parents=True, exist_ok=True)
        with lock(ours / "lock", str(path)):
            for left in ours.glob(f"{_NEW}*"):  # by a batch that was killed
                shutil.rmtree(left, ignore_errors=True)
            new.mkdir()
            journal = Journal(ours / "journal.sqlite")
            try:
                yield Folder(path, new, journal, force)
            finally:
                journal.close()
                shutil.rmtree(new, ignore_errors=True)
    except OSError as error:
        raise NoticeError([cannot_be_written(str(path), error)]) from error


class Folder:
    """A folder of documents and its journal."""

    def __init__(self, path: Path, new: Path, journal: Journal, force: bool) -> None:
        self._path = path
        self._journal = journal
        self._force = force
        self.new = str(new)
        """Where workers write; the same file system, so that renaming is all or nothing."""

    def look(self, row: Item) -> tuple[bytes, bool] | Problem:
        """The digest of the file that a row has already, and whether the row is to be made.

        The problem, where what is there is not ours to replace.
        """
        path = self._path / row.name
        entry = self._journal.entry(row.same)
        if entry is None and not os.path.lexists(path):
            return b"", True
        try:
            held = digest_of_file(path)
        except OSError as error:
            return cannot_be_written(str(path), error)
        if entry is not None and held in (entry.output, entry.before, b""):
            return held, held != entry.output or row.digest != entry.row
        if self._force:
            return held, True
        return _was_edited(path) if entry else _is_not_ours(path)

    def keep(self, made: Sequence[tuple[Item, Rendered]]) -> Iterator[Outcome]:
        """Put finished documents in place, after the journal has them; what became of each."""
        self._journal.record(
            Entry(
                same=row.same,
                name=row.name,
                row=row.digest,
                output=rendered.digest,
                before=row.held,
                place=str(row.place),
                number=row.entry.number,
                title=row.entry.title,
            )
            for row, rendered in made
        )
        for row, rendered in made:
            path = self._path / row.name
            try:
                os.replace(Path(self.new) / rendered.file, path)  # noqa: PTH105
            except OSError as error:
                yield row.outcome("failed", cannot_be_written(str(path), error))
            else:
                yield row.outcome("made", path=path)

    def unchanged(self, row: Item) -> Outcome:
        return row.outcome("unchanged", path=self._path / row.name)

    def finish(self) -> None:
        """Nothing: each document was in place when it was finished."""


def _was_edited(path: Path) -> Problem:
    return Problem(
        "B103",
        Message("the file was edited since a batch made it"),
        Location(str(path)),
        Message("move it away to keep it, or replace it with --force"),
    )


def _is_not_ours(path: Path) -> Problem:
    return Problem(
        "B102",
        Message("a file of this name is there, and no batch made it"),
        Location(str(path)),
        Message("choose another folder with -o, or replace it with --force"),
    )
