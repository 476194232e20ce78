"""The end of a text that stays on the page of what follows it."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from generator.compiler.ending import keep_end, last_blocks
from generator.compiler.nesting import nest
from generator.wordml import make, tag_node, w


def kept(*nodes: Any) -> list[str]:
    """What `w:keepNext` says in each paragraph of *nodes* after `keep_end`, or `-`."""
    body = make("w:body", None, *nodes)
    keep_end(nest(body))
    marks = (p.find(f"{w('pPr')}/{w('keepNext')}") for p in body.iter(w("p")))
    return ["-" if mark is None else mark.get(w("val")) for mark in marks]


def p() -> Any:
    return make("w:p", None, make("w:pPr", None, make("w:pStyle", {"w:val": "Body Text"})))


def b(code: str) -> Any:
    return tag_node("b", code)


LAST = "{{ 1 if loop.last else 0 }}"


@pytest.mark.parametrize(
    ("nodes", "expected"),
    [
        ([], []),
        ([p(), p()], ["-", "1"]),
        ([p(), make("w:p")], ["-", "1"]),
        ([p(), b("if a"), p(), p(), b("endif")], ["1", "-", "1"]),
        ([p(), b("if a"), p(), b("else"), p(), b("endif")], ["-", "1", "1"]),
        ([p(), b("for a in c"), p(), p(), b("endfor")], ["1", "-", LAST]),
        ([p(), b("block x"), p(), b("endblock"), tag_node("c", "note")], ["-", "1"]),
        ([p(), b("if a"), b("if c"), p(), b("else"), p(), b("endif"), b("endif")], ["1", "1", "1"]),
        ([p(), b("macro m()"), p(), b("endmacro")], ["1", "-"]),
        ([p(), b("set x = 1")], ["1"]),
    ],
)
def test_the_end_of_a_text_stays_with_what_follows(nodes: list[Any], expected: list[str]) -> None:
    assert kept(*nodes) == expected


def test_the_last_row_of_a_table_stays_with_what_follows() -> None:
    def row() -> Any:
        return make("w:tr", None, make("w:tc", None, p()))

    assert kept(p(), make("w:tbl", None, make("w:tblPr"), row(), row())) == ["-", "-", "1"]
    table = make("w:tbl", None, row(), b("for a in c"), row(), b("endfor"))
    assert kept(p(), table) == ["-", "1", LAST]


def test_keeping_stands_where_the_schema_wants_it() -> None:
    paragraph = p()
    paragraph[0].append(make("w:pageBreakBefore"))
    keep_end(nest([paragraph]))
    names = [etree.QName(e).localname for e in paragraph[0]]
    assert names == ["pStyle", "keepNext", "pageBreakBefore"]


@pytest.mark.parametrize(
    ("nodes", "expected"),
    [
        ([b("block x"), p(), b("endblock")], ["x"]),
        ([b("block x"), p(), b("endblock"), p()], []),
        ([b("block x"), b("block y"), p(), b("endblock"), b("endblock")], ["x", "y"]),
        ([b("block x"), b("endblock"), b("if a"), p(), b("endif")], ["x"]),
        ([b("if a"), b("block x"), b("endblock"), b("else"), p(), b("endif")], ["x"]),
    ],
)
def test_the_blocks_with_which_a_text_may_end_are_found(
    nodes: list[Any], expected: list[str]
) -> None:
    body = make("w:body", None, *nodes)
    assert list(last_blocks(nest(body))) == expected
