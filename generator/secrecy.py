"""What a classified document (涉密公文) must bear: 条例, 9(1) and 9(2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from generator.problems import Location, Message, Problem
from generator.sources import KeyPath

_STAR = "★"


def check_secrecy(
    values: Mapping[str, object], place: Callable[[KeyPath], Location]
) -> Iterator[Problem]:
    """The 份号 (GH001) and the period (GH002) that the 密级 of *values* asks for and are missing.

    Each has the form that its schema asks for.
    """
    classification = values.get("classification")
    if not classification or "copy_number" not in values:
        return
    where = place(("classification",))
    if not values["copy_number"]:
        yield Problem(
            "GH001",
            Message("a classified document has no number of its copy (copy_number / 份号)"),
            where,
            Message("add “copy_number: 000001”; in a batch, --copy-number 000001 counts on"),
        )
    if _STAR not in str(classification):
        yield Problem(
            "GH002",
            Message("“{classification}” says no period", classification=classification),
            where,
            Message("write how long, such as {example}", example=f"{classification}★1年"),
            "warning",
        )
