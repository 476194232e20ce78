"""The budget of a render: steps, output and a deadline, so that any template ends soon.

Loops, macros and blocks take steps. What works on a whole text or list pays for its size first, in
steps too: so neither time nor memory can outgrow the budget between two looks at the clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from functools import wraps
from itertools import islice
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context

from generator.limits import DEFAULTS, Limits
from generator.problems import Message

STATE = " state"
"""The name of the Budget in a render's context: one that no template can write."""

_STEPS_A_LOOK = 100
_PIECES_A_LOOK = 256
SIZE_A_STEP = 50
"""Characters or items that cost as much as a pass of a loop."""
_ITEMS_OF_ITEMS = 10
"""How much larger a list may be with all that its items hold."""
_HOLDING = frozenset({list, tuple, dict})
_SIZED = _HOLDING | {str, range}


class BudgetError(Exception):
    """A template does more work than a render may."""


class Budget:
    """What is left of a render's budget."""

    __slots__ = ("clock", "deadline", "kept", "limits", "next_look", "steps")

    def __init__(self, clock: Callable[[], float] | None = None, limits: Limits = DEFAULTS) -> None:
        """*clock* gives seconds; without one there is no deadline."""
        self.limits = limits
        self.steps = limits.steps
        self.next_look = self.steps - _STEPS_A_LOOK
        self.clock = clock
        self.deadline = clock() + limits.seconds if clock else 0.0
        self.kept = 0

    @property
    def is_spent(self) -> bool:
        """Whether there are no more steps, or no more time."""
        return self.steps <= 0 or (self.clock is not None and self.clock() > self.deadline)

    def take(self, steps: int) -> None:
        """Take *steps*. Raises BudgetError where there are no more, or no more time."""
        self.steps -= steps
        if self.steps <= self.next_look:
            if self.is_spent:
                raise BudgetError(Message("the template takes too many steps"))
            self.next_look = self.steps - _STEPS_A_LOOK

    def pay(self, value: object) -> None:
        """Take the steps of work on all of *value*, if it is a text or holds items."""
        if value.__class__ in _SIZED:
            size = len(value)
            if size > SIZE_A_STEP:
                self.take(size // SIZE_A_STEP)

    def keep(self, size: int) -> None:
        """Take room for *size* characters that wait to be printed. Raises BudgetError."""
        self.kept += size
        if self.kept > self.limits.output:
            raise too_large()

    def buffer(self) -> Buffer:
        """Where a macro or a captured block prints."""
        return Buffer(self)

    def check_size(self, name: str, size: float) -> None:
        """Raises BudgetError where what the filter or operator *name* makes is too large."""
        if size > self.limits.value:
            raise BudgetError(Message("“{name}” makes too large a value", name=name))

    def check_weight(self, name: str, value: object, times: int = 1) -> None:
        """Take the steps of *value*, with all that it holds, *times* over.

        Lists may share their items, so that a small one holds any number of them: to compare such
        lists would take for ever. Raises BudgetError where it is too large.
        """
        found = weight(value, {}) * times
        if found > self.limits.value * _ITEMS_OF_ITEMS:
            raise BudgetError(Message("“{name}” makes too large a value", name=name))
        self.take(found // SIZE_A_STEP)


class Buffer(list[str]):
    """What a macro or a captured block prints; it takes its room from the budget."""

    __slots__ = ("_budget",)

    def __init__(self, budget: Budget) -> None:
        super().__init__()
        self._budget = budget

    def append(self, piece: str) -> None:
        self._budget.keep(len(piece))
        super().append(piece)

    def extend(self, pieces: Iterable[str]) -> None:
        for piece in pieces:
            self.append(piece)


def too_large() -> BudgetError:
    return BudgetError(Message("the document grows too large"))


_RUNNING: ContextVar[Budget | None] = ContextVar("budget", default=None)
"""The budget of the render that runs. Only what is long asks for it: all else costs nothing."""


def running() -> Budget:
    """The budget of the render that runs; outside of one, a fresh one."""
    return _RUNNING.get() or Budget()


def pay(value: object) -> None:
    """Take the steps of work on all of *value*, if it is a long text or holds many items."""
    if value.__class__ in _SIZED and len(value) > SIZE_A_STEP:
        running().pay(value)


def pay_for_ends(text: str, characters: str | None) -> None:
    """Take the steps of looking for each of *characters* at the ends of *text*."""
    pairs = len(text) * len(characters or "")
    if pairs > SIZE_A_STEP:
        running().take(pairs // SIZE_A_STEP)


@pass_context
def tick(context: Context, steps: int) -> str:
    """Nothing; *steps* of the budget are taken."""
    context.parent[STATE].take(steps)
    return ""


def paid(value: object) -> object:
    """*value*, all of which is about to be worked on."""
    pay(value)
    return value


def weighed(value: Any) -> Any:
    """*value*, a new list, tuple or mapping: one that holds others may hold very much."""
    for item in value.values() if value.__class__ is dict else value:
        if item.__class__ in _HOLDING or (item.__class__ is str and len(item) > SIZE_A_STEP):
            running().check_weight("[ ]", value)
            break
    return value


def joined(output: Iterable[str], budget: Budget) -> str:
    """What a template prints, in one piece. Raises BudgetError where that is too much."""
    return "".join(_chunks(output, budget))


def printed_parts(output: Iterable[str], budget: Budget) -> list[list[bytes]]:
    """What a template prints, parted by NUL: each part as UTF-8, in the chunks that it came in.

    A long document is never in memory as one text. Raises BudgetError where it is too long.
    """
    parts: list[list[bytes]] = [[]]
    for chunk in _chunks(output, budget):
        first, *others = chunk.encode().split(b"\0")
        parts[-1].append(first)
        parts += [[part] for part in others]
    return parts


def _chunks(output: Iterable[str], budget: Budget) -> Iterator[str]:
    """What a template prints, some pieces at a time; *budget* is the running one meanwhile."""
    pieces = iter(output)
    size = 0
    before = _RUNNING.set(budget)
    try:
        while some := list(islice(pieces, _PIECES_A_LOOK)):
            chunk = "".join(some)
            size += len(chunk)
            if size > budget.limits.output:
                raise too_large()
            yield chunk
    finally:
        _RUNNING.reset(before)


def weight(value: object, known: dict[int, int]) -> int:
    """The characters and items that *value* holds at every depth, shared ones counted each time.

    *known* keeps the weight of each list by its id: shared ones are walked once.
    """
    kind = value.__class__
    if kind is str:
        return len(value)  # type: ignore[arg-type]
    if kind not in (list, tuple, dict):
        return 0
    found = known.get(id(value))
    if found is None:
        items: Any = value if kind is not dict else [*value, *value.values()]  # type: ignore
        found = known[id(value)] = len(items) + sum([weight(item, known) for item in items])
    return found


def paying(function: Callable[..., Any]) -> Callable[..., Any]:
    """The filter *function*, which pays for its values before it works, and for its result.

    Items that would come one by one come all at once.
    """
    at = 1 if hasattr(function, "jinja_pass_arg") else 0

    @wraps(function)
    def pay_first(*arguments: Any, **options: Any) -> Any:
        value = arguments[at]
        if value.__class__ not in _SIZED and hasattr(value, "__next__"):
            arguments = (*arguments[:at], list(value), *arguments[at + 1 :])
        for each in (*arguments, *options.values()) if options else arguments:
            if each.__class__ in _SIZED and len(each) > SIZE_A_STEP:
                running().pay(each)
        result = function(*arguments, **options)
        if result.__class__ in _SIZED and len(result) > SIZE_A_STEP:
            running().pay(result)
        return result

    return pay_first


def weighing(function: Callable[..., Any]) -> Callable[..., Any]:
    """The filter *function*, which pays for all that its values hold, at every depth."""

    @wraps(function)
    def weigh_first(*arguments: Any, **options: Any) -> Any:
        for each in (*arguments, *options.values()) if options else arguments:
            kind = each.__class__
            if kind in _HOLDING:
                running().check_weight(function.__name__, each)
            elif kind is str:
                if len(each) > SIZE_A_STEP:
                    running().pay(each)
            elif kind is not int and hasattr(each, "__next__"):
                return weigh_first(*_all_at_once(arguments), **options)
        return function(*arguments, **options)

    return weigh_first


def _all_at_once(arguments: Iterable[Any]) -> list[Any]:
    """*arguments*, in which items that would come one by one are a list."""
    return [list(each) if hasattr(each, "__next__") else each for each in arguments]
