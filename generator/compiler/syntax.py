"""Jinja source → Jinja's tree and code; what Jinja cannot read is named, tag by tag."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from types import CodeType

from jinja2 import TemplateSyntaxError, nodes

from generator.compiler.attributes import tags_in_attributes
from generator.compiler.bodies import Body
from generator.compiler.capture_tags import is_capture
from generator.compiler.captures import settle_captures
from generator.compiler.environment import WordEnvironment
from generator.compiler.groups import keyword
from generator.compiler.linking import mark_parts
from generator.compiler.printing import settle_places
from generator.compiler.statements import (
    TOO_DEEP,
    StatementError,
    prepare,
    too_deep,
    unknown_names,
)
from generator.compiler.values import Place
from generator.places import place
from generator.problems import Location, Message, NoticeError, Problem
from generator.tagging import opens
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
        if problems := list(unknown_names(tree, environment, place_of)):
            raise NoticeError(problems)
        prepare(tree)
        if parts:
            mark_parts(tree, parts)
        return tree, environment.compile(tree, body.name, body.name)
    except StatementError as error:
        faults = [Problem("T010", message, place_of(line)) for message, line in error.faults]
        raise NoticeError(faults) from error
    except TemplateSyntaxError as error:
        problems = list(_faulty_tags(body, environment))
        raise NoticeError(problems or [_unread(error, place_of(error.lineno))]) from error
    except TOO_DEEP as error:
        problems = list(_faulty_tags(body, environment))
        raise NoticeError(problems or [too_deep(Location(body.file))]) from error


# --- one tag at a time ---------------------------------------------------------------------------


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
            if is_capture(node):
                continue
            if node.target == "v" or (node.target == "b" and not _is_closing(keyword(node))):
                yield node.target, tag_code(node), tag_spot(node)
        for tag, spot in tags_in_attributes(root):
            if tag.kind == "v":
                yield "v", tag.code, spot


def _same(where: Location, _: int) -> Location:
    return where


def _is_closing(word: str) -> bool:
    return word.startswith("end") or word == "else"


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
