"""Inputs of the built-in templates with every kind of fault, and all that is said of them."""

from __future__ import annotations

from pathlib import Path

import demo
import pytest

from generator import check
from generator.cli.language import LANGUAGES, load_catalogue
from generator.reporting import problem_line

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
