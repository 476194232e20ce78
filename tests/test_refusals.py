"""What Jinja and Python say of templates and values, in the words of both languages."""

from __future__ import annotations

import pytest
from builders import compiled, rendered

from generator.cli.language import load_catalogue
from generator.problems import NoticeError
from generator.reporting import problem_line

CHINESE = load_catalogue("zh")
UNREADABLE = [
    ("{{ 甲、乙 }}", "“、” cannot stand here", "此处不能写“、”"),
    ("{{ 甲 'x' }}", "a text cannot stand here", "此处不能写文本"),
    ("{{ 甲 if }}", "the end of the tag cannot stand here", "此处不能写标签的结尾"),
    ("{{ 甲 | }}", "a name belongs where the end of the tag is", "应写名称之处写成了标签的结尾"),
    ("{{ 甲. }}", "a name belongs behind the point", "点号之后缺少名称"),
    ("{{ 'x }}", "a quotation mark is never closed", "有引号没有闭合"),
    (
        "{{ 甲.get( }}",
        "“?” cannot stand here, or a bracket is never closed",
        "此处不能写“?”，或者有括号没有闭合",
    ),
    ("{% if 甲 = 1 %}{% endif %}", "“=” cannot stand here", "此处不能写“=”"),
    ("{% for x of 甲 %}{% endfor %}", "“in” belongs where “of” is", "应写“in”之处写成了“of”"),
    ("{% if %}{% endif %}", "a value belongs where the end of the tag is", "标签的结尾之处缺少值"),
]
UNFIT = [
    ("{{ a + 1 }}", "x", "“+” does not fit a text and a number", "“+”不能用于文本和数字"),
    ("{{ 1 + a }}", None, "“+” does not fit a number and nothing", "“+”不能用于数字和空"),
    ("{{ a < 1 }}", "x", "“<” does not fit a text and a number", "“<”不能用于文本和数字"),
    ("{{ -a }}", "x", "“-” does not fit a text", "“-”不能用于文本"),
    ("{{ 1 / a }}", 0, "a number is divided by zero", "除数是零"),
    ("{{ 1 % a }}", 0, "a number is divided by zero", "除数是零"),
    ("{{ 1.5 % a }}", 0, "a number is divided by zero", "除数是零"),
    ("{{ a[1] }}", ["x"], "the list has no item 2", "列表没有第2项"),
    ("{{ a | first }}", [], "the list is empty", "列表是空的"),
    ("{{ a | length }}", 3, "a number is no list", "数字不是列表"),
    ("{% for x in a %}{% endfor %}", 3, "a number is no list", "数字不是列表"),
    (
        "{% for x, y in a %}{% endfor %}",
        [[1, 2, 3]],
        "an item holds another number of values than names are given",
        "项中值的个数与所给名称的个数不同",
    ),
]


def told(code: str, **values: object) -> tuple[str, str]:
    """What is wrong with the template *code*, or with *values*, in English and in Chinese."""
    with pytest.raises(NoticeError) as error:
        rendered(compiled(code), **values)
    [problem] = error.value.problems
    return problem_line(problem), problem_line(problem, CHINESE)


@pytest.mark.parametrize(("code", "english", "chinese"), UNREADABLE)
def test_what_jinja_cannot_read(code: str, english: str, chinese: str) -> None:
    said = told(code)
    assert said[0].endswith(f"”: {english} (correct what stands between the braces)")
    assert said[1].endswith(f"：{chinese}（改正花括号内的内容）")


@pytest.mark.parametrize(("code", "value", "english", "chinese"), UNFIT)
def test_values_that_do_not_fit(code: str, value: object, english: str, chinese: str) -> None:
    said = told(code, a=value)
    assert f": {english}" in said[0]
    assert f"：{chinese}" in said[1]


def test_what_is_not_among_the_usual_is_said_as_it_is() -> None:
    assert told("{{ a | round }}", a="x")[1].endswith("type str doesn't define __round__ method")
