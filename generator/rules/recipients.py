"""主送机关 that leave no room for text on the first page (GB/T 9704—2012, 7.3.2 and 7.3.3)."""

from __future__ import annotations

from generator.problems import Location, Message, Problem


def crowded_first_page(moved: bool, where: Location) -> Problem:
    """What to tell where 主送机关 leave no room for text; *moved* into the 版记 (GP009)."""
    hint = Message("name organs of one kind together, such as 各县（区）教育局")
    if moved:
        message = Message(
            "so many 主送机关 leave no room for text on the first page: 版记 has them"
        )
        return Problem("GP009", message, where, hint, "note")
    message = Message(
        "so many 主送机关 leave no room for text on the first page, nor fit into 版记"
    )
    return Problem("GP009", message, where, hint, "warning")
