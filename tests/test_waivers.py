"""Requirements that a unit waives in its unit.yaml: told as notes, never hidden."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from builders import folder
from runs import Run
from workspaces import INPUT, NOTE, UNIT, note_workspace

from generator import NoticeError, check, open_library, render_file

RULES = """\
requirements:
  - {code: R101, that: serial > 5, at: serial, message: 序号小, hint: 改, phrase: 至少要安排5天时间}
  - {code: R102, that: topic != '清运残雪', at: topic, message: 事由过于笼统}
  - {check: anonymous, at: remark}
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    files = {"note/template.yaml": NOTE + RULES, "in.yaml": INPUT}
    return folder(note_workspace(tmp_path / "space"), files)


@pytest.fixture
def here(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(workspace)
    return workspace


def waive(workspace: Path, waivers: str, unit: str = "city") -> None:
    folder(workspace, {f"units/{unit}/unit.yaml": f"{UNIT}{waivers}"})


def told(workspace: Path, file: str = "in.yaml") -> list[str]:
    library = open_library(workspace, keep=False)
    path = workspace / file
    problems = check(path, library=library)
    return [
        f"{problem.level} {problem}".replace(f"{workspace}/", "").replace(f"{workspace}\\", "")
        for problem in problems
    ]


def test_a_waived_requirement_is_a_note_that_says_the_reason(workspace: Path) -> None:
    waive(workspace, "waivers: {note: {R101: 全局集中轮训，学习周为4天}}\n")
    assert told(workspace) == [
        "note in.yaml:4:9: R101 序号小 (required by “至少要安排5天时间”) "
        "(waived by the unit: 全局集中轮训，学习周为4天)",
        "error in.yaml:5:8: R102 事由过于笼统",
    ]


def test_with_all_that_it_breaks_waived_a_document_is_made(workspace: Path) -> None:
    library = open_library(workspace, keep=False)
    with pytest.raises(NoticeError, match="R101"):
        render_file(workspace / "in.yaml", library)
    waive(workspace, "豁免: {note: {R101: 轮训, R102: 领导批示的标题}}\n")
    library = open_library(workspace, keep=False)
    assert render_file(workspace / "in.yaml", library)[:2] == b"PK"


def test_a_waiver_is_its_units_own_and_no_childs(workspace: Path) -> None:
    waive(workspace, "waivers: {note: {R101: 轮训, R102: 批示}}\n")
    folder(workspace, {"county.yaml": INPUT.replace("city", "county")})
    assert [line.split()[0] for line in told(workspace, "county.yaml")] == ["error", "error"]


def test_sense_that_a_template_asks_for_may_be_waived_too(workspace: Path) -> None:
    waive(workspace, "waivers: {note: {R101: 一, R102: 二, R032: 公布的是值班电话}}\n")
    folder(workspace, {"in.yaml": INPUT + "remark: 联系电话13800000000\n"})
    assert told(workspace)[-1] == (
        "note in.yaml:6:9: R032 a mobile number would be published: 138****0000 "
        "(waived by the unit: 公布的是值班电话)"
    )


@pytest.mark.parametrize(
    ("waivers", "problem"),
    [
        (
            "waivers: {note: {R199: 轮训}}",
            "units/city/unit.yaml:7:24: R004 “note” has no requirement R199 "
            "(it has: R031, R032, R033, R101, R102)",
        ),
        (
            "waivers: {ntoe: {R101: 轮训}}",
            "units/city/unit.yaml:7:17: B001 there is no template “ntoe” (did you mean “note”?)",
        ),
        (
            "waivers: {../note: {R101: 轮训}}",
            "units/city/unit.yaml:7:20: B001 there is no template “../note” (did you mean “note”?)",
        ),
        (
            "waivers: {note: {R101: }}",
            "units/city/unit.yaml:7:18: D102 “R101” is empty (fill it in)",
        ),
        (
            "waivers: {note: {R101: ' '}}",
            "units/city/unit.yaml:7:24: D109 “豁免 › note › R101” has not the form "
            r"that it needs: “” (it must match \S)",
        ),
    ],
)
def test_a_waiver_of_nothing_or_without_a_reason_is_a_problem(
    workspace: Path, waivers: str, problem: str
) -> None:
    waive(workspace, f"{waivers}\n")
    assert told(workspace) == [f"error {problem}"]


def test_commands_show_what_is_waived(workspace: Path, noticegen: Run) -> None:
    waive(workspace, "waivers: {note: {R101: 轮训, R102: 批示}}\n")

    def said(*words: str) -> str:
        ended = noticegen(*words, "--lang", "zh", "--templates", ".")
        assert ended.code == 0
        return ended.out + ended.err

    assert "in.yaml:4:9: R101 提示：序号小" in said("render", "in.yaml", "-o", "out")
    assert "共检查1件，错误0处，警告0处，提示2处" in said("check", "in.yaml")
    problems = json.loads(said("check", "in.yaml", "--format", "json"))["problems"]
    assert [(each["level"], each["waived"]) for each in problems] == [
        ("note", "轮训"),
        ("note", "批示"),
    ]
    shown = said("show", "note", "--unit", "city").splitlines()
    assert [line.split() for line in shown if line.startswith("豁免")] == [
        ["豁免：R101", "轮训"],
        ["豁免：R102", "批示"],
    ]
