"""The fields that every document of a layout has: JSON Schema, with the clerk's labels."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

_ORGAN: Json = {"type": "string", "minLength": 1, "format": "organ"}
_PERSON: Json = {"type": "string", "minLength": 1, "format": "phrase"}

DATE_OF_ISSUE: Json = {
    "title": "成文日期",
    "description": "最后签发机关负责人签发的日期，写作2005-03-09",
    "type": "string",
    "format": "date",
    "examples": ["2005-03-09"],
}
MAIN_RECIPIENTS: Json = {
    "title": "主送机关",
    "description": "全称、规范化简称或者同类型机关统称，每类一项",
    "type": "array",
    "items": _ORGAN,
    "uniqueItems": True,
    "examples": [["各县（区）委", "市直各单位"]],
}
REMARK: Json = {
    "title": "附注",
    "description": "印发传达范围等，括号自动加；请示须写明联系人和电话",
    "type": "string",
    "minLength": 1,
    "examples": ["此件公开发布"],
}
JOINT_ISSUERS: Json = {
    "title": "联合行文机关",
    "description": "主办机关以外的联合发文机关，按顺序，每项一个：工作目录里的单位写其文件夹名，"
    "其他机关写名称",
    "type": "array",
    "items": _ORGAN,
    "maxItems": 50,
    "examples": [["示例市财政局"]],
}
SEALED: Json = {
    "title": "加盖印章",
    "description": "是则留出用印位置",
    "type": "boolean",
    "examples": [True],
}

_PERIOD = "[1-9][0-9]*(年|个月|月|日|天).*"
"""A number, or a date, in Arabic digits (7.2.2)."""
_CONDITION = "[^0-9０-９〇零一二两三四五六七八九十百 　].*"

_DOCUMENT: Json = {
    "date_of_issue": DATE_OF_ISSUE,
    "serial": {
        "title": "发文顺序号",
        "description": "发文字号中的序号，不编虚位",
        "type": "integer",
        "minimum": 1,
        "examples": [3],
    },
    "joint_issuers": JOINT_ISSUERS,
    "main_recipients": MAIN_RECIPIENTS,
    "signatory": {
        "title": "签发人",
        "description": "上行文须标注，按发文机关顺序",
        "type": "array",
        "items": _PERSON,
        "examples": [["张某"]],
    },
    "copy_number": {
        "title": "份号",
        "description": "6位阿拉伯数字，涉密公文须标注",
        "type": "string",
        "pattern": "^[0-9]{6}$",
        "rule": "GH001",
        "examples": ["000001"],
    },
    "classification": {
        "title": "密级和保密期限",
        "description": "绝密、机密或者秘密，★后写保密期限，数字用阿拉伯数字",
        "type": "string",
        "pattern": f"^(绝密|机密|秘密)(★({_PERIOD}|{_CONDITION}))?$",
        "rule": "GH002",
        "examples": ["秘密★1年"],
    },
    "urgency": {
        "title": "紧急程度",
        "description": "特急或者加急",
        "type": "string",
        "enum": ["特急", "加急"],
        "rule": "GH003",
        "examples": ["加急"],
    },
    "remark": REMARK,
    "cc": {
        "title": "抄送机关",
        "description": "按上级、平级、下级排列，每类一项",
        "type": "array",
        "items": _ORGAN,
        "uniqueItems": True,
        "examples": [["市委办公室", "市政府办公室"]],
    },
    "printed_by": {
        "title": "印发机关",
        "description": "送印公文的机关或者部门",
        **_ORGAN,
        "examples": ["示例市委办公室"],
    },
    "date_of_printing": {
        "title": "印发日期",
        "description": "公文送印的日期；不写则同成文日期",
        "type": "string",
        "format": "date",
        "examples": ["2005-03-10"],
    },
    "separate_imprint": {
        "title": "版记另起偶数页",
        "description": "版记单独印在其后的偶数页，该页和空白页不编页码",
        "type": "boolean",
        "examples": [True],
    },
    "sealed": SEALED,
}

_PLAIN: Json = {
    "date_of_issue": DATE_OF_ISSUE,
    "joint_issuers": JOINT_ISSUERS,
    "main_recipients": MAIN_RECIPIENTS,
    "remark": REMARK,
    "sealed": SEALED,
}

_NOT_IN_LETTERS = frozenset({"signatory", "printed_by", "date_of_printing", "separate_imprint"})
_LETTER = {name: field for name, field in _DOCUMENT.items() if name not in _NOT_IN_LETTERS}

_NOT_IN_ORDERS = frozenset({"signatory", "main_recipients"})
_SIGNER: Json = {
    "signer_office": {
        "title": "签发人职务",
        "description": "标注在签名章左边",
        "type": "string",
        "minLength": 1,
        "examples": ["市长"],
    },
    "signer": {
        "title": "签发人姓名",
        "description": "加盖签名章的不印；不加盖的印在职务右边",
        "type": "string",
        "minLength": 1,
        "examples": ["张某"],
    },
}
_ORDER = {
    **{name: field for name, field in _DOCUMENT.items() if name not in _NOT_IN_ORDERS},
    **_SIGNER,
    "joint_signers": {
        "title": "联合行文机关签发人",
        "description": "每个联合行文机关一人，顺序相同；各机关的职务都写全称",
        "type": "array",
        "items": {
            "type": "object",
            "additionalProperties": False,
            "required": ["signer_office"],
            "properties": _SIGNER,
        },
        "examples": [[{"signer_office": "示例市财政局局长", "signer": "李某"}]],
    },
}
_NOT_IN_MINUTES = frozenset({"joint_issuers", "signatory", "main_recipients", "sealed"})


def _people(label: str, description: str) -> Json:
    return {
        "title": label,
        "description": description,
        "type": "array",
        "items": _PERSON,
        "examples": [["市民政局张某"]],
    }


_MINUTES = {
    **{name: field for name, field in _DOCUMENT.items() if name not in _NOT_IN_MINUTES},
    "present": _people("出席", "每项一人，先写单位，再写姓名"),
    "absent": _people("请假", "每项一人；没有则不写"),
    "attending": _people("列席", "每项一人；没有则不写"),
}

_FORM = {name: _DOCUMENT[name] for name in ("date_of_issue", "serial")}


def unbound_annexes(count: int) -> Json:
    """The field that says which of *count* 附件 are not bound with the document (7.3.7)."""
    return {
        "title": "不随文装订的附件",
        "description": "附件的序号；这些附件首页的左上角标注发文字号和附件序号",
        "type": "array",
        "uniqueItems": True,
        "items": {"type": "integer", "minimum": 1, "maximum": count},
        "examples": [[1]],
    }


FIELDS: dict[str, Json] = {
    "document": {"properties": _DOCUMENT, "required": ["date_of_issue"]},
    "form": {"properties": _FORM, "required": ["date_of_issue"]},
    "letter": {"properties": _LETTER, "required": ["date_of_issue", "main_recipients"]},
    "minutes": {"properties": _MINUTES, "required": ["date_of_issue", "present"]},
    "order": {"properties": _ORDER, "required": ["date_of_issue", "signer_office"]},
    "plain": {"properties": _PLAIN, "required": ["date_of_issue"]},
}
"""For each layout its `properties` and the `required` among them.

`serial` is required too where a template has a pattern for its number.
"""
