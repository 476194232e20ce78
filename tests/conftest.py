"""Printing for page tests: everything in one LibreOffice, and a loud word where that cannot be."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pages
import pytest
from runs import Ended, Run

from generator.cli import main

REQUIRED = "NOTICEGEN_REQUIRE_PAGES"


@pytest.fixture(scope="session")
def press() -> None:
    """What printing needs: a test that asks for it is skipped on a machine that cannot print."""
    if lacking := pages.missing():
        words = f"page tests need {', '.join(lacking)}"
        if os.environ.get(REQUIRED) == "1":
            pytest.fail(f"{words} ({REQUIRED} is 1)", pytrace=False)
        pytest.skip(words)


@pytest.fixture(scope="session")
def printed(press: None, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, pages.Printed]:
    """The documents that `pages.to_print` was asked for, by name, printed and ready to measure."""
    return pages.print_all(tmp_path_factory.mktemp("printed"))


@pytest.fixture
def noticegen(here: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command line; *here* is the current folder, as the test module makes it."""

    def run(*arguments: str) -> Ended:
        code = main(arguments)
        return Ended(code, *capsys.readouterr())

    return run


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever needs the press is a page test: `pytest -m "not pages"` leaves them all out."""
    for item in items:
        if "press" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.pages)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say aloud that pages were not measured: a skip is easily missed."""
    skipped = [r for r in terminalreporter.getreports("skipped") if "pages" in r.keywords]
    if skipped:
        terminalreporter.section("PAGES WERE NOT MEASURED", sep="!", red=True, bold=True)
        terminalreporter.line(f"{len(skipped)} page tests were skipped. What they need is missing:")
        for lacking in pages.missing():
            terminalreporter.line(f"  * {lacking}")
        terminalreporter.line("`make test` installs it where it may.")
