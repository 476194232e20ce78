"""Where documents go, and files written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from generator.filenames import ENDING, safe_name, same_file
from generator.problems import Location, Message, NoticeError, Problem, reason_of

if TYPE_CHECKING:
    from generator.library import Library
    from generator.lists import Entry

_OTHERS = frozenset({".doc", ".docm", ".dotx", ".pdf", ".odt", ".wps"})


class Output(NamedTuple):
    """A document that is to be written."""

    source: str
    """The input that it is made of, as the user typed it."""
    path: Path
    template_files: Sequence[str] = ()


def output_path(source: str, name: str, target: str | None) -> Path:
    """Where the document of an input goes: *target* itself, into it, or beside the input."""
    if target is None:
        return Path(source).parent / safe_name(name)
    return Path(target) if names_document(target) else Path(target) / safe_name(name)


def names_document(target: str | None) -> bool:
    """Whether `-o` names one document and not a folder."""
    return target is not None and target.lower().endswith(ENDING) and not Path(target).is_dir()


def names_other_format(target: str | None) -> bool:
    """Whether `-o` names a file of a kind that is not written."""
    return (
        target is not None and Path(target).suffix.lower() in _OTHERS and not Path(target).is_dir()
    )


def check_outputs(outputs: Sequence[Output], *, force: bool) -> list[Problem]:
    """What stands in the way: two documents of one name, and files that are there already."""
    problems: list[Problem] = []
    first: dict[str, str] = {}
    for output in outputs:
        name = same_file(str(output.path.resolve()))
        if name in first:
            problems.append(_same_name(output, first[name]))
        elif name in {same_file(str(Path(file).resolve())) for file in output.template_files}:
            message = Message("the document would take the place of its own template")
            hint = Message("choose another place with -o")
            problems.append(Problem("B025", message, Location(str(output.path)), hint))
        elif not force and output.path.exists():
            problems.append(is_there(str(output.path)))
        first.setdefault(name, output.source)
    return problems


def write_whole(path: Path, data: bytes) -> None:
    """Write *data* to *path*, whose folder is made where it is missing.

    Readers see the old file or the new one, never half of it. Raises NoticeError.
    """
    temporary = path.parent / f".noticegen-{os.getpid()}.part"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with temporary.open("xb") as file:
                file.write(data)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        message = Message("the file cannot be written: {reason}", reason=reason_of(error))
        hint = Message("close it where it is open, or choose another folder with -o")
        raise NoticeError([Problem("B023", message, Location(str(path)), hint)]) from error


def write_list(path: Path, entries: Iterable[Entry], library: Library) -> None:
    """Write the list of what was produced to *path*, an `.xlsx` or a `.docx`.

    Raises NoticeError.
    """
    from generator.lists import list_file

    write_whole(path, list_file(path.name, entries, library))


def seen_from(path: Path, file: Path) -> str:
    """*file* as a reader of the list at *path* finds it."""
    try:
        return Path(os.path.relpath(file, path.parent)).as_posix()
    except ValueError:  # on another drive of Windows
        return str(file.absolute())


def write_new(path: Path, text: str) -> None:
    """Write *text* to a file that is not there yet. Raises NoticeError."""
    if path.exists():
        raise NoticeError([is_there(str(path), can_force=False)])
    write_whole(path, text.encode())


def _same_name(output: Output, other: str) -> Problem:
    return Problem(
        "B021",
        Message("its document has the name of another one: {name}", name=output.path.name),
        Location(output.source),
        Message("the other is made of {other}; give one another folder or name", other=other),
    )


def is_there(path: str, *, can_force: bool = True) -> Problem:
    """The problem of a file that is there already."""
    hint = (
        Message("choose another place with -o, or replace it with --force")
        if can_force
        else Message("choose another name with -o")
    )
    return Problem("B022", Message("the file exists already"), Location(path), hint)
