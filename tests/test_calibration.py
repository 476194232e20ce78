"""The calibration sheets of the other forms: each says what is measured on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import demo
import pages
import pytest
from pages import Ink, Page, Printed
from test_printed import PAPERS, red_bands

from generator.outline import outline

Papers = Mapping[str, Printed]
Measure = Callable[[tuple[Page, ...]], float]


def black(page: Page, top: float = 0) -> list[Ink]:
    return [band for band in pages.ink_rows(page, top=top, bottom=264) if not band.red]


def number_ink(page: Page) -> Ink:
    return black(page, red_bands(page)[2].bottom + 0.5)[0]


def left(page: Page) -> float:
    return min(line.left for line in pages.lines_of(page, top=38, bottom=260))


def closing(page: Page) -> float:
    rule = black(page, 255)[-1]
    return (rule.top + rule.bottom) / 2


def dash(page: Page) -> float:
    [line] = pages.lines_of(page, top=264)
    ink = pages.ink_rows(page, top=264, left=line.left, right=line.left + 2)[0]
    return (ink.top + ink.bottom) / 2


def rule_gap(page: Page) -> float:
    """From the lowest ink above the red rule of a 版头 down to it."""
    rule = red_bands(page)[1]
    return rule.top - [band for band in black(page) if band.bottom < rule.top][-1].bottom


def pitch(page: Page) -> float:
    number, text = (pages.find_line(page, words) for words in ("第9号", "请将本页"))
    return text.baseline - number.baseline


def date_gap(page: Page) -> float:
    return 184 - pages.find_line(page, "2005年3月1日").right


MEASURES: dict[str, dict[str, Measure]] = {
    "calibration-letter": {
        "首页，纸面上边缘至发文机关标志上边缘": lambda p: red_bands(p[0])[0].top,
        "首页，发文机关标志下边缘至上双线": lambda p: (
            red_bands(p[0])[1].top - red_bands(p[0])[0].bottom
        ),
        "首页，双线长度": lambda p: red_bands(p[0])[1].right - red_bands(p[0])[1].left,
        "首页，上双线至发文字号上边缘": lambda p: number_ink(p[0]).top - red_bands(p[0])[2].bottom,
        "首页，纸面左边缘至版心左边缘": lambda p: left(p[0]),
        "首页，版心左边缘至发文字号右边缘": lambda p: (
            pages.find_line(p[0], "〔2005〕").right - left(p[0])
        ),
        "首页，下双线至纸面下边缘": lambda p: 297 - red_bands(p[0])[-1].bottom,
        "第2面，成文日期右边缘至版心右边缘，四字": lambda p: date_gap(p[1]),
        "第2面，纸面上边缘至页码一字线": lambda p: dash(p[1]),
    },
    "calibration-minutes": {
        "首页，纸面上边缘至纪要标志上边缘": lambda p: red_bands(p[0])[0].top,
        "首页，成文日期下边缘至红色分隔线": lambda p: rule_gap(p[0]),
        "首页，红色分隔线长度": lambda p: red_bands(p[0])[1].right - red_bands(p[0])[1].left,
        "末面，“出席”左边缘至版心左边缘，二字": lambda p: (
            pages.find_line(p[-1], "出席：").left - 28
        ),
        "末面，纸面上边缘至版记末条分隔线": lambda p: closing(p[-1]),
        "末面，纸面上边缘至页码一字线": lambda p: dash(p[-1]),
    },
    "calibration-order": {
        "首页，纸面上边缘至发文机关标志上边缘": lambda p: red_bands(p[0])[0].top,
        "首页，令号上边缘至正文首行上边缘，三行": lambda p: pitch(p[0]),
        "末面，纸面左边缘至版心左边缘": lambda p: left(p[-1]),
        "末面，成文日期右边缘至版心右边缘，四字": lambda p: date_gap(p[-1]),
        "末面，纸面上边缘至版记末条分隔线": lambda p: closing(p[-1]),
        "末面，纸面上边缘至页码一字线": lambda p: dash(p[-1]),
    },
}


def said(seed: str) -> dict[str, float]:
    """What the table of a sheet says, in mm."""
    lines = outline(demo.document(seed), seed).splitlines()
    rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    return {row[2]: float(row[3]) for row in rows if len(row) == 6 and row[1].isdigit()}


@pytest.mark.parametrize("seed", MEASURES)
def test_a_sheet_says_what_is_measured_on_it(printed: Papers, seed: str) -> None:
    sheet = printed[PAPERS[seed]].pages
    measured = {name: measure(sheet) for name, measure in MEASURES[seed].items()}
    assert measured == pytest.approx(said(seed), abs=0.5)


def test_every_sheet_is_measured() -> None:
    assert sorted(MEASURES) == [seed for seed in demo.SEEDS if seed.startswith("calibration-")]
