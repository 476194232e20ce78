"""The block rule for pipe tables, with attributes above them and lines of tags between the rows.

A table that begins with the line of dashes has no head row: it is the grid of a form. There `||`
makes the cell before it reach over the next column, and what follows `>>` is the foot of a cell.
"""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from generator.markdown.block_rules import line_text, push_tags, reading_of
from generator.markdown.reading import Reading
from generator.markdown.row_tokens import BAR, cells_of, push_grid_row, push_row
from generator.problems import Message
from generator.tagging import keyword, opens

_MOST_COLUMNS = 63  # Word's own limit
_DASHES = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
_VALUE = r"\"[^\"]*\"|[“”][^“”\"]*[“”]|'[^']*'|[^\s\"'“”{}=]+"
_ATTRIBUTE = re.compile(rf"([^\W\d]\w*)\s*=\s*({_VALUE})")
_ATTRIBUTES = re.compile(rf"\{{\s*{_ATTRIBUTE.pattern}(?:\s+{_ATTRIBUTE.pattern})*\s*\}}")
_ROW = re.compile(r"\|.*[^\\]\|")


def table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A table; attributes or rows without one are problems.

    Tokens: `table_open` (meta: attributes, has_head, dashes and sides of the columns), then for
    each row `row_open` (meta: attributes), an `inline` for each cell (in a grid with its span, and
    one for a foot after it), `row_close`, and `tag` between rows; `table_close`.
    """
    text, head = line_text(state, start), start
    if _ATTRIBUTES.fullmatch(text):
        head += 1
    has_head = _is_head(state, head, end)
    if not has_head and not _is_grid(state, head, end):
        if head == start and not _ROW.fullmatch(text):
            return False
        if not silent:
            _report_stray(state, start, end, attributes=head > start)
        return True
    if silent:
        return True
    dashes = head + 1 if has_head else head
    columns = cells_of(line_text(state, dashes))
    opening = state.push("table_open", "", 1)
    opening.map = [start, head]
    opening.meta = {
        "attributes": _attributes(text) if head > start else {},
        "has_head": has_head,
        "dashes": [column.count("-") for column in columns],
        "sides": [(column.startswith(":"), column.endswith(":")) for column in columns],
    }
    reading = reading_of(state)
    if len(columns) > _MOST_COLUMNS:
        message = Message("a table has at most {most} columns", most=_MOST_COLUMNS)
        reading.report("T220", reading.line_at(head), message)
    if has_head:
        push_row(state, line_text(state, head), head, len(columns), {})
    state.line = _read_rows(state, dashes + 1, end, len(columns), has_head=has_head)
    state.push("table_close", "", -1)
    return True


def _is_head(state: StateBlock, line: int, end: int) -> bool:
    if line + 1 >= end or min(state.sCount[line], state.sCount[line + 1]) < state.blkIndent:
        return False
    dashes = line_text(state, line + 1)
    return bool("|" in dashes and BAR.search(line_text(state, line)) and _DASHES.fullmatch(dashes))


def _is_grid(state: StateBlock, line: int, end: int) -> bool:
    """Whether a table without a head row begins at *line*, with its dashes."""
    if line + 1 >= end or state.sCount[line] < state.blkIndent or state.isEmpty(line + 1):
        return False
    text = line_text(state, line)
    return text.startswith("|") and bool(_DASHES.fullmatch(text))


def _attributes(text: str) -> dict[str, str]:
    found = _ATTRIBUTE.findall(text[1:-1])
    return {name: value[1:-1] if value[0] in "\"'“”" else value for name, value in found}


def _read_rows(state: StateBlock, line: int, end: int, columns: int, *, has_head: bool) -> int:
    """Push the rows from *line* on; the line after them."""
    reading, depth = reading_of(state), 0
    attributes: dict[str, str] = {}
    push = push_row if has_head else push_grid_row
    while line < end:
        if state.isEmpty(line):
            following = state.skipEmptyLines(line)
            if not (depth and following < end and _continues(state, following)):
                return line
            line = following
        if state.sCount[line] < state.blkIndent:
            return line
        if _stands_above_row(state, line, end):
            attributes = _attributes(line_text(state, line))
            line += 1
        before, row, after = _peel(line_text(state, line), reading)
        change = _depth_change(before + after, depth, reading)
        if not row and change is None:
            return line  # the statement was opened before the table
        if row and not BAR.search(row) and _interrupts(state, line, end):
            return line
        depth += change or 0
        push_tags(state, before, line)
        if row:
            push(state, row, line, columns, attributes)
            attributes = {}
        push_tags(state, after, line)
        line += 1
    return line


def _continues(state: StateBlock, line: int) -> bool:
    """Whether a line after an empty one is a row, its attributes or a line of tags."""
    text = line_text(state, line)
    return (
        text.startswith("|")
        or bool(_ATTRIBUTES.fullmatch(text))
        or not _peel(text, reading_of(state))[1]
    )


def _stands_above_row(state: StateBlock, line: int, end: int) -> bool:
    """Whether a line of attributes belongs to the row below it, and not to a table of its own."""
    if not _ATTRIBUTES.fullmatch(line_text(state, line)) or line + 1 >= end:
        return False
    row = _peel(line_text(state, line + 1), reading_of(state))[1]
    is_table = _is_head(state, line + 1, end) or _is_grid(state, line + 1, end)
    return row.startswith("|") and not is_table


def _interrupts(state: StateBlock, line: int, end: int) -> bool:
    rules = state.md.block.ruler.getRules("paragraph")
    return any(rule(state, line, end, True) for rule in rules)


def _peel(text: str, reading: Reading) -> tuple[str, str, str]:
    """The tags before a row, the row, the tags after it."""
    start, end = 0, len(text)
    while start < end and (text[start] in reading.lone or text[start].isspace()):
        start += 1
    if start == end:
        return text, "", ""
    while text[end - 1] in reading.lone or text[end - 1].isspace():
        end -= 1
    start = start if text[start] == "|" else 0
    end = end if text[end - 1] == "|" else len(text)
    return text[:start], text[start:end], text[end:]


def _depth_change(signs: str, depth: int, reading: Reading) -> int | None:
    """How much deeper in statements *signs* lead; None where they leave those of the table."""
    level = depth
    for tag in (reading.tag(sign) for sign in signs if not sign.isspace()):
        word = keyword(tag.code) if tag.kind == "b" else ""
        if level == 0 and (word.startswith("end") or word in ("else", "elif")):
            return None
        if tag.kind == "b":
            level += opens(tag.code) - word.startswith("end")
    return level - depth


def _report_stray(state: StateBlock, start: int, end: int, *, attributes: bool) -> None:
    reading, state.line = reading_of(state), start + 1
    line = reading.line_at(start)
    if attributes:
        message = Message("“{text}” stands above no table", text=line_text(state, start))
        reading.report("T222", line, message, Message("put it directly above the table"))
        return
    while state.line < end and _ROW.fullmatch(line_text(state, state.line)):
        state.line += 1
    message = Message("the row stands outside a table")
    hint = Message("write a head row and a line of dashes above it, and no empty line between")
    reading.report("T223", line, message, hint)
