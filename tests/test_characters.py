"""Characters that 仿宋_GB2312 and its like do not have (GD017)."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import folder
from workspaces import INPUT, NOTE, UNIT, note_workspace

from generator import Problem, check, open_library
from generator.characters import check_characters
from generator.problems import Location
from generator.schema import place_in_values

FONTS = "仿宋_GB2312、楷体_GB2312、方正小标宋简体"
HINT = "(look at the page; a unit may name other fonts (fonts / 字体 in unit.yaml))"
FIELDS = """    people:
      title: 人员
      type: array
      items: {type: object, properties: {name: {title: 姓名, type: string}}}
"""


def said(root: Path, *lines: str, unit: str = UNIT) -> list[str]:
    note_workspace(root)
    files = {"in.yaml": INPUT + "".join(lines), "note/template.yaml": NOTE + FIELDS}
    folder(root, files | {"units/city/unit.yaml": unit})
    problems = check(root / "in.yaml", library=open_library(root, keep=False))
    assert {problem.level for problem in problems} <= {"note"}
    return [str(problem).removeprefix(f"{root}/in.yaml:") for problem in problems]


def found_in(**values: object) -> list[Problem]:
    return check_characters(values, ["仿宋_GB2312"], place_in_values)


def test_a_name_with_a_rare_character_is_noted_at_its_line(tmp_path: Path) -> None:
    people = "people:\n- {name: 张某}\n- {name: 李喆}\n- {姓名: 王镕堃}\n"
    assert said(tmp_path, people) == [
        f"8:10: GD017 {FONTS} cannot draw “喆” {HINT}",
        f"9:8: GD017 {FONTS} cannot draw “镕”“堃” {HINT}",
    ]


def test_a_character_is_told_once_where_it_stands_first() -> None:
    problems = found_in(people=[{"name": "李喆"}, {"name": "王喆玥"}], remark="李喆、王喆玥")
    assert [(str(each.where), "“玥”" in str(each.message)) for each in problems] == [
        ("people[0].name", False),
        ("people[1].name", True),
    ]


@pytest.mark.parametrize("text", ["張某", "𠮷", "㛃", "\uf900"])
def test_traditional_rare_and_compatibility_characters_are_outside(text: str) -> None:
    assert len(found_in(name=text)) == 1


def test_the_marks_and_letters_of_official_text_are_not_in_question() -> None:
    text = "——“·”…％〔2005〕★①㎡〇 café 3—5 № 😀"
    assert found_in(text=text) == []


def test_a_rare_character_among_such_marks_is_found() -> None:
    [problem] = found_in(text="——李喆·某")
    assert "“喆”" in str(problem.message)


def test_a_unit_whose_fonts_have_more_characters_hears_nothing(tmp_path: Path) -> None:
    fonts = "fonts: {仿宋: 仿宋, 楷体: 楷体, 小标宋: 方正小标宋_GBK}\n"
    assert said(tmp_path, "people:\n- {name: 李喆}\n", unit=UNIT + fonts) == []
    fonts = "fonts: {仿宋: 仿宋, 楷体: 楷体}\n"
    assert said(tmp_path, "people:\n- {name: 李喆}\n", unit=UNIT + fonts) == [
        f"7:10: GD017 方正小标宋简体 cannot draw “喆” {HINT}"
    ]


def test_without_a_font_for_gb2312_nothing_is_looked_at() -> None:
    assert check_characters({"name": "喆"}, [], lambda _: Location("")) == []
