"""Nothing lost: processes that die or hang, disks that are full, folders that cannot be written."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from builders import docx_with
from offices import command, documents, note, rows_of, run, said, states, table_of

from generator import NoticeError, compile_docx, render_rows
from generator.batch.archive import open_archive
from generator.batch.folder import open_folder
from generator.batch.orders import Order, version
from generator.batch.run import run as run_groups
from generator.batch.tasks import Group, Row
from generator.batch.working import Manner

KILLS = int(os.environ.get("NOTICEGEN_KILLS", "6"))
"""How often processes are killed at random; `NOTICEGEN_KILLS=200` for a long night."""

needs_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may mount"
)


class Deadly:
    """A value that ends the process that prints it."""

    def __str__(self) -> str:
        os._exit(9)


class Endless:
    """A value that takes its time."""

    def __str__(self) -> str:
        time.sleep(600)
        return ""


# --- workers -------------------------------------------------------------------------------------


def test_a_row_that_ends_its_process_is_named_and_all_others_are_made(tmp_path: Path) -> None:
    letter = compile_docx(docx_with("{{ x }}"))
    rows: list[dict[str, object]] = [{"x": str(number)} for number in range(30)]
    rows[17] = {"x": Deadly()}
    outcomes = run(letter, rows, tmp_path / "out", workers=2)
    assert [outcome.index for outcome in outcomes if outcome.state == "failed"] == [17]
    assert said(outcomes) == [
        "[17]: B106 the row ended its process, again and again"
        " (make it alone to see why, with less in it)"
    ]
    assert len(documents(tmp_path / "out")) == 29


def test_a_row_that_hangs_is_ended_and_all_others_are_made(tmp_path: Path) -> None:
    letter = compile_docx(docx_with("{{ x }}"))
    rows: list[dict[str, object]] = [{"x": str(number)} for number in range(30)]
    rows[3] = {"x": Endless()}
    outcomes = run(letter, rows, tmp_path / "out", workers=2, row_timeout=1)
    assert said(outcomes) == [
        "[3]: B107 the row took more than 1 seconds (allow more with --row-timeout)"
    ]
    assert len(documents(tmp_path / "out")) == 29


def test_documents_in_memory_come_in_order_past_a_row_that_ends_its_process() -> None:
    letter = compile_docx(docx_with("{{ x }}"))
    rows: list[dict[str, object]] = [{"x": str(number)} for number in range(5)]
    rows[2] = {"x": Deadly()}
    outcomes = list(render_rows(letter, rows, workers=1))
    assert states(outcomes) == ["made", "made", "failed", "made", "made"]
    documents = [outcome.document.data for outcome in outcomes if outcome.document]
    assert documents == [letter.render({"x": number}) for number in "0134"]


def children() -> list[int]:
    """The workers of this process; `multiprocessing` would ask what became of them, as pools do."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, parent = path.read_text().rpartition(")")[2].split()[:2]
            command = path.with_name("cmdline").read_bytes()
            if int(parent) == os.getpid() and state != "Z" and b"spawn_main" in command:
                found.append(int(path.parent.name))
    return sorted(found)


def test_workers_that_are_killed_at_random_lose_nothing(tmp_path: Path) -> None:
    template, rows, chance = note(tmp_path), rows_of(900), random.Random(4)
    run(template, rows, tmp_path / "calm")
    killed: list[int] = []

    def with_kills() -> Iterator[dict[str, object]]:
        for index, row in enumerate(rows):
            workers = children()
            if index >= 45 + 50 * len(killed) and len(killed) < min(KILLS, 6) and workers:
                killed.append(chance.choice(workers))
                os.kill(killed[-1], signal.SIGKILL)
            yield row

    for outcome in render_rows(template, with_kills(), folder=tmp_path / "out", workers=2):
        assert outcome.state == "made", said([outcome])
    assert len(killed) == min(KILLS, 6)
    assert documents(tmp_path / "out") == documents(tmp_path / "calm")


# --- the parent ----------------------------------------------------------------------------------


def test_a_batch_that_is_killed_at_random_goes_on_to_the_same_bytes(tmp_path: Path) -> None:
    note(tmp_path)
    table, chance = table_of(tmp_path / "rows.csv", 300), random.Random(9)
    calm = command(table, "-o", tmp_path / "calm", root=tmp_path)
    assert calm.communicate()[0] == "documents made: 300, unchanged: 0, failed: 0\n"
    start = time.monotonic()
    command(table, "-o", tmp_path / "timed", root=tmp_path).communicate()
    seconds = time.monotonic() - start
    for _ in range(KILLS):
        batch = command(table, "-o", tmp_path / "out", "--workers", 2, root=tmp_path)
        time.sleep(chance.uniform(0.2, 1) * seconds)
        batch.kill()
        batch.communicate()
    out, err = command(table, "-o", tmp_path / "out", root=tmp_path).communicate()
    assert err == ""
    assert "failed: 0" in out or "nothing to do" in out
    assert documents(tmp_path / "out") == documents(tmp_path / "calm")
    assert sorted(path.name for path in (tmp_path / "out" / ".noticegen").iterdir()) == [
        "journal.sqlite",
        "lock",
    ]


def test_workers_end_with_their_parent(tmp_path: Path) -> None:
    note(tmp_path)
    batch = command(table_of(tmp_path / "rows.csv", 3000), "-o", tmp_path / "out", root=tmp_path)
    while not (workers := children_of(batch.pid)):
        time.sleep(0.02)
    batch.kill()
    batch.communicate()
    end = time.monotonic() + 20
    while any(map(is_alive, workers)) and time.monotonic() < end:
        time.sleep(0.02)
    assert not any(map(is_alive, workers))


def children_of(process: int) -> list[int]:
    told = Path(f"/proc/{process}/task/{process}/children")
    if not told.exists():
        pytest.skip("this system does not tell the children of a process")
    return [int(child) for child in told.read_text(encoding="ascii").split()]


def is_alive(process: int) -> bool:
    try:
        status = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def test_ctrl_c_ends_cleanly_and_says_how_to_go_on(tmp_path: Path) -> None:
    note(tmp_path)
    table = table_of(tmp_path / "rows.csv", 2000)
    batch = command(table, "-o", tmp_path / "out", root=tmp_path)
    while not list((tmp_path / "out").glob(".noticegen/new-*/*.part")):
        assert batch.poll() is None
        time.sleep(0.02)
    os.killpg(batch.pid, signal.SIGINT)  # as a terminal does, to the workers too
    out, err = batch.communicate()
    assert (out, err, batch.returncode) == (
        "stopped; documents made: 0, unchanged: 0, failed: 0; the same command goes on from here\n",
        "",
        130,
    )
    assert documents(tmp_path / "out") == {}
    out, _ = command(table, "-o", tmp_path / "out", root=tmp_path).communicate()
    assert out == "documents made: 2000, unchanged: 0, failed: 0\n"


def test_a_batch_that_is_stopped_while_it_puts_documents_in_place_goes_on(tmp_path: Path) -> None:
    template, out = compile_docx(docx_with("{{ x }}")), tmp_path / "out"
    rows = [{"x": str(number)} for number in range(1200)]
    group = Group(
        Order(template, version=version()).packed(), (Row(i, i + 1, r) for i, r in enumerate(rows))
    )
    with open_folder(out, force=False) as target:
        outcomes = list(
            run_groups([group], target, Manner(stopped=lambda: any(out.glob("*.docx"))))
        )
    made = len(documents(out))
    assert 0 < made < 1200
    assert states(outcomes) == ["made"] * made
    again = states(run(template, rows, out))
    assert (again.count("unchanged"), again.count("made")) == (made, 1200 - made)


def test_an_archive_that_was_stopped_goes_on_where_it_was(tmp_path: Path) -> None:
    letter, waiting = compile_docx(docx_with("{{ x }}")), tmp_path / ".all.zip.noticegen"
    order = Order(letter, version=version()).packed()

    def into(path: Path, stopped: Callable[[], bool] = lambda: False) -> list[str]:
        group = Group(order, (Row(i, i + 1, {"x": str(i)}) for i in range(1200)))
        with open_archive(path, force=False) as target:
            return states(run_groups([group], target, Manner(stopped=stopped)))

    into(tmp_path / "calm.zip")
    made = into(tmp_path / "all.zip", lambda: any(waiting.glob("*.docx"))).count("made")
    assert 0 < made < 1200
    assert sorted(path.name for path in tmp_path.iterdir()) == [".all.zip.noticegen", "calm.zip"]
    again = into(tmp_path / "all.zip")
    assert (again.count("unchanged"), again.count("made")) == (made, 1200 - made)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.zip", "calm.zip"]
    assert (tmp_path / "all.zip").read_bytes() == (tmp_path / "calm.zip").read_bytes()


# --- disks ---------------------------------------------------------------------------------------


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """*folder* as a disk of its own; the test is skipped where none can be had."""
    folder.mkdir()
    line = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if sys.platform != "linux" or subprocess.run(line, capture_output=True).returncode:
        pytest.skip("this machine lets no tmpfs be mounted")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@needs_root
def test_a_full_disk_ends_the_batch_and_what_is_finished_stays(tmp_path: Path) -> None:
    template = note(tmp_path)
    run(template, rows_of(300), tmp_path / "calm")
    with small_disk(tmp_path / "disk", "1500k") as disk:
        run(template, rows_of(20), disk / "out")
        before = documents(disk / "out")
        with pytest.raises(NoticeError) as caught:
            run(template, rows_of(300), disk / "out", workers=1)
        assert list(map(str, caught.value.problems)) == [
            f"{disk / 'out'}: B023 the file cannot be written: No space left on device"
            " (close it where it is open, or choose another folder with -o)"
        ]
        assert documents(disk / "out") == before
        assert not list((disk / "out" / ".noticegen").glob("new-*"))
        subprocess.run(["mount", "-o", "remount,size=20m", str(disk)], check=True)
        outcomes = run(template, rows_of(300), disk / "out", workers=1)
        assert states(outcomes).count("unchanged") == 20
        assert documents(disk / "out") == documents(tmp_path / "calm")


@needs_root
def test_a_folder_that_can_only_be_read_is_a_problem(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "5m") as disk:
        run(note(tmp_path), rows_of(2), disk / "out")
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        with pytest.raises(NoticeError) as caught:
            run(note(tmp_path), rows_of(3), disk / "out")
        assert list(map(str, caught.value.problems)) == [
            f"{disk / 'out'}: B023 the file cannot be written: Read-only file system"
            " (close it where it is open, or choose another folder with -o)"
        ]
        assert len(documents(disk / "out")) == 2
