"""Rows → documents in memory, in the order of the rows, as they are asked for."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import islice

from generator.batch.chunk import check_chunk, render_chunk
from generator.batch.outcomes import Outcome
from generator.batch.tasks import Checked, CheckTask, Group, Rendered, RenderTask
from generator.batch.working import Do, Manner, hands, lost_in_check, lost_in_render
from generator.library import Document

_MOST = 50
"""Rows of a task for another process; in this one they go one by one."""


def stream(group: Group, manner: Manner) -> Iterator[Outcome]:
    """The outcome of each row, with its document; rows are read no faster than needed."""
    with hands(manner) as do:
        yield from _stream(group, manner, do)


def _stream(group: Group, manner: Manner, do: Do) -> Iterator[Outcome]:
    size = 1 if manner.workers is None else _MOST
    timeout = manner.timeout
    waiting: deque[Checked] = deque()

    def checks() -> Iterator[CheckTask]:
        left = iter(group.rows)
        while some := tuple(islice(left, size)):
            yield CheckTask(group.order, some, timeout, rehearse=False)

    def renders() -> Iterator[RenderTask]:
        for checked in do(check_chunk, checks(), lost_in_check):
            waiting.extend(checked.rows)
            wanted = tuple(row.index for row in checked.rows if not row.failed)
            yield RenderTask(group.order, checked.jobs, wanted, None, timeout)

    for rendered in do(render_chunk, renders(), lost_in_render):
        for each in rendered:
            yield from _failed(waiting)
            yield _outcome(waiting.popleft(), each)
        yield from _failed(waiting)


def _failed(waiting: deque[Checked]) -> Iterator[Outcome]:
    """The rows with errors that are next."""
    while waiting and waiting[0].failed:
        row = waiting.popleft()
        yield Outcome(row.index, None, row.problems, "failed", row.place)


def _outcome(row: Checked, made: Rendered) -> Outcome:
    problems = (*row.problems, *made.problems)
    if made.problems:
        return Outcome(row.index, None, problems, "failed", row.place)
    entry = row.entry
    return Outcome(
        row.index,
        Document(made.data, entry.title, entry.number, made.values or {}),
        problems,
        place=row.place,
        title=entry.title,
        number=entry.number,
        recipients=entry.recipients,
        date=entry.date,
    )
