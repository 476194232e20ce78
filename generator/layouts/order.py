"""命令（令）格式: the organ's name and 令, the office and the stamp of who signs (10.2)."""

from __future__ import annotations

from generator.layouts.body import annex_note
from generator.layouts.footers import page_numbers
from generator.layouts.form import Form
from generator.layouts.geometry import Geometry
from generator.layouts.head import above_number
from generator.layouts.imprint import imprint
from generator.layouts.paragraphs import block, paragraph, run, when
from generator.layouts.placing import Mark
from generator.layouts.styles import imprint_styles, order_styles, text_styles
from generator.wordml import Element

_SPACE = "　"


def form(g: Geometry, mark: Mark) -> Form:
    """The layout; 令号 stands where a document has its 发文字号, and there is no 标题."""
    content = [
        *above_number(g, mark, g.order_mark_top),
        paragraph("发文字号", "{{ document_number }}"),
        *block("body"),
        *annex_note(g),
        *_signature(g),
        *when("remark", paragraph("附注", "{{ remark | in_brackets }}")),
        *block("annexes"),
        *imprint(g),
    ]
    return Form(
        content=content,
        styles={**text_styles(g), **order_styles(g, mark), **imprint_styles(g)},
        footers=page_numbers(g),
        footer_distance=g.footer_distance,
    )


def _signature(g: Geometry) -> list[Element]:
    """职务 and room for the stamp, or the name where none is used; 成文日期 (7.3.5.3)."""
    gap = _SPACE * g.stamp_office_characters
    right = g.stamp_characters * g.character
    # Spaces at the end of a line take no room, so the room of the stamp is an indent.
    with_stamp = (g.stamp_characters + g.stamp_width + g.stamp_office_characters) * g.character
    return [
        paragraph(
            "署名",
            f"{{{{ signer_office }}}}{{% if not sealed %}}{gap}{{% endif %}}",
            run("{% if not sealed %}{{ signer }}{% endif %}", "签发人姓名"),
            indent={"right": f"{{{{ {with_stamp} if sealed else {right} }}}}"},
        ),
        paragraph("成文日期", "{{ date_of_issue | date }}", keep_next="{{ 1 if remark else 0 }}"),
    ]
