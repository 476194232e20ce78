"""Files that values name, such as pictures: read from a few folders, and from nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from generator.compiler.picture_headers import MAX_BYTES
from generator.compiler.relationships import ReadFile
from generator.compiler.values import ValueRefused
from generator.problems import Message


def file_reader(folders: Iterable[str]) -> ReadFile | None:
    """What reads a file by its path below one of *folders*, nearest first; None without any.

    No path leaves its folder, over a link neither.
    """
    kept = tuple(dict.fromkeys(folders))

    def read(name: str) -> bytes:
        for folder in kept:
            path = _inside(Path(folder), name)
            if path is not None and path.is_file():
                return _content(path, name)
        message = Message("there is no file “{name}” in: {folders}", name=name, folders=_said(kept))
        raise ValueRefused(message)

    return read if kept else None


def _inside(folder: Path, name: str) -> Path | None:
    """The file *name* in *folder*; None where there can be none. Raises ValueRefused outside."""
    try:
        home, path = folder.resolve(), (folder / name.replace("\\", "/")).resolve()
    except (OSError, ValueError, RuntimeError):  # a name that no system takes, a circle of links
        return None
    if not path.is_relative_to(home):
        raise ValueRefused(Message("the path “{name}” leaves its folder", name=name))
    return path


def _content(path: Path, name: str) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ValueRefused(Message("the picture has more than 32 MB"))
        return path.read_bytes()
    except OSError as error:
        raise ValueRefused(Message("the file “{name}” cannot be read", name=name)) from error


def _said(folders: Iterable[str]) -> str:
    return "、".join(folder or "." for folder in folders)
