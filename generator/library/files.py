"""The files of a library's layers as one unit sees them: found, read, and remembered."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator.library import keeping
from generator.library.layers import Layer, read_file
from generator.sources import Source, decode, read_yaml


class Files:
    """Finds and reads files in *layers*, and remembers each one that it looked for."""

    def __init__(self, layers: Sequence[Layer]) -> None:
        """*layers*, nearest first."""
        self.layers = layers
        self.digests: dict[str, str] = {}
        """By absolute path what each file held; `""` for one that is not there."""
        self._read: dict[str, None] = {}

    @property
    def those_read(self) -> tuple[str, ...]:
        """The files that were read, in the order in which they were first."""
        return tuple(self._read)

    def note(self, path: Path) -> bool:
        """Remember that *path* was looked for; whether there is such a file."""
        absolute = str(path.resolve())
        if absolute not in self.digests:
            self.digests[absolute] = keeping.digest(path)
        return bool(self.digests[absolute])

    def remember(self, path: Path, data: bytes) -> None:
        """Remember that *path* held *data*, which somebody else has read."""
        self.digests[str(path.resolve())] = keeping.content_digest(data)

    def find_all(self, template: str, names: Sequence[str]) -> list[Path]:
        """The files of these *names* in the folders of a template, nearest first."""
        paths = (layer.folder / template / name for layer in self.layers for name in names)
        return [path for path in paths if self.note(path)]

    def read(self, path: Path) -> bytes:
        """The content of a file. Raises NoticeError where it cannot be read."""
        self._read[str(path)] = None
        return read_file(path)

    def read_yaml(self, path: Path) -> Source:
        """What a YAML file says. Raises NoticeError with what is wrong with it."""
        return read_yaml(decode(self.read(path), str(path)), str(path))
