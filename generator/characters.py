"""Characters that the usual fonts of official documents cannot draw (GD017)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from generator.problems import Location, Message, Problem
from generator.sources import KeyPath

_HAN = "[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]+"


def check_characters(
    values: Mapping[str, object],
    fonts: Sequence[str],
    place: Callable[[KeyPath], Location],
) -> list[Problem]:
    """A note at each text of *values* with Chinese characters that *fonts* do not have.

    These are fonts for GB2312 alone. A character is told where it stands first.
    """
    if not fonts or not _outside(_joined(values)):
        return []
    problems, told = [], set[str]()
    for path, text in _texts(values, ()):
        found = [sign for sign in _outside(text) if sign not in told]
        if found:
            told.update(found)
            problems.append(_undrawn(found, fonts, place(path)))
    return problems


def _joined(values: Mapping[str, object]) -> str:
    """Every text within *values*, in no order: most documents need no more than this."""
    texts: list[str] = []
    waiting: list[Any] = [values]
    while waiting:
        outer = waiting.pop()
        for value in outer.values() if isinstance(outer, dict) else outer:
            kind = value.__class__
            if kind is str:
                texts.append(value)
            elif kind is dict or kind is list or kind is tuple:
                waiting.append(value)
    return "".join(texts)


def _texts(value: object, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """Every text within *value*, with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _texts(inner, (*path, key))
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*path, index))


def _outside(text: str) -> list[str]:
    """The Chinese characters of *text* outside GB2312, each once."""
    try:
        text.replace("—", "").replace("·", "").encode("gb2312")  # which has them at other places
    except UnicodeEncodeError:
        signs = dict.fromkeys("".join(re.findall(_HAN, text)))
        return [sign for sign in signs if not _is_gb2312(sign)]
    return []


@cache
def _is_gb2312(sign: str) -> bool:
    try:
        sign.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _undrawn(signs: Sequence[str], fonts: Sequence[str], where: Location) -> Problem:
    return Problem(
        "GD017",
        Message(
            "{fonts} cannot draw {signs}",
            fonts="、".join(fonts),
            signs="".join(f"“{s}”" for s in signs),
        ),
        where,
        Message("look at the page; a unit may name other fonts (fonts / 字体 in unit.yaml)"),
        "note",
    )
