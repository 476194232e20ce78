"""The one seam between a batch and whatever runs it: a task in, its results out.

`check_chunk` and `render_chunk` depend on nothing but their task, so that any engine that can send
a pickled task to a Python process can run a batch.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TypeVar

from generator.batch.alarms import row_alarm
from generator.batch.files import cannot_be_written, digest_of, write_aside
from generator.batch.orders import Desk, desk
from generator.batch.rows import check_row, number_row, with_serial
from generator.batch.staging import part_of
from generator.batch.tasks import (
    Checked,
    CheckedRows,
    CheckTask,
    Job,
    NumberTask,
    Rendered,
    RenderTask,
)
from generator.problems import NoticeError

Item = TypeVar("Item")


def check_chunk(task: CheckTask) -> CheckedRows:
    """What is wrong with each row, and the jobs of those that are still to be made.

    Raises NoticeError where documents cannot be written.
    """
    here = desk(task.order)
    with task.staging.opened() if task.staging else nullcontext() as stage:
        found = [
            check_row(here, row, rehearse=task.rehearse, stage=stage)
            for row in _timed(task.rows, task.row_timeout)
        ]
    jobs = [job for _, job in found if job is not None]
    return CheckedRows(task.order, tuple(checked for checked, _ in found), pickle.dumps(jobs, 5))


def number_chunk(task: NumberTask) -> list[Checked]:
    """What the rows that have got a serial are with it: their names and digests, or errors."""
    here = desk(task.order)
    jobs: list[Job] = [job for job in pickle.loads(task.jobs) if job.index in task.serials]
    with task.staging.opened() if task.staging else nullcontext() as stage:
        return [
            number_row(here, with_serial(job, task.serials[job.index]), stage)
            for job in _timed(jobs, task.row_timeout)
        ]


def render_chunk(task: RenderTask) -> list[Rendered]:
    """The documents that are wanted, in their order; after one that cannot be written, no more."""
    here = desk(task.order)
    wanted = set(task.wanted)
    jobs: list[Job] = [
        with_serial(job, task.serials.get(job.index))
        for job in pickle.loads(task.jobs)
        if job.index in wanted
    ]
    rendered: list[Rendered] = []
    try:
        for job in _timed(jobs, task.row_timeout):
            rendered.append(_render(here, job, task.folder))
    except OSError as error:
        index = jobs[len(rendered)].index
        problem = cannot_be_written(str(Path(task.folder or "").parents[1]), error)
        rendered.append(Rendered(index, (problem,), cannot_write=True))
    return rendered


def _timed(items: Iterable[Item], seconds: float | None) -> Iterator[Item]:
    """*items*; whoever works on one of them for more than *seconds* ends this process."""
    with row_alarm(seconds) as rearm:
        for item in items:
            rearm()
            yield item


def _render(here: Desk, job: Job, folder: str | None) -> Rendered:
    """The document of a job, or its problems. Raises OSError where it cannot be written."""
    try:
        template = here.template(job.unit)
        document = template.document(template.context(job.values), job.file or None)
    except NoticeError as error:
        return Rendered(job.index, tuple(error.problems))
    if folder is None:
        return Rendered(job.index, data=document.data, values=document.values)
    file = part_of(job.index)
    write_aside(os.path.join(folder, file), document.data)  # noqa: PTH118
    return Rendered(job.index, file=file, digest=digest_of(document.data))
