"""Whatever a YAML file can hold arrives in Word unchanged, or is a named problem."""

from __future__ import annotations

import pytest
import yaml
from builders import folder, paragraphs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from workspaces import UNIT

from generator import Library, NoticeError, open_library
from generator.inputs import make_document

TEMPLATE = """\
title: 关于{{ topic }}的通知
kind: 通知
annexes: {table: "{{ topic }}一览表"}
schema:
  required: [topic, items]
  properties:
    topic: {title: 事由, type: string}
    items:
      title: 事项
      type: array
      items: {title: 事项, type: object, properties: {name: {title: 名称, type: string}}}
"""
BODY = """\
{% block body %}

正文：{{ topic }}

{% endblock %}
{% block annexes %}

::: annex table

{merge="名称"}
| 名称 | 序号 |
|:--:|:--:|
{% for row in items %}
| {{ row.name }} | {{ loop.index }} |
{% endfor %}

:::

{% endblock %}
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    files = {"t/template.yaml": TEMPLATE, "t/body.md": BODY, "units/city/unit.yaml": UNIT}
    return open_library(folder(tmp_path_factory.mktemp("space"), files), keep=False)


def lines_of(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(topic=st.text(min_size=1, max_size=40), name=st.text(min_size=1, max_size=20))
def test_any_text_arrives_in_text_title_annex_and_table_or_is_a_named_problem(
    library: Library, topic: str, name: str
) -> None:
    values = {
        "template": "t",
        "unit": "city",
        "date_of_issue": "2005-03-04",
        "topic": topic,
        "items": [{"name": name}, {"name": name}],
    }
    try:
        text = yaml.safe_dump(values, allow_unicode=True, sort_keys=False)
        made, problems = make_document(text.encode("utf-8", "surrogatepass"), "in.yaml", library)
    except NoticeError as error:  # not UTF-8
        made, problems = None, error.problems
    if made is None:
        assert problems
        assert all(problem.code and problem.where.file == "in.yaml" for problem in problems)
        return
    printed = paragraphs(made.document.data)
    found = made.document.values
    assert f"正文：{lines_of(found['topic'])}" in printed
    assert printed.count(lines_of(found["items"][0]["name"])) >= 1
    assert f"{lines_of(found['topic'])}一览表" in printed
    assert "".join(f"关于{found['topic']}的通知".split()) in "".join("".join(printed).split())


def test_the_values_of_the_last_test_are_those_that_were_typed(library: Library) -> None:
    for topic in ("{{ x }}", "**不加粗**", "<w:p/>&amp;", "007", "no", "𠮷\u200f野家", "“引号”"):
        text = yaml.safe_dump(
            {"template": "t", "unit": "city", "date_of_issue": "2005-03-04", "topic": topic}
            | {"items": [{"name": "甲"}]},
            allow_unicode=True,
        )
        made, problems = make_document(text.encode(), "in.yaml", library)
        assert made is not None, problems
        assert f"正文：{topic}" in paragraphs(made.document.data)


def test_what_python_hands_over_with_a_control_character_is_named_by_its_field(
    library: Library,
) -> None:
    values = {"date_of_issue": "2005-03-04", "topic": "a", "items": [{"name": "a\x01b"}]}
    with pytest.raises(NoticeError) as error:
        library.template("t", "city").render(values)
    assert [str(problem) for problem in error.value.problems] == [
        "items[0].name: Y004 the control character U+0001 cannot stand in a document (delete it)"
    ]
