"""Tables: the tokens of a pipe table, with a head row or a grid without, to a `w:tbl`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise

from markdown_it.token import Token

from generator import wordml
from generator.markdown.cells import make_cell
from generator.markdown.grids import Grid
from generator.markdown.reading import Reading
from generator.markdown.rows import check_names, make_row, row_height
from generator.problems import Message
from generator.tags.cells import note_merging
from generator.wordml import Element, make

_NUMBER = re.compile(r"\d{1,4}(?:\.\d{1,3})?")
_BETWEEN_NAMES = re.compile(r"[\s、，,]+")
_SIDES = {(True, True): "center", (True, False): "left", (False, True): "right"}


def make_table(tokens: Sequence[Token], reading: Reading, width: int) -> Element:
    """A table, from its `table_open` to its `table_close`, *width* twips wide."""
    return _Table(tokens, reading, width).make()


class _Table:
    def __init__(self, tokens: Sequence[Token], reading: Reading, width: int) -> None:
        self.tokens, self.reading, self.width = tokens, reading, width
        meta = tokens[0].meta
        self.attributes: dict[str, str] = meta["attributes"]
        self.has_head: bool = meta["has_head"]
        self.dashes: list[int] = meta["dashes"]
        self.sides = [_SIDES.get(side) for side in meta["sides"]]
        self.line = reading.line_at(tokens[0].map[0] if tokens[0].map else 0)
        known = ("merge", "widths") if self.has_head else ("widths",)
        check_names(self.attributes, known, self.line, reading)
        self.widths = _share(width, self._weights())
        self.merging = self._merging()

    def make(self) -> Element:
        table = make("w:tbl", None, self._properties(), self._grid())
        grid = Grid(self.reading, self.widths, self.sides)
        opening, row = self.tokens[0], list[Token]()
        for token in self.tokens[1:-1]:
            if token.type == "tag":
                table.append(self.reading.node(token.content))
            elif token.type == "row_open":
                opening, row = token, []
            elif token.type == "inline":
                row.append(token)
            elif not self.has_head:
                table.extend(grid.rows(opening, row))
            else:
                is_head = table.find(wordml.w("tr")) is None
                table.append(self._head(row) if is_head else self._row(opening, row))
        return table

    # --- attributes

    def _weights(self) -> Sequence[float]:
        if "widths" not in self.attributes:
            return self.dashes
        words = _BETWEEN_NAMES.split(self.attributes["widths"].strip())
        weights = [float(word) for word in words if _NUMBER.fullmatch(word)]
        if len(weights) == len(words) == len(self.dashes) and all(weights):
            return weights
        message = Message(
            "“widths” needs a number above 0 for each of the {columns} columns",
            columns=len(self.dashes),
        )
        self.reading.report("T225", self.line, message)
        return self.dashes

    def _merging(self) -> list[int]:
        """The columns that merge, in the order named."""
        said = self.attributes.get("merge", "") if self.has_head else ""
        names = _BETWEEN_NAMES.split(said.strip())
        heads = [_said(token) for token in self.tokens[2 : 2 + len(self.dashes)]]
        columns: list[int] = []
        for name in filter(None, names):
            if name in heads:
                columns.append(heads.index(name))
                continue
            known = "、".join(filter(None, heads))
            message = Message("no column is headed “{name}”", name=name)
            hint = Message("the heads are {heads}", heads=known)
            self.reading.report("T226", self.line, message, hint)
        return list(dict.fromkeys(columns))

    # --- elements, their children in the order of the schema (ISO/IEC 29500-1, 17.4)

    def _properties(self) -> Element:
        return make(
            "w:tblPr",
            None,
            make("w:tblStyle", {"w:val": "Table Grid"}),
            make("w:tblW", {"w:w": str(self.width), "w:type": "dxa"}),
            make("w:jc", {"w:val": "center"}),
            make("w:tblLayout", {"w:type": "fixed"}),
        )

    def _grid(self) -> Element:
        columns = (make("w:gridCol", {"w:w": str(width)}) for width in self.widths)
        return make("w:tblGrid", None, *columns)

    def _head(self, cells: Sequence[Token]) -> Element:
        properties = make("w:trPr", None, make("w:cantSplit"), make("w:tblHeader"))
        made = [self._cell(cell, column, "表头", None) for column, cell in enumerate(cells)]
        return make("w:tr", None, properties, *made)

    def _row(self, opening: Token, cells: Sequence[Token]) -> Element:
        made = [
            self._cell(cell, column, "表文", self.sides[column])
            for column, cell in enumerate(cells)
        ]
        in_order = self.merging == sorted(self.merging)
        for rank, column in enumerate(self.merging, 1):
            spot = str(self._line_of(cells[column]))
            note_merging(made[column], 0 if in_order else rank, spot)
        return make_row(made, row_height(opening, 0, self.reading), may_split=False)

    def _cell(self, token: Token, column: int, style: str, side: str | None) -> Element:
        content, line = token.children or [], self._line_of(token)
        return make_cell(content, line, self.widths[column], style, side, self.reading)

    def _line_of(self, token: Token) -> int:
        return self.reading.line_at(token.map[0] if token.map else 0)


def _share(total: int, weights: Sequence[float]) -> list[int]:
    """*total* twips shared out by weight, without remainder."""
    whole = sum(weights)
    edges = [round(total * part / whole) for part in accumulate(weights, initial=0)]
    return [right - left for left, right in pairwise(edges)]


def _said(cell: Token) -> str:
    """What a head says, without marks."""
    return "".join(token.content for token in cell.children or [] if token.type == "text").strip()
