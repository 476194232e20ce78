"""Many rows of values → outcomes, one after another; one bad row never stops the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.library import Document, Template
from generator.problems import NoticeError, Problem


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one row."""

    index: int
    """The row's place among the rows, from 0."""
    document: Document | None
    """The finished document; None where there were problems."""
    problems: tuple[Problem, ...] = ()


def render_rows(template: Template, rows: Iterable[Mapping[str, object]]) -> Iterator[Outcome]:
    """The outcome of each row of values, in their order, as they are asked for.

    *template* is compiled once; memory does not grow with the number of rows.
    """
    for index, row in enumerate(rows):
        try:
            yield Outcome(index, template.document(template.context(template.checked(row))))
        except NoticeError as error:
            yield Outcome(index, None, tuple(error.problems))
