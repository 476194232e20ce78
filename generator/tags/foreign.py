"""Markup of others that a part does not declare ignorable: Word would not open the document."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from generator import wordml
from generator.places import place
from generator.problems import Message, Problem
from generator.wordml import SPOT, Element, w

_WORD = etree.QName(w("p")).namespace


def foreign_markup(root: Element, file: str) -> Iterator[Problem]:
    """The first markup of each unknown namespace among that of Word (ISO/IEC 29500-3, 7).

    Paragraphs know their spots already. What stands in drawings and the like may be extended.
    """
    told = set()
    for node in root.iter(etree.Element):
        namespace = etree.QName(node).namespace
        parent = node.getparent()
        if parent is None or namespace in wordml.PREFIXES or namespace in told:
            continue
        if etree.QName(parent).namespace == _WORD:
            told.add(namespace)
            paragraph = next(node.iterancestors(w("p")), node)
            yield Problem(
                "T029",
                Message("“{name}” is no markup that Word knows", name=etree.QName(node).localname),
                place(file, paragraph.get(SPOT, "")),
                Message("open the template in Word and save it again"),
            )
