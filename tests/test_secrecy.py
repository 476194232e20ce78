"""份号, 密级和保密期限, 紧急程度: their forms, and what a classified document must bear."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import folder
from workspaces import INPUT, NOTE, note_workspace

from generator import check, open_library

NEEDED = "copy_number: 000001\n"


def said(root: Path, *lines: str, template: str = NOTE) -> list[str]:
    """What is wrong with an input that has *lines* from its sixth line on."""
    note_workspace(root)
    folder(root, {"in.yaml": INPUT + "".join(lines), "note/template.yaml": template})
    problems = check(root / "in.yaml", library=open_library(root, keep=False))
    return [
        f"{problem.level}: {str(problem).removeprefix(f'{root}/in.yaml:')}" for problem in problems
    ]


@pytest.mark.parametrize("text", ["1", "00001", "0000001", "０００００１", "A00001"])
def test_a_copy_has_six_arabic_digits(text: str, tmp_path: Path) -> None:
    assert said(tmp_path, f"copy_number: {text}\n") == [
        f"error: 6:14: GH001 “份号” has not the form that it needs: “{text}” (such as 000001)"
    ]


def test_a_number_that_yaml_would_change_stays_as_it_was_typed(tmp_path: Path) -> None:
    assert said(tmp_path, NEEDED) == []


@pytest.mark.parametrize(
    "text",
    ["机密★1年", "绝密★30年", "秘密★6个月", "秘密★2006年3月9日", "机密★公布前", "绝密★长期"],
)
def test_a_classification_has_its_period_behind_a_star(text: str, tmp_path: Path) -> None:
    assert said(tmp_path, NEEDED, f"classification: {text}\n") == []


@pytest.mark.parametrize(
    "text",
    ["机密★一年", "机密★１年", "机密★1", "机密★", "机密*1年", "机密☆1年", "机密 1年", "保密★1年"],
)
def test_a_period_is_said_in_arabic_digits_and_behind_that_very_star(
    text: str, tmp_path: Path
) -> None:
    assert said(tmp_path, NEEDED, f"密级和保密期限: {text}\n") == [
        f"error: 7:10: GH002 “密级和保密期限” has not the form that it needs: “{text}” "
        "(such as 秘密★1年)"
    ]


def test_a_classification_without_a_period_is_told(tmp_path: Path) -> None:
    lines = said(tmp_path, NEEDED, "classification: 机密\n")
    assert lines == [
        "warning: 7:17: GH002 “机密” says no period (write how long, such as 机密★1年)"
    ]


@pytest.mark.parametrize("layout", ["document", "letter", "minutes", "order"])
def test_a_classified_document_must_have_the_number_of_its_copy(
    layout: str, tmp_path: Path
) -> None:
    needed = {
        "letter": "main_recipients: [市民政局]\n",
        "minutes": "present: [市民政局张某]\n",
        "order": "signer_office: 市长\n",
    }
    line = needed.get(layout, "remark: 此件不公开\n")
    problems = said(
        tmp_path, "classification: 机密★1年\n", line, template=f"{NOTE}layout: {layout}\n"
    )
    assert problems == [
        "error: 6:17: GH001 a classified document has no number of its copy (copy_number / 份号)"
        " (add “copy_number: 000001”; in a batch, --copy-number 000001 counts on)"
    ]


def test_what_a_template_without_a_head_calls_a_classification_is_its_own_affair(
    tmp_path: Path,
) -> None:
    field = "    classification: {title: 类别, type: string}\n"
    template = f"{NOTE}{field}    serial: {{title: 序号, type: integer}}\nlayout: plain\n"
    assert said(tmp_path, "classification: 机密\n", template=template) == []


def test_an_urgency_is_one_of_two_words(tmp_path: Path) -> None:
    assert said(tmp_path, "urgency: 普通\n") == [
        "error: 6:10: GH003 “紧急程度” cannot be “普通” (choose from 特急、加急)"
    ]
    assert said(tmp_path, "紧急程度: 特急\n") == []
