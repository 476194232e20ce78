"""Where the values of an input come from: section, point and words of a speech.

The words are compared with the speech exactly as it stands, damaged punctuation and all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches

from generator.problems import Location, Message, Problem
from generator.rules import find_value, read_path
from generator.sources import KeyPath

LONGEST_PHRASE = 20
"""Characters: enough to find a place in the speech, too few to copy it."""

TRACE_SCHEMA: dict[str, object] = {
    "title": "出处",
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["path", "section", "phrase"],
        "properties": {
            "path": {
                "title": "路径",
                "description": "值在本文件中的路径",
                "type": "string",
                "examples": ["schedule[0].date"],
            },
            "section": {"title": "节", "type": "string", "examples": ["1"]},
            "point": {"title": "点", "type": "string", "examples": ["一是"]},
            "phrase": {
                "title": "原文",
                "description": "讲话原文，不超过20字",
                "type": "string",
                "examples": ["至少要安排5天时间"],
            },
        },
    },
}
"""JSON Schema of the reserved key `trace`."""


@dataclass(frozen=True, slots=True)
class TraceRow:
    """One line of the table that `noticegen trace` shows."""

    path: str
    value: str
    """The value as text, at most 20 characters of it; `""` where the input has none."""
    section: str
    point: str
    phrase: str
    found: bool | None
    """Whether the speech has the phrase; None without a speech."""


def trace_rows(
    entries: Iterable[Mapping[str, object]],
    values: Mapping[str, object],
    speech: str | None,
    definition: Mapping[str, object] | None = None,
) -> list[TraceRow]:
    """The rows of the table, in the order of *entries*; arguments as for `check_trace`."""
    rows = []
    for entry in entries:
        path, section, point, phrase = (
            str(entry.get(key) or "") for key in ("path", "section", "point", "phrase")
        )
        value = _value_at(path, values, definition)
        found = None if speech is None else phrase in speech
        rows.append(TraceRow(path, _shown(value), section, point, phrase, found))
    return rows


def check_trace(
    entries: Iterable[Mapping[str, object]],
    values: Mapping[str, object],
    speech: str | None,
    place: Callable[[KeyPath], Location],
    definition: Mapping[str, object] | None = None,
) -> list[Problem]:
    """What is wrong with *entries*, in their order; what breaks TRACE_SCHEMA is passed over.

    *values* are the input's, typed; a path may be written with keys or, where the JSON Schema
    *definition* is given, with their Chinese labels. Without a *speech* the phrases are not looked
    up. *place* takes paths in the input, such as `("trace", 0, "phrase")`. R010 the speech has no
    such phrase, R011 it is too long, R012 the input has no such value, R013 it is not one line.
    """
    problems: list[Problem] = []
    for index, entry in enumerate(entries):
        path, phrase = entry.get("path"), entry.get("phrase")
        if not isinstance(path, str) or not isinstance(phrase, str):
            continue
        if _value_at(path, values, definition) is None:
            problems.append(_no_value(path, values, place(("trace", index, "path"))))
        problems += _phrase_problems(phrase, speech, place(("trace", index, "phrase")))
    return problems


def _value_at(
    text: str, values: Mapping[str, object], definition: Mapping[str, object] | None
) -> object:
    """What stands at a written path, whose keys may be labels; None where there is nothing."""
    path: list[str | int] = []
    for step in read_path(text):
        properties = find_value(definition, ("properties",))
        if isinstance(step, int):
            definition = _inner(definition, ("items",))
        elif isinstance(properties, Mapping):
            labels = {find_value(inner, ("title",)): key for key, inner in properties.items()}
            step = step if step in properties else labels.get(step, step)
            definition = _inner(definition, ("properties", step))
        path.append(step)
    return find_value(values, tuple(path)) if path else None


def _inner(definition: Mapping[str, object] | None, path: KeyPath) -> Mapping[str, object] | None:
    found = find_value(definition, path)
    return found if isinstance(found, Mapping) else None


def _no_value(path: str, values: Mapping[str, object], where: Location) -> Problem:
    known = [written for written, _ in _values_of(values)]
    near = get_close_matches(path, known, 1)
    return Problem(
        "R012",
        Message("the input has no value at “{path}”", path=path),
        where,
        Message("did you mean “{path}”?", path=near[0])
        if near
        else Message("name a value of this file, such as {path}", path=(known or ["title"])[0]),
    )


def _phrase_problems(phrase: str, speech: str | None, where: Location) -> Iterator[Problem]:
    if not phrase.strip() or len(phrase.splitlines()) > 1:
        yield Problem(
            "R013",
            Message("a phrase is one line of the speech"),
            where,
            Message("quote a few words that stand together"),
        )
        return
    if len(phrase) > LONGEST_PHRASE:
        yield Problem(
            "R011",
            Message("the phrase has {length} characters", length=len(phrase)),
            where,
            Message("quote at most {most}", most=LONGEST_PHRASE),
        )
    if speech is not None and phrase not in speech:
        near = _nearest(phrase, speech)
        yield Problem(
            "R010",
            Message("the speech does not have “{phrase}”", phrase=phrase),
            where,
            Message("it has “{phrase}”: quote it exactly as it stands", phrase=near)
            if near
            else Message("quote it exactly as it stands"),
        )


def _nearest(phrase: str, speech: str) -> str:
    """What the speech has instead of *phrase*, if half of it stands there at a stretch; or ""."""
    phrase = phrase[: 2 * LONGEST_PHRASE]
    match = SequenceMatcher(None, speech, phrase, autojunk=False).find_longest_match()
    if 2 * match.size < len(phrase):
        return ""
    start = max(match.a - match.b, speech.rfind("\n", 0, match.a) + 1)
    return speech[start : start + len(phrase)].partition("\n")[0]


def _values_of(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Every single value within *value*, with its path as it is written."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _values_of(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            yield from _values_of(inner, f"{path}[{index}]")
    elif value is not None:
        yield path, value


def _shown(value: object) -> str:
    """One line of text for any value, 20 characters at most."""
    text = "、".join(" ".join(str(inner).split()) for _, inner in _values_of(value))
    return text if len(text) <= LONGEST_PHRASE else text[: LONGEST_PHRASE - 1] + "…"
