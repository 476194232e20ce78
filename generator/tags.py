"""Word front end: in the tree of a part, the tags that people typed become tag nodes.

A tag may be split over runs, by a spelling mark or a change of format: it is found in the joined
text of its paragraph's runs and moves into the run where it starts.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from lxml import etree

from generator import wordml
from generator.problems import Location, Problem
from generator.tagging import Tag, forbidden_problem, scan, unclosed, unclosed_problem
from generator.wordml import SPOT, XML_SPACE, Element, w

_NOISE = tuple(map(w, ("proofErr", "lastRenderedPageBreak")))
_TEXTS = frozenset(map(w, ("t", "instrText", "delText", "delInstrText")))
_HINT = re.compile(r"\{[{%](?:p|tr|tc|r)(?=\s)")


def mark_tags(root: Element, part: str, file: str) -> list[Problem]:
    """Turn the tags below *root* into tag nodes, in place, and say where each paragraph stands.

    *part* is the name of the part, for places such as `word/document.xml ¶5`.
    """
    problems: list[Problem] = []
    _drop_ignorable(root)
    _clean(root)
    paragraphs = list(root.iter(w("p")))
    for number, paragraph in enumerate(paragraphs, 1):
        spot = f"{part} ¶{number}"
        paragraph.set(SPOT, spot)
        problems += _mark(list(_own_texts(paragraph)), spot, file)
    if not paragraphs:
        for element in root.iter():
            if isinstance(element.tag, str) and element.text:
                problems += _mark([element], part, file, printed=" | plain")
    return problems


def _drop_ignorable(root: Element) -> None:
    """Drop what *root* declares ignorable and we do not know (ISO/IEC 29500-3, 10.1)."""
    prefixes = root.get(wordml.qualified("mc:Ignorable"), "").split()
    foreign = {root.nsmap.get(prefix) for prefix in prefixes} - {None, *wordml.PREFIXES}
    if not foreign:
        return
    for node in list(root.iter(etree.Element)):
        if etree.QName(node).namespace in foreign and node is not root:
            wordml.remove(node)
            continue
        for key in node.attrib:
            if etree.QName(key).namespace in foreign:
                del node.attrib[key]


def _clean(root: Element) -> None:
    """Drop foreign instructions, spelling marks and the white space of indented XML."""
    for node in list(root.iter(*_NOISE)):
        wordml.remove(node)
    for node in list(root.iter()):
        if not isinstance(node.tag, str):
            if node.getparent() is not None:
                wordml.remove(node)
            continue
        if node.tag not in _TEXTS and len(node) and node.text and not node.text.strip():
            node.text = None
        if node.tail and not node.tail.strip():
            node.tail = None


def _own_texts(paragraph: Element) -> Iterator[Element]:
    """The texts of *paragraph* itself, without those of a text box that it holds."""
    for text in paragraph.iter(w("t")):
        if next(text.iterancestors(w("p"))) is paragraph:
            yield text


def _mark(texts: list[Element], spot: str, file: str, printed: str = "") -> list[Problem]:
    """Put tag nodes where the joined text of *texts* has tags; *printed* is added to values."""
    strings = [text.text or "" for text in texts]
    whole = "".join(strings)
    if "{" not in whole:
        return []
    where = Location(file, spot)
    problems = [unclosed_problem(whole, start, sign, where) for start, sign in unclosed(whole)]
    pieces: list[list[str | Element]] = [[] for _ in texts]
    edges = list(accumulate(map(len, strings), initial=0))

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
    for tag in scan(whole):
        put_plain(last, tag.start)
        last = tag.end
        owner = owner_of(tag.start)
        if tag.kind == "raw":
            pieces[owner].append(tag.code)
        elif problem := forbidden_problem(tag, where):
            problems.append(problem)
        else:
            code = _without_hint(tag, whole) + (printed if tag.kind == "v" else "")
            pieces[owner].append(wordml.tag_node(tag.kind, code, spot))
    put_plain(last, len(whole))
    for text, content in zip(texts, pieces, strict=True):
        _fill(text, content)
    return problems


def _without_hint(tag: Tag, whole: str) -> str:
    """The code of a tag; docxtpl's prefix in `{%tr for … %}` is a hint that we do not need."""
    if _HINT.match(whole, tag.start):
        return tag.code.partition(" ")[2].strip()
    return tag.code


def _fill(text: Element, content: list[str | Element]) -> None:
    """Make *content* what *text* holds."""
    text.text = ""
    node = None
    for piece in content:
        if not isinstance(piece, str):
            text.append(piece)
            node = piece
        elif node is None:
            text.text += piece
        else:
            node.tail = (node.tail or "") + piece
    if text.tag == w("t"):
        text.set(XML_SPACE, "preserve")
