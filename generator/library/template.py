"""The Template that users hold."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from generator.compiler.patterns import Expressions, Patterns
from generator.layouts.first_page import FirstPage
from generator.layouts.typefaces import limited_fonts
from generator.library.completing import Completion
from generator.library.lacking import explained
from generator.library.organs import Organs
from generator.library.pictures import file_reader
from generator.problems import Location, Message, NoticeError, Problem
from generator.rendering import render
from generator.runtime.compiled import CompiledTemplate
from generator.runtime.failures import PlaceOfValue
from generator.runtime.relationships import ReadFile, read_none
from generator.runtime.state import State
from generator.schema import Schema, place_in_values
from generator.sources import KeyPath
from generator.sources.text import unfit_values
from generator.titles import break_title

if TYPE_CHECKING:
    from generator.rules import Rule

Values = Mapping[str, object]
Clock = Callable[[], float]
Result = TypeVar("Result")
_LONGEST_NAME = 20


def place_among(
    values: Values, place: Callable[[KeyPath], Location], whole: Location
) -> PlaceOfValue:
    """Where the values that a template sees stand: *place* says it of *values*, *whole* of all.

    What its unit and its patterns give has only a path.
    """

    def place_of_value(path: KeyPath) -> Location:
        if not path:
            return whole
        return place(path) if path[0] in values else place_in_values(path)

    return place_of_value


def place_in_python(path: KeyPath) -> Location | None:
    """Where a value from Python stands: `schedule[2].date`."""
    return place_in_values(path) if path else None


@dataclass(frozen=True, slots=True)
class Document:
    """A finished document and what the register says of it."""

    data: bytes
    """The `.docx`."""
    title: str
    number: str
    """发文字号; `""` where the template gives none."""
    values: Mapping[str, Any]
    """All that the template saw."""


@dataclass(frozen=True)
class Template:
    """A template of a unit, compiled: renders any number of documents. It can be pickled."""

    name: str
    unit: str | None
    schema: Schema | None
    """What its values must be; None for a bare `.docx`."""
    compiled: CompiledTemplate
    defaults: Mapping[str, Any] = field(default_factory=dict)
    """What the unit gives where the values do not, and None for what nobody gives."""
    needs_unit: bool = False
    """Whether it has a layout, which shows the unit's letterhead or name."""
    kind: str | None = None
    """文种."""
    issuers: tuple[str, ...] = ()
    """The kinds of units that may issue it; any where empty."""
    patterns: Patterns | None = None
    file_name_pattern: Patterns | None = None
    annexes: tuple[str, ...] = ()
    """The keys of its annexes, in order."""
    first_page: FirstPage | None = None
    """The first page of its layout, where that may lack room for text below 主送机关."""
    requirements: tuple[Rule, ...] = ()
    waivers: Mapping[str, str] = field(default_factory=dict)
    """The codes of the requirements that the unit waives, and its reasons."""
    completion: Completion | None = None
    """What it makes of the values where one is missing."""
    expressions: Expressions = field(default_factory=Expressions)
    files: tuple[str, ...] = ()
    """The files that it was made of, nearest first."""
    organs: Organs | None = None
    """The organ that the unit is, and those that it may issue with; None without a layout."""
    folders: tuple[str, ...] = ()
    """The folders in which values may name files, nearest first."""
    fingerprint: str = ""
    """The digest of all files that it was made of: another one, another template."""

    @cached_property
    def limited_fonts(self) -> list[str]:
        """The fonts of its unit that draw no character outside GB2312."""
        unit = self.defaults.get("unit") or {}
        return limited_fonts(unit.get("fonts") or {})

    @property
    def is_bare(self) -> bool:
        """Whether no template.yaml and no layout says what its values are."""
        return self.schema is None and self.patterns is None

    def variables(self) -> frozenset[str]:
        """The values that the template reads, as paths such as `schedule[].date`."""
        return self.compiled.variables

    def render(self, values: Values) -> bytes:
        """The `.docx` made of *values*, which are held to the schema where there is one.

        Dates may be ISO text or `datetime.date`. Raises NoticeError with every problem.
        """
        checked = self.checked(values)
        try:
            return self.document(self.context(checked)).data
        except NoticeError:
            if problems := list(unfit_values(checked)):  # named by their fields, not by a tag
                raise NoticeError(problems) from None
            raise

    @cached_property
    def uses(self) -> dict[str, frozenset[str]]:
        """What the template, its patterns and defaults read each value for, by its path."""
        from generator.variables import merged

        readings = [self.compiled.readings]
        for patterns in (self.patterns, self.file_name_pattern):
            readings += patterns.readings.values() if patterns else ()
        if self.completion:
            made = self.completion.expressions.values()
            readings += [self.expressions.readings[expression] for expression in made]
        return merged(readings)

    @property
    def given(self) -> frozenset[str]:
        """The names that the template reads and no input gives: the unit, what patterns make."""
        of_patterns = {"title", "title_lines", "document_number", "annexes"}
        reads_unit = any(path.startswith("unit.") for path in self.uses)
        return frozenset(
            (of_patterns if self.patterns else set()) | ({"unit"} if reads_unit else set())
        )

    def input_schema(self) -> Schema:
        """What an input must hold: the schema, or else what the template reads."""
        if self.schema is not None:
            return self.schema
        from generator.variables import definition_read

        return Schema(definition_read(self.uses, self.given))

    def checked(self, values: Values) -> dict[str, Any]:
        """*values* held to the schema, with what is absent filled in.

        The files of pictures must be there. Raises NoticeError.
        """
        checked = self.schema.check(values) if self.schema else dict(values)
        checked, problems = self.completed(checked, place_in_values, self.budget())
        problems += self.unreadable_pictures(checked, place_in_values)
        problems += self.unknown_organs(checked, place_in_values)
        if problems:
            raise NoticeError(problems)
        return checked

    def unknown_organs(self, values: Values, place: Callable[[KeyPath], Location]) -> list[Problem]:
        """What is wrong with the organs that *values* name beside the unit (联合行文)."""
        if self.organs is None:
            return []
        return self.organs.problems(values, self.issuers, self.name, place)

    def budget(self) -> State:
        """What the conditions and expressions of one input may take, all together."""
        return self.expressions.budget(time.monotonic)

    def completed(
        self, checked: dict[str, Any], place: Callable[[KeyPath], Location], state: State
    ) -> tuple[dict[str, Any], list[Problem]]:
        """*checked* values with what the template makes of them where one is missing.

        That takes of the budget *state*. And what is wrong with it, at the *place* of the value.
        """
        if self.completion is None:
            return checked, []
        unit = self.defaults.get("unit")
        names = self.schema.names.values() if self.schema else ()
        checked = {**dict.fromkeys(names), **checked}  # faulty values are not all filled in
        evaluate = partial(self.expressions.evaluate, state=state)
        return self.completion.complete(checked, unit, evaluate, place)

    def unreadable_pictures(
        self, values: Values, place: Callable[[KeyPath], Location], file: str | None = None
    ) -> list[Problem]:
        """What is wrong with the pictures among *values*, which come from the input *file*."""
        if not self._picture_paths:
            return []
        from generator.library.pictures import unreadable_pictures

        read, limits = self.file_reader(file), self.compiled.limits
        return list(unreadable_pictures(values, self._picture_paths, read, limits, place))

    def pictures_named(self, values: Values, file: str | None = None) -> dict[str, bytes]:
        """The pictures that checked *values*, which come from the input *file*, name."""
        if not self._picture_paths:
            return {}
        from generator.library.pictures import pictures_named

        return pictures_named(values, self._picture_paths, self.file_reader(file))

    @cached_property
    def _picture_paths(self) -> list[tuple[str, ...]]:
        """The paths of what the schema calls a picture, and of what a tag prints as one."""
        if not self.compiled.relationships:  # which those that print pictures have
            return []
        from generator.rules.paths import steps

        declared = self.schema.pictures if self.schema else []
        printed = [steps(path) for path, its in self.uses.items() if "picture" in its]
        return list(dict.fromkeys(declared + printed))

    def file_reader(self, file: str | None) -> ReadFile:
        """What reads the files that values from the input *file* name."""
        beside = () if file is None else (str(Path(file).parent),)
        return file_reader((*beside, *self.folders), self.compiled.limits)

    def facts(self, others: Iterable[str] = ()) -> tuple[object, ...]:
        """All that decides what a document is beside its values: files, unit, organs.

        *others* are the organs that its values name beside the unit. Raises NoticeError.
        """
        organs = [self.organs.find(name) for name in others] if self.organs else []
        return (self.fingerprint, self.unit, self.defaults, *organs)

    def context(
        self, checked: Values, place_of_value: PlaceOfValue = place_in_python
    ) -> dict[str, Any]:
        """All that the body sees: checked values, the unit's, title, number and annexes.

        Raises NoticeError for patterns that fail; *place_of_value* says where *checked* is from.
        """
        if self.needs_unit and self.unit is None:
            message = Message("the template “{name}” needs a unit", name=self.name)
            raise NoticeError([Problem("B005", message, Location(""))])
        context = dict(self.defaults)
        for name, value in checked.items():
            if value is not None or name not in context:
                context[name] = value
        if context.get("date_of_printing") is None and "date_of_issue" in context:
            context["date_of_printing"] = context["date_of_issue"]
        if self.organs is not None:
            context |= self.organs.issuing(context)
        if self.patterns:
            texts = self.patterns.render(context, time.monotonic, place_of_value)
            context["document_number"] = texts.get("number") or None
            title = texts.get("title", "")
            context["title"] = title.replace("\n", "")
            context["title_lines"] = break_title(title, names=_names(context))
            titles = {key: texts[f"annexes.{key}"] for key in self.annexes}
            context["annexes"] = _annexes(titles, context)
        if self.first_page:
            context["moved_recipients"] = self.first_page.moved(context)
        return context

    def document(
        self,
        context: Mapping[str, Any],
        file: str | None = None,
        place_of_value: PlaceOfValue = place_in_python,
    ) -> Document:
        """The document of what `context` gave.

        Its values come from the input *file*: they may name files in that one's folder too. Raises
        NoticeError; *place_of_value* says where a value stands that the template fails on.
        """
        return Document(
            data=self._run(render, context, file, place_of_value),
            title=str(context.get("title") or ""),
            number=str(context.get("document_number") or ""),
            values=context,
        )

    def rehearse(
        self,
        context: Mapping[str, Any],
        file: str | None = None,
        place_of_value: PlaceOfValue = place_in_python,
    ) -> None:
        """Raise what `document` would raise; nothing is packed."""
        self._run(CompiledTemplate.run, context, file, place_of_value)

    def _run(
        self,
        run: Callable[[CompiledTemplate, Values, Clock, ReadFile, PlaceOfValue], Result],
        context: Values,
        file: str | None,
        place_of_value: PlaceOfValue,
    ) -> Result:
        read = self.file_reader(file) if self.compiled.relationships else read_none
        try:
            return run(self.compiled, context, time.monotonic, read, place_of_value)
        except NoticeError as error:
            problems = explained(
                error.problems, self.compiled, self.schema, context, place_of_value
            )
            raise NoticeError(problems) from error

    def file_name(self, context: Mapping[str, Any], file: str = "") -> str:
        """The file name that the pattern gives for what `context` gave, without its ending.

        Else the title; else, of a template by itself, that of the input *file*; else the
        template's name.
        """
        if self.file_name_pattern is None:
            own = Path(file).stem if self.is_bare else ""
            return str(context.get("title") or own or self.name)
        return self.file_name_pattern.render(context, time.monotonic)["file_name"]


def _names(context: Mapping[str, Any]) -> Iterable[str]:
    """The names from the data that no line break of the title may part."""
    unit = context.get("unit") or {}
    names = {unit.get("name"), unit.get("short_name"), unit.get("issuer")}
    names.update(context.get("issuers") or ())
    names.update(
        value
        for value in context.values()
        if value.__class__ is str and 1 < len(value) <= _LONGEST_NAME
    )
    title = context["title"]
    return tuple(sorted(name for name in names if name and name in title and name != title))


def _annexes(titles: Mapping[str, str], context: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The annexes as the body sees them (GB/T 9704—2012, 7.3.4 and 7.3.7).

    One whose title comes to nothing is left out; one that is not bound with the document says of
    which it is (GA005).
    """
    titles = {key: title for key, title in titles.items() if title.strip()}
    several = len(titles) > 1
    unbound = context.get("unbound_annexes") or ()
    annexes = {}
    for number, (key, title) in enumerate(titles.items(), 1):
        label = f"附件{number}" if several else "附件"
        of_document = context.get("document_number") if number in unbound else None
        annexes[key] = {
            "label": label,
            "heading": f"{of_document or ''}{label}",
            "number": number,
            "title": title,
            "note": f"{number}.{title}" if several else title,
        }
    return annexes
