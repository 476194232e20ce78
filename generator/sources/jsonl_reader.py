"""JSON Lines → rows: one object a line, its scalars left as the text they are."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, NoReturn

from generator.problems import Location, Message, NoticeError, Problem
from generator.sources.nesting import MAX_DEPTH, too_deep
from generator.sources.places import KeyPath, Source
from generator.sources.text import UNFIT, decode, unfit_character
from generator.sources.yaml_reader import survey

MAX_LINE = 1_000_000
"""Characters of one row."""


class _Bare(str):
    """A number as it was typed: text that does not stand in quotes."""


class _TwiceError(ValueError):
    """A key that an object has twice."""


def read_jsonl(data: bytes, file: str) -> Iterator[Source]:
    """The rows of the JSON Lines *data*, as `read_rows` promises; places are `line:column`."""
    decode(data, file)
    found = False
    for number, line in enumerate(io.TextIOWrapper(io.BytesIO(data), "utf-8-sig"), 1):
        if line.strip():
            found = True
            yield _row(line.rstrip("\n"), number, file)
    if not found:
        hint = Message("write one {{…}} on each line")
        raise NoticeError([Problem("Y008", Message("the file is empty"), Location(file), hint)])


def _row(line: str, number: int, file: str) -> Source:
    """The row that *line* holds, with its problems."""
    where = _Line(line, number, file)
    places, keys = _Places(where, of_keys=False), _Places(where, of_keys=True)
    try:
        value = _loaded(line, where)
    except NoticeError as error:
        return Source({}, places, keys, file, problems=tuple(error.problems))
    quoted: list[KeyPath] = []
    plain = _plain(value, (), quoted)
    problems: list[Problem] = []
    if "\\" in line or UNFIT.search(line):
        found = (UNFIT.search(text) for text in _texts(plain))
        problems = [unfit_character(unfit[0], where.start) for unfit in found if unfit]
    return Source(plain, places, keys, file, frozenset(quoted), tuple(problems))


def _loaded(line: str, where: _Line) -> dict[str, Any]:
    """The object that *line* holds. Raises NoticeError where it holds none."""
    if len(line) > MAX_LINE:
        message = Message("the line has {count} characters", count=len(line))
        hint = Message("at most {limit} are read", limit=MAX_LINE)
        raise NoticeError([Problem("Y012", message, where.start, hint)])
    try:
        value = _DECODER.decode(line)
    except json.JSONDecodeError as error:
        message = Message("this line is not JSON from here on")
        hint = Message("write one object on each line, its keys and texts in double quotes")
        place = Location(where.file, f"{where.number}:{error.colno}")
        raise NoticeError([Problem("Y018", message, place, hint)]) from error
    except _TwiceError as error:
        message = Message("key “{key}” appears twice", key=str(error))
        raise NoticeError(
            [Problem("Y002", message, where.start, Message("keep one of them"))]
        ) from error
    except RecursionError as error:
        raise NoticeError([too_deep(where.start)]) from error
    if not isinstance(value, dict):
        message = Message("a row is an object of keys and values")
        hint = Message("write {{…}} on this line")
        raise NoticeError([Problem("Y009", message, where.start, hint)])
    if _depth(line) > MAX_DEPTH:
        raise NoticeError([too_deep(where.start)])
    return value


def _depth(line: str) -> int:
    """How deep *line* may nest at the most: brackets within texts count too."""
    if line.count("{") + line.count("[") <= MAX_DEPTH:
        return 0
    depth = deepest = 0
    for bracket in _BRACKETS_AND_TEXTS.findall(line):
        if bracket in "{[":
            depth += 1
            deepest = max(deepest, depth)
        elif bracket in "}]":
            depth -= 1
    return deepest


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """The object of *pairs*. Raises _TwiceError for a key that stands twice."""
    value = dict(pairs)
    if len(value) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _TwiceError(next(key for key in keys if keys.count(key) > 1))
    return value


def _no_number(text: str) -> NoReturn:
    raise json.JSONDecodeError(text, text, 0)


def _plain(value: object, path: KeyPath, quoted: list[KeyPath]) -> object:
    """*value* with text for each scalar; *quoted* takes the paths of what stands in quotes."""
    if isinstance(value, dict):
        return {key: _plain(inner, (*path, key), quoted) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner, (*path, index), quoted) for index, inner in enumerate(value)]
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, _Bare):
        return str(value)
    if isinstance(value, str):
        quoted.append(path)
    return value


def _texts(value: object) -> Iterator[str]:
    """Every text within *value*, keys too."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, str):
        yield value


class _Line:
    """A line, which is read for places when one is asked for: JSON is YAML, which has them."""

    def __init__(self, text: str, number: int, file: str) -> None:
        self.text, self.number, self.file = text, number, file
        self.start = Location(file, f"{number}:1")

    @cached_property
    def source(self) -> Source | None:
        return survey(self.text, self.file)[0]


class _Places(Mapping[KeyPath, Location]):
    """The places of a line's values, or of their keys."""

    __slots__ = ("_line", "_of_keys")

    def __init__(self, line: _Line, *, of_keys: bool) -> None:
        self._line, self._of_keys = line, of_keys

    @property
    def _found(self) -> Mapping[KeyPath, Location]:
        source = self._line.source
        if source is None:
            return {} if self._of_keys else {(): self._line.start}
        return source.keys if self._of_keys else source.places

    def __getitem__(self, path: KeyPath) -> Location:
        column = self._found[path].spot.partition(":")[2]
        return Location(self._line.file, f"{self._line.number}:{column}")

    def __iter__(self) -> Iterator[KeyPath]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


_DECODER = json.JSONDecoder(
    object_pairs_hook=_once, parse_int=_Bare, parse_float=_Bare, parse_constant=_no_number
)
_BRACKETS_AND_TEXTS = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]')
