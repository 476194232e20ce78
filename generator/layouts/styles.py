"""What each element of an official document looks like, as styles that a clerk may edit in Word.

Every style is complete, so that a paragraph needs nothing but its style.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
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
    "信函双线": "LetterRule",
    "纪要编印": "MinutesIssued",
    "与会人员": "People",
    "表单编号": "FormNumber",
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
WHITE = "FFFFFF"


@dataclass(frozen=True, slots=True)
class RedRule:
    """A red line below a paragraph."""

    size: int
    """In eighths of a point."""
    space: int
    """From the text, in points."""
    kind: str = "single"
    """As `w:val` of a border has it (ISO/IEC 29500-1, 17.18.2)."""
    is_drawn: bool = True
    """Where the paper bears it already, it only takes its room."""


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
    red_rule: RedRule | None = None
    outline: int | None = None
    keep_next: bool = False
    keep_lines: bool = False
    new_page: bool = False
    next: str = ""
    """The name of the style that follows when a clerk types on."""


Styles = dict[str, ParagraphStyle]
"""Paragraph styles by their names in Word."""


def text_styles(g: Geometry) -> Styles:
    """The styles of 主体, 附件 and 页码, which every layout has."""
    return {
        "Normal": ParagraphStyle(**_text(g)),
        **_body_styles(g, _text(g)),
        **_annex_styles(g, _text(g)),
        "页码": ParagraphStyle(font="宋体", size=g.page_number_size, line=g.page_number_line),
    }


def _text(g: Geometry) -> dict[str, Any]:
    return {"size": g.body_size, "line": g.line, "tracking": g.tracking}


def head_styles(g: Geometry, mark: Mark) -> Styles:
    """The styles of 版头 (7.2)."""
    text = _text(g)
    label: dict[str, Any] = {**text, "font": "黑体", "align": "left"}
    drawn = not mark.preprinted
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
            red_rule=RedRule(g.red_rule, g.red_rule_space, is_drawn=drawn),
            **text,
        ),
        "签发人": ParagraphStyle(align="left", first_line=g.head_characters * g.character, **text),
    }


def letter_styles(g: Geometry, mark: Mark) -> Styles:
    """The styles of the head of a 信函, and of the rule at its foot (10.1)."""
    head = head_styles(g, mark)
    left, right = g.letter_rule_indents
    drawn = not mark.preprinted
    upper = RedRule(g.letter_rule, g.letter_rule_space, "thickThinSmallGap", drawn)
    lower = RedRule(g.letter_rule, 0, "thinThickSmallGap", drawn)
    return {
        **{name: head[name] for name in ("密级和保密期限", "紧急程度")},
        "发文机关标志": replace(head["发文机关标志"], red_rule=upper),
        "发文字号": ParagraphStyle(
            align="left", before=g.letter_head_gap, right_stop=g.text_width, **_text(g)
        ),
        "信函双线": ParagraphStyle(
            size=2, line=g.letter_rule_line, left=left, right=right, red_rule=lower
        ),
    }


def order_styles(g: Geometry, mark: Mark) -> Styles:
    """The styles of the head of 命令, whose number has no rule, and of its signature (10.2)."""
    head = head_styles(g, mark)
    edge = g.stamp_characters * g.character
    ending: dict[str, Any] = {"align": "right", "keep_lines": True, **_text(g)}
    number = replace(head["发文字号"], red_rule=None, after=g.order_text_gap * g.line)
    return {
        **{name: head[name] for name in ("份号", "密级和保密期限", "紧急程度", "发文机关标志")},
        "发文字号": number,
        "署名": ParagraphStyle(before=g.stamp_gap * g.line, keep_next=True, **ending),
        "成文日期": ParagraphStyle(before=g.stamp_date_gap * g.line, right=edge, **ending),
    }


def minutes_styles(g: Geometry, mark: Mark) -> Styles:
    """The styles of the head of 纪要, whose rule stands below organ and date, and of its people."""
    head = head_styles(g, mark)
    one = g.head_characters * g.character
    people = g.first_line_characters * g.character
    label = 3 * g.character  # 出席：
    return {
        **{name: head[name] for name in ("份号", "密级和保密期限", "紧急程度", "发文机关标志")},
        "发文字号": replace(head["发文字号"], red_rule=None),
        "纪要编印": ParagraphStyle(
            first_line=one,
            right_stop=g.text_width - one,
            align="left",
            red_rule=head["发文字号"].red_rule,
            **_text(g),
        ),
        "与会人员": ParagraphStyle(left=people + label, hanging=label, **_text(g)),
    }


def form_styles(g: Geometry) -> Styles:
    """The styles of a form: 四号 but for its heading, in the grid and below it (GF401)."""
    small = replace(
        g,
        body_size=g.form_size,
        line=g.form_line,
        tracking=0,
        table_size=g.form_size,
        table_line=g.form_line,
    )
    styles = text_styles(small)
    number = ParagraphStyle(
        align="left",
        right_stop=g.text_width,
        after=g.form_number_gap,
        keep_next=True,
        **_text(small),
    )
    return {
        **styles,
        "Title": replace(styles["Title"], after=g.form_title_gap, next="表单编号"),
        "表单编号": number,
        "表文": replace(styles["表文"], left=g.form_padding, right=g.form_padding),
    }


def _body_styles(g: Geometry, text: Mapping[str, Any]) -> Styles:
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


def _annex_styles(g: Geometry, text: Mapping[str, Any]) -> Styles:
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


def imprint_styles(g: Geometry) -> Styles:
    """The styles of 版记 (7.4)."""
    one = g.imprint_character
    text: dict[str, Any] = {"size": g.imprint_size, "line": g.imprint_line, "right": one}
    return {
        "抄送机关": ParagraphStyle(left=4 * one, hanging=3 * one, **text),
        "版记": ParagraphStyle(left=one, align="left", right_stop=g.text_width - one, **text),
    }
