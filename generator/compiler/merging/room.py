"""Room for pictures among text whose lines are of one height, which would cut them off."""

from __future__ import annotations

from collections.abc import Iterator

from generator.compiler.linking import MEDIUM, let_grow, prints_drawing
from generator.compiler.merging.definitions import Definitions, value_of
from generator.wordml import Element, is_tag, qualified, w

_ANCHOR = qualified("wp:anchor")


def make_room(tree: Element, outer: Definitions) -> None:
    """Let paragraphs below *tree* grow with their pictures where *outer* holds them, in place.

    That is where their lines are of one height (ISO/IEC 29500-1, 17.3.1.33), whoever says so.
    """
    for paragraph in list(_with_drawings(tree)):
        if _line_rule(paragraph, outer) == "exact":
            let_grow(paragraph)


def _with_drawings(tree: Element) -> Iterator[Element]:
    """The paragraphs in whose lines a picture stands, or a tag that prints a picture or chart."""
    for node in tree.iter():
        if is_tag(node):
            draws = prints_drawing(node)
        else:
            draws = bool(node.get(MEDIUM)) and next(node.iterancestors(_ANCHOR), None) is None
        if draws and (paragraph := next(node.iterancestors(w("p")), None)) is not None:
            yield paragraph


def _line_rule(paragraph: Element, outer: Definitions) -> str:
    """How *paragraph* measures its lines, itself or by its style in *outer*."""
    properties = paragraph.find(w("pPr"))
    if said := _said(properties):
        return said
    id = "" if properties is None else value_of(properties, "pStyle")
    style = outer.style_by_id.get(id, outer.default_style)
    seen: set[str] = set()
    while style is not None and style.get(w("styleId")) not in seen:
        if said := _said(style.find(w("pPr"))):
            return said
        seen.add(style.get(w("styleId")))
        style = outer.style_by_id.get(value_of(style, "basedOn"))
    path = "/".join(map(w, ("docDefaults", "pPrDefault", "pPr")))
    return _said(outer.styles.find(path))


def _said(properties: Element | None) -> str:
    spacing = None if properties is None else properties.find(w("spacing"))
    return "" if spacing is None else str(spacing.get(w("lineRule"), ""))
