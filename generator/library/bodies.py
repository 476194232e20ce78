"""Bodies of templates and layouts: which one a name means, layer by layer, and its content."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from generator import layouts
from generator.compiler.bodies import Body, read_word_body
from generator.layouts.properties import PROPERTIES
from generator.library.files import Files
from generator.library.layers import (
    BODIES,
    LAYOUT,
    LAYOUT_NAME,
    TEMPLATE,
    Layer,
    is_name,
    layout_file,
    missing,
)
from generator.library.unit_layouts import UnitLayouts
from generator.limits import Limits
from generator.markdown import survey_markdown
from generator.problems import Location, Message, NoticeError, Problem
from generator.sources import decode


class Bodies:
    """Finds the bodies that one unit sees.

    Their canonical names are `layout:letter` for a layout of ours, and the number of a layer with
    a path in its folder for a file: `0:note/body.md`, `1:layouts/letter.docx`.
    """

    def __init__(self, files: Files, unit: str | None, drawn: UnitLayouts, limits: Limits) -> None:
        self._files = files
        self._layers = files.layers
        self._unit = unit
        self._drawn = drawn
        self._limits = limits

    def named(self, name: str, where: Location) -> Body:
        """The body of the template *name*, or the layout, where no template has the name.

        Raises NoticeError where there is neither, told at *where*, and where it cannot be read.
        """
        return self._find_body(name, where, self._layers)

    def find(self, name: str, asked: str) -> Body:
        """The body that a tag in the template *asked*, a canonical name, means by *name*.

        `layout:letter` is the layout, `letter` the template of that name, or the layout, if there
        is none. What names itself means the next one out; a layout does so by either name.
        """
        layer_index, _, asking = asked.partition(":")
        if not layer_index.isdigit():
            raise self.missing(name, Location(asked))
        index = int(layer_index)
        where = Location(str(self._layers[index].folder / asking))
        layout, outer = name.removeprefix(LAYOUT_NAME), self._layers[index + 1 :]
        if asking == layout_file(layout):
            return self._find_layout(layout, where, outer)
        if layout != name:
            return self._find_layout(layout, where, self._layers)
        own = asking.partition("/")[0]
        layers = outer if name == own else self._layers
        if name.endswith((".md", ".docx")) and is_name(name):
            return self._read_first(own, (name,), layers, where)
        return self._find_body(name, where, layers)

    def source(self, body: Body) -> bytes:
        """The content of the file of a body, or the package of a layout."""
        if is_ours(body):
            return self._drawn.build(body.layout)
        return self._files.read(Path(body.file))

    def _find_body(self, name: str, where: Location, layers: Sequence[Layer]) -> Body:
        if name in layouts.LAYOUTS and not self._has_body(name, layers):
            return self._find_layout(name, where, layers)
        if not is_name(name):
            raise self.missing(name, where)
        return self._read_first(name, BODIES, layers, where)

    def _has_body(self, name: str, layers: Iterable[Layer]) -> bool:
        paths = (layer.folder / name / file for layer in layers for file in BODIES)
        return any(map(self._files.note, paths))

    def _find_layout(self, name: str, where: Location, layers: Iterable[Layer]) -> Body:
        """The layout *name*: the Word document for it in the nearest of *layers*, or ours.

        As it is drawn for the mark of one unit, no other one inherits it.
        """
        if name not in layouts.LAYOUTS:
            raise missing(LAYOUT, name, layouts.LAYOUTS, where)
        file = layout_file(name)
        own = (layer for layer in layers if layer.unit in ("", self._unit))
        nearest = next((each for each in own if self._files.note(each.folder / file)), None)
        if nearest is None:
            canonical = said = f"{LAYOUT_NAME}{name}"
            data = self._drawn.build(name)
        else:
            canonical = f"{self._layers.index(nearest)}:{file}"
            said = str(nearest.folder / file)
            data = self._files.read(nearest.folder / file)
        body = read_word_body(data, canonical, said, self._limits, PROPERTIES)
        body.layout = name
        body.kept_blocks = layouts.KEPT_BLOCKS
        return body

    def _read_first(
        self, folder: str, names: Sequence[str], layers: Iterable[Layer], where: Location
    ) -> Body:
        for layer in layers:
            for name in names:
                path = layer.folder / folder / name
                if self._files.note(path):
                    return self._read(path, f"{self._layers.index(layer)}:{folder}/{name}")
        raise self.missing(names[0] if names != BODIES else folder, where)

    def _read(self, path: Path, name: str) -> Body:
        data, file = self._files.read(path), str(path)
        if path.suffix == ".docx":
            return read_word_body(data, name, file, self._limits)
        if len(data) > self._limits.markup:
            raise NoticeError([Problem("B003", Message("the file is too large"), Location(file))])
        content, problems = survey_markdown(decode(data, file), file)
        return Body(name, file, {"": content}, problems=problems)

    def missing(self, name: str, where: Location) -> NoticeError:
        """There is no template *name*, which is asked for at *where*."""
        known = {found for layer in self._layers for found in layer.templates}
        return missing(TEMPLATE, name, [*known, *layouts.LAYOUTS], where)


def is_ours(body: Body) -> bool:
    """Whether *body* is a layout as we draw it, and not a Word document of a workspace."""
    return body.name == f"{LAYOUT_NAME}{body.layout}"
