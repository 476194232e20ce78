"""Loops and conditions over the cells of a row, and the grid that follows them.

`{% for %}` alone in one cell and `{% endfor %}` alone in another of its row repeat what stands
between them, as docxtpl's `{%tc for … %}` does. The table stays as wide as it was: the columns
that a loop prints share the width of those that it takes up in the template.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from itertools import groupby

from generator import wordml
from generator.compiler.groups import CELLS, complete_groups, content, level_of
from generator.compiler.nesting import Item, Statement, flat, leaves, nest
from generator.tags.cells import HORIZONTAL, VERTICAL
from generator.tags.grid import COLUMNS, cells_of, note_columns
from generator.tags.measures import CODE
from generator.tags.properties import set_property
from generator.wordml import Element, is_tag, make, tag_code, tag_node, tag_spot, tags_in, w

_FOLLOWED = frozenset({"for", "if", "with"})
"""Statements that can be repeated around the columns of a grid."""
_OF_CELLS = (w("shd"), w("gridSpan"))


def prints_cells(row: Element) -> bool:
    """Whether *row* holds cells that are there for what they are: in a loop, coloured, merged."""
    among = [tag for tag in tags_in(row) if level_of(tag) == CELLS]
    return bool(among) or any(
        {HORIZONTAL, VERTICAL} & {*cell.attrib}
        or any("{{" in value for node in cell.iter(*_OF_CELLS) for value in node.attrib.values())
        for cell in cells_of(row)
    )


def dissolve_cells(row: Element) -> None:
    """Cells of *row* that hold only the tags of a loop or condition over cells give way to them."""
    inside = {cell: list(content(cell)) for cell in cells_of(row)}
    bare = {
        cell: tags
        for cell, tags in inside.items()
        if tags and all(is_tag(tag) and tag.target != "v" for tag in tags)
    }
    if len(bare) < 2:
        return
    home = {tag: cell for cell, tags in inside.items() for tag in tags if is_tag(tag)}
    groups = [
        group
        for group in complete_groups([tag for tag in tags_in(row) if tag in home])
        if group.kind in ("for", "if") and len({home[tag] for tag in group.tags}) > 1
    ]
    while True:
        paired = {tag for group in groups for tag in group.tags}
        going = {cell for cell, tags in bare.items() if _goes(tags, paired)}
        kept = [group for group in groups if all(home[tag] in going for tag in group.tags)]
        if len(kept) == len(groups):
            break
        groups = kept
    if not groups:
        return
    note_columns(row)
    for cell in going:
        for tag in bare[cell]:
            tag.tail = None
            cell.addprevious(tag)
        wordml.remove(cell)


def _goes(tags: list[Element], paired: set[Element]) -> bool:
    statements = [tag for tag in tags if tag.target == "b"]
    return bool(statements) and all(tag in paired for tag in statements)


# --- the grid ------------------------------------------------------------------------------------


def follow_columns(table: Element) -> None:
    """Let the grid of *table* have a column for each cell that a row with loops prints.

    The first such row is the model, one outside other loops before the rest.
    """
    grid = table.find(w("tblGrid"))
    rows = [
        (row, around)
        for row, around in leaves(nest(flat(table)))
        if row.tag == w("tr") and any(COLUMNS in cell.attrib for cell in cells_of(row))
    ]
    if grid is None or not rows:
        return
    old = list(grid.iterchildren(w("gridCol")))
    widths = [_width(column) for column in old]
    for row, _ in rows:
        for cell, width in _widths(row, widths).items():
            _set_width(cell, width)
    model, around = min(rows, key=lambda found: len(found[1]))
    inside = (each for _, within in leaves(nest(flat(model))) for each, _ in within)
    if all(branch == 0 for _, branch in around) and all(
        statement.kind in _FOLLOWED for statement in (*(each for each, _ in around), *inside)
    ):
        columns = list(_columns(nest(flat(model)), _widths(model, widths), old))
        for child in list(grid):
            grid.remove(child)
        grid.extend(_within([statement for statement, _ in around], columns))
    for row, _ in rows:
        for cell in cells_of(row):
            cell.attrib.pop(COLUMNS, None)


def _width(column: Element) -> int:
    said = column.get(w("w"), "")
    return int(said) if said.isdecimal() else 0


def _reach(cell: Element) -> tuple[int, int]:
    """The first column of *cell*, and the first after it."""
    first, count = map(int, cell.get(COLUMNS, "0:1").split(":"))
    return first, first + count


def _widths(row: Element, widths: list[int]) -> dict[Element, tuple[int, bool]]:
    """The width of each cell in a statement, and whether the passes of its loop share it.

    A statement has the columns of its cells, and of those that held its tags.
    """
    found: dict[Element, tuple[int, bool]] = {}
    cells = [(cell, around) for cell, around in leaves(nest(flat(row))) if cell.tag == w("tc")]
    runs = [
        (statement, list(members))
        for statement, members in groupby(cells, lambda cell: cell[1][0][0] if cell[1] else None)
    ]
    taken = 0
    for index, (statement, members) in enumerate(runs):
        following = runs[index + 1][1][0][0] if index + 1 < len(runs) else None
        end = _reach(members[-1][0])[1]
        if statement is not None:
            end = len(widths) if following is None else _reach(following)[0]
            total = sum(widths[taken:end])
            own = {cell: sum(widths[slice(*_reach(cell))]) for cell, _ in members}
            of_branch: dict[int, int] = {}
            for cell, around in members:
                of_branch[around[0][1]] = of_branch.get(around[0][1], 0) + own[cell]
            for cell, around in members:
                loops = sum(each.kind == "for" for each, _ in around)
                if loops < 2 and of_branch[around[0][1]]:
                    found[cell] = total * own[cell] // of_branch[around[0][1]], loops == 1
        taken = end
    return found


def _said(width: tuple[int, bool]) -> str:
    return f"{{{{ {width[0]} / loop.length }}}}" if width[1] else str(width[0])


def _set_width(cell: Element, width: tuple[int, bool]) -> None:
    old = cell.find(f"{w('tcPr')}/{w('tcW')}")
    if old is not None and old.get(w("w"), "").isdecimal() and old.get(w("type")) in (None, "dxa"):
        shared = width[1] and HORIZONTAL not in cell.attrib
        set_property(cell, "tcW", {"w": _said((width[0], shared)), "type": "dxa"})


def _columns(
    items: list[Item], found: dict[Element, tuple[int, bool]], old: list[Element]
) -> Iterator[Element]:
    """The columns of a row's *items*, in the same statements; those that are computed stay so."""
    for item in items:
        if isinstance(item, Statement):
            for tag, branch in zip(item.tags, [*item.branches, []], strict=True):
                yield _again(tag)
                yield from _columns(branch, found, old)
        elif is_tag(item):
            yield _again(item)
        elif item.tag == w("tc"):
            columns = old[slice(*_reach(item))]
            whole = sum(map(_width, columns))
            total, shared = found.get(item, (whole, False))
            for column in columns:
                if CODE in column.attrib:
                    yield copy.copy(column)
                    continue
                share = total * _width(column) // whole if whole else 0
                yield make("w:gridCol", {"w:w": _said((share, shared))} if share else None)


def _again(tag: Element) -> Element:
    return tag_node(tag.target, tag_code(tag), tag_spot(tag))


def _within(around: list[Statement], columns: list[Element]) -> list[Element]:
    """*columns* in the statements around their row; of a loop, in its first pass."""
    for statement in reversed(around):
        opener, closer = _again(statement.tags[0]), _again(statement.tags[-1])
        if statement.kind == "for":
            columns = [tag_node("b", "if loop.first"), *columns, tag_node("b", "endif")]
        columns = [opener, *columns, closer]
    return columns
