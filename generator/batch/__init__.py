"""Many rows of values → outcomes: checked, made by several processes, and nothing lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from os import PathLike
from typing import TYPE_CHECKING

from generator.batch.outcomes import Outcome

if TYPE_CHECKING:
    from generator.library import Library, Template

__all__ = ["Outcome", "render_rows"]


def render_rows(
    template: Template | str,
    rows: Iterable[Mapping[str, object]],
    *,
    library: Library | None = None,
    folder: str | PathLike[str] | None = None,
    name: str | None = None,
    register: str | PathLike[str] | None = None,
    workers: int | None = None,
    row_timeout: float | None = None,
    keep_going: bool = True,
    force: bool = False,
) -> Iterator[Outcome]:
    """The outcome of each row of values; a bad row never stops the rest.

    *template* is a Template, or the name of one in *library*, the built-in ones by default; then a
    row's `unit` says whose. Its `template` and `trace` change nothing. It is compiled once in each
    process; memory does not grow with the number of rows.

    Without *folder*, documents come in the order of their rows, as they are asked for.

    With *folder*, they are written there, as `noticegen batch` does it: all rows are checked first,
    and without *keep_going* one that has an error lets none be written; the journal in the folder
    lets a second run make only what is missing or changed; files that no batch made, or that were
    edited since, stay, unless *force*. *name* is the pattern of file names, such as
    `{{ row.number }}-{{ title }}`. *register* is the file of the register that gives rows without
    a `serial` theirs. Outcomes of rows with errors come first.

    Raises NoticeError where no unit has a template of that name, where *name* cannot be read, and
    where the folder cannot be written or another batch is at it.

    *workers* is the number of processes; None is this one. A row that ends its process, or takes
    more than *row_timeout* seconds in it, is named, and the others are made. A script that asks for
    workers begins with `if __name__ == "__main__":`, for they import it.
    """
    from pathlib import Path

    from generator.batch.folder import open_folder
    from generator.batch.orders import Order, name_pattern, version
    from generator.batch.portions import look_for
    from generator.batch.run import run
    from generator.batch.streaming import stream
    from generator.batch.tasks import Group, Row
    from generator.batch.working import Manner
    from generator.library import Library

    if isinstance(template, str):
        look_for(template, library or Library([]))
    pattern = None if name is None else name_pattern(name)
    if register is not None:
        if folder is None:
            raise ValueError("a register gives numbers to documents that a folder keeps")
        register = str(Path(register))
    order = Order(template, library, name=pattern, register=register, version=version()).packed()
    numbered = (Row(index, index + 1, values) for index, values in enumerate(rows))
    group = Group(order, numbered)
    manner = Manner(workers, row_timeout, keep_going, register=register)
    if folder is None:
        yield from stream(group, manner)
        return
    with open_folder(Path(folder), force=force) as target:
        yield from run([group], target, manner)
