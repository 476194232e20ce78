"""Layouts: the outermost ancestors of templates, `.docx` packages whose texts hold tags.

`build` makes one for a unit; a body fills its blocks `body` and `annexes`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from generator.layouts.first_page import FirstPage, first_page
from generator.layouts.geometry import PROFILES, Geometry, Place, nowhere, read_deviations
from generator.layouts.placing import Mark, fit_mark
from generator.problems import Message, NoticeError, Problem

LAYOUTS = ("document", "form", "letter", "minutes", "order", "plain")
"""文件格式, 表单, 信函格式, 纪要格式, 命令格式, and papers without 版头 and 版记."""

BLOCKS = {
    **dict.fromkeys(LAYOUTS, ("body", "annexes")),
    "form": ("number", "body", "annexes"),
}
"""By layout the blocks that a template may fill, in their order."""

MARKED = frozenset({"document", "letter", "minutes", "order"})
"""The layouts that bear a 发文机关标志."""

KEPT_BLOCKS = frozenset({"body"})
"""The blocks whose last paragraph stays with 署名 and 成文日期 (GT007)."""


Redraw = Callable[[Mark], tuple[Geometry, Mark] | None]
"""Gives the numbers of a layout, and the mark of a unit as it is drawn there, if they are known."""


@dataclass(frozen=True, slots=True)
class LayoutStyle:
    """What a unit decides about the look of its documents."""

    fonts: Mapping[str, str] = field(default_factory=dict)
    """Font names by class: 仿宋, 楷体, 黑体, 小标宋, 宋体; the usual ones where absent."""
    deviations: Mapping[str, object] = field(default_factory=dict)
    """Rule id → `{value, reason}`, see `geometry.read_deviations`."""
    mark: str | None = None
    """The 发文机关标志, which is fitted to the width of the 版心."""
    mark_size: float | None = None
    """Its size in points, where the unit wants its own."""
    preprinted: bool = False
    """Whether the paper bears the red head already: its place is left blank."""
    margins: str = "office"
    """To what the 天头 is measured, one of `geometry.PROFILES` (GP010)."""
    alone: bool = False
    """Whether its mark stands alone even where others issue with it (7.2.4)."""
    seals: bool = False
    """Whether the unit gives a picture of its seal, or for a 命令 of its head's signature stamp."""
    mirrored: bool = False
    """Whether the inner margin changes sides from page to page (GP003)."""


def build(name: str, style: LayoutStyle | None = None, place: Place = nowhere) -> bytes:
    """The layout *name*, one of `LAYOUTS`, as `.docx` bytes; equal styles give equal bytes.

    *place* tells where the unit's settings stand. Raises NoticeError with every font class and
    every deviation that cannot be, and a mark that is too long.
    """
    # lxml and python-docx are slow to import, and a repeated run needs neither.
    from generator.layouts import bordered, document, letter, minutes, order, plain
    from generator.layouts.fonts import read_fonts
    from generator.layouts.parts import write_package

    style = style or LayoutStyle()
    fonts, problems = read_fonts(style.fonts, place)
    g, more = read_deviations(style.deviations, place, PROFILES[style.margins])
    mark = _mark(style, g)
    if name in MARKED and mark.scale < g.mark_narrowest and not style.preprinted:
        problems.append(_too_long(style.mark or "", mark.size / 2, name, place))
    if problems or more:
        raise NoticeError([*problems, *more])
    drawn = {
        "document": document,
        "form": bordered,
        "letter": letter,
        "minutes": minutes,
        "order": order,
        "plain": plain,
    }
    form = drawn[name].form(g, mark, seals=style.seals)
    return write_package(form, g, fonts, mirrored=style.mirrored)


def first_page_of(name: str, style: LayoutStyle, redraw: Redraw | None = None) -> FirstPage | None:
    """What the layout *name* leaves of its first page, where 主送机关 might take all of it.

    Deviations that `build` would refuse count for nothing; *redraw* gives the numbers of a layout
    that Word has saved.
    """
    g, _ = read_deviations(style.deviations, nowhere, PROFILES[style.margins])
    mark = _mark(style, g)
    numbers = redraw(mark) if redraw else (g, mark)
    return first_page(name, *numbers) if numbers else None


def _mark(style: LayoutStyle, g: Geometry) -> Mark:
    mark = fit_mark(style.mark, style.mark_size, g, preprinted=style.preprinted)
    return replace(mark, alone=style.alone)


def _too_long(mark: str, points: float, layout: str, place: Place) -> Problem:
    message = Message(
        "“{mark}” is too long for a line, even narrowed ({points} points)",
        mark=mark,
        points=f"{points:g}",
    )
    key = "mark" if layout == "document" else f"{layout}_mark"
    hint = Message(
        "use the 规范化简称, or write it in two lines: {key}: {example}",
        key=key,
        example=r'"…\n…"',
    )
    return Problem("B045", message, place(("letterhead", key)), hint)
