"""What an input says in tables: its lists, and the record from which it takes other values.

Problems: Y013 a table that is not there · Y024 a list that no row has · Y025 a record that is not
one row · Y026 texts that no pattern makes, and patterns that ask for what no row has.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

from generator.heads import RESERVED, with_common
from generator.problems import Location, Message, NoticeError, Problem
from generator.runtime.relationships import ReadFile
from generator.runtime.state import State
from generator.schema import Definition
from generator.schema.reading import names_in, properties_of
from generator.sources import KeyPath, Source
from generator.sources.joining import with_rows
from generator.tabled.reader import FILE_KEYS, TableReader


@dataclass
class Filled:
    """An input that says what stands in tables, too."""

    source: Source
    problems: list[Problem] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    """The names given by the user that conditions asked for."""
    broken: set[Location] = field(default_factory=set)
    """Where tables that have problems would say something: what lacks there, they may have had."""


def names_tables(value: object) -> bool:
    """Whether anything within the values of an input looks like a list that stands in a table."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(
        (isinstance(each, dict) and not each.keys().isdisjoint(FILE_KEYS)) or names_tables(each)
        for each in inner
    )


def with_tables(
    source: Source,
    definition: Definition,
    *,
    own: Collection[str] = (),
    typed: bool,
    given: Mapping[str, str],
    read: ReadFile,
    state: State,
) -> Filled:
    """*source* with the record that it is taken from, and its lists that stand in tables.

    *definition* says where lists are; rows are *typed* by it before a condition sees them, or each
    value by itself. *given* are the names that conditions may ask for beside the fields of a row;
    *read* reads files by the paths that stand in the input; reserved keys in *own* are values. All
    conditions and patterns take of one budget, *state*.
    """
    reserved = RESERVED.names.keys() - set(own)
    reader = TableReader(source, given, typed, read, state)
    taken = _with_record(source, definition, reserved, reader)
    source = taken.source
    filled = _with_lists(source, definition, TableReader(source, given, typed, read, state))
    return Filled(
        filled.source,
        taken.problems + filled.problems,
        taken.names | filled.names,
        taken.broken | filled.broken,
    )


def _with_lists(source: Source, definition: Definition, reader: TableReader) -> Filled:
    """*source* with each list that names a table filled with the rows of that, not yet typed."""
    broken: set[Location] = set()
    tables: dict[KeyPath, list[Source]] = {}
    for path, items in _tables(source.value, definition, ()):
        before = len(reader.problems)
        try:
            tables[path] = reader.rows(path, items)
        except NoticeError as error:
            reader.problems += error.problems
            tables[path] = []
        if len(reader.problems) > before:
            broken.add(source.place(path))
    if not tables:
        return Filled(source)
    source = with_rows(source, tables)
    problems = list(dict.fromkeys([*reader.problems, *source.problems]))
    return Filled(source, problems, reader.names, broken)


def _with_record(
    source: Source, definition: Definition, reserved: Collection[str], reader: TableReader
) -> Filled:
    """*source* with what it does not say itself from the row that it is taken from, if any.

    Rows may serve templates of many kinds: what *definition* does not allow stays behind, and so
    do the keys in *reserved*.
    """
    said: dict[str, Any] = source.value if isinstance(source.value, dict) else {}
    heads = [key for key in reserved & said.keys() if RESERVED.names[key] == "from" and said[key]]
    if not heads:
        return Filled(source)
    try:
        record = _only(reader.candidates((heads[0],), definition), source.place((heads[0],)))
    except NoticeError as error:
        problems = [*reader.problems, *error.problems]
        return Filled(source, problems, reader.names, {source.key_place(())})
    row = cast("dict[str, Any]", record.value)
    record = replace(record, value={key: row[key] for key in row if key not in reserved})
    others = not reader.typed or definition.get("additionalProperties") is not False
    merged = with_common(source, record, names_in(properties_of(definition)), others=others)
    return Filled(merged, [*reader.problems, *record.problems], reader.names)


def _only(rows: Sequence[Source], where: Location) -> Source:
    """The one of *rows*. Raises NoticeError at *where*, which asks for it, if there is not one."""
    if len(rows) == 1:
        return rows[0]
    message = Message("a record is one row, but {count} rows are chosen", count=len(rows))
    hint = Message("write a condition that one row alone meets, such as: id == 25")
    raise NoticeError([Problem("Y025", message, where, hint)])


def _tables(
    value: object, definition: Definition, path: KeyPath
) -> Iterator[tuple[KeyPath, Definition]]:
    """The path of each list in *value* that names a table, and the definition of its items."""
    items = definition.get("items")
    if definition.get("type") == "array" and isinstance(value, dict):
        if not value.keys().isdisjoint(FILE_KEYS):
            yield path, items if isinstance(items, Mapping) else {}
    elif isinstance(value, list) and isinstance(items, Mapping):
        for index, item in enumerate(value):
            yield from _tables(item, items, (*path, index))
    elif isinstance(value, dict):
        properties = cast("Mapping[str, Definition]", definition.get("properties", {}))
        for key, inner in properties.items():
            for name in {key, str(inner.get("title", key))} & value.keys():
                yield from _tables(value[name], inner, (*path, name))
