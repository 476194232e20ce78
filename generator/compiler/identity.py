"""Ids stay unique where a loop, a macro or a block repeats what bears them.

A drawing, a VML shape, a bookmark (with its name, and the links to it), a permission and a content
control get new ones on each pass. What stands in no such statement keeps its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from generator import package
from generator.compiler.regions import Around, innermost, quoted, repeats, shared, walk
from generator.wordml import Element, is_tag, qualified, remove, tag_node, w

_RANGES = {
    w("bookmarkStart"): w("bookmarkEnd"),
    w("permStart"): w("permEnd"),
    w("commentRangeStart"): w("commentRangeEnd"),
}
"""What begins and ends apart, by one id (ISO/IEC 29500-1, 17.13)."""
_DRAWING = qualified("wp:docPr")
_SHAPE_ID = re.compile(r"_x0000_[st]\d+")
_FIRST_SHAPE = 1_048_576
"""Word numbers its own shapes from 1025."""
_WORD = re.compile(r"\w+")
_LONGEST_NAME = 40
_ID, _NAME = w("id"), w("name")
_LEADING = {w("hyperlink"): w("anchor"), w("fldSimple"): w("instr"), w("name"): w("val")}
"""What leads to a bookmark, and its attribute that says to which; form fields have a name."""
_LOOKED_FOR = (b"docPr", b"bookmarkStart")


@dataclass(frozen=True)
class Tree:
    """A part's tree, with the statements around each of its elements."""

    root: Element
    around: Mapping[Element, Around]
    whole: bool
    """Whether all of it may be repeated, as what is included may."""
    label: str = ""
    """Begins the keys of its ids, which are its own: those of two templates may be alike."""

    def repeats(self, node: Element) -> bool:
        return self.whole or repeats(self.around[node])


def tree_of(root: Element, *, whole: bool, label: str = "") -> Tree:
    """The places of the elements below *root*, as they are now."""
    return Tree(root, dict(walk(root)), whole, label)


def settle_ranges(root: Element) -> None:
    """Let what begins and ends apart do so in one statement, in place.

    An end whose beginning stands outside of a loop goes behind the loop, and so on.
    """
    around = dict(walk(root))
    for start, end in list(_ranges(root)):
        if end is None:
            end = etree.Element(_RANGES[start.tag])
            end.set(_ID, start.get(_ID, ""))
            start.addnext(end)
            continue
        common = shared(around[start], around[end])
        if len(around[start]) > len(common):
            _move(start, around[start][len(common)][0].opener, before=True)
        if len(around[end]) > len(common):
            _move(end, around[end][len(common)][0].closer, before=False)
    starts = {(_RANGES[node.tag], node.get(_ID)) for node in root.iter(*_RANGES)}
    for node in list(root.iter(*_RANGES.values())):
        if (node.tag, node.get(_ID)) not in starts:
            remove(node)


def _move(node: Element, tag: Element, *, before: bool) -> None:
    remove(node)
    if before:
        tag.addprevious(node)
    else:
        tag.addnext(node)


def _ranges(root: Element) -> Iterator[tuple[Element, Element | None]]:
    """The beginning and the end of each range; None for one without an end."""
    begun: dict[tuple[str, str], Element] = {}
    for node in root.iter(*_RANGES, *_RANGES.values()):
        if node.tag in _RANGES:
            begun[_RANGES[node.tag], node.get(_ID, "")] = node
        elif (start := begun.pop((node.tag, node.get(_ID, "")), None)) is not None:
            yield start, node
    for start in begun.values():
        yield start, None


# --- new ids -------------------------------------------------------------------------------------


def give_new_ids(trees: Iterable[Tree]) -> None:
    """Let ids and names below *trees* be new on each pass, in place, where they repeat."""
    trees = list(trees)
    _keep_names_apart(trees)
    names = [str(n.get(_NAME)) for tree in trees for n in tree.root.iter(w("bookmarkStart"))]
    stems = _stems(names)
    for tree in trees:
        repeated = [node for node in tree.around if not is_tag(node) and tree.repeats(node)]
        for node in repeated:
            _renew(node, tree)
        bookmarks = {
            str(node.get(_NAME)): node for node in repeated if node.tag == w("bookmarkStart")
        }
        for start, end in list(_ranges(tree.root)):
            if start.tag != w("commentRangeStart") and tree.repeats(start) and end is not None:
                _renew_range(start, end, stems, tree.label)
        _follow(tree, bookmarks, stems)


def _keep_names_apart(trees: Iterable[Tree]) -> None:
    """Rename, in place, bookmarks that are named like one that another template prints for certain.

    Links and fields of their own template follow.
    """
    marks = [
        (tree, str(node.get(_NAME)), tree.repeats(node))
        for tree in trees
        for node in tree.root.iter(w("bookmarkStart"))
    ]
    stems = _stems([name for _, name, _ in marks])
    for tree in trees:
        others = {name for each, name, again in marks if each.label != tree.label and not again}
        own = {name for each, name, again in marks if each.label == tree.label and again}
        new = {name: f"{stems[name]}0" for name in own & others}
        for node in tree.around if new else ():
            _rename(node, new)


def _rename(node: Element, new: Mapping[str, str]) -> None:
    def renamed(said: str) -> str:
        return _WORD.sub(lambda word: new.get(word[0], word[0]), said)

    key = _NAME if node.tag == w("bookmarkStart") else _LEADING.get(node.tag)
    if key is not None and node.get(key):
        node.set(key, renamed(node.get(key)))
    elif node.tag == w("instrText") and len(node) == 0 and node.text:
        node.text = renamed(node.text)


def _renew(node: Element, tree: Tree) -> None:
    if node.tag == _DRAWING:
        node.set("id", "{{ 0 | uid }}")
    elif node.tag.startswith(qualified("v:")) and node.tag != qualified("v:shapetype"):
        for key in ("id", qualified("o:spid")):
            if said := node.get(key):
                node.set(key, _shape_id(said))
    elif node.tag == w("sdtPr"):
        for own in node.findall(_ID):  # Word gives it one
            node.remove(own)


def _shape_id(said: str) -> str:
    if "{{" in said:
        return said
    if _SHAPE_ID.fullmatch(said):
        return f"_x0000_s{{{{ (0 | uid) + {_FIRST_SHAPE} }}}}"
    return f"{said}_{{{{ 0 | uid }}}}"


def _renew_range(start: Element, end: Element, stems: Mapping[str, str], label: str) -> None:
    key = quoted(f"{label}{etree.QName(start).localname} {start.get(_ID)}")
    start.set(_ID, f"{{{{ {key} | fresh_id }}}}")
    end.set(_ID, f"{{{{ {key} | end_id }}}}")
    name = start.get(_NAME)
    if start.tag == w("bookmarkStart") and name and "{{" not in name:
        start.set(_NAME, f"{{{{ {quoted(name)} | fresh_name({quoted(stems[name])}) }}}}")


def _stems(names: Iterable[str]) -> dict[str, str]:
    """What the copies of each bookmark's name begin with: with a number it is like no other name.

    Word does not tell capital letters from small ones.
    """
    known = sorted({name.casefold() for name in names})
    stems: dict[str, str] = {}
    taken: set[str] = set()
    for name in dict.fromkeys(names):
        stem = f"{name[: _LONGEST_NAME - 10]}_"
        while stem.casefold() in taken or _begins_one(stem.casefold(), known):
            stem += "_"
        taken.add(stem.casefold())
        stems[name] = stem
    return stems


def _begins_one(stem: str, known: Sequence[str]) -> bool:
    """Whether one of *known*, which are sorted, begins with *stem*."""
    position = bisect_left(known, stem)
    return position < len(known) and known[position].startswith(stem)


def _follow(tree: Tree, bookmarks: Mapping[str, Element], stems: Mapping[str, str]) -> None:
    """Let links and fields in the statement of a bookmark lead to that of their own pass."""
    seen: set[Element] = set()
    for node, around in tree.around.items() if bookmarks else ():
        if node.tag == w("bookmarkStart"):
            seen.add(node)
        for name in _names_led_to(node):
            start = bookmarks.get(name)
            if start is not None and _is_within(around, tree.around[start], tree):
                ahead = int(start not in seen)
                _lead(node, name, f"{quoted(name)} | same_name({quoted(stems[name])}, {ahead})")


def _names_led_to(node: Element) -> list[str]:
    key = _LEADING.get(node.tag)
    if key is not None:
        said = str(node.get(key, ""))
        return [] if "{{" in said else _WORD.findall(said)
    if node.tag == w("instrText") and len(node) == 0:
        return _WORD.findall(node.text or "")
    return []


def _is_within(around: Around, of_bookmark: Around, tree: Tree) -> bool:
    """Whether a place of *tree* belongs to the same pass as a bookmark."""
    region = innermost(of_bookmark)
    if region is None:
        return tree.whole
    return any(other is region for other, _ in around)


def _lead(node: Element, name: str, code: str) -> None:
    if key := _LEADING.get(node.tag):
        node.set(key, node.get(key).replace(name, f"{{{{ {code} }}}}", 1))
        return
    before, _, after = (node.text or "").partition(name)
    tag = tag_node("v", f"({code}) | plain")
    tag.tail = after
    node.text = before
    node.append(tag)


# --- ids that are taken --------------------------------------------------------------------------


def taken_ids(trees: Iterable[Element], members: Mapping[str, bytes]) -> frozenset[int]:
    """The ids of drawings, notes and ranges that are written out: no new one may be like them."""
    roots = list(trees)
    for name, data in members.items():
        if name.endswith(".xml") and any(word in data for word in _LOOKED_FOR):
            try:
                roots.append(package.parse(data))
            except etree.XMLSyntaxError:
                continue
    said = {
        node.get(key, "")
        for root in roots
        for node in root.iter(etree.Element)
        for key in (["id"] if node.tag == _DRAWING else [_ID])
    }
    return frozenset(_numbers(said))


def highest(ids: Iterable[str | None]) -> int:
    """The largest number among *ids*; 0 without any."""
    return max(_numbers(ids), default=0)


def _numbers(ids: Iterable[str | None]) -> Iterator[int]:
    """Those of *ids* that are whole numbers of a size that Word reads."""
    for id in ids:
        if id and id.isascii() and id.isdecimal() and len(id) < 12:
            yield int(id)
