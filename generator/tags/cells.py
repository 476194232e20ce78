"""Statements about a cell: docxtpl's `{% cellbg x %}`, `{% colspan n %}`, `{% hm %}`, `{% vm %}`,
and our `{% merge %}`.

The first two become attributes of their cell. Merging takes a loop, which is known only when tags
have gone to their levels: it is noted here, and done by the compiler.
"""

from __future__ import annotations

import re

from generator import places, wordml
from generator.problems import Message, Problem
from generator.tagging import keyword, opens
from generator.tags.reading import Found
from generator.wordml import OURS, Element, make, tag_code, tags_in, w

HORIZONTAL = f"{{{OURS}}}hm"
VERTICAL = f"{{{OURS}}}vm"
"""Attributes of a cell that merges with those of the loop's other passes: the tag's spot."""
MERGING = f"{{{OURS}}}merge"
"""The attribute of a cell that merges with the one above where both say the same: the spot."""
RANK = f"{{{OURS}}}rank"
"""Of such a cell, which of its row's merging cells it is: a change in one parts those after it."""
COLUMNS = f"{{{OURS}}}columns"
"""The attribute of a cell in a row that lost some: the columns that it had, as `first:count`."""

_WRITTEN = {
    "cellbg": re.compile(".+", re.DOTALL),
    "colspan": re.compile(".+", re.DOTALL),
    "hm": re.compile(""),
    "vm": re.compile(""),
    "merge": re.compile("(?:[1-9][0-9]?)?"),
}
"""What follows the word of each statement."""

# ISO/IEC 29500-1, 17.4.69: the schema's order.
_ORDER = {
    w(name): index
    for index, name in enumerate(
        "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText "
        "vAlign hideMark headers".split()
    )
}


def set_properties(root: Element, found: Found) -> None:
    """Take the cell tags out of the text below *root*, and give their cells what they say.

    What a prefix took the place of is gone with all that it held.
    """
    for node, spot in found.cell_tags:
        if not any(holder is root for holder in node.iterancestors()):
            continue
        word, _, argument = tag_code(node).partition(" ")
        cell = next(node.iterancestors(w("tc"), w("txbxContent")), None)
        problem = None
        if cell is None or cell.tag != w("tc"):
            problem = _outside(word)
        elif _is_conditional(cell, node):
            problem = _conditional(word)
        elif not _WRITTEN[word].fullmatch(argument.strip()):
            problem = _argument(word)
        if problem:
            message, hint = problem
            where = places.place(found.file, spot)
            found.problems.append(Problem("T025", message, where, hint))
        else:
            _set(cell, word, argument.strip(), spot)
        _take_out(node)


def _set(cell: Element, word: str, argument: str, spot: str) -> None:
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


def set_property(cell: Element, name: str, values: dict[str, str]) -> None:
    """Give *cell* the property *name* in place of the one that it has."""
    properties = cell.find(w("tcPr"))
    if properties is None:
        properties = make("w:tcPr")
        cell.insert(0, properties)
    for old in properties.findall(w(name)):
        properties.remove(old)
    new = make(f"w:{name}", {f"w:{key}": value for key, value in values.items()})
    rank = _ORDER[new.tag]
    before = [node for node in properties if _ORDER.get(node.tag, len(_ORDER)) < rank]
    properties.insert(len(before), new)


def _take_out(node: Element) -> None:
    """Remove a tag node, and the run that holds nothing else."""
    text = node.getparent()
    wordml.remove(node)
    run = text.getparent()
    if text.text or len(text) or run is None or run.tag != w("r"):
        return
    if all(other is text or other.tag == w("rPr") for other in run):
        wordml.remove(run)


def _is_conditional(cell: Element, node: Element) -> bool:
    """Whether *node* stands in a statement that begins in its cell, and ends there."""
    stack: list[Element] = []
    around: list[Element] = []
    for tag in tags_in(cell):
        code = tag_code(tag) if tag.target == "b" else ""
        if tag is node:
            around = list(stack)
        elif opens(code):
            stack.append(tag)
        elif keyword(code).startswith("end") and stack and stack.pop() in around:
            return True
    return False


def _outside(word: str) -> tuple[Message, Message]:
    return (
        Message("“{{% {word} %}}” stands in no table cell", word=word),
        Message("put it into the cell that it is about"),
    )


def _conditional(word: str) -> tuple[Message, Message]:
    return (
        Message("“{{% {word} %}}” stands inside a statement of its cell", word=word),
        Message("put the condition into the value: “{{% cellbg 'FFD700' if a else '' %}}”"),
    )


def _argument(word: str) -> tuple[Message, Message]:
    example = {"cellbg": "cellbg 'FFD700'", "colspan": "colspan 2"}.get(word, word)
    return (
        Message("“{{% {word} %}}” is not written like this", word=word),
        Message("write “{{% {example} %}}”", example=example),
    )


# --- columns -------------------------------------------------------------------------------------


def cells_of(row: Element) -> list[Element]:
    """The cells of *row*, those in content controls among them; not those of tables in it."""
    return [cell for cell in row.iter(w("tc")) if next(cell.iterancestors(w("tr"))) is row]


def note_columns(row: Element) -> None:
    """Note of each cell of *row* which columns it has, before some of them go."""
    cells = cells_of(row)
    if any(cell.get(COLUMNS) for cell in cells):
        return
    column = _number(row.find(f"{w('trPr')}/{w('gridBefore')}"), 0)
    for cell in cells:
        count = _number(cell.find(f"{w('tcPr')}/{w('gridSpan')}"), 1)
        cell.set(COLUMNS, f"{column}:{count}")
        column += count


def _number(element: Element | None, otherwise: int) -> int:
    said = "" if element is None else element.get(w("val"), "")
    return int(said) if said.isdecimal() else otherwise
