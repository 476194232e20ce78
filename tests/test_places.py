"""Places in a Word template, compact and in words."""

from __future__ import annotations

import pickle

import pytest

from generator.places import PARTS, place, spot, with_words
from generator.problems import Location, Message

CHINESE = {
    "body": "正文",
    "{part} ¶{number}": "{part}第{number}段",
    "{part} ¶{number} (row {row}, column {column})": (
        "{part}第{number}段（表格第{row}行第{column}列）"
    ),
    "text box in the {part}": "{part}文本框",
    "{place} “{words}”": "{place}“{words}”",
}


@pytest.mark.parametrize(
    ("compact", "english", "chinese"),
    [
        (spot("body", 5), "body ¶5", "正文第5段"),
        (
            spot("body", 5, (3, 2)),
            "body ¶5 (row 3, column 2)",
            "正文第5段（表格第3行第2列）",
        ),
        (spot("body", 2, boxed=True), "text box in the body ¶2", "正文文本框第2段"),
        (
            with_words(spot("body", 1), "{{ a?>{ }}"),
            "body ¶1 “{{ a?>{ }}”",
            "正文第1段“{{ a?>{ }}”",
        ),
    ],
)
def test_a_place_can_be_said_in_either_language(compact: str, english: str, chinese: str) -> None:
    where = place("a.docx", compact)
    assert where == Location("a.docx", english)
    assert isinstance(where.spot, Message)
    assert where.spot.said_in(lambda form: CHINESE[form]) == chinese


def test_document_properties_have_no_paragraphs() -> None:
    assert place("a", with_words(spot("properties"), "b")).spot == "document properties “b”"


def test_a_place_in_text_stays_as_it_is() -> None:
    assert place("body.md", "12") == Location("body.md", "12")


def test_what_a_tree_keeps_looks_like_no_tag() -> None:
    kept = with_words(spot("body", 1), "{{ a }}{% b %}{# c #}?>")
    assert "{" not in kept
    assert "?" not in kept


@pytest.mark.parametrize(
    ("text", "start", "end", "words"),
    [
        ("一二三四五六七八{{ a }}一二三四五六七八", 8, 15, "…三四五六七八{{ a }}一二三四五六…"),
        ("一{{ a }}二", 1, 8, "一{{ a }}二"),
        ("{{ " + "长" * 40 + " }}", 0, 46, "{{ " + "长" * 17 + "…" + "长" * 7 + " }}"),
    ],
)
def test_the_words_around_a_tag_are_shown(text: str, start: int, end: int, words: str) -> None:
    assert place("", with_words(spot("body", 1), text, start, end)).spot == f"body ¶1 “{words}”"


def test_a_place_without_its_words() -> None:
    compact = with_words(spot("body", 1), "甲")
    assert place("", compact, words_too=False).spot == "body ¶1"


def test_every_part_has_a_name() -> None:
    assert all(place("", spot(part, 1)).spot == f"{name} ¶1" for part, name in PARTS.items())


def test_a_place_survives_pickling() -> None:
    where = place("a.docx", spot("body", 5, (3, 2)))
    again = pickle.loads(pickle.dumps(where))
    assert again.spot.said_in(lambda form: CHINESE[form]) == "正文第5段（表格第3行第2列）"
