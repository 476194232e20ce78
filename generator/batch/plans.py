"""A plan file: several templates, each for its rows and units, in one batch.

batches:
- template: meeting-notice
  units: [city-office, county-office]
  rows: {file: meetings.xlsx, sheet: 三月, where: date >= as_of}
  common: common.yaml
  set: {as_of: 2005-03-01}
  name: "{{ unit.slug }}-{{ row.number }}"
  copy_number: 000001
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.batch.portions import Join, Portion
from generator.library import read_file
from generator.library.layers import beside, is_word_file
from generator.problems import Message, NoticeError, Problem
from generator.schema import Schema
from generator.schema.tables import TABLE
from generator.sources import Source, decode, read_yaml

_TEXT = {"type": "string", "minLength": 1}
_PLAN = Schema(
    {
        "required": ["batches"],
        "properties": {
            "batches": {
                "title": "批次",
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "required": ["template"],
                    "properties": {
                        "template": {"title": "模板", **_TEXT},
                        "units": {"title": "发文单位", "type": "array", "items": _TEXT},
                        "rows": {"title": "表格", **TABLE},
                        "common": {"title": "共用内容", **_TEXT},
                        "set": {"title": "取值", "type": "object", "additionalProperties": _TEXT},
                        "name": {"title": "文件名", **_TEXT},
                        "copy_number": {
                            "title": "份号",
                            "pattern": "^[0-9]{6}$",
                            "examples": ["000001"],
                            **_TEXT,
                        },
                    },
                },
            },
        },
    }
)


def read_plan(file: str, settings: Mapping[str, str]) -> list[Portion]:
    """The portions of the plan *file*, whose paths count from its folder.

    *settings* go before its own. Raises NoticeError with every problem of the file.
    """
    source = read_yaml(decode(read_file(file), file), file)
    batches: Any = _PLAN.read(source)["batches"]
    problems = [
        Problem(
            "B109",
            Message("the batch has neither rows nor units"),
            _PLAN.place(source, ("batches", index)),
            Message("add “rows: …”, or “units: …” for one document each"),
        )
        for index, said in enumerate(batches)
        if not said["rows"] and not said["units"]
    ]
    if problems:
        raise NoticeError(problems)
    return [_portion(source, index, said, settings) for index, said in enumerate(batches)]


def _portion(
    source: Source, index: int, said: Mapping[str, Any], settings: Mapping[str, str]
) -> Portion:
    file, table = source.file, said["rows"] or {}
    rows, template = str(table.get("file") or ""), said["template"]
    return Portion(
        template=beside(file, template) if is_word_file(template) else template,
        file=beside(file, rows) if rows else "",
        sheet=table.get("sheet") or "",
        joins=tuple(
            Join(
                name,
                inner["on"],
                beside(file, inner.get("file") or rows),
                inner.get("sheet") or "",
            )
            for name, inner in (table.get("lists") or {}).items()
        ),
        where=table.get("where") or "",
        units=tuple(said["units"] or ()),
        common=beside(file, said["common"]) if said["common"] else None,
        settings={**(said["set"] or {}), **settings},
        name=said["name"],
        place=lambda path: _PLAN.place(source, ("batches", index, *path)),
        copy_number=said["copy_number"] or "",
    )
