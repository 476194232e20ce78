"""版记 that no page can hold (GI001)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import cast

from generator import formats
from generator.layouts.geometry import STANDARD
from generator.layouts.placing import copies_height, imprint_height
from generator.problems import Location, Message, Problem
from generator.sources import KeyPath

_FEW = 250
"""Characters that are far from filling a page: most documents need no measuring."""


def check_imprint(
    context: Mapping[str, object], place: Callable[[KeyPath], Location]
) -> Iterator[Problem]:
    """The problem of 抄送机关 that take more than a page with what stands below them.

    *context* is all that a template with 版记 sees.
    """
    cc = cast("list[str] | None", context.get("cc"))
    if not cc or (sum(map(len, cc)) < _FEW and "\n" not in "".join(cc)):
        return
    height = copies_height(cc)
    if "printed_by" in context:  # no 信函
        date = formats.date(str(context["date_of_printing"]))
        height = imprint_height(cc, cast("str | None", context["printed_by"]), date)
    if height <= STANDARD.text_height:
        return
    yield Problem(
        "GI001",
        Message(
            "the 版记 would take {lines} lines, a page has {most}",
            lines=_lines(height),
            most=_lines(STANDARD.text_height),
        ),
        place(("cc",)),
        Message("name 抄送机关 of one kind together, such as 各县（区）委"),
    )


def _lines(height: int) -> int:
    return (height - STANDARD.imprint_spare) // STANDARD.imprint_line
