"""The layouts, read back: structure and numbers; how pages come out is measured elsewhere."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import docx
import pytest
from lxml import etree

from generator.layouts import BLOCKS, LAYOUTS, LayoutStyle, build
from generator.layouts.fields import FIELDS
from generator.layouts.properties import PROPERTIES
from generator.layouts.typefaces import FONTS
from generator.package import main_document, read_parts, relationships
from generator.problems import Location, NoticeError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
SLOTS = ("ascii", "hAnsi", "eastAsia", "cs")
STYLE = LayoutStyle(mark="示例市教育局文件")


def parts_of(name: str, style: LayoutStyle = STYLE) -> dict[str, Any]:
    data = read_parts(build(name, style), name)
    return {part: etree.fromstring(content) for part, content in data.items()}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return parts_of("document")


def styles_of(parts: dict[str, Any]) -> dict[str, Any]:
    sheet = parts["word/styles.xml"]
    return {style.find(f"{W}name").get(f"{W}val"): style for style in sheet.iter(f"{W}style")}


def paragraph_styles(parts: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, style in styles_of(parts).items():
        if style.get(f"{W}type") == "paragraph":
            yield name, style


def attributes(element: Any, path: str) -> dict[str, str]:
    found = element.find("/".join(W + step for step in path.split("/")))
    return {key.removeprefix(W): value for key, value in found.attrib.items()}


MEASURE = re.compile(r"{% measure (\w+) = (.*?) %}")


def text_of(element: Any) -> str:
    """What stands in *element*, without its measures."""
    return MEASURE.sub("", "".join(element.itertext(f"{W}t")))


def measures(element: Any) -> dict[str, str]:
    return dict(MEASURE.findall("".join(element.itertext(f"{W}t"))))


def paragraphs(parts: dict[str, Any]) -> list[str]:
    """The texts of the main part, behind the section that is kept ready."""
    kept, *others = parts["word/document.xml"].findall(f"{W}body/{W}p")
    assert text_of(kept) == '{{ "landscape" | section }}'
    return [text_of(each) for each in others]


def paragraph_with(parts: dict[str, Any], text: str) -> Any:
    return next(p for p in parts["word/document.xml"].iter(f"{W}p") if text in text_of(p))


# --- the package ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LAYOUTS)
def test_equal_styles_give_equal_bytes(name: str) -> None:
    assert build(name, STYLE) == build(name, LayoutStyle(mark="示例市教育局文件"))


@pytest.mark.parametrize("name", LAYOUTS)
def test_python_docx_opens_a_layout(name: str) -> None:
    opened = docx.Document(io.BytesIO(build(name)))
    assert opened.styles["Heading 1"].name == "Heading 1"


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_package_holds_nothing_that_a_document_does_not_need(name: str) -> None:
    assert sorted(read_parts(build(name), name)) == [
        "[Content_Types].xml",
        "_rels/.rels",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/fontTable.xml",
        "word/footer1.xml",
        "word/footer2.xml",
        "word/footer3.xml",
        "word/footer4.xml",  # of pages that lie across, where a template has some
        *(["word/footer5.xml"] if name in ("form", "letter") else []),
        "word/settings.xml",
        "word/styles.xml",
    ]


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_blocks_of_a_layout_are_those_that_it_says(name: str) -> None:
    said = text_of(parts_of(name)["word/document.xml"])
    assert tuple(re.findall(r"{% block (\w+) %}", said)) == BLOCKS[name]


def test_the_main_part_is_found_and_its_footers_exist() -> None:
    parts = read_parts(build("plain"), "plain")
    assert main_document(parts, "plain") == "word/document.xml"
    assert all(link.target in parts for link in relationships(parts, "word/document.xml"))


@pytest.mark.parametrize("name", LAYOUTS)
def test_no_theme_and_no_revision_mark_is_left(name: str) -> None:
    for content in read_parts(build(name), name).values():
        assert b"heme" not in content
        assert b"rsid" not in content


def test_the_properties_say_what_the_document_says() -> None:
    properties = {etree.QName(e).localname: e.text for e in etree.fromstring(PROPERTIES)}
    assert properties == {
        "created": "{{ date_of_issue }}T00:00:00Z",
        "creator": "{{ issuer }}",
        "language": "zh-CN",
        "modified": "{{ date_of_issue }}T00:00:00Z",
        "title": "{{ title }}",
    }


# --- fonts and styles ----------------------------------------------------------------------------


def test_every_font_is_set_in_all_four_slots_with_the_hint(document: dict[str, Any]) -> None:
    for name, style in styles_of(document).items():
        for fonts in style.iter(f"{W}rFonts"):
            said = {slot: fonts.get(W + slot) for slot in SLOTS}
            assert len(set(said.values())) == 1, name
            assert said["ascii"] in FONTS.values(), name
            assert fonts.get(f"{W}hint") == "eastAsia", name


def test_every_run_that_prints_carries_the_hint(document: dict[str, Any]) -> None:
    for part in ("word/document.xml", "word/footer1.xml"):
        for run in (each.getparent() for each in document[part].iter(f"{W}t")):
            hinted = run.find(f"{W}rPr/{W}rFonts") is not None
            text = "".join(run.itertext(f"{W}t"))
            assert hinted or text.startswith("{%") or text.endswith(" | section }}"), text


def test_every_paragraph_style_is_complete(document: dict[str, Any]) -> None:
    for name, style in paragraph_styles(document):
        properties = [etree.QName(e).localname for e in style.find(f"{W}pPr")]
        for (
            wanted
        ) in "widowControl kinsoku autoSpaceDE autoSpaceDN snapToGrid spacing ind jc".split():
            assert wanted in properties, name
        for switch in ("autoSpaceDE", "autoSpaceDN", "snapToGrid", "widowControl"):
            assert attributes(style, f"pPr/{switch}") == {"val": "0"}, name
        assert attributes(style, "pPr/spacing")["lineRule"] == "exact", name
        assert attributes(style, "rPr/sz") == attributes(style, "rPr/szCs"), name


@pytest.mark.parametrize(
    "name",
    [
        *("份号", "密级和保密期限", "紧急程度", "发文字号", "签发人", "主送机关", "Body Text"),
        *("heading 1", "heading 2", "heading 3", "heading 4", "附件说明", "署名", "成文日期"),
        *("附注", "附件", "Normal"),
    ],
)
def test_text_is_16_points_28_characters_and_22_lines(document: dict[str, Any], name: str) -> None:
    style = styles_of(document)[name]
    assert attributes(style, "rPr/sz") == {"val": "32"}
    assert attributes(style, "rPr/spacing") == {"val": "-5"}
    assert attributes(style, "pPr/spacing")["line"] == "579"


@pytest.mark.parametrize(
    ("name", "font"),
    [
        ("Normal", "仿宋"),
        ("密级和保密期限", "黑体"),
        ("发文机关标志", "小标宋"),
        ("Title", "小标宋"),
        ("heading 1", "黑体"),
        ("heading 2", "楷体"),
        ("heading 3", "仿宋"),
        ("heading 4", "仿宋"),
        ("附件", "黑体"),
        ("表头", "黑体"),
        ("页码", "宋体"),
        ("Strong", "黑体"),
        ("Emphasis", "楷体"),
        ("签发人姓名", "楷体"),
    ],
)
def test_an_element_has_the_font_of_its_class(
    document: dict[str, Any], name: str, font: str
) -> None:
    assert attributes(styles_of(document)[name], "rPr/rFonts")["eastAsia"] == FONTS[font]


def test_nothing_is_bold_or_slanted(document: dict[str, Any]) -> None:
    for part in document.values():
        assert not list(part.iter(f"{W}b", f"{W}i", f"{W}bCs", f"{W}iCs"))


@pytest.mark.parametrize(
    ("name", "indent"),
    [
        ("Body Text", {"left": "0", "right": "0", "firstLineChars": "200", "firstLine": "630"}),
        ("heading 1", {"left": "0", "right": "0", "firstLineChars": "200", "firstLine": "630"}),
        ("主送机关", {"left": "0", "right": "0", "firstLine": "0"}),
        ("抄送机关", {"left": "1120", "right": "280", "hanging": "840"}),
    ],
)
def test_an_element_is_indented_by_characters(
    document: dict[str, Any], name: str, indent: dict[str, str]
) -> None:
    assert attributes(styles_of(document)[name], "pPr/ind") == indent


def test_headings_have_their_built_in_names_and_outline_levels(document: dict[str, Any]) -> None:
    for level in range(4):
        style = styles_of(document)[f"heading {level + 1}"]
        assert attributes(style, "pPr/outlineLvl") == {"val": str(level)}
        assert style.get(f"{W}customStyle") is None
    assert styles_of(document)["主送机关"].get(f"{W}customStyle") == "1"


def test_every_style_that_is_used_exists(document: dict[str, Any]) -> None:
    ids = {style.get(f"{W}styleId") for style in styles_of(document).values()}
    for part in document.values():
        for use in part.iter(
            *(W + name for name in ("pStyle", "rStyle", "tblStyle", "basedOn", "next"))
        ):
            assert use.get(f"{W}val") in ids


def test_the_font_table_names_what_stands_in(document: dict[str, Any]) -> None:
    table = document["word/fontTable.xml"]
    alternatives = {
        font.get(f"{W}name"): font.find(f"{W}altName").get(f"{W}val")
        for font in table.iter(f"{W}font")
    }
    assert alternatives == {
        "仿宋_GB2312": "仿宋",
        "楷体_GB2312": "楷体",
        "方正小标宋简体": "华文中宋",
        "黑体": "SimHei",
        "宋体": "SimSun",
    }


def test_a_unit_names_its_own_fonts() -> None:
    parts = parts_of("document", LayoutStyle(fonts={"小标宋": "方正小标宋_GBK", "仿宋": "仿宋"}))
    styles = styles_of(parts)
    assert attributes(styles["Title"], "rPr/rFonts")["eastAsia"] == "方正小标宋_GBK"
    assert attributes(styles["Body Text"], "rPr/rFonts")["ascii"] == "仿宋"
    assert "仿宋_GB2312" not in etree.tostring(parts["word/styles.xml"], encoding="unicode")


def test_wrong_settings_of_a_unit_are_told_together() -> None:
    style = LayoutStyle(fonts={"宋": "宋体"}, deviations={"GP004": {"value": 1, "reason": "x"}})
    with pytest.raises(NoticeError) as caught:
        build("document", style, lambda path: Location("unit.yaml", "4:3"))
    assert str(caught.value) == (
        "unit.yaml:4:3: B044 there is no font class “宋”"
        " (use one of 仿宋、楷体、黑体、小标宋、宋体)\n"
        "unit.yaml:4:3: B041 no unit may deviate from GP004"
        " (use one of GH011, GP002, GP003, GP011, GP012, GX013, GX021)"
    )


# --- the sheet -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_sheet_is_a4_with_the_margins_of_the_standard(name: str) -> None:
    section = parts_of(name)["word/document.xml"].find(f"{W}body/{W}sectPr")
    assert attributes(section, "pgSz") == {"w": "11906", "h": "16838"}
    assert attributes(section, "pgMar") == {
        "top": "2098",
        "right": "1474",
        "bottom": "1984",
        "left": "1588",
        "header": "851",
        "footer": "1134" if name == "letter" else "1446",
        "gutter": "0",
    }


def test_a_deviation_changes_every_line_of_text() -> None:
    style = LayoutStyle(deviations={"GP011": {"value": 560, "reason": "沿用旧版"}})
    parts = parts_of("document", style)
    assert attributes(styles_of(parts)["Body Text"], "pPr/spacing")["line"] == "560"
    assert "579" not in etree.tostring(parts["word/styles.xml"], encoding="unicode")
    document = parts["word/document.xml"]
    grids = list(document.iter(f"{W}docGrid"))
    pitches = [grid.get(f"{W}linePitch") for grid in grids]
    assert pitches == ["589", "579"], "15 lines of the grid fill a page across, 22 an upright one"
    for grid in grids:
        grid.getparent().remove(grid)
    assert "579" not in etree.tostring(document, encoding="unicode")


def test_the_other_reading_of_the_margins_moves_the_margins_and_nothing_else() -> None:
    parts = parts_of("document", LayoutStyle(margins="ofd"))
    section = parts["word/document.xml"].find(f"{W}body/{W}sectPr")
    margins = attributes(section, "pgMar")
    assert (margins["top"], margins["bottom"], margins["footer"]) == ("1961", "1847", "1446")
    assert attributes(styles_of(parts)["Body Text"], "pPr/spacing")["line"] == "589"


def test_a_margin_that_a_unit_moves_is_that_of_the_characters_in_either_reading() -> None:
    deviations = {"GP002": {"value": 36, "reason": "装订"}}
    parts = parts_of("document", LayoutStyle(margins="ofd", deviations=deviations))
    section = parts["word/document.xml"].find(f"{W}body/{W}sectPr")
    assert int(attributes(section, "pgMar")["top"]) == round(36 / 25.4 * 1440) - 137


def test_page_numbers_stand_at_the_outer_edges(document: dict[str, Any]) -> None:
    for part, side in (("word/footer1.xml", "right"), ("word/footer2.xml", "left")):
        footer = document[part]
        assert text_of(footer) == "— 1 —"
        assert "".join(footer.itertext(f"{W}instrText")) == " PAGE "
        assert attributes(footer, "p/pPr/jc") == {"val": side}
        assert attributes(footer, "p/pPr/ind") == {side: "280"}
    assert document["word/settings.xml"].find(f"{W}evenAndOddHeaders") is not None
    references = document["word/document.xml"].iterfind(f"{W}body/{W}sectPr/{W}footerReference")
    assert [reference.get(f"{W}type") for reference in references] == ["default", "even"]


# --- the elements --------------------------------------------------------------------------------


def test_a_document_says_its_elements_in_the_order_of_the_standard(
    document: dict[str, Any],
) -> None:
    assert paragraphs(document)[:-1] == [
        "{% if copy_number %}",
        "{{ copy_number }}",
        "{% endif %}",
        "{% if classification %}",
        "{{ classification }}",
        "{% endif %}",
        "{% if urgency %}",
        "{{ urgency }}",
        "{% endif %}",
        "{% if issuing_organs | length > 1 %}",
        "{% with mark = issuing_organs | joint_mark('文件', 62) %}",
        "",
        "{% endwith %}",
        "{% else %}",
        "{{ issuer_mark }}",
        "{% endif %}",
        "{% if signatory %}",
        "{% with rows = signatory | signatory_rows(document_number) %}",
        "{% for names in rows[:-1] %}",
        "{% if loop.first %}签发人：{% else %}{% endif %}"
        "{{ names[0] }}{% if names | length > 1 %}{{ names[1] }}{% endif %}",
        "{% endfor %}",
        "{{ document_number }}{% if rows | length == 1 %}签发人：{% endif %}"
        "{{ rows[-1][0] }}{% if rows[-1] | length > 1 %}{{ rows[-1][1] }}{% endif %}",
        "{% endwith %}",
        "{% else %}",
        "{{ document_number }}",
        "{% endif %}",
        "{{ title_lines }}",
        "{% if main_recipients and not moved_recipients %}",
        "{{ main_recipients | listed('，') }}：",
        "{% endif %}",
        "{% block body %}{% endblock %}",
        "{% for annex in annexes.values() %}",
        "{% if loop.first %}附件：{% endif %}{{ annex.note }}",
        "{% endfor %}",
        "{% if issuing_organs | length > 1 %}",
        "{% if sealed %}",
        "{% with rows = issuing_organs | signature_rows(date_of_issue | date, 579, 315) %}",
        "{% for row in rows %}",
        "",
        "{% for organ in row.organs %}{{ organ.name }}{% endfor %}",
        "{% endfor %}",
        "{{ date_of_issue | date }}",
        "{% endwith %}",
        "{% else %}",
        "{% for organ in issuing_organs %}",
        "{{ organ.name }}",
        "{% endfor %}",
        "{{ date_of_issue | date }}",
        "{% endif %}",
        "{% else %}",
        "{{ issuer }}",
        "{% if sealed %}",
        "{{ date_of_issue | date }}",
        "{% else %}",
        "{{ date_of_issue | date }}",
        "{% endif %}",
        "{% endif %}",
        "{% if remark %}",
        "{{ remark | in_brackets }}",
        "{% endif %}",
        "{% block annexes %}{% endblock %}",
        "{% set imprint_height = cc | imprint_height(printed_by, date_of_printing | date,"
        " moved_recipients) %}",
        '{{ ("imprint" if separate_imprint else "portrait") | section }}',
    ]


def test_a_plain_paper_has_no_head_and_no_imprint() -> None:
    text = "".join(paragraphs(parts_of("plain")))
    assert text.startswith("{{ title_lines }}")
    for absent in ("issuer_mark", "document_number", "signatory", "printed_by", "cc"):
        assert absent not in text
    for present in ("main_recipients", "block body", "issuer", "date_of_issue", "remark"):
        assert present in text


def test_the_mark_is_red_and_leaves_35_mm_above_it(document: dict[str, Any]) -> None:
    style = styles_of(document)["发文机关标志"]
    assert attributes(style, "rPr/color") == {"val": "FF0000"}
    assert attributes(style, "rPr/sz") == {"val": "110"}
    assert measures(paragraph_with(document, "issuer_mark")) == {
        "before": "[copy_number, classification, urgency] | space_before_mark(1882, 579)"
    }


def test_a_long_mark_is_drawn_narrower() -> None:
    mark = "中共示例市委先进性教育活动领导小组办公室文件"
    style = styles_of(parts_of("document", LayoutStyle(mark=mark)))["发文机关标志"]
    assert attributes(style, "rPr/sz") == {"val": "72"}
    assert attributes(style, "rPr/w") == {"val": "55"}


def test_the_red_rule_is_the_lower_edge_of_the_number(document: dict[str, Any]) -> None:
    assert attributes(styles_of(document)["发文字号"], "pPr/pBdr/bottom") == {
        "val": "single",
        "sz": "8",
        "space": "8",
        "color": "FF0000",
    }


def test_two_lines_stay_empty_above_the_number_and_above_the_title(
    document: dict[str, Any],
) -> None:
    assert attributes(styles_of(document)["发文字号"], "pPr/spacing")["before"] == "1158"
    title = paragraph_with(document, "title_lines")
    assert attributes(title, "pPr/spacing") == {"before": "1158"}
    assert attributes(styles_of(document)["Title"], "pPr/spacing")["after"] == "579"


def test_what_ends_the_text_stays_together(document: dict[str, Any]) -> None:
    for name in ("附件说明", "署名"):
        assert styles_of(document)[name].find(f"{W}pPr/{W}keepNext") is not None
    date = paragraph_with(document, "{{ date_of_issue | date }}")
    assert measures(date)["keep_next"] == "1 if remark else 0"


def test_an_annex_begins_a_page_with_its_title_on_the_third_line(document: dict[str, Any]) -> None:
    assert styles_of(document)["附件"].find(f"{W}pPr/{W}pageBreakBefore") is not None
    assert attributes(styles_of(document)["附件标题"], "pPr/spacing")["before"] == "579"


def test_both_halves_of_the_imprint_say_the_same(document: dict[str, Any]) -> None:
    last = document["word/document.xml"].findall(f"{W}body/{W}p")[-1]
    choice, fallback = last.find(f".//{MC}Choice"), last.find(f".//{MC}Fallback")
    assert choice.get("Requires") == "wps"
    assert choice.nsmap["wps"].endswith("/wordprocessingShape")
    boxes = [half.find(f".//{W}txbxContent") for half in (choice, fallback)]
    assert etree.tostring(boxes[0], method="c14n") == etree.tostring(boxes[1], method="c14n")
    assert text_of(boxes[0]) == (
        "{% if cc or moved_recipients %}{% if moved_recipients %}"
        "主送：{{ moved_recipients | listed('，') }}。"
        "{% if cc %}抄送：{{ cc | listed('，') }}。{% endif %}"
        "{% else %}抄送：{{ cc | listed('，') }}。{% endif %}{% endif %}{{ printed_by }}"
        "{{ printed_by | imprint_gap(date_of_printing | date) }}{{ date_of_printing | date }}印发"
    )


def test_the_imprint_stands_between_rules_on_the_foot_of_the_type_area(
    document: dict[str, Any],
) -> None:
    last = document["word/document.xml"].findall(f"{W}body/{W}p")[-1]
    drawing = etree.tostring(last.find(f".//{MC}Choice"), encoding="unicode")
    assert 'relativeFrom="margin"><wp:align>bottom</wp:align>' in drawing
    rows = last.findall(f".//{MC}Choice//{W}tr")
    borders = [
        [row.find(f".//{W}tcBorders/{W}{edge}").get(f"{W}sz") for edge in ("top", "bottom")]
        for row in (rows[1], rows[3])
    ]
    assert borders == [["8", "6"], ["6", "8"]]
    assert measures(rows[0]) == {"height": "imprint_height"}
    assert measures(rows[3]) == {"rule_above": "6 if cc or moved_recipients else 8"}


# --- fields --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_field_of_a_layout_has_a_chinese_label_and_an_example(name: str) -> None:
    fields: Any = FIELDS[name]["properties"]
    for key, definition in fields.items():
        assert not definition["title"].isascii(), key
        assert definition["description"], key
        assert definition["examples"], key
    assert "date_of_issue" in FIELDS[name]["required"]


# --- 信函 ----------------------------------------------------------------------------------------


def test_a_letter_says_its_labels_to_the_left_and_its_number_to_the_right() -> None:
    assert paragraphs(parts_of("letter"))[:9] == [
        "{{ issuer_mark }}",
        "{{ copy_number }}{% if not copy_number %}{{ classification or urgency }}{% endif %}"
        "{{ document_number }}",
        "{% if copy_number and classification %}",
        "{{ classification }}",
        "{% endif %}",
        "{% if urgency and (copy_number or classification) %}",
        "{{ urgency }}",
        "{% endif %}",
        "{{ title_lines }}",
    ]


def test_the_first_page_of_a_letter_has_a_footer_of_its_own() -> None:
    parts = parts_of("letter")
    section = parts["word/document.xml"].find(f"{W}body/{W}sectPr")
    kinds = [each.get(f"{W}type") for each in section.iter(f"{W}footerReference")]
    assert kinds == ["default", "even", "first"]
    assert section.find(f"{W}titlePg") is not None
    assert text_of(parts["word/footer3.xml"]) == ""
    assert attributes(styles_of(parts)["信函双线"], "pPr/pBdr/bottom") == {
        "val": "thinThickSmallGap",
        "sz": "36",
        "space": "0",
        "color": "FF0000",
    }


def test_a_layout_has_the_styles_of_its_own_elements_only() -> None:
    assert "签发人" not in styles_of(parts_of("letter"))
    assert "信函双线" not in styles_of(parts_of("document"))
    assert "版记" not in styles_of(parts_of("plain"))


# --- 纪要 ----------------------------------------------------------------------------------------


def test_minutes_name_their_people_and_bear_no_signature() -> None:
    said = paragraphs(parts_of("minutes"))
    start = said.index("{{ issuer_mark }}")
    assert said[start : start + 5] == [
        "{{ issuer_mark }}",
        "{{ document_number }}",
        "{{ issuer }}{{ date_of_issue | date }}",
        "{{ title_lines }}",
        "{% block body %}{% endblock %}",
    ]
    assert "{{ label }}：{{ names | listed('，') }}" in said
    assert "{{ issuer }}" not in said


def test_the_rule_of_minutes_stands_below_organ_and_date() -> None:
    styles = styles_of(parts_of("minutes"))
    assert styles["发文字号"].find(f"{W}pPr/{W}pBdr") is None
    assert attributes(styles["纪要编印"], "pPr/pBdr/bottom")["color"] == "FF0000"


# --- 表单 ----------------------------------------------------------------------------------------


def test_a_form_is_a_heading_its_number_with_the_date_and_what_a_body_fills() -> None:
    said = paragraphs(parts_of("form"))
    assert said[:5] == [
        "{{ title_lines }}",
        "{% block number %}",
        "{% if document_number %}编号：{{ document_number }}{% endif %}{{ date_of_issue | date }}",
        "{% endblock %}",
        "{% block body %}{% endblock %}",
    ]
    assert not {"{{ issuer }}", "{{ issuer_mark }}"} & {*said}


def test_all_of_a_form_but_its_heading_is_smaller_than_a_document() -> None:
    styles = styles_of(parts_of("form"))
    for name in ("表文", "表头", "表单编号", "Body Text"):
        assert attributes(styles[name], "rPr/sz") == {"val": "28"}, name
        assert attributes(styles[name], "pPr/spacing")["line"] == "480", name
    assert attributes(styles["Title"], "rPr/sz") == {"val": "44"}


def test_the_first_page_of_a_form_bears_no_number() -> None:
    parts = parts_of("form")
    section = parts["word/document.xml"].find(f"{W}body/{W}sectPr")
    assert section.find(f"{W}titlePg") is not None
    assert text_of(parts["word/footer3.xml"]) == ""
    assert "—" in text_of(parts["word/footer1.xml"])


# --- what a unit chooses -------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["document", "letter", "minutes", "order"])
def test_paper_that_bears_the_red_head_gets_its_room_and_nothing_red(name: str) -> None:
    mark = "示例市教育局文件"
    drawn, blank = (
        parts_of(name, LayoutStyle(mark=mark, preprinted=preprinted))
        for preprinted in (False, True)
    )
    assert "issuer_mark" in text_of(drawn["word/document.xml"])
    assert "issuer_mark" not in text_of(blank["word/document.xml"])
    for path in ("pPr/spacing", "rPr/sz"):
        assert attributes(styles_of(blank)["发文机关标志"], path) == attributes(
            styles_of(drawn)["发文机关标志"], path
        )
    sheet = etree.tostring(blank["word/styles.xml"], encoding="unicode")
    assert sheet.count("FF0000") == 1, "the style of the mark, which is empty"


def test_a_unit_that_binds_both_sides_mirrors_its_margins() -> None:
    for mirrored in (False, True):
        settings = parts_of("document", LayoutStyle(mirrored=mirrored))["word/settings.xml"]
        assert (settings.find(f"{W}mirrorMargins") is not None) == mirrored


def test_the_prefixes_that_a_choice_requires_are_declared_in_every_part() -> None:
    parts = parts_of("document")
    choices = [
        choice
        for name, root in parts.items()
        if name.startswith("word/footer")
        for choice in root.iter("{*}Choice")
    ]
    assert choices
    assert all(choice.get("Requires") in choice.nsmap for choice in choices)
