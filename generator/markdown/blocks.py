"""Blocks: the tokens of a whole body to the children of a `w:body`."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token

from generator.formats import HEADING_NUMBERS
from generator.markdown.reading import Reading
from generator.markdown.runs import RunWriter
from generator.markdown.tables import make_table
from generator.problems import Message
from generator.tagging import keyword
from generator.wordml import SPOT, Element, make, tag_node, w

_DEEPEST_LIST = 2


def make_body(tokens: Sequence[Token], reading: Reading) -> Element:
    """The content as a `w:body`; problems go to *reading*."""
    builder = _Builder(reading)
    index = 0
    while index < len(tokens):
        index = builder.take(tokens, index)
    builder.finish()
    return builder.body


class _Builder:
    """Takes tokens one by one; nothing but the list items they stand in nests."""

    def __init__(self, reading: Reading) -> None:
        self.body = make("w:body")
        self._reading = reading
        self._lists: list[Token] = []
        self._item = ""  # the tag that numbers the paragraph to come
        self._fresh_item = 0  # the line of a list item that is open and holds nothing so far
        self._breaks = False  # the page is to end here
        self._annex = 0  # the line where the open annex begins
        self._is_across = False  # its pages lie across
        self._blocks: list[str] = []

    def take(self, tokens: Sequence[Token], index: int) -> int:
        """Add the block that begins at *index*; the index of the next."""
        token = tokens[index]
        line = self._reading.line_at(token.map[0] if token.map else 0)
        kind = token.type
        if kind == "table_open":
            end = next(i for i in range(index, len(tokens)) if tokens[i].type == "table_close")
            self._begin_other(line)
            self._settle_break()
            if len(self.body) and self.body[-1].tag == w("tbl"):
                self._append("Body Text", line, [])  # Word joins tables that touch
            reading = self._reading
            width = reading.text_height if self._is_across else reading.text_width
            self.body.append(make_table(tokens[index : end + 1], reading, width))
            return end + 1
        if kind == "paragraph_open":
            self._add_paragraph("Body Text", line, tokens[index + 1], self._item)
        elif kind == "heading_open":
            self._add_heading(token, line, tokens[index + 1])
        elif kind == "tag":
            self._add_tag(token)
        elif kind == "list_start":
            self._settle_break()
            self.body.append(tag_node("v", f'"{token.info}" | list_start', str(line)))
        elif kind in ("ordered_list_open", "bullet_list_open"):
            self._open_list(token, line)
        elif kind in ("ordered_list_close", "bullet_list_close"):
            self._lists.pop()
        elif kind == "list_item_open":
            self._open_item(line)
        elif kind == "list_item_close":
            self._close_item()
        elif kind == "page_break":
            self._settle_break()
            self._breaks = True
        elif kind == "annex_open":
            self._open_annex(token, line)
        elif kind == "annex_close":
            self._close_annex(line)
        elif kind == "fence":
            message = Message("a block of code is not possible")
            self._reading.report("T214", line, message)
        return index + 1

    def finish(self) -> None:
        self._settle_break()
        if self._annex:
            message = Message("the annex is never closed")
            hint = Message("write “:::” in a line of its own at its end")
            self._reading.report("T232", self._annex, message, hint)

    # --- paragraphs

    def _add_paragraph(self, style: str, line: int, content: Token, numbered: str = "") -> None:
        writer = RunWriter(self._reading, line)
        if numbered:
            writer.put_tag("v", numbered)
        writer.write(content.children or [])
        self._append(style, line, writer.runs)
        self._item, self._fresh_item = "", 0

    def _append(self, style: str, line: int, runs: Sequence[Element]) -> None:
        properties = make("w:pPr", None, make("w:pStyle", {"w:val": style}))
        if self._breaks:
            properties.append(make("w:pageBreakBefore"))
            self._breaks = False
        paragraph = make("w:p", None, properties, *runs)
        paragraph.set(SPOT, str(line))
        self.body.append(paragraph)

    def _add_heading(self, token: Token, line: int, content: Token) -> None:
        self._begin_other(line)
        level = int(token.tag[1:])
        if level > len(HEADING_NUMBERS):
            message = Message("headings go {levels} levels deep", levels=len(HEADING_NUMBERS))
            self._reading.report("T215", line, message)
        number = HEADING_NUMBERS[min(level, len(HEADING_NUMBERS)) - 1]
        self._add_paragraph(f"heading {level}", line, content, f'"{number}" | heading_number')

    def _settle_break(self) -> None:
        """A page break that no paragraph follows is a paragraph of its own."""
        if self._breaks:
            self._breaks = False
            page_break = make("w:r", None, make("w:br", {"w:type": "page"}))
            self._append("Body Text", self._last_line(), [page_break])

    def _last_line(self) -> int:
        spots = [node.get(SPOT) for node in self.body.iterchildren(w("p"))]
        return int(spots[-1]) if spots else 1

    # --- tags

    def _add_tag(self, token: Token) -> None:
        self._settle_break()
        node = self._reading.node(token.content)
        code = self._reading.tag(token.content).code
        if node.target == "b" and keyword(code) == "block":
            self._blocks.append("".join(code.split()[1:2]))
        elif node.target == "b" and keyword(code) == "endblock" and self._blocks:
            self._blocks.pop()
        self.body.append(node)

    # --- lists

    def _open_list(self, token: Token, line: int) -> None:
        if self._item:
            self._begin_other(line)
        self._fresh_item = 0
        if len(self._lists) == _DEEPEST_LIST:
            message = Message("lists go {levels} levels deep", levels=_DEEPEST_LIST)
            self._reading.report("T216", line, message)
        self._lists.append(token)

    def _open_item(self, line: int) -> None:
        self._fresh_item = line
        ordered = [token for token in self._lists if token.type == "ordered_list_open"]
        if self._lists[-1].type == "ordered_list_open":
            depth = f"({len(ordered) - 1})" if len(ordered) > 1 else ""
            self._item = f'"{ordered[0].info}" | list_number{depth}'

    def _close_item(self) -> None:
        if self._fresh_item:
            self._reading.report("T217", self._fresh_item, Message("the list item holds no text"))
        self._item, self._fresh_item = "", 0

    def _begin_other(self, line: int) -> None:
        """Something that is no paragraph begins: it cannot carry the number of a list item."""
        if self._item:
            self._reading.report("T218", line, Message("a list item begins with text"))
        self._item, self._fresh_item = "", 0

    # --- annexes (GB/T 9704—2012, 7.3.7)

    def _open_annex(self, token: Token, line: int) -> None:
        key, section = token.info, token.meta["section"]
        if self._annex:
            message = Message("an annex cannot stand in another one")
            hint = Message("close the one at line {line} first", line=self._annex)
            self._reading.report("T233", line, message, hint)
        elif not any(name != "body" for name in self._blocks):
            message = Message("an annex stands outside the block “annexes”")
            hint = Message("put it between “{{% block annexes %}}” and “{{% endblock %}}”")
            self._reading.report("T234", line, message, hint)
        self._annex = line
        self.body.append(tag_node("v", f'"{section}" | section', str(line)))
        self._is_across = section == "landscape"
        self._breaks = True
        for style, content in (
            ("附件", f"annexes.{key}.heading"),
            ("Body Text", ""),
            ("附件标题", f"annexes.{key}.title"),
            ("Body Text", ""),
        ):
            writer = RunWriter(self._reading, line)
            if content:
                writer.put_tag("v", content)
            self._append(style, line, writer.runs)

    def _close_annex(self, line: int) -> None:
        if not self._annex:
            self._reading.report("T235", line, Message("“:::” closes nothing"))
        self._annex = 0
        self._is_across = False
