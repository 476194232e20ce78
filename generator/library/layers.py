"""Layers: where templates and units stand, and which of them is nearest.

Precedence, nearest first: the unit → its parent → … → the workspaces, last named first → built in.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from generator.problems import Location, Message, NoticeError, Problem, reason_of

BODIES = ("body.md", "body.docx")
DEFINITION = "template.yaml"
WORD_ENDINGS = (".docx", ".dotx", ".docm", ".dotm")
MAX_FILE = 64 * 1024 * 1024
FilePath = str | PathLike[str]
TEMPLATE, UNIT, LAYOUT = Message("template"), Message("unit"), Message("layout")
LAYOUT_NAME = "layout:"
"""What begins the name of a layout, of which a template may have the name."""
_NAME = re.compile(r"\w[\w.\-]*")


@dataclass(frozen=True)
class Layer:
    """A folder of templates."""

    folder: Path
    unit: str = ""
    """The unit whose layer it is; `""` for a workspace or the built-in templates."""

    def files(self, template: str, names: Iterable[str]) -> list[Path]:
        """Which of *names* there are in the folder of *template*."""
        paths = [self.folder / template / name for name in names]
        return [path for path in paths if path.is_file()]

    @property
    def templates(self) -> Iterator[str]:
        """The names of the templates that have a folder here."""
        if not self.folder.is_dir():
            return
        for path in sorted(self.folder.iterdir()):
            if is_template_folder(path):
                yield path.name


def layout_file(name: str) -> str:
    """Where in the folder of a layer its version of the layout *name* stands."""
    return f"layouts/{name}.docx"


def is_template_folder(path: Path) -> bool:
    """Whether a folder holds a template."""
    return any((path / name).is_file() for name in (*BODIES, DEFINITION))


def is_word_file(name: FilePath) -> bool:
    """Whether the name of a template is the path of a Word document, which is one by itself."""
    return str(name).lower().endswith(WORD_ENDINGS)


def is_template(path: FilePath) -> bool:
    """Whether *path* is that of a template and not of an input: a folder, or a Word document."""
    return is_word_file(path) or Path(path).is_dir()


def beside(file: FilePath, name: str) -> str:
    """The path *name* as it is meant in *file*: from the folder of that one."""
    return str(Path(file).parent / name)


def built_in_folder() -> Path:
    """The templates that ship: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parents[1]
    installed = package / "templates"
    return installed if installed.is_dir() else package.parent / "templates"


def read_file(file: FilePath) -> bytes:
    """The content of a file; NoticeError where it cannot be read or is immoderately large."""
    path, where = Path(file), Location(str(file))
    try:
        if path.stat().st_size > MAX_FILE:
            raise NoticeError([Problem("B003", Message("the file is too large"), where)])
        return path.read_bytes()
    except FileNotFoundError as error:
        raise NoticeError([Problem("B003", Message("there is no such file"), where)]) from error
    except IsADirectoryError as error:
        message = Message("this is a folder, not a file")
        raise NoticeError([Problem("B003", message, where)]) from error
    except OSError as error:
        hint = Message("the system says: {reason}", reason=reason_of(error))
        message = Message("the file cannot be read")
        raise NoticeError([Problem("B003", message, where, hint)]) from error


def is_name(name: str) -> bool:
    """Whether *name* can be a folder of a template or unit: no path leaves its layer."""
    return bool(_NAME.fullmatch(name)) and ".." not in name


def unit_layers(slug: str, parents: Iterable[str], workspaces: list[Path]) -> list[Layer]:
    """The layers of a unit and its *parents*, nearest first."""
    return [
        Layer(workspace / "units" / unit, unit)
        for unit in (slug, *parents)
        for workspace in workspaces
    ]


def missing(kind: Message, name: str, known: Iterable[str], where: Location) -> NoticeError:
    """There is no template or unit of that name."""
    names = sorted(set(known))
    close = difflib.get_close_matches(name, names, 1, 0.65)
    if close:
        hint = Message("did you mean “{name}”?", name=close[0])
    elif names:
        hint = Message("there are: {names}", names=", ".join(names))
    else:
        hint = Message("name the folder that holds it with --templates")
    message = Message("there is no {kind} “{name}”", kind=kind, name=name)
    return NoticeError([Problem("B001", message, where, hint)])
