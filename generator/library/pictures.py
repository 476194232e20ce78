"""Files that values name, pictures and tables: read from a few folders, and from nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from generator.limits import Limits
from generator.problems import Location, Message, Problem
from generator.rules.paths import values_at
from generator.runtime.picture_headers import check_bytes, read_header
from generator.runtime.relationships import ReadFile, read_none
from generator.runtime.values import ValueRefused
from generator.sources import KeyPath

_HINT = Message("name a PNG, JPEG, GIF or BMP file below the folder of the input or a workspace")


def unreadable_pictures(
    values: Mapping[str, object],
    ways: Iterable[tuple[str, ...]],
    read: ReadFile,
    limits: Limits,
    place: Callable[[KeyPath], Location],
) -> Iterator[Problem]:
    """A problem (D112) for each picture that is missing, or none, where *values* name it.

    *ways* are the paths of pictures, as `Schema.pictures` has them; no file is read twice.
    """
    known: dict[str, Message | None] = {}
    for way in ways:
        for path, value in values_at(values, way):
            fault = None
            if isinstance(value, bytes):
                fault = _fault(value, limits)
            elif isinstance(value, str) and value:
                if value not in known:
                    known[value] = _fault_of_file(value, read, limits)
                fault = known[value]
            if fault is not None:
                yield Problem("D112", fault, place(path), _HINT)


def pictures_named(
    values: Mapping[str, object], ways: Iterable[tuple[str, ...]], read: ReadFile
) -> dict[str, bytes]:
    """The pictures that *values* name, by these names; without those that cannot be read."""
    found = (value for way in ways for _, value in values_at(values, way))
    pictures = {}
    for name in dict.fromkeys(value for value in found if isinstance(value, str) and value):
        with suppress(ValueRefused):  # which the document will say
            pictures[name] = read(name)
    return pictures


def _fault_of_file(name: str, read: ReadFile, limits: Limits) -> Message | None:
    try:
        return _fault(read(name), limits)
    except ValueRefused as refused:
        return refused.message


def _fault(data: bytes, limits: Limits) -> Message | None:
    try:
        read_header(data, limits)
    except ValueRefused as refused:
        return refused.message
    return None


def file_reader(folders: Iterable[str], limits: Limits) -> ReadFile:
    """What reads a file by its path below one of *folders*, nearest first; none without any.

    No path leaves its folder, over a link neither.
    """
    kept = tuple(dict.fromkeys(folders))

    def read(name: str) -> bytes:
        for folder in kept:
            path = _inside(Path(folder), name)
            if path is not None and path.is_file():
                return _content(path, name, limits)
        message = Message("there is no file “{name}” in: {folders}", name=name, folders=_said(kept))
        raise ValueRefused(message)

    return read if kept else read_none


def _inside(folder: Path, name: str) -> Path | None:
    """The file *name* in *folder*; None where there can be none. Raises ValueRefused outside."""
    try:
        home, path = folder.resolve(), (folder / name.replace("\\", "/")).resolve()
    except (OSError, ValueError, RuntimeError):  # a name that no system takes, a circle of links
        return None
    if not path.is_relative_to(home):
        raise ValueRefused(Message("the path “{name}” leaves its folder", name=name))
    return path


def _content(path: Path, name: str, limits: Limits) -> bytes:
    try:
        check_bytes(path.stat().st_size, limits)
        return path.read_bytes()
    except OSError as error:
        raise ValueRefused(Message("the file “{name}” cannot be read", name=name)) from error


def _said(folders: Iterable[str]) -> str:
    return "、".join(folder or "." for folder in folders)
