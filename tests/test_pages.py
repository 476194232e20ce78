from __future__ import annotations

from pathlib import Path

import pages
import pytest
from PIL import Image, ImageDraw


def sheet(path: Path, *bars: tuple[float, float, float, float, str]) -> pages.Page:
    """An A4 page of coloured bars: left, top, right, bottom in mm."""
    scale = pages.DPI / 25.4
    picture = Image.new("RGB", (round(210 * scale), round(297 * scale)), "white")
    for *sides, color in bars:
        left, top, right, bottom = (round(side * scale) for side in sides)
        ImageDraw.Draw(picture).rectangle((left, top, right - 1, bottom - 1), fill=color)
    picture.save(path, resolution=pages.DPI, quality=95)
    [page] = pages.read_pages(path)
    return page


def test_bands_of_ink_are_measured_to_a_tenth_of_a_millimetre_with_their_colour(
    press: None, tmp_path: Path
) -> None:
    page = sheet(
        tmp_path / "a.pdf",
        (28, 72, 184, 88, "#ff0000"),
        (28, 122, 184, 122.5, "#ff0000"),
        (60, 200, 100, 210, "black"),
    )
    assert (page.number, round(page.width), round(page.height)) == (1, 210, 297)
    mark, rule, text = pages.ink_rows(page)
    sides = [(band.top, band.bottom, band.left, band.right) for band in (mark, rule, text)]
    assert sides == [
        pytest.approx((72, 88, 28, 184), abs=0.1),
        pytest.approx((122, 122.5, 28, 184), abs=0.1),
        pytest.approx((200, 210, 60, 100), abs=0.1),
    ]
    assert (mark.red, rule.red, text.red) == (True, True, False)


def test_a_part_of_the_page_is_measured_alone(press: None, tmp_path: Path) -> None:
    page = sheet(tmp_path / "a.pdf", (30, 40, 70, 60, "black"), (100, 50, 120, 80, "#ff0000"))
    assert [band.red for band in pages.ink_rows(page)] == [False]  # most of it is black
    [red] = pages.ink_rows(page, left=90)
    assert red.red
    assert (red.top, red.left) == pytest.approx((50, 100), abs=0.1)
    assert pages.ink_rows(page, top=85) == []


def test_a_line_is_what_stands_on_one_baseline_whatever_its_font() -> None:
    def character(text: str, left: float, baseline: float, size: float) -> pages.Character:
        top = baseline - size * 0.3
        return pages.Character(text, left, left + 5, top, baseline, baseline, "F", size, False)

    page = pages.Page(
        Path("a.pdf"),
        1,
        210,
        297,
        (
            character("二", 33, 50.06, 22),
            character("一", 28, 50.04, 16),
            character("三", 28, 60.2, 16),
        ),
    )
    first, second = pages.lines_of(page)
    assert (first.text, first.left, first.right) == ("一二", 28, 38)
    assert [line.text for line in pages.lines_of(page, top=55)] == ["三"]
    assert pages.find_line(page, "三") == second


def test_two_documents_to_print_cannot_have_one_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_TO_PRINT", {})
    pages.to_print("notice", bytes)
    with pytest.raises(ValueError, match="two documents to print are called notice"):
        pages.to_print("notice", bytes)
