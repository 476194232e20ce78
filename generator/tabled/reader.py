"""The tables that an input names, `{file: ledger.xlsx, where: due < as_of}`, and their rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from generator.problems import Location, Message, NoticeError, Problem
from generator.runtime.relationships import ReadFile
from generator.runtime.state import State
from generator.runtime.values import ValueRefused
from generator.schema import Definition, Schema
from generator.schema.reading import names_in, properties_of
from generator.schema.tables import LIST, TABLE
from generator.selection import Selection
from generator.sources import KeyPath, Source
from generator.sources.joining import joined
from generator.sources.tables import read_rows
from generator.tabled.texts import as_texts, holds_texts

_TABLE, _LIST = Schema(TABLE), Schema(LIST)
FILE_KEYS = frozenset(name for name, key in _LIST.names.items() if key == "file")


class TableReader:
    """Reads the tables that one input names, each sheet once."""

    def __init__(
        self, source: Source, given: Mapping[str, str], typed: bool, read: ReadFile, state: State
    ) -> None:
        self.typed = typed
        """Whether rows are typed by a schema, or each value by itself."""
        self._source, self._given, self._read, self._state = source, given, read, state
        self._sheets: dict[tuple[str, str], list[Source]] = {}
        self.problems: list[Problem] = []
        """What is wrong with rows that others stand beside."""
        self.names: set[str] = set()
        """The names given by the user that conditions asked for."""

    def rows(self, path: KeyPath, items: Definition) -> list[Source]:
        """The items that the table at *path* gives: chosen rows, or texts. Raises NoticeError."""
        table: dict[str, Any] = _LIST.read(self._source, path)
        rows = every = self._joined(table, path, items)
        if table["where"] is not None:
            rows = list(self._chosen(every, table["where"], path, items))
        if table["item"] is None:
            if self.typed and holds_texts(items):
                raise NoticeError([_no_item(self._source.place(path))])
            return rows
        where = _place(self._source, path, "item")
        if self.typed and holds_texts(items) is False:
            raise NoticeError([_no_texts(where)])
        return list(as_texts(rows, _columns(every), table["item"], where, self._state))

    def candidates(self, path: KeyPath, definition: Definition) -> list[Source]:
        """The rows for which the condition of the table at *path* holds. Raises NoticeError.

        Rows may be of many kinds, so a condition may ask for any of their columns, and what does
        not fit *definition* is as it stands, and no problem yet.
        """
        table: dict[str, Any] = _TABLE.read(self._source, path)
        rows = self._joined(table, path, definition)
        if table["where"] is None or not rows:
            return rows
        properties = properties_of(definition) if self.typed else {}
        known = names_in(properties)
        fields: dict[str, Definition] = {key: {} for key in _columns(rows) if key not in known}
        selection = self._selection(table["where"], path, {**fields, **properties})
        return [
            row
            for number, row in enumerate(rows, 1)
            if selection.chooses(row, number, self._state, as_it_stands=True)
        ]

    def _joined(self, table: dict[str, Any], path: KeyPath, items: Definition) -> list[Source]:
        """All rows of the *table* at *path*, with the items of their own lists."""
        rows = self._sheet(table["file"], table["sheet"], path)
        for name, inner in (table["lists"] or {}).items():
            at = (*path, _name(self._source, path, "lists"), name)
            if name not in _names(items):
                self.problems.append(_no_list(name, items, self._source.key_place(at)))
                continue
            file, named_at = (inner["file"], at) if "file" in inner else (table["file"], path)
            others = self._sheet(file, inner.get("sheet"), named_at)
            on = _names(items).get(inner["on"], (inner["on"],))
            rows = self._all(joined(rows, others, name, on))
        return rows

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
            self.problems += error.problems
        return given

    def _chosen(
        self, rows: list[Source], condition: str, path: KeyPath, items: Definition
    ) -> Iterator[Source]:
        fields, typed = properties_of(items), self.typed and not holds_texts(items)
        if not typed:  # a row has what stands in it, read by the template or not
            fields = {name: {} for name in _columns(rows)}
            if not rows:
                return
        selection = self._selection(condition, path, fields)
        for number, row in enumerate(rows, 1):
            try:
                if selection.chooses(row, number, self._state):
                    yield row
            except NoticeError as error:
                self.problems += error.problems
            if self._state.is_spent:
                return

    def _selection(
        self, condition: str, path: KeyPath, fields: Mapping[str, Definition]
    ) -> Selection:
        """The *condition* of the table at *path* on rows of *fields*. Raises NoticeError."""
        where = _place(self._source, path, "where")
        selection = Selection(condition, where, fields, self._given)
        self.names |= selection.given
        return selection

    def _content(self, file: str, path: KeyPath) -> bytes:
        try:
            return self._read(file)
        except ValueRefused as error:
            where = _place(self._source, path, "file")
            raise NoticeError([Problem("Y013", error.args[0], where)]) from error


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


def _columns(rows: Sequence[Source]) -> list[str]:
    """The names of all values in *rows*, in the order in which they come."""
    return list(dict.fromkeys(name for row in rows for name in cast("dict[str, Any]", row.value)))


def _no_item(where: Location) -> Problem:
    message = Message("the items of this list are texts, and a row is none")
    return Problem("Y026", message, where, Message("say what text: item: '{{{{ name }}}}'"))


def _no_texts(where: Location) -> Problem:
    message = Message("the items of this list are rows, no texts")
    return Problem("Y026", message, where, Message("leave “item” out"))


def _name(source: Source, path: KeyPath, key: str) -> str:
    """The name, key or label, under which the table at *path* has its *key*."""
    value: Any = source.value
    for step in path:
        value = value[step]
    return str(next(name for name in value if _LIST.names.get(name) == key))


def _place(source: Source, path: KeyPath, key: str) -> Location:
    """Where the *key* of the table at *path* says what it says."""
    return source.place((*path, _name(source, path, key)))
