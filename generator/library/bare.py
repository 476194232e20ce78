"""Templates that a Word document is by itself, without a folder, a template.yaml or a schema."""

from __future__ import annotations

from pathlib import Path

from generator.compiler.bodies import Body, read_word_body
from generator.compiler.chain import compile_body
from generator.compiler.patterns import Expressions
from generator.library import keeping
from generator.library.layers import read_file
from generator.library.template import Template
from generator.limits import DEFAULTS, Limits
from generator.problems import Location, Message, NoticeError, Problem


def make_bare(
    data: bytes, file: str, folders: tuple[str, ...] = (), limits: Limits = DEFAULTS
) -> Template:
    """The template that a `.docx` with tags is by itself.

    Its values may name files in *folders*.
    """

    def refuse(name: str, asked: str) -> Body:
        message = Message("a template by itself cannot use “{name}”", name=name)
        raise NoticeError([Problem("B001", message, Location(file))])

    compiled = compile_body(read_word_body(data, file, file, limits), refuse, limits=limits)
    return Template(
        Path(file).stem,
        None,
        None,
        compiled,
        expressions=Expressions(limits),
        files=(file,),
        folders=folders,
        fingerprint=keeping.content_digest(data),
    )


def make_word_file(path: Path, limits: Limits) -> keeping.Kept:
    """The template that the Word document at *path* is by itself, and its digest."""
    template = make_bare(read_file(path), str(path), (str(path.parent),), limits)
    return keeping.Kept(template, {str(path.resolve()): keeping.digest(path)})
