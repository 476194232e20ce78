"""The calibration sheets of the other forms: each says what is measured on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import demo
import pages
import pytest
from pages import Character, Ink, Line, Page, Printed
from test_joint import names_of
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
    rule = red_bands(page)[-1]
    return rule.top - [band for band in black(page) if band.bottom < rule.top][-1].bottom


def pitch(page: Page) -> float:
    number, text = (pages.find_line(page, words) for words in ("第9号", "请将本页"))
    return text.baseline - number.baseline


def date_gap(page: Page) -> float:
    return 184 - pages.find_line(page, "2005年3月1日").right


def joint_signatures(page: Page) -> tuple[Line, Line, Line, Line]:
    """The 附件说明, the two rows of organs and the date below them."""
    lines = pages.lines_of(page, top=38, bottom=262)
    start = next(i for i, line in enumerate(lines) if line.text.startswith("附件："))
    note, upper, lower, date = lines[start : start + 4]
    return note, upper, lower, date


def middle(characters: Sequence[Character]) -> float:
    return (characters[0].left + characters[-1].right) / 2


def off_middle(page: Page) -> float:
    """How far 文件 stands from the middle of the names beside it."""
    red = [c for c in page.characters if c.red]
    words, names = (
        [c.baseline for c in red if (c.text in "文件") is word] for word in (True, False)
    )
    return abs(words[0] - (min(names) + max(names)) / 2)


def spread(edges: Iterable[float]) -> float:
    found = sorted(edges)
    return found[-1] - found[0]


def rules(page: Page, edge: float, top: float) -> list[float]:
    """Where the rules of the table whose left edge is *edge* stand, below *top*."""
    bands = pages.ink_rows(page, top=top, left=edge + 0.7, right=edge + 1.5)
    return [(band.top + band.bottom) / 2 for band in bands if band.bottom - band.top < 0.5]


def upright_rule(page: Page, near: float, row: float) -> float:
    """Where the upright rule *near* a place stands, in a row of a table that begins at *row*."""
    [band] = pages.ink_rows(page, top=row + 1, bottom=row + 2, left=near - 3, right=near + 3)
    return (band.left + band.right) / 2


def grid(page: Page) -> list[float]:
    """The rules of the grid of a form, below its number."""
    return rules(page, 28, pages.find_line(page, "编号：").baseline + 1)


def column(page: Page, left: float, right: float, row: float) -> float:
    return upright_rule(page, right, row) - upright_rule(page, left, row)


def turned_number(page: Page) -> list[Character]:
    return [c for c in page.characters if c.font == pages.STAND_INS["宋体"]]


def turned_dash(page: Page) -> float:
    first = turned_number(page)[0]
    ink = pages.ink_rows(page, top=first.top, bottom=first.bottom, right=34)[0]
    return (ink.left + ink.right) / 2


def across(page: Page) -> list[float]:
    """The rules of the table on a page that lies across."""
    return rules(page, 35, pages.find_line(page, "序号").top - 4)


MEASURES: dict[str, dict[str, Measure]] = {
    "calibration-form": {
        "首页，纸面左边缘至表格左边线": lambda p: upright_rule(p[0], 28, grid(p[0])[7]),
        "首页，表格左边线至表格右边线": lambda p: column(p[0], 28, 184, grid(p[0])[7]),
        "首页，序号一列的宽度": lambda p: column(p[0], 28, 42, grid(p[0])[7]),
        "首页，编号左边缘至成文日期右边缘": lambda p: (
            pages.find_line(p[0], "编号：").right - pages.find_line(p[0], "编号：").left
        ),
        "首页，本行高度，一行": lambda p: grid(p[0])[6] - grid(p[0])[5],
        "首页，本行高度，两行": lambda p: grid(p[0])[7] - grid(p[0])[6],
        "首页，本行高度，三行": lambda p: grid(p[0])[8] - grid(p[0])[7],
        "第2面，纸面上边缘至表格上边线": lambda p: rules(p[1], 28, 30)[0],
        "第2面，表格高度，二十行": lambda p: rules(p[1], 28, 30)[1] - rules(p[1], 28, 30)[0],
        "第2面，纸面上边缘至页码一字线": lambda p: dash(p[1]),
        "第2面，页码至版心左边缘，一字": lambda p: pages.lines_of(p[1], top=264)[0].left - 28,
    },
    "calibration-joint": {
        "首页，纸面上边缘至首个机关名称上边缘": lambda p: red_bands(p[0])[0].top,
        "首页，各机关名称左边缘相差": lambda p: spread(edges[0] for edges in names_of(p[0])),
        "首页，各机关名称右边缘相差": lambda p: spread(edges[1] for edges in names_of(p[0])),
        "首页，“文件”与各名称的水平中线相差": lambda p: off_middle(p[0]),
        "首页，发文字号下边缘至红色分隔线": lambda p: rule_gap(p[0]),
        "署名面，附件说明至首排署名，三行": lambda p: (
            joint_signatures(p[2])[1].baseline - joint_signatures(p[2])[0].baseline
        ),
        "署名面，首排署名至次排署名，印章及间隔": lambda p: (
            joint_signatures(p[2])[2].baseline - joint_signatures(p[2])[1].baseline
        ),
        "署名面，左边署名的中心至版心左边缘": lambda p: (
            middle(joint_signatures(p[2])[1].characters[:6]) - 28
        ),
        "署名面，右边署名的中心至版心右边缘": lambda p: (
            184 - middle(joint_signatures(p[2])[1].characters[6:])
        ),
        "署名面，末排署名至成文日期，一行": lambda p: (
            joint_signatures(p[2])[3].baseline - joint_signatures(p[2])[2].baseline
        ),
        "署名面，成文日期右边缘至版心右边缘，四字": lambda p: date_gap(p[2]),
        "末面，纸面上边缘至版记末条分隔线": lambda p: closing(p[-1]),
        "横排面，纸面左边缘至表格左边线": lambda p: upright_rule(p[3], 35, across(p[3])[1]),
        "横排面，表格左边线至表格右边线": lambda p: column(p[3], 35, 260, across(p[3])[1]),
        "横排第二面，纸面上边缘至表头上边线": lambda p: across(p[4])[0],
        "横排面，纸面左边缘至页码一字线": lambda p: turned_dash(p[3]),
        "横排单数面，页码下边缘至版心下边缘，四号一字": lambda p: (
            210 - 26 - max(c.bottom for c in turned_number(p[4]))
        ),
        "横排双数面，页码上边缘至版心上边缘，四号一字": lambda p: (
            min(c.top for c in turned_number(p[3])) - 28
        ),
        "横排面，本行高度，两行": lambda p: across(p[3])[2] - across(p[3])[1],
    },
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


def joint_order() -> bytes:
    values = {
        "date_of_issue": "2005-03-01",
        "serial": 9,
        "signer_office": "示例市人民政府市长",
        "joint_issuers": ["civil-affairs"],
        "joint_signers": [{"signer_office": "示例市民政局局长"}],
    }
    return demo.demo().template("calibration-order", "city-government").render(values)


JOINT_ORDER = pages.to_print("calibration-order-joint", joint_order)


def test_the_sheet_of_orders_says_what_is_measured_on_that_of_several_organs_too(
    printed: Papers,
) -> None:
    sheet, seed = printed[JOINT_ORDER].pages, "calibration-order"
    measured = {name: measure(sheet) for name, measure in MEASURES[seed].items()}
    assert measured == pytest.approx(said(seed), abs=0.5)


def test_every_sheet_is_measured() -> None:
    assert sorted(MEASURES) == [seed for seed in demo.SEEDS if seed.startswith("calibration-")]
