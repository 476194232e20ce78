"""The filters of a template, by name: ours, the layouts', and Jinja's harmless ones, bounded.

A filter that could make much of little counts first what it would make, and none prints a list:
nested lists share their items, so that a small one may print at any length.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from functools import wraps
from inspect import unwrap
from typing import Any

from jinja2 import pass_context, pass_environment
from jinja2.environment import Environment
from jinja2.filters import FILTERS as JINJA_FILTERS
from jinja2.filters import (
    make_attrgetter,
    sync_do_groupby,
    sync_do_map,
    sync_do_selectattr,
    sync_do_slice,
    sync_do_sum,
)
from jinja2.runtime import Context

from generator import escalation, formats, privacy, workdays
from generator.layouts import placing, seating, stamping
from generator.problems import Message
from generator.runtime import charts, copies, field_values, pictures, state
from generator.runtime.budget import (
    SIZE_A_STEP,
    BudgetError,
    paid,
    pay,
    pay_for_ends,
    paying,
    running,
    tick,
    weighed,
    weighing,
    weight,
)
from generator.runtime.code import IN_RUN
from generator.runtime.values import Fragment, ValueRefused, attribute, plain, said, text_of

MAX_BITS = 1_024
"""The size of a whole number that an expression may make."""
MAX_COUNT = 10_000
"""The largest whole number that a filter may be given as a width or a count."""

MAX_FILLING = 1_000
"""Characters and items of what a filter puts in many times."""

_FEW = 16
"""As many of the longest texts may be put together before anyone counts."""

_HOLDING = frozenset({str, list, tuple, dict})
_PLAIN = (
    "abs count d default dictsort first float items last length list max min reject rejectattr"
    " reverse select sort unique"
).split()
_EQUAL = ("equalto", "eq", "==")
_OF_TEXT = "capitalize lower string title truncate upper wordcount".split()

CONSTANT_TIME = frozenset(
    "abs count d default first items last length round"  # Jinja's
    " date days_until han han_date share short_date weekday rest_day workdays form_due overdue"
    " annex_note_left floating room_above_joint_mark seal_foot seal_gap"
    " heading_number list_number list_start merge_start merged uid"
    " end_id fresh_id fresh_name fresh_note list_id lists_of new_list same_id same_name"
    " attribute measure merge plain".split()  # which pay for long texts themselves
)
"""The filters that take the same time whatever they are given; all others pay for its size."""


def _counted(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """*function* that refuses immoderate counts."""

    @wraps(function)
    def checked(value: object, *arguments: Any, **options: Any) -> Any:
        for count in (*arguments, *options.values()):
            if isinstance(count, int) and abs(count) > MAX_COUNT:
                raise BudgetError(
                    Message("{value} is too large for the filter “{name}”", value=count, name=name)
                )
            _check_filling(name, count)
        return function(value, *arguments, **options)

    return checked


def _check_filling(name: str, value: object) -> None:
    """Raises BudgetError where *value*, which *name* may put in for each of many, is large."""
    if value.__class__ in _HOLDING and weight(value, {}) > MAX_FILLING:
        raise BudgetError(Message("“{name}” makes too large a value", name=name))


def _of_text(function: Callable[..., Any]) -> Callable[..., Any]:
    """*function* that refuses a list or mapping among its arguments."""

    @wraps(function)
    def checked(*arguments: Any, **options: Any) -> Any:
        for argument in arguments:
            if isinstance(argument, Mapping | list | tuple | Set):
                said(argument)
        return function(*arguments, **options)

    return checked


def _replace(text: object, old: object, new: object, count: int = -1) -> str:
    """*text* with *new* for *old*, *count* times at most where it is given."""
    whole, sought, given = said(text), said(old), said(new)
    running().check_size("replace", len(whole) + whole.count(sought) * len(given))
    return whole.replace(sought, given, count)


@pass_environment
def _join(
    environment: Environment,
    items: Iterable[object],
    mark: object = "",
    attribute: str | int | None = None,
) -> str:
    """The texts of *items*, or of an attribute of each, with *mark* between them."""
    if attribute is not None:
        items = map(make_attrgetter(environment, attribute), items)
    texts = ["" if item is None else said(item) for item in items]
    between = said(mark)
    running().check_size("join", sum(map(len, texts)) + len(texts) * len(between))
    return between.join(texts)


def _listed(items: Any, mark: str = "、") -> str:
    """The texts of *items* with *mark* between them, as `formats` has it."""
    if len(mark) > 1 and items.__class__ in _HOLDING:
        running().check_size("listed", weight(items, {}) + len(items) * len(mark))
    return formats.listed(items, mark)


def _trim(value: object, characters: object = None) -> str:
    """*value* without the spaces, or the *characters*, at both ends."""
    text, ends = said(value), None if characters is None else said(characters)
    pay_for_ends(text, ends)
    return text.strip(ends)


def _concatenate(*parts: object) -> str:
    """What `a ~ b` gives: one plain text, in which None is nothing."""
    texts = [said(part) for part in parts if part is not None]
    if len(texts) > _FEW:
        running().check_size("~", sum(map(len, texts)))
    return _new_text("~", "".join(texts))


def _new_text(name: str, text: str) -> str:
    """*text*, which *name* made: paid for, and not too large."""
    if len(text) > SIZE_A_STEP:
        running().check_size(name, len(text))
        pay(text)
    return text


def _field(environment: Environment, name: object) -> Callable[[Any], Any]:
    """What gives the field *name* of a row; of a plain name in a dict, without Jinja's detours."""
    if not isinstance(name, str) or "." in name or name.isdigit():
        getter: Callable[[Any], Any] = make_attrgetter(environment, name)  # type: ignore[arg-type]
        return getter

    def field(row: Any) -> Any:
        if row.__class__ is dict and name in row:
            return row[name]
        return environment.getitem(row, name)

    return field


@pass_context
def _map(context: Context, rows: Iterable[Any], *arguments: Any, **options: Any) -> Iterable[Any]:
    """A field of each of *rows*, or what a filter makes of each."""
    for filling in (*arguments, *options.values()):
        _check_filling("map", filling)
    if not arguments and list(options) == ["attribute"]:
        return map(_field(context.environment, options["attribute"]), rows)
    return sync_do_map(context, rows, *arguments, **options)


@pass_context
def _selectattr(context: Context, rows: Iterable[Any], *arguments: Any, **options: Any) -> Any:
    """Those of *rows* whose field passes a test."""
    for wanted in (*arguments, *options.values()):
        _check_filling("selectattr", wanted)
    if len(arguments) == 3 and arguments[1] in _EQUAL and not options:
        field, wanted = _field(context.environment, arguments[0]), arguments[2]
        return (row for row in rows if field(row) == wanted)
    return sync_do_selectattr(context, rows, *arguments, **options)


@pass_environment
def _sum(
    environment: Environment,
    items: Iterable[Any],
    attribute: str | int | None = None,
    start: object = 0,
) -> object:
    """The sum of numbers."""
    if hasattr(start, "__len__"):
        raise ValueRefused(Message("only numbers have a sum"))
    return sync_do_sum(environment, items, attribute, start)


def _text_of(content: str) -> str:
    """What a `{% set %}` block captured, as a value."""
    return _new_text("set", text_of(content))


@pass_environment
def _groupby(
    environment: Environment, rows: Iterable[Any], attribute: str | int, **options: Any
) -> Any:
    """*rows* by an attribute, in its order."""
    for filling in options.values():
        _check_filling("groupby", filling)
    return sync_do_groupby(environment, rows, attribute, **options)


def _alone(value: object, _: object) -> object:
    """*value*: what Jinja makes beforehand of a literal that knows its place."""
    return value


def _escape(value: object) -> object:
    """*value*: whatever is printed is escaped, once."""
    return value


def _int(value: object, default: int = 0, base: int = 10) -> int:
    """*value* as a whole number; *default* where it is none."""
    if not isinstance(default, int):
        raise ValueRefused(
            Message("what “int” gives where there is no number must be a whole number itself")
        )
    number: int = JINJA_FILTERS["int"](value, default, base)
    if number.bit_length() > MAX_BITS:
        raise BudgetError(Message("“{name}” makes too large a value", name="int"))
    return number


_BY_SIZE: dict[str, Callable[..., Any]] = {
    **{name: unwrap(JINJA_FILTERS[name]) for name in _PLAIN},  # without their variants for async
    **{name: _of_text(JINJA_FILTERS[name]) for name in _OF_TEXT},
    "attribute": attribute,
    "batch": _counted("batch", JINJA_FILTERS["batch"]),
    "e": _escape,
    "escape": _escape,
    "groupby": _groupby,
    "int": _int,
    "join": _join,
    "map": _map,
    "plain": plain,
    "replace": _replace,
    "round": _counted("round", JINJA_FILTERS["round"]),
    "selectattr": _selectattr,
    "slice": _counted("slice", sync_do_slice),
    "sum": _sum,
    "trim": _trim,
    **formats.FILTERS,
    "listed": _listed,
    **workdays.FILTERS,
    **privacy.FILTERS,
    **escalation.FILTERS,
    **pictures.FILTERS,
    **state.FILTERS,
    **copies.FILTERS,
    **field_values.FILTERS,
}
_BY_WEIGHT: dict[str, Callable[..., Any]] = {
    **placing.FILTERS,
    **seating.FILTERS,
    **stamping.FILTERS,
    **charts.FILTERS,
}
"""Those that look into what their values hold."""

FILTERS: dict[str, Callable[..., Any]] = {
    **{name: paying(function) for name, function in _BY_SIZE.items()},
    **{name: weighing(function) for name, function in _BY_WEIGHT.items()},
    **{name: (_BY_SIZE | _BY_WEIGHT)[name] for name in CONSTANT_TIME},
}
"""What a template may name."""

OWN_FILTERS: dict[str, Callable[..., Any]] = {
    IN_RUN: _alone,
    " concatenate": _concatenate,
    " fragment": Fragment,
    " paid": paid,
    " text_of": _text_of,
    " tick": tick,
    " weighed": weighed,
    **state.OWN_FILTERS,
    **copies.OWN_FILTERS,
}
"""What the compiler adds to a parsed template: no template can name them."""
