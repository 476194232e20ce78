"""Grids of forms in Markdown: tables without a head row."""

from __future__ import annotations

import pytest

from generator.layouts.geometry import STANDARD
from generator.markdown import read_markdown
from generator.markdown.rows import LINE
from generator.problems import NoticeError
from generator.wordml import Element, is_tag, tag_code, w

FOUR = "|--|--|--|--|\n"
TWO = "|---|---|\n"


def body(text: str) -> Element:
    return read_markdown(text, "body.md")


def value(element: Element, path: str, name: str = "val") -> str | None:
    found = element.find("/".join(map(w, path.split("/"))))
    return None if found is None else found.get(w(name))


def said(cell: Element) -> str:
    pieces = []
    for node in cell.iter():
        if is_tag(node):
            pieces.append(f"‹{tag_code(node)}›{node.tail or ''}")
        elif node.tag == w("t"):
            pieces.append(node.text or "")
    return "".join(pieces)


def cells(text: str) -> list[list[Element]]:
    """The cells of the first table of *text*, row by row."""
    table = next(body(text).iter(w("tbl")))
    return [list(row.iter(w("tc"))) for row in table.iter(w("tr"))]


def grid(text: str) -> list[str]:
    """Each row in a line; `2*` is a cell over two columns, `↓` and `↑` one merged with others."""
    signs = {"restart": "↓", "continue": "↑", None: ""}
    lines = []
    for row in cells(text):
        spans = [value(cell, "tcPr/gridSpan") for cell in row]
        merges = [signs[value(cell, "tcPr/vMerge")] for cell in row]
        lines.append(
            " | ".join(
                f"{f'{span}*' if span else ''}{merge}{said(cell)}"
                for cell, span, merge in zip(row, spans, merges, strict=True)
            )
        )
    return lines


def heights(text: str) -> list[float | None]:
    """The least heights of the rows, in lines of the page."""
    found = [
        (value(row, "trPr/trHeight"), value(row, "trPr/trHeight", "hRule"))
        for row in body(text).iter(w("tr"))
    ]
    assert {rule for height, rule in found if height} <= {"atLeast"}
    return [int(height) / LINE if height else None for height, _ in found]


def problems(text: str) -> list[str]:
    with pytest.raises(NoticeError) as raised:
        body(text)
    return list(map(str, raised.value.problems))


def test_a_line_is_that_of_the_page() -> None:
    assert STANDARD.line == LINE


def test_a_table_that_begins_with_its_dashes_has_no_head_row() -> None:
    made = body(TWO + "| **事项** | {{ matter }} |\n\n文")
    assert [node.tag for node in made] == [w("tbl"), w("p")]
    assert not list(made.iter(w("tblHeader")))
    assert grid(TWO + "| **事项** | {{ matter }} |") == ["事项 | ‹matter›"]


def test_two_bars_make_the_cell_before_them_wider() -> None:
    text = FOUR + "| 甲 | {{ a }} |||\n| 乙 || 丙 ||\n| 丁 | | | |"
    assert grid(text) == ["甲 | 3*‹a›", "2*乙 | 2*丙", "丁 |  |  | "]
    assert [[value(cell, "tcPr/tcW", "w") for cell in row] for row in cells(text)] == [
        ["2211", "6633"],
        ["4422", "4422"],
        ["2211"] * 4,
    ]


def test_in_a_table_with_a_head_two_bars_are_an_empty_cell() -> None:
    assert grid("| a | b | c |\n|--|--|--|\n| 1 || 3 |") == ["a | b | c", "1 |  | 3"]


def test_a_cell_that_is_strong_as_a_whole_is_a_label() -> None:
    [row] = cells("|--|:-:|--:|--|\n| **甲** | **{{ a }}** | **乙**丙 | 丁 |")
    assert [value(cell, "p/pPr/pStyle") for cell in row] == ["表头", "表头", "表文", "表文"]
    assert [value(cell, "p/pPr/jc") for cell in row] == [None, None, "right", None]
    assert [value(cell, "p/r/rPr/rStyle") for cell in row] == [None, None, "Strong", None]
    assert [said(cell) for cell in row] == ["甲", "‹a›", "乙丙", "丁"]


def test_two_strong_words_are_no_label() -> None:
    [[cell, _]] = cells(TWO + "| **甲**乙**丙** | |")
    assert value(cell, "p/pPr/pStyle") == "表文"


def test_carets_make_a_cell_one_with_the_cell_above() -> None:
    text = FOUR + "| **单位** | 名称 | a ||\n| ^^ | 电话 | b ||\n| ^^ | 地址 | ^^ ||"
    assert grid(text) == ["↓单位 | 名称 | 2*a", "↑ | 电话 | 2*↓b", "↑ | 地址 | 2*↑"]


def test_carets_work_over_rows_that_a_loop_repeats() -> None:
    text = TWO + "| **单位** | 名称 |\n{% for u in units %}\n| ^^ | {{ u }} |\n{% endfor %}"
    assert grid(text) == ["↓单位 | 名称", "↑ | ‹u›"]


def test_a_row_is_at_least_as_high_as_it_says() -> None:
    text = TWO + "| a | b |\n{lines=3}\n| c | d |\n{lines=1.5}\n| e | f |"
    assert heights(text) == [1, 3, pytest.approx(1.5, abs=0.001)]
    with_head = "| a | b |\n|--|--|\n{lines=2}\n| 1 | 2 |\n| 3 | 4 |"
    assert heights(with_head) == [None, 2, None]


def test_a_row_in_a_loop_may_have_its_height() -> None:
    text = TWO + "{% for a in b %}\n\n{lines=2}\n| {{ a }} | |\n\n{% endfor %}\n\n文"
    assert heights(text) == [2]
    assert [tag_code(node) for node in body(text)[0] if is_tag(node)] == ["for a in b", "endfor"]


def test_rows_of_a_grid_may_go_on_over_the_page_and_those_of_a_table_stay_whole() -> None:
    assert not list(body(TWO + "| a | b |").iter(w("cantSplit")))
    assert len(list(body("| a | b |\n|--|--|\n| 1 | 2 |").iter(w("cantSplit")))) == 2


def test_what_follows_two_angles_stands_at_the_foot_of_the_cell_without_a_rule_between() -> None:
    text = TWO + "{lines=4}\n| **承办情况** | {{ done }} >> 签字：**某** |"
    assert grid(text) == ["↓承办情况 | ‹done›", "↑ | 签字：某"]
    assert heights(text) == [3, 1]
    [_, upper], [_, lower] = cells(text)
    assert value(upper, "tcPr/tcBorders/bottom") == value(lower, "tcPr/tcBorders/top") == "nil"
    assert upper.find(f".//{w('keepNext')}") is not None, "the foot stays on the page of its text"
    assert value(lower, "p/pPr/jc") == "right"


def test_a_row_of_two_signatures_has_two_feet() -> None:
    text = FOUR + "| 甲 >> 签字 || 乙 >> 盖章 ||\n| 丙 || ^^ ||"
    assert grid(text) == ["2*甲 | 2*乙", "2*签字 | 2*↓盖章", "2*丙 | 2*↑"]
    assert heights(text) == [1, 1, 1]


def test_signs_of_a_grid_are_text_elsewhere_and_where_they_are_escaped() -> None:
    assert grid(TWO + "| a \\>> b | ^^a \\|\\| |") == ["a >> b | ^^a ||"]
    assert grid("| a >> b | ^^ |\n|--|--|\n| ^^ | 甲 >> 乙 |") == ["a >> b | ^^", "^^ | 甲 >> 乙"]


def test_signs_in_a_value_mean_nothing() -> None:
    assert grid(TWO + "| {{ 'a >> b || ^^' }} | |") == ["‹'a >> b || ^^'› | "]


def test_widths_stand_above_a_grid() -> None:
    columns = body('{widths="1 3"}\n' + TWO + "| a | b |").iter(w("gridCol"))
    assert [column.get(w("w")) for column in columns] == ["2211", "6633"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            FOUR + "| 甲 | 乙 ||",
            "body.md:2: T221 the row does not fit the table: cells 3, columns 4"
            " (write a “|” between all cells)",
        ),
        (
            TWO + "{lines=0}\n| a | b |",
            "body.md:2: T227 “lines” needs a number from 1 to 22",
        ),
        (
            TWO + "{lines=x}\n| a | b >> c |",
            "body.md:2: T227 “lines” needs a number from 2 to 22",
        ),
        (
            "| a | b |\n|--|--|\n{lines=23}\n| 1 | 2 |",
            "body.md:3: T227 “lines” needs a number from 1 to 22",
        ),
        (
            TWO + "{line=3}\n| a | b |",
            "body.md:2: T224 the attribute “line” is unknown (did you mean “lines”?)",
        ),
        (
            '{merge="甲"}\n' + TWO + "| a | b |",
            "body.md:1: T224 the attribute “merge” is unknown (known are widths)",
        ),
        (
            TWO + "| ^^ | b |",
            "body.md:2: T228 “^^” stands below no cell that is as wide"
            " (write it in a row whose cells have the edges of those above)",
        ),
        (
            FOUR + "| a || b ||\n| ^^ | c | ^^ ||",
            "body.md:3: T228 “^^” stands below no cell that is as wide"
            " (write it in a row whose cells have the edges of those above)",
        ),
        (
            TWO + "| a | b |\n{lines=2}\n\n文",
            "body.md:3: T222 “{lines=2}” stands above no table (put it directly above the table)",
        ),
        (
            "文\n\n|---|---|\n\n文",
            "body.md:3: T223 the row stands outside a table"
            " (write a head row and a line of dashes above it, and no empty line between)",
        ),
    ],
)
def test_what_cannot_be_is_told_at_its_line(text: str, message: str) -> None:
    assert problems(text) == [message]
