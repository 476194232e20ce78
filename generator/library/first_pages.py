"""The first page of the layout that a template fills, as we draw it or as Word has saved it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.compiler.bodies import Body
from generator.compiler.merging.definitions import Definitions, read_definitions, value_of
from generator.layouts.first_page import FirstPage
from generator.layouts.geometry import PROFILES, Geometry
from generator.layouts.placing import Mark, mark_lead
from generator.library.bodies import is_ours
from generator.library.unit_layouts import UnitLayouts
from generator.problems import NoticeError
from generator.wordml import Element, tag_code, tags_in, w


def first_page(chain: Sequence[Body], drawn: UnitLayouts) -> FirstPage | None:
    """What the layout at the end of *chain* leaves of its first page.

    None where no layout of the chain moves 主送机关, or nobody can tell how wide its lines are.
    """
    root = chain[-1]
    if not any(_moves_recipients(body) for body in chain if body.layout):
        return None
    if is_ours(root):
        return drawn.first_page(root.layout)
    try:
        look = _Look(root.content, read_definitions(root.package or {}, root.file))
    except NoticeError:  # told by the compiler
        return None
    return drawn.first_page(root.layout, look.redraw)


def _moves_recipients(layout: Body) -> bool:
    return any("moved_recipients" in tag_code(tag) for tag in tags_in(layout.root))


@dataclass(frozen=True, slots=True)
class _Look:
    """The sheet and the styles of a layout that is a Word document."""

    content: Element
    definitions: Definitions

    def redraw(self, mark: Mark) -> tuple[Geometry, Mark] | None:
        """The numbers that the document has, and the unit's *mark* as it is drawn there.

        What it does not say in twips is that of the standard; None where no text would fit.
        """
        g = self._sheet()
        g = replace(
            g,
            line=self._line("Body Text", g.line),
            body_size=self._in_style("Body Text", "rPr/sz", "val") or g.body_size,
            tracking=self._in_style("Body Text", "rPr/spacing", "val") or 0,
            title_line=self._line("Title", g.title_line),
            red_rule=self._in_style("发文字号", "pPr/pBdr/bottom", "sz") or g.red_rule,
        )
        if min(g.character, g.text_width - 2 * g.character) <= 0:
            return None
        size = self._in_style("发文机关标志", "rPr/sz", "val") or mark.size
        line = self._line("发文机关标志", mark.line)
        return g, replace(mark, size=size, line=line, lead=mark_lead(size / 2, line, g))

    def _sheet(self) -> Geometry:
        """The standard's numbers by the reading of its margins that is nearest, on this sheet."""
        section = self.content.find(w("sectPr"))
        size, margins = (
            None if section is None else section.find(w(name)) for name in ("pgSz", "pgMar")
        )
        edge = _number(margins, "top", PROFILES["office"].top_margin)
        g = min(PROFILES.values(), key=lambda g: abs(g.top_margin - edge))
        wide = _number(size, "w", g.page_width)
        high = _number(size, "h", g.page_height)
        left, right = _number(margins, "left", g.left), _number(margins, "right", g.right)
        top = edge + g.half_leading
        bottom = _number(margins, "bottom", g.bottom_margin) + g.half_leading
        return replace(
            g,
            page_width=wide,
            page_height=high,
            top=top,
            left=left,
            text_width=wide - left - right,
            text_height=high - top - bottom,
        )

    def _line(self, style: str, usual: int) -> int:
        """The exact height of the lines of a paragraph style; *usual* where it is not exact."""
        rule = self._said(style, "pPr/spacing", "lineRule")
        return (rule == "exact" and self._in_style(style, "pPr/spacing", "line")) or usual

    def _in_style(self, style: str, path: str, attribute: str) -> int | None:
        said = self._said(style, path, attribute)
        return int(said) if _WHOLE.fullmatch(said) else None

    def _said(self, style: str, path: str, attribute: str) -> str:
        """What a paragraph style, or else one that it is based on, says; `""` where none does."""
        definitions = self.definitions
        found = definitions.style_by_key.get(("paragraph", style.lower()))
        seen = set()
        while found is not None and found not in seen:
            seen.add(found)
            element = found.find("/".join(map(w, path.split("/"))))
            if element is not None and element.get(w(attribute)) is not None:
                return str(element.get(w(attribute)))
            found = definitions.style_by_id.get(value_of(found, "basedOn"))
        return ""


_WHOLE = re.compile(r"-?[0-9]{1,5}")
"""A number of twips, half-points or eighths of a point; Word reads other units, too."""


def _number(element: Element | None, attribute: str, usual: int) -> int:
    said = "" if element is None else str(element.get(w(attribute), ""))
    return int(said) if _WHOLE.fullmatch(said) else usual
