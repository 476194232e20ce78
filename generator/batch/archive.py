"""One zip archive instead of a folder of files: written as documents come, the same every time."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from generator.batch.files import cannot_be_written
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
    temporary = path.parent / f".noticegen-{os.getpid()}.part"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with temporary.open("xb") as file:
                with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
                    target = Archive(archive)
                    yield target
                file.flush()
                os.fsync(file.fileno())
            if target.is_complete:
                temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise NoticeError([cannot_be_written(str(path), error)]) from error


class Archive:
    """Documents in the order of their rows. They are deflated themselves, so they are stored."""

    staging = None
    """Workers send their documents back."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.is_complete = False

    def keep(self, made: Sequence[tuple[Item, Rendered]]) -> Iterator[Outcome]:
        for row, rendered in made:
            self._archive.writestr(zipfile.ZipInfo(row.name, _LONG_AGO), rendered.data)
            yield row.outcome("made")

    def unchanged(self, row: Item) -> Outcome:
        raise AssertionError("an archive begins empty")

    def finish(self) -> None:
        self.is_complete = True
