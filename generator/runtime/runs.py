"""Styled text, several paragraphs, page breaks: values that print runs of their own.

They close the `w:t` that they stand in, and what is around it, and open the same again, so that
text keeps the properties of the template's run but for those that it brings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.elements import ORDERS
from generator.package import TEXT_ESCAPES
from generator.problems import Message
from generator.runtime.relationships import link_target
from generator.runtime.values import Place, Rich, ValueRefused, run_text, said

_TEXT = '<w:t xml:space="preserve">'
_ORDER = {f"w:{name}": index for index, name in enumerate(ORDERS["rPr"])}


@dataclass(frozen=True, slots=True)
class Styled(Rich):
    """Text with run properties of its own, as XML, and perhaps a link."""

    text: str
    properties: tuple[str, ...] = ()
    """Elements such as `<w:b/>`; each replaces that of its name."""
    link: str = ""

    def __str__(self) -> str:
        return self.text

    def printed(self, place: Place) -> str:
        own, _, in_link = place
        if not self.properties and not self.link:
            return run_text(self.text)
        run = _run(_merged(own, self.properties), f"{_TEXT}{run_text(self.text)}</w:t>")
        if self.link:
            run = _field(self.link, run, in_link)
        return f"</w:t></w:r>{run}<w:r>{_of_run(own)}{_TEXT}"


@dataclass(frozen=True, slots=True)
class Joined(Rich):
    """Texts and styled texts, one after another in a line."""

    parts: tuple[object, ...]

    def __str__(self) -> str:
        return "".join(["" if part is None else said(part) for part in self.parts])

    def printed(self, place: Place) -> str:
        own, _, in_link = place
        return "".join([run_text(part, (own, None, in_link)) for part in self.parts])


@dataclass(frozen=True, slots=True)
class Paragraphs(Rich):
    """Several paragraphs, each like the one that the tag stands in."""

    parts: tuple[object, ...]

    def __str__(self) -> str:
        return "\n".join(["" if part is None else said(part) for part in self.parts])

    def printed(self, place: Place) -> str:
        own, paragraph, in_link = place
        if paragraph is None:
            raise ValueRefused(
                Message("several paragraphs need a paragraph that holds nothing but their tag")
            )
        properties = f"<w:pPr>{paragraph}</w:pPr>" if paragraph else ""
        between = f"</w:t></w:r></w:p><w:p>{properties}<w:r>{_of_run(own)}{_TEXT}"
        return between.join([run_text(part, (own, None, in_link)) for part in self.parts])


@dataclass(frozen=True, slots=True)
class PageBreak(Rich):
    """What follows stands on a new page."""

    def __str__(self) -> str:
        return "\n"

    def printed(self, place: Place) -> str:
        return f'</w:t><w:br w:type="page"/>{_TEXT}'


def checked_parts(parts: Sequence[object]) -> tuple[object, ...]:
    """*parts* that can stand in a line. Raises TypeError for others."""
    for part in parts:
        if isinstance(part, Paragraphs) or not isinstance(part, str | int | float | Rich | None):
            raise TypeError(f"text or styled text is wanted, not {type(part).__name__}")
    return tuple(parts)


def _merged(own: str, properties: Sequence[str]) -> str:
    """The properties of a run, one a line, with *properties* in place of those of their names."""
    elements = {_name(element): element for element in own.split("\n") if element}
    elements |= {_name(element): element for element in properties}
    return "\n".join(elements[name] for name in sorted(elements, key=_rank))


def _rank(name: str) -> int:
    return _ORDER.get(name, len(_ORDER))


def _name(element: str) -> str:
    """`<w:sz w:val="32"/>` → `w:sz`."""
    return element[1:].split(">", 1)[0].split("/", 1)[0].split(" ", 1)[0]


def _of_run(properties: str) -> str:
    return f"<w:rPr>{properties.replace(chr(10), '')}</w:rPr>" if properties else ""


def _run(properties: str, content: str) -> str:
    return f"<w:r>{_of_run(properties)}{content}</w:r>"


def _field(link: str, run: str, in_link: bool) -> str:
    """*run* as a link: a field, which no relationship of the part needs (17.16.5.25)."""
    if in_link:
        raise ValueRefused(Message("a link cannot stand inside another one"))
    code = f' HYPERLINK "{link_target(link)}" '.translate(TEXT_ESCAPES)
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
