"""`[Content_Types].xml` as text, which a render may complete (ISO/IEC 29500-2, 10.1.2.3)."""

from __future__ import annotations

from generator.package import ATTRIBUTE_ESCAPES

TYPES_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
)
TYPES_END = "</Types>"


def default(ending: str, kind: str) -> str:
    """The type *kind* of all parts whose names have this *ending*."""
    return f'<Default Extension="{_quoted(ending)}" ContentType="{_quoted(kind)}"/>'


def override(part: str, kind: str) -> str:
    """The type *kind* of one part, whose name begins with a slash."""
    return f'<Override PartName="{_quoted(part)}" ContentType="{_quoted(kind)}"/>'


def _quoted(text: str) -> str:
    return text.translate(ATTRIBUTE_ESCAPES)
