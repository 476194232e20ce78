"""Making a Template: its files are found layer by layer, read, and compiled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from generator import layouts
from generator.compiler.bodies import Body, read_word_body
from generator.compiler.chain import compile_body
from generator.compiler.family import gather
from generator.compiler.patterns import Expressions, Patterns
from generator.layouts.fields import FIELDS
from generator.layouts.first_page import FirstPage
from generator.layouts.properties import PROPERTIES
from generator.library import keeping
from generator.library.completing import read_completion
from generator.library.definitions import (
    UNIT,
    Definition,
    complete_schema,
    issuer_mark,
    read_definition,
    read_units,
)
from generator.library.layers import (
    BODIES,
    DEFINITION,
    LAYOUT,
    LAYOUT_NAME,
    TEMPLATE,
    Layer,
    is_name,
    layout_file,
    missing,
    read_file,
)
from generator.library.organs import Organs, organ_of
from generator.library.requirements import compile_requirements
from generator.library.seals import Seal, read_pictures
from generator.library.template import Template
from generator.library.unit_layouts import UnitLayouts
from generator.library.units import Units
from generator.limits import DEFAULTS, Limits
from generator.markdown import survey_markdown
from generator.problems import Location, Message, NoticeError, Problem
from generator.rules import Rule, unknown_waivers
from generator.runtime.compiled import CompiledTemplate
from generator.schema import Schema
from generator.sources import KeyPath, Source, decode, read_yaml
from generator.wordml import tag_code, tags_in

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


class Maker:
    """Makes the templates of one unit, and remembers each file that it looked at."""

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
        self._layers = layers
        self._limits = limits
        self._unit_sources = [source for _, source in units]
        self._unit = units[0][0] if units else None
        self._others = others
        self._settings = read_units(units) if units else None
        self._digests: dict[str, str] = {}
        self._pictures = self._read_pictures()
        self._drawn = UnitLayouts(self._settings or {}, self._unit_sources, self._pictures)
        self._files: dict[str, None] = {}
        self._used_layout = ""
        self._first_page: FirstPage | None = None
        for source in self._unit_sources:
            self._note(Path(source.file))

    def _read_pictures(self) -> Mapping[str, Seal | None]:
        """The pictures that the unit supplies. Raises NoticeError with what is wrong with them."""
        if self._settings is None:
            return {}
        source = self._unit_sources[0]
        pictures = read_pictures(self._settings, source, self._limits)
        for key, picture in pictures.items():
            if picture is not None:
                path = Path(source.file).parent / self._settings[key]["picture"]
                data = picture["picture"]
                self._digests[str(path.resolve())] = keeping.content_digest(data)
        return pictures

    def make(self, name: str) -> keeping.Kept:
        """The template *name* with the digests of all that it depends on.

        Raises NoticeError with every problem of its files.
        """
        definition = self._define(name)
        steps = _Steps()
        body = steps.take(lambda: self._find_body(name, Location(""), self._layers))
        if body is None and not definition.sources:
            raise NoticeError(steps.problems)
        layout, compiled = self._named(definition), None
        if body is not None:
            compiled = steps.take(lambda: compile_body(body, self.find, layout, self._limits))
        template = self._assemble(name, definition, compiled, steps)
        if steps.problems or template is None:
            raise NoticeError(steps.problems)
        return keeping.Kept(template, self._digests)

    def chain(self, name: str) -> list[Body]:
        """The body of the template *name* and those that it extends, nearest first."""
        body = self._find_body(name, Location(""), self._layers)
        return gather(body, self.find, self.layout(name)).chain

    def layout(self, name: str) -> str:
        """What content of the template *name* fills that extends nothing itself."""
        return self._named(self._define(name))

    def _define(self, name: str) -> Definition:
        definition = read_definition(
            [self._read_yaml(path) for path in self._find_all(name, ("template.yaml",))]
        )
        self._check_code(definition)
        return definition

    def _named(self, definition: Definition) -> str:
        """The layout that a definition names, as a tag would name it."""
        layout: str = definition.values.get("layout") or _DEFAULT_LAYOUT
        if layout in layouts.LAYOUTS:  # a template may have its name
            return f"{LAYOUT_NAME}{layout}"
        if not self._find_all(layout, BODIES):
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

    # --- files -----------------------------------------------------------------------------------

    def _note(self, path: Path) -> bool:
        """Remember that *path* was looked at; whether there is such a file."""
        absolute = str(path.resolve())
        if absolute not in self._digests:
            self._digests[absolute] = keeping.digest(path)
        return bool(self._digests[absolute])

    def _find_all(self, name: str, files: tuple[str, ...]) -> list[Path]:
        """The files of a template of these names, nearest first."""
        return [
            path
            for layer in self._layers
            for file in files
            if self._note(path := layer.folder / name / file)
        ]

    def _read_yaml(self, path: Path) -> Source:
        return read_yaml(decode(self._read(path), str(path)), str(path))

    def _read(self, path: Path) -> bytes:
        self._files[str(path)] = None
        return read_file(path)

    # --- bodies ----------------------------------------------------------------------------------

    def find(self, name: str, asked: str) -> Body:
        """The body that a tag in the template *asked* means by *name*.

        `layout:letter` is the layout, `letter` the template of that name, if there is one. A layout
        that extends its own name extends the next one out.
        """
        layer_index, _, asking = asked.partition(":")
        if not layer_index.isdigit():
            raise self._missing(name, Location(asked))
        layers, own = self._layers, asking.partition("/")[0]
        where = Location(str(self._layers[int(layer_index)].folder / asking))
        if name.startswith(LAYOUT_NAME):
            layout = name.removeprefix(LAYOUT_NAME)
            if asking == layout_file(layout):
                layers = layers[int(layer_index) + 1 :]
            return self._find_layout(layout, where, layers)
        if name == own:
            layers = layers[int(layer_index) + 1 :]
        if name.endswith((".md", ".docx")) and is_name(name):
            return self._read_first(own, (name,), layers, where)
        return self._find_body(name, where, layers)

    def _find_body(self, name: str, where: Location, layers: list[Layer]) -> Body:
        if name in layouts.LAYOUTS and not any(
            self._note(layer.folder / name / file) for layer in layers for file in BODIES
        ):
            return self._find_layout(name, where, layers)
        if not is_name(name):
            raise self._missing(name, where)
        return self._read_first(name, BODIES, layers, where)

    def _find_layout(self, name: str, where: Location, layers: list[Layer]) -> Body:
        """The layout *name*: the Word document for it in the nearest of *layers*, or ours.

        As it is drawn for the mark of one unit, no other one inherits it.
        """
        if name not in layouts.LAYOUTS:
            raise missing(LAYOUT, name, layouts.LAYOUTS, where)
        file = layout_file(name)
        own = (layer for layer in layers if layer.unit in ("", self._unit))
        nearest = next((layer for layer in own if self._note(layer.folder / file)), None)
        if nearest is None:
            canonical = said = f"{LAYOUT_NAME}{name}"
            data = self._drawn.build(name)
        else:
            canonical = f"{self._layers.index(nearest)}:{file}"
            said = str(nearest.folder / file)
            data = self._read(nearest.folder / file)
        body = read_word_body(data, canonical, said, self._limits, PROPERTIES)
        self._used_layout = name
        if any("moved_recipients" in tag_code(tag) for tag in tags_in(body.root)):
            self._first_page = self._drawn.first_page(name)
        body.kept_blocks = layouts.KEPT_BLOCKS
        return body

    def _read_first(
        self, folder: str, files: tuple[str, ...], layers: list[Layer], where: Location
    ) -> Body:
        for layer in layers:
            for file in files:
                path = layer.folder / folder / file
                if self._note(path):
                    return self._read_body(path, f"{self._layers.index(layer)}:{folder}/{file}")
        raise self._missing(files[0] if files != BODIES else folder, where)

    def _read_body(self, path: Path, name: str) -> Body:
        data, file = self._read(path), str(path)
        if path.suffix == ".docx":
            return read_word_body(data, name, file, self._limits)
        if len(data) > self._limits.markup:
            raise NoticeError([Problem("B003", Message("the file is too large"), Location(file))])
        content, problems = survey_markdown(decode(data, file), file)
        return Body(name, file, {"": content}, problems=problems)

    def source(self, body: Body) -> bytes:
        """The content of the file of a body, or the package of a layout."""
        layout = body.name.removeprefix(LAYOUT_NAME)
        return self._read(Path(body.file)) if layout == body.name else self._drawn.build(layout)

    def _missing(self, name: str, where: Location) -> NoticeError:
        known = {found for layer in self._layers for found in layer.templates}
        return missing(TEMPLATE, name, [*known, *layouts.LAYOUTS], where)

    # --- the whole -------------------------------------------------------------------------------

    def _assemble(
        self, name: str, definition: Definition, compiled: CompiledTemplate | None, steps: _Steps
    ) -> Template | None:
        """The template, if *steps* has no problem; the problems of its settings are added."""
        values, layout, limits = definition.values, self._used_layout, self._limits
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
        made = steps.take(lambda: read_completion(definition, own, expressions))
        own, completion = made or (own, None)
        text_patterns = steps.take(lambda: Patterns(patterns, places, limits)) if patterns else None
        of_file_name = (
            steps.take(lambda: Patterns(file_name, places, limits)) if file_name else None
        )
        requirements = steps.take(lambda: compile_requirements(definition, expressions))
        waivers = None
        if requirements is not None:
            waivers = steps.take(partial(self._waivers, name, requirements))
        if compiled is None or steps.problems:
            return None
        return Template(
            name=name,
            unit=self._unit,
            schema=Schema(own) if own else None,
            compiled=compiled,
            defaults=self._defaults(layout),
            needs_unit=bool(layout),
            kind=values.get("kind"),
            issuers=tuple(values.get("issuers") or ()),
            patterns=text_patterns,
            file_name_pattern=of_file_name,
            annexes=tuple(values.get("annexes") or ()),
            organs=self._organs(layout) if layout else None,
            first_page=self._first_page,
            requirements=requirements or (),
            waivers=waivers or {},
            completion=completion,
            expressions=expressions,
            files=tuple(self._files),
            folders=tuple(str(layer.folder) for layer in self._layers),
            fingerprint=keeping.fingerprint(self._digests),
        )

    def _waivers(self, name: str, requirements: tuple[Rule, ...]) -> dict[str, str]:
        """What the unit waives of the template *name*: a code, and its reason.

        Raises NoticeError for what the template does not ask for, and for a template that is none.
        """
        said: dict[str, dict[str, str]] = (self._settings or {}).get("waivers") or {}

        def place(path: KeyPath) -> Location:
            return UNIT.place(self._unit_sources[0], ("waivers", *path))

        for other in said:
            if not (is_name(other) and self._find_all(other, (DEFINITION, *BODIES))):
                raise self._missing(other, place((other,)))
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
