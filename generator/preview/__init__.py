"""LibreOffice and poppler: documents → PDF → PNG, and the fonts that a PDF really carries.

Both are programs of the machine; without them a NoticeError says what to install.
"""

from __future__ import annotations

from generator.preview.many import Printed, print_documents
from generator.preview.office import find_office
from generator.preview.pages import embedded_fonts, to_png
from generator.preview.single import to_pdf

__all__ = [
    "Printed",
    "embedded_fonts",
    "find_office",
    "print_documents",
    "to_pdf",
    "to_png",
]
