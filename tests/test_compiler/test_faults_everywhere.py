"""Every fault in every place of a Word template, as the whole line in both languages."""

from __future__ import annotations

import pytest
from builders import HEAD, docx_parts, docx_with, joined_to, p, table, zipped
from test_everywhere import CORE, box, notes, refers

from generator import NoticeError, compile_docx
from generator.cli.language import load_catalogue
from generator.reporting import problem_line

CHINESE = load_catalogue("zh")


def in_a_note(text: str) -> bytes:
    members = docx_parts(f"<w:p>{refers('footnotes')}</w:p>")
    return zipped(joined_to(members, "word/footnotes.xml", notes("footnotes", text)))


def in_the_title(text: str) -> bytes:
    core = (
        f'<cp:coreProperties xmlns:cp="{CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{text}</dc:title></cp:coreProperties>"
    )
    return docx_with("甲", parts={"docProps/core.xml": HEAD + core})


PLACES = {
    "body": (lambda text: docx_with("甲", text), "body ¶2", "正文第2段"),
    "header": (lambda text: docx_with("甲", header=p(text)), "header ¶1", "页眉第1段"),
    "footer": (lambda text: docx_with("甲", footer=p(text)), "footer ¶1", "页脚第1段"),
    "note": (in_a_note, "footnotes ¶1", "脚注第1段"),
    "cell": (
        lambda text: docx_with("甲", table(["一", "二"], ["三", text])),
        "body ¶5 (row 2, column 2)",
        "正文第5段（表格第2行第2列）",
    ),
    "text box": (
        lambda text: docx_with(f"<w:p>{box(text)}</w:p>"),
        "text box in the body ¶1",
        "正文文本框第1段",
    ),
    "title": (in_the_title, "document properties", "文档属性"),
}
FAULTS = {
    "截至{{ 日期止": (
        ("“截至{{ 日期止”: T001 “{{” is never closed (add “}}”)",),
        ("“截至{{ 日期止”: T001 “{{”没有结束（补上“}}”）",),
    ),
    "截至｛｛ 日期 ｝｝止": (
        (
            "“截至｛｛ 日期 ｝｝止”: T024 “｛｛ 日期 ｝｝” is written with full-width signs"
            " (write “{{ 日期 }}”)",
        ),
        ("“截至｛｛ 日期 ｝｝止”: T024 “｛｛ 日期 ｝｝”用了全角符号（写成“{{ 日期 }}”）",),
    ),
    "{% wenn 急 %}甲{% ende %}": (
        (
            "“{% wenn 急 %}甲{% en…”: T004 there is no statement “wenn”",
            "“… 急 %}甲{% ende %}”: T004 there is no statement “ende”",
        ),
        (
            "“{% wenn 急 %}甲{% en…”: T004 没有语句“wenn”",
            "“… 急 %}甲{% ende %}”: T004 没有语句“ende”",
        ),
    ),
    "截至{{ 日期 | dat }}止": (
        ("“截至{{ 日期 | dat }}止”: T017 there is no filter “dat” (did you mean “date”?)",),
        ("“截至{{ 日期 | dat }}止”: T017 没有过滤器“dat”（是否应为“date”？）",),
    ),
    "截至{{ 日期 is nope }}止": (
        ("“截至{{ 日期 is nope }}止”: T019 there is no test “nope” (did you mean “none”?)",),
        ("“截至{{ 日期 is nope }}止”: T019 没有判断“nope”（是否应为“none”？）",),
    ),
    "截至{{ 日期 月份 }}止": (
        (
            "“截至{{ 日期 月份 }}止”: T018 Jinja cannot read “{{ 日期 月份 }}”:"
            " “月份” cannot stand here"
            " (correct what stands between the braces)",
        ),
        (
            "“截至{{ 日期 月份 }}止”: T018 标签“{{ 日期 月份 }}”有语法错误："
            "此处不能写“月份”（改正花括号内的内容）",
        ),
    ),
    "甲{% endif %}乙": (
        ("“甲{% endif %}乙”: T005 “{% endif %}” closes nothing",),
        ("“甲{% endif %}乙”: T005 “{% endif %}”没有对应的开头",),
    ),
    "甲{% if 急 %}乙": (
        ("“甲{% if 急 %}乙”: T006 “{% if 急 %}” is never closed (add “{% endif %}”)",),
        ("“甲{% if 急 %}乙”: T006 “{% if 急 %}”没有结束（补上“{% endif %}”）",),
    ),
    "甲{% if 急 %}{% for 行 in 表 %}{% endif %}{% endfor %}乙": (
        (
            "“…n 表 %}{% endif %}{% end…”: T005 “{% endif %}” closes nothing here"
            " (“{% for 行 in 表 %}” at PLACE is still open)",
        ),
        (
            "“…n 表 %}{% endif %}{% end…”: T005 “{% endif %}”在此处没有对应的开头"
            "（PLACE的“{% for 行 in 表 %}”尚未结束）",
        ),
    ),
    "甲{% filter upper %}乙{% endfilter %}": (
        (
            "“甲{% filter upper %}乙{% en…”: T004 {% filter %} is not available"
            " (apply a filter to each value instead)",
        ),
        ("“甲{% filter upper %}乙{% en…”: T004 不能使用“{% filter %}”（改为对每个值使用过滤器）",),
    ),
}


@pytest.mark.parametrize("text", FAULTS)
@pytest.mark.parametrize("name", PLACES)
def test_a_fault_is_told_with_part_paragraph_cell_words_and_what_to_do(
    name: str, text: str
) -> None:
    make, english, chinese = PLACES[name]
    places = (f"{english} ", chinese)
    with pytest.raises(NoticeError) as caught:
        compile_docx(make(text))
    for place, lines, translate in zip(places, FAULTS[text], (str, CHINESE), strict=True):
        assert [problem_line(each, translate) for each in caught.value.problems] == [
            f"template.docx: {place}{line.replace('PLACE', place.strip())}" for line in lines
        ]


VALUES = {
    "截至{{ 日期 | date }}止": (
        "“截至{{ 日期 | date }}止”: T404 a value does not fit its tag:"
        " the date “2005-02-30” does not exist (values from 日期)",
        "“截至{{ 日期 | date }}止”: T404 值与标签不符：日期“2005-02-30”不存在（值取自日期）",
    ),
    "{% for 行 in 表 %}{{ 行.甲 }}{% endfor %}": (
        "“…n 表 %}{{ 行.甲 }}{% end…”: T401 “甲” is not there; there are: 乙 (values from 表[0];"
        " give the value, or write “{% if … is defined %}” around the tag)",
        "“…n 表 %}{{ 行.甲 }}{% end…”: T401 没有“甲”，现有：乙（值取自表[0]；"
        "给出该值，或用“{% if … is defined %}”括起标签）",
    ),
    "共{{ 表 }}项": (
        "“共{{ 表 }}项”: T403 a list or a mapping stands where text belongs (values from 表)",
        "“共{{ 表 }}项”: T403 此处应为文字，却是列表或键值组（值取自表）",
    ),
}


@pytest.mark.parametrize("text", VALUES)
@pytest.mark.parametrize("name", PLACES)
def test_a_value_that_fails_is_told_at_the_tag_and_at_its_own_place(name: str, text: str) -> None:
    make, english, chinese = PLACES[name]
    places = (f"{english} ", chinese)
    with pytest.raises(NoticeError) as caught:
        compile_docx(make(text)).render({"日期": "2005-02-30", "表": [{"乙": "x"}]})
    for place, line, translate in zip(places, VALUES[text], (str, CHINESE), strict=True):
        assert [problem_line(each, translate) for each in caught.value.problems] == [
            f"template.docx: {place}{line}"
        ]
