"""Where the marks, names and seals of organs stand that issue together: filters, as in `placing`.

An organ is a mapping: `name`, its 署名; `mark`, its name in the red head; `seal`, the picture of
its seal with how far that reaches, `across` and `down`, or None.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from generator.formats import width
from generator.layouts.geometry import STANDARD, TWIPS_A_POINT
from generator.layouts.placing import date_indent, issuer_indent

Organ = Mapping[str, Any]


# --- 发文机关标志 (GH007) ------------------------------------------------------------------------


def joint_mark(
    organs: Sequence[Organ], tail: str, largest: float = STANDARD.mark_largest
) -> dict[str, int]:
    """How the names of *organs* are drawn one over the other, with *tail*, 文件, to their right.

    `size` in half-points, `scale` in per cent, `line`, and the widths of the columns `names`, of
    which each name fills the whole, and `tail`.
    """
    g = STANDARD
    widest = max(width(organ["mark"]) for organ in organs)
    gap = g.joint_mark_gap if tail else 0.0
    spare = (2 if tail else 1) * g.joint_mark_spare
    fitting = (g.text_width - spare) / TWIPS_A_POINT / (widest + gap + width(tail))
    highest = (g.joint_mark_height / len(organs) - g.mark_leading) / TWIPS_A_POINT
    points = min(max(math.floor(fitting), g.mark_smallest), math.floor(highest), largest)
    points = max(points, g.joint_mark_smallest)
    scale = min(math.floor(100 * fitting / points), 100)
    character = points * TWIPS_A_POINT * scale / 100
    return {
        "size": round(points * 2),
        "scale": scale,
        "line": round(points * TWIPS_A_POINT) + g.mark_leading,
        "names": round(widest * character) + g.joint_mark_spare,
        "gap": round(gap * character),
        "tail": round(width(tail) * character) + g.joint_mark_spare,
    }


def room_above_joint_mark(mark: Mapping[str, int], room: int) -> int:
    """What of *room* stands above the first line of *mark*, so that its ink begins there; > 0.

    GB/T 9704—2012, 7.2.4.
    """
    ascent = STANDARD.mark_ascent * mark["size"] * TWIPS_A_POINT / 2
    lead = round(STANDARD.mark_baseline * mark["line"] - ascent)
    return max(room - lead, 1)


# --- 署名 and seals (GT002, GT004) ---------------------------------------------------------------


def signature_rows(
    organs: Sequence[Organ], date: str, line: int, character: int
) -> list[dict[str, Any]]:
    """The rows in which sealed *organs* sign, each with its `organs` and the `stops` they stand at.

    As many in a row as have room for their names and seals, three at most, the last of all where it
    stands over *date*. `stops` are the middles of three places, from left to right; `gap` is the
    height above the row, in which seals neither meet those above nor leave the text by a line, and
    `foot` how far they reach below the date.
    """
    for most in range(STANDARD.seals_a_row, 0, -1):
        rows = _even(organs, most)
        lengths = {len(row) for row in rows}
        of_length = {length: _middles(rows, length, date, character) for length in lengths}
        middles = [of_length[len(row)] for row in rows]
        if all(middles):
            break
    places = [
        found or [seal_middle(row[-1]["name"], date, character)]
        for row, found in zip(rows, middles, strict=True)
    ]
    heights = [max(map(_seal_height, row)) for row in rows]
    gaps = [seal_gap(heights[0], line) * line]
    gaps += [
        round((above + height) / 2) + STANDARD.seal_space - line
        for above, height in pairwise(heights)
    ]
    return [
        {
            "organs": row,
            "stops": _three(found),
            "gap": max(gap, 1),
            "foot": seal_foot(height, line),
        }
        for row, found, gap, height in zip(rows, places, gaps, heights, strict=True)
    ]


def _three(middles: Sequence[int]) -> list[int]:
    """*middles* and stops behind them that nothing stands at."""
    free = STANDARD.seals_a_row - len(middles)
    return [*middles, *(middles[-1] + more for more in range(1, free + 1))]


def _even(organs: Sequence[Organ], most: int) -> list[Sequence[Organ]]:
    """*organs* in rows of nearly equal length, *most* in one, the longer ones first."""
    count = math.ceil(len(organs) / most)
    least, more = divmod(len(organs), count)
    rows, start = [], 0
    for index in range(count):
        end = start + least + (index < more)
        rows.append(organs[start:end])
        start = end
    return rows


def _middles(rows: Sequence[Sequence[Organ]], length: int, date: str, character: int) -> list[int]:
    """The middles of the places in the *rows* of this *length*; none where they have no room."""
    alike = [row for row in rows if len(row) == length]
    halves = [max(_half(row[column], character) for row in alike) for column in range(length)]
    last = seal_middle(alike[-1][-1]["name"], date, character)
    steps = [left + right + STANDARD.seal_space for left, right in pairwise(halves)]
    first = last - sum(steps)
    if first < halves[0] or last + halves[-1] > STANDARD.text_width:
        return []
    mirrored = max(halves[0], STANDARD.text_width - last)
    spread = max(first - mirrored, 0) / max(len(steps), 1)
    middles = [float(last)]
    for step in reversed(steps):
        middles.insert(0, middles[0] - step - spread)
    return [round(middle) for middle in middles]


def seal_middle(name: str | None, date: str, character: int) -> int:
    """Where the middle of the last 署名, *name*, and of *date* below it is, from the left edge."""
    right = date_indent(name, date, True, character)
    return round(STANDARD.text_width - right - width(date) * character / 2)


def _half(organ: Organ, character: int) -> float:
    """Half of what an organ's name and its seal take of a row."""
    seal = organ["seal"]
    across: int = seal["across"] if seal else STANDARD.seal_width
    return max(across, width(organ["name"]) * character) / 2


def _seal_height(organ: Organ) -> int:
    seal = organ["seal"]
    down: int = seal["down"] if seal else STANDARD.seal_width
    return down


def seal_gap(height: int, line: int) -> int:
    """The empty lines above a 署名 whose seal is so high: its top is within one line of the text.

    GB/T 9704—2012, 7.3.5.1.
    """
    return max(math.ceil((height / 2 + STANDARD.seal_rise) / line) - 1, 0)


def seal_foot(height: int, line: int) -> int:
    """How far a seal that is so high reaches below the 成文日期 that it is pressed over."""
    return max(round(height / 2) - STANDARD.seal_rise - line, 0)


def joint_left(organs: Sequence[Organ], date: str, character: int) -> int:
    """Where the names of unsealed *organs* begin, one below the other (7.3.5.2)."""
    widest = widest_name(organs)
    right = issuer_indent(widest, date, False, character)
    return max(round(STANDARD.text_width - right - width(widest) * character), 0)


def widest_name(organs: Sequence[Organ]) -> str:
    """The longest 署名 of *organs*."""
    return max((str(organ["name"]) for organ in organs), key=width)


FILTERS: dict[str, Callable[..., object]] = {
    "joint_left": joint_left,
    "joint_mark": joint_mark,
    "room_above_joint_mark": room_above_joint_mark,
    "seal_foot": seal_foot,
    "seal_gap": seal_gap,
    "seal_middle": seal_middle,
    "signature_rows": signature_rows,
    "widest_name": widest_name,
}
"""The filters that layouts write into their tags, by their names there."""
