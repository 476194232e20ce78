"""Batches: notices a second beside docxtpl and docx-mailmerge2, and how time and memory grow.

    make bench            100 to 10 000 rows, after `speed.py`
    make bench ROWS=all   100 000 as well, which takes some minutes

One table of meetings (`meeting-notice` of the demo's `city-office`, two pages each) is made by
whole commands, `noticegen batch … --workers N`, start and checks included; by docxtpl and by
docx-mailmerge2 in as many processes, from templates made of our own document, with all texts
computed before. Rates are by the clock on the wall, for which nothing else should run; beside them
stands the time of all processors for one notice, which other programs disturb less. Nothing is
deleted until the end: ext4 takes ten times as long for a file where others were just deleted.
"""

from __future__ import annotations

import csv
import io
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from docxtpl_notice import tagged_parts
from lxml import etree
from mailmerge import MailMerge
from speed import HOUSE, WORKSPACE, paragraphs, processor, say

from generator import open_library
from generator.package import parse, write
from generator.wordml import Element, make, make_text, w

COMMON = {"date_of_issue": "2005-03-02", "time": "下午3时", "place": "第二会议室"}
UNIT, TEMPLATE = "city-office", "meeting-notice"
GROWTH = (100, 1_000, 10_000)
RACE = 2_000
"""Rows of ours for the rate; others take a twentieth."""
SLOWER = 10


def main(arguments: Sequence[str]) -> None:
    say(f"{processor()}; Python {sys.version.split()[0]}")
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        heads = f"{'1 worker':>12}{'2 workers':>12}{'µs of processors each':>24}"
        say(f"\n{'notices a second':<20}{heads}")
        table = written_table(place / "race.csv", RACE)
        noticegen(written_table(place / "warm.csv", 10), place / "warm", 1)
        runs = [noticegen(table, place / f"ours{n}", n) for n in (1, 2)]
        say_rates("noticegen batch", [(RACE / run.seconds, run.processor / RACE) for run in runs])
        for theirs, document_of in others().items():
            say_rates(theirs, [rate_of(document_of, n, place) for n in (1, 2)])
        columns = ("rows", "seconds", "of processors", "peak MB")
        say(f"\n{''.join(f'{column:>15}' for column in columns)}   2 workers")
        for count in (*GROWTH, *((100_000,) if "all" in arguments else ())):
            table = written_table(place / "rows.csv", count)
            run = noticegen(table, place / f"out{count}", 2)
            say_run(f"{count:,}", run)
            say_run("again", noticegen(table, place / f"out{count}", 2))


def rows(count: int) -> Iterator[dict[str, Any]]:
    for serial in range(1, count + 1):
        day = f"2005-{serial % 9 + 4:02}-{serial % 28 + 1:02}"
        yield {**COMMON, "serial": serial, "meeting": f"第{serial}次联络员会议", "date": day}


def written_table(path: Path, count: int) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, ["serial", "meeting", "date", *COMMON])
        table.writeheader()
        table.writerows(rows(count))
    return path


# --- ours ----------------------------------------------------------------------------------------


class Run:
    """What a command took: seconds, seconds of processors, and at most so many bytes at once."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        start, before, self.peak = time.perf_counter(), processor_seconds(), 0
        with tempfile.TemporaryFile() as said:
            with subprocess.Popen(
                command, env=environment, stdout=subprocess.DEVNULL, stderr=said
            ) as process:
                while process.poll() is None:
                    self.peak = max(self.peak, memory_of(process.pid))
                    time.sleep(0.05)
            self.seconds = time.perf_counter() - start
            self.processor = processor_seconds() - before
            if process.returncode:
                said.seek(0)
                raise SystemExit(f"{command} ended with {process.returncode}: {said.read()!r}")


def processor_seconds() -> float:
    """The time of processors of all commands that have ended, and of their children."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def memory_of(process: int) -> int:
    """The bytes that a process and its children have in memory; 0 where that cannot be told."""
    try:
        pages = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]
        told = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    except (OSError, IndexError):
        return 0
    size = int(pages) * os.sysconf("SC_PAGE_SIZE")
    return size + sum(memory_of(int(child)) for child in told.split())


def noticegen(table: Path, folder: Path, workers: int) -> Run:
    line = ["batch", TEMPLATE, str(table), "--unit", UNIT, "-o", str(folder)]
    return command([*line, "--workers", str(workers)], table.parent)


def command(line: Sequence[str], place: Path) -> Run:
    """A command of ours with the demo's workspace, its compiled templates kept in *place*."""
    usual = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    kept = {"NOTICEGEN_CACHE": str(place / "kept"), "PYTHONPATH": str(HOUSE)}
    program = [sys.executable, "-m", "generator", *line, "--templates", str(WORKSPACE)]
    return Run(program, {**usual, **kept})


# --- the others ----------------------------------------------------------------------------------

Make = Callable[[bytes, list[str]], bytes]


def others() -> dict[str, Make]:
    return {"docxtpl": with_docxtpl, "docx-mailmerge2": with_mailmerge}


def with_docxtpl(tagged: bytes, texts: list[str]) -> bytes:
    template = opened(tagged)
    template.render({"text": texts})
    out = io.BytesIO()
    template.save(out)
    return out.getvalue()


@cache
def opened(tagged: bytes) -> DocxTemplate:
    return DocxTemplate(io.BytesIO(tagged))


def with_mailmerge(tagged: bytes, texts: list[str]) -> bytes:
    """Its API opens the template for each document."""
    out = io.BytesIO()
    with MailMerge(io.BytesIO(with_fields(tagged))) as document:
        document.merge(**{f"text{number}": text for number, text in enumerate(texts)})
        document.write(out)
    return out.getvalue()


@cache
def with_fields(tagged: bytes) -> bytes:
    """The docxtpl template *tagged* with merge fields in the place of its tags."""
    from generator.package import pack, read_parts

    parts = read_parts(tagged, "")
    for name, part in parts.items():
        if b"{{ text[" in part:
            root = parse(part)
            for run in list(root.iter(w("r"))):
                put_fields(run)
            parts[name] = etree.tostring(root, encoding="UTF-8", standalone=True)
    return write(pack(parts), [])


def put_fields(run: Element) -> None:
    """Split *run* at its tags, each of which becomes a field of the run's format."""
    pieces: list[Element] = []
    for child in run.iterchildren():
        if child.tag == w("rPr"):
            continue
        if child.tag != w("t") or "{{ text[" not in (child.text or ""):
            pieces.append(like(run, child))
            continue
        for piece in (child.text or "").replace("{{ text[", "\0").replace("] }}", "\0").split("\0"):
            if piece.isdigit():
                field = make("w:fldSimple", {"w:instr": f" MERGEFIELD text{piece} "})
                field.append(like(run, make_text(piece)))
                pieces.append(field)
            elif piece:
                pieces.append(like(run, make_text(piece)))
    for piece in pieces:
        run.addprevious(piece)
    run.getparent().remove(run)


def like(run: Element, content: Element) -> Element:
    """A run of *content* in the format of *run*."""
    copy = make("w:r")
    format_ = run.find(w("rPr"))
    if format_ is not None:
        copy.append(etree.fromstring(etree.tostring(format_)))
    copy.append(content)
    return copy


def rate_of(document_of: Make, workers: int, place: Path) -> tuple[float, float]:
    """Notices a second that *workers* processes write, each with its share of the rows.

    And the seconds of processors that one takes.
    """
    count = RACE // SLOWER
    tagged, texts = prepared(count)
    compare(document_of(tagged, texts[0]), next(rows(1)))
    shares = [texts[start::workers] for start in range(workers)]
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        list(
            pool.map(
                partial(write_all, document_of, tagged, place), [share[:2] for share in shares]
            )
        )
        start = time.perf_counter()
        work = partial(write_all, document_of, tagged, place)
        list(pool.map(work, [share[:2] for share in shares]))
        start = time.perf_counter()
        used = sum(pool.map(work, shares))
        return count / (time.perf_counter() - start), used / count


def write_all(document_of: Make, tagged: bytes, place: Path, texts: list[list[str]]) -> float:
    """The seconds of this process's processor that the documents took."""
    start = time.process_time()
    for number, each in enumerate(texts):
        path = place / f"{document_of.__name__}-{os.getpid()}-{number}.docx"
        path.write_bytes(document_of(tagged, each))
    return time.process_time() - start


@cache
def prepared(count: int) -> tuple[bytes, list[list[str]]]:
    """The tagged template of our notice, and the texts of each row."""
    template = open_library(WORKSPACE, keep=False).template(TEMPLATE, UNIT)
    compiled, found = template.compiled, []
    for row in rows(count):
        parts, texts = tagged_parts(compiled, template.context(template.checked(row)))
        found.append(texts)
    tagged = write(compiled.packed, ((name, [part.encode()]) for name, part in parts.items()))
    return tagged, found


def compare(theirs: bytes, row: Mapping[str, Any]) -> None:
    """Fail loudly where a document does not say what ours says of the same row.

    docx-mailmerge2 leaves out the line break in the title.
    """
    ours = open_library(WORKSPACE, keep=False).template(TEMPLATE, UNIT).render(row)
    if said_by(ours) != said_by(theirs):
        raise SystemExit("the documents do not say the same")


def said_by(document: bytes) -> list[str]:
    return [text.replace("\n", "") for text in paragraphs(document)["word/document.xml"]]


def say_rates(name: str, found: Sequence[tuple[float, float]]) -> None:
    rates = "".join(f"{rate:>12,.0f}" for rate, _ in found)
    say(f"  {name:<18}{rates}{found[-1][1] * 1e6:>24,.0f}")


def say_run(name: str, run: Run) -> None:
    megabytes = run.peak / 2**20
    say(f"{name:>15}{run.seconds:>15.2f}{run.processor:>15.2f}{megabytes:>15,.0f}")


if __name__ == "__main__":
    main(sys.argv[1:])
