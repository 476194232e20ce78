"""What poppler reads from a PDF: its pages as pictures, its fonts."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from subprocess import run

from generator.preview.office import find_program
from generator.problems import Location, Message, NoticeError, Problem

_GET_POPPLER = Message("install poppler, on Debian the package poppler-utils")
_SUBSET_TAG = re.compile(r"^[A-Z]{6}\+")  # ISO 32000-1, 9.6.4


def to_png(pdf: Path, folder: Path, dpi: int) -> list[Path]:
    """The pages of *pdf* as pictures `<name>-1.png`, `<name>-2.png` … in *folder*, in order."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="noticegen-") as name:
        _poppler(pdf, "pdftoppm", "-r", str(dpi), "-png", to=[str(Path(name) / "page")])
        made = sorted(Path(name).iterdir())  # their numbers are padded: page-01.png
        pages = ((page, folder / f"{pdf.stem}-{number}.png") for number, page in enumerate(made, 1))
        return [Path(shutil.move(page, target)) for page, target in pages]


def embedded_fonts(pdf: Path) -> frozenset[str]:
    """The PostScript names of the fonts embedded in *pdf*, without their subset tags."""
    rows = [line.split() for line in _poppler(pdf, "pdffonts").splitlines()[2:]]
    # name, type (one word or more), encoding, emb, sub, uni, object number, generation
    return frozenset(_SUBSET_TAG.sub("", row[0]) for row in rows if row[-5] == "yes")


def _poppler(pdf: Path, program: str, *options: str, to: Sequence[str] = ()) -> str:
    """What one of poppler's programs prints about *pdf*."""
    command = [find_program([program], _GET_POPPLER), *options, str(pdf.absolute()), *to]
    done = run(command, capture_output=True, check=False)
    if done.returncode:
        words = " / ".join(done.stderr.decode(errors="replace").splitlines())
        message = Message("{program} cannot read it: {words}", program=program, words=words)
        raise NoticeError([Problem("B905", message, Location(str(pdf)))])
    return done.stdout.decode(errors="replace")
