"""One scalar against its type: text as it was typed, or a value from Python."""

from __future__ import annotations

import calendar
import datetime
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from generator.problems import Location, Message, Problem

Definition = Mapping[str, object]
"""A JSON Schema as plain values, its keywords typed."""
PICTURE = "picture"
"""The `format` of a text that is the path of a picture; from Python its bytes may stand for it."""

_INTEGER = re.compile(r"-?[0-9]{1,18}")
_NUMBER = re.compile(r"-?[0-9]{1,18}\.[0-9]{1,18}")
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_OTHER_DATE = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
_TRUTH = {"true": True, "false": False, "是": True, "否": False}
_SHOWN = 30


class Worded:
    """A value from Python that is more than text and stands for it: `str()` gives its words."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one value, wherever it stands."""

    code: str
    message: Message
    hint: Message | str = ""

    def problem(self, where: Location) -> Problem:
        """It, at its place."""
        return Problem(self.code, self.message, where, self.hint)


def scalar_from_text(text: str, definition: Definition) -> object:
    """The value that *text* means where *definition* holds, or its Fault; untyped, *text* itself.

    Integers are int, numbers int or Decimal (which prints as it was typed), booleans
    `true`/`false`/`是`/`否`; dates stay text.
    """
    match definition.get("type"):
        case "integer":
            return int(text) if _INTEGER.fullmatch(text) else _not_a_whole_number(text)
        case "number":
            if _INTEGER.fullmatch(text):
                return int(text)
            return Decimal(text) if _NUMBER.fullmatch(text) else _not_a_number(text)
        case "boolean":
            return _TRUTH.get(text.lower(), _neither_true_nor_false(text))
    if definition.get("format") == "date":
        return date_fault(text) or text
    return text


def scalar_from_python(value: object, definition: Definition, label: str) -> object:
    """*value* in its plain form (an exact str, a date as ISO text), or its Fault.

    What is Worded stays so where any text may stand; bytes stand where a picture belongs.
    """
    wanted, form = definition.get("type"), definition.get("format")
    is_date, is_picture = form == "date", form == PICTURE
    if is_date and isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()  # what spreadsheets make of a date
    if is_date and isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()
    if isinstance(value, str):
        value = str.__str__(value)
        if is_date and (fault := date_fault(value)):
            return fault
        fits = wanted in ("string", None)
    elif isinstance(value, bool):
        fits = wanted in ("boolean", None)
    elif isinstance(value, int):
        fits = wanted in ("integer", "number", None)
    elif isinstance(value, (float, Decimal)):
        fits = wanted in ("number", None) and math.isfinite(value)
    elif isinstance(value, Worded):
        fits = wanted in ("string", None) and not is_date and not is_picture
    else:
        fits = wanted is None or (is_picture and isinstance(value, bytes))
    kind = str(form) if is_date or is_picture else str(wanted)
    return value if fits else wrong_kind(value, kind, label)


def has_form_of_date(text: str) -> bool:
    """Whether *text* says year, month and day, in whatever form, of a day that exists or not."""
    return _date_parts(text) is not None


def date_in(text: str) -> datetime.date | None:
    """The date that *text* is, in whatever form; None where it is none that exists."""
    try:
        return datetime.date(*parts) if (parts := _date_parts(text)) else None
    except ValueError:
        return None


def date_fault(text: str) -> Fault | None:
    """What keeps *text* from being a date that exists, written 2005-03-09."""
    parts = _date_parts(text)
    if not parts:
        message = Message("“{text}” is not a date", text=shown(text))
        return Fault("D104", message, Message("write year-month-day, such as 2005-03-09"))
    found = date_in(text)
    if found is None:
        year, month, day = parts
        message = Message("the date “{text}” does not exist", text=text)
        if year and 1 <= month <= 12 and day:
            days = calendar.monthrange(year, month)[1]
            return Fault("D104", message, Message("that month has {days} days", days=days))
        return Fault("D104", message, Message("write year-month-day, such as 2005-03-09"))
    if (iso := found.isoformat()) == text:
        return None
    message = Message("the date “{text}” is not in the form 2005-03-09", text=text)
    return Fault("D104", message, Message("write {date}", date=iso))


def _date_parts(text: str) -> tuple[int, int, int] | None:
    """The year, month and day that *text* says; None where it has not the form of a date."""
    found = _ISO_DATE.fullmatch(text) or _OTHER_DATE.fullmatch(text)
    if not found:
        return None
    year, month, day = found.groups()
    return int(year), int(month), int(day)


def wrong_kind(value: object, wanted: str, label: str) -> Fault:
    """The fault of *value* where the type *wanted* belongs."""
    message = Message(
        "“{label}” needs {wanted}, but {found} stands here",
        label=label,
        wanted=_kind_name(wanted),
        found=_kind_name(_kind(value)),
    )
    hint: Message | str = ""
    if isinstance(value, str) and wanted == "array":
        hint = Message("write each item on a line of its own that begins with “- ”")
    elif isinstance(value, str) and wanted == "object":
        hint = Message("write “key: value” lines under it")
        if "：" in value:
            hint = full_width_colon_hint()
    elif wanted == "string" and isinstance(value, bytes):
        hint = Message("a picture needs “format: picture” in the schema")
    elif wanted == "string" and isinstance(value, (list, dict)):
        hint = Message("put text that begins with a bracket or a dash in quotes")
    return Fault("D103", message, hint)


def full_width_colon_hint() -> Message:
    """What to do where “：” stands for the colon of YAML."""
    return Message("write “:” and a space after a key, not “：”")


def shown(value: object) -> str:
    """*value* short enough for a message, on one line."""
    text = " ".join(str(value).split())
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _not_a_whole_number(text: str) -> Fault:
    message = Message("“{text}” is not a whole number", text=shown(text))
    return Fault("D103", message, Message("write digits only, such as 50"))


def _not_a_number(text: str) -> Fault:
    message = Message("“{text}” is not a number", text=shown(text))
    return Fault("D103", message, Message("write digits only, such as 98.5"))


def _neither_true_nor_false(text: str) -> Fault:
    message = Message("“{text}” is neither true nor false", text=shown(text))
    return Fault("D103", message, Message("write true or false, or 是 or 否"))


def _kind(value: object) -> str:
    """The JSON type of *value*, or the name of a Python type that JSON does not have."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, (float, Decimal)) and not math.isfinite(value):
        return str(value)
    kinds: tuple[tuple[type | tuple[type, ...], str], ...] = (
        (str, "string"),
        (int, "integer"),
        ((float, Decimal), "number"),
        (Mapping, "object"),
        ((list, tuple), "array"),
        (Worded, "styled text"),
        (bytes, "bytes"),
    )
    return next((name for kind, name in kinds if isinstance(value, kind)), type(value).__name__)


def _kind_name(kind: str) -> Message | str:
    names = {
        "string": Message("text"),
        "styled text": Message("styled text"),
        "bytes": Message("binary data"),
        PICTURE: Message("a picture"),
        "date": Message("a date"),
        "integer": Message("a whole number"),
        "number": Message("a number"),
        "boolean": Message("true or false"),
        "array": Message("a list"),
        "object": Message("keys and values"),
        "null": Message("nothing"),
    }
    return names.get(kind, kind)
