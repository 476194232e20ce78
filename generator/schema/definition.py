"""A schema as a template's author writes it → a complete JSON Schema with typed keywords."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import cast

from generator.problems import Message, NoticeError, Problem
from generator.schema.limits import is_plain_pattern, nearest
from generator.schema.reading import Walk, properties_of
from generator.schema.scalars import PICTURE, Definition, shown
from generator.schema.wording import WORDINGS
from generator.sources import KeyPath, Source, in_order_of_place

DIALECT = "https://json-schema.org/draft/2020-12/schema"
RESERVED = {"template": "模板", "unit": "发文单位", "from": "取自", "trace": "出处"}
"""The keys of an input that are no values of its template, and their labels."""

_TEXT: Definition = {"type": "string"}
_SIZE: Definition = {"type": "integer", "minimum": 0}
_NUMBER: Definition = {"type": "number"}
_TRUTH: Definition = {"type": "boolean"}
_TYPES = ["string", "integer", "number", "boolean", "array", "object"]
_KEYWORDS: dict[str, Definition] = {
    "type": {"type": "string", "enum": _TYPES},
    "title": _TEXT,
    "description": _TEXT,
    "$comment": _TEXT,
    "format": {"type": "string", "enum": ["date", "email", "uri", PICTURE, *WORDINGS]},
    "pattern": _TEXT,
    "required": {"type": "array", "items": _TEXT},
    **dict.fromkeys(("minItems", "maxItems", "minLength", "maxLength"), _SIZE),
    **dict.fromkeys(("minProperties", "maxProperties"), _SIZE),
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), _NUMBER),
    "multipleOf": {"type": "number", "exclusiveMinimum": 0},
    "uniqueItems": _TRUTH,
}
"""The keywords whose values have one type, whatever they describe."""
_SCHEMAS_KEYWORDS = {"anyOf", "oneOf", "allOf"}
_SCHEMAS: Definition = {"type": "array", "minItems": 1}
_COMPOSING = _SCHEMAS_KEYWORDS | {"not"}
_OTHER_KEYWORDS = [
    *sorted(_COMPOSING),
    "properties",
    "additionalProperties",
    "items",
    "const",
    "enum",
    "default",
    "examples",
]
_IMPLIED = {"properties": "object", "items": "array"}


def typed_definition(
    source: Source, path: KeyPath = (), common: Collection[str] = ()
) -> dict[str, object]:
    """The schema that stands at *path* in *source*, whose scalars are all text, as JSON Schema.

    *common* are properties that another schema brings (`joined`): this one may require them, or
    tighten them without saying label and type again. Elsewhere `type` may be left out too:
    `properties` mean an object, `items` an array, and anything else is a string.

    Raises NoticeError with every problem of the schema: a wrong keyword or value (D101…), a
    property without a label (T101), one label twice (T102), a key that is no name (T103) or that
    every input has (T104), a pattern that is no regular expression (T105).
    """
    value: object = source.value
    for step in path:
        value = cast("Mapping[object, object]", value)[step]
    typing = _Typing(source, common)
    definition = typing.definition(value, path)
    typing.check_reserved(definition, path)
    if typing.has_doubtful_patterns and not typing.problems:
        typing.check_patterns(definition, path)
    if typing.problems:
        raise NoticeError(in_order_of_place(typing.problems))
    return definition


def joined(common: Definition, own: Definition) -> dict[str, object]:
    """One object's definition out of two: *own* adds properties to *common* or tightens them."""
    properties = {key: dict(value) for key, value in properties_of(common).items()}
    for key, value in properties_of(own).items():
        properties[key] = {**properties.get(key, {}), **value}
    required = [*_required(common), *_required(own)]
    return {
        **common,
        **own,
        "properties": properties,
        "required": list(dict.fromkeys(required)),
    }


def complete(definition: Definition) -> dict[str, object]:
    """*definition* where nothing that an object does not name may stand in it, at every depth."""
    result = dict(definition)
    if "properties" in definition:
        properties = properties_of(definition)
        result["type"] = "object"
        result["properties"] = {key: complete(value) for key, value in properties.items()}
        result.setdefault("additionalProperties", False)
    for keyword in ("items", "additionalProperties"):
        if isinstance(value := result.get(keyword), Mapping):
            result[keyword] = complete(value)
    return result


class _Typing:
    """The schema of one source while it is typed."""

    def __init__(self, source: Source, common: Collection[str]) -> None:
        self._source = source
        self._common = common
        self._walk = Walk(source.place, source.key_place, typed=False)
        self.problems = self._walk.problems
        self.has_doubtful_patterns = False

    def definition(self, value: object, path: KeyPath, *, whole: bool = True) -> dict[str, object]:
        """The typed form of the schema *value*; one that is not *whole* gets no implied type."""
        if not isinstance(value, dict):
            self._walk.read(value or "", {"type": "object"}, path, str(path[-1]) if path else "")
            return {}
        given: dict[str, object] = {
            keyword: content for keyword, content in value.items() if content is not None
        }
        result: dict[str, object] = {}
        for keyword, content in given.items():
            if keyword in _KEYWORDS:
                where = (*path, keyword)
                result[keyword] = self._walk.read(content, _KEYWORDS[keyword], where, keyword)
            elif keyword not in _OTHER_KEYWORDS:
                self._report_unknown(keyword, path)
        pattern = result.get("pattern")
        self.has_doubtful_patterns |= isinstance(pattern, str) and not is_plain_pattern(pattern)
        if whole and "type" not in result and not _COMPOSING.intersection(given):
            result["type"] = next((_IMPLIED[key] for key in _IMPLIED if key in given), "string")
        self._add_properties(given, result, path)
        self._add_schemas(given, result, path)
        self._add_values(given, result, path)
        return result

    def check_reserved(self, definition: Definition, path: KeyPath) -> None:
        """Report the properties that are called as a reserved key of an input is."""
        for key, member in properties_of(definition).items():
            for name in (key, member.get("title")):
                if name in RESERVED or name in RESERVED.values():
                    message = Message("“{name}” is a key of every input", name=name)
                    self._report("T104", message, (*path, "properties", key))

    def check_patterns(self, definition: Definition, path: KeyPath) -> None:
        """Report the first regular expression that cannot be one."""
        import jsonschema_rs

        try:
            jsonschema_rs.Draft202012Validator(dict(definition))
        except jsonschema_rs.ValidationError as error:
            message = Message("“{text}” is no regular expression", text=shown(error.instance))
            self._report("T105", message, (*path, *error.instance_path), Message("correct it"))

    def _add_properties(
        self, given: Mapping[str, object], result: dict[str, object], path: KeyPath
    ) -> None:
        if "properties" not in given:
            return
        where = (*path, "properties")
        members = self._walk.read(given["properties"], {"type": "object"}, where, "properties")
        if not isinstance(members, dict):
            return
        is_common = self._common if "properties" not in path else ()
        properties = {
            key: self.definition(member, (*where, key), whole=key not in is_common)
            for key, member in cast("Mapping[str, object]", given["properties"]).items()
        }
        result["properties"] = properties
        labels: dict[object, str] = {key: key for key in properties}
        for key, member in properties.items():
            self._check_name(key, member.get("title"), (*where, key), labels, is_common)
        self._check_required(result, (*path, "required"), [*properties, *is_common])

    def _check_name(
        self,
        key: str,
        label: object,
        path: KeyPath,
        labels: dict[object, str],
        common: Collection[str],
    ) -> None:
        """Check a property's key and label; *labels* tells whose each name before it is."""
        if not key.isidentifier() or key.startswith("_"):
            message = Message("the key “{key}” is no name", key=shown(key))
            hint = Message("use letters, digits and “_”, and begin with a letter")
            self._report("T103", message, path, hint)
        if label is None and key not in common:
            message = Message("the property “{key}” has no label", key=key)
            self._report("T101", message, path, Message("add “title: …”"))
        elif label is not None and labels.setdefault(label, key) != key:
            message = Message("“{label}” names two properties", label=label)
            hint = Message("the other is “{key}”; give each its own", key=labels[label])
            self._report("T102", message, (*path, "title"), hint)

    def _check_required(self, result: Definition, path: KeyPath, keys: list[str]) -> None:
        for position, key in enumerate(_required(result)):
            if key not in keys:
                message = Message("“{key}” is required and no property", key=shown(key))
                hint = Message("describe it under “properties”, or take it out of “required”")
                self._report("D101", message, (*path, position), _did_you_mean(key, keys) or hint)

    def _add_schemas(
        self, given: Mapping[str, object], result: dict[str, object], path: KeyPath
    ) -> None:
        """Type the schemas of items and of alternatives."""
        if "items" in given:
            result["items"] = self.definition(given["items"], (*path, "items"))
        if "not" in given:
            result["not"] = self.definition(given["not"], (*path, "not"), whole=False)
        if "additionalProperties" in given:
            others, where = given["additionalProperties"], (*path, "additionalProperties")
            result["additionalProperties"] = (
                self.definition(others, where)
                if isinstance(others, dict)
                else self._walk.read(others, _TRUTH, where, "additionalProperties")
            )
        for keyword in _SCHEMAS_KEYWORDS & given.keys():
            where = (*path, keyword)
            members = self._walk.read(given[keyword], _SCHEMAS, where, keyword)
            if isinstance(members, list):
                result[keyword] = [
                    self.definition(member, (*where, position), whole=False)
                    for position, member in enumerate(cast("list[object]", given[keyword]))
                ]

    def _add_values(
        self, given: Mapping[str, object], result: dict[str, object], path: KeyPath
    ) -> None:
        """Type the values that are given as values of this very schema."""
        plain = {"type": result["type"]} if "type" in result else {}
        for keyword, definition in (
            ("const", plain),
            ("enum", {"type": "array", "items": plain, "minItems": 1}),
            ("default", result),
            ("examples", {"type": "array", "items": result}),
        ):
            if keyword in given:
                # A copy: `result` describes the value and shall not hold it yet.
                where = (*path, keyword)
                result[keyword] = self._walk.read(given[keyword], dict(definition), where, keyword)

    def _report_unknown(self, keyword: str, path: KeyPath) -> None:
        message = Message("unknown key “{key}”", key=shown(keyword))
        hint = _did_you_mean(keyword, [*_KEYWORDS, *_OTHER_KEYWORDS])
        where = self._source.key_place((*path, keyword))
        self.problems.append(Problem("D101", message, where, hint))

    def _report(self, code: str, message: Message, path: KeyPath, hint: str = "") -> None:
        place = self._source.key_place(path)
        self.problems.append(Problem(code, message, place, hint or Message("choose another name")))


def _did_you_mean(name: str, names: list[str]) -> Message | str:
    close = nearest(name, names)
    return Message("did you mean “{name}”?", name=close) if close else ""


def _required(definition: Definition) -> list[str]:
    return cast("list[str]", definition.get("required", []))
