"""An input file: which template and unit it names, its values, and all that is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, cast

from generator.library import Document, Library, Template, open_library, read_file
from generator.library.layers import TEMPLATE, UNIT, FilePath, missing
from generator.problems import Location, Message, NoticeError, Problem
from generator.rules import check_number, check_requirements, sense_checks
from generator.schema import Schema
from generator.sources import KeyPath, Source, decode, in_order_of_place, survey_yaml
from generator.tracing import TRACE_SCHEMA, check_trace

_RESERVED = Schema(
    {
        "properties": {
            "template": {"title": "模板", "type": "string"},
            "unit": {"title": "发文单位", "type": "string"},
            "trace": TRACE_SCHEMA,
        }
    }
)
"""The keys of every input that are not values of its template."""
RESERVED = frozenset(_RESERVED.names)


@dataclass(frozen=True)
class Input:
    """One input, read and held to its schema."""

    source: Source
    template: Template
    values: dict[str, Any]
    trace: list[dict[str, Any]]

    @cached_property
    def context(self) -> dict[str, Any]:
        """All that the template sees of this input."""
        return self.template.context(self.values)

    def place(self, path: KeyPath) -> Location:
        """Where the value at *path*, a path of English keys, stands in the file."""
        schema = self.template.schema
        if path[:1] == ("trace",):
            return _RESERVED.place(self.source, path)
        return schema.place(self.source, path) if schema else self.source.place(path)


def read_input(
    data: bytes,
    file: str,
    library: Library,
    *,
    template: str | None = None,
    settings: Mapping[str, str] | None = None,
) -> Input:
    """The input *data*; *template* and *settings* (key or label → text) go before what it says.

    Raises NoticeError with every problem of the file at its line and column.
    """
    read, problems = survey_yaml(decode(data, file), file)
    if read is None:
        raise NoticeError(problems)
    settings = dict(settings or {})
    ours = {name: settings.pop(name) for name in RESERVED & settings.keys()}
    source = _set(read, ours, _RESERVED.names)
    reserved, found_out = _RESERVED.survey(replace(source, value=_reserved(source)))
    problems += found_out
    name, unit = template or reserved.get("template"), reserved.get("unit")
    if not isinstance(name, str) or not isinstance(unit, str | None):
        raise NoticeError(problems or [_no_template(source, library)])
    found, found_out = _find(library, name, unit, source)
    problems += found_out or _check_issuer(found, source)
    source = _set(source, settings, found.schema.names if found.schema else {})
    if found.schema:
        values, found_out = found.schema.survey(source, reserved=RESERVED)
        problems += found_out
    else:
        values = {k: v for k, v in _as_mapping(source.value).items() if k not in RESERVED}
    finished = Input(
        source, found, values, cast("list[dict[str, Any]]", reserved.get("trace") or [])
    )
    if problems:
        problems += sense_checks(values, finished.place) + _check_trace(finished)
        raise NoticeError(in_order_of_place(_first_of_each_line(problems)))
    return finished


def _reserved(source: Source) -> dict[str, Any]:
    return {key: value for key, value in _as_mapping(source.value).items() if key in RESERVED}


def _first_of_each_line(problems: list[Problem]) -> list[Problem]:
    """*problems* without what the schema says of a line on which YAML itself is at fault."""
    lines = {_line(problem) for problem in problems if problem.code.startswith("Y")}
    return [p for p in problems if not (p.code.startswith("D") and _line(p) in lines)]


def _line(problem: Problem) -> str:
    return problem.where.spot.partition(":")[0]


def check_input(found: Input) -> list[Problem]:
    """What an input that fits its schema breaks: requirements, plain sense, its trace."""
    template = found.template
    problems = check_requirements(
        template.requirements,
        found.context,
        found.place,
        template.expressions.evaluate,
    )
    problems += sense_checks(found.values, found.place)
    problems += check_number(found.context.get("document_number"), found.place(("serial",)))
    return in_order_of_place(problems + _check_trace(found))


def _check_trace(found: Input) -> list[Problem]:
    """What is wrong with those entries of the trace that have their form."""
    definition = found.template.schema.definition if found.template.schema else None
    return check_trace(found.trace, found.values, None, found.place, definition)


@dataclass(frozen=True)
class Made:
    """A document and the file name that its template gives it."""

    document: Document
    name: str


def make_document(
    data: bytes,
    file: str,
    library: Library,
    *,
    template: str | None = None,
    settings: Mapping[str, str] | None = None,
) -> tuple[Made | None, list[Problem]]:
    """The document of the input *data*, None with an error, and every problem of it."""
    try:
        found = read_input(data, file, library, template=template, settings=settings)
        problems = check_input(found)
        if any(problem.level == "error" for problem in problems):
            return None, problems
        document = found.template.document(found.context, file)
        return Made(document, found.template.file_name(document)), problems
    except NoticeError as error:
        return None, error.problems


def render_file(input: FilePath, library: Library | None = None) -> bytes:
    """The `.docx` of an input file; the built-in templates where no *library* is given.

    Raises NoticeError with every problem of the file, its requirements and its template.
    """
    made, problems = make_document(read_file(input), str(input), library or open_library())
    if made is None:
        raise NoticeError(problems)
    return made.document.data


def check(*inputs: FilePath, library: Library | None = None) -> list[Problem]:
    """Every problem of input files, in their order; nothing is written and nothing raised."""
    library = library or open_library()
    problems: list[Problem] = []
    for file in inputs:
        try:
            problems += make_document(read_file(file), str(file), library)[1]
        except NoticeError as error:  # the file itself cannot be read
            problems += error.problems
    return problems


def _find(
    library: Library, name: str, slug: str | None, source: Source
) -> tuple[Template, list[Problem]]:
    """The template for a unit; without a unit, and a problem, where there is no such unit.

    Raises NoticeError where there is no such template, where the input asks for it.
    """
    problems: list[Problem] = []
    if slug is not None and slug not in library.units:
        where = _RESERVED.place(source, ("unit",))
        problems, slug = missing(UNIT, slug, library.units, where).problems, None
    elif slug is None:
        problems = [_no_unit(source, library)]
    try:
        template = library.template(name, slug)
    except NoticeError as error:
        known = dict(library.templates(slug))
        if name in known:
            raise
        where = _RESERVED.place(source, ("template",))
        faults = missing(TEMPLATE, name, known, where).problems
        raise NoticeError(faults + (problems if slug is None else [])) from error
    return template, problems if template.needs_unit else []


def _no_unit(source: Source, library: Library) -> Problem:
    units = ", ".join(sorted(library.units))
    hint = (
        Message("add “unit: …”; there are: {units}", units=units)
        if units
        else Message("add “unit: …”, and name the folder of units with --templates")
    )
    message = Message("the input names no unit (unit / 发文单位)")
    return Problem("B005", message, Location(source.file), hint)


def _check_issuer(template: Template, source: Source) -> list[Problem]:
    kind = (template.defaults.get("unit") or {}).get("kind")
    if not template.issuers or kind is None or kind in template.issuers:
        return []
    return [
        Problem(
            "B006",
            Message(
                "a unit of the kind {kind} may not issue “{template}”",
                kind=kind,
                template=template.name,
            ),
            _RESERVED.place(source, ("unit",)),
            Message("it is issued by: {kinds}", kinds="、".join(template.issuers)),
        )
    ]


def _no_template(source: Source, library: Library) -> Problem:
    names = ", ".join(name for name, _ in library.templates())
    return Problem(
        "B007",
        Message("the input names no template (template / 模板)"),
        Location(source.file),
        Message("add “template: …”; there are: {names}", names=names),
    )


def _as_mapping(value: object) -> dict[str, Any]:
    return dict(value) if isinstance(value, Mapping) else {}


def _set(source: Source, settings: Mapping[str, str], names: Mapping[str, str]) -> Source:
    """*source* with *settings* instead of its own values; *names* map keys and labels to keys."""
    if not settings:
        return source
    value, places, keys = _as_mapping(source.value), dict(source.places), dict(source.keys)
    for name, text in settings.items():
        key = names.get(name, name)
        for other in [other for other in value if names.get(other, other) == key]:
            del value[other]
            places = {path: place for path, place in places.items() if path[:1] != (other,)}
        value[key] = text or None
        places[(key,)] = keys[(key,)] = Location(f"--set {name}")
    return replace(source, value=value, places=places, keys=keys)
