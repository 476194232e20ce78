"""Pictures as values: in every part, in every size, and what is refused."""

from __future__ import annotations

import contextlib
import io
import struct
import zipfile
from pathlib import Path

import docx
import pytest
from builders import (
    briefly,
    compiled,
    docx_with,
    folder,
    image,
    part,
    rendered,
    row,
    table,
)
from docx.enum.text import WD_LINE_SPACING
from lxml import etree

from generator import NoticeError, check, compile_docx, content, open_library, render_file
from generator.rendering import render
from generator.runtime.picture_headers import DPI, Header, read_header
from generator.runtime.values import ValueRefused

MM = 36_000
RELS = "word/_rels/{}.rels"
HINT = "name a PNG, JPEG, GIF or BMP file below the folder of the input or a workspace"


def members(document: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        assert archive.testzip() is None
        return archive.namelist()


def media(document: bytes) -> list[str]:
    return [name for name in members(document) if name.startswith("word/media/")]


def sizes(document: bytes) -> list[tuple[float, float]]:
    """The width and height in mm of each picture of the body, as python-docx reads them."""
    opened = docx.Document(io.BytesIO(document))
    return [(shape.width / MM, shape.height / MM) for shape in opened.inline_shapes]


def refused(tag: str, **values: object) -> str:
    with pytest.raises(NoticeError) as caught:
        rendered(compiled("甲", tag), **values)
    return briefly(caught.value).removeprefix("template.docx: body ¶2: T403 ")


# --- where they stand ----------------------------------------------------------------------------


def test_a_picture_stands_in_body_table_header_and_footer_and_is_stored_once() -> None:
    tag = "{{ seal | picture(width='42mm') }}"
    template = compiled(docx_with(f"印{tag}", table(["甲", tag]), header=tag, footer=f"第{tag}"))
    seal = image()
    document = rendered(template, seal=seal)
    opened = docx.Document(io.BytesIO(document))
    section = opened.sections[0]
    for story in (opened.tables[0].cell(0, 1), section.header, section.footer):
        [blip] = story._element.xpath(".//a:blip")
        related = story.part.related_parts[blip.get(f"{{{blip.nsmap['r']}}}embed")]
        assert (related.blob, related.content_type) == (seal, "image/png")
    assert sizes(document) == [(42, 21), (42, 21)]
    assert media(document) == ["word/media/value1.png"]


def test_different_pictures_are_stored_in_the_order_in_which_they_are_printed() -> None:
    template = compiled("{% for s in seals %}", "{{ s | picture }}", "{% endfor %}")
    seals = [image("JPEG"), image(), image("JPEG"), image("GIF"), image("BMP")]
    document = rendered(template, seals=seals)
    assert media(document) == [
        f"word/media/value{i}" for i in ("1.jpeg", "2.png", "3.gif", "4.bmp")
    ]
    assert len(sizes(document)) == 5
    assert rendered(template, seals=seals) == document


def test_the_ids_of_pictures_are_those_of_no_other_drawing() -> None:
    template = compiled("{% for n in [1, 2] %}{{ s | picture }}{{ 0 | uid }}{% endfor %}")
    root = etree.fromstring(part(rendered(template, s=image())).encode())
    found = [node.get("id") for node in root.iter("{*}docPr")]
    assert found == ["1", "3"]


def test_text_beside_a_picture_keeps_its_run_and_format() -> None:
    bold = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>甲{{ s | picture }}乙</w:t></w:r></w:p>"
    paragraph = docx.Document(io.BytesIO(rendered(compiled(bold), s=image()))).paragraphs[0]
    [run] = paragraph.runs
    assert (run.text, run.bold) == ("甲乙", True)


def test_a_picture_that_was_set_before_belongs_to_the_part_that_prints_it() -> None:
    body = "{% set s = seal | picture %}甲"
    template = compiled(docx_with(body, header="{% set s = seal | picture %}{{ s }}"))
    document = rendered(template, seal=image())
    assert "media/" not in part(document, RELS.format("document.xml"))
    assert 'Target="media/value1.png"' in part(document, RELS.format("header1.xml"))


def test_what_is_absent_prints_no_picture() -> None:
    template = compiled("甲{{ a | picture }}{{ b | picture }}")
    document = rendered(template, a=None, b="")
    assert (sizes(document), media(document)) == ([], [])
    assert refused("{{ c | picture }}").startswith("template.docx: body ¶2: T401")


def test_a_picture_that_a_condition_leaves_out_is_not_stored() -> None:
    document = rendered(compiled("{% if a %}{{ s | picture }}{% endif %}"), a=False, s=image())
    assert media(document) == []


def test_the_lines_of_a_markdown_body_grow_with_their_picture(tmp_path: Path) -> None:
    files = {
        "note/body.md": "印章：{{ seal | picture }}\n\n文\n",
        "note/template.yaml": "layout: plain\nschema:\n  properties:\n    seal: {title: 印章}\n",
    }
    units = {"units/u/unit.yaml": "name: 甲\nkind: 部门\n", "units/u/seal.png": image()}
    library = open_library(folder(tmp_path, files | units), keep=False)
    data = library.template("note", "u").render({"seal": "seal.png", "date_of_issue": "2005-03-09"})
    [with_picture] = [
        p for p in docx.Document(io.BytesIO(data)).paragraphs if p._p.xpath(".//a:blip")
    ]
    assert with_picture.paragraph_format.line_spacing_rule == WD_LINE_SPACING.AT_LEAST


# --- sizes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "width", "height"),
    [
        ("width='42mm'", 42, 21),
        ("width='4.2cm'", 42, 21),
        ("width=' 42 mm '", 42, 21),
        ("height='1in'", 50.8, 25.4),
        ("height='72pt'", 50.8, 25.4),
        ("width='40mm', height='30mm'", 40, 30),
        ("width='42毫米'", 42, 21),
        ("", 20 / 96 * 25.4, 10 / 96 * 25.4),
    ],
)
def test_a_size_keeps_the_aspect_unless_both_sides_are_given(
    arguments: str, width: float, height: float
) -> None:
    document = rendered(compiled(f"{{{{ s | picture({arguments}) }}}}"), s=image())
    assert sizes(document) == [(pytest.approx(width, abs=0.01), pytest.approx(height, abs=0.01))]


def test_the_resolution_of_a_picture_gives_its_own_size() -> None:
    document = rendered(compiled("{{ s | picture }}"), s=image(size=(300, 150), dpi=(300, 300)))
    assert sizes(document) == [(pytest.approx(25.4, abs=0.01), pytest.approx(12.7, abs=0.01))]


def test_the_alternative_text_is_escaped() -> None:
    document = rendered(compiled("{{ s | picture(alt=a) }}"), s=image(), a='"印"<\n&')
    [properties] = etree.fromstring(part(document).encode()).iter("{*}docPr")
    assert properties.get("descr") == '"印"<\n&'


@pytest.mark.parametrize(
    ("tag", "reason"),
    [
        (
            "{{ s | picture(width='42') }}",
            "“42” is no length; write it as 42mm, 4.2cm, 120pt or 1.5in",
        ),
        (
            "{{ s | picture(width='0mm') }}",
            "“0mm” is no length; write it as 42mm, 4.2cm, 120pt or 1.5in",
        ),
        (
            "{{ s | picture(width=42) }}",
            "“42” is no length; write it as 42mm, 4.2cm, 120pt or 1.5in",
        ),
        (
            "{{ s | picture(width='-1mm') }}",
            "“-1mm” is no length; write it as 42mm, 4.2cm, 120pt or 1.5in",
        ),
        (
            "{{ s | picture(width='1000mm') }}",
            "the picture would be larger than 22 in (558 mm); give it a width",
        ),
        ("{{ s | picture ~ '' }}", "a picture stands where text belongs"),
        ("{% set x %}{{ s | picture }}{% endset %}{{ x }}", "only plain text can stand here"),
        ("{{ 3 | picture }}", "a picture is the path of a file, or bytes"),
        ("{{ [s] | picture }}", "a picture is the path of a file, or bytes"),
        (
            "{{ 'a.png' | picture }}",
            "“a.png” names a file, but there is no folder to read it from",
        ),
    ],
)
def test_what_cannot_be_is_refused_at_its_place(tag: str, reason: str) -> None:
    assert refused(tag, s=image()) == reason


def test_a_picture_is_no_text_of_an_attribute() -> None:
    block = '<w:p><w:pPr><w:ind w:left="{{ s | picture }}"/></w:pPr></w:p>'
    assert refused(block, s=image()) == "a picture stands where text belongs"


# --- what pictures say of themselves -------------------------------------------------------------


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP"])
def test_every_format_says_its_size(kind: str) -> None:
    header = read_header(image(kind, (321, 123)))
    assert header[:3] == (kind.lower(), 321, 123)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP"])
def test_a_resolution_is_read_where_there_is_one(kind: str) -> None:
    header = read_header(image(kind, dpi=(300, 150)))
    assert (round(header.dpi_across), round(header.dpi_down)) == (300, 150)
    assert read_header(image("JPEG", progressive=True)).dpi_across == DPI


def test_a_senseless_resolution_is_not_believed() -> None:
    assert read_header(image(dpi=(1, 999_999)))[3:] == (DPI, DPI)


CUT = "the picture is damaged or cut short"
NONE = "this is no picture of the formats PNG, JPEG, GIF and BMP"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", NONE),
        (b"hello", NONE),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", NONE),
        (b"%PDF-1.4", NONE),
        (image()[:40], CUT),
        (image()[:-5], CUT),
        (image("JPEG")[:100], CUT),
        (image("JPEG")[:-2], CUT),
        (image("GIF")[:8], CUT),
        (image("BMP")[:-3], CUT),
        (b"\xff\xd8\xff" + bytes(50), CUT),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), CUT),
        (b"GIF89a" + bytes(8), "the picture has no width or no height"),
        (
            b"GIF89a" + struct.pack("<HH", 65535, 1),
            "the picture is too large: 65535 by 1 pixels",
        ),
        (
            b"GIF89a" + struct.pack("<HH", 20_000, 20_000),
            "the picture is too large: 20000 by 20000 pixels",
        ),
    ],
)
def test_wrong_data_is_refused_with_what_is_wrong(data: bytes, reason: str) -> None:
    with pytest.raises(ValueRefused) as caught:
        read_header(data)
    assert str(caught.value) == reason


def test_no_start_of_a_picture_breaks_the_reader() -> None:
    for kind in ("PNG", "JPEG", "GIF", "BMP"):
        whole = image(kind)
        for length in range(0, len(whole), 3):
            with contextlib.suppress(ValueRefused):
                assert isinstance(read_header(whole[:length]), Header)


# --- files ---------------------------------------------------------------------------------------


def test_a_path_is_read_beside_the_template_and_nowhere_else(tmp_path: Path) -> None:
    word = docx_with("{{ seal | picture }}")
    folder(tmp_path, {"out.png": image(), "in/letter.docx": word, "in/p/seal.png": image()})
    (tmp_path / "in" / "link.png").symlink_to(tmp_path / "out.png")
    template = compile_docx(tmp_path / "in" / "letter.docx")
    for name in ("p/seal.png", "p\\seal.png", "./p/../p/seal.png"):
        assert media(template.render({"seal": name})) == ["word/media/value1.png"]
    for name in (
        "../out.png",
        str(tmp_path / "out.png"),
        "/etc/passwd",
        "link.png",
        "p/../../out.png",
    ):
        with pytest.raises(NoticeError) as caught:
            template.render({"seal": name})
        assert briefly(caught.value) == f"seal: D112 the path “{name}” leaves its folder ({HINT})"
    for name in ("none.png", "p", "http://example.com/a.png"):
        with pytest.raises(NoticeError) as caught:
            template.render({"seal": name})
        assert briefly(caught.value) == (
            f"seal: D112 there is no file “{name}” in: {tmp_path / 'in'} ({HINT})"
        )


def test_a_path_is_read_beside_the_input_and_then_in_the_workspace(tmp_path: Path) -> None:
    files = {
        "space/stamped/body.docx": docx_with("{{ seal | picture }}{{ mark | picture }}"),
        "space/stamped/template.yaml": "title: 函",
        "space/mark.png": image(size=(30, 30)),
        "space/seal.png": image(size=(40, 40)),
        "inputs/seal.png": image(size=(50, 50)),
        "inputs/a.yaml": "template: stamped\nseal: seal.png\nmark: mark.png\n",
    }
    folder(tmp_path, files)
    library = open_library(tmp_path / "space", keep=False)
    document = render_file(tmp_path / "inputs/a.yaml", library)
    found = [round(width / 25.4 * 96) for width, _ in sizes(document)]
    assert found == [50, 30]


PHOTOS = {
    "space/report/body.docx": docx_with(
        "{{ seal | picture }}", table(["{% for r in rows %}{{ r.photo | picture }}{% endfor %}"])
    ),
    "space/report/template.yaml": """\
layout: plain
title: 报告
schema:
  properties:
    seal: {title: 印章, format: picture}
    rows: {title: 现场, items: {properties: {photo: {title: 照片}}}}
""",
    "space/units/u/unit.yaml": "name: 甲\nkind: 部门\n",
    "in/seal.png": image(),
    "in/words.png": b"words",
}


def test_a_picture_that_cannot_be_read_is_told_at_its_line_with_all_else(tmp_path: Path) -> None:
    lines = "template: report\nunit: u\n印章: none.png\nrows:\n"
    lines += "- {photo: seal.png}\n- {照片: words.png}\n- {photo: ../a.png, x: 1}\n"
    folder(tmp_path, PHOTOS | {"in/a.yaml": lines})
    file = tmp_path / "in/a.yaml"
    library = open_library(tmp_path / "space", keep=False)
    folders = "、".join(map(str, (tmp_path / "in", *(one.folder for one in library.layers("u")))))
    assert list(map(str, check(file, library=library))) == [
        f"{file}:3:5: D112 there is no file “none.png” in: {folders} ({HINT})",
        f"{file}:6:8: D112 this is no picture of the formats PNG, JPEG, GIF and BMP ({HINT})",
        f"{file}:7:11: D112 the path “../a.png” leaves its folder ({HINT})",
        f"{file}:7:21: D101 unknown key “x” (keys here: 照片)",
    ]


def test_bytes_stand_where_the_schema_says_picture(tmp_path: Path) -> None:
    library = open_library(folder(tmp_path, PHOTOS) / "space", keep=False)
    template = library.template("report", "u")
    values = {"rows": []}
    assert len(media(template.render(values | {"seal": image()}))) == 1
    for wrong, said in (
        (b"words", f"seal: D112 this is no picture of the formats PNG, JPEG, GIF and BMP ({HINT})"),
        (1, "seal: D103 “印章” needs a picture, but a whole number stands here"),
        (content.text("a"), "seal: D103 “印章” needs a picture, but styled text stands here"),
    ):
        with pytest.raises(NoticeError) as caught:
            template.render(values | {"seal": wrong})
        assert str(caught.value) == said
    with pytest.raises(NoticeError) as caught:
        template.render(values | {"rows": [{"photo": image()}]})
    assert str(caught.value) == (
        "rows[0].photo: D103 “照片” needs text, but binary data stands here "
        "(a picture needs “format: picture” in the schema)"
    )


def test_a_picture_in_a_skeleton_is_a_path() -> None:
    schema = compile_docx(docx_with("{{ seal | picture }}")).input_schema()
    assert (
        schema.skeleton().split()
        == "seal: # seal · a picture: the path of its file · required".split()
    )
    assert schema.for_editors()["properties"]["seal"] == {"type": "string", "format": "picture"}


def test_bytes_are_no_text() -> None:
    assert refused("{{ a }}", a=b"\x89PNG").endswith(
        "binary data stands where text belongs; a picture needs the filter “picture”"
    )


def test_a_file_is_read_once_in_a_render() -> None:
    asked = []

    def read(name: str) -> bytes:
        asked.append(name)
        return image()

    template = compiled(table(["{% for n in names %}{{ n | picture }}", "{% endfor %}"]))
    render(template, {"names": ["a", "b", "a", "a"]}, None, read)
    assert asked == ["a", "b"]


# --- what a template uses ------------------------------------------------------------------------


def test_a_template_without_pictures_and_links_is_packed_once() -> None:
    assert compiled("{{ a }}").relationships is None
    assert compiled("{{ a | picture }}").relationships is not None


def test_names_that_the_package_has_are_not_taken_again() -> None:
    made = rendered(compiled("{{ s | picture }}{{ '{{ t | picture }}' }}"), s=image())
    document = rendered(compiled(made), t=image(color=9))
    assert media(document) == ["word/media/value1.png", "word/media/values1.png"]
    assert len(docx.Document(io.BytesIO(document)).inline_shapes) == 2


def test_a_row_of_pictures_stays_a_row() -> None:
    tags = row("{% for s in seals %}{{ s | picture(height='5mm') }}", "x{% endfor %}")
    block = f"<w:tbl><w:tblPr/><w:tblGrid/>{tags}</w:tbl>"
    document = rendered(compiled(block), seals=[image(), image(color=5)])
    assert len(docx.Document(io.BytesIO(document)).tables[0].rows) == 2
    assert len(media(document)) == 2
