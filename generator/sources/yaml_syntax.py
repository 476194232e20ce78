"""Why a YAML parser could not read on, in a clerk's words: judged by the lines where it stopped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.problems import Location, Message

if TYPE_CHECKING:
    import yaml

_KEY = r"""\s*(?:-\s+)*(?:"[^"]*"\s*|'[^']*'\s*|[^\s:：#"'{}\[\],&*!|>%@`-][^:：#]*)"""
_FULL_WIDTH_COLON = re.compile(_KEY + "：")
_COLON_WITHOUT_SPACE = re.compile(_KEY + r":(?=[^ \t/])")
_COLON_WITH_SPACE = re.compile(_KEY + r":(?:[ \t]|$)")
_TAB_IN_INDENTATION = re.compile(r" *(?:- +)*\t")
_LINES_ABOVE = 3
_NO_BEGINNING = "@`%*&!|>}],?"
_CLOSING = {"[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of syntax."""

    message: Message
    hint: Message
    row: int
    column: int
    """Line and column, from 0."""
    repaired: str = ""
    """The whole text with the fault put right, every column kept; empty where we cannot."""

    def location(self, file: str) -> Location:
        """The place of the fault in *file*."""
        return Location(file, f"{self.row + 1}:{self.column + 1}")


def explain(text: str, error: yaml.MarkedYAMLError) -> Fault:
    """The fault of *text* at which a parser gave up with *error*."""
    lines = text.splitlines()
    stop = _Stop(lines, error)
    return (
        _tab(lines, stop.rows())
        or _colon(lines, stop.rows())
        or _quotes_and_brackets(stop)
        or _beginning_or_indentation(stop)
    )


def explain_text(text: str) -> Fault | None:
    """The fault of a *text* that is one single scalar, where it was meant to be keys and values."""
    lines = text.splitlines()
    return _colon(lines, (row for row, line in enumerate(lines) if line and line[0] != "#"))


class _Stop:
    """Where and why the parser stopped."""

    def __init__(self, lines: list[str], error: yaml.MarkedYAMLError) -> None:
        self.context = error.context or ""
        self.reason = error.problem or ""
        mark = error.problem_mark
        self.at = (mark.line, mark.column) if mark else (len(lines), 0)
        start = error.context_mark
        # PyYAML's own parser gives no start where libyaml repeats the place of the problem.
        self.start = (start.line, start.column) if start else self.at
        self.lines = lines

    def text(self, row: int) -> str:
        return self.lines[row] if row < len(self.lines) else ""

    def character(self, place: tuple[int, int]) -> str:
        return self.text(place[0])[place[1] : place[1] + 1]

    def rows(self) -> Iterator[int]:
        """The lines that may hold the cause, the likeliest first."""
        if "simple key" in self.context:
            yield self.start[0]
        yield self.at[0]
        above = 0
        for row in range(min(self.at[0], len(self.lines)) - 1, -1, -1):
            line = self.lines[row]
            if above == _LINES_ABOVE or _COLON_WITH_SPACE.match(line):
                return
            if line.strip():
                above += 1
                yield row

    def fault(self, message: Message, hint: Message, place: tuple[int, int] | None = None) -> Fault:
        return Fault(message, hint, *(place or self.at))


def _tab(lines: list[str], rows: Iterable[int]) -> Fault | None:
    """A tab in the indentation of one of *rows*."""
    for row in rows:
        found = _TAB_IN_INDENTATION.match(lines[row]) if row < len(lines) else None
        if found:
            column = found.end() - 1
            message = Message("a tab stands where spaces belong")
            hint = Message("indent with spaces")
            return Fault(message, hint, row, column, _put(lines, row, column, " "))
    return None


def _colon(lines: list[str], rows: Iterable[int]) -> Fault | None:
    """A colon that is none to YAML, after the key in one of *rows*."""
    for row in rows:
        line = lines[row] if row < len(lines) else ""
        if found := _FULL_WIDTH_COLON.match(line):
            message = Message("a full-width colon “：” follows the key")
            hint = Message("write “:” and a space")
        elif found := _COLON_WITHOUT_SPACE.match(line):
            message = Message("no space follows the colon after the key")
            hint = Message("write “: ” and then the value")
        else:
            continue
        column = found.end() - 1
        return Fault(message, hint, row, column, _put(lines, row, column, ": "))
    return None


def _put(lines: list[str], row: int, column: int, replacement: str) -> str:
    """The text of *lines* with *replacement* written over what stands at its place."""
    line = lines[row]
    line = line[:column] + replacement + line[column + len(replacement) :]
    return "\n".join([*lines[:row], line, *lines[row + 1 :], ""])


def _quotes_and_brackets(stop: _Stop) -> Fault | None:
    """What is opened and not closed, or closed before its text ends."""
    opening = stop.character(stop.start)
    if "quoted scalar" in stop.context or "double-quoted" in stop.context:
        if "end of stream" in stop.reason or "document" in stop.reason:
            message = Message("the quotation mark “{mark}” is not closed", mark=opening)
            return stop.fault(message, Message("add “{mark}” at the end", mark=opening), stop.start)
        message = Message("a backslash between double quotes begins an escape that is unknown")
        return stop.fault(message, Message("write the backslash twice"))
    if "flow" in stop.context and opening in _CLOSING:
        message = Message("the bracket “{mark}” is not closed", mark=opening)
        hint = Message(
            "add “{closing}”, with commas between the items; or put the whole text in quotes",
            closing=_CLOSING[opening],
        )
        return stop.fault(message, hint, stop.start)
    row, column = stop.at
    before = stop.text(row)[:column].rstrip()
    if "block" in stop.context and before.endswith(('"', "'", "]", "}")):
        message = Message("text follows the closing “{mark}”", mark=before[-1])
        return stop.fault(message, Message("put the whole text in quotes"))
    return None


def _beginning_or_indentation(stop: _Stop) -> Fault:
    """A value or a line that begins as or where none can; else the fault without a plain cause."""
    quote = Message("put the whole text in quotes")
    begins = stop.start if stop.context.startswith("while scanning a") else stop.at
    character = stop.character(begins)
    if character and character in _NO_BEGINNING:
        message = Message("text cannot begin with “{character}”", character=character)
        return stop.fault(message, quote, begins)
    if character == ":" and not stop.text(begins[0])[: begins[1]].strip():
        message = Message("there is no key before the colon")
        return stop.fault(message, Message("write the key, or put the text in quotes"), begins)
    if "sequence entries" in stop.reason:
        message = Message("a list cannot begin on the line of its key")
        return stop.fault(message, Message("begin it on the next line, or put the text in quotes"))
    if "simple key" in stop.context:
        message = Message("this line has no key")
        hint = Message("write “key: value”; indent the line if it continues the text above")
        return stop.fault(message, hint, stop.start)
    row, column = stop.at
    line = stop.text(row)
    if "mapping values" in stop.reason and _COLON_WITH_SPACE.match(line[:column]):
        return stop.fault(Message("a second colon with a space stands in this line"), quote)
    if "mapping values" in stop.reason or "block" in stop.context or "document" in stop.reason:
        message = Message("this line does not line up with those above it")
        hint = Message("begin the keys of one mapping, and the “-” of one list, in one column")
        return stop.fault(message, hint, (row, len(line) - len(line.lstrip())))
    message = Message("this cannot be read as YAML")
    return stop.fault(message, Message("look at the colons, quotes and indentation here"))
