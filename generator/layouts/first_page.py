"""Whether the first page shows text below its 主送机关 (GB/T 9704—2012, 7.3.2 and 7.3.3; GP009).

Nobody sees pages before they are printed, but what stands above the text has heights that are
known, and the 主送机关 a width. The estimate is on the safe side: each of their lines may lose a
character to a mark that begins no line, and a heading asks for a line of text below it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.layouts.geometry import EIGHTHS_A_POINT, TWIPS_A_POINT, Geometry
from generator.layouts.placing import Mark, copies_height, lines_of, signatory_rows
from generator.layouts.seating import joint_mark


@dataclass(frozen=True, slots=True)
class FirstPage:
    """The first page of a layout; lengths are twips."""

    room: int
    """What its head and the empty lines around the title leave of it."""
    line: int
    title_line: int
    characters: float
    """The width of a line in 字."""
    wanted: int
    """Lines of text that must stand on it."""
    imprint_room: int
    """What a page has for 主送机关 and 抄送机关 in its 版记."""
    has_labels_below: bool = False
    """Whether 份号, 密级 and 紧急程度 push the text down, as in a 信函."""
    stacked: Mark | None = None
    """The mark of one organ, where the names of several stand one over the other instead."""

    def is_crowded(self, context: Mapping[str, Any]) -> bool:
        """Whether the 主送机关 that a template sees in *context* leave no room for text."""
        recipients = context.get("main_recipients")
        if not recipients:
            return False
        lines = lines_of("，".join(recipients) + "：", self.characters)
        if signatory := context.get("signatory"):
            lines += len(signatory_rows(signatory, context.get("document_number"))) - 1
        if self.has_labels_below:
            labels = map(context.get, ("copy_number", "classification", "urgency"))
            lines += max(sum(map(bool, labels)) - 1, 0)
        title = (str(context.get("title_lines") or "").count("\n") + 1) * self.title_line
        return (lines + self.wanted) * self.line + title + self._more_mark(context) > self.room

    def _more_mark(self, context: Mapping[str, Any]) -> int:
        """How much higher than one mark those of several organs are."""
        organs = context.get("issuing_organs") or ()
        if self.stacked is None or len(organs) < 2:
            return 0
        drawn = joint_mark(organs, self.stacked.tail, self.stacked.largest)
        return len(organs) * drawn["line"] - self.stacked.line

    def moved(self, context: Mapping[str, Any]) -> list[str] | None:
        """The 主送机关 that stand in the 版记; None where they stay, or fit nowhere."""
        if not self.is_crowded(context):
            return None
        recipients = list(context["main_recipients"])
        height = copies_height(context.get("cc"), recipients)
        return recipients if height <= self.imprint_room else None


def first_page(layout: str, g: Geometry, mark: Mark) -> FirstPage | None:
    """The first page of *layout*; None for one without 主送机关 or without 版记."""
    heads = {"document": _document_head, "letter": _letter_head}
    if layout not in heads:
        return None
    gaps = (g.title_gap + g.recipients_gap) * g.line
    return FirstPage(
        room=g.text_height - heads[layout](g, mark) - gaps,
        line=g.line,
        title_line=g.title_line,
        characters=g.text_width / g.character,
        wanted=g.first_page_lines,
        imprint_room=g.text_height
        - 2 * g.imprint_line,  # 印发机关, and its date where both are long
        has_labels_below=layout == "letter",
        stacked=mark if layout == "document" and not mark.alone else None,
    )


def _document_head(g: Geometry, mark: Mark) -> int:
    """From the top of the 版心 to the red rule (7.2)."""
    number = (g.number_gap + 1) * g.line
    rule = g.red_rule_space * TWIPS_A_POINT + g.red_rule * TWIPS_A_POINT // EIGHTHS_A_POINT
    return g.mark_top - mark.lead + mark.line + number + rule


def _letter_head(g: Geometry, mark: Mark) -> int:
    """From the top of the 版心 to the foot of the line with 发文字号 (10.1)."""
    space = 2 * g.letter_rule_space * TWIPS_A_POINT
    rule = space + g.letter_rule * TWIPS_A_POINT // EIGHTHS_A_POINT
    frame = g.letter_mark_top - mark.lead + mark.line + rule - g.top_margin
    return max(frame, 0) + g.letter_head_gap + g.line
