"""公示 and other papers without 版头 and 版记; the standard is silent on them (GF401)."""

from __future__ import annotations

from generator.layouts.body import body
from generator.layouts.geometry import Geometry
from generator.layouts.paragraphs import closing_line, when
from generator.layouts.placing import Mark
from generator.wordml import Element


def content(g: Geometry, mark: Mark) -> list[Element]:
    """What stands in the body of the main part: 主体 alone, its title on the first line."""
    return [*body(g, 0), *when("annexes", closing_line(g.anchor_line))]
