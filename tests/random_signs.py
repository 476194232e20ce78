"""Random templates as people write them for docxtpl: signs and measures where they belong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from builders import cell, p, row, run

TEXTS = (
    *("文", "{{ a }}", "甲{{ b }}乙", "{{r a }}", "{{- n }}", "{{ a | e }}", ""),
    *("{# 注 #}", "{_{ a }_}", "{% set q = n %}{{ q }}", "{% if c %}子{% else %}丑{% endif %}"),
)
OPENINGS = {
    "if c": ("if", "else"),
    "if d": ("if", "elif c"),
    "for i in xs": ("for", "else"),
    "for j in xs if j != 1": ("for", ""),
}
"""Statements, each with the word that ends it and what may part it."""
NUMBERS = ("300", "n", "n * 100", "c", "xs | length * 700", "40 if d else 0")
IN_CELLS = (
    *("cellbg 'FFD700'", "cellbg a[:0]", "colspan 2", "colspan 1 + xs | length"),
    *("measure rule_above = 4", "measure rule_above = n", "measure rule_above = 8 if d else 0"),
)
IN_WHOLE_ROWS = ("merge", "merge 2")
IN_LASTING_ROWS = ("measure width = 700", "measure width = n * 100", "measure width = c")
OF_PARAGRAPHS = (
    *("before", "after", "line", "left", "right", "hanging", "first_line", "keep_next"),
    *("size", "scale"),
)
DRESSES = (
    "",
    '<w:ind w:leftChars="100" w:left="210"/>',
    '<w:spacing w:beforeLines="50" w:before="156"/>',
    '<w:tabs><w:tab w:val="left" w:pos="420"/></w:tabs>',
    '<w:keepNext/><w:jc w:val="both"/>',
)


def signed_blocks(random: Random, depth: int = 0) -> Iterator[str]:
    """Paragraphs and tables, statements with `p` around some."""
    for _ in range(random.randint(1, 3)):
        shape = random.random()
        if shape < 0.5 or depth > 2:
            yield _paragraph(random)
        elif shape < 0.7:
            for statement, inside in _statement(random, "p"):
                yield p(statement)
                yield from signed_blocks(random, depth + 1) if inside else ()
        else:
            yield _table(random, depth)


def _statement(random: Random, sign: str) -> list[tuple[str, bool]]:
    """The tags of a statement with a sign or without, and whether something follows inside."""
    opening = random.choice(list(OPENINGS))
    word, middle = OPENINGS[opening]
    tags = [(opening, True), (f"end{word}", False)]
    if middle and random.random() < 0.3:
        tags.insert(1, (middle, True))
    sign = random.choice((f"%{sign}", f"%{sign}", "%"))
    return [(f"{{{sign} {code} %}}", inside) for code, inside in tags]


def _paragraph(random: Random) -> str:
    """A line of text, some of it measured."""
    texts = [random.choice(TEXTS) for _ in range(random.randint(1, 3))]
    dress = random.choice(DRESSES)
    if random.random() < 0.3:
        names = (*OF_PARAGRAPHS, "tab1") if "tabs" in dress else OF_PARAGRAPHS
        texts.insert(0, f"{{% measure {random.choice(names)} = {random.choice(NUMBERS)} %}}")
    runs = [run(text, random.choice(("", "<w:b/>"))) for text in texts]
    return f"<w:p><w:pPr>{dress}</w:pPr>{''.join(runs)}</w:p>"


def _table(random: Random, depth: int) -> str:
    columns = random.randint(1, 3)
    rows = [_row(random, columns, depth, IN_LASTING_ROWS)]
    for _ in range(random.randint(0, 2)):
        if random.random() < 0.5:
            rows.append(_row(random, columns, depth, IN_LASTING_ROWS))
            continue
        for statement, inside in _statement(random, "tr"):
            rows.append(row(statement, *[""] * (columns - 1)))
            in_loop = ("vm",) if " for " in statement else ()
            rows += [_row(random, columns, depth, in_loop)] if inside else []
    grid = f'<w:gridCol w:w="{3000 // columns}"/>' * columns
    return (
        '<w:tbl><w:tblPr><w:tblW w:w="3000" w:type="dxa"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _row(random: Random, columns: int, depth: int, tags: Sequence[str]) -> str:
    """A row of as many cells, with *tags* in some, or of some with a statement around one."""
    if random.random() < 0.8:
        known = (*IN_CELLS, *IN_WHOLE_ROWS, *tags)
        return row(*(_cell(random, depth, known) for _ in range(columns)))
    cells = [_cell(random, depth, IN_CELLS) for _ in range(columns)]
    around = []
    for statement, inside in _statement(random, "tc"):
        known = (*IN_CELLS, "hm") if " for " in statement else IN_CELLS
        around += [cell(statement), *([_cell(random, depth, known)] if inside else [])]
    cells[random.randrange(columns)] = "".join(around)
    return row(*cells)


def _cell(random: Random, depth: int, tags: Sequence[str]) -> str:
    """A cell of paragraphs, or with one of *tags*."""
    if random.random() < 0.3:
        return cell(p(f"{{% {random.choice(tags)} %}}", "{{ a }}"))
    blocks = list(signed_blocks(random, depth + 2)) if random.random() < 0.3 else []
    return cell(*blocks, _paragraph(random))
