"""README.md and README.zh.md say the same, each in its language.

What does not depend on the language is compared block by block: their kinds and order, files and
commands, code, numbers, links and pictures. `test_documentation` runs what both of them show.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from test_documentation import READMES

MARKDOWN = MarkdownIt("commonmark").enable("table")
ENGLISH, CHINESE = (MARKDOWN.parse(READMES[language]) for language in ("en", "zh"))
FIRST_LINES = 5
OF_ITS_LANGUAGE = re.compile(r"wrong\.yaml:.*|--lang \w+")
"""Code that differs: the one message that each says in the other's language, and how to get it."""
HAN = "\u4e00-\u9fff"
HALF_WIDTH_BESIDE_CHINESE = re.compile(rf"[{HAN}] ?[,.;:!?()\"'](?!\w)|[,;:!?()\"'] ?[{HAN}]")
ENGLISH_WORDS = re.compile(r"[A-Za-z]{2,}(?: [A-Za-z]{2,}){3,}")


def titles(tokens: list[Token]) -> list[str]:
    """The headings, as they are written."""
    return [inline.content for token, inline in pairwise(tokens) if token.type == "heading_open"]


def anchor(title: str) -> str:
    """Where GitHub lets a link to this heading lead."""
    return "#" + re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")


def blocks(tokens: list[Token]) -> list[tuple[str, str, object]]:
    """Kind, tag and alignment of each block: headings with their level, tables cell by cell."""
    return [(token.type, token.tag, token.attrGet("style")) for token in tokens]


def shown(tokens: list[Token]) -> list[tuple[str, list[str]]]:
    """The fenced blocks: what stands behind the fence, the lines; of a console, the commands."""
    fences = [(token.info, token.content.splitlines()) for token in tokens if token.type == "fence"]
    return [
        (info, [line for line in lines if info != "console" or line.startswith("$ ")])
        for info, lines in fences
    ]


def spans(tokens: list[Token], kind: str) -> Iterator[list[Token]]:
    """What is of this kind within each heading, paragraph or cell."""
    for token in tokens:
        if token.type == "inline":
            yield [child for child in token.children or [] if child.type == kind]


def code(tokens: list[Token]) -> list[list[str]]:
    """What stands between backticks, paragraph by paragraph, in no order."""
    return [
        sorted(span.content for span in found if not OF_ITS_LANGUAGE.fullmatch(span.content))
        for found in spans(tokens, "code_inline")
    ]


def numbers(tokens: list[Token]) -> list[list[str]]:
    """The numbers in words that are not code, paragraph by paragraph, in no order."""
    words = (" ".join(span.content for span in found) for found in spans(tokens, "text"))
    return [sorted(re.findall(r"[A-Z]*\d+", text)) for text in words]


def links(tokens: list[Token]) -> list[list[object]]:
    """Where links lead, paragraph by paragraph; within the document, the number of the heading."""
    headings = {anchor(title): number for number, title in enumerate(titles(tokens))}
    targets = (
        [unquote(str(span.attrGet("href"))) for span in found]
        for found in spans(tokens, "link_open")
    )
    return [
        [
            headings[to] if to.startswith("#") else to.replace("README.zh.md", "README.md")
            for to in found
        ]
        for found in targets
    ]


def pictures(tokens: list[Token]) -> list[object]:
    return [span.attrGet("src") for found in spans(tokens, "image") for span in found]


def emphasis(tokens: list[Token]) -> list[int]:
    return [len(found) for kind in ("em_open", "strong_open") for found in spans(tokens, kind)]


@pytest.mark.parametrize(("language", "other"), [("en", "README.zh.md"), ("zh", "README.md")])
def test_each_links_to_the_other_in_its_first_lines(language: str, other: str) -> None:
    assert f"]({other})" in "\n".join(READMES[language].splitlines()[:FIRST_LINES])


def test_both_have_the_same_headings_paragraphs_lists_and_tables() -> None:
    assert blocks(CHINESE) == blocks(ENGLISH)


def test_both_show_the_same_files_and_type_the_same_commands() -> None:
    assert shown(CHINESE) == shown(ENGLISH)


@pytest.mark.parametrize("facts", [code, numbers, links, pictures, emphasis])
def test_both_name_the_same_facts_in_each_paragraph(
    facts: Callable[[list[Token]], list[object]],
) -> None:
    assert facts(CHINESE) == facts(ENGLISH)


def test_the_chinese_one_is_in_chinese_with_its_punctuation() -> None:
    for found in spans(CHINESE, "text"):
        for span in found:
            assert HALF_WIDTH_BESIDE_CHINESE.findall(span.content) == [], span.content
            assert ENGLISH_WORDS.findall(span.content) == [], span.content
