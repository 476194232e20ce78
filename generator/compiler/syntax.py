"""Jinja source → Jinja's tree and code; what Jinja cannot read is named, tag by tag."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from types import CodeType

from jinja2 import TemplateSyntaxError, nodes

from generator.compiler.attributes import tags_in_attributes
from generator.compiler.bodies import Body
from generator.compiler.capture_tags import is_capture
from generator.compiler.family import Family
from generator.compiler.groups import STATEMENTS, asks_for_section, keyword
from generator.compiler.linking import mark_parts
from generator.compiler.printing import settle_places
from generator.compiler.statements import (
    TOO_DEEP,
    StatementError,
    prepare,
    too_deep,
    unknown_names,
)
from generator.places import place, reading_order
from generator.problems import Location, Message, NoticeError, Problem
from generator.runtime.captures import settle_captures
from generator.runtime.environment import WordEnvironment
from generator.runtime.values import Place
from generator.tagging import opens
from generator.tags import as_typed
from generator.wordml import Source, tag_code, tag_spot, tags_in


def read_source(
    body: Body, source: Source, places: list[Place], parts: Iterable[str] = ()
) -> tuple[nodes.Template, CodeType]:
    """The tree of *source*, which was made of *body*, and its code; *places* are of its tags.

    Of a source that holds several *parts* it says where each begins, if they are given.
    Raises NoticeError with every tag that Jinja cannot read.
    """
    environment = WordEnvironment()

    def place_of(line: int) -> Location:
        return place(body.file, source.spots[min(line, len(source.spots)) - 1])

    try:
        tree = environment.parse(source.text, body.name)
        settle_places(tree, places)
        settle_captures(tree)
        problems = list(unknown_names(tree, environment, place_of))
        try:
            prepare(tree)
        except StatementError as error:
            problems += [Problem("T010", message, place_of(line)) for message, line in error.faults]
        if problems:
            raise NoticeError(problems)
        if parts:
            mark_parts(tree, parts)
        return tree, environment.compile(tree, body.name, body.name)
    except TemplateSyntaxError as error:
        problems = list(_faulty_tags(body, environment))
        raise NoticeError(problems or [_unread(error, place_of(error.lineno))]) from error
    except TOO_DEEP as error:
        problems = list(_faulty_tags(body, environment))
        raise NoticeError(problems or [too_deep(Location(body.file))]) from error


def all_problems(family: Family, problems: list[Problem]) -> NoticeError:
    """What was found wrong with *family*, and what Jinja will refuse of single tags, in order.

    What it cannot read of a tag with a fault of its own is told already.
    """
    told = {each.where for each in problems if each.code in _OF_ONE_TAG}
    environment = WordEnvironment()
    found = list(problems)
    for body in family.bodies:
        for problem in _faulty_tags(body, environment):
            if problem.code != "T018" or problem.where not in told:
                found.append(problem)
    order = {body.file: index for index, body in enumerate(family.bodies)}
    found.sort(key=lambda each: (order.get(each.where.file, -1), *reading_order(each.where)))
    return NoticeError(found)


# --- one tag at a time ---------------------------------------------------------------------------

_OF_ONE_TAG = frozenset({"T001", "T003", "T004", "T018", "T022", "T024"})


def _faulty_tags(body: Body, environment: WordEnvironment) -> Iterator[Problem]:
    """What is wrong with each tag of *body* on its own."""
    for tag, code, spot in _tags(body):
        where = place(body.file, spot)
        try:
            tree = environment.parse(_alone(tag, code))
            yield from unknown_names(tree, environment, partial(_same, where))
        except TemplateSyntaxError as error:
            shown = f"{{{{ {code} }}}}" if tag == "v" else f"{{% {code} %}}"
            yield Problem(
                "T018",
                Message(
                    "Jinja cannot read “{tag}”: {detail}", tag=shown, detail=error.message or ""
                ),
                where,
                Message("correct what stands between the braces"),
            )
        except TOO_DEEP:
            yield too_deep(where)


def _tags(body: Body) -> Iterator[tuple[str, str, str]]:
    """The kind, code and spot of each tag that can be read by itself."""
    for root in body.parts.values():
        for node in tags_in(root):
            if is_capture(node) or asks_for_section(node):
                continue
            if node.target == "v" or (keyword(node) in STATEMENTS and keyword(node) != "else"):
                yield node.target, as_typed(tag_code(node)), tag_spot(node)
        for tag, spot in tags_in_attributes(root):
            if tag.kind == "v":
                yield "v", tag.code, spot


def _same(where: Location, _: int) -> Location:
    return where


def _alone(kind: str, code: str) -> str:
    """The source of a template that holds one tag and what it needs around it."""
    tag = f"<?{kind}  {code} ?>".replace("\n", " ")
    word = code.split(None, 1)[0] if kind == "b" else ""
    if word == "elif":
        return f"<?b if 1 ?>{tag}<?b endif ?>"
    return f"{tag}<?b end{word} ?>" if kind == "b" and opens(code) else tag


def _unread(error: TemplateSyntaxError, where: Location) -> Problem:
    return Problem(
        "T018",
        Message("Jinja cannot read a tag here: {detail}", detail=error.message or ""),
        where,
        Message("correct what stands between the braces"),
    )
