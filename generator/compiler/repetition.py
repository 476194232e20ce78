"""What is printed several times, once all tags are at their places: ids, notes, lists, boxes."""

from __future__ import annotations

from lxml import etree

from generator import package, tags
from generator.compiler.bodies import Body
from generator.compiler.family import Family
from generator.compiler.identity import (
    give_new_ids,
    settle_ranges,
    taken_ids,
    tree_of,
)
from generator.compiler.linking import read_targets
from generator.compiler.lists import restart_lists
from generator.compiler.members import without
from generator.compiler.notes import move_notes
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
    main = tree_of(root.root, whole=False)
    move_notes(main, lambda part: _dynamic(root, part))
    every = [
        tree_of(tree, whole=body in family.others)
        for body in family.bodies
        for tree in body.parts.values()
    ]
    give_new_ids(every)
    restart_lists(every, lambda: _numbering(root))
    for tree in every:
        fill_second_halves(tree.root)
    if "word/comments.xml" in root.parts:
        _forget_about_comments(root)
    return taken_ids((tree.root for tree in every), root.package or {})


def _dynamic(root: Body, part: str) -> Element | None:
    """The tree of *part*, which becomes a dynamic one; None where there is no such part."""
    if part in root.parts or root.package is None:
        return root.parts.get(part)
    data = root.package.get(part)
    if data is None:
        return None
    try:
        tree = package.parse(data)
    except etree.XMLSyntaxError:
        return None
    tags.choose_known(tree)
    tags.mark_tags(tree, root.file)
    root.links[part] = read_targets(tree, package.relationships(root.package, part))
    root.parts[part] = tree
    root.package = {name: data for name, data in root.package.items() if name != part}
    return tree


def _numbering(root: Body) -> Element | None:
    tree = _dynamic(root, "word/numbering.xml")
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
