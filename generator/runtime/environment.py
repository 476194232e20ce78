"""The Jinja environment: its delimiters, its sandbox, and the bounds of what a template may do.

Its delimiters are XML processing instructions. Every template may come from a stranger: filters
and methods are listed here by name, results are capped in size, and work is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from math import inf
from types import BuiltinFunctionType, CodeType
from typing import Any

from jinja2 import BaseLoader, Template, TemplateNotFound, Undefined, pass_context
from jinja2.environment import Environment
from jinja2.exceptions import SecurityError
from jinja2.nodes import EvalContext
from jinja2.runtime import BlockReference, Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from generator import escalation
from generator.runtime.budget import SIZE_A_STEP, pay, pay_for_ends, running
from generator.runtime.code import PlacingGenerator, code_of
from generator.runtime.filters import FILTERS, MAX_BITS, OWN_FILTERS
from generator.runtime.values import Missing, plain_text, run_text

_METHODS: Mapping[type, frozenset[str]] = {
    str: frozenset(
        "strip lstrip rstrip split startswith endswith upper lower title count find isdigit".split()
    ),
    dict: frozenset({"items", "keys", "values", "get"}),
    list: frozenset({"index", "count"}),
    tuple: frozenset({"index", "count"}),
}
_STRIPS = ("strip", "lstrip", "rstrip")
_OF_LOOPS = frozenset("first index index0 last length revindex revindex0".split())
_CALLABLE = (Macro, BlockReference, LoopContext, Undefined, *_METHODS)
"""What may be called, or has methods that may; what is undefined says so itself."""

GLOBALS = ("range", "namespace")


class SandboxedEnvironment(ImmutableSandboxedEnvironment):
    """Jinja for templates from strangers: fields before methods, few methods, capped operators."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def getattr(self, obj: Any, attribute: str) -> Any:
        if obj.__class__ is dict:
            try:
                return obj[attribute]  # a field called `items` or `count` is a field
            except KeyError:
                pass
        elif obj.__class__ is LoopContext and attribute in _OF_LOOPS:
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)

    def call_test(
        self,
        name: str,
        value: Any,
        args: Sequence[Any] | None = None,
        kwargs: Mapping[str, Any] | None = None,
        context: Context | None = None,
        eval_ctx: EvalContext | None = None,
    ) -> Any:
        test = self.tests.get(name)
        pay(value)
        for argument in args or ():
            pay(argument)
        if isinstance(test, BuiltinFunctionType):  # a comparison, which asks for nothing else
            return test(value, *(args or ()), **(kwargs or {}))
        return super().call_test(name, value, args, kwargs, context, eval_ctx)

    def _compile(self, source: str, filename: str) -> CodeType:
        return code_of(source, filename)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        for kind, names in _METHODS.items():
            if isinstance(obj, kind):
                return attr in names
        if callable(value) and not isinstance(value, Macro) and not isinstance(obj, LoopContext):
            return False
        return super().is_safe_attribute(obj, attr, value)

    def is_safe_callable(self, obj: Any) -> bool:
        owner = getattr(obj, "__self__", obj)
        if isinstance(owner, _CALLABLE):
            return True
        return any(obj is known for known in self.globals.values())

    def wrap_str_format(self, value: Any) -> None:
        """None: `str.format` is a method like any other, and not a safe one."""

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        """What a method, macro or function gives; a method pays for its value first."""
        owner = getattr(__obj, "__self__", None)
        pay(owner)
        for argument in args:
            pay(argument)
            if isinstance(owner, str) and isinstance(argument, str) and __obj.__name__ in _STRIPS:
                pay_for_ends(owner, argument)
        return super().call(__context, __obj, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if operator == "%" and isinstance(left, str):
            raise SecurityError("the operator “%” does not format text")
        size = _magnitude(operator, left, right)
        if size > SIZE_A_STEP:
            _check_result(operator, size, left, right)
        return super().call_binop(context, operator, left, right)


def _check_result(operator: str, size: float, left: Any, right: Any) -> None:
    """Pay for the large result of an operator. Raises BudgetError where it is too large."""
    budget = running()
    budget.check_size(operator, size)
    budget.take(int(size) // SIZE_A_STEP)
    if operator == "*":
        count, sized = (left, right) if isinstance(left, int) else (right, left)
        budget.check_weight(operator, sized, count)
    elif isinstance(left, list | tuple):
        budget.check_weight(operator, min(left, right, key=len))  # the other was weighed before


def _magnitude(operator: str, left: Any, right: Any) -> float:
    """How large the result of an operator would be, in characters or items; 0 for numbers.

    Infinite for a number that is too large.
    """
    if operator == "**":
        base = left.bit_length() if isinstance(left, int) else 1
        huge = isinstance(right, int | float) and (abs(right) > 100 or base * right > MAX_BITS)
        return inf if huge else 0
    if operator == "*":
        if isinstance(left, int) and isinstance(right, int):
            return inf if left.bit_length() + right.bit_length() > MAX_BITS else 0
        count, sized = (left, right) if isinstance(left, int) else (right, left)
        return len(sized) * count if hasattr(sized, "__len__") and isinstance(count, int) else 0
    if operator == "+" and hasattr(left, "__len__") and hasattr(right, "__len__"):
        return len(left) + len(right)
    return 0


class CompiledLoader(BaseLoader):
    """Loads templates that were compiled before; nothing is looked up or parsed."""

    def __init__(self, codes: Mapping[str, Any], names: Mapping[tuple[str, str], str]) -> None:
        """*codes* by canonical name; *names* maps (name, asked by) to the canonical one."""
        self.codes = codes
        self.names = names

    def load(self, environment: Environment, name: str, globals: Any = None) -> Template:
        if name not in self.codes:
            raise TemplateNotFound(name)
        return environment.template_class.from_code(
            environment, self.codes[name], environment.make_globals(globals), None
        )


class WordEnvironment(SandboxedEnvironment):
    """Jinja over WordprocessingML.

    Escaping is finalize's alone, so that no filter can turn the line breaks of a value into text
    and no `Markup` passes: Jinja's own autoescape stays off.
    """

    code_generator_class = PlacingGenerator

    def __init__(self, loader: CompiledLoader | None = None) -> None:
        super().__init__(
            variable_start_string="<?v ",
            variable_end_string="?>",
            block_start_string="<?b ",
            block_end_string="?>",
            comment_start_string="<?c ",
            comment_end_string="?>",
            keep_trailing_newline=True,
            undefined=Missing,
            finalize=run_text,
            autoescape=False,
            auto_reload=False,
            cache_size=-1,
            loader=loader,
        )
        _restrict(self)

    def join_path(self, template: str, parent: str) -> str:
        loader = self.loader
        if isinstance(loader, CompiledLoader):
            return loader.names.get((template, parent), template)
        return template


class TextEnvironment(SandboxedEnvironment):
    """Jinja over plain text: titles, file names, numbers, requirements, conditions.

    Its functions ask for the row that stands there as `row`, else for all values.
    """

    def __init__(self) -> None:
        super().__init__(
            undefined=Missing,
            finalize=plain_text,
            keep_trailing_newline=True,
            auto_reload=False,
        )
        _restrict(self)
        self.globals |= ROW_FUNCTIONS


def _of_row(function: Callable[..., object]) -> Callable[..., object]:
    """*function*, whose first argument is a row, for the row of the context."""

    @pass_context
    @wraps(function)
    def called(context: Context, *arguments: object) -> object:
        return function(context.get("row", context), *arguments)

    return called


ROW_FUNCTIONS = {name: _of_row(function) for name, function in escalation.FILTERS.items()}
"""What expressions may call without a row: `overdue(as_of)`."""


def _restrict(environment: Environment) -> None:
    environment.filters = FILTERS | OWN_FILTERS
    environment.globals = {name: environment.globals[name] for name in GLOBALS}
