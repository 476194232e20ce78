"""docxtpl's prefixes: `{%p %}`, `{%tr %}` and `{%tc %}` stand for the element that holds them.

`{{r }}` and `{%r %}` ask for nothing: a run is cut wherever a tag needs it.
"""

from __future__ import annotations

from collections.abc import Iterable

from generator import wordml
from generator.tagging import keyword, opens
from generator.tags.grid import note_columns
from generator.wordml import Element, is_tag, tag_code, w

_MARKERS = (w("bookmarkStart"), w("bookmarkEnd"))
_KEPT = frozenset((*_MARKERS, w("pPr"), w("rPr"), w("sdtPr")))
_PRINTING = frozenset(
    map(
        w,
        (
            *("br", "tab", "sym", "drawing", "pict", "object", "fldChar"),
            *("footnoteReference", "endnoteReference"),
        ),
    )
)


def put_in_place(prefixed: Iterable[tuple[Element, str]]) -> None:
    """Put each tag node in the place of its paragraph, row or cell, by its prefix.

    Where an element holds a whole statement with this prefix, from its first tag to its last, the
    statement is put around it.
    """
    holders: dict[Element, tuple[str, list[Element]]] = {}
    for node, prefix in prefixed:
        holder = next(node.iterancestors(w(prefix)), None)
        if holder is not None:
            holders.setdefault(holder, (prefix, []))[1].append(node)
    for holder, (prefix, nodes) in holders.items():
        if prefix == "tc":
            note_columns(next(holder.iterancestors(w("tr"))))
        if len(nodes) == 1:
            _replace(holder, nodes[0])
        elif _is_statement(nodes):
            _put_around(holder, nodes)


def _replace(holder: Element, node: Element) -> None:
    """Put *node* in the place of *holder*, whose bookmarks stay.

    A value stays in its run, alone; a paragraph that ends a section stays.
    """
    if holder.tag == w("p") and _ends_section(holder):
        return
    if node.target == "v" and holder.tag == w("p"):
        _leave_alone(holder, node)
        return
    for marker in list(holder.iter(*_MARKERS)):
        holder.addprevious(marker)
    wordml.remove(node)
    holder.addprevious(node)
    wordml.remove(holder)


def _leave_alone(paragraph: Element, node: Element) -> None:
    """Drop all that *paragraph* prints beside *node*."""
    while node is not paragraph:
        holder = node.getparent()
        for other in list(holder):
            if other is not node and other.tag not in _KEPT:
                wordml.remove(other)
        if holder.tag == w("t"):
            holder.text, node.tail = "", None
        node = holder


def _is_statement(nodes: list[Element]) -> bool:
    first, last = tag_code(nodes[0]), tag_code(nodes[-1])
    depth = 0
    for node in nodes[:-1]:
        code = tag_code(node) if node.target == "b" else ""
        depth += opens(code) - keyword(code).startswith("end")
        if depth == 0:
            return False
    return depth == 1 and keyword(last) == f"end{keyword(first)}"


def _put_around(holder: Element, nodes: list[Element]) -> None:
    first, last = nodes[0], nodes[-1]
    if any(keyword(tag_code(node)) in ("else", "elif") for node in nodes[1:-1]):
        return
    for node in (first, last):
        wordml.remove(node)
    holder.addprevious(first)
    holder.addnext(last)


# --- {%- and -%} ---------------------------------------------------------------------------------


def join_paragraphs(joining: Iterable[tuple[Element, bool, bool]]) -> None:
    """Join paragraphs where a tag says so.

    `{%-` that begins a paragraph joins it with the one before, `-%}` that ends one with the next.
    """
    for node, before, after in joining:
        paragraph = next(node.iterancestors(w("p")), None)
        if paragraph is None:
            continue
        if before and _is_at_edge(paragraph, node, first=True):
            joined = _join(_next(paragraph, forward=False), paragraph)
            paragraph = paragraph if joined is None else joined
        if after and _is_at_edge(paragraph, node, first=False):
            _join(paragraph, _next(paragraph, forward=True))


def _next(paragraph: Element, *, forward: bool) -> Element | None:
    """The next sibling that is no empty paragraph."""
    for node in paragraph.itersiblings(preceding=not forward):
        if node.tag != w("p") or _ends_section(node) or any(map(_prints, node.iter())):
            return node
    return None


def _is_at_edge(paragraph: Element, node: Element, *, first: bool) -> bool:
    """Whether nothing prints in *paragraph* before *node*, or nothing after it."""
    inside = list(paragraph.iter())
    position = inside.index(node)
    if first:
        return not any(map(_prints, inside[:position]))
    tail = (node.tail or "").strip()
    return not tail and not any(map(_prints, inside[position + 1 :]))


def _prints(node: Element) -> bool:
    if node.tag == w("t"):
        return bool((node.text or "").strip())
    return is_tag(node) or node.tag in _PRINTING


def _join(paragraph: Element, following: Element) -> Element | None:
    """Move what *following* holds to the end of *paragraph*; None where they cannot be joined.

    Either may be None, or no paragraph. Empty ones between them go.
    """
    if any(
        each is None or each.tag != w("p") or _ends_section(each) for each in (paragraph, following)
    ):
        return None
    while paragraph.getnext() is not following:
        _append(paragraph, paragraph.getnext())
    _append(paragraph, following)
    return paragraph


def _append(paragraph: Element, following: Element) -> None:
    for child in list(following):
        if child.tag != w("pPr"):
            paragraph.append(child)
    wordml.remove(following)


def _ends_section(paragraph: Element) -> bool:
    return paragraph.find(f"{w('pPr')}/{w('sectPr')}") is not None
