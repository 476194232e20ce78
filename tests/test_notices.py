"""What the built-in notices and letters say of themselves: nobody's words but the clerk's."""

from __future__ import annotations

from typing import Any, cast

import demo
import pytest
from builders import paragraphs

OF_UNIT = "不写则用发文单位的设置"
MEETING = {
    "date_of_issue": "2005-03-02",
    "serial": 11,
    "meeting": "联络员会议",
    "date": "2005-03-04",
    "time": "下午3时",
    "place": "第二会议室",
}


def meeting(**values: object) -> list[str]:
    """The paragraphs of a notice of a meeting with other *values*."""
    template = demo.demo().template("meeting-notice", "city-office")
    return paragraphs(template.render({**MEETING, **values}))


def test_a_notice_of_a_meeting_invents_nobody_who_takes_part() -> None:
    said = meeting()
    assert [text for text in said if "参加人员" in text] == [
        "请参加人员提前10分钟入场，会议期间关闭手机。"
    ]
    assert "三、有关要求" in said
    assert "各单位分管负责同志。" in meeting(participants=["各单位分管负责同志"])


def test_all_that_issue_a_notice_of_a_meeting_decided_it() -> None:
    said = meeting(joint_issuers=["civil-affairs"])
    [opening] = [text for text in said if "现将有关事项通知如下：" in text]
    assert opening == (
        "中共示例市委先进性教育办公室、示例市民政局决定召开联络员会议。现将有关事项通知如下："
    )


@pytest.mark.parametrize(
    ("template", "fields"),
    [
        ("letter", {"joint_issuers", "sealed"}),
        (
            "meeting-notice",
            {"cc", "joint_issuers", "main_recipients", "printed_by", "sealed", "separate_imprint"},
        ),
        (
            "progress-report",
            {"joint_issuers", "printed_by", "sealed", "separate_imprint", "signatory"},
        ),
    ],
)
def test_a_field_says_that_the_unit_gives_it_where_it_does(template: str, fields: set[str]) -> None:
    schema = demo.demo().template(template).schema
    assert schema is not None
    properties = cast("dict[str, Any]", schema.definition["properties"])
    said = {key for key, field in properties.items() if OF_UNIT in field.get("description", "")}
    assert said == fields


@pytest.mark.parametrize("unit", ["city-office", "civil-affairs"])
def test_a_letter_has_the_copies_of_its_own(unit: str) -> None:
    schema = demo.demo().template("letter", unit).schema
    assert schema is not None
    properties = cast("dict[str, Any]", schema.definition["properties"])
    assert "default" not in properties["cc"]
