"""Word front end: in the tree of a part, the tags that people typed become tag nodes.

Plain Jinja and docxtpl's own signs are read alike; what people change while Word records it is
taken as accepted.
"""

from __future__ import annotations

from generator import places, wordml
from generator.problems import Problem
from generator.tags import holders, prefixes
from generator.tags.cleaning import choose_known, clean
from generator.tags.foreign import foreign_markup
from generator.tags.numbering import number_paragraphs
from generator.tags.reading import PLAIN, Found, as_typed, formulas_of, read_text, texts_of
from generator.wordml import DOUBTFUL, SPOT, Element

__all__ = ["as_typed", "choose_known", "mark_tags", "was_revised"]

_REVISED = f"{{{wordml.OURS}}}revised"


def mark_tags(root: Element, file: str) -> list[Problem]:
    """Turn the tags below *root* into tag nodes, in place, and say where each paragraph stands.

    Tracked changes are accepted: what was deleted is gone.
    """
    if clean(root):
        root.set(_REVISED, "1")
    found = Found(file)
    paragraphs = number_paragraphs(root)
    for paragraph, spot in paragraphs:
        texts = texts_of(paragraph)
        paragraph.set(SPOT, places.with_words(spot, "".join(text.string for text in texts)))
        read_text(texts, spot, found)
        for formula in formulas_of(paragraph):
            read_text(formula, spot, found, PLAIN)
    found.problems += foreign_markup(root, file)
    if not paragraphs:
        for element in root.iter():
            if isinstance(element.tag, str) and element.text:
                read_text(texts_of(element), places.spot("properties"), found, PLAIN)
    prefixes.put_in_place(found.prefixed)
    holders.set_properties(root, found)
    prefixes.join_paragraphs(found.joining)
    if found.is_doubtful:
        root.set(DOUBTFUL, "1")
    return found.problems


def was_revised(root: Element) -> bool:
    """Whether a marked tree lost text that was deleted while Word recorded changes."""
    return root.get(_REVISED) is not None
