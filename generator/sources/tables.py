"""Tables → rows: YAML lists, CSV, XLSX and JSON Lines, each told by its file's ending."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import splitext

from generator.problems import Location, Message, NoticeError, Problem
from generator.sources.places import Source

MAX_BYTES = 256 * 1024 * 1024
"""The largest file."""

ENDINGS = (".yaml", ".yml", ".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".jsonl", ".ndjson")


def read_rows(data: bytes, file: str, sheet: str = "") -> Iterator[Source]:
    """The rows of a table, one after another, in their order; those that are empty are left out.

    The value of each is a mapping of what its heads name, not yet typed: text, and None for an
    empty cell; a head `contact.phone` gives nested mappings. YAML and JSON Lines give lists too.
    A value's place is its cell (`ledger.xlsx: 问题!C12`, `rows.csv:12:7`), its key's that of the
    head. What is wrong within one row stands in its `.problems`, so that the others can be used.

    *sheet* is one of a workbook, the first by default. Raises NoticeError, when the rows are asked
    for and maybe after some of them, with all that is wrong with the table as a whole.
    """
    if len(data) > MAX_BYTES:
        message = Message("the file has more than {limit} MB", limit=MAX_BYTES // 1024**2)
        raise NoticeError([Problem("Y012", message, Location(file))])
    ending = splitext(file)[1].lower()
    if ending in (".xlsx", ".xlsm"):
        from generator.sources.xlsx_reader import read_xlsx

        return read_xlsx(data, file, sheet)
    if ending not in ENDINGS:
        raise NoticeError([_not_a_table(file)])
    if sheet:
        message = Message("only a workbook (.xlsx) has sheets")
        hint = Message("leave the sheet “{sheet}” out", sheet=sheet)
        raise NoticeError([Problem("Y019", message, Location(file), hint)])
    if ending in (".yaml", ".yml"):
        from generator.sources.yaml_rows import read_yaml_rows

        return read_yaml_rows(data, file)
    if ending in (".jsonl", ".ndjson"):
        from generator.sources.jsonl_reader import read_jsonl

        return read_jsonl(data, file)
    from generator.sources.csv_reader import read_csv

    return read_csv(data, file)


def _not_a_table(file: str) -> Problem:
    message = Message("a table is a file that ends in {endings}", endings="、".join(ENDINGS))
    hint: Message | str = ""
    if file.lower().endswith((".xls", ".xlsb", ".et", ".ods")):
        hint = Message("save it as .xlsx")
    return Problem("Y013", message, Location(file), hint)
