"""One row against its template: its problems, the name of its file, and the job that it makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from generator.batch.orders import NAME, Desk
from generator.batch.staging import Stage, Staged
from generator.batch.tasks import Checked, Job, Row
from generator.filenames import ENDING, safe_name
from generator.heads import RESERVED, own_names
from generator.inputs import check_values, lacks_serial, survey_input
from generator.library import Template
from generator.library.template import place_among
from generator.lists import entry_of
from generator.problems import Location, Message, NoticeError, Problem
from generator.register import PROVISIONAL, Request, identity_of, request_for
from generator.schema import place_in_values
from generator.sources import KeyPath, Source, in_order_of_place
from generator.sources.nesting import is_too_deep, too_deep

_WITHOUT_EFFECT = frozenset(
    name for name, key in RESERVED.names.items() if key in ("template", "trace")
)
"""The names of a row that say nothing in a batch: one table serves single inputs, too."""


@dataclass(frozen=True, slots=True)
class _Held:
    """A row that was held to the schema of its template."""

    template: Template
    values: Mapping[str, Any]
    place: Callable[[KeyPath], Location]
    file: str
    number: int
    """The place of the row in its table, from 1."""
    is_numbered: bool = False
    """Whether its serial is that of nobody, until the register gives one."""


def check_row(
    desk: Desk, row: Row, *, rehearse: bool, stage: Stage | None = None
) -> tuple[Checked, Job | None]:
    """What is wrong with a row, and its job where it is still to be made.

    With a *stage* its document is made and waits there. With *rehearse* it is but printed, and not
    kept: what passes can be made. Raises OSError where the document cannot be written.
    """
    where = place_of(row)
    problems: list[Problem] = []
    try:
        held = _held(desk, row)
        if held is None:
            return Checked(row.index, where, chosen=False), None
        place_of_value = place_among(held.values, held.place, where)
        context = held.template.context(held.values, place_of_value)
        problems = check_values(held.template, held.values, context, held.place)
        request = _request(desk, held, context, where)
        name = safe_name(_name(desk, held, context))
        digest = desk.digest(held.template, held.values, held.file, name, where)
        staged = None
        if not any(problem.level == "error" for problem in problems):
            if stage is not None and not held.is_numbered:
                make = partial(held.template.document, context, held.file or None, place_of_value)
                staged = stage.put(row.index, name, digest, make)
            elif rehearse:
                held.template.rehearse(context, held.file or None, place_of_value)
    except NoticeError as error:
        return Checked(
            row.index, where, tuple(in_order_of_place([*problems, *error.problems]))
        ), None
    checked = Checked(
        index=row.index,
        place=where,
        problems=tuple(in_order_of_place(problems)),
        name=name,
        entry=entry_of(context, name),
        copy_number=str(context.get("copy_number") or ""),
        digest=digest,
        staged=staged,
        request=request,
    )
    if checked.failed or staged is not None:
        return checked, None
    return checked, Job(row.index, held.template.unit, held.values, held.file, row.number)


def number_row(desk: Desk, job: Job, stage: Stage | None) -> Checked:
    """What a row is that has got its serial; only errors are told, without a place.

    Its document is still to be made, unless the *stage* has found it in its place.
    """
    template, nowhere = desk.template(job.unit), Location("")
    held = _Held(template, job.values, lambda _: nowhere, job.file, job.number)
    try:
        context = template.context(held.values)
        problems = check_values(template, held.values, context, held.place)
        name = safe_name(_name(desk, held, context))
        digest = desk.digest(template, held.values, held.file, name, nowhere)
        there, needed = stage.look(name, digest) if stage else (b"", True)
    except NoticeError as error:
        return Checked(job.index, nowhere, tuple(error.problems))
    return Checked(
        index=job.index,
        place=nowhere,
        problems=tuple(problem for problem in problems if problem.level == "error"),
        name=name,
        entry=entry_of(context, name),
        copy_number=str(context.get("copy_number") or ""),
        digest=digest,
        held=there,
        staged=None if needed else Staged(there),
    )


def with_serial(job: Job, serial: int | None) -> Job:
    """*job* with the *serial* that the register gave it, if it gave one."""
    return job if serial is None else replace(job, values={**job.values, "serial": serial})


def _request(
    desk: Desk, held: _Held, context: Mapping[str, Any], where: Location
) -> Request | None:
    """What a row asks the register for, if there is one. Raises NoticeError."""
    register, template = desk.order.register, held.template
    if register is None:
        return None
    if held.is_numbered:
        return request_for(template, held.values, context, where=where, typed=False)
    identity = ""
    if held.file:
        said = (held.values.get("date_of_issue"), held.values.get("serial"))
        identity = identity_of(register, held.file, template.name, template.unit, *said)
    serial = held.place(("serial",))
    return request_for(template, held.values, context, where=serial, typed=True, identity=identity)


def place_of(row: Row) -> Location:
    """Where a row stands."""
    return (
        row.values.place(()) if isinstance(row.values, Source) else Location("", f"[{row.index}]")
    )


def _held(desk: Desk, row: Row) -> _Held | None:
    """The row as its template has it; None where the order does not ask for it.

    Raises NoticeError with every problem of its values.
    """
    if isinstance(row.values, Source):
        return _from_table(desk, row.values, row.number)
    if fault := _misshapen(row):
        raise NoticeError([fault])
    values = dict(row.values)
    for name in _without_effect(desk, values):
        del values[name]
    template = desk.template(_take_unit(desk, values))
    is_numbered = desk.order.register is not None and lacks_serial(values, template)
    if is_numbered and template.schema:
        names = template.schema.names
        values = {key: value for key, value in values.items() if names.get(key) != "serial"}
        values["serial"] = PROVISIONAL
    checked = template.checked(values)
    return _Held(template, checked, place_in_values, "", row.number, is_numbered)


def _misshapen(row: Row) -> Problem | None:
    """What keeps the values of a row from Python from being looked through, if anything does."""
    if not isinstance(row.values, Mapping):
        message = Message("a row is an object of keys and values")
        return Problem("Y009", message, place_of(row))
    return too_deep(place_of(row)) if is_too_deep(row.values) else None


def _from_table(desk: Desk, source: Source, number: int) -> _Held | None:
    assert isinstance(desk.order.template, str)
    survey = survey_input(
        _without_head(desk, source),
        desk.library,
        template=desk.order.template,
        settings=dict(desk.order.settings),
        serial=None if desk.order.register is None else PROVISIONAL,
        spare=desk.order.spare,
        common=desk.order.common,
        problems=source.problems,
    )
    condition, made = desk.order.where, survey.input.values
    if condition and not condition.chooses(
        survey.input.source, number, survey.input.template.budget(), made
    ):
        return None
    found = survey.finished()
    return _Held(found.template, found.values, found.place, source.file, number, found.is_numbered)


def _take_unit(desk: Desk, values: dict[str, object]) -> str | None:
    """The unit that *values* name, which lose it; a template that was handed in has its own."""
    if not isinstance(desk.order.template, str):
        return None
    names = [name for name, key in RESERVED.names.items() if key == "unit" and name in values]
    unit = values.pop(names[0]) if names else None
    return None if unit is None else str(unit)


def _without_head(desk: Desk, source: Source) -> Source:
    """*source* without the keys that change nothing."""
    value: Any = source.value
    idle = _without_effect(desk, value)
    if not idle:
        return source
    return replace(source, value={key: each for key, each in value.items() if key not in idle})


def _without_effect(desk: Desk, values: Mapping[str, object]) -> frozenset[str]:
    """The keys of *values* that change nothing: not those that a Word template reads."""
    idle = _WITHOUT_EFFECT & values.keys()
    return idle - own_names(desk.template(None)) if idle and desk.has_one_template else idle


def _name(desk: Desk, held: _Held, context: Mapping[str, Any]) -> str:
    """The name of the row's file, without its ending: by the order's pattern or the template's."""
    pattern = desk.order.name
    if pattern is not None:
        names = {**dict(desk.order.settings), **context, "row": {"number": held.number}}
        return pattern.render(names, state=held.template.budget())[NAME].removesuffix(ENDING)
    if held.template.is_bare and not context.get("title"):
        return f"{Path(held.template.name).stem}-{held.number}"
    return held.template.file_name(context)
