"""命令格式, which no template that ships uses: an order of an invented government, on paper."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pages
import pytest
from builders import folder, paragraphs
from pages import Printed

from generator import Template, check, open_library

UNIT = """\
name: 示例市人民政府
kind: 政府
letterhead: {mark: 示例市人民政府文件}
cc: [市委办公室]
printed_by: 示例市人民政府办公室
"""
TEMPLATE = """\
title: 示例市人民政府令
kind: 命令
layout: order
number: 第{{ serial }}号
file_name: "{{ title }}"
schema:
  required: [text]
  properties: {text: {title: 正文, type: string}}
"""
TEXT = "《示例市城市积雪清运办法》已经市人民政府常务会议通过，现予公布，自2005年3月1日起施行。"
VALUES = {"date_of_issue": "2005-02-23", "serial": 2, "signer_office": "市长", "text": TEXT}
FILES = {
    "units/government/unit.yaml": UNIT,
    "decree/template.yaml": TEMPLATE,
    "decree/body.md": "{{ text }}\n",
}
near = partial(pytest.approx, abs=0.5)


def decree(space: Path) -> Template:
    return open_library(folder(space, FILES), keep=False).template("decree", "government")


def order(**values: object) -> bytes:
    with TemporaryDirectory() as space:
        return decree(Path(space)).render({**VALUES, **values})


STAMPED = pages.to_print("order-stamped", order)
NAMED = pages.to_print("order-named", partial(order, sealed=False, signer="张某"))
Papers = Mapping[str, Printed]


def test_an_order_says_its_mark_number_text_office_and_date() -> None:
    assert paragraphs(order())[:5] == [
        "示例市人民政府令",
        "第2号",
        TEXT,
        "市长",
        "2005年2月23日",
    ]
    assert paragraphs(order(sealed=False, signer="张某"))[3] == "市长　　张某"


def test_an_order_must_name_the_office_of_who_signs(tmp_path: Path) -> None:
    schema = decree(tmp_path).schema
    assert schema is not None
    assert {"date_of_issue", "signer_office", "serial"} <= {*schema.definition["required"]}  # type: ignore[misc]


def test_the_number_of_an_order_is_no_number_of_a_document(tmp_path: Path) -> None:
    files = FILES | {
        "decree/template.yaml": TEMPLATE.replace("第{{ serial }}号", "示政〔2005〕{{ serial }}号"),
        "in.yaml": "template: decree\nunit: government\ndate_of_issue: 2005-02-23\n"
        f"serial: 2\nsigner_office: 市长\ntext: {TEXT}\n",
    }
    library = open_library(folder(tmp_path, files), keep=False)
    file = tmp_path / "in.yaml"
    assert list(map(str, check(file, library=library))) == [
        f"{file}:4:9: GF202 “示政〔2005〕2号” is not the number of an order (write it as 第3号)"
    ]


@pytest.mark.parametrize("name", [STAMPED, NAMED])
def test_the_mark_stands_20_mm_below_the_top_of_the_type_area(printed: Papers, name: str) -> None:
    mark, *others = [band for band in pages.ink_rows(printed[name].pages[0]) if band.red]
    assert mark.top == near(37 + 20)
    assert others == [], "an order has no red rule"


def test_two_lines_stay_empty_above_the_number_and_above_the_text(printed: Papers) -> None:
    page = printed[STAMPED].pages[0]
    number, text = (
        pages.find_line(page, "第2号"),
        pages.find_line(page, "《示例市城市积雪清运办法》"),
    )
    assert (number.left + number.right) / 2 == near(28 + 156 / 2)
    assert text.baseline - number.baseline == near(3 * 225 / 22)


def test_office_and_date_leave_room_for_the_stamp(printed: Papers) -> None:
    stamped, named = (printed[name].pages[0] for name in (STAMPED, NAMED))
    last = pages.find_line(stamped, "施行。")
    office, date = pages.find_line(stamped, "市长"), pages.find_line(stamped, "2005年2月23日")
    assert office.baseline - last.baseline == near(3 * 225 / 22)
    assert date.baseline - office.baseline == near(2 * 225 / 22)
    assert date.right == near(184 - 4 * 5.55)
    assert office.right == near(184 - (4 + 6 + 2) * 5.55)
    signed = pages.find_line(named, "张某")
    assert signed.right == near(184 - 4 * 5.55)
    assert signed.characters[-1].font == pages.STAND_INS["楷体"]
