"""The examples to try and to copy: each renders as it stands, into a valid document."""

from __future__ import annotations

from pathlib import Path

import demo
import pytest
from builders import paragraphs, part
from structure import faults

from generator import check, render_file

EXAMPLES = demo.ROOT / "examples"
INPUTS = sorted(EXAMPLES.glob("*.yaml"))


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.stem)
def test_an_example_becomes_a_valid_document(path: Path) -> None:
    assert check(path, library=demo.demo()) == []
    document = render_file(path, demo.demo())
    assert faults(document) == []
    assert [text for text in paragraphs(document) if "{{" in text or "{%" in text] == []


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.stem)
def test_an_example_has_its_picture(path: Path) -> None:
    assert (EXAMPLES / "pictures" / f"{path.stem}.png").exists()


def test_the_sign_in_sheet_is_as_an_office_program_saved_it() -> None:
    template = (EXAMPLES / "sign-in.docx").read_bytes()
    assert "LibreOffice" in part(template, "docProps/app.xml")
    assert "{{ 会议 }}签到表" in paragraphs(template)
    assert "{{ 会议 }}" not in part(template), "its tags are split over runs"


def test_the_sign_in_sheet_has_a_row_for_each_person_and_what_a_condition_asks_for() -> None:
    document = render_file(EXAMPLES / "sign-in.yaml", demo.demo())
    rows = [
        *("序号", "姓名", "单位", "职务", "签名"),
        *("1", "张某", "示例市示范局办公室", "主任", ""),
        *("2", "李某", "示例市示范局规划科", "科长", ""),
        *("3", "王某", "示例市示范局规划科", "科员", ""),
        *("4", "赵某", "示例市示范局信息中心", "副主任", ""),
        *("5", "刘某", "示例市示范局信息中心", "工程师", ""),
    ]
    assert paragraphs(document) == [
        "“集中学习周”专题讨论会签到表",
        "时间：2005年3月11日（星期五）下午2时30分",
        "地点：第二会议室",
        "主持人：张某",
        *rows,
        "应到5人，李某请假。",
        "请假人员于会后3天内自学会议材料，在本表补签。",
        "示例市示范局机关党委",
        "2005年3月11日",
    ]
    assert paragraphs(document, "word/footer1.xml") == ["示例市示范局机关党委制"]
