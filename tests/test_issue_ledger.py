"""The ledger that goes out with a notice: what counts as overdue, and what is said of it."""

from __future__ import annotations

import io

import demo
import docx
import pytest
from builders import paragraphs

ISSUE = {
    "id": "1",
    "source": "座谈会",
    "category": "公共服务",
    "issue": "示例小区供热不足",
    "measure": "检修管道",
    "responsible_unit": "市建设局",
    "owner": "王某某",
    "due": "2005-03-20",
    "status": "整改中",
    "closed": False,
}
NOTICE = {
    "date_of_issue": "2005-03-22",
    "serial": 14,
    "as_of": "2005-03-21",
    "report_by": "2005-03-25",
}


def ledger(**values: object) -> bytes:
    template = demo.demo().template("issue-ledger", "city-office")
    return template.render({**NOTICE, "issues": [ISSUE], **values})


def state(document: bytes) -> str:
    """What the first issue's cell of its status says."""
    [table] = docx.Document(io.BytesIO(document)).tables
    return table.rows[1].cells[7].text


def test_an_issue_is_overdue_from_the_day_after_its_term() -> None:
    assert state(ledger(as_of="2005-03-20")) == "整改中"
    assert state(ledger(as_of="2005-03-21")) == "▲整改中\n逾期1天"


@pytest.mark.parametrize("status", ["已完成", "长期坚持"])
def test_what_is_done_is_not_overdue(status: str) -> None:
    document = ledger(issues=[{**ISSUE, "status": status}])
    assert state(document) == status
    assert "已完成整改的1个，完成率为100.0%" in "".join(paragraphs(document))


def test_where_nothing_is_overdue_the_notice_says_so_and_asks_nothing_of_it() -> None:
    said = "".join(paragraphs(ledger(as_of="2005-03-20")))
    assert "没有超过整改时限的问题。" in said
    assert "▲" not in said
    assert "逾期" not in said
    assert "（二）验收以后销号" in said


def test_the_ledger_has_the_name_that_the_notice_and_its_attachment_are_called_by() -> None:
    said = paragraphs(ledger(ledger_name="第二批整改问题台账"))
    assert "附件：第二批整改问题台账" in said
    assert "关于下发第二批整改问题台账的通知" in "".join(said).replace("\n", "")


def cells(**issue: object) -> list[str]:
    """What the ledger says of an issue on 2005-03-21."""
    document = ledger(issues=[{**ISSUE, **issue}])
    [table] = docx.Document(io.BytesIO(document)).tables
    return [cell.text for cell in table.rows[1].cells]


def test_two_short_fields_share_a_cell_each_in_a_line_of_its_own() -> None:
    said = cells(leader="副市长蔡某某", due="2005-03-21")
    assert (said[1], said[4]) == ("座谈会\n公共服务", "市建设局\n副市长蔡某某")
    assert (cells()[4], cells(owner=None)[5]) == ("市建设局", "")


def test_what_is_closed_says_since_when_and_a_remark_stands_below_the_measure() -> None:
    closed = {"closed": True, "closed_on": "2005-03-19", "evidence": "照片", "verifier": "李某"}
    said = cells(status="已完成", remark="涉及市房产管理局", **closed)
    assert (said[3], said[7]) == ("检修管道\n备注：涉及市房产管理局", "已完成\n3月19日")


def test_a_day_of_another_year_is_told_with_its_year() -> None:
    assert cells(due="2006-06-30")[6] == "2006年\n6月30日"
    assert cells(due="2005-06-30")[6] == "6月30日"
    closed = {"closed": True, "closed_on": "2004-12-30", "evidence": "照片", "verifier": "李某"}
    assert cells(status="已完成", **closed)[7] == "已完成\n2004年\n12月30日"


def test_sources_and_categories_are_counted_in_the_order_of_the_ledger() -> None:
    names = [("座谈会", "公共服务"), ("走访", "交通秩序"), ("座谈会", "交通秩序")]
    issues = [
        {**ISSUE, "id": str(number), "source": source, "category": category}
        for number, (source, category) in enumerate(names, 1)
    ]
    said = "".join(paragraphs(ledger(issues=issues)))
    assert "按来源分，座谈会2个，走访1个；按类别分，公共服务1个，交通秩序2个。" in said
