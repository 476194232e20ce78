"""Tags go to the lowest level that their statement shares."""

from __future__ import annotations

from collections.abc import Callable

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
    row,
    run,
    table,
)
from jinja2.parser import _statement_keywords
from lxml import etree
from structure import faults

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


@pytest.mark.parametrize(
    ("cells", "made"),
    [
        (["序", "{% for r in rows %}{{ r.n }}", "{{ r.m }}{% endfor %}"], ["序", "{n}", "{m}"]),
        (["{% for r in rows %}{{ r.n }}", "{{ r.m }}{% endfor %}", "尾"], ["{n}", "{m}", "尾"]),
        (["第{% for r in rows %}{{ r.n }}", "{{ r.m }}{% endfor %}号"], ["第{n}", "{m}号"]),
    ],
)
def test_a_loop_over_cells_repeats_all_of_its_row(cells: list[str], made: list[str]) -> None:
    assert printed_outline(table(cells), rows=ROWS) == [
        [[[text.format(**each)] for text in made] for each in ROWS]
    ]


def test_a_condition_over_some_cells_of_a_row_is_a_problem() -> None:
    said = "stands in the middle of its row"
    hint = "put its statement around all that the row holds, or into one cell"
    assert refusal(table(["甲", "{% if a %}x", "y{% endif %}"])) == (
        f"template.docx: body ¶2 (row 1, column 2): T007 “{{% if a %}}” {said} ({hint})"
    )


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
    assert printed_outline(*blocks, rows=ROWS) == [[[["一"]]], "", [[["二"]]]]


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
        "template.docx: body ¶1: T007 “{% if a %}” stands in the middle of its "
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
            "(“{% for x in y %}” at body ¶1 is still open)",
        ),
        (
            ["{% else %}"],
            "¶1: T005 “{% else %}” stands outside its statement "
            "(it belongs between “if” or “for” and its end)",
        ),
    ],
)
def test_what_does_not_pair_up_is_named(blocks: list[str], said: str) -> None:
    assert refusal(*blocks) == f"template.docx: body {said}"


def test_one_stray_end_hides_no_other_problem() -> None:
    lines = refusal("{% endif %}", "{% for x in y %}", "{% if a %}", "{% endfor %}").split("\n")
    assert [line.split(": ")[2][:4] for line in lines] == ["T005", "T005"]


@pytest.mark.parametrize(
    "word", "filter autoescape trans pluralize do debug break continue print".split()
)
def test_statements_of_jinja_that_are_not_supported_are_refused_by_name(word: str) -> None:
    hint = " (apply a filter to each value instead)" if word == "filter" else ""
    assert refusal(f"{{% {word} x %}}", f"{{% end{word} %}}") == (
        f"template.docx: body ¶1: T004 {{% {word} %}} is not available{hint}"
    )


def test_a_statement_that_nobody_knows_is_named_with_a_guess() -> None:
    assert refusal("{% fro x in xs %}", "{% endfr %}") == (
        "template.docx: body ¶1: T004 there is no statement “fro” "
        "(did you mean “for”?)\n"
        "template.docx: body ¶2: T004 there is no statement “endfr” "
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
        "template.docx: footer ¶1: T010 “m()” prints paragraphs, but stands among text "
        "inside a paragraph (put it into a line of its own)"
    )
    document = docx_with("{% macro m() %}", "甲", "{% endmacro %}", header=p("{{ m() }}"))
    assert paragraphs(rendered(compiled(document)), "word/header1.xml") == ["甲", ""]


# --- what Word puts around tags ------------------------------------------------------------------


def test_bookmarks_of_a_paragraph_that_gives_way_survive() -> None:
    mark = '<w:bookmarkStart w:id="1" w:name="m"/>'
    blocks = (p(mark, "{% if a %}"), "甲", p("{% endif %}", '<w:bookmarkEnd w:id="1"/>'))
    document = rendered(compiled(*blocks), a=True)
    assert outline(document) == ["甲"]
    assert part(document).count("<w:bookmark") == 2
    assert faults(document) == []


def test_a_comment_on_a_paragraph_that_gives_way_goes_with_it() -> None:
    marks = '<w:commentRangeStart w:id="1"/>', '<w:commentRangeEnd w:id="1"/>'
    reference = '<w:r><w:commentReference w:id="1"/></w:r>'
    document = rendered(
        compiled(p(marks[0], "{% if a %}", reference), p("甲", marks[1]), "{% endif %}"), a=True
    )
    assert outline(document) == ["甲"]
    assert "comment" not in part(document)


def test_deleted_text_comes_out_of_no_part() -> None:
    gone = '<w:del w:id="1" w:author="a"><w:r><w:delText>{{ x }}旧</w:delText></w:r></w:del>'
    come = '<w:ins w:id="2" w:author="a">' + run("{{ a }}") + "</w:ins>"
    template = compiled(docx_with(p(gone, "甲", come), header=p(gone, "头"), footer=p("尾")))
    document = rendered(template, a="新")
    assert paragraphs(document) == ["甲新"]
    assert paragraphs(document, "word/header1.xml") == ["头"]
    assert all("旧" not in part(document, f"word/{name}.xml") for name in ("document", "header1"))
    assert "<w:ins" not in part(document)


def held(*content: str) -> str:
    """What stands in a content control."""
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{''.join(content)}</w:sdtContent></w:sdt>"


def test_a_row_in_a_content_control_is_repeated() -> None:
    inner = row("{% for r in rows %}{{ r.n }}", "{{ r.m }}{% endfor %}")
    rows = table(["序号", "姓名"]).replace("</w:tbl>", f"{held(inner)}</w:tbl>")
    document = rendered(compiled(rows), rows=ROWS)
    assert faults(document) == []
    assert paragraphs(document) == ["序号", "姓名", "一", "甲", "二", "乙"]


@pytest.mark.parametrize(
    "cells",
    [
        held(cell("{% for r in rows %}{{ r.n }}")) + cell("{{ r.m }}{% endfor %}"),
        cell("{% for r in rows %}{{ r.n }}") + held(cell("{{ r.m }}{% endfor %}")),
        held(cell("{% for r in rows %}{{ r.n }}") + cell("{{ r.m }}{% endfor %}")),
    ],
)
def test_cells_in_content_controls_repeat_their_row(cells: str) -> None:
    rows = table(["序号", "姓名"]).replace("</w:tbl>", f"<w:tr>{cells}</w:tr></w:tbl>")
    document = rendered(compiled(rows), rows=ROWS)
    assert faults(document) == []
    assert paragraphs(document) == ["序号", "姓名", "一", "甲", "二", "乙"]
    assert part(document).count("<w:tr>") == 3


def test_paragraphs_in_a_content_control_are_repeated_in_it() -> None:
    blocks = held(p("{% for x in xs %}"), p("第{{ x }}"), p("{% endfor %}"))
    document = rendered(compiled(blocks, "尾"), xs=[1, 2])
    assert faults(document) == []
    assert paragraphs(document) == ["第1", "第2", "尾"]


def link(*content: str) -> str:
    return f'<w:hyperlink w:anchor="b">{"".join(content)}</w:hyperlink>'


@pytest.mark.parametrize("around", [link, held])
def test_a_statement_may_end_in_the_middle_of_a_link_or_a_control(
    around: Callable[..., str],
) -> None:
    ends = p("头{% for x in xs %}", around(run("{{ x }}{% endfor %}乙")), "尾")
    begins = p("头", around(run("乙{% for x in xs %}"), bold("{{ x }}")), "{% endfor %}尾")
    for block, made in (
        (ends, ["头", "头乙尾", "头12乙尾"]),
        (begins, ["头", "头乙尾", "头乙12尾"]),
    ):
        for count, expected in enumerate(made[1:]):
            document = rendered(compiled(block), xs=[1, 2] if count else [])
            assert faults(document) == []
            assert paragraphs(document) == [expected]


def test_a_control_that_is_cut_keeps_its_properties_but_its_id() -> None:
    properties = '<w:alias w:val="名"/><w:id w:val="5"/>'
    control = held(run("甲{% endif %}乙")).replace("<w:sdtPr/>", f"<w:sdtPr>{properties}</w:sdtPr>")
    document = part(rendered(compiled(p("{% if a %}x", control)), a=True))
    assert [document.count(each) for each in ("<w:alias", "<w:id ")] == [2, 1]


def test_a_statement_around_paragraphs_may_end_in_a_control() -> None:
    blocks = ("{% if a %}", held(p("甲"), p("{% endif %}"), p("乙")))
    assert printed(*blocks, a=True) == ["甲", "乙"]
    assert printed(*blocks, a=False) == ["乙"]


@pytest.mark.parametrize("name", ["dir", "bdo"])
def test_text_of_another_direction_holds_statements(name: str) -> None:
    block = p(
        f'<w:{name} w:val="rtl">{run("{% if a %}")}{run("甲")}{run("{% endif %}")}</w:{name}>'
    )
    document = rendered(compiled(block), a=True)
    assert (faults(document), paragraphs(document)) == ([], ["甲"])


def test_phonetic_guides_hold_tags() -> None:
    ruby = "<w:r><w:ruby><w:rubyPr/><w:rt>%s</w:rt><w:rubyBase>%s</w:rubyBase></w:ruby></w:r>"
    block = p(ruby % (run("{{ a }}"), run("{% if b %}") + run("字{% endif %}")))
    document = rendered(compiled(block), a="zi", b=True)
    assert (faults(document), paragraphs(document)) == ([], ["zi字"])
    assert "T007" in refusal(p(ruby % (run("{% if a %}甲"), run("{% endif %}乙"))))


def test_a_loop_around_content_controls_repeats_them() -> None:
    blocks = held(p("{% for x in xs %}{{ x }}")), held(p("乙{% endfor %}"))
    document = rendered(compiled(*blocks), xs=[1, 2])
    assert paragraphs(document) == ["1", "乙", "2", "乙"]
