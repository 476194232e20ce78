"""A schema as a form: the commented YAML skeleton of an input, and the JSON Schema for editors."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import cast

from generator.columns import padded
from generator.problems import Message
from generator.schema.definition import DIALECT, RESERVED
from generator.schema.reading import inside, label_in, properties_of
from generator.schema.scalars import PICTURE, Definition
from generator.schema.tables import LIST, TABLE

Translate = Callable[[str], str]
_Line = tuple[str, str]
"""A line of YAML and the note behind it."""
_NOTE_COLUMN = 24


def skeleton(definition: Definition, translate: Translate) -> str:
    """The commented YAML skeleton that `generator.schema.Schema.skeleton` promises."""
    lines = _object_lines(definition, translate)
    return "".join(f"{padded(yaml, _NOTE_COLUMN)} # {note}\n" for yaml, note in lines)


def _object_lines(definition: Definition, translate: Translate) -> Iterator[_Line]:
    """The lines of an object's properties: the required ones, then the optional, commented out."""
    properties = properties_of(definition)
    required = cast("list[str]", definition.get("required", []))
    for key in sorted(properties, key=lambda key: key not in required):
        lines = _property_lines(key, properties[key], translate, required=key in required)
        yield from lines if key in required else _behind("# ", lines)


def _property_lines(
    key: str, definition: Definition, translate: Translate, *, required: bool
) -> Iterator[_Line]:
    default = definition.get("default")
    yaml = f"{key}:"
    if isinstance(default, (str, bool, int)) and not required:
        yaml += " " + json.dumps(default, ensure_ascii=False)
    yield yaml, _note(key, definition, translate, required=required)
    if definition.get("type") == "object":
        yield from _behind("  ", _object_lines(definition, translate))
    elif definition.get("type") == "array":
        item = inside(definition, 0)
        more = Message("one item; repeat for more").said_in(translate)
        yield "  -", " · ".join([more, *_example(_first(definition.get("examples")), translate)])
        yield from _behind("    ", _object_lines(item, translate))


def _behind(indent: str, lines: Iterable[_Line]) -> Iterator[_Line]:
    return ((indent + yaml, note) for yaml, note in lines)


def _note(key: str, definition: Definition, translate: Translate, *, required: bool) -> str:
    """What stands behind a key: label, type or choices, need, explanation, example."""
    need = Message("required") if required else Message("optional")
    notes = [
        str(definition.get("title", key)),
        _kind(definition, translate),
        need.said_in(translate),
        *([str(definition["description"])] if "description" in definition else []),
    ]
    if definition.get("type") != "array":
        notes += _example(definition.get("examples"), translate)
    return " · ".join(" ".join(note.split()) for note in notes if note)


def _example(examples: object, translate: Translate) -> list[str]:
    """The first of *examples* in words, if it is a scalar."""
    example = _first(examples)
    if example is None or isinstance(example, (list, dict)):
        return []
    text = json.dumps(example) if isinstance(example, bool) else example
    return [Message("such as {example}", example=text).said_in(translate)]


def _first(values: object) -> object:
    return values[0] if isinstance(values, list) and values else None


def _kind(definition: Definition, translate: Translate) -> str:
    """The type in words; text goes without saying."""
    choices = definition.get("enum")
    if isinstance(choices, list):
        names = "、".join(str(choice) for choice in choices)
        return Message("choose from {names}", names=names).said_in(translate)
    if definition.get("format") == "date":
        return Message("date, written 2005-03-09").said_in(translate)
    if definition.get("format") == PICTURE:
        return Message("a picture: the path of its file").said_in(translate)
    kinds = {
        "integer": Message("a whole number"),
        "number": Message("a number"),
        "boolean": Message("true or false"),
        "array": Message("a list"),
        "object": Message("keys and values"),
    }
    kind = kinds.get(str(definition.get("type")))
    return kind.said_in(translate) if kind else ""


def editors_definition(definition: Definition) -> dict[str, object]:
    """The JSON Schema of a whole input file that `generator.schema.Schema.for_editors` promises."""
    result = _for_editors(definition)
    properties = cast("dict[str, object]", result["properties"])
    for key, label in RESERVED.items():
        properties[key] = {"title": label}
        properties[label] = {"title": key}
    for name in ("from", RESERVED["from"]):
        properties[name] = {**_for_editors(TABLE), **cast("Definition", properties[name])}
    return {"$schema": DIALECT, **result}


def _for_editors(definition: Definition) -> dict[str, object]:
    """*definition* where labels stand beside keys and scalars are what YAML makes of our text."""
    result: dict[str, object] = {
        key: value for key, value in definition.items() if key not in ("required", "$schema")
    }
    kind = definition.get("type")
    if kind == "string" and "format" not in definition and "enum" not in definition:
        # YAML reads 007 and true as no text; here they are.
        result["type"] = ["string", "number", "boolean"]
    elif kind == "boolean":
        result = {**result, "type": ["boolean", "string"], "enum": [True, False, "是", "否"]}
    if isinstance(definition.get("items"), Mapping):
        result["items"] = _for_editors(cast("Definition", definition["items"]))
        result = _or_table(result)
    if "properties" in definition:
        _name_properties_twice(definition, result)
    return result


def _or_table(array: dict[str, object]) -> dict[str, object]:
    """The definition of the list *array*, or of the table in which its items stand."""
    told = {key: value for key, value in array.items() if key in ("title", "description")}
    return {**told, "anyOf": [array, _for_editors(LIST)]}


def _name_properties_twice(definition: Definition, result: dict[str, object]) -> None:
    properties = properties_of(definition)
    twice: dict[str, object] = {}
    for key, member in properties.items():
        twice[key] = _for_editors(member)
        twice.setdefault(label_in(properties, key), twice[key])
    result["properties"] = twice
    required = cast("list[str]", definition.get("required", []))
    if required:
        others = cast("list[object]", definition.get("allOf", []))
        result["allOf"] = [
            *others,
            *(
                {"anyOf": [{"required": [name]} for name in (key, label_in(properties, key))]}
                for key in required
            ),
        ]
