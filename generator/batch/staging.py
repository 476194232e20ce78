"""Where documents wait until all rows are found to be good: beside the folder that they go to.

A worker that checks a row makes its document, too, unless the file that is there already is just
that. So a row is rendered once, and nothing is put in place before all that can fail has not.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator.batch.companions import Companions
from generator.batch.files import (
    cannot_be_written,
    digest_of,
    digest_of_file,
    is_not_ours,
    was_edited,
    write_aside,
)
from generator.batch.journal import Journal
from generator.filenames import same_file
from generator.library import Document
from generator.problems import NoticeError


@dataclass(frozen=True, slots=True)
class Staging:
    """The folder of a batch, as workers see it; it can be pickled."""

    folder: str
    """Where documents go in the end."""
    new: str
    """Where they wait: the same file system, so that renaming is all or nothing."""
    journal: str
    force: bool
    """Whether files that are in the way are replaced."""
    pdf: bool = False
    """Whether a PDF of each document follows."""

    @contextmanager
    def opened(self) -> Iterator[Stage]:
        """What is there, with its journal; other processes have it open as well."""
        journal = Journal.reading(Path(self.journal))
        try:
            yield Stage(self, journal)
        except OSError as error:
            raise NoticeError([cannot_be_written(self.folder, error)]) from error
        finally:
            journal.close()


@dataclass(frozen=True, slots=True)
class Staged:
    """What is to become of the file of a row."""

    held: bytes = b""
    """The digest of what it holds now, and may be replaced."""
    made: bytes = b""
    """The digest of the document that waits for its place; `b""` where none is needed."""


class Stage:
    """The documents of a batch that wait, and those that are in place."""

    def __init__(self, staging: Staging, journal: Journal) -> None:
        self._staging = staging
        self._journal = journal
        self._is_first = journal.is_empty()
        self._companions = Companions(Path(staging.folder), journal, force=staging.force)

    def put(self, index: int, name: str, digest: bytes, make: Callable[[], Document]) -> Staged:
        """Have the document of a row wait, which *make* gives, unless it is in place already.

        *digest* is that of the row. Raises NoticeError where what is in place is not ours to
        replace, or *make* does; OSError where the document cannot be written.
        """
        held, needed = self.look(name, digest)
        if not needed:
            return Staged(held)
        data = make().data
        write_aside(os.path.join(self._staging.new, part_of(index)), data)  # noqa: PTH118
        return Staged(held, digest_of(data))

    def look(self, name: str, digest: bytes) -> tuple[bytes, bool]:
        """The digest of the file that a row has already, and whether the row is to be made.

        Raises NoticeError where what is in place is not ours to replace.
        """
        path = os.path.join(self._staging.folder, name)  # noqa: PTH118 - Path takes its time
        if self._staging.pdf:
            problem = self._companions.hindrance(Path(path).with_suffix(".pdf"))
            if problem is not None:
                raise NoticeError([problem])
        entry = None if self._is_first else self._journal.entry(same_file(name))
        if entry is None and not os.path.lexists(path):
            return b"", True
        try:
            held = digest_of_file(Path(path))
        except OSError as error:
            raise NoticeError([cannot_be_written(path, error)]) from error
        if entry is not None and held in (entry.output, entry.before, b""):
            return held, held != entry.output or digest != entry.row
        if self._staging.force:
            return held, True
        raise NoticeError([was_edited(path) if entry else is_not_ours(path)])


def part_of(index: int) -> str:
    """The name under which the document of a row waits; no name of a document."""
    return f"{index}.part"
