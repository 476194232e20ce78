"""Ids, names, lists and notes of what a render repeats: filters that the compiler writes.

Each pass of a loop gets its own: the bookmark of the second row is `name_2`, its list begins anew.
"""

from __future__ import annotations

from collections.abc import Callable

from jinja2 import pass_context
from jinja2.runtime import Context

from generator.runtime.captures import NOTES
from generator.runtime.state import state_of
from generator.runtime.values import Fragment

MAX_LISTS = 30_000
"""Instances of lists: Word reads no more than 32 767."""


@pass_context
def fresh_id(context: Context, key: str) -> int:
    """A new id for *key*."""
    state = state_of(context)
    state.ids_of.setdefault(key, []).append(state.fresh_id())
    return state.ids_of[key][-1]


@pass_context
def end_id(context: Context, key: str) -> int:
    """The id that *key* got last and that has not ended yet: a pass may hold another one."""
    ids = state_of(context).ids_of.get(key)
    return ids.pop() if ids else 0


@pass_context
def fresh_note(context: Context, key: str, part: str, first: int) -> int:
    """The id of the next note of *part*, for *key*: *first*, then one more for each."""
    state = state_of(context)
    made = state.names[part] = state.names.get(part, 0) + 1
    state.ids_of[key] = [first + made - 1]
    return first + made - 1


@pass_context
def same_id(context: Context, key: str) -> int:
    """The id that *key* got last."""
    return state_of(context).ids_of.get(key, [0])[-1]


@pass_context
def fresh_name(context: Context, name: str, stem: str) -> str:
    """*name* for the first time, then *stem* with a number."""
    names = state_of(context).names
    names[name] = names.get(name, 0) + 1
    return _numbered(name, stem, names[name])


@pass_context
def same_name(context: Context, name: str, stem: str, ahead: int = 0) -> str:
    """What *name* became last; with *ahead* 1, what it becomes next."""
    return _numbered(name, stem, state_of(context).names.get(name, 0) + ahead)


def _numbered(name: str, stem: str, count: int) -> str:
    return f"{stem}{count}" if count > 1 else name


@pass_context
def new_list(context: Context, number: str) -> str:
    """Nothing; the list *number* begins anew with its next paragraph."""
    state_of(context).list_ids.pop(number, None)
    return ""


@pass_context
def list_id(context: Context, number: str, first: int) -> int:
    """The id of the list *number*, as it is now; new ones begin at *first*."""
    state = state_of(context)
    current = state.list_ids.get(number)
    if current is None:
        if state.lists_made >= MAX_LISTS:  # the last one goes on
            return first + state.lists_made - 1
        current = state.list_ids[number] = first + state.lists_made
        state.lists_made += 1
        state.lists_of.setdefault(number, []).append(current)
    return current


@pass_context
def lists_of(context: Context, number: str) -> list[int]:
    """The ids that the list *number* got."""
    return state_of(context).lists_of.get(number, [])


@pass_context
def kept_notes(context: Context, part: str) -> Fragment:
    """The notes that were printed in loops, for their *part*."""
    return Fragment("".join(state_of(context).notes.get(part, ())))


FILTERS: dict[str, Callable[..., object]] = {
    "fresh_id": fresh_id,
    "fresh_note": fresh_note,
    "end_id": end_id,
    "same_id": same_id,
    "fresh_name": fresh_name,
    "same_name": same_name,
    "new_list": new_list,
    "list_id": list_id,
    "lists_of": lists_of,
}
OWN_FILTERS: dict[str, Callable[..., object]] = {f" {NOTES}": kept_notes}
