"""How a printed tag learns its place in the document, at no cost while rendering.

What is more than text needs the properties of the run, sometimes of the paragraph, that it stands
in. The source says of each tag in a run `(code) | in_run(3)`, a row of a table; in the parsed tree
that becomes a second argument of finalize, a constant. No template can write it itself.
"""

from __future__ import annotations

from itertools import islice

from jinja2 import nodes

from generator import wordml
from generator.compiler.groups import content
from generator.runtime.code import IN_RUN
from generator.runtime.values import Place
from generator.wordml import OURS, Element, Source, is_tag, tag_code, w

_LINKS = frozenset(map(w, ("hyperlink", "fldSimple")))
_OWN = {
    "in_section": " in_section",
    "last_section": " last_section",
    "link_target": " link",
    "medium": " medium",
    "section": " section",
    "section_ends": " section_ends",
}
"""Filters of tags that stand bare in the source, as no text that an author typed does."""
_LEFT_OUT = frozenset(map(w, ("rPrChange", "pPrChange", "sectPr")))


class Places:
    """The places at which the tags of a body print values."""

    def __init__(self) -> None:
        self.rows: list[Place] = []
        self._indexes: dict[Place, int] = {}

    def value_code(self, tag: Element) -> str:
        """The code of *tag* as it stands in the source: it says where it prints."""
        code = tag_code(tag)
        text = tag.getparent()
        run = None if text is None or text.tag != w("t") else text.getparent()
        if run is None or run.tag != w("r") or not code:
            return code
        place = _place(tag, run)
        index = self._indexes.setdefault(place, len(self.rows))
        if index == len(self.rows):
            self.rows.append(place)
        return f"({code}) | in_run({index})"


def settle_places(tree: nodes.Template, rows: list[Place]) -> None:
    """Turn what `value_code` wrote into places, in *tree*; a block that is set holds only text."""
    for output in tree.find_all(nodes.Output):
        for node in output.nodes:
            match node:
                case nodes.Filter(name="in_run", args=[nodes.Const(value=int(index))]):
                    if 0 <= index < len(rows):
                        node.name = IN_RUN
                        node.args = [nodes.Const(rows[index], lineno=node.lineno)]
                case nodes.Filter(name=name, args=[]) if name in _OWN:
                    node.name = _OWN[name]
    for capture in tree.find_all(nodes.AssignBlock):
        for output in capture.find_all(nodes.Output):
            output.nodes[:] = map(_without_place, output.nodes)


def _without_place(node: nodes.Expr) -> nodes.Expr:
    if isinstance(node, nodes.Filter) and node.name == IN_RUN and node.node is not None:
        return node.node
    return node


# --- what a place is -----------------------------------------------------------------------------


def _place(tag: Element, run: Element) -> Place:
    paragraph = run.getparent()
    in_link = any(node.tag in _LINKS for node in run.iterancestors())
    properties = _properties(run.find(w("rPr")))
    if paragraph.tag != w("p") or paragraph.find(f"{w('pPr')}/{w('sectPr')}") is not None:
        return properties, None, in_link
    heard = (node for node in content(paragraph) if not _is_silent(node))
    inside = list(islice(heard, 2))
    alone = len(inside) == 1 and inside[0] is tag
    return properties, _properties(paragraph.find(w("pPr"))) if alone else None, in_link


def _is_silent(node: Element | str) -> bool:
    if isinstance(node, str):
        return False
    return node.target == "c" if is_tag(node) else bool(node.tag == w("bookmarkStart"))


def _properties(element: Element | None) -> str:
    """The XML of what *element* holds, one child a line; without children that hold tags."""
    return "\n".join(_texts(element)) if element is not None else ""


def _texts(element: Element) -> list[str]:
    texts = []
    for child in element:
        if child.tag in _LEFT_OUT or is_tag(child) or _holds_tags(child):
            continue
        source = Source()
        source.put_tree(child, frozenset({*wordml.NAMESPACES.values(), OURS}))
        texts.append(source.text.replace("\n", ""))
    return texts


def _holds_tags(element: Element) -> bool:
    return any(
        is_tag(node) or any("{{" in value for value in node.attrib.values())
        for node in element.iter()
    )
