"""What values must agree with beyond their schema: a template's requirements, and plain sense.

Requirements are data in `template.yaml`: Jinja expressions with a message and the words that they
come from. Whoever calls hands in the function that evaluates expressions, so nothing of Jinja's
sandbox is known here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from typing import Any, cast

from generator.formats import read_date, weekday_of
from generator.problems import Level, Location, Message, NoticeError, Problem
from generator.runtime.failures import FAILURES
from generator.sources import KeyPath

Evaluate = Callable[[str, Mapping[str, object]], object]
"""Gives what a Jinja expression comes to for the names it may use."""

_CODE = re.compile(r"R[1-9]\d\d|G[A-Z]\d{3}")
_NUMBER = re.compile(r"[一-龥]{1,12}〔\d{4}〕[1-9]\d*号", re.ASCII)
_ORDER_NUMBER = re.compile(r"第[1-9]\d*号", re.ASCII)
_LEVELS = ("error", "warning", "note")
_PATH_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_EXPRESSION = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_INNER = str.maketrans("“”", "‘’")  # quoted within a quotation: GB/T 15834—2011
_WEEKDAY = re.compile(r"(?:星期|礼拜|周)?([一二三四五六日天])")
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Requirement:
    """A rule across fields: `that` must hold; `message` and `hint` may hold {{ expressions }}."""

    code: str
    """R101 … R999, or the id of a rule of the standard."""
    that: str
    """The expression that must be true."""
    message: str
    when: str = ""
    """The rule holds only where this expression is true; always, if empty."""
    each: str = ""
    """The path of a list: the rule holds for each `row`, whose `index` counts from 0."""
    at: str = ""
    """The path that a problem is reported at; with `each` it starts at the row."""
    hint: str = ""
    phrase: str = ""
    """The words, of a speech or an order, that ask for it."""
    level: Level = "error"

    @property
    def expressions(self) -> list[str]:
        """Every expression of the requirement, as `check_requirements` will ask for it."""
        inner = _EXPRESSION.findall(self.message) + _EXPRESSION.findall(self.hint)
        return [each for each in (self.when, self.that, *map(str.strip, inner)) if each]


_FIELDS = tuple(field.name for field in fields(Requirement))
_NEEDED = tuple(field.name for field in fields(Requirement) if field.default is MISSING)


def read_path(text: str) -> KeyPath:
    """The path that is written `schedule[2].date`."""
    return tuple(
        int(index) if index else key for key, index in _PATH_STEP.findall(text) if key or index
    )


def read_requirements(
    entries: Iterable[object], place: Callable[[KeyPath], Location]
) -> list[Requirement]:
    """The requirements that `template.yaml` lists; *place* takes paths within that file.

    Raises NoticeError with everything that is wrong with their form (T301).
    """
    requirements, problems = [], []
    for index, entry in enumerate(entries):
        fault = _fault(entry)
        if fault:
            key, message = fault
            problems.append(Problem("T301", message, place(("requirements", index, *key))))
        else:
            given = cast(Mapping[str, Any], entry)
            requirements.append(Requirement(**{k: v for k, v in given.items() if v is not None}))
    if problems:
        raise NoticeError(problems)
    return requirements


def _fault(entry: object) -> tuple[KeyPath, Message] | None:
    """Where within a requirement something is wrong with its form, and what."""
    if not isinstance(entry, Mapping):
        return (), Message("a requirement is a mapping")
    for key, value in entry.items():
        if key not in _FIELDS:
            return (key,), Message("“{key}” is no key of a requirement", key=key)
        if value is not None and not isinstance(value, str):
            return (key,), Message("“{key}” of a requirement is a text", key=key)
    missing = [key for key in _NEEDED if not entry.get(key)]
    if missing:
        return (), Message("the requirement lacks “{key}”", key=missing[0])
    if not _CODE.fullmatch(entry["code"]):
        return ("code",), Message("“{code}” is not a code from R100 to R999", code=entry["code"])
    if entry.get("level") not in (None, *_LEVELS):
        return ("level",), Message(
            "a level is error, warning or note, not “{level}”", level=entry["level"]
        )
    return None


def check_requirements(
    requirements: Iterable[Requirement],
    values: Mapping[str, object],
    place: Callable[[KeyPath], Location],
    evaluate: Evaluate,
) -> list[Problem]:
    """The problems of *values* (typed, with all names that expressions may use), in rule order."""
    problems = []
    for requirement in requirements:
        for names, path in _cases(requirement, values):
            try:
                if requirement.when and not evaluate(requirement.when, names):
                    continue
                if evaluate(requirement.that, names):
                    continue
                problems.append(_unmet(requirement, names, place(path), evaluate))
            except FAILURES as error:
                problems.append(_unclear(requirement, error, place(path)))
    return problems


def _cases(
    requirement: Requirement, values: Mapping[str, object]
) -> Iterator[tuple[Mapping[str, object], KeyPath]]:
    """The names that the expressions see, and the path to report, once or for each row."""
    at = read_path(requirement.at)
    if not requirement.each:
        yield values, at
        return
    to_list = read_path(requirement.each)
    rows = find_value(values, to_list)
    for index, row in enumerate(rows if isinstance(rows, list | tuple) else ()):
        yield {**values, "row": row, "index": index}, (*to_list, index, *at)


def find_value(values: object, path: KeyPath) -> object:
    """What stands at *path* in *values*; None where there is nothing."""
    for step in path:
        if isinstance(values, Mapping):
            values = values.get(step)
        elif isinstance(values, list | tuple) and isinstance(step, int) and step < len(values):
            values = values[step]
        else:
            return None
    return values


def _unmet(
    requirement: Requirement, names: Mapping[str, object], where: Location, evaluate: Evaluate
) -> Problem:
    def say(text: str) -> str:
        return _EXPRESSION.sub(lambda found: str(evaluate(found[1].strip(), names)), text)

    message, hint = say(requirement.message), say(requirement.hint)
    if requirement.phrase:
        message = Message(
            "{message} (required by “{phrase}”)",
            message=message,
            phrase=requirement.phrase.translate(_INNER),
        )
    return Problem(requirement.code, message, where, hint, requirement.level)


def _unclear(requirement: Requirement, error: Exception, where: Location) -> Problem:
    reason = error.args[0] if error.args and isinstance(error.args[0], str) else str(error)
    return Problem(
        "R001",
        Message(
            "requirement {code} cannot be checked: {reason}", code=requirement.code, reason=reason
        ),
        where,
        Message("correct the requirement in template.yaml, or the values that it reads"),
    )


def sense_checks(
    values: Mapping[str, object], place: Callable[[KeyPath], Location]
) -> list[Problem]:
    """What cannot be, at any depth: a wrong weekday (GD013), an end before its start (R002)."""
    problems: list[Problem] = []
    waiting: list[tuple[KeyPath, object]] = [((), values)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, dict):
            problems += _weekday_problems(value, path, place)
            problems += _period_problems(value, path, place)
            waiting += [
                ((*path, key), inner)
                for key, inner in reversed(value.items())
                if isinstance(inner, dict | list | tuple)
            ]
        elif isinstance(value, list | tuple):
            waiting += [((*path, i), value[i]) for i in range(len(value) - 1, -1, -1)]
    return problems


def check_number(number: str | None, kind: str | None, where: Location) -> list[Problem]:
    """What is wrong with the 发文字号 of a document of this 文种, if there is one (7.2.5).

    That of an order is a 令号 (10.2).
    """
    wanted = _ORDER_NUMBER if kind in ("命令", "令") else _NUMBER
    if not number or wanted.fullmatch(number):
        return []
    if wanted is _ORDER_NUMBER:
        message = Message("“{number}” is not the number of an order", number=number)
        return [Problem("GF202", message, where, Message("write it as 第3号"))]
    return [
        Problem(
            "GH008",
            Message("“{number}” is not the number of a document", number=number),
            where,
            Message(
                "it is the unit's code, the year in 〔〕, the serial number and 号: 示教〔2005〕3号"
            ),
        )
    ]


def _weekday_problems(
    value: Mapping[str, object], path: KeyPath, place: Callable[[KeyPath], Location]
) -> Iterator[Problem]:
    day, weekday = _day(value.get("date")), value.get("weekday")
    if day is None or weekday is None:
        return
    expected, found = weekday_of(day), _WEEKDAY.fullmatch(str(weekday))
    if found and found[1].replace("天", "日") == expected[-1]:
        return
    yield Problem(
        "GD013",
        Message(
            "{date} is {expected}, not “{weekday}”", date=day, expected=expected, weekday=weekday
        ),
        place((*path, "weekday")),
        Message("write {expected} or leave the weekday out", expected=expected),
    )


def _period_problems(
    value: Mapping[str, object], path: KeyPath, place: Callable[[KeyPath], Location]
) -> Iterator[Problem]:
    start, end = value.get("start"), value.get("end")
    first, last = _moment(start), _moment(end)
    if first is None or last is None or len(first) != len(last) or first <= last:
        return
    yield Problem(
        "R002",
        Message("the end {end} is before the start {start}", end=end, start=start),
        place((*path, "end")),
        Message("correct one of the two"),
        # A duty from 22:00 to 6:00 ends on the next day.
        "warning" if len(first) == 2 else "error",
    )


def _day(value: object) -> date | None:
    try:
        return read_date(value)
    except ValueError:
        return None


def _moment(value: object) -> tuple[float, ...] | None:
    """A date, a time of day (`8:30`) or a number, to be compared with its like."""
    if day := _day(value):
        return day.timetuple()[:3]
    if isinstance(value, str) and (clock := _CLOCK.fullmatch(value)):
        return int(clock[1]), int(clock[2])
    if isinstance(value, int | float) and not isinstance(value, bool):
        return (value,)
    return None
