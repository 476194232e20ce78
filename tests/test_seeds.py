"""The seeds as documents: what they say, in golden files that were looked at."""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict

import demo
import docx
import pytest
from lxml import etree
from outlines import laid_out, outline
from pytest_regressions.data_regression import DataRegressionFixture
from pytest_regressions.file_regression import FileRegressionFixture

from generator import check, render_file
from generator.inputs import check_input, read_input
from generator.wordml import w


@pytest.mark.parametrize("seed", demo.SEEDS)
def test_what_a_document_says(seed: str, file_regression: FileRegressionFixture) -> None:
    file_regression.check("\n".join(outline(demo.document(seed))) + "\n", encoding="utf-8")


@pytest.mark.parametrize("part", ["document", "footer1", "footer2"])
def test_how_it_is_said_in_wordprocessingml(
    part: str, file_regression: FileRegressionFixture
) -> None:
    xml = laid_out(demo.document("standards-submission"), f"word/{part}.xml")
    file_regression.check(xml + "\n", extension=".xml", encoding="utf-8")


WARNED_OF = {"issue-list": ["R026"]}
"""The term that the speech sets, 3月12日, is a Saturday."""


@pytest.mark.parametrize("seed", demo.SEEDS)
def test_a_seed_has_no_problem_but_what_the_speech_brings_along(seed: str) -> None:
    problems = check(demo.ROOT / "seeds" / f"{seed}.yaml", library=demo.demo())
    assert [problem.code for problem in problems] == WARNED_OF.get(seed, [])
    assert all(problem.level == "warning" for problem in problems)


@pytest.mark.parametrize("seed", demo.SEEDS)
def test_every_input_gives_the_same_bytes_again(seed: str) -> None:
    assert render_file(demo.ROOT / "seeds" / f"{seed}.yaml", demo.demo()) == demo.document(seed)


@pytest.mark.parametrize("seed", demo.SEEDS)
def test_an_independent_reader_opens_the_document(seed: str) -> None:
    opened = docx.Document(io.BytesIO(demo.document(seed)))
    assert len([*opened.element.body.iter(w("p"))]) > 5
    assert opened.core_properties.title
    assert "generator" not in (opened.core_properties.comments or "")


@pytest.mark.parametrize("seed", demo.SEEDS)
def test_no_tool_signs_the_document(seed: str) -> None:
    with zipfile.ZipFile(io.BytesIO(demo.document(seed))) as archive:
        members = b"".join(archive.read(name) for name in archive.namelist()).lower()
    for tool in (b"noticegen", b"python-docx", b"microsoft macintosh", b"libreoffice"):
        assert tool not in members


@pytest.mark.parametrize("seed", demo.SEEDS)
def test_the_traces_are_short_phrases(seed: str) -> None:
    path = demo.ROOT / "seeds" / f"{seed}.yaml"
    found = read_input(path.read_bytes(), str(path), demo.demo())
    assert [problem.code for problem in check_input(found)] == WARNED_OF.get(seed, [])
    assert all(len(entry["phrase"]) <= 20 for entry in found.trace)


@pytest.mark.parametrize("seed", demo.SEEDS)
def test_what_announces_the_text_below_it_ends_in_a_colon(seed: str) -> None:
    assert not [line for line in outline(demo.document(seed)) if "如下。" in line]


FORMS = ["adjustment-proposal", "issue-forecast-form", "issue-report-form", "supervision-order"]


@pytest.mark.parametrize("seed", FORMS)
def test_a_label_of_a_form_breaks_only_where_its_template_says(seed: str) -> None:
    [grid] = docx.Document(io.BytesIO(demo.document(seed))).tables
    labels = {
        cell.text
        for row in grid.rows
        for cell in row.cells
        if cell.paragraphs[0].style.name == "表头"
    }
    assert len(labels) >= 12
    assert {label for label in labels if any(len(line) > 4 for line in label.split("\n"))} == set()


def numbered() -> list[tuple[str, str, str]]:
    """The number, the day and the name of each input among seeds and examples that has a number."""
    inputs = [demo.ROOT / "seeds" / f"{seed}.yaml" for seed in demo.SEEDS]
    documents = []
    for path in [*inputs, demo.ROOT / "examples" / "meeting.yaml"]:
        found = read_input(path.read_bytes(), str(path), demo.demo())
        names = found.template.context(found.values)
        if names.get("document_number"):
            day = found.values["date_of_issue"]
            documents.append((str(names["document_number"]), str(day), path.stem))
    return documents


def test_no_two_documents_have_one_number() -> None:
    numbers = [number for number, _, _ in numbered()]
    assert len(numbers) > 20
    assert sorted(numbers) == sorted(set(numbers))


def test_the_numbers_of_a_series_follow_the_days_of_issue() -> None:
    series = defaultdict(list)
    for number, day, name in numbered():
        if not name.startswith("calibration"):  # a page to hold a ruler to, never sent out
            code, _, serial = number.partition("〔2005〕")
            series[code].append((int(serial.removesuffix("号")), day))
    assert max(map(len, series.values())) >= 8
    for documents in series.values():
        days = [day for _, day in sorted(documents)]
        assert days == sorted(days)


def test_the_county_changes_one_block_and_inherits_the_rest(
    data_regression: DataRegressionFixture,
) -> None:
    county = demo.demo().template("study-week-notice", "county-office")
    city = demo.demo().template("study-week-notice", "city-office")
    values = demo.ROOT / "seeds" / "study-week.yaml"
    found = read_input(values.read_bytes(), str(values), demo.demo())
    said = [
        set(outline(template.document(template.context(found.values)).data))
        for template in (city, county)
    ]
    data_regression.check({"city": sorted(said[0] - said[1]), "county": sorted(said[1] - said[0])})


@pytest.mark.parametrize("seed", demo.SEEDS)
def test_every_run_carries_the_hint_that_keeps_chinese_marks_in_their_font(seed: str) -> None:
    with zipfile.ZipFile(io.BytesIO(demo.document(seed))) as archive:
        names = ("word/document.xml", "word/footer1.xml", "word/footer2.xml")
        parts = [etree.fromstring(archive.read(name)) for name in names]
    for root in parts:
        for run in root.iter(w("r")):
            if run.find(w("t")) is not None or run.find(w("fldChar")) is not None:
                fonts = run.find(f"{w('rPr')}/{w('rFonts')}")
                assert fonts is not None, etree.tostring(run)
                assert fonts.get(w("hint")) == "eastAsia"
