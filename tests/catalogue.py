"""The translation catalogue: gathers the messages of the code and compiles the translations.

    python tests/catalogue.py    adds new messages to the .po file, drops old ones, writes the .mo

Messages are the English forms in `Message("…")`. What is added waits with an empty translation;
`tests/test_catalogue.py` names it.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HOUSE = Path(__file__).parent.parent / "generator"
PO = HOUSE / "locale/zh/LC_MESSAGES/noticegen.po"
MO = PO.with_suffix(".mo")
LONG_AGO = datetime(2005, 1, 1, tzinfo=UTC)
"""The date in the file's head: equal catalogues are equal files."""


def messages() -> Catalog:
    """Every message of the code, with the modules that say it."""
    found = Catalog()
    keywords: dict[str, None] = {"Message": None}
    for file, _, message, _, _ in extract_from_dir(HOUSE, [("**.py", "python")], keywords=keywords):
        found.add(message, locations=[(f"generator/{Path(file).as_posix()}", 0)])
    return found


def translations() -> Catalog:
    """The translations as they stand in the .po file; none where there is no file."""
    text = PO.read_bytes() if PO.exists() else b""
    return read_po(io.BytesIO(text), locale="zh")


def updated() -> Catalog:
    """The translations of the messages that the code has now."""
    catalogue = translations()
    catalogue.update(messages(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.project, catalogue.version, catalogue.fuzzy = "noticegen", "", False
    catalogue.header_comment = "# What noticegen says, in Chinese."
    catalogue.last_translator = catalogue.language_team = ""
    catalogue.creation_date = catalogue.revision_date = LONG_AGO
    for message in catalogue:
        message.flags.clear()
    return catalogue


def compiled(catalogue: Catalog) -> bytes:
    """The .mo file of a catalogue."""
    output = io.BytesIO()
    write_mo(output, catalogue)
    return output.getvalue()


def written(catalogue: Catalog) -> bytes:
    """The .po file of a catalogue."""
    output = io.BytesIO()
    write_po(output, catalogue, width=100, sort_by_file=True, include_lineno=False)
    return output.getvalue()


if __name__ == "__main__":
    PO.parent.mkdir(parents=True, exist_ok=True)
    now = updated()
    PO.write_bytes(written(now))
    MO.write_bytes(compiled(now))
    waiting = [message.id for message in now if message.id and not message.string]
    print(f"{len(now)} messages, {len(waiting)} wait:", *waiting, sep="\n  ")  # noqa: T201
