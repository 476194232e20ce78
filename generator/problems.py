"""The one error vocabulary: what is wrong, where, and what to do about it.

Codes: Y sources · D values against the schema · R requirements and sense checks · T templates ·
B files, units and batches · GH008 and the like are the ids of the layout standard's rules.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning", "note"]


class Message(str):
    """A sentence with its values filled in, which can be said again in another language.

    It reads as English; `form` is the sentence before its values were filled in and the key of the
    translation catalogues.
    """

    form: str
    values: dict[str, object]

    def __new__(cls, form: str, /, **values: object) -> Message:
        message = super().__new__(cls, form.format(**values))
        message.form, message.values = form, values
        return message

    def said_in(self, translate: Callable[[str], str]) -> str:
        """The sentence in the language of *translate*, which maps a form to its translation."""
        values = {
            name: value.said_in(translate) if isinstance(value, Message) else value
            for name, value in self.values.items()
        }
        return translate(self.form).format(**values)

    def explained(self, understood: Callable[[str], str]) -> Message:
        """The sentence with what others say in it, its `detail`, as it is *understood*."""
        values: dict[str, object] = {}
        for name, value in self.values.items():
            if isinstance(value, Message):
                values[name] = value.explained(understood)
            elif name == "detail" and isinstance(value, str):
                values[name] = understood(value)
            else:
                values[name] = value
        return Message(self.form, **values)

    def __reduce__(self) -> tuple[object, ...]:
        return _message, (self.form, self.values)


def _message(form: str, values: dict[str, object]) -> Message:
    return Message(form, **values)


@dataclass(frozen=True, slots=True)
class Location:
    """Where something stands."""

    file: str
    """The file as the user typed it; `""` for values that came from Python."""
    spot: str = ""
    """`7:11` (line:column) in text · `word/document.xml ¶5` in Word · `rows[2].name` in values."""

    def __reduce__(self) -> tuple[object, ...]:
        return Location, (self.file, self.spot)  # a row of a table has dozens: ten times as fast

    def __str__(self) -> str:
        """`file:line:column`, `file: spot`, or whichever of the two there is."""
        if not self.spot or not self.file:
            return self.file or self.spot
        return f"{self.file}:{self.spot}" if self.spot[0].isdigit() else f"{self.file}: {self.spot}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding."""

    code: str
    """Stable and searchable: D104, GH008."""
    message: str
    """What is wrong, in the clerk's words; a `Message` where it can be translated."""
    where: Location
    hint: str = ""
    """What to do about it."""
    level: Level = "error"
    value: Location | None = None
    """Where the value stands that a template at `where` failed on, or what should hold it."""
    waived: str = ""
    """The reason why a unit need not hold to the requirement; `""` where it has to."""

    @property
    def remark(self) -> str:
        """What stands in brackets behind the message: where the value is from, what to do."""
        if self.waived:
            return Message("waived by the unit: {reason}", reason=self.waived)
        if self.value is None:
            return self.hint
        origin = Message("values from {place}", place=str(self.value))
        return Message("{origin}; {hint}", origin=origin, hint=self.hint) if self.hint else origin

    def __str__(self) -> str:
        hint = f" ({self.remark})" if self.remark else ""
        place = f"{self.where}: " if self.where.file or self.where.spot else ""
        return f"{place}{self.code} {self.message}{hint}"


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Those of *problems* that are in the way of a document: no warnings and notes."""
    return [problem for problem in problems if problem.level == "error"]


class NoticeError(Exception):
    """The request cannot be met; `problems` says everything that is wrong."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: list[Problem] = list(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


_REASONS = {
    errno.EACCES: Message("Permission denied"),
    errno.EISDIR: Message("Is a directory"),
    errno.ENAMETOOLONG: Message("File name too long"),
    errno.ENOENT: Message("No such file or directory"),
    errno.ENOSPC: Message("No space left on device"),
    errno.ENOTDIR: Message("Not a directory"),
    errno.EPERM: Message("Operation not permitted"),
    errno.EROFS: Message("Read-only file system"),
}


def reason_of(error: OSError) -> str:
    """Why the system refused; the usual reasons can be translated."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)
