"""What became of the rows of a batch."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from generator.problems import Location, Problem

if TYPE_CHECKING:
    from generator.library import Document

State = Literal["made", "unchanged", "checked", "failed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one row."""

    index: int
    """The row's place among the rows, from 0."""
    document: Document | None
    """The finished document where it was not written to a file; None where there was an error."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with the row; warnings of a document that was made, too."""
    state: State = "made"
    """`unchanged` where an earlier run had made the same already, `checked` where only that was
    asked for."""
    place: Location = field(default_factory=lambda: Location(""))
    """Where the row stands."""
    path: Path | None = None
    """The file that holds the document."""
    name: str = ""
    """The name of that file, in an archive, too."""
    title: str = ""
    number: str = ""
    """发文字号; `""` where the template gives none."""
    recipients: str = ""
    """主送机关, as they stand in the document."""
    date: str = ""
    """成文日期 as 2005-03-09."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch has come."""

    stage: Literal["checking", "writing", "printing"]
    done: int
    """Rows that this stage is through with."""
    total: int | None
    """All rows, once they have been counted."""
    failed: int
    """Rows that have an error."""
