"""A small workspace: one template, a unit, and its child."""

from __future__ import annotations

import io
from pathlib import Path

from builders import folder
from PIL import Image, ImageDraw

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


JOINT = """\
title: "{{ issuers | listed(' ') }}关于清运残雪的%(kind)s"
kind: %(kind)s
layout: %(layout)s
issuers: [部门, 政府]
number: "{{ unit.code }}〔{{ date_of_issue[:4] }}〕{{ serial }}号"
schema:
  properties: {text: {title: 正文, type: string, default: 请各单位及时清运残雪。}}
"""
SEAL = "seal: {picture: seal.png, width: 42mm}\n"


def joint_workspace(root: Path, layout: str = "document", kind: str = "通知", **own: str) -> Path:
    """*root*, with the template `joint` and the units `civil`, `finance` and `traffic`.

    *own* are further lines of their unit.yaml; each has a picture, seal.png, of a circle.
    """
    units = {"civil": "示例市民政局", "finance": "示例市财政局", "traffic": "示例市交通运输局"}
    files: dict[str, str | bytes] = {
        "joint/template.yaml": JOINT % {"layout": layout, "kind": kind},
        "joint/body.md": "{{ text }}\n",
    }
    for slug, name in units.items():
        facts = f"name: {name}\nkind: 部门\ncode: 示{name[3]}\nsignatory: [{name[3]}某]\n"
        files[f"units/{slug}/unit.yaml"] = facts + own.get(slug, "")
        files[f"units/{slug}/seal.png"] = circle()
    return folder(root, files)


def circle(across: int = 420, down: int = 420) -> bytes:
    """A picture of an empty red ring on nothing: a seal of nobody."""
    image = Image.new("RGBA", (across, down), (255, 255, 255, 0))
    ImageDraw.Draw(image).ellipse((0, 0, across - 1, down - 1), outline=(255, 0, 0), width=10)
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def joint_values(**values: object) -> dict[str, object]:
    """Values for `joint`, of the units `civil` and, without others, `finance`."""
    return {"date_of_issue": "2005-03-09", "serial": 3, "joint_issuers": ["finance"], **values}
