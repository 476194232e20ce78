"""The project's own inputs and their documents, each made once for all tests."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from generator import Library, open_library, render_file

ROOT = Path(__file__).parent.parent
SEEDS = sorted(path.stem for path in (ROOT / "seeds").glob("*.yaml"))


@lru_cache
def demo() -> Library:
    """The demo workspace with the built-in templates; nothing is kept on disk."""
    return open_library(ROOT / "examples" / "demo", keep=False)


@lru_cache
def document(seed: str) -> bytes:
    """The `.docx` of an input in `seeds/`."""
    return render_file(ROOT / "seeds" / f"{seed}.yaml", demo())
