"""Where the 职务, the names and the stamps of who sign an order stand: filters, as in `placing`.

An organ is a mapping as in `seating`, with its `signer_office`, `signer` and `stamp`, the picture
of the signature stamp with how far that reaches, `across` and `down`, or None.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from generator.formats import width
from generator.layouts.geometry import STANDARD, TWIPS_A_POINT
from generator.layouts.seating import Organ


def stamp_rows(organs: Sequence[Organ], line: int, character: int) -> list[dict[str, Any]]:
    """The rows in which *organs* sign with stamps, one below the other (7.3.5.3).

    Each has its `organ`; the `gap`, the height above the first line of its 职务; the `right` indent
    of that; the middle of its stamp `across`, from the left edge, and `down`, from the top of that
    line; and the `foot` from the last line to that of 成文日期. All 职务 end 2 字 left of where the
    stamps begin, and the widest of these ends 4 字 from the right edge.
    """
    g = STANDARD
    sizes = [_size(organ, character) for organ in organs]
    edge = g.stamp_characters * character
    widest = max(across for across, _ in sizes)
    right = edge + g.stamp_office_characters * character + widest
    middle = round(g.mark_baseline * line - g.stamp_middle * g.body_size / 2 * TWIPS_A_POINT)
    turned = [(_lines(organ, right, character) - 1) * line // 2 for organ in organs]
    gaps = [g.stamp_gap * line + sizes[0][1] // 2 - middle]
    gaps += [
        (above + down) // 2 + g.seal_space - line - before
        for (_, above), (_, down), before in zip(sizes, sizes[1:], turned, strict=False)
    ]
    return [
        {
            "organ": organ,
            "gap": max(gap - more, 1),
            "right": right,
            "across": g.text_width - edge - widest + across - across // 2,
            "down": middle + more,
            "foot": max(g.stamp_date_gap * line + down // 2 + middle - line - more, 0),
        }
        for organ, gap, (across, down), more in zip(organs, gaps, sizes, turned, strict=True)
    ]


def _lines(organ: Organ, right: int, character: int) -> int:
    """The lines that the 职务 of who signs for *organ* takes, so far from the *right* edge."""
    room = (STANDARD.text_width - right) // character
    said = str(organ["signer_office"] or "")
    return sum(max(math.ceil(width(line) / room), 1) for line in said.split("\n"))


def _size(organ: Organ, character: int) -> tuple[int, int]:
    """How wide and how high the stamp of *organ* is, or the room that is left for it."""
    stamp = organ["stamp"]
    if stamp is None:
        return STANDARD.stamp_width * character, STANDARD.stamp_height
    return stamp["across"], stamp["down"]


def signer_indent(organ: Organ, organs: Sequence[Organ], character: int) -> int:
    """The right indent of the name that signs for *organ*, below those of all *organs*.

    Names begin below each other, and the longest ends 4 字 from the right edge.
    """
    shorter = max(map(_name_width, organs)) - _name_width(organ)
    return round((STANDARD.stamp_characters + shorter) * character)


def _name_width(organ: Organ) -> float:
    """The width of the name that signs for *organ*, which may be styled text, in 字."""
    return width(str(organ["signer"] or ""))


FILTERS: dict[str, Callable[..., object]] = {
    "signer_indent": signer_indent,
    "stamp_rows": stamp_rows,
}
"""The filters that layouts write into their tags, by their names there."""
