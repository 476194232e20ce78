"""CSV → rows: UTF-8 or GB18030; commas, semicolons or tabs."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from functools import partial

from generator.problems import Location, Message, NoticeError, Problem
from generator.sources.columns import Cell, Columns, read_heads
from generator.sources.places import Source
from generator.sources.text import decode, location

DELIMITERS = ",;\t"
"""What may part the cells; the one that stands in the first line most often does."""


def read_csv(data: bytes, file: str) -> Iterator[Source]:
    """The rows of the CSV file *data*, as `read_rows` promises; places are `line:column`."""
    records = _records(data, file)
    columns: Columns | None = None
    problems: list[Problem] = []
    for cells, start, raw, delimiter in records:
        place = partial(_place, file, start, raw, delimiter)
        if isinstance(cells, csv.Error):
            problems.append(_quoting(cells, file, start))
        elif columns is None:
            if any(cells):
                columns = read_heads(cells, place, file)
        elif row := columns.row(cells, place):
            yield row
    if columns is None and not problems:
        read_heads([], lambda _: Location(file), file)
    if problems:
        raise NoticeError(problems)


def _records(
    data: bytes, file: str
) -> Iterator[tuple[list[Cell] | csv.Error, int, list[str], str]]:
    """The cells of each record, its first line (from 1), its lines as they stand, the delimiter."""
    lines = io.TextIOWrapper(io.BytesIO(data), _encoding(data, file), newline="")
    first = lines.readline()
    delimiter = max(DELIMITERS, key=first.count)
    raw: list[str] = []
    number = 0

    def recorded() -> Iterator[str]:
        for text in _with_first(first, lines):
            raw.append(text)
            yield text

    reader = csv.reader(recorded(), delimiter=delimiter, strict=True)
    while True:
        try:
            cells: list[Cell] | csv.Error = [_cell(text) for text in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            cells = error
        yield cells, number + 1, raw.copy(), delimiter
        number += len(raw)
        raw.clear()


def _with_first(first: str, lines: Iterator[str]) -> Iterator[str]:
    if first:
        yield first
    yield from lines


def _encoding(data: bytes, file: str) -> str:
    """UTF-8 or GB18030. Raises NoticeError (Y003) where *data* is neither."""
    if data.startswith(codecs.BOM_UTF8):
        decode(data, file)
        return "utf-8-sig"
    for encoding in ("utf-8", "gb18030"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    decode(data, file)
    raise AssertionError("what is not UTF-8 was reported")


def _cell(text: str) -> Cell:
    text = text.strip()
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text or None


def _place(file: str, start: int, raw: list[str], delimiter: str, position: int) -> Location:
    """Where the cell at *position* begins in a record that begins on the line *start*."""
    text = "".join(raw)
    index = quotes = 0
    while position and index < len(text):
        if text[index] == '"':
            quotes += 1
        elif text[index] == delimiter and quotes % 2 == 0:
            position -= 1
        index += 1
    line, _, column = location(text[:index], file).spot.partition(":")
    return Location(file, f"{start + int(line) - 1}:{column}")


def _quoting(error: csv.Error, file: str, line: int) -> Problem:
    where = Location(file, f"{line}:1")
    if "limit" in str(error):
        message = Message("a cell has more than {limit} characters", limit=csv.field_size_limit())
        return Problem("Y012", message, where, Message("check that its quotation mark is closed"))
    if "end of data" in str(error):
        message = Message("a quotation mark that begins in this row is not closed")
        return Problem("Y017", message, where, Message("close it, or write it twice within quotes"))
    message = Message("text follows the closing quotation mark of a cell")
    return Problem("Y017", message, where, Message("write a quotation mark within quotes twice"))
