"""Opinions: what is asked for, how a card is answered, and who is named in a summary."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import demo
import docx
from builders import paragraphs

NOTICE: Mapping[str, Any] = {
    "date_of_issue": "2005-02-18",
    "serial": 8,
    "purpose": "为深入查摆问题",
    "period": {"start": "2005-02-21", "end": "2005-03-11"},
    "scopes": [
        {"object": "部门", "who": "各部门", "topics": ["服务质量"], "listen_to": ["群众"]},
    ],
    "ways": [{"channel": "座谈会", "text": "召开座谈会"}],
    "report": {"due": "2005-03-14"},
}
CARD: Mapping[str, Any] = {
    "date_of_issue": "2005-02-28",
    "object": "部门",
    "subject": "示例市民政局",
    "topics": ["服务质量"],
    "deadline": "2005-03-11",
    "deliver": "投入征求意见箱",
}
OPINION: Mapping[str, Any] = {
    "id": 1,
    "channel": "座谈会",
    "object": "部门",
    "topic": "服务质量",
    "wording": "我是退休教师吕某，停水从来不先说一声。",
    "given_by": "吕某",
    "outcome": "留作参考",
}


def made(template: str, **values: object) -> bytes:
    return demo.demo().template(template, "city-office").render(values)


def rows_of(document: bytes) -> list[list[str]]:
    """The rows of the last table, each cell once however wide it is."""
    table = docx.Document(io.BytesIO(document)).tables[-1]
    return [[*dict.fromkeys(cell.text for cell in row.cells)] for row in table.rows]


# --- the notice ----------------------------------------------------------------------------------


def test_a_notice_has_a_card_only_where_cards_are_sent_out() -> None:
    without = paragraphs(made("opinion-notice", **NOTICE))
    assert not [text for text in without if text.startswith("附件")]
    ways = [{"channel": "征求意见卡", "text": "下发征求意见卡"}]
    document = made("opinion-notice", **{**NOTICE, "ways": ways})
    assert "附件：征求意见卡" in paragraphs(document)
    assert rows_of(document) == [
        ["征求对象", "征求意见内容", "意见和建议"],
        ["各部门", "1.服务质量", ""],
        ["其他", ""],
    ]


def test_a_notice_names_a_first_report_only_where_there_is_one() -> None:
    once = "".join(paragraphs(made("opinion-notice", **NOTICE)))
    assert "征求到的意见于2005年3月14日前汇总报送" in once
    report = {"first": "2005-03-03", "due": "2005-03-14"}
    twice = "".join(paragraphs(made("opinion-notice", **{**NOTICE, "report": report})))
    assert "第一次汇总于2005年3月3日前报送，全部意见于2005年3月14日前报送" in twice


# --- the card ------------------------------------------------------------------------------------


def test_a_card_asks_for_no_name_unless_a_unit_fills_it_in() -> None:
    anonymous = made("opinion-card", **CARD)
    assert "（不记名）" in "".join(paragraphs(anonymous))
    assert rows_of(anonymous) == [
        ["征求对象", "部门：示例市民政局"],
        ["征求意见内容", "意见和建议"],
        ["1.服务质量", ""],
        ["其他", ""],
    ]
    signed = made("opinion-card", **CARD, anonymous=False)
    assert "（由单位填写）" in "".join(paragraphs(signed))
    assert rows_of(signed)[1] == ["填写单位", "", "填写人及电话"]


def test_the_fewer_the_topics_of_a_card_the_higher_their_rows() -> None:
    def height(topics: int) -> int:
        names = [f"第{number}方面" for number in range(topics)]
        document = made("opinion-card", **{**CARD, "topics": names})
        return docx.Document(io.BytesIO(document)).tables[0].rows[2].height or 0

    assert height(4) > height(5)


# --- the summary ---------------------------------------------------------------------------------


def summary(**opinion: object) -> bytes:
    values = {"date_of_issue": "2005-03-04", "as_of": "2005-03-03"}
    return made("opinion-summary", **values, opinions=[{**OPINION, **opinion}])


def test_a_person_is_named_only_who_wants_it() -> None:
    asked_for_it = rows_of(summary(anonymous=False))[-1]
    assert asked_for_it[1] == "座谈会\n吕某"
    assert asked_for_it[3] == "我是退休教师吕某，停水从来不先说一声。"


def test_without_a_word_about_it_nobody_is_named_not_even_in_their_own_words() -> None:
    row = rows_of(summary())[-1]
    assert row[1] == "座谈会"
    assert row[3] == "我是退休教师×××，停水从来不先说一声。"


def test_what_a_summary_is_not_told_leaves_no_empty_line() -> None:
    said = paragraphs(summary())
    heading = said.index("一、征求意见的情况")
    assert said[heading + 1 : heading + 3] == [
        "通过座谈会共征求到意见和建议1条，其中不记名的1条。",
        "二、按渠道和对象",
    ]
