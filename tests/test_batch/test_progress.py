"""What a terminal shows of a batch while it runs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from offices import ROOT, note, table_of

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo terminals in Python", allow_module_level=True)

import pty

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def shown(root: Path, *arguments: object) -> tuple[str, str]:
    """What a batch for the unit `city` shows on a terminal, its stderr, and writes to stdout."""
    ours, theirs = pty.openpty()
    usual = {**os.environ, "TERM": "xterm", "COLUMNS": "100", "LC_ALL": "en_US.UTF-8"}
    usual |= {"PYTHONPATH": str(ROOT), "NOTICEGEN_CACHE": str(root / "kept")}
    line = [sys.executable, "-m", "generator", "batch", "note", *map(str, arguments)]
    line += ["--unit", "city", "--templates", str(root / "workspace"), "-o", str(root / "out")]
    process = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=theirs, text=True, env=usual)
    os.close(theirs)
    seen = b""
    try:
        while some := os.read(ours, 65536):
            seen += some
    except OSError:  # how Linux says that the other end is closed
        pass
    finally:
        os.close(ours)
    out, _ = process.communicate()
    return ESCAPES.sub("", seen.decode()), out


def test_a_terminal_shows_the_stage_the_rows_their_rate_and_the_failures(tmp_path: Path) -> None:
    note(tmp_path)
    table = table_of(tmp_path / "rows.csv", 400)
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace("2005-03-04,7\n", "2005-03-94,7\n"), encoding="utf-8")
    bar, out = shown(tmp_path, table, "--keep-going", "--workers", 1)
    assert out == "documents made: 399, unchanged: 0, failed: 1\n"
    assert "checking" in bar
    assert "writing" in bar
    assert "399/399" in bar
    assert "1 failed" in bar
    assert re.search(r"\d+/s", bar)
    assert re.search(r"\d:\d\d:\d\d", bar)
    assert "D104 the date “2005-03-94” does not exist" in bar


def test_json_and_a_file_are_not_told_of_progress(tmp_path: Path) -> None:
    note(tmp_path)
    table = table_of(tmp_path / "rows.csv", 3)
    bar, out = shown(tmp_path, table, "--format", "json")
    assert bar == ""
    assert out.count("\n") == 3
