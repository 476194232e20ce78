"""A Word document as text for review."""

from __future__ import annotations

from builders import R, W, cell, docx_with, p, row, run, table

from generator.outline import outline


def said(*blocks: str, **options: object) -> list[str]:
    return outline(docx_with(*blocks, **options), "a.docx").splitlines()  # type: ignore[arg-type]


def test_a_paragraph_is_a_line_and_tags_stand_as_they_were_typed() -> None:
    split = p(run("截至{{ 日"), run("期 | date }}", "<w:b/>"), run("止。"))
    assert said(split, "", "{% if 急 %}急{% endif %}") == [
        "截至{{ 日期 | date }}止。",
        "",
        "{% if 急 %}急{% endif %}",
    ]


def test_a_row_is_a_line_between_bars() -> None:
    inner = cell("a", table(["b|c"]), "")
    assert said(table(["姓名", "{{ 电话 }}"], ["x", inner])) == [
        "| 姓名 | {{ 电话 }} |",
        "| x | a ↵ \\| b\\\\|c \\| ↵  |",
    ]


def test_rows_in_a_content_control_are_rows() -> None:
    control = (
        f"<w:sdt><w:sdtContent>{row('{% for r in rows %}a{% endfor %}')}</w:sdtContent></w:sdt>"
    )
    block = table(["x"]).replace("</w:tbl>", f"{control}</w:tbl>")
    assert said(block) == ["| x |", "| {% for r in rows %}a{% endfor %} |"]


def test_breaks_tabs_and_fields_have_signs() -> None:
    block = (
        "<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t>"
        '<w:br w:type="page"/></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r>'
        "</w:fldSimple></w:p>"
    )
    assert said(block) == ["a↵b\tc⇟‹PAGE›1"]


def test_tracked_insertions_are_there_and_deletions_are_not() -> None:
    block = (
        f"<w:p><w:ins>{run('新')}</w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
        f"<w:moveFrom>{run('搬')}</w:moveFrom></w:p>"
    )
    assert said(block) == ["新"]


def test_a_link_shows_its_target_and_the_tags_of_it_unescaped() -> None:
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="s" Type="{R}/styles" Target="styles.xml"/>'
        f'<Relationship Id="l" Type="{R}/hyperlink" TargetMode="External"'
        ' Target="https://example.gov.cn/%7B%7B%20id%20%7D%7D"/></Relationships>'
    )
    block = f'<w:p><w:hyperlink r:id="l">{run("详见")}</w:hyperlink></w:p>'
    assert said(block, parts={"word/_rels/document.xml.rels": rels}) == [
        "[详见](https://example.gov.cn/{{ id }})"
    ]


def test_a_text_box_stands_indented_below_its_paragraph_once() -> None:
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    box = f"<w:txbxContent>{p('{{ 框 }}')}</w:txbxContent>"
    block = (
        f'<w:p><w:r><w:t>前</w:t><mc:AlternateContent xmlns:mc="{mc}"><mc:Choice Requires="wps">'
        f"{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert said(block) == ["前", "    {{ 框 }}"]


def test_headers_and_notes_follow_under_their_names_and_empty_ones_do_not() -> None:
    notes = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="0">{p("")}</w:footnote>'
        f'<w:footnote w:id="2">{p("见{{ 依据 }}")}</w:footnote></w:footnotes>'
    )
    reference = '<w:p><w:r><w:t>正文</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
    found = said(
        reference, header="{{ 标题 }}", footer="<w:p/>", parts={"word/footnotes.xml": notes}
    )
    assert found == [
        "正文[^2]",
        "",
        "—— word/footnotes.xml ——",
        "[^2] 见{{ 依据 }}",
        "",
        "—— word/header1.xml ——",
        "{{ 标题 }}",
    ]


def test_of_the_properties_only_those_with_tags_are_shown() -> None:
    core = (
        '<cp:coreProperties xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:cp="http://schemas.'
        'openxmlformats.org/package/2006/metadata/core-properties"><dc:title>{{ 标题 }}</dc:title>'
        "<dc:creator>张某</dc:creator></cp:coreProperties>"
    )
    assert said("a", parts={"docProps/core.xml": core}) == [
        "a",
        "",
        "—— docProps/core.xml ——",
        "title: {{ 标题 }}",
    ]
