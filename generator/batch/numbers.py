"""Numbers from a register for the rows of a batch: in their order, in one transaction.

They are taken for good only when every row that gets one is found to be good with it. So nothing
that is in the way of a document leaves a gap, and a run that ends afterwards finds them again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.batch.chunk import number_chunk
from generator.batch.outcomes import Outcome
from generator.batch.staging import Staging
from generator.batch.tasks import Checked, NumberTask
from generator.batch.working import Do, Manner, lost_in_numbering
from generator.batch.worklist import Worklist
from generator.problems import Location, Problem
from generator.register import Numbering, new_register, numbering


class _UndoneError(Exception):
    """No number is taken."""


class Numbers:
    """What a register gives to the rows of a batch."""

    def __init__(
        self,
        register: str,
        worklist: Worklist,
        manner: Manner,
        do: Do,
        staging: Staging | None,
    ) -> None:
        self._register = register
        self._list = worklist
        self._manner = manner
        self._do = do
        self._staging = staging

    def give(self, clashing: Callable[[], Iterator[Outcome]], *, keep: bool) -> Iterator[Outcome]:
        """Give numbers to the rows that ask for them; those that cannot be made, which it drops.

        *clashing* drops and tells those whose file has the name of another's, now that names are
        known. Then the others get their numbers anew, without gaps, if they may go on; else nobody
        gets any. Without *keep* nothing stays in the register.
        """
        while True:
            failed: list[Outcome] = []
            try:
                with ExitStack() as stack:
                    path = self._register
                    if not keep and not Path(path).exists():
                        path = str(Path(stack.enter_context(TemporaryDirectory()), "register"))
                    book = stack.enter_context(numbering(path))
                    failed = self._claim(book) or [*self._number(book), *clashing()]
                    if failed or not keep or self._manner.stopped():
                        raise _UndoneError
                    if book.is_new:
                        self._tell_of_new_one()
                return
            except _UndoneError:
                yield from failed
                if not failed or not self._manner.keep_going:
                    return

    def _claim(self, book: Numbering) -> list[Outcome]:
        """Enter the numbers that were typed; the rows whose number another document has."""
        failed = []
        for row in self._list.rows():
            problem = book.claim(row.request) if row.request else None
            if problem is not None:
                self._list.drop(row.index)
                failed.append(row.outcome("failed", problem))
        return failed

    def _number(self, book: Numbering) -> Iterator[Outcome]:
        """Take the numbers of the other rows; the rows that are faulty with them."""
        given: dict[int, int] = {}

        def tasks() -> Iterator[NumberTask]:
            for order, jobs, rows in self._list.chunks(todo=False):
                if self._manner.stopped():
                    return
                serials = {
                    row.index: book.take(row.request)
                    for row in rows
                    if row.request is not None and row.request.serial is None
                }
                given.update(serials)
                if serials:
                    yield NumberTask(order, jobs, serials, self._manner.timeout, self._staging)

        for checked in self._do(number_chunk, tasks(), lost_in_numbering):
            for row in checked:
                serial = given.pop(row.index)
                if row.failed:
                    yield self._faulty(row)
                else:
                    self._list.number(row, serial)

    def _faulty(self, row: Checked) -> Outcome:
        item = self._list.row(row.index)
        self._list.drop(row.index)
        return item.outcome("failed", *(_placed(each, item.place) for each in row.problems))

    def _tell_of_new_one(self) -> None:
        first = next((row for row in self._list.rows() if row.request is not None), None)
        if first is not None:
            self._list.warn(first.index, new_register(self._register))


def _placed(problem: Problem, where: Location) -> Problem:
    """*problem*, which stands at *where* if nobody knows better."""
    return problem if problem.where.file else replace(problem, where=where)
