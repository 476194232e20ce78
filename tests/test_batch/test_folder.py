"""A batch into a folder: what is made, what is left alone, and what stands in the way."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from builders import docx_with, paragraphs
from offices import documents, library, note, rows_of, run, said, states, template_there
from workspaces import NOTE, VALUES

from generator import NoticeError, compile_docx, render_rows
from generator.batch.lock import lock


def name_of(serial: int) -> str:
    return f"示教〔2005〕{serial}号 关于清运残雪的通知.docx"


def test_each_row_becomes_a_document_of_the_name_that_its_template_gives(tmp_path: Path) -> None:
    outcomes = run(note(tmp_path), rows_of(3), tmp_path / "out")
    assert states(outcomes) == ["made"] * 3
    assert [outcome.path for outcome in outcomes] == [
        tmp_path / "out" / name_of(serial) for serial in (1, 2, 3)
    ]
    assert outcomes[1].number == "示教〔2005〕2号"
    assert outcomes[1].title == "关于清运残雪的通知"
    assert sorted(documents(tmp_path / "out")) == [name_of(serial) for serial in (1, 2, 3)]


def test_a_document_of_a_batch_is_what_its_template_renders(tmp_path: Path) -> None:
    template = note(tmp_path)
    run(template, rows_of(2), tmp_path / "out")
    for serial, row in enumerate(rows_of(2), 1):
        assert (tmp_path / "out" / name_of(serial)).read_bytes() == template.render(row)


def test_the_same_rows_give_the_same_bytes_whatever_the_number_of_workers(tmp_path: Path) -> None:
    template = note(tmp_path)
    for workers in (None, 1, 3):
        run(template, rows_of(150), tmp_path / f"out{workers}", workers=workers)
    one, two, three = (documents(tmp_path / f"out{workers}") for workers in (None, 1, 3))
    assert len(one) == 150
    assert one == two == three


def test_a_second_run_makes_only_what_is_missing_or_changed(tmp_path: Path) -> None:
    template, rows = note(tmp_path), rows_of(4)
    run(template, rows, tmp_path / "out")
    assert states(run(template, rows, tmp_path / "out")) == ["unchanged"] * 4
    (tmp_path / "out" / name_of(2)).unlink()
    changed = [*rows[:3], {**rows[3], "main_recipients": ["示例市民政局"]}, *rows_of(5)[4:]]
    outcomes = run(template, changed, tmp_path / "out")
    assert [(outcome.index, outcome.state) for outcome in outcomes] == [
        (0, "unchanged"),
        (2, "unchanged"),
        (1, "made"),
        (3, "made"),
        (4, "made"),
    ]
    assert (tmp_path / "out" / name_of(4)).read_bytes() == template.render(changed[3])


def test_a_template_that_changed_makes_its_rows_anew(tmp_path: Path) -> None:
    run(note(tmp_path), rows_of(2), tmp_path / "out")
    before = documents(tmp_path / "out")
    note(tmp_path)
    body = tmp_path / "workspace" / "note" / "body.md"
    body.write_text(body.read_text(encoding="utf-8").replace("请", "望"), encoding="utf-8")
    changed = template_there(tmp_path)
    assert states(run(changed, rows_of(2), tmp_path / "out")) == ["made"] * 2
    assert documents(tmp_path / "out").keys() == before.keys()
    assert set(documents(tmp_path / "out").values()).isdisjoint(before.values())


class Counted:
    """A value that counts how often it is printed."""

    def __init__(self) -> None:
        self.times = 0

    def __repr__(self) -> str:
        return "Counted"

    def __str__(self) -> str:
        self.times += 1
        return "counted"


def test_a_row_is_rendered_once_and_not_at_all_where_its_document_is_there(tmp_path: Path) -> None:
    letter, value = compile_docx(docx_with("{{ x }}")), Counted()
    assert states(run(letter, [{"x": value}], tmp_path / "out")) == ["made"]
    assert value.times == 1
    assert states(run(letter, [{"x": value}], tmp_path / "out")) == ["unchanged"]
    assert value.times == 1


def test_a_unit_whose_settings_changed_makes_its_rows_anew(tmp_path: Path) -> None:
    run(note(tmp_path), rows_of(1), tmp_path / "out")
    settings = tmp_path / "workspace" / "units" / "city" / "unit.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + "printed_by: 示例市教育局办公室\n")
    assert states(run(template_there(tmp_path), rows_of(1), tmp_path / "out")) == ["made"]


def test_an_edited_document_is_kept_and_named_unless_forced(tmp_path: Path) -> None:
    template, edited = note(tmp_path), tmp_path / "out" / name_of(2)
    run(template, rows_of(3), tmp_path / "out")
    edited.write_bytes(edited.read_bytes() + b"by hand")
    outcomes = run(template, rows_of(3), tmp_path / "out")
    assert states(outcomes) == ["failed", "unchanged", "unchanged"]
    assert said(outcomes) == [
        f"{edited}: B103 the file was edited since a batch made it"
        " (move it away to keep it, or replace it with --force)"
    ]
    assert edited.read_bytes().endswith(b"by hand")
    assert states(run(template, rows_of(3), tmp_path / "out", force=True)) == [
        "unchanged",
        "unchanged",
        "made",
    ]
    assert edited.read_bytes() == template.render(rows_of(3)[1])


def test_a_file_that_no_batch_made_lets_nothing_be_written(tmp_path: Path) -> None:
    theirs = tmp_path / "out" / name_of(2)
    theirs.parent.mkdir()
    theirs.write_text("theirs", encoding="utf-8")
    outcomes = run(note(tmp_path), rows_of(3), tmp_path / "out", keep_going=False)
    assert said(outcomes) == [
        f"{theirs}: B102 a file of this name is there, and no batch made it"
        " (choose another place, or replace it with --force)"
    ]
    assert list(documents(tmp_path / "out")) == [theirs.name]
    assert theirs.read_text(encoding="utf-8") == "theirs"


def test_a_folder_in_the_place_of_a_document_is_named(tmp_path: Path) -> None:
    theirs = tmp_path / "out" / name_of(1)
    theirs.mkdir(parents=True)
    outcomes = run(note(tmp_path), rows_of(1), tmp_path / "out", force=True)
    assert said(outcomes) == [
        f"{theirs}: B023 the file cannot be written: Is a directory"
        " (close it where it is open, or choose another folder with -o)"
    ]


@pytest.mark.parametrize("pattern", ["{{ topic }}", "{{ topic if serial == 1 else 'TOPIC' }}"])
def test_two_rows_of_one_name_are_a_problem_before_anything_is_written(
    tmp_path: Path, pattern: str
) -> None:
    rows = [{**row, "topic": "topic"} for row in rows_of(2)]
    outcomes = run(note(tmp_path), rows, tmp_path / "out", name=pattern, keep_going=False)
    name = "topic.docx" if pattern == "{{ topic }}" else "TOPIC.docx"
    assert said(outcomes) == [
        f"[1]: B101 its document has the name of another one: {name} (the other is made of [0];"
        " tell them apart with --name, such as {{ row.number }}-{{ title }})"
    ]
    assert documents(tmp_path / "out") == {}


def test_a_name_may_hold_the_place_of_the_row_and_is_made_safe(tmp_path: Path) -> None:
    rows = [{**row, "topic": "../何事?"} for row in rows_of(2)]
    run(note(tmp_path), rows, tmp_path / "out", name="{{ row.number }}-{{ topic }}.docx")
    assert sorted(documents(tmp_path / "out")) == ["1-..／何事？.docx", "2-..／何事？.docx"]


def test_a_document_number_that_is_there_twice_is_a_warning(tmp_path: Path) -> None:
    rows = [*rows_of(2), *rows_of(1)]
    outcomes = run(note(tmp_path), rows, tmp_path / "out", name="{{ row.number }}")
    assert states(outcomes) == ["made"] * 3
    assert said(outcomes) == [
        "[2]: B108 the document number 示教〔2005〕1号 is there twice (the other is that of [0])"
    ]
    assert outcomes[2].problems[0].level == "warning"


def test_a_document_that_a_corrected_row_leaves_behind_is_named_until_it_is_deleted(
    tmp_path: Path,
) -> None:
    out, (first, second) = tmp_path / "out", rows_of(2)
    run(note(tmp_path), [first, second], out)
    corrected = [{**first, "topic": "植树"}, second]
    warning = (
        f"[0]: B110 an earlier run made another document of the number 示教〔2005〕1号:"
        f" {out / name_of(1)} (delete it if this one has taken its place)"
    )
    for state in ("made", "unchanged"):
        outcomes = run(note(tmp_path), corrected, out)
        assert sorted(states(outcomes)) == sorted([state, "unchanged"])
        assert said(outcomes) == [warning]
    assert name_of(1) in documents(out)
    (out / name_of(1)).unlink()
    assert said(run(note(tmp_path), corrected, out)) == []


def test_a_bad_row_stops_a_batch_that_may_not_go_on(tmp_path: Path) -> None:
    rows = rows_of(3)
    rows[1]["date_of_issue"] = "2005-02-30"
    outcomes = run(note(tmp_path), rows, tmp_path / "out", keep_going=False)
    assert [(outcome.index, outcome.state) for outcome in outcomes] == [(1, "failed")]
    assert documents(tmp_path / "out") == {}
    ours = tmp_path / "out" / ".noticegen"
    assert sorted(path.name for path in ours.iterdir()) == ["journal.sqlite", "lock"]
    outcomes = run(note(tmp_path), rows, tmp_path / "out")
    assert sorted(documents(tmp_path / "out")) == [name_of(1), name_of(3)]
    assert said(outcomes) == [
        "date_of_issue: D104 the date “2005-02-30” does not exist (that month has 28 days)"
    ]


def test_a_row_that_its_template_cannot_print_is_found_before_anything_is_written(
    tmp_path: Path,
) -> None:
    settings = NOTE.replace("topic: {title: 事由, type: string}", "topic: {title: 事由}")
    template = note(tmp_path)
    (tmp_path / "workspace" / "note" / "template.yaml").write_text(settings, encoding="utf-8")
    template = template_there(tmp_path)
    rows = [*rows_of(1), {**rows_of(2)[1], "topic": ["清运残雪"]}]
    outcomes = run(template, rows, tmp_path / "out", keep_going=False)
    assert [(outcome.index, outcome.state) for outcome in outcomes] == [(1, "failed")]
    assert documents(tmp_path / "out") == {}


def test_a_row_brings_the_layers_of_its_unit(tmp_path: Path) -> None:
    rows = [{**row, "unit": unit} for row, unit in zip(rows_of(2), ["city", "county"], strict=True)]
    outcomes = list(render_rows("note", rows, library=library(tmp_path), folder=tmp_path / "out"))
    assert [outcome.number for outcome in outcomes] == ["示教〔2005〕1号", "示县教〔2005〕2号"]


def test_rows_from_python_may_say_what_rows_of_tables_may_say(tmp_path: Path) -> None:
    row = {**VALUES, "template": "other", "出处": [], "发文单位": "county"}
    (outcome,) = render_rows("note", [row], library=library(tmp_path))
    assert outcome.number == "示县教〔2005〕3号"
    letter = compile_docx(docx_with("{{ 出处 }}"))
    (outcome,) = render_rows(letter, [{"出处": "来信"}])
    assert outcome.document
    assert paragraphs(outcome.document.data) == ["来信"]


def test_a_template_that_is_not_there_stops_rows_from_python_at_once(tmp_path: Path) -> None:
    with pytest.raises(NoticeError) as error:
        next(render_rows("nots", rows_of(3), library=library(tmp_path)))
    assert str(error.value) == "B001 there is no template “nots” (did you mean “note”?)"


def test_one_batch_at_a_time_writes_into_a_folder_and_the_lock_names_its_holder(
    tmp_path: Path,
) -> None:
    template, out = note(tmp_path), tmp_path / "out"
    run(template, rows_of(1), out)
    with lock(out / ".noticegen" / "lock", str(out)), pytest.raises(NoticeError) as caught:
        run(template, rows_of(2), out)
    [problem] = caught.value.problems
    assert str(problem).startswith(
        f"{out}: B104 another batch is writing here: process {os.getpid()} on "
    )
    assert states(run(template, rows_of(2), out)) == ["unchanged", "made"]


def test_what_a_killed_batch_left_is_tidied_up(tmp_path: Path) -> None:
    left = tmp_path / "out" / ".noticegen" / "new-1"
    left.mkdir(parents=True)
    (left / "0.part").write_bytes(b"half")
    run(note(tmp_path), rows_of(1), tmp_path / "out")
    assert sorted(path.name for path in left.parent.iterdir()) == ["journal.sqlite", "lock"]
