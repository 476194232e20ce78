"""A YAML list of mappings → rows, one after another."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from generator.problems import Location, Message, NoticeError, Problem
from generator.sources.places import Source
from generator.sources.text import decode, unfit_characters
from generator.sources.yaml_reader import MAX_CHARACTERS as MAX_REPAIRED
from generator.sources.yaml_reader import Reading, events, read_with_repairs, syntax_problems

MAX_CHARACTERS = 64_000_000
"""The longest list."""


def read_yaml_rows(data: bytes, file: str) -> Iterator[Source]:
    """The rows of the YAML list *data*, as `read_rows` promises; places are `line:column`."""
    text = decode(data, file)
    if len(text) > MAX_CHARACTERS:
        message = Message("the file has {count} characters", count=len(text))
        hint = Message("at most {limit} are read", limit=MAX_CHARACTERS)
        raise NoticeError([Problem("Y012", message, Location(file), hint)])
    if problems := list(unfit_characters(text, file)):
        raise NoticeError(problems)
    try:
        yield from _rows(text, file)
    except yaml.MarkedYAMLError as error:
        raise NoticeError(_faults(text, file, error)) from error


def _rows(text: str, file: str) -> Iterator[Source]:
    whole = Reading(file)
    row: Reading | None = None
    last: Reading | None = None  # given once the parser could read on: it may be a fault's
    for event in events(text):
        if not whole.open or (row is None and isinstance(event, yaml.SequenceEndEvent)):
            goes_on = whole.take(event)
            if whole.problems or not goes_on:
                raise NoticeError(whole.problems)
            if isinstance(event, yaml.NodeEvent) and not isinstance(whole.value, list):
                raise NoticeError([_not_a_list(whole, file)])
            continue
        row = row or Reading(file)
        if not row.take(event):
            raise NoticeError(row.problems)
        if not row.open:
            if last is not None:
                yield _finished(last, file)
            last = row if row.value is not None or row.problems else None
            row = None
    if last is not None:
        yield _finished(last, file)
    if whole.value is None:
        raise NoticeError([_not_a_list(whole, file)])


def _finished(row: Reading, file: str) -> Source:
    problems = list(row.problems)
    if not isinstance(row.value, dict) and not problems:
        message = Message("a row is keys and values")
        hint = Message("write “- key: value”, and its other keys below the first")
        problems.append(Problem("Y009", message, row.places[()], hint))
    value = row.value if isinstance(row.value, dict) else {}
    return Source(value, row.places, row.keys, file, frozenset(row.quoted), tuple(problems))


def _not_a_list(whole: Reading, file: str) -> Problem:
    place = whole.places.get((), Location(file))
    hint = Message("write “- key: value” for each row, and its other keys below the first")
    if whole.value is None:
        return Problem("Y008", Message("the file is empty"), place, hint)
    return Problem("Y009", Message("rows are a list, each of keys and values"), place, hint)


def _faults(text: str, file: str, error: yaml.MarkedYAMLError) -> list[Problem]:
    """All faults of syntax where reading again for them is quick, else the first."""
    if len(text) <= MAX_REPAIRED:
        return syntax_problems(read_with_repairs(text, file)[1], file)
    from generator.sources.yaml_syntax import explain

    return syntax_problems([explain(text, error)], file)
