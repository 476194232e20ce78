"""Files that a batch makes beside its documents, of these: PDFs, and the list of what there is.

The journal says what each was made of and holds. An entry is written before its file is, and says
then that it is being made: what a run that ended meanwhile has left is ours to replace.
"""

from __future__ import annotations

import os
from pathlib import Path

from generator.batch.files import cannot_be_written, digest_of_file, is_not_ours, was_edited
from generator.batch.journal import Companion, Journal
from generator.filenames import same_file
from generator.problems import Problem


class Companions:
    """The PDFs and lists of a folder."""

    def __init__(self, folder: Path, journal: Journal, *, force: bool) -> None:
        self._folder = folder
        self._journal = journal
        self._force = force

    def hindrance(self, path: Path) -> Problem | None:
        """Why *path* may not be written: what is there is not ours to replace."""
        if self._force or not os.path.lexists(path):
            return None
        said = self._journal.companion(self._name(path))
        if said is None:
            return is_not_ours(path)
        try:
            return None if said.output in (b"", digest_of_file(path)) else was_edited(path)
        except OSError as error:
            return cannot_be_written(str(path), error)

    def is_current(self, path: Path, source: bytes) -> bool:
        """Whether *path* holds what was made of the document with the digest *source*."""
        said = self._journal.companion(self._name(path))
        if said is None or said.source != source or not said.output:
            return False
        return digest_of_file(path) == said.output

    def begin(self, path: Path, source: bytes = b"") -> None:
        """Note that *path* is about to be made of the document with the digest *source*."""
        self._journal.note(Companion(self._name(path), source, b""))

    def finish(self, path: Path, source: bytes = b"") -> None:
        """Note that *path* is there."""
        self._journal.note(Companion(self._name(path), source, digest_of_file(path)))

    def _name(self, path: Path) -> str:
        beside = path.parent.absolute() == self._folder.absolute()
        return same_file(path.name if beside else str(path.absolute()))
