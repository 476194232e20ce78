"""The bare floor: the same document by a program that does nothing but render and pack.

Plain Jinja, without sandbox and budget, with autoescape and the same filters, renders the same text
with its context ready; the changed parts are deflated once by the same compressor, the other
members are raw copies. It is what plain Jinja costs, not the least that is possible: its code asks
for `row.date` as an attribute first, which a mapping does not have, and ours does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import Any

import jinja2
from jinja2 import nodes
from markupsafe import Markup

from generator.package import write
from generator.runtime.budget import STATE
from generator.runtime.captures import settle_captures
from generator.runtime.code import PlacingGenerator
from generator.runtime.compiled import CompiledTemplate
from generator.runtime.environment import WordEnvironment
from generator.runtime.filters import FILTERS
from generator.runtime.state import OWN_FILTERS, State
from generator.runtime.values import run_text

_LINE_FEED_TAG = '<?v  "\\n" ?>'


@contextmanager
def recorded_sources() -> Iterator[dict[str, str]]:
    """The Jinja source of every template that is compiled meanwhile, by its canonical name."""
    sources: dict[str, str] = {}
    parse = WordEnvironment.parse

    def record(self: WordEnvironment, source: str, name: str | None = None, *rest: Any) -> Any:
        if name is not None:
            sources[name] = source
        return parse(self, source, name, *rest)

    WordEnvironment.parse = record
    try:
        yield sources
    finally:
        WordEnvironment.parse = parse


def floor(
    compiled: CompiledTemplate, sources: Mapping[str, str], context: Mapping[str, Any]
) -> Callable[[], bytes]:
    """What makes the document of *compiled* out of plain Jinja.

    Line feeds are `w:br` beforehand, in the text and in its context, so that autoescape will do.
    """
    canonical = {name: real for (name, _), real in compiled.names.items()}

    def load(name: str) -> str:
        return sources[canonical.get(name, name)].replace(_LINE_FEED_TAG, run_text("\n"))

    environment = _Plain(
        variable_start_string="<?v ",
        variable_end_string="?>",
        block_start_string="<?b ",
        block_end_string="?>",
        comment_start_string="<?c ",
        comment_end_string="?>",
        keep_trailing_newline=True,
        autoescape=True,
        auto_reload=False,
        loader=jinja2.FunctionLoader(load),
    )
    for name in FILTERS.keys() - environment.filters.keys():
        environment.filters[name] = _filter(name)
    for name, function in OWN_FILTERS.items():
        environment.filters[name.strip()] = _as_markup(function)
    template = environment.get_template(compiled.name)
    values = {**context, "title_lines": Markup(run_text(context["title_lines"]))}

    def make() -> bytes:
        parts = template.render(values, **{STATE: State(sections=compiled.sections)}).split("\0")
        members = zip(compiled.parts, ([part.encode()] for part in parts), strict=True)
        return write(compiled.packed, members)

    return make


class _Plain(jinja2.Environment):
    """Jinja whose printed values are plain: they ask for no place; with the layouts' captures."""

    code_generator_class = PlacingGenerator

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for output in tree.find_all(nodes.Output):
            output.nodes[:] = map(_placeless, output.nodes)
        settle_captures(tree)
        return tree


def _placeless(node: nodes.Expr) -> nodes.Expr:
    match node:
        case nodes.Filter(node=nodes.Expr() as value, name="in_run"):
            return value
    return node


def _filter(name: str) -> Callable[..., Any]:
    """One of our filters; what it writes as WordprocessingML passes autoescape."""
    function = FILTERS[name]
    if name == "imprint_gap":
        return wraps(function)(lambda *values: Markup(run_text(function(*values))))
    if name in ("attribute", "plain"):
        return _as_markup(function)
    return function


def _as_markup(function: Callable[..., Any]) -> Callable[..., Any]:
    return wraps(function)(lambda *values: Markup(function(*values)))
