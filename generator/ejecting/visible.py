"""A tree with tag nodes → the same with every tag as text, where it acts.

What the Word front end reads back is the tree again: a tag between paragraphs has a paragraph of
its own, one between rows a row; a cell that merges says so. Those are grey, as they print nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.compiler.groups import macro_names, prints_fragment
from generator.compiler.regions import quoted
from generator.layouts.paragraphs import unprinted
from generator.tagging import scan
from generator.tags.cells import MERGING, RANK
from generator.wordml import Element, make, tag_code, tags_in, w

_SIGNS = {"v": ("{{", "}}"), "b": ("{%", "%}"), "c": ("{#", "#}")}
_BRACES = re.compile("[{}｛]")
"""What a tag begins with, or what stands for such a sign: text with it is not read as it stands."""
_LIST = re.compile(r'"([^"]+)"( \| list_(?:start|number)(?:\(\d+\))?)')


def show_tags(body: Element, taken: str = "") -> None:
    """Make the tags of a body that is not lifted yet text, in place.

    Its lists get names that the text *taken* does not hold.
    """
    writer = _Writer(macro_names(body), _list_names(body, taken))
    for text in list(body.iter(w("t"))):
        writer.fill(text)
    for tag in list(tags_in(body)):
        _put_in_place(tag, writer.between_paragraphs(tag))
    for cell in list(body.iter(w("tc"))):
        if MERGING in cell.attrib:
            rank = cell.get(RANK, "0")
            word = "{% merge %}" if rank == "0" else f"{{% merge {rank} %}}"
            cell.find(w("p")).append(unprinted(word))


class _Writer:
    def __init__(self, macros: frozenset[str], lists: Mapping[str, str]) -> None:
        self._macros, self._lists = macros, lists

    def fill(self, text: Element) -> None:
        """Make *text* hold nothing but text."""
        pieces = [_literal(text.text or "")]
        for tag in list(text):
            pieces += [self.written(tag), _literal(tag.tail or "")]
            text.remove(tag)
        text.text = "".join(pieces)

    def written(self, tag: Element) -> str:
        """*tag* as a person types it."""
        return _written(tag.target, self._code(tag))

    def between_paragraphs(self, tag: Element) -> str:
        """A tag that stands between paragraphs: what prints nothing there is a statement."""
        if tag.target == "v" and not prints_fragment(tag, self._macros):
            return _written("b", f"set _ = {self._code(tag)}")
        return self.written(tag)

    def _code(self, tag: Element) -> str:
        code = tag_code(tag).replace("\n", " ")
        if (found := _LIST.fullmatch(code)) and found[1] in self._lists:
            return f'"{self._lists[found[1]]}"{found[2]}'
        return code


def _written(kind: str, code: str) -> str:
    opening, closing = _SIGNS[kind]
    return f"{opening} {code} {closing}"


def _literal(text: str) -> str:
    """*text* as it is typed to be read as text."""
    if not _BRACES.search(text):
        return text
    raw = f"{{% raw %}}{text}{{% endraw %}}"
    return raw if [tag.code for tag in scan(raw)] == [text] else _written("v", quoted(text))


def _list_names(body: Element, taken: str) -> dict[str, str]:
    """A name for each list that begins below *body*, by its key."""
    found = (_LIST.fullmatch(tag_code(tag)) for tag in tags_in(body))
    keys = dict.fromkeys(each[1] for each in found if each and "list_start" in each[2])
    return dict(zip(keys, _names(taken), strict=False))


def _names(taken: str) -> Iterator[str]:
    number = 0
    while True:
        number += 1
        if f"列表{number}" not in taken:
            yield f"列表{number}"


# --- between paragraphs and rows -----------------------------------------------------------------


def _put_in_place(tag: Element, text: str) -> None:
    """Put a paragraph that holds *text*, or a row, where *tag* stands."""
    holder = tag.getparent()
    style = "表文" if holder.tag == w("tbl") else "Body Text"
    properties = make("w:pPr", None, make("w:pStyle", {"w:val": style}))
    element = make("w:p", None, properties, unprinted(text))
    if holder.tag == w("tbl"):
        element = _row(holder, element)
    tag.tail = None
    holder.replace(tag, element)


def _row(table: Element, content: Element) -> Element:
    """A row whose one cell is as wide as *table*."""
    widths = [int(column.get(w("w"), "0")) for column in table.iter(w("gridCol"))]
    properties = make(
        "w:tcPr",
        None,
        make("w:tcW", {"w:w": str(sum(widths)), "w:type": "dxa"}),
        make("w:gridSpan", {"w:val": str(len(widths))}),
    )
    return make(
        "w:tr",
        None,
        make("w:trPr", None, make("w:cantSplit")),
        make("w:tc", None, properties, content),
    )
