"""Templates written for docxtpl give here what they give there."""

from __future__ import annotations

import io
from typing import Any

import pytest
from builders import W, compiled, docx_with, outline, p, part, rendered
from docxtpl import DocxTemplate, RichText
from lxml import etree
from structure import faults

from generator import content


def table(*rows: list[str]) -> str:
    """A table as Word writes one: each cell with its width, which docxtpl asks for."""
    cells = [
        "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="1000" w:type="dxa"/></w:tcPr>{p(text)}</w:tc>'
            for text in row
        )
        for row in rows
    ]
    grid = '<w:gridCol w:w="1000"/>' * max(map(len, rows))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"
    )


def theirs(template: bytes, values: dict[str, Any]) -> bytes:
    made, buffer = DocxTemplate(io.BytesIO(template)), io.BytesIO()
    made.render(values)
    made.save(buffer)
    return buffer.getvalue()


def cells(document: bytes) -> list[tuple[str | None, ...]]:
    """What merges and colours each cell."""
    root = etree.fromstring(part(document).encode())
    asked = (("gridSpan", "val"), ("vMerge", "val"), ("shd", "fill"))
    return [
        tuple(
            None if (node := cell.find(f".//{{{W}}}{name}")) is None else node.get(f"{{{W}}}{key}")
            for name, key in asked
        )
        for cell in root.iter(f"{{{W}}}tc")
    ]


ROWS = {"rows": [{"n": 1, "c": "FF0000"}, {"n": 2, "c": "00FF00"}, {"n": 3, "c": "0000FF"}]}
LOOP = ["{%tr for r in rows %}", ""], ["{%tr endfor %}", ""]
COLUMNS = {"xs": ["甲", "乙", "丙"]}
CASES: dict[str, tuple[list[str], dict[str, Any]]] = {
    "paragraphs": (["头", "{%p if a %}", "甲", "{%p else %}", "乙", "{%p endif %}"], {"a": False}),
    "text beside": (["头", "说明{%p if a %}说明", "甲", "{%p endif %}说明"], {"a": True}),
    "rows": ([table(["名", "数"], LOOP[0], ["{{ r.n }}", "x"], LOOP[1])], ROWS),
    "text in other cells": (
        [table(["{%tr for r in rows %}", "说明"], ["{{ r.n }}", "x"], ["说明", "{%tr endfor %}"])],
        ROWS,
    ),
    "columns": ([table(["{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}"])], COLUMNS),
    "columns of rows": (
        [
            table(
                ["{%tr for r in rows %}", "", "", ""],
                ["{{ r.n }}", "{%tc for x in xs %}", "{{ x }}{{ r.n }}", "{%tc endfor %}"],
                ["{%tr endfor %}", "", "", ""],
            )
        ],
        ROWS | COLUMNS,
    ),
    "runs": (["甲{%r if a %}乙{%r else %}丙{%r endif %}丁"], {"a": True}),
    "dashes": (
        ["头", "{%- if a -%}", " 甲", "{%- else -%}", " 乙", "{%- endif -%}", " 尾", "完"],
        {"a": True},
    ),
    "dashes beside text": (
        ["甲 {{- a -}} 乙 {%- if a -%} 丙 {%- endif %}丁", "戊 {%+ if a +%} 己 {%+ endif +%}"],
        {"a": 1},
    ),
    "dashes over empty paragraphs": (
        ["甲", "", "{%- if a -%}", "", "乙", "{%- endif -%}", "", "丙"],
        {"a": True},
    ),
    "statements in statements": (
        [
            "{%p for r in rows %}",
            "{%p if r.n != 2 %}",
            "第{{ r.n }}",
            "{%p else %}",
            "{%p for x in xs %}",
            "{{ x }}",
            "{%p endfor %}",
            "{%p endif %}",
            "{%p endfor %}",
        ],
        ROWS | COLUMNS,
    ),
    "all together": (
        [
            "头{#p 注 #}",
            "{%p if a %}",
            table(
                ["{% colspan n %}表{_{ 头 }_}", "{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}"],
                ["{%tr for r in rows %}", "", "", ""],
                [
                    "{% cellbg r.c %}{% vm %}组",
                    "{%tc for x in xs %}",
                    "{% cellbg r.c %}{{ x }}{{ r.n }}",
                    "{%tc endfor %}",
                ],
                ["{%tr endfor %}", "", "", ""],
            ),
            "{%p else %}",
            "无",
            "{%p endif %}",
            "尾{%r if a %}完{%r endif %}",
        ],
        ROWS | COLUMNS | {"a": True, "n": 1},
    ),
    "comments": (
        ["头", "说明{#p 注 #}", table(["{#tr 注 #}", "x"], ["1", "2"], ["{#tc 注 #}", "3"])],
        {},
    ),
    "escapes": (["{_{ x }_} {_% if a %_}"], {}),
    "colours": ([table(LOOP[0], ["{% cellbg r.c %}{{ r.n }}", "{{ r.n }}"], LOOP[1])], ROWS),
    "spans": ([table(["{% colspan n %}头"], ["1", "2", "3"])], {"n": 3}),
    "merged down": ([table(LOOP[0], ["组{% vm %}", "{{ r.n }}"], LOOP[1])], ROWS),
    "merged across": (
        [
            table(
                ["{%tc for x in xs %}", "{% hm %}头", "{%tc endfor %}"],
                ["{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}"],
            )
        ],
        COLUMNS,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_template_for_docxtpl_gives_the_same_here(name: str) -> None:
    blocks, values = CASES[name]
    template = docx_with(*blocks)
    document, expected = rendered(compiled(template), **values), theirs(template, values)
    assert faults(document) == []
    assert outline(document) == outline(expected)
    assert cells(document) == cells(expected)


@pytest.mark.parametrize("tag", ["{{r x }}", "{{p x }}"])
def test_rich_text_is_written_with_content(tag: str) -> None:
    template = docx_with(tag)
    document = rendered(compiled(template), x=content.text("甲", bold=True))
    assert outline(document) == ["甲"]
    if tag == "{{r x }}":
        assert outline(document) == outline(theirs(template, {"x": RichText("甲", bold=True)}))
