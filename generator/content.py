"""Values that are more than text, made in Python: styled text, several paragraphs, a page break.

from generator import content
template.render({"note": content.join(["Due ", content.text("today", bold=True)])})
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.package import ATTRIBUTE_ESCAPES
from generator.runtime.relationships import link_target
from generator.runtime.runs import Joined, PageBreak, Paragraphs, Styled, checked_parts
from generator.runtime.values import Rich, ValueRefused

__all__ = ["PAGE_BREAK", "Content", "join", "paragraphs", "text"]

Content = Rich
"""What the functions here give. As plain text, in a title or an attribute, it is its words."""

PAGE_BREAK: Content = PageBreak()
"""What follows it stands on a new page."""

_COLOUR = re.compile(r"[0-9A-Fa-f]{6}")
_MOST_POINTS = 1_638
"""The largest type that Word sets."""


def text(
    words: str,
    *,
    bold: bool | None = None,
    italic: bool | None = None,
    underline: bool | None = None,
    color: str | None = None,
    size: float | None = None,
    font: str | None = None,
    latin: str | None = None,
    link: str | None = None,
) -> Content:
    """*words* that look as the tag around them, but for what is given here.

    *color* is `RRGGBB`, *size* in points, *font* the typeface, *latin* another one for letters and
    digits beside it, *link* an address of http, https or mailto. Raises ValueError for what cannot
    be.
    """
    properties = []
    if font or latin:
        properties.append(_fonts(font, latin))
    for names, value in ((("b", "bCs"), bold), (("i", "iCs"), italic)):
        if value is not None:
            properties += [f"<w:{name}/>" if value else f'<w:{name} w:val="0"/>' for name in names]
    if color is not None:
        if not _COLOUR.fullmatch(color):
            raise ValueError(f"a colour is six hexadecimal digits such as C00000, not “{color}”")
        properties.append(f'<w:color w:val="{color.upper()}"/>')
    if size is not None:
        half_points = round(size * 2)
        if not 1 <= half_points <= 2 * _MOST_POINTS:
            raise ValueError(f"a size is 0.5 to {_MOST_POINTS} points, not {size}")
        properties += [f'<w:{name} w:val="{half_points}"/>' for name in ("sz", "szCs")]
    if underline is not None:
        properties.append(f'<w:u w:val="{"single" if underline else "none"}"/>')
    if link is not None:
        try:
            link_target(link)
        except ValueRefused as error:
            raise ValueError(str(error.args[0])) from error
    return Styled(words, tuple(properties), link or "")


def join(parts: Iterable[str | Content]) -> Content:
    """Texts and styled texts, one after another in a line."""
    return Joined(checked_parts(tuple(parts)))


def paragraphs(parts: Iterable[str | Content]) -> Content:
    """Several paragraphs; the tag that prints them stands alone in its own."""
    return Paragraphs(checked_parts(tuple(parts)))


def _fonts(font: str | None, latin: str | None) -> str:
    """The typefaces of a run; quotation marks and the like take the East Asian one."""
    if not font:
        raise ValueError("“latin” is the typeface of letters beside “font”, which is missing")
    eastern, western = (name.translate(ATTRIBUTE_ESCAPES) for name in (font, latin or font))
    return (
        f'<w:rFonts w:ascii="{western}" w:hAnsi="{western}" w:eastAsia="{eastern}" '
        f'w:cs="{western}" w:hint="eastAsia"/>'
    )
