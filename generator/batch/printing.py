"""The documents of a batch → PDFs beside them: what is missing or changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from generator.batch.folder import Folder
from generator.batch.outcomes import Progress
from generator.batch.produced import Produced
from generator.preview import Printed, print_documents


def print_missing(
    produced: Produced,
    folder: Folder,
    *,
    workers: int = 1,
    stopped: Callable[[], bool] = lambda: False,
    progress: Callable[[Progress], None] = lambda _: None,
) -> Iterator[Printed]:
    """What becomes of each document whose PDF is not that of what it holds.

    *workers* LibreOffices print at once; they are ended when *stopped*.
    """
    companions, total = folder.companions, produced.count
    sources: dict[Path, bytes] = {}
    done = failed = 0

    def jobs() -> Iterator[tuple[Path, Path]]:
        nonlocal done
        for product in produced:
            assert product.path is not None, "a folder has files"
            pdf, source = product.path.with_suffix(".pdf"), folder.digest(product.path)
            if companions.is_current(pdf, source):
                done += 1
                continue
            companions.begin(pdf, source)
            sources[product.path] = source
            yield product.path, pdf

    for printed in print_documents(jobs(), workers=workers, stopped=stopped):
        source = sources.pop(printed.document)
        done += 1
        if printed.pdf:
            companions.finish(printed.pdf, source)
        else:
            failed += 1
        progress(Progress("printing", done, total, failed))
        yield printed
