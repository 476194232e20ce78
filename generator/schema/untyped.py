"""Values that no schema describes: what they are, by the core schema of YAML 1.2 (10.3.2).

A scalar is a number or a boolean only where that schema says so and it prints as it was typed:
`3`, `-2`, `1.50`, `true`. Everything else is text: `007`, `1_000`, `0x10`, `1e3`, `no`, `True`,
`2005-03-09`, and whatever stands in quotes.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal
from typing import Any

from generator.sources import KeyPath, Source

# At most 18 digits, as with a schema: what is longer is no quantity.
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,18}")
_TRUTH = {"true": True, "false": False}


def untyped_values(source: Source, left_out: Collection[str] = ()) -> dict[str, Any]:
    """The values of *source*, typed by the rule above, without the keys *left_out* at its top.

    What is empty is None, numbers with a decimal point are Decimal.
    """
    if not isinstance(source.value, dict):
        return {}
    return {
        key: _typed(value, (key,), source)
        for key, value in source.value.items()
        if key not in left_out
    }


def scalar_alone(text: str) -> object:
    """What the scalar *text*, without quotes, is where no schema says so."""
    if text in _TRUTH:
        return _TRUTH[text]
    if _INTEGER.fullmatch(text):
        value: object = int(text)
    elif _NUMBER.fullmatch(text):
        value = Decimal(text)
    else:
        return text
    return value if str(value) == text else text


def _typed(value: object, path: KeyPath, source: Source) -> object:
    if isinstance(value, dict):
        return {key: _typed(inner, (*path, key), source) for key, inner in value.items()}
    if isinstance(value, list):
        return [_typed(inner, (*path, index), source) for index, inner in enumerate(value)]
    if isinstance(value, str) and path not in source.quoted:
        return scalar_alone(value)
    return value
