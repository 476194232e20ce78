"""What Jinja and Python say of templates and values, in English of their own → messages of ours.

Positions are left out: they count in a source that nobody wrote.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from generator.problems import Message

_TOKENS = {
    "end of print statement": Message("the end of the tag"),
    "end of statement block": Message("the end of the tag"),
    "name": Message("a name"),
    "string": Message("a text"),
    "integer": Message("a number"),
    "float": Message("a number"),
}
_TYPES = {
    "str": Message("a text"),
    "int": Message("a number"),
    "float": Message("a number"),
    "bool": Message("true or false"),
    "NoneType": Message("nothing"),
    "list": Message("a list"),
    "dict": Message("a mapping"),
}


def understood(detail: str) -> str:
    """The message that says what *detail* does; *detail* itself where it is none of the usual."""
    for pattern, message in _KNOWN:
        if found := pattern.fullmatch(detail):
            return message(*filter(None, found.groups()))
    return detail


def _token(said: str) -> str:
    return _TOKENS.get(said) or f"“{said}”"


def _misplaced(said: str) -> Message:
    return Message("{what} cannot stand here", what=_token(said))


def _expected(expected: str, said: str) -> Message:
    return Message("{what} belongs where {found} is", what=_token(expected), found=_token(said))


def _value_expected(said: str) -> Message:
    return Message("a value belongs where {found} is", found=_token(said))


def _twice(name: str) -> Message:
    return Message("there are two blocks “{name}”", name=name)


def _unfit(sign: str, *types: str) -> Message:
    left, right = (_TYPES.get(each, each) for each in types)
    return Message("“{sign}” does not fit {left} and {right}", sign=sign, left=left, right=right)


def _unfit_alone(sign: str, type_: str) -> Message:
    return Message("“{sign}” does not fit {what}", sign=sign, what=_TYPES.get(type_, type_))


def _no_item(index: str) -> Message:
    return Message("the list has no item {number}", number=int(index) + 1)


def _no_list(type_: str) -> Message:
    return Message("{what} is no list", what=_TYPES.get(type_, type_))


def _always(message: Message) -> Callable[..., Message]:
    return lambda *_: message


_KNOWN: list[tuple[re.Pattern[str], Callable[..., Message]]] = [
    (re.compile(pattern), message)
    for pattern, message in (
        (
            r"unexpected char '\?' at \d+",  # what ends each tag of a compiled template
            _always(Message("“?” cannot stand here, or a bracket is never closed")),
        ),
        (
            r"unexpected char (?:'\"'|\"'\") at \d+",
            _always(Message("a quotation mark is never closed")),
        ),
        (r"unexpected char '(.+)' at \d+", _misplaced),
        (r"expected token 'end of [a-z ]+', got '(.+)'", _misplaced),
        (r"expected token '(.+)', got '(.+)'", _expected),
        (r"Expected an expression, got '(.+)'", _value_expected),
        (r"unexpected '(.+)'", _misplaced),
        (r"expected name or number", _always(Message("a name belongs behind the point"))),
        (r"block '(.+)' defined twice", _twice),
        (r"unsupported operand type\(s\) for (\S+)(?: or pow\(\))?: '(\w+)' and '(\w+)'", _unfit),
        (r"can only concatenate (str) \(not \"(\w+)\"\) to str", lambda *of: _unfit("+", *of)),
        (r"'(\S+)' not supported between instances of '(\w+)' and '(\w+)'", _unfit),
        (r"bad operand type for unary (\S): '(\w+)'", _unfit_alone),
        (
            r"[a-z ]*(?:division|modulo)[a-z ]* by zero|float modulo",
            _always(Message("a number is divided by zero")),
        ),
        (r"list object has no element (\d+)", _no_item),
        (r"No (?:first|last) item, sequence was empty\.", _always(Message("the list is empty"))),
        (r"'(\w+)' object is not iterable|argument of type '(\w+)' is not iterable", _no_list),
        (r"object of type '(\w+)' has no len\(\)", _no_list),
        (r"cannot unpack non-iterable (\w+) object", _no_list),
        (
            r"(?:too many|not enough) values to unpack.*",
            _always(Message("an item holds another number of values than names are given")),
        ),
    )
]
