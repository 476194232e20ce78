"""A batch from rows to outcomes: all are checked and made, then what is new comes into place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Protocol

from generator.batch.chunk import check_chunk, render_chunk
from generator.batch.clashes import left_behind, same_number
from generator.batch.database import told_of
from generator.batch.numbers import Numbers
from generator.batch.outcomes import Outcome, Progress
from generator.batch.staging import Staging, part_of
from generator.batch.tasks import CheckTask, Group, Rendered, RenderTask
from generator.batch.working import Do, Manner, hands, lost_in_check, lost_in_render
from generator.batch.worklist import Item, Worklist
from generator.problems import Message, NoticeError, Problem
from generator.register import Series, give_back, mark_made

_FIRST, _MOST = 10, 100
"""Rows of the first task, so that all workers have one soon, and of later ones."""
_PUT = 1000
"""Documents that are put in place at once: so often the journal and the disk are waited for."""


class Target(Protocol):
    """Where documents go."""

    @property
    def staging(self) -> Staging:
        """Where documents wait until all rows are good."""

    @property
    def is_whole(self) -> bool:
        """Whether all documents appear at once, at the end, or none."""

    def keep(self, made: Sequence[tuple[Item, Rendered]]) -> Iterator[Outcome]:
        """Take finished documents; what became of each."""

    def unchanged(self, row: Item) -> Outcome:
        """The outcome of a row that need not be made."""

    def finish(self, rows: Iterable[Item]) -> None:
        """Called when all documents that could be made are there: those of *rows*."""


def run(groups: Iterable[Group], target: Target | None, manner: Manner) -> Iterator[Outcome]:
    """The outcomes of all rows, each once, those with errors first; without *target* only checked.

    With an error, and without `keep_going`, these are all. Raises NoticeError where the target
    cannot be written.
    """
    with hands(manner) as do, closing(Worklist()) as worklist:
        yield from _Run(worklist, target, manner, do).outcomes(groups)


class _Run:
    def __init__(self, worklist: Worklist, target: Target | None, manner: Manner, do: Do) -> None:
        self._list = worklist
        self._target = target
        self._manner = manner
        self._do = do
        self._done = 0
        self._total: int | None = None
        self._failed = 0
        self._full: Problem | None = None
        """Why nothing more can be written."""
        self._unmade: list[tuple[Series, int]] = []
        """The numbers of rows that turned out, at last, not to have a document."""

    def outcomes(self, groups: Iterable[Group]) -> Iterator[Outcome]:
        yield from self._check(groups)
        if self._manner.register is None:
            yield from map(self._fail, self._clashing())
        else:
            keep = self._target is not None and (self._manner.keep_going or not self._failed)
            staging = None if self._target is None else self._target.staging
            book = Numbers(self._manner.register, self._list, self._manner, self._do, staging)
            yield from map(self._fail, book.give(self._clashing, keep=keep))
        if self._manner.stopped() or (self._failed and not self._manner.keep_going):
            return
        for row, other in self._list.repeated_numbers():
            self._list.warn(row.index, same_number(row.entry.number, row.place, other.place))
        if self._target is None:
            yield from (row.outcome("checked") for row in self._list.rows())
            return
        if not self._target.is_whole:
            self._warn_of_what_is_left_behind(self._target.staging)
        yield from self._make(self._target)
        complete = not self._manner.stopped() and (self._manner.keep_going or not self._failed)
        if complete:
            self._target.finish(self._list.rows())
        if self._manner.register is not None:
            give_back(self._manner.register, self._unmade)
            if complete or not self._target.is_whole:
                mark_made(self._manner.register, self._list.numbers_there())

    # --- checking --------------------------------------------------------------------------------

    def _check(self, groups: Iterable[Group]) -> Iterator[Outcome]:
        done = 0
        for checked in self._do(check_chunk, self._checks(groups), lost_in_check):
            self._list.add(checked)
            done += len(checked.rows)
            for row in checked.rows:
                if row.failed:
                    yield self._fail(Outcome(row.index, None, row.problems, "failed", row.place))
            self._manner.progress(Progress("checking", done, None, self._failed))

    def _checks(self, groups: Iterable[Group]) -> Iterator[CheckTask]:
        size = _FIRST
        staging = None if self._target is None else self._target.staging
        for group in groups:
            left = iter(group.rows)
            while (some := tuple(islice(left, size))) and not self._manner.stopped():
                yield CheckTask(group.order, some, self._manner.timeout, staging=staging)
                size = min(size * 2, _MOST)

    def _clashing(self) -> Iterator[Outcome]:
        """The rows whose file has the name of an earlier row's; they are dropped."""
        for row, other in self._list.clashes():
            self._list.drop(row.index)
            yield row.outcome("failed", _same_name(row, other))

    def _warn_of_what_is_left_behind(self, staging: Staging) -> None:
        """A row that says something else may have another name: then its old document is there."""
        with told_of(staging.journal):
            left = self._list.left_behind(staging.journal)
        for row, name in left:
            path = Path(staging.folder, name)
            if path.exists():
                self._list.warn(row.index, left_behind(row.entry.number, row.place, path))

    # --- making ----------------------------------------------------------------------------------

    def _make(self, target: Target) -> Iterator[Outcome]:
        self._total = self._list.count
        for row in self._list.in_place():
            self._done += 1
            yield self._there(target.unchanged(row))
        for rows in self._waiting():
            yield from self._keep([(row, _waiting(row)) for row in rows], target)
        for made in self._rendered(target):
            yield from self._keep(made, target)
        if self._full:
            raise NoticeError([self._full])

    def _waiting(self) -> Iterator[list[Item]]:
        """The rows whose documents wait for their place, many at a time."""
        waiting = self._list.waiting()
        while (some := list(islice(waiting, _PUT))) and not self._manner.stopped():
            yield some

    def _rendered(self, target: Target) -> Iterator[list[tuple[Item, Rendered]]]:
        """The rows that were only checked, as they are made."""
        expected: dict[int, Item] = {}

        def tasks() -> Iterator[RenderTask]:
            for order, jobs, rows in self._list.chunks():
                if self._manner.stopped() or self._full:
                    return
                expected.update((row.index, row) for row in rows)
                wanted = tuple(row.index for row in rows)
                serials = {row.index: row.given for row in rows if row.given is not None}
                yield RenderTask(
                    order, jobs, wanted, target.staging.new, self._manner.timeout, serials
                )

        for rendered in self._do(render_chunk, tasks(), lost_in_render):
            yield [(expected.pop(each.index), each) for each in rendered]

    def _keep(self, rendered: Sequence[tuple[Item, Rendered]], target: Target) -> Iterator[Outcome]:
        self._done += len(rendered)
        if good := [(row, each) for row, each in rendered if not each.problems]:
            for outcome in target.keep(good):
                yield self._fail(outcome) if outcome.state == "failed" else self._there(outcome)
        for row, each in rendered:
            if each.cannot_write:
                self._full = each.problems[0]
            elif each.problems:
                if row.request is not None and row.given is not None:
                    self._unmade.append((row.request.series, row.given))
                self._list.drop(row.index)
                yield self._fail(row.outcome("failed", *each.problems))
        self._manner.progress(Progress("writing", self._done, self._total, self._failed))

    def _there(self, outcome: Outcome) -> Outcome:
        if self._manner.register is not None:
            self._list.note_there(outcome.index)
        return outcome

    def _fail(self, outcome: Outcome) -> Outcome:
        self._failed += 1
        return outcome


def _waiting(row: Item) -> Rendered:
    """The document of a row that was made while the row was checked."""
    made = row.staged.made if row.staged else b""
    return Rendered(row.index, file=part_of(row.index), digest=made)


# --- problems ------------------------------------------------------------------------------------


def _same_name(row: Item, other: Item) -> Problem:
    return Problem(
        "B101",
        Message("its document has the name of another one: {name}", name=row.name),
        row.place,
        Message(
            "the other is made of {other}; tell them apart with --name, such as {example}",
            other=other.place,
            example="{{ row.number }}-{{ title }}",
        ),
    )
