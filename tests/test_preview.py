from __future__ import annotations

import io
import os
import select
from pathlib import Path

import docx
import pages
import pytest
from docx.oxml.ns import qn

from generator.preview import embedded_fonts, to_pdf, to_png
from generator.problems import NoticeError


def document(path: Path, *texts: str) -> Path:
    """A `.docx` of one page for each text, in 仿宋_GB2312."""
    made = docx.Document()
    for text in texts or ("内容",):
        paragraph = made.add_paragraph()
        paragraph.paragraph_format.page_break_before = True
        run = paragraph.add_run(text)
        run.font.name = "仿宋_GB2312"
        run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "仿宋_GB2312")
    content = io.BytesIO()
    made.save(content)
    path.write_bytes(content.getvalue())
    return path


def program(folder: Path, name: str, script: str) -> None:
    """A program of the machine, for the ways in which a real one fails."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    (folder / name).chmod(0o755)


def complaints(error: pytest.ExceptionInfo[NoticeError]) -> list[str]:
    return [str(problem) for problem in error.value.problems]


# --- with a real LibreOffice ---------------------------------------------------------------------


def test_many_documents_become_pdfs_in_their_order_and_only_broken_ones_are_named(
    press: None, tmp_path: Path
) -> None:
    second, first = document(tmp_path / "第二份 通知.docx"), document(tmp_path / "-first.docx")
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"not a package")
    folder = tmp_path / "pdf"
    with pytest.raises(NoticeError) as error:
        to_pdf([second, broken, first], folder, font_config=pages.FONT_CONFIG)
    assert complaints(error) == [
        f"{broken}: B903 LibreOffice made no PDF of this document"
        " (LibreOffice said: Error: source file could not be loaded)"
    ]
    assert sorted(path.name for path in folder.iterdir()) == ["-first.pdf", "第二份 通知.pdf"]


def test_a_pdf_carries_the_font_that_the_map_names_and_becomes_pictures(
    press: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    notice = document(tmp_path / "通知.docx", "关于集中学习的通知", "第二页")
    relative = Path(os.path.relpath(pages.FONT_CONFIG))
    [pdf] = to_pdf([notice], tmp_path, font_config=relative)
    assert pdf == tmp_path / "通知.pdf"
    assert embedded_fonts(pdf) == {pages.STAND_INS["仿宋"]}
    pictures = to_png(pdf, tmp_path / "png", 20)
    assert pictures == [tmp_path / "png" / "通知-1.png", tmp_path / "png" / "通知-2.png"]
    assert all(picture.read_bytes().startswith(b"\x89PNG") for picture in pictures)


def test_a_file_that_is_no_pdf_is_named_with_what_the_program_says(
    press: None, tmp_path: Path
) -> None:
    (tmp_path / "a.pdf").write_bytes(b"not a PDF")
    for read in (embedded_fonts, lambda pdf: to_png(pdf, tmp_path, 20)):
        with pytest.raises(NoticeError) as error:
            read(tmp_path / "a.pdf")
        [complaint] = complaints(error)
        assert complaint.startswith(f"{tmp_path / 'a.pdf'}: B905 pdf")
        assert "cannot read it: Syntax Warning: May not be a PDF file" in complaint


# --- without one ---------------------------------------------------------------------------------


def test_a_missing_program_is_named_with_the_package_that_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoticeError) as error:
        to_pdf([document(tmp_path / "a.docx")], tmp_path)
    assert complaints(error) == [
        "soffice: B901 this program is needed and is not installed"
        " (install LibreOffice Writer, on Debian the package libreoffice-writer-nogui)"
    ]
    with pytest.raises(NoticeError) as error:
        embedded_fonts(tmp_path / "a.pdf")
    assert complaints(error) == [
        "pdffonts: B901 this program is needed and is not installed"
        " (install poppler, on Debian the package poppler-utils)"
    ]


def test_no_documents_need_no_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert to_pdf([], tmp_path) == []


def test_files_that_are_not_there_and_names_that_would_collide_are_named_together(
    tmp_path: Path,
) -> None:
    (tmp_path / "b").mkdir()
    first, second = document(tmp_path / "a.docx"), document(tmp_path / "b" / "a.docx")
    lost, fonts = tmp_path / "lost.docx", tmp_path / "fonts.conf"
    with pytest.raises(NoticeError) as error:
        to_pdf([first, lost, second], tmp_path, font_config=fonts)
    assert complaints(error) == [
        f"{lost}: B906 there is no such file",
        f"{fonts}: B906 there is no such file",
        f"{first}: B904 another document here has the same name"
        " (convert them into different folders)",
        f"{second}: B904 another document here has the same name"
        " (convert them into different folders)",
    ]


def test_an_exit_code_of_0_is_no_proof_and_neither_is_an_older_pdf(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path / "bin", "soffice", "exit 0")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.6 of last year")
    with pytest.raises(NoticeError) as error:
        to_pdf([document(tmp_path / "a.docx")], tmp_path)
    assert complaints(error) == [
        f"{tmp_path / 'a.docx'}: B903 LibreOffice made no PDF of this document"
    ]


def test_a_libreoffice_that_hangs_is_ended_with_the_child_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alive = tmp_path / "alive"
    os.mkfifo(alive)
    reader = os.open(alive, os.O_RDONLY | os.O_NONBLOCK)
    program(tmp_path / "bin", "soffice", f"/bin/sleep 60 > '{alive}' & wait")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    with pytest.raises(NoticeError) as error:
        to_pdf([document(tmp_path / "a.docx")], tmp_path, timeout=1)
    assert complaints(error) == [
        "soffice: B902 LibreOffice did not finish in 1 seconds"
        " (allow it more time, or give it fewer documents at once)"
    ]
    ready, _, _ = select.select([reader], [], [], 10)  # the child's end of the pipe is closed
    os.close(reader)
    assert ready
