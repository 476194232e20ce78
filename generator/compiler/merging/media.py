"""The pictures of a package, and those that others add to it: each is stored once."""

from __future__ import annotations

from collections.abc import Mapping

from generator.compiler.members import with_types

_FOLDER = "word/media/"


class Media:
    """The pictures of an outer package."""

    def __init__(self, members: Mapping[str, bytes]) -> None:
        self._names = {
            data: name for name, data in sorted(members.items()) if name.startswith(_FOLDER)
        }
        self._taken = {name.lower() for name in members}
        self._types: dict[str, str] = {}
        self._added: dict[str, bytes] = {}
        self._next = 1

    def name_of(self, data: bytes, ending: str, kind: str) -> str:
        """The name of the picture *data* in this package: `word/media/…`.

        A new one ends in *ending* and gets the content type *kind*.
        """
        if data not in self._names:
            name = self._fresh_name(ending)
            self._names[data] = name
            self._added[name] = data
            self._types[name] = kind
        return self._names[data]

    def _fresh_name(self, ending: str) -> str:
        shown = ending if ending[1:].isascii() and ending[1:].isalnum() else ""
        while (name := f"{_FOLDER}picture{self._next}{shown}").lower() in self._taken:
            self._next += 1
        self._next += 1
        return name

    def added_to(self, members: Mapping[str, bytes]) -> dict[str, bytes]:
        """*members* with what was added, and its content types."""
        return with_types({**members, **self._added}, self._types)
