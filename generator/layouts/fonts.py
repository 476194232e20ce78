"""The fonts of a unit, and how a package names them."""

from __future__ import annotations

from collections.abc import Mapping

from generator.layouts.geometry import Place, nowhere
from generator.layouts.typefaces import FONTS
from generator.problems import Message, Problem
from generator.wordml import Element, make

_ALTERNATIVES = {
    "仿宋_GB2312": "仿宋",
    "楷体_GB2312": "楷体",
    "方正小标宋简体": "华文中宋",
    "方正小标宋_GBK": "华文中宋",
    "仿宋": "FangSong",
    "楷体": "KaiTi",
    "黑体": "SimHei",
    "宋体": "SimSun",
}
"""What Word takes where a font is not installed, so that such a machine stays close."""

_FAMILIES = {"仿宋": "modern", "楷体": "modern", "黑体": "modern", "小标宋": "script"}
_GB2312_CHARSET = "86"


def read_fonts(
    fonts: Mapping[str, str], place: Place = nowhere
) -> tuple[dict[str, str], list[Problem]]:
    """A font name for each class, the unit's own over the usual one, and classes that are none."""
    problems = [
        Problem(
            "B044",
            Message("there is no font class “{font}”", font=font),
            place(("fonts", font)),
            Message("use one of {fonts}", fonts="、".join(FONTS)),
        )
        for font in fonts
        if font not in FONTS
    ]
    return FONTS | {font: name for font, name in fonts.items() if name}, problems


def slots(font: str) -> Element:
    """`w:rFonts` with *font* in all four slots, and the hint for “ ” — … (GX005, GX006)."""
    names = {f"w:{slot}": font for slot in ("ascii", "hAnsi", "eastAsia", "cs")}
    return make("w:rFonts", {"w:hint": "eastAsia"} | names)


def font_table(fonts: Mapping[str, str]) -> Element:
    """The `w:fonts` part: each font once, with its alternative."""
    table = make("w:fonts")
    listed = set()
    for font, name in fonts.items():
        if name in listed:
            continue
        listed.add(name)
        entry = make("w:font", {"w:name": name})
        if alternative := _ALTERNATIVES.get(name):
            entry.append(make("w:altName", {"w:val": alternative}))
        entry.append(make("w:charset", {"w:val": _GB2312_CHARSET}))
        entry.append(make("w:family", {"w:val": _FAMILIES.get(font, "auto")}))
        entry.append(make("w:pitch", {"w:val": "default"}))
        table.append(entry)
    return table
