"""Draw documents for people to look at: one picture for each, its pages side by side.

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
            picture = side_by_side([Image.open(page) for page in preview.to_png(pdf, work, DPI)])
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
