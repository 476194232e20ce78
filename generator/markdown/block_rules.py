"""Block rules for markdown-it: lines of tags, page breaks, quotes, paragraphs."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from generator.markdown.reading import Reading
from generator.problems import Message

_PAGE_BREAK = re.compile(r"-{3,}")
_ALMOST_HEADING = re.compile(r"(#{2,}|#(?!\d))[^#\s]")
"""Signs of a heading without a space behind them; `#3` is a number."""


def reading_of(state: StateBlock) -> Reading:
    """What is known of the text being read."""
    reading: Reading = state.env["reading"]
    return reading


def line_text(state: StateBlock, line: int) -> str:
    """A line without the white space around it, and without the mark of a list item."""
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip()


def push_tags(state: StateBlock, signs: str, line: int) -> None:
    """A token `tag` for each of *signs*."""
    for sign in signs:
        if not sign.isspace():
            token = state.push("tag", "", 0)
            token.content, token.map = sign, [line, line + 1]


def tag_line(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A line that holds only tags: they stand between paragraphs."""
    text, lone = line_text(state, start), reading_of(state).lone
    if not text or not all(sign in lone or sign.isspace() for sign in text):
        return False
    if not silent:
        push_tags(state, text, start)
        state.line = start + 1
    return True


def page_break(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`---`; other rulers of Markdown are text, such as the blanks of a form."""
    if not _PAGE_BREAK.fullmatch(line_text(state, start)):
        return False
    if not silent:
        state.push("page_break", "", 0).map = [start, start + 1]
        state.line = start + 1
    return True


def quote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Lines that begin with `>`, which official text does not know: a problem."""
    if not line_text(state, start).startswith(">"):
        return False
    if not silent:
        reading = reading_of(state)
        message = Message("a quotation in a block of its own is not possible")
        hint = Message("write “\\>” where the sign itself is meant")
        reading.report("T210", reading.line_at(start), message, hint)
        state.line = start + 1
        while state.line < end and line_text(state, state.line).startswith(">"):
            state.line += 1
    return True


def paragraph(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """As markdown-it's, but a line of tags ends it however far it is indented."""
    rules = state.md.block.ruler.getRules("paragraph")
    outer, state.parentType = state.parentType, "paragraph"
    line = start + 1
    while line < end and not state.isEmpty(line):
        if any(rule(state, line, end, True) for rule in rules):
            break
        line += 1
    state.parentType = outer
    for number in range(start, line):
        _tell_of_signs(state, number)
    state.line = line
    state.push("paragraph_open", "p", 1).map = [start, line]
    content = state.push("inline", "", 0)
    content.content = state.getLines(start, line, state.blkIndent, False).strip(" \t\n")
    content.map, content.children = [start, line], []
    state.push("paragraph_close", "p", -1)
    return True


def _tell_of_signs(state: StateBlock, line: int) -> None:
    """Warn where a line of text begins with the signs of a heading."""
    if found := _ALMOST_HEADING.match(line_text(state, line)):
        reading, signs = reading_of(state), found[1]
        message = Message("“{signs}” without a space behind it makes no heading", signs=signs)
        hint = Message("write “{signs} …”, or “\\{signs}” to print the signs", signs=signs)
        reading.report("T219", reading.line_at(line), message, hint, "warning")
