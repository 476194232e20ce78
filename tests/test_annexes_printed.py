"""Annexes that lie across, 版记 on a page of its own, crowded first pages: measured on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from tempfile import mkdtemp

import pages
import pytest
from builders import folder, paragraphs
from pages import Page, Printed
from workspaces import UNIT

from generator import Template, open_library
from generator.inputs import make_document
from generator.layouts.first_page import FirstPage

TEMPLATE = """\
title: 关于{{ topic }}的通知
kind: 通知
layout: LAYOUT
number: "{{ unit.code }}〔{{ date_of_issue[:4] }}〕{{ serial }}号"
annexes: {names: 名单, ledger: 整改问题台账, sums: 检查统计表, remarks: 说明}
schema:
  properties:
    topic: {title: 事由, type: string, default: 清运残雪}
    lines: {title: 段数, type: integer, default: 3}
    rows: {title: 行数, type: integer, default: 40}
    wide: {title: 有台账, type: boolean, default: true}
    ends_across: {title: 横排结尾, type: boolean, default: false}
    words: {title: 一格的话, type: integer, default: 1}
    no_annexes: {title: 没有附件, type: boolean, default: false}
"""
BODY = """\
{% block body %}

{% for i in range(lines) %}

第{{ i + 1 }}段的正文。

{% endfor %}

{% endblock %}

{% block annexes %}

{% if not no_annexes %}

::: annex names

名单的正文。

:::

{% if wide %}

::: annex ledger landscape

{widths="1 6 5 3 3"}
| 序号 | 存在问题 | 整改措施 | 责任单位 | 完成时限 |
|:-:|---|---|:-:|:-:|
{% for i in range(rows) %}
| {{ i + 1 }} | {{ "学习不够深入。" * words }} | 健全学习制度 | 机关党支部 | 3月31日 |
{% endfor %}

:::

::: annex sums landscape

统计表的正文。

:::

{% endif %}

{% if not ends_across %}

::: annex remarks

说明的正文。

:::

{% endif %}

{% endif %}

{% endblock %}
"""
VALUES = {"date_of_issue": "2005-03-04", "serial": 3}
near = partial(pytest.approx, abs=0.5)


@cache
def template(layout: str = "document") -> Template:
    space = folder(
        Path(mkdtemp()),
        {
            "note/template.yaml": TEMPLATE.replace("LAYOUT", layout),
            "note/body.md": BODY,
            "units/city/unit.yaml": UNIT,
        },
    )
    return open_library(space, keep=False).template("note", "city")


def note(layout: str = "document", **values: object) -> bytes:
    return template(layout).render({**VALUES, **values})


def organs(count: int) -> list[str]:
    return [f"示例县第{chr(0x4E00 + number)}局" for number in range(count)]


def crowding(layout: str) -> int:
    """The least number of 主送机关 that are too many for the first page of a layout."""
    room = template(layout).first_page
    assert isinstance(room, FirstPage)
    known = {"title_lines": "关于清运残雪的通知"}
    return next(
        count
        for count in range(1, 200)
        if room.is_crowded({**known, "main_recipients": organs(count)})
    )


def crowded(layout: str, more: int) -> bytes:
    recipients = organs(crowding(layout) + more)
    return note(layout, main_recipients=recipients, cc=["示例市教育工会"], no_annexes=True)


ACROSS = pages.to_print("annexes-across", note)
UPRIGHT = pages.to_print("annexes-upright", partial(note, wide=False))
LAST = pages.to_print("annexes-last", partial(note, ends_across=True))
LETTER_LAST = pages.to_print(
    "annexes-letter-last",
    partial(note, "letter", ends_across=True, main_recipients=["示例县教育局"], cc=[]),
)
LONG = pages.to_print("annexes-long", partial(note, rows=300))
TALL = pages.to_print("annexes-tall", partial(note, rows=2, words=400))
UNBOUND = pages.to_print("annexes-unbound", partial(note, unbound_annexes=[2]))
ODD = pages.to_print("imprint-odd", partial(note, separate_imprint=True, lines=25, no_annexes=True))
EVEN = pages.to_print("imprint-even", partial(note, separate_imprint=True, no_annexes=True))
JOINED = pages.to_print("imprint-joined", partial(note, lines=25, no_annexes=True))
CROWDED = {
    (layout, more): pages.to_print(f"crowded-{layout}-{more}", partial(crowded, layout, more))
    for layout in ("document", "letter")
    for more in (-1, 0)
}
Papers = Mapping[str, Printed]


def sizes(paper: Printed) -> str:
    """`|` for each page that stands upright, `-` for each that lies across."""
    return "".join("|" if page.height > page.width else "-" for page in paper.pages)


def texts(page: Page) -> list[str]:
    """The lines of *page* without its number, which stands among those of a page across."""
    text = tuple(c for c in page.characters if c.font != pages.STAND_INS["宋体"])
    return [line.text for line in pages.lines_of(replace(page, characters=text))]


def number_of(page: Page) -> Sequence[pages.Character]:
    """The characters of the page number, as they are read."""
    return [c for c in page.characters if c.font == pages.STAND_INS["宋体"]]


# --- pages that lie across (GX801–GX803, GX019) --------------------------------------------------


def test_annexes_lie_across_and_what_follows_stands_upright_again(printed: Papers) -> None:
    assert sizes(printed[ACROSS]) == "|||----|"
    for page in printed[ACROSS].pages:
        wide, high = (297, 210) if page.number in (4, 5, 6, 7) else (210, 297)
        assert (page.width, page.height) == (near(wide), near(high))


def test_a_document_without_its_wide_annexes_has_no_page_more(printed: Papers) -> None:
    assert sizes(printed[UPRIGHT]) == "||||"
    assert [texts(page)[0] for page in printed[UPRIGHT].pages[2:]] == ["附件1", "附件4"]


def test_the_imprint_stands_upright_after_an_annex_that_lies_across(printed: Papers) -> None:
    assert sizes(printed[LAST]) == "|||----|"
    last = printed[LAST].pages[-1]
    assert texts(last) == ["抄送：示例市教育工会。", "示例市教育局2005年3月4日印发"]
    assert pages.lines_of(last)[-1].text == "—8—"


def test_a_letter_without_copies_ends_on_the_page_of_its_annex(printed: Papers) -> None:
    assert sizes(printed[LETTER_LAST]).endswith("-")
    assert "统计表的正文。" in texts(printed[LETTER_LAST].pages[-1])
    assert not number_of(printed[LETTER_LAST].pages[0])
    assert all(map(number_of, printed[LETTER_LAST].pages[1:]))


def test_the_type_area_of_a_page_across_is_the_upright_one_turned(printed: Papers) -> None:
    for page in printed[ACROSS].pages[3:6]:
        table = pages.ink_rows(page, left=34)
        assert min(band.left for band in table) == near(35)
        assert max(band.right for band in table) == near(297 - 37)
        assert table[0].top > 28
        assert table[-1].bottom < 210 - 26 + 0.5


def test_a_page_across_begins_28_mm_below_its_upper_edge(printed: Papers) -> None:
    across = [page for page in printed[LONG].pages if page.width > page.height][1:-1]
    for page in across:
        head = pages.ink_rows(page, left=35.7, right=36.5)[0]
        assert (head.top + head.bottom) / 2 == near(28)


def test_numbers_stand_where_they_would_on_the_upright_sheet(printed: Papers) -> None:
    """7 mm outside the 版心 at the left edge; one 字 in from the foot, on even pages the head."""
    for page in printed[ACROSS].pages[3:7]:
        number = number_of(page)
        assert "".join(c.text for c in number) == f"—{page.number}—"
        for character in number:
            assert (character.left + character.right) / 2 == pytest.approx(28.7, abs=0.5)
        if page.number % 2:
            assert max(c.bottom for c in number) == near(210 - 26 - 4.94)
        else:
            assert min(c.top for c in number) == near(28 + 4.94)
        # The dash itself, turned: 28 mm from the edge, as it is 28 mm from the foot upright.
        dash = pages.ink_rows(page, top=number[0].top, bottom=number[0].bottom, right=34)[0]
        assert (dash.left + dash.right) / 2 == near(28)


def test_upright_pages_go_on_counting_after_pages_across(printed: Papers) -> None:
    numbers = ["".join(c.text for c in number_of(page)) for page in printed[ACROSS].pages]
    assert numbers == [f"—{number}—" for number in range(1, 9)]
    last = pages.find_line(printed[ACROSS].pages[-1], "—8—")
    assert last.left == near(28 + 4.94)


HEADS = "序号存在问题整改措施责任单位完成时限"


def test_the_head_row_of_300_rows_stands_at_the_head_of_each_page(printed: Papers) -> None:
    """With the sheet held upright that is its left: the binding edge of odd pages (GX802)."""
    across = [page for page in printed[LONG].pages if page.width > page.height][:-1]
    rows = []
    for page in across:
        lines = texts(page)
        assert lines.count(HEADS) == 1
        rows += [line for line in lines if line.endswith("机关党支部3月31日")]
        if page is not across[0]:
            assert pages.find_line(page, HEADS).top < 28 + 8
    assert len(across) > 15
    assert [row.partition("学")[0] for row in rows] == [str(number) for number in range(1, 301)]


def test_a_row_higher_than_a_page_goes_on_over_it(printed: Papers) -> None:
    """LibreOffice would lose lines of a row that may not be parted (`preview.tall_rows`)."""
    across = [page for page in printed[TALL].pages if page.width > page.height][:-1]
    assert len(across) > 2
    assert "".join(paragraphs(note(rows=2, words=400))).count("入") == 2 * 400
    said = "".join("".join(texts(page)) for page in across)
    assert said.count("入") == 2 * 400
    assert said.count(HEADS) == len(across)


def test_an_annex_that_is_not_bound_says_of_which_document_it_is(printed: Papers) -> None:
    """GA005; the others only say their number."""
    lines = [line for page in printed[UNBOUND].pages[2:] for line in texts(page)]
    assert [line for line in lines if "附件" in line] == [
        "附件1",
        "示教〔2005〕3号附件2",
        "附件3",
        "附件4",
    ]
    assert pages.find_line(printed[UNBOUND].pages[3], "〔2005〕").left == near(35)


# --- 版记 on a page of its own (GX020, GN005, GI007) ---------------------------------------------


@pytest.mark.parametrize(
    ("name", "numbers"), [(ODD, ["—1—", "—2—", "—3—", ""]), (EVEN, ["—1—", "—2—", "", ""])]
)
def test_neither_the_page_of_the_imprint_nor_a_blank_one_before_it_bears_a_number(
    name: str, numbers: list[str], printed: Papers
) -> None:
    found = ["".join(c.text for c in number_of(page)) for page in printed[name].pages]
    assert found == numbers


@pytest.mark.parametrize("name", [ODD, EVEN])
def test_the_imprint_stands_alone_at_the_foot_of_an_even_page(name: str, printed: Papers) -> None:
    last = printed[name].pages[-1]
    assert last.number % 2 == 0
    assert texts(last) == ["抄送：示例市教育工会。", "示例市教育局2005年3月4日印发"]
    closing = pages.ink_rows(last)[-1]
    assert (closing.top + closing.bottom) / 2 == near(262)
    assert (closing.left, closing.right) == (near(28), near(184))


def test_the_page_before_is_blank_where_the_text_ends_on_an_even_one(printed: Papers) -> None:
    assert [bool(page.characters) for page in printed[EVEN].pages] == [True, True, False, True]


def test_without_the_choice_the_imprint_stands_on_the_last_page_of_the_text(
    printed: Papers,
) -> None:
    assert len(printed[JOINED].pages) == 3
    last = printed[JOINED].pages[-1]
    assert texts(last)[-1] == "示例市教育局2005年3月4日印发"
    assert pages.lines_of(last)[-1].text == "—3—"


# --- the first page shows text (GP009) -----------------------------------------------------------


@pytest.mark.parametrize("layout", ["document", "letter"])
def test_recipients_stay_as_long_as_text_stands_below_them(layout: str, printed: Papers) -> None:
    first = texts(printed[CROWDED[layout, -1]].pages[0])
    assert any(line.startswith("示例县第") for line in first)
    assert "第1段的正文。" in first


@pytest.mark.parametrize("layout", ["document", "letter"])
def test_one_more_moves_all_of_them_into_the_imprint(layout: str, printed: Papers) -> None:
    first, *_, last = printed[CROWDED[layout, 0]].pages
    assert not any(line.startswith("示例县第") for line in texts(first))
    assert "第1段的正文。" in texts(first)
    lines = pages.lines_of(last, top=100, bottom=263)
    main = next(i for i, line in enumerate(lines) if line.text.startswith("主送：示例县第"))
    copies = next(i for i, line in enumerate(lines) if line.text.startswith("抄送："))
    assert main < copies
    assert lines[copies - 1].text.endswith("局。")
    said = "".join(line.text for line in lines[main:copies])
    assert said == f"主送：{'，'.join(organs(crowding(layout)))}。"


def test_no_rule_stands_between_recipients_and_copies(printed: Papers) -> None:
    last = printed[CROWDED["document", 0]].pages[-1]
    copies = pages.find_line(last, "抄送：")
    rules = [
        band
        for band in pages.ink_rows(last, top=100, bottom=264)
        if band.right - band.left > 155 and band.bottom - band.top < 0.8
    ]
    assert len(rules) == 3
    assert rules[0].top < pages.find_line(last, "主送：").top
    assert rules[1].top > copies.bottom - 0.5
    assert (rules[2].top + rules[2].bottom) / 2 == near(262)


INPUT = "template: note\nunit: city\ndate_of_issue: 2005-03-04\nserial: 3\nmain_recipients: [{}]\n"


def told(count: int, tmp_path: Path) -> list[str]:
    space = folder(
        tmp_path,
        {
            "note/template.yaml": TEMPLATE.replace("LAYOUT", "document"),
            "note/body.md": BODY,
            "units/city/unit.yaml": UNIT,
        },
    )
    data = INPUT.format(", ".join(organs(count))).encode()
    made, problems = make_document(data, "in.yaml", open_library(space, keep=False))
    assert made is not None
    rare = "GD017"  # the names are made of all kinds of characters
    return [f"{problem.level} {problem}" for problem in problems if problem.code != rare]


def test_a_clerk_is_told_that_recipients_moved_and_how_they_may_stay(tmp_path: Path) -> None:
    assert told(crowding("document") - 1, tmp_path) == []
    assert told(crowding("document"), tmp_path) == [
        "note in.yaml:5:18: GP009 the title and 主送机关 leave no room for text on the first page:"
        " 版记 has the 主送机关 (shorten the title, or name organs of one kind together"
        ", such as 各县（区）教育局)"
    ]


def test_recipients_that_fit_nowhere_stay_and_a_clerk_is_warned(tmp_path: Path) -> None:
    assert told(150, tmp_path) == [
        "warning in.yaml:5:18: GP009 the title and 主送机关 leave no room for text on the first"
        " page; 版记 has none either (shorten the title, or name organs of one kind together"
        ", such as 各县（区）教育局)"
    ]
