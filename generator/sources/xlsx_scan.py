"""What must be known of a worksheet before python-calamine reads it.

calamine lays a sheet out as one rectangle, copies a shared text into each cell that shows it, and
gives an error cell as an empty one: so we look at every cell first, and bound the work.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Any
from xml.parsers import expat

MAX_AREA = 10_000_000
"""The most cells of the rectangle that holds all values: 200 000 rows of 50 columns."""
MAX_TEXT = 100_000_000
"""The most characters of all shared texts where they stand."""

_DIGITS = "0123456789"


class ScanError(ValueError):
    """The part cannot be read, or not within bounds."""


class TooLargeError(ScanError):
    """The sheet is larger than what is read."""


Faults = dict[int, list[tuple[int, str]]]
"""By row: the columns of cells without a value, and the error that each shows, such as `#N/A`;
`""` for a formula that has never been calculated. Rows and columns count from 0."""


def text_lengths(part: bytes) -> list[int]:
    """The characters of each shared text at the most. Raises ScanError for what is no XML."""
    lengths: list[int] = []
    local = _LocalNames()

    def start(name: str, _: object) -> None:
        if local[name] == "si":
            lengths.append(0)

    def text(data: str) -> None:
        if lengths:
            lengths[-1] += len(data)

    parser = _parser(start)
    parser.CharacterDataHandler = text
    _parse(parser, part)
    return lengths


def scan_sheet(part: bytes, lengths: Sequence[int]) -> Faults:
    """The cells without a value in the worksheet *part*, whose shared texts have *lengths*.

    Raises TooLargeError beyond the bounds, ScanError for what is no worksheet.
    """
    most_cells = len(part) // len('<c t="s"><v>0</v></c>')
    may_be_too_long = most_cells * max(lengths, default=0) > MAX_TEXT
    walk = _Walk(lengths if may_be_too_long else ())
    parser = _parser(walk.start)
    walk.parser = parser
    _parse(parser, part)
    walk.finish_cell()
    return walk.faults


class _Walk:
    """One pass over a sheet; a cell is finished when the next one begins.

    Shared texts are added up only where there are *lengths* of them.
    """

    __slots__ = (
        "_column", "_columns", "_height", "_is_formula", "_is_open", "_kind", "_lengths", "_local",
        "_row", "_row_text", "_text", "_total", "_watched", "_width", "faults", "parser",
    )  # fmt: skip

    def __init__(self, lengths: Sequence[int]) -> None:
        self.faults: Faults = {}
        self.parser: Any = None
        self._lengths = lengths
        self._watched = ("s", "e") if lengths else ("e",)
        self._local = _LocalNames()
        self._columns: dict[str, int] = {}
        self._row = self._column = -1
        self._row_text = ""
        self._width = self._height = self._total = 0
        self._kind = ""
        self._is_open = self._is_formula = False
        self._text: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match self._local[name]:
            case "c":
                if self._is_open:
                    self.finish_cell()
                self._kind = attributes.get("t", "")
                self._is_open = self._kind in self._watched
                self._move(attributes.get("r", ""))
            case "v" | "is":
                if self._column >= self._width or self._row >= self._height:
                    self._grow()
                if self._is_open:
                    self.parser.CharacterDataHandler = self._text.append
            case "f":
                self._is_formula = self._is_open = True
            case "row":
                self.finish_cell()
                self._column = -1
                self._row_text = attributes.get("r", "")
                self._row = _number(self._row_text) - 1 if self._row_text else self._row + 1

    def finish_cell(self) -> None:
        """Take account of a cell with a shared text, an error or a formula."""
        if not self._is_open:
            return
        text = "".join(self._text)
        if self._kind == "e":
            self._note(text or "#N/A")
        elif self._is_formula and self._kind != "str" and not text:
            self._note("")
        elif self._kind == "s" and text and self._lengths:
            index = _number(text)
            self._total += self._lengths[index] if index < len(self._lengths) else 0
            if self._total > MAX_TEXT:
                raise TooLargeError
        self._is_open = self._is_formula = False
        self._text.clear()
        self.parser.CharacterDataHandler = None

    def _note(self, error: str) -> None:
        self.faults.setdefault(self._row, []).append((self._column, error))

    def _move(self, reference: str) -> None:
        """To the cell of *reference*, such as `C12`; without one to the next cell."""
        if not reference:
            self._column += 1
            return
        letters = reference.rstrip(_DIGITS)
        column = self._columns.get(letters)
        if column is None:
            column = self._columns[letters] = _column(letters)
        self._column = column
        row = reference[len(letters) :]
        if row != self._row_text:
            self._row_text, self._row = row, _number(row) - 1

    def _grow(self) -> None:
        self._width = max(self._width, self._column + 1)
        self._height = max(self._height, self._row + 1)
        if self._width * self._height > MAX_AREA:
            raise TooLargeError


class _LocalNames(dict[str, str]):
    """The local part of each element's name."""

    def __missing__(self, name: str) -> str:
        local = self[name] = name.rpartition(":")[2]
        return local


def _column(letters: str) -> int:
    """The column of its *letters*, from 0."""
    if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
        raise ScanError
    return list(accumulate(letters.upper(), lambda n, c: n * 26 + ord(c) - 64, initial=0))[-1] - 1


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 8):
        raise ScanError
    return int(text)


def _parser(start: Callable[[str, dict[str, str]], None]) -> expat.XMLParserType:
    def refuse(*_: object) -> None:
        raise ScanError

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    return parser


def _parse(parser: expat.XMLParserType, part: bytes) -> None:
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        if isinstance(error, ScanError):
            raise
        raise ScanError from error
