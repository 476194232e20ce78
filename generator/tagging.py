"""Jinja tags in plain text: where they stand, what they hold, which are never closed.

Both front ends read tags with this scanner, so that a tag means the same in Markdown and in Word.
It is kind to what typing Chinese in Word does to a tag: curly quotes, odd spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from jinja2.lexer import string_re

from generator.problems import Location, Message, Problem

Kind = Literal["v", "b", "c", "raw"]
"""A tag prints a value, is a block statement, a comment, or a whole raw block."""


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag of a text, from offset `start` to just before `end`."""

    kind: Kind
    code: str
    """What stands between the delimiters, in plain quotes and spaces; of a raw block, its text."""
    start: int
    end: int


# A string may hold delimiters. It ends in its line: a stray apostrophe spoils no more than that.
_STRINGS = (
    r'"(?:\\.|[^"\\\n])*"',
    r"'(?:\\.|[^'\\\n])*'",
    r'[“”](?:\\.|[^“”"\\\n])*[“”"]',
    r"[‘’](?:\\.|[^‘’'\\\n])*[‘’']",
)
_STRING = re.compile("|".join(_STRINGS))
_OPENING = re.compile(r"\{[{%#]")
_PIECE = re.compile(rf"(?P<string>{'|'.join(_STRINGS)})|(?P<sign>\{{[{{%#]|[{{}}]|%\}})")
_PARENTHESIS = re.compile("[()]")
_END_OF_RAW = re.compile(r"\{%[-+]?\s*endraw\s*[-+]?%\}")
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")
_SPACES = str.maketrans(
    dict.fromkeys([0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
    | dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
)
_WIDE = "｛｝（）［］｜，．：；＝＋－＊／＜＞！％＃＂＇"
_WIDE_SIGN = re.compile(f"[{_WIDE}]")
_NARROW = str.maketrans({sign: chr(ord(sign) - 0xFEE0) for sign in _WIDE})
_WIDE_TAG = re.compile(r"([{｛][{｛%％#＃])(?:[^{｛}｝\n]{0,200}?([}｝%％#＃][}｝])|)", re.DOTALL)
_MOST_SHOWN = 60
_BEGINNING = 12
"""Characters shown of a tag that is never closed."""
_NOWHERE = Location("")
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
_OPENERS = {"for", "if", "block", "macro", "call", "with", "set", "filter", "autoescape"}
_ENOUGH = 20
"""Faults after which a text is not read further: each may cost a walk to its end."""


def scan(text: str) -> list[Tag]:
    """Every closed tag of *text*, in order; a raw block is one tag.

    After twenty tags that are never closed the rest is not read.
    """
    return _read(text)[0]


def unclosed(text: str) -> list[tuple[int, str]]:
    """The offset and the delimiter of every tag of *text* that is never closed.

    The delimiter is `{{`, `{%`, `{#`, or `{% raw %}` for a raw block without its end.
    """
    return _read(text)[1]


def may_hold_tags(text: str) -> bool:
    """Whether *text* has what begins a tag."""
    return _OPENING.search(text) is not None


def keyword(code: str) -> str:
    """The statement of a block tag's code: `for`, `endif` … or `""`."""
    return code.split(None, 1)[0] if code else ""


def opens(code: str) -> bool:
    """Whether a block tag needs a closing one; `set x = 1` does not."""
    word = keyword(code)
    return word in _OPENERS and not (word == "set" and "=" in _STRING.sub("", code))


@dataclass(frozen=True, slots=True)
class Miswritten:
    """What a text has in the place of a tag, from offset `start` to just before `end`."""

    start: int
    end: int
    problem: Problem
    """At no place."""
    meant: Tag | None
    """The tag that it was to be; None where that is in doubt."""

    is_statement: bool
    """Whether a statement, or nobody knows what, was to stand there."""


def miswritten(text: str, tags: Sequence[Tag]) -> Iterator[Miswritten]:
    """What *text* has, beside its *tags*, that was typed as one: full-width, or never closed."""
    wide = wide_tags(text, tags)
    for start, end in wide:
        problem = wide_problem(text[start:end], _NOWHERE)
        is_statement = text[start + 1] not in "{｛"
        yield Miswritten(start, end, problem, _meant_by_wide(text, start, end), is_statement)
    for start, sign in unclosed(text):
        if not any(first <= start < last for first, last in wide):
            end = min(start + _BEGINNING, len(text))
            problem = unclosed_problem(text, start, sign, _NOWHERE)
            meant = _meant_by_unclosed(text, start, sign)
            yield Miswritten(start, end, problem, meant, sign != "{{")


def unclosed_problem(text: str, offset: int, delimiter: str, where: Location) -> Problem:
    """What to tell about a finding of `unclosed`."""
    message = Message("“{delimiter}” is never closed", delimiter=delimiter)
    if delimiter == "{% raw %}":
        return Problem("T001", message, where, Message("add “{closing}”", closing="{% endraw %}"))
    closing = _CLOSING[delimiter]
    if guess := _guess(text, offset):
        tag = f"{delimiter} {guess} {closing}"
        return Problem("T001", message, where, Message("did you mean “{tag}”?", tag=tag))
    return Problem("T001", message, where, Message("add “{closing}”", closing=closing))


def _guess(text: str, offset: int) -> str:
    """The code that a tag which is never closed was to have; `""` where that is in doubt."""
    found = re.match(
        r"[ \t]*([^{}%#\n]{0,60}?)[ \t]*(?:[-+]?[}%#]+)", text[offset + 2 : offset + 80]
    )
    return found[1] if found else ""


def _meant_by_wide(text: str, start: int, end: int) -> Tag | None:
    """The tag that one of the `wide_tags` of *text* was to be; None where that is in doubt."""
    found = scan(text[start:end].translate(_NARROW))
    return replace(found[0], start=start, end=end) if len(found) == 1 else None


def _meant_by_unclosed(text: str, start: int, delimiter: str) -> Tag | None:
    """The tag that a finding of `unclosed` was to be; None where that is in doubt.

    It takes the place of its delimiter.
    """
    guess = _guess(text, start) if delimiter in _CLOSING else ""
    found = scan(f"{delimiter} {guess} {_CLOSING[delimiter]}") if guess else []
    return replace(found[0], start=start, end=start + 2) if len(found) == 1 else None


def without_forbidden(tag: Tag) -> Tag:
    """*tag* as it was meant, without what `forbidden_problem` says of it."""
    code = tag.code.replace("?>", "").translate(_NARROW)
    return replace(tag, code=_PARENTHESIS.sub("", code) if _closes_too_much(code) else code)


def forbidden_problem(tag: Tag, where: Location) -> Problem | None:
    """What a tag holds that no tag can, for it would end what the compiled template puts around it.

    That is `?>`, and a parenthesis that it did not open.
    """
    if tag.kind == "raw":
        return None
    if "?>" in tag.code:
        message = Message("“?>” cannot stand in a tag")
        return Problem("T003", message, where, Message("put it into a value"))
    if tag.kind != "c" and _closes_too_much(tag.code):
        message = Message(
            "Jinja cannot read “{tag}”: {detail}", tag=_typed(tag), detail="unexpected ')'"
        )
        return Problem("T018", message, where, Message("correct what stands between the braces"))
    if tag.kind != "c" and _WIDE_SIGN.search(_STRING.sub("", tag.code)):
        return wide_problem(_typed(tag), where)
    return None


def _typed(tag: Tag) -> str:
    left, right = ("{{", "}}") if tag.kind == "v" else ("{%", "%}")
    return f"{left} {tag.code} {right}"


def _closes_too_much(code: str) -> bool:
    """Whether *code* would end parentheses that are put around it, and the filter behind them."""
    depth = 0
    for sign in _PARENTHESIS.findall(string_re.sub("", code.replace("\n", " "))):
        depth += 1 if sign == "(" else -1
        if depth < 0:
            return True
    return False


def wide_tags(text: str, tags: Sequence[Tag]) -> list[tuple[int, int]]:
    """Where *text* has, between its *tags*, what was typed as a tag with full-width signs.

    After twenty of them the rest is not read.
    """
    if not _WIDE_SIGN.search(text):
        return []
    found: list[tuple[int, int]] = []
    starts = [0, *(tag.end for tag in tags)]
    ends = [*(tag.start for tag in tags), len(text)]
    for start, end in zip(starts, ends, strict=True):
        for piece in _WIDE_TAG.finditer(text, start, end):
            if len(found) == _ENOUGH:
                return found
            if _WIDE_SIGN.search(piece[1] + (piece[2] or "")):
                found.append(piece.span())
    return found


def wide_problems(text: str, where: Location) -> list[Problem]:
    """What to tell about the `wide_tags` of a *text* that stands in one place."""
    return [wide_problem(text[start:end], where) for start, end in wide_tags(text, scan(text))]


def wide_problem(tag: str, where: Location) -> Problem:
    """What to tell about a *tag* that holds full-width signs."""
    message = Message("“{tag}” is written with full-width signs", tag=tag)
    plain, last = [], 0
    for string in _STRING.finditer(tag):
        plain += [tag[last : string.start()].translate(_NARROW), string[0]]
        last = string.end()
    plain.append(tag[last:].translate(_NARROW))
    if len(tag) < _MOST_SHOWN:
        hint = Message("write “{tag}”", tag="".join(plain))
    else:
        hint = Message("write its signs half-width")
    return Problem("T024", message, where, hint)


def _read(text: str) -> tuple[list[Tag], list[tuple[int, str]]]:
    tags: list[Tag] = []
    faults: list[tuple[int, str]] = []
    position = 0
    while len(faults) < _ENOUGH and (opening := _OPENING.search(text, position)):
        start = opening.start()
        end = _end_of_tag(text, start)
        if end is None:
            faults.append((start, opening[0]))
            position = start + 2
            continue
        tag = _tag(text, start, end)
        position = end
        if tag.kind != "b" or tag.code != "raw":
            tags.append(tag)
        elif closing := _END_OF_RAW.search(text, end):
            position = closing.end()
            tags.append(Tag("raw", text[end : closing.start()], start, position))
        else:
            faults.append((start, "{% raw %}"))
    return tags, faults


def _end_of_tag(text: str, start: int) -> int | None:
    """Where the tag that opens at *start* ends; None if it is never closed."""
    delimiter = text[start : start + 2]
    if delimiter == "{#":
        end = text.find("#}", start + 2)
        return end + 2 if end >= 0 else None
    braces, position = 0, start + 2
    while piece := _PIECE.search(text, position):
        sign, position = piece["sign"], piece.end()
        if sign is None:
            continue
        if sign == "{":
            braces += 1
        elif sign == "}" and braces:
            braces -= 1
        elif sign == "}" and text.startswith("}", position) and delimiter == "{{":
            return position + 1
        elif sign == "%}" and delimiter == "{%":
            return position
        else:  # another tag opens, or one of the other kind closes: this one was forgotten
            break
    return None


def _tag(text: str, start: int, end: int) -> Tag:
    kinds: dict[str, Kind] = {"{{": "v", "{%": "b", "{#": "c"}
    kind, code = kinds[text[start : start + 2]], text[start + 2 : end - 2]
    if code[:1] in ("-", "+"):  # white space is never touched: the signs that ask for it do nothing
        code = code[1:]
    if code[-1:] == "-" or (code[-1:] == "+" and kind != "v"):
        code = code[:-1]
    return Tag(kind, code.strip() if kind == "c" else _plain(code), start, end)


def _plain(code: str) -> str:
    """*code* with straight quotes and common spaces, but for what stands inside a string."""
    pieces, last = [], 0
    for string in _STRING.finditer(code):
        pieces.append(code[last : string.start()].translate(_STRAIGHT).translate(_SPACES))
        quoted = string[0]
        ends = (quoted[0] + quoted[-1]).translate(_STRAIGHT)
        pieces.append(ends[0] + quoted[1:-1] + ends[1])
        last = string.end()
    pieces.append(code[last:].translate(_STRAIGHT).translate(_SPACES))
    return "".join(pieces).strip()
