"""联合行文: organs that issue a document together, in values, in messages and on paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pages
import pytest
import structure
from builders import folder, paragraphs
from pages import Line, Page, Printed
from workspaces import joint_values, joint_workspace

from generator import NoticeError, check, open_library
from generator.layouts import LayoutStyle, first_page_of
from generator.layouts.geometry import STANDARD
from generator.layouts.seating import joint_mark, signature_rows
from generator.library.organs import Organ

near = partial(pytest.approx, abs=0.5)
Papers = Mapping[str, Printed]
LONG = "中共示例市委先进性教育活动领导小组办公室"
LINE, ONE = STANDARD.line, STANDARD.character
TEXT = "请各单位及时清运残雪，保证道路畅通。" * 2


def document(
    layout: str = "document", kind: str = "通知", seal: str = "", **values: object
) -> bytes:
    with TemporaryDirectory() as name:
        own = dict.fromkeys(("civil", "finance", "traffic"), seal)
        space = joint_workspace(Path(name), layout, kind, **own)
        template = open_library(space, keep=False).template("joint", "civil")
        return template.render(joint_values(text=TEXT, **values))


def said(document: bytes) -> list[str]:
    """Its paragraphs that hold words, without the tabs at their beginning."""
    return [text.lstrip("\t") for text in paragraphs(document) if text.strip()]


def organ(name: str, seal: int = 0) -> Organ:
    picture = {"across": seal, "down": seal} if seal else None
    return {"name": name, "mark": name, "seal": picture}


def problems(space: Path, text: str, layout: str = "document", kind: str = "通知") -> list[str]:
    files = {
        "in.yaml": "template: joint\nunit: civil\ndate_of_issue: 2005-03-09\nserial: 3\n" + text
    }
    folder(joint_workspace(space, layout, kind) if not space.exists() else space, files)
    library = open_library(space, keep=False)
    found = check(space / "in.yaml", library=library)
    return [str(problem).removeprefix(f"{space}/") for problem in found]


# --- what it says --------------------------------------------------------------------------------


def test_a_joint_document_names_its_organs_in_mark_title_and_signature() -> None:
    assert said(document(joint_issuers=["finance", "示例市水务局"]))[:9] == [
        "示例市民政局",
        "示例市财政局",
        "示例市水务局",
        "文件",
        "示民〔2005〕3号",
        "示例市民政局 示例市财政局\n示例市水务局关于清运残雪的通知",
        TEXT,
        "示例市民政局\t示例市财政局\t示例市水务局",
        "2005年3月9日",
    ]


@pytest.mark.parametrize("sealed", [True, False])
def test_a_joint_document_is_sound_and_made_the_same_again(sealed: bool) -> None:
    made = document(sealed=sealed, joint_issuers=["finance", "示例市水务局"])
    assert structure.faults(made) == []
    assert document(sealed=sealed, joint_issuers=["finance", "示例市水务局"]) == made


def test_without_seals_the_organs_sign_one_below_the_other() -> None:
    lines = said(document(sealed=False))
    start = lines.index(TEXT) + 1
    assert lines[start : start + 3] == ["示例市民政局", "示例市财政局", "2005年3月9日"]


def test_a_joint_letter_bears_the_mark_of_the_first_organ_alone() -> None:
    lines = said(document("letter", "函", main_recipients=["示例市水务局"]))
    assert lines[0] == "示例市民政局"
    assert lines[-2:] == ["示例市民政局\t示例市财政局", "2005年3月9日"]


def test_a_report_of_several_organs_bears_the_signatories_of_all(tmp_path: Path) -> None:
    space = joint_workspace(tmp_path, kind="报告")
    template = open_library(space, keep=False).template("joint", "civil")
    values = joint_values(main_recipients=["市委"], joint_issuers=["finance", "traffic"])
    lines = said(template.render(values))
    assert "签发人：民某\t财某" in lines
    assert "示民〔2005〕3号\t交某" in [line.replace("\t\t\t", "") for line in lines]


def test_a_unit_may_always_issue_with_another(tmp_path: Path) -> None:
    space = joint_workspace(tmp_path, civil="joint_issuers: [finance]\n")
    template = open_library(space, keep=False).template("joint", "civil")
    alone = {"date_of_issue": "2005-03-09", "serial": 3}
    assert "示例市财政局" in paragraphs(template.render(alone))
    assert "示例市财政局" not in paragraphs(template.render({**alone, "joint_issuers": []}))


def test_a_mark_without_the_word_document_has_nothing_beside_its_names(tmp_path: Path) -> None:
    space = joint_workspace(tmp_path, civil="letterhead: {mark: 示例市民政局}\n")
    template = open_library(space, keep=False).template("joint", "civil")
    assert "文件" not in paragraphs(template.render(joint_values()))


def test_a_unit_may_have_its_own_mark_alone_on_what_others_issue_with_it(tmp_path: Path) -> None:
    own = "letterhead: {mark: 示例市民政局文件, alone: true}\n"
    space = joint_workspace(tmp_path / "w", civil=own)
    template = open_library(space, keep=False).template("joint", "civil")
    lines = said(template.render(joint_values()))
    assert lines[:2] == ["示例市民政局文件", "示民〔2005〕3号"]
    assert "示例市民政局\t示例市财政局" in lines
    many = ", ".join(f"示例市第{number}局" for number in "一二三四五六七八")
    assert problems(tmp_path / "w", f"joint_issuers: [{many}]\n") == []


def test_paper_that_bears_the_red_head_shows_no_mark_of_several_organs(tmp_path: Path) -> None:
    own = "letterhead: {mark: 示例市民政局文件, preprinted: true}\n"
    space = joint_workspace(tmp_path, civil=own)
    template = open_library(space, keep=False).template("joint", "civil")
    lines = said(template.render(joint_values()))
    assert lines[0] == "示民〔2005〕3号"


def test_a_template_keeps_its_own_values_whatever_the_layout_calls_what_it_needs(
    tmp_path: Path,
) -> None:
    space = joint_workspace(tmp_path, kind="报告")
    names = ("rows", "row", "mark", "organ", "organs", "issuers")
    own = ", ".join(f"{name}: {{title: 值{name}, type: string}}" for name in names)
    path = space / "joint/template.yaml"
    text = path.read_text(encoding="utf-8").replace("properties: {", f"properties: {{{own}, ")
    text = text.replace("{{ issuers | listed(' ') }}", "")
    printed = "".join(f"{{{{ {name} }}}}" for name in names)
    body = "{{% block {0} %}}\n\n{0}：{1}\n\n{{% endblock %}}\n"
    bodies = "".join(body.format(name, printed) for name in ("body", "annexes"))
    folder(space, {"joint/template.yaml": text, "joint/body.md": bodies})
    template = open_library(space, keep=False).template("joint", "civil")
    values = joint_values(main_recipients=["市委"], **{name: f"（{name}）" for name in names})
    whole = "".join(f"（{name}）" for name in names)
    assert {f"body：{whole}", f"annexes：{whole}"} <= {*paragraphs(template.render(values))}


# --- what is wrong with it -----------------------------------------------------------------------


def test_every_organ_that_cannot_be_is_named_at_its_place(tmp_path: Path) -> None:
    own = "name: 示例县委\nkind: 党委\n"
    folder(joint_workspace(tmp_path / "w"), {"units/party/unit.yaml": own})
    names = ["finence", "示例市水务局", "civil", "party", "../civil", "示例市水务局"]
    names += ["finance", "示例市财政局"]
    text = "".join(["联合行文机关:\n", *(f"- {name}\n" for name in names)])
    already = (
        "issues the document already"
        " (name each organ once, and not the unit itself (unit / 发文单位))"
    )
    assert problems(tmp_path / "w", text) == [
        "in.yaml:6:3: B001 there is no unit “finence” (did you mean “finance”?)",
        f"in.yaml:8:3: B009 “civil” {already}",
        "in.yaml:9:3: B006 a unit of the kind 党委 may not issue “joint”"
        " (it is issued by: 部门、政府)",
        "in.yaml:10:3: B001 there is no unit “../civil” (did you mean “civil”?)",
        f"in.yaml:11:3: B009 “示例市水务局” {already}",
        f"in.yaml:13:3: B009 “示例市财政局” {already}",
    ]


def test_what_is_wrong_with_the_unit_yaml_of_another_organ_is_told_there(tmp_path: Path) -> None:
    joint_workspace(tmp_path / "w", finance="sealed: 也许\n")
    [problem] = problems(tmp_path / "w", "joint_issuers: [finance]\n")
    assert problem.startswith("units/finance/unit.yaml:5:9: D103 ")


def test_a_row_from_python_names_the_organ_by_its_path(tmp_path: Path) -> None:
    template = open_library(joint_workspace(tmp_path), keep=False).template("joint", "civil")
    with pytest.raises(NoticeError) as caught:
        template.render(joint_values(joint_issuers=["finance", "trafic"]))
    assert str(caught.value) == (
        "joint_issuers[1]: B001 there is no unit “trafic” (did you mean “traffic”?)"
    )


def test_a_title_that_names_only_some_of_the_organs_is_a_warning(tmp_path: Path) -> None:
    joint_workspace(tmp_path / "w")
    path = tmp_path / "w/joint/template.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("{{ issuers | listed(' ') }}", "{{ unit.issuer }}"), "utf-8")
    assert problems(tmp_path / "w", "joint_issuers: [finance]\n") == [
        "in.yaml:5:16: GB001 the title does not name 示例市财政局"
        " (begin the title in template.yaml with {{ issuers | listed(' ') }})"
    ]


def test_a_report_must_name_a_signatory_of_each_organ(tmp_path: Path) -> None:
    text = (
        "main_recipients: [示例市委]\njoint_issuers: [finance, 示例市水务局]\nsignatory: [张某]\n"
    )
    assert problems(tmp_path / "w", text, kind="报告") == [
        "in.yaml:7:12: GH010 3 organs issue it, and 1 signed for them (signatory / 签发人)"
        " (name one of each organ, in their order)"
    ]


def test_names_that_the_red_head_has_no_room_for_are_told(tmp_path: Path) -> None:
    many = [f"示例市第{number}局" for number in "一二三四五六七八"]
    hint = " (shorten the marks of the units (letterhead / 版头), or name fewer organs)"
    assert problems(tmp_path / "w", f"joint_issuers: [{', '.join(many)}]\n") == [
        "in.yaml:5:16: GH007 the names in the red head are 83 mm high: the first page may have"
        " no text" + hint
    ]
    assert problems(tmp_path / "w", f"joint_issuers: [{LONG * 2}]\n") == [
        "in.yaml:5:16: GH007 the names in the red head are drawn at 28 % of their width" + hint
    ]


# --- where names stand ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "points", "scale"),
    [
        (["示例市民政局", "示例市财政局"], 51, 100),
        (["示例县委", "示例县人民政府"], 46, 100),
        (["示例县委"] * 5, 37, 100),
        ([LONG, "示例市财政局"], 36, 54),
        (["示例县委"] * 9, 22, 100),
    ],
)
def test_a_joint_mark_fills_the_width_and_leaves_room_for_text(
    names: list[str], points: int, scale: int
) -> None:
    mark = joint_mark([organ(name) for name in names], "文件")
    assert (mark["size"], mark["scale"]) == (2 * points, scale)
    assert mark["names"] + mark["gap"] + mark["tail"] <= STANDARD.text_width


def test_a_mark_of_a_unit_with_its_own_size_is_no_larger() -> None:
    assert joint_mark([organ("示例县委")] * 2, "文件", 30)["size"] == 60


@pytest.mark.parametrize(
    ("count", "lengths"), [(2, [2]), (3, [3]), (4, [2, 2]), (5, [3, 2]), (7, [3, 2, 2])]
)
def test_sealed_organs_stand_in_even_rows_of_three_at_most(count: int, lengths: list[int]) -> None:
    rows = signature_rows([organ("示例市民政局")] * count, "2005年3月9日", LINE, ONE)
    assert [len(row["organs"]) for row in rows] == lengths


@pytest.mark.parametrize("seal", [0, 2155, 2381, 2835, 3402])
@pytest.mark.parametrize("count", range(2, 8))
@pytest.mark.parametrize("name", ["县委", "示例市民政局", LONG])
def test_seals_never_touch_nor_leave_the_type_area(seal: int, count: int, name: str) -> None:
    organs = [organ(name, seal)] * count
    across = seal or STANDARD.seal_width
    rows = signature_rows(organs, "2005年3月9日", LINE, ONE)
    for row in rows:
        middles = row["stops"][: len(row["organs"])]
        assert middles[0] - across / 2 >= 0
        assert middles[-1] + across / 2 <= STANDARD.text_width
        wide = max(across, len(name) * ONE)
        assert all(b - a >= wide + STANDARD.seal_space - 1 for a, b in pairwise(middles))
        assert row["stops"] == sorted(set(row["stops"]))
    assert all(row["gap"] + LINE >= across for row in rows[1:])


@pytest.mark.parametrize("seal", range(567, 3403, 100))
def test_the_top_of_a_seal_is_within_a_line_of_the_text(seal: int) -> None:
    [row] = signature_rows([organ("示例市民政局", seal)] * 2, "2005年3月9日", LINE, ONE)
    top = row["gap"] + LINE - STANDARD.seal_rise - seal / 2
    assert 0 <= top <= LINE


# --- on paper ------------------------------------------------------------------------------------

TWO = pages.to_print("joint-two", document)
THREE = pages.to_print(
    "joint-three", partial(document, joint_issuers=["finance", "traffic"], copy_number="000001")
)
UNSEALED = pages.to_print(
    "joint-unsealed", partial(document, joint_issuers=["finance", "traffic"], sealed=False)
)
REPORT = pages.to_print(
    "joint-report",
    partial(document, kind="报告", joint_issuers=["finance", "traffic"], main_recipients=["市委"]),
)
MARKS = [TWO, THREE, UNSEALED, REPORT]


def red_lines(page: Page) -> list[Line]:
    return [line for line in pages.lines_of(page) if line.characters[0].red]


def names_of(page: Page) -> list[tuple[float, float]]:
    """The left and right edge of each name in the red head, of its ink."""
    tail = next(c for line in red_lines(page) for c in line.characters if c.text == "文")
    high = 0.8 * tail.size * pages.POINT
    inks = [
        pages.ink_rows(page, top=line.baseline - high, bottom=line.baseline, right=tail.left - 1)
        for line in red_lines(page)
        if line.left < tail.left
    ]
    return [(ink[-1].left, ink[-1].right) for ink in inks]


def last_lines(paper: Printed) -> list[Line]:
    return [line for page in paper.pages for line in pages.lines_of(page, top=38, bottom=262)]


@pytest.mark.parametrize("name", MARKS)
def test_the_first_name_of_a_joint_mark_stands_72_mm_from_the_top(
    printed: Papers, name: str
) -> None:
    mark = [band for band in pages.ink_rows(printed[name].pages[0]) if band.red]
    assert mark[0].top == near(72)


@pytest.mark.parametrize("name", MARKS)
def test_the_names_of_a_joint_mark_are_of_equal_width(printed: Papers, name: str) -> None:
    first, *others = names_of(printed[name].pages[0])
    for other in others:
        assert other == (near(first[0]), near(first[1]))


@pytest.mark.parametrize("name", MARKS)
def test_a_joint_mark_stands_in_the_middle_of_the_type_area(printed: Papers, name: str) -> None:
    page = printed[name].pages[0]
    bands = [band for band in pages.ink_rows(page, top=70, bottom=140) if band.red]
    left = min(band.left for band in bands)
    right = max(band.right for band in bands if band.bottom - band.top > 2)
    if name != REPORT:
        right = max(c.right for line in red_lines(page) for c in line.characters) - 0.5
    assert (left + right) / 2 == near(28 + 156 / 2)
    assert right - left <= 156


@pytest.mark.parametrize("name", MARKS)
def test_the_word_document_stands_beside_the_middle_of_the_names(
    printed: Papers, name: str
) -> None:
    page = printed[name].pages[0]
    red = [c for line in red_lines(page) for c in line.characters]
    names = [c for c in red if c.text not in "文件"]
    tail = [c for c in red if c.text in "文件"]
    middles = [
        (min(c.baseline for c in part) + max(c.baseline for c in part)) / 2
        for part in (names, tail)
    ]
    assert middles[0] == near(middles[1])
    assert min(c.left for c in tail) > max(c.right for c in names)


@pytest.mark.parametrize("name", MARKS)
def test_the_number_stands_two_empty_lines_below_a_joint_mark(printed: Papers, name: str) -> None:
    page = printed[name].pages[0]
    last = red_lines(page)[-1]
    number = next(line for line in pages.lines_of(page) if "〔2005〕" in line.text)
    first = next((line for line in pages.lines_of(page) if "签发人" in line.text), number)
    bottom = last.baseline + 1
    assert 2 * 10.2 < first.top - bottom < 3 * 10.39


def test_the_number_of_a_joint_report_stands_in_the_line_of_the_last_signatory(
    printed: Papers,
) -> None:
    page = printed[REPORT].pages[0]
    assert pages.find_line(page, "签发人：").text == "签发人：民某财某"
    assert pages.find_line(page, "〔2005〕").text == "示民〔2005〕3号交某"


@pytest.mark.parametrize(("name", "count"), [(TWO, 2), (THREE, 3)])
def test_the_last_of_a_row_of_organs_stands_over_the_date(
    printed: Papers, name: str, count: int
) -> None:
    lines = last_lines(printed[name])
    index = next(i for i, line in enumerate(lines) if line.text == "2005年3月9日")
    row, date = lines[index - 1], lines[index]
    organs = [row.characters[i * 6 : i * 6 + 6] for i in range(count - 1)]
    organs.append(row.characters[(count - 1) * 6 :])
    middles = [(each[0].left + each[-1].right) / 2 for each in organs]
    # LibreOffice widens the date by 3.2 pt wherever a digit meets a character; Word does not.
    assert middles[-1] == near(date.right - 6 * 5.55 / 2)
    assert date.right == near(184 - 4 * 5.55)
    assert all(b - a >= 42 + 1.9 for a, b in pairwise(middles))
    assert middles[0] >= 28 + 42 / 2
    assert row.baseline - lines[index - 2].baseline == near(3 * 225 / 22)


def test_unsealed_organs_begin_below_each_other_and_the_date_two_characters_further(
    printed: Papers,
) -> None:
    lines = last_lines(printed[UNSEALED])
    index = next(i for i, line in enumerate(lines) if line.text == "2005年3月9日")
    first, second, third, date = lines[index - 3 : index + 1]
    assert [line.text for line in (first, second)] == ["示例市民政局", "示例市财政局"]
    assert first.left == near(second.left) == near(third.left)
    assert third.right == near(184 - 2 * 5.55)
    assert date.left - third.left == near(2 * 5.55)
    assert second.baseline - first.baseline == near(225 / 22)
    assert first.baseline - lines[index - 4].baseline == near(2 * 225 / 22)


def test_the_marks_of_many_organs_leave_less_room_for_recipients_on_the_first_page() -> None:
    style = LayoutStyle(mark="示例市民政局文件")
    recipients = [f"示例县第{number}中学" for number in range(1, 21)]
    organs = [{"name": name, "mark": name, "seal": None} for name in ("示例市民政局",) * 4]

    def is_crowded(style: LayoutStyle, organs: list[dict[str, object]]) -> bool:
        page = first_page_of("document", style)
        assert page is not None
        return page.is_crowded({"main_recipients": recipients, "issuing_organs": organs})

    assert not is_crowded(style, organs[:1])
    assert is_crowded(style, organs)
    assert not is_crowded(replace(style, alone=True), organs)
