import pytest

from generator.problems import Location
from generator.sources import KeyPath
from generator.tracing import TRACE_SCHEMA, TraceRow, check_trace, trace_rows

SPEECH = (
    "第一节\n时间原则在3月9日至3月17日之间,每天拿出半天时间集中学习。\n"
    "市直部门领导班子的“集中学习周”至少要安排5天时间,每天保证3个小时。"
)
VALUES = {
    "period": {"start": "2005-03-09", "end": "2005-03-17"},
    "schedule": [{"date": "2005-03-09", "topics": ["学习《党章》", "学习《读本》"]}],
    "hours": 3,
    "remark": None,
}
DEFINITION = {
    "properties": {
        "schedule": {
            "title": "日程",
            "items": {"properties": {"date": {"title": "日期"}, "topics": {"title": "内容"}}},
        }
    }
}


def place(path: KeyPath) -> Location:
    return Location("week.yaml", "/".join(map(str, path)))


def entry(path: str, phrase: str, point: str | None = "一是") -> dict[str, object]:
    return {"path": path, "section": "1", "point": point, "phrase": phrase}


def check(path: str, phrase: str, speech: str | None = SPEECH) -> list[str]:
    problems = check_trace([entry(path, phrase)], VALUES, speech, place, DEFINITION)
    return list(map(str, problems))


def test_a_phrase_that_stands_in_the_speech_is_fine() -> None:
    assert check("period.start", "3月9日至3月17日之间,每天") == []


def test_a_phrase_of_other_punctuation_is_not_what_the_speech_has() -> None:
    assert check("period.start", "3月17日之间，每天拿出") == [
        "week.yaml: trace/0/phrase: R010 the speech does not have “3月17日之间，每天拿出” "
        "(it has “3月17日之间,每天拿出”: quote it exactly as it stands)"
    ]


def test_a_phrase_of_which_the_speech_has_nothing_is_named() -> None:
    assert check("hours", "四个学时左右") == [
        "week.yaml: trace/0/phrase: R010 the speech does not have “四个学时左右” "
        "(quote it exactly as it stands)"
    ]


def test_the_nearest_words_do_not_run_over_a_line() -> None:
    assert check("hours", "我时间原则在3月9号") == [
        "week.yaml: trace/0/phrase: R010 the speech does not have “我时间原则在3月9号” "
        "(it has “时间原则在3月9日至”: quote it exactly as it stands)"
    ]


def test_a_phrase_has_twenty_characters_at_most() -> None:
    assert check("hours", "领导班子的“集中学习周”至少要安排5天时") == []
    assert check("hours", "领导班子的“集中学习周”至少要安排5天时间") == [
        "week.yaml: trace/0/phrase: R011 the phrase has 21 characters (quote at most 20)"
    ]


@pytest.mark.parametrize("phrase", ["第一节\n时间原则在", "  "])
def test_a_phrase_is_one_line(phrase: str) -> None:
    assert check("hours", phrase) == [
        "week.yaml: trace/0/phrase: R013 a phrase is one line of the speech "
        "(quote a few words that stand together)"
    ]


def test_without_the_speech_only_the_form_is_checked() -> None:
    assert check("hours", "四个小时", speech=None) == []


def test_a_path_that_the_input_does_not_have_is_named_with_the_nearest() -> None:
    assert check("schedule[0].dates", "5天时间") == [
        "week.yaml: trace/0/path: R012 the input has no value at “schedule[0].dates” "
        "(did you mean “schedule[0].date”?)"
    ]
    assert check("附注", "5天时间") == [
        "week.yaml: trace/0/path: R012 the input has no value at “附注” "
        "(name a value of this file, such as period.start)"
    ]


@pytest.mark.parametrize(
    "path", ["remark", "schedule[1].date", "hours[0]", "period.start[0]", "[]"]
)
def test_only_values_that_are_there_can_be_traced(path: str) -> None:
    (problem,) = check_trace([entry(path, "5天时间")], VALUES, SPEECH, place)
    assert problem.code == "R012"


@pytest.mark.parametrize(
    "path", ["schedule", "schedule[0].topics[1]", "日程[0].日期", "日程[0].date"]
)
def test_paths_lead_anywhere_in_the_input_by_keys_or_labels(path: str) -> None:
    assert check(path, "5天时间") == []


def test_every_problem_of_every_entry_is_reported() -> None:
    entries = [
        entry("hour", "四个小时"),
        entry("hours", "保证3个小时"),
        entry("重点", "三五天时间"),
    ]
    assert [str(p.where) for p in check_trace(entries, VALUES, SPEECH, place)] == [
        "week.yaml: trace/0/path",
        "week.yaml: trace/0/phrase",
        "week.yaml: trace/2/path",
        "week.yaml: trace/2/phrase",
    ]


def test_the_table_shows_each_value_short() -> None:
    entries = [
        entry("hours", "每天保证3个小时", point=None),
        entry("日程", "每天拿出半日时间"),
        entry("重点", "5天时间"),
    ]
    assert trace_rows(entries, VALUES, SPEECH, DEFINITION) == [
        TraceRow("hours", "3", "1", "", "每天保证3个小时", True),
        TraceRow("日程", "2005-03-09、学习《党章》、学…", "1", "一是", "每天拿出半日时间", False),
        TraceRow("重点", "", "1", "一是", "5天时间", True),
    ]


def test_without_the_speech_the_table_does_not_say_whether_it_has_the_phrase() -> None:
    (row,) = trace_rows([entry("hours", "3个小时")], VALUES, None)
    assert row.found is None


def test_the_schema_is_valid_and_accepts_what_the_checks_read() -> None:
    import jsonschema_rs

    validator = jsonschema_rs.Draft202012Validator(TRACE_SCHEMA)
    assert validator.is_valid(
        [entry("hours", "3个小时"), {"path": "a", "section": "1", "phrase": "b"}]
    )
    assert not validator.is_valid([{"path": "a", "phrase": "b"}])
