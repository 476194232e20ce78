"""Numbers of documents as text ↔ their series and serial (GB/T 9704—2012, 7.2.5)."""

from __future__ import annotations

import re
from typing import NamedTuple

_NUMBER = re.compile(r"([一-龥]{1,12})〔([0-9]{4})〕([1-9][0-9]{0,8})号")


class Series(NamedTuple):
    """What is numbered from 1: the documents of one 机关代字 in one year."""

    code: str
    year: int

    def number(self, serial: int) -> str:
        """The 发文字号: 示教〔2005〕3号."""
        return f"{self.code}〔{self.year}〕{serial}号"


def read_number(number: str) -> tuple[Series, int] | None:
    """The series and the serial of a 发文字号; None where *number* has another form."""
    found = _NUMBER.fullmatch(number)
    return (Series(found[1], int(found[2])), int(found[3])) if found else None
