"""信函格式: the organ's name between red double rules (GB/T 9704—2012, 10.1)."""

from __future__ import annotations

from generator.layouts.body import body
from generator.layouts.footers import lower_rule, page_numbers
from generator.layouts.form import Form
from generator.layouts.geometry import Geometry
from generator.layouts.imprint import copies
from generator.layouts.paragraphs import issuer_mark, paragraph, run, when
from generator.layouts.placing import Mark
from generator.layouts.styles import imprint_styles, letter_styles, text_styles
from generator.wordml import Element, make


def form(g: Geometry, mark: Mark, *, seals: bool = False) -> Form:
    """The layout with rules at the head and foot of its first page, which bears no number."""
    raised = g.footer_distance - g.letter_foot
    return Form(
        content=[*_head(g, mark), *body(g, g.title_gap, seals=seals), *copies(g)],
        styles={**text_styles(g), **letter_styles(g, mark), **imprint_styles(g)},
        footers={**page_numbers(g, raised), "first": lower_rule()},
        footer_distance=g.letter_foot,
    )


def _head(g: Geometry, mark: Mark) -> list[Element]:
    """份号, 密级 and 紧急程度 to the left, 发文字号 to the right of the first of them."""
    first = "{% if not copy_number %}{{ classification or urgency }}{% endif %}"
    return [
        issuer_mark(mark, frame=_frame(g, mark)),
        paragraph("发文字号", "{{ copy_number }}", run(first, "Strong"), "\t{{ document_number }}"),
        *when(
            "copy_number and classification", paragraph("密级和保密期限", "{{ classification }}")
        ),
        *when(
            "urgency and (copy_number or classification)", paragraph("紧急程度", "{{ urgency }}")
        ),
    ]


def _frame(g: Geometry, mark: Mark) -> Element:
    """The place of the mark on the sheet; LibreOffice reads its width here, in no style (GX018)."""
    top = g.letter_mark_top - mark.lead
    place = {"vAnchor": "page", "hAnchor": "page", "xAlign": "center", "y": str(top)}
    size = {"w": str(g.letter_rule_length), "hSpace": "0", "wrap": "notBeside"}
    return make("w:framePr", {f"w:{name}": value for name, value in {**size, **place}.items()})
