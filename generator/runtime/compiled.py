"""A compiled template: code, places, and members packed once."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import CodeType
from typing import Any

from jinja2 import Template

from generator.limits import DEFAULTS, Limits
from generator.package import Packed
from generator.places import place
from generator.problems import Location, NoticeError, Problem
from generator.runtime.budget import STATE, printed_parts
from generator.runtime.environment import CompiledLoader, WordEnvironment
from generator.runtime.failures import FAILURES, PlaceOfValue, nowhere, render_failure
from generator.runtime.readings import Readings
from generator.runtime.relationships import ReadFile, Relationships, Wanted, read_none
from generator.runtime.sections import Sections
from generator.runtime.state import State


@dataclass(frozen=True)
class Overruled:
    """Styles of a template that look otherwise in one further out, whose version wins."""

    file: str
    styles: tuple[str, ...]
    """Their names."""


@dataclass
class CompiledTemplate:
    """A template with its ancestors, ready to be rendered; it can be pickled."""

    name: str
    codes: dict[str, bytes]
    """Marshalled code by canonical name."""
    names: dict[tuple[str, str], str]
    """(name, asked by) → canonical name, for `extends`, `include` and `import`."""
    places: dict[str, tuple[str, list[str]]]
    """Canonical name → file, and the spot of each line of its Jinja source."""
    parts: list[bytes]
    """Names of the members that a render makes, in the order of its output."""
    packed: Packed
    """The members that never change."""
    readings: Readings = field(default_factory=dict)
    """The values that the template reads, by their paths: `rows[].name`."""
    relationships: Relationships | None = None
    """What its parts are related to, where values may ask for more; else it is all in `packed`."""
    taken: frozenset[int] = frozenset()
    """The ids that are written out in it."""
    sections: Sections | None = None
    """The sections that it may begin while it is rendered, if it asks for any."""
    limits: Limits = DEFAULTS
    """What a render may take."""
    notes: list[Problem] = field(default_factory=list)
    """What the template's files hold that does not come along into documents; no error."""
    overruled: list[Overruled] = field(default_factory=list)

    @property
    def variables(self) -> frozenset[str]:
        """The paths of the values that the template reads."""
        return frozenset(self.readings)

    def place_of_reading(self, path: str) -> Location:
        """Where the template reads the value at *path* first."""
        reading = self.readings[path]
        file, spots = self.places[reading.template]
        return place(file, spots[min(reading.line, len(spots)) - 1])

    @cached_property
    def _root(self) -> Template:
        codes: dict[str, CodeType] = {
            name: marshal.loads(code) for name, code in self.codes.items()
        }
        return WordEnvironment(CompiledLoader(codes, self.names)).get_template(self.name)

    @cached_property
    def _globals(self) -> dict[str, Any]:
        return dict(self._root.globals)

    def __getstate__(self) -> dict[str, Any]:
        cached = ("_root", "_globals")
        return {name: value for name, value in self.__dict__.items() if name not in cached}

    def run(
        self,
        values: Mapping[str, Any],
        clock: Callable[[], float] | None = None,
        read: ReadFile = read_none,
        place_of_value: PlaceOfValue = nowhere,
    ) -> tuple[list[list[bytes]], Wanted | None]:
        """The content of each of `parts`, in chunks, and the relationships that *values* asked for.

        *clock* gives seconds for the deadline, *read* the content of the files that values name.
        Raises NoticeError with the place in the template and that of the value.
        """
        template = self._root
        wanted = None
        if self.relationships:
            wanted = Wanted(self.relationships.prefix, read, self.limits)
        state = State(clock, self.limits, wanted, self.taken, self.sections)
        context = template.new_context({**self._globals, **values, STATE: state}, shared=True)
        try:
            return printed_parts(template.root_render_func(context), state), wanted
        except FAILURES as error:
            where = self.place_of(error)
            problem = render_failure(error, where, values, place_of_value)
            raise NoticeError([problem]) from error

    def place_of(self, error: Exception) -> Location:
        """The innermost place in a template at which *error* arose."""
        found = Location(self.places[self.name][0])
        trace = error.__traceback__
        while trace is not None:
            template = trace.tb_frame.f_globals.get("__jinja_template__")
            if template is not None and template.name in self.places:
                file, spots = self.places[template.name]
                line = template.get_corresponding_lineno(trace.tb_lineno)
                found = place(file, spots[min(line, len(spots)) - 1])
            trace = trace.tb_next
        return found
