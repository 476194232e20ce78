"""Elements of one document that contradict one another, or that its 文种 does not have."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import folder
from workspaces import INPUT, NOTE, UNIT, note_workspace

from generator import check, open_library
from generator.cli.language import load_catalogue
from generator.reporting import problem_line

SECRET = "copy_number: 000001\nclassification: 秘密★1年\n"


def said(root: Path, lines: str, template: str = NOTE, unit: str = UNIT) -> list[str]:
    """What is wrong with an input that has *lines* from its sixth line on."""
    note_workspace(root)
    files = {"in.yaml": INPUT + lines, "note/template.yaml": template}
    folder(root, {**files, "units/city/unit.yaml": unit})
    problems = check(root / "in.yaml", library=open_library(root, keep=False))
    return [
        f"{problem.level}: {str(problem).removeprefix(f'{root}/in.yaml:')}" for problem in problems
    ]


@pytest.mark.parametrize("remark", ["此件公开发布", "此件依申请公开"])
def test_what_is_classified_is_not_published(remark: str, tmp_path: Path) -> None:
    assert said(tmp_path, f"{SECRET}remark: {remark}\n") == [
        f"error: 8:9: GB007 the document is “秘密★1年”, and its 附注 says “{remark}” "
        "(take one of the two out)"
    ]


@pytest.mark.parametrize("remark", ["此件不公开", "此件发至县团级"])
def test_a_remark_that_publishes_nothing_stands_beside_a_classification(
    remark: str, tmp_path: Path
) -> None:
    assert said(tmp_path, f"{SECRET}remark: {remark}\n") == []


def test_a_document_is_not_printed_before_it_is_issued(tmp_path: Path) -> None:
    assert said(tmp_path, "date_of_printing: 2005-03-03\n") == [
        "error: 6:19: GI005 it was printed on 2005-03-03, before it was issued on 2005-03-04 "
        "(correct one of the two)"
    ]
    assert said(tmp_path, "date_of_printing: 2005-03-04\n") == []


def test_an_organ_is_named_once_among_the_recipients(tmp_path: Path) -> None:
    assert said(tmp_path, "main_recipients: [各学校, 各学校]\n") == [
        "error: 6:24: D110 an item of “主送机关” stands in it twice (delete one of them)"
    ]


def test_an_organ_is_not_a_recipient_and_one_of_the_copies(tmp_path: Path) -> None:
    assert said(tmp_path, "main_recipients: [各学校]\ncc: [市总工会, 各学校]\n") == [
        "warning: 7:12: GI003 “各学校” is among the 主送机关 and the 抄送机关 "
        "(keep it in one of the two)"
    ]


def test_what_goes_down_bears_no_signatory(tmp_path: Path) -> None:
    assert said(tmp_path, "signatory: [张某]\n") == [
        "warning: 6:12: GH010 a 通知 goes down, and bears no 签发人 "
        "(take it out; only 报告, 请示 and the like bear it)"
    ]


def test_an_opinion_may_go_up_and_bear_a_signatory(tmp_path: Path) -> None:
    template = NOTE.replace("kind: 通知", "kind: 意见")
    assert said(tmp_path, "signatory: [张某]\n", template) == []


def test_the_name_of_a_unit_that_its_line_cannot_hold_is_told(tmp_path: Path) -> None:
    name = "示例市推进先进性教育活动整改提高阶段工作协调领导小组办公室"
    unit = UNIT.replace("mark: 示例市", f"mark: 示例市教育局文件\nissuer: {name}\n#")
    hint = "give the unit the 规范化简称 as its issuer / 发文机关署名, or two lines: " + r'"…\n…"'
    assert said(tmp_path, "", unit=unit) == [
        f"warning: 2:7: GT001 the 署名 “{name}” is 29 characters wide, its line has 28 ({hint})"
    ]
    halves = f'"{name[:15]}\\n{name[15:]}"'
    assert said(tmp_path, "", unit=unit.replace(name, halves)) == []


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "no 主送机关 (main_recipients) says whom the document is for"),
        ("zh", "没有主送机关（main_recipients）"),
    ],
)
def test_a_notice_says_whom_it_is_for(tmp_path: Path, language: str, line: str) -> None:
    template = NOTE + "requirements: [{check: addressed, at: main_recipients}]\n"
    note_workspace(tmp_path)
    folder(tmp_path, {"in.yaml": INPUT, "note/template.yaml": template})
    [problem] = check(tmp_path / "in.yaml", library=open_library(tmp_path, keep=False))
    assert (problem.code, problem.level) == ("GB002", "warning")
    assert line in problem_line(problem, load_catalogue(language))
    assert said(tmp_path, "main_recipients: [各学校]\n", template) == []
