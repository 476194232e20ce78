"""The head of an input: the template, the unit and the sources that it names."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

from generator.library import Library, Template
from generator.library.layers import TEMPLATE, UNIT, beside, is_word_file, missing
from generator.library.organs import may_not_issue
from generator.problems import Location, Message, NoticeError, Problem
from generator.schema import Schema
from generator.schema.advice import are_labels
from generator.schema.tables import TABLE
from generator.sources import KeyPath, Source
from generator.tracing import TRACE_SCHEMA

RESERVED = Schema(
    {
        "properties": {
            "template": {"title": "模板", "type": "string"},
            "unit": {"title": "发文单位", "type": "string"},
            "from": {"title": "取自", **TABLE},
            "trace": TRACE_SCHEMA,
        }
    }
)
"""The keys of every input that are not values of its template."""


@dataclass
class Head:
    """What an input says of itself, and what is wrong with it."""

    template: Template | None
    """None with a problem that leaves nothing to say of the values."""
    trace: list[dict[str, Any]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_head(source: Source, library: Library, template: str | None = None) -> Head:
    """The head of *source*; *template* goes before what it says.

    The path of a Word document counts from the current folder in *template*, in *source* from the
    folder of that file. Raises NoticeError where the template itself is at fault.
    """
    reserved, problems = _survey(source)
    name, unit = template or reserved.get("template"), reserved.get("unit")
    if isinstance(name, str) and is_word_file(name):
        path = name if template else beside(source.file, name)
        return _word_file(library, path, source)
    if not isinstance(name, str) or not isinstance(unit, str | None):
        return Head(None, problems=problems or [_no_template(source, library)])
    found, faults = _find(library, name, unit, source)
    problems += faults or _check_issuer(found, source)
    return Head(found, reserved.get("trace") or [], problems)


def _survey(source: Source, own: frozenset[str] = frozenset()) -> tuple[Any, list[Problem]]:
    """The reserved values of *source* and their problems; names in *own* are none here."""
    said = _as_mapping(source.value)
    reserved = {key: value for key, value in said.items() if key in RESERVED.names.keys() - own}
    return RESERVED.survey(replace(source, value=reserved))


def _word_file(library: Library, path: str, source: Source) -> Head:
    """The head where the template is a Word document, for the unit if *source* names one."""
    found = library.word_file(path)
    reserved, problems = _survey(source, own_names(found))
    unit = reserved.get("unit")
    if unit in library.units:
        found = library.word_file(path, unit)
    elif isinstance(unit, str):
        problems += missing(UNIT, unit, library.units, RESERVED.place(source, ("unit",))).problems
    return Head(found, reserved.get("trace") or [], problems)


def own_names(template: Template) -> frozenset[str]:
    """The reserved names that a template without a schema reads as values of its own.

    A clerk's letter may well say `{{ 发文单位 }}`.
    """
    if template.schema is not None:
        return frozenset()
    from generator.rules.paths import steps

    return frozenset(RESERVED.names) & ({steps(path)[0] for path in template.uses} - template.given)


def _find(
    library: Library, name: str, slug: str | None, source: Source
) -> tuple[Template, list[Problem]]:
    """The template for a unit; without a unit, and a problem, where there is no such unit.

    Raises NoticeError where there is no such template, where the input asks for it.
    """
    problems: list[Problem] = []
    if slug is not None and slug not in library.units:
        where = RESERVED.place(source, ("unit",))
        problems, slug = missing(UNIT, slug, library.units, where).problems, None
    elif slug is None:
        problems = [_no_unit(source, library)]
    try:
        template = library.template(name, slug)
    except NoticeError as error:
        known = dict(library.templates(slug))
        if name in known:
            raise
        where = RESERVED.place(source, ("template",))
        faults = missing(TEMPLATE, name, known, where).problems
        raise NoticeError(faults + (problems if slug is None else [])) from error
    return template, problems if template.needs_unit else []


def _no_unit(source: Source, library: Library) -> Problem:
    units, key = ", ".join(sorted(library.units)), _key("unit", _as_mapping(source.value))
    hint = (
        Message("add “{key}: …”, or name one with --unit; there are: {units}", key=key, units=units)
        if units
        else Message("add “{key}: …”, and name the folder of units with --templates", key=key)
    )
    message = Message("the input names no unit (unit / 发文单位)")
    return Problem("B005", message, Location(source.file), hint)


def _check_issuer(template: Template, source: Source) -> list[Problem]:
    kind = (template.defaults.get("unit") or {}).get("kind")
    if not template.issuers or kind is None or kind in template.issuers:
        return []
    where = RESERVED.place(source, ("unit",))
    return [may_not_issue(template.name, kind, template.issuers, where)]


def _no_template(source: Source, library: Library) -> Problem:
    message = Message("the input names no template (template / 模板)")
    said = _as_mapping(source.value)
    for name in said:
        if close := _meant(str(name), "template"):
            hint = Message("did you mean “{name}”?", name=close)
            return Problem("B007", message, source.key_place((name,)), hint)
    names = ", ".join(name for name, _ in library.templates())
    hint = Message("add “{key}: …”; there are: {names}", key=_key("template", said), names=names)
    return Problem("B007", message, Location(source.file), hint)


def _meant(name: str, key: str) -> str:
    """The name of the reserved *key*, English or Chinese, that *name* seems to be; else `""`."""
    import difflib  # only where something is wrong

    same = [each for each, its in RESERVED.names.items() if its == key]
    close = difflib.get_close_matches(name[:100], same, 1, 0.75 if name.isascii() else 0.5)
    return close[0] if close and name not in RESERVED.names else ""


def _key(key: str, said: Mapping[str, object]) -> str:
    """How an input that says *said* would write the reserved *key*: in English, or as a label."""
    return RESERVED.label((key,)) if are_labels(said) else key


def _as_mapping(value: object) -> dict[str, Any]:
    return dict(value) if isinstance(value, Mapping) else {}


def with_common(
    source: Source, common: Source | None, names: Mapping[str, str], *, others: bool = False
) -> Source:
    """*source* with what *common* says where it says nothing, not even under another name.

    *names* map keys and labels to keys; keys that are not among them come along with *others*.
    """
    if common is None:
        return source
    value, given = _as_mapping(source.value), _as_mapping(common.value)
    said = {names.get(name, name) for name, text in value.items() if text is not None}
    added = {
        name for name in given if (others or name in names) and names.get(name, name) not in said
    }
    keys = {names.get(name, name) for name in added}
    value = {name: text for name, text in value.items() if names.get(name, name) not in keys}
    value |= {name: given[name] for name in given if name in added}

    return replace(
        source,
        value=value,
        places=_first(source.places, common.places),
        keys=_first(source.keys, common.keys),
        quoted=source.quoted | {path for path in common.quoted if path[0] in added},
    )


def _first(*places: Mapping[KeyPath, Location]) -> Mapping[KeyPath, Location]:
    """The places of the first of *places* that has them; each row of a table asks for few."""
    return ChainMap(*cast("tuple[dict[KeyPath, Location], ...]", places))


def with_settings(source: Source, settings: Mapping[str, str], names: Mapping[str, str]) -> Source:
    """*source* with *settings* instead of its own values; *names* map keys and labels to keys."""
    if not settings:
        return source
    value = _as_mapping(source.value)
    here: dict[KeyPath, Location] = {}
    gone: set[object] = set()
    for name, text in settings.items():
        key = names.get(name, name)
        for other in [other for other in value if names.get(other, other) == key]:
            del value[other]
            gone.add(other)
        value[key] = text or None
        here[(key,)] = Location("--unit" if name == "unit" else f"--set {name}")
        gone.add(key)
    return replace(
        source,
        value=value,
        places=_first(here, source.places),
        keys=_first(here, source.keys),
        quoted=frozenset(path for path in source.quoted if path[0] not in gone),
    )
