"""Footnotes, endnotes and comments whose reference stands in a statement: one note on each pass.

Such a note leaves its part for the place of its reference, where it sees what that sees, and is
left out with it. It is
captured there, and printed with the others when their part comes (ISO/IEC 29500-1, 17.11, 17.13.4).
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from generator.compiler import capture_tags
from generator.compiler.identity import Tree
from generator.compiler.regions import quoted, shared
from generator.wordml import SPOT, Element, remove, w

_ID = w("id")


@dataclass(frozen=True)
class Kind:
    """A kind of note: where it stands, and what refers to it."""

    part: str
    note: str
    reference: str


KINDS = (
    Kind("word/footnotes.xml", w("footnote"), w("footnoteReference")),
    Kind("word/endnotes.xml", w("endnote"), w("endnoteReference")),
    Kind("word/comments.xml", w("comment"), w("commentReference")),
)
FindPart = Callable[[str], Element | None]
"""Gives the tree of a part, from now on a dynamic one; None where there is no such part."""


def move_notes(tree: Tree, find_part: FindPart) -> None:
    """Move notes to their references below *tree*, in place, where any is in a statement.

    Then all notes of that kind move: their ids are one after the other, in the order of the
    references, which is what LibreOffice expects. Comments are found by their ids alone.
    """
    for kind in KINDS:
        references = [node for node in tree.around if node.tag == kind.reference]
        inside = [node for node in references if tree.around[node]]
        root = find_part(kind.part) if inside else None
        if root is None:
            continue
        is_comment = kind is KINDS[-1]
        ranges = _comment_ranges(tree) if is_comment else {}
        notes = {note.get(_ID): note for note in root.iterchildren(kind.note)}
        special = {id for id, note in notes.items() if note.get(w("type"))}
        first = _first_id(special if not is_comment else notes)
        moved = []
        for reference in inside if is_comment else references:
            note = notes.get(reference.get(_ID))
            if note is not None and note.get(_ID) not in special:
                _move(reference, note, ranges.get(note.get(_ID), ()), tree, (kind.part, first))
                moved.append(note)
        for note in dict.fromkeys(moved):
            remove(note)
        if moved:
            root.append(capture_tags.notes(kind.part))


def _first_id(taken: Iterable[str]) -> int:
    return max([0, *(int(id) for id in taken if id.isdecimal())]) + 1


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
    key = quoted(f"{part} {reference.get(_ID)}")
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


def _comment_ranges(tree: Tree) -> dict[str, list[Element]]:
    """Where each comment begins and ends, by its id."""
    found: dict[str, list[Element]] = {}
    for node in tree.around:
        if node.tag in (w("commentRangeStart"), w("commentRangeEnd")):
            found.setdefault(node.get(_ID, ""), []).append(node)
    return found
