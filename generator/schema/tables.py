"""What an input may say instead of a list: the table in which its items stand."""

from __future__ import annotations

_FILE = {"title": "文件", "type": "string"}
_SHEET = {"title": "工作表", "type": "string"}
_ON = {"title": "对应列", "type": "string"}
_INNER = {
    "type": "object",
    "additionalProperties": False,
    "required": ["on"],
    "properties": {"file": _FILE, "sheet": _SHEET, "on": _ON},
}

_PROPERTIES = {
    "file": _FILE,
    "sheet": _SHEET,
    "where": {"title": "条件", "type": "string"},
    "lists": {"title": "子表", "type": "object", "additionalProperties": _INNER},
}
_ITEM = {"title": "每项", "type": "string"}

TABLE: dict[str, object] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["file"],
    "properties": _PROPERTIES,
}
"""Rows of a table: `{file: ledger.xlsx, sheet: 问题, where: due < as_of}`; and where the items of
their own lists stand: `lists: {schedule: {sheet: 日程, on: unit}}`, joined by a column."""
LIST: dict[str, object] = {**TABLE, "properties": {**_PROPERTIES, "item": _ITEM}}
"""The items of a list: rows, or the texts that are made of them, `item: "{{ unit }}{{ name }}"`."""
