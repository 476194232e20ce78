"""What is printed several times, once all tags are at their places: ids, notes, lists, boxes."""

from __future__ import annotations

from functools import partial

from lxml import etree

from generator import package
from generator.compiler.bodies import Body, dynamic_part
from generator.compiler.family import Family
from generator.compiler.identity import (
    Tree,
    give_new_ids,
    settle_ranges,
    taken_ids,
    tree_of,
)
from generator.compiler.lists import restart_lists
from generator.compiler.members import without
from generator.compiler.notes import Content, move_notes
from generator.compiler.text_boxes import fill_second_halves
from generator.wordml import Element, qualified

_ABOUT_COMMENTS = ("/commentsExtended", "/commentsIds", "/commentsExtensible")


def settle_repetition(family: Family) -> frozenset[int]:
    """Complete the trees of *family* for what is printed several times, in place.

    Returns the ids that are written out in them.
    """
    root = family.root
    for body in family.bodies:
        for tree in body.parts.values():
            settle_ranges(tree)
    trees = _trees(family)
    outer, *others = (
        Content(trees[body.name][0], partial(dynamic_part, body))
        for body in (root, *(body for body in family.bodies if body is not root))
    )
    move_notes(outer, others)
    every = [tree for found in _trees(family).values() for tree in found]
    give_new_ids(every)
    restart_lists(every, lambda: _numbering(root))
    for tree in every:
        fill_second_halves(tree.root)
    if "word/comments.xml" in root.parts:
        _forget_about_comments(root)
    return taken_ids((tree.root for tree in every), root.package or {})


def _trees(family: Family) -> dict[str, list[Tree]]:
    return {
        body.name: [
            tree_of(tree, whole=body in family.others, label=f"{number} " if number else "")
            for tree in body.parts.values()
        ]
        for number, body in enumerate([family.root, *family.chain[:-1], *family.others])
    }


def _numbering(root: Body) -> Element | None:
    tree = dynamic_part(root, "word/numbering.xml")
    for node in tree.iter(etree.Element) if tree is not None else ():
        for key in node.attrib:  # what Word 2010 and later add to lists
            if key.startswith((qualified("w14:"), qualified("w15:"))):
                del node.attrib[key]
    return tree


def _forget_about_comments(root: Body) -> None:
    """Leave out what says more of comments by paragraph ids, which are not kept."""
    members = root.package or {}
    main = next(iter(root.parts))
    lost = [
        (main, link)
        for link in package.relationships(members, main)
        if link.type.endswith(_ABOUT_COMMENTS)
    ]
    if lost:
        root.package = without(members, lost)
