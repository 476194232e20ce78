"""What is longer than usual: titles, marks, 抄送机关, 印发机关, numbers; most of it on paper."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pages
import pytest
from builders import folder
from pages import Page, Printed

from generator import NoticeError, check, open_library

CODE = "中共示例市委先教办公室通"  # 12 characters, the most that a 机关代字 may have
UNIT = "name: {name}\nkind: 办公室\ncode: {code}\nletterhead: {{mark: {mark}}}\n"
NAME = "中共示例市委先进性教育活动领导小组办公室"
MARK = "示例市委文件"
TEMPLATE = """\
title: "{{{{ topic }}}}"
kind: {kind}
layout: {layout}
number: "{{{{ unit.code }}}}〔{{{{ date_of_issue[:4] }}}}〕{{{{ serial }}}}号"
schema:
  required: [topic]
  properties:
    topic: {{title: 事由, type: string}}
    count: {{title: 段数, type: integer, default: 3}}
"""
BODY = """\
{% for number in range(count) %}

各县（区）要按照统一部署，认真组织实施，确保各项工作落到实处、取得实效。

{% endfor %}
"""
TITLE = (
    "中共示例市委先进性教育办公室关于转发《示例县委先进性教育活动领导小组"
    "关于公开征求群众意见、限期整改突出问题和健全长效机制情况的报告》的通知"
)
OFFICES = (
    "教育 民政 财政 人事 农业 水利 交通 建设 商务 文化"
    " 卫生 审计 统计 物价 林业 旅游 体育 地震 粮食 档案"
)
FORTY = [f"示例{place}{office}局" for place in ("市", "县") for office in OFFICES.split()]
VALUES: dict[str, Any] = {
    "topic": "关于做好有关工作的通知",
    "date_of_issue": "2005-03-02",
    "serial": 1,
    "main_recipients": ["各县（区）委"],
    "cc": ["市委办公室"],
    "printed_by": NAME,
}
near = partial(pytest.approx, abs=0.5)
Papers = Mapping[str, Printed]


def files(kind: str = "通知", layout: str = "document", **unit: str) -> dict[str, str]:
    settings = {"name": NAME, "code": "示先教办", "mark": MARK} | unit
    return {
        "units/office/unit.yaml": UNIT.format(**settings),
        "note/template.yaml": TEMPLATE.format(kind=kind, layout=layout),
        "note/body.md": BODY,
    }


def document(files: Mapping[str, str], **values: object) -> bytes:
    with TemporaryDirectory() as space:
        library = open_library(folder(Path(space), files), keep=False)
        template = library.template("note", "office")
        assert template.schema is not None
        given = {k: v for k, v in (VALUES | values).items() if k in template.schema.names}
        return template.render(given)


def to_print(name: str, files: Mapping[str, str], **values: object) -> str:
    return pages.to_print(f"long-{name}", lambda: document(files, **values))


LABELS = {"copy_number": "000001", "classification": "机密★1年", "urgency": "特急"}
LONG_TITLE = to_print("title", files(), topic=TITLE)
LONG_TITLE_UPWARD = to_print(
    "title-upward",
    files("报告"),
    topic=TITLE,
    signatory=["欧阳某某", "司徒某某", "张某"],
    **LABELS,
)
NARROWED = to_print("mark-narrowed", files(mark="中共示例市委先进性教育活动领导小组办公室文件"))
TWO_LINES = to_print("mark-two-lines", files(mark=f'"{NAME}\\n示例市人民政府办公室文件"'))
COPIES = {
    f"{layout}-{count}": to_print(
        f"copies-{layout}-{count}", files(layout=layout), cc=FORTY, count=count
    )
    for layout in ("document", "letter")
    for count in (3, 8, 12)
}
PRINTERS = {
    length: to_print(f"printer-{length}", files(), printed_by=(NAME * 3)[:length])
    for length in (20, 28, 30, 45)
}
LONG_NUMBER = to_print("number", files(code=CODE), serial=1234)
UPWARD = {
    names: to_print(
        f"number-upward-{len(names)}",
        files("报告", code=CODE),
        serial=1234,
        signatory=[*names],
    )
    for names in (("欧阳某某",), ("欧阳某某", "司徒某某"), ("欧阳某某", "司徒某某", "张某"))
}


def rules(page: Page) -> list[pages.Ink]:
    """The black rules across the type area."""
    return [
        band
        for band in pages.ink_rows(page, top=30, bottom=264)
        if not band.red and band.bottom - band.top < 0.6 and band.right - band.left > 150
    ]


# --- titles --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [LONG_TITLE, LONG_TITLE_UPWARD])
def test_a_title_of_four_lines_fits_its_page_and_the_recipients_follow(
    printed: Papers, name: str
) -> None:
    first = printed[name].pages[0]
    lines = pages.lines_of(first, top=120, bottom=265)
    start = next(index for index, line in enumerate(lines) if line.characters[0].size > 20)
    title, recipients, *text = lines[start:][:4], *lines[start + 4 :]
    assert [line.text for line in title] == [
        "中共示例市委先进性教育办公室关于",
        "转发《示例县委先进性教育活动领导小组",
        "关于公开征求群众意见、限期整改突出问题和",
        "健全长效机制情况的报告》的通知",
    ]
    for line in title:
        assert (line.left + line.right) / 2 == near(28 + 156 / 2)
        assert line.left > 27.5
        assert line.right < 184.5
    pitches = [below.baseline - above.baseline for above, below in pairwise(title)]
    assert pitches == [near(680 / 1440 * 25.4)] * 3
    assert recipients.text == "各县（区）委："
    one_empty = 2 * 225 / 22
    assert recipients.baseline - title[-1].baseline == pytest.approx(one_empty, abs=1)
    assert text, "no line of the text stands on the first page (GP009)"


# --- marks ---------------------------------------------------------------------------------------


def test_a_long_mark_is_narrowed_to_the_width_of_the_type_area(printed: Papers) -> None:
    mark = next(band for band in pages.ink_rows(printed[NARROWED].pages[0]) if band.red)
    assert mark.top == near(72)
    assert 150 < mark.right - mark.left <= 156
    assert (mark.left + mark.right) / 2 == near(28 + 156 / 2)


def test_a_mark_in_two_lines_begins_at_the_same_height(printed: Papers) -> None:
    first, second, *_ = [band for band in pages.ink_rows(printed[TWO_LINES].pages[0]) if band.red]
    assert first.top == near(72)
    assert second.top > first.bottom
    for line in (first, second):
        assert line.right - line.left <= 156
        assert (line.left + line.right) / 2 == near(28 + 156 / 2)


def refusals(root: Path, files: Mapping[str, str]) -> list[str]:
    with pytest.raises(NoticeError) as raised:
        open_library(folder(root, files), keep=False).template("note", "office")
    return [str(problem).removeprefix(f"{root}/units/office/") for problem in raised.value.problems]


def test_a_mark_that_would_be_narrowed_beyond_reading_is_told_at_its_line(tmp_path: Path) -> None:
    mark = f"{NAME}综合协调处文件"  # 27 characters
    assert refusals(tmp_path, files(mark=mark)) == [
        f"unit.yaml:4:20: B045 “{mark}” is too long for a line, even narrowed (36 points)"
        ' (use the 规范化简称, or write it in two lines: mark: "…\\n…")'
    ]
    minutes = files(mark=mark, layout="minutes")
    assert refusals(tmp_path, minutes) == [
        f"unit.yaml:4:13: B045 “{mark[:-2]}会议纪要” is too long for a line, even narrowed"
        ' (36 points) (use the 规范化简称, or write it in two lines: minutes_mark: "…\\n…")'
    ]


def test_the_name_of_a_unit_that_is_too_long_for_a_mark_is_told_in_its_file(
    tmp_path: Path,
) -> None:
    name = f"{NAME}综合协调处"
    unit = f"name: {name}\nkind: 办公室\ncode: 示\n"
    assert refusals(tmp_path, files() | {"units/office/unit.yaml": unit}) == [
        f"unit.yaml: B045 “{name}文件” is too long for a line, even narrowed (36 points)"
        ' (use the 规范化简称, or write it in two lines: mark: "…\\n…")'
    ]


@pytest.mark.parametrize(("layout", "more"), [("document", ", preprinted: true"), ("plain", "")])
def test_a_mark_that_is_not_printed_needs_no_room(layout: str, more: str) -> None:
    made = files(mark=f"{NAME}综合协调处文件{more}", layout=layout)
    if layout == "plain":
        made["note/template.yaml"] = made["note/template.yaml"].replace("number:", "# number:")
    assert document(made)


# --- 版记 ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", COPIES)
def test_forty_organs_grow_upwards_from_the_foot_of_the_type_area(
    printed: Papers, name: str
) -> None:
    *before, last = printed[COPIES[name]].pages
    lines = [line.text for line in pages.lines_of(last, top=30, bottom=264)]
    start = next(index for index, line in enumerate(lines) if line.startswith("抄送："))
    end = next(index for index, line in enumerate(lines) if line.endswith("局。"))
    assert "".join(lines[start : end + 1]) == f"抄送：{'，'.join(FORTY)}。"
    assert end - start >= 10
    assert "抄送" not in "".join(character.text for page in before for character in page.characters)
    if name.startswith("letter"):
        bottom = pages.lines_of(last, top=30, bottom=264)[-1]
        assert pages.ink_rows(last, top=bottom.top, bottom=264)[-1].bottom == near(260.5)
        return
    first, inner, closing = rules(last)
    assert (closing.top + closing.bottom) / 2 == near(262)
    assert first.top > 37
    assert inner.top == near(closing.top - 560 / 1440 * 25.4)


def test_organs_that_no_page_holds_are_told_with_their_number_of_lines(tmp_path: Path) -> None:
    listed = "\n".join(f"- {organ}{number}" for number in range(3) for organ in FORTY)
    values = "\n".join(f"{key}: {value}" for key, value in VALUES.items() if key != "cc")
    text = f"template: note\nunit: office\n{values}\ncc:\n{listed}\n".replace("'", "")
    folder(tmp_path, files() | {"in.yaml": text})
    library = open_library(tmp_path, keep=False)
    assert [str(each) for each in check(tmp_path / "in.yaml", library=library)] == [
        f"{tmp_path}/in.yaml:9:1: GI001 the 版记 would take 37 lines, a page has 22"
        " (name 抄送机关 of one kind together, such as 各县（区）委)"
    ]


@pytest.mark.parametrize("length", PRINTERS)
def test_a_long_printer_pushes_nothing_out_of_its_box(printed: Papers, length: int) -> None:
    last = printed[PRINTERS[length]].pages[-1]
    above, inner, closing = rules(last)
    assert (closing.top + closing.bottom) / 2 == near(262)
    lines = pages.lines_of(last, top=inner.bottom, bottom=closing.top)
    assert lines[-1].text.endswith("2005年3月2日印发")
    assert lines[-1].right == pytest.approx(184 - 4.94, abs=1)
    said = "".join(line.text for line in lines)
    assert said == f"{(NAME * 3)[:length]}2005年3月2日印发"
    assert above.top < inner.top


# --- numbers -------------------------------------------------------------------------------------


def test_the_longest_number_stands_in_one_line(printed: Papers) -> None:
    line = pages.find_line(printed[LONG_NUMBER].pages[0], "〔2005〕")
    assert line.text == f"{CODE}〔2005〕1234号"
    assert (line.left + line.right) / 2 == near(28 + 156 / 2)


@pytest.mark.parametrize("names", UPWARD)
def test_signatories_stand_above_each_other_where_the_number_is_long(
    printed: Papers, names: tuple[str, ...]
) -> None:
    first = printed[UPWARD[names]].pages[0]
    line = pages.find_line(first, "〔2005〕")
    above = pages.find_line(first, "签发人：")
    number = f"{CODE}〔2005〕1234号"
    assert above.text == f"签发人：{names[0]}"
    assert line.text == number + "".join(names[1:][-1:])
    lines = pages.lines_of(first, top=above.baseline - 1, bottom=line.baseline + 1)
    signed = "".join(each.text for each in lines).replace("签发人：", "").replace(number, "")
    assert signed == "".join(names)
    widest = [each for each in lines if "某" in each.text]
    for each in widest:
        name = next(name for name in names if each.text.endswith(name))
        start = each.characters[-len(name)].left
        assert start == pytest.approx(184 - 5 * 5.55, abs=1), "names stand under names"
    pitches = [below.baseline - above.baseline for above, below in pairwise(lines)]
    assert pitches == [near(225 / 22)] * len(pitches)
