"""Tags in the joined texts of a paragraph.

A tag may be split over runs, by a spelling mark, a tab or a change of format: it is found in the
joined text and moves into the run where it starts.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import accumulate

from generator import places, wordml
from generator.problems import Problem
from generator.tagging import (
    Tag,
    forbidden_problem,
    keyword,
    miswritten,
    scan,
    without_forbidden,
)
from generator.wordml import XML_SPACE, Element, w

HOLDER_WORDS = frozenset({"cellbg", "colspan", "hm", "vm", "merge", "measure"})
"""Statements about what they stand in."""
_SIGNS = {w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-"}
"""What stands between texts, and what it is inside a tag."""
_MATH = wordml.qualified("m:t")
PLAIN = " | plain"
"""What is added to values where no runs can stand: in formulas and document properties."""
_NOT_PLAIN = re.compile(r"[{｛]|[}%]_\}")
_GAP = re.compile(
    r"(?<=\{)[\xad\u200b-\u200d\u2060\ufeff]+(?=[{%#])|"
    r"(?<=[}%#])[\xad\u200b-\u200d\u2060\ufeff]+(?=\})"
)
"""What nobody sees between the two signs that begin a tag, or end one."""
_ESCAPE = re.compile(r"\{_([{%])|([}%])_\}")
_PREFIX = re.compile(
    r"\{[%#][-+]?(tr|tc|p|r)\s+|"
    # What goes on like this begins with a variable: `{{p | upper}}`, `{{r if a}}`.
    r"\{\{[-+]?(tr|tc|p|r)\s+(?!(?:if|is|in|and|or|not|else)\b|[|~+*/%=!<>.,[}-])"
)


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of a paragraph's text, and the element that holds it."""

    element: Element
    string: str


@dataclass
class Found:
    """What the tags of a part ask for, once all of them are read."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    is_doubtful: bool = False
    """Whether there is a statement of which nobody knows what it was to be."""
    prefixed: list[tuple[Element, str]] = field(default_factory=list)
    """Tag nodes with docxtpl's prefix: `p`, `tr` or `tc`."""
    joining: list[tuple[Element, bool, bool]] = field(default_factory=list)
    """Tag nodes that join their paragraph with the one before, with the one after."""
    holder_tags: list[tuple[Element, str]] = field(default_factory=list)
    """Tag nodes of HOLDER_WORDS, and the spot of each."""


def texts_of(paragraph: Element) -> list[Text]:
    """The texts of *paragraph* itself, without those of a text box that it holds."""
    if paragraph.tag != w("p"):
        return [Text(paragraph, paragraph.text or "")]
    return [Text(node, _string(node)) for node in _own(paragraph)]


def formulas_of(paragraph: Element) -> Iterator[list[Text]]:
    """The texts of each formula in *paragraph* itself (ISO/IEC 29500-1, 22.1)."""
    for formula in paragraph.iter(wordml.qualified("m:oMath")):
        if next(formula.iterancestors(w("p"))) is paragraph:
            texts = list(formula.iter(_MATH))
            if any("{" in (text.text or "") for text in texts):
                for text in texts:
                    text.set(XML_SPACE, "preserve")
            yield [Text(text, text.text or "") for text in texts]


def _own(paragraph: Element) -> Iterator[Element]:
    for node in paragraph.iter(w("t"), *_SIGNS):
        in_run = node.tag == w("t") or node.getparent().tag == w("r")
        if in_run and next(node.iterancestors(w("p"))) is paragraph:
            yield node


def _string(node: Element) -> str:
    if node.tag == w("br") and node.get(w("type"), "textWrapping") != "textWrapping":
        return ""
    return _SIGNS.get(node.tag) or node.text or ""


def read_text(texts: list[Text], spot: str, found: Found, printed: str = "") -> None:
    """Put tag nodes where the joined *texts* have tags; *printed* is added to values."""
    whole = "".join(text.string for text in texts)
    if not _NOT_PLAIN.search(whole):
        return
    if gaps := [gap.span() for gap in _GAP.finditer(whole)]:
        texts = list(_without(texts, gaps))
        whole = "".join(text.string for text in texts)
    tags = scan(whole)
    meant = dict(_faults(whole, tags, spot, found))
    pieces: list[list[str | Element]] = [[] for _ in texts]
    edges = list(accumulate((len(text.string) for text in texts), initial=0))

    def put_plain(start: int, end: int) -> None:
        index = owner_of(start)
        while start < end:
            stop = min(end, edges[index + 1])
            if start < stop:
                pieces[index].append(whole[start:stop])
            start, index = stop, index + 1

    def owner_of(position: int) -> int:
        """The text that holds a character of the whole."""
        return bisect_right(edges, position) - 1

    last = 0
    for tag in _with_escapes(whole, sorted([*tags, *meant], key=lambda tag: tag.start)):
        if tag in meant:
            put_plain(last, tag.start)
            last = tag.end
            node = wordml.tag_node(tag.kind, tag.code, meant[tag])  # type: ignore[arg-type]
            pieces[owner_of(tag.start)].append(node)
            continue
        put_plain(last, _end_before(whole, last, tag))
        last = _start_after(whole, tag)
        if tag.kind == "raw":
            pieces[owner_of(tag.start)].append(tag.code)
            continue
        where = places.with_words(spot, whole, tag.start, tag.end)
        if problem := forbidden_problem(tag, places.place(found.file, where)):
            found.problems.append(problem)
            tag = without_forbidden(tag)
        pieces[owner_of(tag.start)].append(_node(tag, whole, where, found, printed))
    put_plain(last, len(whole))
    for text, content in zip(texts, pieces, strict=True):
        _fill(text, content)


def _without(texts: list[Text], gaps: Iterable[tuple[int, int]]) -> Iterator[Text]:
    """*texts* without the characters at *gaps*, offsets in the joined text."""
    gone = {position for start, end in gaps for position in range(start, end)}
    start = 0
    for text in texts:
        end = start + len(text.string)
        kept = [sign for at, sign in enumerate(text.string, start) if at not in gone]
        yield Text(text.element, "".join(kept))
        start = end


def _end_before(whole: str, start: int, tag: Tag) -> int:
    """Where the text before *tag* ends, which begins at *start*: `{%-` takes its white space."""
    if whole[tag.start + 2] != "-":
        return tag.start
    return start + len(whole[start : tag.start].rstrip())


def _start_after(whole: str, tag: Tag) -> int:
    """Where the text after *tag* begins: `-%}` takes its white space."""
    if whole[tag.end - 3] != "-":
        return tag.end
    return len(whole) - len(whole[tag.end :].lstrip())


def _faults(whole: str, tags: list[Tag], spot: str, found: Found) -> Iterator[tuple[Tag, str]]:
    """Note what looks like a tag in *whole* and is none; the tags that were meant, and where."""

    for found_here in miswritten(whole, tags):
        where = places.with_words(spot, whole, found_here.start, found_here.end)
        place = places.place(found.file, where)
        found.problems.append(replace(found_here.problem, where=place))
        if found_here.meant:
            yield found_here.meant, where
        elif found_here.is_statement:
            found.is_doubtful = True


def _with_escapes(whole: str, tags: Iterable[Tag]) -> Iterator[Tag]:
    """*tags* and, between them, docxtpl's `{_{` and `}_}`, which print the signs of tags."""
    last = 0
    for tag in (*tags, None):
        end = tag.start if tag else len(whole)
        for escape in _ESCAPE.finditer(whole, last, end):
            opening, closing = escape.groups()
            code = "{" + opening if opening else closing + "}"
            yield Tag("raw", code, escape.start(), escape.end())
        if tag:
            yield tag
            last = tag.end


def _node(tag: Tag, whole: str, where: str, found: Found, printed: str) -> Element:
    """The node of a tag; what docxtpl's signs say of it is noted."""
    prefix, code = _without_prefix(tag, whole)
    if printed and tag.kind == "v":
        code = f"({code}){printed}"
    node = wordml.tag_node(tag.kind, code, where)  # type: ignore[arg-type]
    if prefix in ("p", "tr", "tc"):
        found.prefixed.append((node, prefix))
    if tag.kind == "b":
        joins = whole[tag.start + 2] == "-", whole[tag.end - 3] == "-"
        if any(joins):
            found.joining.append((node, *joins))
        if keyword(code) in HOLDER_WORDS:
            found.holder_tags.append((node, where))
    return node


def as_typed(code: str) -> str:
    """The *code* of a node as it stands in the document, without what `PLAIN` added to it."""
    added = code.startswith("(") and code.endswith(f"){PLAIN}")
    return code[1 : -len(PLAIN) - 1] if added else code


def _without_prefix(tag: Tag, whole: str) -> tuple[str, str]:
    """docxtpl's prefix of a tag, such as `tr` in `{%tr for … %}`, and the code without it."""
    if prefix := _PREFIX.match(whole, tag.start, tag.end):
        word = prefix[1] or prefix[2]
        return word, tag.code.removeprefix(word).strip()
    return "", tag.code


def _fill(text: Text, content: list[str | Element]) -> None:
    """Make *content* what an element holds; what a tag took whole goes, and its run with it."""
    element = text.element
    if text.string and not content and (element.tag == w("t") or element.tag in _SIGNS):
        _remove(element)
        return
    if element.tag in _SIGNS:
        return
    element.text = ""
    node = None
    for piece in content:
        if not isinstance(piece, str):
            element.append(piece)
            node = piece
        elif node is None:
            element.text += piece
        else:
            node.tail = (node.tail or "") + piece
    if element.tag == w("t"):
        element.set(XML_SPACE, "preserve")


def _remove(element: Element) -> None:
    """Take *element* out, and its run where that holds nothing else."""
    run = element.getparent()
    wordml.remove(element)
    if run.tag == w("r") and all(node.tag == w("rPr") for node in run):
        wordml.remove(run)
