"""Statements about what they stand in: a cell (`cells`), or any measure (`measures`).

They are taken out of the text, and what holds them gets the property that they say.
"""

from __future__ import annotations

from generator import places, wordml
from generator.problems import Message, Problem
from generator.tagging import keyword, opens
from generator.tags import cells, measures
from generator.tags.reading import Found
from generator.wordml import Element, tag_code, tags_in, w

Fault = tuple[Message, Message]
"""What is wrong, and what to do."""


def set_properties(root: Element, found: Found) -> None:
    """Take the statements about their holders out of the text below *root*, and do what they say.

    What a prefix took the place of is gone with all that it held.
    """
    for node, spot in found.holder_tags:
        if not any(holder is root for holder in node.iterancestors()):
            continue
        word, _, argument = tag_code(node).partition(" ")
        do = _measure if word == "measure" else _set_cell
        if fault := do(node, word, argument.strip(), spot):
            where = places.place(found.file, spot)
            found.problems.append(Problem("T025", fault[0], where, fault[1]))
        _take_out(node)


def _set_cell(node: Element, word: str, argument: str, spot: str) -> Fault | None:
    cell = next(node.iterancestors(w("tc"), w("txbxContent")), None)
    if cell is None or cell.tag != w("tc"):
        return (
            Message("“{{% {word} %}}” stands in no table cell", word=word),
            Message("put it into the cell that it is about"),
        )
    if _is_conditional(cell, node):
        return (
            Message("“{{% {word} %}}” stands inside a statement of its cell", word=word),
            Message("put the condition into the value: “{{% cellbg 'FFD700' if a else '' %}}”"),
        )
    if not cells.is_written(word, argument):
        example = {"cellbg": "cellbg 'FFD700'", "colspan": "colspan 2"}.get(word, word)
        return (
            Message("“{{% {word} %}}” is not written like this", word=word),
            Message("write “{{% {example} %}}”", example=example),
        )
    cells.set_cell(cell, word, argument, spot)
    return None


def _measure(node: Element, word: str, argument: str, _: str) -> Fault | None:
    written = measures.WRITTEN.fullmatch(argument)
    if written is None or written[1] not in measures.MEASURES:
        return (
            Message("“{{% {word} %}}” is not written like this", word=word),
            Message(
                "write “{{% measure left = 420 %}}”; there are: {names}",
                names=", ".join(measures.MEASURES),
            ),
        )
    name, expression = written.groups()
    measure = measures.MEASURES[name]
    holder = next(node.iterancestors(measure.holder), None)
    scope = next(node.iterancestors(measure.scope or measure.holder), None)
    if scope is not None and _is_conditional(scope, node):
        return (
            Message("“{{% {word} %}}” stands inside a statement of what it measures", word=word),
            Message("put the condition into the value: “{{% measure left = 420 if a else 0 %}}”"),
        )
    if holder is None or not measures.compute(holder, name, expression):
        return (
            Message("nothing here has a measure “{name}”", name=name),
            Message("put it into the paragraph, tab stop, cell or text box that it is about"),
        )
    return None


def _take_out(node: Element) -> None:
    """Remove a tag node with the text, and the run, that hold nothing else."""
    text = node.getparent()
    wordml.remove(node)
    run = text.getparent()
    if text.text or len(text) or run is None or run.tag != w("r"):
        return
    wordml.remove(text)
    if all(other.tag == w("rPr") for other in run):
        wordml.remove(run)


def _is_conditional(holder: Element, node: Element) -> bool:
    """Whether *node* stands in a statement that begins in its *holder*, and ends there."""
    stack: list[Element] = []
    around: list[Element] = []
    for tag in tags_in(holder):
        code = tag_code(tag) if tag.target == "b" else ""
        if tag is node:
            around = list(stack)
        elif opens(code):
            stack.append(tag)
        elif keyword(code).startswith("end") and stack and stack.pop() in around:
            return True
    return False
