"""Values in the arguments of fields."""

from __future__ import annotations

from collections.abc import Callable

from generator.runtime.relationships import link_target
from generator.runtime.values import said


def in_quotes(value: object) -> str:
    """*value* inside the quotation marks of an argument (ISO/IEC 29500-1, 17.16.2)."""
    text = "" if value is None else said(value)
    return text.replace("\\", "\\\\").replace('"', '\\"')


FILTERS: dict[str, Callable[..., object]] = {"field_target": link_target, "in_quotes": in_quotes}
