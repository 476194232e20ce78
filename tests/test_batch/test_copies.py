"""份号 over a batch: counted in the order of the table (GH001)."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import folder, paragraphs
from offices import Batch, documents
from workspaces import NOTE

from generator.cli import main

ROWS = """topic,成文日期,serial,unit,份号
清运残雪,2005-03-04,1,city,
春季植树,2005-03-05,2,county,000900
防汛,2005-03-06,3,city,
防火,2005-03-07,4,city,
"""
COPIES = "份号\n000001\n000002\n000003\n"
COMMON = "unit: city\ntopic: 清运残雪\ndate_of_issue: 2005-03-04\nserial: 3\n"
NAME = "{{ copy_number }} {{ title }}"


def copy_numbers(out: str = "out") -> dict[str, str]:
    """The first paragraph of each document, by what its file is called."""
    return {path.name: paragraphs(path.read_bytes())[0] for path in Path(out).glob("*.docx")}


def test_each_row_gets_the_next_number_of_a_copy_unless_it_has_one(batch: Batch) -> None:
    folder(Path(), {"rows.csv": ROWS})
    said = batch(
        "note", "rows.csv", "-o", "out", "--copy-number", "000041", "--name", "{{ topic }}"
    )
    assert said == (0, "documents made: 4, unchanged: 0, failed: 0\n", "")
    assert copy_numbers() == {
        "清运残雪.docx": "000041",
        "春季植树.docx": "000900",
        "防汛.docx": "000043",
        "防火.docx": "000044",
    }


def test_a_row_keeps_its_number_whichever_rows_are_chosen(batch: Batch) -> None:
    folder(Path(), {"rows.csv": ROWS})
    options = ("--copy-number", "000001", "--where", "serial >= 3", "--name", NAME)
    assert batch("note", "rows.csv", "-o", "out", *options)[0] == 0
    assert sorted(copy_numbers().values()) == ["000003", "000004"]


def test_the_bytes_are_the_same_for_any_number_of_workers_and_after_documents_were_lost(
    batch: Batch,
) -> None:
    rows = "".join(f"事项{n},2005-03-04,{n},city\n" for n in range(1, 151))
    folder(Path(), {"rows.csv": "topic,date_of_issue,serial,unit\n" + rows})
    options = ("note", "rows.csv", "--copy-number", "000001")
    assert batch(*options, "-o", "one")[0] == 0
    assert main(["batch", *options, "-o", "three", "--workers", "3"]) == 0
    one = documents(Path("one"))
    assert len(one) == 150
    assert documents(Path("three")) == one
    for name in [*one][::7]:
        Path("three", name).unlink()
    assert main(["batch", *options, "-o", "three", "--workers", "2"]) == 0
    assert documents(Path("three")) == one


def test_copies_of_one_document_have_one_number_of_a_document(batch: Batch) -> None:
    folder(Path(), {"rows.csv": COPIES, "common.yaml": COMMON})
    said = batch("note", "rows.csv", "--common", "common.yaml", "-o", "out", "--name", NAME)
    assert said == (0, "documents made: 3, unchanged: 0, failed: 0\n", "")
    assert sorted(copy_numbers().values()) == ["000001", "000002", "000003"]


def test_copies_of_one_document_that_have_one_number_of_a_copy_are_told(batch: Batch) -> None:
    rows = "topic,date_of_issue,serial,unit,份号\n" + "清运残雪,2005-03-04,3,city,000001\n" * 2
    folder(Path(), {"rows.csv": rows})
    code, _, err = batch("note", "rows.csv", "-o", "out", "--name", "{{ row.number }}")
    assert (code, err) == (
        0,
        "rows.csv:3:1: B108 warning: the document number 示教〔2005〕3号 is there twice"
        " (the other is that of rows.csv:2:1)\n",
    )


def test_a_number_beyond_six_digits_is_told_at_its_row(batch: Batch) -> None:
    folder(Path(), {"rows.csv": ROWS})
    code, _, err = batch("note", "rows.csv", "-o", "out", "--copy-number", "999998")
    assert (code, err) == (
        1,
        "rows.csv:4:1: GH001 “份号” has not the form that it needs: “1000000” (such as 000001)\n"
        "rows.csv:5:1: GH001 “份号” has not the form that it needs: “1000001” (such as 000001)\n",
    )


def test_a_template_without_a_number_of_a_copy_is_told_once(batch: Batch) -> None:
    folder(Path("templates"), {"note/template.yaml": NOTE + "layout: plain\n"})
    code, _, err = batch("note", "rows.csv", "-o", "out", "--copy-number", "000001")
    assert (code, err) == (
        1,
        "--copy-number: B111 the template has no number of a copy to count (copy_number / 份号)\n",
    )


@pytest.mark.parametrize("text", ["1", "00000一", "0000001", "-00001"])
def test_the_first_number_has_six_digits(batch: Batch, text: str) -> None:
    code, _, err = batch("note", "rows.csv", "-o", "out", "--copy-number", text)
    assert (code, err.splitlines()[-1]) == (
        2,
        f"Error: Invalid value for --copy-number: “{text}” is not six digits",
    )


def test_a_plan_counts_in_each_of_its_batches_over_rows_and_units(batch: Batch) -> None:
    plan = """
batches:
- {template: note, rows: {file: rows.csv}, copy_number: 000100, name: "a {{ copy_number }}"}
- template: note
  units: [city, county]
  common: common.yaml
  份号: 000001
  name: "b {{ copy_number }}"
"""
    folder(Path(), {"plan.yaml": plan, "rows.csv": ROWS, "common.yaml": COMMON})
    assert batch("plan.yaml", "-o", "out")[0] == 0
    assert sorted(copy_numbers()) == [
        "a 000100.docx",
        "a 000102.docx",
        "a 000103.docx",
        "a 000900.docx",
        "b 000001.docx",
        "b 000002.docx",
    ]
