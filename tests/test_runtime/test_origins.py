"""A problem while rendering says where the value is from that the template failed on."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import docx_with, folder
from workspaces import INPUT as WHOLE
from workspaces import NOTE, note_workspace

from generator import check, compile_docx, open_library, render_rows

HINT = "give the value, or write “{% if … is defined %}” around the tag"
AT = "letter.docx: body ¶1 "
INPUT = """\
template: letter.docx
单位: 示例市民政局
日期: 2005-02-30
空:
数: 5
名单:
- {姓名: 张某, 日期: 2005-03-01, 数: 5, 电话: [甲, 乙]}
- {姓名: 李某, 日期: 2005-02-30, 数: 7, 电话: [丙, 丁]}
"""


def told(root: Path, *blocks: str, values: str = INPUT) -> list[str]:
    """The problems of an input, without the folder's name and the words around the tag."""
    folder(root, {"letter.docx": docx_with(*blocks), "in.yaml": values})
    found = check(root / "in.yaml", library=open_library(keep=False))
    return [str(each).replace(f"{root}/", "").partition("”: ")[2] for each in found]


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("{{ 日期 | date }}", "the date “2005-02-30” does not exist (values from in.yaml:3:5)"),
        (
            "{{ '2005-01-01' | period(日期) }}",
            "the date “2005-02-30” does not exist (values from in.yaml:3:5)",
        ),
        ("{{ 空 | date }}", "a date is missing (values from in.yaml:4:1)"),
        ("{{ 数 | date }}", "“5” is not a date such as 2005-03-09 (values from in.yaml:5:4)"),
        (
            "{{ (单位 ~ 日期) | date }}",
            "“示例市民政局2005-02-30” is not a date such as 2005-03-09 (values from in.yaml)",
        ),
        ("{{ 1 / 0 }}", "division by zero (values from in.yaml)"),
        (
            "{% for 行 in 名单 %}{{ 行.日期 | date }}{% endfor %}",
            "the date “2005-02-30” does not exist (values from in.yaml:8:16)",
        ),
        (
            "{% for 行 in 名单 | sort(attribute='数', reverse=true) %}"
            "{{ 行.日期 | date }}{% endfor %}",
            "the date “2005-02-30” does not exist (values from in.yaml:8:16)",
        ),
        (
            "{% for 行 in 名单 %}{{ 行.数 | date }}{% endfor %}",
            "“5” is not a date such as 2005-03-09 (values from in.yaml:7:31)",
        ),
        (
            "{% for 行 in 名单 %}{% for 号 in 行.电话 %}{{ 行.姓名 | date }}"
            "{% endfor %}{% endfor %}",
            "“张某” is not a date such as 2005-03-09 (values from in.yaml:7:8)",
        ),
        (
            "{% macro 日(值) %}{{ 值 | date }}{% endmacro %}{{ 日(名单[1].日期) }}",
            "the date “2005-02-30” does not exist (values from in.yaml:8:16)",
        ),
        (
            "{% for 行 in 名单 %}{{ (行.姓名 ~ '') | date }}{% endfor %}",
            "“张某” is not a date such as 2005-03-09 (values from in.yaml:7:3)",
        ),
    ],
)
def test_a_value_that_does_not_fit_its_tag_is_named_at_its_line(
    tmp_path: Path, tag: str, said: str
) -> None:
    assert told(tmp_path, tag) == [f"T404 a value does not fit its tag: {said}"]


@pytest.mark.parametrize(
    ("tag", "place"),
    [
        ("{{ 名单 }}", "in.yaml:7:1"),
        ("{% for 行 in 名单 %}{{ 行.电话 }}{% endfor %}", "in.yaml:7:38"),
        ("{{ 名单[1] }}", "in.yaml:8:3"),
    ],
)
def test_a_list_that_is_printed_is_named_at_its_line(tmp_path: Path, tag: str, place: str) -> None:
    assert told(tmp_path, tag) == [
        f"T403 a list or a mapping stands where text belongs (values from {place})"
    ]


def test_all_missing_values_are_told_at_once_with_what_lacks_them(tmp_path: Path) -> None:
    blocks = (
        "致{{ 收件人 }}：",
        "{% for 行 in 名单 %}{{ 行.姓名 }}{{ 行.职务 }}{% endfor %}",
        "{% if 急 is defined %}{{ 急 }}{% endif %}{% if 单位 %}{{ 落款 }}{% endif %}",
    )
    values = "template: letter.docx\n单位: 示例市\n名单:\n- {姓名: 张某}\n- {职务: 科长}\n- {}\n"
    assert told(tmp_path, *blocks, values=values) == [
        f"T401 the template asks for “收件人”, which is not there (values from in.yaml; {HINT})",
        f"T401 “姓名” is not there; there are: 职务 (values from in.yaml:5:3; {HINT})",
        f"T401 the template asks for “姓名”, which is not there (values from in.yaml:6:3; {HINT})",
        f"T401 “职务” is not there; there are: 姓名 (values from in.yaml:4:3; {HINT})",
        f"T401 the template asks for “职务”, which is not there (values from in.yaml:6:3; {HINT})",
    ]


def test_rows_that_a_loop_passes_over_lack_nothing(tmp_path: Path) -> None:
    blocks = (
        "{% for 行 in 名单 if 行.列 %}{{ 行.姓名 }}{% endfor %}",
        "{% for 行 in 名单 | selectattr('列') %}{{ 行.姓名 }}{% endfor %}",
        "{% for 行 in 名单[1:] %}{{ 行.姓名 }}{% endfor %}",
        "{{ 落款 }}",
    )
    values = "template: letter.docx\n名单:\n- {列: false}\n- {列: true, 姓名: 张某}\n"
    assert told(tmp_path, *blocks, values=values) == [
        f"T401 the template asks for “落款”, which is not there (values from in.yaml; {HINT})"
    ]


def test_a_missing_value_that_only_this_render_reads_is_told_beside_those_of_all(
    tmp_path: Path,
) -> None:
    blocks = ("{% if 单位 %}{{ 落款 }}{% endif %}", "{{ 日期 }}")
    values = "template: letter.docx\n单位: 示例市\n"
    assert told(tmp_path, *blocks, values=values) == [
        f"T401 the template asks for “{name}”, which is not there (values from in.yaml; {HINT})"
        for name in ("落款", "日期")
    ]


def test_values_from_python_are_named_by_their_path(tmp_path: Path) -> None:
    blocks = ("{% for 行 in 日程 %}{{ 行.日期 | date }}{% endfor %}",)
    template = compile_docx(docx_with(*blocks))
    day = {"日期": "2005-02-30"}
    rows: list[dict[str, object]] = [
        {"日程": [{"日期": "2005-03-01"}, day]},
        {"日程": [{}]},
        {"日程": [day, day]},
    ]
    said = [str(each.problems[0]) for each in render_rows(template, rows)]
    found = [line.partition("(values from ")[2] for line in said]
    assert found == ["日程[1].日期)", f"日程[0]; {HINT})", ""]


def test_a_title_that_fails_names_the_value_too(tmp_path: Path) -> None:
    pattern = NOTE.replace("关于{{ topic }}的通知", '"{{ topic | date }}"')
    folder(note_workspace(tmp_path), {"note/template.yaml": pattern, "in.yaml": WHOLE})
    [problem] = check(tmp_path / "in.yaml", library=open_library(tmp_path, keep=False))
    assert str(problem).replace(f"{tmp_path}/", "") == (
        "note/template.yaml:1:8: T404 a value does not fit its tag: "
        "“清运残雪” is not a date such as 2005-03-09 (values from in.yaml:5:8)"
    )
