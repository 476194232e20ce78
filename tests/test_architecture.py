"""The walls of the house. The tables here are the specification; the code has to fit them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent / "generator"
MOST_LINES = 400

ROOMS = (  # a module imports only modules above it; a package is one room
    "problems",
    "columns",
    "limits",
    "refusals",
    "places",
    "package",
    "elements",
    "sources",
    "schema",
    "formats",
    "workdays",
    "privacy",
    "escalation",
    "titles",
    "filenames",
    "wordml",
    "tagging",
    "tags",
    "outline",
    "markdown",
    "layouts",
    "runtime",
    "compiler",
    "content",
    "rendering",
    "rules",
    "secrecy",
    "characters",
    "imprints",
    "agreement",
    "tracing",
    "variables",
    "selection",
    "library",
    "ejecting",
    "heads",
    "tabled",
    "inputs",
    "preview",
    "checking",
    "lists",
    "register",
    "batch",
    "reporting",
    "__init__",  # the public face
    "cli",
    "__main__",
)
RIM = {"library", "preview", "batch", "register", "cli"}
EFFECTS = {  # modules that touch files, the clock, processes, the net, or chance
    "glob",
    "os",
    "pathlib",
    "random",
    "secrets",
    "shutil",
    "signal",
    "socket",
    "subprocess",
    "tempfile",
    "time",
    "urllib.request",
    "uuid",
}
PRINTING = ("runtime", "rendering", "content")
PARSERS = {"docx", "lxml", "markdown_it", "yaml"}
PARSING_ROOMS = {"markdown", "outline", "tags", "wordml"}
CLOCK_READERS = {"now", "today", "utcnow"}
PRINTERS = {"cli"}

MODULES = sorted(path.relative_to(HOUSE) for path in HOUSE.rglob("*.py"))
NAMES = [module.as_posix() for module in MODULES]


def room_of(module: Path) -> str:
    """`layouts/geometry.py` → layouts, `titles.py` → titles."""
    return module.parts[0] if len(module.parts) > 1 else module.stem


def dotted(module: Path) -> str:
    """`layouts/geometry.py` → generator.layouts.geometry, its `__init__.py` → generator.layouts."""
    parts = module.with_suffix("").parts
    return ".".join(("generator", *(parts[:-1] if parts[-1] == "__init__" else parts)))


def tree_of(module: Path) -> ast.Module:
    return ast.parse((HOUSE / module).read_text(encoding="utf-8"))


def imports_of(module: Path, tree: ast.AST) -> Iterator[str]:
    """Full names of what *module* imports, wherever in it: `generator.wordml.make`, `os`."""
    package = ".".join(("generator", *module.parts[:-1]))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            up = package.split(".")[: len(package.split(".")) + 1 - node.level]
            origin = ".".join([*up, *filter(None, [node.module])]) if node.level else node.module
            yield from (f"{origin}.{name.name}" for name in node.names)


def house_module(name: str) -> str | None:
    """The module of ours that an imported *name* is, or stands in; None for other packages."""
    known = set(map(dotted, MODULES))
    while name and name not in known:
        name = name.rpartition(".")[0]
    return name or None


def room_of_import(name: str) -> str | None:
    """The room that an imported *name* belongs to, built already or not; None: not our house."""
    house, _, inside = name.partition(".")
    if house != "generator":
        return None
    room = inside.partition(".")[0]
    return room if room in {*ROOMS, *map(room_of, MODULES)} else "__init__"


def without_type_checking(tree: ast.Module) -> ast.Module:
    """The module as it runs: what only type checkers import has no effect."""

    class Running(ast.NodeTransformer):
        def visit_If(self, node: ast.If) -> ast.AST | list[ast.stmt]:
            if ast.unparse(node.test).endswith("TYPE_CHECKING"):
                return node.orelse
            return self.generic_visit(node)

    running: ast.Module = Running().visit(tree)
    return running


@pytest.mark.parametrize("module", MODULES, ids=NAMES)
def test_every_module_is_in_a_room_of_the_table(module: Path) -> None:
    assert room_of(module) in ROOMS


@pytest.mark.parametrize("module", MODULES, ids=NAMES)
def test_imports_point_one_way(module: Path) -> None:
    own = room_of(module)
    above = ROOMS[: ROOMS.index(own)] if own in ROOMS else ROOMS
    entered = map(room_of_import, imports_of(module, tree_of(module)))
    assert {room for room in entered if room and room not in (*above, own)} == set()


@pytest.mark.parametrize(
    "room", [room for room in ROOMS if (HOUSE / room).is_dir() and room != "__init__"]
)
def test_modules_of_one_room_do_not_import_each_other_in_a_circle(room: str) -> None:
    graph = {}
    for module in (module for module in MODULES if room_of(module) == room):
        found = map(house_module, imports_of(module, tree_of(module)))
        graph[dotted(module)] = {name for name in found if name} - {dotted(module)}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]), pytrace=False)


@pytest.mark.parametrize("module", MODULES, ids=NAMES)
def test_no_module_grows_too_long(module: Path) -> None:
    assert len((HOUSE / module).read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("module", MODULES, ids=NAMES)
def test_effects_stay_at_the_rim(module: Path) -> None:
    if room_of(module) not in RIM:
        running = without_type_checking(tree_of(module))
        imported = {name for name in imports_of(module, running) if _reaches(name)}
        assert sorted(imported | _effective_calls(running)) == []


@pytest.mark.parametrize("module", [module for module in MODULES if room_of(module) in PRINTING])
def test_what_runs_while_a_document_is_rendered_parses_nothing(module: Path) -> None:
    found = set(imports_of(module, without_type_checking(tree_of(module))))
    assert {name.partition(".")[0] for name in found} & PARSERS == set()
    assert set(map(room_of_import, found)) & PARSING_ROOMS == set()


@pytest.mark.parametrize("module", MODULES, ids=NAMES)
def test_only_the_command_line_prints(module: Path) -> None:
    if room_of(module) not in PRINTERS:
        assert "print" not in _called_names(tree_of(module))


def _reaches(name: str) -> bool:
    return any(name == effect or name.startswith(f"{effect}.") for effect in EFFECTS)


def _called_names(tree: ast.AST) -> set[str]:
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {function.id for function in calls if isinstance(function, ast.Name)}


def _effective_calls(tree: ast.AST) -> set[str]:
    """`open(…)`, and readings of the clock such as `date.today()`."""
    readings = {
        ast.unparse(node.func)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCK_READERS
    }
    return readings | (_called_names(tree) & {"open", "input"})


# --- the walls can be felt -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("import os.path, time", ["os.path", "time"]),
        ("from generator import cli", ["generator.cli"]),
        ("from .geometry import A4", ["generator.layouts.geometry.A4"]),
        ("from . import geometry", ["generator.layouts.geometry"]),
        ("from ..wordml import make", ["generator.wordml.make"]),
        ("def late():\n    from generator.cli import run", ["generator.cli.run"]),
    ],
)
def test_imports_are_found_however_they_are_written(source: str, names: list[str]) -> None:
    assert list(imports_of(Path("layouts/placing.py"), ast.parse(source))) == names


def test_an_import_is_traced_to_its_room() -> None:
    assert room_of_import("generator.problems.Problem") == "problems"
    assert room_of_import("generator.compiler") == "compiler"
    assert room_of_import("generator.open_library") == "__init__"
    assert room_of_import("generator.register.Register") == "register"
    assert room_of_import("lxml.etree") is None


def test_effects_are_found_unless_only_type_checkers_see_them() -> None:
    tree = ast.parse("if TYPE_CHECKING:\n    from pathlib import Path\nimport os\ndate.today()")
    running = without_type_checking(tree)
    assert [name for name in imports_of(Path("titles.py"), running) if _reaches(name)] == ["os"]
    assert _effective_calls(running) == {"date.today"}
