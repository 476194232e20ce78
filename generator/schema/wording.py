"""How a text must be worded to stand where a template puts it: the `format`s that are ours.

A template sets marks, numbers and indents itself, and a title its 关于 and 文种: a text that brings
its own would print them twice. Which slips count depends on what the text is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from generator.problems import Message
from generator.schema.scalars import Fault, shown

Slip = Callable[[str, str], Fault | None]
"""Finds what is wrong with a text, whose label is told first."""

# Compiled when they are needed, by `re` itself.
_EDGE = r"\A\s|\s\Z"
_BREAK = r"[\n\r\u2028]"
_MARK = r"(?:[。；，、：！？．;,:!?]+|(?<=[一-龥])\.+)\Z"
_MARKS_AMISS = r"(?:[。！？：；，、;,:]*[；，、;,:]|[。；，、：]{2,})\Z"
_MARKS_TWICE = r"[。；，、：]{2,}\Z"
_HAN = "一二三四五六七八九十"
_NUMBER = (
    rf"\A(?:[（(](?:[{_HAN}]+|\d{{1,2}})[）)]"  # not 一、二季度, nor 1.5米, nor 2005、2006年
    rf"|[{_HAN}]+[、.．](?![{_HAN}])|\d{{1,2}}(?:[、．)）](?!\d)|\.(?!\d))|[①-⑳])"
)
_KINDS = "决议|决定|命令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|复?函|纪要|公示"
_FRAME = rf"\A关于|的(?:{_KINDS})\Z"
_CLOCK = r"(?<!\d)(\d{1,3})(?:[时点]|[:：](?=\d))(?:(\d{1,3})(?=分|\D|\Z))?"


def _no_edges(label: str, text: str) -> Fault | None:
    if not re.search(_EDGE, text):
        return None
    message = Message("“{label}” begins or ends with a space or an empty line", label=label)
    hint = Message("delete it from “{text}”; the document indents by itself", text=shown(text))
    return Fault("D109", message, hint)


def _one_line(label: str, text: str) -> Fault | None:
    if not re.search(_BREAK, text.strip()):
        return None
    message = Message("“{label}” goes over several lines: “{text}”", label=label, text=shown(text))
    return Fault("D109", message, Message("write it on one line, as one paragraph"))


def _no_number(label: str, text: str) -> Fault | None:
    if not (found := re.match(_NUMBER, text)):
        return None
    message = Message("“{label}” brings its own number: “{text}”", label=label, text=shown(text))
    hint = Message("leave out “{number}”; the document numbers by itself", number=found[0])
    return Fault("D109", message, hint)


def _marks(pattern: str) -> Slip:
    """The slip of a text whose end is as *pattern* says."""

    def find(label: str, text: str) -> Fault | None:
        if not (found := re.search(pattern, text)):
            return None
        message = Message(
            "“{label}” ends with “{mark}”: “{text}”",
            label=label,
            mark=found[0],
            text=shown(text),
        )
        return Fault("D109", message, Message("write no such mark at the end"))

    return find


def _no_frame(label: str, text: str) -> Fault | None:
    if not (found := re.search(_FRAME, text)):
        return None
    message = Message(
        "“{label}” says “{word}”, as the title around it does: “{text}”",
        label=label,
        word=found[0],
        text=shown(text),
    )
    return Fault("D109", message, Message("leave out “{word}”", word=found[0]))


def _clock(label: str, text: str) -> Fault | None:
    for found in re.finditer(_CLOCK, text):
        if int(found[1]) > 24 or int(found[2] or 0) > 59:
            message = Message(
                "the time “{time}” does not exist: “{text}”", time=found[0], text=text
            )
            return Fault("D109", message, Message("write it such as 下午3时 or 15:00"))
    return None


_WORDS = (_no_edges, _one_line, _no_number)
WORDINGS: Mapping[str, tuple[Slip, ...]] = {
    "clock": (_no_edges, _one_line, _marks(_MARK), _clock),
    "organ": (_no_edges, _one_line, _marks(_MARK)),
    "paragraph": (_no_edges, _one_line, _marks(_MARKS_TWICE)),
    "phrase": (*_WORDS, _marks(_MARK)),
    "sentence": (*_WORDS, _marks(_MARKS_AMISS)),
    "subject": (*_WORDS, _marks(_MARK), _no_frame),
}
"""By the `format`: times of day, names of organs, whole paragraphs; what the template closes with
a mark of its own; what is closed, and numbered, where it lacks that; what stands in a title."""


def wording_fault(text: str, wanted: str, label: str) -> Fault | None:
    """The first thing that keeps *text* from being worded as *wanted*, one of WORDINGS."""
    return next(filter(None, (slip(label, text) for slip in WORDINGS[wanted])), None)


def is_worded(wanted: str) -> Callable[[str], bool]:
    """Whether a text is worded as *wanted*, for a validator of JSON Schema."""
    if wanted == "clock":
        return lambda text: wording_fault(text, wanted, "") is None
    return lambda text: is_plain(text) or wording_fault(text, wanted, "") is None


_BEGIN_SLIPS = frozenset("（(关")
_END_SLIPS = frozenset("。；，、：！？．;,:!?.") | {kind[-1] for kind in _KINDS.split("|")}


def is_plain(text: str) -> bool:
    """Whether *text* begins and ends as no slip does, but one of the clock: most do, and soon."""
    if not text or "\n" in text or "\r" in text or "\u2028" in text:
        return False
    first, last = text[0], text[-1]
    begins = first in _BEGIN_SLIPS or first.isspace() or first.isnumeric()
    return not (begins or last in _END_SLIPS or last.isspace())
