"""Measures that a template computes: `{% measure left = … %}`."""

from __future__ import annotations

import math

from generator.problems import Message
from generator.runtime.budget import paid
from generator.runtime.values import ValueRefused, said


def measure(value: object, least: int, most: int) -> int:
    """*value* as a whole number from *least* to *most*. Raises ValueRefused."""
    if isinstance(value, int) and least <= value <= most:
        return int(value)
    text = said(paid(value)).strip()
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not least <= number <= most:  # so is what is no number
        message = Message(
            "“{value}” is no measure from {least} to {most}",
            value=text[:20],
            least=least,
            most=most,
        )
        raise ValueRefused(message)
    return round(number)


FILTERS = {"measure": measure}
