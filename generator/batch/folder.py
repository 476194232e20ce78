"""The folder that a batch writes into: what is there already, and how finished files come in.

DIR/示教〔2005〕3号.docx     documents
DIR/.noticegen/             lock, journal, and documents that are not yet in place
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from generator.batch.companions import Companions
from generator.batch.files import cannot_be_written, digest_of_file, settle
from generator.batch.journal import Entry, Journal
from generator.batch.lock import lock
from generator.batch.outcomes import Outcome
from generator.batch.staging import Staging
from generator.batch.tasks import Rendered
from generator.batch.worklist import Item
from generator.filenames import same_file
from generator.problems import NoticeError

OURS = ".noticegen"
_NEW = "new-"


@contextmanager
def open_folder(
    path: Path, *, force: bool, pdf: bool = False, called: Path | None = None
) -> Iterator[Folder]:
    """The folder *path*, made where it is missing, for this batch alone.

    With *force* files that are in the way are replaced; with *pdf* those in the way of PDFs are
    looked at, too. Raises NoticeError, for what the user has *called* it, where the folder cannot
    be written or another batch is at it.
    """
    told = str(called or path)
    ours = path / OURS
    new = ours / f"{_NEW}{os.getpid()}"
    try:
        ours.mkdir(parents=True, exist_ok=True)
        with lock(ours / "lock", told):
            for left in ours.glob(f"{_NEW}*"):  # by a batch that was killed
                shutil.rmtree(left, ignore_errors=True)
            new.mkdir()
            file = ours / "journal.sqlite"
            journal = Journal(file)
            try:
                yield Folder(path, journal, Staging(str(path), str(new), str(file), force, pdf))
            finally:
                journal.close()
                shutil.rmtree(new, ignore_errors=True)
    except OSError as error:
        raise NoticeError([cannot_be_written(told, error)]) from error


class Folder:
    """A folder of documents and its journal."""

    is_whole = False
    """Each document is in place as soon as it is finished."""

    def __init__(self, path: Path, journal: Journal, staging: Staging) -> None:
        self._path = path
        self._journal = journal
        self.staging = staging
        self.companions = Companions(path, journal, force=staging.force)

    def keep(self, made: Sequence[tuple[Item, Rendered]]) -> Iterator[Outcome]:
        """Put finished documents in place, after the journal has them; what became of each.

        The disk has them first: what a computer that fails leaves under a name is whole.
        """
        waiting = [os.path.join(self.staging.new, each.file) for _, each in made]  # noqa: PTH118
        settle(waiting)
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
        for (row, _), file in zip(made, waiting, strict=True):
            path = self._path / row.name
            try:
                os.replace(file, path)  # noqa: PTH105
            except OSError as error:
                yield row.outcome("failed", cannot_be_written(str(path), error))
            else:
                yield row.outcome("made", path=path)

    def digest(self, path: Path) -> bytes:
        """The digest of the document *path*, which this folder's batches have made."""
        entry = self._journal.entry(same_file(path.name))
        return entry.output if entry else digest_of_file(path)

    def unchanged(self, row: Item) -> Outcome:
        return row.outcome("unchanged", path=self._path / row.name)

    def finish(self, rows: Iterable[Item]) -> None:
        """Nothing is left to do."""
