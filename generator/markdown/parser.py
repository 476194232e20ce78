"""The Markdown that a body is written in: markdown-it with the rules that official text needs.

Headings, paragraphs, lists, emphasis and line breaks are markdown-it's own. Tables, page breaks and
annexes are ours; HTML, entities, references and underscores are plain text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_inline import StateInline, emphasis
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from markdown_it.utils import EnvType

from generator.markdown.block_rules import page_break, paragraph, quote, tag_line
from generator.markdown.container_rule import annex
from generator.markdown.reading import Reading
from generator.markdown.table_rule import table

_LINK = re.compile(r"!?\[[^\[\]\n]*\]\([^()\n]*\)")
_CODE = re.compile(r"(`+)[^`\n]+\1(?!`)")


def parse(shielded: str, reading: Reading) -> list[Token]:
    """The tokens of shielded text; problems go to *reading*."""
    return _parser().parse(shielded, {"reading": reading})


@cache
def _parser() -> MarkdownIt:
    markdown = MarkdownIt("zero")
    markdown.inline = _ChineseInline()
    inline, block = markdown.inline.ruler, markdown.block.ruler
    inline.before("emphasis", "star", _star)
    inline.before("link", "unsupported", _unsupported)
    inline.enableOnly(["text", "newline", "escape", "star", "unsupported"])
    markdown.inline.ruler2.enableOnly(["balance_pairs", "emphasis", "fragments_join"])
    interrupting: RuleOptionsType = {"alt": ["paragraph", "list"]}
    block.before("table", "tag_line", tag_line, interrupting)
    block.before("table", "annex", annex, interrupting)
    block.at("table", table, {"alt": ["paragraph"]})
    block.at("blockquote", quote, interrupting)
    block.at("hr", page_break, interrupting)
    block.at("paragraph", paragraph)
    ours = ["tag_line", "annex", "table", "fence", "blockquote", "hr"]
    block.enableOnly([*ours, "list", "heading", "paragraph"])
    return markdown


class _ChineseInline(ParserInline):
    """Reads the content of a paragraph with `_ChineseState`."""

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        state = _ChineseState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


class _ChineseState(StateInline):
    """Knows that Chinese has no spaces: `**注意：**请` is strong, and so is `**“重点”**工作`.

    CommonMark 0.31.2, 6.2, asks for a space or punctuation outside where punctuation is inside;
    here a Chinese character or mark outside will do.
    """

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803
        end = start
        while end < self.posMax and self.src[end] == self.src[start]:
            end += 1
        before = self.src[start - 1] if start else " "
        after = self.src[end] if end < self.posMax else " "
        opens = not after.isspace() and not (_is_narrow_mark(after) and _is_word(before))
        closes = not before.isspace() and not (_is_narrow_mark(before) and _is_word(after))
        return Scanned(opens, closes, end - start)


def _is_narrow_mark(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS" and not _is_wide(character)


def _is_word(character: str) -> bool:
    """Whether a character is part of a word that is written with spaces around it."""
    narrow = not _is_wide(character) and not character.isspace()
    return narrow and unicodedata.category(character)[0] not in "PS"


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WFA"


def _star(state: StateInline, silent: bool) -> bool:
    """`*` and `**`, but not `_`: underscores are blanks to be filled in."""
    return state.src[state.pos] == "*" and emphasis.tokenize(state, silent)


def _unsupported(state: StateInline, silent: bool) -> bool:
    """Links, pictures and code, which are told where the content becomes runs."""
    pattern = _CODE if state.src[state.pos] == "`" else _LINK
    found = pattern.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        state.push("unsupported", "", 0).content = found[0]
    state.pos = found.end()
    return True
