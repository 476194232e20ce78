"""Names of documents that every system takes."""

from __future__ import annotations

import pytest

from generator.filenames import MAX_BYTES, MAX_CHARACTERS, safe_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("示教办〔2005〕5号 关于“学习”的通知", "示教办〔2005〕5号 关于“学习”的通知.docx"),
        ('a\\b/c:d*e?f"g<h>i|j', "a＼b／c：d＊e？f＂g＜h＞i｜j.docx"),
        ("a\nb\tc\x00d\u202e", "a b c d.docx"),
        ("../../etc/passwd", "／..／etc／passwd.docx"),
        (" 通知。. . ", "通知。.docx"),
        (".hidden", "hidden.docx"),
        ("con", "_con.docx"),
        ("NUL.2005", "_NUL.2005.docx"),
        ("COM1", "_COM1.docx"),
        ("COM10", "COM10.docx"),
        ("contract", "contract.docx"),
        ("", "document.docx"),
        (" . ", "document.docx"),
    ],
)
def test_a_name_is_made_safe_for_every_system(text: str, name: str) -> None:
    assert safe_name(text) == name


@pytest.mark.parametrize("text", ["a" * 300, "通" * 300, "a. " * 100, "😀" * 300])
def test_a_long_name_is_cut_where_file_systems_need_it(text: str) -> None:
    name = safe_name(text)
    assert name.endswith(".docx")
    assert len(name) <= MAX_CHARACTERS
    assert len(name.encode()) <= MAX_BYTES
    assert name.removesuffix(".docx")[-1] not in " ."
