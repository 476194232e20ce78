"""`{% measure left = … %}`: measures that a template computes, typed in Word."""

from __future__ import annotations

from typing import Any

import pytest
from builders import W, cell, compiled, failure, p, part, rendered, row, run, table
from lxml import etree

from generator.layouts.boxes import Box, text_box
from generator.layouts.paragraphs import paragraph
from generator.problems import NoticeError
from generator.runtime.measures import measure
from generator.runtime.values import ValueRefused
from generator.tags import mark_tags
from generator.tags.measures import MEASURES
from generator.wordml import NAMESPACES, make, w


def marked(*blocks: str) -> Any:
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    tree = etree.fromstring(f"<w:body {declared}>{''.join(blocks)}</w:body>")
    assert mark_tags(tree, "a.docx") == []
    return tree


def problems(*blocks: str) -> list[str]:
    tree = etree.fromstring(f'<w:body xmlns:w="{W}">{"".join(blocks)}</w:body>')
    return list(map(str, mark_tags(tree, "a.docx")))


def said(tree: Any, *path: str) -> dict[str, str]:
    found = tree.find(".//" + "/".join(map(w, path)))
    return {etree.QName(key).localname: value for key, value in found.attrib.items()}


def computed(code: str, least: int = 0, most: int = 31680) -> str:
    return f"{{{{ ({code}) | measure({least}, {most}) }}}}"


OF_PARAGRAPHS = {
    "before": ("spacing", "before", 0, 31680),
    "after": ("spacing", "after", 0, 31680),
    "left": ("ind", "left", -31680, 31680),
    "right": ("ind", "right", -31680, 31680),
    "hanging": ("ind", "hanging", 0, 31680),
    "first_line": ("ind", "firstLine", 0, 31680),
    "keep_next": ("keepNext", "val", 0, 1),
}


@pytest.mark.parametrize("name", OF_PARAGRAPHS)
def test_a_measure_of_a_paragraph_stands_among_its_properties(name: str) -> None:
    element, attribute, least, most = OF_PARAGRAPHS[name]
    look = '<w:pPr><w:pStyle w:val="a"/><w:tabs/><w:jc w:val="left"/></w:pPr>'
    tree = marked(f"<w:p>{look}{run(f'{{% measure {name} = n + 1 %}}甲')}</w:p>")
    assert said(tree, "p", "pPr", element) == {attribute: computed("n + 1", least, most)}
    order = [etree.QName(node).localname for node in tree.find(f"{w('p')}/{w('pPr')}")]
    assert order == sorted(order, key="pStyle keepNext tabs spacing ind jc".split().index)
    assert "".join(tree.itertext(w("t"))) == "甲"


def test_what_else_the_paragraph_says_stays_but_for_what_would_count_before_it() -> None:
    ind = '<w:ind w:leftChars="200" w:left="420" w:right="105" w:rightChars="50"/>'
    spacing = '<w:spacing w:beforeLines="50" w:beforeAutospacing="1" w:before="156" w:line="360"/>'
    text = run("{% measure left = a %}{% measure before = b == 1 %}甲")
    tree = marked(f"<w:p><w:pPr>{spacing}{ind}</w:pPr>{text}</w:p>")
    left, before = computed("a", -31680), computed("b == 1")
    assert said(tree, "ind") == {"left": left, "right": "105", "rightChars": "50"}
    assert said(tree, "spacing") == {"before": before, "line": "360"}


@pytest.mark.parametrize(
    ("ind", "name", "left"),
    [
        ('w:hanging="100" w:hangingChars="3"', "first_line", {"firstLine"}),
        ('w:firstLine="100" w:firstLineChars="3" w:left="1"', "hanging", {"hanging", "left"}),
        ('w:start="100" w:end="7"', "left", {"left", "end"}),
    ],
)
def test_an_indent_that_would_win_goes(ind: str, name: str, left: set[str]) -> None:
    text = run(f"{{% measure {name} = 10 %}}甲")
    tree = marked(f"<w:p><w:pPr><w:ind {ind}/></w:pPr>{text}</w:p>")
    assert said(tree, "ind").keys() == left


@pytest.mark.parametrize(
    ("spacing", "rule"),
    [("", "exact"), ('w:lineRule="auto"', "exact"), ('w:lineRule="atLeast"', "atLeast")],
)
def test_a_line_is_so_high_and_no_multiple_of_its_font(spacing: str, rule: str) -> None:
    text = run("{% measure line = 600 %}甲")
    tree = marked(f"<w:p><w:pPr><w:spacing {spacing}/></w:pPr>{text}</w:p>")
    assert said(tree, "spacing") == {"line": computed("600", 1), "lineRule": rule}


def test_a_tab_stop_has_its_number() -> None:
    tabs = '<w:pPr><w:tabs><w:tab w:val="left" w:pos="1"/><w:tab w:pos="2"/></w:tabs></w:pPr>'
    tree = marked(f"<w:p>{tabs}{run('{% measure tab2 = x %}甲')}</w:p>")
    assert [tab.get(w("pos")) for tab in tree.iter(w("tab"))] == ["1", computed("x", -31680)]


def test_what_takes_a_tab_stop_away_is_none() -> None:
    tabs = '<w:tab w:val="clear" w:pos="420"/><w:tab w:val="left" w:pos="1"/>'
    text = run("{% measure tab1 = x %}甲")
    tree = marked(f"<w:p><w:pPr><w:tabs>{tabs}</w:tabs></w:pPr>{text}</w:p>")
    assert [tab.get(w("pos")) for tab in tree.iter(w("tab"))] == ["420", computed("x", -31680)]


def test_all_runs_of_a_paragraph_have_the_size_and_the_scale() -> None:
    sized = "<w:r><w:rPr><w:sz w:val='21'/></w:rPr><w:t>乙</w:t></w:r>"
    tree = marked(p("{% measure size = x %}", "{% measure scale = y %}", "甲", sized), p("丙"))
    runs = [
        [(etree.QName(node).localname, node.get(w("val"))) for node in look] for look in looks(tree)
    ]
    size, scale = computed("x", 2, 3276), computed("y", 1, 600)
    assert runs == [[("w", scale), ("sz", size), ("szCs", size)]] * 2


def looks(tree: Any) -> list[Any]:
    return list(tree.iter(w("rPr")))


def columns(*widths: int) -> str:
    cells = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    whole = f'<w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/></w:tblPr>'
    return f"{whole}<w:tblGrid>{cells}</w:tblGrid>"


def test_a_column_is_as_wide_as_one_of_its_cells_says() -> None:
    rows = [["{% measure width = x %}甲", "乙"], ["丙", "丁"]]
    bare = table(*rows)
    inside = bare[bare.index("<w:tr>") :]
    tree = marked(f"<w:tbl>{columns(100, 200)}{inside}")
    assert [column.get(w("w")) for column in tree.iter(w("gridCol"))] == [computed("x"), "200"]
    widths = [cell.find(f"{w('tcPr')}/{w('tcW')}") for cell in tree.iter(w("tc"))]
    assert [None if each is None else each.get(w("w")) for each in widths] == [
        *(computed("x"), None),
        *(computed("x"), None),
    ]
    assert said(tree, "tblW") == {"w": "300", "type": "dxa"}


def test_a_table_all_of_whose_columns_are_measured_is_as_wide_as_they_are() -> None:
    bare = table(["{% measure width = x %}", "{% measure width = y %}"])
    inside = bare[bare.index("<w:tr>") :]
    tree = marked(f"<w:tbl>{columns(100, 200)}{inside}")
    whole = "{{ (x) | measure(0, 31680) + (y) | measure(0, 31680) }}"
    assert said(tree, "tblW") == {"w": whole, "type": "dxa"}


def test_the_rule_above_a_cell_is_as_thick_as_it_says() -> None:
    tree = marked(table([p("{% measure rule_above = 6 if a else 8 %}")]))
    thickness = computed("6 if a else 8", 0, 96)
    plain = {"val": "single", "space": "0", "color": "auto"}
    assert said(tree, "tcBorders", "top") == {**plain, "sz": thickness}


def grid(*widths: int) -> str:
    return "<w:tbl>" + columns(*widths)


def column_widths(*blocks: str, **values: Any) -> list[str | None]:
    tree = etree.fromstring(part(rendered(compiled(*blocks), **values)).encode())
    return [column.get(w("w")) for column in tree.iter(w("gridCol"))]


def test_a_column_is_found_behind_what_stands_before_it_in_its_row() -> None:
    measured = cell("{% measure width = 3000 %}甲")
    before = f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{measured}</w:tr>'
    assert column_widths(f"{grid(1000, 500)}{before}</w:tbl>") == ["1000", "3000"]
    control = f"<w:tr>{cell('乙')}<w:sdt><w:sdtContent>{measured}</w:sdtContent></w:sdt></w:tr>"
    assert column_widths(f"{grid(1000, 500)}{control}</w:tbl>") == ["1000", "3000"]
    wide = f"<w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>{p('乙')}</w:tc>{measured}</w:tr>"
    assert column_widths(f"{grid(1, 2, 3)}{wide}</w:tbl>") == ["1", "2", "3000"]


def test_a_measured_column_stays_so_beside_columns_that_a_loop_prints() -> None:
    cells = ["{% measure width = 3000 %}甲", "{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}"]
    whole = f"{grid(1000, 500, 2000, 500)}{row(*cells)}</w:tbl>"
    assert column_widths(whole, xs=[1, 2]) == ["3000", "1500", "1500"]


def test_a_column_that_a_render_moves_has_no_width_of_its_own() -> None:
    for cells in (
        ["{% colspan n %}", "{% measure width = 1 %}"],
        ["{% colspan n %}{% measure width = 1 %}"],
    ):
        assert "T025 nothing here has a measure “width”" in problems(table(cells))[0]


def test_a_width_in_a_statement_of_its_table_is_a_problem() -> None:
    rows = [["{%tr for x in xs %}"], ["{% measure width = x %}"], ["{%tr endfor %}"]]
    (problem,) = problems(table(*rows))
    assert "stands inside a statement of what it measures" in problem


def box_of(*texts: str) -> str:
    shape = Box("框", 7, 2000, 3000, ("page", 0), ("page", 0))
    holder = make("w:p", None, text_box(shape, *(paragraph("Normal", text) for text in texts)))
    return etree.tostring(holder, encoding="unicode")


def test_a_text_box_is_as_high_as_it_says_in_both_halves() -> None:
    tree = marked(box_of("{% measure height = h %}甲"))
    high = "(h) | measure(1, 31680)"
    extents = [node.get("cy") for node in tree.iter() if node.get("cy") is not None]
    assert extents == [f"{{{{ {high} * 635 }}}}"] * 2
    (style,) = [node.get("style") for node in tree.iter() if "height:" in node.get("style", "")]
    assert f";height:{{{{ {high} / 20 }}}}pt;" in style


def test_a_box_within_another_keeps_its_own_height() -> None:
    inner = text_box(Box("内", 8, 1000, 1000, ("page", 0), ("page", 0)), paragraph("Normal", "乙"))
    outer = Box("外", 7, 2000, 3000, ("page", 0), ("page", 0))
    said = "{% measure height = 5000 %}甲"
    holder = make("w:p", None, text_box(outer, make("w:p", None, inner), paragraph("Normal", said)))
    tree = marked(etree.tostring(holder, encoding="unicode"))
    computed_ones = [each for each in heights(tree) if "measure" in each]
    assert len(heights(tree)) - len(computed_ones) == 2 * 3  # the inner one, in both outer halves
    assert len(computed_ones) == 3


def heights(tree: Any) -> list[str]:
    said = [node.get("cy") for node in tree.iter() if node.get("cy") is not None]
    return said + [node.get("style") for node in tree.iter() if "height:" in node.get("style", "")]


def test_a_document_has_the_computed_measures() -> None:
    document = rendered(
        compiled("{% measure left = n * 210 %}{% measure keep_next = n > 1 %}甲"), n=2
    )
    printed = part(document, "word/document.xml")
    assert '<w:keepNext w:val="1"/>' in printed
    assert '<w:ind w:left="420"/>' in printed


def test_a_measure_is_a_number_within_what_word_can_do() -> None:
    for value, expected in {420: 420, "420": 420, 2.5: 2, -7: -7, True: 1}.items():
        assert (found := measure(value, -100, 1000)) == expected
        assert found.__class__ is int
    for value in ("", "宽", "nan", "inf", 1001, -101, 1e400, "1" * 500):
        with pytest.raises(ValueRefused):
            measure(value, -100, 1000)


def test_a_value_that_is_no_measure_is_told_at_its_paragraph() -> None:
    assert failure("{% measure left = n %}甲", n="宽") == (
        "template.docx: body ¶1: T403 “宽” is no measure from -31680 to 31680"
    )


# --- what cannot be measured ---------------------------------------------------------------------


def test_a_measure_that_there_is_not_is_a_problem_with_all_that_there_are() -> None:
    known = ", ".join(MEASURES)
    for code in (
        "measure",
        "measure depth = 1",
        "measure left",
        "measure left =",
        "measure left == 1",
    ):
        assert problems(p(f"{{% {code} %}}"))[0].endswith(
            "T025 “{% measure %}” is not written like this "
            f"(write “{{% measure left = 420 %}}”; there are: {known})"
        )


@pytest.mark.parametrize(
    "code", ["width = 1", "rule_above = 4", "height = 1", "tab1 = 1"], ids=lambda code: code[:5]
)
def test_a_measure_of_what_is_not_there_is_a_problem(code: str) -> None:
    name = code.partition(" ")[0]
    assert problems(p(f"{{% measure {code} %}}")) == [
        f"a.docx: body ¶1 “{{% measure {code} %}}”: T025 nothing here has a measure “{name}” "
        "(put it into the paragraph, tab stop, cell or text box that it is about)"
    ]


def test_a_measure_in_a_statement_of_its_paragraph_is_a_problem() -> None:
    assert problems(p("{% if a %}{% measure left = 1 %}{% endif %}甲")) == [
        "a.docx: body ¶1 “…f a %}{% measure left = 1 %}{% end…”: T025 “{% measure %}” stands "
        "inside a statement of what it measures "
        "(put the condition into the value: “{% measure left = 420 if a else 0 %}”)"
    ]


def test_an_expression_that_jinja_cannot_read_is_told_at_its_place() -> None:
    with pytest.raises(NoticeError) as raised:
        compiled("甲", "{% measure left = n + %}乙")
    (problem,) = raised.value.problems
    assert str(problem.where).endswith("body ¶2 “{% measure left = n + %}乙”")
