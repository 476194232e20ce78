"""The requirements of a template: what `template.yaml` lists, read and held to its form.

An entry is a requirement of the template's own, Jinja expressions with a message, or asks for a
check of plain sense by its name; both may quote the words that they come from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from difflib import get_close_matches
from typing import Any, Literal, cast

from generator.problems import Level, Location, Message, NoticeError, Problem
from generator.rules.catalogue import KINDS, Kind
from generator.rules.paths import ITEM
from generator.sources import KeyPath

_CODE = re.compile(r"R[1-9]\d\d|G[A-Z]\d{3}")
_LEVELS = ("error", "warning", "note")
_POSITION = re.compile(r"\[\d+\]")
EXPRESSION = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)


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
        inner = EXPRESSION.findall(self.message) + EXPRESSION.findall(self.hint)
        return [each for each in (self.when, self.that, *map(str.strip, inner)) if each]

    @property
    def scopes(self) -> list[tuple[str, str]]:
        """Each expression, and the path of the list whose items are its `row`; `""` for none."""
        return [(expression, self.each) for expression in self.expressions]

    @property
    def paths(self) -> list[str]:
        """The paths of what it reads beside its expressions."""
        return [self.each] if self.each else []

    @property
    def optional_paths(self) -> list[str]:
        """The paths of what it reads where it is there."""
        return []

    @property
    def pointed_at(self) -> list[str]:
        """The path of what its problems are reported at, from the top; it is not read for that."""
        start = f"{self.each}{ITEM}." if self.each else ""
        return [start + _POSITION.sub(ITEM, self.at)] if self.at else []

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the problems that it may give."""
        return (self.code,)


@dataclass(frozen=True, slots=True)
class SenseCheck:
    """A check of plain sense that a template asks for: which one, and of which values."""

    check: str
    """Its name in the catalogue."""
    code: str = ""
    """The code of its problems; that of the catalogue, if empty."""
    at: str = ""
    """The path of the value that is checked; with `each` it starts at the row."""
    of: str = ""
    """The path of what it is held against, such as `issues` or `branches[].present`."""
    where: str = ""
    """The items of that which count: each a `row` for which this expression is true."""
    each: str = ""
    """The path of a list: each `row` is checked."""
    when: str = ""
    """Only where this expression is true."""
    phrase: str = ""
    level: Level | Literal[""] = ""
    """The level of its problems; that of the catalogue, if empty."""

    @property
    def kind(self) -> Kind:
        return KINDS[self.check]

    @property
    def expressions(self) -> list[str]:
        """Every expression that `check_requirements` will ask for."""
        return [each for each in (self.when, self.where) if each]

    @property
    def scopes(self) -> list[tuple[str, str]]:
        """Each expression, and the path of the list whose items are its `row`; `""` for none."""
        scopes = [(self.when, self.each), (self.where, self._start + self.items)]
        return [(expression, rows) for expression, rows in scopes if expression]

    @property
    def items(self) -> str:
        """The path of the list that `of` looks through."""
        return self.of.rpartition(ITEM)[0] or self.of

    @property
    def paths(self) -> list[str]:
        """The paths of what it reads beside its expressions, from the top."""
        start_of = "" if self.kind.of_input else self._start
        starts = [(self._start, self.at), (start_of, self.of)]
        own = [start + path for start, path in starts if path]
        return [self.each, *own] if self.each else own

    @property
    def optional_paths(self) -> list[str]:
        """The paths of what it reads where it is there."""
        beside = self.at.rpartition(".")[0]
        start = f"{self._start}{beside}." if beside else self._start
        return [start + name for name in self.kind.fields]

    @property
    def pointed_at(self) -> list[str]:
        """Nothing more: its problems are reported at what it reads."""
        return []

    @property
    def _start(self) -> str:
        return f"{self.each}{ITEM}." if self.each else ""

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the problems that it may give."""
        return (self.code or self.kind.codes[0], *self.kind.codes[1:])


Rule = Requirement | SenseCheck

_FIELDS = tuple(field.name for field in fields(Requirement))
_OF_EVERY_CHECK = ("check", "code", "when", "phrase", "level")
_NEEDED = tuple(field.name for field in fields(Requirement) if field.default is MISSING)


def read_requirements(
    entries: Iterable[object], place: Callable[[KeyPath], Location]
) -> list[Rule]:
    """The requirements that `template.yaml` lists; *place* takes paths within that file.

    Raises NoticeError with everything that is wrong with their form (T301).
    """
    rules: list[Rule] = []
    problems = []
    for index, entry in enumerate(entries):
        fault = _fault(entry)
        if fault:
            key, message, hint = fault
            problems.append(Problem("T301", message, place(("requirements", index, *key)), hint))
            continue
        said = cast(Mapping[str, Any], entry)
        given = {key: value for key, value in said.items() if value is not None}
        rules.append(SenseCheck(**given) if "check" in given else Requirement(**given))
    if problems:
        raise NoticeError(problems)
    return rules


_Fault = tuple[KeyPath, Message, Message | str]
"""Where within an entry something is wrong with its form, what, and what to do."""


def _fault(entry: object) -> _Fault | None:
    if not isinstance(entry, Mapping):
        return (), Message("a requirement is a mapping"), ""
    fault = _fault_of_check(entry) if "check" in entry else _fault_of_requirement(entry)
    if fault:
        return fault
    if entry.get("code") is not None and not _CODE.fullmatch(entry["code"]):
        message = Message("“{code}” is not a code from R100 to R999", code=entry["code"])
        return ("code",), message, ""
    if entry.get("level") not in (None, *_LEVELS):
        message = Message("a level is error, warning or note, not “{level}”", level=entry["level"])
        return ("level",), message, ""
    return None


def _fault_of_requirement(entry: Mapping[Any, Any]) -> _Fault | None:
    for key, value in entry.items():
        if key not in _FIELDS:
            return (key,), Message("“{key}” is no key of a requirement", key=key), ""
        if fault := _no_text(key, value):
            return fault
    missing = [key for key in _NEEDED if not entry.get(key)]
    if missing:
        return (), Message("the requirement lacks “{key}”", key=missing[0]), ""
    return None


def _fault_of_check(entry: Mapping[Any, Any]) -> _Fault | None:
    name = str(entry["check"] or "")
    if name not in KINDS:
        message = Message("there is no check “{name}”", name=name)
        close = get_close_matches(name, KINDS, 1)
        if close:
            return ("check",), message, Message("did you mean “{name}”?", name=close[0])
        return ("check",), message, Message("there are: {names}", names=", ".join(KINDS))
    needs, allows = KINDS[name].needs, KINDS[name].allows
    for key, value in entry.items():
        if key not in (*_OF_EVERY_CHECK, *needs, *allows):
            message = Message("“{key}” is no key of the check “{name}”", key=key, name=name)
            return (key,), message, ""
        if fault := _no_text(key, value):
            return fault
    missing = [key for key in needs if not entry.get(key)]
    if missing:
        message = Message("the check “{name}” lacks “{key}”", key=missing[0], name=name)
        return (), message, ""
    return None


def _no_text(key: str, value: object) -> _Fault | None:
    if value is None or isinstance(value, str):
        return None
    return (key,), Message("“{key}” of a requirement is a text", key=key), ""
