"""noticegen: structured YAML in, official Word documents by GB/T 9704—2012 out.

from generator import open_library
template = open_library("examples/demo").template("study-week-notice", unit="city-office")
document: bytes = template.render(values)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.batch import Outcome, render_rows
    from generator.inputs import check, render_file
    from generator.library import Library, Template, compile_docx, open_library
    from generator.problems import Location, Message, NoticeError, Problem

__all__ = [
    "Library",
    "Location",
    "Message",
    "NoticeError",
    "Outcome",
    "Problem",
    "Template",
    "check",
    "compile_docx",
    "open_library",
    "render_file",
    "render_rows",
]

_ROOMS = {
    "batch": ("Outcome", "render_rows"),
    "inputs": ("check", "render_file"),
    "library": ("Library", "Template", "compile_docx", "open_library"),
    "problems": ("Location", "Message", "NoticeError", "Problem"),
}


def __getattr__(name: str) -> object:
    """A public name, from its room: `noticegen --help` need not import them all."""
    for room, names in _ROOMS.items():
        if name in names:
            value = getattr(import_module(f"generator.{room}"), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module “generator” has no attribute “{name}”")
