"""联合行文: the 发文机关标志 of several organs, one name over the other (GB/T 9704—2012, 7.2.4)."""

from __future__ import annotations

from generator.layouts.geometry import Geometry
from generator.layouts.paragraphs import fixed_table, measure, paragraph, statement
from generator.layouts.placing import Mark
from generator.tags.measures import MEASURES
from generator.wordml import Element, make


def joint_mark(g: Geometry, mark: Mark, top: int) -> list[Element]:
    """Names of equal width, 文件 beside their middle, the first one's ink so far below the top.

    A table without borders: every program sets the words in the middle of its right cell.
    """
    room = f"[copy_number, classification, urgency] | space_before_mark({top}, {g.line})"
    return [
        statement(f"with mark = issuing_organs | joint_mark('{mark.tail}', {mark.largest})"),
        paragraph("Normal", computed={"line": f"mark | room_above_joint_mark({room})"}),
        _table(g, mark),
        statement("endwith"),
    ]


def _table(g: Geometry, mark: Mark) -> Element:
    names = [
        statement("for organ in issuing_organs"),
        _line(mark, "{{ organ.mark }}", "distribute"),
        statement("endfor"),
    ]
    columns = {"names": names}
    if mark.tail:
        columns |= {"gap": [_line(mark, "", "left")], "tail": [_line(mark, mark.tail, "left")]}
    shown = dict.fromkeys(columns, MEASURES["width"].shown)
    shown["names"] += g.text_width - sum(shown.values())
    row = make(
        "w:tr",
        None,
        make("w:trPr", None, make("w:cantSplit")),
        *(_cell(shown[name], f"mark.{name}", inside) for name, inside in columns.items()),
    )
    return fixed_table(str(g.text_width), map(str, shown.values()), row, align="center")


def _cell(shown: int, width: str, content: list[Element]) -> Element:
    """A cell that Word shows so wide as the layout is changed there."""
    measure(content[0], {"width": width})
    properties = make(
        "w:tcPr",
        None,
        make("w:tcW", {"w:w": str(shown), "w:type": "dxa"}),
        make("w:vAlign", {"w:val": "center"}),
    )
    return make("w:tc", None, properties, *content)


def _line(mark: Mark, text: str, align: str) -> Element:
    computed = {name: f"mark.{name}" for name in ("line", "scale", "size")}
    said = [] if mark.preprinted or not text else [text]
    return paragraph("发文机关标志", *said, align=align, computed=computed)
