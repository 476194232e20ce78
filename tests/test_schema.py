"""Values against a schema: types, problems and their places; what is made of a schema."""

from __future__ import annotations

import datetime
import pickle
from collections.abc import Mapping
from contextlib import suppress
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.problems import Location, NoticeError
from generator.schema import Schema, joined, typed_definition
from generator.sources import read_yaml

WEEK = Schema(
    {
        "required": ["theme", "schedule"],
        "properties": {
            "theme": {"title": "学习主题", "type": "string", "examples": ["党章"]},
            "schedule": {
                "title": "日程",
                "type": "array",
                "minItems": 1,
                "items": {
                    "required": ["date"],
                    "properties": {
                        "date": {"title": "日期", "type": "string", "format": "date"},
                        "venue": {"title": "地点", "type": "string", "default": "第一会议室"},
                        "hours": {"title": "学时", "type": "number", "maximum": 8},
                    },
                },
            },
            "period": {
                "title": "学习时间",
                "properties": {"start": {"title": "开始日期", "type": "string", "format": "date"}},
            },
            "copies": {"title": "份数", "type": "integer", "minimum": 1, "maximum": 99},
            "sealed": {"title": "加盖印章", "type": "boolean", "default": True},
            "urgency": {"title": "紧急程度", "type": "string", "enum": ["特急", "加急"]},
            "cc": {
                "title": "抄送机关",
                "type": "array",
                "items": {"type": "string"},
                "default": [],
            },
        },
    }
)
PLAIN: dict[str, object] = {"theme": "党章", "schedule": [{"date": "2005-03-09"}]}
FILLED = {
    "theme": "党章",
    "schedule": [{"date": "2005-03-09", "venue": "第一会议室", "hours": None}],
    "period": None,
    "copies": None,
    "sealed": True,
    "urgency": None,
    "cc": [],
}


def read(text: str, schema: Schema = WEEK) -> dict[str, object]:
    return schema.read(read_yaml(text, "week.yaml"))


def read_problems(text: str, schema: Schema = WEEK) -> list[str]:
    with pytest.raises(NoticeError) as error:
        read(text, schema)
    return str(error.value).splitlines()


def check_problems(values: Any, schema: Schema = WEEK) -> list[str]:
    with pytest.raises(NoticeError) as error:
        schema.check(values)
    return str(error.value).splitlines()


def one_value(definition: Mapping[str, object]) -> Schema:
    return Schema({"required": ["x"], "properties": {"x": {"title": "值", **definition}}})


# --- text gets its type --------------------------------------------------------------------------


def test_text_becomes_what_the_schema_says() -> None:
    text = """
theme: "007"
schedule:
  - {date: 2005-03-09, hours: "3.50"}
  - {date: 2005-03-10, hours: 3, venue: no}
copies: 007
sealed: 否
"""
    assert read(text) == {
        **FILLED,
        "theme": "007",
        "schedule": [
            {"date": "2005-03-09", "hours": Decimal("3.50"), "venue": "第一会议室"},
            {"date": "2005-03-10", "hours": 3, "venue": "no"},
        ],
        "copies": 7,
        "sealed": False,
    }


def test_a_number_prints_as_it_was_typed() -> None:
    assert str(read("x: 98.50", one_value({"type": "number"}))["x"]) == "98.50"


@pytest.mark.parametrize(
    ("text", "value"),
    [("true", True), ("True", True), ("是", True), ("false", False), ("否", False)],
)
def test_truth_can_be_written_in_both_languages(text: str, value: bool) -> None:
    assert read(f"x: {text}", one_value({"type": "boolean"})) == {"x": value}


def test_labels_stand_for_keys_at_every_depth() -> None:
    text = "学习主题: 党章\n日程:\n- 日期: 2005-03-09\n学习时间: {开始日期: 2005-03-09}\n"
    assert read(text) == {**FILLED, "period": {"start": "2005-03-09"}}


def test_empty_and_absent_are_the_same_at_every_depth() -> None:
    text = "theme: 党章\nschedule:\n- date: 2005-03-09\n  venue:\n  hours:\nsealed:\nperiod:\n"
    assert read(text) == read("theme: 党章\nschedule: [{date: 2005-03-09}]") == FILLED


def test_a_part_of_a_source_is_read_at_its_path() -> None:
    source = read_yaml("trace:\n- theme: 党章\n  schedule: [{date: 2005-03-32}]\n", "week.yaml")
    with pytest.raises(NoticeError) as error:
        WEEK.read(source, ("trace", 0))
    assert str(error.value).startswith("week.yaml:3:21: D104 ")


def test_reserved_keys_are_passed_over() -> None:
    source = read_yaml("template: week\ntheme: 党章\nschedule: [{date: 2005-03-09}]", "week.yaml")
    assert WEEK.read(source, reserved=["template", "模板"]) == FILLED


def test_values_that_no_property_names_are_typed_where_the_schema_says_how() -> None:
    fonts = one_value({"type": "object", "additionalProperties": {"type": "integer"}})
    assert read("x: {仿宋: 16, 黑体: 22}", fonts) == {"x": {"仿宋": 16, "黑体": 22}}
    assert read_problems("x: {仿宋: 三号}", fonts) == [
        "week.yaml:1:9: D103 “三号” is not a whole number (write digits only, such as 50)"
    ]
    anything = one_value({"type": "object"})
    assert read("x: {a: [b]}", anything) == {"x": {"a": ["b"]}}


# --- problems of text ----------------------------------------------------------------------------


def test_every_problem_of_an_input_is_told_at_once_in_the_order_of_the_lines() -> None:
    text = """\
thme: 党章
schedule:
  - date: 2005-02-30
    vnue: 第一会议室
  - {hours: 9, 地点: a, venue: b}
copies: 五十
sealed: maybe
period: 2005-03-09
cc: 示例县委
urgency: 加紧
"""
    assert read_problems(text) == [
        "week.yaml:1:1: D101 unknown key “thme” (did you mean “theme”?)",
        "week.yaml:1:1: D102 “学习主题” is missing (add “theme: …”)",
        "week.yaml:3:11: D104 the date “2005-02-30” does not exist (that month has 28 days)",
        "week.yaml:4:5: D101 unknown key “vnue” (did you mean “venue”?)",
        "week.yaml:5:5: D102 “日期” is missing (add “date: …”)",
        "week.yaml:5:13: D107 “学时” is 9 (at most 8)",
        "week.yaml:5:23: D105 “地点” and “venue” are one key (keep one of them)",
        "week.yaml:6:9: D103 “五十” is not a whole number (write digits only, such as 50)",
        "week.yaml:7:9: D103 “maybe” is neither true nor false (write true or false, or 是 or 否)",
        "week.yaml:8:9: D103 “学习时间” needs keys and values, but text stands here "
        "(write “key: value” lines under it)",
        "week.yaml:9:5: D103 “抄送机关” needs a list, but text stands here "
        "(write each item on a line of its own that begins with “- ”)",
        "week.yaml:10:10: D106 “紧急程度” cannot be “加紧” (did you mean “加急”?)",
    ]


def test_what_is_required_and_empty_is_named_at_its_key() -> None:
    assert read_problems("theme:\n日程:\n- 日期:\n-\n") == [
        "week.yaml:1:1: D102 “学习主题” is empty (fill it in)",
        "week.yaml:3:1: D102 “日程 2” is empty (fill it in)",
        "week.yaml:3:3: D102 “日期” is empty (fill it in)",
    ]


def test_a_label_is_offered_for_a_mistyped_label() -> None:
    assert read_problems("学习主提: 党章\nschedule: [{date: 2005-03-09}]\n") == [
        "week.yaml:1:1: D101 unknown key “学习主提” (did you mean “学习主题”?)",
        "week.yaml:1:1: D102 “学习主题” is missing (add “学习主题: …”)",
    ]


def test_an_unknown_key_that_resembles_none_gets_the_list_of_keys() -> None:
    text = "theme: a\nschedule: [{date: 2005-03-09, 年度: x}]\n"
    assert read_problems(text) == [
        "week.yaml:2:31: D101 unknown key “年度” (keys here: 日期、地点、学时)"
    ]


def test_a_full_width_colon_that_yaml_reads_as_text_is_named() -> None:
    text = """\
theme: a
schedule:
  - 日期：2005-03-09
  - {日期：2005-03-09}
period:
  开始日期：x
"""
    hint = "(write “:” and a space after a key, not “：”)"
    assert read_problems(text) == [
        f"week.yaml:3:5: D103 “日程 1” needs keys and values, but text stands here {hint}",
        "week.yaml:4:5: D102 “日期” is missing (add “日期: …”)",
        f"week.yaml:4:6: D101 unknown key “日期：2005-03-09” {hint}",
        f"week.yaml:6:3: D103 “学习时间” needs keys and values, but text stands here {hint}",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("2005-02-30", "the date “2005-02-30” does not exist (that month has 28 days)"),
        (
            "2005-13-01",
            "the date “2005-13-01” does not exist (write year-month-day, such as 2005-03-09)",
        ),
        ("2005-3-9", "the date “2005-3-9” is not in the form 2005-03-09 (write 2005-03-09)"),
        (
            "2005年3月9日",
            "the date “2005年3月9日” is not in the form 2005-03-09 (write 2005-03-09)",
        ),
        ("2005.3.9", "the date “2005.3.9” is not in the form 2005-03-09 (write 2005-03-09)"),
        ("2005/2/30", "the date “2005/2/30” does not exist (that month has 28 days)"),
        ("3月9日", "“3月9日” is not a date (write year-month-day, such as 2005-03-09)"),
        ("20050309", "“20050309” is not a date (write year-month-day, such as 2005-03-09)"),
        (
            "2005-03-09T00:00",
            "“2005-03-09T00:00” is not a date (write year-month-day, such as 2005-03-09)",
        ),
    ],
)
def test_a_date_that_does_not_exist_or_is_not_iso_is_named_at_its_place(
    text: str, problem: str
) -> None:
    schema = one_value({"type": "string", "format": "date"})
    assert read_problems(f"x: {text}", schema) == [f"week.yaml:1:4: D104 {problem}"]


@pytest.mark.parametrize(
    ("definition", "text", "problem"),
    [
        (
            {"type": "integer"},
            "５",
            "D103 “５” is not a whole number (write digits only, such as 50)",
        ),
        (
            {"type": "integer"},
            "1.0",
            "D103 “1.0” is not a whole number (write digits only, such as 50)",
        ),
        ({"type": "number"}, "1e3", "D103 “1e3” is not a number (write digits only, such as 98.5)"),
        (
            {"type": "string"},
            "[重要]",
            "D103 “值” needs text, but a list stands here "
            "(put text that begins with a bracket or a dash in quotes)",
        ),
        ({"type": "integer", "minimum": 1}, "0", "D107 “值” is 0 (at least 1)"),
        ({"type": "integer", "maximum": 9}, "10", "D107 “值” is 10 (at most 9)"),
        ({"type": "number", "exclusiveMinimum": 0}, "0", "D107 “值” is 0 (more than 0)"),
        ({"type": "number", "exclusiveMaximum": 1}, "1.0", "D107 “值” is 1.0 (less than 1)"),
        ({"type": "number", "multipleOf": 0.5}, "0.7", "D107 “值” is 0.7 (use a multiple of 0.5)"),
        ({"type": "string", "minLength": 2}, "字", "D108 “值” has 1 character(s) (at least 2)"),
        ({"type": "string", "maxLength": 2}, "三个字", "D108 “值” has 3 character(s) (at most 2)"),
        ({"type": "array", "minItems": 2}, "[a]", "D108 “值” has 1 item(s) (at least 2)"),
        ({"type": "array", "maxItems": 0}, "[a]", "D108 “值” has 1 item(s) (at most 0)"),
        (
            {"type": "string", "enum": ["甲", "乙"]},
            "丙",
            "D106 “值” cannot be “丙” (choose from 甲、乙)",
        ),
        ({"type": "string", "const": "甲"}, "乙", "D111 “值” cannot be “乙” (write “甲”)"),
        ({"type": "string", "format": "email"}, "a@", "D109 “a@” is not an e-mail address"),
        ({"type": "string", "format": "uri"}, "x y", "D109 “x y” is not a web address"),
        ({"type": "string", "format": "ipv4"}, "x", "D109 “x” is not of the format “ipv4”"),
        (
            {"type": "string", "pattern": "^[0-9]{6}$"},
            "12",
            "D109 “值” has not the form that it needs: “12” (it must match ^[0-9]{6}$)",
        ),
        (
            {"type": "string", "pattern": "^(ab)+$", "examples": ["abab"]},
            "x",
            "D109 “值” has not the form that it needs: “x” (such as abab)",
        ),
        (
            {"type": "string", "anyOf": [{"minLength": 3}]},
            "x",
            "D119 “值” is not as its schema asks (anyOf)",
        ),
    ],
)
def test_each_keyword_has_its_own_plain_message(
    definition: dict[str, object], text: str, problem: str
) -> None:
    assert read_problems(f"x: {text}", one_value(definition)) == [f"week.yaml:1:4: {problem}"]


def test_an_item_that_stands_twice_is_named_at_its_second_place() -> None:
    schema = one_value({"type": "array", "uniqueItems": True, "items": {"type": "string"}})
    assert read_problems("x:\n- 甲\n- 乙\n- 甲\n", schema) == [
        "week.yaml:4:3: D110 an item of “值” stands in it twice (delete one of them)"
    ]


def test_a_value_with_a_fault_is_not_reported_a_second_time_by_the_validator() -> None:
    date = {"type": "string", "format": "date", "not": {"minLength": 11}, "pattern": "^(20)+"}
    assert read_problems("x: 2005-3-9 ...", one_value(date)) == [
        "week.yaml:1:4: D104 “2005-3-9 ...” is not a date "
        "(write year-month-day, such as 2005-03-09)"
    ]


def test_a_long_text_is_matched_by_the_validator_in_bounded_time() -> None:
    schema = one_value({"type": "string", "pattern": "^.*a.*b.*c$"})
    text = "ab" * 1000
    assert read(f"x: {text}c", schema) == {"x": f"{text}c"}
    assert len(read_problems(f"x: {text}", schema)) == 1


def test_a_value_stands_at_its_label_for_who_asks_by_key() -> None:
    source = read_yaml("学习主题: 党章\n日程:\n- 日期: 2005-03-09\n", "week.yaml")
    assert WEEK.place(source, ("schedule", 0, "date")) == Location("week.yaml", "3:7")
    assert WEEK.place(source, ("schedule", 0, "venue")) == Location("week.yaml", "3:3")
    assert WEEK.place(source, ("theme",)) == Location("week.yaml", "1:7")


# --- values from Python --------------------------------------------------------------------------


def test_values_from_python_are_filled_and_stay_as_they_are() -> None:
    values = {"theme": "党章", "schedule": [{"date": "2005-03-09"}]}
    result = WEEK.check(values)
    assert result == FILLED
    assert values == PLAIN
    assert WEEK.check(result) == result


def test_what_was_read_can_be_checked() -> None:
    result = read("theme: 党章\nschedule: [{date: 2005-03-09, hours: 3.50}]\n")
    assert WEEK.check(result) == result


def test_a_default_is_a_new_list_each_time() -> None:
    first = WEEK.check(PLAIN)
    assert isinstance(first["cc"], list)
    first["cc"].append("x")
    assert WEEK.check(PLAIN)["cc"] == []


def test_dates_from_python_become_iso_text() -> None:
    day = datetime.date(2005, 3, 9)
    expected = {**FILLED, "period": {"start": "2005-03-09"}}
    assert WEEK.check({**PLAIN, "schedule": [{"date": day}], "period": {"start": day}}) == expected
    midnight = datetime.datetime(2005, 3, 9)
    assert WEEK.check({**PLAIN, "schedule": [{"date": midnight}]}) == FILLED


def test_labels_mappings_tuples_and_kinds_of_text_are_taken_from_python() -> None:
    class Words(str):
        """Text of a class that JSON does not know."""

    values = MappingProxyType(
        {"学习主题": Words("党章"), "日程": ({"日期": "2005-03-09"},), "period": None}
    )
    result = WEEK.check(values)
    assert result == FILLED
    assert type(result["theme"]) is str


def test_problems_of_python_values_stand_at_their_paths() -> None:
    values = {
        "theme": 7,
        "schedule": [
            {"date": "2005-03-09", "hours": True},
            {"date": "2005-02-30"},
            {"date": datetime.datetime(2005, 3, 9, 8), "hours": float("nan")},
        ],
        "copies": "50",
        "cc": ["a", None],
        "period": {"begin": "2005-03-09"},
        "remarks": {1},
    }
    assert check_problems(values) == [
        "theme: D103 “学习主题” needs text, but a whole number stands here",
        "schedule[0].hours: D103 “学时” needs a number, but true or false stands here",
        "schedule[1].date: D104 the date “2005-02-30” does not exist (that month has 28 days)",
        "schedule[2].date: D103 “日期” needs a date, but datetime stands here",
        "schedule[2].hours: D103 “学时” needs a number, but nan stands here",
        "copies: D103 “份数” needs a whole number, but text stands here",
        "cc[1]: D103 “抄送机关 2” needs text, but nothing stands here",
        "period.begin: D101 unknown key “begin” (keys here: 开始日期)",
        "remarks: D101 unknown key “remarks” (keys here: 学习主题、日程、学习时间、份数、加盖印章、"
        "紧急程度、抄送机关)",
    ]


def test_none_does_not_meet_what_is_required() -> None:
    assert check_problems({"theme": None, "schedule": []}) == [
        "schedule: D108 “日程” has 0 item(s) (at least 1)",
        "theme: D102 “学习主题” is empty (fill it in)",
    ]


def test_none_is_absent_where_keywords_count_what_is_there() -> None:
    contact = {
        "title": "联系方式",
        "type": "object",
        "minProperties": 1,
        "properties": {"phone": {"title": "电话", "type": "string"}},
    }
    schema = Schema({"properties": {"contact": contact}})
    assert schema.check({"contact": {"phone": "0"}}) == {"contact": {"phone": "0"}}
    assert check_problems({"contact": {"phone": None}}, schema) == [
        "contact: D119 “联系方式” is not as its schema asks (minProperties)"
    ]


def test_any_enum_value_or_none_is_an_optional_choice() -> None:
    assert WEEK.check({**PLAIN, "urgency": None}) == FILLED
    assert WEEK.check({**PLAIN, "urgency": "特急"})["urgency"] == "特急"


def test_a_schema_can_be_pickled() -> None:
    WEEK.check(PLAIN)
    again = pickle.loads(pickle.dumps(WEEK))
    assert again.definition == WEEK.definition
    assert again.check(PLAIN) == FILLED


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*WEEK.definition["properties"], "x"]), JSON))  # type: ignore[misc]
def test_any_python_values_fit_or_have_problems(values: dict[str, object]) -> None:
    with suppress(NoticeError):
        result = WEEK.check(values)
        assert WEEK.check(result) == result


# --- what is made of a schema --------------------------------------------------------------------


def test_no_object_of_a_complete_definition_allows_unknown_keys() -> None:
    definition: Any = WEEK.definition
    assert definition["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert definition["type"] == "object"
    assert definition["additionalProperties"] is False
    assert definition["properties"]["schedule"]["items"]["additionalProperties"] is False
    jsonschema_rs.meta.validate(definition)


def test_a_path_is_told_in_labels() -> None:
    assert WEEK.label(("schedule", 2, "date")) == "日程 › 3 › 日期"
    assert WEEK.label(("schedule", 2, "other")) == "日程 › 3 › other"


def test_a_skeleton_shows_each_key_with_what_it_needs() -> None:
    assert WEEK.skeleton() == (
        "theme:                   # 学习主题 · required · such as 党章\n"
        "schedule:                # 日程 · a list · required\n"
        "  -                      # one item; repeat for more\n"
        "    date:                # 日期 · date, written 2005-03-09 · required\n"
        '    # venue: "第一会议室" # 地点 · optional\n'
        "    # hours:             # 学时 · a number · optional\n"
        "# period:                # 学习时间 · keys and values · optional\n"
        "#   # start:             # 开始日期 · date, written 2005-03-09 · optional\n"
        "# copies:                # 份数 · a whole number · optional\n"
        "# sealed: true           # 加盖印章 · true or false · optional\n"
        "# urgency:               # 紧急程度 · choose from 特急、加急 · optional\n"
        "# cc:                    # 抄送机关 · a list · optional\n"
        "#   -                    # one item; repeat for more\n"
    )


def test_a_skeleton_is_read_as_soon_as_its_blanks_are_filled() -> None:
    blanks = WEEK.skeleton()
    assert read_problems(blanks) == [
        "week.yaml:1:1: D102 “学习主题” is empty (fill it in)",
        "week.yaml:4:5: D102 “日期” is empty (fill it in)",
    ]
    filled = blanks.replace("theme: ", "theme: 党章 ").replace(" date: ", " date: 2005-03-09 ")
    assert read(filled) == FILLED


def test_a_skeleton_speaks_the_language_of_the_run() -> None:
    words = {"required": "必填", "such as {example}": "如：{example}"}
    first = WEEK.skeleton(lambda form: words.get(form, form)).splitlines()[0]
    assert first == "theme:                   # 学习主题 · 必填 · 如：党章"


def test_editors_accept_labels_reserved_keys_and_what_yaml_makes_of_text() -> None:
    definition = WEEK.for_editors()
    jsonschema_rs.meta.validate(definition)
    editor = jsonschema_rs.Draft202012Validator(definition, validate_formats=True)
    schedule = [{"日期": "2005-03-09", "venue": 101}]
    assert editor.is_valid(
        {"模板": "week", "unit": "x", "theme": 7, "日程": schedule, "sealed": "是"}
    )
    assert not editor.is_valid({"template": "week", "theme": "x", "日程": [{"日期": "2005-3-9"}]})
    assert editor.is_valid({"theme": "x", "日程": {"file": "week.xlsx", "工作表": "日程"}})
    assert not editor.is_valid({"theme": "x", "日程": {"工作表": "日程"}})
    assert editor.is_valid({"theme": "x", "日程": schedule, "取自": {"file": "week.xlsx"}})
    assert not editor.is_valid({"theme": "x", "日程": schedule, "from": "week.xlsx"})
    assert not editor.is_valid({"template": "week", "日程": schedule})
    assert not editor.is_valid({"theme": "x", "日程": schedule, "thme": "y"})


# --- the schema of a template --------------------------------------------------------------------


def typed(text: str, **settings: Any) -> dict[str, object]:
    return typed_definition(read_yaml(text, "template.yaml"), ("schema",), **settings)


def typing_problems(text: str, **settings: Any) -> list[str]:
    with pytest.raises(NoticeError) as error:
        typed(text, **settings)
    return str(error.value).splitlines()


def test_the_keywords_of_a_template_get_their_types() -> None:
    text = """
schema:
  required: [copies]
  properties:
    copies: {title: 份数, type: integer, minimum: 1, default: 3, examples: [5]}
    number: {title: 文号, pattern: '^[0-9]{6}$', default: "000001"}
    share: {title: 比例, type: number, enum: ["0.5", "1"]}
    sealed: {title: 印章, type: boolean, default: 是}
    rows:
      title: 行
      minItems: 1
      uniqueItems: true
      items: {properties: {day: {title: 日, format: date}}, anyOf: [{required: [day]}]}
    fonts: {title: 字体, type: object, additionalProperties: {minLength: 1}}
"""
    assert typed(text) == {
        "required": ["copies"],
        "type": "object",
        "properties": {
            "copies": {
                "title": "份数",
                "type": "integer",
                "minimum": 1,
                "default": 3,
                "examples": [5],
            },
            "number": {
                "title": "文号",
                "pattern": "^[0-9]{6}$",
                "type": "string",
                "default": "000001",
            },
            "share": {"title": "比例", "type": "number", "enum": [Decimal("0.5"), 1]},
            "sealed": {"title": "印章", "type": "boolean", "default": True},
            "rows": {
                "title": "行",
                "minItems": 1,
                "uniqueItems": True,
                "type": "array",
                "items": {
                    "properties": {"day": {"title": "日", "format": "date", "type": "string"}},
                    "anyOf": [{"required": ["day"]}],
                },
            },
            "fonts": {
                "title": "字体",
                "type": "object",
                "additionalProperties": {"minLength": 1, "type": "string"},
            },
        },
    }


def test_every_problem_of_a_templates_schema_is_told_at_once() -> None:
    text = """\
schema:
  required: [teme, 甲乙]
  properties:
    theme: {type: text, minLenght: 2}
    start: {title: 日期, format: date, default: 2005-3-9}
    end: {title: 日期, minLength: two}
    a-b: {title: 甲}
    unit: {title: 单位}
    rows: {title: 行, type: array, items: many}
    code: {title: 代码, pattern: "["}
"""
    assert typing_problems(text) == [
        "template.yaml:2:14: D101 “teme” is required and no property (did you mean “theme”?)",
        "template.yaml:2:20: D101 “甲乙” is required and no property "
        "(describe it under “properties”, or take it out of “required”)",
        "template.yaml:4:5: T101 the property “theme” has no label (add “title: …”)",
        "template.yaml:4:19: D106 “type” cannot be “text” (choose from string、integer、number、"
        "boolean、array、object)",
        "template.yaml:4:25: D101 unknown key “minLenght” (did you mean “minLength”?)",
        "template.yaml:5:47: D104 the date “2005-3-9” is not in the form 2005-03-09 "
        "(write 2005-03-09)",
        "template.yaml:6:11: T102 “日期” names two properties "
        "(the other is “start”; give each its own)",
        "template.yaml:6:33: D103 “two” is not a whole number (write digits only, such as 50)",
        "template.yaml:7:5: T103 the key “a-b” is no name "
        "(use letters, digits and “_”, and begin with a letter)",
        "template.yaml:8:5: T104 “unit” is a key of every input (choose another name)",
        "template.yaml:9:42: D103 “items” needs keys and values, but text stands here "
        "(write “key: value” lines under it)",
    ]


def test_a_pattern_that_is_no_regular_expression_is_a_problem() -> None:
    assert typing_problems('schema: {properties: {code: {title: 代码, pattern: "["}}}') == [
        "template.yaml:1:41: T105 “[” is no regular expression (correct it)"
    ]


def test_a_template_may_require_and_tighten_common_properties() -> None:
    text = "schema: {required: [signatory], properties: {cc: {minItems: 1}}}"
    own = typed(text, common=["signatory", "cc"])
    texts = {"type": "array", "items": {"type": "string"}}
    common = {
        "required": ["date"],
        "properties": {
            "date": {"title": "成文日期", "type": "string", "format": "date"},
            "signatory": {"title": "签发人", **texts},
            "cc": {"title": "抄送机关", **texts},
        },
    }
    assert joined(common, own) == {
        "type": "object",
        "required": ["date", "signatory"],
        "properties": {
            "date": {"title": "成文日期", "type": "string", "format": "date"},
            "signatory": {"title": "签发人", **texts},
            "cc": {"title": "抄送机关", **texts, "minItems": 1},
        },
    }
