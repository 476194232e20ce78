"""A worker's own ends: of a row that takes too long, and of a parent that is no more."""

from __future__ import annotations

import contextlib
import faulthandler
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import wait
from pathlib import Path

_COARSEST = 1.0
"""Seconds that an alarm may be late: setting it for every row would cost more than checking one."""


@contextlib.contextmanager
def row_alarm(seconds: float | None) -> Iterator[Callable[[], None]]:
    """What is called before each row: the process ends where the next call is late.

    That is between *seconds* and a quarter more, but one second at most. `faulthandler` waits in a
    thread of its own, which needs no Python: it ends a row that holds the interpreter, too.
    """
    if seconds is None:
        yield lambda: None
        return
    slack = min(seconds / 4, _COARSEST)
    armed = 0.0
    with Path(os.devnull).open("wb") as nowhere:

        def rearm() -> None:
            nonlocal armed
            if time.monotonic() - armed > slack:
                faulthandler.dump_traceback_later(seconds + slack, exit=True, file=nowhere)
                armed = time.monotonic()

        try:
            yield rearm
        finally:
            faulthandler.cancel_dump_traceback_later()


def begin_worker() -> None:
    """Prepare this process to be a worker: Ctrl-C is its parent's affair, whose end is its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
