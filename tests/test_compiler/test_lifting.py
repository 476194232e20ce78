"""Tags go to the lowest level that their statement shares."""

from __future__ import annotations

import pytest
from builders import (
    W,
    bold,
    cell,
    compiled,
    docx_with,
    outline,
    p,
    paragraphs,
    part,
    printed,
    refusal,
    rendered,
    run,
    table,
)
from jinja2.parser import _statement_keywords
from lxml import etree

from generator.compiler.groups import STATEMENTS

ROWS = [{"n": "一", "m": "甲"}, {"n": "二", "m": "乙"}]


def printed_outline(*blocks: str, **values: object) -> list[object]:
    return outline(rendered(compiled(*blocks), **values))


def test_a_condition_inside_a_paragraph_stays_inside() -> None:
    assert printed("甲{% if a %}乙{% endif %}丙", a=True) == ["甲乙丙"]
    assert printed("甲{% if a %}乙{% endif %}丙", a=False) == ["甲丙"]


def test_a_condition_over_runs_takes_whole_runs() -> None:
    block = p("甲{% if a %}", bold("乙"), "{% else %}丁{% endif %}丙")
    assert printed(block, a=True) == ["甲乙丙"]
    assert printed(block, a=False) == ["甲丁丙"]


def test_the_halves_of_a_cut_run_keep_its_format() -> None:
    document = rendered(compiled(p(bold("甲{% if a %}乙"), "丙{% endif %}")), a=True)
    runs = etree.fromstring(part(document).encode()).iter(f"{{{W}}}r")
    assert [("".join(r.itertext()), r.find(f".//{{{W}}}b") is not None) for r in runs] == [
        ("甲", True),
        ("乙", True),
        ("丙", False),
    ]


def test_a_paragraph_that_holds_only_statements_gives_way_to_them() -> None:
    blocks = ("{% for x in xs %}", "第{{ x }}", "{% endfor %}")
    assert printed(*blocks, xs=[1, 2]) == ["第1", "第2"]
    assert printed(*blocks, xs=[]) == []


def test_a_paragraph_that_prints_a_value_beside_a_statement_stays() -> None:
    blocks = ("{% for x in xs %}{{ x }}", "次{% endfor %}")
    assert printed(*blocks, xs=[1, 2]) == ["1", "次", "2", "次"]


def test_a_paragraph_with_a_picture_is_not_given_away() -> None:
    picture = "<w:p><w:r><w:drawing/></w:r>" + run("{% if a %}") + "</w:p>"
    assert printed(picture, "b", "{% endif %}", a=False) == [""]
    assert printed(picture, "b", "{% endif %}", a=True) == ["", "b"]


def test_tags_in_the_cells_of_a_row_repeat_the_row() -> None:
    rows = table(["序号", "姓名"], ["{% for r in rows %}{{ r.n }}", "{{ r.m }}{% endfor %}"])
    assert printed_outline(rows, rows=ROWS) == [
        [[["序号"], ["姓名"]], [["一"], ["甲"]], [["二"], ["乙"]]]
    ]


def test_rows_that_hold_only_statements_give_way_to_them() -> None:
    rows = table(["{% for r in rows %}", ""], ["{{ r.n }}", "{{ r.m }}"], ["{% endfor %}", ""])
    assert printed_outline(rows, rows=ROWS) == [[[["一"], ["甲"]], [["二"], ["乙"]]]]


def test_a_loop_inside_one_cell_repeats_what_it_holds() -> None:
    rows = table([cell("{% for r in rows %}", "{{ r.n }}", "{% endfor %}"), "乙"])
    assert printed_outline(rows, rows=ROWS) == [[[["一", "二"], ["乙"]]]]


def test_a_loop_within_the_paragraph_of_a_cell_stays_there() -> None:
    rows = table(["{% for r in rows %}{{ r.n }}、{% endfor %}", "乙"])
    assert printed_outline(rows, rows=ROWS) == [[[["一、二、"], ["乙"]]]]


def test_a_loop_around_a_table_repeats_the_table() -> None:
    blocks = ("{% for r in rows %}", table(["{{ r.n }}"]), "{% endfor %}")
    assert printed_outline(*blocks, rows=ROWS) == [[[["一"]]], [[["二"]]]]


def test_tables_in_cells_are_lifted_like_others() -> None:
    inner = table(["{% for r in rows %}{{ r.n }}{% endfor %}", "x"], ["{% if a %}y", "{% endif %}"])
    outer = table([cell(inner, "")])
    assert printed_outline(outer, rows=ROWS, a=False) == [[[[[[["一二"], ["x"]]], ""]]]]


def test_a_text_box_keeps_its_own_statements() -> None:
    box = (
        "<w:p><w:r><w:pict><w:txbxContent>"
        + p("{% for x in xs %}")
        + p("{{ x }}")
        + p("{% endfor %}")
        + "</w:txbxContent></w:pict></w:r></w:p>"
    )
    assert printed(box, xs=[1, 2]) == ["12", "1", "2"]


def test_branches_are_lifted_with_their_statement() -> None:
    blocks = ("{% if a %}", "甲", "{% elif b %}", "乙", "{% else %}", "丙", "{% endif %}")
    assert printed(*blocks, a=True, b=False) == ["甲"]
    assert printed(*blocks, a=False, b=True) == ["乙"]
    assert printed(*blocks, a=False, b=False) == ["丙"]


def test_a_statement_that_would_tear_a_paragraph_is_named_with_its_partner() -> None:
    assert refusal("甲{% if a %}乙", "丙{% endif %}") == (
        "template.docx: word/document.xml ¶1: T007 “{% if a %}” stands in the middle of its "
        "paragraph (put it into a paragraph of its own, or into the paragraph of “{% endif %}”)"
    )


@pytest.mark.parametrize(
    ("blocks", "said"),
    [
        (["{% endif %}"], "¶1: T005 “{% endif %}” closes nothing"),
        (["{% if a %}"], "¶1: T006 “{% if a %}” is never closed (add “{% endif %}”)"),
        (
            ["{% for x in y %}", "{% endif %}", "{% endfor %}"],
            "¶2: T005 “{% endif %}” closes nothing here "
            "(“{% for x in y %}” at word/document.xml ¶1 is still open)",
        ),
        (
            ["{% else %}"],
            "¶1: T005 “{% else %}” stands outside its statement "
            "(it belongs between “if” or “for” and its end)",
        ),
    ],
)
def test_what_does_not_pair_up_is_named(blocks: list[str], said: str) -> None:
    assert refusal(*blocks) == f"template.docx: word/document.xml {said}"


def test_one_stray_end_hides_no_other_problem() -> None:
    lines = refusal("{% endif %}", "{% for x in y %}", "{% if a %}", "{% endfor %}").split("\n")
    assert [line.split(": ")[2][:4] for line in lines] == ["T005", "T005"]


@pytest.mark.parametrize(
    "word", "filter autoescape trans pluralize do debug break continue print".split()
)
def test_statements_of_jinja_that_are_not_supported_are_refused_by_name(word: str) -> None:
    hint = " (apply a filter to each value instead)" if word == "filter" else ""
    assert refusal(f"{{% {word} x %}}", f"{{% end{word} %}}") == (
        f"template.docx: word/document.xml ¶1: T004 {{% {word} %}} is not available{hint}"
    )


def test_a_statement_that_nobody_knows_is_named_with_a_guess() -> None:
    assert refusal("{% fro x in xs %}", "{% endfr %}") == (
        "template.docx: word/document.xml ¶1: T004 there is no statement “fro” "
        "(did you mean “from”?)\n"
        "template.docx: word/document.xml ¶2: T004 there is no statement “endfr” "
        "(did you mean “endfor”?)"
    )


def test_every_statement_of_jinja_is_supported_or_refused() -> None:
    words = {*_statement_keywords, "call", "filter"}
    refused = {word for word in words if "T004" in refusal(f"{{% {word} x %}}")}
    assert words - refused == STATEMENTS - {"else", "elif"}


def test_a_macro_of_the_document_prints_in_a_header_too() -> None:
    document = docx_with(
        "{% macro m() %}", "甲", "{% endmacro %}", header=p("{{ m() }}"), footer=p("尾{{ m() }}")
    )
    assert refusal(document) == (
        "template.docx: word/footer1.xml ¶1: T010 “m()” prints paragraphs, but stands among text "
        "inside a paragraph (put it into a line of its own)"
    )
    document = docx_with("{% macro m() %}", "甲", "{% endmacro %}", header=p("{{ m() }}"))
    assert paragraphs(rendered(compiled(document)), "word/header1.xml") == ["甲", ""]
