"""How the tasks of a batch are done, here or by workers, and what is said of rows that end them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Protocol, TypeVar

from generator.batch.outcomes import Progress
from generator.batch.pool import Crew, Task
from generator.batch.rows import place_of
from generator.batch.tasks import (
    Checked,
    CheckedRows,
    CheckTask,
    NumberTask,
    Rendered,
    RenderTask,
)
from generator.problems import Location, Message, Problem


def cores() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


T = TypeVar("T", bound=Task)
R = TypeVar("R")


@dataclass(frozen=True)
class Manner:
    """How a batch is run."""

    workers: int | None = None
    """The number of processes; None: this one, which no row may kill and no alarm end."""
    row_timeout: float | None = None
    """The seconds that a row may take in a process of its own."""
    keep_going: bool = False
    """Whether good rows are made where others have errors."""
    stopped: Callable[[], bool] = lambda: False
    """Asked again and again: whether to finish what is under way, and end."""
    progress: Callable[[Progress], None] = lambda _: None
    register: str | None = None
    """The register that gives rows their serials."""

    @property
    def timeout(self) -> float | None:
        """The seconds for a task; none in this process, which must not end."""
        return None if self.workers is None else self.row_timeout


class Do(Protocol):
    """What gives the results of tasks, in their order; *lost* is for rows that end a process."""

    def __call__(
        self, work: Callable[[T], R], tasks: Iterable[T], lost: Callable[[T, bool], R], /
    ) -> Iterator[R]: ...


@contextmanager
def hands(manner: Manner) -> Iterator[Do]:
    """Those that do the tasks of a batch: workers, or this process itself."""
    if manner.workers is None:
        yield lambda work, tasks, _: map(work, tasks)
        return
    with closing(Crew(manner.workers)) as crew:
        yield crew.results


def _lost(where: Location, seconds: float | None, *, hung: bool) -> Problem:
    if hung:
        message = Message("the row took more than {seconds} seconds", seconds=f"{seconds:g}")
        return Problem("B107", message, where, Message("allow more with --row-timeout"))
    message = Message("the row ended its process, again and again")
    return Problem("B106", message, where, Message("make it alone to see why, with less in it"))


def lost_in_check(task: CheckTask, hung: bool) -> CheckedRows:
    """The result of a row that ended its process while it was checked."""
    [row] = task.rows
    problem = _lost(place_of(row), task.row_timeout, hung=hung)
    return CheckedRows(task.order, (Checked(row.index, place_of(row), (problem,)),))


def lost_in_numbering(task: NumberTask, hung: bool) -> list[Checked]:
    """The result of a row that ended its process when it had got its serial."""
    [index] = task.serials
    problem = _lost(Location(""), task.row_timeout, hung=hung)
    return [Checked(index, Location(""), (problem,))]


def lost_in_render(task: RenderTask, hung: bool) -> list[Rendered]:
    """The result of a row that ended its process while it was made."""
    [index] = task.wanted
    return [Rendered(index, (_lost(Location(""), task.row_timeout, hung=hung),))]
