"""Room for pictures among text whose lines are of one height, which would cut them off."""

from __future__ import annotations

from generator.compiler.linking import MEDIUM, let_grow
from generator.compiler.merging.definitions import Definitions, value_of
from generator.wordml import Element, is_tag, qualified, w

_ANCHOR = qualified("wp:anchor")


def make_room(tree: Element, outer: Definitions) -> None:
    """Let paragraphs below *tree* grow with their pictures where *outer* holds them, in place.

    What a paragraph says itself stays (ISO/IEC 29500-1, 17.3.1.33).
    """
    pictures = [node for node in tree.iter() if not is_tag(node) and node.get(MEDIUM)]
    for picture in pictures:
        if next(picture.iterancestors(_ANCHOR), None) is None:
            for paragraph in picture.iterancestors(w("p")):
                if _line_rule(paragraph, outer) == "exact":
                    let_grow(paragraph)
                break


def _line_rule(paragraph: Element, outer: Definitions) -> str:
    """How the style of *paragraph* in *outer* measures lines; `""` where it says so itself."""
    properties = paragraph.find(w("pPr"))
    if _said(properties):
        return ""
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
