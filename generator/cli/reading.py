"""Input files as they are read from the command line."""

from __future__ import annotations

from generator.problems import Location, Message, NoticeError, Problem

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
"""How .docx and .xlsx files begin, and .doc and .xls files."""


def read_yaml_file(file: str) -> bytes:
    """The content of an input file. Raises NoticeError where it cannot be YAML."""
    from generator.library import read_file

    data = read_file(file)
    if data.startswith((_ZIP, _OLE)) or file.lower().endswith((".docx", ".doc")):
        raise NoticeError(
            [
                Problem(
                    "B020",
                    Message("an input is a YAML file, not a Word or Excel file"),
                    Location(file),
                    Message("“noticegen new TEMPLATE” writes one to fill in"),
                )
            ]
        )
    return data
