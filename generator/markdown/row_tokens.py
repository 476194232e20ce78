"""The tokens of one row of a pipe table: ordinary, or of a grid."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from generator.markdown.block_rules import reading_of
from generator.problems import Message

BAR = re.compile(r"(?<!\\)\|")
"""What parts cells."""
_FOOT = re.compile(r"(?<!\\)>>")


def cells_of(row: str) -> list[str]:
    """What the cells of *row* hold."""
    return [cell.strip() for cell in _pieces(row)]


def _pieces(row: str) -> list[str]:
    """What stands between the bars of *row*."""
    inside = row.removeprefix("|")
    if inside.endswith("|") and not inside.endswith("\\|"):
        inside = inside[:-1]
    return [piece.replace("\\|", "|") for piece in BAR.split(inside)]


def push_row(
    state: StateBlock, row: str, line: int, columns: int, attributes: dict[str, str]
) -> None:
    """Tokens `row_open` (meta: *attributes*), an `inline` for each cell, `row_close`."""
    cells = cells_of(row)
    _check_count(state, row, line, len(cells), columns)
    state.push("row_open", "", 1).map = [line, line + 1]
    state.tokens[-1].meta = attributes
    for cell in (cells + [""] * columns)[:columns]:
        _push_cell(state, cell, line, {})
    state.push("row_close", "", -1)


def push_grid_row(
    state: StateBlock, row: str, line: int, columns: int, attributes: dict[str, str]
) -> None:
    """As `push_row`; the meta of an `inline` says its span, or that it is the foot of the last."""
    pieces = _pieces(row)
    _check_count(state, row, line, len(pieces), columns)
    cells: list[tuple[str, int]] = []
    for piece in (pieces + [" "] * columns)[:columns]:
        if not piece and cells:  # “||”: the cell before it is wider
            cells[-1] = cells[-1][0], cells[-1][1] + 1
        else:
            cells.append((piece, 1))
    state.push("row_open", "", 1).map = [line, line + 1]
    state.tokens[-1].meta = attributes
    for cell, span in cells:
        text, *foot = _FOOT.split(cell, 1)
        _push_cell(state, text.strip(), line, {"span": span, "is_foot": False})
        for below in foot:
            _push_cell(state, below.strip(), line, {"is_foot": True})
    state.push("row_close", "", -1)


def _push_cell(state: StateBlock, text: str, line: int, meta: dict[str, int]) -> None:
    token = state.push("inline", "", 0)
    token.content, token.map, token.children, token.meta = text, [line, line + 1], [], meta


def _check_count(state: StateBlock, row: str, line: int, cells: int, columns: int) -> None:
    if cells == columns:
        return
    message = Message(
        "the row does not fit the table: cells {cells}, columns {columns}",
        cells=cells,
        columns=columns,
    )
    hint = (
        Message("write a “|” between all cells")
        if BAR.search(row)
        else Message("leave an empty line after the table")
    )
    reading = reading_of(state)
    reading.report("T221", reading.line_at(line), message, hint)
