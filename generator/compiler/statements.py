"""What a parsed template must obey, and what is added to it before Jinja turns it into code.

Macros, `super()` and `caller()` print content of their own and stand alone in a tag; names of
templates are written out; every loop, macro and block takes a step of the budget.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from jinja2 import Environment, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from generator.problems import Location, Message, Problem
from generator.runtime.filters import FILTERS, OWN_FILTERS

TOO_DEEP = (RecursionError, SyntaxError, MemoryError)
"""What Jinja and Python raise for what is nested too deeply."""

Place = Callable[[int], Location]
"""Where a line of Jinja source comes from."""

Fault = tuple[Message, int]
"""What is wrong with a statement, and its line."""

_STEPS = {nodes.Template: 20, nodes.Macro: 4, nodes.CallBlock: 4, nodes.Block: 4}
"""What is more work than a pass of a loop, in such passes."""
_OF_ITS_OWN = ("super", "caller", "loop")
_OF_LOOPS = frozenset({"cycle", "changed"})
_SAMPLES: tuple[object, ...] = ("", {}, [], ())
"""A value of each kind that has methods."""


class StatementError(Exception):
    """Statements that cannot be compiled."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__(faults)


def unknown_names(
    tree: nodes.Template, environment: Environment, place: Place
) -> Iterator[Problem]:
    """The filters and tests that *tree* names and nobody knows.

    Jinja itself finds those that stand in a condition only while it renders.
    """
    for node in tree.find_all(nodes.Filter):
        if node.name not in FILTERS and node.name not in OWN_FILTERS:
            message = Message("there is no filter “{name}”", name=node.name)
            yield Problem("T017", message, place(node.lineno), _near(node.name, FILTERS))
    for test in tree.find_all(nodes.Test):
        if test.name not in environment.tests:
            message = Message("there is no test “{name}”", name=test.name)
            yield Problem("T019", message, place(test.lineno), _near(test.name, environment.tests))


def _near(name: str, known: Iterable[str]) -> Message | str:
    close = difflib.get_close_matches(name, sorted(known), 1)
    return Message("did you mean “{name}”?", name=close[0]) if close else ""


def too_deep(where: Location) -> Problem:
    """What to tell about any of TOO_DEEP."""
    return Problem("T016", Message("the statements are nested too deeply"), where)


def prepare(tree: nodes.Template, steps: int = _STEPS[nodes.Template]) -> nodes.Template:
    """*tree*, checked and bounded in place, ready to be compiled. Raises StatementError.

    To render it takes so many *steps*, and those of what stands in it.
    """
    faults = [*_unwritten_names(tree), *_hidden_extends(tree), *_unknown_methods(tree)]
    faults += _mark_fragments(tree)
    if faults:
        raise StatementError(list(dict.fromkeys(faults)))
    for node in tree.find_all((nodes.Import, nodes.FromImport)):
        node.with_context = True  # type: ignore[attr-defined]
    bounded: list[Any] = [tree]
    bounded += tree.find_all((nodes.For, nodes.Macro, nodes.CallBlock, nodes.Block))
    for node in bounded:
        cost = steps if node is tree else _STEPS.get(type(node), 1)
        step = _filtered(nodes.Const(cost, lineno=node.lineno), " tick")
        node.body.insert(0, nodes.ExprStmt(step, lineno=node.lineno))
    for capture in tree.find_all(nodes.AssignBlock):
        capture.filter = _filtered(capture.filter, " text_of", capture.lineno)
    _bound_values(tree)
    return tree


def _unwritten_names(tree: nodes.Template) -> Iterator[Fault]:
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        name = node.template  # type: ignore[attr-defined]
        if not isinstance(name, nodes.Const) or not isinstance(name.value, str):
            yield Message("the name of a template must be written out"), node.lineno


def _hidden_extends(tree: nodes.Template) -> Iterator[Fault]:
    """Every `extends` but one at the top: what a document is made of cannot depend on values."""
    found = list(tree.find_all(nodes.Extends))
    top = [node for node in found if any(node is statement for statement in tree.body)]
    for node in found:
        if node is not next(iter(top), None):
            yield Message("“extends” stands once, and in no other statement"), node.lineno


def _unknown_methods(tree: nodes.Template) -> Iterator[Fault]:
    """What is called as a method and is none of any value that a template may have."""
    assert isinstance(tree.environment, ImmutableSandboxedEnvironment)
    is_safe = tree.environment.is_safe_attribute
    others = {*_OF_ITS_OWN, "self", *(node.target for node in tree.find_all(nodes.Import))}
    for call in tree.find_all(nodes.Call):
        holder = called = call.node
        while isinstance(holder, nodes.Getattr | nodes.Getitem):
            holder = holder.node
        if isinstance(holder, nodes.Name) and holder.name in others:
            continue
        if not isinstance(called, nodes.Getattr) or called.attr in _OF_LOOPS:
            continue
        if not any(is_safe(value, called.attr, None) for value in _SAMPLES):
            yield Message("no value has a method “{name}()”", name=called.attr), call.lineno


def _filtered(node: Any, name: str, line: int | None = None) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=line or node.lineno)


def _mark_fragments(tree: nodes.Template) -> Iterator[Fault]:
    """Let what macros print pass unescaped, where it stands alone in a tag and nowhere else."""
    macros = {node.name for node in tree.find_all(nodes.Macro)}
    modules = {node.target for node in tree.find_all(nodes.Import)}
    for source in tree.find_all(nodes.FromImport):
        macros.update(name if isinstance(name, str) else name[1] for name in source.names)
    alone: set[int] = set()
    for output in tree.find_all(nodes.Output):
        for index, node in enumerate(output.nodes):
            if _is_fragment(node, macros, modules):
                alone.update(map(id, _heads(node)))
                output.nodes[index] = _filtered(node, " fragment")
    for call in tree.find_all(nodes.CallBlock):
        alone.update(map(id, _heads(call.call)))
    reserved = {*macros, *modules, "super", "caller", "self"}
    for node in tree.find_all((nodes.Call, nodes.Name)):
        if id(node) in alone:
            continue
        named = isinstance(node, nodes.Name) and node.ctx == "load" and node.name in reserved
        if named or _is_fragment(node, macros, modules):
            message = Message("a macro, “super()” or “caller()” must stand alone in its tag")
            yield message, node.lineno


def _is_fragment(node: nodes.Node, macros: set[str], modules: set[str]) -> bool:
    if not isinstance(node, nodes.Call):
        return False
    called = node.node
    if isinstance(called, nodes.Name):
        return called.name in macros or called.name in _OF_ITS_OWN
    return (
        isinstance(called, nodes.Getattr)
        and isinstance(called.node, nodes.Name)
        and (called.node.name == "self" or called.node.name in modules)
    )


def _heads(call: nodes.Node) -> Iterator[nodes.Node]:
    """A call, what it calls, and the module of that."""
    node: nodes.Node | None = call
    while isinstance(node, nodes.Call | nodes.Getattr | nodes.Name):
        yield node
        node = getattr(node, "node", None)


def _bound_values(node: nodes.Node) -> None:
    """Let what makes or compares whole values below *node* pay for their size."""
    for field, value in node.iter_fields():
        if isinstance(value, list):
            value[:] = [_bounded(item) for item in value]
        else:
            setattr(node, field, _bounded(value))


def _bounded(value: Any) -> Any:
    if not isinstance(value, nodes.Node):
        return value
    _bound_values(value)
    match value:
        case nodes.Concat():
            first, *rest = value.nodes
            return nodes.Filter(first, " concatenate", rest, [], None, None, lineno=value.lineno)
        case nodes.Getitem(arg=nodes.Slice()):
            return _filtered(value, " paid")
        case nodes.List() | nodes.Dict() if not _is_constant(value):
            return _filtered(value, " weighed")
        case nodes.Tuple(ctx="load") if not _is_constant(value):
            return _filtered(value, " weighed")
        case nodes.Compare() if not _is_brief(value):
            value.expr = _filtered(value.expr, " paid")
            for operand in value.ops:
                operand.expr = _filtered(operand.expr, " paid")
        case nodes.Test(args=[_, *_]):
            value.args = [_filtered(argument, " paid") for argument in value.args]
    return value


def _is_constant(node: nodes.Node) -> bool:
    computed = (nodes.Name, nodes.Call, nodes.Filter)
    return not isinstance(node, computed) and not any(True for _ in node.find_all(computed))


def _is_brief(compare: nodes.Compare) -> bool:
    """Whether nothing large can be compared: one side is a number or text that is written out."""
    first = isinstance(compare.expr, nodes.Const)
    return all(
        _is_constant(operand.expr) or (first and operand.op not in ("in", "notin"))
        for operand in compare.ops
    )
