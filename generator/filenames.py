"""Names of files that Windows, macOS and Linux all take."""

from __future__ import annotations

import re
import unicodedata

ENDING = ".docx"
MAX_CHARACTERS = 120
MAX_BYTES = 250
"""File systems take 255 bytes in UTF-8, which are but 85 Chinese characters."""

_FORBIDDEN = str.maketrans('\\/:*?"<>|', "＼／：＊？＂＜＞｜")
"""What Windows forbids in a name → the full-width sign, which reads the same."""
_RESERVED = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³]) *(?:\.|$)", re.I)
"""Windows takes these for devices, whatever ending follows."""


def safe_name(text: str) -> str:
    """*text* as the name of a `.docx` that Windows, macOS and Linux take; ending included.

    At most 120 characters and 250 bytes; `document.docx` where nothing is left of *text*.
    """
    printable = text.translate(_FORBIDDEN)
    if not printable.isprintable():
        printable = "".join(c if c.isprintable() else " " for c in printable)
    stem = " ".join(printable.split()).strip(" .")
    if _RESERVED.match(stem):
        stem = f"_{stem}"
    stem = stem[: MAX_CHARACTERS - len(ENDING)]
    stem = stem.encode()[: MAX_BYTES - len(ENDING)].decode(errors="ignore").rstrip(" .")
    return (stem or "document") + ENDING


def same_file(name: str) -> str:
    """What names have in common that some system holds for one: `A.docx` and `a.docx`."""
    return unicodedata.normalize("NFC", name).casefold()
