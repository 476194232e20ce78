"""An input file: which template and unit it names, its values, and all that is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any, cast

from generator.agreement import check_agreement
from generator.characters import check_characters
from generator.heads import RESERVED, own_names, read_head, with_common, with_settings
from generator.imprints import check_imprint
from generator.library import Document, Library, Template, open_library, read_file
from generator.library.layers import FilePath, is_template
from generator.library.organs import doubts
from generator.library.template import place_among
from generator.problems import Location, Message, NoticeError, Problem
from generator.rules import (
    check_number,
    check_requirements,
    crowded_first_page,
    sense_checks,
    with_waivers,
)
from generator.runtime.failures import PlaceOfValue
from generator.runtime.state import State
from generator.schema import MISSING
from generator.secrecy import check_secrecy
from generator.sources import KeyPath, Source, decode, in_order_of_place, survey_yaml
from generator.tabled import Filled, names_tables, with_tables
from generator.tracing import check_trace


@dataclass(frozen=True)
class Input:
    """One input, read and held to its schema."""

    source: Source
    template: Template
    values: dict[str, Any]
    trace: list[dict[str, Any]]
    is_numbered: bool = False
    """Whether it has no serial of its own and took the one that was handed in."""

    @cached_property
    def context(self) -> dict[str, Any]:
        """All that the template sees of this input."""
        return self.template.context(self.values, self.place_of_value)

    @property
    def place_of_value(self) -> PlaceOfValue:
        """Where the value stands that the template fails on."""
        return place_among(self.values, self.place, Location(self.source.file))

    def place(self, path: KeyPath) -> Location:
        """Where the value at *path*, a path of English keys, stands in the file."""
        schema = self.template.schema
        if path[:1] == ("trace",):
            return RESERVED.place(self.source, path)
        return schema.place(self.source, path) if schema else self.source.place(path)


def read_input(
    data: bytes,
    file: str,
    library: Library,
    *,
    template: str | None = None,
    settings: Mapping[str, str] | None = None,
    serial: int | None = None,
) -> Input:
    """The input *data*; *template* and *settings* (key or label → text) go before what it says.

    *serial* is that of an input which has none, though its template makes a number of one.

    A template is one of the *library* or the path of a Word document: *template* and *settings*
    name it from the current folder, the input itself from the folder of *file*. Raises NoticeError
    with every problem of the file at its line and column.
    """
    read, problems = survey_yaml(decode(data, file), file)
    if read is None:
        raise NoticeError(problems)
    return survey_input(
        read, library, template=template, settings=settings, serial=serial, problems=problems
    ).finished()


@dataclass(frozen=True)
class Survey:
    """An input as far as it could be read, and what is wrong with it."""

    input: Input
    problems: list[Problem]

    def finished(self) -> Input:
        """The input, where nothing is wrong. Raises NoticeError with all that is."""
        found, problems = self.input, list(self.problems)
        problems += found.template.unreadable_pictures(found.values, found.place, found.source.file)
        problems += found.template.unknown_organs(found.values, found.place)
        if problems:
            problems += sense_checks(found.values, found.place) + _check_trace(found)
            raise NoticeError(in_order_of_place(_first_of_each_line(dict.fromkeys(problems))))
        return found


def survey_input(
    read: Source,
    library: Library,
    *,
    template: str | None = None,
    settings: Mapping[str, str] | None = None,
    serial: int | None = None,
    spare: Collection[str] = (),
    common: Source | None = None,
    problems: Sequence[Problem] = (),
) -> Survey:
    """The input that *read* is, as `read_input` gives it, *problems* of its text included.

    What it does not say itself, *common* says. Settings in *spare* that the schema does not know
    are passed over. Raises NoticeError where it names no template.
    """
    problems = list(problems)
    settings = dict(settings or {})
    ours = {name: settings.pop(name) for name in RESERVED.names.keys() & settings.keys()}
    source = with_settings(with_common(read, common, RESERVED.names), ours, RESERVED.names)
    head = read_head(source, library, template or _named(ours))
    problems += head.problems
    if head.template is None:
        raise NoticeError(problems)
    found = head.template
    names = found.schema.names if found.schema else {}
    state = found.budget()
    filled = _with_tables(with_common(source, common, names, others=True), found, settings, state)
    problems += filled.problems
    settings = {name: text for name, text in settings.items() if name not in filled.names}
    if found.schema:
        settings = {k: v for k, v in settings.items() if k in names or k not in spare}
    source = with_settings(filled.source, settings, names)
    is_numbered = serial is not None and lacks_serial(source.value, found)
    if is_numbered:
        source = with_settings(source, {"serial": str(serial)}, names)
    if found.schema:
        values, found_out = found.schema.survey(source, reserved=RESERVED.names)
        problems += [
            _or_from_a_register(problem, found)
            for problem in found_out
            if problem.where not in filled.broken
        ]
    else:
        from generator.schema.untyped import untyped_values

        values = untyped_values(source, RESERVED.names.keys() - own_names(found))
    finished = Input(source, found, values, head.trace, is_numbered)
    completed, unmade = found.completed(values, finished.place, state)
    if problems:  # what was made of wrong values says nothing
        unmade = [problem for problem in unmade if problem.code == MISSING]
    problems += unmade
    return Survey(replace(finished, values=completed), problems)


def _or_from_a_register(problem: Problem, template: Template) -> Problem:
    """*problem*, whose hint names the register where it is that of a serial that nobody gave."""
    lacks = problem.code == MISSING and isinstance(problem.message, Message)
    if lacks and template.schema and template.patterns and "number" in template.patterns.names:
        label = template.schema.label(("serial",))
        if cast("Message", problem.message).values == {"label": label}:
            hint = Message("{hint}; or let --register give it", hint=problem.hint)
            return replace(problem, hint=hint)
    return problem


def lacks_serial(values: object, template: Template) -> bool:
    """Whether the template makes a number of a serial that *values* do not give."""
    if not template.schema or not template.patterns or "number" not in template.patterns.names:
        return False
    names = template.schema.names
    said = values if isinstance(values, Mapping) else {}
    given = [value for name, value in said.items() if names.get(name) == "serial"]
    return "serial" in names and not any(given)


def _with_tables(
    source: Source, template: Template, given: Mapping[str, str], state: State
) -> Filled:
    """*source* with what it says in tables; conditions may ask for what is *given*."""
    if not names_tables(source.value):
        return Filled(source)
    schema = template.input_schema()
    filled = with_tables(
        source,
        schema.definition,
        own=own_names(template),
        typed=template.schema is not None,
        given=given,
        read=template.file_reader(source.file),
        state=state,
    )
    filled.names -= schema.names.keys()
    return filled


def _first_of_each_line(problems: Collection[Problem]) -> list[Problem]:
    """*problems* without what the schema says of a line on which YAML itself is at fault."""
    lines = {_line(problem) for problem in problems if problem.code.startswith("Y")}
    return [p for p in problems if not (p.code.startswith("D") and _line(p) in lines)]


def _line(problem: Problem) -> tuple[str, str]:
    return problem.where.file, problem.where.spot.partition(":")[0]


def check_input(found: Input) -> list[Problem]:
    """What an input that fits its schema breaks: requirements, plain sense, its trace."""
    problems = check_values(found.template, found.values, found.context, found.place)
    return in_order_of_place(problems + _check_trace(found))


def check_values(
    template: Template,
    values: Mapping[str, Any],
    context: Mapping[str, Any],
    place: Callable[[KeyPath], Location],
) -> list[Problem]:
    """What *values* that fit the schema break; *context* is what the template made of them.

    *place* says where the value at a path of English keys stands.
    """
    evaluate = partial(template.expressions.evaluate, state=template.budget())
    problems = with_waivers(
        check_requirements(template.requirements, context, place, evaluate), template.waivers
    )
    problems += sense_checks(values, place) + template.compiled.notes
    if template.needs_unit:
        problems += check_secrecy(values, place)
        problems += check_imprint(context, place)
        problems += check_agreement(context, template.kind, place)
        problems += check_characters(values, template.limited_fonts, place)
    if template.schema is None:
        from generator.variables import doubtful_values

        problems += doubtful_values(values, template.uses, place)
    shows_marks = "issuing_organs[].mark" in template.compiled.readings
    problems += doubts(context, shows_marks=shows_marks, place=place)
    if template.first_page and template.first_page.is_crowded(context):
        moved = bool(context["moved_recipients"])
        problems.append(crowded_first_page(moved, place(("main_recipients",))))
    for problem in check_number(context.get("document_number"), template.kind, Location("")):
        problems.append(replace(problem, where=place(("serial",))))
    return problems


def _check_trace(found: Input) -> list[Problem]:
    """What is wrong with those entries of the trace that have their form."""
    definition = found.template.schema.definition if found.template.schema else None
    return check_trace(found.trace, found.values, None, found.place, definition)


@dataclass(frozen=True)
class Made:
    """A document, the file name that its template gives it, and the template."""

    document: Document
    name: str
    template: Template


def make_document(
    data: bytes,
    file: str,
    library: Library,
    *,
    template: str | None = None,
    settings: Mapping[str, str] | None = None,
    serial: int | None = None,
) -> tuple[Made | None, list[Problem]]:
    """The document of the input *data*, None with an error, and every problem of it."""
    try:
        found = read_input(data, file, library, template=template, settings=settings, serial=serial)
        problems = check_input(found)
        if any(problem.level == "error" for problem in problems):
            return None, problems
        document = found.template.document(found.context, file, found.place_of_value)
        return Made(
            document, found.template.file_name(found.context, file), found.template
        ), problems
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
    """Every problem of input files, in their order; nothing is written and nothing raised.

    Templates, as the paths of their folders or Word documents, are checked as far as that can be
    done without data.
    """
    library = library or open_library()
    problems: list[Problem] = []
    for file in inputs:
        if is_template(file):
            problems += check_template(library, file)
            continue
        try:
            problems += make_document(read_file(file), str(file), library)[1]
        except NoticeError as error:  # the file itself cannot be read
            problems += error.problems
    return problems


def check_template(library: Library, path: FilePath, unit: str | None = None) -> list[Problem]:
    """Every problem of a template that can be found without data."""
    from generator.library import checking  # it compiles, which making a document seldom does

    return checking.check_template(library, path, unit)


def _named(settings: Mapping[str, str]) -> str | None:
    """The template that *settings* name, by its key or its label."""
    return settings.get("template") or settings.get("模板")
