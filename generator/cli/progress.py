"""A bar on the terminal that tells how far a batch has come: rate, time left, failures."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from generator.problems import Message

if TYPE_CHECKING:
    from generator.batch.outcomes import Progress

_STAGES = {
    "checking": Message("checking"),
    "writing": Message("writing"),
    "printing": Message("printing"),
}


class Quiet:
    """No bar: what is said goes straight to stderr."""

    def show(self, progress: Progress) -> None: ...

    def say(self, line: str) -> None:
        click.echo(line, err=True)


class Bar:
    """A bar on stderr, and lines above it."""

    def __init__(self, translate: Callable[[str], str]) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            SpinnerColumn,
            TextColumn,
            TimeRemainingColumn,
        )
        from rich.progress import Progress as RichProgress

        self._translate = translate
        self.rich = RichProgress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            TextColumn("{task.fields[failed]}"),
            console=Console(stderr=True),
            auto_refresh=False,
            transient=True,
        )
        self._task = self.rich.add_task("", total=None, rate="", failed="")
        self._stage = ""

    def show(self, progress: Progress) -> None:
        if progress.stage != self._stage:
            self._stage = progress.stage
            self.rich.reset(self._task, total=progress.total, completed=progress.done)
        failed = Message("{count} failed", count=progress.failed)
        speed = self.rich.tasks[0].speed
        self.rich.update(
            self._task,
            description=self._translate(_STAGES[progress.stage]),
            total=progress.total,
            completed=progress.done,
            rate=f"{speed:,.0f}/s" if speed else "",
            failed=failed.said_in(self._translate) if progress.failed else "",
            refresh=True,
        )

    def say(self, line: str) -> None:
        self.rich.console.print(line, markup=False, highlight=False, soft_wrap=True, emoji=False)


@contextmanager
def progress_bar(translate: Callable[[str], str]) -> Iterator[Bar | Quiet]:
    """A bar where stderr is a terminal, which it leaves as it was; else nothing is shown."""
    if not sys.stderr.isatty():
        yield Quiet()
        return
    bar = Bar(translate)
    with bar.rich:
        yield bar
