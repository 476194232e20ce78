"""Page breaks and styles of a body that extends another one, as office programs save them."""

from __future__ import annotations

import re

import pytest
from builders import compiled, docx_with, p, paragraphs, part, rendered, run

BREAK = '<w:r><w:br w:type="page"/></w:r>'
BEFORE = "<w:pPr><w:pageBreakBefore/></w:pPr>"
FRAME = docx_with("{% block body %}{% endblock %}")


def child(*blocks: str) -> bytes:
    extends = p('{% extends "frame" %}')
    body = docx_with(extends, p("{% block body %}"), *blocks, p("{% endblock %}"))
    return rendered(compiled(body, frame=FRAME), x=True)


def printed_xml(document: bytes) -> str:
    body = re.sub(r"\s*\n\s*|\s*xml:space=\"preserve\"", "", part(document))
    return body[body.index("<w:body>") + 8 : body.index("<w:sectPr")]


@pytest.mark.parametrize(
    ("blocks", "printed"),
    [
        (
            [f"<w:p>{run('{% if x %}')}{BREAK}</w:p>", p("文"), p("{% endif %}")],
            [BEFORE + run("文")],
        ),
        ([f"<w:p>{run('甲')}{BREAK}</w:p>", p("乙")], [run("甲"), BEFORE + run("乙")]),
        ([f"<w:p>{BREAK}{run('甲')}</w:p>"], [BEFORE + run("甲")]),
        ([p("甲"), f"<w:p>{BREAK}</w:p>", p("乙")], [run("甲"), BREAK, run("乙")]),
        (
            [f"<w:p>{run('甲')}{BREAK}</w:p>", f"<w:p>{BEFORE}{run('乙')}</w:p>"],
            [run("甲") + BREAK, BEFORE + run("乙")],
        ),
    ],
    ids=["beside a tag", "at an end", "at a beginning", "alone", "where there is one"],
)
def test_a_break_belongs_to_the_paragraph_that_begins_the_page(
    blocks: list[str], printed: list[str]
) -> None:
    wanted = "".join(f"<w:p>{inside}</w:p>" for inside in printed)
    assert printed_xml(child(*blocks)) == wanted.replace(' xml:space="preserve"', "")


def test_breaks_of_a_document_by_itself_stay_where_they_are() -> None:
    alone = docx_with(f"<w:p>{BREAK}{run('甲')}</w:p>")
    assert printed_xml(rendered(compiled(alone))) == (
        f"<w:p>{BREAK}{run('甲')}</w:p>".replace(' xml:space="preserve"', "")
    )


def test_styles_are_the_same_whatever_the_case_of_their_names() -> None:
    def styles(name: str, id: str) -> dict[str, str]:
        from builders import HEAD, W

        style = f'<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/></w:style>'
        return {"word/styles.xml": f'{HEAD}<w:styles xmlns:w="{W}">{style}</w:styles>'}

    heading = f'<w:p><w:pPr><w:pStyle w:val="H"/></w:pPr>{run("题")}</w:p>'
    body = docx_with(
        p('{% extends "frame" %}'),
        p("{% block body %}"),
        heading,
        p("{% endblock %}"),
        parts=styles("Heading 1", "H"),
    )
    frame = docx_with("{% block body %}{% endblock %}", parts=styles("heading 1", "1"))
    document = rendered(compiled(body, frame=frame))
    assert paragraphs(document) == ["题"]
    assert '<w:pStyle w:val="1"/>' in part(document)
