"""The units of a library: the folders of their settings, and what those say."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from generator.library.layers import UNIT, missing, read_file
from generator.problems import Location, Message, NoticeError, Problem
from generator.sources import Source, decode, read_yaml

MAX_PARENTS = 10


class Units:
    """The units of workspaces, the nearest of which comes first."""

    def __init__(self, workspaces: Sequence[Path]) -> None:
        self._workspaces = tuple(workspaces)

    def __getstate__(self) -> dict[str, Any]:
        """Where they stand; which there are is asked again."""
        return {"_workspaces": self._workspaces}

    @cached_property
    def files(self) -> dict[str, Path]:
        """The unit.yaml of each unit, by its slug; the nearest workspace wins."""
        found: dict[str, Path] = {}
        for workspace in self._workspaces:
            for path in sorted(workspace.glob("units/*/unit.yaml")):
                found.setdefault(path.parent.name, path)
        return found

    def source(self, slug: str, where: Location | None = None) -> Source:
        """What a unit's unit.yaml says, untyped. Raises NoticeError where there is no such unit."""
        if slug not in self.files:
            raise missing(UNIT, slug, self.files, where or Location(""))
        path = self.files[slug]
        return read_yaml(decode(read_file(path), str(path)), str(path))

    def chain(self, slug: str, where: Location | None = None) -> list[tuple[str, Source]]:
        """A unit, its parent, that one's parent …, each with what its unit.yaml says."""
        chain: list[tuple[str, Source]] = []
        asked: str | None = slug
        while asked:
            if asked in dict(chain) or len(chain) > MAX_PARENTS:
                message = Message("the unit “{unit}” is its own parent", unit=asked)
                raise NoticeError([Problem("B004", message, where or Location(""))])
            source = self.source(asked, where)
            chain.append((asked, source))
            value: Any = source.value
            parent = value.get("parent", value.get("上级单位"))
            asked, where = parent, source.place(("parent",))
        return chain
