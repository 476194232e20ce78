"""What is sent to a worker and what comes back: plain, picklable, and the same for any engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from generator.batch.staging import Staged, Staging
from generator.lists import Entry
from generator.problems import Location, Problem
from generator.register import Request
from generator.sources import Source

NOTHING = Entry("", "", "", "", "")


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it was read."""

    index: int
    """Its place in the batch, from 0."""
    number: int
    """Its place in its table, from 1."""
    values: Source | Mapping[str, object]
    """Text and places of a table, or values from Python."""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows with what they have in common, read as they are asked for."""

    order: bytes
    """A packed Order."""
    rows: Iterable[Row]


@dataclass(frozen=True, slots=True)
class Job:
    """A row that fits its template."""

    index: int
    unit: str | None
    values: Mapping[str, Any]
    file: str
    """The table; `""` where the row came from Python."""
    number: int
    """The place of the row in its table, from 1."""


@dataclass(frozen=True, slots=True)
class CheckTask:
    """Rows that are to be held to their template."""

    order: bytes
    """A packed Order."""
    rows: tuple[Row, ...]
    row_timeout: float | None = None
    """The seconds after which a row ends its worker; never, in the process that asks."""
    rehearse: bool = True
    """Whether each document is printed, to see that it can be, and dropped."""
    staging: Staging | None = None
    """Where documents are written instead, to wait for their place."""

    def parts(self) -> list[CheckTask]:
        """The same task, row by row."""
        return [replace(self, rows=(row,)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found of one row."""

    index: int
    place: Location
    problems: tuple[Problem, ...] = ()
    name: str = ""
    """The name of its file; `""` where there is an error."""
    entry: Entry = NOTHING
    """What a list says of the document; its file is that of `name`."""
    copy_number: str = ""
    """Its 份号: copies of one document have one number."""
    digest: bytes = b""
    """The digest of template, unit, values and name."""
    request: Request | None = None
    """What it asks the register for, if there is one."""
    chosen: bool = True
    """Whether the condition of the order holds for the row."""
    staged: Staged | None = None
    """What is to become of its file; None where its document is still to be made."""
    held: bytes = b""
    """The digest of what its file holds until then, and may be replaced."""

    @property
    def number(self) -> str:
        """What no other document may have: the number, of copies with that of the copy."""
        return f"{self.entry.number} {self.copy_number}".strip() if self.entry.number else ""

    @property
    def failed(self) -> bool:
        return any(problem.level == "error" for problem in self.problems)


@dataclass(frozen=True, slots=True)
class CheckedRows:
    """What a check found of some rows."""

    order: bytes
    """The packed Order that they were checked by."""
    rows: tuple[Checked, ...]
    jobs: bytes = b""
    """The pickled list of the Jobs of those that are still to be made."""


@dataclass(frozen=True, slots=True)
class NumberTask:
    """Jobs of which some have got a serial from the register."""

    order: bytes
    jobs: bytes
    serials: Mapping[int, int]
    """The serial of each row that has got one, by its index."""
    row_timeout: float | None = None
    staging: Staging | None = None
    """Where the files of the rows may be in place already."""

    def parts(self) -> list[NumberTask]:
        """The same task, row by row."""
        return [replace(self, serials={index: its}) for index, its in self.serials.items()]


@dataclass(frozen=True, slots=True)
class RenderTask:
    """Jobs of which some are to be made."""

    order: bytes
    jobs: bytes
    wanted: tuple[int, ...]
    """The indexes of the rows that are to be made."""
    folder: str | None = None
    """Where documents are written, to be renamed; None: they come back themselves."""
    row_timeout: float | None = None
    serials: Mapping[int, int] = field(default_factory=dict)
    """The serials that the register gave to some of them, by their indexes."""

    def parts(self) -> list[RenderTask]:
        """The same task, row by row."""
        return [replace(self, wanted=(index,)) for index in self.wanted]


@dataclass(frozen=True, slots=True)
class Rendered:
    """The document of one row."""

    index: int
    problems: tuple[Problem, ...] = ()
    data: bytes = b""
    """The `.docx`, where no folder was named."""
    values: Mapping[str, Any] | None = None
    """All that the template saw, where no folder was named."""
    file: str = ""
    """The file in the folder that holds it."""
    digest: bytes = b""
    """The digest of the document."""
    cannot_write: bool = False
    """Whether the folder is at fault and not the row."""
