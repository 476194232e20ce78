"""Jinja statements in a tree: which tags belong together, and at which level they stand."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from generator.compiler.statements import too_deep
from generator.places import place
from generator.problems import Location, Message, Problem
from generator.wordml import Element, is_tag, qualified, tag_code, tag_spot, tags_in, w

OPENERS = frozenset({"for", "if", "block", "macro", "call", "with", "set"})
MAX_NESTING = 50
"""Statements within statements."""
BRANCHES = {"else": ("if", "for"), "elif": ("if",)}
STATEMENTS = OPENERS | BRANCHES.keys() | {"extends", "include", "import", "from"}
"""Every statement that a template may use; `endfor` and the like beside them."""
_JINJA_ONLY = frozenset("filter autoescape trans pluralize do debug break continue print".split())
"""Statements of Jinja and its extensions that are not available."""

_ASKS_FOR_SECTION = re.compile(r"(?:\"\w+\"|'\w+'|\(.*\))\s*\|\s*section", re.DOTALL)
_STRING = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'")

PARAGRAPHS, ROWS, CELLS, RUNS, TEXT = "paragraphs", "rows", "cells", "runs", "text"
_LEVELS = (
    {w(name): PARAGRAPHS for name in ("body", "tc", "hdr", "ftr", "txbxContent", "comment")}
    | {w(name): PARAGRAPHS for name in ("footnote", "endnote")}
    | {w("tbl"): ROWS, w("tr"): CELLS, w("t"): TEXT, w("instrText"): TEXT}
    | {w(name): RUNS for name in ("p", "hyperlink", "fldSimple", "dir", "bdo", "rt", "rubyBase")}
)


def keyword(tag: Element) -> str:
    """The statement of a tag: `for`, `endif` … or `""`."""
    words = tag_code(tag).split(None, 1)
    return words[0] if tag.target == "b" and words else ""


def argument(tag: Element) -> str:
    """What follows the statement of a tag: `x in rows`, the name of a block …"""
    words = tag_code(tag).split(None, 1)
    return words[1].strip() if len(words) > 1 else ""


def name_of(tag: Element) -> str:
    """The name that a block or macro tag gives."""
    match = re.match(r"\w+", argument(tag))
    return match[0] if match else ""


def opens(tag: Element) -> bool:
    """Whether a tag needs a closing one; `{% set x = 1 %}` does not."""
    return tag.target == "b" and _opens(tag_code(tag))


def _opens(code: str) -> bool:
    word = code.split(None, 1)[0] if code else ""
    return word in OPENERS and not (word == "set" and "=" in _STRING.sub("", code))


def closes(tag: Element) -> str:
    """The statement that a tag closes, or `""`."""
    return _closes(keyword(tag))


def _closes(word: str) -> str:
    return word[3:] if word.startswith("end") and word[3:] in OPENERS else ""


@dataclass
class Group:
    """The tags of one statement: the opening one, `elif` and `else`, the closing one."""

    tags: list[Element]
    kind: str
    """The statement: `for`, `if` …"""
    parts: list[Group] = field(default_factory=list)
    """The groups directly inside."""

    @property
    def opener(self) -> Element:
        return self.tags[0]

    @property
    def closer(self) -> Element:
        return self.tags[-1]

    def walk(self) -> Iterator[Group]:
        """This group and all inside, outermost first."""
        yield self
        for part in self.parts:
            yield from part.walk()


def find_groups(tags: Iterable[Element], file: str) -> tuple[list[Group], list[Problem]]:
    """The outermost groups among *tags*, and what does not pair up.

    What one fault brings with it is not told: the end of a statement that another's end crosses,
    or of one that nobody knows.
    """
    found: list[Group] = []
    stack: list[Group] = []
    problems: list[Problem] = []
    adrift: list[str] = []  # statements whose ends will be no ends of nothing; "" may be any
    for tag in tags:
        word, where = keyword(tag), place(file, tag_spot(tag))
        code = tag_code(tag) if word else ""
        if tag.target == "b" and word.removeprefix("end") not in STATEMENTS:
            near = _near(word, code, stack)
            problems += _refused(word, near, where)
            if word.removeprefix("end") in _JINJA_ONLY:
                continue
            if word.startswith("end"):  # of whatever is open
                if stack:
                    stack.pop().tags.append(tag)
                continue
            adrift += [] if near in OPENERS else [""]
            word, code = near, code.replace(word, near, 1) if near else ""
        if _opens(code):
            if len(stack) == MAX_NESTING:
                return found, [*problems, too_deep(where)]
            group = Group([tag], word)
            (stack[-1].parts if stack else found).append(group)
            stack.append(group)
        elif closed := _closes(word):
            if stack and stack[-1].kind == closed:
                stack.pop().tags.append(tag)
            elif any(group.kind == closed for group in stack):
                problems.append(_closes_nothing(tag, stack, where))
                while (crossed := stack.pop()).kind != closed:
                    adrift.append(crossed.kind)
            elif closed in adrift or "" in adrift:
                adrift.remove(closed if closed in adrift else "")
            else:
                problems.append(_closes_nothing(tag, stack, where))
        elif word in BRANCHES:
            if stack and stack[-1].kind in BRANCHES[word]:
                stack[-1].tags.append(tag)
            elif not adrift:
                problems.append(_stray_branch(tag, where))
    problems += [_never_closed(each, file) for each in stack if opens(each.opener)]
    return found, problems


def complete_groups(tags: Iterable[Element]) -> list[Group]:
    """Every group, outermost first, whose tags are all among *tags*; the rest is left alone."""
    stack: list[Group] = []
    done: list[Group] = []
    for tag in tags:
        if opens(tag):
            stack.append(Group([tag], keyword(tag)))
        elif closes(tag):
            if stack and stack[-1].kind == closes(tag):
                stack[-1].tags.append(tag)
                done.append(stack.pop())
        elif stack and keyword(tag) in BRANCHES:
            stack[-1].tags.append(tag)
    return done[::-1]


def groups_in(root: Element, file: str) -> tuple[list[Group], list[Problem]]:
    """The outermost groups below *root*, and what does not pair up."""
    return find_groups(tags_in(root), file)


def level_of(tag: Element) -> str:
    """What may stand where *tag* stands: paragraphs, rows, cells, runs or text; `""` is nothing."""
    parent = tag.getparent()
    return "" if parent is None else level_in(parent)


def level_in(element: Element) -> str:
    """What may stand in *element*, in the words of `level_of`."""
    if element.tag == w("sdtContent"):
        return level_of(element.getparent())
    return _LEVELS.get(element.tag, TEXT if not is_word(element) else "")


def is_word(element: Element) -> bool:
    """Whether an element is WordprocessingML; the texts of document properties are not."""
    return bool(element.tag.startswith(qualified("w:")))


def prints_fragment(tag: Element, macros: frozenset[str]) -> bool:
    """Whether a tag prints content of its own level: `super()`, a macro's call, a section."""
    if tag.target != "v":
        return False
    if asks_for_section(tag):
        return True
    match = re.match(r"([\w.]+)\s*\(", tag_code(tag))
    if not match or not tag_code(tag).endswith(")"):
        return False
    name = match[1]
    return (
        name in ("super", "caller", "loop")
        or name.startswith("self.")
        or name in macros
        or ("." in name and name.partition(".")[0] in macros)
    )


def asks_for_section(tag: Element) -> bool:
    """Whether a tag begins a section of that name: `{{ "landscape" | section }}`."""
    return tag.target == "v" and _ASKS_FOR_SECTION.fullmatch(tag_code(tag)) is not None


def macro_names(root: Element) -> frozenset[str]:
    """The names below *root* that macros have: defined, imported, or modules of them."""
    names: set[str] = set()
    for tag in tags_in(root):
        word, rest = keyword(tag), argument(tag)
        if word == "macro":
            names.add(name_of(tag))
        elif word == "import" and (match := re.search(r"\bas\s+(\w+)", rest)):
            names.add(match[1])
        elif word == "from" and (match := re.search(r"\bimport\s+(.*)$", rest)):
            for item in match[1].split(","):
                words = item.split()
                names.update(words[-1:] if words and words[0] not in ("with", "without") else ())
    return frozenset(names)


def content(element: Element) -> Iterator[Element]:
    """What prints in *element*, in order: pieces of text, drawings, breaks, fields, tags."""
    for node in element.iter():
        if is_tag(node):
            yield node
            if node.tail and node.tail.strip():
                yield node.tail
        elif node.tag in _TEXTS:
            if node.text and node.text.strip():
                yield node.text
        elif isinstance(node.tag, str) and node.tag in _PRINTING:
            yield node


_TEXTS = (w("t"), qualified("m:t"))
_PRINTING = frozenset(
    w(name)
    for name in (
        *("drawing", "pict", "object", "br", "tab", "sym", "noBreakHyphen", "sectPr"),
        *("fldChar", "instrText", "footnoteReference", "endnoteReference"),
    )
)


def _near(word: str, code: str, stack: list[Group]) -> str:
    """The statement that may have been meant by *word*, which begins *code*; or `""`.

    *stack* is what is open there.
    """
    if word.startswith("end"):
        return f"end{stack[-1].kind}" if stack else ""
    found = difflib.get_close_matches(word, sorted(STATEMENTS), 3)
    if "for" in found and re.search(r"\sin\s", code):
        return "for"
    return found[0] if found else ""


def _refused(word: str, near: str, where: Location) -> Iterator[Problem]:
    if word.removeprefix("end") not in _JINJA_ONLY:
        hint = Message("did you mean “{name}”?", name=near) if near else ""
        yield Problem("T004", Message("there is no statement “{word}”", word=word), where, hint)
    elif word in _JINJA_ONLY:  # its end is no other fault
        hint = Message("apply a filter to each value instead") if word == "filter" else ""
        message = Message("{{% {word} %}} is not available", word=word)
        yield Problem("T004", message, where, hint)


def _closes_nothing(tag: Element, stack: list[Group], where: Location) -> Problem:
    code = tag_code(tag)
    if not stack:
        return Problem("T005", Message("“{{% {code} %}}” closes nothing", code=code), where)
    opener = stack[-1].opener
    return Problem(
        "T005",
        Message("“{{% {code} %}}” closes nothing here", code=code),
        where,
        Message(
            "“{{% {opener} %}}” at {spot} is still open",
            opener=tag_code(opener),
            spot=_spot_or_line(place("", tag_spot(opener), words_too=False).spot),
        ),
    )


def _spot_or_line(spot: str) -> str:
    """A place within a file in words; Markdown has lines, which are bare numbers."""
    return Message("line {line}", line=spot) if spot.isdecimal() else spot


def _stray_branch(tag: Element, where: Location) -> Problem:
    return Problem(
        "T005",
        Message("“{{% {code} %}}” stands outside its statement", code=tag_code(tag)),
        where,
        Message("it belongs between “if” or “for” and its end"),
    )


def _never_closed(group: Group, file: str) -> Problem:
    return Problem(
        "T006",
        Message("“{{% {code} %}}” is never closed", code=tag_code(group.opener)),
        place(file, tag_spot(group.opener)),
        Message("add “{{% end{kind} %}}”", kind=group.kind),
    )
