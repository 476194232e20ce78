"""Measuring printed pages: what stands where, in millimetres from the sheet's top left corner.

A test module names the documents that it wants printed, once, at its top level:

    CALIBRATION = pages.to_print("calibration", lambda: render_file("seeds/calibration.yaml"))

and its tests take them from the fixture `printed`, which converts all of them in one LibreOffice:

    def test_the_mark_stands_at_72_mm(printed):
        mark = pages.ink_rows(printed[CALIBRATION].pages[0])[0]
        assert mark.red and mark.top == pytest.approx(72, abs=0.5)
"""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any

import pdfplumber
from PIL import Image, ImageChops

from generator import preview

FONTS = Path(__file__).parent.parent / "build" / "fonts"
FONT_CONFIG = FONTS / "fonts.conf"
STAND_INS = {  # what a PDF calls each stand-in font (tests/fonts/fonts.conf)
    "仿宋": "FandolFang-Regular",
    "楷体": "FandolKai-Regular",
    "黑体": "FandolHei-Regular",
    "宋体": "FandolSong-Regular",
    "小标宋": "FandolSong-Bold",  # the renamed file keeps its CID name inside a PDF
}
POINT = 25.4 / 72  # mm
SAME_LINE = 0.2  # mm between two baselines that are one
DPI = 300
INK = 140  # a channel darker than this is ink; paler is the blur of an edge


@dataclass(frozen=True, slots=True)
class Character:
    """One printed character that is not white space; places in mm, *size* in points.

    *top* and *bottom* are the font's, the same for all characters of one font and size; for what
    the eye sees, measure ink.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    baseline: float
    font: str
    size: float
    red: bool


@dataclass(frozen=True, slots=True)
class Line:
    """The characters on one baseline, from left to right."""

    characters: tuple[Character, ...]

    @property
    def text(self) -> str:
        return "".join(character.text for character in self.characters)

    @property
    def baseline(self) -> float:
        return self.characters[0].baseline

    @property
    def left(self) -> float:
        return self.characters[0].left

    @property
    def right(self) -> float:
        return self.characters[-1].right

    @property
    def top(self) -> float:
        return min(character.top for character in self.characters)

    @property
    def bottom(self) -> float:
        return max(character.bottom for character in self.characters)

    @property
    def fonts(self) -> frozenset[str]:
        return frozenset(character.font for character in self.characters)


@dataclass(frozen=True, slots=True)
class Ink:
    """A band of printed rows with blank rows above and below it; *red* where most of it is."""

    top: float
    bottom: float
    left: float
    right: float
    red: bool


@dataclass(frozen=True)
class Page:
    """One page of a PDF; *number* from 1, *width* and *height* in mm."""

    pdf: Path
    number: int
    width: float
    height: float
    characters: tuple[Character, ...]

    @cached_property
    def picture(self) -> Image.Image:
        """The page in colour, at DPI."""
        only = ["-f", str(self.number), "-l", str(self.number)]
        command = ["pdftoppm", "-r", str(DPI), *only, str(self.pdf)]
        done = subprocess.run(command, capture_output=True, check=True)
        return Image.open(io.BytesIO(done.stdout)).convert("RGB")


@dataclass(frozen=True)
class Printed:
    """A document that LibreOffice printed."""

    name: str
    pdf: Path

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        return read_pages(self.pdf)

    @cached_property
    def fonts(self) -> frozenset[str]:
        """The fonts embedded in the PDF: a font that is missing is replaced without a word."""
        return preview.embedded_fonts(self.pdf)


# --- printing ------------------------------------------------------------------------------------

_TO_PRINT: dict[str, Callable[[], bytes]] = {}


def to_print(name: str, make: Callable[[], bytes]) -> str:
    """Ask for a document, `.docx` bytes from *make*, to be printed; its key in `printed`."""
    if name in _TO_PRINT:
        raise ValueError(f"two documents to print are called {name}")
    _TO_PRINT[name] = make
    return name


def missing() -> list[str]:
    """What printing needs and this machine has not."""
    programs = {"soffice": "LibreOffice Writer", "pdftoppm": "poppler", "pdffonts": "poppler"}
    lacking = [f"{of} ({name})" for name, of in programs.items() if not shutil.which(name)]
    if not FONT_CONFIG.is_file():
        lacking.append("the stand-in fonts (build/fonts, which make test fills)")
    return lacking


def print_all(folder: Path) -> Mapping[str, Printed]:
    """All documents asked for so far, printed by one LibreOffice into *folder*."""
    documents = []
    for name, make in _TO_PRINT.items():
        documents.append(folder / f"{name}.docx")
        documents[-1].write_bytes(make())
    pdfs = preview.to_pdf(documents, folder / "pdf", font_config=FONT_CONFIG, timeout=300)
    return {pdf.stem: Printed(pdf.stem, pdf) for pdf in pdfs}


# --- characters ----------------------------------------------------------------------------------


def read_pages(pdf: Path) -> tuple[Page, ...]:
    """The pages of *pdf* with their characters."""
    with pdfplumber.open(pdf) as document:
        return tuple(
            Page(
                pdf,
                page.page_number,
                page.width * POINT,
                page.height * POINT,
                tuple(_character(c, page.height) for c in page.chars if not c["text"].isspace()),
            )
            for page in document.pages
        )


def _character(char: Mapping[str, Any], height: float) -> Character:
    return Character(
        text=char["text"],
        left=char["x0"] * POINT,
        right=char["x1"] * POINT,
        top=char["top"] * POINT,
        bottom=char["bottom"] * POINT,
        baseline=(height - char["matrix"][5]) * POINT,
        font=char["fontname"].partition("+")[2] or char["fontname"],
        size=char["size"],
        red=_is_red(char["non_stroking_color"]),
    )


def _is_red(color: Any) -> bool:
    match color:
        case (red, green, blue):
            return float(red) > 0.5 and float(green) < 0.3 and float(blue) < 0.3
    return False  # grey has one number


def lines_of(page: Page, top: float = 0, bottom: float = 1000) -> list[Line]:
    """The lines whose baseline is between *top* and *bottom*, from top to bottom."""
    lines: list[list[Character]] = []
    for character in sorted(page.characters, key=lambda c: c.baseline):
        if not top <= character.baseline <= bottom:
            continue
        if lines and character.baseline - lines[-1][-1].baseline < SAME_LINE:
            lines[-1].append(character)
        else:
            lines.append([character])
    return [Line(tuple(sorted(line, key=lambda c: c.left))) for line in lines]


def find_line(page: Page, text: str) -> Line:
    """The first line that holds *text*."""
    for line in lines_of(page):
        if text in line.text:
            return line
    raise AssertionError(f"no line of page {page.number} holds “{text}”")


# --- ink -----------------------------------------------------------------------------------------


def ink_rows(
    page: Page, *, top: float = 0, bottom: float = 1000, left: float = 0, right: float = 1000
) -> list[Ink]:
    """The bands of ink in a part of *page*, from top to bottom."""
    picture = page.picture
    x0, y0 = _pixels(left), _pixels(top)
    x1, y1 = min(_pixels(right), picture.width), min(_pixels(bottom), picture.height)
    ink, reddish = _masks(picture.crop((x0, y0, x1, y1)))
    bands = []
    for start, end in _stretches(ink):
        box = (0, start, ink.width, end)
        first, _, last, _ = ink.crop(box).getbbox() or box
        amount = [mask.crop(box).histogram()[255] for mask in (reddish, ink)]
        sides = _mm(y0 + start), _mm(y0 + end), _mm(x0 + first), _mm(x0 + last)
        bands.append(Ink(*sides, red=amount[0] * 2 > amount[1]))
    return bands


def red_shapes(page: Page, *, top: float = 0, bottom: float = 1000) -> list[Ink]:
    """The red things on *page* with nothing red beside or between them, from the top left on.

    What is printed over them in black does not count.
    """
    picture = page.picture
    y0, y1 = _pixels(top), min(_pixels(bottom), picture.height)
    _, red = _masks(picture.crop((0, y0, picture.width, y1)))
    shapes = []
    for start, end in _stretches(red):
        band = red.crop((0, start, red.width, end))
        for left, right in _stretches(band.transpose(Image.Transpose.TRANSPOSE)):
            _, above, _, below = band.crop((left, 0, right, band.height)).getbbox() or (0, 0, 0, 0)
            sides = _mm(y0 + start + above), _mm(y0 + start + below), _mm(left), _mm(right)
            shapes.append(Ink(*sides, red=True))
    return shapes


def _masks(picture: Image.Image) -> tuple[Image.Image, Image.Image]:
    """Where there is ink, and where it is red, as 255."""
    red, green, blue = picture.split()
    ink = _darker_than(INK, ImageChops.darker(red, ImageChops.darker(green, blue)))
    colour = ImageChops.subtract(red, ImageChops.lighter(green, blue))
    return ink, ImageChops.multiply(ink, _lighter_than(100, colour))


def _stretches(mask: Image.Image) -> list[tuple[int, int]]:
    """The first row and the one after the last of each stretch of rows that are not blank."""
    width, data, blank = mask.width, mask.tobytes(), bytes(mask.width)
    inked = [data[y * width : (y + 1) * width] != blank for y in range(mask.height)]
    found, y = [], 0
    for has_ink, rows in groupby(inked):
        start, y = y, y + len(list(rows))
        if has_ink:
            found.append((start, y))
    return found


def _darker_than(limit: int, channel: Image.Image) -> Image.Image:
    return channel.point([255] * limit + [0] * (256 - limit))


def _lighter_than(limit: int, channel: Image.Image) -> Image.Image:
    return channel.point([0] * limit + [255] * (256 - limit))


def _pixels(mm: float) -> int:
    return round(mm / 25.4 * DPI)


def _mm(pixels: int) -> float:
    return round(pixels * 25.4 / DPI, 2)
