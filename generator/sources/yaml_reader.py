"""YAML text → values and places, from the parser's events: no recursion, no typing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

import yaml

from generator.problems import Location, Message, Problem
from generator.sources.nesting import MAX_DEPTH, too_deep
from generator.sources.places import KeyPath, Source, in_order_of_place
from generator.sources.text import UNFIT, unfit_character, unfit_characters

if TYPE_CHECKING:
    from generator.sources.yaml_syntax import Fault

MAX_CHARACTERS = 1_000_000
"""The longest input; a notice of a hundred pages has about 70 000 characters."""

_MAX_FAULTS = 20
_REPLACEMENT = "\ufffd"
_STANDARD_TAGS = "tag:yaml.org,2002:"


def survey(text: str, file: str) -> tuple[Source | None, list[Problem]]:
    """What `generator.sources.survey_yaml` promises."""
    if len(text) > MAX_CHARACTERS:
        message = Message("the file has {count} characters", count=len(text))
        hint = Message("at most {limit} are read", limit=MAX_CHARACTERS)
        return None, [Problem("Y012", message, Location(file), hint)]
    text = text.removeprefix("\ufeff")
    reading, faults = read_with_repairs(UNFIT.sub(_REPLACEMENT, text), file)
    problems = [
        *unfit_characters(text, file),
        *syntax_problems(faults, file),
        *reading.problems,
    ]
    problems = in_order_of_place(problems or _not_a_mapping(reading))
    if faults or not isinstance(reading.value, dict):
        return None, problems
    source = Source(reading.value, reading.places, reading.keys, file, frozenset(reading.quoted))
    return source, problems


def read_with_repairs(text: str, file: str) -> tuple[Reading, list[Fault]]:
    """What *text* holds, and the faults of its syntax.

    A parser stops at its first error. Where the cause is plain and can be put right in place (a
    full-width colon, say), we do so and read on, to tell the next ones in the same run.
    """
    faults: list[Fault] = []
    while True:
        reading = Reading(file)
        fault = reading.gather(text)
        # After a repair, what has no plain cause may well be a consequence of the repair.
        if fault is None or (faults and not fault.repaired):
            return reading, faults
        faults.append(fault)
        if not fault.repaired or len(faults) == _MAX_FAULTS:
            return reading, faults
        text = fault.repaired


def syntax_problems(faults: Iterable[Fault], file: str) -> list[Problem]:
    """The problems (Y001) that *faults* are."""
    return [Problem("Y001", fault.message, fault.location(file), fault.hint) for fault in faults]


def _not_a_mapping(reading: Reading) -> list[Problem]:
    """The problem where the whole is empty, a list or text."""
    if isinstance(reading.value, dict) and reading.value:
        return []
    hint = Message("write one “key: value” on each line")
    place = reading.places.get((), Location(reading.file))
    if isinstance(reading.value, list):
        message = Message("a list stands where keys and values belong")
        return [Problem("Y009", message, place, hint)]
    if reading.value:
        message = Message("text stands where keys and values belong")
        return [Problem("Y009", message, place, hint)]
    return [Problem("Y008", Message("the file is empty"), place, hint)]


@dataclass(slots=True)
class _Container:
    """A list or mapping that is still being read."""

    value: dict[str, object] | list[object]
    path: KeyPath | None
    """None where its key is a problem: it is read for its own problems, then dropped."""
    slot: tuple[str, KeyPath | None] | None = None
    """In a mapping whose value comes next: its key and its path, None if it is to be dropped."""


class Reading:
    """Values, places and problems gathered from the events of one text."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.value: object = None
        self.places: dict[KeyPath, Location] = {}
        self.keys: dict[KeyPath, Location] = {}
        self.quoted: list[KeyPath] = []
        self.problems: list[Problem] = []
        self.open: list[_Container] = []
        self.documents = 0

    def gather(self, text: str) -> Fault | None:
        """Read *text*; returns the fault that ended the reading, if one did."""
        try:
            for event in events(text):
                if not self.take(event):
                    return None
        except yaml.MarkedYAMLError as error:
            from generator.sources.yaml_syntax import explain  # a good file need not pay for it

            return explain(text, error)
        if isinstance(self.value, str):
            from generator.sources.yaml_syntax import explain_text

            return explain_text(text)
        return None

    def take(self, event: yaml.Event) -> bool:
        """Take the next event; whether to read on."""
        if isinstance(event, yaml.NodeEvent):
            self._take_node(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.open.pop()
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
        if self.documents > 1:
            message = Message("a second document begins here")
            hint = Message("one file is one document: delete the line “---”")
            self._report("Y007", message, event, hint)
            return False
        if len(self.open) > MAX_DEPTH:
            self.problems.append(too_deep(self._location(event)))
            return False
        return True

    def _take_node(self, event: yaml.NodeEvent) -> None:
        """Take the beginning of a node: a scalar, an alias, or what opens a list or mapping."""
        self._refuse_references(event)
        parent = self.open[-1] if self.open else None
        if parent and isinstance(parent.value, dict) and parent.slot is None:
            self._take_key(parent, event)
        else:
            self._take_value(parent, event)

    def _take_key(self, parent: _Container, event: yaml.NodeEvent) -> None:
        key = event.value if isinstance(event, yaml.ScalarEvent) else ""
        parent.slot = (key, None)
        if isinstance(event, yaml.CollectionStartEvent):
            self._report(
                "Y010",
                Message("a list or mapping stands where a key belongs"),
                event,
                Message("put the text in quotes if it begins with a bracket"),
            )
            self.open.append(_Container(_new_value(event), None))
        elif key in parent.value and parent.path is not None:
            line = self.keys[*parent.path, key].spot.partition(":")[0]
            hint = Message("keep one of them; the first is on line {line}", line=line)
            self._report("Y002", Message("key “{key}” appears twice", key=key), event, hint)
        elif key:
            if parent.path is not None:
                parent.slot = (key, (*parent.path, key))
                self.keys[*parent.path, key] = self._location(event)
        elif isinstance(event, yaml.ScalarEvent):
            hint = Message("write the key, or put the text in quotes")
            self._report("Y010", Message("there is no key before the colon"), event, hint)

    def _take_value(self, parent: _Container | None, event: yaml.NodeEvent) -> None:
        value = _new_value(event) if isinstance(event, yaml.CollectionStartEvent) else _text(event)
        path: KeyPath | None = ()
        if parent is None:
            self.value = value
        elif isinstance(parent.value, list):
            path = None if parent.path is None else (*parent.path, len(parent.value))
            parent.value.append(value)
        elif parent.slot is not None:
            key, path = parent.slot
            parent.slot = None
            if path is not None:
                parent.value[key] = value
        if path is not None and value is not None:
            self.places[path] = self._location(event)
            if isinstance(event, yaml.ScalarEvent) and event.style:
                self.quoted.append(path)
        if isinstance(value, (dict, list)):
            self.open.append(_Container(value, path))

    def _refuse_references(self, event: yaml.NodeEvent) -> None:
        """Report aliases, anchors, tags and characters that came in as escapes such as `\\0`."""
        if isinstance(event, yaml.AliasEvent):
            message = Message("the alias “*{name}” is not read", name=event.anchor)
            hint = Message("write the text itself, in quotes if it begins with “*”")
            self._report("Y005", message, event, hint)
            return
        if event.anchor:
            message = Message("the anchor “&{name}” is not read", name=event.anchor)
            hint = Message("delete it; put text that begins with “&” in quotes")
            self._report("Y005", message, event, hint)
        if isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)) and event.tag:
            tag = event.tag.replace(_STANDARD_TAGS, "!!")
            hint = Message("delete it; put text that begins with “!” in quotes")
            self._report("Y006", Message("the tag “{tag}” is not read", tag=tag), event, hint)
        if isinstance(event, yaml.ScalarEvent):
            unfit = UNFIT.search(event.value.replace("\r", "\0"))
            if unfit:
                place = self._location(event)
                self.problems.append(unfit_character(event.value[unfit.start()], place))

    def _report(self, code: str, message: Message, event: yaml.Event, hint: Message) -> None:
        self.problems.append(Problem(code, message, self._location(event), hint))

    def _location(self, event: yaml.Event) -> Location:
        mark = event.start_mark
        return Location(self.file, f"{mark.line + 1}:{mark.column + 1}" if mark else "")


def events(text: str) -> Iterator[yaml.Event]:
    """The events of *text*, from libyaml where PyYAML was built with it.

    libyaml reads ahead and may give up at brackets that are nested too deeply before it comes to
    those at which we do: then PyYAML's own parser goes on, which is slower.
    """
    given = 0
    try:
        for event in _parsed(yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader, text):
            given += 1
            yield event
    except yaml.MarkedYAMLError as error:
        if "nesting" not in (error.problem or ""):
            raise
        yield from islice(_parsed(yaml.SafeLoader, text), given, None)


def _parsed(loader: Callable[[str], Any], text: str) -> Iterator[yaml.Event]:
    parser = loader(text)
    try:
        while isinstance(event := parser.get_event(), yaml.Event):
            yield event
    finally:
        parser.dispose()


def _new_value(event: yaml.CollectionStartEvent) -> dict[str, object] | list[object]:
    return {} if isinstance(event, yaml.MappingStartEvent) else []


def _text(event: yaml.NodeEvent) -> str | None:
    """The text of a scalar; None for nothing at all, which is not the same as `""`."""
    if not isinstance(event, yaml.ScalarEvent) or not (event.value or event.style):
        return None
    # A block scalar ends with the line break of its last line, which nobody means to print.
    return str(event.value.removesuffix("\n") if event.style in ("|", ">") else event.value)
