"""The sheets in `commands/`: what is typed, and what is answered, word for word.

A block `yaml NAME` is a file; in a block `console` each line `$ noticegen …` is run, in the
workspace of `test_cli`, and the lines below it are its answer: output, then problems, then the exit
code in brackets unless it is 0.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import folder
from test_cli import WORKSPACE

from generator.cli import main

SHEETS = sorted((Path(__file__).parent / "commands").glob("*.md"))


def fences(sheet: str) -> Iterator[tuple[str, list[str]]]:
    """The fenced blocks of a sheet: what stands behind the fence, and the lines inside."""
    info, lines = None, []
    for line in sheet.splitlines():
        if info is None and line.startswith("```"):
            info, lines = line[3:], []
        elif line == "```" and info is not None:
            yield info, lines
            info = None
        else:
            lines.append(line)


def answer(command: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What a command prints, problems last, and its exit code in brackets unless it is 0."""
    code = main(shlex.split(command)[1:])
    out, err = capsys.readouterr()
    return [*out.splitlines(), *err.splitlines(), *([f"[{code}]"] if code else [])]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.stem)
def test_the_commands_of_a_sheet_answer_as_it_says(
    sheet: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(folder(tmp_path, WORKSPACE))
    monkeypatch.setenv("NOTICEGEN_CACHE", str(tmp_path / "kept"))
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    for info, lines in fences(sheet.read_text(encoding="utf-8")):
        kind, _, name = info.partition(" ")
        if kind != "console":
            folder(tmp_path, {name: "".join(f"{line}\n" for line in lines)})
            continue
        said: list[str] = []
        for line in lines:
            if line.startswith("$ "):
                said += [line, *answer(line[2:], capsys)]
        assert said == lines
