"""Lists of texts that stand in tables, each made of a row: `item: "{{ unit }}{{ name }}"`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.compiler.patterns import Patterns
from generator.problems import Location, Message, NoticeError, Problem
from generator.rules.paths import steps
from generator.runtime.failures import PlaceOfValue
from generator.runtime.state import State
from generator.schema import Definition
from generator.schema.untyped import untyped_values
from generator.sources import KeyPath, Source

_ITEM = "item"


def holds_texts(items: Definition) -> bool | None:
    """Whether a list of *items* holds texts and the like, no mappings; None if either will do."""
    kind = items.get("type")
    return None if kind is None else kind not in ("object", "array")


def as_texts(
    rows: Sequence[Source], columns: Sequence[str], pattern: str, where: Location, state: State
) -> Iterator[Source]:
    """The text that *pattern*, which stands at *where*, makes of each of *rows*.

    Its names are *columns*, those of the whole table, each value typed by itself; all texts take of
    one budget, *state*. Raises NoticeError for a pattern that cannot be read (T018), asks for what
    no row has (Y026), or cannot be printed (T404…).
    """
    patterns = Patterns({_ITEM: pattern}, {_ITEM: where})
    asked = {steps(path)[0] for path in patterns.readings[_ITEM]}
    if unknown := sorted(asked - set(columns)):
        raise NoticeError(_no_column(name, columns, where) for name in unknown)
    for row in rows:
        values = {**dict.fromkeys(columns), **untyped_values(row)}
        place = row.place(())
        text = patterns.render(values, place_of_value=_always(place), state=state)[_ITEM]
        places: dict[KeyPath, Location] = {(): place}
        yield Source(text or None, places, {}, row.file, frozenset(places), row.problems)


def _always(place: Location) -> PlaceOfValue:
    return lambda _: place


def _no_column(name: str, columns: Sequence[str], where: Location) -> Problem:
    message = Message("the pattern asks for “{name}”, which no row has", name=name)
    return Problem("Y026", message, where, Message("there are: {names}", names="、".join(columns)))
