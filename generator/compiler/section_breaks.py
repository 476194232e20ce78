"""Section breaks of a Word template that come and go with conditions (ISO/IEC 29500-1, 17.6.17).

A section is said where it ends. So a break that a condition leaves out would give the text before
it the page of the next section, and what a loop prints last would leave an empty page behind. Where
that may happen, no break stands in the tree any more: what is printed says in which section it
stands, and ends the one before if that had reached its break.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from itertools import pairwise

from generator.compiler.groups import keyword
from generator.compiler.nesting import Item, Statement, nest
from generator.wordml import Element, is_tag, tag_node, w

_SECTION = w("sectPr")
_REFERENCES = (w("headerReference"), w("footerReference"))
_TEXT = frozenset(map(w, ("p", "sdt", "tbl")))
_PRINTED_HERE = frozenset({"block", "for", "if", "with"})
_DEFINING = frozenset({"macro", "set", "import", "from", "extends"})


def settle_breaks(body: Element) -> list[Element]:
    """Let the sections of *body* be told while rendering where some come and go, in place.

    Returns them in their order, the last one of the document included; none where text follows the
    last break in any case: then Word's own rule does.
    """
    items = nest(body)
    breaks = [node for node in body.iterchildren(w("p")) if _ends(node) is not None]
    last = body.find(_SECTION)
    if not breaks or last is None or len(breaks) != sum(1 for _ in body.iter(_SECTION)) - 1:
        return []  # a break in a cell or a control is left as it stands
    if any(isinstance(item, Statement) and _has_break([item]) for item in items):
        for before, section in pairwise([*map(_section_of, breaks), last]):
            _inherit(before, section)
    if _in_definitions(items) or _is_certain(items):
        return []
    _Marker().mark(items)
    return [*map(_taken, breaks), copy.deepcopy(last)]


def _ends(paragraph: Element) -> Element | None:
    return paragraph.find(f"{w('pPr')}/{_SECTION}")


def _section_of(paragraph: Element) -> Element:
    section = _ends(paragraph)
    assert section is not None
    return section


def _in_definitions(items: Iterable[Item]) -> bool:
    """Whether a break stands in a macro, which prints it elsewhere."""
    for item in items:
        if isinstance(item, Statement):
            if item.kind not in _PRINTED_HERE and any(map(_has_break, item.branches)):
                return True
            if any(map(_in_definitions, item.branches)):
                return True
    return False


def _has_break(items: Iterable[Item]) -> bool:
    return any(
        any(map(_has_break, item.branches))
        if isinstance(item, Statement)
        else not is_tag(item) and item.tag == w("p") and _ends(item) is not None
        for item in items
    )


def _is_certain(items: list[Item]) -> bool:
    """Whether text follows the last break whatever the conditions come to."""
    conditional = False
    for item in reversed(items):
        if isinstance(item, Statement):
            if _has_break([item]):
                return False
            conditional = True
        elif not is_tag(item) and item.tag in _TEXT:
            return _ends(item) is None or not conditional
    return True


class _Marker:
    """Puts the tags between what is printed that say in which section it stands."""

    def __init__(self) -> None:
        self._section = 1

    def mark(self, items: Iterable[Item]) -> None:
        said = False  # whether the section is known to who prints what comes next
        for item in items:
            if isinstance(item, Statement):
                said = self._mark_statement(item)
            elif is_tag(item):
                if keyword(item) not in _DEFINING and item.target != "c":
                    item.addprevious(self._tag("in_section"))
                    said = False
            elif item.tag != _SECTION:
                if not said:
                    item.addprevious(self._tag("in_section"))
                said = True
                if item.tag == w("p") and _ends(item) is not None:
                    item.addnext(self._tag("section_ends"))
                    self._section += 1
                    said = False

    def _mark_statement(self, statement: Statement) -> bool:
        """Mark what a statement prints; False: what follows it must say its section anew."""
        if statement.kind in ("block", "call"):  # another template may print here
            statement.tags[0].addprevious(self._tag("in_section"))
        if statement.kind in _PRINTED_HERE:
            for branch in statement.branches:
                self.mark(branch)
        return False

    def _tag(self, filter: str) -> Element:
        return tag_node("v", f'"{self._section}" | {filter}')


def _taken(paragraph: Element) -> Element:
    """The section that *paragraph* ends, taken out of it."""
    section = _section_of(paragraph)
    section.getparent().remove(section)
    return section


def _inherit(before: Element, section: Element) -> None:
    """Give *section* the headers and footers that it shares with the one *before* it (17.10.5).

    That one may be left out.
    """
    own = {(node.tag, node.get(w("type"))) for node in section.iterchildren(*_REFERENCES)}
    shared = [
        copy.deepcopy(node)
        for node in before.iterchildren(*_REFERENCES)
        if (node.tag, node.get(w("type"))) not in own
    ]
    section[:0] = shared
