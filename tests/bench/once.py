"""One render in a process of its own.

    python once.py noticegen|docxtpl TEMPLATE VALUES.json

Prints, as JSON, the seconds of the render, with the template compiled or loaded before, and the
most megabytes that the process ever held, compiling and values included; null for these where there
is no Linux to say it.
"""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def main(who: str, template: str, values: str) -> None:
    make = (noticegen if who == "noticegen" else docxtpl)(Path(template).read_bytes())
    context = json.loads(Path(values).read_bytes())
    start = time.process_time()
    make(context)
    seconds = time.process_time() - start
    sys.stdout.write(json.dumps({"seconds": seconds, "megabytes": peak()}))


def noticegen(template: bytes) -> Callable[[dict[str, Any]], bytes]:
    from generator import compile_docx

    return compile_docx(template).render


def docxtpl(template: bytes) -> Callable[[dict[str, Any]], bytes]:
    from docxtpl import DocxTemplate

    loaded = DocxTemplate(io.BytesIO(template))

    def make(values: dict[str, Any]) -> bytes:
        loaded.render(values)
        out = io.BytesIO()
        loaded.save(out)
        return out.getvalue()

    return make


def peak() -> float | None:
    """In megabytes; `getrusage` would count the process that started this one, too."""
    facts = Path("/proc/self/status")
    if not facts.exists():
        return None
    lines = facts.read_text(encoding="utf-8").splitlines()
    [found] = [line.split() for line in lines if line.startswith("VmHWM:")]
    return int(found[1]) / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
