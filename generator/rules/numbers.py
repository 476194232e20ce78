"""The number of a document (发文字号), held to the form that the standard gives it."""

from __future__ import annotations

import re

from generator.problems import Location, Message, Problem

_NUMBER = re.compile(r"[一-龥]{1,12}〔\d{4}〕[1-9]\d*号", re.ASCII)
_ORDER_NUMBER = re.compile(r"第[1-9]\d*号", re.ASCII)


def check_number(number: str | None, kind: str | None, where: Location) -> list[Problem]:
    """What is wrong with the 发文字号 of a document of this 文种, if there is one (7.2.5).

    That of an order is a 令号 (10.2).
    """
    wanted = _ORDER_NUMBER if kind in ("命令", "令") else _NUMBER
    if not number or wanted.fullmatch(number):
        return []
    if wanted is _ORDER_NUMBER:
        message = Message("“{number}” is not the number of an order", number=number)
        return [Problem("GF202", message, where, Message("write it as 第3号"))]
    return [
        Problem(
            "GH008",
            Message("“{number}” is not the number of a document", number=number),
            where,
            Message(
                "it is the unit's code, the year in 〔〕, the serial number and 号: 示教〔2005〕3号"
            ),
        )
    ]
