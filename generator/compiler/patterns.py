"""Text patterns and expressions: titles, numbers, file names, requirements; plain text, no XML."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from jinja2 import Template, TemplateSyntaxError, nodes

from generator.compiler.statements import (
    TOO_DEEP,
    StatementError,
    prepare,
    too_deep,
    unknown_names,
)
from generator.limits import DEFAULTS, Limits
from generator.problems import Location, Message, NoticeError, Problem
from generator.runtime.budget import STATE, joined
from generator.runtime.environment import ROW_FUNCTIONS, TextEnvironment
from generator.runtime.failures import FAILURES, PlaceOfValue, nowhere, render_failure
from generator.runtime.readings import Readings
from generator.runtime.state import State

_RESULT = "result"

Place = Callable[[str], Location]
"""Where the pattern of a name stands."""


class Patterns:
    """Named text patterns, compiled once and rendered together; they can be pickled."""

    def __init__(
        self,
        patterns: Mapping[str, str],
        places: Mapping[str, Location],
        limits: Limits = DEFAULTS,
    ) -> None:
        """Compile *patterns*. Raises NoticeError with every one that Jinja cannot read."""
        self.names = list(patterns)
        self.places = dict(places)
        self._limits = limits
        environment = TextEnvironment()
        problems: list[Problem] = []
        self._codes: dict[str, bytes] = {}
        self.readings: dict[str, Readings] = {}
        """What each pattern reads, by its name."""
        for name, pattern in patterns.items():
            try:
                self._codes[name], self.readings[name] = _code(
                    pattern, environment.parse, self.places[name]
                )
            except NoticeError as error:
                problems += error.problems
        if problems:
            raise NoticeError(problems)

    def __getstate__(self) -> dict[str, Any]:
        cached = ("_environment", "_templates")
        return {name: value for name, value in self.__dict__.items() if name not in cached}

    @cached_property
    def _environment(self) -> TextEnvironment:
        return TextEnvironment()

    @cached_property
    def _templates(self) -> list[tuple[str, Template]]:
        environment = self._environment
        return [
            (name, Template.from_code(environment, marshal.loads(code), environment.globals))
            for name, code in self._codes.items()
        ]

    def render(
        self,
        values: Mapping[str, Any],
        clock: Callable[[], float] | None = None,
        place_of_value: PlaceOfValue = nowhere,
        state: State | None = None,
    ) -> dict[str, str]:
        """Each pattern's text by its name; all share one budget, *clock* gives seconds.

        Renders that get one *state* share its budget, too.

        Raises NoticeError with every one that fails, and the place of the value.
        """
        texts, problems = {}, []
        state = state or State(clock, self._limits)
        context = {**self._environment.globals, **values, STATE: state}
        for name, template in self._templates:
            try:
                texts[name] = joined(
                    template.root_render_func(template.new_context(context, shared=True)), state
                )
                state.keep(len(texts[name]))
            except FAILURES as error:
                where = self.places[name]
                problems.append(render_failure(error, where, values, place_of_value))
        if problems:
            raise NoticeError(problems)
        return texts


class Expressions:
    """Jinja expressions that are evaluated again and again; they can be pickled."""

    def __init__(self, limits: Limits = DEFAULTS) -> None:
        self._limits = limits
        self._codes: dict[str, bytes] = {}
        self._templates: dict[str, Template] = {}
        self.readings: dict[str, Readings] = {}
        """What each expression reads."""

    def __getstate__(self) -> dict[str, Any]:
        return {
            "_codes": self._codes,
            "_limits": self._limits,
            "_templates": {},
            "readings": self.readings,
        }

    @cached_property
    def _environment(self) -> TextEnvironment:
        return TextEnvironment()

    def add(self, expression: str, where: Location) -> None:
        """Compile *expression*. Raises NoticeError where Jinja cannot read it."""
        self._codes[expression], self.readings[expression] = _code(
            expression, _parse_expression, where
        )

    def budget(self, clock: Callable[[], float] | None = None) -> State:
        """What all that is evaluated for one input may take; *clock* gives seconds."""
        return State(clock, self._limits)

    def evaluate(self, expression: str, values: Mapping[str, Any], state: State) -> object:
        """What an expression that was added comes to. Raises what is in FAILURES.

        It takes of the budget *state*, its result included where that is a text.
        """
        template = self._templates.get(expression)
        if template is None:
            code = marshal.loads(self._codes[expression])
            template = Template.from_code(self._environment, code, self._environment.globals)
            self._templates[expression] = template
        names = {**self._environment.globals, **values, STATE: state}
        context = template.new_context(names, shared=True)
        joined(template.root_render_func(context), state)
        result = context.vars[_RESULT]
        if isinstance(result, str):
            state.keep(len(result))
        return result


def _code(
    text: str, parse: Callable[[str], nodes.Template], where: Location
) -> tuple[bytes, Readings]:
    """The marshalled code of what *parse* makes of *text*, and what it reads.

    Raises NoticeError where Jinja cannot read it.
    """
    from generator.compiler.names import names_read  # what was kept is rendered without it

    environment = TextEnvironment()
    try:
        tree = parse(text)
        if problems := list(unknown_names(tree, environment, lambda _: where)):
            raise NoticeError(problems)
        prepare(tree, steps=1)
        readings = names_read("", {"": tree}, {}, dict.fromkeys(_functions_called(tree)))
        return marshal.dumps(environment.compile(tree)), readings
    except StatementError as error:
        problems = [_unreadable(message, where) for message, _ in error.faults]
        raise NoticeError(problems) from error
    except TemplateSyntaxError as error:
        raise NoticeError([_unreadable(error.message or "", where)]) from error
    except TOO_DEEP as error:
        raise NoticeError([too_deep(where)]) from error


def _functions_called(tree: nodes.Template) -> set[str]:
    """The functions that *tree* calls; a name that it reads as well is a value's."""
    calls = [call.node for call in tree.find_all(nodes.Call) if isinstance(call.node, nodes.Name)]
    called = {id(node): node.name for node in calls if node.name in ROW_FUNCTIONS}
    read = {node.name for node in tree.find_all(nodes.Name) if id(node) not in called}
    return set(called.values()) - read


def _parse_expression(expression: str) -> nodes.Template:
    """The tree of a template that gives the value of *expression* a name."""
    environment = TextEnvironment()
    if not expression.strip():
        raise StatementError([(Message("an expression is missing"), 1)])
    parsed = environment.parse("{{ (" + expression + "\n) }}")
    output = parsed.body[0]
    if len(parsed.body) != 1 or not isinstance(output, nodes.Output) or len(output.nodes) != 1:
        raise StatementError([(Message("not an expression"), 1)])
    target = nodes.Name(_RESULT, "store", lineno=1)
    template = nodes.Template([nodes.Assign(target, output.nodes[0], lineno=1)], lineno=1)
    template.set_environment(environment)
    return template


def _unreadable(detail: str, where: Location) -> Problem:
    return Problem(
        "T018",
        Message("Jinja cannot read this: {detail}", detail=detail),
        where,
        Message("correct what stands between the braces"),
    )
