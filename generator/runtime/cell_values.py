"""Values that change a cell: its colour, and over how many columns it reaches."""

from __future__ import annotations

import re

from generator.problems import Message
from generator.runtime.values import ValueRefused, said

_COLOUR = re.compile(r"#?([0-9A-Fa-f]{6})|auto", re.ASCII)
MAX_COLUMNS = 63
"""Columns of a table in Word."""


def cell_color(value: object) -> str:
    """A colour as `w:fill` has it: `FFD700`; nothing is `auto`. Raises ValueRefused."""
    text = "" if value is None else said(value).strip()
    match = _COLOUR.fullmatch(text or "auto")
    if match is None:
        raise ValueRefused(Message("“{value}” is no colour; write it as FFD700", value=text))
    return match[1] or "auto"


def cell_span(value: object) -> int:
    """A number of columns, as `w:gridSpan` has it. Raises ValueRefused."""
    text = said(value).strip()
    count = int(text) if text.isdecimal() and len(text) < 3 else 0
    if not 1 <= count <= MAX_COLUMNS:
        message = Message(
            "“{value}” is no number of columns from 1 to {most}", value=text[:20], most=MAX_COLUMNS
        )
        raise ValueRefused(message)
    return count


FILTERS = {"cell_color": cell_color, "cell_span": cell_span}
