"""template.yaml and unit.yaml: what a template and a unit say about themselves."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from generator.layouts.fields import FIELDS, unbound_annexes
from generator.layouts.geometry import PROFILES
from generator.problems import Location, NoticeError, Problem
from generator.schema import Schema, joined, typed_definition
from generator.sources import Source
from generator.tagging import wide_problems

Json = dict[str, Any]
_TEXT: Json = {"type": "string", "minLength": 1}
_TEXTS: Json = {"type": "array", "items": _TEXT}
_ORGANS: Json = {"type": "array", "uniqueItems": True, "items": {**_TEXT, "format": "organ"}}

_LENGTH = r"^[0-9]{1,3}(\.[0-9]{1,2})?\s*(mm|cm|毫米|厘米)$"


def _picture(label: str) -> Json:
    """A picture of a seal or a stamp, which a unit supplies in its own folder."""
    return {
        "title": label,
        "type": "object",
        "additionalProperties": False,
        "required": ["picture", "width"],
        "properties": {
            "picture": {"title": "图片", **_TEXT},
            "width": {"title": "宽度", "pattern": _LENGTH, "examples": ["42mm"], **_TEXT},
        },
    }


_UNIT_DEFINITION: Json = {
    "type": "object",
    "required": ["name", "kind"],
    "additionalProperties": False,
    "properties": {
        "name": {"title": "全称", **_TEXT},
        "short_name": {"title": "规范化简称", **_TEXT},
        "code": {"title": "机关代字", "pattern": "^[一-龥]{1,12}$", **_TEXT},
        "kind": {"title": "机关类别", **_TEXT},
        "parent": {"title": "上级单位", **_TEXT},
        "letterhead": {
            "title": "版头",
            "type": "object",
            "additionalProperties": False,
            "required": ["mark"],
            "properties": {
                "mark": {"title": "发文机关标志", **_TEXT},
                "size": {"title": "字号（磅）", "type": "number", "minimum": 10, "maximum": 90},
                "preprinted": {"title": "套红印刷", "type": "boolean"},
                "alone": {"title": "联合行文只用本机关标志", "type": "boolean"},
                "letter_mark": {"title": "信函的发文机关标志", **_TEXT},
                "minutes_mark": {"title": "纪要的标志", **_TEXT},
                "order_mark": {"title": "命令的标志", **_TEXT},
            },
        },
        "issuer": {"title": "发文机关署名", **_TEXT},
        "signatory": {"title": "签发人", **_TEXTS},
        "sealed": {"title": "加盖印章", "type": "boolean"},
        "margins": {"title": "页边距口径", "enum": [*PROFILES]},
        "seal": _picture("印章图片"),
        "signature_stamp": _picture("签名章图片"),
        "joint_issuers": {"title": "联合行文机关", **_TEXTS},
        "mirrored": {"title": "双面对称页边距", "type": "boolean"},
        "separate_imprint": {"title": "版记另起偶数页", "type": "boolean"},
        "contact": {
            "title": "联系方式",
            "type": "object",
            "properties": {
                "person": {"title": "联系人", **_TEXT},
                "phone": {"title": "电话", **_TEXT},
                "address": {"title": "地址", **_TEXT},
                "email": {"title": "电子邮箱", **_TEXT},
            },
        },
        "main_recipients": {"title": "主送机关", **_ORGANS},
        "cc": {"title": "抄送机关", **_ORGANS},
        "printed_by": {"title": "印发机关", **_TEXT},
        "fonts": {"title": "字体", "type": "object", "additionalProperties": _TEXT},
        "deviations": {
            "title": "与标准的差异",
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "required": ["value", "reason"],
                "properties": {
                    "value": {"title": "取值", "type": "number"},
                    "reason": {"title": "理由", **_TEXT},
                },
            },
        },
        "waivers": {
            "title": "豁免",
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "additionalProperties": {"title": "理由", "pattern": r"\S", **_TEXT},
            },
        },
    },
}
UNIT = Schema(_UNIT_DEFINITION)
"""What unit.yaml may say."""

_TEMPLATE = Schema(
    {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "title": {"title": "标题", **_TEXT},
            "kind": {"title": "文种", **_TEXT},
            "layout": {"title": "版式", **_TEXT},
            "issuers": {"title": "发文单位类别", **_TEXTS},
            "number": {"title": "发文字号", **_TEXT},
            "file_name": {"title": "文件名", **_TEXT},
            "annexes": {"title": "附件", "type": "object", "additionalProperties": _TEXT},
            "defaults": {"title": "缺省值", "type": "object", "additionalProperties": _TEXT},
            "schema": {"title": "数据结构", "type": "object"},
            "requirements": {"title": "要求", "type": "array", "items": {"type": "object"}},
        },
    }
)


@dataclass(frozen=True)
class Definition:
    """What the template.yaml files of a template say, nearest first; anything may be absent."""

    values: Json
    sources: list[Source]

    def place(self, *path: str | int) -> Location:
        """Where the nearest file says this."""
        for source in self.sources:
            if path in source.places or path in source.keys:
                return source.place(path)
        return Location(self.sources[0].file if self.sources else "")

    def read_schema(self, common: Collection[str]) -> Json:
        """The JSON Schema of the nearest file that has one; *common* are its layout's fields."""
        for source in self.sources:
            if ("schema",) in source.places:
                return typed_definition(source, ("schema",), common)
        return {}

    @property
    def patterns(self) -> dict[str, str]:
        """The text patterns that are rendered before the body."""
        named = {name: self.values[name] for name in ("title", "number") if self.values.get(name)}
        annexes = self.values.get("annexes") or {}
        return named | {f"annexes.{key}": pattern for key, pattern in annexes.items()}


def read_definition(sources: list[Source]) -> Definition:
    """The merged settings of a template's files, nearest first; a nearer one wins key by key.

    Raises NoticeError with every problem of all of them.
    """
    values: Json = {}
    problems: list[Problem] = []
    for source in reversed(sources):
        try:
            said = _TEMPLATE.read(source)
        except NoticeError as error:
            problems += error.problems
            continue
        values |= {name: value for name, value in said.items() if value is not None}
    if problems:
        raise NoticeError(problems)
    definition = Definition(values, sources)
    if problems := list(_wide_tags(definition)):
        raise NoticeError(problems)
    return definition


def _wide_tags(definition: Definition) -> Iterator[Problem]:
    """The tags in text patterns that would be printed, for their signs are full-width."""
    file_name = {"file_name": definition.values.get("file_name") or ""}
    for name, pattern in (definition.patterns | file_name).items():
        yield from wide_problems(pattern, definition.place(*name.split(".", 1)))


_INHERITED = ("fonts", "sealed", "margins", "mirrored", "separate_imprint", "deviations")


def read_units(chain: list[tuple[str, Source]]) -> Json:
    """The settings of a unit: its own, and what it may take over from its nearest parent.

    Names, letterhead, code, contacts and recipients are a unit's own; they are never inherited.

    Raises NoticeError with every problem of their files.
    """
    values: Json = dict.fromkeys(_UNIT_DEFINITION["properties"])
    problems: list[Problem] = []
    for slug, source in reversed(chain):
        try:
            said = UNIT.read(source)
        except NoticeError as error:
            problems += error.problems
            continue
        inherited = {name: values[name] for name in _INHERITED if said[name] is None}
        values = {**said, **inherited, "slug": slug}
    if problems:
        raise NoticeError(problems)
    values["issuer"] = values["issuer"] or values["name"]
    values["printed_by"] = values["printed_by"] or values["issuer"]
    values["letterhead"] = values["letterhead"] or {"mark": f"{values['issuer']}文件", "size": None}
    values["sealed"] = values["sealed"] is not False
    return values


def issuer_mark(layout: str, unit: Json | None) -> str | None:
    """The mark of a unit in a layout: of a 信函 its name alone, of others more words (10)."""
    letterhead = (unit or {}).get("letterhead") or {}
    mark: str | None = letterhead.get("mark")
    own = {"letter": "", "minutes": "会议纪要", "order": "令"}
    if mark is None or layout not in own:
        return mark
    return letterhead.get(f"{layout}_mark") or mark.removesuffix("文件") + own[layout]


UPWARD = frozenset({"报告", "请示"})
"""The 文种 that go up: one 主送机关 of their own, and 签发人 (条例 9(6), 15(1))."""
_UNIT_DEFAULTS = {
    "document": (
        *("joint_issuers", "main_recipients", "cc", "printed_by", "sealed"),
        "separate_imprint",
    ),
    "form": (),
    "letter": ("joint_issuers", "sealed"),
    "minutes": ("cc", "printed_by", "separate_imprint"),
    "order": ("cc", "printed_by", "sealed", "separate_imprint"),
    "plain": ("joint_issuers", "sealed"),
}
"""The fields that a unit may set once for all its documents, by layout.

Not those of a 信函: it goes to the organ whose matter it is, and so does its 抄送 (条例 8(14)).
"""
_OF_UNIT = "不写则用发文单位的设置"


def complete_schema(own: Json, layout: str, definition: Definition, unit: Json | None) -> Json:
    """The JSON Schema of a template: its own, the fields of its layout, the unit's defaults."""
    common = FIELDS[layout]
    required, defaults = list(common["required"]), set(_UNIT_DEFAULTS[layout])
    if definition.values.get("number"):
        required.append("serial")
    upward = definition.values.get("kind") in UPWARD
    if (
        upward and "signatory" in common["properties"]
    ):  # a unit's recipients are for what it sends down
        required += ["main_recipients", "signatory"]
        defaults = defaults - {"main_recipients", "cc"} | {"signatory"}
    annexes = definition.values.get("annexes")
    if annexes and definition.values.get("number"):
        field = {"unbound_annexes": unbound_annexes(len(annexes))}
        common = {**common, "properties": {**common["properties"], **field}}
    schema: Json = joined({**common, "required": required}, own)
    for name in sorted(defaults):
        member = schema["properties"][name]
        said = filter(None, (member.get("description"), _OF_UNIT))
        member["description"] = "；".join(said)
        default = (unit or {}).get(name)
        if default is not None:
            member["default"] = default
            schema["required"] = [other for other in schema["required"] if other != name]
    return schema
