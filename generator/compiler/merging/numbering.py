"""Lists that come along: their definitions and instances get new numbers in the outer package."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.compiler.identity import highest
from generator.compiler.merging.definitions import Definitions, portable, values_in
from generator.wordml import Element, w

_VAL, _NUM_ID, _ABSTRACT_ID = w("val"), w("numId"), w("abstractNumId")
_ABSTRACTS = frozenset((w("numPicBullet"), w("abstractNum")))
_NUMS = _ABSTRACTS | {w("num")}
_OWNERS = (w("pStyle"), w("styleLink"))
"""What names the style that a level or a definition belongs to."""
_USED = (w("numStyleLink"), w("rStyle"))


def has_picture_bullets(num: Element, own: Definitions) -> bool:
    """Whether a list of *own* has pictures for bullets."""
    abstract = own.abstract_of(num)
    definitions = (num,) if abstract is None else (num, abstract)
    return any(True for each in definitions for _ in each.iter(w("lvlPicBulletId")))


@dataclass(frozen=True)
class StyleIds:
    """The ids in the outer package of a template's styles, by their own ids."""

    brought: Mapping[str, str]
    there: Mapping[str, str]
    """Of those that the outer package has itself."""


def add_lists(
    nums: Iterable[str], own: Definitions, outer: Definitions, styles: StyleIds
) -> dict[str, str]:
    """Add the lists *nums* of *own* to *outer*, in place; the new number of each."""
    found = {number: own.num_by_id[number] for number in nums}
    defined = {number: own.abstract_of(num) for number, num in found.items()}
    abstracts = {
        str(abstract.get(_ABSTRACT_ID)): abstract
        for abstract in defined.values()
        if abstract is not None
    }
    new_abstracts = _numbered(abstracts, outer.abstract_by_id)
    new_nums = _numbered((n for n in found if defined[n] is not None), outer.num_by_id)
    nsids = set(values_in(outer.numbering, w("nsid")))
    for old, number in new_abstracts.items():
        copied = outer.abstract_by_id[number] = _copied(abstracts[old], styles)
        copied.set(_ABSTRACT_ID, number)
        for nsid in copied.iterchildren(w("nsid")):  # Word takes lists of one nsid for one list
            nsid.set(_VAL, _fresh_nsid(nsid.get(_VAL, ""), number, nsids))
    for old, number in new_nums.items():
        copied = outer.num_by_id[number] = _copied(found[old], styles)
        copied.set(_NUM_ID, number)
        of = copied.find(_ABSTRACT_ID)
        of.set(_VAL, new_abstracts[of.get(_VAL)])
    _put_after(outer.numbering, map(outer.abstract_by_id.get, new_abstracts.values()), _ABSTRACTS)
    _put_after(outer.numbering, map(outer.num_by_id.get, new_nums.values()), _NUMS)
    return new_nums


def _numbered(numbers: Iterable[str], taken: Mapping[str, Element]) -> dict[str, str]:
    """New *numbers*, the old ones in their order, that are larger than those *taken*."""
    return {old: str(number) for number, old in enumerate(numbers, highest(taken) + 1)}


def _copied(definition: Element, styles: StyleIds) -> Element:
    copied = portable(definition)
    _settle_styles(copied, styles)
    return copied


def _settle_styles(copied: Element, styles: StyleIds) -> None:
    """Let a definition name the styles of the outer package.

    A level is a style's own (17.9.23), and a definition a list style's (17.9.27), only where that
    style came along too: else the outer template's style has its own.
    """
    anyhow = {**styles.brought, **styles.there}
    for tag in _OWNERS + _USED:
        ids = styles.brought if tag in _OWNERS else anyhow
        for node in list(copied.iter(tag)):
            if node.get(_VAL) in ids:
                node.set(_VAL, ids[node.get(_VAL)])
            else:
                node.getparent().remove(node)


def _fresh_nsid(said: str, number: str, taken: set[str]) -> str:
    """What *said* becomes for the definition of this *number*; *taken* grows by it."""
    while said in taken:
        text = f"{said} {number}"
        said = hashlib.blake2b(text.encode(), digest_size=4).hexdigest().upper()
    taken.add(said)
    return said


def _put_after(parent: Element, nodes: Iterable[Element], names: frozenset[str]) -> None:
    """Put *nodes* behind the last child of these *names*, first where there is none."""
    before = [index for index, child in enumerate(parent) if child.tag in names]
    at = before[-1] + 1 if before else 0
    parent[at:at] = list(nodes)
