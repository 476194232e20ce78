"""The list of what was produced (发文登记表), as an Excel or a Word file."""

from __future__ import annotations

from collections.abc import Iterable

from generator.library import Library
from generator.lists.entries import Entry, entry_of
from generator.lists.spreadsheet import spreadsheet
from generator.lists.word import word_list

__all__ = ["Entry", "entry_of", "list_file"]


def list_file(name: str, entries: Iterable[Entry], library: Library) -> bytes:
    """The content of the list of *entries*, whose form the ending of its *name* decides.

    Equal entries give equal bytes. A Word list is made of the library's template
    `document-register`. Raises NoticeError where that has a problem.
    """
    if name.lower().endswith(".xlsx"):
        return spreadsheet(entries)
    return word_list(entries, library)
