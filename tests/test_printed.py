"""The seeds on paper: every measure of GB/T 9704—2012, in the PDF that LibreOffice prints."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from itertools import accumulate, pairwise

import demo
import docx
import pages
import pytest
from docx.table import Table
from pages import Page, Printed

PAPERS = {name: pages.to_print(f"seed-{name}", partial(demo.document, name)) for name in demo.SEEDS}
LETTERS = ["calibration-letter", "opinion-letter"]
FORMS = {
    "adjustment-proposal": [2, 1, 1, 1, 2, 2, 3, 2, 2, 1],
    "issue-forecast-form": [2, 1, 1, 1, 2, 1, 2, 3, 3],
    "issue-report-form": [2, 1, 1, 1, 2, 1, 3, 2, 2],
    "supervision-order": [1, 1, 1, 1, 1, 2, 1, 1, 2, 3, 2],
}
"""The forms, and how many lines each of their rows is high."""
SHEETS = [*FORMS, "calibration-form", "opinion-card"]
"""All that is laid out as a form; a card has no number."""
PLAIN = ["issue-list", "opinion-summary", "rectification-list"]
MINUTES = ["calibration-minutes", "minutes"]
ORDERS = ["calibration-order"]
WITH_HEAD = [name for name in PAPERS if name not in (*PLAIN, *LETTERS, *SHEETS, *ORDERS)]
UNNUMBERED = [*LETTERS, *SHEETS]
"""What bears no number on its first page."""
UPWARD = ["rectification-plan", "standards-submission", "standards-submission-department"]

GROWN = pages.to_print(
    "form-grown",
    lambda: demo.supervision_order(issue="残雪堆积。" * 12, progress="逐户走访登记。" * 80),
)

Papers = Mapping[str, Printed]
near = partial(pytest.approx, abs=0.5)


@pytest.fixture
def paper(printed: Papers, seed: str) -> Printed:
    return printed[PAPERS[seed]]


def upright(paper: Printed) -> list[Page]:
    """The pages that do not lie across (tests/test_annexes_printed.py measures those)."""
    return [page for page in paper.pages if page.height > page.width]


def red_bands(page: Page) -> list[pages.Ink]:
    return [band for band in pages.ink_rows(page) if band.red]


@pytest.mark.parametrize("seed", PAPERS)
def test_the_stand_in_fonts_are_really_embedded(paper: Printed) -> None:
    assert paper.fonts <= set(pages.STAND_INS.values())
    assert {
        pages.STAND_INS["仿宋"],
        pages.STAND_INS["黑体"],
        pages.STAND_INS["小标宋"],
    } <= paper.fonts


# --- sheet and grid (GP001–GP012) ----------------------------------------------------------------


@pytest.mark.parametrize("seed", ["calibration"])
@pytest.mark.parametrize("number", [2, 3])
def test_a_page_holds_22_lines_of_28_characters(paper: Printed, number: int) -> None:
    lines = pages.lines_of(paper.pages[number - 1], top=30, bottom=265)
    assert len(lines) == 22
    counts = [len(line.characters) for line in lines]
    assert counts[1:] == [28] * 21
    assert counts[0] == (26 if number == 2 else 28), "the paragraph is indented by two"


@pytest.mark.parametrize("seed", ["calibration"])
def test_the_text_fills_the_type_area(paper: Printed) -> None:
    page = paper.pages[2]
    lines = pages.lines_of(page, top=30, bottom=265)
    assert min(line.left for line in lines) == near(28)
    assert max(line.right for line in lines) == near(184)
    pitches = {round(b.baseline - a.baseline, 2) for a, b in pairwise(lines)}
    assert all(pitch == pytest.approx(225 / 22, abs=0.05) for pitch in pitches)
    bands = pages.ink_rows(page, top=30, bottom=264)
    # The line's own space stands above the first characters: 37 mm is to the type area (GP010).
    assert 37 < bands[0].top < 42
    assert bands[-1].bottom == pytest.approx(262, abs=2)


@pytest.mark.parametrize("seed", ["study-week"])
def test_the_notice_has_a_full_page_of_running_text(paper: Printed) -> None:
    assert len(paper.pages) >= 2
    assert len(pages.lines_of(paper.pages[1], top=30, bottom=265)) == 22
    assert (paper.pages[0].width, paper.pages[0].height) == (near(210), near(297))


# --- 版头 (GH005–GH011) --------------------------------------------------------------------------


@pytest.mark.parametrize("seed", WITH_HEAD)
def test_the_mark_stands_72_mm_from_the_top_of_the_sheet(paper: Printed) -> None:
    *mark, _ = red_bands(paper.pages[0])
    left, right = min(band.left for band in mark), max(band.right for band in mark)
    assert mark[0].top == near(72)
    assert (left + right) / 2 == near(28 + 156 / 2)
    assert right - left <= 156


@pytest.mark.parametrize("seed", WITH_HEAD)
def test_the_red_rule_is_4_mm_below_the_number_and_as_wide_as_the_type_area(paper: Printed) -> None:
    first = paper.pages[0]
    *_, rule = red_bands(first)
    above = [band for band in pages.ink_rows(first) if band.bottom < rule.top]
    assert rule.top - above[-1].bottom == near(4)
    assert (rule.left, rule.right) == (near(28), near(184))


@pytest.mark.parametrize("seed", WITH_HEAD)
def test_the_number_stands_two_empty_lines_below_the_mark(paper: Printed) -> None:
    first = paper.pages[0]
    number = next(line for line in pages.lines_of(first) if re.search(r"〔\d{4}〕", line.text))
    *_, mark, _ = red_bands(first)
    assert 2 * 10.2 < number.top - mark.bottom < 3 * 10.39
    assert number.fonts <= {pages.STAND_INS["仿宋"], pages.STAND_INS["楷体"]}


@pytest.mark.parametrize("seed", UPWARD)
def test_an_upward_document_names_its_signatory_on_the_line_of_the_number(paper: Printed) -> None:
    line = next(line for line in pages.lines_of(paper.pages[0]) if "签发人：" in line.text)
    assert re.match(r"\w+〔\d{4}〕\d+号签发人：", line.text)
    assert line.left == pytest.approx(28 + 5.6, abs=1), "one character in from the left"
    assert line.right == pytest.approx(184 - 5.6, abs=1), "one character in from the right"
    assert line.characters[-1].font == pages.STAND_INS["楷体"]


@pytest.mark.parametrize("seed", [name for name in WITH_HEAD if name not in MINUTES])
def test_the_first_page_shows_text_of_the_body(paper: Printed) -> None:
    first = pages.lines_of(paper.pages[0], top=150, bottom=265)
    recipients = next(index for index, line in enumerate(first) if line.text.endswith("："))
    assert len(first) > recipients + 1


# --- 主体 (GB001–GB007, GT001–GT007) -------------------------------------------------------------


@pytest.mark.parametrize("seed", [name for name in PAPERS if name not in (*MINUTES, *SHEETS)])
def test_issuer_and_date_share_a_page_with_text(paper: Printed) -> None:
    for page in paper.pages:
        lines = [line.text for line in pages.lines_of(page, top=30, bottom=265)]
        for index, text in enumerate(lines):
            if re.fullmatch(r"\d{4}年\d{1,2}月\d{1,2}日", text):
                body = [line for line in lines[: index - 1] if not line.startswith("附件：")]
                assert body, "a page with the date and no text"
                return
    pytest.fail("no date of issue")


@pytest.mark.parametrize("seed", ["study-week", "standards-submission"])
def test_a_sealed_date_leaves_four_characters_and_the_issuer_is_centred_on_it(
    paper: Printed,
) -> None:
    lines = [line for page in paper.pages for line in pages.lines_of(page, top=30, bottom=265)]
    index = next(
        i for i, line in enumerate(lines) if re.fullmatch(r"\d{4}年\d{1,2}月\d{1,2}日", line.text)
    )
    issuer, date = lines[index - 1], lines[index]
    assert 184 - date.right >= 4 * 5.5 - 0.5
    centres = [(line.left + line.right) / 2 for line in (issuer, date)]
    # LibreOffice widens the date by 3.2 pt wherever a digit meets a character; Word does not.
    assert centres[0] == pytest.approx(centres[1], abs=3.2)


@pytest.mark.parametrize("seed", ["calibration"])
def test_an_unsealed_date_begins_two_characters_to_the_right_of_the_issuer(paper: Printed) -> None:
    lines = [line for page in paper.pages for line in pages.lines_of(page, top=30, bottom=265)]
    index = next(
        i for i, line in enumerate(lines) if re.fullmatch(r"\d{4}年\d{1,2}月\d{1,2}日", line.text)
    )
    issuer, date = lines[index - 1], lines[index]
    assert date.left - issuer.left == near(2 * 5.55)
    assert issuer.right == near(184 - 2 * 5.55)


@pytest.mark.parametrize("seed", [name for name in PAPERS if name not in SHEETS])
def test_headings_have_the_fonts_of_their_levels(paper: Printed) -> None:
    wanted = {r"[一二三四五六七八九十]+、": "黑体", r"（[一二三四五六七八九十]+）\w{2,}$": "楷体"}
    seen = set()
    for page in paper.pages:
        for line in pages.lines_of(page, top=30, bottom=265):
            for pattern, font in wanted.items():
                indented = line.left == pytest.approx(28 + 2 * 5.55, abs=0.6)
                if indented and re.match(pattern, line.text):
                    assert line.characters[1].font == pages.STAND_INS[font], line.text
                    seen.add(font)
    assert "黑体" in seen


# --- 版记 and 页码 (GI001, GN001–GN004) ----------------------------------------------------------


@pytest.mark.parametrize("seed", WITH_HEAD)
def test_the_closing_rule_stands_on_the_bottom_of_the_type_area(paper: Printed) -> None:
    bands = pages.ink_rows(paper.pages[-1], top=200, bottom=265)
    closing = bands[-1]
    assert closing.bottom - closing.top < 0.8, "a rule, not text"
    assert (closing.top + closing.bottom) / 2 == near(262)
    assert (closing.left, closing.right) == (near(28), near(184))


@pytest.mark.parametrize("seed", WITH_HEAD)
def test_the_imprint_names_the_printer_and_the_date(paper: Printed) -> None:
    last = pages.lines_of(paper.pages[-1], top=200, bottom=262)[-1]
    assert re.search(r"\d{4}年\d{1,2}月\d{1,2}日印发$", last.text)
    assert last.left == pytest.approx(28 + 4.94, abs=0.6), "one character of 四号 in"
    assert last.right == pytest.approx(184 - 4.94, abs=0.6)


@pytest.mark.parametrize("seed", PAPERS)
def test_every_page_number_stands_between_dashes_on_its_outer_side(
    seed: str, paper: Printed
) -> None:
    for page in upright(paper)[1 if seed in UNNUMBERED else 0 :]:
        [line] = pages.lines_of(page, top=264)
        assert line.text == f"—{page.number}—"
        assert line.characters[1].size == pytest.approx(14, abs=0.1)
        assert line.characters[1].font == pages.STAND_INS["宋体"]
        # The dash itself stands 7 mm below the type area.
        dash = pages.ink_rows(page, top=264, right=line.left + 2, left=line.left)[0]
        assert (dash.top + dash.bottom) / 2 == near(269)
        if page.number % 2:
            assert line.right == pytest.approx(184 - 4.94, abs=1)
        else:
            assert line.left == pytest.approx(28 + 4.94, abs=1)


# --- tables --------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", ["issue-list", "rectification-list"])
def test_the_head_row_stands_on_each_page_of_a_long_table(paper: Printed) -> None:
    with_rows = [
        [line.text for line in pages.lines_of(page, top=30, bottom=265)] for page in paper.pages
    ]
    heads = [
        lines for lines in with_rows if any(line.startswith("序号问题整改措施") for line in lines)
    ]
    assert len(heads) >= 3


TABLES = [
    "issue-ledger",
    "issue-list",
    "opinion-summary",
    "press-conference-notice",
    "rectification-list",
    "rectification-plan",
]
"""The seeds whose long table has short cells: dates, numbers, statuses, units, people."""
RUNNING_TEXT = {"问题", "整改措施", "意见内容"}
"""The heads of the columns whose cells may turn their lines."""


def long_table(seed: str) -> Table:
    """The longest table of a seed's document."""
    tables = docx.Document(io.BytesIO(demo.document(seed))).tables
    return max(tables, key=lambda table: len(table.rows))


def across(paper: Printed) -> list[Page]:
    return [page for page in paper.pages if page.width > page.height]


def column(sheets: Iterable[Page], table: Table, number: int) -> list[str]:
    """The printed lines of a column of *table*, without its head, on the pages *sheets*.

    The table is on those that show its heads, and alone there has the size of tables.
    """
    heads = [cell.text for cell in table.rows[0].cells]
    edges = [0.0, *accumulate(part.width / 36000 for part in table.columns)]
    lines = []
    for page in sheets:
        small = [c for c in page.characters if c.size == pytest.approx(12, abs=0.1)]
        shown = pages.lines_of(replace(page, characters=tuple(small)))
        if any(line.text == "".join(heads) for line in shown):
            start = 35 if page.width > page.height else 28
            left, right = (start + edge for edge in edges[number : number + 2])
            own = tuple(c for c in small if left < c.left and c.right < right)
            lines += [line.text for line in pages.lines_of(replace(page, characters=own))]
    return [text for text in lines if text != heads[number]]


@pytest.mark.parametrize("seed", TABLES)
def test_no_date_number_status_or_name_in_a_long_table_breaks_over_its_lines(
    seed: str, paper: Printed
) -> None:
    table = long_table(seed)
    head, *rows = ([cell.text for cell in row.cells] for row in table.rows)
    short = [number for number, text in enumerate(head) if text not in RUNNING_TEXT]
    assert len(short) >= 3
    for number in short:
        said = [line for row in rows for line in row[number].split("\n") if line]
        assert column(paper.pages, table, number) == said


@pytest.mark.parametrize("seed", ["issue-ledger", "opinion-summary"])
def test_a_wide_table_lies_across_in_the_type_area(paper: Printed) -> None:
    assert across(paper)[0].number == 4
    for page in across(paper):
        table = pages.ink_rows(page, left=34)
        assert min(band.left for band in table) == near(35)
        assert max(band.right for band in table) == near(297 - 37)
        assert table[-1].bottom < 210 - 26 + 0.5


@pytest.mark.parametrize("seed", ["issue-ledger"])
def test_a_page_of_the_ledger_holds_nine_issues(seed: str, paper: Printed) -> None:
    table = long_table(seed)
    first, *full, last = [column([page], table, 0) for page in across(paper)]
    assert (len(first), len(last)) == (4, 2)
    assert {len(rows) for rows in full} == {8, 9}, "eight where issues have three lines"
    assert len(paper.pages) == 13


@pytest.mark.parametrize("seed", ["issue-ledger"])
def test_what_is_overdue_is_told_in_black_by_a_mark_and_its_days(seed: str, paper: Printed) -> None:
    states = column(paper.pages, long_table(seed), 7)
    told = [text for text in states if "▲" in text or "逾期" in text]
    marks, days = told[::2], told[1::2]
    assert marks == ["▲整改中"] * 6 + ["▲未启动"]
    assert days == [f"逾期{count}天" for count in (16, 16, 8, 6, 8, 6, 6)]
    assert not any(c.red for page in paper.pages[1:] for c in page.characters)
    marked = [c for page in paper.pages[3:] for c in page.characters if c.text == "▲"]
    assert [c.font for c in marked[1:]] == [pages.STAND_INS["黑体"]] * 7


@pytest.mark.parametrize("seed", PAPERS)
def test_nothing_is_printed_outside_the_type_area(seed: str, paper: Printed) -> None:
    for page in upright(paper)[1 if seed in LETTERS else 0 :]:
        for band in pages.ink_rows(page, top=0, bottom=264):
            assert band.left >= 27.5
            # One closing mark may hang outside (GX022).
            assert band.right <= 184 + 5.6
            assert band.top >= 36.5


# --- 信函 (GF101–GF107) --------------------------------------------------------------------------


@pytest.mark.parametrize("seed", LETTERS)
def test_the_mark_of_a_letter_stands_30_mm_from_the_edge_of_the_sheet(paper: Printed) -> None:
    mark = red_bands(paper.pages[0])[0]
    assert mark.top == near(30)
    assert (mark.left + mark.right) / 2 == near(210 / 2)


@pytest.mark.parametrize("seed", LETTERS)
def test_a_letter_stands_between_double_rules_170_mm_long(paper: Printed) -> None:
    mark, *rules = red_bands(paper.pages[0])
    thick, thin, lower_thin, lower_thick = rules
    for rule in rules:
        assert (rule.left, rule.right) == (near(20), near(190))
    assert thick.top - mark.bottom == near(4)
    assert lower_thick.bottom == near(297 - 20)
    assert thick.bottom - thick.top > 3 * (thin.bottom - thin.top)
    assert lower_thick.bottom - lower_thick.top > 3 * (lower_thin.bottom - lower_thin.top)


@pytest.mark.parametrize("seed", LETTERS)
def test_the_number_of_a_letter_stands_at_the_right_edge_below_the_rule(paper: Printed) -> None:
    first = paper.pages[0]
    upper = red_bands(first)[2]
    number = next(line for line in pages.lines_of(first) if re.search(r"〔\d{4}〕", line.text))
    [ink, *_] = pages.ink_rows(first, top=upper.bottom + 0.5)
    assert ink.top - upper.bottom == near(4.85)
    assert number.right == near(184)


@pytest.mark.parametrize("seed", LETTERS)
def test_the_first_page_of_a_letter_bears_no_number_and_keeps_off_the_lower_rule(
    paper: Printed,
) -> None:
    first = paper.pages[0]
    assert not pages.lines_of(first, top=264)
    lower = red_bands(first)[-2]
    assert lower.top - max(line.bottom for line in pages.lines_of(first)) > 4.85


@pytest.mark.parametrize("seed", LETTERS)
def test_the_copies_of_a_letter_stand_alone_at_the_bottom_without_rules(paper: Printed) -> None:
    last = paper.pages[-1]
    [line] = pages.lines_of(last, top=240, bottom=262.5)
    assert line.text.startswith("抄送：")
    bands = pages.ink_rows(last, top=240, bottom=263)
    assert len(bands) == 1, "no rule"


# --- 纪要 (GF301–GF302) --------------------------------------------------------------------------


@pytest.mark.parametrize("seed", ["minutes"])
def test_the_people_of_minutes_stand_one_empty_line_below_the_text(paper: Printed) -> None:
    lines = pages.lines_of(paper.pages[-1], top=30, bottom=262)
    index = next(i for i, line in enumerate(lines) if line.text.startswith("出席："))
    present, turned = lines[index], lines[index + 1]
    assert present.baseline - lines[index - 1].baseline == near(2 * 225 / 22)
    assert present.left == near(28 + 2 * 5.55)
    assert [c.font for c in present.characters[:3]] == [pages.STAND_INS["黑体"]] * 3
    assert present.characters[3].font == pages.STAND_INS["仿宋"]
    assert turned.left == near(present.characters[3].left)
    after = [line.text[:3] for line in lines[index + 2 :] if line.left == near(present.left)]
    assert after == ["请假：", "列席："]


# --- forms (GF401) -------------------------------------------------------------------------------

LINE = 225 / 22


def rules_across(page: Page, left: float, right: float) -> list[float]:
    """Where the rules of a grid cross a strip of *page* that holds no text."""
    above = next(line for line in pages.lines_of(page) if re.match("编号：|填表日期：", line.text))
    top = above.baseline + 1
    bands = pages.ink_rows(page, top=top, bottom=263, left=left, right=right)
    assert all(band.bottom - band.top < 0.5 for band in bands), "rules, not text"
    return [(band.top + band.bottom) / 2 for band in bands]


@pytest.mark.parametrize("seed", SHEETS)
def test_the_heading_of_a_form_stands_at_the_top_of_the_type_area(paper: Printed) -> None:
    heading, *_ = pages.ink_rows(paper.pages[0])
    # In its line of 34 pt the ink of 二号 begins 3.6 mm below the top.
    assert heading.top == near(37 + 3.6)
    assert (heading.left + heading.right) / 2 == near(28 + 156 / 2)


@pytest.mark.parametrize("seed", FORMS)
def test_the_number_and_the_date_stand_at_the_edges_of_the_grid(paper: Printed) -> None:
    line = next(line for line in pages.lines_of(paper.pages[0]) if "编号：" in line.text)
    assert re.fullmatch(r"编号：\w+〔\d{4}〕\d+号\d{4}年\d{1,2}月\d{1,2}日", line.text)
    assert (line.left, line.right) == (near(28), near(184))
    assert line.characters[0].size == pytest.approx(14, abs=0.1)
    grid = rules_across(paper.pages[0], 28.7, 29.5)
    assert 0 < grid[0] - line.baseline < 5


@pytest.mark.parametrize("seed", SHEETS)
def test_the_borders_of_a_form_are_the_edges_of_the_type_area(paper: Printed) -> None:
    page = paper.pages[0]
    inside = rules_across(page, 28.7, 29.5)
    for edge in (28, 184):
        side = max(
            pages.ink_rows(page, top=60, left=edge - 0.5, right=edge + 0.5),
            key=lambda band: band.bottom - band.top,
        )
        assert (side.left + side.right) / 2 == near(edge)
        assert (side.top, side.bottom) == (near(inside[0]), near(inside[-1]))
    assert inside[-1] < 37 + 225


@pytest.mark.parametrize("seed", FORMS)
def test_the_rows_of_a_form_have_their_least_heights(seed: str, paper: Printed) -> None:
    [page] = paper.pages
    edges = rules_across(page, 28.7, 29.5)
    lines = FORMS[seed]
    assert [b - a for a, b in pairwise(edges)] == [near(count * LINE) for count in lines]


def test_a_card_leaves_room_to_write_beside_each_topic_and_is_one_page(printed: Papers) -> None:
    [page] = printed[PAPERS["opinion-card"]].pages
    heights = [b - a for a, b in pairwise(rules_across(page, 182.7, 183.5))]
    assert heights[3:] == [near(1.7 * LINE)] * 7
    assert pages.find_line(page, "6.群众关心").right < 28 + 64
    assert pages.lines_of(page, bottom=262)[-1].text.startswith("3.")


def test_a_row_grows_with_its_text(printed: Papers) -> None:
    first, second, *_ = rules_across(printed[GROWN].pages[0], 28.7, 29.5)
    assert second - first == near(3 * 24 * pages.POINT), "three lines of 24 points"


def test_no_rule_parts_a_cell_from_the_signature_at_its_foot(printed: Papers) -> None:
    [page] = printed[PAPERS["supervision-order"]].pages
    assert rules_across(page, 182.7, 183.5) == [
        near(edge) for edge in rules_across(page, 28.7, 29.5)
    ]
    foot = pages.find_line(page, "负责人签字")
    below = next(edge for edge in rules_across(page, 182.7, 183.5) if edge > foot.baseline)
    assert below - foot.baseline < LINE / 2
    assert foot.right == near(184 - 2)


def test_a_form_that_outgrows_its_page_goes_on_over_it(printed: Papers) -> None:
    first, *others = printed[GROWN].pages
    assert len(others) == 1
    assert "逐户走访" in pages.lines_of(first, bottom=262)[-1].text, "the page is full"
    assert not pages.lines_of(first, top=264)
    [number] = pages.lines_of(others[0], top=264)
    assert number.text == "—2—"
    said = [line.text for line in pages.lines_of(others[0], bottom=262)]
    foot = next(i for i, text in enumerate(said) if "负责人签字" in text)
    assert "逐户走访" in said[foot - 1], "the signature stands below its text"
    for page in (first, others[0]):
        for band in pages.ink_rows(page, bottom=264):
            assert 27.5 <= band.left < band.right <= 184.5
            assert 36.5 <= band.top < band.bottom <= 262.5
