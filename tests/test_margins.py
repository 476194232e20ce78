"""The second accepted reading of the margins (GP010): a unit that chooses `ofd`, on paper."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import demo
import pages
import pytest
from builders import folder
from pages import Printed
from test_order import FILES as ORDER
from test_order import VALUES as ORDER_VALUES

from generator import open_library, render_file

SEEDS = ("calibration", "minutes", "opinion-letter")
UNITS = ("city-office", "civil-affairs")
near = partial(pytest.approx, abs=0.5)
Papers = Mapping[str, Printed]


def paper(seed: str) -> bytes:
    """The document of *seed*, whose unit reads the margins as OFD does."""
    settings = {
        f"units/{unit}/unit.yaml": (demo.ROOT / f"examples/demo/units/{unit}/unit.yaml").read_text(
            "utf-8"
        )
        + "margins: ofd\n"
        for unit in UNITS
    }
    with TemporaryDirectory() as space:
        library = open_library(folder(Path(space), settings), keep=False)
        return render_file(demo.ROOT / f"seeds/{seed}.yaml", library)


def order() -> bytes:
    unit = "units/government/unit.yaml"
    files = ORDER | {unit: ORDER[unit] + "margins: ofd\n"}
    with TemporaryDirectory() as space:
        library = open_library(folder(Path(space), files), keep=False)
        return library.template("decree", "government").render(ORDER_VALUES)


def of_closer_lines() -> bytes:
    """The document of a unit whose lines are 28 points high, as its unit.yaml says (GP011)."""
    template = demo.demo().template("meeting-notice", "town")
    values = {"meeting": "联络员会议", "date": "2005-03-04", "time": "下午3时", "place": "会议室"}
    return template.render({"date_of_issue": "2005-03-02", "serial": 11, **values})


CLOSER = pages.to_print("margins-closer", of_closer_lines)
PAPERS = {seed: pages.to_print(f"margins-{seed}", partial(paper, seed)) for seed in SEEDS}
PAPERS["order"] = pages.to_print("margins-order", order)
WITH_IMPRINT = [name for name in PAPERS if name != "opinion-letter"]


@pytest.fixture
def document(printed: Papers, name: str) -> Printed:
    return printed[PAPERS[name]]


@pytest.mark.parametrize("name", ["calibration"])
@pytest.mark.parametrize("number", [2, 3])
def test_a_page_still_holds_22_lines_of_28_characters(document: Printed, number: int) -> None:
    lines = pages.lines_of(document.pages[number - 1], top=30, bottom=265)
    assert len(lines) == 22
    assert [len(line.characters) for line in lines[1:]] == [28] * 21
    pitches = [below.baseline - above.baseline for above, below in pairwise(lines)]
    assert pitches == pytest.approx([589 / 1440 * 25.4] * 21, abs=0.05)


@pytest.mark.parametrize("name", ["calibration"])
def test_the_last_characters_stand_on_the_foot_of_the_type_area(document: Printed) -> None:
    lines = pages.lines_of(document.pages[2], top=30, bottom=265)
    assert min(line.left for line in lines) == near(28)
    assert max(line.right for line in lines) == near(184)
    bands = pages.ink_rows(document.pages[2], top=30, bottom=264)
    assert bands[0].top == pytest.approx(38.4, abs=0.5), "LibreOffice puts text low in its line"
    assert bands[-1].bottom == near(262)


@pytest.mark.parametrize(
    ("name", "top"), [("calibration", 72), ("minutes", 72), ("order", 57), ("opinion-letter", 30)]
)
def test_the_mark_stands_where_it_did(document: Printed, top: float) -> None:
    first = document.pages[0]
    mark, *rules = [band for band in pages.ink_rows(first) if band.red]
    assert mark.top == near(top)
    if rules and top == 72:
        above = [band for band in pages.ink_rows(first) if band.bottom < rules[0].top]
        assert rules[0].top - above[-1].bottom == near(4)
        assert (rules[0].left, rules[0].right) == (near(28), near(184))


@pytest.mark.parametrize("name", WITH_IMPRINT)
def test_the_closing_rule_stands_at_262_mm(document: Printed) -> None:
    bands = pages.ink_rows(document.pages[-1], top=240, bottom=264)
    closing = bands[-1]
    assert (closing.top + closing.bottom) / 2 == near(262)
    assert (closing.left, closing.right) == (near(28), near(184))


@pytest.mark.parametrize("name", ["opinion-letter"])
def test_the_copies_of_a_letter_end_in_the_type_area(document: Printed) -> None:
    line = pages.find_line(document.pages[-1], "抄送：")
    [ink] = pages.ink_rows(document.pages[-1], top=line.top, bottom=264)
    assert 257 < ink.bottom < 262


@pytest.mark.parametrize("name", PAPERS)
def test_the_page_number_stands_7_mm_below_the_type_area(name: str, document: Printed) -> None:
    for page in document.pages[1 if name == "opinion-letter" else 0 :]:
        [line] = pages.lines_of(page, top=264)
        assert re.fullmatch(r"—\d—", line.text)
        dash = pages.ink_rows(page, top=264, right=line.left + 2, left=line.left)[0]
        assert (dash.top + dash.bottom) / 2 == near(269)


def test_lines_of_another_height_leave_mark_and_text_where_they_were(printed: Papers) -> None:
    first, second = printed[CLOSER].pages[:2]
    mark = next(band for band in pages.ink_rows(first) if band.red)
    assert mark.top == near(72)
    top, next_line = pages.lines_of(second, top=30)[:2]
    pitch = next_line.baseline - top.baseline
    assert pitch == pytest.approx(560 / 1440 * 25.4, abs=0.05)
    assert top.baseline == near(37 + 0.8 * pitch)
