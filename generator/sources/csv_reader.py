"""CSV → rows: UTF-8 or GB18030; commas, semicolons or tabs."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from functools import partial
from typing import NamedTuple

from generator.problems import Location, Message, NoticeError, Problem
from generator.sources.columns import Cell, Columns, read_heads
from generator.sources.places import Source
from generator.sources.text import decode, location

DELIMITERS = ",;\t"
"""What may part the cells; the one that stands in the first line most often does."""


class _Record(NamedTuple):
    """One row as it stands in the file."""

    cells: list[Cell]
    line: int
    """Where it begins, from 1."""
    text: str
    fault: csv.Error | None = None


def read_csv(data: bytes, file: str) -> Iterator[Source]:
    """The rows of the CSV file *data*, as `read_rows` promises; places are `line:column`."""
    lines = io.TextIOWrapper(io.BytesIO(data), _encoding(data, file), newline="")
    first = next((line for line in lines if line.strip()), "")
    lines.seek(0)
    delimiter = max(DELIMITERS, key=first.count)
    columns: Columns | None = None
    problems: list[Problem] = []
    for record in _records(lines, delimiter):
        place = partial(_place, file, record, delimiter)
        if record.fault:
            problems.append(_quoting(record.fault, file, record.line))
            if columns is None or _is_too_long(record.fault):  # the rest would be out of step
                break
        elif columns is None:
            if any(record.cells):
                columns = read_heads(record.cells, place, file)
        elif row := columns.row(record.cells, place):
            yield row
    if problems:
        raise NoticeError(problems)
    if columns is None:
        read_heads([], lambda _: Location(file), file)


def _records(lines: Iterable[str], delimiter: str) -> Iterator[_Record]:
    read: list[str] = []
    line = 1

    def recorded() -> Iterator[str]:
        for text in lines:
            read.append(text)
            yield text

    reader = csv.reader(recorded(), delimiter=delimiter, strict=True)
    while True:
        try:
            cells = [_cell(text) for text in next(reader)]
            yield _Record(cells, line, "".join(read))
        except StopIteration:
            return
        except csv.Error as error:
            yield _Record([], line, "".join(read), error)
        line += len(read)
        read.clear()


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


def _place(file: str, record: _Record, delimiter: str, position: int) -> Location:
    """Where the cell at *position* of the *record* begins."""
    text = record.text.rstrip("\r\n")
    index = quotes = 0
    while position and index < len(text):
        if text[index] == '"':
            quotes += 1
        elif text[index] == delimiter and quotes % 2 == 0:
            position -= 1
        index += 1
    line, _, column = location(text[:index], file).spot.partition(":")
    return Location(file, f"{record.line + int(line) - 1}:{column}")


def _is_too_long(error: csv.Error) -> bool:
    return "limit" in str(error)


def _quoting(error: csv.Error, file: str, line: int) -> Problem:
    where = Location(file, f"{line}:1")
    if _is_too_long(error):
        message = Message("a cell has more than {limit} characters", limit=csv.field_size_limit())
        return Problem("Y012", message, where, Message("check that its quotation mark is closed"))
    if "end of data" in str(error):
        message = Message("a quotation mark that begins in this row is not closed")
        return Problem("Y017", message, where, Message("close it, or write it twice within quotes"))
    message = Message("text follows the closing quotation mark of a cell")
    return Problem("Y017", message, where, Message("write a quotation mark within quotes twice"))
