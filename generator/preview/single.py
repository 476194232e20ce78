"""A few documents → PDFs in one call."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.preview.office import Office, find_office, no_pdf
from generator.problems import Location, Message, NoticeError, Problem


def to_pdf(
    documents: Sequence[Path],
    folder: Path,
    *,
    font_config: Path | None = None,
    timeout: float = 120,
) -> list[Path]:
    """The PDFs of the `.docx` files *documents*, in their order, in *folder* under their names.

    One LibreOffice makes them all, which takes little longer than one. *font_config* is a
    fontconfig file that only this LibreOffice sees; *timeout* is in seconds and for all of them.
    Raises NoticeError that names each document without a PDF; the other PDFs are written.
    """
    if problems := list(_unusable(documents, font_config)):
        raise NoticeError(problems)
    if not documents:
        return []
    program = find_office()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="noticegen-", ignore_cleanup_errors=True) as name:
        call = Office(program, Path(name), font_config).call(documents, timeout)
        if not call.in_time:
            message = Message("LibreOffice did not finish in {seconds} seconds", seconds=timeout)
            hint = Message("allow it more time, or give it fewer documents at once")
            raise NoticeError([Problem("B902", message, Location("soffice"), hint)])
        pdfs = []
        for document, pdf in zip(documents, call.pdfs, strict=True):
            if pdf is None:
                problems.append(no_pdf(document, call.errors))
            else:
                pdfs.append(Path(shutil.move(pdf, folder / f"{document.stem}.pdf")))
    if problems:
        raise NoticeError(problems)
    return pdfs


def _unusable(documents: Sequence[Path], font_config: Path | None) -> Iterator[Problem]:
    for path in filter(None, [*documents, font_config]):
        if not path.is_file():
            yield Problem("B906", Message("there is no such file"), Location(str(path)))
    named = Counter(path.stem for path in documents)
    for path in (path for path in documents if named[path.stem] > 1):
        hint = Message("convert them into different folders")
        message = Message("another document here has the same name")
        yield Problem("B904", message, Location(str(path)), hint)
