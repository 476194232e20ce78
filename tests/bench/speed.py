"""Documents a second, beside docxtpl and beside the bare floor, all measured in one run.

    make bench

One notice (`seeds/study-week.yaml`, the built-in `study-week-notice` for a demo unit) is made
again and again, in memory and into files: by `Template.render`, checks and all; by docxtpl
(`docxtpl_notice.py`), one `DocxTemplate` loaded once and rendered again, as its API allows – after
the first time it reads its package anew; and by the bare floor (`floor.py`). All three must say the
same, paragraph by paragraph. Then whole commands: `noticegen render` of the one file, its template
compiled before, beside docxtpl's own command.

Then a letter made in Word (`word_letter.py`), one `.docx` that both render: with a table of ten
rows again and again, and with longer ones each in a process of its own (`once.py`).

Times are those of the processor, which other programs disturb less than the clock on the wall, and
the best of several. Nothing here is a test.
"""

from __future__ import annotations

import io
import json
import math
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from importlib.metadata import version
from itertools import zip_longest
from pathlib import Path
from typing import Any

import word_letter
from docxtpl import DocxTemplate
from docxtpl_notice import docxtpl_template
from floor import floor, recorded_sources

from generator import compile_docx
from generator.inputs import read_input
from generator.library import open_library, read_file
from generator.package import parse, read_parts
from generator.wordml import Element, w

HOUSE = Path(__file__).parents[2]
INPUT = HOUSE / "seeds" / "study-week.yaml"
WORKSPACE = HOUSE / "examples" / "demo"
ONCE = Path(__file__).with_name("once.py")

ROUNDS = 9
ROUND_SECONDS = 0.3
COMMANDS = 20
ROWS = (10, 1_000, 10_000)
PROCESSES = 5

OURS, DOCXTPL, FLOOR = "Template.render", "docxtpl", "bare floor"
NOTHING = "python -c pass"

Make = Callable[[], bytes]
Measured = Callable[[Path], object]
"""Makes a document, and writes it to the path where files are measured."""


def main() -> None:
    measure_notice()
    measure_letter()


def measure_notice() -> None:
    makers, tagged, texts = notice()
    ours = same_documents(makers)[OURS]
    say_where_and_what(ours)
    say_rates("in memory", rates({name: in_memory(make) for name, make in makers.items()}))
    written = {name: into_files(make) for name, make in makers.items()}
    written[DOCXTPL] = docxtpl_into_files(tagged, texts)
    say_rates("written to files", rates(written))
    say_commands(commands(tagged, texts))


def measure_letter() -> None:
    template = word_letter.letter()
    makers = letter(template)
    same_documents(makers)
    say_rates("letter from Word", rates({name: in_memory(make) for name, make in makers.items()}))
    say_tables(tables(template))


# --- what is measured ----------------------------------------------------------------------------


def notice() -> tuple[dict[str, Make], bytes, dict[str, Any]]:
    """What makes the notice, by program; then docxtpl's template and the context that it needs."""
    with recorded_sources() as sources:
        library = open_library(WORKSPACE, keep=False)
        found = read_input(read_file(INPUT), str(INPUT), library)
    template = found.template
    values = {name: value for name, value in found.values.items() if value is not None}
    context = template.context(found.values)
    tagged, texts = docxtpl_template(template.compiled, context)
    makers: dict[str, Make] = {
        OURS: lambda: template.render(values),
        DOCXTPL: docxtpl(tagged, texts),
        FLOOR: floor(template.compiled, sources, context),
    }
    return makers, tagged, texts


def letter(template: bytes) -> dict[str, Make]:
    """What makes the letter with the fewest rows, by program."""
    compiled, values = compile_docx(template), word_letter.values(ROWS[0])
    return {OURS: lambda: compiled.render(values), DOCXTPL: docxtpl(template, values)}


def in_memory(make: Make) -> Measured:
    return lambda _: make()


def into_files(make: Make) -> Measured:
    return lambda path: path.write_bytes(make())


def docxtpl(tagged: bytes, texts: Mapping[str, Any]) -> Make:
    template = DocxTemplate(io.BytesIO(tagged))

    def make() -> bytes:
        template.render(texts)
        out = io.BytesIO()
        template.save(out)
        return out.getvalue()

    return make


def docxtpl_into_files(tagged: bytes, texts: Mapping[str, Any]) -> Measured:
    template = DocxTemplate(io.BytesIO(tagged))

    def make(path: Path) -> None:
        template.render(texts)
        template.save(path)

    return make


def same_documents(makers: Mapping[str, Make]) -> dict[str, bytes]:
    """The documents of *makers*; fails loudly where two say different things in a paragraph."""
    documents = {name: make() for name, make in makers.items()}
    own = paragraphs(documents[OURS])
    for name, document in documents.items():
        other = paragraphs(document)
        for part in own.keys() | other.keys():
            pairs = zip_longest(own.get(part, []), other.get(part, []))
            for one, another in pairs:
                if one != another:
                    raise SystemExit(f"{name} says in {part}: {another!r}, we say: {one!r}")
    return documents


def paragraphs(document: bytes) -> dict[str, list[str]]:
    """The texts of the paragraphs of every part that has any."""
    signs = {w("br"): "\n", w("tab"): "\t", w("noBreakHyphen"): "-"}

    def said(node: Element) -> str:
        return node.text or "" if node.tag == w("t") else signs.get(node.tag, "")

    return {
        name: texts
        for name, part in read_parts(document, "").items()
        if name.endswith(".xml")
        and (texts := ["".join(map(said, node.iter())) for node in parse(part).iter(w("p"))])
    }


# --- measuring -----------------------------------------------------------------------------------


def rates(makers: Mapping[str, Measured]) -> dict[str, float]:
    """Documents a second, each the best of the rounds; the rounds take turns."""
    best = dict.fromkeys(makers, 0.0)
    for _ in range(ROUNDS):
        for name, make in makers.items():
            with tempfile.TemporaryDirectory() as folder:
                place = Path(folder)
                count, start = 0, time.process_time()
                while (elapsed := time.process_time() - start) < ROUND_SECONDS:
                    make(place / f"{count}.docx")
                    count += 1
            best[name] = max(best[name], count / elapsed)
    return best


def commands(tagged: bytes, texts: Mapping[str, Any]) -> dict[str, float]:
    """Seconds that whole commands take, each the best; the first turn compiles and keeps."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        template, data, out = (place / name for name in ("tagged.docx", "texts.json", "out.docx"))
        template.write_bytes(tagged)
        data.write_text(json.dumps(texts), encoding="ascii")  # it reads by the locale's encoding
        ours = [str(INPUT), "--templates", str(WORKSPACE), "-o", str(out)]
        lines = {
            "noticegen render": ["-m", "generator", "render", *ours],
            "docxtpl": ["-m", "docxtpl", "-q", *map(str, (template, data, out))],
            NOTHING: ["-c", "pass"],
        }
        kept = {"NOTICEGEN_CACHE": str(place / "kept"), "PYTHONPATH": str(HOUSE)}
        # As installed: Python keeps the bytecode of modules, whatever this shell says.
        usual = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        seconds: dict[str, list[float]] = {name: [] for name in lines}
        for _ in range(COMMANDS + 1):
            for name, line in lines.items():
                out.unlink(missing_ok=True)
                seconds[name].append(_time_of([sys.executable, *line], {**usual, **kept}))
                if name != NOTHING and not out.exists():
                    raise SystemExit(f"{name} wrote nothing")
    return {name: min(times[1:]) for name, times in seconds.items()}


def tables(docx: bytes) -> dict[tuple[str, int], dict[str, float]]:
    """By program and number of rows: the seconds of a first render, and megabytes at the peak."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        template, values = Path(folder, "letter.docx"), Path(folder, "values.json")
        template.write_bytes(docx)
        for rows in ROWS:
            values.write_text(json.dumps(word_letter.values(rows)), encoding="ascii")
            for who in ("noticegen", DOCXTPL):
                line = [sys.executable, str(ONCE), who, str(template), str(values)]
                said = [_answer_of(line) for _ in range(PROCESSES)]
                found[who, rows] = min(said, key=lambda facts: facts["seconds"])
    return found


def _answer_of(command: list[str]) -> dict[str, float]:
    environment = {**os.environ, "PYTHONPATH": str(HOUSE)}
    done = subprocess.run(command, env=environment, check=True, capture_output=True)
    answer: dict[str, float] = json.loads(done.stdout)
    return answer


def _time_of(command: list[str], environment: Mapping[str, str]) -> float:
    """The seconds that the processor works for *command*."""
    before = _time_of_children()
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return _time_of_children() - before


def _time_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


# --- saying --------------------------------------------------------------------------------------


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def say_where_and_what(document: bytes) -> None:
    python = f"{platform.python_implementation()} {platform.python_version()}"
    names = ("jinja2", "docxtpl", "lxml", "isal")
    say(f"{python}, {processor()}; {', '.join(f'{name} {version(name)}' for name in names)}")
    xml = len(read_parts(document, "")["word/document.xml"])
    say(f"{INPUT.name}: {xml:,} bytes of document.xml, {len(document):,} bytes of .docx")


def processor() -> str:
    name = platform.processor() or platform.machine()
    facts = Path("/proc/cpuinfo")
    if facts.exists():
        for line in facts.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                name = line.partition(": ")[2]
    return f"{name}, {os.cpu_count()} cores"


def say_rates(title: str, found: Mapping[str, float]) -> None:
    say(f"\n{title:<20}{'documents/s':>12}{'µs each':>10}{'× docxtpl':>11}{'time ÷ floor':>14}")
    for name, rate in found.items():
        times, over = rate / found[DOCXTPL], f"{found[FLOOR] / rate:.2f}" if FLOOR in found else ""
        say(f"  {name:<18}{rate:>12,.0f}{1e6 / rate:>10,.0f}{times:>11.1f}{over:>14}")


def say_commands(found: Mapping[str, float]) -> None:
    say(f"\n{'whole commands':<20}{'seconds':>12}   best of {COMMANDS}")
    for name, seconds in found.items():
        say(f"  {name:<18}{seconds:>12.3f}")


def say_tables(found: Mapping[tuple[str, int], Mapping[str, float]]) -> None:
    say(f"\n{'rows of five cells':<20}{'seconds':>12}{'µs a row':>10}{'MB at the peak':>16}")
    for (who, rows), facts in found.items():
        seconds, peak = facts["seconds"], facts["megabytes"]
        said = f"{rows:,} {who}"
        say(f"  {said:<18}{seconds:>12.4f}{1e6 * seconds / rows:>10,.1f}{peak or math.nan:>16.0f}")


if __name__ == "__main__":
    main()
