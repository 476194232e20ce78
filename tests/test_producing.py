"""`render --pdf` and `--list`."""

from __future__ import annotations

import json
import os
from pathlib import Path

import openpyxl
import pytest
from builders import folder
from runs import Ended, Run
from test_cli import INPUT, WORKSPACE
from test_preview import program

PDF = """
while [ $# -gt 0 ]; do
    case "$1" in
    --outdir) shift; out=$1 ;;
    *.docx) {what} ;;
    esac
    shift
done
"""
PRINTS = """printf '%%PDF-1.7\\n%%%%EOF' > "$out/$(basename "$1" .docx).pdf" """
REFUSES = "echo 'Error: source file could not be loaded'"
NAME = "关于植树的通知"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NOTICEGEN_CACHE", str(tmp_path / "kept"))
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    return folder(tmp_path, {**WORKSPACE, "a.yaml": INPUT})


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A false LibreOffice that prints whatever it gets."""
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    program(tmp_path / "bin", "soffice", PDF.format(what=PRINTS))
    return tmp_path / "bin"


def test_each_document_is_printed_beside_itself(noticegen: Run, here: Path, office: Path) -> None:
    ended = noticegen("render", "a.yaml", "-o", "out", "--pdf")
    assert ended == Ended(0, f"out/{NAME}.docx\nout/{NAME}.pdf\n", "")
    assert (here / "out" / f"{NAME}.pdf").read_bytes().startswith(b"%PDF-")


def test_a_document_that_cannot_be_printed_is_named_and_stays(
    noticegen: Run, here: Path, office: Path
) -> None:
    program(office, "soffice", PDF.format(what=REFUSES))
    assert noticegen("render", "a.yaml", "-o", "out", "--pdf") == Ended(
        1,
        f"out/{NAME}.docx\n",
        f"out/{NAME}.docx: B903 LibreOffice made no PDF of this document"
        " (LibreOffice said: Error: source file could not be loaded)\n",
    )


def test_a_pdf_that_is_there_stays_unless_forced(noticegen: Run, here: Path, office: Path) -> None:
    folder(here, {f"out/{NAME}.pdf": "mine"})
    ended = noticegen("render", "a.yaml", "-o", "out", "--pdf")
    assert ended.err.startswith(f"out/{NAME}.pdf: B022 the file exists already")
    assert not (here / "out" / f"{NAME}.docx").exists()
    assert noticegen("render", "a.yaml", "-o", "out", "--pdf", "--force").code == 0
    assert (here / "out" / f"{NAME}.pdf").read_bytes().startswith(b"%PDF-")


def test_without_libreoffice_nothing_is_written(
    noticegen: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(here))
    assert noticegen("render", "a.yaml", "-o", "out", "--pdf").err.startswith("soffice: B901 ")
    assert not (here / "out").exists()


def test_json_tells_where_the_pdf_is(noticegen: Run, here: Path, office: Path) -> None:
    said = json.loads(noticegen("render", "a.yaml", "--pdf", "--format", "json").out)
    assert [document["pdf"] for document in said["documents"]] == [f"{NAME}.pdf"]
    program(office, "soffice", PDF.format(what=REFUSES))
    said = json.loads(noticegen("render", "a.yaml", "--pdf", "--force", "--format", "json").out)
    assert [document["pdf"] for document in said["documents"]] == [None]
    assert [problem["code"] for problem in said["problems"]] == ["B903"]


def test_a_list_says_what_was_produced_and_where_it_is(noticegen: Run, here: Path) -> None:
    folder(here, {"lists/.keep": ""})
    ended = noticegen("render", "a.yaml", "-o", "out", "--list", "lists/three.xlsx")
    assert ended == Ended(0, f"out/{NAME}.docx\nlists/three.xlsx\n", "")
    sheet = openpyxl.load_workbook(here / "lists" / "three.xlsx").active
    row = [cell.value for cell in sheet[2]]
    assert (row[0], row[2], row[5]) == (1, NAME, f"../out/{NAME}.docx")
    assert noticegen("render", "a.yaml", "-o", "b", "--list", "three.docx").code == 0
    assert (here / "three.docx").read_bytes().startswith(b"PK")


def test_a_list_takes_no_other_place(noticegen: Run, here: Path) -> None:
    folder(here, {"there.xlsx": "mine"})
    ended = noticegen("render", "a.yaml", "--list", "there.xlsx")
    assert ended.err.startswith("there.xlsx: B022 the file exists already")
    ended = noticegen("render", "a.yaml", "-o", "a.docx", "--list", "a.docx")
    assert ended.err.startswith("--list: B021 its document has the name of another one: a.docx")
    assert noticegen("render", "a.yaml", "--list", "list.pdf").code == 2
    assert not (here / "a.docx").exists()
