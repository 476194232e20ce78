"""Markdown front end: a body in Markdown with Jinja tags to the tree that the compiler takes.

`reading` shields the tags, `parser` and its rules find the blocks, `lists` gives lists their keys,
`blocks`, `tables` and `runs` build the tree. A value is never read as Markdown: it is printed long
after.
"""

from __future__ import annotations

from generator.markdown.blocks import make_body
from generator.markdown.lists import key_lists
from generator.markdown.parser import parse
from generator.markdown.reading import shield
from generator.problems import NoticeError, Problem, errors
from generator.wordml import DOUBTFUL, Element

TEXT_WIDTH, TEXT_HEIGHT = 8844, 12756
"""The 版心 in twips: 156 by 225 mm (GB/T 9704—2012, 5.2.1)."""


def read_markdown(text: str, file: str, text_width: int = TEXT_WIDTH) -> Element:
    """The content of *text* as a `w:body` with tag nodes; places are lines of *file*.

    Tables are *text_width* twips wide, on pages that lie across TEXT_HEIGHT. Raises NoticeError
    with every problem if one is an error.
    """
    body, problems = survey_markdown(text, file, text_width)
    if errors(problems):
        raise NoticeError(problems)
    return body


def survey_markdown(
    text: str, file: str, text_width: int = TEXT_WIDTH
) -> tuple[Element, list[Problem]]:
    """What `read_markdown` gives, as far as it can be read, and every problem."""
    shielded, reading = shield(text, file, text_width, TEXT_HEIGHT)
    body = make_body(key_lists(parse(shielded, reading), reading), reading)
    if reading.is_doubtful:
        body.set(DOUBTFUL, "1")
    return body, sorted(reading.problems, key=lambda problem: int(problem.where.spot))


__all__ = ["TEXT_WIDTH", "read_markdown", "survey_markdown"]
