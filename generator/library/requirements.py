"""The requirements of a template.yaml, ready to be held against values."""

from __future__ import annotations

from generator.compiler.patterns import Expressions
from generator.library.definitions import Definition
from generator.problems import Location, NoticeError, Problem
from generator.rules import Rule, read_requirements
from generator.sources import KeyPath
from generator.tagging import wide_problems


def compile_requirements(definition: Definition, expressions: Expressions) -> tuple[Rule, ...]:
    """The requirements; *expressions* takes theirs. Raises NoticeError with all their problems."""
    entries = definition.values.get("requirements") or []

    def place(path: KeyPath) -> Location:
        return definition.place("requirements", *path)

    requirements = read_requirements(entries, lambda path: definition.place(*path))
    problems: list[Problem] = []
    for index, requirement in enumerate(requirements):
        for key in ("message", "hint"):
            problems += wide_problems(getattr(requirement, key, ""), place((index, key)))
        for expression in requirement.expressions:
            try:
                expressions.add(expression, place((index,)))
            except NoticeError as error:
                problems += error.problems
    if problems:
        raise NoticeError(problems)
    return tuple(requirements)
