"""Every number of the layouts, once, beside the id of its rule.

GP… GB… GX… are the rows of the project's sheet of GB/T 9704—2012. A unit that deviates says so as
data: `{"GP011": {"value": 560, "reason": "…"}}`.
Units: lengths are twips (1 mm = 56.69, 1 pt = 20), `*_size` half-points, `*_rule` eighths of a
point, `*_gap` empty lines, `*_characters` widths of one 三号 character.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields, replace
from typing import Any, TypeVar

from generator.problems import Location, Message, Problem

Number = TypeVar("Number", int, float)
Place = Callable[[tuple[str | int, ...]], Location]
"""Gives the place of a path of keys in a unit's settings, such as ("deviations", "GP011")."""

TWIPS_A_POINT = 20
EIGHTHS_A_POINT = 8
EMU_A_TWIP = 635


def twips(millimetres: float) -> int:
    """*millimetres* in twips, rounded."""
    return round(millimetres * 1440 / 25.4)


def _by(
    rule: str, number: Number, low: float | None = None, high: float | None = None, unit: str = ""
) -> Number:
    """A field held to *rule*; with bounds (in *unit*), a unit may deviate from it."""
    facts = {"rule": rule, "low": low, "high": high, "unit": unit or "twips"}
    return field(default=number, metadata=facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Geometry:
    """The numbers of a layout: the standard's, where a unit does not deviate."""

    # Sheet and 版心
    page_width: int = _by("GP001", 11906)
    page_height: int = _by("GP001", 16838)
    top: int = _by("GP002", 2098, 36, 38, "mm")
    left: int = _by("GP003", 1588, 27, 29, "mm")
    text_width: int = _by("GP004", 8844)
    text_height: int = _by("GP004", 12756)
    half_leading: int = _by("GP010", 0)
    """From the edge of the type area, which is that of the characters, out to Word's margin."""
    body_size: int = _by("GP007", 32)
    lines: int = _by("GP005", 22)
    """Of a page."""
    line: int = _by("GP011", 579, 500, 640)
    """Exact height of a line: 555–579 give 22 lines, 579 fills the page."""
    tracking: int = _by("GP012", -5, -10, 0)
    """Added after each 三号 character, so that 28 fill 156 mm."""

    # 版头
    mark_top: int = _by("GH005", 1984)
    """From Word's margin to the top of the mark's ink, 35 mm below the top of the 版心."""
    mark_largest: int = _by("GH006", 62)
    """In points; a short mark is drawn so large and no larger."""
    mark_smallest: int = _by("GH006", 36)
    """In points (小初); a longer mark keeps this height and its characters are drawn narrower."""
    mark_narrowest: int = _by("GH006", 50)
    """In per cent of their width; a mark whose characters would be narrower is too long."""
    mark_leading: int = _by("GX010", 80)
    """The exact line of the mark is its size and this much more."""
    mark_baseline: float = _by("GX010", 0.8)
    """Where the baseline stands in an exact line, from its top."""
    mark_ascent: float = _by("GX010", 0.765)
    """Height of the highest ink over the baseline, in em (measured on the stand-in of 小标宋)."""
    joint_mark_smallest: int = _by("GH007", 22)
    """In points, of the names of many organs; smaller than the title they cannot be."""
    joint_mark_narrowest: int = _by("GH007", 40)
    """Width of their characters in per cent: narrower ones are hard to read, which is told."""
    joint_mark_height: int = _by("GH007", 4195)
    """The highest block of names, 74 mm, which leaves room for text on the first page."""
    joint_mark_gap: float = _by("GH007", 0.5)
    """Between the names and 文件, in widths of one of their characters."""
    joint_mark_spare: int = _by("GH007", 40)
    """The width by which a cell is wider than its characters, which else might turn over."""
    number_gap: int = _by("GH008", 2)
    head_characters: int = _by("GH010", 1)
    """In from both edges, of 发文字号 and 签发人 in one line."""
    signatories_a_line: int = _by("GH010", 2)
    red_rule: int = _by("GH011", 8, 4, 24, "1/8 pt")
    red_rule_space: int = _by("GX011", 8)
    """In points; measured: the rule stands 3.98 mm below the digits (4 mm wanted)."""

    # 主体
    title_size: int = _by("GB001", 44)
    title_line: int = _by("GX013", 680, 640, 700)
    title_gap: int = _by("GB001", 2)
    recipients_gap: int = _by("GB002", 1)
    first_page_lines: int = _by("GP009", 2)
    """Of text: one must be there, and a heading stays with what follows it."""
    first_line_characters: int = _by("GB003", 2)
    annex_note_gap: int = _by("GB006", 1)
    sealed_gap: int = _by("GT001", 2)
    """Room for the seal, whose top edge stays within one line of the text above."""
    sealed_date_characters: int = _by("GT001", 4)
    seal_width: int = _by("GT002", 2381)
    """Of a seal that no picture shows: 42 mm, as local governments and their departments have."""
    seal_least: int = _by("GT001", 567)
    """The least side of a picture of a seal or stamp, 10 mm."""
    seal_most: int = _by("GT001", 3402)
    """The largest seal that there is, that of the State Council: 60 mm."""
    seal_rise: int = _by("GT001", 170)
    """From the middle of 署名 and 成文日期 up to that of the seal: they stand slightly below it."""
    seals_a_row: int = _by("GT002", 3)
    seal_space: int = _by("GT002", 113)
    """The least between two seals, 2 mm: they neither touch nor cross."""
    unsealed_gap: int = _by("GT003", 1)
    unsealed_characters: int = _by("GT003", 2)
    annex_title_gap: int = _by("GA003", 1)
    """Between 附件 on line 1 and its title on line 3."""

    # 版记
    imprint_size: int = _by("GI003", 28)
    imprint_character: int = _by("GI003", 280)
    imprint_line: int = _by("GX016", 560)
    imprint_outer_rule: int = _by("GI002", 8)
    imprint_inner_rule: int = _by("GI002", 6)
    imprint_spare: int = _by("GX016", 90)
    """For the rules and the paragraph that ends the box; text that does not fit would be cut."""
    imprint_end_line: int = _by("GI001", 2)
    """Of the empty paragraph after the table in the box: the closing rule stands on its foot."""
    anchor_line: int = _by("GX016", 15)
    """Of the empty paragraphs that Word asks for: 22 lines of 579 leave 18 twips of the 版心."""

    # 信函
    letter_mark_top: int = _by("GF101", 1701)
    """From the edge of the sheet to the top of the mark's ink: 30 mm."""
    letter_rule_length: int = _by("GF102", 9638)
    """170 mm, centred on the sheet."""
    letter_rule: int = _by("GX018", 36)
    letter_rule_space: int = _by("GX018", 4)
    """In points; LibreOffice doubles it in a frame: measured 4.0 mm below the mark's ink."""
    letter_foot: int = _by("GF103", 1134)
    """From the lower double rule to the edge of the sheet: 20 mm."""
    letter_head_gap: int = _by("GX018", 63)
    """Above 份号 and 发文字号, which stand 4.85 mm below the upper rule."""
    letter_rule_line: int = _by("GX018", 20)

    # 命令
    order_mark_top: int = _by("GF201", 1134)
    """From Word's margin to the top of the mark's ink, 20 mm below the top of the 版心."""
    order_text_gap: int = _by("GF202", 2)
    stamp_gap: int = _by("GT005", 2)
    stamp_characters: int = _by("GT005", 4)
    """From the right edge, of the stamp and of the date."""
    stamp_width: int = _by("GT005", 6)
    """Room for the stamp, in characters; the standard names no size."""
    stamp_office_characters: int = _by("GT005", 2)
    """Between 职务 and the stamp."""
    stamp_height: int = _by("GT005", 1134)
    """Room for the stamp of an organ among others that have pictures of theirs: 20 mm."""
    stamp_row_gap: int = _by("GT005", 1)
    """Between the 职务 of two organs, where room is left for stamps of up to 20 mm."""
    stamp_date_gap: int = _by("GT005", 1)
    stamp_middle: float = _by("GT005", 0.38)
    """Height of the middle of a character's ink over the baseline, in em (measured)."""

    # 纪要
    people_gap: int = _by("GF302", 1)

    # Forms, on which the standard is silent
    form_size: int = _by("GF401", 28)
    """四号, of all but the heading."""
    form_line: int = _by("GF401", 480)
    form_title_gap: int = _by("GF401", 240)
    """Below the heading."""
    form_padding: int = _by("GF401", 57)
    """Beside the text of a cell, more than in other tables."""
    form_number_gap: int = _by("GF401", 60)
    """Between the line of the number and the grid."""

    # 页码
    page_number_size: int = _by("GN001", 28)
    page_number_line: int = _by("GX017", 280)
    page_number_indent: int = _by("GN004", 280)
    header_distance: int = _by("GX017", 851)
    footer_distance: int = _by("GX017", 1446)

    # Pages that lie across
    landscape_number_place: int = _by("GX019", 1588)
    """From the left edge of the sheet to the middle of the number: 28 mm, 7 mm outside."""
    landscape_number_width: int = _by("GX019", 454)
    landscape_number_length: int = _by("GX019", 2268)
    """Room for the number: 40 mm."""
    landscape_footer_distance: int = _by("GX019", 600)

    # Tables
    table_size: int = _by("GX021", 24, 18, 32, "1/2 pt")
    table_line: int = _by("GX021", 440)
    table_rule: int = _by("GX021", 4)
    table_padding: int = _by("GX021", 57)

    @property
    def right(self) -> int:
        """What the left margin and the 版心 leave of the sheet."""
        return self.page_width - self.left - self.text_width

    @property
    def letter_rule_indents(self) -> tuple[int, int]:
        """Left and right, from the edges of the 版心 outwards, of a rule across a 信函."""
        outside = (self.page_width - self.letter_rule_length) // 2
        return outside - self.left, outside - self.right

    @property
    def bottom(self) -> int:
        """What 天头 and 版心 leave of the sheet."""
        return self.page_height - self.top - self.text_height

    @property
    def top_margin(self) -> int:
        """Word's margin above the first line."""
        return self.top - self.half_leading

    @property
    def bottom_margin(self) -> int:
        """Word's margin below the last line."""
        return self.bottom - self.half_leading

    @property
    def grid(self) -> int:
        """The pitch of the line grid, on which no text stands (GX001).

        LibreOffice centres its lines on the page and moves the text with them: they must fill it.
        """
        return (self.page_height - self.top_margin - self.bottom_margin) // self.lines

    @property
    def landscape_grid(self) -> int:
        """The same of a page that lies across, which is as high as the 版心 is wide."""
        return self.text_width // (self.text_width // self.line)

    @property
    def character(self) -> int:
        """Advance of one 三号 character, 一字."""
        return self.body_size // 2 * TWIPS_A_POINT + self.tracking


STANDARD = Geometry()


def _to_the_characters(half_leading: int, line: int) -> Geometry:
    """The numbers of the standard where Word's margins stand outside the type area."""
    g = STANDARD
    return replace(
        g,
        half_leading=half_leading,
        line=line,
        mark_top=g.mark_top + half_leading,
        order_mark_top=g.order_mark_top + half_leading,
        imprint_end_line=g.imprint_end_line + half_leading,
    )


PROFILES = {"office": STANDARD, "ofd": _to_the_characters(137, 589)}
"""The two readings of the margins that are accepted (GP010): 37 and 35 mm are Word's, or its are
34.58 and 32.58 mm."""


def deviable() -> dict[str, Field[Any]]:
    """The rule ids that a unit may deviate from, each with its field of `Geometry`."""
    return {f.metadata["rule"]: f for f in fields(Geometry) if f.metadata["low"] is not None}


def nowhere(path: tuple[str | int, ...]) -> Location:
    """The place of settings that no file holds: the path itself."""
    return Location("", ".".join(map(str, path)))


def read_deviations(
    deviations: Mapping[str, object], place: Place = nowhere, standard: Geometry = STANDARD
) -> tuple[Geometry, list[Problem]]:
    """The *standard*'s numbers with a unit's *deviations*, and what of these cannot be.

    Values are in the unit of the rule's number: mm for GP002 and GP003, else as in `Geometry`.
    """
    problems: list[Problem] = []
    changed: dict[str, int] = {}
    for rule, deviation in deviations.items():
        if rule not in deviable():
            problems.append(_not_deviable(rule, place))
            continue
        settings = deviation if isinstance(deviation, Mapping) else {}
        if not str(settings.get("reason") or "").strip():
            problems.append(_without_reason(rule, place))
        number = deviable()[rule]
        value = _within(settings.get("value"), number.metadata)
        if value is None:
            problems.append(_out_of_bounds(rule, number.metadata, place))
        else:
            in_mm = number.metadata["unit"] == "mm"
            changed[number.name] = twips(value) if in_mm else round(value)
    return replace(standard, **changed), problems


def _within(value: object, facts: Mapping[str, Any]) -> float | None:
    try:
        number = float(str(value))
    except ValueError:
        return None
    return number if facts["low"] <= number <= facts["high"] else None


def _not_deviable(rule: str, place: Place) -> Problem:
    message = (
        Message("no unit may deviate from {rule}", rule=rule)
        if any(number.metadata["rule"] == rule for number in fields(Geometry))
        else Message("there is no rule {rule} to deviate from", rule=rule)
    )
    hint = Message("use one of {rules}", rules=", ".join(sorted(deviable())))
    return Problem("B041", message, place(("deviations", rule)), hint)


def _without_reason(rule: str, place: Place) -> Problem:
    message = Message("the deviation from {rule} gives no reason", rule=rule)
    return Problem("B042", message, place(("deviations", rule)), Message("add “reason: …”"))


def _out_of_bounds(rule: str, facts: Mapping[str, Any], place: Place) -> Problem:
    message = Message("the value of the deviation from {rule} cannot be", rule=rule)
    hint = Message(
        "write a number from {low} to {high} ({unit})",
        **{name: facts[name] for name in ("low", "high", "unit")},
    )
    return Problem("B043", message, place(("deviations", rule, "value")), hint)
