"""One batch per folder at a time.

The system itself holds the lock, so that of a process that was killed is free at once, and no
number of a process is taken for another's. Who holds it stands in the file.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from generator.problems import Location, Message, NoticeError, Problem


@contextmanager
def lock(path: Path, folder: str) -> Iterator[None]:
    """Hold the lock at *path*; NoticeError, which names its holder, where another has it."""
    with path.open("a+b") as file:
        if not _lock(file.fileno()):
            file.seek(0)
            raise NoticeError([_held(file.read().decode(errors="replace"), folder)])
        since = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M:%S")
        file.truncate(0)
        file.write(f"{os.getpid()}\n{socket.gethostname()}\n{since}\n".encode())
        file.flush()
        yield
        file.truncate(0)


def _held(said: str, folder: str) -> Problem:
    process, host, since, *_ = [*said.splitlines(), "?", "?", "?"]
    message = Message(
        "another batch is writing here: process {process} on {host}, since {since}",
        process=process,
        host=host,
        since=since,
    )
    hint = Message("wait until it has ended, or choose another place")
    return Problem("B104", message, Location(folder), hint)


if sys.platform == "win32":
    import msvcrt

    _BEYOND = 1 << 30
    """A byte that is locked; those that name the holder stay readable."""

    def _lock(handle: int) -> bool:
        os.lseek(handle, _BEYOND, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
