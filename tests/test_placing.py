"""Where things stand that depend on a document's own words."""

from __future__ import annotations

import subprocess
import sys

import pytest

from generator.layouts import placing
from generator.layouts.geometry import STANDARD

ONE = STANDARD.character
DATE = "2005年3月9日"  # 6 characters wide
OFFICE = "中共示例市委先进性教育活动领导小组办公室"  # 20
TEXT = 28 * ONE


def test_rendering_needs_neither_lxml_nor_python_docx() -> None:
    code = (
        "import sys, generator.layouts.placing\n"
        "sys.exit(any(name in sys.modules for name in ('lxml', 'docx')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# --- 版头 ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mark", "points", "scale"),
    [
        ("示例市委文件", 62, 100),
        ("示例市教育局文件", 55, 100),
        ("示例市民政和退役军人局文件", 36, 94),
        (f"{OFFICE}文件", 36, 55),
        ("示例市委\n示例市教育局文件", 55, 100),
        (None, 62, 100),
    ],
)
def test_a_mark_fills_the_width_and_is_narrowed_where_it_is_long(
    mark: str | None, points: int, scale: int
) -> None:
    fitted = placing.fit_mark(mark)
    assert (fitted.size, fitted.scale) == (2 * points, scale)


def test_a_mark_in_the_size_of_its_unit_still_fits_the_width() -> None:
    assert placing.fit_mark("示例市教育局文件", 48).scale == 100
    assert placing.fit_mark("示例市教育局文件", 72).scale == 76


@pytest.mark.parametrize("size", [36, 48, 62])
def test_the_ink_of_a_mark_begins_35_mm_down_whatever_its_size(size: int) -> None:
    mark = placing.fit_mark("示例", size)
    ink = (
        STANDARD.mark_top
        - mark.lead
        + STANDARD.mark_baseline * mark.line
        - STANDARD.mark_ascent * size * 20
    )
    assert ink == pytest.approx(STANDARD.mark_top, abs=1)


@pytest.mark.parametrize(
    ("head", "space"),
    [
        ([None, None, None], 1886),
        (["000001", None, ""], 1886 - 579),
        (["000001", "机密★1年", "特急"], 149),
    ],
)
def test_the_lines_above_a_mark_stand_inside_its_room(head: list[str | None], space: int) -> None:
    assert placing.space_before_mark(head, 1886, 579) == space


def test_the_room_above_a_mark_is_never_negative() -> None:
    assert placing.space_before_mark(["1", "2", "3"], 1000, 579) == 0


def test_signatories_stand_two_in_a_line() -> None:
    assert placing.signatory_rows(["张某", "李某", "王某"]) == [["张某", "李某"], ["王某"]]


@pytest.mark.parametrize(
    ("code", "rows"),
    [
        (6, [["欧阳某某", "司徒某某"]]),
        (7, [["欧阳某某"], ["司徒某某"]]),
        (12, [["欧阳某某"], ["司徒某某"]]),
    ],
)
def test_a_long_number_leaves_its_line_to_one_signatory(code: int, rows: list[list[str]]) -> None:
    number = f"{'示' * code}〔2005〕12号"
    assert placing.signatory_rows(["欧阳某某", "司徒某某"], number) == rows


def test_a_number_that_leaves_no_room_for_a_single_signatory_stands_below() -> None:
    assert placing.signatory_rows(["张某"], f"{'示' * 12}〔2005〕12号") == [["张某"]]
    assert placing.signatory_rows(["欧阳某某"], f"{'示' * 12}〔2005〕123号") == [["欧阳某某"], [""]]


def test_one_signatory_ends_one_character_before_the_right_edge() -> None:
    label = placing.signatory_stop([["张某"]], 0, ONE)
    assert label + (4 + 2) * ONE == STANDARD.text_width - ONE


def test_names_stand_under_names() -> None:
    rows = placing.signatory_rows(["张某", "欧阳某某", "李某某"], "示教〔2005〕3号")
    label, first, second = (placing.signatory_stop(rows, column, ONE) for column in range(3))
    assert first - label == 4 * ONE
    assert second - first == (3 + 1) * ONE
    assert second + 4 * ONE == STANDARD.text_width - ONE


# --- 主体 ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("issuer", ["县委", "示例市民政局", "示例市教育体育局", OFFICE[:13]])
def test_a_sealed_issuer_is_centred_on_the_date_four_characters_in(issuer: str) -> None:
    right = placing.issuer_indent(issuer, DATE, True, ONE)
    date_right = placing.date_indent(issuer, DATE, True, ONE)
    assert date_right == 4 * ONE
    assert right + len(issuer) * ONE / 2 == pytest.approx(date_right + 3 * ONE, abs=1)


def test_a_long_sealed_issuer_stays_inside_the_edge_and_the_date_under_its_middle() -> None:
    assert placing.issuer_indent(OFFICE, DATE, True, ONE) == 0
    assert placing.date_indent(OFFICE, DATE, True, ONE) + 3 * ONE == 10 * ONE


@pytest.mark.parametrize("issuer", ["示例市教育体育局", OFFICE])
def test_an_unsealed_date_begins_two_characters_right_of_the_issuer(issuer: str) -> None:
    right = placing.issuer_indent(issuer, DATE, False, ONE)
    assert right == 2 * ONE
    begins = TEXT - right - len(issuer) * ONE
    assert TEXT - placing.date_indent(issuer, DATE, False, ONE) - 6 * ONE == begins + 2 * ONE


def test_a_date_longer_than_the_unsealed_issuer_is_two_characters_in() -> None:
    assert placing.date_indent("县委", DATE, False, ONE) == 2 * ONE
    begins = TEXT - placing.issuer_indent("县委", DATE, False, ONE) - 2 * ONE
    assert begins + 2 * ONE == TEXT - 2 * ONE - 6 * ONE


def test_an_issuer_in_two_lines_is_as_wide_as_the_longer() -> None:
    assert placing.issuer_indent("示例市委\n县委", DATE, True, ONE) == 5 * ONE


@pytest.mark.parametrize("sealed", [True, False])
@pytest.mark.parametrize("issuer", [None, "", "某" * 28, "某" * 60])
def test_indents_stay_within_the_line(issuer: str | None, sealed: bool) -> None:
    for indent in (placing.issuer_indent, placing.date_indent):
        assert 0 <= indent(issuer, DATE, sealed, ONE) <= TEXT - 6 * ONE + 2 * ONE


def test_the_names_of_annexes_begin_under_each_other() -> None:
    annexes: dict[str, object] = dict.fromkeys("ab")
    assert placing.annex_note_left(annexes, ONE) == 6 * ONE
    assert placing.annex_note_hanging(1, True, ONE) == 4 * ONE
    assert placing.annex_note_hanging(2, True, ONE) == ONE
    assert placing.annex_note_hanging(10, True, ONE) == round(1.5 * ONE)


def test_a_single_annex_has_no_number_to_stand_clear_of() -> None:
    assert placing.annex_note_left({"a": None}, ONE) == 5 * ONE
    assert placing.annex_note_hanging(1, False, ONE) == 3 * ONE


@pytest.mark.parametrize("remark", ["此件公开发布", "（此件公开发布）"])
def test_a_remark_has_brackets_once(remark: str) -> None:
    assert placing.in_brackets(remark) == "（此件公开发布）"


# --- 版记 ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cc", "lines"),
    [
        (None, 1),
        ([], 1),
        (["市委办公室"], 2),
        (["市" * 24], 2),
        (["市" * 25], 3),
        (["市委办公室", "市纪委机关"] * 5, 4),
    ],
)
def test_the_imprint_is_as_high_as_its_lines(cc: list[str] | None, lines: int) -> None:
    height = placing.imprint_height(cc, "示例市委办公室", DATE)
    assert height == lines * STANDARD.imprint_line + STANDARD.imprint_spare


def test_a_long_printer_leaves_the_date_a_line_of_its_own() -> None:
    assert placing.imprint_gap(OFFICE, DATE) == "\t"
    assert placing.imprint_gap(OFFICE + "秘书处", DATE) == "\n\t"
    assert placing.imprint_height([], OFFICE + "秘书处", DATE) == 2 * 560 + 90


def test_a_printer_longer_than_a_line_is_as_high_as_its_lines() -> None:
    assert placing.imprint_height([], OFFICE * 2, DATE) == 3 * 560 + 90
