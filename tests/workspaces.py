"""A small workspace: one template, a unit, and its child."""

from __future__ import annotations

from pathlib import Path

from builders import folder

UNIT = "name: 示例市教育局\nkind: 部门\ncode: 示教\nletterhead:\n  mark: 示例市教育局文件\n"
UNIT += "cc: [示例市教育工会]\n"
COUNTY = (
    "name: 示例县教育局\nkind: 部门\ncode: 示县教\nparent: city\n"
    "letterhead:\n  mark: 示例县教育局文件\n"
)
NOTE = """\
title: 关于{{ topic }}的通知
kind: 通知
number: "{{ unit.code }}〔{{ date_of_issue[:4] }}〕{{ serial }}号"
file_name: "{{ document_number }} {{ title }}"
schema:
  required: [topic]
  properties:
    topic: {title: 事由, type: string}
"""
BODY = """\
{% block body %}

请{{ unit.name }}办理{{ topic }}。

{% block end %}

特此通知。

{% endblock %}

{% endblock %}
"""
INPUT = """\
template: note
unit: city
date_of_issue: 2005-03-04
serial: 3
topic: 清运残雪
"""
VALUES = {"topic": "清运残雪", "date_of_issue": "2005-03-04", "serial": 3}


def note_workspace(root: Path) -> Path:
    """*root*, with the template `note` and the units `city` and `county`, its child."""
    return folder(
        root,
        {
            "note/template.yaml": NOTE,
            "note/body.md": BODY,
            "units/city/unit.yaml": UNIT,
            "units/county/unit.yaml": COUNTY,
        },
    )
