"""What a batch is asked for: a template and the rows of a table, each with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, cast

from generator.batch.orders import NAME, Order, name_pattern, version
from generator.batch.tasks import Group, Row
from generator.heads import RESERVED
from generator.library import Library, Template, read_file
from generator.library.layers import TEMPLATE, UNIT, is_word_file, missing
from generator.problems import Location, Message, NoticeError, Problem
from generator.schema import Definition
from generator.selection import Selection
from generator.sources import KeyPath, Source, decode, read_yaml
from generator.sources.joining import joined
from generator.sources.tables import read_rows

_NOWHERE = Location("")
_OPTIONS: dict[KeyPath, Location] = {
    ("rows", "where"): Location("--where"),
    ("name",): Location(NAME),
    ("copy_number",): Location("--copy-number"),
}
_COPY_NUMBER = ("copy_number", "份号")
_UNIT = [name for name, key in RESERVED.names.items() if key == "unit"]


def _on_command_line(path: KeyPath) -> Location:
    """Where a portion is said that no plan says."""
    return _OPTIONS.get(path, _NOWHERE)


@dataclass(frozen=True)
class Join:
    """A second table, whose rows are the items of a list of each row."""

    name: str
    """The list, by its key or its label."""
    on: str
    """The column in which rows and items are equal, by its key or its label."""
    file: str
    sheet: str = ""


@dataclass(frozen=True)
class Portion:
    """One template for the rows of one table."""

    template: str
    """The name of a template, or the path of a Word document."""
    file: str
    """The path of the table; `""` where there is none, and each unit is a row."""
    sheet: str = ""
    joins: tuple[Join, ...] = ()
    where: str = ""
    """The condition that chooses rows; all, if empty."""
    units: tuple[str, ...] = ()
    """The units for each of which every row is made; else a row says its own."""
    common: str | None = None
    """The path of a YAML file with what holds for every row that does not say it itself."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """What goes before the values of every row, key or label → text."""
    name: str | None = None
    """The pattern of file names."""
    place: Callable[[KeyPath], Location] = _on_command_line
    """Where it says something; `()` is the portion itself."""
    ignored: frozenset[str] = frozenset()
    """The columns, by their heads, that say nothing here."""
    copy_number: str = ""
    """The 份号 of the first document, in digits; the others, chosen or not, count on from it."""


def groups(
    portions: Iterable[Portion], library: Library, register: str | None = None
) -> list[Group]:
    """The rows of each portion, read as they are asked for.

    Those without a serial get one from the *register*, if one is named.

    Raises NoticeError with all that is wrong with the portions themselves, so that not each row has
    to say so: a pattern, a condition or what is common that cannot be read, units that are not
    there, a template that no unit has, or without 份号 to count, or that is at fault where one
    unit is that of all rows.
    """
    indexes = count()
    found: list[Group] = []
    problems: list[Problem] = []
    for portion in portions:
        try:
            found.append(_group(portion, library, indexes, register))
        except NoticeError as error:
            problems += error.problems
    if problems:
        raise NoticeError(problems)
    return found


def _group(
    portion: Portion, library: Library, indexes: Iterator[int], register: str | None
) -> Group:
    look_for(portion.template, library, portion.place(("template",)))
    _look_for_units(portion, library)
    common = None if portion.common is None else _read(portion.common)
    if portion.units or _unit_in(common) or not portion.settings.keys().isdisjoint(_UNIT):
        _template(portion, library, common)
    pattern = None
    if portion.name is not None:
        pattern = name_pattern(portion.name, portion.place(("name",)))
    where = _condition(portion, library) if portion.where else None
    spare = frozenset(pattern.readings[NAME]) if pattern else frozenset()
    order = Order(
        template=portion.template,
        library=library,
        settings=tuple(portion.settings.items()),
        common=common,
        where=where,
        name=pattern,
        spare=spare | where.given if where else spare,
        register=register,
        version=version(),
    )
    counted = _copies(portion, library, common) if portion.copy_number else _as_it_is
    return Group(order.packed(), _rows(portion, library, indexes, counted))


def _read(file: str) -> Source:
    return read_yaml(decode(read_file(file), file), file)


def _unit_in(common: Source | None) -> str | None:
    """The unit that is common to all rows, if there is one that could be."""
    said = common.value if common and isinstance(common.value, dict) else {}
    return next((str(said[name]) for name in _UNIT if isinstance(said.get(name), str)), None)


def _look_for_units(portion: Portion, library: Library) -> None:
    """Raise NoticeError with each unit of the portion that is not there."""
    problems: list[Problem] = []
    for index, unit in enumerate(portion.units):
        if unit not in library.units:
            where = portion.place(("units", index))
            problems += missing(UNIT, unit, library.units, where).problems
    if problems:
        raise NoticeError(problems)


def look_for(name: str, library: Library, where: Location = _NOWHERE) -> None:
    """Raise NoticeError where neither all units nor one of them have the template *name*.

    Also where it is the path of a Word document that cannot be read.
    """
    if is_word_file(name):
        library.word_file(name)
    elif name not in dict(library.templates()):
        known = {each for unit in library.units for each, _ in library.templates(unit)}
        if name not in known:
            raise missing(TEMPLATE, name, known, where)


def _template(portion: Portion, library: Library, common: Source | None = None) -> Template:
    """The template as one of its units has it: what its values are is the same for all."""
    named = [*portion.units, *(portion.settings.get(name) for name in _UNIT), _unit_in(common)]
    unit = next(filter(None, named), None)
    return library.find(portion.template, unit if unit in library.units else None)


def _condition(portion: Portion, library: Library) -> Selection:
    template = _template(portion, library)
    properties = template.input_schema().definition.get("properties", {})
    fields: dict[str, Definition] = dict(cast("Mapping[str, Definition]", properties))
    fields["unit"] = cast("Any", RESERVED.definition["properties"])["unit"]
    if template.schema is None:  # a row has what stands in it, read by the template or not
        for row in _read_table(portion):
            fields = {key: {} for key in cast("dict[str, Any]", row.value)} | fields
            break
    return Selection(portion.where, portion.place(("rows", "where")), fields, portion.settings)


def _read_table(portion: Portion) -> Iterator[Source]:
    rows = read_rows(read_file(portion.file), portion.file, portion.sheet)
    return (_without(row, portion.ignored) for row in rows) if portion.ignored else rows


def _rows(
    portion: Portion,
    library: Library,
    indexes: Iterator[int],
    counted: Callable[[Source], Source],
) -> Iterator[Row]:
    here = portion.place(())
    rows: Iterable[Source] = [Source({}, {(): here}, {}, here.file)]
    if portion.file:
        rows = _read_table(portion)
    for join in portion.joins:
        names = RESERVED.names | _template(portion, library).input_schema().names
        others = read_rows(read_file(join.file), join.file, join.sheet)
        same = {name for name, key in names.items() if key == names.get(join.on)} | {join.on}
        rows = joined(rows, others, names.get(join.name, join.name), sorted(same))
    for number, source in enumerate(rows, 1):
        for unit in portion.units or (None,):
            row = counted(source if unit is None else _of_unit(source, unit))
            yield Row(next(indexes), number, row)


def _without(row: Source, names: frozenset[str]) -> Source:
    """*row* without the columns *names*."""
    value = cast("dict[str, Any]", row.value)
    return replace(row, value={name: value[name] for name in value if name not in names})


def _as_it_is(row: Source) -> Source:
    return row


def _copies(
    portion: Portion, library: Library, common: Source | None
) -> Callable[[Source], Source]:
    """Gives each row that it gets its 份号, but for one that says its own.

    Raises NoticeError where the template has none.
    """
    names = _template(portion, library, common).input_schema().names
    key = next((name for name in _COPY_NUMBER if name in names), None)
    if key is None:
        message = Message("the template has no number of a copy to count (copy_number / 份号)")
        raise NoticeError([Problem("B111", message, portion.place(("copy_number",)))])
    same = {name for name in names if names[name] == names[key]}
    numbers = count(int(portion.copy_number))

    def counted(row: Source) -> Source:
        value, number = cast("dict[str, Any]", row.value), next(numbers)
        if any(value.get(name) for name in same):
            return row
        value = {name: each for name, each in value.items() if name not in same}
        return replace(row, value={**value, key: f"{number:06}"})

    return counted


def _of_unit(source: Source, unit: str) -> Source:
    """*source*, whatever unit it names, for *unit*."""
    value = cast("dict[str, Any]", source.value)
    value = {key: each for key, each in value.items() if RESERVED.names.get(key) != "unit"}
    return replace(source, value={**value, "unit": unit})
