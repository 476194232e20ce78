"""Where the documents of a batch go: a folder, an archive, or nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from os import PathLike
from pathlib import Path

from generator.batch.run import Target

FilePath = str | PathLike[str]


@contextmanager
def open_target(
    folder: FilePath | None,
    archive: FilePath | None = None,
    *,
    force: bool,
    pdf: bool = False,
) -> Iterator[Target | None]:
    """The folder or the archive that is named; None where rows are only checked.

    With *force*, what is in the way is replaced. Raises NoticeError where it cannot be written.
    """
    if folder is not None:
        from generator.batch.folder import open_folder

        with open_folder(Path(folder), force=force, pdf=pdf) as target:
            yield target
    elif archive is not None:
        from generator.batch.archive import open_archive

        with open_archive(Path(archive), force=force) as target:
            yield target
    else:
        yield None
