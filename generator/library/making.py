"""Making a Template of its settings and of what its body compiles to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from generator import layouts
from generator.compiler.bodies import Body
from generator.compiler.chain import compile_family
from generator.compiler.family import Family, gather
from generator.compiler.patterns import Expressions, Patterns
from generator.layouts.fields import FIELDS
from generator.layouts.first_page import FirstPage
from generator.library import keeping
from generator.library.bodies import Bodies
from generator.library.completing import read_completion
from generator.library.definitions import (
    UNIT,
    Definition,
    complete_schema,
    issuer_mark,
    read_definition,
    read_units,
)
from generator.library.files import Files
from generator.library.first_pages import first_page
from generator.library.layers import (
    BODIES,
    DEFINITION,
    LAYOUT,
    LAYOUT_NAME,
    Layer,
    is_name,
    missing,
)
from generator.library.organs import Organs, organ_of
from generator.library.requirements import compile_requirements
from generator.library.seals import Seal, read_pictures
from generator.library.template import Template
from generator.library.unit_layouts import UnitLayouts
from generator.library.units import Units
from generator.limits import DEFAULTS, Limits
from generator.problems import Location, Message, NoticeError, Problem
from generator.rules import Rule, unknown_waivers
from generator.runtime.compiled import CompiledTemplate
from generator.schema import Schema
from generator.sources import KeyPath, Source

_DEFAULT_LAYOUT = "document"


Result = TypeVar("Result")


class _Steps:
    """Steps of a work whose problems are told together."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def take(self, step: Callable[[], Result]) -> Result | None:
        """What *step* returns; None, and its problems gathered, where it raises NoticeError."""
        try:
            return step()
        except NoticeError as error:
            self.problems += error.problems
            return None


@dataclass(frozen=True, slots=True)
class _Made:
    """What comes of the body of a template and all that it extends."""

    compiled: CompiledTemplate | None = None
    layout: str = ""
    """The nearest layout of its chain, whose fields it has; `""` without one."""
    first_page: FirstPage | None = None


class Maker:
    """Makes the templates of one unit."""

    bodies: Bodies
    """Those that the unit sees."""

    def __init__(
        self,
        layers: list[Layer],
        units: list[tuple[str, Source]],
        others: Units,
        limits: Limits = DEFAULTS,
    ) -> None:
        """*layers* and *units* (the unit, its parent …, each with its unit.yaml), nearest first.

        *others* are the units that a document may be issued with.
        """
        self._limits = limits
        self._unit_sources = [source for _, source in units]
        self._unit = units[0][0] if units else None
        self._others = others
        self._settings = read_units(units) if units else None
        self._files = Files(layers)
        self._pictures = self._read_pictures()
        self._drawn = UnitLayouts(self._settings or {}, self._unit_sources, self._pictures)
        self.bodies = Bodies(self._files, self._unit, self._drawn, limits)
        for source in self._unit_sources:
            self._files.note(Path(source.file))

    def _read_pictures(self) -> Mapping[str, Seal | None]:
        """The pictures that the unit supplies. Raises NoticeError with what is wrong with them."""
        if self._settings is None:
            return {}
        source = self._unit_sources[0]
        pictures = read_pictures(self._settings, source, self._limits)
        for key, picture in pictures.items():
            if picture is not None:
                path = Path(source.file).parent / self._settings[key]["picture"]
                self._files.remember(path, picture["picture"])
        return pictures

    def make(self, name: str) -> keeping.Kept:
        """The template *name* with the digests of all that it depends on.

        Raises NoticeError with every problem of its files.
        """
        definition = self._define(name)
        steps = _Steps()
        body = steps.take(lambda: self.bodies.named(name, Location("")))
        if body is None and not definition.sources:
            raise NoticeError(steps.problems)
        layout, made = self._named(definition), _Made()
        if body is not None:
            made = self._compile(gather(body, self.bodies.find, layout), steps)
        template = self._assemble(name, definition, made, steps)
        if steps.problems or template is None:
            raise NoticeError(steps.problems)
        return keeping.Kept(template, self._files.digests)

    def _compile(self, family: Family, steps: _Steps) -> _Made:
        """What comes of a template's family; the problems are added to *steps*."""
        layout = next((body.layout for body in family.chain if body.layout), "")
        page = first_page(family.chain, self._drawn)
        compiled = steps.take(lambda: compile_family(family, self._limits))
        return _Made(compiled, layout, page)

    def chain(self, name: str) -> list[Body]:
        """The body of the template *name* and those that it extends, nearest first."""
        body = self.bodies.named(name, Location(""))
        return gather(body, self.bodies.find, self.layout(name)).chain

    def layout(self, name: str) -> str:
        """What content of the template *name* fills that extends nothing itself."""
        return self._named(self._define(name))

    def _define(self, name: str) -> Definition:
        paths = self._files.find_all(name, (DEFINITION,))
        definition = read_definition([self._files.read_yaml(path) for path in paths])
        self._check_code(definition)
        return definition

    def _named(self, definition: Definition) -> str:
        """The layout that a definition names, as a tag would name it."""
        layout: str = definition.values.get("layout") or _DEFAULT_LAYOUT
        if layout in layouts.LAYOUTS:  # a template may have its name
            return f"{LAYOUT_NAME}{layout}"
        if not self._files.find_all(layout, BODIES):
            where = definition.place("layout")
            raise missing(LAYOUT, layout, layouts.LAYOUTS, where)
        return layout

    def _check_code(self, definition: Definition) -> None:
        """Raise NoticeError where the number is made of the unit's code and the unit has none."""
        number = definition.values.get("number") or ""
        if self._settings and not self._settings["code"] and "unit.code" in number:
            message = Message("the unit has no code (code / 机关代字), of which the number is made")
            where = Location(self._unit_sources[0].file)
            raise NoticeError([Problem("B008", message, where, Message("add “code: …”"))])

    def _assemble(
        self, name: str, definition: Definition, made: _Made, steps: _Steps
    ) -> Template | None:
        """The template, if *steps* has no problem; the problems of its settings are added."""
        values, layout, limits = definition.values, made.layout, self._limits
        patterns = definition.patterns
        places = {
            pattern: definition.place(*pattern.split(".", 1))
            for pattern in [*patterns, "file_name"]
        }
        file_name = {"file_name": values["file_name"]} if values.get("file_name") else {}
        common = FIELDS[layout]["properties"] if layout else ()
        own = steps.take(lambda: definition.read_schema(common)) or {}
        if layout:
            own = complete_schema(own, layout, definition, self._settings)
        expressions = Expressions(self._limits)
        completed = steps.take(lambda: read_completion(definition, own, expressions))
        own, completion = completed or (own, None)
        text_patterns = steps.take(lambda: Patterns(patterns, places, limits)) if patterns else None
        of_file_name = (
            steps.take(lambda: Patterns(file_name, places, limits)) if file_name else None
        )
        requirements = steps.take(lambda: compile_requirements(definition, expressions))
        waivers = None
        if requirements is not None:
            waivers = steps.take(partial(self._waivers, name, requirements))
        if made.compiled is None or steps.problems:
            return None
        return Template(
            name=name,
            unit=self._unit,
            schema=Schema(own) if own else None,
            compiled=made.compiled,
            defaults=self._defaults(layout),
            needs_unit=bool(layout),
            kind=values.get("kind"),
            issuers=tuple(values.get("issuers") or ()),
            patterns=text_patterns,
            file_name_pattern=of_file_name,
            annexes=tuple(values.get("annexes") or ()),
            organs=self._organs(layout) if layout else None,
            first_page=made.first_page,
            requirements=requirements or (),
            waivers=waivers or {},
            completion=completion,
            expressions=expressions,
            files=self._files.those_read,
            folders=tuple(str(layer.folder) for layer in self._files.layers),
            fingerprint=keeping.fingerprint(self._files.digests),
        )

    def _waivers(self, name: str, requirements: tuple[Rule, ...]) -> dict[str, str]:
        """What the unit waives of the template *name*: a code, and its reason.

        Raises NoticeError for what the template does not ask for, and for a template that is none.
        """
        said: dict[str, dict[str, str]] = (self._settings or {}).get("waivers") or {}

        def place(path: KeyPath) -> Location:
            return UNIT.place(self._unit_sources[0], ("waivers", *path))

        for other in said:
            if not (is_name(other) and self._files.find_all(other, (DEFINITION, *BODIES))):
                raise self.bodies.missing(other, place((other,)))
        waivers = said.get(name, {})
        if problems := unknown_waivers(waivers, requirements, name, lambda p: place((name, *p))):
            raise NoticeError(problems)
        return waivers

    def _organs(self, layout: str) -> Organs | None:
        """The organ that the unit is in *layout*, and what finds others; None without a unit."""
        if self._settings is None:
            return None
        first = organ_of(self._settings, issuer_mark(layout, self._settings), self._pictures)
        return Organs(first, self._others, layout, self._limits)

    def _defaults(self, layout: str) -> dict[str, Any]:
        """What the body sees where neither values nor patterns give it."""
        settings = self._settings
        defaults: dict[str, Any] = {"unit": settings} if settings else {}
        if layout:
            defaults |= {
                "title": "",
                "title_lines": "",
                "document_number": None,
                "annexes": {},
                "moved_recipients": None,
                "issuer": (settings or {}).get("issuer"),
                "issuer_mark": issuer_mark(layout, settings),
            }
        return defaults
