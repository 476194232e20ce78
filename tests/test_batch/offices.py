"""Small batches for tests: a workspace, rows, and what a folder holds afterwards."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from workspaces import VALUES, note_workspace

from generator import Outcome, open_library, render_rows
from generator.library import Library, Template

TABLE = """topic,成文日期,serial,unit,template,出处
清运残雪,2005-03-04,1,city,other,speech
春季植树,2005-03-05,2,county,,
防汛,2005-03-06,3,city,,
"""
"""What `rows.csv` holds."""
Batch = Callable[..., tuple[int, str, str]]
"""Runs a command: its exit code, what it says, and what it complains of."""
ROOT = Path(__file__).parents[2]


def note(root: Path) -> Template:
    """The template `note` of the unit `city`, in a workspace in *root*."""
    return library(root).template("note", "city")


def template_there(root: Path) -> Template:
    """The template `note` as its files in *root* are now."""
    return open_library(root / "workspace", keep=False).template("note", "city")


def library(root: Path) -> Library:
    return open_library(note_workspace(root / "workspace"), keep=False)


def rows_of(count: int) -> list[dict[str, Any]]:
    """Rows for `note`, with numbers from 1."""
    return [{**VALUES, "serial": serial} for serial in range(1, count + 1)]


def table_of(path: Path, count: int) -> Path:
    """The same rows as a table, for the unit `city`."""
    lines = [f"{each['topic']},{each['date_of_issue']},{each['serial']}" for each in rows_of(count)]
    path.write_text("\n".join(["topic,date_of_issue,serial", *lines, ""]), encoding="utf-8")
    return path


def run(
    template: Template, rows: Iterable[Mapping[str, object]], folder: Path, **how: Any
) -> list[Outcome]:
    """The outcomes of rows whose documents are written into *folder*."""
    return list(render_rows(template, rows, folder=folder, **how))


def states(outcomes: Iterable[Outcome]) -> list[str]:
    return [outcome.state for outcome in outcomes]


def said(outcomes: Iterable[Outcome]) -> list[str]:
    """The problems of outcomes, as lines."""
    return [str(problem) for outcome in outcomes for problem in outcome.problems]


def documents(folder: Path) -> dict[str, str]:
    """The digest of each file that a folder shows, by its name."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.name != ".noticegen"
    }


def command(*arguments: object, root: Path) -> subprocess.Popen[str]:
    """A run of `noticegen batch` for the unit `city` in a process of its own."""
    line = [sys.executable, "-m", "generator", "batch", "note", *map(str, arguments)]
    line += ["--unit", "city", "--templates", str(root / "workspace")]
    return subprocess.Popen(
        line,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "LC_ALL": "en_US.UTF-8",
            "NOTICEGEN_CACHE": str(root / "kept"),
        },
        text=True,
        encoding="utf-8",
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
