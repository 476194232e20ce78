"""What JSON Schema's keywords ask of a value, and how we say that it is not so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import ge, gt, le, lt
from typing import TYPE_CHECKING, Any

from generator.problems import Message
from generator.schema.scalars import PICTURE, Definition, Fault, shown
from generator.schema.wording import WORDINGS

if TYPE_CHECKING:
    from jsonschema_rs import ValidationError

_ITEMS = (list, tuple)
_NUMBERS = (int, float, Decimal)
_WALKED = frozenset(
    "$schema $comment title description examples default type properties required"
    " additionalProperties items enum const pattern format uniqueItems rule".split()
)
"""Keywords that ask nothing, and those that a walk looks after.

`rule` is ours: the id of the rule of the standard that asks for the choices or the form.
"""
_PLAIN_EMAIL = re.compile(r"[A-Za-z0-9]{1,32}@[A-Za-z0-9]{1,32}(\.[A-Za-z0-9]{1,32}){1,3}")
_LONGEST_MATCHED = 1000
_UNLIKE_PYTHON = re.compile(r"\\[^dw.()\[\]{}+*?^$|/\\-]|\(\?(?!:)|\)[*+{]")


@dataclass(frozen=True, slots=True)
class _Limit:
    """A keyword that bounds a size or a number."""

    code: str
    kinds: tuple[type, ...]
    holds: Callable[[Any, Any], bool]
    hint: Callable[[object], Message]


def _at_least(limit: object) -> Message:
    return Message("at least {limit}", limit=limit)


def _at_most(limit: object) -> Message:
    return Message("at most {limit}", limit=limit)


def _more_than(limit: object) -> Message:
    return Message("more than {limit}", limit=limit)


def _less_than(limit: object) -> Message:
    return Message("less than {limit}", limit=limit)


_LIMITS = {
    "minItems": _Limit("D108", _ITEMS, ge, _at_least),
    "maxItems": _Limit("D108", _ITEMS, le, _at_most),
    "minLength": _Limit("D108", (str,), ge, _at_least),
    "maxLength": _Limit("D108", (str,), le, _at_most),
    "minimum": _Limit("D107", _NUMBERS, ge, _at_least),
    "maximum": _Limit("D107", _NUMBERS, le, _at_most),
    "exclusiveMinimum": _Limit("D107", _NUMBERS, gt, _more_than),
    "exclusiveMaximum": _Limit("D107", _NUMBERS, lt, _less_than),
}
SIMPLE_KEYWORDS = _WALKED | _LIMITS.keys()
"""The keywords that need no validator when values are walked."""


def limit_faults(value: object, definition: Definition, label: str) -> Iterator[Fault]:
    """The choices, the one value and the bounds of *definition* that *value* does not keep."""
    choices = definition.get("enum")
    if isinstance(choices, list) and value not in choices:
        yield _not_a_choice(value, choices, label, str(definition.get("rule", "D106")))
    if definition.get("const", value) != value:
        message = Message("“{label}” cannot be “{value}”", label=label, value=shown(value))
        yield Fault("D111", message, Message("write “{value}”", value=definition["const"]))
    if definition.keys().isdisjoint(_LIMITS):
        return
    for keyword, limit in _LIMITS.items():
        if keyword not in definition or not isinstance(value, limit.kinds):
            continue
        if not isinstance(value, bool) and not limit.holds(_size(value), definition[keyword]):
            bound = definition[keyword]
            yield Fault(limit.code, _size_message(value, label), limit.hint(bound))


def matches_pattern(text: str, pattern: str) -> bool | None:
    """Whether *pattern*, of JSON Schema's dialect, is found in *text*; None: ask a validator.

    Python decides where its dialect is the same and its time is bounded: no repeated groups, no
    classes that differ, no line break at the end (which `$` sees otherwise), no long text.
    """
    if len(text) > _LONGEST_MATCHED or text.endswith("\n") or not is_plain_pattern(pattern):
        return None
    return re.search(pattern, text, re.ASCII) is not None


def is_plain_pattern(pattern: str) -> bool:
    """Whether *pattern* is a regular expression that means the same to Python and JSON Schema."""
    try:
        re.compile(pattern, re.ASCII)
    except re.error:
        return False
    return not _UNLIKE_PYTHON.search(pattern)


def is_plainly(text: str, wanted: str) -> bool:
    """Whether *text* is of the format *wanted* beyond doubt; dates are checked as scalars are.

    So are wordings, by a walk.
    """
    if wanted in ("date", PICTURE) or wanted in WORDINGS:
        return True
    return wanted == "email" and bool(_PLAIN_EMAIL.fullmatch(text))


def pattern_fault(text: str, definition: Definition, label: str) -> Fault:
    """The fault of *text*, which does not match its pattern: told by an example, or in words."""
    message = Message(
        "“{label}” has not the form that it needs: “{text}”", label=label, text=shown(text)
    )
    code, examples = str(definition.get("rule", "D109")), definition.get("examples")
    if isinstance(examples, list) and examples:
        return Fault(code, message, Message("such as {example}", example=examples[0]))
    if "description" in definition:
        return Fault(code, message, str(definition["description"]))
    return Fault(code, message, Message("it must match {pattern}", pattern=definition["pattern"]))


def unique_fault(label: str) -> Fault:
    """The fault of a list one of whose items stands in it twice."""
    message = Message("an item of “{label}” stands in it twice", label=label)
    return Fault("D110", message, Message("delete one of them"))


def nearest(name: str, names: Sequence[str]) -> str:
    """The one of *names* that *name* seems to mean; empty if there is none."""
    import difflib  # only where something is wrong

    close = difflib.get_close_matches(name[:100], names, n=1, cutoff=0.5)
    return close[0] if close else ""


def validator_fault(error: ValidationError, definition: Definition, label: str) -> Fault | None:
    """What jsonschema-rs found, in our words; None for what a walk reports itself."""
    keyword, value = error.kind.name, error.instance
    where = _at(definition, error.schema_path[:-1])
    bound = where.get(keyword) if isinstance(where, Mapping) else None
    if keyword == "pattern" and isinstance(where, Mapping):
        return pattern_fault(str(value), where, label)
    if keyword == "format" and bound != "date" and bound not in WORDINGS:
        return Fault("D109", _not_of_format(value, str(bound)))
    if keyword in SIMPLE_KEYWORDS:
        return None
    if keyword == "multipleOf":
        hint = Message("use a multiple of {limit}", limit=bound)
        return Fault("D107", _size_message(value, label), hint)
    message = Message(
        "“{label}” is not as its schema asks ({keyword})", label=label, keyword=keyword
    )
    return Fault("D119", message)


def second_of_a_kind(items: Sequence[object]) -> int:
    """The position of the first item of *items* that stands before it already; 0 if none does."""
    seen: set[str] = set()
    for position, item in enumerate(items):
        if repr(item) in seen:
            return position
        seen.add(repr(item))
    return 0


def _not_a_choice(value: object, choices: list[object], label: str, code: str) -> Fault:
    message = Message("“{label}” cannot be “{value}”", label=label, value=shown(value))
    names = [str(choice) for choice in choices if choice is not None]
    if close := nearest(str(value), names):
        return Fault(code, message, Message("did you mean “{name}”?", name=close))
    return Fault(code, message, Message("choose from {names}", names="、".join(names)))


def _size(value: Any) -> Any:
    return value if isinstance(value, _NUMBERS) else len(value)


def _size_message(value: object, label: str) -> Message:
    if isinstance(value, _ITEMS):
        return Message("“{label}” has {count} item(s)", label=label, count=len(value))
    if isinstance(value, str):
        return Message("“{label}” has {count} character(s)", label=label, count=len(value))
    return Message("“{label}” is {value}", label=label, value=value)


def _not_of_format(value: object, wanted: str) -> Message:
    if wanted == "email":
        return Message("“{text}” is not an e-mail address", text=shown(value))
    if wanted == "uri":
        return Message("“{text}” is not a web address", text=shown(value))
    return Message("“{text}” is not of the format “{format}”", text=shown(value), format=wanted)


def _at(value: object, path: Sequence[str | int]) -> object:
    """What stands at *path* in *value*; None if there is nothing."""
    for step in path:
        try:
            value = value[step]  # type: ignore[index]
        except (LookupError, TypeError):
            return None
    return value
