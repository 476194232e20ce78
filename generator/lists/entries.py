"""What a list says of one document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.formats import listed


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


def entry_of(context: Mapping[str, Any], file: str) -> Entry:
    """What a list says of the document of *context*, as `Template.context` gave it, in *file*."""
    recipients = context.get("main_recipients")
    return Entry(
        number=str(context.get("document_number") or ""),
        title=str(context.get("title") or ""),
        recipients=listed(recipients, "，") if isinstance(recipients, list) else "",
        date=str(context.get("date_of_issue") or ""),
        file=file,
    )
