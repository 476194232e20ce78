"""A body with visible tags → a `.docx` that extends another template and looks like it in Word."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from generator import package
from generator.compiler.members import without
from generator.package import Relationship
from generator.wordml import Element, Source, make, qualified, w

_FURNITURE = ("/header", "/footer")
_LEFT_OUT = ("/comments", "/commentsExtended", "/commentsIds", "/commentsExtensible", "/people")
"""What only the text of the other document needs; its properties go too."""


def document_like(body: Element, members: Mapping[str, bytes], main: str) -> bytes:
    """A `.docx` of *members*, whose *main* part holds what stands in *body* instead of its own.

    Page, styles, fonts, headers and footers stay; nothing says who wrote it.
    """
    new = make("w:body", None, *body)
    last = package.parse(members[main]).find(f"{w('body')}/{w('sectPr')}")
    if last is not None:
        new.append(last)
    source = Source()
    source.put_tree(make("w:document", None, new))
    named = {node.get(qualified("r:id")) for node in last} if last is not None else set()
    kept = without(members, _lost(members, main, named))
    return package.write(package.pack({**kept, main: source.text.encode()}), ())


def _lost(
    members: Mapping[str, bytes], main: str, named: Container[str | None]
) -> Iterator[tuple[str, Relationship]]:
    """What the new document does without; *named* are its headers and footers."""
    for link in package.relationships(members, ""):
        if link.target != main:
            yield "", link
    for link in package.relationships(members, main):
        unnamed = link.type.endswith(_FURNITURE) and link.id not in named
        if unnamed or link.type.endswith(_LEFT_OUT):
            yield main, link
