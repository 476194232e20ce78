"""Any number of documents → PDFs: many for each call, and the guilty one named."""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from queue import SimpleQueue

from generator.preview.office import Call, Office, find_office, no_pdf, not_printed
from generator.problems import Location, Message, Problem, reason_of

Job = tuple[Path, Path]
"""A `.docx`, and where its PDF goes."""

PER_CALL = 50
PATIENCE = 60.0
"""Seconds that LibreOffice may take for one document, its own start included."""
_LOOKING = 0.5
"""Seconds between two looks at whether to stop."""
_GIVE_UP_AFTER = 3
"""Documents that failed alone and without a word before any was printed: LibreOffice is broken."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What became of one document."""

    document: Path
    pdf: Path | None
    """Where its PDF is; None with a problem."""
    problem: Problem | None = None


def print_documents(
    jobs: Iterable[Job],
    *,
    per_call: int = PER_CALL,
    workers: int = 1,
    patience: float = PATIENCE,
    font_config: Path | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> Iterator[Printed]:
    """What becomes of each of *jobs*, in no fixed order, as calls of LibreOffice end.

    *workers* LibreOffices run at once, each with a profile of its own. A call in which no document
    is finished for *patience* seconds is ended; the document that hindered it is printed alone, and
    named if that fails too, and the others go on. A PDF is put in its place whole or not at all.
    Closing the iterator ends every LibreOffice, and so does *stopped*, which is asked again and
    again: then only what was printed is told. Raises NoticeError where the machine has none.
    """
    program, chunks = find_office(), _chunks(jobs, per_call)
    with (
        tempfile.TemporaryDirectory(prefix="noticegen-", ignore_cleanup_errors=True) as name,
        ThreadPoolExecutor(workers) as executor,
    ):
        press, offices = _Press(patience), SimpleQueue[Office]()
        for number in range(workers):
            work = Path(name) / str(number)
            work.mkdir()
            offices.put(Office(program, work, font_config, press.stop))

        def print_chunk(chunk: Sequence[Job]) -> list[Printed]:
            office = offices.get()
            try:
                return press.print(chunk, office)
            finally:
                offices.put(office)

        running: set[Future[list[Printed]]] = set()
        try:
            while True:
                if stopped():
                    press.stop.set()
                    chunks = iter(())
                for chunk in islice(chunks, workers - len(running)):
                    running.add(executor.submit(print_chunk, chunk))
                if not running:
                    return
                ended, running = wait(running, _LOOKING, return_when=FIRST_COMPLETED)
                for future in ended:
                    yield from future.result()
        finally:
            press.stop.set()


class _Press:
    """Prints chunks, and remembers whether LibreOffice works at all."""

    def __init__(self, patience: float) -> None:
        self.stop = threading.Event()
        self._patience = patience
        self._works = False
        self._failed = 0

    def print(self, chunk: Sequence[Job], office: Office) -> list[Printed]:
        """What becomes of each job of *chunk*."""
        done: list[Printed] = []
        done += (_not_there(document) for document, _ in chunk if not document.is_file())
        waiting, alone = [job for job in chunk if job[0].is_file()], False
        while waiting and not self.stop.is_set():
            if self._failed >= _GIVE_UP_AFTER and not self._works:
                return [*done, *(_given_up(document) for document, _ in waiting)]
            jobs, rest = (waiting[:1], waiting[1:]) if alone else (waiting, [])
            call = office.call([document for document, _ in jobs], self._patience, since_last=True)
            made, missing = _fetch(jobs, call)
            self._works = self._works or bool(made)
            done += made
            if self.stop.is_set():
                break
            if len(jobs) == 1 and missing:
                self._failed += not call.errors
                done.append(Printed(jobs[0][0], None, self._problem(jobs[0][0], call)))
                missing = []
            elif call.in_time and len(call.errors) == len(missing):  # it has told all of them
                done += [
                    Printed(document, None, no_pdf(document, call.errors))
                    for document, _ in missing
                ]
                missing = []
            # It works in the order of its arguments: the first that is missing has hindered it.
            waiting, alone = [*missing, *rest], bool(missing)
        return done

    def _problem(self, document: Path, call: Call) -> Problem:
        return not_printed(document, call, self._patience)


def _chunks(jobs: Iterable[Job], size: int) -> Iterator[list[Job]]:
    rest = iter(jobs)
    while chunk := list(islice(rest, size)):
        yield chunk


def _fetch(jobs: Sequence[Job], call: Call) -> tuple[list[Printed], list[Job]]:
    """What was made, put in its place, and the jobs whose PDFs are missing."""
    made: list[Printed] = []
    missing: list[Job] = []
    for (document, target), pdf in zip(jobs, call.pdfs, strict=True):
        if pdf is None:
            missing.append((document, target))
        else:
            problem = _place(pdf, target)
            made.append(Printed(document, None if problem else target, problem))
    return made, missing


def _place(pdf: Path, target: Path) -> Problem | None:
    """Move *pdf* to *target*: readers see the old file or the new one, never half of it."""
    temporary = target.parent / f".noticegen-{os.getpid()}-{threading.get_ident()}.part"
    try:
        try:
            shutil.move(pdf, temporary)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        message = Message("the PDF cannot be written: {reason}", reason=reason_of(error))
        hint = Message("close it where it is open, and look at the space on the disk")
        return Problem("B908", message, Location(str(target)), hint)
    return None


def _not_there(document: Path) -> Printed:
    problem = Problem("B906", Message("there is no such file"), Location(str(document)))
    return Printed(document, None, problem)


def _given_up(document: Path) -> Printed:
    message = Message("not printed: LibreOffice printed none of the documents before it")
    hint = Message("look whether LibreOffice starts at all")
    return Printed(document, None, Problem("B909", message, Location(str(document)), hint))
