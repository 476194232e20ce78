"""Elements of one document that cannot stand together, or that its 文种 does not have."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from generator.formats import read_date, width
from generator.layouts.geometry import STANDARD
from generator.problems import Location, Message, Problem
from generator.sources import KeyPath

Values = Mapping[str, Any]
Place = Callable[[KeyPath], Location]

_DOWNWARD = frozenset("决议 决定 命令 令 公报 公告 通告 通知 通报 批复".split())
"""The 文种 that never go up, and so bear no 签发人 (条例 8 and 9(6))."""
_SIGNED_BY_A_PERSON = "signer_office"
_OPEN = "公开"
_NOT_OPEN = ("不公开", "不予公开", "不得公开", "免予公开")


def check_agreement(context: Values, kind: str | None, place: Place) -> Iterator[Problem]:
    """What of a document of this 文种 contradicts another element of it.

    *context* is all that its template sees.
    """
    yield from _open_secret(context, place)
    yield from _printed_too_early(context, place)
    yield from _addressed_twice(context, place)
    yield from _signed_downward(context, kind, place)
    yield from _issuer_of_two_lines(context, place)


def _open_secret(context: Values, place: Place) -> Iterator[Problem]:
    remark, classification = str(context.get("remark") or ""), context.get("classification")
    if not classification or _OPEN not in remark or any(each in remark for each in _NOT_OPEN):
        return
    message = Message(
        "the document is “{classification}”, and its 附注 says “{remark}”",
        classification=classification,
        remark=remark,
    )
    yield Problem("GB007", message, place(("remark",)), Message("take one of the two out"))


def _printed_too_early(context: Values, place: Place) -> Iterator[Problem]:
    issued, printed = context.get("date_of_issue"), context.get("date_of_printing")
    if not issued or not printed or read_date(printed) >= read_date(issued):
        return
    message = Message(
        "it was printed on {printed}, before it was issued on {issued}",
        printed=printed,
        issued=issued,
    )
    yield Problem("GI005", message, place(("date_of_printing",)), Message("correct one of the two"))


def _addressed_twice(context: Values, place: Place) -> Iterator[Problem]:
    recipients = context.get("main_recipients") or ()
    for index, organ in enumerate(context.get("cc") or ()):
        if organ in recipients:
            message = Message("“{organ}” is among the 主送机关 and the 抄送机关", organ=organ)
            hint = Message("keep it in one of the two")
            yield Problem("GI003", message, place(("cc", index)), hint, "warning")


def _signed_downward(context: Values, kind: str | None, place: Place) -> Iterator[Problem]:
    if context.get("signatory") and kind in _DOWNWARD:
        message = Message("a {kind} goes down, and bears no 签发人", kind=kind)
        hint = Message("take it out; only 报告, 请示 and the like bear it")
        yield Problem("GH010", message, place(("signatory",)), hint, "warning")


def _issuer_of_two_lines(context: Values, place: Place) -> Iterator[Problem]:
    """A 署名 of one organ that is too wide for its line: it would be broken inside a word."""
    issuer = context.get("issuer")
    several = len(context.get("issuing_organs") or ()) > 1
    if not issuer or several or _SIGNED_BY_A_PERSON in context or "sealed" not in context:
        return
    room = STANDARD.text_width // STANDARD.character
    if not context["sealed"]:
        room -= STANDARD.unsealed_characters
    widest = max(map(width, str(issuer).split("\n")))
    if widest <= room:
        return
    message = Message(
        "the 署名 “{issuer}” is {width} characters wide, its line has {room}",
        issuer=issuer,
        width=f"{widest:g}",
        room=room,
    )
    hint = Message(
        "give the unit the 规范化简称 as its issuer / 发文机关署名, or two lines: {example}",
        example=r'"…\n…"',
    )
    code = "GT001" if context["sealed"] else "GT003"
    yield Problem(code, message, place(("unit",)), hint, "warning")
