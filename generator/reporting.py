"""Problems and outcomes → plain lines in one language, JSON objects, tables.

A line is `file:line:column: CODE what is wrong (what to do)`, never wrapped: it can be searched,
and editors jump to it. Errors are the rule and stand unmarked; `warning:` and `note:` follow the
code. `Translate` maps an English form to its translation; `str` is English itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from generator.columns import display_width, padded
from generator.problems import Location, Message, Problem
from generator.refusals import understood

if TYPE_CHECKING:
    from generator.batch.outcomes import Outcome

Translate = Callable[[str], str]

_GAP = "  "
_CONTROLS = {
    code: repr(chr(code))[1:-1]
    for code in (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, *range(0x202A, 0x202F))
}
"""Characters that would break a line or steer a terminal, and what stands for them."""


def say(text: str, translate: Translate) -> str:
    """*text* in the language of *translate*; text that is no `Message` stays as it is."""
    return text.explained(understood).said_in(translate) if isinstance(text, Message) else text


def said_place(where: Location, translate: Translate) -> Location:
    """*where* in the language of *translate*."""
    return Location(where.file, say(where.spot, translate))


def one_line(text: str) -> str:
    """*text* with what would break a line or steer a terminal made visible: `\\n`, `\\x1b`."""
    return text.translate(_CONTROLS)


def problem_line(problem: Problem, translate: Translate = str) -> str:
    """A problem as one plain line, without a line end."""
    message = problem.message
    if problem.level == "warning":
        message = Message("warning: {message}", message=message)
    elif problem.level == "note":
        message = Message("note: {message}", message=message)
    if problem.remark:
        message = Message("{message} ({hint})", message=message, hint=problem.remark)
    where = said_place(problem.where, translate)
    place = f"{where}: " if str(where) else ""
    return one_line(f"{place}{problem.code} {say(message, translate)}")


def problem_object(problem: Problem, translate: Translate = str) -> dict[str, Any]:
    """A problem as a JSON object.

    `line` and `column` are numbers from 1, None where the place has none; `spot` is the place
    within the file as it is written. `value` is where the value stands that a template failed on,
    `waived` the reason for which a unit need not hold to the requirement.
    """
    spot = say(problem.where.spot, translate)
    numbers = [int(part) if part.isdecimal() else None for part in spot.split(":")]
    line, column = (*numbers, None)[:2] if len(numbers) <= 2 else (None, None)
    return {
        "file": problem.where.file,
        "line": line,
        "column": column,
        "spot": spot,
        "code": problem.code,
        "level": problem.level,
        "message": say(problem.message, translate),
        "hint": say(problem.hint, translate),
        "value": str(problem.value) if problem.value else None,
        "waived": problem.waived or None,
    }


def outcome_object(outcome: Outcome, translate: Translate = str) -> dict[str, Any]:
    """What became of a row of a batch as a JSON object.

    `row` counts from 1; `path` is null in an archive, where `name` is what its file is called.
    """
    return {
        "row": outcome.index + 1,
        "file": outcome.place.file,
        "spot": say(outcome.place.spot, translate),
        "state": outcome.state,
        "path": None if outcome.path is None else str(outcome.path),
        "name": outcome.name,
        "title": outcome.title,
        "number": outcome.number,
        "problems": [problem_object(problem, translate) for problem in outcome.problems],
    }


def count_line(inputs: int, problems: Iterable[Problem], templates: int = 0) -> Message:
    """What a check of inputs, templates or both came to, in numbers."""
    levels = [problem.level for problem in problems]
    if not levels and not templates:
        return Message("no problems (inputs checked: {inputs})", inputs=inputs)
    if not levels:
        return Message(
            "no problems (templates checked: {templates}; inputs checked: {inputs})",
            templates=templates,
            inputs=inputs,
        )
    counted = Message(
        "inputs checked: {inputs}; errors: {errors}, warnings: {warnings}, notes: {notes}",
        inputs=inputs,
        errors=levels.count("error"),
        warnings=levels.count("warning"),
        notes=levels.count("note"),
    )
    if templates:
        return Message("templates checked: {templates}; {rest}", templates=templates, rest=counted)
    return counted


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of *problems* is an error; warnings and notes stop nothing."""
    return any(problem.level == "error" for problem in problems)


def table(
    heads: Sequence[str], rows: Iterable[Sequence[str]], translate: Translate = str
) -> list[str]:
    """The lines of a table: heads, then rows, in columns as wide as their widest cell."""
    return aligned([[say(cell, translate) for cell in row] for row in (heads, *rows)])


def aligned(rows: Iterable[Sequence[str]]) -> list[str]:
    """Rows of cells as lines, in columns as wide as their widest cell."""
    lines = [[one_line(cell) for cell in row] for row in rows]
    widths = [max(map(display_width, column)) for column in zip(*lines, strict=True)]
    return [_GAP.join(map(padded, line, widths)).rstrip() for line in lines]
