"""A template checked without data."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import docx_with, folder
from test_architecture import HOUSE
from workspaces import BODY, NOTE, UNIT, note_workspace

from generator import check, open_library
from generator.inputs import check_template

ROOT = HOUSE.parent
SHIPPED = [*sorted(ROOT.glob("templates/*/")), *sorted(ROOT.glob("examples/demo/*/template.yaml"))]
FAULTY = """\
title: 关于{{ topc }}的通知
layout: plain
annexes: {list: 名单}
schema:
  properties:
    topic: {title: 事由}
    note: {title: 说明}
    rows:
      title: 名单
      items:
        properties: {name: {title: 姓名}, phone: {title: 电话}, age: {title: 年龄, type: integer}}
requirements:
  - {code: R101, that: row.age > 17 and row.agee, each: rows, message: "{{ row.nme }}"}
  - {code: R102, that: topic > day, message: x}
"""


def told(path: Path, root: Path) -> list[str]:
    found = check_template(open_library(keep=False), path)
    return [
        f"{each.level} {str(each).replace(f'{root}/', '')}"
        if each.level != "error"
        else str(each).replace(f"{root}/", "")
        for each in found
    ]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.parent.name)
def test_what_ships_has_no_problems(path: Path) -> None:
    template = path if path.is_dir() else path.parent
    assert check_template(open_library(keep=False), template) == []


def test_tags_patterns_and_requirements_are_held_to_the_schema(tmp_path: Path) -> None:
    body = (
        "请{{ unit.nam }}办理{{ 事由 }}。{% if remrk is defined %}{{ remrk }}{% endif %}\n\n"
        "{% for r in rows %}\n\n{{ r.name }}{{ r.phon }}{{ annexes.lst.title }}{{ cc }}\n\n"
        "{% endfor %}\n"
    )
    folder(tmp_path, {"memo/template.yaml": FAULTY, "memo/body.md": body})
    there = "memo/template.yaml"
    assert told(tmp_path / "memo", tmp_path) == [
        f"{there}:1:8: T080 nothing gives a value “topc” (did you mean “topic”?)",
        f"warning {there}:3:17: T082 the body does not print the annex “list”"
        " (write “::: annex list” … “:::” between “{% block annexes %}” and “{% endblock %}”,"
        " or take it out)",
        f"warning {there}:7:5: T081 no tag, pattern or requirement reads “note”"
        " (use it, or take it out of the schema)",
        f"warning {there}:11:41: T081 no tag, pattern or requirement reads “rows[].phone”"
        " (use it, or take it out of the schema)",
        f"{there}:13:5: T080 “row” has no “agee” (did you mean “age”?)",
        f"{there}:13:5: T080 “row” has no “nme” (did you mean “name”?)",
        f"{there}:14:5: T080 nothing gives a value “day” (declare it under “schema:”"
        " in template.yaml)",
        "memo/body.md:1: T080 “unit” has no “nam” (did you mean “name”?)",
        "memo/body.md:1: T080 nothing gives a value “事由” (a template uses keys: write “topic”)",
        "warning memo/body.md:1: T080 nothing gives a value “remrk” (did you mean “remark”?)",
        "memo/body.md:5: T080 “rows[]” has no “phon” (did you mean “phone”?)",
        "memo/body.md:5: T080 “annexes” has no “lst” (did you mean “list”?)",
        "memo/body.md:5: T080 nothing gives a value “cc” (declare it under “schema:”"
        " in template.yaml)",
    ]


def test_checks_are_held_to_the_schema_and_read_what_they_ask_for(tmp_path: Path) -> None:
    definition = (
        "title: 日程\nlayout: plain\nschema:\n  properties:\n"
        "    total: {title: 合计, type: integer}\n    done: {title: 已完成, type: integer}\n"
        "    rows:\n      title: 场次\n      items:\n        properties:\n"
        "          date: {title: 日期, format: date}\n          start: {title: 起}\n"
        "          end: {title: 止}\n          host: {title: 主持人}\n"
        "          ok: {title: 完成, type: boolean}\n          idle: {title: 闲置}\n"
        "requirements:\n"
        "- {check: apart, each: rows, at: host}\n"
        "- {check: count, at: total, of: rows}\n"
        "- {check: count, at: done, of: rows, where: row.ok}\n"
        "- {check: unique, each: rows, at: hots}\n"
        "- {check: total, at: total, of: 'rows[].sum', where: row.okay, when: totl}\n"
    )
    folder(tmp_path, {"memo/template.yaml": definition, "memo/body.md": "见日程。\n"})
    there = "memo/template.yaml"
    assert told(tmp_path / "memo", tmp_path) == [
        f"warning {there}:16:11: T081 no tag, pattern or requirement reads “rows[].idle” "
        "(use it, or take it out of the schema)",
        f"{there}:21:3: T080 “rows[]” has no “hots” (did you mean “host”?)",
        f"{there}:22:3: T080 “rows[]” has no “sum” (there are: date、start、end、host、ok、idle)",
        f"{there}:22:3: T080 nothing gives a value “totl” (did you mean “total”?)",
        f"{there}:22:3: T080 “row” has no “okay” (did you mean “ok”?)",
    ]


def test_an_annex_needs_a_title_and_a_place(tmp_path: Path) -> None:
    body = "见附件。\n\n{% block annexes %}\n\n::: annex table\n\n表\n\n:::\n\n{% endblock %}\n"
    settings = "title: 通知\nkind: 通知\nannexes:\n  list: 名单\n"
    folder(tmp_path, {"memo/template.yaml": settings, "memo/body.md": body})
    assert told(tmp_path / "memo", tmp_path) == [
        "warning memo/template.yaml:4:9: T082 the body does not print the annex “list” "
        "(write “::: annex list” … “:::” between “{% block annexes %}” and “{% endblock %}”, "
        "or take it out)",
        "memo/body.md:5: T080 “annexes” has no “table” "
        "(give its title in template.yaml: “annexes: {table: …}”)",
    ]


def test_signs_that_make_no_heading_and_a_text_that_begins_too_low_are_told(tmp_path: Path) -> None:
    body = "##总体{{ serial }}\n\n#3楼，\n#要求\n\n\\##原样\n\n## 时间\n\n# 地点\n"
    folder(tmp_path, {"memo/template.yaml": "title: 通知\n", "memo/body.md": body})
    there = "warning memo/body.md"
    assert told(tmp_path / "memo", tmp_path) == [
        f"{there}:1: T219 “##” without a space behind it makes no heading "
        "(write “## …”, or “\\##” to print the signs)",
        f"{there}:4: T219 “#” without a space behind it makes no heading "
        "(write “# …”, or “\\#” to print the signs)",
        f"{there}:8: T032 the first heading is numbered （一）, and none 一、 stands before it "
        "(begin with “# …”, which is numbered 一、)",
    ]


def test_a_part_of_a_text_may_begin_with_any_heading(tmp_path: Path) -> None:
    block = "{% block more %}\n\n## 地点\n\n{% endblock %}\n"
    files = {
        "memo/template.yaml": "title: 通知\n",
        "memo/body.md": f"# 时间\n\n{{% include 'part.md' %}}\n\n{block}",
        "memo/part.md": "## 其一\n",
        "units/u/unit.yaml": UNIT,
        "units/u/memo/body.md": f"{{% extends 'memo' %}}\n{block}",
    }
    folder(tmp_path, files)
    assert told(tmp_path / "memo", tmp_path) == []
    assert told(tmp_path / "units/u/memo", tmp_path) == []


def test_a_layout_that_a_body_in_word_does_not_extend_is_told(tmp_path: Path) -> None:
    settings = "title: 通知\nlayout: letter\n"
    body = docx_with("请{{ serial }}办理。")
    folder(tmp_path, {"memo/template.yaml": settings, "memo/body.docx": body})
    assert told(tmp_path / "memo", tmp_path) == [
        "warning memo/template.yaml:2:9: T083 the body does not extend the layout “letter” "
        '(write “{% extends "layout:letter" %}” into its first line, and put its text between '
        "“{% block body %}” and “{% endblock %}”)"
    ]
    body = docx_with(
        '{% extends "layout:letter" %}', "{% block body %}", "请办理。", "{% endblock %}"
    )
    folder(tmp_path, {"memo/body.docx": body})
    assert told(tmp_path / "memo", tmp_path) == []


def test_where_requirements_point_and_names_that_they_read_twice_are_told_once(
    tmp_path: Path,
) -> None:
    settings = (
        "title: '{{ topic }}'\nschema:\n  properties:\n    topic: {title: 事由}\n"
        "    rows: {title: 行, items: {properties: {name: {title: 名}}}}\nrequirements:\n"
        "- {code: R101, that: topc == topic, message: '{{ topc }}不是{{ topic }}', at: 活动y}\n"
        "- {code: R102, that: row.name, each: rows, message: 缺, at: nam}\n"
        "- {code: R103, that: rows, message: 缺, at: 'rows[0].name'}\n"
    )
    folder(tmp_path, {"memo/template.yaml": settings, "memo/body.md": "请办理{{ serial }}。\n"})
    there = "memo/template.yaml"
    assert told(tmp_path / "memo", tmp_path) == [
        f"{there}:7:3: T080 nothing gives a value “活动y” (declare it under “schema:” in "
        "template.yaml)",
        f"{there}:7:3: T080 nothing gives a value “topc” (did you mean “topic”?)",
        f"{there}:8:3: T080 “rows[]” has no “nam” (did you mean “name”?)",
    ]


def test_faults_of_body_and_settings_are_told_in_one_run(tmp_path: Path) -> None:
    settings = (
        "title: '{{ topic'\nlayout: plain\nschema: {properties: {topic: {}}}\n"
        "requirements:\n- {code: R101, that: 'a >', message: x}\n"
    )
    folder(tmp_path, {"memo/template.yaml": settings, "memo/body.md": "{{ topic | dat }}\n"})
    assert [
        line.partition(" (")[0].split(" ")[:2] for line in told(tmp_path / "memo", tmp_path)
    ] == [
        ["memo/body.md:1:", "T017"],
        ["memo/template.yaml:3:23:", "T101"],
        ["memo/template.yaml:1:8:", "T018"],
        ["memo/template.yaml:5:3:", "T018"],
    ]


def test_a_units_own_version_is_checked_as_that_unit_has_it(tmp_path: Path) -> None:
    note_workspace(tmp_path)
    own = '{% extends "note" %}\n\n{% block end %}\n\n{{ topci }}\n\n{% endblock %}\n'
    folder(tmp_path, {"units/county/note/body.md": own})
    assert told(tmp_path / "units/county/note", tmp_path) == [
        "units/county/note/body.md:5: T080 nothing gives a value “topci” (did you mean “topic”?)"
    ]
    assert told(tmp_path / "note", tmp_path) == []


def test_a_template_in_the_current_folder_is_named_by_a_dot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(note_workspace(tmp_path) / "note")
    assert check(".", library=open_library(keep=False)) == []


def test_a_folder_of_the_same_name_elsewhere_is_not_meant(tmp_path: Path) -> None:
    note_workspace(tmp_path / "near")
    folder(tmp_path / "far", {"note/template.yaml": NOTE, "note/body.md": BODY + "{{ x }}\n"})
    folder(tmp_path / "far", {"units/city/unit.yaml": UNIT})
    library = open_library(tmp_path / "near", keep=False)
    assert check_template(library, tmp_path / "near" / "note") == []
    assert check_template(library, tmp_path / "far" / "note") != []


def test_a_folder_without_a_template_is_a_problem(tmp_path: Path) -> None:
    assert told(folder(tmp_path, {"a/b.txt": "x"}) / "a", tmp_path) == [
        "a: B030 the folder holds no template"
        " (a template has a body.md or body.docx, and a template.yaml)"
    ]


def test_a_word_document_is_checked_by_itself(tmp_path: Path) -> None:
    files = {
        "good.docx": docx_with("{{ 标题 }}"),
        "bad.docx": docx_with("{{ 标题 | dat }}"),
        "none.docx": docx_with("没有标签"),
        "text.docx": b"no zip",
    }
    folder(tmp_path, files)
    assert told(tmp_path / "good.docx", tmp_path) == []
    assert told(tmp_path / "none.docx", tmp_path) == [
        "none.docx: B031 the document holds no tags, so it is no template"
        " (type “{{ 名称 }}” where a value belongs)"
    ]
    assert [line.split(": ")[-1][:4] for line in told(tmp_path / "bad.docx", tmp_path)] == ["T017"]
    assert len(told(tmp_path / "text.docx", tmp_path)) == 1


def test_check_takes_templates_and_inputs_alike(tmp_path: Path) -> None:
    note_workspace(tmp_path)
    library = open_library(tmp_path, keep=False)
    found = check(tmp_path / "note", tmp_path / "no.yaml", library=library)
    assert [problem.code for problem in found] == ["B003"]
