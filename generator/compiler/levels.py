"""Levels: blocks, macros and what they print stand only where that may stand."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.compiler.groups import (
    CELLS,
    PARAGRAPHS,
    ROWS,
    RUNS,
    TEXT,
    Group,
    asks_for_section,
    groups_in,
    keyword,
    level_of,
    name_of,
    prints_fragment,
)
from generator.places import place
from generator.problems import Message, Problem
from generator.wordml import Element, is_tag, tag_code, tag_spot, tags_in, w

NAMES = {
    PARAGRAPHS: Message("paragraphs"),
    ROWS: Message("table rows"),
    CELLS: Message("table cells"),
    RUNS: Message("text inside a paragraph"),
    TEXT: Message("plain text"),
}


def macro_levels(root: Element, file: str) -> dict[str, str]:
    """The level of each macro that is defined below *root*."""
    groups, _ = groups_in(root, file)
    return {
        name_of(group.opener): _content_level(group)
        for outermost in groups
        for group in outermost.walk()
        if group.kind == "macro"
    }


def _content_level(group: Group) -> str:
    """What a group prints: runs, for a macro of runs that stands between paragraphs."""
    node = group.opener.getnext()
    while node is not None and node is not group.closer:
        if not is_tag(node):
            return RUNS if node.tag == w("r") else level_of(group.opener)
        node = node.getnext()
    return level_of(group.opener)


def check_levels(root: Element, file: str, imported: Mapping[str, str]) -> list[Problem]:
    """What stands below *root* where it may not; *imported* are levels of macros from elsewhere."""
    macros = {**imported, **macro_levels(root, file)}
    groups, _ = groups_in(root, file)
    problems: list[Problem] = []
    enclosing: dict[Element, list[Group]] = {}

    def visit(group: Group, around: list[Group]) -> None:
        problems.extend(_check_group(group, macros, file))
        enclosing[group.opener] = [*around, group]
        for part in group.parts:
            visit(part, enclosing[group.opener])

    for outermost in groups:
        visit(outermost, [])
    stack: list[Group] = []
    by_opener = {opener: around[-1] for opener, around in enclosing.items()}
    for tag in tags_in(root):
        if tag in by_opener:
            stack.append(by_opener[tag])
        elif stack and tag is stack[-1].closer:
            stack.pop()
        elif prints_fragment(tag, frozenset(macros)):
            problems += _check_fragment(tag, stack, macros, file)
        elif keyword(tag) == "include" and level_of(tag) != PARAGRAPHS:
            problems.append(_misplaced(tag, PARAGRAPHS, file))
    return problems


def _check_group(group: Group, macros: Mapping[str, str], file: str) -> list[Problem]:
    level = level_of(group.opener)
    where = place(file, tag_spot(group.opener))
    code = tag_code(group.opener)
    if group.kind == "set" and not _holds_text(group):
        return [Problem("T008", Message("“{{% {code} %}}” can hold only text", code=code), where)]
    if group.kind in ("block", "macro") and level not in (PARAGRAPHS, RUNS):
        message = Message(
            "“{{% {code} %}}” cannot stand among {level}",
            code=code,
            level=NAMES.get(level, NAMES[TEXT]),
        )
        return [Problem("T009", message, where, Message("put it into a paragraph, or around one"))]
    if group.kind == "call":
        called = re.match(r"call\s*(?:\([^)]*\))?\s*([\w.]+)", code)
        wanted = macros.get(called[1], level) if called else level
        return [] if wanted == level else [_misplaced(group.opener, wanted, file)]
    return []


def _holds_text(group: Group) -> bool:
    """Whether only text and printed values stand between the tags of a group."""
    node = group.opener.getnext()
    while node is not None and node is not group.closer:
        if not is_tag(node):
            return False
        node = node.getnext()
    return True


def _check_fragment(
    tag: Element, around: list[Group], macros: Mapping[str, str], file: str
) -> list[Problem]:
    """Whether what a tag prints is of the level at which the tag stands."""
    name = tag_code(tag).partition("(")[0].strip()
    kind = {"super": "block", "caller": "macro", "loop": "for"}.get(name)
    if kind:
        holder = next((group for group in reversed(around) if group.kind == kind), None)
        if holder is None:
            message = Message("“{name}()” stands outside its {kind}", name=name, kind=kind)
            return [Problem("T010", message, place(file, tag_spot(tag)))]
        wanted = _content_level(holder) if kind == "macro" else level_of(holder.opener)
    elif asks_for_section(tag):
        wanted = PARAGRAPHS
    else:
        wanted = macros.get(name, level_of(tag))
    return [] if wanted == level_of(tag) else [_misplaced(tag, wanted, file)]


def _misplaced(tag: Element, wanted: str, file: str) -> Problem:
    hint = (
        Message("put it into a line of its own")
        if wanted == PARAGRAPHS
        else Message("put it into a paragraph")
    )
    return Problem(
        "T010",
        Message(
            "“{code}” prints {wanted}, but stands among {level}",
            code=tag_code(tag),
            wanted=NAMES[wanted],
            level=NAMES.get(level_of(tag), NAMES[TEXT]),
        ),
        place(file, tag_spot(tag)),
        hint,
    )
