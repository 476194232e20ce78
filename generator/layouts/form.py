"""A layout as it is drawn, before it becomes a package."""

from __future__ import annotations

from dataclasses import dataclass

from generator.layouts.styles import Styles
from generator.wordml import Element


@dataclass(frozen=True, slots=True)
class Form:
    """What makes one layout differ from the others."""

    content: list[Element]
    """What stands in the body of the main part."""
    styles: Styles
    footers: dict[str, Element]
    """The `w:ftr` parts by their `w:type`: default (odd pages), even, first."""
    footer_distance: int
    """From the edge of the sheet to the footers."""
