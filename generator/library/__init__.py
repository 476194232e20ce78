"""Libraries of templates: finds, compiles and keeps them.

`open_library(folder).template("study-week-notice", unit="county-office")` is a Template, which
renders any number of documents.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.library import keeping
from generator.library.layers import (
    TEMPLATE,
    FilePath,
    Layer,
    built_in_folder,
    is_name,
    is_word_file,
    missing,
    read_file,
    unit_layers,
)
from generator.library.template import Document, Template
from generator.library.units import Units
from generator.limits import DEFAULTS, Limits
from generator.problems import Location, Message, NoticeError, Problem
from generator.sources import Source

if TYPE_CHECKING:
    from generator.library.making import Maker

__all__ = ["Document", "Library", "Template", "compile_docx", "open_library", "read_file"]


def open_library(
    *folders: str | PathLike[str], keep: bool = True, limits: Limits = DEFAULTS
) -> Library:
    """The library of the built-in templates and the workspaces *folders*, the last one nearest.

    *keep* keeps compiled templates in the user's cache folder; templates keep to *limits*. Raises
    NoticeError for a folder that does not exist.
    """
    problems = [
        Problem("B002", Message("the folder does not exist"), Location(str(folder)))
        for folder in folders
        if not Path(folder).is_dir()
    ]
    if problems:
        raise NoticeError(problems)
    return Library([Path(folder) for folder in reversed(folders)], keep, limits)


def compile_docx(source: bytes | str | PathLike[str], limits: Limits = DEFAULTS) -> Template:
    """The template that a `.docx` with tags is: its bytes, or a path to it; it keeps to *limits*.

    Raises NoticeError with every problem of the template at its place.
    """
    from generator.library.bare import make_bare

    if isinstance(source, bytes):
        return make_bare(source, "template.docx", limits=limits)
    return make_bare(read_file(source), str(source), (str(Path(source).parent),), limits)


class Library:
    """Layers of templates and units."""

    def __init__(
        self, workspaces: list[Path], keep: bool = True, limits: Limits = DEFAULTS
    ) -> None:
        """*workspaces*, nearest first; the built-in templates stand behind them."""
        self.workspaces = [*workspaces, built_in_folder()]
        self.limits = limits
        self._folder = keeping.default_folder() if keep else None
        self._made: dict[tuple[str, str | None], Template] = {}

    def __getstate__(self) -> dict[str, Any]:
        """Where its templates stand; those that were made are made or taken up again."""
        return {**self.__dict__, "_made": {}}

    def template(self, name: str, unit: str | None = None) -> Template:
        """The template *name* as *unit* has it, compiled now or kept from before.

        Raises NoticeError where there is no such template or unit, and with every problem of the
        template's files.
        """
        made = self._made.get((name, unit))
        if made is None:
            made = self._made[name, unit] = self._load(name, unit)
        return made

    def _load(self, name: str, unit: str | None) -> Template:
        if self._folder is None:
            return self._make(name, unit).template
        folders = [str(folder.resolve()) for folder in self.workspaces]
        facts = (name, unit or "", *folders, *map(str, self.workspaces))
        key = keeping.key(*facts, repr(self.limits))
        template = keeping.load(self._folder, key)
        if template is None:
            kept = self._make(name, unit)
            keeping.store(self._folder, key, kept)
            template = kept.template
        return template

    def word_file(self, path: FilePath, unit: str | None = None) -> Template:
        """The template that the Word document at *path* is by itself, for *unit* if one is named.

        Its tags read the unit's settings as `unit.name`. Raises NoticeError where there is no such
        file or unit, and with every problem of the template.
        """
        key = (str(path), unit)
        template = self._made.get(key)
        if template is None:
            template = self._made[key] = self._word_file_of(path, unit)
        return template

    def _word_file_of(self, path: FilePath, unit: str | None) -> Template:
        if unit is None:
            return self._load_word_file(Path(path))
        from generator.library.definitions import read_units

        settings = read_units(self.unit_chain(unit))
        return replace(self.word_file(path), unit=unit, defaults={"unit": settings})

    def find(self, name: str, unit: str | None = None) -> Template:
        """The template *name*, or the one that the Word document at the path *name* is."""
        return self.word_file(name, unit) if is_word_file(name) else self.template(name, unit)

    def _load_word_file(self, path: Path) -> Template:
        from generator.library.bare import make_word_file

        if self._folder is None:
            return make_word_file(path, self.limits).template
        key = keeping.key("a document by itself", str(path.resolve()), str(path), repr(self.limits))
        template = keeping.load(self._folder, key)
        if template is None:
            kept = make_word_file(path, self.limits)
            keeping.store(self._folder, key, kept)
            template = kept.template
        return template

    def _make(self, name: str, unit: str | None) -> keeping.Kept:
        return self.maker(name, unit).make(name)

    def maker(self, name: str, unit: str | None = None) -> Maker:
        """What makes the template *name* as *unit* has it, from its files."""
        from generator.library.making import Maker

        where = Location("")
        if not is_name(name):
            raise missing(TEMPLATE, name, [found for found, _ in self.templates(unit)], where)
        chain = self.unit_chain(unit) if unit is not None else []
        return Maker(self.layers(unit), chain, self._units, self.limits)

    def with_nearest(self, workspace: Path) -> Library:
        """This library with *workspace* as its nearest one."""
        library = Library([], self._folder is not None, self.limits)
        here = workspace.resolve()
        others = [folder for folder in self.workspaces if folder.resolve() != here]
        library.workspaces = [workspace, *others]
        return library

    # --- units -----------------------------------------------------------------------------------

    @property
    def units(self) -> dict[str, Path]:
        """The unit.yaml of each unit, by its slug; the nearest workspace wins."""
        return self._units.files

    @cached_property
    def _units(self) -> Units:
        return Units(self.workspaces)

    def unit_source(self, slug: str) -> Source:
        """What a unit's unit.yaml says, untyped. Raises NoticeError where there is no such unit."""
        return self._units.source(slug)

    def unit_chain(self, slug: str) -> list[tuple[str, Source]]:
        """A unit, its parent, that one's parent …, each with what its unit.yaml says."""
        return self._units.chain(slug)

    # --- layers ----------------------------------------------------------------------------------

    def layers(self, unit: str | None = None) -> list[Layer]:
        """The layers that *unit* sees, nearest first."""
        layers = [Layer(workspace) for workspace in self.workspaces]
        if unit is None:
            return layers
        slugs = [slug for slug, _ in self.unit_chain(unit)]
        return [*unit_layers(slugs[0], slugs[1:], self.workspaces), *layers]

    def templates(self, unit: str | None = None) -> Iterator[tuple[str, Layer]]:
        """The templates that *unit* sees, each with its nearest layer, by name."""
        nearest: dict[str, Layer] = {}
        for layer in self.layers(unit):
            for name in layer.templates:
                nearest.setdefault(name, layer)
        yield from sorted(nearest.items(), key=lambda item: item[0])
