"""What an element must hold, whatever the conditions in it come to.

A cell, a header, a text box or a note needs a paragraph, a table a row, a row a cell
(ISO/IEC 29500-1, 17.4, 17.10, 17.11): an `else` branch gives it where a render could leave none.
A content control that could be empty goes: what it holds stays.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from generator.compiler.cells import FIRST_PASS
from generator.compiler.groups import keyword, name_of
from generator.compiler.nesting import Item, Statement, between, flat, nest
from generator.compiler.tables import keep_apart, remove_without_rows
from generator.wordml import Element, is_tag, make, tag_code, tag_node, tag_spot, tags_in, w

_BOXES = tuple(map(w, ("tc", "hdr", "ftr", "txbxContent", "footnote", "endnote", "comment")))
_CONTENT = tuple(map(w, ("p", "r", "tr", "tc", "tbl")))
"""What a content control holds, at one level or another."""
_HOLD_TABLES = (w("body"), *_BOXES)


def ensure_minimum(root: Element) -> None:
    """Give every box below *root* that could render empty what it must have, in place."""
    for row in root.iter(w("tr")):
        _ensure(row, w("tc"), lambda: make("w:tc", None, make("w:p")))
    for table in list(root.iter(w("tbl"))):
        _ensure_rows(table)
    for box in root.iter(*_HOLD_TABLES):
        keep_apart(box)
    known = _without_tables_last(root)
    for box in root.iter(*_BOXES):
        _ensure_paragraph(box, known)
    for control in list(root.iter(w("sdtContent"))):
        if not any(_is_certain(_items(control), wanted) for wanted in _CONTENT):
            _dissolve(control.getparent(), control)


def _dissolve(control: Element, content: Element) -> None:
    """Leave of a content control that could print empty only what it holds."""
    for child in list(content):
        control.addprevious(child)
    control.getparent().remove(control)


def _ensure_paragraph(box: Element, known: frozenset[str]) -> None:
    """Make *box* hold a paragraph whatever happens, and a cell end in one.

    *known* are macros that never end in a table.
    """
    _ensure(box, w("p"), lambda: make("w:p"))
    if box.tag == w("tc") and _may_end_in_table(_items(box), known):
        box.append(make("w:p"))


def ensure_block(opener: Element, closer: Element) -> None:
    """Make a block that stands in such a box print a paragraph whatever happens."""
    items = nest(between(opener, closer))
    if not _is_certain(items, w("p")) and not _complete(items, w("p"), lambda: make("w:p")):
        closer.addprevious(make("w:p"))


def _ensure_rows(table: Element) -> None:
    """Let *table* print with a row, or not at all."""
    if _is_certain(_items(table), w("tr")) or remove_without_rows(table, _is_certain):
        return
    columns = max(len(table.findall(f"{w('tblGrid')}/{w('gridCol')}")), 1)
    _ensure(table, w("tr"), partial(_empty_row, columns))


def _empty_row(columns: int) -> Element:
    return make("w:tr", None, *(make("w:tc", None, make("w:p")) for _ in range(columns)))


def _ensure(box: Element, wanted: str, filler: Callable[[], Element]) -> None:
    items = _items(box)
    if not _is_certain(items, wanted) and not _complete(items, wanted, filler):
        box.append(filler())


def _items(box: Element) -> list[Item]:
    return nest(flat(box))


def _is_certain(items: list[Item], wanted: str, *, looping: bool = False) -> bool:
    """Whether one of *items* prints the *wanted* element whatever the conditions come to.

    *looping* are the items of a loop: what they print on its first pass is certain.
    """
    return any(_certainly_prints(item, wanted, looping=looping) for item in items)


def _certainly_prints(item: Item, wanted: str, *, looping: bool = False) -> bool:
    if isinstance(item, Statement):
        first, *others = item.branches
        if item.kind in ("block", "with"):
            return _is_certain(first, wanted, looping=looping and item.kind == "with")
        if looping and tag_code(item.tags[0]) == FIRST_PASS and _is_certain(first, wanted):
            return True
        if item.kind not in ("if", "for") or not item.has_else:
            return False
        return _is_certain(first, wanted, looping=looping or item.kind == "for") and all(
            _is_certain(branch, wanted, looping=looping) for branch in others
        )
    if is_tag(item):
        return item.target == "v" and "super()" in (item.text or "")  # its block was completed
    return bool(item.tag == wanted)


def _complete(
    items: list[Item], wanted: str, filler: Callable[[], Element], *, looping: bool = False
) -> bool:
    """Complete the last statement of *items*, so that it prints; whether there was one."""
    for item in reversed(items):
        if not isinstance(item, Statement) or item.kind not in ("if", "for", "block", "with"):
            continue
        for index, (branch, end) in enumerate(zip(item.branches, item.tags[1:], strict=True)):
            inside = (looping and item.kind != "block") or (item.kind == "for" and index == 0)
            if not _is_certain(branch, wanted, looping=inside) and not _complete(
                branch, wanted, filler, looping=inside
            ):
                end.addprevious(filler())
        if item.kind in ("if", "for") and not item.has_else:
            closer = item.tags[-1]
            closer.addprevious(tag_node("b", "else", tag_spot(closer)))
            closer.addprevious(filler())
        return True
    return False


def _may_end_in_table(items: list[Item], known: frozenset[str]) -> bool:
    """Whether the last that *items* print may be a table; *known* print none last."""
    for item in reversed(items):
        if isinstance(item, Statement):
            # What a loop calls within itself ends as the loop does.
            inner = known | {"loop"} if item.kind == "for" else known
            if item.kind == "call" or any(_may_end_in_table(each, inner) for each in item.branches):
                return True
            if _certainly_prints(item, w("p")):
                return False
        elif is_tag(item):
            if item.target == "v" and tag_code(item).partition("(")[0].strip() not in known:
                return True
        elif item.tag == w("tbl"):
            return True
        elif item.tag == w("p"):
            return False
    return False


def _without_tables_last(root: Element) -> frozenset[str]:
    """The names of macros below *root* that never end in a table."""
    holders = dict.fromkeys(tag.getparent() for tag in tags_in(root) if keyword(tag) == "macro")
    return frozenset(
        name_of(item.tags[0])
        for holder in holders
        for item in nest(holder)
        if isinstance(item, Statement)
        and item.kind == "macro"
        and not _may_end_in_table(item.branches[0], frozenset())
    )
