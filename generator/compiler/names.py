"""Which values a template reads, as paths such as `schedule[].date`: where first, and what for.

Loops, `set`, filters, `include`, macros and inheritance are followed; what is computed has no path.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext

from jinja2 import nodes

from generator.runtime.readings import Reading, Use, use_of_filter

_KEEP_ITEMS = frozenset(
    "sort reverse list unique select reject selectattr rejectattr default d batch".split()
) | {" paid", " weighed"}
_PICK_AN_ITEM = frozenset({"first", "last", "min", "max"})
_BY_ATTRIBUTE = frozenset({"map", "sum", "sort", "groupby", "join", "unique", "min", "max"})
_PASS_OVER_ITEMS = frozenset("select reject selectattr rejectattr unique".split())
_FIRST_IS_ATTRIBUTE = frozenset({"groupby", "selectattr", "rejectattr", "sum", "sort", "unique"})
_DEEPEST = 20
_MOST_READINGS = 1_000
_TURNS = 2
"""How often a template that includes itself is read within itself."""
_BUILT_IN = frozenset({"loop", "super", "self", "caller", "range", "namespace"})
_OF_MAPPINGS = frozenset({"items", "keys", "values", "get"})
_OF_TEXTS = frozenset(
    "strip lstrip rstrip split startswith endswith upper lower title find isdigit".split()
)
_GUARDS = frozenset({"default", "d"})
_SUMS = (nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow, nodes.Neg)

Scope = dict[str, str | None]
"""What each bound name stands for: a path, or None where it is computed."""


def names_read(
    name: str,
    trees: Mapping[str, nodes.Template],
    names: Mapping[tuple[str, str], str],
    scope: Scope | None = None,
) -> dict[str, Reading]:
    """The paths that the template *name* reads, with all that it extends and includes.

    *scope* are names that stand for something else there.
    """
    reader = _Reader(trees, names)
    reader.read_template(name, scope or {})
    return reader.found


class _Reader:
    def __init__(
        self, trees: Mapping[str, nodes.Template], names: Mapping[tuple[str, str], str]
    ) -> None:
        self.found: dict[str, Reading] = {}
        self._trees = trees
        self._names = names
        self._seen: set[tuple[str, bool, frozenset[tuple[str, str | None]]]] = set()
        self._asking: list[str] = []
        self._conditions = 0
        self._entered: dict[str, int] = {}
        """The conditions around the loop over a list, by the path of its items."""

    def read_template(self, name: str, scope: Scope) -> None:
        """Read a template that sees *scope*; the same again adds nothing."""
        key = (name, self._conditions > 0, frozenset(scope.items()))
        full = len(self._asking) > _DEEPEST or len(self._seen) >= _MOST_READINGS
        if key in self._seen or full or self._asking.count(name) > _TURNS:
            return
        self._seen.add(key)
        self._asking.append(name)
        self._read_all(self._trees[name].body, dict(scope))
        self._asking.pop()

    def _read_all(self, statements: Iterable[nodes.Node], scope: Scope) -> None:
        for statement in statements:
            self._read(statement, scope)

    def _read(self, node: nodes.Node, scope: Scope) -> None:
        match node:
            case nodes.For():
                self._read_loop(node, scope)
            case nodes.Assign():
                self._evaluate(node.node, scope, "alias")
                self._bind(node.target, self._path(node.node, scope), scope)
            case nodes.AssignBlock():
                self._read_all(node.body, dict(scope))
                self._bind(node.target, None, scope)
            case nodes.Macro():
                scope[node.name] = None
                self._read_all(node.defaults, scope)
                self._read_all(node.body, scope | {arg.name: None for arg in node.args})
            case nodes.CallBlock():
                self._evaluate(node.call, scope)
                self._read_all(node.body, scope | {arg.name: None for arg in node.args})
            case nodes.With():
                inner = dict(scope)
                for target, value in zip(node.targets, node.values, strict=True):
                    self._evaluate(value, scope, "alias")
                    self._bind(target, self._path(value, scope), inner)
                self._read_all(node.body, inner)
            case nodes.If():
                self._read_condition(node, scope)
            case nodes.Block():
                self._read_all(node.body, dict(scope))
            case nodes.Include() | nodes.Extends() | nodes.Import() | nodes.FromImport():
                self._read_other(node, scope)
            case nodes.Expr():
                self._evaluate(node, scope)
            case _:
                for child in node.iter_child_nodes():
                    self._read(child, scope)

    def _read_condition(self, node: nodes.If, scope: Scope) -> None:
        self._evaluate(node.test, scope, "test")
        for other in node.elif_:
            self._evaluate(other.test, scope, "test")
        with self._perhaps():
            for body in (node.body, *(other.body for other in node.elif_), node.else_):
                self._read_all(body, dict(scope))

    def _read_loop(self, node: nodes.For, scope: Scope) -> None:
        self._evaluate(node.iter, scope, "loop")
        inner = scope | {"loop": None}
        path = self._path(node.iter, scope)
        grouped = isinstance(node.iter, nodes.Filter) and node.iter.name == "groupby"
        if grouped and isinstance(node.target, nodes.Tuple):
            items = self._path(node.iter.node, scope)  # type: ignore[attr-defined]
            self._bind(node.target.items[0], None, inner)
            self._bind(node.target.items[1], items, inner)
        else:
            self._bind(node.target, path and f"{path}[]", inner)
            self._entered.setdefault(f"{path}[]", self._conditions)
        if node.test:
            self._evaluate(node.test, inner, "test")
        with self._perhaps() if node.test or _passes_over_items(node.iter) else nullcontext():
            self._read_all(node.body, inner)
        with self._perhaps():
            self._read_all(node.else_, scope)

    def _read_other(self, node: nodes.Node, scope: Scope) -> None:
        asked = node.template.value  # type: ignore[attr-defined]
        name = self._names.get((asked, self._asking[-1]))
        if isinstance(node, nodes.Import):
            scope[node.target] = None
        elif isinstance(node, nodes.FromImport):
            scope.update(dict.fromkeys(n if isinstance(n, str) else n[1] for n in node.names))
        if name is not None:  # a text pattern finds no others
            self.read_template(name, scope if isinstance(node, nodes.Include) else {})

    def _bind(self, target: nodes.Node, path: str | None, scope: Scope) -> None:
        if isinstance(target, nodes.Name):
            scope[target.name] = path
        elif isinstance(target, nodes.Tuple):
            for item in target.items:
                self._bind(item, None, scope)

    @contextmanager
    def _perhaps(self) -> Iterator[None]:
        """What is read meanwhile may not be read at all."""
        self._conditions += 1
        yield
        self._conditions -= 1

    def _note(self, path: str, use: Use, line: int) -> None:
        around = self._entered.get(path[: path.rfind("[]") + 2], 0)
        uses = {use} if self._conditions > around else {use, "sure"}
        first = self.found.get(path)
        if first is None:
            self.found[path] = Reading(self._asking[-1], line, frozenset(uses))
        elif not uses <= first.uses:
            self.found[path] = first._replace(uses=first.uses | uses)

    def _evaluate(self, node: nodes.Node, scope: Scope, use: Use = "print") -> None:
        """Note what an expression reads, and what for."""
        match node:
            case nodes.Name() | nodes.Getattr() | nodes.Getitem():
                path = self._path(node, scope)
                if isinstance(node, nodes.Getitem):
                    self._evaluate(node.arg, scope)
                if path is not None:
                    self._note(path, use, node.lineno)
                elif not isinstance(node, nodes.Name):
                    self._evaluate(node.node, scope)
            case nodes.Filter() if node.node is not None:
                self._read_filter(node, scope, use)
            case nodes.Call(node=nodes.Getattr(attr=method)) if self._is_method(node, scope):
                if method in _OF_MAPPINGS:
                    self._evaluate(node.node.node, scope, "pairs")  # type: ignore[attr-defined]
                else:
                    self._evaluate(node.node.node, scope)  # type: ignore[attr-defined]
                for argument in node.args:
                    self._evaluate(argument, scope)
            case nodes.Test(name="defined" | "undefined"):
                self._evaluate_guarded(node.node, scope, "guarded")
            case nodes.CondExpr():
                self._evaluate(node.test, scope, "test")
                with self._perhaps():
                    self._evaluate(node.expr1, scope, use)
                    if node.expr2:
                        self._evaluate(node.expr2, scope, use)
            case nodes.Not():
                self._evaluate(node.node, scope, "test")
            case nodes.And() | nodes.Or():
                self._evaluate(node.left, scope, use)
                with self._perhaps():
                    self._evaluate(node.right, scope, use)
            case _:
                inner: Use = "number" if isinstance(node, _SUMS) else "print"
                for child in node.iter_child_nodes():
                    self._evaluate(child, scope, inner)

    def _evaluate_guarded(self, node: nodes.Node, scope: Scope, use: Use) -> None:
        """Note what is read of a value that need not be there."""
        path = self._path(node, scope)
        with self._perhaps():
            self._evaluate(node, scope, use)
            if path is not None:
                self._note(path, "guarded", node.lineno)

    def _is_method(self, call: nodes.Call, scope: Scope) -> bool:
        """Whether what is called is a method of a value, and no macro of a module."""
        called = call.node
        return (
            isinstance(called, nodes.Getattr)
            and called.attr in _OF_MAPPINGS | _OF_TEXTS
            and self._path(called.node, scope) is not None
        )

    def _read_filter(self, node: nodes.Filter, scope: Scope, use: Use) -> None:
        assert node.node is not None
        inner = use if node.name in _KEEP_ITEMS else use_of_filter(node.name)
        if node.name in _GUARDS:
            self._evaluate_guarded(node.node, scope, inner)
        else:
            self._evaluate(node.node, scope, inner)
        self._note_attribute(node, scope)
        for argument in [*node.args, *(pair.value for pair in node.kwargs)]:
            self._evaluate(argument, scope, inner if inner in ("date", "number") else "print")

    def _note_attribute(self, node: nodes.Filter, scope: Scope) -> None:
        """Note the field that a filter such as `map(attribute="name")` reads."""
        path = self._path(node.node, scope) if node.node is not None else None
        named = [pair.value for pair in node.kwargs if pair.key == "attribute"]
        if not named and node.name in _FIRST_IS_ATTRIBUTE:
            named = node.args[:1]
        if path and node.name in _BY_ATTRIBUTE | _FIRST_IS_ATTRIBUTE and named:
            attribute = named[0]
            if isinstance(attribute, nodes.Const) and isinstance(attribute.value, str):
                self._note(path, "loop", node.lineno)
                self._note(f"{path}[].{attribute.value}", "print", node.lineno)

    def _path(self, node: nodes.Node | None, scope: Scope) -> str | None:
        """The path of an expression; None where it is computed."""
        match node:
            case nodes.Name():
                if node.name in scope:
                    return scope[node.name]
                return None if node.name in _BUILT_IN else node.name
            case nodes.Getattr():
                base = self._path(node.node, scope)
                return base and f"{base}.{node.attr}"
            case nodes.Getitem(arg=nodes.Slice()):
                return self._path(node.node, scope)  # some of its items, or signs of a text
            case nodes.Getitem():
                base = self._path(node.node, scope)
                if base and isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
                    return f"{base}.{node.arg.value}"
                return base and f"{base}[]"
            case nodes.Filter() if node.name in _KEEP_ITEMS:
                return self._path(node.node, scope)
            case nodes.Filter() if node.name in _PICK_AN_ITEM:
                base = self._path(node.node, scope)
                return base and f"{base}[]"
        return None


def _passes_over_items(node: nodes.Node) -> bool:
    """Whether a loop over *node* may not come to all items of a list."""
    match node:
        case nodes.Filter(node=nodes.Node() as inner):
            return node.name in _PASS_OVER_ITEMS or _passes_over_items(inner)
        case nodes.Getitem(arg=nodes.Slice()):
            return True
    return False
