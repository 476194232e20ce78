"""Bytes → text, and the characters that no document can carry."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping

from generator.problems import Location, Message, NoticeError, Problem

# YAML 1.1, 5.1 and XML 1.0, 2.2 without the line breaks that only YAML 1.1 knows (U+0085, U+2028,
# U+2029): an editor shows them inside a line, so that line numbers would no longer be the editor's.
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
"""A character that cannot stand in a document."""

_MAX_UNFIT = 20
_LINE_BREAK = re.compile("\r\n|\r|\n")
_BYTE_ORDER_MARKS_OF_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode(data: bytes, file: str) -> str:
    """The text of *data*, which is UTF-8 with or without a byte order mark.

    Raises NoticeError (Y003) at the line and column of the first byte that is not UTF-8.
    """
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = location(data[: error.start].decode("utf-8"), file)
        problem = Problem("Y003", Message("the text is not UTF-8"), place, _saved_as(data))
        raise NoticeError([problem]) from None


def location(before: str, file: str) -> Location:
    """The place that follows the text *before* it."""
    lines = _LINE_BREAK.split(before)
    return Location(file, f"{len(lines)}:{len(lines[-1]) + 1}")


def unfit_characters(text: str, file: str) -> Iterator[Problem]:
    """A problem (Y004) for each of the first control characters, and one for all the others."""
    found = list(UNFIT.finditer(text))
    for match in found[:_MAX_UNFIT]:
        yield unfit_character(match[0], location(text[: match.start()], file))
    if len(found) > _MAX_UNFIT:
        place = location(text[: found[_MAX_UNFIT].start()], file)
        rest = Message("{count} more control characters follow", count=len(found) - _MAX_UNFIT)
        yield Problem("Y004", rest, place, Message("check that this is a text file"))


def unfit_values(value: object, path: str = "") -> Iterator[Problem]:
    """A problem (Y004) for each text within *value* that holds such a character, at its path."""
    if isinstance(value, str):
        if match := UNFIT.search(value):
            yield unfit_character(match[0], Location("", path))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from unfit_values(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            yield from unfit_values(inner, f"{path}[{index}]")


def unfit_character(character: str, place: Location) -> Problem:
    """The problem of one character that cannot stand in a document."""
    code = f"U+{ord(character):04X}"
    message = Message("the control character {code} cannot stand in a document", code=code)
    return Problem("Y004", message, place, Message("delete it"))


def _saved_as(data: bytes) -> Message:
    """What to do about *data*, by the encoding that it seems to have."""
    if data.startswith(_BYTE_ORDER_MARKS_OF_UTF_16):
        return Message("it seems to be {encoding}; save it as UTF-8", encoding="UTF-16")
    try:
        looks_chinese = any("\u4e00" <= sign <= "\u9fff" for sign in data.decode("gb18030"))
    except UnicodeDecodeError:
        looks_chinese = False
    if looks_chinese:
        return Message(
            "it seems to be {encoding}; save it as UTF-8", encoding="GB18030 (GBK, ANSI)"
        )
    return Message("save the file as UTF-8")
