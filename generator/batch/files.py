"""Files that are written whole or not at all."""

from __future__ import annotations

import ctypes
import hashlib
import os
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from generator.problems import Location, Message, Problem, reason_of


def digest_of(data: bytes) -> bytes:
    """The digest of a document."""
    return hashlib.blake2b(data, digest_size=16).digest()


def digest_of_file(path: Path) -> bytes:
    """The digest of the file at *path*; `b""` where there is none."""
    try:
        return digest_of(path.read_bytes())
    except FileNotFoundError:
        return b""


def write_aside(path: str, data: bytes) -> None:
    """Write *data* to *path*, where nobody looks for it yet; no file stays where that fails.

    What a worker that died has begun there is written over.
    """
    try:
        with open(path, "wb") as file:  # noqa: PTH123 - a Path takes longer than the file
            file.write(data)
    except OSError:
        Path(path).unlink(missing_ok=True)
        raise


def settle(paths: Sequence[str]) -> None:
    """Wait until the files *paths*, all of one folder, are on the disk.

    Linux settles a whole file system about as fast as others settle one file of it.
    """
    if paths and sys.platform == "linux" and (sync := _syncfs()):
        handle = os.open(os.path.dirname(paths[0]), os.O_RDONLY)  # noqa: PTH120
        try:
            if sync(handle):
                number = ctypes.get_errno()
                raise OSError(number, os.strerror(number))
        finally:
            os.close(handle)
        return
    for path in paths:
        with open(path, "rb+") as file:  # noqa: PTH123
            os.fsync(file.fileno())


@cache
def _syncfs() -> Any:
    """The system's syncfs(2); None where its library has none."""
    return getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)


def cannot_be_written(file: str, error: OSError) -> Problem:
    """The problem of a file or folder that the system does not let us write."""
    message = Message("the file cannot be written: {reason}", reason=reason_of(error))
    hint = Message("close it where it is open, or choose another folder with -o")
    return Problem("B023", message, Location(file), hint)


def was_edited(path: str | Path) -> Problem:
    """The problem of a file that holds something else than what a batch wrote."""
    return Problem(
        "B103",
        Message("the file was edited since a batch made it"),
        Location(str(path)),
        Message("move it away to keep it, or replace it with --force"),
    )


def is_not_ours(path: str | Path) -> Problem:
    """The problem of a file in the place of one that is to be written."""
    return Problem(
        "B102",
        Message("a file of this name is there, and no batch made it"),
        Location(str(path)),
        Message("choose another place, or replace it with --force"),
    )
