"""命令 of several organs: who signs for each, in messages and on paper (7.3.5.3, 10.2)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pages
import pytest
import structure
from builders import folder, paragraphs, part
from pages import Ink, Line, Page, Printed
from test_seals import foot, media
from workspaces import circle

from generator import Library, NoticeError, check, content, open_library
from generator.ejecting import Form, eject
from generator.layouts.geometry import STANDARD
from generator.layouts.stamping import stamp_rows

UNITS = {"civil": "示例市民政局", "finance": "示例市财政局", "traffic": "示例市交通运输局"}
TEMPLATE = """\
title: "{{ issuers | listed(' ') }}令"
kind: 命令
layout: order
number: 第{{ serial }}号
schema:
  properties: {text: {title: 正文, type: string, default: 《示例办法》已经审议通过，现予公布。}}
"""
STAMP = "signature_stamp: {picture: stamp.png, width: 40mm}\n"
WIDE = "signature_stamp: {picture: stamp.png, width: 48mm}\n"
CHARACTER, PITCH = 5.55, 225 / 22
DATE = "2005年2月23日"
OFFICES = ["示例市民政局局长", "示例市财政局局长", "示例市交通运输局局长"]
NAMES = ["张某", "李某某", "王某"]
VALUES = {
    "date_of_issue": "2005-02-23",
    "serial": 2,
    "signer_office": OFFICES[0],
    "signer": NAMES[0],
    "joint_issuers": ["finance", "traffic"],
    "joint_signers": [
        {"signer_office": office, "signer": name}
        for office, name in zip(OFFICES[1:], NAMES[1:], strict=True)
    ],
}
INPUT = """\
template: decree
unit: civil
date_of_issue: 2005-02-23
serial: 2
signer_office: 示例市民政局局长
"""
near = partial(pytest.approx, abs=0.5)
Papers = Mapping[str, Printed]


def workspace(root: Path, **own: str) -> Library:
    """A library with the template `decree` and three units; *own* are lines of their unit.yaml."""
    files: dict[str, str | bytes] = {
        "decree/template.yaml": TEMPLATE,
        "decree/body.md": "{{ text }}\n\n本令自2005年3月1日起施行。\n",
    }
    for slug, name in UNITS.items():
        files[f"units/{slug}/unit.yaml"] = f"name: {name}\nkind: 部门\n{own.get(slug, '')}"
        files[f"units/{slug}/stamp.png"] = circle(400, 200)
    return open_library(folder(root, files), keep=False)


def order(stamps: Mapping[str, str] | None = None, **values: object) -> bytes:
    with TemporaryDirectory() as space:
        template = workspace(Path(space), **(stamps or {})).template("decree", "civil")
        return template.render({**VALUES, **values})


def problems(root: Path, text: str) -> list[str]:
    library = workspace(root / "w")
    file = folder(root, {"in.yaml": INPUT + text}) / "in.yaml"
    return [str(problem).removeprefix(f"{root}/") for problem in check(file, library=library)]


# --- what it says --------------------------------------------------------------------------------


def test_a_joint_order_stacks_its_names_beside_the_word_and_gives_each_organ_a_line() -> None:
    said = [text for text in paragraphs(order()) if text.strip()]
    assert said[:5] == [*UNITS.values(), "令", "第2号"]
    assert said[6:11] == ["本令自2005年3月1日起施行。", *OFFICES, DATE]


def test_a_joint_order_without_stamps_says_the_names() -> None:
    said = paragraphs(order(sealed=False))
    signed = [f"{office}　　{name}" for office, name in zip(OFFICES, NAMES, strict=True)]
    assert said[said.index(DATE) - 3 : said.index(DATE)] == signed


def test_the_names_in_the_mark_are_those_of_the_organs_own_marks_of_orders() -> None:
    own = "letterhead: {mark: 示例市财政文件, order_mark: 示例市财政局命令}\n"
    made = order({"finance": own, "civil": "letterhead: {mark: 民政, order_mark: 市民政局命令}\n"})
    assert [text for text in paragraphs(made) if text.strip()][:4] == [
        "市民政局",
        "示例市财政局",
        "示例市交通运输局",
        "命令",
    ]


def test_an_organ_that_is_no_unit_signs_with_room_for_its_stamp() -> None:
    signers = [{"signer_office": "示例市水务局局长"}]
    stamped = order(
        dict.fromkeys(UNITS, STAMP), joint_issuers=["示例市水务局"], joint_signers=signers
    )
    assert media(stamped) == ["word/media/value1.png"]
    assert "示例市水务局局长" in paragraphs(stamped)


@pytest.mark.parametrize("stamps", [{}, dict.fromkeys(UNITS, STAMP)])
@pytest.mark.parametrize("sealed", [True, False])
def test_a_joint_order_is_sound_and_made_the_same_again(
    stamps: dict[str, str], sealed: bool
) -> None:
    made = order(stamps, sealed=sealed)
    assert structure.faults(made) == []
    assert order(stamps, sealed=sealed) == made
    assert part(made).count('descr="签名章"') == (3 if stamps and sealed else 0)


def test_who_signs_may_be_styled_text() -> None:
    signers = [
        {
            "signer_office": content.text(office, bold=True),
            "signer": content.text("李某", bold=True),
        }
        for office in OFFICES[1:]
    ]
    for stamps in ({}, dict.fromkeys(UNITS, STAMP)):
        assert "示例市财政局局长" in paragraphs(order(stamps, joint_signers=signers))
        named = paragraphs(order(stamps, sealed=False, joint_signers=signers))
        assert "示例市财政局局长　　李某" in named


def test_an_order_is_joint_only_where_it_says_so_itself(tmp_path: Path) -> None:
    library = workspace(tmp_path, civil="joint_issuers: [finance]\n")
    alone = {key: value for key, value in VALUES.items() if not key.startswith("joint")}
    assert UNITS["finance"] not in paragraphs(library.template("decree", "civil").render(alone))


@pytest.mark.parametrize("form", ["docx", "md"])
def test_what_is_ejected_makes_the_same_joint_order(tmp_path: Path, form: Form) -> None:
    library = workspace(tmp_path, **dict.fromkeys(UNITS, STAMP))
    ejected = eject(library, "decree", "civil", form)
    folder(tmp_path, {f"units/civil/{ejected.path}": ejected.data})
    again = open_library(tmp_path, keep=False).template("decree", "civil")
    assert again.render(VALUES) == order(dict.fromkeys(UNITS, STAMP))


@pytest.mark.parametrize("stamps", [{}, dict.fromkeys(UNITS, STAMP)])
def test_an_ejected_layout_makes_the_same_joint_order(
    tmp_path: Path, stamps: dict[str, str]
) -> None:
    ejected = eject(workspace(tmp_path, **stamps), "layout:order", "civil")
    folder(tmp_path, {f"units/civil/{ejected.path}": ejected.data})
    again = open_library(tmp_path, keep=False).template("decree", "civil")
    for sealed in (True, False):
        assert again.render({**VALUES, "sealed": sealed}) == order(stamps, sealed=sealed)


# --- what is wrong with it -----------------------------------------------------------------------


def test_each_organ_must_have_one_who_signs_for_it(tmp_path: Path) -> None:
    hint = (
        "sign for them (joint_signers / 联合行文机关签发人)"
        " (name one of each organ, in their order)"
    )
    one = "joint_signers:\n- {signer_office: 示例市财政局局长}\n"
    assert problems(tmp_path / "a", "joint_issuers: [finance, traffic]\n") == [
        f"in.yaml:6:16: GT005 2 other organs issue it, and 0 {hint}"
    ]
    assert problems(tmp_path / "b", f"joint_issuers: [finance, traffic]\n{one}") == [
        f"in.yaml:8:1: GT005 2 other organs issue it, and 1 {hint}"
    ]
    assert problems(tmp_path / "c", one) == [
        f"in.yaml:7:1: GT005 0 other organs issue it, and 1 {hint}"
    ]


def test_a_joint_order_without_stamps_must_name_everyone_who_signs(tmp_path: Path) -> None:
    text = "joint_issuers: [finance]\nsealed: false\njoint_signers:\n"
    text += "- {signer_office: 示例市财政局局长}\n"
    said = (
        "GT005 a joint order without stamps names who signs it (signer / 签发人姓名)"
        " (add the name, or “sealed: true”)"
    )
    assert problems(tmp_path / "a", text) == [f"in.yaml:1:1: {said}", f"in.yaml:9:3: {said}"]
    assert problems(tmp_path / "b", "sealed: false\n") == [], "who alone signs may do so by hand"


def test_who_signs_is_held_to_the_schema_with_all_else(tmp_path: Path) -> None:
    text = (
        "joint_issuers: [finance, trafic]\njoint_signers: [示例市财政局局长, {签发人姓名: 李某}]\n"
    )
    assert problems(tmp_path, text) == [
        "in.yaml:6:26: B001 there is no unit “trafic” (did you mean “traffic”?)",
        "in.yaml:7:17: D103 “联合行文机关签发人 1” needs keys and values, but text stands here"
        " (write “key: value” lines under it)",
        "in.yaml:7:27: D102 “签发人职务” is missing (add “签发人职务: …”)",
    ]


def test_a_row_from_python_names_who_signs_by_its_path(tmp_path: Path) -> None:
    template = workspace(tmp_path).template("decree", "civil")
    signers = [{"signer_office": OFFICES[1]}, {"signer_office": OFFICES[2], "signer": "王某"}]
    with pytest.raises(NoticeError) as caught:
        template.render({**VALUES, "sealed": False, "joint_signers": signers})
    assert str(caught.value).startswith("joint_signers[0].signer: GT005 ")


# --- where things stand --------------------------------------------------------------------------


def organ(across: int = 0, down: int = 0, office: str = "局长") -> dict[str, object]:
    stamp = {"across": across, "down": down} if across else None
    return {"stamp": stamp, "signer_office": office}


@pytest.mark.parametrize("down", range(567, 3403, 189))
@pytest.mark.parametrize("other", [0, 567, 1134, 3402])
@pytest.mark.parametrize("line", [500, 579, 589, 640])
def test_stamps_neither_touch_nor_come_near_the_text(down: int, other: int, line: int) -> None:
    organs = [organ(2268, down), organ(other, other), organ(2268, down)]
    rows = stamp_rows(organs, line, STANDARD.character)
    tops, at = [], 0
    for row, height in zip(rows, (down, other or STANDARD.stamp_height, down), strict=True):
        at += row["gap"]
        tops.append((at + row["down"] - height / 2, at + row["down"] + height / 2))
        at += line
    assert tops[0][0] == pytest.approx(STANDARD.stamp_gap * line, abs=1)
    for above, below in pairwise(tops):
        assert below[0] - above[1] == pytest.approx(STANDARD.seal_space, abs=1)
    assert at + rows[-1]["foot"] - tops[-1][1] == pytest.approx(line, abs=1)


@pytest.mark.parametrize(
    ("office", "lines"),
    [("局长", 1), ("一" * 16, 1), ("一" * 17, 2), ("一" * 33, 3), ("示例市水务局\n局长", 2)],
)
def test_an_office_of_several_lines_keeps_its_middle_beside_that_of_the_stamp(
    office: str, lines: int
) -> None:
    line, across = STANDARD.line, STANDARD.stamp_width * STANDARD.character
    [one] = stamp_rows([organ(across, 1134)], line, STANDARD.character)
    [row] = stamp_rows([organ(across, 1134, office)], line, STANDARD.character)
    more = (lines - 1) * line // 2
    assert row["down"] - one["down"] == one["gap"] - row["gap"] == more
    assert one["foot"] - row["foot"] == more


# --- on paper ------------------------------------------------------------------------------------

ROOM = pages.to_print("joint-order-room", order)
NAMED = pages.to_print("joint-order-named", partial(order, sealed=False))
STAMPED = pages.to_print("joint-order-stamped", partial(order, dict.fromkeys(UNITS, STAMP)))
MIXED = pages.to_print("joint-order-mixed", partial(order, {"civil": STAMP, "traffic": WIDE}))
ALL = [ROOM, NAMED, STAMPED, MIXED]
LONG = "示例市人力资源和社会保障局局长"
TURNED = pages.to_print(
    "joint-order-turned",
    partial(
        order,
        dict.fromkeys(UNITS, STAMP),
        joint_signers=[{"signer_office": LONG}, {"signer_office": OFFICES[2]}],
    ),
)


def signed(paper: Printed) -> Page:
    """The page with the date, on which a line of the text must be, too."""
    [page] = [
        page for page in paper.pages if any(line.text == DATE for line in pages.lines_of(page))
    ]
    return page


def text_of(page: Page) -> Line:
    return pages.find_line(page, "施行。")


def offices_of(page: Page) -> list[Line]:
    return [pages.find_line(page, office) for office in OFFICES]


def stamps_of(page: Page) -> list[Ink]:
    return pages.red_shapes(page, top=text_of(page).baseline, bottom=255)


@pytest.mark.parametrize("name", ALL)
def test_the_first_name_of_the_mark_stands_20_mm_below_the_top(printed: Papers, name: str) -> None:
    page = printed[name].pages[0]
    bands = [band for band in pages.ink_rows(page) if band.red]
    assert bands[0].top == near(57)
    red = [c for c in page.characters if c.red]
    assert "".join(sorted(c.text for c in red if c.text == "令")) == "令"
    names = [c.baseline for c in red if c.text != "令"]
    word = next(c for c in red if c.text == "令")
    assert word.baseline == near((min(names) + max(names)) / 2)
    assert word.left > max(c.right for c in red if c.text != "令")
    assert max(c.right for c in red) - min(c.left for c in red) <= 156


@pytest.mark.parametrize("name", ALL)
def test_number_and_text_stand_as_below_the_mark_of_one(printed: Papers, name: str) -> None:
    page = printed[name].pages[0]
    number = pages.find_line(page, "第2号")
    bottom = max(c.baseline for c in page.characters if c.red) + 1
    assert 2 * 10.2 < number.top - bottom < 3 * 10.39
    assert pages.find_line(page, "《示例办法》").baseline - number.baseline == near(3 * PITCH)


@pytest.mark.parametrize("name", ALL)
def test_each_office_stands_on_a_line_of_its_own_below_the_first(
    printed: Papers, name: str
) -> None:
    page = signed(printed[name])
    offices = offices_of(page)
    ends = [
        line.characters[len(office) - 1].right
        for line, office in zip(offices, OFFICES, strict=True)
    ]
    assert ends == [near(ends[0])] * 3
    assert all(above.baseline < below.baseline for above, below in pairwise(offices))
    date = pages.find_line(page, DATE)
    assert date.right == near(184 - 4 * CHARACTER)
    assert date.baseline > offices[-1].baseline


def test_room_for_stamps_is_left_between_the_offices(printed: Papers) -> None:
    page = signed(printed[ROOM])
    offices = offices_of(page)
    assert offices[0].baseline - text_of(page).baseline == near(3 * PITCH)
    for above, below in pairwise([*offices, pages.find_line(page, DATE)]):
        assert below.baseline - above.baseline == near(2 * PITCH)
    assert offices[0].right == near(184 - (4 + 6 + 2) * CHARACTER)


def test_names_begin_below_each_other_two_characters_behind_the_offices(printed: Papers) -> None:
    page = signed(printed[NAMED])
    lines = offices_of(page)
    names = [line.characters[len(office) :] for line, office in zip(lines, OFFICES, strict=True)]
    for line, office, name in zip(lines, OFFICES, names, strict=True):
        assert name[0].left == near(names[1][0].left)
        assert name[0].left - line.characters[len(office) - 1].right == near(2 * CHARACTER)
        assert {c.font for c in name} == {pages.STAND_INS["楷体"]}
    assert names[1][-1].right == near(184 - 4 * CHARACTER)
    for above, below in pairwise(lines):
        assert below.baseline - above.baseline == near(PITCH)
    assert pages.find_line(page, DATE).baseline - lines[-1].baseline == near(2 * PITCH)


@pytest.mark.parametrize(("name", "widths"), [(STAMPED, [40, 40, 40]), (MIXED, [40, None, 48])])
def test_each_stamp_stands_two_characters_behind_its_office_and_in_its_middle(
    printed: Papers, name: str, widths: list[int | None]
) -> None:
    page = signed(printed[name])
    offices = offices_of(page)
    stamps = stamps_of(page)
    own = [office for office, width in zip(offices, widths, strict=True) if width]
    assert [stamp.right - stamp.left for stamp in stamps] == [near(w) for w in widths if w]
    for office, stamp in zip(own, stamps, strict=True):
        assert stamp.left - office.right == near(2 * CHARACTER)
        sides = {"left": office.left - 1, "right": office.right + 1}
        inks = pages.ink_rows(page, top=stamp.top, bottom=stamp.bottom, **sides)
        middle = (inks[0].top + inks[-1].bottom) / 2
        assert middle == near((stamp.top + stamp.bottom) / 2)
    assert max(stamp.right for stamp in stamps) == near(184 - 4 * CHARACTER)
    assert stamps[0].top - foot(text_of(page)) == near(2 * PITCH)
    assert foot(pages.find_line(page, DATE)) - stamps[-1].bottom == near(2 * PITCH)


def test_stamps_do_not_touch_and_room_is_left_among_them(printed: Papers) -> None:
    for above, below in pairwise(stamps_of(signed(printed[STAMPED]))):
        assert below.top - above.bottom == near(2)
    first, last = stamps_of(signed(printed[MIXED]))
    assert last.top - first.bottom == near(20 + 2 * 2)


def test_an_office_that_turns_over_stays_beside_the_middle_of_its_stamp(printed: Papers) -> None:
    page = signed(printed[TURNED])
    stamps = stamps_of(page)
    lines = [
        line for line in pages.lines_of(page) if stamps[1].top < line.baseline < stamps[1].bottom
    ]
    assert "".join(line.text for line in lines) == LONG
    sides = {"left": lines[0].left - 1, "right": lines[0].right + 1}
    inks = pages.ink_rows(page, top=stamps[1].top, bottom=stamps[1].bottom, **sides)
    assert (inks[0].top + inks[-1].bottom) / 2 == near((stamps[1].top + stamps[1].bottom) / 2)
    for above, below in pairwise(stamps):
        assert below.top - above.bottom == near(2)
    assert foot(pages.find_line(page, DATE)) - stamps[-1].bottom == near(2 * PITCH)
