"""noticegen: structured YAML in, official Word documents by GB/T 9704—2012 out.

from generator import open_library
template = open_library("examples/demo").template("study-week-notice", unit="city-office")
document: bytes = template.render(values)
"""

from __future__ import annotations

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
