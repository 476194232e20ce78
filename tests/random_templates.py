"""Random templates: a balanced stream of tags and text, strewn over paragraphs and tables."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from random import Random
from typing import Any

from builders import docx_with, p, run, table
from random_signs import signed_blocks
from random_things import Things, docx_of, dressed_block

TEXTS = (
    "文",
    "{{ a }}",
    "{{ b }}甲",
    "乙{{ n }}丙",
    "{# 注 #}",
    "{{ a | upper }}{{ n }}",
    "{% if c %}子{% else %}丑{% endif %}",
    "{% set q = n %}{{ q }}",
    "",
)
TREE = [[], [[]]]
VALUES: tuple[dict[str, Any], ...] = (
    {"a": "<&\n\t]]>", "b": "“\u2028", "n": 3, "xs": [], "c": False, "d": False},
    {"a": "", "b": None, "n": 0, "xs": [1], "c": True, "d": False},
    {"a": "{{ b }}", "b": "?>", "n": 1.5, "xs": [1, 2], "c": True, "d": True},
    {"a": "a", "b": "{% if %}", "n": -1, "xs": [1, 2], "c": False, "d": True},
)


_BREAK = (
    '<w:p><w:pPr><w:sectPr><w:pgSz w:w="{}" w:h="{}"/></w:sectPr></w:pPr>'
    "<w:r><w:t>{}</w:t></w:r></w:p>"
)
SECTIONS = (
    p("{{ 'landscape' | section }}"),
    p('{{ ("portrait" if c else "landscape") | section }}'),
    p("{% if d %}{{ 'portrait' | section }}{% endif %}"),
    _BREAK.format(11906, 16838, "节"),
    _BREAK.format(16838, 11906, "{{ a }}"),
)
CELLS = ("{{ self.x0() }}", "{{ 'portrait' | section }}", "{{ x0() }}", "文", "文")
CELL_TAGS = (
    *("{% cellbg 'FFD700' %}", "{% colspan 2 %}", "{% vm %}", "{% hm %}"),
    *("{% measure width = 300 %}", "{% measure rule_above = 4 %}", "{% measure left = 42 %}"),
)


def random_template(random: Random, *, signs: bool = False) -> bytes:
    """A `.docx` with random tags, with docxtpl's *signs* too; that it compiles is not certain.

    Most signs stand where they belong, the others anywhere.
    """
    if signs and random.random() < 0.6:
        return docx_with(*signed_blocks(random))
    header = random.random() < 0.4
    stream = list(_stream(random, 0, "x"))
    if signs:
        stream = [_with_sign(random, token) for token in stream]
    return docx_with(
        *_blocks(random, stream),
        header="".join(_blocks(random, list(_stream(random, 2, "h")))) if header else "",
    )


def random_rich_template(random: Random) -> bytes:
    """A `.docx` with random tags among what else Word puts into a document, and signs."""
    names = (f"y{number}" for number in count())
    things = Things(random, lambda: list(_stream(random, 3, next(names))))
    stream = [
        _with_sign(random, token, cells=False) if random.random() < 0.1 else token
        for token in _stream(random, 1, "x")
    ]
    blocks = [dressed_block(things, block) for block in _blocks(random, stream, things)]
    return docx_of(things, blocks)


def random_sections(random: Random, *, child: bool = False) -> list[str]:
    """Blocks with random tags among breaks of sections and tags that ask for sections.

    Of a *child* they fill blocks of such a template.
    """
    if not child:
        return _sectioned(random, _paragraph_stream(random, 0, "x"))
    made = ['{% extends "parent" %}']
    for name in ("x0", "x1", "x2"):
        inside = _sectioned(random, _paragraph_stream(random, 2, f"{name}c"))
        made += [p(f"{{% block {name} %}}"), *inside, p("{% endblock %}")]
    return made


def _paragraph_stream(random: Random, depth: int, names: str) -> list[str]:
    """A stream whose tokens may stand in paragraphs of their own: no `set` holds paragraphs."""
    while True:
        stream = list(_stream(random, depth, names))
        if "{% endset %}" not in "".join(stream):
            return stream


def _sectioned(random: Random, stream: list[str]) -> list[str]:
    """Each token of *stream* in a paragraph of its own, sections and cells between them."""
    blocks = []
    for token in stream:
        blocks.append(p(token))
        if random.random() < 0.3:
            blocks.append(random.choice(SECTIONS))
        if random.random() < 0.05:
            blocks.append(table([p(random.choice(CELLS)), random.choice(TEXTS)]))
    return blocks


def _with_sign(random: Random, token: str, *, cells: bool = True) -> str:
    """A token with one of docxtpl's prefixes or cell tags, or as it is."""
    if random.random() < 0.4 and token.startswith("{% "):
        return token.replace("{% ", f"{{%{random.choice(('p', 'tr', 'tc', 'r'))} ", 1)
    if random.random() < 0.1 and cells:
        return token + random.choice(CELL_TAGS)
    if random.random() < 0.1 and token.startswith(("{{", "{% ")):
        return token.replace("{{", random.choice(("{{-", "{{r ", "{{p ")), 1)
    return token


def random_child(random: Random) -> list[str]:
    """Blocks that fill those of such a template: `x0`, `x1` …"""
    made = ['{% extends "parent" %}']
    for name in ("x0", "x1", "x2"):
        inside = list(_stream(random, 2, f"{name}c"))
        if random.random() < 0.3:
            inside.append("{{ super() }}")
        if random.random() < 0.2:
            inside.append("{{ self.x0() }}")
        made += _blocks(random, [f"{{% block {name} %}}", *inside, "{% endblock %}"])
    return made


def _stream(random: Random, depth: int, names: str) -> Iterator[str]:
    """Text and tags, each statement with its end; *names* begins the names that it defines."""
    for index in range(random.randint(1, 3)):
        name = f"{names}{index}"
        if random.random() < 0.4 or depth > 3:
            yield random.choice(TEXTS)
            continue
        inside = list(_stream(random, depth + 1, name))
        other = list(_stream(random, depth + 1, f"{name}e"))
        loop = random.choice(["{% for i in xs %}", "{%- for i in xs if i != 1 -%}"])
        yield from random.choice(
            (
                [loop, *inside, "{% endfor %}"],
                [loop, *inside, "{% else %}", *other, "{% endfor %}"],
                ["{% if c %}", *inside, "{% endif %}"],
                ["{% if d %}", *inside, "{% else %}", *other, "{% endif %}"],
                ["{% if c %}", *inside, "{% elif d %}", *other, "{% endif %}"],
                [f"{{% block {name} %}}", *inside, "{% endblock %}"],
                [f"{{% set {name} %}}", *inside, f"{{% endset %}}{{{{ {name} }}}}"],
                [f"{{% macro {name}() %}}", *inside, "{% endmacro %}", f"{{{{ {name}() }}}}"],
                [
                    *(f"{{% macro {name}() %}}", "{{ caller() }}", *inside, "{% endmacro %}"),
                    *(f"{{% call {name}() %}}", *other, "{% endcall %}"),
                ],
                ["{% with z = a %}", *inside, "{{ z }}", "{% endwith %}"],
                [
                    "{% for k in tree recursive %}",
                    *inside,
                    "{{ loop(k) }}",
                    *other,
                    "{% endfor %}",
                ],
            )
        )


def _blocks(random: Random, stream: list[str], things: Things | None = None) -> list[str]:
    """The stream cut into runs, paragraphs, cells, rows, tables within cells."""
    blocks: list[str] = []
    if random.random() < 0.5:  # what people write: statements in paragraphs of their own
        return [p(*_dressed(things, _cut(random, token))) for token in stream]
    while stream:
        shape = random.random()
        count = random.randint(1, min(len(stream), 8))
        taken, stream = stream[:count], stream[count:]
        if shape < 0.6 or count < 2:
            blocks += _paragraphs(random, taken, things)
        else:
            blocks.append(_table(random, taken, things, nested=shape > 0.9))
    return blocks


def _table(random: Random, stream: list[str], things: Things | None, *, nested: bool) -> str:
    rows = []
    while stream:
        cells = []
        for _ in range(2):
            count = random.randint(0, min(len(stream), 3))
            taken, stream = stream[:count], stream[count:]
            content = _paragraphs(random, taken, things)
            if nested and random.random() < 0.3 and len(taken) > 1:
                content = [_table(random, taken, things, nested=False), p("")]
            if things and random.random() < 0.1:
                content.insert(0, p(random.choice(CELL_TAGS[:2])))
            cells.append("<w:tc>" + "".join(content or [p("")]) + "</w:tc>")
        rows.append(cells)
    return table(*rows)


def _paragraphs(random: Random, stream: list[str], things: Things | None) -> list[str]:
    """Paragraphs of runs that cut tags anywhere."""
    lines: list[list[str]] = [[]]
    for token in stream:
        if random.random() < 0.35:
            lines.append([])
        lines[-1] += _cut(random, token)
    return [p(*_dressed(things, runs)) for runs in lines if runs]


def _dressed(things: Things | None, runs: list[str]) -> list[str]:
    return things.dressed(runs) if things else runs


def _cut(random: Random, token: str) -> list[str]:
    cut = random.randint(0, len(token))
    return [run(token[:cut]), run(token[cut:], "<w:b/>")]
