"""Which values a template reads, as paths such as `schedule[].date`.

Loops, `set`, filters, `include`, macros and inheritance are followed; what is computed has no path.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from jinja2 import nodes

_KEEP_ITEMS = frozenset(
    "sort reverse list unique select reject selectattr rejectattr default d batch".split()
)
_PICK_AN_ITEM = frozenset({"first", "last", "min", "max"})
_BY_ATTRIBUTE = frozenset({"map", "sum", "sort", "groupby", "join", "unique", "min", "max"})
_FIRST_IS_ATTRIBUTE = frozenset({"groupby", "selectattr", "rejectattr", "sum", "sort", "unique"})
_DEEPEST = 20
_MOST_READINGS = 1_000
_TURNS = 2
"""How often a template that includes itself is read within itself."""
_BUILT_IN = frozenset({"loop", "super", "self", "caller", "range", "namespace"})

Scope = dict[str, str | None]
"""What each bound name stands for: a path, or None where it is computed."""


def names_read(
    name: str, trees: Mapping[str, nodes.Template], names: Mapping[tuple[str, str], str]
) -> frozenset[str]:
    """The paths that the template *name* reads, with all that it extends and includes."""
    reader = _Reader(trees, names)
    reader.read_template(name, {})
    return frozenset(reader.found)


class _Reader:
    def __init__(
        self, trees: Mapping[str, nodes.Template], names: Mapping[tuple[str, str], str]
    ) -> None:
        self.found: set[str] = set()
        self._trees = trees
        self._names = names
        self._seen: set[tuple[str, frozenset[tuple[str, str | None]]]] = set()
        self._asking: list[str] = []

    def read_template(self, name: str, scope: Scope) -> None:
        """Read a template that sees *scope*; the same again adds nothing."""
        key = (name, frozenset(scope.items()))
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
                self._evaluate(node.node, scope)
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
                    self._evaluate(value, scope)
                    self._bind(target, self._path(value, scope), inner)
                self._read_all(node.body, inner)
            case nodes.Block() | nodes.If():
                inner = dict(scope)
                for child in node.iter_child_nodes():
                    self._read(child, inner)
            case nodes.Include() | nodes.Extends() | nodes.Import() | nodes.FromImport():
                self._read_other(node, scope)
            case nodes.Expr():
                self._evaluate(node, scope)
            case _:
                for child in node.iter_child_nodes():
                    self._read(child, scope)

    def _read_loop(self, node: nodes.For, scope: Scope) -> None:
        self._evaluate(node.iter, scope)
        inner = scope | {"loop": None}
        path = self._path(node.iter, scope)
        grouped = isinstance(node.iter, nodes.Filter) and node.iter.name == "groupby"
        if grouped and isinstance(node.target, nodes.Tuple):
            items = self._path(node.iter.node, scope)  # type: ignore[attr-defined]
            self._bind(node.target.items[0], None, inner)
            self._bind(node.target.items[1], items, inner)
        else:
            self._bind(node.target, path and f"{path}[]", inner)
        if node.test:
            self._evaluate(node.test, inner)
        self._read_all(node.body, inner)
        self._read_all(node.else_, scope)

    def _read_other(self, node: nodes.Node, scope: Scope) -> None:
        asked = node.template.value  # type: ignore[attr-defined]
        name = self._names[asked, self._asking[-1]]
        if isinstance(node, nodes.Import):
            scope[node.target] = None
        elif isinstance(node, nodes.FromImport):
            scope.update(dict.fromkeys(n if isinstance(n, str) else n[1] for n in node.names))
        self.read_template(name, scope if isinstance(node, nodes.Include) else {})

    def _bind(self, target: nodes.Node, path: str | None, scope: Scope) -> None:
        if isinstance(target, nodes.Name):
            scope[target.name] = path
        elif isinstance(target, nodes.Tuple):
            for item in target.items:
                self._bind(item, None, scope)

    def _evaluate(self, node: nodes.Node, scope: Scope) -> None:
        """Note what an expression reads."""
        if isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
            path = self._path(node, scope)
            if isinstance(node, nodes.Getitem):
                self._evaluate(node.arg, scope)
            if path is not None:
                self.found.add(path)
            elif not isinstance(node, nodes.Name):
                self._evaluate(node.node, scope)
            return
        if isinstance(node, nodes.Filter) and node.node is not None:
            self._note_attribute(node, scope)
        for child in node.iter_child_nodes():
            self._evaluate(child, scope)

    def _note_attribute(self, node: nodes.Filter, scope: Scope) -> None:
        """Note the field that a filter such as `map(attribute="name")` reads."""
        path = self._path(node.node, scope) if node.node is not None else None
        named = [pair.value for pair in node.kwargs if pair.key == "attribute"]
        if not named and node.name in _FIRST_IS_ATTRIBUTE:
            named = node.args[:1]
        if path and node.name in _BY_ATTRIBUTE | _FIRST_IS_ATTRIBUTE and named:
            attribute = named[0]
            if isinstance(attribute, nodes.Const) and isinstance(attribute.value, str):
                self.found.add(f"{path}[].{attribute.value}")

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
