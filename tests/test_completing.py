"""Defaults that are expressions: fields that a template makes of others where nobody gives them."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import folder, paragraphs
from runs import Run

from generator import Library, NoticeError, check, open_library, render_file

ORDER = """\
layout: form
title: 督办单
number: "示督〔{{ date_of_issue[:4] }}〕{{ serial }}号"
file_name: "{{ document_number }}"
defaults:
  date_of_issue: sent_on or as_of
  serial: id
  demands: "[measure] if measure else none"
schema:
  required: [demands]
  properties:
    id: {title: 编号, type: integer}
    as_of: {title: 截至日期, type: string, format: date}
    sent_on: {title: 督办日期, type: string, format: date}
    measure: {title: 整改措施}
    demands: {title: 办理要求, type: array, items: {title: 要求, minLength: 4}}
"""
ROW = {"id": 3, "as_of": "2005-03-20", "measure": "清运垃圾"}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def library(root: Path, definition: str = ORDER) -> Library:
    template = {"template.yaml": definition, "body.md": "要求：{{ demands | listed }}"}
    files = {f"order/{name}": text for name, text in template.items()}
    folder(root, {**files, "units/office/unit.yaml": "name: 示例市\nkind: 办公室\ncode: 示\n"})
    return open_library(root, keep=False)


def said(root: Path, **values: object) -> list[str]:
    return paragraphs(library(root).template("order", "office").render({**ROW, **values}))


def problems(root: Path, text: str, definition: str = ORDER) -> list[str]:
    file = root / "in.yaml"
    file.write_text(f"template: order\nunit: office\n{text}", encoding="utf-8")
    found = check(file, library=library(root, definition))
    return [str(problem).replace(f"{root}/", "") for problem in found]


def test_what_nobody_gives_is_made_of_other_values(tmp_path: Path) -> None:
    text = ["督办单", "编号：示督〔2005〕3号\t2005年3月20日", "要求：清运垃圾"]
    assert said(tmp_path)[:3] == text


def test_what_is_given_goes_before_what_would_be_made(tmp_path: Path) -> None:
    given = {"serial": 8, "date_of_issue": "2005-03-21", "demands": ["逐户走访"]}
    text = ["编号：示督〔2005〕8号\t2005年3月21日", "要求：逐户走访"]
    assert said(tmp_path, sent_on="2005-03-16", **given)[1:3] == text


def test_an_expression_chooses_the_first_value_that_is_there(tmp_path: Path) -> None:
    assert said(tmp_path, sent_on="2005-03-16")[1].endswith("2005年3月16日")


def test_an_input_gives_the_same_document_as_values_from_python(tmp_path: Path) -> None:
    (tmp_path / "in.yaml").write_text(
        "template: order\nunit: office\n编号: 3\n截至日期: 2005-03-20\n整改措施: 清运垃圾\n",
        encoding="utf-8",
    )
    template = library(tmp_path).template("order", "office")
    assert render_file(tmp_path / "in.yaml", library(tmp_path)) == template.render(ROW)


def test_what_cannot_be_made_is_missing_beside_all_other_faults(tmp_path: Path) -> None:
    assert problems(tmp_path, "as_of: 2005-03-40\n") == [
        "in.yaml:1:1: D102 “发文顺序号” is missing (add “serial: …”)",
        "in.yaml:1:1: D102 “办理要求” is missing (add “demands: …”)",
        "in.yaml:3:8: D104 the date “2005-03-40” does not exist (that month has 31 days)",
    ]
    with pytest.raises(NoticeError) as raised:
        library(tmp_path).template("order", "office").render({"as_of": "2005-03-20"})
    assert [str(problem) for problem in raised.value.problems] == [
        "D102 “发文顺序号” is missing (add “serial: …”)",
        "D102 “办理要求” is missing (add “demands: …”)",
    ]


def test_what_is_made_is_held_to_the_schema(tmp_path: Path) -> None:
    assert problems(tmp_path, "as_of: 2005-03-20\nid: 0\nmeasure: 清运\n") == [
        "in.yaml:1:1: D107 “发文顺序号” is 0 (at least 1)",
        "in.yaml:1:1: D108 “办理要求 1” has 2 character(s) (at least 4)",
    ]


def test_an_expression_that_fails_is_told_at_its_place_in_the_template(tmp_path: Path) -> None:
    definition = ORDER.replace("serial: id", "serial: id + 1")
    assert problems(tmp_path, "as_of: 2005-03-20\nmeasure: 清运垃圾\n", definition) == [
        "order/template.yaml:7:11: T404 a value does not fit its tag: "
        "unsupported operand type(s) for +: 'NoneType' and 'int' (values from in.yaml:1:1)"
    ]


def test_defaults_of_unknown_fields_and_unreadable_ones_are_problems_of_the_template(
    tmp_path: Path,
) -> None:
    definition = ORDER.replace("serial: id", "serail: id +\n  due: as_of")
    assert problems(tmp_path, "", definition) == [
        "order/template.yaml:7:11: D101 unknown key “serail” (did you mean “serial”?)",
        "order/template.yaml:7:11: T018 Jinja cannot read this: unexpected ')' "
        "(correct what stands between the braces)",
        "order/template.yaml:8:8: D101 unknown key “due”",
    ]


def test_checking_a_template_tells_names_in_defaults_that_nobody_gives(tmp_path: Path) -> None:
    library(tmp_path, ORDER.replace("serial: id", "serial: number"))
    found = check(tmp_path / "order", library=open_library(tmp_path, keep=False))
    assert [str(problem).replace(f"{tmp_path}/", "") for problem in found] == [
        "order/template.yaml:7:11: T080 nothing gives a value “number” "
        "(declare it under “schema:” in template.yaml)",
        "order/template.yaml:12:5: T081 no tag, pattern or requirement reads “id” "
        "(use it, or take it out of the schema)",
    ]


def test_the_register_gives_a_number_before_one_is_made(here: Path, noticegen: Run) -> None:
    library(here)
    folder(here, {"rows.csv": "编号,整改措施\n7,清运垃圾\n9,逐户走访\n"})
    batch = ["batch", "order", "rows.csv", "--templates", ".", "--unit", "office"]
    batch += ["--set", "as_of=2005-03-20", "-o"]
    assert noticegen(*batch, "own").code == 0
    assert noticegen(*batch, "numbered", "--register", "numbers.db").code == 0
    names = [
        sorted(file.name for file in Path(each).glob("*.docx")) for each in ("own", "numbered")
    ]
    assert names == [
        ["示督〔2005〕7号.docx", "示督〔2005〕9号.docx"],
        ["示督〔2005〕1号.docx", "示督〔2005〕2号.docx"],
    ]
