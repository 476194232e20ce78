"""Whether two packages mean the same by a style of one name."""

from __future__ import annotations

from lxml import etree

from generator.compiler.merging.definitions import Definitions, key_of, portable
from generator.wordml import Element, w

_OF_THE_WINDOW = tuple(
    map(
        w,
        "name aliases next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat "
        "locked personal personalCompose personalReply rsid".split(),
    )
)
"""What says how Word lists a style, not how its text looks."""


def same_look(style: Element, own: Definitions, other: Element, others: Definitions) -> bool:
    """Whether *style* of *own* looks as *other* of *others* does."""
    return _look(style, own) == _look(other, others)


def _look(style: Element, definitions: Definitions) -> bytes:
    look = portable(style)
    look.attrib.clear()
    for node in list(look):
        if node.tag in _OF_THE_WINDOW:
            look.remove(node)
    for node in look.iter(w("basedOn")):
        base = definitions.style_by_id.get(node.get(w("val")))
        node.set(w("val"), "" if base is None else key_of(base)[1])
    for node in look.iter(w("numId")):  # a number of its own in each package
        node.attrib.clear()
    plain: bytes = etree.tostring(look, method="c14n")
    return plain
