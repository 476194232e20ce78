"""文件格式: 版头, 主体, 版记 (GB/T 9704—2012, 7)."""

from __future__ import annotations

from generator.layouts.body import body
from generator.layouts.footers import page_numbers
from generator.layouts.form import Form
from generator.layouts.geometry import Geometry
from generator.layouts.head import head
from generator.layouts.imprint import imprint
from generator.layouts.placing import Mark
from generator.layouts.styles import head_styles, imprint_styles, text_styles


def form(g: Geometry, mark: Mark, *, seals: bool = False) -> Form:
    """The layout with its red head and the box at its end."""
    return Form(
        content=[*head(g, mark), *body(g, g.title_gap, seals=seals), *imprint(g)],
        styles={**text_styles(g), **head_styles(g, mark), **imprint_styles(g)},
        footers=page_numbers(g),
        footer_distance=g.footer_distance,
    )
