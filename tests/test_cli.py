"""The command line as it is typed: what is printed, what is written, how it ends."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from builders import docx_parts, docx_with, folder, paragraphs, table, zipped
from runs import Ended, Run

from generator.cli.language import language_here

BODY = """{% block body %}
定于{{ day | date }}召开。
{% block closing %}
特此通知。
{% endblock %}
{% endblock %}
"""
WORKSPACE = {
    "templates/meeting/template.yaml": """
title: 关于{{ subject }}的通知
kind: 通知
layout: plain
file_name: "{{ title }}"
schema:
  type: object
  required: [subject, day]
  properties:
    subject: {title: 事由, type: string}
    day: {title: 日期, type: string, format: date}
requirements:
  - {code: R101, level: warning, that: "subject != '会议'", at: subject, message: 事由过于笼统}
""",
    "templates/meeting/body.md": BODY,
    "templates/units/office/unit.yaml": "name: 示例办公室\nkind: 办公室\n",
    "templates/units/branch/unit.yaml": "name: 示例办事处\nkind: 办公室\nparent: office\n",
    "templates/units/branch/meeting/body.md": """{% extends "meeting" %}
{% block closing %}
请准时参加。
{% endblock %}
""",
}
INPUT = """template: meeting
unit: office
date_of_issue: 2005-03-01
subject: 植树
day: 2005-03-12
"""
COMMANDS = (
    "list",
    "new",
    "eject",
    "render",
    "batch",
    "check",
    "show",
    "schema",
    "trace",
    "register",
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a workspace `templates` and an input `a.yaml`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NOTICEGEN_CACHE", str(tmp_path / "kept"))
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    return folder(tmp_path, {**WORKSPACE, "a.yaml": INPUT})


# --- render --------------------------------------------------------------------------------------


def test_a_document_is_written_beside_its_input(noticegen: Run, here: Path) -> None:
    assert noticegen("render", "a.yaml") == Ended(0, "关于植树的通知.docx\n", "")
    document = (here / "关于植树的通知.docx").read_bytes()
    assert "定于2005年3月12日召开。" in paragraphs(document)


def test_nothing_else_is_left_beside_it(noticegen: Run, here: Path) -> None:
    before = {path.name for path in here.iterdir()}
    noticegen("render", "a.yaml")
    after = {path.name for path in here.iterdir()}
    assert after - before - {"kept"} == {"关于植树的通知.docx"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_a_document_has_the_rights_of_any_new_file(noticegen: Run, here: Path) -> None:
    noticegen("render", "a.yaml")
    (here / "new").touch()
    mode = stat.S_IMODE((here / "new").stat().st_mode)
    assert stat.S_IMODE((here / "关于植树的通知.docx").stat().st_mode) == mode


def test_a_unit_has_its_own_version_of_a_template(noticegen: Run, here: Path) -> None:
    assert noticegen("render", "a.yaml", "--unit", "branch", "-o", "b.docx").code == 0
    assert "请准时参加。" in paragraphs((here / "b.docx").read_bytes())


def test_the_template_may_be_named_on_the_command_line(noticegen: Run, here: Path) -> None:
    folder(here, {"b.yaml": INPUT.replace("template: meeting\n", "")})
    assert noticegen("render", "b.yaml", "--template", "meeting").code == 0
    assert noticegen("check", "b.yaml").out.startswith("b.yaml: B007 the input names no template")


def test_an_existing_file_stays_unless_forced(noticegen: Run, here: Path) -> None:
    folder(here, {"out.docx": "mine"})
    assert noticegen("render", "a.yaml", "-o", "out.docx") == Ended(
        1,
        "",
        "out.docx: B022 the file exists already "
        "(choose another place with -o, or replace it with --force)\n",
    )
    assert (here / "out.docx").read_text() == "mine"
    assert noticegen("render", "a.yaml", "-o", "out.docx", "--force").code == 0
    assert (here / "out.docx").read_bytes().startswith(b"PK")


def test_nothing_is_written_where_any_input_has_an_error(noticegen: Run, here: Path) -> None:
    folder(here, {"b.yaml": INPUT.replace("03-12", "02-30"), "c.yaml": "subject: 清雪\n"})
    ended = noticegen("render", "a.yaml", "b.yaml", "c.yaml", "-o", "out")
    assert (ended.code, ended.out) == (1, "")
    assert [line.split(" ")[:2] for line in ended.err.splitlines()] == [
        ["b.yaml:5:6:", "D104"],
        ["c.yaml:", "B007"],
    ]
    assert not (here / "out").exists()


def test_two_inputs_of_one_name_are_told_before_anything_is_written(
    noticegen: Run, here: Path
) -> None:
    folder(here, {"b.yaml": INPUT})
    assert noticegen("render", "a.yaml", "b.yaml", "-o", "out") == Ended(
        1,
        "",
        "b.yaml: B021 its document has the name of another one: 关于植树的通知.docx "
        "(the other is made of a.yaml; give one another folder or name)\n",
    )
    assert not (here / "out").exists()


def test_names_that_differ_only_in_case_are_one_name(noticegen: Run, here: Path) -> None:
    folder(here, {name: INPUT.replace("植树", name) for name in ("b", "B")})
    assert "B021" in noticegen("render", "b", "B").err


def test_a_warning_does_not_stop_a_document(noticegen: Run) -> None:
    assert noticegen("render", "a.yaml", "--set", "subject=会议") == Ended(
        0, "关于会议的通知.docx\n", "--set subject: R101 warning: 事由过于笼统\n"
    )


def test_one_document_cannot_hold_several_inputs(noticegen: Run) -> None:
    ended = noticegen("render", "a.yaml", "a.yaml", "-o", "x.docx")
    assert ended.code == 2
    assert ended.err.endswith(
        "Invalid value for -o: one document cannot hold several inputs; name a folder\n"
    )


def test_a_folder_that_is_called_like_a_document_is_a_folder(noticegen: Run, here: Path) -> None:
    (here / "x.docx").mkdir()
    assert noticegen("render", "a.yaml", "-o", "x.docx").out == (
        f"{Path('x.docx/关于植树的通知.docx')}\n"
    )


def test_a_setting_is_a_key_and_a_value(noticegen: Run) -> None:
    ended = noticegen("render", "a.yaml", "--set", "subject")
    assert ended.code == 2
    assert ended.err.endswith("Invalid value for --set: “subject” is not key=value\n")


def test_a_value_that_is_set_may_hold_an_equals_sign(noticegen: Run) -> None:
    assert noticegen("render", "a.yaml", "--set", "subject=a=b").out == "关于a=b的通知.docx\n"


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"])
def test_a_word_file_is_no_input(noticegen: Run, here: Path, content: bytes) -> None:
    folder(here, {"b.yaml": content})
    assert noticegen("render", "b.yaml").err == (
        "b.yaml: B020 an input is a YAML file, not a Word or Excel file "
        "(“noticegen new TEMPLATE” writes one to fill in)\n"
    )


def test_a_folder_that_cannot_be_made_is_a_problem(noticegen: Run) -> None:
    assert noticegen("render", "a.yaml", "-o", "a.yaml/out").err.startswith(
        f"{Path('a.yaml/out/关于植树的通知.docx')}: B023 the file cannot be written: "
    )


def test_render_and_problems_are_json_for_other_programs(noticegen: Run, here: Path) -> None:
    ended = noticegen("render", "a.yaml", "--format", "json", "--set", "subject=会议")
    said = json.loads(ended.out)
    assert (ended.code, ended.err) == (0, "")
    assert [document["path"] for document in said["documents"]] == ["关于会议的通知.docx"]
    assert [problem["code"] for problem in said["problems"]] == ["R101"]
    ended = noticegen("render", "nothing.yaml", "--format", "json")
    assert (ended.code, ended.err) == (1, "")
    assert [problem["code"] for problem in json.loads(ended.out)["problems"]] == ["B003"]
    assert json.loads(ended.out)["documents"] == []


# --- check, trace --------------------------------------------------------------------------------


def test_what_a_check_finds_is_its_result(noticegen: Run) -> None:
    assert noticegen("check", "a.yaml") == Ended(0, "no problems (inputs checked: 1)\n", "")
    assert noticegen("check", "a.yaml", "--set", "day=2005-02-30") == Ended(
        1,
        "--set day: D104 the date “2005-02-30” does not exist (that month has 28 days)\n"
        "inputs checked: 1; errors: 1, warnings: 0, notes: 0\n",
        "",
    )


def test_warnings_alone_pass(noticegen: Run) -> None:
    ended = noticegen("check", "a.yaml", "--set", "subject=会议")
    assert ended.code == 0
    assert ended.out.endswith("inputs checked: 1; errors: 0, warnings: 1, notes: 0\n")


def test_an_input_without_sources_says_so(noticegen: Run) -> None:
    assert noticegen("trace", "a.yaml") == Ended(
        0, "the input names no sources (trace / 出处)\n", ""
    )


@pytest.mark.parametrize("name", ["a.pdf", "a.DOC", "out/a.odt"])
def test_a_document_is_not_written_under_the_name_of_another_format(
    noticegen: Run, here: Path, name: str
) -> None:
    ended = noticegen("render", "a.yaml", "-o", name)
    assert ended.code == 2
    assert "documents are written as .docx; name a folder or a .docx" in ended.err
    assert not (here / name).exists()


def test_a_trace_is_a_table_or_json(noticegen: Run, here: Path) -> None:
    entry = "trace:\n  - {path: day, section: 一, phrase: 3月12日}\n"
    folder(here, {"b.yaml": INPUT + entry, "speech.txt": "定于3月12日。"})
    assert noticegen("trace", "b.yaml", "--speech", "speech.txt").out == (
        "path  value       section  point  phrase   in the speech\n"
        "day   2005-03-12  一              3月12日  yes\n"
    )
    ended = noticegen("trace", "b.yaml", "--speech", "speech.txt", "--format", "json")
    assert json.loads(ended.out) == {
        "rows": [
            {
                "path": "day",
                "value": "2005-03-12",
                "section": "一",
                "point": "",
                "phrase": "3月12日",
                "found": True,
            }
        ],
        "problems": [],
    }


# --- new, schema, show ---------------------------------------------------------------------------


def test_a_skeleton_renders_as_soon_as_its_blanks_are_filled(noticegen: Run, here: Path) -> None:
    assert noticegen("new", "meeting", "-o", "new.yaml") == Ended(0, "new.yaml\n", "")
    blanks = {
        "unit": "office",
        "date_of_issue": "2005-03-01",
        "subject": "植树",
        "day": "2005-03-12",
    }
    text = (here / "new.yaml").read_text(encoding="utf-8")
    for key, value in blanks.items():
        text = text.replace(f"\n{key}:", f"\n{key}: {value}", 1)
    folder(here, {"new.yaml": text})
    assert noticegen("render", "new.yaml") == Ended(0, "关于植树的通知.docx\n", "")


def test_a_skeleton_names_the_units_that_there_are(noticegen: Run) -> None:
    head = noticegen("new", "meeting").out.splitlines()[:2]
    assert head == [
        "template: meeting",
        "unit:                   # the issuing unit: branch、office",
    ]


def test_the_schema_of_a_template_is_for_editors(noticegen: Run) -> None:
    ended = noticegen("schema", "meeting")
    properties = json.loads(ended.out)["properties"]
    assert {"template", "unit", "subject", "事由", "日期"} <= set(properties)


def test_a_template_is_shown_with_the_layer_of_each_block(noticegen: Run) -> None:
    shown = noticegen("show", "meeting", "--unit", "branch").out.split("\n\n")
    assert shown[0].splitlines()[:3] == [
        "template   meeting",
        "unit       branch",
        "kind       通知",
    ]
    assert [line.split() for line in shown[1].splitlines()[2:4]] == [
        ["closing", "templates/units/branch/meeting/body.md:2", "templates/meeting/body.md:3"],
        ["body", "templates/meeting/body.md:1", "layout:plain"],
    ]
    assert "\n\n—— templates/meeting/body.md ——\n" + BODY in noticegen("show", "meeting").out


def test_styles_that_give_way_to_those_of_a_template_further_out_are_shown(
    noticegen: Run, here: Path
) -> None:
    own = '<w:pPr><w:jc w:val="right"/></w:pPr></w:style>'
    members = docx_parts('{% extends "plain" %}', "{% block body %}", "甲", "{% endblock %}")
    members["word/styles.xml"] = members["word/styles.xml"].replace("</w:style>", own)
    folder(here, {"templates/memo/body.docx": zipped(members)})
    assert (
        "Styles of templates/memo/body.docx for which a template further out has its own, "
        "which wins: Normal\n"
    ) in noticegen("show", "memo").out


# --- Word documents as templates -----------------------------------------------------------------

LETTER = docx_with(
    "{{ 收文单位 }}：",
    "请于{{ 答复日期 | date }}前答复{% if 急 %}（急）{% endif %}。",
    table(["姓名"], ["{% for 人 in 名单 %}{{ 人.姓名 }}{% endfor %}"]),
    "{{ 发文单位 }}",
)
VALUES = "收文单位: 示例局\n答复日期: 2005-03-09\n急: true\n名单:\n- 姓名: 张某\n发文单位: 示例县\n"


@pytest.fixture
def desk(here: Path) -> Path:
    """The current folder with a Word document with tags, and its values."""
    return folder(here, {"letter.docx": LETTER, "values.yaml": VALUES})


def test_a_word_document_needs_no_unit_and_no_schema(noticegen: Run, desk: Path) -> None:
    ended = noticegen("render", "--template", "letter.docx", "values.yaml", "-o", "out.docx")
    assert ended == Ended(0, "out.docx\n", "")
    assert paragraphs((desk / "out.docx").read_bytes()) == [
        *("示例局：", "请于2005年3月9日前答复（急）。", "姓名", "张某", "示例县")
    ]


def test_its_documents_are_named_after_their_inputs(noticegen: Run, desk: Path) -> None:
    folder(desk, {"甲.yaml": VALUES, "乙.yaml": VALUES})
    ended = noticegen("render", "--template", "letter.docx", "甲.yaml", "乙.yaml", "-o", "out")
    assert ended.out.split() == [str(Path("out/甲.docx")), str(Path("out/乙.docx"))]


def test_a_document_never_takes_the_place_of_its_template(noticegen: Run, desk: Path) -> None:
    arguments = ("render", "--template", "letter.docx", "values.yaml", "--force")
    assert noticegen(*arguments, "-o", "letter.docx") == Ended(
        1,
        "",
        "letter.docx: B025 the document would take the place of its own template "
        "(choose another place with -o)\n",
    )
    assert (desk / "letter.docx").read_bytes() == LETTER


def test_its_skeleton_is_made_of_its_tags_and_renders_when_filled_in(
    noticegen: Run, desk: Path
) -> None:
    assert noticegen("new", "letter.docx").out == (
        "template: letter.docx\n"
        "\n"
        "收文单位:                # 收文单位 · required\n"
        "答复日期:                # 答复日期 · date, written 2005-03-09 · required\n"
        "急:                      # 急 · true or false · required · such as true\n"
        "名单:                    # 名单 · a list · required\n"
        "  -                      # one item; repeat for more\n"
        "    姓名:                # 姓名 · required\n"
        "发文单位:                # 发文单位 · required\n"
    )
    noticegen("new", "letter.docx", "-o", "in/new.yaml")
    text = (desk / "in" / "new.yaml").read_text(encoding="utf-8")
    assert text.startswith("template: ../letter.docx\n")
    filled = text.replace("答复日期: ", "答复日期: 2005-03-09", 1)
    folder(desk, {"in/new.yaml": filled})
    assert noticegen("render", "in/new.yaml") == Ended(0, f"{Path('in/new.docx')}\n", "")


def test_a_name_that_yaml_would_read_otherwise_stands_in_quotes(noticegen: Run, desk: Path) -> None:
    folder(desk, {"函 #1: 稿.docx": docx_with("{{ a }}")})
    assert noticegen("new", "函 #1: 稿.docx").out.startswith('template: "函 #1: 稿.docx"\n')


def test_a_skeleton_asks_for_the_unit_that_its_tags_read(noticegen: Run, desk: Path) -> None:
    folder(desk, {"u.docx": docx_with("{{ unit.name }}{{ a }}")})
    assert noticegen("new", "u.docx").out.splitlines() == [
        "template: u.docx",
        "unit:                   # the issuing unit: branch、office",
        "",
        "a:                       # a · required",
    ]


def test_its_schema_is_made_of_its_tags(noticegen: Run, desk: Path) -> None:
    said = json.loads(noticegen("schema", "letter.docx").out)
    assert said["properties"]["答复日期"] == {"type": "string", "format": "date"}
    assert list(said["properties"]["名单"]["anyOf"][0]["items"]["properties"]) == ["姓名"]


def test_a_template_without_a_schema_has_a_skeleton_too(noticegen: Run, desk: Path) -> None:
    folder(desk, {"templates/plan/body.docx": LETTER})
    said = noticegen("new", "plan").out
    assert said.startswith("template: plan\n\n收文单位:")


def test_templates_and_inputs_are_told_apart_by_their_kind(noticegen: Run, desk: Path) -> None:
    ended = noticegen("check", "letter.docx", "templates/meeting", "a.yaml")
    assert ended == Ended(0, "no problems (templates checked: 2; inputs checked: 1)\n", "")
    folder(desk, {"templates/meeting/body.md": "{{ subjct }}{{ day }}\n"})
    ended = noticegen("check", "templates/meeting")
    assert ended == Ended(
        1,
        f"{Path('templates/meeting/body.md')}:1: T080 nothing gives a value “subjct” "
        "(did you mean “subject”?)\n"
        "templates checked: 1; inputs checked: 0; errors: 1, warnings: 0, notes: 0\n",
        "",
    )
    said = json.loads(noticegen("check", "letter.docx", "--format", "json").out)
    assert (said["inputs"], said["templates"], said["problems"]) == (0, 1, [])


def test_a_word_document_is_shown_as_text_without_its_name(noticegen: Run, desk: Path) -> None:
    folder(desk, {"other.docx": LETTER})
    shown = noticegen("show", "letter.docx")
    assert shown == noticegen("show", "other.docx")
    assert shown.out == (
        "{{ 收文单位 }}：\n"
        "请于{{ 答复日期 | date }}前答复{% if 急 %}（急）{% endif %}。\n"
        "| 姓名 |\n"
        "| {% for 人 in 名单 %}{{ 人.姓名 }}{% endfor %} |\n"
        "{{ 发文单位 }}\n"
        "\n"
        "Values\n"
        "  发文单位\n  名单\n  名单[].姓名\n  急\n  收文单位\n  答复日期\n"
    )


def test_a_word_document_with_faulty_tags_is_shown_nevertheless(noticegen: Run, desk: Path) -> None:
    folder(desk, {"bad.docx": docx_with("{{ a | dat }}")})
    shown = noticegen("show", "bad.docx")
    assert (shown.code, shown.out) == (0, "{{ a | dat }}\n")
    assert "T017" in shown.err


# --- workspaces ----------------------------------------------------------------------------------


def test_the_workspace_named_last_is_nearest(noticegen: Run, here: Path) -> None:
    folder(here, {"near/meeting/body.md": "近处的正文。\n"})
    options = ("--templates", "templates", "--templates", "near", "-o", "x.docx")
    assert noticegen("render", "a.yaml", *options).err == ""
    assert "近处的正文。" in paragraphs((here / "x.docx").read_bytes())
    listed = noticegen("list", "--templates", "templates", "--templates", "near").out
    assert listed.endswith("Layers, nearest first\n  near\n  templates\n  built in\n")


def test_templates_here_are_a_workspace_only_where_none_is_named(
    noticegen: Run, here: Path
) -> None:
    (here / "other").mkdir()
    assert "\nmeeting  " in noticegen("list").out
    assert "\nmeeting  " not in noticegen("list", "--templates", "other").out


def test_a_workspace_that_does_not_exist_is_a_problem(noticegen: Run) -> None:
    assert noticegen("list", "--templates", "nowhere") == Ended(
        1, "", "nowhere: B002 the folder does not exist\n"
    )


# --- help, language, exit codes ------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_in_both_languages(noticegen: Run, command: str) -> None:
    english = noticegen(command, "--help")
    chinese = noticegen(command, "--lang", "zh", "--help")
    assert (english.code, chinese.code) == (0, 0)
    assert english.out.startswith(f"Usage: noticegen {command} ")
    assert chinese.out.startswith(f"用法：noticegen {command} ")
    assert ("--templates DIR" in english.out) == (command != "register")  # it has commands
    assert "Options" not in chinese.out


def test_the_commands_are_listed(noticegen: Run) -> None:
    listed = noticegen("--help").out.partition("Commands:\n")[2]
    assert tuple(line.split()[0] for line in listed.splitlines()) == COMMANDS


@pytest.mark.parametrize(
    "arguments", [("nosuch",), ("render",), ("render", "--nosuch"), ("check", "--lang", "fr", "x")]
)
def test_wrong_usage_ends_with_2(noticegen: Run, arguments: tuple[str, ...]) -> None:
    assert noticegen(*arguments).code == 2


def test_the_language_may_be_named_before_the_command(noticegen: Run) -> None:
    assert noticegen("--lang", "zh", "check", "a.yaml").out == "没有问题（共检查1件）\n"


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_TW"}, "zh"),
        ({"LANG": "C.UTF-8", "LC_ALL": ""}, "en"),
    ],
)
def test_the_language_is_that_of_the_locale(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], language: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert language_here() == language


# --- as a program of its own ---------------------------------------------------------------------


def run_program(*arguments: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
    house = str(Path(__file__).parent.parent)
    return subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": house, **variables},
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rendr"], "错误：没有命令'rendr'。"),
        (["render"], "错误：缺少参数 'INPUT…'."),
        (["batch", "--workers", "0", "a", "b"], "错误：'--workers'写得不对：0超出范围1<=x<=256。"),
    ],
)
def test_wrong_usage_is_told_in_the_language_of_the_run(
    noticegen: Run, arguments: list[str], said: str
) -> None:
    ended = noticegen("--lang", "zh", *arguments)
    assert ended.err.splitlines()[0].startswith("用法：noticegen ")
    assert ended.err.splitlines()[-1] == said


def test_the_module_is_the_command(here: Path) -> None:
    ended = run_program("render", "a.yaml")
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert ended.stdout.decode().split() == ["关于植树的通知.docx"]


def test_what_a_terminal_cannot_show_is_escaped(here: Path) -> None:
    ended = run_program("check", "没有.yaml", PYTHONIOENCODING="latin-1")
    assert ended.returncode == 1
    assert ended.stdout.startswith(rb"\u6ca1\u6709.yaml: B003 ")


def test_the_answer_is_in_the_language_of_the_locale(here: Path) -> None:
    ended = run_program("check", "a.yaml", LC_ALL="zh_CN.UTF-8", PYTHONUTF8="1")
    assert ended.stdout.decode().strip() == "没有问题（共检查1件）"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in folders")
def test_an_interruption_ends_quietly(here: Path) -> None:
    os.mkfifo("pipe")
    command = [sys.executable, "-m", "generator", "check", "pipe"]
    house = str(Path(__file__).parent.parent)
    program = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": house},
    )
    with program, Path("pipe").open("wb"):  # opens when the program reads
        program.send_signal(signal.SIGINT)
        out, err = program.communicate(timeout=30)
    assert (program.returncode, out.strip(), err.strip()) == (130, b"", b"")
