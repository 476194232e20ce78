"""Layouts as Word documents: ejected, changed in an office program, and used as they are saved."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache, partial
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import demo
import docx
import pages
import pytest
import structure
from builders import W, docx_parts, docx_with, folder, paragraphs, part, zipped
from docx.shared import Mm, Pt
from lxml import etree
from pages import Line, Page, Printed
from workspaces import NOTE, SEAL, VALUES, joint_values, joint_workspace, note_workspace

from generator import NoticeError, open_library
from generator.ejecting import Form, eject
from generator.inputs import read_input
from generator.layouts import LAYOUTS
from generator.layouts.first_page import FirstPage
from generator.layouts.geometry import twips

DATE = re.compile(r"\d{4}年\d+月\d+日")
HEAD = 110
"""Millimetres: above it stands the 版头 of a document."""
near = partial(pytest.approx, abs=0.5)
PRINTED = ("study-week", "joint-notice", "minutes", "calibration-order")
"""Not a letter: LibreOffice itself loses the frame of its mark."""


def unit_of(seed: str) -> str:
    path = demo.ROOT / "seeds" / f"{seed}.yaml"
    unit = read_input(path.read_bytes(), str(path), demo.demo()).template.unit
    assert unit
    return unit


def with_layouts(root: Path, layouts: Mapping[str, bytes]) -> Path:
    """The demo's workspace with files of its own, by their paths."""
    workspace = root / "demo"
    shutil.copytree(demo.ROOT / "examples" / "demo", workspace, dirs_exist_ok=True)
    return folder(workspace, layouts)


def layouts_for(unit: str) -> dict[str, bytes]:
    """Every layout as it is ejected for *unit*, by its path in a workspace."""
    ejected = [eject(demo.demo(), f"layout:{name}", unit) for name in LAYOUTS]
    return {f"units/{unit}/{each.path}": each.data for each in ejected}


def document(workspace: Path, seed: str) -> bytes:
    library, path = open_library(workspace, keep=False), demo.ROOT / "seeds" / f"{seed}.yaml"
    found = read_input(path.read_bytes(), str(path), library)
    return found.template.document(found.template.context(found.values)).data


@pytest.mark.parametrize("seed", demo.SEEDS)
def test_ejected_and_unchanged_every_layout_makes_the_same_bytes(seed: str, tmp_path: Path) -> None:
    workspace = with_layouts(tmp_path, layouts_for(unit_of(seed)))
    assert document(workspace, seed) == demo.document(seed)


@pytest.mark.parametrize("layout", ["document", "letter"])
def test_pictures_of_seals_stand_where_they_did(layout: str, tmp_path: Path) -> None:
    root = joint_workspace(tmp_path, layout, civil=SEAL, finance=SEAL)
    values = joint_values(text="请清运残雪。", remark="此件公开发布", main_recipients=["市水务局"])
    before = open_library(root, keep=False).template("joint", "civil").render(values)
    ejected = eject(open_library(root, keep=False), f"layout:{layout}", "civil")
    folder(root, {f"units/civil/{ejected.path}": ejected.data})
    assert open_library(root, keep=False).template("joint", "civil").render(values) == before


@pytest.mark.parametrize("name", LAYOUTS)
def test_an_ejected_layout_is_sound_and_has_no_tag_where_word_has_no_place(name: str) -> None:
    data = eject(demo.demo(), f"layout:{name}", "city-office").data
    assert structure.faults(data) == []
    texts, others = set(), set()
    for node in chain.from_iterable(tree.iter() for tree in trees_of(data)):
        (texts if node.tag == f"{{{W}}}t" else others).add(node.text or "")
        others |= set(node.attrib.values())
    assert [text for text in texts if "{% block body %}" in text]
    assert not [text for text in others if "{" in text]


def trees_of(data: bytes) -> Iterator[Any]:
    """The root of every part that is XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                yield etree.fromstring(archive.read(name))


def test_a_layout_has_its_name_alone_where_no_template_has_it() -> None:
    library = demo.demo()
    assert eject(library, "document", "city-office").path == "layouts/document.docx"
    assert eject(library, "letter", "city-office").path == "letter/body.docx"
    assert eject(library, "layout:letter", "city-office").path == "layouts/letter.docx"


def refusal(name: str, unit: str | None = None, form: Form = "docx") -> str:
    with pytest.raises(NoticeError) as raised:
        eject(demo.demo(), name, unit, form)
    (problem,) = raised.value.problems
    return str(problem)


def test_what_is_no_layout_or_cannot_be_one_is_refused() -> None:
    assert refusal("layout:leter") == ("B001 there is no layout “leter” (did you mean “letter”?)")
    assert refusal("documnt") == "B001 there is no template “documnt” (did you mean “document”?)"
    assert refusal("layout:plain", form="md") == (
        "layout:plain: B017 the template is a Word document and has no Markdown body "
        "(eject it with --as docx)"
    )


def test_a_layout_with_a_mark_is_ejected_for_the_unit_whose_mark_it_fits() -> None:
    assert refusal("document") == (
        "layout:document: B010 the red head is drawn for the mark of one unit "
        "(name the unit with --unit)"
    )
    assert eject(demo.demo(), "plain").path == "layouts/plain.docx"


def changed(data: bytes, old: str, new: str) -> bytes:
    """A document in which somebody replaced words, and which bears their name."""
    opened = docx.Document(io.BytesIO(data))
    for paragraph in opened.paragraphs:
        for run in paragraph.runs:
            run.text = run.text.replace(old, new)
    opened.core_properties.author = opened.core_properties.last_modified_by = "钱某"
    saved = io.BytesIO()
    opened.save(saved)
    return saved.getvalue()


NEEDED = {
    "letter": {"main_recipients": ["示例市水务局"]},
    "minutes": {"present": ["张某"]},
    "order": {"signer": "张某", "signer_office": "局长"},
}
"""What a document must say by layout, beside the date."""


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_changed_layout_is_that_of_its_unit_and_not_of_those_below_it(
    layout: str, tmp_path: Path
) -> None:
    files = {
        "note/template.yaml": f"title: 关于清运残雪的通知\nlayout: {layout}\n",
        "note/body.md": "请及时清运残雪。\n",
    }
    root = folder(note_workspace(tmp_path), files)
    values = {"date_of_issue": "2005-03-04", **NEEDED.get(layout, {})}

    def made(unit: str) -> bytes:
        return open_library(root, keep=False).template("note", unit).render(values)

    before = {unit: made(unit) for unit in ("city", "county")}
    ejected = eject(open_library(root, keep=False), f"layout:{layout}", "city")
    own = changed(ejected.data, "{% block annexes %}", "另行改过{% block annexes %}")
    folder(root, {f"units/city/{ejected.path}": own})
    assert "另行改过" in paragraphs(made("city"))
    assert "另行改过" not in paragraphs(before["city"])
    assert made("county") == before["county"]


def test_who_saved_a_layout_does_not_stand_in_its_documents(tmp_path: Path) -> None:
    own = changed(eject(demo.demo(), "document", "city-office").data, "附件：", "附件：")
    workspace = with_layouts(tmp_path, {"units/city-office/layouts/document.docx": own})
    made = document(workspace, "study-week")
    assert part(made, "docProps/core.xml") == part(demo.document("study-week"), "docProps/core.xml")


# --- the first page (GP009) ----------------------------------------------------------------------

DEVIATIONS = {"GP002": 36.5, "GP003": 27.5, "GP011": 560, "GP012": -8, "GH011": 24, "GX013": 650}
LOOKS = {
    "as the standard has it": "",
    "margins to the characters": "margins: ofd\n",
    "deviations": "".join(
        ["deviations:\n"]
        + [f"  {rule}: {{value: {n}, reason: 沿用以往}}\n" for rule, n in DEVIATIONS.items()]
    ),
    "a mark of its own size": "letterhead: {mark: 示例市教育局文件, size: 40}\n",
}
"""What a unit may say of its look."""


def look(root: Path, unit: str) -> Path:
    """*root* with the template `note`, its layout a letter, for a unit of that look."""
    files = {"units/city/unit.yaml": f"name: 示例市教育局\nkind: 部门\ncode: 示教\n{unit}"}
    return folder(note_workspace(root), files)


def with_own(root: Path, layout: str, *, saved: Callable[[bytes], bytes] = bytes) -> Path:
    """*root* with a *layout* of the unit `city`, as somebody *saved* what was ejected."""
    ejected = eject(open_library(root, keep=False), f"layout:{layout}", "city")
    definition = f"{NOTE}layout: {layout}\n"
    own = {f"units/city/{ejected.path}": saved(ejected.data), "note/template.yaml": definition}
    return folder(root, own)


def first_page(root: Path) -> FirstPage | None:
    return open_library(root, keep=False).template("note", "city").first_page


def drawn_page(root: Path, layout: str) -> FirstPage | None:
    """What the *layout* leaves of its first page as it is drawn for the unit."""
    return first_page(folder(root, {"note/template.yaml": f"{NOTE}layout: {layout}\n"}))


@pytest.mark.parametrize("layout", ["document", "letter"])
@pytest.mark.parametrize("unit", LOOKS.values(), ids=LOOKS)
def test_an_ejected_layout_leaves_as_much_of_its_first_page(
    layout: str, unit: str, tmp_path: Path
) -> None:
    root = look(tmp_path, unit)
    before = drawn_page(root, layout)
    assert before is not None
    assert first_page(with_own(root, layout)) == before


def test_an_ejected_layout_moves_recipients_as_before(tmp_path: Path) -> None:
    root = look(tmp_path, LOOKS["margins to the characters"])
    values = {**VALUES, "main_recipients": [f"示例县第{n}局" for n in range(40)]}
    before = open_library(root, keep=False).template("note", "city").render(values)
    assert "主送：示例县第0局，" in part(before)
    with_own(root, "document")
    assert open_library(root, keep=False).template("note", "city").render(values) == before


@pytest.mark.parametrize("later", LOOKS.values(), ids=LOOKS)
def test_what_unit_yaml_says_later_changes_no_first_page_of_a_layout_of_its_own(
    later: str, tmp_path: Path
) -> None:
    root = with_own(look(tmp_path, LOOKS["deviations"]), "document")
    before, after = first_page(root), first_page(look(root, later))
    assert before is not None
    assert after is not None
    assert replace(after, stacked=None) == replace(before, stacked=None)  # but the marks of several


def test_the_first_page_is_as_high_as_the_margins_that_somebody_gave_it(tmp_path: Path) -> None:
    def saved(data: bytes) -> bytes:
        opened = docx.Document(io.BytesIO(data))
        opened.sections[-1].bottom_margin = Mm(65)
        opened.styles["Body Text"].font.size = Pt(15)
        opened.styles["Body Text"].paragraph_format.line_spacing = Pt(27)
        buffer = io.BytesIO()
        opened.save(buffer)
        return buffer.getvalue()

    root = look(tmp_path, "")
    before = drawn_page(root, "document")
    after = first_page(with_own(root, "document", saved=saved))
    assert before is not None
    assert after is not None
    lower = twips(65) - twips(35)
    head = 3 * (579 - 540)  # the line of 发文字号 and the two above it
    gaps = 3 * (579 - 540)  # the lines above and below the title
    assert after.room == before.room - lower + head + gaps
    assert (after.line, before.line) == (540, 579)
    assert (after.characters, before.characters) == (8844 / (300 - 5), 8844 / (320 - 5))


def on_sheet(root: Path, section: str) -> Path:
    """*root* with a layout that somebody wrote without styles, on a sheet as *section* says."""
    members = docx_parts("{% block body %}", "{% endblock %}", "{{ moved_recipients | listed }}")
    text = members["word/document.xml"]
    members["word/document.xml"] = text.replace("</w:sectPr>", f"{section}</w:sectPr>")
    own = {"units/city/layouts/document.docx": zipped(members)}
    return folder(look(root, ""), own)


@pytest.mark.parametrize(
    ("sheet", "edges"), [(("x", "16838"), ("", "-")), (("11906", "9" * 40), ("1mm", "1588"))]
)
def test_a_sheet_that_nobody_can_measure_is_that_of_the_standard(
    sheet: tuple[str, str], edges: tuple[str, str], tmp_path: Path
) -> None:
    size = '<w:pgSz w:w="{}" w:h="{}"/>'.format(*sheet)
    margins = '<w:pgMar w:top="{}" w:left="{}"/>'.format(*edges)
    assert first_page(on_sheet(tmp_path, size + margins)) == first_page(on_sheet(tmp_path, ""))


def test_a_sheet_on_which_no_text_fits_moves_nothing(tmp_path: Path) -> None:
    sheet = '<w:pgSz w:w="9000"/><w:pgMar w:left="4500" w:right="4400"/>'
    assert first_page(on_sheet(tmp_path, sheet)) is None


# --- layouts that extend layouts -----------------------------------------------------------------

SHORT = "title: 关于清运残雪的纪要\nlayout: minutes\n"


def test_a_layout_that_extends_another_has_the_fields_of_its_own_name(tmp_path: Path) -> None:
    root = folder(note_workspace(tmp_path), {"note/template.yaml": SHORT})
    before = open_library(root, keep=False).template("note", "city").schema
    changed_ = docx_with('{% extends "layout:document" %}{% block body %}甲{% endblock %}')
    folder(root, {"units/city/layouts/minutes.docx": changed_})
    after = open_library(root, keep=False).template("note", "city").schema
    assert before is not None
    assert after is not None
    assert "present" in after.definition["properties"]
    assert after.definition == before.definition


@pytest.mark.parametrize("named", ["layout:{}", "{}"])
@pytest.mark.parametrize("layout", ["document", "minutes"])
def test_a_layout_that_names_itself_means_the_next_one_out(
    layout: str, named: str, tmp_path: Path
) -> None:
    root = folder(note_workspace(tmp_path), {"note/template.yaml": f"{NOTE}layout: {layout}\n"})
    values = {**VALUES, "present": ["张某"]} if layout == "minutes" else VALUES
    before = open_library(root, keep=False).template("note", "city").render(values)
    extends = f'{{% extends "{named.format(layout)}" %}}'
    folder(root, {f"units/city/layouts/{layout}.docx": docx_with(extends)})
    assert open_library(root, keep=False).template("note", "city").render(values) == before


# --- what LibreOffice saves of them --------------------------------------------------------------


def saved_by_libreoffice(documents: Mapping[str, bytes]) -> dict[str, bytes]:
    names = {f"{number}.docx": path for number, path in enumerate(documents)}
    with TemporaryDirectory() as temporary:
        root = Path(temporary)
        before = folder(root / "before", {name: documents[path] for name, path in names.items()})
        subprocess.run(
            [
                *("soffice", f"-env:UserInstallation={(root / 'profile').as_uri()}", "--headless"),
                *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(root / "after")),
                *map(str, sorted(before.iterdir())),
            ],
            check=True,
            capture_output=True,
            timeout=300,
        )
        return {path: (root / "after" / name).read_bytes() for name, path in names.items()}


@cache
def saved_layouts() -> Mapping[str, bytes]:
    """The layouts of every unit that prints here, as LibreOffice saves them."""
    units = sorted({unit_of(seed) for seed in PRINTED})
    return saved_by_libreoffice({k: v for unit in units for k, v in layouts_for(unit).items()})


def of_saved_layouts(seed: str) -> bytes:
    with TemporaryDirectory() as temporary:
        return document(with_layouts(Path(temporary), saved_layouts()), seed)


SAVED = {
    seed: pages.to_print(f"saved-layout-{seed}", partial(of_saved_layouts, seed))
    for seed in PRINTED
}
OWN = {seed: pages.to_print(f"own-layout-{seed}", partial(demo.document, seed)) for seed in PRINTED}


@pytest.mark.parametrize("seed", PRINTED)
def test_what_is_computed_stands_where_it_did_when_libreoffice_has_saved_the_layout(
    seed: str, printed: Mapping[str, Printed]
) -> None:
    own, saved = printed[OWN[seed]].pages, printed[SAVED[seed]].pages
    assert len(saved) == len(own)
    signature = signature_of(seed)
    found = set()
    for page, again in zip(own, saved, strict=True):
        others = [(each.text, each.left, each.baseline) for each in pages.lines_of(again)]
        for line in pages.lines_of(page):
            if is_computed(line, page, signature):
                assert (line.text, near(line.left), near(line.baseline)) in others
                found.add(line.text)
    assert not signature or signature in found


def signature_of(seed: str) -> str:
    """The 署名 of a seed as its line is printed, of a 命令 the 职务; `""` where none signs."""
    path = demo.ROOT / "seeds" / f"{seed}.yaml"
    found = read_input(path.read_bytes(), str(path), demo.demo())
    organs = found.template.context(found.values)["issuing_organs"]
    signed_by = {"minutes": "", "calibration-order": "signer_office"}.get(seed, "name")
    return "".join(organ.get(signed_by, "") for organ in organs)


def is_computed(line: Line, page: Page, signature: str) -> bool:
    """Whether a line of *page* belongs to 版头 or 版记, or is a *signature* or a 成文日期."""
    if line.text == signature or DATE.fullmatch(line.text):
        return True
    return line.baseline < HEAD * (page.number == 1) or "印发" in line.text
