"""A template's family: its ancestors, and all that any of them includes or imports."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from generator.compiler.bodies import Body
from generator.compiler.filling import blocks_offered, fill_body
from generator.compiler.groups import keyword
from generator.places import place
from generator.problems import Location, Message, NoticeError, Problem
from generator.wordml import Element, tag_code, tag_spot, tags_in

MAX_CHAIN = 20
_MAX_OTHERS = 200

FindBody = Callable[[str, str], Body]
"""Finds a body by the name in a tag and the canonical name of the template that asks.

Raises NoticeError where there is none.
"""


@dataclass
class Family:
    """A template, its ancestors, and what any of them includes or imports."""

    chain: list[Body]
    """Nearest first; the last one brings the package."""
    others: list[Body] = field(default_factory=list)
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    """(name, asked by) → canonical name."""
    problems: list[Problem] = field(default_factory=list)
    """What is wrong with who asks for whom: then there are some that were not found."""

    @property
    def root(self) -> Body:
        return self.chain[-1]

    @property
    def bodies(self) -> list[Body]:
        return [*self.chain, *self.others]

    def imported_levels(
        self, body: Body, defined: Mapping[str, Mapping[str, str]]
    ) -> dict[str, str]:
        """The levels of what *body* imports, by the names used there.

        *defined* are the levels of the macros of each body.
        """
        levels: dict[str, str] = {}
        for tag, name in body.tags("import", "from"):
            macros = defined.get(self.names.get((name, body.name), ""), {})
            words = tag_code(tag).split()
            if words[0] == "from":
                levels |= _imported_names(tag_code(tag), macros)
            elif "as" in words[:-1]:
                module = words[words.index("as") + 1]
                levels |= {f"{module}.{macro}": level for macro, level in macros.items()}
        return levels


def _imported_names(code: str, levels: Mapping[str, str]) -> dict[str, str]:
    """The levels of `from … import a, b as c` by the names used here."""
    names = {}
    for item in code.partition(" import ")[2].split(","):
        words = item.split()
        if words and words[0] in levels:
            names[words[2] if words[1:2] == ["as"] else words[0]] = levels[words[0]]
    return names


def gather(body: Body, find: FindBody, layout: str) -> Family:
    """Find every template that *body* needs; content that extends nothing fills *layout*.

    What cannot be found is among the `problems` of the family.
    """
    family = Family([body])
    asked = body
    while extends := asked.extends(layout):
        tag, name = extends[0]
        try:
            parent = find(name, asked.name)
        except NoticeError as error:
            family.problems += _asked_at(tag, asked, error)
            break
        family.names[name, asked.name] = parent.name
        if parent.name in {each.name for each in family.chain} or len(family.chain) > MAX_CHAIN:
            message = Message("“{name}” extends itself", name=name)
            family.problems.append(_at(tag, asked, "T013", message))
            break
        family.chain.append(parent)
        asked = parent
    else:
        if family.root.package is None:
            family.problems.append(_no_package(family.root))
    for index, each in enumerate(family.chain):
        if each.fills:
            fill_body(each, blocks_offered(family.chain[index + 1 :]))
    _gather_others(family, find)
    return family


def _gather_others(family: Family, find: FindBody) -> None:
    chain = {each.name for each in family.chain}
    known = {each.name: each for each in family.bodies}
    queue = list(family.chain)
    while queue and len(known) < _MAX_OTHERS:
        asked = queue.pop()
        for tag, name in asked.tags("include", "import", "from"):
            try:
                other = find(name, asked.name)
            except NoticeError as error:
                family.problems += _asked_at(tag, asked, error)
                continue
            other = known.get(other.name, other)
            family.names[name, asked.name] = other.name
            if other.tags("extends") or (other.name in chain and keyword(tag) == "include"):
                family.problems.append(_whole(tag, name, asked))
            elif other.name not in known:
                known[other.name] = other
                family.others.append(other)
                queue.append(other)


def _asked_at(tag: Element, body: Body, error: NoticeError) -> list[Problem]:
    """The problems of *error*; those of all of *body*, which asks for what is not there, at *tag*.

    The tags of a layout stand in no file.
    """
    at = place(body.file, tag_spot(tag))
    return [
        replace(each, where=at) if each.where == Location(body.file) else each
        for each in error.problems
    ]


def _whole(tag: Element, name: str, asked: Body) -> Problem:
    message = Message("“{name}” is a whole document and stands in no other", name=name)
    hint = Message("put what both need into a template that extends nothing")
    return _at(tag, asked, "T021", message, hint)


def _at(tag: Element, body: Body, code: str, message: Message, hint: Message | str = "") -> Problem:
    return Problem(code, message, place(body.file, tag_spot(tag)), hint)


def _no_package(root: Body) -> Problem:
    for tag in tags_in(root.root):
        if keyword(tag) == "extends":
            return _at(tag, root, "T010", Message("the name of a template must be written out"))
    return Problem(
        "T014",
        Message("the template extends no layout"),
        Location(root.file),
        Message("name one in template.yaml: “layout: document”"),
    )
