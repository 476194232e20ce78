"""What follows the documents of a batch: the list of them, and their PDFs."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path

import pytest
from builders import folder, paragraphs
from offices import Batch, command, documents, table_of
from openpyxl import load_workbook
from test_preview import program
from workspaces import note_workspace

NAMES = {
    1: "示教〔2005〕1号 关于清运残雪的通知",
    2: "示县教〔2005〕2号 关于春季植树的通知",
    3: "示教〔2005〕3号 关于防汛的通知",
}
OFFICE = """
while [ $# -gt 0 ]; do
    case "$1" in
    --outdir) shift; out=$1 ;;
    *.docx)
        if cmp -s "$1" '{refused}'; then echo 'Error: source file could not be loaded'
        else
            echo >> '{printed}'
            [ -e '{slow}' ] && sleep 60 > '{slow}'
            printf '%%PDF-1.7\\n%%%%EOF' > "$out/$(basename "$1" .docx).pdf"
        fi ;;
    esac
    shift
done
"""
"""A LibreOffice that refuses one document, counts the others, and takes its time if it shall."""


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a false LibreOffice, which is found before any other."""
    place = tmp_path / "bin"
    facts = {name: place / name for name in ("refused", "printed", "slow")}
    program(place, "soffice", OFFICE.format(**facts))
    monkeypatch.setenv("PATH", f"{place}{os.pathsep}{os.environ['PATH']}")
    return place


def printed_by(office: Path) -> int:
    """How many documents the false LibreOffice has printed."""
    count = office / "printed"
    return len(count.read_bytes()) if count.exists() else 0


def rows_of(path: Path) -> list[list[object]]:
    """The rows of a list in Excel, without its head and the times of its dates."""
    sheet = load_workbook(path).worksheets[0]
    _, *rows = sheet.iter_rows(values_only=True)
    return [[*row[:4], str(row[4])[:10], row[5]] for row in rows]


# --- lists ---------------------------------------------------------------------------------------


def test_a_list_has_all_documents_of_the_batch_in_the_order_of_their_rows(batch: Batch) -> None:
    options = ("note", "rows.csv", "-o", "out", "--list", "lists/list.xlsx")
    assert batch(*options)[:2] == (0, "documents made: 3, unchanged: 0, failed: 0\n")
    assert rows_of(Path("lists/list.xlsx")) == [
        [row, *name.split(), None, f"2005-03-0{row + 3}", f"../out/{name}.docx"]
        for row, name in NAMES.items()
    ]
    whole = Path("lists/list.xlsx").read_bytes()
    Path("out", f"{NAMES[2]}.docx").unlink()
    assert batch(*options)[:2] == (0, "documents made: 1, unchanged: 2, failed: 0\n")
    assert batch(*options)[:2] == (0, "nothing to do (documents that are there: 3)\n")
    assert Path("lists/list.xlsx").read_bytes() == whole


def test_a_list_can_be_a_word_document_and_has_no_row_that_failed(batch: Batch) -> None:
    table = Path("rows.csv").read_text(encoding="utf-8").replace("2005-03-05", "2005-02-30")
    folder(Path(), {"rows.csv": table})
    assert batch("note", "rows.csv", "-o", "out", "--list", "out/list.docx")[0] == 1
    assert documents(Path("out")) == {}
    batch("note", "rows.csv", "-o", "out", "--list", "out/list.docx", "--keep-going")
    words = paragraphs(Path("out/list.docx").read_bytes())
    assert [word for word in words if word.endswith(".docx")] == [
        f"{NAMES[1]}.docx",
        f"{NAMES[3]}.docx",
    ]


def test_a_list_of_an_archive_names_the_files_in_it(batch: Batch) -> None:
    batch("note", "rows.csv", "--zip", "all.zip", "--list", "list.xlsx")
    assert [row[-1] for row in rows_of(Path("list.xlsx"))] == [
        f"all.zip/{NAMES[number]}.docx" for number in (1, 2, 3)
    ]
    assert batch("note", "rows.csv", "--zip", "other.zip", "--list", "list.xlsx") == (
        1,
        "",
        "list.xlsx: B022 the file exists already"
        " (choose another place with -o, or replace it with --force)\n",
    )


def test_a_list_that_somebody_edited_is_kept_before_anything_is_written(batch: Batch) -> None:
    options = ("note", "rows.csv", "-o", "out", "--list", "list.xlsx")
    batch(*options)
    Path("list.xlsx").write_bytes(b"edited")
    Path("out", f"{NAMES[2]}.docx").unlink()
    assert batch(*options) == (
        1,
        "",
        "list.xlsx: B103 the file was edited since a batch made it"
        " (move it away to keep it, or replace it with --force)\n",
    )
    assert len(documents(Path("out"))) == 2
    assert batch(*options, "--force")[0] == 0
    assert len(rows_of(Path("list.xlsx"))) == 3


def test_a_list_does_not_take_the_place_of_a_document(batch: Batch) -> None:
    name = f"out/{NAMES[2]}.docx"
    assert batch("note", "rows.csv", "-o", "out", "--list", name)[::2] == (
        1,
        f"{name}: B102 a file of this name is there, and no batch made it"
        " (choose another place, or replace it with --force)\n",
    )
    assert "关于春季植树的通知" in "".join(paragraphs(Path(name).read_bytes()))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "out", "--list", "a.csv"], "--list: a list is written as .xlsx or .docx"),
        (
            ["--zip", "a.zip", "--pdf"],
            "--pdf: PDFs lie beside documents in a folder; name one with -o",
        ),
    ],
)
def test_what_cannot_follow_is_wrong_usage(batch: Batch, arguments: list[str], said: str) -> None:
    code, _, err = batch("note", "rows.csv", *arguments)
    assert (code, err.splitlines()[-1]) == (2, f"Error: Invalid value for {said}")
    assert not Path("out").exists()


# --- PDFs ----------------------------------------------------------------------------------------


def test_only_documents_without_their_own_pdf_are_printed(batch: Batch, office: Path) -> None:
    options = ("note", "rows.csv", "-o", "out", "--pdf")
    assert batch(*options) == (
        0,
        "documents made: 3, unchanged: 0, failed: 0\nPDFs printed: 3, failed: 0\n",
        "",
    )
    assert sorted(path.stem for path in Path("out").glob("*.pdf")) == sorted(NAMES.values())
    assert batch(*options)[1] == "nothing to do (documents that are there: 3)\n"
    assert printed_by(office) == 3
    Path("out", f"{NAMES[1]}.pdf").unlink()
    table = Path("rows.csv").read_text(encoding="utf-8").replace("2005-03-05", "2005-03-07")
    folder(Path(), {"rows.csv": table})
    assert batch(*options)[1] == (
        "documents made: 1, unchanged: 2, failed: 0\nPDFs printed: 2, failed: 0\n"
    )
    assert printed_by(office) == 5


def test_documents_that_are_there_already_get_their_pdfs(batch: Batch, office: Path) -> None:
    batch("note", "rows.csv", "-o", "out")
    assert batch("note", "rows.csv", "-o", "out", "--pdf")[1] == (
        "nothing to do (documents that are there: 3)\nPDFs printed: 3, failed: 0\n"
    )


def test_a_document_that_is_refused_is_named_and_the_others_are_printed(
    batch: Batch, office: Path
) -> None:
    batch("note", "rows.csv", "-o", "out")
    refused = Path("out", f"{NAMES[2]}.docx")
    (office / "refused").write_bytes(refused.read_bytes())
    assert batch("note", "rows.csv", "-o", "out", "--pdf") == (
        1,
        "nothing to do (documents that are there: 3)\nPDFs printed: 2, failed: 1\n",
        f"{refused}: B903 LibreOffice made no PDF of this document"
        " (LibreOffice said: Error: source file could not be loaded)\n",
    )
    code, out, _ = batch("note", "rows.csv", "-o", "out", "--pdf", "--format", "json")
    told = json.loads(out.splitlines()[-1])
    assert (code, told["path"], told["pdf"]) == (1, str(refused), None)
    assert [problem["code"] for problem in told["problems"]] == ["B903"]


def test_a_pdf_that_is_not_ours_is_in_the_way_before_anything_is_written(
    batch: Batch, office: Path
) -> None:
    theirs = Path("out", f"{NAMES[2]}.pdf")
    folder(Path(), {str(theirs): "theirs"})
    options = ("note", "rows.csv", "-o", "out", "--pdf")
    assert batch(*options)[::2] == (
        1,
        f"{theirs}: B102 a file of this name is there, and no batch made it"
        " (choose another place, or replace it with --force)\n",
    )
    assert list(documents(Path("out"))) == [theirs.name]
    assert batch(*options, "--force")[1].endswith("PDFs printed: 3, failed: 0\n")
    assert theirs.read_bytes().startswith(b"%PDF")


def test_without_libreoffice_nothing_is_written(
    batch: Batch, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    code, _, err = batch("note", "rows.csv", "-o", "out", "--pdf")
    assert (code, err.partition(" ")[2][:4]) == (1, "B901")
    assert not Path("out").exists()


def test_ctrl_c_ends_libreoffice_and_the_same_command_prints_the_rest(
    tmp_path: Path, office: Path
) -> None:
    note_workspace(tmp_path / "workspace")
    line = (table_of(tmp_path / "rows.csv", 3), "-o", tmp_path / "out", "--workers", 1, "--pdf")
    reader = _pipe(office / "slow")
    batch = command(*line, root=tmp_path)
    while not printed_by(office):
        assert batch.poll() is None
        time.sleep(0.02)
    os.killpg(batch.pid, signal.SIGINT)
    out, err = batch.communicate(timeout=30)
    assert (out, err, batch.returncode) == (
        "stopped; documents made: 3, unchanged: 0, failed: 0; the same command goes on from here\n",
        "",
        130,
    )
    assert os.read(reader, 1) == b""  # what was slow has ended, too
    os.close(reader)
    (office / "slow").unlink()
    assert command(*line, root=tmp_path).communicate()[0] == (
        "nothing to do (documents that are there: 3)\nPDFs printed: 3, failed: 0\n"
    )


def _pipe(path: Path) -> int:
    """The reading end of a pipe at *path*."""
    os.mkfifo(path)
    return os.open(path, os.O_RDONLY | os.O_NONBLOCK)


def test_a_real_libreoffice_prints_a_batch(batch: Batch, press: None) -> None:
    assert batch("note", "rows.csv", "-o", "out", "--pdf") == (
        0,
        "documents made: 3, unchanged: 0, failed: 0\nPDFs printed: 3, failed: 0\n",
        "",
    )
    assert all(path.read_bytes()[:5] == b"%PDF-" for path in Path("out").glob("*.pdf"))
    assert batch("note", "rows.csv", "-o", "out", "--pdf")[1] == (
        "nothing to do (documents that are there: 3)\n"
    )
