"""What a list says of one document."""

from __future__ import annotations

from dataclasses import dataclass

from generator.formats import listed
from generator.library import Document


@dataclass(frozen=True, slots=True)
class Entry:
    """One document that was produced."""

    number: str
    """发文字号; `""` without one."""
    title: str
    recipients: str
    """主送机关, as they stand in the document."""
    date: str
    """成文日期 as 2005-03-09; `""` without one."""
    file: str
    """Where it is, as a reader of the list finds it."""


def entry_of(document: Document, file: str) -> Entry:
    """What a list says of *document*, which was written to *file*."""
    values = document.values
    recipients = values.get("main_recipients")
    return Entry(
        number=document.number,
        title=document.title,
        recipients=listed(recipients, "，") if isinstance(recipients, list) else "",
        date=str(values.get("date_of_issue") or ""),
        file=file,
    )
