"""The project's own inputs and their documents, each made once for all tests."""

from __future__ import annotations

from collections.abc import Mapping
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


def supervision_order(**values: object) -> bytes:
    """The form of the seed `supervision-order` with other *values* among its own."""
    template = demo().template("supervision-order", "city-office")
    return template.render({**BLANK_ORDER, **values})


BLANK_ORDER: Mapping[str, object] = {
    "date_of_issue": "2005-03-07",
    "serial": 6,
    "issue": "示例大街两侧残雪堆积",
    "source": "市委先进性教育活动领导小组会议",
    "responsible_unit": "示例市城市管理局",
    "demands": ["集中清运，一次清净"],
    "deadline": "2005-03-14",
    "feedback": "书面报告",
}
"""What a supervision order needs: all that is filled in by hand is blank."""
