"""Every message can be said in Chinese, with the same values in it."""

from __future__ import annotations

import ast
import gettext
import re
from pathlib import Path
from string import Formatter

import catalogue
import pytest

CATALOGUE = catalogue.translations()
TRANSLATIONS = {str(message.id): str(message.string) for message in CATALOGUE if message.id}
HALF_WIDTH = re.compile(r"[一-龥][,;!?()]|[,;!?()][一-龥]")


def placeholders(form: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(form) if name is not None}


def test_every_message_of_the_code_has_a_translation_and_no_other_is_kept() -> None:
    said = {str(message.id) for message in catalogue.messages() if message.id}
    translated = {form for form, translation in TRANSLATIONS.items() if translation}
    assert said - translated == set(), "python tests/catalogue.py adds them to the .po file"
    assert set(TRANSLATIONS) - said == set(), "python tests/catalogue.py drops them"


def test_a_translation_has_the_placeholders_of_its_message() -> None:
    wrong = {
        form: translation
        for form, translation in TRANSLATIONS.items()
        if translation and placeholders(form) != placeholders(translation)
    }
    assert wrong == {}


def test_translations_use_full_width_punctuation() -> None:
    assert [text for text in TRANSLATIONS.values() if HALF_WIDTH.search(text)] == []


def test_the_compiled_catalogue_is_that_of_the_po_file() -> None:
    assert catalogue.compiled(CATALOGUE) == catalogue.MO.read_bytes(), "python tests/catalogue.py"


def test_the_standard_library_reads_the_catalogue() -> None:
    with catalogue.MO.open("rb") as file:
        chinese = gettext.GNUTranslations(file).gettext
    assert chinese("the file is empty") == TRANSLATIONS["the file is empty"]
    assert chinese("not a message") == "not a message"


@pytest.mark.parametrize(
    "module", sorted(catalogue.HOUSE.rglob("*.py")), ids=lambda path: path.stem
)
def test_messages_are_written_out_so_that_the_catalogue_finds_them(module: Path) -> None:
    calls = [
        node
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Message"
        and module.name != "problems.py"  # makes one anew when it is unpickled
    ]
    hidden = [
        ast.unparse(call)
        for call in calls
        if not (call.args and isinstance(call.args[0], ast.Constant))
    ]
    assert hidden == []
