"""A ledger in a workbook: faults told at their cells, forms made of exactly the rows due them."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import docx_with, folder, paragraphs
from runs import Run
from workbooks import workbook
from workspaces import UNIT

from generator import check, open_library

ORDER = """\
title: 关于{{ text }}的督办通知
layout: plain
file_name: 督办-{{ id }}
schema:
  required: [id, text, due]
  properties: &issue
    id: {title: 编号, type: string}
    text: {title: 问题内容, type: string}
    due: {title: 整改时限, type: string, format: date}
    status: {title: 状态, type: string, enum: [未启动, 整改中, 基本完成, 已完成, 长期坚持]}
    level: {title: 级别, type: string, enum: [市, 县, 单位]}
    closed: {title: 是否销号, type: boolean, default: false}
    closed_on: {title: 销号日期, type: string, format: date}
    verifier: {title: 验收人, type: string}
    forecast_on: {title: 预报日期, type: string, format: date}
    reported_on: {title: 报告日期, type: string, format: date}
    supervised_on: {title: 督办日期, type: string, format: date}
"""
FIELDS = ORDER.partition("properties: &issue\n")[2]
RULE = "- {code: R101, that: overdue(date_of_issue), at: due, message: 还没有到期}\n"
LEDGER = (
    """\
title: 问题台账
layout: plain
schema:
  required: [total, issues]
  properties:
    total: {title: 合计, type: integer}
    issues:
      title: 问题
      type: array
      items:
        type: object
        required: [id, text, due]
        properties:
"""
    + "".join(f"      {line}\n" for line in FIELDS.splitlines())
    + """\
requirements:
- {check: count, at: total, of: issues}
- {check: gapless, each: issues, at: id}
- {check: unique, each: issues, at: text}
- {check: closed, each: issues}
- {check: forms, each: issues, phrase: “三制、五单”督办机制}
- {check: anonymous, at: issues}
"""
)
HEADS = ["编号", "问题内容", "整改时限", "状态", "级别", "是否销号", "销号日期", "验收人"]
HEADS += ["预报日期", "报告日期", "督办日期"]
ROWS = [
    ["01", "残雪没有清运", "2005-03-14", "整改中", "市", "否", None, None, "2005-03-01"],
    ["02", "路灯损坏", "2005-03-14", "整改中", "市", "否", None, None, "2005-03-01", "2005-03-14"],
    ["03", "供热不足", "2005-03-20", "整改中", "县", "否", None, None, "2005-03-01", "2005-03-19"],
    ["04", "站牌缺损", "2005-03-10", "已完成", "单位", "是", "2005-03-09", "张某"],
    ["05", "井盖丢失", "2005-03-10", "长期坚持", "单位", "否"],
]
BROKEN = [
    ["01", "残雪没有清运", "2005-03-14", "整改中", "市", "否", None, None, None, "2005-03-14"],
    ["03", "残雪没有清运", "2005-03-14", "已完成", "市", "是", "2005-03-12"],
    ["04", "居民13800000000反映", "2005-03-14", "未启动", "市", "否"],
]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return folder(
        tmp_path,
        {
            "space/units/city/unit.yaml": UNIT,
            "space/order/template.yaml": ORDER.replace(" &issue", "") + f"requirements:\n{RULE}",
            "space/order/body.md": "请抓紧办理{{ text }}。\n",
            "space/ledger/template.yaml": LEDGER,
            "space/ledger/body.md": "{% for each in issues %}\n\n{{ each.text }}\n\n{% endfor %}\n",
            "bare.docx": docx_with("督办 {{ 编号 }}：{{ 问题内容 }}"),
            "ledger.xlsx": workbook(HEADS, *ROWS),
            "broken.xlsx": workbook(HEADS, *BROKEN),
            "broken.yaml": "template: ledger\nunit: city\ntotal: 4\ndate_of_issue: 2005-03-15\n"
            "issues: {file: broken.xlsx}\n",
        },
    )


def made(noticegen: Run, *words: str) -> list[str]:
    """The names of the documents that a batch makes."""
    ended = noticegen("batch", *words, "--templates", "space", "-o", "out")
    assert ended.code == 0, ended.out + ended.err
    return sorted(path.stem for path in Path("out").glob("*.docx"))


BATCH = ["order", "ledger.xlsx", "--set", "unit=city", "--set", "date_of_issue=2005-03-20"]
AS_OF = ["--set", "as_of=2005-03-20"]


def test_a_batch_makes_exactly_the_rows_that_are_overdue(here: Path, noticegen: Run) -> None:
    assert made(noticegen, *BATCH, "--where", "overdue(as_of)", *AS_OF) == ["督办-01", "督办-02"]


def test_a_batch_makes_exactly_the_rows_that_are_due_a_form(here: Path, noticegen: Run) -> None:
    where = "form_due(as_of) == 'supervision-order'"
    assert made(noticegen, *BATCH, "--where", where, *AS_OF) == ["督办-02"]


def test_a_requirement_may_ask_whether_its_own_issue_is_overdue(here: Path, noticegen: Run) -> None:
    words = ("batch", *BATCH, "--where", "id == '03'", "--templates", "space", "--check-only")
    ended = noticegen(*words)
    assert "ledger.xlsx: 问题!C4: R101 还没有到期" in (ended.out + ended.err).splitlines()


def test_a_word_template_without_a_schema_takes_labels(here: Path, noticegen: Run) -> None:
    words = ["bare.docx", "ledger.xlsx", "--where", "overdue(as_of)", *AS_OF]
    assert made(noticegen, *words, "--name", "督办-{{ 编号 }}") == ["督办-01", "督办-02"]


def test_a_list_of_an_input_takes_the_rows_that_are_overdue(here: Path, noticegen: Run) -> None:
    text = "template: ledger\nunit: city\ntotal: 2\ndate_of_issue: 2005-03-20\n"
    folder(here, {"in.yaml": text + "issues: {file: ledger.xlsx, where: overdue(as_of)}\n"})
    ended = noticegen("render", "in.yaml", "--templates", "space", *AS_OF, "-o", "list.docx")
    assert ended.code == 0, ended.err
    assert paragraphs(Path("list.docx").read_bytes())[1:3] == ["残雪没有清运", "路灯损坏"]


def test_faults_are_told_at_the_cells_of_the_workbook(here: Path) -> None:
    problems = check("broken.yaml", library=open_library("space", keep=False))
    assert list(map(str, problems)) == [
        "broken.xlsx: 问题!A3: R021 the number 03 does not follow 01 "
        "(number the rows without a gap: 02)",
        "broken.xlsx: 问题!B3: R020 “残雪没有清运” stands in item 1 already "
        "(take one of them out, or say what is different)",
        "broken.xlsx: 问题!H3: R023 the issue is closed, but says no verifier "
        "(fill it in, or leave the issue open)",
        "broken.xlsx: 问题!J2: R028 解决问题报告单 is on record without 揭摆问题预报单 "
        "(required by “‘三制、五单’督办机制”) "
        "(each form needs the one before it; correct the dates)",
        "broken.xlsx: 问题!B4: R032 a mobile number would be published: 138****0000 "
        "(write it as 138****0000, or leave it out)",
        "broken.yaml:3:8: GD014 4 are stated, the list has 3 (correct the number, or the list)",
    ]
