"""Where things stand that depend on a document's own words: filters that run while rendering.

Lengths are twips unless a name says otherwise, widths 字 (a digit is half of one). Numbers that a
unit may change come as arguments, written into the tags by the layout.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.formats import width
from generator.layouts.geometry import STANDARD, TWIPS_A_POINT, Geometry


def _widest(text: str | None) -> float:
    """The width of the longest line of *text*."""
    return max(map(width, (text or "").split("\n")))


# --- 版头 ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mark:
    """How the 发文机关标志 is drawn."""

    size: int
    """In half-points."""
    scale: int
    """Width of its characters in per cent."""
    line: int
    """Exact height of its line."""
    lead: int
    """From the top of its line to the top of its ink."""
    preprinted: bool = False
    """Whether it stands on the paper already, with the red rules."""
    alone: bool = False
    """Whether it is the only one where others issue with the organ."""
    tail: str = ""
    """文件 or 令, where it ends so: that stands beside the names of organs that issue together."""
    largest: float = STANDARD.mark_largest
    """In points, of those names."""


MARK_TAILS = ("文件", "命令", "令")
"""What may follow the name of the organ in the 发文机关标志 (7.2.4, 10.2)."""


def mark_tail(mark: str | None) -> str:
    """Which of `MARK_TAILS` the 发文机关标志 *mark* ends in; `""` for a name alone."""
    return next((tail for tail in MARK_TAILS if (mark or "").endswith(tail)), "")


def fit_mark(
    text: str | None,
    size: float | None = None,
    geometry: Geometry = STANDARD,
    *,
    preprinted: bool = False,
) -> Mark:
    """The mark *text* within the width of the 版心, in points of *size* where a unit gives it.

    GB/T 9704—2012, 7.2.4: 35 mm below the top of the 版心, whatever its size.
    """
    characters = max(_widest(text), 1)
    fitting = geometry.text_width / TWIPS_A_POINT / characters
    points = size or min(max(math.floor(fitting), geometry.mark_smallest), geometry.mark_largest)
    line = round(points * TWIPS_A_POINT) + geometry.mark_leading
    return Mark(
        size=round(points * 2),
        scale=min(math.floor(100 * fitting / points), 100),
        line=line,
        lead=mark_lead(points, line, geometry),
        preprinted=preprinted,
        tail=mark_tail(text),
        largest=size or geometry.mark_largest,
    )


def mark_lead(points: float, line: int, geometry: Geometry = STANDARD) -> int:
    """From the top of an exact *line* to the top of the ink of a mark of *points*."""
    ascent = geometry.mark_ascent * points * TWIPS_A_POINT
    return round(geometry.mark_baseline * line - ascent)


def space_before_mark(head: Iterable[object], room: int, line: int) -> int:
    """What is left of *room* above the mark below the lines of 份号, 密级, 紧急程度 that exist.

    GB/T 9704—2012, 7.2.4: those lines stand inside the 35 mm.
    """
    return max(room - line * sum(1 for text in head if text), 0)


def signatory_rows(names: Sequence[str], number: str | None = None) -> list[list[str]]:
    """The 签发人 by lines, two in each (GB/T 9704—2012, 7.2.6); the *number* stands in the last.

    Where it is too long for that, one in each; beside a single name that leaves it no room, it gets
    a line of its own.
    """
    step = STANDARD.signatories_a_line
    rows = [list(names[i : i + step]) for i in range(0, len(names), step)]
    if _leave_room(rows, number):
        return rows
    rows = [[name] for name in names]
    return rows if _leave_room(rows, number) else [*rows, [""]]


def _leave_room(rows: Sequence[Sequence[str]], number: str | None) -> bool:
    """Whether the *number* and an empty character stand before the last of *rows*."""
    label, first, _ = _signatory_starts(rows)
    block = label if len(rows) == 1 else first
    line = STANDARD.text_width // STANDARD.character
    return width(number or "") + 1 <= line - 2 * STANDARD.head_characters - block


def _signatory_starts(rows: Sequence[Sequence[str]]) -> tuple[float, float, float]:
    """How far before its end the label of the 签发人, their first and their second names begin."""
    first = max(width(row[0]) for row in rows)
    second = max((1 + width(row[1]) for row in rows if len(row) > 1), default=0.0)
    return width("签发人：") + first + second, first + second, second - 1


def signatory_stop(rows: Sequence[Sequence[str]], column: int, character: int) -> int:
    """Where a column of the 签发人 *rows* begins: 0 the label, 1 the first names, 2 the second.

    The block ends one character before the right edge, names under names.
    """
    edge = STANDARD.text_width - STANDARD.head_characters * character
    return round(edge - _signatory_starts(rows)[column] * character)


# --- 主体 ----------------------------------------------------------------------------------------


def annex_note_left(annexes: Mapping[str, object], character: int) -> int:
    """Where the names of the 附件说明 begin: after 附件： and, of several, after the number."""
    return round((5 if len(annexes) == 1 else 6) * character)


def annex_note_hanging(number: int, several: bool, character: int) -> int:
    """How far before its name the *number*th line of the 附件说明 begins (7.3.4)."""
    numbered = width(f"{number}.") if several else 0
    return round((numbered + (3 if number == 1 else 0)) * character)


def issuer_indent(issuer: str | None, date: str, sealed: bool, character: int) -> int:
    """The right indent of the 署名 over *date* (GB/T 9704—2012, 7.3.5.1 and 7.3.5.2).

    Sealed: centred on the date. Unsealed: 2 字, more where the date is the longer of the two.
    """
    wide = _widest(issuer) - width(date)
    if sealed:
        characters = max(STANDARD.sealed_date_characters - wide / 2, 0)
    else:
        characters = STANDARD.unsealed_characters
        if wide < 0:
            characters += 2 - wide
    return round(characters * character)


def date_indent(issuer: str | None, date: str, sealed: bool, character: int) -> int:
    """The right indent of the 成文日期 under *issuer*.

    Sealed: 4 字, more where a long 署名 at the right edge would not stand centred on it. Unsealed:
    its first character stands 2 字 to the right of the first of the 署名; 2 字 where it is longer.
    """
    wide = _widest(issuer) - width(date)
    if sealed:
        characters = max(STANDARD.sealed_date_characters, wide / 2)
    else:
        characters = STANDARD.unsealed_characters if wide < 0 else wide
    return round(min(characters * character, STANDARD.text_width - width(date) * character))


def date_left(issuer: str | None, date: str, sealed: bool, character: int) -> int:
    """The left indent at which `date_indent` lets a 成文日期 begin."""
    right = date_indent(issuer, date, sealed, character)
    return max(round(STANDARD.text_width - right - width(date) * character), 0)


def in_brackets(remark: str) -> str:
    """The 附注 in full-width parentheses, once (7.3.6)."""
    return remark if remark[:1] == "（" and remark[-1:] == "）" else f"（{remark}）"


# --- 版记 ----------------------------------------------------------------------------------------


_IMPRINT_ROOM = STANDARD.text_width / STANDARD.imprint_character - 2
"""Characters of a line of the 版记, one in from both edges (7.4.2, 7.4.3)."""


def lines_of(text: str, room: float) -> int:
    """Lines that *text* may take in *room* 字; each may lose one, for marks that start no line."""
    return sum(max(math.ceil(width(line) / (room - 1)), 1) for line in text.split("\n"))


def imprint_gap(printed_by: str | None, date: str) -> str:
    """What stands between 印发机关 and *date*: a tab, after a line end where both are too long."""
    return "\t" if width(f"{printed_by or ''}　{date}印发") <= _IMPRINT_ROOM else "\n\t"


def imprint_height(
    cc: Sequence[str] | None,
    printed_by: str | None,
    date: str,
    recipients: Sequence[str] | None = None,
) -> int:
    """The height of the 版记: *recipients* that moved there, 抄送机关, 印发机关 and their rules."""
    lines = 1
    if "\n" in imprint_gap(printed_by, date):
        lines += lines_of(printed_by or "", _IMPRINT_ROOM)
    return lines * STANDARD.imprint_line + copies_height(cc, recipients)


def copies_height(cc: Sequence[str] | None, recipients: Sequence[str] | None = None) -> int:
    """The height of 抄送机关 alone, as in a 信函, below the *recipients* that moved there."""
    room = _IMPRINT_ROOM - width("抄送：")
    lines = sum(lines_of("，".join(organs) + "。", room) for organs in (cc, recipients) if organs)
    return lines * STANDARD.imprint_line + STANDARD.imprint_spare


FILTERS: dict[str, Callable[..., object]] = {
    "annex_note_hanging": annex_note_hanging,
    "annex_note_left": annex_note_left,
    "copies_height": copies_height,
    "date_indent": date_indent,
    "date_left": date_left,
    "imprint_gap": imprint_gap,
    "imprint_height": imprint_height,
    "in_brackets": in_brackets,
    "issuer_indent": issuer_indent,
    "signatory_rows": signatory_rows,
    "signatory_stop": signatory_stop,
    "space_before_mark": space_before_mark,
}
"""The filters that layouts write into their tags, by their names there."""
