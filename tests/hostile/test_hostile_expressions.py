"""What one input evaluates has one budget: requirements, defaults, conditions and texts of rows."""

from __future__ import annotations

from pathlib import Path

from builders import docx_with, folder

from generator import Library, NoticeError, open_library, render_rows
from generator.inputs import check, read_input
from generator.limits import Limits

TIGHT = Limits(steps=30_000)
SORTED = "range(9000) | map('string') | list | sort | length"
"""What takes some nine hundred steps."""
SCHEMA = """\
title: 甲
schema:
  properties:
    rows:
      title: 行
      type: array
      items: {type: object, properties: {n: {title: 数, type: string}}}
    a: {title: 一, type: string}
    b: {title: 二, type: string}
"""
STEPS = "the template takes too many steps"


def library(root: Path, rest: str = "", limits: Limits = TIGHT) -> Library:
    """A library of the template `x`, whose template.yaml goes on with *rest*."""
    files = {
        "w/x/template.yaml": SCHEMA + rest,
        "w/x/body.docx": docx_with(
            "{{ a }}{{ b }}{% for row in rows or () %}{{ row.n }}{% endfor %}"
        ),
        "rows.csv": "n\n" + "9\n" * 300,
    }
    return open_library(folder(root, files) / "w", keep=False, limits=limits)


def problems(root: Path, text: str, rest: str = "", limits: Limits = TIGHT) -> list[str]:
    """What is wrong with an input of that template."""
    space = library(root, rest, limits)
    folder(root, {"in.yaml": f"template: x\n{text}\n"})
    found = check(root / "in.yaml", library=space)
    return [str(problem).replace(f"{root}/", "") for problem in found]


def requirement(that: str, code: str = "R101") -> str:
    return f'- {{code: {code}, each: rows, that: "{that}", message: 坏}}\n'


def many(count: int) -> str:
    return "rows: [" + "{n: 9}, " * count + "]"


HINT = " (correct the requirement in template.yaml, or the values that it reads)"


def test_a_requirement_of_many_rows_has_one_budget_and_is_told_once(tmp_path: Path) -> None:
    rest = "requirements:\n" + requirement(f"{SORTED} == 9000 and row.n")
    assert problems(tmp_path / "few", many(3), rest) == []
    [problem] = problems(tmp_path / "many", many(300), rest)
    assert problem.endswith(f"R001 requirement R101 cannot be checked: {STEPS}{HINT}")


def test_many_requirements_share_their_budget(tmp_path: Path) -> None:
    rest = "requirements:\n" + "".join(
        requirement(f"{SORTED} == 9000 and row.n", f"R{number}") for number in range(101, 150)
    )
    found = problems(tmp_path, many(1), rest)
    assert 0 < len(found) < 49
    assert {problem.partition(": ")[2].partition(": ")[2] for problem in found} == {STEPS + HINT}


def test_requirements_have_a_deadline(tmp_path: Path) -> None:
    rest = "requirements:\n" + requirement("range(9000) | list")
    found = problems(tmp_path, many(1), rest, Limits(seconds=1e-9))
    assert [STEPS in problem for problem in found] == [True]


def test_a_ledger_of_thousands_of_rows_is_held_to_ten_requirements(tmp_path: Path) -> None:
    rest = "requirements:\n" + "".join(
        requirement("row.n == '9'", f"R{number}") for number in range(101, 111)
    )
    assert problems(tmp_path, many(2_000), rest) == []


def test_the_messages_of_many_rows_are_bounded(tmp_path: Path) -> None:
    entry = "- {code: R101, each: rows, that: 'false', message: \"{{ a }}\"}\n"
    text = f"{many(300)}\na: {'长' * 9_000}"
    found = problems(tmp_path, text, f"requirements:\n{entry}", Limits(output=90_000))
    assert len(found) < 20
    assert found[-1].endswith(f"the document grows too large{HINT}")


def test_a_message_says_no_list(tmp_path: Path) -> None:
    entry = "- {code: R101, each: rows, that: 'false', message: \"{{ rows }}\"}\n"
    [problem] = problems(tmp_path, many(1), f"requirements:\n{entry}")
    assert f"a list or a mapping stands where text belongs{HINT}" in problem


def test_defaults_share_one_budget(tmp_path: Path) -> None:
    made = f"({SORTED}) ~ ''"
    rest = f'defaults: {{a: "{made}", b: "{made}"}}\n'
    assert problems(tmp_path / "both", "", rest) == []
    [problem] = problems(tmp_path / "tight", "", rest, Limits(steps=1_200))
    assert f"T403 {STEPS}" in problem


def test_a_condition_on_the_rows_of_a_table_has_one_budget_and_is_told_once(tmp_path: Path) -> None:
    for text in (
        f'rows: {{file: rows.csv, where: "({SORTED}) == 9000"}}',
        f'取自: {{file: rows.csv, where: "({SORTED}) == 1"}}',
    ):
        [problem] = problems(tmp_path, text)
        assert problem.endswith(
            f"Y022 the condition cannot be evaluated here: {STEPS}"
            " (correct the condition, or the values)"
        )


def test_texts_made_of_rows_keep_to_the_limits_of_the_library(tmp_path: Path) -> None:
    text = "template: a.docx\nnames: {file: rows.csv, item: '{{ n ~ 10 ** 99 }}'}\n"
    folder(tmp_path, {"a.docx": docx_with("{% for n in names %}{{ n }}{% endfor %}")})
    for limits, said in ((TIGHT, ""), (Limits(output=9_000), "the document grows too large")):
        try:
            read_input(text.encode(), str(tmp_path / "in.yaml"), library(tmp_path, limits=limits))
            found = ""
        except NoticeError as error:
            [problem] = error.problems
            found = str(problem.message)
        assert found == said


def test_each_row_of_a_batch_has_a_budget_of_its_own(tmp_path: Path) -> None:
    rest = "requirements:\n" + requirement(f"{SORTED} == 9000 and row.n")
    rows = [{"rows": [{"n": "9"}] * 3}] * 15
    outcomes = list(render_rows("x", rows, library=library(tmp_path, rest)))
    assert [outcome.problems for outcome in outcomes] == [()] * 15
