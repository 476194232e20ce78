"""Inputs: one YAML file is one document, and every fault of it is told at its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import docx_with, folder, paragraphs
from workspaces import INPUT, NOTE, note_workspace

from generator import Library, NoticeError, check, open_library, render_file
from generator.inputs import Input, read_input


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return note_workspace(tmp_path / "space")


@pytest.fixture
def library(workspace: Path) -> Library:
    return open_library(workspace, keep=False)


def read(library: Library, text: str, **options: object) -> Input:
    return read_input(text.encode(), "in.yaml", library, **options)  # type: ignore[arg-type]


def faults(library: Library, text: str, **options: object) -> list[str]:
    with pytest.raises(NoticeError) as error:
        read(library, text, **options)
    return [str(problem) for problem in error.value.problems]


def test_english_keys_and_chinese_labels_say_the_same(library: Library) -> None:
    labelled = "模板: note\n发文单位: city\n成文日期: 2005-03-04\n发文顺序号: 3\n事由: 清运残雪\n"
    english, chinese = read(library, INPUT), read(library, labelled)
    assert english.values == chinese.values
    assert english.template is chinese.template


def test_a_reserved_key_under_both_its_names_is_a_problem(library: Library) -> None:
    assert faults(library, INPUT + "模板: note\n") == [
        "in.yaml:6:1: D105 “template” and “模板” are one key (keep one of them)"
    ]


def test_all_problems_of_a_file_are_told_in_the_order_of_their_lines(library: Library) -> None:
    text = "template: note\nunit: city\ndate_of_issue: 2005-02-30\nserail: 3\ntopic:\n"
    found = faults(library, text)
    assert [line.split(" ")[:2] for line in found] == [
        ["in.yaml:1:1:", "D102"],
        ["in.yaml:3:16:", "D104"],
        ["in.yaml:4:1:", "D101"],
        ["in.yaml:5:1:", "D102"],
    ]
    assert "did you mean “serial”?" in found[2]


def test_yaml_schema_and_sense_are_told_in_one_run(workspace: Path, library: Library) -> None:
    fields = "    period: {title: 时段, type: object, properties: {start: {title: 起, type: string,"
    fields += " format: date}, end: {title: 止, type: string, format: date}}}\n"
    folder(workspace, {"note/template.yaml": NOTE + fields})
    text = (
        "template: note\nunit: city\nserial: &x 3\nserail: 4\n"
        "period: {start: 2005-03-09, end: 2005-03-01}\ntopic: a\ntopic: b\n"
    )
    assert [line.split(" ")[:2] for line in faults(library, text)] == [
        ["in.yaml:1:1:", "D102"],
        ["in.yaml:3:9:", "Y005"],
        ["in.yaml:4:1:", "D101"],
        ["in.yaml:5:34:", "R002"],
        ["in.yaml:7:1:", "Y002"],
    ]


def test_an_unknown_unit_is_a_problem_where_it_is_named(library: Library) -> None:
    assert faults(library, INPUT.replace("city", "ctiy")) == [
        "in.yaml:2:7: B001 there is no unit “ctiy” (did you mean “city”?)"
    ]


def test_an_unknown_unit_hides_no_other_problem(library: Library) -> None:
    text = INPUT.replace("city", "ctiy").replace("2005-03-04", "2005-02-30") + "topci: x\n"
    found = faults(library, text + "trace:\n  - {path: nowhere, section: '1', phrase: 一}\n")
    assert [line.split(" ")[:2] for line in found] == [
        ["in.yaml:2:7:", "B001"],
        ["in.yaml:3:16:", "D104"],
        ["in.yaml:6:1:", "D101"],
        ["in.yaml:8:12:", "R012"],
    ]


def test_an_unknown_template_is_a_problem_where_it_is_named(library: Library) -> None:
    assert faults(library, INPUT.replace("note", "nota")) == [
        "in.yaml:1:11: B001 there is no template “nota” (did you mean “note”?)"
    ]


def test_an_input_without_a_template_is_told_which_there_are(library: Library) -> None:
    [problem] = faults(library, "unit: city\n")
    assert problem.startswith("in.yaml: B007 the input names no template (template / 模板)")
    assert "note" in problem


def test_an_input_without_a_unit_is_told_which_there_are(library: Library) -> None:
    assert faults(library, INPUT.replace("unit: city\n", "")) == [
        "in.yaml: B005 the input names no unit (unit / 发文单位)"
        " (add “unit: …”, or name one with --unit; there are: city, county)"
    ]


def test_a_unit_of_the_wrong_kind_may_not_issue_a_template(
    workspace: Path, library: Library
) -> None:
    folder(workspace, {"note/template.yaml": NOTE + "issuers: [办公室, 党委]\n"})
    assert faults(library, INPUT) == [
        "in.yaml:2:7: B006 a unit of the kind 部门 may not issue “note”"
        " (it is issued by: 办公室、党委)"
    ]


def test_settings_go_before_what_the_file_says(library: Library) -> None:
    found = read(library, INPUT, settings={"topic": "整治环境", "serial": "7"})
    assert found.values["topic"] == "整治环境"
    assert found.values["serial"] == 7


def test_a_setting_replaces_a_value_under_either_of_its_names(library: Library) -> None:
    labelled = INPUT.replace("topic", "事由").replace("unit", "发文单位")
    for name in ("topic", "事由"):
        found = read(library, labelled, settings={name: "整治环境", "unit": "county"})
        assert found.values["topic"] == "整治环境"
        assert found.template.unit == "county"


def test_an_empty_setting_takes_a_value_away(library: Library) -> None:
    assert faults(library, INPUT, settings={"topic": ""}) == [
        "--set topic: D102 “事由” is empty (fill it in)"
    ]


def test_an_unknown_setting_is_a_problem(library: Library) -> None:
    [problem] = faults(library, INPUT, settings={"topik": "x"})
    assert problem.startswith("--set topik: D101")


def test_a_wrong_setting_is_a_problem_at_its_own_place(library: Library) -> None:
    [problem] = faults(library, INPUT, settings={"serial": "七"})
    assert problem.startswith("--set serial: D103")


def test_a_template_can_be_named_outside_the_file(library: Library) -> None:
    text = INPUT.replace("template: note\n", "")
    assert read(library, text, template="note").template.name == "note"


def test_requirements_are_checked_at_the_line_with_their_phrase(
    workspace: Path, library: Library
) -> None:
    rule = (
        "requirements:\n"
        "  - {code: R101, that: serial > 5, at: serial, message: '序号只有{{ serial }}',"
        " hint: 改大, phrase: 至少要安排5天时间}\n"
    )
    folder(workspace, {"note/template.yaml": NOTE + rule})
    path = workspace / "in.yaml"
    path.write_text(INPUT, encoding="utf-8")
    assert [str(problem) for problem in check(path, library=library)] == [
        f"{path}:4:9: R101 序号只有3 (required by “至少要安排5天时间”) (改大)"
    ]
    with pytest.raises(NoticeError, match="R101"):
        render_file(path, library)


def test_places_are_found_under_chinese_labels(workspace: Path, library: Library) -> None:
    rule = "requirements:\n  - {code: R101, that: serial > 5, at: serial, message: 小}\n"
    folder(workspace, {"note/template.yaml": NOTE + rule})
    path = workspace / "in.yaml"
    path.write_text(INPUT.replace("serial", "发文顺序号"), encoding="utf-8")
    assert [str(problem.where) for problem in check(path, library=library)] == [f"{path}:4:8"]


def test_a_number_that_is_none_of_the_standards_is_a_problem(
    workspace: Path, library: Library
) -> None:
    folder(workspace, {"note/template.yaml": NOTE.replace("〔", "[").replace("〕", "]")})
    path = workspace / "in.yaml"
    path.write_text(INPUT, encoding="utf-8")
    assert [str(problem) for problem in check(path, library=library)] == [
        f"{path}:4:9: GH008 “示教[2005]3号” is not the number of a document (it is the unit's code,"
        " the year in 〔〕, the serial number and 号: 示教〔2005〕3号)"
    ]


def test_a_warning_does_not_stop_a_document(workspace: Path, library: Library) -> None:
    rule = "requirements:\n  - {code: R101, that: serial > 5, message: 小, level: warning}\n"
    folder(workspace, {"note/template.yaml": NOTE + rule})
    path = workspace / "in.yaml"
    path.write_text(INPUT, encoding="utf-8")
    assert [problem.level for problem in check(path, library=library)] == ["warning"]
    assert render_file(path, library)[:2] == b"PK"


def test_traces_are_held_to_their_form(library: Library) -> None:
    text = INPUT + "trace:\n  - {path: topic, section: '1'}\n"
    assert faults(library, text) == [
        "in.yaml:7:5: D102 “原文” is missing (add “phrase: …”)",
    ]


def test_check_tells_the_problems_of_several_files_and_raises_nothing(
    workspace: Path, library: Library
) -> None:
    good, bad = workspace / "good.yaml", workspace / "bad.yaml"
    good.write_text(INPUT, encoding="utf-8")
    bad.write_text(INPUT.replace("3", "x", 1), encoding="utf-8")
    found = check(good, bad, workspace / "missing.yaml", library=library)
    assert [problem.where.file for problem in found] == [str(bad), str(workspace / "missing.yaml")]


def test_check_finds_what_rendering_would(workspace: Path, library: Library) -> None:
    folder(workspace, {"note/body.md": "{{ topic / 2 }}\n"})
    path = workspace / "in.yaml"
    path.write_text(INPUT, encoding="utf-8")
    [problem] = check(path, library=library)
    assert problem.code == "T404"


def test_a_bare_word_template_takes_any_values(workspace: Path, library: Library) -> None:
    folder(workspace, {"reply/body.docx": docx_with("致{{ 姓名 }}：")})
    path = workspace / "in.yaml"
    path.write_text("template: reply\n姓名: 张某\n", encoding="utf-8")
    assert paragraphs(render_file(path, library)) == ["致张某："]


# --- Word documents as templates -----------------------------------------------------------------

LETTER = docx_with("致{{ 姓名 }}（{{ 发文单位 }}）：{% if 急 %}急！{% endif %}共{{ 份数 }}份")
VALUES = "姓名: 张某\n发文单位: 示例局\n急: false\n份数: 007\n"


def test_the_path_of_a_word_document_is_a_template_from_the_folder_of_the_input(
    tmp_path: Path, library: Library
) -> None:
    text = f"template: ../letter.docx\n{VALUES}"
    folder(tmp_path, {"letter.docx": LETTER, "data/in.yaml": text})
    document = render_file(tmp_path / "data" / "in.yaml", library)
    assert paragraphs(document) == ["致张某（示例局）：共007份"]


def test_named_outside_the_input_it_counts_from_the_current_folder(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder(tmp_path, {"letter.docx": LETTER, "data/in.yaml": VALUES})
    monkeypatch.chdir(tmp_path)
    for how in ({"template": "letter.docx"}, {"settings": {"模板": "letter.docx"}}):
        found = read_input(VALUES.encode(), "data/in.yaml", library, **how)  # type: ignore[arg-type]
        assert found.template.files == ("letter.docx",)
    # Another setting does not change what the input's own path counts from.
    text = f"template: ../letter.docx\n{VALUES}"
    found = read_input(text.encode(), "data/in.yaml", library, settings={"unit": "city"})
    assert found.template.files == ("data/../letter.docx",)


def test_values_without_a_schema_are_typed_only_where_nothing_is_lost(
    tmp_path: Path, library: Library
) -> None:
    folder(tmp_path, {"letter.docx": LETTER})
    text = "a: 3\nb: 007\nc: true\nd: no\ne: '3'\nf: 2005-03-09\ng:\n姓名: x\n"
    found = read(library, text, template=str(tmp_path / "letter.docx"), settings={"a": "4"})
    assert found.values == {
        "a": 4,
        "b": "007",
        "c": True,
        "d": "no",
        "e": "3",
        "f": "2005-03-09",
        "g": None,
        "姓名": "x",
    }


def test_a_setting_is_typed_as_if_it_stood_in_the_file_without_quotes(
    tmp_path: Path, library: Library
) -> None:
    folder(tmp_path, {"letter.docx": LETTER})
    path = str(tmp_path / "letter.docx")
    assert read(library, "a: '3'\n", template=path, settings={"a": "4"}).values == {"a": 4}


def test_a_word_document_reads_the_unit_that_the_input_names(
    tmp_path: Path, library: Library
) -> None:
    folder(tmp_path, {"letter.docx": docx_with("{{ unit.name }}：{{ a }}")})
    text = f"template: {tmp_path / 'letter.docx'}\nunit: city\na: x\n"
    found = read(library, text)
    assert paragraphs(found.template.document(found.context).data) == ["示例市教育局：x"]
    assert faults(library, text.replace("city", "ctiy")) == [
        "in.yaml:2:7: B001 there is no unit “ctiy” (did you mean “city”?)"
    ]


def test_a_no_that_would_count_as_yes_is_a_problem(tmp_path: Path, library: Library) -> None:
    text = f"template: letter.docx\n{VALUES}".replace("false", "否")
    folder(tmp_path, {"letter.docx": LETTER, "in.yaml": text})
    assert [str(problem) for problem in check(tmp_path / "in.yaml", library=library)] == [
        f"{tmp_path / 'in.yaml'}:4:4: R003 “否” is text, which counts as true here"
        " (write false, or leave it empty)"
    ]


def test_a_word_document_that_is_not_there_is_a_problem(tmp_path: Path, library: Library) -> None:
    path = tmp_path / "letter.docx"
    assert faults(library, f"template: {path}\n") == [f"{path}: B003 there is no such file"]


def test_a_word_document_is_kept_compiled_until_it_changes(
    tmp_path: Path, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from generator.library import bare

    monkeypatch.setenv("NOTICEGEN_CACHE", str(tmp_path / "kept"))
    made: list[str] = []
    make = bare.make_bare
    monkeypatch.setattr(bare, "make_bare", lambda *said: made.append(said[1]) or make(*said))
    path = tmp_path / "letter.docx"
    for content in (LETTER, LETTER, docx_with("{{ b }}")):
        folder(tmp_path, {"letter.docx": content})
        read_input(b"a: 1\n", "in.yaml", open_library(workspace), template=str(path))
    assert len(made) == 2
