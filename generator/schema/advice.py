"""What to do about a value, said of where it stands: in YAML, in a table, on the command line."""

from __future__ import annotations

from collections.abc import Collection

from generator.problems import Location, Message

_TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm")
_OF_TABLES = frozenset({"序号", "行号", "备注", "No.", "NO", "No", "no"})
"""Heads of columns that tables have for themselves: they count rows, or remark on them."""


def is_cell(where: Location) -> bool:
    """Whether *where* is in a table that has heads and cells."""
    return where.file.lower().endswith(_TABLES)


def of_kind(wanted: str, where: Location) -> Message | None:
    """What to do about a text where *wanted* belongs; None where YAML has a way of its own."""
    if is_cell(where):
        if wanted == "array":
            return Message(
                "a cell is one value: a list stands in another table (--join), or for all rows in"
                " a YAML file (--common)"
            )
        if wanted == "object":
            return Message("give each of its keys a column, such as “contact.phone”")
    elif where.file.startswith("--") and wanted in ("array", "object"):
        return Message("the command line gives one value: write this in a YAML file")
    return None


def of_missing(
    key: str, label: str, where: Location, names: Collection[object], *, alone: bool
) -> Message:
    """How to add what is missing beside *names*, as these are: by its label, or by its key.

    *alone*: it is a row that stands for an input of its own.
    """
    name = label if are_labels(names) else key
    if not is_cell(where):
        return Message("add “{key}: …”", key=name)
    if alone:
        return Message("add a column “{name}”, or give it to all rows: --common, --set", name=name)
    return Message("add a column “{name}”", name=name)


def is_of_table(name: str, where: Location) -> bool:
    """Whether *name* is a column that tables have for themselves, and none that was misspelt."""
    return name in _OF_TABLES and is_cell(where)


def are_labels(names: Collection[object]) -> bool:
    """Whether half of *names* or more are Chinese, as labels are."""
    labels = sum(not str(name).isascii() for name in names)
    return labels > 0 and 2 * labels >= len(names)
