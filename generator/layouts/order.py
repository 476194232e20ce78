"""命令（令）格式: the organ's name and 令, the office and the stamp of who signs (10.2)."""

from __future__ import annotations

from generator.layouts.body import annex_note
from generator.layouts.footers import page_numbers
from generator.layouts.form import Form
from generator.layouts.geometry import TWIPS_A_POINT, Geometry
from generator.layouts.head import above_number
from generator.layouts.imprint import imprint
from generator.layouts.paragraphs import block, paragraph, run, statement, when
from generator.layouts.placing import Mark
from generator.layouts.styles import imprint_styles, order_styles, text_styles
from generator.wordml import Element

_SPACE = "　"


def form(g: Geometry, mark: Mark, *, seals: bool = False) -> Form:
    """The layout; 令号 stands where a document has its 发文字号, and there is no 标题."""
    content = [
        *above_number(g, mark, g.order_mark_top),
        paragraph("发文字号", "{{ document_number }}"),
        *block("body"),
        *annex_note(g),
        *(_stamped(g) if seals else _signature(g)),
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


def _stamped(g: Geometry) -> list[Element]:
    """职务 left of the middle of the stamp, whose picture stands behind it; 成文日期 (7.3.5.3)."""
    middle = round(g.mark_baseline * g.line - g.stamp_middle * g.body_size / 2 * TWIPS_A_POINT)
    edge = g.stamp_characters * g.character
    beside = edge + g.stamp_office_characters * g.character
    picture = "signature_stamp.picture | picture(width=signature_stamp.width, alt='签名章')"
    across = f"{g.text_width - edge} - signature_stamp.across // 2"
    above = f"signature_stamp.down // 2 - {middle}"
    below = f"signature_stamp.down // 2 + {middle - g.line}"
    return [
        statement("if sealed"),
        paragraph(
            "署名",
            spacing={"before": "0"},
            computed={"line": f"{g.stamp_gap * g.line} + {above}"},
        ),
        paragraph(
            "署名",
            f"{{{{ {picture} | floating({across}, {middle}) }}}}",
            "{{ signer_office }}",
            spacing={"before": "0"},
            computed={"right": f"{beside} + signature_stamp.across"},
        ),
        _date(f"{g.stamp_date_gap * g.line} + {below}"),
        statement("else"),
        *_signature(g),
        statement("endif"),
    ]


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
            computed={"right": f"{with_stamp} if sealed else {right}"},
        ),
        _date(),
    ]


def _date(before: str = "") -> Element:
    computed = {"keep_next": "1 if remark else 0", **({"before": before} if before else {})}
    return paragraph("成文日期", "{{ date_of_issue | date }}", computed=computed)
