"""A compiled template and values → the bytes of a document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from generator.compiler.compiled import CompiledTemplate
from generator.package import write


def render(
    template: CompiledTemplate,
    values: Mapping[str, Any],
    clock: Callable[[], float] | None = None,
) -> bytes:
    """The `.docx` that *template* makes of *values*; *clock* gives seconds for the deadline.

    Raises NoticeError with the place in the template.
    """
    parts = template.text(values, clock).encode().split(b"\0")
    return write(template.packed, zip(template.parts, parts, strict=True))
