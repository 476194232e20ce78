"""Many documents for each call of LibreOffice, and the guilty one named."""

from __future__ import annotations

import os
import select
from collections.abc import Callable
from pathlib import Path

import pages
import pytest
from test_preview import document, program

from generator.preview import Printed, print_documents
from generator.problems import NoticeError

FAKE = """
echo >> '{calls}'
while [ $# -gt 0 ]; do
    case "$1" in
    --outdir) shift; out=$1 ;;
    *.docx)
        pdf=$out/$(basename "$1" .docx).pdf
        case "$(cat "$1")" in
        hangs) sleep 60 > '{alive}' ;;
        crashes) kill -9 $$ ;;
        refused) echo 'Error: source file could not be loaded' ;;
        silent) ;;
        empty) : > "$pdf" ;;
        half) printf '%%PDF-1.7' > "$pdf" ;;
        *) printf '%%PDF-1.7\\n%%%%EOF' > "$pdf" ;;
        esac ;;
    esac
    shift
done
"""
"""A LibreOffice that fails in the ways of a real one, as its documents say."""

Office = Callable[..., dict[str, str]]


@pytest.fixture
def alive(tmp_path: Path) -> Path:
    """A pipe that is open while something hangs."""
    path = tmp_path / "alive"
    os.mkfifo(path)
    return path


@pytest.fixture
def office(tmp_path: Path, alive: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Prints documents of these texts with the false LibreOffice: what became of each."""
    calls = tmp_path / "calls"
    program(tmp_path / "bin", "soffice", FAKE.format(calls=calls, alive=alive))
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")

    def run(*texts: str, **options: float) -> dict[str, str]:
        jobs = []
        for number, text in enumerate(texts):
            path = tmp_path / f"{number} {text}.docx"
            if text != "missing":
                path.write_text(text, encoding="utf-8")
            jobs.append((path, path.with_suffix(".pdf")))
        done = {
            printed.document.stem: outcome(printed) for printed in print_documents(jobs, **options)
        }
        assert len(done) == len(texts)
        left = {path.name for path in tmp_path.iterdir()} - {"bin", "alive", "calls"}
        pdfs = {f"{name}.pdf" for name, said in done.items() if said == "printed"}
        there = {path.name for path, _ in jobs if path.exists()}
        assert left == pdfs | there  # nothing else is left
        return {**done, "calls": str(len(calls.read_text().splitlines()))}

    return run


def outcome(printed: Printed) -> str:
    """The problem of a document, without its place."""
    if printed.problem is None:
        assert printed.pdf is not None
        assert printed.pdf.read_bytes().startswith(b"%PDF-")
        return "printed"
    assert printed.pdf is None
    return str(printed.problem).removeprefix(f"{printed.document}: ")


REFUSED = (
    "B903 LibreOffice made no PDF of this document"
    " (LibreOffice said: Error: source file could not be loaded)"
)
NO_PDF = "B903 LibreOffice made no PDF of this document"


def test_many_documents_are_printed_in_one_call_and_more_in_more(office: Office) -> None:
    assert office(*["a"] * 5, per_call=5)["calls"] == "1"


def test_each_call_has_so_many_documents(office: Office) -> None:
    assert office(*["a"] * 5, per_call=2)["calls"] == "3"


def test_a_document_that_is_refused_is_named_and_the_others_are_printed(office: Office) -> None:
    assert office("a", "refused", "b", "refused", "c") == {
        "0 a": "printed",
        "1 refused": REFUSED,
        "2 b": "printed",
        "3 refused": REFUSED,
        "4 c": "printed",
        "calls": "1",
    }


@pytest.mark.parametrize("text", ["crashes", "silent", "empty", "half"])
def test_a_document_of_which_no_whole_pdf_comes_is_named_and_the_others_are_printed(
    office: Office, text: str
) -> None:
    done = office("a", text, "b", "c", text, "d")
    assert done.pop("calls") <= "5"
    assert done == {
        "0 a": "printed",
        f"1 {text}": NO_PDF,
        "2 b": "printed",
        "3 c": "printed",
        f"4 {text}": NO_PDF,
        "5 d": "printed",
    }


def test_a_document_that_hangs_is_ended_and_named_and_the_others_are_printed(
    office: Office, alive: Path
) -> None:
    reader = os.open(alive, os.O_RDONLY | os.O_NONBLOCK)
    assert office("a", "hangs", "b", patience=2) == {
        "0 a": "printed",
        "1 hangs": "B907 LibreOffice did not print this document in 2 seconds"
        " (open it in Word, or allow more time)",
        "2 b": "printed",
        "calls": "3",
    }
    ready, _, _ = select.select([reader], [], [], 10)  # what hung has closed its end of the pipe
    os.close(reader)
    assert ready


def test_a_libreoffice_that_prints_nothing_at_all_is_given_up(office: Office) -> None:
    done = office(*["silent"] * 9, per_call=4)
    given_up = (
        "B909 not printed: LibreOffice printed none of the documents before it"
        " (look whether LibreOffice starts at all)"
    )
    assert int(done.pop("calls")) <= 6
    assert list(done.values()) == [NO_PDF] * 3 + [given_up] * 6


def test_a_document_that_is_gone_is_named(office: Office) -> None:
    done = office("a", "missing", "b")
    assert done["1 missing"] == "B906 there is no such file"
    assert done["2 b"] == "printed"


def test_a_pdf_that_cannot_be_put_in_its_place_is_named(office: Office, tmp_path: Path) -> None:
    office("a")
    path = tmp_path / "0 a.docx"
    [printed] = print_documents([(path, tmp_path / "none" / "a.pdf")])
    assert str(printed.problem) == (
        f"{tmp_path / 'none' / 'a.pdf'}: B908 the PDF cannot be written: No such file or directory"
        " (close it where it is open, and look at the space on the disk)"
    )


def test_closing_the_iterator_ends_what_is_running(
    office: Office, alive: Path, tmp_path: Path
) -> None:
    reader = os.open(alive, os.O_RDONLY | os.O_NONBLOCK)
    for name, text in (("1.docx", "a"), ("2.docx", "hangs")):
        (tmp_path / name).write_text(text)
    jobs = [(tmp_path / name, tmp_path / f"{name}.pdf") for name in ("1.docx", "2.docx")]
    running = print_documents(jobs, per_call=1, workers=2, patience=60)
    assert next(running).pdf == tmp_path / "1.docx.pdf"
    running.close()
    ready, _, _ = select.select([reader], [], [], 10)
    os.close(reader)
    assert ready


def test_without_libreoffice_nothing_is_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoticeError) as error:
        list(print_documents([]))
    assert [problem.code for problem in error.value.problems] == ["B901"]


# --- with a real LibreOffice ---------------------------------------------------------------------


def test_a_real_libreoffice_prints_them_and_names_the_broken_one(
    press: None, tmp_path: Path
) -> None:
    paths = [document(tmp_path / f"通知{number}.docx", f"第{number}件") for number in range(4)]
    paths[1].write_bytes(b"not a package")
    jobs = [(path, tmp_path / "pdf" / f"{path.stem}.pdf") for path in paths]
    (tmp_path / "pdf").mkdir()
    found = print_documents(jobs, per_call=3, workers=2, font_config=pages.FONT_CONFIG)
    done = {printed.document: printed for printed in found}
    assert [outcome(done[path]) for path in paths] == ["printed", REFUSED, "printed", "printed"]
    assert sorted(path.name for path in (tmp_path / "pdf").iterdir()) == [
        f"通知{number}.pdf" for number in (0, 2, 3)
    ]
