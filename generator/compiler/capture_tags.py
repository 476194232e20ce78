"""The tags of captures, as they stand in a tree."""

from __future__ import annotations

from generator.runtime.captures import AGAIN, BEGIN, END, NOTES
from generator.wordml import Element, tag_code, tag_node


def begin(key: str, spot: str = "") -> Element:
    """What is printed from here on is captured."""
    return _tag(BEGIN, key, spot)


def end(key: str, spot: str = "") -> Element:
    """It is captured up to here."""
    return _tag(END, key, spot)


def again(key: str) -> Element:
    """Prints once more what was captured."""
    return _tag(AGAIN, key)


def notes(part: str) -> Element:
    """Prints the notes that were kept for *part*."""
    return _tag(NOTES, part)


def is_capture(tag: Element) -> bool:
    """Whether *tag* is like one of these."""
    return tag_code(tag).rpartition("| ")[2] in (BEGIN, END, AGAIN, NOTES)


def _tag(name: str, key: str, spot: str = "") -> Element:
    return tag_node("v", f'"{key}" | {name}', spot)
