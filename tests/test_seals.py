"""Pictures of seals and of signature stamps, which units supply: what is printed and refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from functools import partial
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
import pages
import pytest
import structure
from builders import folder, part
from pages import Line, Printed
from test_order import FILES, UNIT, VALUES
from workspaces import SEAL, circle, joint_values, joint_workspace

from generator import NoticeError, open_library
from generator.batch.orders import Desk, Order
from generator.ejecting import Form, eject
from generator.problems import Location

near = partial(pytest.approx, abs=0.5)
Papers = Mapping[str, Printed]
STAMP = "signature_stamp: {picture: stamp.png, width: 40mm}\n"
CHARACTER, PITCH = 5.55, 225 / 22
DATE = "2005年3月9日"
TEXT = "请各单位及时清运残雪，保证道路畅通。" * 2


def document(*units: str, layout: str = "document", seal: str = SEAL, **values: object) -> bytes:
    """The document of `civil`; it and *units* have a seal."""
    with TemporaryDirectory() as name:
        space = joint_workspace(Path(name), layout, **dict.fromkeys(("civil", *units), seal))
        template = open_library(space, keep=False).template("joint", "civil")
        return template.render(joint_values(text=TEXT, **values))


alone = partial(document, joint_issuers=[])
letter = partial(alone, layout="letter", main_recipients=["示例市水务局"])


def order(**values: object) -> bytes:
    with TemporaryDirectory() as name:
        files = {
            **FILES,
            "units/government/unit.yaml": UNIT + STAMP,
            "units/government/stamp.png": circle(400, 200),
        }
        template = open_library(folder(Path(name), files), keep=False)
        return template.template("decree", "government").render({**VALUES, **values})


def media(document: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return [name for name in archive.namelist() if name.startswith("word/media/")]


def refusal(root: Path, seal: str, **files: bytes) -> list[str]:
    """The problems of the unit `civil` with the settings *seal*."""
    space = joint_workspace(root / "w", civil=seal)
    folder(space / "units/civil", {name.replace("_", "."): data for name, data in files.items()})
    with pytest.raises(NoticeError) as caught:
        open_library(space, keep=False).template("joint", "civil")
    return [str(problem).removeprefix(f"{space}/units/") for problem in caught.value.problems]


# --- what is stored ------------------------------------------------------------------------------


def test_a_seal_is_printed_only_where_a_unit_supplies_one_and_the_document_is_sealed() -> None:
    assert media(alone()) == ["word/media/value1.png"]
    assert media(alone(sealed=False)) == []
    assert media(alone(seal="")) == []
    assert "wp:anchor" in part(alone())


def test_the_seal_of_another_organ_is_printed_where_the_first_one_has_its_own(
    tmp_path: Path,
) -> None:
    space = joint_workspace(tmp_path, civil=SEAL, finance=SEAL)
    folder(space, {"units/finance/seal.png": circle(200, 200)})
    library = open_library(space, keep=False)
    values = joint_values(joint_issuers=["finance", "traffic"])
    assert len(media(library.template("joint", "civil").render(values))) == 2
    assert media(library.template("joint", "traffic").render(joint_values())) == []


def test_a_child_has_no_seal_of_its_parent(tmp_path: Path) -> None:
    space = joint_workspace(tmp_path, civil=SEAL, finance="parent: civil\n")
    template = open_library(space, keep=False).template("joint", "finance")
    assert media(template.render(joint_values(joint_issuers=[]))) == []


def test_a_document_with_a_seal_is_sound_and_names_it_for_who_cannot_see() -> None:
    for made in (alone(), document("finance"), letter(), order()):
        assert structure.faults(made) == []
        assert docx.Document(io.BytesIO(made)).paragraphs
    assert 'descr="印章"' in part(alone())
    assert 'descr="签名章"' in part(order())


def test_a_document_without_a_seal_is_what_it_was_before() -> None:
    plain = part(alone(seal=""), "word/_rels/document.xml.rels")
    assert "image" not in plain


# --- what is refused -----------------------------------------------------------------------------

HINT = " (name a PNG, JPEG, GIF or BMP file below the folder of the unit)"


def test_a_picture_that_is_not_there_or_none_is_told_at_its_place(tmp_path: Path) -> None:
    where = "civil/unit.yaml:5:17: D112"
    text = "seal: {picture: stamp.png, width: 42mm}\n"
    assert refusal(tmp_path / "a", text) == [
        f"{where} there is no file “stamp.png” in: {tmp_path}/a/w/units/civil{HINT}"
    ]
    assert refusal(tmp_path / "b", text, stamp_png=b"no picture") == [
        f"{where} this is no picture of the formats PNG, JPEG, GIF and BMP{HINT}"
    ]
    assert refusal(tmp_path / "c", text, stamp_png=circle()[:400]) == [
        f"{where} the picture is damaged or cut short{HINT}"
    ]


def test_seal_and_stamp_are_told_together(tmp_path: Path) -> None:
    text = "印章图片: {图片: a.png, 宽度: 42mm}\nsignature_stamp: {picture: b.png, width: 40mm}\n"
    found = refusal(tmp_path, text)
    assert [line.partition(": D112 ")[0] for line in found] == [
        "civil/unit.yaml:5:12",
        "civil/unit.yaml:6:28",
    ]


@pytest.mark.parametrize("width", ["4mm", "42cm", "61mm"])
def test_a_seal_of_a_size_that_no_seal_has_is_refused(tmp_path: Path, width: str) -> None:
    [problem] = refusal(tmp_path, f"seal: {{picture: seal.png, width: {width}}}\n")
    size = int(width[:-2]) * (10 if width.endswith("cm") else 1)
    assert problem == (
        f"civil/unit.yaml:5:34: D113 the picture would be {size} by {size} mm"
        " (a seal or stamp measures from 10 to 60 mm)"
    )


def test_a_width_that_is_no_length_is_refused(tmp_path: Path) -> None:
    [problem] = refusal(tmp_path, "seal: {picture: seal.png, width: 42}\n")
    assert problem.startswith("civil/unit.yaml:5:34: D109 ")


# --- what is kept --------------------------------------------------------------------------------


def test_another_picture_makes_another_document_and_another_template(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOTICEGEN_CACHE", str(tmp_path / "kept"))
    space = joint_workspace(tmp_path / "w", civil=SEAL)
    values = joint_values(joint_issuers=[])
    before = open_library(space).template("joint", "civil")
    first = before.render(values)
    assert open_library(space).template("joint", "civil").render(values) == first
    folder(space, {"units/civil/seal.png": circle(300, 300)})
    after = open_library(space).template("joint", "civil")
    assert after.fingerprint != before.fingerprint
    assert after.render(values) != first


def test_a_row_is_made_anew_when_another_organ_of_it_changes(tmp_path: Path) -> None:
    space = joint_workspace(tmp_path, civil=SEAL, finance=SEAL)
    values = joint_values()

    def digests() -> list[bytes]:
        desk = Desk(Order("joint", open_library(space, keep=False)))
        template = desk.template("civil")
        both = (values, joint_values(joint_issuers=[]))
        return [desk.digest(template, each, "", "name", Location("")) for each in both]

    before = digests()
    assert digests() == before
    folder(space, {"units/finance/seal.png": circle(300, 300)})
    after = digests()
    assert (after[0] != before[0], after[1]) == (True, before[1])


@pytest.mark.parametrize("form", ["docx", "md"])
def test_what_is_ejected_makes_the_same_document_with_its_seals(tmp_path: Path, form: Form) -> None:
    space = joint_workspace(tmp_path, civil=SEAL, finance=SEAL)
    library = open_library(space, keep=False)
    before = library.template("joint", "civil").render(joint_values())
    ejected = eject(library, "joint", "civil", form)
    folder(space, {f"units/civil/{ejected.path}": ejected.data})
    again = open_library(space, keep=False).template("joint", "civil")
    assert again.render(joint_values()) == before


# --- on paper ------------------------------------------------------------------------------------

ONE = pages.to_print("seal-one", alone)
LARGE = pages.to_print(
    "seal-large", partial(alone, seal="seal: {picture: seal.png, width: 58mm}\n")
)
LETTER = pages.to_print("seal-letter", letter)
JOINT = pages.to_print(
    "seal-joint", partial(document, "finance", "traffic", joint_issuers=["finance", "traffic"])
)
ROWS = pages.to_print(
    "seal-rows",
    partial(document, "finance", "traffic", joint_issuers=["finance", "示例市水务局", "traffic"]),
)
STAMPED = pages.to_print("seal-stamp", order)


def ending(paper: Printed) -> tuple[list[Line], list[pages.Ink]]:
    """The lines down to the date of the page that has it, and what is red beside and below them."""
    for page in paper.pages:
        lines = pages.lines_of(page, top=38, bottom=262)
        for index, line in enumerate(lines):
            if line.text == DATE:
                text = next(each for each in reversed(lines[:index]) if each.text.endswith("。"))
                red = pages.red_shapes(page, top=text.baseline, bottom=266)
                return lines[lines.index(text) : index + 1], red
    raise AssertionError("no date")


def middle(shape: pages.Ink | Line) -> float:
    return (shape.left + shape.right) / 2


def foot(line: Line) -> float:
    """The foot of a line of exact height: characters stand on four fifths of it."""
    return line.baseline + 0.2 * PITCH


@pytest.mark.parametrize(("name", "width"), [(ONE, 42), (LARGE, 58), (LETTER, 42)])
def test_a_seal_is_centred_on_issuer_and_date_which_are_slightly_below_its_middle(
    printed: Papers, name: str, width: int
) -> None:
    lines, [seal, *_] = ending(printed[name])
    issuer, date = lines[-2:]
    assert (seal.right - seal.left, seal.bottom - seal.top) == (near(width), near(width))
    assert middle(seal) == near(middle(issuer))
    # LibreOffice widens the date by 3.2 pt wherever a digit meets a character; Word does not.
    assert middle(seal) == near(date.right - 6 * CHARACTER / 2)
    assert foot(issuer) - (seal.top + seal.bottom) / 2 == near(3)
    assert seal.top < issuer.top < date.bottom < seal.bottom


@pytest.mark.parametrize("name", [ONE, LARGE, LETTER, JOINT, ROWS])
def test_the_top_of_a_seal_is_within_one_line_of_the_text(printed: Papers, name: str) -> None:
    lines, seals = ending(printed[name])
    assert foot(lines[0]) - 0.5 <= seals[0].top <= foot(lines[0]) + PITCH + 0.5


@pytest.mark.parametrize("name", [ONE, LARGE, JOINT])
def test_a_seal_keeps_off_the_imprint(printed: Papers, name: str) -> None:
    _, seals = ending(printed[name])
    page = next(page for page in printed[name].pages if DATE in map(text_of, pages.lines_of(page)))
    rules = [band for band in pages.ink_rows(page, top=seals[0].top) if is_rule(band)]
    assert all(rule.top > max(seal.bottom for seal in seals) for rule in rules)


def text_of(line: Line) -> str:
    return line.text


def is_rule(band: pages.Ink) -> bool:
    return band.right - band.left > 150 and band.bottom - band.top < 0.8


def test_each_organ_of_a_row_has_its_seal_and_none_touches_another(printed: Papers) -> None:
    lines, seals = ending(printed[JOINT])
    row = lines[-2].characters
    names = [row[:6], row[6:12], row[12:]]
    assert len(seals) == 3
    for seal, name in zip(seals, names, strict=True):
        assert middle(seal) == near((name[0].left + name[-1].right) / 2)
        assert seal.top == near(seals[0].top)
    assert all(after.left - before.right > 1.5 for before, after in pairwise(seals))
    assert seals[0].left > 28
    assert seals[-1].right < 184


def test_rows_of_seals_do_not_touch_and_an_organ_without_a_picture_keeps_its_place(
    printed: Papers,
) -> None:
    lines, seals = ending(printed[ROWS])
    upper, lower, _ = lines[-3:]
    assert [line.text for line in (upper, lower)] == [
        "示例市民政局示例市财政局",
        "示例市水务局示例市交通运输局",
    ]
    assert len(seals) == 3
    assert middle(seals[1]) == near(middle(Line(upper.characters[6:])))
    assert middle(seals[2]) == near(middle(Line(lower.characters[6:])))
    assert seals[2].top - max(seal.bottom for seal in seals[:2]) == near(2)


# --- the signature stamp (GT005) -----------------------------------------------------------------


def test_a_stamp_stands_two_empty_lines_below_the_text_and_four_characters_in(
    printed: Papers,
) -> None:
    lines, [stamp] = stamped(printed)
    text, office, date = lines
    assert (stamp.right - stamp.left, stamp.bottom - stamp.top) == (near(40), near(20))
    assert stamp.top - foot(text) == near(2 * PITCH)
    assert stamp.right == near(184 - 4 * CHARACTER)
    assert office.right == near(stamp.left - 2 * CHARACTER)
    assert date.right == near(184 - 4 * CHARACTER)
    assert foot(date) - stamp.bottom == near(2 * PITCH)


def test_the_office_stands_beside_the_middle_of_the_stamp(printed: Papers) -> None:
    lines, [stamp] = stamped(printed)
    office = lines[1]
    page = printed[STAMPED].pages[0]
    sides = {"left": office.left - 1, "right": office.right + 1}
    [ink] = pages.ink_rows(page, top=stamp.top, bottom=stamp.bottom, **sides)
    assert (ink.top + ink.bottom) / 2 == near((stamp.top + stamp.bottom) / 2)


def test_an_order_without_a_stamp_says_the_name(tmp_path: Path) -> None:
    made = order(sealed=False, signer="张某")
    assert media(made) == []
    assert "张某" in part(made)


def stamped(printed: Papers) -> tuple[list[Line], list[pages.Ink]]:
    """The last line of the text, 职务 and 成文日期, and what is red below the first of them."""
    page = printed[STAMPED].pages[0]
    found = [pages.find_line(page, words) for words in ("施行。", "市长", "2005年2月23日")]
    return found, pages.red_shapes(page, top=found[0].baseline)
