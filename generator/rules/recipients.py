"""主送机关 that are not named, or leave no room for text on the first page.

GB/T 9704—2012, 7.3.2 and 7.3.3.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.problems import Location, Message, Problem
from generator.rules.cases import Case, Finding


def addressed(cases: list[Case]) -> Iterator[Finding]:
    """A document that goes to organs and names none."""
    for case in cases:
        if not case.value:
            message = Message("no 主送机关 (main_recipients) says whom the document is for")
            hint = Message("name them in the input, or once in unit.yaml")
            yield Finding(case.path, message, hint)


def crowded_first_page(moved: bool, where: Location) -> Problem:
    """What to tell where 主送机关 leave no room for text; *moved* into the 版记 (GP009)."""
    hint = Message(
        "shorten the title, or name organs of one kind together, such as 各县（区）教育局"
    )
    if moved:
        message = Message(
            "the title and 主送机关 leave no room for text on the first page: 版记 has the 主送机关"
        )
        return Problem("GP009", message, where, hint, "note")
    message = Message(
        "the title and 主送机关 leave no room for text on the first page; 版记 has none either"
    )
    return Problem("GP009", message, where, hint, "warning")
