"""Footnotes, endnotes and comments whose reference stands in a statement: one note on each pass.

Such a note leaves its part for the place of its reference, where it sees what that sees, and is
left out with it. It is captured there, and printed with the others when their part comes
(ISO/IEC 29500-1, 17.11, 17.13.4).
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from generator.compiler import capture_tags
from generator.compiler.identity import Tree, highest
from generator.compiler.regions import quoted, shared
from generator.wordml import SPOT, Element, remove, w

_ID = w("id")


@dataclass(frozen=True)
class Kind:
    """A kind of note: where it stands, and what refers to it."""

    part: str
    note: str
    reference: str
    ranges: tuple[str, ...] = ()
    """The marks of what it is about: of a comment, where that begins and ends."""


KINDS = (
    Kind("word/footnotes.xml", w("footnote"), w("footnoteReference")),
    Kind("word/endnotes.xml", w("endnote"), w("endnoteReference")),
    Kind(
        "word/comments.xml",
        w("comment"),
        w("commentReference"),
        (w("commentRangeStart"), w("commentRangeEnd")),
    ),
)
FindPart = Callable[[str], Element | None]
"""Gives the tree of a part, from now on a dynamic one; None where there is no such part."""


@dataclass(frozen=True)
class Content:
    """The content of a template, and where its notes stand."""

    tree: Tree
    find_part: FindPart

    def references(self, kind: Kind) -> list[Element]:
        return [node for node in self.tree.around if node.tag == kind.reference]


def move_notes(outer: Content, others: Iterable[Content]) -> None:
    """Move notes to their references, in place, where one of *outer*'s is in a statement.

    Then all notes of that kind move: their ids are one after the other, in the order of the
    references, which is what LibreOffice expects. Comments are found by their ids alone. The notes
    of *others*, which stand in the text of *outer*, move there in any case.
    """
    others = list(others)
    for kind in KINDS:
        own = outer.references(kind)
        inside = [node for node in own if outer.tree.around[node]]
        brought = [content for content in others if content.references(kind)]
        root = outer.find_part(kind.part) if inside or brought else None
        if root is None:
            continue
        notes = list(root.iterchildren(kind.note))
        first = highest(note.get(_ID) for note in notes if kind.ranges or note.get(w("type"))) + 1
        moved = _move_all(outer, inside if kind.ranges else own, kind, first)
        for content in brought:
            moved |= _move_all(content, content.references(kind), kind, first)
        if moved:
            root.append(capture_tags.notes(kind.part))


def _move_all(content: Content, references: Iterable[Element], kind: Kind, first: int) -> bool:
    """Move the notes of *references*; whether there are any. New ids begin at *first*."""
    root = content.find_part(kind.part)
    notes = {
        note.get(_ID): note
        for note in (root.iterchildren(kind.note) if root is not None else ())
        if not note.get(w("type"))
    }
    ranges = _ranges(content.tree, kind)
    moved = []
    for reference in references:
        note = notes.get(reference.get(_ID))
        if note is not None:
            marks = ranges.get(note.get(_ID), ())
            _move(reference, note, marks, content.tree, (kind.part, first))
            moved.append(note)
    for note in dict.fromkeys(moved):
        remove(note)
    return bool(moved)


def _move(
    reference: Element,
    note: Element,
    marks: Iterable[Element],
    tree: Tree,
    numbered: tuple[str, int],
) -> None:
    """Put a copy of *note* behind its *reference*; *marks* are the ends of what it is about.

    *numbered* is the note's part, and the first of the new ids there.
    """
    part, first = numbered
    key = quoted(f"{tree.label}{part} {reference.get(_ID)}")
    fresh = f"{{{{ {key} | fresh_note({quoted(part)}, {first}) }}}}"
    same = f"{{{{ {key} | same_id }}}}"
    mine = copy.deepcopy(note)
    mine.tail = None
    mine.set(_ID, same)
    marks = list(marks)
    around = [tree.around[node] for node in (reference, *marks)]
    if len(marks) == 2 and all(len(shared(*around)) == len(each) for each in around):
        marks[0].set(_ID, fresh)
        for node in (marks[1], reference):
            node.set(_ID, same)
    else:  # it is not on the whole of what a pass prints: it stays at its reference
        for mark in marks:
            remove(mark)
        reference.set(_ID, fresh)
    spot = next((p.get(SPOT, "") for p in reference.iterancestors(w("p"))), "")
    for node in (capture_tags.end(part, spot), mine, capture_tags.begin(part, spot)):
        reference.addnext(node)


def _ranges(tree: Tree, kind: Kind) -> dict[str, list[Element]]:
    """Where what each note is about begins and ends, by its id."""
    found: dict[str, list[Element]] = {}
    for node in tree.around:
        if node.tag in kind.ranges:
            found.setdefault(node.get(_ID, ""), []).append(node)
    return found
