"""Styles that come along: those of the outer template win, by their names."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from generator.compiler.merging.definitions import (
    Definitions,
    key_of,
    name_of,
    portable,
    value_of,
    values_in,
)
from generator.compiler.merging.looks import same_look
from generator.compiler.merging.numbering import StyleIds, add_lists
from generator.wordml import Element, w

_VAL, _ID, _NUM_ID = w("val"), w("styleId"), w("numId")
_TYPES = {w("pStyle"): "paragraph", w("rStyle"): "character", w("tblStyle"): "table"}
"""The type of the style that an element of content names."""
_OF_STYLES = tuple(map(w, ("basedOn", "link", "next")))
_OF_LISTS = tuple(map(w, ("styleLink", "numStyleLink", "rStyle")))
_NO_LIST = "0"


@dataclass
class Needs:
    """What content needs of its own package's definitions; ids and numbers in their order."""

    there: dict[str, str] = field(default_factory=dict)
    """The styles that the outer package has, by their own ids: their ids there."""
    missing: dict[str, None] = field(default_factory=dict)
    nums: dict[str, None] = field(default_factory=dict)


def find_needs(trees: Iterable[Element], own: Definitions, outer: Definitions) -> Needs:
    """What *trees* and the styles and lists that they name need of *own*."""
    needs = Needs()
    names = {name for _, name in outer.style_by_key}
    queue = deque((tree, (*_TYPES, *_OF_STYLES)) for tree in trees)
    while queue:
        element, tags = queue.popleft()
        for id in values_in(element, *tags):
            style = own.style_by_id.get(id)
            if style is None or id in needs.there or id in needs.missing:
                continue
            if key_of(style) in outer.style_by_key:
                needs.there[id] = str(outer.style_by_key[key_of(style)].get(_ID))
            elif key_of(style)[1] not in names:  # no two styles have one name, whatever their types
                needs.missing[id] = None
                queue.append((style, _OF_STYLES))
        for number in values_in(element, _NUM_ID):
            num = own.num_by_id.get(number)
            if num is not None and number != _NO_LIST and number not in needs.nums:
                needs.nums[number] = None
                queue += [
                    (each, _OF_LISTS) for each in (num, own.abstract_of(num)) if each is not None
                ]
    return needs


def bring_definitions(
    trees: Iterable[Element], needs: Needs, own: Definitions, outer: Definitions
) -> None:
    """Add to *outer* the *needs* that it lacks, and let *trees* name them; all in place."""
    ids = {id: _fresh_id(id, outer) for id in needs.missing}
    copies = {id: _add_style(own.style_by_id[id], ids[id], outer) for id in ids}
    nums = add_lists(needs.nums, own, outer, StyleIds(ids, needs.there))
    for copied in copies.values():
        _settle(copied, _OF_STYLES, ids | needs.there)
        for node in list(copied.iterchildren(w("link"))):
            if node.get(_VAL) not in ids.values():  # both of a pair name each other (17.7.4.6)
                copied.remove(node)
        _renumber(copied, nums)
    for tree in trees:
        _settle(tree, _TYPES, ids | needs.there)
        _renumber(tree, nums)


def _fresh_id(id: str, outer: Definitions) -> str:
    fresh, count = id, 1
    while fresh in outer.style_by_id:
        count += 1
        fresh = f"{id}_{count}"
    return fresh


def _add_style(style: Element, id: str, outer: Definitions) -> Element:
    copied = portable(style)
    copied.set(_ID, id)
    copied.attrib.pop(w("default"), None)
    outer.styles.append(copied)
    outer.style_by_id[id] = outer.style_by_key[key_of(copied)] = copied
    return copied


def _settle(root: Element, tags: Iterable[str], ids: dict[str, str]) -> None:
    """Give the references below *root* the *ids* of the outer package; the others go."""
    for node in list(root.iter(*tags)):
        if node.get(_VAL) in ids:
            node.set(_VAL, ids[node.get(_VAL)])
        else:
            node.getparent().remove(node)


def _renumber(root: Element, nums: dict[str, str]) -> None:
    for node in list(root.iter(_NUM_ID)):
        said = node.get(_VAL)
        if said in nums:
            node.set(_VAL, nums[said])
        elif said != _NO_LIST:  # there is no such list, or it is not defined
            properties = node.getparent()
            properties.getparent().remove(properties)


def name_styles(root: Element, outer: Definitions) -> None:
    """Give the styles below *root*, which are named by their names, their ids in *outer*."""
    for node in list(root.iter(*_TYPES)):
        style = outer.style_by_key.get((_TYPES[node.tag], node.get(_VAL, "").lower()))
        if style is None:
            node.getparent().remove(node)
        else:
            node.set(_VAL, style.get(_ID))


def overruled(
    trees: Iterable[Element], needs: Needs, own: Definitions, outer: Definitions
) -> Iterator[str]:
    """The names of the styles used in *trees* that look otherwise in *outer*, and win there."""
    used = dict.fromkeys(needs.there)
    default = own.default_style
    if default is not None and any(map(_has_unstyled, trees)):
        used.setdefault(str(default.get(_ID)))
    for id in used:
        style = own.style_by_id[id]
        other = outer.style_by_key.get(key_of(style))
        if other is not None and not same_look(style, own, other, outer):
            yield name_of(style)


def _has_unstyled(tree: Element) -> bool:
    for paragraph in tree.iter(w("p")):
        properties = paragraph.find(w("pPr"))
        if properties is None or not value_of(properties, "pStyle"):
            return True
    return False
