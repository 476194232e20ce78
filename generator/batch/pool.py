"""Tasks → results in their order, by processes that may die.

A process that dies breaks a `ProcessPoolExecutor` as a whole, and nobody learns which task it was
at. So what was under way is taken apart and done row by row in a process of its own: one row takes
a millisecond, so this is faster than halving, which starts a process at every step. A row that ends
its process twice, or once by its alarm, is the guilty one; all others get done.
"""

from __future__ import annotations

import multiprocessing
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Protocol, Self, TypeVar

from generator.batch.alarms import begin_worker

AHEAD = 2
"""Tasks that wait for a free worker: enough to keep all busy, few to be lost."""
_CHANCES = 2
"""How often a row may be alone with a dying process: it may have been killed from outside."""


class Task(Protocol):
    @property
    def row_timeout(self) -> float | None:
        """The seconds after which a row ends its process."""

    def parts(self) -> list[Self]:
        """The same task, row by row."""


T = TypeVar("T", bound=Task)
R = TypeVar("R")


class Crew:
    """Worker processes, which start with their first task."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._pool: ProcessPoolExecutor | None = None
        self._alone: ProcessPoolExecutor | None = None

    def close(self) -> None:
        """End the workers, when they have finished what they are at."""
        for pool in filter(None, (self._pool, self._alone)):
            pool.shutdown(wait=True, cancel_futures=True)

    def results(
        self, work: Callable[[T], R], tasks: Iterable[T], lost: Callable[[T, bool], R]
    ) -> Iterator[R]:
        """What *work* makes of *tasks*, in their order; of one that was taken apart, several.

        *lost* gives the result of a one-row task that ended its process, by its alarm or otherwise.
        """
        waiting: deque[tuple[T, Future[R]]] = deque()
        for task in tasks:
            waiting.append((task, self._submit(work, task)))
            if len(waiting) >= self._workers + AHEAD:
                yield from self._finish(work, *waiting.popleft(), lost)
        while waiting:
            yield from self._finish(work, *waiting.popleft(), lost)

    def _submit(self, work: Callable[[T], R], task: T) -> Future[R]:
        if self._pool is not None:
            try:
                return self._pool.submit(work, task)
            except BrokenProcessPool:
                self._bury()
        self._pool = _processes(self._workers)
        return self._pool.submit(work, task)

    def _finish(
        self, work: Callable[[T], R], task: T, future: Future[R], lost: Callable[[T, bool], R]
    ) -> Iterator[R]:
        try:
            yield future.result()
        except BrokenProcessPool:
            self._bury()
            for part in task.parts():
                yield self._do_alone(work, part, lost)

    def _bury(self) -> None:
        """Wait for the end of a broken pool: whoever starts a process meanwhile may wait for ever.

        Both would ask the system what became of the same workers.
        """
        if self._pool is not None:
            self._pool.shutdown()
            self._pool = None

    def _do_alone(self, work: Callable[[T], R], task: T, lost: Callable[[T, bool], R]) -> R:
        for _ in range(_CHANCES):
            if self._alone is None:
                self._alone = _processes(1)
                self._alone.submit(_ready).result()
            start = time.monotonic()
            try:
                return self._alone.submit(work, task).result()
            except BrokenProcessPool:
                self._alone.shutdown()
                self._alone = None
                seconds = time.monotonic() - start
            if task.row_timeout is not None and seconds >= task.row_timeout:
                return lost(task, True)
        return lost(task, False)


def _processes(count: int) -> ProcessPoolExecutor:
    """Workers that start from nothing, on every system alike: no lock or file is left to them."""
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(count, mp_context=context, initializer=begin_worker)


def _ready() -> None:
    """What a new worker does first: its start is no part of a row's time."""
