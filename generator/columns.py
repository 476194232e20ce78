"""Text in columns, where East Asian characters take two: in terminals and in editors."""

from __future__ import annotations

import unicodedata


def display_width(text: str) -> int:
    """The columns that *text* takes."""
    return sum(map(_character_width, text))


def padded(text: str, width: int) -> str:
    """*text* with spaces behind it, up to *width* columns; longer text stays as it is."""
    return text + " " * (width - display_width(text))


def _character_width(character: str) -> int:
    if unicodedata.east_asian_width(character) in "WF":
        return 2
    return 0 if unicodedata.category(character) in ("Mn", "Me", "Cf") else 1
