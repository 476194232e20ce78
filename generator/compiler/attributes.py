"""Tags in attributes: an indent computed from a date's width, alternative text, a link.

Word lets people type into few of them; statements in the text give the others (`tags.measures`).
They hold printed values only.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.compiler.regions import quoted
from generator.package import ATTRIBUTE_ESCAPES
from generator.places import place
from generator.problems import Location, Message, Problem
from generator.tagging import Tag, forbidden_problem, scan, unclosed, unclosed_problem
from generator.wordml import SPOT, Element, is_tag


def attribute_text(element: Element, key: str, value: str) -> str | None:
    """The source of an attribute that holds tags; None for one without."""
    if "{{" not in value and "{#" not in value:
        return None
    pieces, last = [], 0
    for tag in scan(value):
        pieces.append(value[last : tag.start].translate(ATTRIBUTE_ESCAPES))
        if tag.kind == "v":
            pieces.append(f"<?v ({tag.code}) | {_form(tag, value)} ?>")
        last = tag.end
    return "".join(pieces) + value[last:].translate(ATTRIBUTE_ESCAPES)


def _form(tag: Tag, value: str) -> str:
    """The filter that prints a tag: alone in its attribute, it may be a measure."""
    return "attribute" if tag.start == 0 and tag.end == len(value) else "plain"


def joined_expression(text: str) -> str:
    """What a *text* with tags comes to, as Jinja: `"https://…/" ~ (id)`."""
    pieces, last = [], 0
    for tag in scan(text):
        pieces += [quoted(text[last : tag.start])] if last < tag.start else []
        pieces += [f"({tag.code})"] if tag.kind == "v" else []
        last = tag.end
    pieces += [quoted(text[last:])] if last < len(text) else []
    return " ~ ".join(pieces) or '""'


def tags_in_attributes(root: Element) -> Iterator[tuple[Tag, str]]:
    """The tags in the attributes below *root*, and the spot of each."""
    for element, value in _marked(root):
        spot = _spot(element)
        for tag in scan(value):
            yield tag, spot


def check_attributes(root: Element, file: str) -> list[Problem]:
    """What cannot stand in the attributes below *root*."""
    problems: list[Problem] = []
    for element, value in _marked(root):
        where = place(file, _spot(element))
        problems += [unclosed_problem(value, at, sign, where) for at, sign in unclosed(value)]
        for tag in scan(value):
            if problem := forbidden_problem(tag, where):
                problems.append(problem)
            if tag.kind in ("b", "raw"):
                problems.append(_statement(value[tag.start : tag.end], where))
    return problems


def _marked(root: Element) -> Iterator[tuple[Element, str]]:
    for element in root.iter():
        if isinstance(element.tag, str) and not is_tag(element):
            for value in element.attrib.values():
                if "{{" in value or "{%" in value or "{#" in value:
                    yield element, value


def _spot(element: Element) -> str:
    """Where the nearest paragraph or row that holds *element* stands."""
    holders = (element, *element.iterancestors())
    return next((holder.get(SPOT) for holder in holders if holder.get(SPOT)), "")


def _statement(tag: str, where: Location) -> Problem:
    return Problem(
        "T022",
        Message("“{tag}” cannot stand in an attribute, which holds only values", tag=tag),
        where,
        Message("write the condition into the value: “{{{{ a if b else c }}}}”"),
    )
