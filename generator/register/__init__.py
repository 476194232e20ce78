"""The register of document numbers (发文字号): gapless, never twice, in one SQLite file.

A number is taken in one transaction before its document is written and belongs to that document's
key from then on: whatever ends the program in between, the same run again gets the same number.
It *waits* until `mark_made` says that the document is there.
"""

from __future__ import annotations

from generator.register.book import Entry, State, entries, reserve, void
from generator.register.numbering import (
    Numbering,
    Request,
    assign,
    give_back,
    identity_of,
    key_of,
    mark_made,
    numbering,
)
from generator.register.requests import PROVISIONAL, new_register, request_for
from generator.register.series import Series, read_number

__all__ = [
    "PROVISIONAL",
    "Entry",
    "Numbering",
    "Request",
    "Series",
    "State",
    "assign",
    "entries",
    "give_back",
    "identity_of",
    "key_of",
    "mark_made",
    "new_register",
    "numbering",
    "read_number",
    "request_for",
    "reserve",
    "void",
]
