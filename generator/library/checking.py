"""Checking a template without data: it is compiled, and what it reads is held to its schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from generator.layouts.fields import FIELDS
from generator.library import Library
from generator.library.bare import make_bare
from generator.library.definitions import UNIT, Definition, read_definition
from generator.library.layers import (
    DEFINITION,
    FilePath,
    is_template_folder,
    is_word_file,
    read_file,
)
from generator.library.settings import unprinted_annexes, unused_layout
from generator.library.template import Template
from generator.limits import Limits
from generator.outline import outline
from generator.problems import Location, Message, NoticeError, Problem
from generator.runtime.readings import Reading, Readings
from generator.schema import Definition as Json
from generator.sources import KeyPath, Source, decode, in_order_of_place, read_yaml
from generator.tagging import scan
from generator.variables import item_of, unknown_names, unused_fields

_TEXT: Json = {"type": "string"}


def check_template(library: Library, path: FilePath, unit: str | None = None) -> list[Problem]:
    """Every problem of the template at *path* that can be found without data.

    *path* is a Word document, or a template's folder in a workspace, which becomes the nearest one
    of *library*, or in a unit, whose version it is.
    """
    try:
        if is_word_file(path):
            return _check_word_file(str(path), library.limits)
        return _check_folder(library, Path(path), unit)
    except NoticeError as error:
        return error.problems


def _check_word_file(file: str, limits: Limits) -> list[Problem]:
    data = read_file(file)
    notes = make_bare(data, file, limits=limits).compiled.notes
    if scan(outline(data, file)):
        return notes
    message = Message("the document holds no tags, so it is no template")
    hint = Message("type “{{{{ 名称 }}}}” where a value belongs")
    return [Problem("B031", message, Location(file), hint)]


def _check_folder(library: Library, folder: Path, unit: str | None) -> list[Problem]:
    if not is_template_folder(folder):
        message = Message("the folder holds no template")
        hint = Message("a template has a body.md or body.docx, and a template.yaml")
        return [Problem("B030", message, Location(str(folder)), hint)]
    if folder.name in ("", ".."):  # else it is named as the user typed it
        folder = folder.resolve()
    layer, name = folder.parent, folder.name
    if (layer / "unit.yaml").is_file() and layer.absolute().parent.name == "units":
        if len(layer.parents) < 2:
            layer = layer.absolute()
        layer, unit = layer.parent.parent, layer.name
    library = library.with_nearest(layer)
    template = library.template(name, unit)
    sources = [
        _read(path) for layer in library.layers(unit) for path in layer.files(name, [DEFINITION])
    ]
    problems = [*template.compiled.notes]
    definition = read_definition(sources)
    problems += list(_compare(template, definition)) if template.schema else []
    problems += [*unprinted_annexes(template, definition), *unused_layout(template, definition)]
    order = {file: number for number, file in enumerate(template.files)}
    problems = list(dict.fromkeys(problems))  # a requirement may read a name in each of its texts
    return sorted(in_order_of_place(problems), key=lambda each: order.get(each.where.file, -1))


def _read(path: Path) -> Source:
    return read_yaml(decode(read_file(path), str(path)), str(path))


# --- what is read and what there is --------------------------------------------------------------


def _compare(template: Template, definition: Definition) -> Iterator[Problem]:
    """What tags, patterns and requirements read in vain, and what of the schema none of them do."""
    known = _known(template)
    yield from unknown_names(template.compiled.readings, known, template.compiled.place_of_reading)
    for patterns in filter(None, (template.patterns, template.file_name_pattern)):
        for name, readings in patterns.readings.items():
            yield from unknown_names(readings, known, _always(patterns.places[name]))
    uses = dict(template.uses)
    if template.completion:
        for name, expression in template.completion.expressions.items():
            readings = template.expressions.readings[expression]
            yield from unknown_names(readings, known, _always(template.completion.places[name]))
    for index, requirement in enumerate(template.requirements):
        place = _always(definition.place("requirements", index))
        for path in (*requirement.paths, *requirement.pointed_at):
            yield from unknown_names(_asked(path), known, place)
        for path in (*requirement.paths, *requirement.optional_paths):
            uses[path] = uses.get(path, frozenset()) | {"loop"}
        for expression, rows in requirement.scopes:
            row = {"row": item_of(known, rows), "index": {"type": "integer"}} if rows else {}
            readings = template.expressions.readings[expression]
            yield from unknown_names(readings, _with(known, row), place)
            for path, reading in readings.items():
                full = _of_row(path, rows)
                uses[full] = uses.get(full, frozenset()) | reading.uses
    yield from _unused(template, definition, uses)


def _known(template: Template) -> Json:
    """The definition of all that the tags of a template can read."""
    unit = cast("Mapping[str, Json]", UNIT.definition["properties"])
    given: dict[str, Json] = {"unit": {**UNIT.definition, "properties": {**unit, "slug": _TEXT}}}
    if template.patterns or template.needs_unit:
        said = ("label", "heading", "number", "title", "note")
        annex = _object(dict.fromkeys(said, _TEXT))
        given |= dict.fromkeys(("title", "title_lines", "document_number"), _TEXT)
        given["annexes"] = _object(dict.fromkeys(template.annexes, annex))
    if template.needs_unit:
        given |= dict.fromkeys(("issuer", "issuer_mark", "date_of_printing"), _TEXT)
        given["issuers"] = {"type": "array", "items": _TEXT}
        given["issuing_organs"] = {}
        given["moved_recipients"] = {"type": "array", "items": _TEXT}
    assert template.schema is not None
    return _with(template.schema.definition, given)


def _object(properties: Mapping[str, Json]) -> Json:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _with(definition: Json, properties: Mapping[str, Json]) -> Json:
    own = cast("Mapping[str, Json]", definition.get("properties", {}))
    return {**definition, "properties": {**own, **properties}}


def _unused(
    template: Template, definition: Definition, uses: Mapping[str, frozenset[str]]
) -> list[Problem]:
    """The fields that the template itself adds and nothing reads; layouts have their own."""
    assert template.schema is not None
    source = next((each for each in definition.sources if ("schema",) in each.places), None)
    if source is None:
        return []
    written: Any = source.value
    own = written["schema"].get("properties") or {}
    properties = cast("Mapping[str, Json]", template.schema.definition["properties"])
    common = FIELDS["document"]["properties"] if template.needs_unit else ()

    def place(path: KeyPath) -> Location:
        return source.key_place(("schema", *path))

    described = _object({key: properties[key] for key in own if key in properties})
    return unused_fields(described, uses, place, common)


def _always(where: Location) -> Any:
    return lambda _: where


def _asked(path: str) -> Readings:
    return {path: Reading("", 1, frozenset({"loop"}))}


def _of_row(path: str, rows: str) -> str:
    """The path of a value that an expression reads, where it stands in the input.

    Its `row` is an item of the list at *rows*, if there is one.
    """
    first, *rest = path.partition(".")
    if rows and first in ("row", "row[]"):
        return f"{rows}[]{first.removeprefix('row')}{''.join(rest)}"
    return path
