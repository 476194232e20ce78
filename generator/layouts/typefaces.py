"""The font classes of official documents, the names that stand for them, and what these can draw.

Known without lxml: values are held to it before every render.
"""

from __future__ import annotations

from collections.abc import Mapping

FONTS = {
    "仿宋": "仿宋_GB2312",
    "楷体": "楷体_GB2312",
    "黑体": "黑体",
    "小标宋": "方正小标宋简体",
    "宋体": "宋体",
}
"""Font classes of the standard (GP007, GH002, GB001, GB004, GN001) and their usual names."""

_GB2312_ALONE = frozenset({"仿宋_GB2312", "楷体_GB2312", "方正小标宋简体"})
"""The fonts that have no characters but those of GB/T 2312—1980 (GD017)."""


def limited_fonts(fonts: Mapping[str, str]) -> list[str]:
    """The fonts of a unit, *fonts* by their classes, that draw no character outside GB2312."""
    return [name for name in (FONTS | {**fonts}).values() if name in _GB2312_ALONE]
