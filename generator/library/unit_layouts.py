"""The layouts as a unit has them drawn: with its fonts, deviations, mark and seals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator import layouts
from generator.layouts.first_page import FirstPage
from generator.library.definitions import Json, issuer_mark
from generator.problems import Location
from generator.sources import KeyPath, Source


@dataclass(frozen=True, slots=True)
class UnitLayouts:
    """What draws the layouts of one unit, or those without any."""

    settings: Json
    sources: Sequence[Source]
    """Its unit.yaml, and those of its parents, nearest first."""
    pictures: Mapping[str, object]
    """Its pictures of seals, by their keys; None for one that it does not have."""

    def build(self, name: str) -> bytes:
        """The package of the layout *name*. Raises NoticeError with what the unit cannot have."""
        return layouts.build(name, self._style(name), self._place)

    def first_page(self, name: str, redraw: layouts.Redraw | None = None) -> FirstPage | None:
        """What the layout *name*, by the unit or as Word has it, leaves of its first page."""
        return layouts.first_page_of(name, self._style(name), redraw)

    def _style(self, name: str) -> layouts.LayoutStyle:
        settings = self.settings
        letterhead = settings.get("letterhead") or {}
        seal = "signature_stamp" if name == "order" else "seal"
        return layouts.LayoutStyle(
            fonts=settings.get("fonts") or {},
            deviations=settings.get("deviations") or {},
            mark=issuer_mark(name, settings),
            mark_size=letterhead.get("size"),
            preprinted=bool(letterhead.get("preprinted")),
            margins=settings.get("margins") or "office",
            alone=bool(letterhead.get("alone")),
            seals=self.pictures.get(seal) is not None,
            mirrored=bool(settings.get("mirrored")),
        )

    def _place(self, path: KeyPath) -> Location:
        """Where the unit or its nearest parent says this, or what it would stand in."""
        for length in range(len(path), 0, -1):
            for source in self.sources:
                if path[:length] in source.places or path[:length] in source.keys:
                    return source.place(path[:length])
        return Location(self.sources[0].file if self.sources else "")
