"""Field codes: tags in `w:instrText` and `w:fldSimple`, and fields that no template may have.

What is typed as one instruction Word keeps in several runs. Its tags print plain text: a quotation
mark in a value stays inside the argument that it stands in, and the address of HYPERLINK is held to
what a link's may be (ISO/IEC 29500-1, 17.16).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from generator.compiler.attributes import joined_expression
from generator.compiler.field_arguments import arguments, hyperlink
from generator.compiler.regions import Around, shared, walk
from generator.places import place
from generator.problems import Location, Message, Problem
from generator.tagging import (
    Tag,
    forbidden_problem,
    may_hold_tags,
    scan,
    unclosed,
    unclosed_problem,
)
from generator.tags.numbering import number_paragraphs
from generator.wordml import (
    SPOT,
    XML_SPACE,
    Element,
    is_tag,
    remove,
    tag_code,
    tag_node,
    tag_spot,
    tags_in,
    w,
)

_REFUSED = frozenset(
    "CONTROL DATABASE DDE DDEAUTO EMBED HTMLACTIVEX IMPORT INCLUDE INCLUDEPICTURE INCLUDETEXT "
    "LINK RD".split()
)
"""Fields that fetch something, or run another program."""
_NAME = re.compile(r"\s*([^\s\"\\]*)")
_SAFE = re.compile(r"\s*(?:https?:|mailto:|#)", re.I)


@dataclass(eq=False)
class Segment:
    """What stands in an instruction up to the next field within it, or the end."""

    at: Element
    """Where it begins."""
    texts: list[Element] = field(default_factory=list)
    first: bool = True
    """Whether it is the beginning of its instruction."""
    nested: bool = False
    """Whether a field stands where it ends."""

    @property
    def text(self) -> str:
        return "".join(text.text or "" for text in self.texts)


def _segments(root: Element) -> Iterator[Segment]:
    """The instructions below *root*, in pieces; those of nested fields for themselves."""
    stack: list[Segment] = []
    for node in root.iter(w("fldChar"), w("instrText")):
        if node.tag == w("instrText"):
            if not stack:  # its field began elsewhere
                stack.append(Segment(node, first=False))
            stack[-1].texts.append(node)
            continue
        kind = node.get(w("fldCharType"))
        if kind == "begin":
            if stack:
                stack[-1].nested = True
                yield stack[-1]
                stack[-1] = Segment(node, first=stack[-1].first and not stack[-1].text.strip())
            stack.append(Segment(node))
        elif stack and kind == "separate":
            yield stack[-1]
            stack[-1] = Segment(node, first=False)
        elif stack and kind == "end":
            yield stack.pop()
    yield from stack


# --- what is refused -----------------------------------------------------------------------------


def field_problems(root: Element, file: str, *, is_read: bool) -> Iterator[Problem]:
    """What is wrong with the fields below *root*, whether they hold tags or not.

    In a part that *is_read*, an address with tags is looked at when it is printed.
    """
    spots = dict(number_paragraphs(root))

    def place_of(node: Element) -> Location:
        return place(file, next(map(spots.__getitem__, node.iterancestors(w("p"))), ""))

    found = [
        (segment.text, segment.nested, segment.at)
        for segment in _segments(root)
        if segment.first and (segment.texts or segment.nested)
    ]
    found += [(node.get(w("instr"), ""), False, node) for node in root.iter(w("fldSimple"))]
    for text, nested, node in found:
        if problem := _refused(text, nested, place_of(node), is_read):
            yield problem


def _refused(text: str, nested: bool, where: Location, is_read: bool) -> Problem | None:
    match = _NAME.match(text)
    name = match[1].upper() if match else ""
    if name in _REFUSED:
        return Problem(
            "T064",
            Message("the field {name} fetches or runs what is not in the template", name=name),
            where,
            Message("in Word, put the cursor into it and press Ctrl+Shift+F9"),
        )
    if (nested and not name) or may_hold_tags(name):
        return Problem("T070", Message("the name of a field must be written out"), where)
    link = hyperlink(text, nested=nested)
    if link is None:
        return None
    if not link.is_certain:
        return Problem(
            "T071",
            Message("where a HYPERLINK field leads cannot be told from it"),
            where,
            Message("write its address out, with no tags but values in quotation marks"),
        )
    target = link.address.text_in(text).strip("“”") if link.address else ""
    if target and not _SAFE.match(unquote(target)) and not (is_read and may_hold_tags(target)):
        return Problem(
            "T066",
            Message("a link leads to {target}, not to a web or mail address", target=target),
            where,
            Message("links begin with http://, https:// or mailto:"),
        )
    return None


def torn_fields(root: Element, file: str) -> Iterator[Problem]:
    """The statements below *root* that hold a part of a field, whose other part stands outside.

    The tags are at their levels already (ISO/IEC 29500-1, 17.16.18).
    """
    begun: list[Around] = []
    found = set()
    for node, around in walk(root):
        if is_tag(node) or node.tag != w("fldChar"):
            continue
        if node.get(w("fldCharType")) == "begin":
            begun.append(around)
            continue
        if begun and around != begun[-1]:
            same = len(shared(around, begun[-1]))
            found.add(max(around, begun[-1], key=len)[same][0].opener)
        if begun and node.get(w("fldCharType")) == "end":
            begun.pop()
    for tag in sorted(found, key=list(tags_in(root)).index):
        yield Problem(
            "T007",
            Message("“{{% {code} %}}” cuts a field in two", code=tag_code(tag)),
            place(file, tag_spot(tag)),
            Message("put the statement around the whole field, or into what it shows"),
        )


# --- tags ----------------------------------------------------------------------------------------


def mark_fields(root: Element, file: str) -> list[Problem]:
    """Turn the tags in the field codes below *root* into tag nodes, in place.

    Paragraphs know their spots already.
    """
    problems: list[Problem] = []
    for segment in list(_segments(root)):
        text = segment.text
        if not may_hold_tags(text):
            continue
        spot = _spot(segment.texts[0])
        problems += _check(text, place(file, spot))
        _fill(_together(segment), text, segment.first, spot)
    for node in root.iter(w("fldSimple")):
        if may_hold_tags(text := node.get(w("instr"), "")):
            problems += _check(text, place(file, _spot(node)))
            pieces = _pieces(text, True)
            node.set(w("instr"), "".join(_in_attribute(piece) for piece in pieces))
    return problems


def _spot(node: Element) -> str:
    return next((p.get(SPOT) for p in node.iterancestors(w("p")) if p.get(SPOT)), "")


def _check(text: str, where: Location) -> Iterator[Problem]:
    for at, sign in unclosed(text):
        yield unclosed_problem(text, at, sign, where)
    for tag in scan(text):
        if problem := forbidden_problem(tag, where):
            yield problem


def _together(segment: Segment) -> Element:
    """The first text of a segment; the others, and runs that held nothing else, are gone."""
    first, *others = segment.texts
    for text in others:
        run = text.getparent()
        remove(text)
        if all(node.tag == w("rPr") for node in run):
            remove(run)
    return first


def _fill(element: Element, text: str, first: bool, spot: str) -> None:
    element.text = ""
    node: Element | None = None
    for piece in _pieces(text, first):
        if isinstance(piece, Tag):
            code = f"({piece.code}) | plain" if piece.kind == "v" else piece.code
            node = tag_node(piece.kind, code, spot)  # type: ignore[arg-type]
            element.append(node)
        elif node is None:
            element.text += piece
        else:
            node.tail = (node.tail or "") + piece
    element.set(XML_SPACE, "preserve")


def _pieces(text: str, first: bool) -> Iterator[str | Tag]:
    """The text and the tags of an instruction; its values know how they are printed."""
    link = hyperlink(text) if first else None
    address = link.address if link else None
    inside = [argument for argument in arguments(text) if argument.quoted or not first]
    last = 0
    for tag in scan(text):
        if address and address.holds(tag):
            if last <= address.start:
                yield text[last : address.start]
                code = f"({joined_expression(address.text_in(text))}) | field_target"
                yield Tag("v", code, address.start, address.end)
                last = address.end
            continue
        yield text[last : tag.start]
        last = tag.end
        if tag.kind == "raw":
            yield tag.code
        elif tag.kind == "v" and any(argument.holds(tag) for argument in inside):
            yield Tag("v", f"({tag.code}) | in_quotes", tag.start, tag.end)
        else:
            yield tag
    yield text[last:]


def _in_attribute(piece: str | Tag) -> str:
    if not isinstance(piece, Tag):
        return piece
    opening, closing = {"v": ("{{", "}}"), "b": ("{%", "%}"), "c": ("{#", "#}")}[piece.kind]
    return f"{opening} {piece.code} {closing}"
