"""The block rule for annexes: `::: annex schedule`, perhaps ` landscape`, … `:::`."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from generator.markdown.block_rules import line_text, reading_of
from generator.problems import Message

_FENCE = re.compile(r":{3,}[ \t]*(?P<words>[^:]*)")

_PAGES: tuple[list[str], ...] = ([], ["landscape"])


def annex(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Tokens `annex_open` and `annex_close`, flat: what stands between them is ordinary text."""
    fence = _FENCE.fullmatch(line_text(state, start))
    if fence is None:
        return False
    if silent:
        return True
    state.line = start + 1
    reading, words = reading_of(state), fence["words"].split()
    if not words:
        state.push("annex_close", "", 0).map = [start, start + 1]
    elif words[0] == "annex" and words[1:] and words[1].isidentifier() and words[2:] in _PAGES:
        token = state.push("annex_open", "", 0)
        token.info, token.map = words[1], [start, start + 1]
        token.meta = {"section": words[2] if words[2:] else "portrait"}
    else:
        message = Message("“{line}” opens nothing that is known", line=fence[0])
        hint = Message("write “::: annex”, the key of the annex and, for wide tables, “landscape”")
        reading.report("T230", reading.line_at(start), message, hint)
    return True
