"""Grids, the tables without a head row that forms are made of: tokens to rows of a `w:tbl`.

A cell whose text has a foot, such as the line for a signature, is two: one that grows and one
below it for the foot, without a rule between them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from markdown_it.token import Token

from generator.markdown.cells import make_cell
from generator.markdown.reading import Reading
from generator.markdown.rows import LINE, make_row, row_height
from generator.problems import Message
from generator.tags.properties import set_property
from generator.wordml import Element, make, w

_UP = "^^"
_LABEL, _TEXT = "表头", "表文"


@dataclass(frozen=True, slots=True)
class _Cell:
    token: Token
    column: int
    span: int
    foot: Token | None = None

    @property
    def goes_up(self) -> bool:
        return self.token.content == _UP


@dataclass
class Grid:
    """The rows of one grid, as they are made one after the other."""

    reading: Reading
    widths: Sequence[int]
    sides: Sequence[str | None]
    _above: dict[int, tuple[int, Element]] = field(default_factory=dict)
    """The cells of the row made last, by their first columns, each with its span."""

    def rows(self, opening: Token, tokens: Sequence[Token]) -> list[Element]:
        """The `w:tr` of the row that *opening* begins: two where a cell has a foot."""
        line = self.reading.line_at(opening.map[0] if opening.map else 0)
        cells = _gathered(tokens)
        footed = any(cell.foot for cell in cells)
        height = row_height(opening, 2 if footed else 1, self.reading)
        if not footed:
            return [make_row(self._across(cells, self._cell, line), height)]
        above = make_row(self._across(cells, self._cell, line), height - LINE)
        return [above, make_row(self._across(cells, self._below, line), LINE)]

    def _across(
        self, cells: Sequence[_Cell], make_one: Callable[[_Cell, int], Element], line: int
    ) -> list[Element]:
        """The elements of a row's *cells*, which are from now on what stands above."""
        made = [make_one(cell, line) for cell in cells]
        self._above = {
            cell.column: (cell.span, element) for cell, element in zip(cells, made, strict=True)
        }
        return made

    def _cell(self, cell: _Cell, line: int) -> Element:
        """The cell itself, or what of it stands above its foot."""
        if cell.goes_up:
            return self._continued(cell, line)
        content = cell.token.children or []
        if label := _label(content):
            made = self._made(cell, label, line, _LABEL)
        else:
            made = self._made(cell, content, line, _TEXT, self.sides[cell.column])
        if cell.foot:
            _open(made, "bottom")
            set_property(made, "vAlign", {"val": "top"})
            made.find(f"{w('p')}/{w('pPr')}").insert(1, make("w:keepNext"))
        return made

    def _below(self, cell: _Cell, line: int) -> Element:
        """The foot of a cell, or the rest of one that has none, in the second row."""
        if cell.foot is None:
            return self._continued(cell, line)
        made = self._made(cell, cell.foot.children or [], line, _TEXT, "right")
        _open(made, "top")
        return made

    def _continued(self, cell: _Cell, line: int) -> Element:
        """An empty cell that is one with the cell above."""
        span, above = self._above.get(cell.column, (0, None))
        made = self._made(cell, [], line, _TEXT)
        if above is None or span != cell.span:
            message = Message("“{sign}” stands below no cell that is as wide", sign=_UP)
            hint = Message("write it in a row whose cells have the edges of those above")
            self.reading.report("T228", line, message, hint)
            return made
        if above.find(f"{w('tcPr')}/{w('vMerge')}") is None:
            set_property(above, "vMerge", {"val": "restart"})
        set_property(made, "vMerge", {"val": "continue"})
        return made

    def _made(
        self,
        cell: _Cell,
        content: Sequence[Token],
        line: int,
        style: str,
        side: str | None = None,
    ) -> Element:
        width = sum(self.widths[cell.column : cell.column + cell.span])
        made = make_cell(content, line, width, style, side, self.reading)
        if cell.span > 1:
            set_property(made, "gridSpan", {"val": str(cell.span)})
        return made


def _gathered(tokens: Sequence[Token]) -> list[_Cell]:
    """The cells of a row, each with its place and its foot."""
    cells: list[_Cell] = []
    for token in tokens:
        if token.meta["is_foot"]:
            cells[-1] = replace(cells[-1], foot=token)
        else:
            column = cells[-1].column + cells[-1].span if cells else 0
            cells.append(_Cell(token, column, token.meta["span"]))
    return cells


def _label(content: Sequence[Token]) -> Sequence[Token]:
    """What stands between the marks of text that is **strong** as a whole; else nothing."""
    tokens = [token for token in content if token.type != "text" or token.content]
    kinds = [token.type for token in tokens]
    strong = kinds[:1] == ["strong_open"] and kinds[-1:] == ["strong_close"]
    return tokens[1:-1] if strong and kinds.count("strong_open") == 1 else []


def _open(cell: Element, edge: str) -> None:
    """Let *cell* have no rule at an edge."""
    set_property(cell, "tcBorders", {})
    cell.find(f"{w('tcPr')}/{w('tcBorders')}").append(make(f"w:{edge}", {"w:val": "nil"}))
