"""The limits of what a template and its values may take, as settings with sensible defaults."""

from __future__ import annotations

from dataclasses import dataclass

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What a template may ask for; one that asks for more is a problem, and makes no document.

    `open_library` and `compile_docx` take them.
    """

    seconds: float = 30.0
    """The time of one render."""
    steps: int = 2_000_000
    """Passes of loops, calls of macros and blocks in one render; long texts and lists cost more."""
    output: int = 64_000_000
    """Characters that one render prints, WordprocessingML and all."""
    value: int = 1_000_000
    """Characters of a text, items of a list that an expression makes."""
    members: int = 2_000
    """Members of a Word template's package."""
    package: int = 256 * _MEGABYTE
    """Bytes of all members together, unpacked."""
    markup: int = 16 * _MEGABYTE
    """Bytes of all members that are XML, unpacked; of a body in Markdown."""
    picture: int = 32 * _MEGABYTE
    """Bytes of one picture that a value gives."""
    pictures: int = 256 * _MEGABYTE
    """Bytes of all pictures of a document that values give."""


DEFAULTS = Limits()
