"""文件格式: 版头, 主体, 版记 (GB/T 9704—2012, 7)."""

from __future__ import annotations

from generator.layouts.body import body
from generator.layouts.geometry import Geometry
from generator.layouts.head import head
from generator.layouts.imprint import imprint
from generator.layouts.placing import Mark
from generator.wordml import Element


def content(g: Geometry, mark: Mark) -> list[Element]:
    """What stands in the body of the main part."""
    return [*head(g, mark), *body(g, g.title_gap), *imprint(g)]
