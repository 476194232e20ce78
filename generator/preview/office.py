"""One LibreOffice: a profile of its own, a time limit, and an end to all that it started."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import PIPE, STDOUT, Popen, TimeoutExpired, run

from generator.preview.tall_rows import printable
from generator.problems import Location, Message, NoticeError, Problem

_ON_MACOS = "/Applications/LibreOffice.app/Contents/MacOS/soffice"
_ON_WINDOWS = r"C:\Program Files\LibreOffice\program\soffice.exe"
_GET_SOFFICE = Message("install LibreOffice Writer, on Debian the package libreoffice-writer-nogui")
# The input filter is named, or LibreOffice prints a broken document as the plain text of its bytes.
_OPTIONS = ("--headless", "--norestore", "--nolockcheck", "--infilter=MS Word 2007 XML")
_PDF = 'pdf:writer_pdf_Export:{"IsSkipEmptyPages":{"type":"boolean","value":"false"}}'
"""With blank pages before what begins on an even one: what is a back side stays one."""
_LOOKING = 0.5
"""Seconds between two looks at what has been printed so far."""
_TAIL = 1024
"""The bytes at the end of a PDF among which its end is marked (Adobe's reader is as lenient)."""


def find_program(names: Sequence[str], hint: Message) -> str:
    """The path of the first of *names* that this machine has."""
    if found := next(filter(None, map(shutil.which, names)), None):
        return found
    message = Message("this program is needed and is not installed")
    raise NoticeError([Problem("B901", message, Location(names[0]), hint)])


def find_office() -> str:
    """The path of LibreOffice. Raises NoticeError where the machine has none."""
    return find_program(["soffice", "libreoffice", _ON_MACOS, _ON_WINDOWS], _GET_SOFFICE)


@dataclass(frozen=True, slots=True)
class Call:
    """What one call of LibreOffice came to."""

    pdfs: Sequence[Path | None]
    """For each document its PDF in the folder of work; None where there is no whole one."""
    said: str
    in_time: bool

    @property
    def errors(self) -> list[str]:
        """The errors that LibreOffice told; it exits with 0 all the same."""
        return [line for line in self.said.splitlines() if line.startswith("Error")]


@dataclass
class Office:
    """A LibreOffice with a profile of its own in the folder *work*, one call after another."""

    program: str
    work: Path
    font_config: Path | None = None
    """A fontconfig file that only this LibreOffice sees."""
    stop: threading.Event = field(default_factory=threading.Event)
    """Set from elsewhere, it ends the call that is running."""
    _calls: int = 0

    def call(self, documents: Sequence[Path], timeout: float, *, since_last: bool = False) -> Call:
        """Print *documents* in one call of at most *timeout* seconds.

        With *since_last* these seconds begin anew with each PDF that is there.
        """
        self._calls += 1
        folder = self.work / str(self._calls)
        folder.mkdir()
        # Plain names of our own: LibreOffice cannot open 通知.docx where the locale is C, and an
        # older PDF of the same name is no proof that this one was made.
        copies = [folder / f"{number}.docx" for number in range(len(documents))]
        for document, copy in zip(documents, copies, strict=True):
            copy.write_bytes(printable(document.read_bytes()))
        profile = f"-env:UserInstallation={(self.work / 'profile').as_uri()}"  # apart from others
        command = [self.program, profile, *_OPTIONS, "--convert-to", _PDF, "--outdir", str(folder)]
        said = self._run([*command, *map(str, copies)], folder, timeout, since_last)
        if said is None:  # what was ended may have left a profile that hinders the next one
            shutil.rmtree(self.work / "profile", ignore_errors=True)
        for copy in copies:
            copy.unlink()
        pdfs = [copy.with_suffix(".pdf") for copy in copies]
        whole = [pdf if _is_whole(pdf) else None for pdf in pdfs]
        return Call(whole, said or "", said is not None)

    def _run(
        self, command: list[str], folder: Path, timeout: float, since_last: bool
    ) -> str | None:
        """What *command* said, None if its time was up.

        It runs as a process group of its own, which is ended if it fails.
        """
        environment = {**os.environ, "SAL_USE_VCLPLUGIN": "svp"}
        if self.font_config:  # a relative one would be ignored with only a word on stderr
            environment["FONTCONFIG_FILE"] = str(self.font_config.resolve())
        deadline, printed = time.monotonic() + timeout, 0
        with _ended(
            Popen(command, env=environment, stdout=PIPE, stderr=STDOUT, start_new_session=True)
        ) as process:
            while True:
                try:
                    left = deadline - time.monotonic()
                    said, _ = process.communicate(timeout=max(min(_LOOKING, left), 0))
                    return said.decode(errors="replace")
                except TimeoutExpired:
                    now = len(list(folder.glob("*.pdf"))) if since_last else 0
                    if now > printed:
                        deadline, printed = time.monotonic() + timeout, now
                    elif self.stop.is_set() or time.monotonic() >= deadline:
                        return None


@contextlib.contextmanager
def _ended(process: Popen[bytes]) -> Iterator[Popen[bytes]]:
    """*process*, which has ended, with all that it started, unless it ended well by itself."""
    with process:
        try:
            yield process
        finally:
            if process.returncode != 0:  # None: still running, after a time-out or Ctrl-C
                _end_group(process)


def _end_group(process: Popen[bytes]) -> None:
    """End *process* and what it started: soffice only starts the office, which outlives it."""
    if sys.platform == "win32":
        run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


def _is_whole(pdf: Path) -> bool:
    """Whether *pdf* has a beginning and an end (ISO 32000-1, 7.5.2 and 7.5.5)."""
    if not pdf.is_file():
        return False
    with pdf.open("rb") as file:
        begins = file.read(5) == b"%PDF-"
        size = file.seek(0, os.SEEK_END)
        file.seek(max(size - _TAIL, 0))
        return begins and b"%%EOF" in file.read()


def not_printed(document: Path, call: Call, timeout: float) -> Problem:
    """The problem of a document that was printed alone, without a PDF."""
    where = Location(str(document))
    if not call.in_time:
        message = Message(
            "LibreOffice did not print this document in {seconds} seconds", seconds=timeout
        )
        return Problem("B907", message, where, Message("open it in Word, or allow more time"))
    return no_pdf(document, call.errors)


def no_pdf(document: Path, errors: Sequence[str]) -> Problem:
    """The problem of a document of which LibreOffice made no PDF, with what it said."""
    words = " / ".join(dict.fromkeys(errors))
    hint = Message("LibreOffice said: {words}", words=words) if words else ""
    message = Message("LibreOffice made no PDF of this document")
    return Problem("B903", message, Location(str(document)), hint)
