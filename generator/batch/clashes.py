"""Warnings of documents that have one number: in one run, and of an earlier run."""

from __future__ import annotations

from pathlib import Path

from generator.problems import Location, Message, Problem


def same_number(number: str, where: Location, other: Location) -> Problem:
    """The document at *where* has the *number* of the one that stands before it, at *other*."""
    return Problem(
        "B108",
        Message("the document number {number} is there twice", number=number),
        where,
        Message("the other is that of {other}", other=other),
        "warning",
    )


def left_behind(number: str, where: Location, path: Path) -> Problem:
    """At *path* there is another document of the *number* that the one at *where* has now."""
    return Problem(
        "B110",
        Message(
            "an earlier run made another document of the number {number}: {path}",
            number=number,
            path=path,
        ),
        where,
        Message("delete it if this one has taken its place"),
        "warning",
    )
