"""主体: the title and what follows it down to the 附件 (GB/T 9704—2012, 7.3)."""

from __future__ import annotations

from generator.layouts.geometry import Geometry
from generator.layouts.paragraphs import block, paragraph, statement, when
from generator.layouts.signature import signature
from generator.wordml import Element


def body(g: Geometry, lines_before_title: int, *, seals: bool = False) -> list[Element]:
    """标题 after so many empty lines, 主送机关, 正文, 附件说明, 署名, 成文日期, 附注, 附件.

    *seals* is whether pictures of seals are printed.
    """
    return [
        title(g, lines_before_title),
        *when(
            "main_recipients and not moved_recipients",
            paragraph("主送机关", "{{ main_recipients | listed('，') }}："),
        ),
        *block("body"),
        *annex_note(g),
        *signature(g, seals=seals),
        *when("remark", paragraph("附注", "{{ remark | in_brackets }}")),
        *block("annexes"),
    ]


def title(g: Geometry, lines_before: int) -> Element:
    """标题 after so many empty lines."""
    return paragraph("Title", "{{ title_lines }}", spacing={"before": str(lines_before * g.line)})


def annex_note(g: Geometry) -> list[Element]:
    """One line for each 附件, turned over under its name (7.3.4)."""
    hanging = f"annex.number | annex_note_hanging(annexes | length > 1, {g.character})"
    return [
        statement("for annex in annexes.values()"),
        paragraph(
            "附件说明",
            "{% if loop.first %}附件：{% endif %}{{ annex.note }}",
            computed={
                "before": f"{g.annex_note_gap * g.line} if loop.first else 0",
                "left": f"annexes | annex_note_left({g.character})",
                "hanging": hanging,
            },
        ),
        statement("endfor"),
    ]
