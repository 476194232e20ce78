"""Numbered headings of a whole text, whose highest level comes first (GB/T 9704—2012, 7.3.3)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.compiler.bodies import Body
from generator.compiler.groups import keyword
from generator.formats import HEADING_NUMBERS
from generator.places import place
from generator.problems import Message, Problem
from generator.wordml import tag_code, tag_spot, tags_in

_HEADING = re.compile(r"\"(.+)\" \| heading_number")
_OF_OTHERS = frozenset({"include", "import", "from"})


def first_headings(chain: Iterable[Body]) -> list[Problem]:
    """A warning where the first heading of a text is none of the highest level (T032).

    A text is what fills a layout. What is included in it may bring headings of its own.
    """
    problems = []
    for body in chain:
        tags = list(tags_in(body.root)) if body.fills else []
        if any(keyword(tag) in _OF_OTHERS for tag in tags):
            continue
        numbers = ((tag, _HEADING.fullmatch(tag_code(tag))) for tag in tags)
        first = next(((tag, found[1]) for tag, found in numbers if found), None)
        if first and first[1] != HEADING_NUMBERS[0]:
            tag, number = first
            highest = HEADING_NUMBERS[0]
            message = Message(
                "the first heading is numbered {number}, and none {highest} stands before it",
                number=number,
                highest=highest,
            )
            hint = Message("begin with “# …”, which is numbered {highest}", highest=highest)
            where = place(body.file, tag_spot(tag))
            problems.append(Problem("T032", message, where, hint, "warning"))
    return problems
