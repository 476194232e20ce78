"""Draw documents for people to look at: one picture for each, some of its pages side by side.

    python tests/pictures.py DOCUMENTS_FOLDER PICTURES_FOLDER

They are printed with the stand-in fonts of tests/fonts, not with the fonts that they name.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pages
from PIL import Image, ImageOps

from generator import preview

DPI = 72
COLOURS = 32  # black and red text on white: more only makes the files larger
GAP = 12
SHOWN = {  # the pages worth a look; of other documents all are drawn
    "calibration-joint": (1, 3, 4, 5),
    "joint-notice": (1, 4),
    "study-week": (1, 4, 5),
    "study-week-county": (1, 4, 5),
    "issue-ledger": (1, 2, 4, 7),
    "issue-list": (1, 2, 3),
    "criticism-circular": (1, 2),
    "press-conference-notice": (1, 2, 4),
    "opinion-notice": (1, 2, 4),
    "opinion-summary": (1, 2, 4),
    "progress-report": (1, 2, 6),
    "rectification-list": (1, 3, 4),
    "rectification-plan": (1, 2, 4),
    "standards-submission": (1, 3, 5),
    "standards-submission-department": (1, 3, 5),
}


def main(documents: Path, pictures: Path) -> None:
    """A picture `<name>.png` of each `.docx` in *documents*."""
    if lacking := pages.missing():
        sys.exit(f"no pictures: there is no {', no '.join(lacking)}")
    pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        for pdf in preview.to_pdf(
            sorted(documents.glob("*.docx")), work, font_config=pages.FONT_CONFIG
        ):
            sheets = preview.to_png(pdf, work, DPI)
            shown = SHOWN.get(pdf.stem, range(1, len(sheets) + 1))
            picture = side_by_side([Image.open(sheets[number - 1]) for number in shown])
            target = pictures / f"{pdf.stem}.png"
            picture.quantize(COLOURS).save(target, optimize=True)
            sys.stdout.write(f"{target}\n")


def side_by_side(sheets: Sequence[Image.Image]) -> Image.Image:
    """The sheets from left to right, each with a thin edge, on white."""
    framed = [ImageOps.expand(sheet.convert("RGB"), border=1, fill="#bbbbbb") for sheet in sheets]
    width = sum(sheet.width + GAP for sheet in framed) - GAP
    strip = Image.new("RGB", (width, max(sheet.height for sheet in framed)), "white")
    left = 0
    for sheet in framed:
        strip.paste(sheet, (left, 0))
        left += sheet.width + GAP
    return strip


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
