"""Inputs of the built-in templates with every kind of fault, and all that is said of them."""

from __future__ import annotations

import re
from pathlib import Path

import demo
import pytest

from generator import check
from generator.cli.language import LANGUAGES, load_catalogue
from generator.reporting import problem_line
from generator.tracing import LONGEST_PHRASE

WRONG = sorted((Path(__file__).parent / "invalid" / "inputs").glob("*.yaml"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", WRONG, ids=lambda file: file.stem)
def test_every_problem_of_a_wrong_input_is_told_word_for_word(file: Path, language: str) -> None:
    said = [
        problem_line(problem, load_catalogue(language)).removeprefix(f"{file.parent}/")
        for problem in check(file, library=demo.demo())
    ]
    expected = file.with_suffix(f".{language}.txt").read_text(encoding="utf-8")
    assert "\n".join(said) + "\n" == expected


def test_every_requirement_of_the_speech_is_broken_by_one_of_them() -> None:
    asked = {
        f"{name}: {code}"
        for name in ("study-week-notice", "issue-list", "standards-submission", "opinion-notice")
        for rule in demo.demo().template(name).requirements
        for code in rule.codes[:1]
        if rule.phrase
    }
    broken = {
        f"{template_of(file)}: {problem.code}"
        for file in WRONG
        for problem in check(file, library=demo.demo())
    }
    assert len(asked) > 25
    assert asked - broken == set()


def test_the_phrases_that_requirements_quote_are_short() -> None:
    phrases = [
        rule.phrase
        for name, _ in demo.demo().templates()
        for rule in demo.demo().template(name).requirements
    ]
    assert max(map(len, phrases)) <= LONGEST_PHRASE


def template_of(file: Path) -> str:
    """The template that an input names."""
    [name] = re.findall(r"^template: (\S+)$", file.read_text(encoding="utf-8"), re.M)
    return str(name)
