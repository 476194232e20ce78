"""LibreOffice and poppler: documents → PDF → PNG, and the fonts that a PDF really carries.

Both are programs of the machine; without them a NoticeError says what to install.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from subprocess import PIPE, STDOUT, Popen, TimeoutExpired, run

from generator.problems import Location, Message, NoticeError, Problem

_ON_MACOS = "/Applications/LibreOffice.app/Contents/MacOS/soffice"
_ON_WINDOWS = r"C:\Program Files\LibreOffice\program\soffice.exe"
_GET_SOFFICE = Message("install LibreOffice Writer, on Debian the package libreoffice-writer-nogui")
_GET_POPPLER = Message("install poppler, on Debian the package poppler-utils")
# The input filter is named, or LibreOffice prints a broken document as the plain text of its bytes.
_OPTIONS = ("--headless", "--norestore", "--nolockcheck", "--infilter=MS Word 2007 XML")
_SUBSET_TAG = re.compile(r"^[A-Z]{6}\+")  # ISO 32000-1, 9.6.4


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
    soffice = _program(["soffice", "libreoffice", _ON_MACOS, _ON_WINDOWS], _GET_SOFFICE)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="noticegen-", ignore_cleanup_errors=True) as name:
        work = Path(name)
        # Plain names of our own: LibreOffice cannot open 通知.docx where the locale is C, and an
        # older PDF of the same name is no proof that this one was made.
        copies = [str(work / f"{number}.docx") for number in range(len(documents))]
        for document, copy in zip(documents, copies, strict=True):
            shutil.copyfile(document, copy)
        environment = {**os.environ, "SAL_USE_VCLPLUGIN": "svp"}
        if font_config:  # a relative one would be ignored with only a word on stderr
            environment["FONTCONFIG_FILE"] = str(font_config.resolve())
        profile = f"-env:UserInstallation={(work / 'profile').as_uri()}"  # apart from any open one
        command = [soffice, profile, *_OPTIONS, "--convert-to", "pdf", "--outdir", name, *copies]
        return _fetch(documents, work, folder, _run_group(command, environment, timeout))


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


def _unusable(documents: Sequence[Path], font_config: Path | None) -> Iterator[Problem]:
    for path in filter(None, [*documents, font_config]):
        if not path.is_file():
            yield Problem("B906", Message("there is no such file"), Location(str(path)))
    named = Counter(path.stem for path in documents)
    for path in (path for path in documents if named[path.stem] > 1):
        hint = Message("convert them into different folders")
        message = Message("another document here has the same name")
        yield Problem("B904", message, Location(str(path)), hint)


def _program(names: Sequence[str], hint: Message) -> str:
    """The path of the first of *names* that this machine has."""
    if found := next(filter(None, map(shutil.which, names)), None):
        return found
    message = Message("this program is needed and is not installed")
    raise NoticeError([Problem("B901", message, Location(names[0]), hint)])


def _run_group(command: list[str], env: Mapping[str, str], timeout: float) -> str:
    """What *command* said. It runs as a process group of its own, which is ended if it fails."""
    with Popen(command, env=env, stdout=PIPE, stderr=STDOUT, start_new_session=True) as process:
        try:
            said, _ = process.communicate(timeout=timeout)
        except TimeoutExpired:
            message = Message("LibreOffice did not finish in {seconds} seconds", seconds=timeout)
            hint = Message("allow it more time, or give it fewer documents at once")
            raise NoticeError([Problem("B902", message, Location("soffice"), hint)]) from None
        finally:
            if process.returncode != 0:  # None: still running, after a time-out or Ctrl-C
                _end_group(process)
    return said.decode(errors="replace")


def _end_group(process: Popen[bytes]) -> None:
    """End *process* and what it started: soffice only starts the office, which outlives it."""
    if sys.platform == "win32":
        run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


def _fetch(documents: Sequence[Path], work: Path, folder: Path, said: str) -> list[Path]:
    """Move the PDFs from *work*; LibreOffice exits with 0 whether it made them or not."""
    errors = dict.fromkeys(line for line in said.splitlines() if line.startswith("Error"))
    hint = Message("LibreOffice said: {words}", words=" / ".join(errors)) if errors else ""
    problems, pdfs = [], []
    for number, document in enumerate(documents):
        source = work / f"{number}.pdf"
        if source.is_file() and source.read_bytes()[:5] == b"%PDF-":
            pdfs.append(Path(shutil.move(source, folder / f"{document.stem}.pdf")))
        else:
            message = Message("LibreOffice made no PDF of this document")
            problems.append(Problem("B903", message, Location(str(document)), hint))
    if problems:
        raise NoticeError(problems)
    return pdfs


def _poppler(pdf: Path, program: str, *options: str, to: Sequence[str] = ()) -> str:
    """What one of poppler's programs prints about *pdf*."""
    command = [_program([program], _GET_POPPLER), *options, str(pdf.absolute()), *to]
    done = run(command, capture_output=True, check=False)
    if done.returncode:
        words = " / ".join(done.stderr.decode(errors="replace").splitlines())
        message = Message("{program} cannot read it: {words}", program=program, words=words)
        raise NoticeError([Problem("B905", message, Location(str(pdf)))])
    return done.stdout.decode(errors="replace")
