"""纪要格式: its own mark, the people at its end, no signature (GB/T 9704—2012, 10.3)."""

from __future__ import annotations

from generator.layouts.body import annex_note, title
from generator.layouts.footers import page_numbers
from generator.layouts.form import Form
from generator.layouts.geometry import Geometry
from generator.layouts.head import above_number
from generator.layouts.imprint import imprint
from generator.layouts.paragraphs import block, paragraph, run, statement, when
from generator.layouts.placing import Mark
from generator.layouts.styles import imprint_styles, minutes_styles, text_styles
from generator.wordml import Element

PEOPLE = {"present": "出席", "absent": "请假", "attending": "列席"}
"""The fields of those who were there, were excused or sat in, by their labels (GF302)."""


def form(g: Geometry, mark: Mark, *, seals: bool = False) -> Form:
    """The layout; where the standard leaves it to the organ, the head is that of a document."""
    content = [
        *above_number(g, mark, g.mark_top),
        paragraph("发文字号", "{{ document_number }}"),
        paragraph("纪要编印", "{{ issuer }}\t{{ date_of_issue | date }}"),
        title(g, g.title_gap),
        *block("body"),
        *annex_note(g),
        *_people(g),
        *when("remark", paragraph("附注", "{{ remark | in_brackets }}")),
        *block("annexes"),
        *imprint(g),
    ]
    return Form(
        content=content,
        styles={**text_styles(g), **minutes_styles(g, mark), **imprint_styles(g)},
        footers=page_numbers(g),
        footer_distance=g.footer_distance,
    )


def _people(g: Geometry) -> list[Element]:
    """出席, 请假 and 列席, one empty line below the text."""
    gap = f"{g.people_gap * g.line} if loop.first else 0"
    listed = ", ".join(f"('{label}', {field})" for field, label in PEOPLE.items())
    return [
        statement(f"for label, names in [{listed}] | selectattr(1)"),
        paragraph(
            "与会人员",
            run("{{ label }}：", "Strong"),
            "{{ names | listed('，') }}",
            computed={"before": gap},
        ),
        statement("endfor"),
    ]
