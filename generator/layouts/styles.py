"""What each element of an official document looks like, as styles that a clerk may edit in Word.

Every style is complete, so that a paragraph needs nothing but its style.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.layouts.geometry import Geometry
from generator.layouts.placing import Mark

STYLE_IDS = {
    "Normal": "Normal",
    "份号": "CopyNumber",
    "密级和保密期限": "Classification",
    "紧急程度": "Urgency",
    "发文机关标志": "IssuerMark",
    "发文字号": "DocumentNumber",
    "签发人": "Signatory",
    "Title": "Title",
    "主送机关": "MainRecipients",
    "Body Text": "BodyText",
    "heading 1": "Heading1",
    "heading 2": "Heading2",
    "heading 3": "Heading3",
    "heading 4": "Heading4",
    "附件说明": "AnnexNote",
    "署名": "Issuer",
    "成文日期": "DateOfIssue",
    "附注": "Remark",
    "附件": "Annex",
    "附件标题": "AnnexTitle",
    "表文": "TableText",
    "表头": "TableHead",
    "抄送机关": "CopyRecipients",
    "版记": "Imprint",
    "页码": "PageNumber",
    "Default Paragraph Font": "DefaultParagraphFont",
    "Strong": "Strong",
    "Emphasis": "Emphasis",
    "签发人姓名": "SignatoryName",
    "Normal Table": "NormalTable",
    "Table Grid": "TableGrid",
    "No List": "NoList",
}
"""Every style: its name in Word and its id in the package."""

CHARACTER_FONTS = {"Strong": "黑体", "Emphasis": "楷体", "签发人姓名": "楷体"}
"""The font class of each character style; never bold, never slanted (GB004, GH010)."""

RED = "FF0000"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphStyle:
    """A paragraph style; lengths are twips, sizes half-points."""

    size: int
    line: int
    font: str = "仿宋"
    tracking: int = 0
    color: str = ""
    scale: int = 100
    before: int = 0
    after: int = 0
    left: int = 0
    right: int = 0
    hanging: int = 0
    first_line: int = 0
    first_line_characters: int = 0
    """The same indent in characters, which Word prefers (GX004)."""
    align: str = "both"
    right_stop: int = 0
    red_rule: tuple[int, int] | None = None
    """Thickness and distance of a red line below."""
    outline: int | None = None
    keep_next: bool = False
    keep_lines: bool = False
    new_page: bool = False
    next: str = ""
    """The name of the style that follows when a clerk types on."""


def paragraph_styles(g: Geometry, mark: Mark) -> dict[str, ParagraphStyle]:
    """Every paragraph style, by its name in Word."""
    text: dict[str, Any] = {"size": g.body_size, "line": g.line, "tracking": g.tracking}
    return {
        "Normal": ParagraphStyle(**text),
        **_head_styles(g, text, mark),
        **_body_styles(g, text),
        **_annex_styles(g, text),
        **_imprint_styles(g),
        "页码": ParagraphStyle(font="宋体", size=g.page_number_size, line=g.page_number_line),
    }


def _head_styles(g: Geometry, text: Mapping[str, Any], mark: Mark) -> dict[str, ParagraphStyle]:
    label: dict[str, Any] = {**text, "font": "黑体", "align": "left"}
    return {
        "份号": ParagraphStyle(align="left", **text),
        "密级和保密期限": ParagraphStyle(**label),
        "紧急程度": ParagraphStyle(**label),
        "发文机关标志": ParagraphStyle(
            font="小标宋",
            color=RED,
            align="center",
            size=mark.size,
            scale=mark.scale,
            line=mark.line,
        ),
        "发文字号": ParagraphStyle(
            align="center",
            before=g.number_gap * g.line,
            red_rule=(g.red_rule, g.red_rule_space),
            **text,
        ),
        "签发人": ParagraphStyle(align="left", first_line=g.head_characters * g.character, **text),
    }


def _body_styles(g: Geometry, text: Mapping[str, Any]) -> dict[str, ParagraphStyle]:
    first = g.first_line_characters
    indented: dict[str, Any] = {
        **text,
        "first_line": first * g.character,
        "first_line_characters": first,
    }
    heading: dict[str, Any] = {**indented, "next": "Body Text"}
    ending: dict[str, Any] = {**text, "align": "right", "keep_lines": True}
    return {
        "Title": ParagraphStyle(**_title(g), next="主送机关"),
        "主送机关": ParagraphStyle(**text, next="Body Text"),
        "Body Text": ParagraphStyle(**indented),
        "heading 1": ParagraphStyle(font="黑体", outline=0, keep_next=True, **heading),
        "heading 2": ParagraphStyle(font="楷体", outline=1, keep_next=True, **heading),
        "heading 3": ParagraphStyle(outline=2, **heading),
        "heading 4": ParagraphStyle(outline=3, **heading),
        "附件说明": ParagraphStyle(keep_next=True, keep_lines=True, **text),
        "署名": ParagraphStyle(keep_next=True, next="成文日期", **ending),
        "成文日期": ParagraphStyle(**ending),
        "附注": ParagraphStyle(**indented),
    }


def _title(g: Geometry) -> dict[str, Any]:
    return {
        "font": "小标宋",
        "size": g.title_size,
        "line": g.title_line,
        "align": "center",
        "after": g.recipients_gap * g.line,
        "keep_next": True,
        "keep_lines": True,
    }


def _annex_styles(g: Geometry, text: Mapping[str, Any]) -> dict[str, ParagraphStyle]:
    table: dict[str, Any] = {"size": g.table_size, "line": g.table_line}
    return {
        "附件": ParagraphStyle(
            font="黑体", align="left", keep_next=True, new_page=True, next="附件标题", **text
        ),
        "附件标题": ParagraphStyle(
            before=g.annex_title_gap * g.line, outline=0, next="Body Text", **_title(g)
        ),
        "表文": ParagraphStyle(align="left", **table),
        "表头": ParagraphStyle(font="黑体", align="center", **table),
    }


def _imprint_styles(g: Geometry) -> dict[str, ParagraphStyle]:
    one = g.imprint_character
    text: dict[str, Any] = {"size": g.imprint_size, "line": g.imprint_line, "right": one}
    return {
        "抄送机关": ParagraphStyle(left=4 * one, hanging=3 * one, **text),
        "版记": ParagraphStyle(left=one, align="left", right_stop=g.text_width - one, **text),
    }
