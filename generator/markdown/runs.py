"""The content of a paragraph: inline tokens to runs."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from markdown_it.token import Token

from generator import wordml
from generator.markdown.reading import Reading, is_sign, pieces
from generator.problems import Message
from generator.wordml import Element, TagKind, make

_STYLES = {"strong_open": "Strong", "em_open": "Emphasis"}


class RunWriter:
    """Builds the runs of one paragraph; text of one format is one run."""

    def __init__(self, reading: Reading, line: int) -> None:
        """*line* is the paragraph's first line in the file."""
        self.runs: list[Element] = []
        self._reading = reading
        self._line = line
        self._styles: list[str] = []
        self._run: Element | None = None  # None: what comes next needs a run of its own
        self._text: Element | None = None
        self._last = ""  # the last character or sign
        self._joint = False  # a line of the file has ended since

    def put_tag(self, kind: TagKind, code: str) -> None:
        """Add a tag that the file does not have."""
        self._put_node(wordml.tag_node(kind, code, str(self._line)))

    def write(self, tokens: Sequence[Token]) -> None:
        """Add what the inline tokens of a paragraph say."""
        for token in tokens:
            if token.type == "text":
                self._put_shielded(token.content)
            elif token.type in _STYLES:
                self._styles.append(_STYLES[token.type])
                self._run = self._text = None
            elif token.type in ("strong_close", "em_close"):
                self._styles.pop()
                self._run = self._text = None
            elif token.type == "softbreak":
                self._joint = True
                self._line += 1
            elif token.type == "hardbreak":
                self._put_sign("w:br")
                self._line += 1
            else:
                self._report_unsupported(token)

    def _put_shielded(self, text: str) -> None:
        for piece in pieces(text):
            if self._joint and _is_narrow(self._last) and _is_narrow(piece[0]):
                self._put_text(" ")  # Chinese lines join without one
            self._joint = False
            if is_sign(piece):
                self._put_node(self._reading.node(piece))
            else:
                lines = piece.split("\t")
                for number, part in enumerate(lines):
                    if number:
                        self._put_sign("w:tab")
                    self._put_text(part)
            self._last = piece[-1]

    def _put_text(self, text: str) -> None:
        if not text:
            return
        holder = self._text_element()
        if len(holder):
            holder[-1].tail = (holder[-1].tail or "") + text
        else:
            holder.text = (holder.text or "") + text

    def _put_node(self, node: Element) -> None:
        self._text_element().append(node)

    def _put_sign(self, name: str) -> None:
        self._run_element().append(make(name))
        self._text = None
        self._last, self._joint = "", False

    def _run_element(self) -> Element:
        if self._run is None:
            # Without the hint Word draws “ ” — … in the Latin font (GX006).
            properties = make("w:rPr", None, make("w:rFonts", {"w:hint": "eastAsia"}))
            if self._styles:
                properties.insert(0, make("w:rStyle", {"w:val": self._styles[-1]}))
            self._run = make("w:r", None, properties)
            self.runs.append(self._run)
        return self._run

    def _text_element(self) -> Element:
        if self._text is None:
            self._text = wordml.make_text()
            self._run_element().append(self._text)
        return self._text

    def _report_unsupported(self, token: Token) -> None:
        content = "".join("…" if is_sign(piece) else piece for piece in pieces(token.content))
        if content.startswith("!"):
            message = Message("a picture is not possible yet: {content}", content=content)
            self._reading.report("T211", self._line, message, Message("leave it out"))
        elif content.startswith("["):
            message = Message("a link is not possible yet: {content}", content=content)
            hint = Message("write the address as text, or “\\[” for the bracket itself")
            self._reading.report("T212", self._line, message, hint)
        else:
            message = Message("code is not possible: {content}", content=content)
            hint = Message("write “\\`” for the sign itself")
            self._reading.report("T213", self._line, message, hint)


def _is_narrow(piece: str) -> bool:
    """Whether a character belongs to writing that parts its words by spaces."""
    return bool(piece) and unicodedata.east_asian_width(piece) not in "WFA" and piece != " "
