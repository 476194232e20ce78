"""Requirements that a unit waives, each with its reason: told as notes, never left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from generator.problems import Location, Message, Problem
from generator.rules.requirements import Rule
from generator.sources import KeyPath


def with_waivers(problems: Iterable[Problem], waivers: Mapping[str, str]) -> list[Problem]:
    """*problems*, those whose codes a unit waives as notes with its reason."""
    return [
        replace(problem, level="note", waived=waivers[problem.code])
        if problem.code in waivers
        else problem
        for problem in problems
    ]


def unknown_waivers(
    waivers: Mapping[str, str],
    rules: Iterable[Rule],
    template: str,
    place: Callable[[KeyPath], Location],
) -> list[Problem]:
    """What a unit waives though *template* does not ask for it (R004); *place* takes a code."""
    codes = sorted({code for rule in rules for code in rule.codes})
    hint = Message("it has: {codes}", codes=", ".join(codes) or "—")
    return [
        Problem(
            "R004",
            Message("“{template}” has no requirement {code}", template=template, code=code),
            place((code,)),
            hint,
        )
        for code in waivers
        if code not in codes
    ]
