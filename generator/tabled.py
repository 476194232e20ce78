"""Lists of an input that stand in tables: `{file: ledger.xlsx, where: due < as_of}`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from generator.problems import Location, Message, NoticeError, Problem
from generator.runtime.relationships import ReadFile
from generator.runtime.values import ValueRefused
from generator.schema import Definition, Schema
from generator.schema.tables import TABLE
from generator.schema.untyped import untyped_values
from generator.selection import Selection
from generator.sources import KeyPath, Source
from generator.sources.joining import joined, with_rows
from generator.sources.tables import read_rows

_TABLE = Schema(TABLE)
_FILE_KEYS = frozenset(name for name, key in _TABLE.names.items() if key == "file")


@dataclass
class Filled:
    """An input whose lists are filled from tables."""

    source: Source
    problems: list[Problem] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    """The names given by the user that conditions asked for."""
    broken: set[Location] = field(default_factory=set)
    """Where lists stand whose tables have problems: what they lack now, they may have had."""


def names_tables(value: object) -> bool:
    """Whether anything within the values of an input looks like a list that stands in a table."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(
        (isinstance(each, dict) and not each.keys().isdisjoint(_FILE_KEYS)) or names_tables(each)
        for each in inner
    )


def with_tables(
    source: Source,
    definition: Definition,
    *,
    typed: bool,
    given: Mapping[str, str],
    read: ReadFile,
) -> Filled:
    """*source* with each list that names a table filled with the rows of that, not yet typed.

    *definition* says where lists are; rows are *typed* by it before a condition sees them, or each
    value by itself. *given* are the names that conditions may ask for beside the fields of a row;
    *read* reads files by the paths that stand in the input.
    """
    found = list(_tables(source.value, definition, ()))
    filled = Filled(source)
    if not found:
        return filled
    reader = _Reader(source, given, typed, read, filled)
    tables: dict[KeyPath, list[Source]] = {}
    for path, items in found:
        before = len(filled.problems)
        try:
            tables[path] = reader.rows(path, items)
        except NoticeError as error:
            filled.problems += error.problems
            tables[path] = []
        if len(filled.problems) > before:
            filled.broken.add(source.place(path))
    filled.source = with_rows(source, tables)
    filled.problems = list(dict.fromkeys([*filled.problems, *filled.source.problems]))
    return filled


class _Reader:
    """Reads the tables that one input names, each sheet once."""

    def __init__(
        self,
        source: Source,
        given: Mapping[str, str],
        typed: bool,
        read: ReadFile,
        filled: Filled,
    ) -> None:
        self._source, self._given, self._typed = source, given, typed
        self._read, self._filled = read, filled
        self._sheets: dict[tuple[str, str], list[Source]] = {}

    def rows(self, path: KeyPath, items: Definition) -> list[Source]:
        """The rows of the table that stands at *path*, chosen. Raises NoticeError."""
        table: dict[str, Any] = _TABLE.read(self._source, path)
        rows = self._sheet(table["file"], table["sheet"], path)
        for name, inner in (table["lists"] or {}).items():
            at = (*path, _name(self._source, path, "lists"), name)
            if name not in _names(items):
                self._filled.problems.append(_no_list(name, items, self._source.key_place(at)))
                continue
            file, named_at = (inner["file"], at) if "file" in inner else (table["file"], path)
            others = self._sheet(file, inner.get("sheet"), named_at)
            on = _names(items).get(inner["on"], (inner["on"],))
            rows = self._all(joined(rows, others, name, on))
        if table["where"] is None:
            return rows
        return list(self._chosen(rows, table["where"], path, items))

    def _sheet(self, file: str, sheet: str | None, at: KeyPath) -> list[Source]:
        """The rows of a sheet of the *file* that the mapping at *at* names."""
        key = (file, sheet or "")
        if key not in self._sheets:
            content = self._content(file, at)
            self._sheets[key] = self._all(read_rows(content, *key))
        return self._sheets[key]

    def _all(self, rows: Iterator[Source]) -> list[Source]:
        """*rows*, as far as they can be given; what ends them too early is told with the others."""
        given: list[Source] = []
        try:
            given.extend(rows)
        except NoticeError as error:
            self._filled.problems += error.problems
        return given

    def _chosen(
        self, rows: list[Source], condition: str, path: KeyPath, items: Definition
    ) -> Iterator[Source]:
        fields = cast("Mapping[str, Definition]", items.get("properties", {}))
        if not self._typed:  # a row has what stands in it, read by the template or not
            fields = {name: {} for row in rows for name in cast("dict[str, Any]", row.value)}
            if not rows:
                return
        where = _place(self._source, path, "where")
        selection = Selection(condition, where, fields, self._given)
        self._filled.names |= selection.given
        schema = Schema(items) if self._typed and fields else None
        for number, row in enumerate(rows, 1):
            problems = list(row.problems)
            values: dict[str, Any] = {}
            if schema and not problems:
                values, problems = schema.survey(row)
            elif not problems:
                values = dict.fromkeys(fields) | untyped_values(row)
            try:
                if not problems and selection.chooses(values, number, row.place(())):
                    yield row
            except NoticeError as error:
                problems = error.problems
            self._filled.problems += problems

    def _content(self, file: str, path: KeyPath) -> bytes:
        try:
            return self._read(file)
        except ValueRefused as error:
            where = _place(self._source, path, "file")
            raise NoticeError([Problem("Y013", error.args[0], where)]) from error


def _tables(
    value: object, definition: Definition, path: KeyPath
) -> Iterator[tuple[KeyPath, Definition]]:
    """The path of each list in *value* that names a table, and the definition of its items."""
    items = definition.get("items")
    if definition.get("type") == "array" and isinstance(value, dict):
        if not value.keys().isdisjoint(_FILE_KEYS):
            yield path, items if isinstance(items, Mapping) else {}
    elif isinstance(value, list) and isinstance(items, Mapping):
        for index, item in enumerate(value):
            yield from _tables(item, items, (*path, index))
    elif isinstance(value, dict):
        properties = cast("Mapping[str, Definition]", definition.get("properties", {}))
        for key, inner in properties.items():
            for name in {key, str(inner.get("title", key))} & value.keys():
                yield from _tables(value[name], inner, (*path, name))


def _names(items: Definition) -> dict[str, tuple[str, str]]:
    """The key and label of each property of *items*, by both."""
    properties = cast("Mapping[str, Definition]", items.get("properties", {}))
    both = [(key, str(inner.get("title", key))) for key, inner in properties.items()]
    return {name: names for names in both for name in reversed(names)}


def _no_list(name: str, items: Definition, where: Location) -> Problem:
    message = Message("no row has a list “{name}”", name=name)
    properties = cast("Mapping[str, Definition]", items.get("properties", {}))
    lists = [key for key, inner in properties.items() if inner.get("type") == "array"]
    return Problem("Y024", message, where, Message("there are: {names}", names="、".join(lists)))


def _name(source: Source, path: KeyPath, key: str) -> str:
    """The name, key or label, under which the table at *path* has its *key*."""
    value: Any = source.value
    for step in path:
        value = value[step]
    return str(next(name for name in value if _TABLE.names.get(name) == key))


def _place(source: Source, path: KeyPath, key: str) -> Location:
    """Where the *key* of the table at *path* says what it says."""
    return source.place((*path, _name(source, path, key)))
