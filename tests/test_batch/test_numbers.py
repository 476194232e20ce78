"""Numbers from a register for the rows of a batch: in their order, gapless, never twice."""

from __future__ import annotations

import random
import sqlite3
import time
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest
from builders import folder
from offices import Batch, command, documents, library, note, run, said
from PIL import Image
from workspaces import NOTE, note_workspace

from generator import open_library, render_rows
from generator.batch.folder import open_folder
from generator.batch.orders import Order
from generator.batch.outcomes import Progress
from generator.batch.run import run as batch_run
from generator.batch.tasks import Group, Row
from generator.batch.working import Manner
from generator.register import Series, entries, reserve

OPEN = """topic,成文日期,serial,unit
清运残雪,2005-03-04,,city
春季植树,2005-03-05,,county
防汛,2005-03-06,,city
"""
NEW = (
    "book.db: B055 note: the register is new; numbers begin with 1"
    " (if some were used by hand: noticegen register reserve)\n"
)
CITY = Series("示教", 2005)
OPTIONS = ("note", "rows.csv", "-o", "out", "--register", "book.db")


@pytest.fixture
def numbered(batch: Batch) -> Batch:
    """`noticegen batch` with rows that have no serials."""
    folder(Path(), {"rows.csv": OPEN})
    return batch


def picture() -> bytes:
    data = BytesIO()
    Image.new("1", (20, 10)).save(data, "PNG")
    return data.getvalue()


def held(register: Path | str = "book.db") -> list[tuple[str, str, str]]:
    """What a register says: number, state, title."""
    return [(entry.number, entry.state, entry.title) for entry in entries(register)]


def names() -> list[str]:
    return sorted(documents(Path("out")))


def table(*topics: str, serials: tuple[str, ...] = ()) -> None:
    """`rows.csv` with a row for each topic, all of the unit `city`."""
    given = [*serials, *[""] * len(topics)]
    rows = [
        f"{topic},2005-03-04,{serial},city" for topic, serial in zip(topics, given, strict=False)
    ]
    folder(Path(), {"rows.csv": "\n".join(["topic,date_of_issue,serial,unit", *rows, ""])})


def test_rows_without_a_serial_take_numbers_in_their_order_and_keep_them(numbered: Batch) -> None:
    assert numbered(*OPTIONS) == (0, "documents made: 3, unchanged: 0, failed: 0\n", NEW)
    made = [
        "示县教〔2005〕1号 关于春季植树的通知.docx",
        "示教〔2005〕1号 关于清运残雪的通知.docx",
        "示教〔2005〕2号 关于防汛的通知.docx",
    ]
    assert names() == made
    assert numbered(*OPTIONS) == (0, "nothing to do (documents that are there: 3)\n", "")
    assert held() == [
        ("示县教〔2005〕1号", "made", "关于春季植树的通知"),
        ("示教〔2005〕1号", "made", "关于清运残雪的通知"),
        ("示教〔2005〕2号", "made", "关于防汛的通知"),
    ]


def test_a_row_keeps_its_number_wherever_it_stands_and_a_new_one_takes_the_next(
    numbered: Batch,
) -> None:
    table("甲", "乙")
    numbered(*OPTIONS)
    table("丙", "乙", "甲")
    assert numbered(*OPTIONS)[1] == "documents made: 1, unchanged: 2, failed: 0\n"
    assert [(number, title) for number, _, title in held()] == [
        ("示教〔2005〕1号", "关于甲的通知"),
        ("示教〔2005〕2号", "关于乙的通知"),
        ("示教〔2005〕3号", "关于丙的通知"),
    ]


def test_equal_rows_are_documents_of_their_own(numbered: Batch) -> None:
    table("甲", "甲")
    assert numbered(*OPTIONS)[1] == "documents made: 2, unchanged: 0, failed: 0\n"
    assert numbered(*OPTIONS)[1] == "nothing to do (documents that are there: 2)\n"
    assert names() == ["示教〔2005〕1号 关于甲的通知.docx", "示教〔2005〕2号 关于甲的通知.docx"]


def test_typed_serials_are_entered_first_wherever_they_stand(numbered: Batch) -> None:
    table("甲", "乙", "丙", serials=("", "", "1"))
    assert numbered(*OPTIONS)[0] == 0
    assert [title for _, _, title in held()] == ["关于丙的通知", "关于甲的通知", "关于乙的通知"]


def test_a_serial_that_was_taken_cannot_be_typed_and_then_no_number_is_taken(
    numbered: Batch,
) -> None:
    reserve("book.db", [(CITY, [2])], "手工编号")
    table("甲", "乙", "丙", serials=("", "2", "3"))
    assert numbered(*OPTIONS) == (
        1,
        "nothing was written (rows with errors: 1; --keep-going makes the others)\n",
        "rows.csv:3:14: B053 示教〔2005〕2号 was used by hand (type another number, or none)\n",
    )
    assert held() == [("示教〔2005〕2号", "reserved", "")]
    assert numbered(*OPTIONS, "--keep-going")[1] == "documents made: 2, unchanged: 0, failed: 1\n"
    assert [(number, title) for number, _, title in held()] == [
        ("示教〔2005〕1号", "关于甲的通知"),
        ("示教〔2005〕2号", ""),
        ("示教〔2005〕3号", "关于丙的通知"),
    ]


def test_one_number_typed_twice_is_a_problem(numbered: Batch) -> None:
    table("甲", "乙", serials=("7", "7"))
    assert numbered(*OPTIONS)[2] == (
        "rows.csv:3:14: B053 示教〔2005〕7号 is that of “关于甲的通知” (rows.csv:2:14)"
        " (type another number, or none)\n"
    )
    assert documents(Path("out")) == {}


def test_a_typed_row_that_is_corrected_keeps_its_number(numbered: Batch) -> None:
    table("甲", serials=("7",))
    numbered(*OPTIONS)
    table("甲乙", serials=("7",))
    assert numbered(*OPTIONS)[1] == "documents made: 1, unchanged: 0, failed: 0\n"
    assert held() == [("示教〔2005〕7号", "made", "关于甲乙的通知")]


def test_bad_rows_take_no_numbers_and_without_keep_going_none_is_taken(numbered: Batch) -> None:
    folder(Path(), {"rows.csv": OPEN.replace("2005-03-04", "2005-02-30")})
    assert numbered(*OPTIONS)[0] == 1
    assert not Path("book.db").exists()
    assert numbered(*OPTIONS, "--keep-going")[0] == 1
    assert [number for number, _, _ in held()] == ["示县教〔2005〕1号", "示教〔2005〕1号"]
    assert "示教〔2005〕1号 关于防汛的通知.docx" in names()


def test_a_row_with_a_file_in_its_way_leaves_no_gap(numbered: Batch) -> None:
    table("甲", "乙", "丙")
    theirs = "示教〔2005〕2号 关于乙的通知.docx"
    folder(Path(), {f"out/{theirs}": "theirs"})
    assert numbered(*OPTIONS)[0] == 1
    assert not Path("book.db").exists() or held() == []
    assert numbered(*OPTIONS, "--keep-going")[2] == (
        f"out/{theirs}: B102 a file of this name is there, and no batch made it"
        f" (choose another place, or replace it with --force)\n{NEW}"
    )
    assert [title for _, _, title in held()] == ["关于甲的通知", "关于丙的通知"]
    assert [number for number, _, _ in held()] == ["示教〔2005〕1号", "示教〔2005〕2号"]


def test_names_that_clash_with_their_numbers_leave_no_gap(numbered: Batch) -> None:
    table("甲", "乙", "丁")
    name = "{{ 1 if topic == '乙' else serial }}"
    assert numbered(*OPTIONS, "--keep-going", "--name", name)[0] == 1
    assert [(number, title) for number, _, title in held()] == [
        ("示教〔2005〕1号", "关于甲的通知"),
        ("示教〔2005〕2号", "关于丁的通知"),
    ]


def test_what_a_template_asks_of_a_number_is_asked_of_the_one_that_is_taken(
    numbered: Batch,
) -> None:
    rule = "requirements:\n- {code: R101, that: serial < 2, at: serial, message: 只此一号}\n"
    folder(Path(), {"templates/note/template.yaml": NOTE + rule})
    table("甲", "乙")
    assert numbered(*OPTIONS) == (
        1,
        "nothing was written (rows with errors: 1; --keep-going makes the others)\n",
        "rows.csv:3:1: R101 只此一号\n",
    )


def test_rows_that_are_only_checked_take_no_number(numbered: Batch) -> None:
    check = ("note", "rows.csv", "--check-only", "--register", "book.db")
    assert numbered(*check) == (0, "no problems (rows checked: 3)\n", "")
    assert not Path("book.db").exists()
    reserve("book.db", [(CITY, [2])], "手工编号")
    table("甲", "乙", serials=("2",))
    assert numbered(*check)[2] == (
        "rows.csv:2:14: B053 示教〔2005〕2号 was used by hand (type another number, or none)\n"
    )
    assert held() == [("示教〔2005〕2号", "reserved", "")]


def test_a_number_of_another_form_than_a_register_has_is_a_problem(numbered: Batch) -> None:
    order = NOTE.replace("kind: 通知", "kind: 令").replace(
        '"{{ unit.code }}〔{{ date_of_issue[:4] }}〕{{ serial }}号"', "第{{ serial }}号"
    )
    folder(Path(), {"templates/note/template.yaml": order})
    assert numbered(*OPTIONS)[2].splitlines()[0] == (
        "rows.csv:2:1: B057 a register gives no numbers such as 第1号 (type the serial)"
    )


def test_an_archive_has_numbers_too(numbered: Batch) -> None:
    assert numbered("note", "rows.csv", "--zip", "a.zip", "--register", "book.db")[0] == 0
    assert [state for _, state, _ in held()] == ["made"] * 3


def test_rows_from_python_take_numbers(tmp_path: Path) -> None:
    rows = [{"topic": topic, "date_of_issue": "2005-03-04"} for topic in ("甲", "乙")]
    book = tmp_path / "book.db"
    outcomes = run(note(tmp_path), rows, tmp_path / "out", register=book)
    assert [outcome.number for outcome in outcomes] == ["示教〔2005〕1号", "示教〔2005〕2号"]
    assert said(outcomes)[0].startswith(f"{book}: B055 ")
    outcomes = run(note(tmp_path), [rows[1]], tmp_path / "out", register=book)
    assert [(outcome.number, outcome.state) for outcome in outcomes] == [
        ("示教〔2005〕2号", "unchanged")
    ]
    with pytest.raises(ValueError, match="documents that a folder keeps"):
        list(render_rows("note", rows, library=library(tmp_path), register=book))


def test_a_row_whose_document_cannot_be_made_at_last_gives_its_number_back(tmp_path: Path) -> None:
    root, seals = note_workspace(tmp_path / "workspace"), [tmp_path / "1.png", tmp_path / "2.png"]
    schema = NOTE + "    seal: {title: 印章, format: picture}\n"
    body = '{{ seal | picture(width="20mm") }}\n'
    folder(root, {"note/template.yaml": schema, "note/body.md": body})
    for seal in seals:
        seal.write_bytes(picture())
    template = open_library(root, str(tmp_path), keep=False).template("note", "city")
    book = str(tmp_path / "book.db")
    order = Order(template, register=book).packed()
    rows = [
        {"topic": seal.stem, "date_of_issue": "2005-03-04", "seal": seal.name} for seal in seals
    ]
    group = Group(order, (Row(index, index + 1, row) for index, row in enumerate(rows)))

    def lose_the_first(progress: Progress) -> None:
        if progress.stage == "checking":
            seals[0].unlink(missing_ok=True)

    manner = Manner(keep_going=True, progress=lose_the_first, register=book)
    with open_folder(tmp_path / "out", force=False) as target:
        outcomes = list(batch_run([group], target, manner))
    assert {outcome.index: outcome.state for outcome in outcomes} == {0: "failed", 1: "made"}
    assert held(book) == [("示教〔2005〕2号", "made", "关于2的通知")]


# --- whatever ends the run -----------------------------------------------------------------------


def open_table(path: Path, topics: range) -> Path:
    lines = [f"事由{topic},2005-03-04" for topic in topics]
    path.write_text("\n".join(["topic,date_of_issue", *lines, ""]), encoding="utf-8")
    return path


def test_a_batch_that_is_killed_at_random_goes_on_to_the_same_numbers(tmp_path: Path) -> None:
    note_workspace(tmp_path / "workspace")
    rows, chance = open_table(tmp_path / "rows.csv", range(200)), random.Random(7)
    calm = (rows, "-o", tmp_path / "calm", "--register", tmp_path / "calm.db")
    start = time.monotonic()
    assert command(*calm, root=tmp_path).communicate()[0].startswith("documents made: 200,")
    seconds = time.monotonic() - start
    line = (rows, "-o", tmp_path / "out", "--register", tmp_path / "book.db", "--workers", 2)
    for _ in range(6):
        batch = command(*line, root=tmp_path)
        time.sleep(chance.uniform(0.3, 1) * seconds)
        batch.kill()
        batch.communicate()
    assert command(*line, root=tmp_path).communicate()[1] in ("", f"{tmp_path}/{NEW}")
    assert documents(tmp_path / "out") == documents(tmp_path / "calm")
    assert held(tmp_path / "book.db") == held(tmp_path / "calm.db")
    assert [entry.serial for entry in entries(tmp_path / "book.db")] == [*range(1, 201)]


def test_a_batch_that_is_killed_between_numbers_and_files_finds_the_same_numbers(
    tmp_path: Path,
) -> None:
    note_workspace(tmp_path / "workspace")
    book, out = tmp_path / "book.db", tmp_path / "out"
    line = (tmp_path / "rows.csv", "-o", out, "--register", book, "--workers", 1)
    open_table(tmp_path / "rows.csv", range(1))
    command(*line, root=tmp_path).communicate()
    open_table(tmp_path / "rows.csv", range(3))
    with closing(sqlite3.connect(out / ".noticegen" / "journal.sqlite")) as journal:
        journal.execute("BEGIN IMMEDIATE")  # so no document comes into its place
        batch = command(*line, root=tmp_path)
        while len(held(book)) == 1:
            assert batch.poll() is None
            time.sleep(0.02)
        batch.kill()
        batch.communicate()
    assert [state for _, state, _ in held(book)] == ["made", "waiting", "waiting"]
    assert len(documents(out)) == 1
    other = open_table(tmp_path / "other.csv", range(7, 8))
    command(other, *("-o", tmp_path / "other", "--register", book), root=tmp_path).communicate()
    assert command(*line, root=tmp_path).communicate() == (
        "documents made: 2, unchanged: 1, failed: 0\n",
        "",
    )
    assert held(book) == [
        (f"示教〔2005〕{serial}号", "made", f"关于事由{topic}的通知")
        for serial, topic in enumerate((0, 1, 2, 7), 1)
    ]


def test_several_batches_at_once_share_a_register(tmp_path: Path) -> None:
    note_workspace(tmp_path / "workspace")
    batches = [
        command(
            *(open_table(tmp_path / f"{number}.csv", range(number * 40, number * 40 + 40)),),
            *("-o", tmp_path / f"out{number}", "--register", tmp_path / "book.db"),
            *("--workers", 1),
            root=tmp_path,
        )
        for number in range(4)
    ]
    for batch in batches:
        assert batch.communicate()[0] == "documents made: 40, unchanged: 0, failed: 0\n"
    assert [entry.serial for entry in entries(tmp_path / "book.db")] == [*range(1, 161)]
    made = [name for number in range(4) for name in documents(tmp_path / f"out{number}")]
    assert len({name.partition(" ")[0] for name in made}) == 160
