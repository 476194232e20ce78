"""Page breaks in content that another template gives its look: properties of what follows them.

Word writes a break into a paragraph, LibreOffice into the one before, even beside a tag alone.
There it would hold a line, or a whole page where the next paragraph's style begins one itself.
"""

from __future__ import annotations

from generator import wordml
from generator.compiler.groups import content
from generator.wordml import Element, is_tag, make, w

_BEFORE = frozenset(map(w, ("pStyle", "keepNext", "keepLines")))
"""What stands before `w:pageBreakBefore` (ISO/IEC 29500-1, 17.3.1.26)."""


def settle_page_breaks(root: Element) -> None:
    """Let paragraphs below *root* begin the pages that breaks before them begin, in place."""
    for paragraph in root.iter(w("p")):
        inside = list(content(paragraph))
        if len(inside) < 2:  # a break alone is meant as it stands
            continue
        following = paragraph.getnext()
        if _is_break(inside[0]):
            _begin_page(paragraph, inside[0])
        elif _is_break(inside[-1]) and following is not None and _prints(following):
            _begin_page(following, inside[-1])


def _is_break(node: Element | str) -> bool:
    return (
        not isinstance(node, str)
        and not is_tag(node)
        and node.tag == w("br")
        and node.get(w("type")) == "page"
    )


def _prints(node: Element) -> bool:
    """Whether *node* is a paragraph of more than tags that print nothing."""
    return node.tag == w("p") and any(
        isinstance(each, str) or not is_tag(each) or each.target == "v" for each in content(node)
    )


def _begin_page(paragraph: Element, page_break: Element) -> None:
    properties = paragraph.find(w("pPr"))
    if properties is None:
        properties = make("w:pPr")
        paragraph.insert(0, properties)
    if properties.find(w("pageBreakBefore")) is not None:
        return
    run = page_break.getparent()
    wordml.remove(page_break)
    if all(node.tag == w("rPr") for node in run):
        wordml.remove(run)
    index = sum(node.tag in _BEFORE for node in properties)
    properties.insert(index, make("w:pageBreakBefore"))
