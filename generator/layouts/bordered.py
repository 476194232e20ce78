"""表单: a form on one page, a grid of cells under its heading; the standard is silent (GF401)."""

from __future__ import annotations

from generator.layouts.body import annex_note, title
from generator.layouts.footers import no_number, page_numbers
from generator.layouts.form import Form
from generator.layouts.geometry import Geometry
from generator.layouts.paragraphs import block, closing_line, paragraph, statement
from generator.layouts.placing import Mark
from generator.layouts.styles import form_styles
from generator.wordml import Element


def form(g: Geometry, _: Mark, *, seals: bool = False) -> Form:
    """The layout, whose first page bears no number: as a rule there is no other."""
    content = [
        title(g, 0),
        *_number(),
        *block("body"),
        *annex_note(g),
        *block("annexes"),
        closing_line(g.anchor_line),
    ]
    return Form(
        content=content,
        styles=form_styles(g),
        footers={**page_numbers(g), "first": no_number()},
        footer_distance=g.footer_distance,
    )


def _number() -> list[Element]:
    """编号 to the left, 成文日期 to the right, for a template to replace."""
    number = "{% if document_number %}编号：{{ document_number }}{% endif %}"
    return [
        statement("block number"),
        paragraph("表单编号", number, "\t{{ date_of_issue | date }}"),
        statement("endblock"),
    ]
