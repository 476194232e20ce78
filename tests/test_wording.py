"""Texts that bring what the document sets around them: marks, numbers, indents, a title's words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.problems import NoticeError
from generator.schema import Schema
from generator.schema.wording import WORDINGS, is_plain, is_worded, wording_fault


def said(wanted: str, text: str) -> list[str]:
    """What is wrong with *text* where a text of the format *wanted* belongs."""
    definition = {"title": "正文", "type": "string", "format": wanted}
    try:
        Schema({"properties": {"text": definition}}).check({"text": text})
    except NoticeError as error:
        return [str(problem).removeprefix("text: ") for problem in error.problems]
    return []


@pytest.mark.parametrize(
    ("wanted", "text", "message"),
    [
        ("phrase", "各单位。", "ends with “。”: “各单位。” (write no such mark at the end)"),
        ("phrase", "请准备！", "ends with “！”: “请准备！” (write no such mark at the end)"),
        ("phrase", "请准备.", "ends with “.”: “请准备.” (write no such mark at the end)"),
        (
            "organ",
            "市财政局：，",
            "ends with “：，”: “市财政局：，” (write no such mark at the end)",
        ),
        (
            "organ",
            "区委办公室。。",
            "ends with “。。”: “区委办公室。。” (write no such mark at the end)",
        ),
        ("sentence", "；。", "ends with “；。”: “；。” (write no such mark at the end)"),
        ("sentence", "请派员；", "ends with “；”: “请派员；” (write no such mark at the end)"),
        (
            "paragraph",
            "已收悉。。",
            "ends with “。。”: “已收悉。。” (write no such mark at the end)",
        ),
    ],
)
def test_a_mark_that_the_document_sets_is_not_brought_along(
    wanted: str, text: str, message: str
) -> None:
    assert said(wanted, text) == [f"D109 “正文” {message}"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("一、请下达经费。", "一、"),
        ("（二）请派员参加", "（二）"),
        ("(3)请派员参加", "(3)"),
        ("4.请派员参加", "4."),
        ("5、请派员参加", "5、"),
        ("⑥请派员参加", "⑥"),
    ],
)
def test_an_item_has_no_number_of_its_own(text: str, number: str) -> None:
    hint = f"leave out “{number}”; the document numbers by itself"
    assert said("sentence", text) == [f"D109 “正文” brings its own number: “{text}” ({hint})"]


@pytest.mark.parametrize(
    ("text", "word"),
    [("关于商请支持", "关于"), ("商请支持的函", "的函"), ("开展工作的通知", "的通知")],
)
def test_a_subject_does_not_repeat_the_title_around_it(text: str, word: str) -> None:
    message = f"“正文” says “{word}”, as the title around it does: “{text}”"
    assert said("subject", text) == [f"D109 {message} (leave out “{word}”)"]


@pytest.mark.parametrize("wanted", ["clock", "organ", "paragraph", "phrase", "sentence", "subject"])
@pytest.mark.parametrize("text", ["　　各单位", "各单位　", "各单位\n"])
def test_spaces_around_a_text_are_told(wanted: str, text: str) -> None:
    assert said(wanted, text) == [
        "D109 “正文” begins or ends with a space or an empty line "
        "(delete it from “各单位”; the document indents by itself)"
    ]


@pytest.mark.parametrize("wanted", ["clock", "organ", "paragraph", "phrase", "sentence", "subject"])
def test_a_line_break_within_a_text_is_told(wanted: str) -> None:
    assert said(wanted, "各单位\n各部门") == [
        "D109 “正文” goes over several lines: “各单位 各部门” "
        "(write it on one line, as one paragraph)"
    ]


@pytest.mark.parametrize(
    ("text", "time"),
    [("25时", "25时"), ("下午3时75分", "3时75"), ("9:60", "9:60"), ("上午9时至48:00", "48:00")],
)
def test_a_time_of_day_exists(text: str, time: str) -> None:
    assert said("clock", text) == [
        f"D109 the time “{time}” does not exist: “{text}” (write it such as 下午3时 or 15:00)"
    ]


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        ("clock", "上午9时30分至11:30"),
        ("clock", "24时"),
        ("clock", "下午3时（会期2小时）"),
        ("organ", "各县（区）委"),
        ("paragraph", "现就有关事项函商如下："),
        ("paragraph", "一、二季度的情况已收悉。"),
        ("phrase", "1.5米以下的围挡"),
        ("phrase", "2005、2006年的计划"),
        ("phrase", "一、二年级的学生"),
        ("phrase", "填写《征求意见表》"),
        ("sentence", "请派员参加。"),
        ("sentence", "请派员参加！"),
        ("subject", "转发《示例市关于做好工作的通知》"),
        ("subject", "召开意见反馈会议"),
    ],
)
def test_what_only_looks_alike_may_stand(wanted: str, text: str) -> None:
    assert said(wanted, text) == []


def test_only_the_first_slip_of_a_text_is_told() -> None:
    assert said("phrase", "　一、各单位。") == [
        "D109 “正文” begins or ends with a space or an empty line "
        "(delete it from “一、各单位。”; the document indents by itself)"
    ]


def test_a_pattern_is_told_in_the_words_of_its_schema() -> None:
    definition = {
        "title": "代码",
        "type": "string",
        "description": "两位数字",
        "pattern": "^[0-9][0-9]$",
    }
    with pytest.raises(NoticeError) as caught:
        Schema({"properties": {"code": definition}}).check({"code": "甲"})
    [problem] = caught.value.problems
    assert str(problem) == "code: D109 “代码” has not the form that it needs: “甲” (两位数字)"


SIGNS = "一二十关于的通知函要市民政局（）()、.。；：，!！ 　\n\r\u2028\t1２①⑳a"


@given(st.text(SIGNS, max_size=8))
def test_what_is_plain_at_both_ends_has_no_slip(text: str) -> None:
    for wanted in WORDINGS:
        worded = wording_fault(text, wanted, "") is None
        assert is_worded(wanted)(text) == worded
        assert worded or wanted == "clock" or not is_plain(text)
