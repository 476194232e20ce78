"""One zip archive instead of a folder of files: the same every time, and there when all is in it.

all.zip                 the archive
.all.zip.noticegen/     until then, a folder as any batch writes it: a run that was ended is taken
                        up again
"""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from generator.batch.files import cannot_be_written
from generator.batch.folder import OURS, Folder, open_folder
from generator.batch.outcomes import Outcome
from generator.batch.tasks import Rendered
from generator.batch.worklist import Item
from generator.problems import Location, Message, NoticeError, Problem

_LONG_AGO = (1980, 1, 1, 0, 0, 0)


@contextmanager
def open_archive(path: Path, *, force: bool) -> Iterator[Archive]:
    """The archive at *path*, which appears when all is in it; nothing does where that fails.

    Raises NoticeError where it cannot be written, or is there already, without *force*.
    """
    if path.exists() and not force:
        message = Message("the file exists already")
        hint = Message("choose another name, or replace it with --force")
        raise NoticeError([Problem("B022", message, Location(str(path)), hint)])
    waiting = path.with_name(f".{path.name}{OURS}")
    try:
        with open_folder(waiting, force=True, called=path) as folder:
            archive = Archive(path, folder, waiting)
            yield archive
        if archive.is_complete or all(left.name == OURS for left in waiting.iterdir()):
            shutil.rmtree(waiting, ignore_errors=True)
    except OSError as error:
        raise NoticeError([cannot_be_written(str(path), error)]) from error


class Archive:
    """Documents in the order of their rows."""

    is_whole = True
    """It appears with all documents, or does not."""

    def __init__(self, path: Path, folder: Folder, waiting: Path) -> None:
        self._path = path
        self._folder = folder
        self._waiting = waiting
        self.staging = folder.staging
        self.is_complete = False

    def keep(self, made: Sequence[tuple[Item, Rendered]]) -> Iterator[Outcome]:
        for outcome in self._folder.keep(made):
            yield replace(outcome, path=None)

    def unchanged(self, row: Item) -> Outcome:
        return replace(self._folder.unchanged(row), path=None)

    def finish(self, rows: Iterable[Item]) -> None:
        """Put the documents of *rows* into the archive. They are deflated themselves: not again."""
        temporary = self._waiting / OURS / self._path.name
        with temporary.open("wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
                for row in rows:
                    data = (self._waiting / row.name).read_bytes()
                    archive.writestr(zipfile.ZipInfo(row.name, _LONG_AGO), data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self._path)
        self.is_complete = True
