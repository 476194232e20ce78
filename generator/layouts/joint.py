"""联合行文: the 发文机关标志 of several organs, one name over the other (GB/T 9704—2012, 7.2.4)."""

from __future__ import annotations

from generator.layouts.geometry import Geometry
from generator.layouts.paragraphs import fixed_table, paragraph, run, statement
from generator.layouts.placing import Mark
from generator.wordml import Element, make


def joint_mark(g: Geometry, mark: Mark, top: int) -> list[Element]:
    """Names of equal width, 文件 beside their middle, the first one's ink so far below the top.

    A table without borders: every program sets the words in the middle of its right cell.
    """
    room = f"[copy_number, classification, urgency] | space_before_mark({top}, {g.line})"
    return [
        statement(f"with mark = issuing_organs | joint_mark('{mark.tail}', {mark.largest})"),
        paragraph("Normal", spacing={"line": f"{{{{ mark | room_above_joint_mark({room}) }}}}"}),
        _table(mark),
        statement("endwith"),
    ]


def _table(mark: Mark) -> Element:
    names = [
        statement("for organ in issuing_organs"),
        _line(mark, "{{ organ.mark }}", "distribute"),
        statement("endfor"),
    ]
    cells = {"mark.names": names}
    if mark.tail:
        cells |= {"mark.gap": [_line(mark, "", "left")]}
        cells |= {"mark.tail": [_line(mark, mark.tail, "left")]}
    row = make(
        "w:tr",
        None,
        make("w:trPr", None, make("w:cantSplit")),
        *(_cell(*cell) for cell in cells.items()),
    )
    widths = (f"{{{{ {width} }}}}" for width in cells)
    return fixed_table(f"{{{{ {' + '.join(cells)} }}}}", widths, row, align="center")


def _cell(width: str, content: list[Element]) -> Element:
    properties = make(
        "w:tcPr",
        None,
        make("w:tcW", {"w:w": f"{{{{ {width} }}}}", "w:type": "dxa"}),
        make("w:vAlign", {"w:val": "center"}),
    )
    return make("w:tc", None, properties, *content)


def _line(mark: Mark, text: str, align: str) -> Element:
    look = {"w:w": "mark.scale", "w:sz": "mark.size", "w:szCs": "mark.size"}
    properties = (make(name, {"w:val": f"{{{{ {value} }}}}"}) for name, value in look.items())
    runs = [run(text, "", *properties)] if text and not mark.preprinted else []
    return paragraph("发文机关标志", *runs, spacing={"line": "{{ mark.line }}"}, align=align)
