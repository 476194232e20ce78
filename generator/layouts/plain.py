"""公示 and other papers without 版头 and 版记; the standard is silent on them (GF401)."""

from __future__ import annotations

from generator.layouts.body import body
from generator.layouts.footers import page_numbers
from generator.layouts.form import Form
from generator.layouts.geometry import Geometry
from generator.layouts.paragraphs import closing_line, when
from generator.layouts.placing import Mark
from generator.layouts.styles import text_styles


def form(g: Geometry, _: Mark, *, seals: bool = False) -> Form:
    """主体 alone, its title on the first line."""
    return Form(
        content=[*body(g, 0, seals=seals), *when("annexes", closing_line(g.anchor_line))],
        styles=text_styles(g),
        footers=page_numbers(g),
        footer_distance=g.footer_distance,
    )
