"""Personal data in text that is published: identity numbers, mobile numbers, home addresses.

What is masked already (`138****0000`) is none. An identity number is one only with a province, a
birthday that there was and its check digit (GB 11643—1999), so that amounts and serials are left
alone. An address is a guess by its form: the number of a flat or a house, or what follows 住址.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from generator.problems import Message

Kind = Literal["identity number", "mobile number", "home address"]

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54"
    " 61 62 63 64 65 71 81 82".split()
)
_FIRST_YEAR = 1850
_FORMS: dict[Kind, str] = {
    "identity number": r"(?<![0-9A-Za-z])[1-8][0-9]{14}(?:[0-9]{2}[0-9Xx])?(?![0-9A-Za-z])",
    "mobile number": r"(?<![0-9])(?:86[- ]?)?1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}(?![0-9])",
    "home address": (
        r"(?:家庭住址|家庭地址|住址)[：:为在 ]{1,2}[^，。；、：（）\s*]{2,30}"
        r"|家住[^，。；、：（）\s*]{2,30}"
        r"|[0-9]{1,4}(?:号楼|栋|幢|座)(?:[0-9]{1,2}单元)?[0-9]{1,4}(?:室|号|户)"
        r"|[0-9]{1,2}单元[0-9]{1,4}(?:室|号|户)?"
        r"|[村屯](?:[0-9一二三四五六七八九十]{1,3}[组社队])?[0-9]{1,4}号(?!线|路)"
    ),
}
_SIGN = r"1[3-9][0-9][- ]?[0-9]{4}|[0-9]{15}|[0-9](?:号|栋|幢|座|单元)|住"
"""What stands in every text that any of the forms is in: few texts have to be read four times."""
_LABEL = r"(?:家庭住址|家庭地址|住址)[：:为在 ]{1,2}|家住"


@dataclass(frozen=True, slots=True)
class PersonalData:
    """A stretch of a text that tells who or where somebody is."""

    kind: Kind
    text: str
    start: int

    @property
    def masked(self) -> str:
        """Its text made unreadable: six and four signs of an identity number stay, three and four
        of a mobile number, of an address what is neither digit nor behind 住址."""
        if self.kind == "home address":
            label = re.match(_LABEL, self.text)
            return f"{label[0]}**" if label else re.sub("[0-9]", "*", self.text)
        digits = [index for index, sign in enumerate(self.text) if sign.isalnum()]
        hidden = digits[6:-4] if self.kind == "identity number" else digits[-8:-4]
        return "".join("*" if index in hidden else sign for index, sign in enumerate(self.text))


@cache
def _patterns() -> tuple[re.Pattern[str], dict[Kind, re.Pattern[str]]]:
    """The sign and the forms, compiled when the first text is looked through."""
    return re.compile(_SIGN), {kind: re.compile(form) for kind, form in _FORMS.items()}


def find_personal_data(text: str) -> list[PersonalData]:
    """What *text* tells of persons, in its order; no two overlap."""
    sign, forms = _patterns()
    if not sign.search(text):
        return []
    found: dict[int, PersonalData] = {}
    taken: set[int] = set()
    for kind, pattern in forms.items():
        for match in pattern.finditer(text):
            if kind == "identity number" and not is_identity_number(match[0]):
                continue
            if taken.isdisjoint(range(*match.span())):
                taken.update(range(*match.span()))
                found[match.start()] = PersonalData(kind, match[0], match.start())
    return [found[start] for start in sorted(found)]


def is_identity_number(text: str) -> bool:
    """Whether *text* can be an identity number: 18 signs, the last its check digit, or 15."""
    if not text.isascii() or not text[:-1].isdecimal() or text[:2] not in _PROVINCES:
        return False
    if len(text) == 15:
        return text.isdecimal() and _is_birthday(f"19{text[6:12]}")
    return (
        len(text) == 18 and _is_birthday(text[6:14]) and text[17].upper() == check_digit(text[:17])
    )


def check_digit(digits: str) -> str:
    """The last sign of an identity number that begins with 17 *digits*: ISO 7064, MOD 11-2."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    return _CHECK_DIGITS[total % 11]


def _is_birthday(text: str) -> bool:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:])).year >= _FIRST_YEAR
    except ValueError:
        return False


def masked(text: str) -> str:
    """*text* with its personal data made unreadable: 13800000000 → 138****0000."""
    if not isinstance(text, str):
        raise ValueError(Message("“{value}” is not a text", value=text))
    pieces, end = [], 0
    for each in find_personal_data(text):
        pieces += [text[end : each.start], each.masked]
        end = each.start + len(each.text)
    return "".join([*pieces, text[end:]])


FILTERS: dict[str, Callable[..., object]] = {"masked": masked}
"""Of a text in any template: `{{ issue.text | masked }}`."""
