"""Sections that begin while a document is rendered: pages that lie across, 版记 on its own page.

In Word a section is said where it ends (ISO/IEC 29500-1, 17.6.17). So what asks for a section ends
the one before, if that is another; the last one is said at the end of the document.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_END = (
    '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="15" w:lineRule="exact"/>{properties}'
    "</w:pPr></w:p>"
)
"""The paragraph that ends a section, as good as invisible (GX016)."""


@dataclass(frozen=True, slots=True)
class Sections:
    """The sections of a template's documents, each as the XML of its `w:sectPr`."""

    first: str
    """The name of the one that a document begins with."""
    opening: str
    """That one, before any other."""
    later: Mapping[str, str]
    """Each of them by its name, after another one."""

    def properties(self, name: str) -> str:
        """What the last section says, if it is *name*; `""` is the first of a document."""
        return self.later[name] if name else self.opening

    def end(self, name: str) -> str:
        """The paragraph that ends the section *name*; `""` is the first of a document."""
        return _END.format(properties=self.properties(name))
