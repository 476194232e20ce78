"""Rows inside rows: a list whose items stand in a table of their own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from generator.problems import Location, Message, NoticeError, Problem
from generator.sources.places import KeyPath, Source, in_order_of_place

Tables = Mapping[KeyPath, Sequence[Source]]
"""The rows that are the items of lists, by the paths of those."""


def with_rows(source: Source, tables: Tables) -> Source:
    """*source* with the rows of *tables* as the items of its lists, each in its own place."""
    value = source.value
    for path, rows in tables.items():
        value = _put(value, path, [row.value for row in rows])
    return replace(
        source,
        value=value,
        places=_WithRows(source.places, tables, "places"),
        keys=_WithRows(source.keys, tables, "keys"),
        quoted=source.quoted | frozenset(_quoted(tables)),
        problems=(*source.problems, *_problems(tables)),
    )


@dataclass(frozen=True, slots=True)
class Join:
    """A table whose rows are the items of one list of each row of another."""

    name: str
    """The list: the key or label of a property."""
    file: str
    sheet: str
    on: str
    """The column that both tables have, and in which rows that belong together are equal."""


def read_join(text: str) -> Join | None:
    """The join that `schedule=ledger.xlsx#日程:unit` asks for: list, file, sheet and column.

    The sheet may be left out. None where *text* has another form.
    """
    name, _, rest = text.partition("=")
    path, _, on = rest.rpartition(":")
    file, _, sheet = path.partition("#")
    parts = [part.strip() for part in (name, file, sheet, on)]
    return Join(*parts) if parts[0] and parts[1] and parts[3] else None


def joined(
    rows: Iterable[Source],
    others: Iterable[Source],
    name: str,
    on: Collection[str],
) -> Iterator[Source]:
    """*rows*, each with those of *others* that are its own as the items of its list *name*.

    A row's own are those that are equal to it in the column *on*, a key or its label; they lose
    that column. *others* are held in memory, *rows* are not. After the last row, raises NoticeError
    with the others that are no row's own or have nothing in the column.
    """
    groups: dict[str, list[tuple[str, Source]]] = {}
    problems: list[Problem] = []
    for other in others:
        column, key = _key(other, on)
        if key is None:
            problems.append(_without_key(other, column, on))
            continue
        value = {field: inner for field, inner in _fields(other).items() if field != column}
        groups.setdefault(key, []).append((column or "", replace(other, value=value)))
    taken: set[str] = set()
    for row in rows:
        key = _key(row, on)[1]
        if name in _fields(row):
            message = Message("“{name}” is a column of both tables", name=name)
            problem = Problem(
                "Y024", message, row.key_place((name,)), Message("delete one of them")
            )
            yield replace(row, problems=(*row.problems, problem))
        elif key is None:
            column = _key(row, on)[0]
            yield replace(row, problems=(*row.problems, _without_key(row, column, on)))
        elif key in groups:
            taken.add(key)
            yield with_rows(row, {(name,): [other for _, other in groups[key]]})
        else:
            yield row
    for key, own in groups.items():
        if key not in taken:
            problems += (_orphan(other, column, key) for column, other in own)
    if problems:
        raise NoticeError(in_order_of_place(problems))


class _WithRows(Mapping[KeyPath, Location]):
    """The places of values, some of which stand in tables; or of their keys."""

    __slots__ = ("_kind", "_outer", "_tables")

    def __init__(self, outer: Mapping[KeyPath, Location], tables: Tables, kind: str) -> None:
        self._outer, self._tables, self._kind = outer, tables, kind

    def __getitem__(self, path: KeyPath) -> Location:
        for length in range(len(path)):
            rows, step = self._tables.get(path[:length]), path[length]
            if rows is not None and isinstance(step, int) and step < len(rows):
                inner: Mapping[KeyPath, Location] = getattr(rows[step], self._kind)
                return inner[path[length + 1 :]]
        return self._outer[path]

    def __iter__(self) -> Iterator[KeyPath]:
        return chain(self._outer, *map(self._inside, self._tables))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _inside(self, path: KeyPath) -> Iterator[KeyPath]:
        for index, row in enumerate(self._tables[path]):
            for inner in getattr(row, self._kind):
                yield (*path, index, *inner)


def _put(value: Any, path: KeyPath, rows: list[object]) -> Any:
    """*value* with *rows* at *path*; what stands around them is copied."""
    if not path:
        return rows
    step, *rest = path
    if isinstance(value, list):
        return [
            _put(item, tuple(rest), rows) if index == step else item
            for index, item in enumerate(value)
        ]
    return {**value, step: _put(value.get(step), tuple(rest), rows)}


def _quoted(tables: Tables) -> Iterator[KeyPath]:
    for path, rows in tables.items():
        for index, row in enumerate(rows):
            yield from ((*path, index, *inner) for inner in row.quoted)


def _problems(tables: Tables) -> Iterator[Problem]:
    for rows in tables.values():
        for row in rows:
            yield from row.problems


def _fields(row: Source) -> Mapping[str, object]:
    return row.value if isinstance(row.value, dict) else {}


def _key(row: Source, on: Collection[str]) -> tuple[str | None, str | None]:
    """The column among *on* that *row* has, and what stands in it."""
    fields = _fields(row)
    column = next((name for name in on if name in fields), None)
    key = fields[column] if column is not None else None
    return column, key if isinstance(key, str) else None


def _without_key(row: Source, column: str | None, on: Collection[str]) -> Problem:
    if column is None:
        message = Message("the table has no column “{name}”", name="/".join(on))
        return Problem("Y023", message, row.key_place(()), Message("rows are joined by it: add it"))
    message = Message("“{name}” is empty", name=column)
    return Problem("Y023", message, row.place((column,)), Message("rows are joined by it"))


def _orphan(row: Source, column: str, key: str) -> Problem:
    message = Message("no row of the other table has the {name} “{key}”", name=column, key=key)
    return Problem("Y023", message, row.place((column,)), Message("correct it, or delete this row"))
