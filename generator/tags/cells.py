"""Statements about a cell: docxtpl's `{% cellbg x %}`, `{% colspan n %}`, `{% hm %}`, `{% vm %}`,
and our `{% merge %}`.

The first two become attributes of their cell. Merging takes a loop, which is known only when tags
have gone to their levels: it is noted here, and done by the compiler.
"""

from __future__ import annotations

import re

from generator.tags.properties import set_property
from generator.wordml import OURS, Element

HORIZONTAL = f"{{{OURS}}}hm"
VERTICAL = f"{{{OURS}}}vm"
"""Attributes of a cell that merges with those of the loop's other passes: the tag's spot."""
MERGING = f"{{{OURS}}}merge"
"""The attribute of a cell that merges with the one above where both say the same: the spot."""
RANK = f"{{{OURS}}}rank"
"""Of such a cell, which of its row's merging cells it is: a change in one parts those after it."""

_WRITTEN = {
    "cellbg": re.compile(".+", re.DOTALL),
    "colspan": re.compile(".+", re.DOTALL),
    "hm": re.compile(""),
    "vm": re.compile(""),
    "merge": re.compile("(?:[1-9][0-9]?)?"),
}
"""What follows the word of each statement."""


def is_written(word: str, argument: str) -> bool:
    """Whether *argument* may follow the *word* of a statement about a cell."""
    return _WRITTEN[word].fullmatch(argument) is not None


def set_cell(cell: Element, word: str, argument: str, spot: str) -> None:
    """Give *cell* what a statement says of it, which stands at *spot*."""
    if word == "cellbg":
        shading = {"val": "clear", "color": "auto", "fill": f"{{{{ ({argument}) | cell_color }}}}"}
        set_property(cell, "shd", shading)
    elif word == "colspan":
        set_property(cell, "gridSpan", {"val": f"{{{{ ({argument}) | cell_span }}}}"})
    elif word == "merge":
        note_merging(cell, int(argument or 0), spot)
    else:
        cell.set(HORIZONTAL if word == "hm" else VERTICAL, spot)


def note_merging(cell: Element, rank: int, spot: str) -> None:
    """Let *cell* merge with the one above where both say the same; *rank* 0 is its column's."""
    cell.set(MERGING, spot)
    cell.set(RANK, str(rank))
