"""`render --register` and `register`: numbers of single documents."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from builders import folder, paragraphs
from runs import Ended, Run
from workspaces import INPUT, note_workspace

OPEN = INPUT.replace("serial: 3\n", "")
NEW = (
    "book.db: B055 note: the register is new; numbers begin with 1"
    " (if some were used by hand: noticegen register reserve)\n"
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a workspace `templates` and inputs without serials."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NOTICEGEN_CACHE", str(tmp_path / "kept"))
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    note_workspace(tmp_path / "templates")
    return folder(tmp_path, {"a.yaml": OPEN, "b.yaml": OPEN.replace("清运残雪", "义务植树")})


def name(serial: int, topic: str) -> str:
    return f"out/示教〔2005〕{serial}号 关于{topic}的通知.docx"


def listed(noticegen: Run) -> list[tuple[str, str]]:
    numbers = json.loads(
        noticegen("register", "list", "--register", "book.db", "--format", "json").out
    )
    return [(entry["number"], entry["state"]) for entry in numbers["numbers"]]


def render(noticegen: Run, *arguments: str) -> Ended:
    return noticegen("render", "-o", "out", "--register", "book.db", *arguments)


def test_inputs_without_a_serial_take_numbers_in_their_order(noticegen: Run, here: Path) -> None:
    ended = render(noticegen, "b.yaml", "a.yaml")
    assert ended == Ended(0, f"{name(1, '义务植树')}\n{name(2, '清运残雪')}\n", NEW)
    assert "示教〔2005〕1号" in paragraphs((here / name(1, "义务植树")).read_bytes())
    assert listed(noticegen) == [("示教〔2005〕1号", "made"), ("示教〔2005〕2号", "made")]


def test_an_input_keeps_its_number_when_it_is_made_again_moved_or_corrected(
    noticegen: Run, here: Path
) -> None:
    render(noticegen, "b.yaml", "a.yaml")
    assert render(noticegen, "a.yaml", "--force") == Ended(0, f"{name(2, '清运残雪')}\n", "")
    folder(here, {"moved/c.yaml": OPEN, "b.yaml": OPEN.replace("清运残雪", "春季义务植树")})
    ended = render(noticegen, "moved/c.yaml", "b.yaml", "--force")
    assert ended.out == f"{name(2, '清运残雪')}\n{name(1, '春季义务植树')}\n"
    assert ended.err == (
        "b.yaml: B110 warning: an earlier run made another document of the number 示教〔2005〕1号:"
        f" {name(1, '义务植树')} (delete it if this one has taken its place)\n"
    )
    assert render(noticegen, "b.yaml", "--force").err == ""


def test_documents_of_one_run_that_have_one_number_are_told_unless_they_are_copies(
    noticegen: Run, here: Path
) -> None:
    folder(here, {"a.yaml": INPUT, "b.yaml": INPUT.replace("清运残雪", "义务植树")})
    warning = (
        "b.yaml: B108 warning: the document number 示教〔2005〕3号 is there twice"
        " (the other is that of a.yaml)\n"
    )
    ended = noticegen("render", "a.yaml", "b.yaml", "-o", "out")
    assert ended == Ended(0, f"{name(3, '清运残雪')}\n{name(3, '义务植树')}\n", warning)
    assert noticegen("check", "a.yaml", "b.yaml").out == (
        f"{warning}inputs checked: 2; errors: 0, warnings: 1, notes: 0\n"
    )


def test_a_register_that_is_not_there_is_no_register_to_list(noticegen: Run, here: Path) -> None:
    assert noticegen("register", "list", "--register", "nono.db") == Ended(
        1,
        "",
        "nono.db: B003 there is no such file (check its name; “register reserve” and"
        " “--register” make a new one)\n",
    )


def test_a_number_that_nobody_had_is_withdrawn_with_a_warning(noticegen: Run, here: Path) -> None:
    kept = ("示教〔2005〕99号", "--register", "book.db")
    assert noticegen("register", "void", *kept, "--reason", "重号") == Ended(
        0,
        "示教〔2005〕99号\n",
        "book.db: B058 warning: no document had 示教〔2005〕99号; it will not be given"
        " (look whether it is the one)\n",
    )


def test_the_next_document_of_the_same_file_takes_the_next_number(
    noticegen: Run, here: Path
) -> None:
    render(noticegen, "a.yaml")
    folder(here, {"a.yaml": OPEN.replace("2005-03-04", "2005-03-11")})
    assert render(noticegen, "a.yaml").out == f"{name(2, '清运残雪')}\n"


def test_a_number_written_into_its_input_stays_that_of_the_document(
    noticegen: Run, here: Path
) -> None:
    render(noticegen, "b.yaml", "a.yaml")
    folder(here, {"a.yaml": INPUT.replace("serial: 3", "发文顺序号: 2")})
    assert render(noticegen, "a.yaml", "--force") == Ended(0, f"{name(2, '清运残雪')}\n", "")


def test_a_typed_number_that_another_document_has_is_told_at_its_place(
    noticegen: Run, here: Path
) -> None:
    noticegen("register", "reserve", "示教[2005]1-2", "--register", "book.db", "--reason", "手工")
    render(noticegen, "b.yaml")
    folder(here, {"a.yaml": INPUT, "c.yaml": INPUT.replace("serial: 3", "serial: 1")})
    hint = "(type another number, or none)"
    assert render(noticegen, "a.yaml", "c.yaml") == Ended(
        1,
        "",
        f"a.yaml:4:9: B053 示教〔2005〕3号 is that of “关于义务植树的通知” (b.yaml) {hint}\n"
        f"c.yaml:4:9: B053 示教〔2005〕1号 was used by hand {hint}\n",
    )
    assert len(listed(noticegen)) == 3


def test_no_number_is_taken_where_any_document_cannot_be_made(noticegen: Run, here: Path) -> None:
    folder(here, {"c.yaml": OPEN.replace("topic: 清运残雪\n", "")})
    ended = render(noticegen, "a.yaml", "c.yaml")
    assert ended.err == NEW + "c.yaml:1:1: D102 “事由” is missing (add “topic: …”)\n"
    assert not (here / "book.db").exists() or listed(noticegen) == []
    folder(here, {name(1, "清运残雪"): "mine"})
    assert (
        render(noticegen, "a.yaml").err.splitlines()[-1].startswith(f"{name(1, '清运残雪')}: B022")
    )
    assert listed(noticegen) == []


def test_a_number_whose_document_could_not_be_written_waits_for_it(
    noticegen: Run, here: Path
) -> None:
    folder(here, {"out": "a file where the folder should be"})
    assert " B023 the file cannot be written: " in render(noticegen, "a.yaml").err
    assert listed(noticegen) == [("示教〔2005〕1号", "waiting")]
    (here / "out").unlink()
    assert render(noticegen, "b.yaml", "a.yaml").out == (
        f"{name(2, '义务植树')}\n{name(1, '清运残雪')}\n"
    )
    assert listed(noticegen) == [("示教〔2005〕1号", "made"), ("示教〔2005〕2号", "made")]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
def test_a_run_that_is_killed_is_completed_by_the_same_command(noticegen: Run, here: Path) -> None:
    names = [f"{number}.yaml" for number in range(8)]
    folder(here, {file: OPEN.replace("清运残雪", f"第{file[0]}件事") for file in names})
    command = ["render", *names, "-o", "out", "--force", "--register", "book.db"]
    for lines in (1, 3, 6):
        with subprocess.Popen(
            [sys.executable, "-m", "generator", *command], stdout=subprocess.PIPE
        ) as running:
            assert running.stdout is not None
            for _ in range(lines):
                running.stdout.readline()
            running.kill()
    assert {state for _, state in listed(noticegen)} == {"waiting"}
    assert noticegen(*command).out.splitlines() == [
        name(number + 1, f"第{number}件事") for number in range(8)
    ]
    assert listed(noticegen) == [(f"示教〔2005〕{serial}号", "made") for serial in range(1, 9)]
    assert len(list((here / "out").glob("*.docx"))) == 8


def test_a_number_that_is_not_made_of_the_serial_cannot_be_given(
    noticegen: Run, here: Path
) -> None:
    path = here / "templates/note/template.yaml"
    path.write_text(path.read_text("utf-8").replace("{{ serial }}", "7"), "utf-8")
    assert render(noticegen, "a.yaml").err == (
        "a.yaml: B054 the register gives a serial that the number 示教〔2005〕7号 lacks"
        " (write “{{ serial }}” into “number:” of template.yaml)\n"
    )


def test_documents_without_a_number_need_no_register(noticegen: Run, here: Path) -> None:
    path = here / "templates/note/template.yaml"
    lines = [line for line in path.read_text("utf-8").splitlines() if "number" not in line]
    path.write_text("\n".join(lines), "utf-8")
    assert render(noticegen, "a.yaml") == Ended(0, "out/关于清运残雪的通知.docx\n", "")
    assert not (here / "book.db").exists()


def test_a_file_that_is_no_register_stops_before_anything_is_written(
    noticegen: Run, here: Path
) -> None:
    folder(here, {"book.db": "示教〔2005〕1号\n" * 100})
    ended = render(noticegen, "a.yaml")
    assert (ended.code, ended.err) == (
        1,
        "book.db: B050 not a register of document numbers, or a damaged one"
        " (name another file, or restore it)\n",
    )
    assert not (here / "out").exists()


def test_the_register_is_a_table_for_people_and_json_for_programs(
    noticegen: Run, here: Path
) -> None:
    render(noticegen, "a.yaml")
    kept = ["--register", "book.db"]
    assert noticegen("register", "reserve", "示教[2005]5-6号", *kept).out == "示教〔2005〕5-6号\n"
    void = noticegen("register", "void", "示教〔2005〕5号", "--reason", "重号", *kept)
    assert void.out == "示教〔2005〕5号\n"
    assert noticegen("register", "list", *kept).out.splitlines() == [
        "number           state             title               source",
        "示教〔2005〕1号  made              关于清运残雪的通知  a.yaml",
        "示教〔2005〕5号  withdrawn (重号)",
        "示教〔2005〕6号  used by hand",
    ]
    first = json.loads(noticegen("register", "list", "--format", "json", *kept).out)["numbers"][0]
    assert first == {
        "number": "示教〔2005〕1号",
        "code": "示教",
        "year": 2005,
        "serial": 1,
        "state": "made",
        "title": "关于清运残雪的通知",
        "source": "a.yaml",
        "reason": "",
    }
    again = noticegen("register", "reserve", "示教〔2005〕4-6号", *kept, "--lang", "zh")
    assert again == Ended(
        1,
        "",
        "book.db: B053 示教〔2005〕5号已作废（登记簿中已有，不必再登记）\n"
        "book.db: B053 示教〔2005〕6号已手工用过（登记簿中已有，不必再登记）\n",
    )


@pytest.mark.parametrize(
    "number", ["示教2005-3", "示教〔2005〕03号", "示教〔2005〕9-3号", "〔2005〕3号"]
)
def test_what_is_no_number_is_wrong_usage(noticegen: Run, number: str) -> None:
    assert noticegen("register", "void", number, "--reason", "x", "--register", "book.db").code == 2


def test_a_void_needs_a_reason(noticegen: Run) -> None:
    command = ("register", "void", "示教〔2005〕3号", "--register", "book.db")
    assert noticegen(*command).code == 2
    assert noticegen(*command, "--reason", " ").code == 2
