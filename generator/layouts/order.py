"""命令（令）格式: the organ's name and 令, the office and the stamp of who signs (10.2).

Organs that issue it together sign one below the other (7.3.5.3).
"""

from __future__ import annotations

from generator.layouts.body import annex_note
from generator.layouts.footers import page_numbers
from generator.layouts.form import Form
from generator.layouts.geometry import Geometry
from generator.layouts.head import labels, marks
from generator.layouts.imprint import imprint
from generator.layouts.paragraphs import block, paragraph, run, statement, when
from generator.layouts.placing import Mark
from generator.layouts.styles import imprint_styles, order_styles, text_styles
from generator.wordml import Element

_SPACE = "　"


def form(g: Geometry, mark: Mark, *, seals: bool = False) -> Form:
    """The layout; 令号 stands where a document has its 发文字号, and there is no 标题."""
    content = [
        *labels(),
        *marks(g, mark, g.order_mark_top),
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
    """Each 职务 left of the middle of its stamp, whose picture stands behind it; 成文日期."""
    stamp = "row.organ.stamp"
    picture = f"{stamp}.picture | picture(width={stamp}.width, alt='签名章')"
    return [
        statement("if sealed"),
        statement(f"with rows = issuing_organs | stamp_rows({g.line}, {g.character})"),
        statement("for row in rows"),
        paragraph("署名", spacing={"before": "0"}, computed={"line": "row.gap"}),
        paragraph(
            "署名",
            f"{{% if {stamp} %}}{{{{ {picture} | floating(row.across, row.down) }}}}{{% endif %}}",
            "{{ row.organ.signer_office }}",
            spacing={"before": "0"},
            computed={"right": "row.right"},
        ),
        statement("endfor"),
        _date("rows[-1].foot"),
        statement("endwith"),
        statement("else"),
        *_signature(g),
        statement("endif"),
    ]


def _signature(g: Geometry) -> list[Element]:
    """Each 职务 and room for its stamp, or the name where none is used; 成文日期 (7.3.5.3)."""
    return [
        _office(g, "issuing_organs[0]"),
        statement("for organ in issuing_organs[1:]"),
        _office(g, "organ", f"{g.stamp_row_gap * g.line} if sealed else 0"),
        statement("endfor"),
        _date(),
    ]


def _office(g: Geometry, organ: str, before: str = "") -> Element:
    """The 职务 of who signs for *organ*, with the name where no stamp is used."""
    gap = _SPACE * g.stamp_office_characters
    # Spaces at the end of a line take no room, so the room of the stamp is an indent.
    with_stamp = (g.stamp_characters + g.stamp_width + g.stamp_office_characters) * g.character
    with_name = f"{organ} | signer_indent(issuing_organs, {g.character})"
    return paragraph(
        "署名",
        f"{{{{ {organ}.signer_office }}}}{{% if not sealed %}}{gap}{{% endif %}}",
        run(f"{{% if not sealed %}}{{{{ {organ}.signer }}}}{{% endif %}}", "签发人姓名"),
        computed={
            **({"before": before} if before else {}),
            "right": f"{with_stamp} if sealed else {with_name}",
        },
    )


def _date(before: str = "") -> Element:
    computed = {"keep_next": "1 if remark else 0", **({"before": before} if before else {})}
    return paragraph("成文日期", "{{ date_of_issue | date }}", computed=computed)
