"""The 通报 that criticises a unit: how it tells what went before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import demo
import pytest
from builders import paragraphs

CIRCULAR: Mapping[str, Any] = {
    "date_of_issue": "2005-01-20",
    "serial": 2,
    "issue": "示例小区供热不足",
    "responsible_unit": "市建设局",
    "due": "2005-01-06",
    "status": "整改中",
}


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (
            {
                "forecast_on": "2004-12-30",
                "reported_on": "2005-01-05",
                "supervised_on": "2005-01-07",
            },
            "于2004年12月30日发出揭摆问题预报单，2005年1月5日收到解决问题报告单，"
            "1月7日发出问题整改督办单，市建设局没有按照要求办结。",
        ),
        (
            {"supervised_on": "2005-01-07"},
            "于2005年1月7日发出问题整改督办单，市建设局没有按照要求办结。",
        ),
    ],
)
def test_the_year_of_the_forms_that_went_before_is_told_once(
    days: dict[str, str], told: str
) -> None:
    template = demo.demo().template("criticism-circular", "city-office")
    [said] = [
        text for text in paragraphs(template.render({**CIRCULAR, **days})) if "督办单" in text
    ]
    assert said == f"市委先进性教育活动办公室{told}"
