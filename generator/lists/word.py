"""The list as a Word document: a template of the library, rendered like any other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from generator.library import Library
from generator.lists.entries import Entry

TEMPLATE = "document-register"


def word_list(entries: Iterable[Entry], library: Library) -> bytes:
    """The `.docx` that lists *entries*, numbered from 1."""
    rows = [
        {"index": index, **{name: text or None for name, text in asdict(entry).items()}}
        for index, entry in enumerate(entries, 1)
    ]
    return library.template(TEMPLATE).render({"entries": rows})
