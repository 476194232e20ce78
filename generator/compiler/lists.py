"""Numbered lists in loops: where a pass holds a whole list, it begins anew on each pass.

A loop whose pass prints a single item is the list itself, and goes on counting. Each instance is a
`w:num` of its own, which `word/numbering.xml` gets at its end (ISO/IEC 29500-1, 17.9.18, 17.9.27).
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from generator.compiler.identity import Tree, highest
from generator.compiler.regions import Around, Region, quoted
from generator.wordml import Element, make, tag_node, w

_VAL = w("val")
_LOOPS = frozenset({"for", "macro", "include"})
_UNNUMBERED = frozenset({"bullet", "none"})


@dataclass(frozen=True)
class Item:
    """A numbered paragraph."""

    id: Element
    """Its `w:numId`."""
    number: str
    level: int
    around: Around


class Inclusion(Region):
    """All of what is included, which may be printed more than once."""

    kind = "include"


def restart_lists(trees: Iterable[Tree], find_numbering: Callable[[], Element | None]) -> None:
    """Let the lists that loops repeat below *trees* begin anew on each pass, in place.

    *find_numbering* gives the numbering of the package, from now on a dynamic part.
    """
    repeated = [
        (item, region) for tree in trees for item, region in _with_their_loops([*_items(tree)])
    ]
    numbering = find_numbering() if repeated else None
    if numbering is None:
        return
    nums = {str(num.get(w("numId"))): num for num in numbering.iterchildren(w("num"))}
    first = highest(nums) + 1
    levels: dict[str, set[int]] = {}
    begun: set[tuple[Region, str]] = set()
    for item, region in repeated:
        if item.number not in nums or _format(item, nums, numbering) in _UNNUMBERED:
            continue
        if (region, item.number) not in begun:
            begun.add((region, item.number))
            region.opener.addnext(tag_node("v", f"{quoted(item.number)} | new_list"))
        item.id.set(_VAL, f"{{{{ {quoted(item.number)} | list_id({first}) }}}}")
        levels.setdefault(item.number, set()).add(item.level)
    for number, used in sorted(levels.items()):
        _print_instances(numbering, nums[number], number, sorted(used))


def _items(tree: Tree) -> Iterator[Item]:
    whole = _inclusion(tree)
    for node, inside in tree.around.items():
        around = whole + inside
        properties = node.find(w("numPr")) if node.tag == w("pPr") else None
        if properties is None or not any(region.kind in _LOOPS for region, _ in around):
            continue
        id = properties.find(w("numId"))
        if id is None:
            continue
        level = properties.find(w("ilvl"))
        said = "0" if level is None else level.get(_VAL, "0")
        yield Item(id, id.get(_VAL, ""), int(said) if said.isdecimal() else 0, around)


def _inclusion(tree: Tree) -> Around:
    """What is around all of *tree*, opened by a comment before it, where it is included."""
    content = tree.root.find(w("body"))
    if not tree.whole or content is None or next(content.iter(w("numPr")), None) is None:
        return ()
    content.insert(0, tag_node("c", ""))
    return ((Inclusion(content[0]), 0),)


def _with_their_loops(items: list[Item]) -> Iterator[tuple[Item, Region]]:
    """The items of lists that stand whole in a pass of a loop, and the innermost such loop."""
    within: dict[tuple[Region, str], list[Item]] = {}
    for item in items:
        for region, _ in item.around:
            if region.kind in _LOOPS:
                within.setdefault((region, item.number), []).append(item)
    whole = {key for key, inside in within.items() if _is_whole(key[0], inside)}
    for item in items:
        loops = (region for region, _ in reversed(item.around))
        for region in loops:
            if (region, item.number) in whole:
                yield item, region
                break


def _is_whole(region: Region, items: list[Item]) -> bool:
    """Whether a pass of *region* may print several of *items*: those of their highest level."""
    top = min(item.level for item in items)
    inside = []
    for item in items:
        depth = next(n for n, (other, _) in enumerate(item.around) if other is region)
        if item.level == top:
            inside.append(item.around[depth + 1 :])
    return _count(inside) > 1


def _count(places: list[Around]) -> int:
    """How many of *places* may be printed together, where a loop counts for two."""
    inside: dict[Region, dict[int, list[Around]]] = {}
    for around in places:
        if around:
            region, branch = around[0]
            inside.setdefault(region, {}).setdefault(branch, []).append(around[1:])
    total = sum(not around for around in places)
    for region, branches in inside.items():
        counts = [_count(branch) for branch in branches.values()]
        total += 2 if region.kind in _LOOPS else max(counts)
    return total


# --- numbering.xml -------------------------------------------------------------------------------


def _level(item_level: int, num: Element, numbering: Element) -> Element | None:
    """What says how a level of a list is numbered."""
    own = num.find(f"{w('lvlOverride')}[@{w('ilvl')}='{item_level}']/{w('lvl')}")
    if own is not None:
        return own
    abstract = num.find(w("abstractNumId"))
    wanted = "" if abstract is None else abstract.get(_VAL)
    for each in numbering.iterchildren(w("abstractNum")):
        if each.get(w("abstractNumId")) == wanted:
            return each.find(f"{w('lvl')}[@{w('ilvl')}='{item_level}']")
    return None


def _format(item: Item, nums: dict[str, Element], numbering: Element) -> str:
    level = _level(item.level, nums[item.number], numbering)
    found = None if level is None else level.find(w("numFmt"))
    return "" if found is None else str(found.get(_VAL))


def _print_instances(numbering: Element, num: Element, number: str, used: list[int]) -> None:
    """Let *numbering* print, after its own, the instances of *num* that a render asked for."""
    instance = copy.deepcopy(num)
    instance.tail = None
    instance.set(w("numId"), "{{ copied }}")
    for level in used:
        override = instance.find(f"{w('lvlOverride')}[@{w('ilvl')}='{level}']")
        if override is None:
            override = make("w:lvlOverride", {"w:ilvl": str(level)})
            instance.append(override)
        if override.find(w("startOverride")) is None:
            said = _level(level, num, numbering)
            start = None if said is None else said.find(w("start"))
            value = "1" if start is None else start.get(_VAL, "1")
            override.insert(0, make("w:startOverride", {"w:val": value}))
    last = list(numbering.iterchildren(w("num"), etree.PI))[-1]  # behind the instances of others
    for node in (
        tag_node("b", "endfor"),
        instance,
        tag_node("b", f"for copied in {quoted(number)} | lists_of"),
    ):
        last.addnext(node)
