"""Checks over the rows of a list: numbers without a gap, nothing twice, counts and sums."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from numbers import Number

from generator.problems import Message
from generator.rules.cases import Case, Finding, item_number

# Compiled when they are needed, by `re` itself: most runs check none of this.
_NUMBERED = r"(?s)(.*?)([0-9]{1,18})([^0-9]*)"
_COUNT = r"共[^0-9，。；]{0,4}([0-9]{1,9})|([0-9]{1,9})"
_PER_CENT = r"([0-9]{1,9}(?:\.[0-9]{1,9})?) ?[%％]"


def unique(cases: list[Case]) -> Iterator[Finding]:
    """Values that an earlier row has already."""
    first: dict[object, int] = {}
    for case in cases:
        value = " ".join(case.value.split()) if isinstance(case.value, str) else case.value
        if value is None or isinstance(value, list | tuple | dict):
            continue
        if value in first:
            message = Message(
                "“{value}” stands in item {item} already", value=value, item=first[value]
            )
            hint = Message("take one of them out, or say what is different")
            yield Finding(case.path, message, hint)
        first.setdefault(value, item_number(case.path))


def gapless(cases: list[Case]) -> Iterator[Finding]:
    """Numbers that do not follow the one of the row before: 3 after 1, 问题-07 after 问题-07."""
    before: tuple[str, int, str] | None = None
    for case in cases:
        found = None if isinstance(case.value, bool) else re.fullmatch(_NUMBERED, str(case.value))
        if found is None:
            before = None
            continue
        stem, number, tail = found[1], int(found[2]), found[3]
        if before and (before[0], before[2]) == (stem, tail) and number != before[1] + 1:
            wanted = f"{stem}{before[1] + 1:0{len(found[2])}}{tail}"
            message = Message(
                "the number {number} does not follow {before}",
                number=case.value,
                before=f"{stem}{before[1]:0{len(found[2])}}{tail}",
            )
            hint = Message("number the rows without a gap: {wanted}", wanted=wanted)
            yield Finding(case.path, message, hint)
        before = stem, number, tail


def count(cases: list[Case]) -> Iterator[Finding]:
    """A count, or a text with one, that is not the number of rows that `of` names."""
    for case in cases:
        stated, found = _stated_count(case.value), len(case.others)
        if stated is not None and stated != found:
            message = Message(
                "{stated} are stated, the list has {found}", stated=stated, found=found
            )
            yield Finding(case.path, message, Message("correct the number, or the list"))


def _stated_count(value: object) -> int | None:
    """The number that a count is, or that a text says: that behind 共, else its only one."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    found = list(re.finditer(_COUNT, value)) if isinstance(value, str) else []
    if totals := [match[1] for match in found if match[1]]:
        return int(totals[0])
    return int(found[0][2]) if len(found) == 1 else None


def total(cases: list[Case]) -> Iterator[Finding]:
    """A total that is not the sum of what `of` names."""
    for case in cases:
        stated, parts = _number(case.value), [*map(_number, case.others)]
        whole = sum((part for part in parts if part is not None), Decimal(0))
        if stated is not None and stated != whole:
            message = Message(
                "the total is {stated}, the rows come to {found}", stated=stated, found=whole
            )
            yield Finding(case.path, message, Message("correct the total, or the rows"))


def part(cases: list[Case]) -> Iterator[Finding]:
    """A part that is more than the whole that `of` names."""
    for case in cases:
        share, wholes = _number(case.value), [*map(_number, case.others)]
        if share is None or len(wholes) != 1 or wholes[0] is None or share <= wholes[0]:
            continue
        message = Message("{part} of {whole} is more than 100%", part=share, whole=wholes[0])
        yield Finding(case.path, message, Message("correct one of the two numbers"))


def rate(cases: list[Case]) -> Iterator[Finding]:
    """A rate of more than 100 %, as text (`98.5%`) or as a number of per cent."""
    for case in cases:
        said = re.fullmatch(_PER_CENT, case.value) if isinstance(case.value, str) else None
        number = Decimal(said[1]) if said else _number(case.value)
        if number is not None and number > 100:
            message = Message("a rate of {rate} is more than 100%", rate=case.value)
            yield Finding(case.path, message, Message("check what it was computed from"))


def _number(value: object) -> Decimal | None:
    """A number exactly as it is written; None for what is none."""
    if isinstance(value, bool) or not isinstance(value, Number):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
