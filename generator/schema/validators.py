"""jsonschema-rs: when it is needed, and what it is given. Importing it takes 25 ms: only then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from generator.schema.limits import SIMPLE_KEYWORDS
from generator.schema.reading import properties_of
from generator.schema.scalars import Definition
from generator.schema.wording import WORDINGS, is_worded

if TYPE_CHECKING:
    from jsonschema_rs import Draft202012Validator

_TOUCHED_BY_NONE = frozenset(
    "const not anyOf oneOf allOf if then else minProperties maxProperties propertyNames"
    " dependentRequired dependentSchemas $ref".split()
)


def needs_validator(definition: Definition) -> bool:
    """Whether a walk leaves keywords of *definition* to jsonschema-rs."""
    return not all(one.keys() <= SIMPLE_KEYWORDS for one in _definitions(definition))


def none_is_harmless(definition: Definition) -> bool:
    """Whether None may be let in for what is optional without changing another keyword's sense."""
    return not any(_TOUCHED_BY_NONE & one.keys() for one in _definitions(definition))


def strict_validator(definition: Definition) -> Draft202012Validator:
    """The validator of values from which all None is gone."""
    import jsonschema_rs

    return jsonschema_rs.Draft202012Validator(
        dict(definition),
        validate_formats=True,
        formats={wanted: is_worded(wanted) for wanted in WORDINGS},
    )


def lenient_validator(definition: Definition) -> Draft202012Validator:
    """The validator of values in which None may stand for every optional property."""
    return strict_validator(_allowing_none(definition))


def _allowing_none(definition: Definition) -> dict[str, object]:
    """*definition* where None may stand for every optional property."""
    result = dict(definition)
    required = cast("list[str]", definition.get("required", []))
    if "properties" in definition:
        result["properties"] = {
            key: _allowing_none(value) if key in required else _or_none(_allowing_none(value))
            for key, value in properties_of(definition).items()
        }
    for keyword in ("items", "additionalProperties"):
        if isinstance(value := definition.get(keyword), Mapping):
            result[keyword] = _allowing_none(value)
    return result


def _or_none(definition: dict[str, object]) -> dict[str, object]:
    if "type" in definition:
        definition["type"] = [definition["type"], "null"]
    if "enum" in definition:
        definition["enum"] = [*cast("list[object]", definition["enum"]), None]
    return definition


def _definitions(definition: Definition) -> list[Definition]:
    """*definition* and all those inside its properties and items."""
    inside = [*properties_of(definition).values()]
    for keyword in ("items", "additionalProperties"):
        if isinstance(value := definition.get(keyword), Mapping):
            inside.append(value)
    return [definition, *(found for one in inside for found in _definitions(one))]
