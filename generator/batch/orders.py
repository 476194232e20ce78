"""What all rows of a batch have in common, and the desk at which a worker opens it."""

from __future__ import annotations

import hashlib
import json
import pickle
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from generator.compiler.patterns import Patterns
from generator.library import Library, Template
from generator.library.layers import is_word_file
from generator.library.organs import others_in
from generator.problems import Location, Message, NoticeError, Problem
from generator.selection import Selection
from generator.sources import Source

NAME = "--name"
_NAMED = Location(NAME)


@dataclass(frozen=True)
class Order:
    """What is asked of every row; it can be pickled."""

    template: str | Template
    """The name of a template, the path of a Word document, or the template itself."""
    library: Library | None = None
    settings: tuple[tuple[str, str], ...] = ()
    """What goes before the values of every row."""
    common: Source | None = None
    """What holds for every row that does not say it itself."""
    where: Selection | None = None
    """What chooses rows; all of them without one."""
    name: Patterns | None = None
    """The pattern of file names, as `name_pattern` gives it; the template's own without one."""
    spare: frozenset[str] = frozenset()
    """The settings that only patterns and expressions need where the template has no such value."""
    register: str | None = None
    """The register that gives rows their serials."""
    version: str = ""
    """The version of noticegen: another one makes all documents anew."""

    def packed(self) -> bytes:
        """The order as it is sent to workers; small, unless a Template itself is in it."""
        return pickle.dumps(self, pickle.HIGHEST_PROTOCOL)


def name_pattern(text: str, where: Location = _NAMED) -> Patterns:
    """The pattern of file names *text*, said at *where*. Raises NoticeError if it is no pattern."""
    return Patterns({NAME: text}, {NAME: where})


@lru_cache(maxsize=8)
def desk(packed: bytes) -> Desk:
    """The desk for an order, opened once in each worker."""
    order: Order = pickle.loads(packed)
    return Desk(order)


class Desk:
    """A worker's own library and templates: each is compiled, or taken up again, once."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self._templates: dict[str | None, Template] = {}
        self._digests: dict[tuple[str | None, ...], bytes] = {}

    @cached_property
    def library(self) -> Library:
        return self.order.library or Library([])

    @property
    def has_one_template(self) -> bool:
        """Whether it is known without a unit: a Word document by itself, or one handed in."""
        return isinstance(self.order.template, Template) or is_word_file(self.order.template)

    def template(self, unit: str | None) -> Template:
        """The template as *unit* has it. Raises NoticeError."""
        if isinstance(self.order.template, Template):
            return self.order.template
        found = self._templates.get(unit)
        if found is None:
            found = self._templates[unit] = self.library.find(self.order.template, unit)
        return found

    def digest(
        self, template: Template, values: Mapping[str, Any], file: str, name: str, where: Location
    ) -> bytes:
        """The digest of all that decides what a row's document is: pictures in *file*, too.

        Raises NoticeError (B112) at *where*, the place of the row, for what cannot be written down.
        """
        others = others_in(values)
        key = (template.unit, *others)
        if key not in self._digests:
            self._digests[key] = _digest((self.order.version, *template.facts(others)))
        pictures = template.pictures_named(values, file or None)
        seen = {picture: _hashed(data).hex() for picture, data in pictures.items()}
        facts = (self._digests[key].hex(), values, name, *filter(None, [seen]))
        try:
            return _digest(facts)
        except (TypeError, ValueError, RecursionError) as error:
            raise NoticeError([_unwritable(error, where)]) from error


def _digest(facts: Iterable[Any]) -> bytes:
    try:
        written = _ENCODER.encode([*facts])
    except TypeError:  # keys of several kinds have no order, and JSON does not know all of them
        written = _ENCODER.encode(_with_named_keys([*facts]))
    return _hashed(written.encode("utf-8", "surrogatepass"))


def _with_named_keys(value: Any) -> Any:
    """*value*, in whose mappings each key is a text that says its type."""
    if isinstance(value, dict):
        return {"".join(_typed(key)): _with_named_keys(each) for key, each in value.items()}
    return [_with_named_keys(each) for each in value] if isinstance(value, list | tuple) else value


def _unwritable(error: Exception, where: Location) -> Problem:
    message = Message("a value of this row cannot be written down: {detail}", detail=str(error))
    return Problem("B112", message, where, Message("give texts, numbers, dates, lists, mappings"))


def _hashed(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()


def _typed(value: object) -> list[str]:
    """A value that JSON does not have: its type and how it is written."""
    return [type(value).__name__, repr(value)]


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=_typed)


def version() -> str:
    """The version of noticegen that is installed; `""` where none is."""
    from importlib import metadata  # 10 ms that workers need not pay

    try:
        return metadata.version("noticegen")
    except metadata.PackageNotFoundError:
        return ""
