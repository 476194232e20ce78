"""Numbers of documents: gapless, never twice, kept."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.problems import Location, NoticeError
from generator.register import (
    Request,
    Series,
    assign,
    entries,
    give_back,
    identity_of,
    key_of,
    mark_made,
    numbering,
    read_number,
    reserve,
    void,
)

CITY, NEXT_YEAR = Series("示教", 2005), Series("示教", 2006)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return tmp_path / "numbers.db"


def request(key: str, series: Series = CITY, serial: int | None = None, **said: str) -> Request:
    return Request(key, series, Location("rows.csv", key), f"关于{key}的通知", serial, **said)


def requests(*keys: str) -> list[Request]:
    return [request(key) for key in keys]


def standing(book: Path) -> list[tuple[str, str, str]]:
    return [(entry.number, entry.state, entry.title) for entry in entries(book)]


def complaints(error: pytest.ExceptionInfo[NoticeError]) -> list[str]:
    return [str(problem) for problem in error.value.problems]


# --- giving numbers ------------------------------------------------------------------------------


def test_rows_are_numbered_in_their_order_from_1_in_each_series(book: Path) -> None:
    rows = [request("a"), request("b", NEXT_YEAR), request("c"), request("d", NEXT_YEAR)]
    assert assign(book, rows) == [1, 1, 2, 2]


def test_a_row_keeps_its_number_whatever_comes_before_it(book: Path) -> None:
    assert assign(book, requests("a", "b", "c")) == [1, 2, 3]
    assert assign(book, requests("new", "c", "b")) == [4, 3, 2]


def test_equal_rows_are_documents_of_their_own_and_keep_their_numbers(book: Path) -> None:
    assert assign(book, requests("a", "a", "b", "a")) == [1, 2, 3, 4]
    assert assign(book, requests("b", "a", "a", "a")) == [3, 1, 2, 4]


def test_numbers_used_by_hand_are_passed_over_and_gaps_before_them_filled(book: Path) -> None:
    reserve(book, [(CITY, range(2, 4))], "手工编号")
    assert assign(book, requests("a", "b", "c")) == [1, 4, 5]


def test_a_typed_number_is_entered_before_others_are_given(book: Path) -> None:
    rows = [request("a"), request("b", serial=1), request("c"), request("d", serial=7)]
    assert assign(book, rows) == [2, 1, 3, 7]
    assert assign(book, rows) == [2, 1, 3, 7]


def test_typed_numbers_that_others_have_are_all_told_and_nothing_is_taken(book: Path) -> None:
    reserve(book, [(CITY, [1])])
    void(book, [(CITY, [2])], "作废")
    assign(book, [request("a", serial=3)])
    before = standing(book)
    rows = [
        request(key, serial=serial) for key, serial in zip("ZBCDE", (9, 1, 2, 3, 9), strict=True)
    ]
    with pytest.raises(NoticeError) as error:
        assign(book, [request("new"), *rows])
    hint = " (type another number, or none)"
    assert complaints(error) == [
        f"rows.csv: B: B053 示教〔2005〕1号 was used by hand{hint}",
        f"rows.csv: C: B053 示教〔2005〕2号 was withdrawn{hint}",
        f"rows.csv: D: B053 示教〔2005〕3号 is that of “关于a的通知” (rows.csv: a){hint}",
        f"rows.csv: E: B053 示教〔2005〕9号 is that of “关于Z的通知” (rows.csv: Z){hint}",
    ]
    assert standing(book) == before


def test_a_corrected_document_keeps_its_number_by_its_identity(book: Path) -> None:
    assert assign(book, [request("a", identity="week.yaml"), request("b")]) == [1, 2]
    assert assign(book, [request("corrected", identity="week.yaml")]) == [1]
    assert assign(book, [request("again", identity="week.yaml", serial=1)]) == [1]
    assert assign(book, [request("other", identity="month.yaml")]) == [3]
    assert standing(book)[0] == ("示教〔2005〕1号", "waiting", "关于again的通知")


def test_of_two_files_with_one_text_each_keeps_its_own_number(book: Path) -> None:
    first, second = request("a", identity="a.yaml"), request("a", identity="copy.yaml")
    assert assign(book, [first, second]) == [1, 2]
    assert assign(book, [second]) == [2]
    assert assign(book, [second, first]) == [2, 1]
    assert assign(book, [request("a", identity="moved.yaml")]) == [1]


def test_numbers_follow_the_texts_of_two_files_that_change_their_names(book: Path) -> None:
    assert assign(book, [request("a", identity="1.yaml"), request("b", identity="2.yaml")]) == [
        1,
        2,
    ]
    swapped = [request("b", identity="1.yaml"), request("a", identity="2.yaml")]
    assert assign(book, swapped) == [2, 1]


def test_a_document_whose_new_number_is_typed_gives_up_the_one_it_had(book: Path) -> None:
    assert assign(book, requests("a", "b")) == [1, 2]
    mark_made(book, [(CITY, 2)])
    assert assign(book, [request("a", serial=8), request("b", serial=9)]) == [8, 9]
    assert assign(book, requests("a", "b", "c")) == [8, 9, 1]
    assert [number for number, *_ in standing(book)] == [
        f"示教〔2005〕{serial}号" for serial in (1, 2, 8, 9)
    ]


def test_a_withdrawn_number_is_never_given_again_and_its_row_gets_another(book: Path) -> None:
    assert assign(book, requests("a", "b")) == [1, 2]
    void(book, [(CITY, [1])], "内容有误，撤销")
    assert assign(book, requests("a", "c")) == [3, 4]
    first = entries(book)[0]
    assert (first.state, first.reason) == ("void", "内容有误，撤销")
    with pytest.raises(NoticeError) as error:
        void(book, [(CITY, [1])], "again")
    assert complaints(error) == [
        f"{book}: B056 示教〔2005〕1号 is withdrawn already (内容有误，撤销)"
    ]


def test_a_number_waits_until_its_document_is_made_and_can_be_given_back_till_then(
    book: Path,
) -> None:
    assert assign(book, requests("a", "b", "c")) == [1, 2, 3]
    mark_made(book, [(CITY, 1)])
    give_back(book, [(CITY, 1), (CITY, 2)])
    assert [(number, state) for number, state, _ in standing(book)] == [
        ("示教〔2005〕1号", "made"),
        ("示教〔2005〕3号", "waiting"),
    ]
    assert assign(book, requests("d", "e")) == [2, 4]


def test_whatever_is_raised_while_numbering_takes_no_number(book: Path) -> None:
    assign(book, requests("a"))

    def number_and_fail() -> None:
        with numbering(book) as numbers:
            assert numbers.take(request("b")) == 2
            raise KeyError

    with pytest.raises(KeyError):
        number_and_fail()
    assert assign(book, requests("c")) == [2]


def test_a_key_is_that_of_the_values_without_the_serial() -> None:
    key = key_of("note", "city", {"topic": "植树", "serial": None, "date": "2005-03-01"})
    assert key == key_of("note", "city", {"date": "2005-03-01", "topic": "植树", "serial": 3})
    more = {"topic": "植树", "date": "2005-03-01", "field": None}
    assert key == key_of("note", "city", more)
    rows = key_of("note", None, {"rows": [{"a": 1}]})
    assert rows == key_of("note", None, {"rows": [{"a": 1, "b": None}]})
    assert len({key, key_of("note", "county", {}), key_of("note", None, {"topic": "植树"})}) == 3


def test_an_identity_is_a_place_seen_from_the_register(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    identity = identity_of("numbers.db", "in/a.yaml", "note", 2005)
    assert identity == '["in/a.yaml", "note", "2005"]'
    assert identity_of(tmp_path / "numbers.db", tmp_path / "in/a.yaml", "note", 2005) == identity


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("示教〔2005〕3号", (CITY, 3)),
        ("示教办函〔2006〕120号", (Series("示教办函", 2006), 120)),
        ("示教〔2005〕03号", None),
        ("示教[2005]3号", None),
        ("示教〔2005〕第3号", None),
        ("", None),
    ],
)
def test_a_number_is_read_as_the_standard_writes_it(
    text: str, read: tuple[Series, int] | None
) -> None:
    assert read_number(text) == read
    assert read is None or read[0].number(read[1]) == text


# --- several programs ----------------------------------------------------------------------------

WORKER = """
import sys
from generator.problems import Location
from generator.register import Request, Series, assign
book, name, shared = sys.argv[1:]
for turn in range(10):
    keys = [f"{name}-{turn}-{row}" for row in range(5)] + [f"{shared}-{turn}"]
    rows = [Request(key, Series("示教", 2005), Location(name)) for key in keys]
    print(*assign(book, rows), flush=True)
"""


def worker(book: Path, name: str) -> subprocess.Popen[str]:
    script = [sys.executable, "-c", WORKER, str(book), name, "shared"]
    return subprocess.Popen(script, stdout=subprocess.PIPE, text=True)


def test_eight_programs_at_once_leave_no_gap_and_give_no_number_twice(book: Path) -> None:
    workers = [worker(book, str(index)) for index in range(8)]
    turns = [
        [[int(word) for word in line.split()] for line in running.communicate()[0].splitlines()]
        for running in workers
    ]
    assert [running.returncode for running in workers] == [0] * 8
    own = [serial for of_one in turns for turn in of_one for serial in turn[:5]]
    shared = [{of_one[turn][5] for of_one in turns} for turn in range(10)]
    assert [len(serials) for serials in shared] == [1] * 10  # one row, though eight asked for it
    assert sorted([*own, *(serial for [serial] in shared)]) == list(range(1, 411))
    assert all(turn[:5] == sorted(turn[:5]) for of_one in turns for turn in of_one)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
def test_programs_killed_at_any_moment_leave_a_register_without_gap_or_double(book: Path) -> None:
    for round_ in range(6):
        running = worker(book, str(round_))
        assert running.stdout is not None
        for _ in range(round_):
            running.stdout.readline()
        running.send_signal(signal.SIGKILL)
        running.wait()
        running.stdout.close()
    again = [worker(book, str(round_)) for round_ in range(6)]
    given = [int(word) for running in again for word in running.communicate()[0].split() if word]
    assert len(given) == 6 * 60
    assert sorted(set(given)) == list(range(1, 6 * 50 + 10 + 1))
    assert [entry.serial for entry in entries(book)] == list(range(1, 6 * 50 + 10 + 1))


def test_a_register_that_others_use_for_too_long_is_named(book: Path) -> None:
    hint = "wait until it has finished, then run the same command again"
    with numbering(book), pytest.raises(NoticeError) as error:
        assign(book, requests("a"), patience=0.05)
    assert complaints(error) == [
        f"{book}: B051 another program has been using the register for too long ({hint})"
    ]


# --- files that are none -------------------------------------------------------------------------


def foreign_database(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE people (name)")
    connection.close()


def damaged_register(path: Path) -> None:
    assign(path, [request(str(index)) for index in range(500)])
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    path.write_bytes(content)


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.write_text("示教〔2005〕1号\n" * 100, encoding="utf-8"),
        lambda path: path.write_bytes(b"PK\x03\x04" + bytes(2000)),
        foreign_database,
        damaged_register,
    ],
    ids=["text", "zip", "another program's", "damaged"],
)
def test_a_file_that_is_no_register_is_named_and_stays_as_it_is(
    book: Path, make: Callable[[Path], object]
) -> None:
    make(book)
    before = book.read_bytes()
    for use in (lambda: assign(book, requests("a")), lambda: entries(book)):
        with pytest.raises(NoticeError) as error:
            use()
        assert complaints(error) == [
            f"{book}: B050 not a register of document numbers, or a damaged one"
            " (name another file, or restore it)"
        ]
    assert book.read_bytes() == before


def test_a_register_of_a_newer_version_is_not_touched(book: Path) -> None:
    assign(book, requests("a"))
    with sqlite3.connect(book) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(NoticeError) as error:
        assign(book, requests("b"))
    assert complaints(error) == [
        f"{book}: B050 the register was written by a newer noticegen (install that version)"
    ]


def test_a_register_that_is_not_there_is_not_made_by_looking_at_it(book: Path) -> None:
    with pytest.raises(NoticeError) as error:
        entries(book)
    assert complaints(error) == [
        f"{book}: B003 there is no such file (check its name; “register reserve” and “--register”"
        " make a new one)"
    ]
    assert not book.exists()


def test_a_folder_that_is_not_there_is_no_place_for_a_register(tmp_path: Path) -> None:
    book = tmp_path / "none" / "numbers.db"
    with pytest.raises(NoticeError) as error:
        assign(book, requests("a"))
    assert complaints(error) == [
        f"{book}: B052 the register cannot be opened (check its name, its folder and its rights)"
    ]


READER = """
import os, sys
from generator.problems import Location, NoticeError
from generator.register import Request, Series, assign, entries
if os.getuid() == 0:
    os.setuid(65534)  # the rights of a file do not bind root
print(*(entry.number for entry in entries(sys.argv[1])))
try:
    assign(sys.argv[1], [Request("b", Series("示教", 2005), Location(""))])
except NoticeError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_a_register_that_may_only_be_read_is_read() -> None:
    with tempfile.TemporaryDirectory() as name:
        book = Path(name) / "numbers.db"
        assign(book, requests("a"))
        book.chmod(0o444)
        book.parent.chmod(0o555)
        run = subprocess.run(
            [sys.executable, "-c", READER, str(book)], capture_output=True, text=True, check=True
        )
        book.parent.chmod(0o755)
    assert run.stdout.splitlines() == [
        "示教〔2005〕1号",
        f"{book}: B052 the register can only be read (check its name, its folder and its rights)",
    ]
