from __future__ import annotations

from pathlib import Path

import pytest
from builders import folder
from offices import TABLE, Batch
from workspaces import note_workspace

from generator.cli import main


@pytest.fixture
def batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Batch:
    """Runs `noticegen batch …` with one worker in a folder with a workspace and `rows.csv`."""
    note_workspace(tmp_path / "templates")
    folder(tmp_path, {"rows.csv": TABLE})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NOTICEGEN_CACHE", str(tmp_path / "kept"))
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(["batch", *arguments, "--workers", "1"])
        out, err = capsys.readouterr()
        return code, out, err

    return run
