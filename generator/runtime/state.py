"""What only a render can know: counters, ids, merged cells; one State a render.

Templates reach it through the filters here, which front ends and layouts write into tags.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from jinja2 import pass_context
from jinja2.runtime import Context

from generator.formats import HEADING_NUMBERS, han
from generator.limits import DEFAULTS, Limits
from generator.problems import Message
from generator.runtime import cell_values, measures
from generator.runtime.budget import SIZE_A_STEP, STATE, Budget, BudgetError
from generator.runtime.relationships import Wanted, link_target
from generator.runtime.sections import Sections
from generator.runtime.values import Fragment, ValueRefused, said

MAX_DEPTH = 100
"""Lists within lists."""


class State(Budget):
    """The counters of one render, and what is left of its budget."""

    __slots__ = (
        "cells",
        "headings",
        "ids",
        "ids_of",
        "list_ids",
        "lists",
        "lists_made",
        "lists_of",
        "names",
        "notes",
        "section",
        "section_ended",
        "sections",
        "taken",
        "wanted",
    )

    def __init__(
        self,
        clock: Callable[[], float] | None = None,
        limits: Limits = DEFAULTS,
        wanted: Wanted | None = None,
        taken: frozenset[int] = frozenset(),
        sections: Sections | None = None,
    ) -> None:
        """*clock* gives seconds; without one there is no deadline.

        *wanted* gathers relationships, of a template that may ask for some; *taken* are ids that
        it has already; *sections* are those that it may begin.
        """
        super().__init__(clock, limits)
        self.wanted = wanted
        self.ids = 0
        self.headings = [0, 0, 0, 0]
        self.lists: dict[str, list[int]] = {}
        self.cells: dict[str, tuple[dict[int, str], dict[int, bool]]] = {}
        self.taken = taken
        self.ids_of: dict[str, list[int]] = {}
        self.names: dict[str, int] = {}
        self.list_ids: dict[str, int] = {}
        self.lists_of: dict[str, list[int]] = {}
        self.lists_made = 0
        self.notes: dict[str, list[str]] = {}
        self.sections = sections
        self.section = ""
        self.section_ended = False

    def fresh_id(self) -> int:
        """An id that this document has not used yet."""
        self.ids += 1
        while self.ids in self.taken:
            self.ids += 1
        return self.ids

    def enter(self, part: str) -> str:
        """Let what is printed from here on stand in *part*; the name of the one that it left."""
        if self.wanted is None:
            return ""
        left, self.wanted.part = self.wanted.part, part
        return left

    def keep_note(self, part: str, note: str) -> None:
        """Keep a note that was printed where its reference stands, for its *part*."""
        self.notes.setdefault(part, []).append(note)


def state_of(context: Context) -> State:
    state: State = context.parent[STATE]
    return state


@pass_context
def heading_number(context: Context, like: object) -> str:
    """The 层次序数 of the next heading that is numbered *like* 一、 （一） 1. or （1）.

    GB/T 9704—2012, 7.3.3.
    """
    level = _LEVELS.get(said(like))
    if level is None:
        known = "”“".join(HEADING_NUMBERS)
        raise ValueRefused(Message("headings are numbered “{numbers}”", numbers=known))
    counts = state_of(context).headings
    counts[level] += 1
    for deeper in range(level + 1, len(counts)):
        counts[deeper] = 0
    return _heading(level, counts[level])


@lru_cache(1024)
def _heading(level: int, number: int) -> str:
    return _HEADINGS[level](number)


_LEVELS = {number: level for level, number in enumerate(HEADING_NUMBERS)}
_HEADINGS: tuple[Callable[[int], str], ...] = (
    lambda n: f"{han(n)}、",
    lambda n: f"（{han(n)}）",
    lambda n: f"{n}.",
    lambda n: f"（{n}）",
)


@pass_context
def list_start(context: Context, key: str) -> str:
    """Nothing; the list *key* begins anew."""
    state_of(context).lists[key] = []
    return ""


@pass_context
def list_number(context: Context, key: str, depth: int = 0) -> str:
    """The number of the next item of the list *key*: `1.`, at depth 1 `（1）`."""
    if not 0 <= depth <= MAX_DEPTH:
        raise BudgetError(Message("the list is nested too deeply"))
    counts = state_of(context).lists.setdefault(key, [])
    del counts[depth + 1 :]
    counts.extend([0] * (depth + 1 - len(counts)))
    counts[depth] += 1
    return f"{counts[depth]}." if depth % 2 == 0 else f"（{counts[depth]}）"


@pass_context
def merge_start(context: Context, key: str) -> str:
    """Nothing; the cells of the table *key* are compared anew."""
    state_of(context).cells[key] = ({}, {})
    return ""


@pass_context
def merge(context: Context, text: object, key: str, column: int) -> str:
    """The `w:val` of the `w:vMerge` of a cell of *text* (ISO/IEC 29500-1, 17.4.84).

    It continues the cell above where the texts are equal and every merging column named before
    this one continues too.
    """
    state, words = state_of(context), said(text)
    if len(words) > SIZE_A_STEP:
        state.pay(words)
    above, continues = state.cells[key]
    follows = above.get(column) == words and all(
        joined for other, joined in continues.items() if other < column
    )
    above[column] = words
    continues[column] = follows
    return "continue" if follows else "restart"


@pass_context
def merged(context: Context, key: str, column: int) -> bool:
    """Whether the cell that `merge` saw last in a column continues the one above."""
    return state_of(context).cells[key][1][column]


@pass_context
def uid(context: Context, _: object) -> int:
    """An id that this document has not used yet."""
    return state_of(context).fresh_id()


@pass_context
def part_begins(context: Context, part: str) -> str:
    """Nothing; what is printed from here on stands in *part*."""
    state_of(context).enter(part)
    return ""


@pass_context
def link(context: Context, value: object) -> Fragment:
    """The id of this part's relationship to the address *value*."""
    target = link_target(value)
    wanted = state_of(context).wanted
    if wanted is None:
        raise ValueRefused(Message("a link cannot stand here"))
    return Fragment(wanted.id_of("hyperlink", target))


@pass_context
def medium(context: Context, name: str) -> Fragment:
    """The id of this part's relationship to the picture *name*, such as `media/picture1.png`."""
    wanted = state_of(context).wanted
    if wanted is None:
        raise ValueRefused(Message("a picture cannot stand here"))
    return Fragment(wanted.id_of("image", name))


@pass_context
def section(context: Context, name: str) -> Fragment:
    """What ends the section before, if that is not the section *name* already."""
    state = state_of(context)
    sections = state.sections
    if sections is None or name not in sections.later:
        raise ValueRefused(Message("there is no section “{name}”", name=name))
    if name == (state.section or sections.first):
        return Fragment("")
    left, state.section = state.section, name
    return Fragment(sections.end(left))


@pass_context
def in_section(context: Context, name: str) -> Fragment:
    """What ends the section before, if that has reached its break; here begins or goes on *name*.

    Text that no break parts is in one section, the one in which it ends.
    """
    state = state_of(context)
    left, state.section = state.section, name
    if not state.section_ended or state.sections is None:
        return Fragment("")
    state.section_ended = False
    return Fragment(state.sections.end(left))


@pass_context
def section_ends(context: Context, _: str) -> str:
    """Nothing; here the section has reached its break, which is printed if anything follows."""
    state_of(context).section_ended = True
    return ""


@pass_context
def last_section(context: Context, _: str) -> Fragment:
    """The `w:sectPr` of the section with which the document ends."""
    state = state_of(context)
    assert state.sections is not None
    return Fragment(state.sections.properties(state.section))


OWN_FILTERS: dict[str, Callable[..., object]] = {
    " in_section": in_section,
    " last_section": last_section,
    " link": link,
    " medium": medium,
    " part_begins": part_begins,
    " section": section,
    " section_ends": section_ends,
}
"""What the compiler adds to a parsed template: no template can name them."""

FILTERS: dict[str, Callable[..., object]] = {
    "heading_number": heading_number,
    "list_start": list_start,
    "list_number": list_number,
    "merge_start": merge_start,
    "merge": merge,
    "merged": merged,
    "uid": uid,
    **cell_values.FILTERS,
    **measures.FILTERS,
}
