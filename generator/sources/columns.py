"""The head of a table → its columns; the cells under it → rows whose values know their places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from generator.problems import Location, Message, NoticeError, Problem
from generator.sources.places import KeyPath, Source
from generator.sources.text import UNFIT, unfit_character

MAX_COLUMNS = 1_000
MAX_STEPS = 10
"""How many names a dotted head may have."""

Cell = str | None
"""The text of one cell; None where there is nothing."""
CellPlace = Callable[[int], Location]
"""The place of a cell of one row by its column, from 0."""

_ERRORS = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)")
"""What a spreadsheet shows where a formula has no value."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that have heads."""

    file: str
    paths: tuple[KeyPath | None, ...]
    """The path of each column's values; None where there is no head."""
    positions: Mapping[KeyPath, int]
    """The column of each path; of a group, such as `contact`, the first of its columns."""
    heads: Mapping[KeyPath, Location]
    """The place of each path's head."""
    names: tuple[str, ...] | None
    """The heads where there is one over every column and none has a dot."""

    def row(
        self, cells: Sequence[Cell], place: CellPlace, faults: Sequence[Problem] = ()
    ) -> Source | None:
        """The values of *cells* under their heads, *faults* among its problems; None if empty."""
        if not any(cells) and not faults:
            return None
        problems = (*faults, *self._problems(cells, place))
        places = CellPlaces(self.positions, place)
        return Source(self._value(cells), places, self.heads, self.file, problems=problems)

    def _value(self, cells: Sequence[Cell]) -> dict[str, object]:
        width = len(self.paths)
        if len(cells) < width:
            cells = [*cells, *[None] * (width - len(cells))]
        if self.names is not None:
            return dict(zip(self.names, cells, strict=False))
        value: dict[str, object] = {}
        for path, cell in zip(self.paths, cells, strict=False):
            if path is not None:
                _put(value, path, cell)
        return value

    def _problems(self, cells: Sequence[Cell], place: CellPlace) -> list[Problem]:
        problems = []
        if len(cells) > len(self.paths) or self.names is None:
            problems = list(self._without_heads(cells, place))
        joined = "\t".join(filter(None, cells))
        if "#" in joined or UNFIT.search(joined):
            for position, cell in enumerate(cells):
                if cell and _ERRORS.fullmatch(cell):
                    problems.append(error_cell(cell, place(position)))
                elif cell and (unfit := UNFIT.search(cell)):
                    problems.append(unfit_character(unfit[0], place(position)))
        return problems

    def _without_heads(self, cells: Sequence[Cell], place: CellPlace) -> Iterator[Problem]:
        """The problem of the first value of a row that no head stands over."""
        for position, cell in enumerate(cells):
            if cell and (position >= len(self.paths) or self.paths[position] is None):
                message = Message("“{text}” stands in a column without a head", text=_shown(cell))
                hint = Message("write a head above it, or delete it")
                yield Problem("Y015", message, place(position), hint)
                return


class CellPlaces(Mapping[KeyPath, Location]):
    """The places of a row's values, said when they are asked for; `()` is the row's first cell."""

    __slots__ = ("_place", "_positions")

    def __init__(self, positions: Mapping[KeyPath, int], place: CellPlace) -> None:
        self._positions = positions
        self._place = place

    def __getitem__(self, path: KeyPath) -> Location:
        return self._place(self._positions[path])

    def __iter__(self) -> Iterator[KeyPath]:
        return iter(self._positions)

    def __len__(self) -> int:
        return len(self._positions)


def read_heads(cells: Sequence[Cell], place: CellPlace, file: str) -> Columns:
    """The columns under the heads *cells*. Raises NoticeError (Y014) with all that is wrong."""
    heads = [_head(cell) for cell in cells]
    while heads and not heads[-1]:
        heads.pop()
    if not heads:
        hint = Message("write the names of the columns into the first row")
        raise NoticeError([_fault(Message("the table has no heads"), place(0), hint)])
    if len(heads) > MAX_COLUMNS:
        message = Message("the table has {count} columns", count=len(heads))
        hint = Message("at most {limit} columns are read", limit=MAX_COLUMNS)
        raise NoticeError([Problem("Y012", message, place(MAX_COLUMNS), hint)])
    places: dict[KeyPath, Location] = {}
    positions: dict[KeyPath, int] = {}
    columns: dict[KeyPath, int] = {}
    problems: list[Problem] = []
    for position, head in enumerate(heads):
        path = tuple(step.strip() for step in head.split("."))
        if not head:
            continue
        if fault := _head_fault(head, path, columns, positions, place):
            problems.append(_fault(fault[0], place(position), fault[1]))
            continue
        columns[path] = position
        for length in range(1, len(path) + 1):
            positions.setdefault(path[:length], position)
            places.setdefault(path[:length], place(position))
    if problems:
        raise NoticeError(problems)
    by_position = {position: path for path, position in columns.items()}
    positions[()] = min(columns.values())
    places[()] = place(positions[()])
    is_flat = len(columns) == len(heads) and all(len(path) == 1 for path in columns)
    return Columns(
        file,
        tuple(by_position.get(position) for position in range(len(heads))),
        positions,
        places,
        tuple(heads) if is_flat else None,
    )


def error_cell(text: str, where: Location) -> Problem:
    """The problem of a cell that holds the error *text* of a formula."""
    message = Message("the formula of this cell has no value: {error}", error=_shown(text))
    return Problem("Y016", message, where, Message("correct the formula, or write the value"))


def column_letters(position: int) -> str:
    """The name of a column, from 0, as spreadsheets show it: A, B, …, Z, AA."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _head_fault(
    head: str,
    path: tuple[str, ...],
    columns: Mapping[KeyPath, int],
    positions: Mapping[KeyPath, int],
    place: CellPlace,
) -> tuple[Message, Message] | None:
    """What is wrong with one head beside those before it, and what to do."""
    if len(path) > MAX_STEPS or not all(path):
        message = Message("the head “{head}” has a dot too many", head=_shown(head))
        return message, Message("a dot parts the names of nested values: contact.phone")
    if path in columns:
        first = place(columns[path])
        message = Message("two columns have the head “{head}”", head=_shown(head))
        return message, Message(
            "rename or delete one of them; the first is at {place}", place=first
        )
    above = next((path[:n] for n in range(1, len(path)) if path[:n] in columns), None)
    if path in positions or above:
        group = ".".join(map(str, above or path))
        message = Message("“{head}” is a value in one column and a group in others", head=group)
        return message, Message("rename one of the columns")
    return None


def _head(cell: Cell) -> str:
    return "".join(cell.splitlines()).strip() if cell else ""


def _fault(message: Message, where: Location, hint: Message) -> Problem:
    return Problem("Y014", message, where, hint)


def _put(value: dict[str, object], path: KeyPath, cell: Cell) -> None:
    """Put *cell* at *path* into *value*; a group of which nothing is filled in stays None."""
    *groups, name = map(str, path)
    if cell is None and groups:
        value.setdefault(groups[0], None)
        return
    for group in groups:
        if value.get(group) is None:
            value[group] = {}
        value = cast("dict[str, object]", value[group])
    value[name] = cell


def _shown(text: str) -> str:
    return text if len(text) <= 30 else text[:30] + "…"
