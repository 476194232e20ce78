"""Values become run content here, and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set

from jinja2 import StrictUndefined, Undefined

from generator.package import ATTRIBUTE_ESCAPES, TEXT_ESCAPES
from generator.problems import Message
from generator.runtime.budget import pay
from generator.schema import Worded


class Fragment(str):
    """Run content that our own builders made: the only thing that passes unescaped."""

    __slots__ = ()


Place = tuple[str, str | None, bool]
"""Where a tag stands: its run's properties and, of a tag alone in its paragraph, the paragraph's.

The properties are XML, one element a line; None for the paragraph's where it holds more than the
tag. Then whether the run stands in a link.
"""


class Rich(Worded):
    """A value that is more than text: it prints run content, or runs, of its own."""

    __slots__ = ()

    def printed(self, place: Place) -> str:
        """The content for a `w:t` at *place*; it may close the `w:t` and what is around it."""
        raise NotImplementedError


class ValueRefused(Exception):  # noqa: N818 - it is about a value, not about the program
    """A value that cannot stand in a document."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message)


class Missing(StrictUndefined):
    """A value that is not there: whatever uses it fails, and says which it is."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> Message:  # what UndefinedError carries
        name, holder = self._undefined_name, self._undefined_obj
        if self._undefined_hint or not isinstance(name, str):
            detail = super()._undefined_message
            return Message("a value is not there: {detail}", detail=detail)
        return not_there(name, holder if isinstance(holder, dict) else {})


def not_there(name: str, holder: Mapping[str, object]) -> Message:
    """What to tell of a value that a template asks for and *holder*, a row or the like, lacks."""
    if holder:
        keys = "、".join(map(str, list(holder)[:_KEYS_SHOWN]))
        return Message("“{name}” is not there; there are: {keys}", name=name, keys=keys)
    return Message("the template asks for “{name}”, which is not there", name=name)


_KEYS_SHOWN = 12
_SHORT = 200
"""Characters that a tag prints at no cost."""
# What needs a second look: hyphens, XML's signs, quotation marks, line ends, tabs, what XML cannot
# carry.
_SPECIAL = re.compile('[-\x00-\x1f"&<>\ud800-\udfff\ufffe\uffff]')
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
TAB = '</w:t><w:tab/><w:t xml:space="preserve">'
# Of a telephone number, which is not broken over lines. U+2011 would change the font in Word.
HYPHEN = '</w:t><w:noBreakHyphen/><w:t xml:space="preserve">'
_TELEPHONE = re.compile("(?<![0-9-])(0[0-9]{2,3})-([0-9]{7,8})(?![0-9-])")
_UNESCAPED = (("<", "&lt;"), (">", "&gt;"), ("\r", "&#13;"), ("\n", "&#10;"), ("&", "&amp;"))
_is_special = _SPECIAL.search
_CONTAINERS = (list, tuple, Mapping, Set)


def run_text(value: object, place: Place | None = None) -> str:
    """*value* as the content of a `w:t`: Jinja's finalize.

    Line ends and tabs become `w:br` and `w:tab`, the hyphens of telephone numbers
    `w:noBreakHyphen`, None becomes nothing. What is more than text needs to know its *place*.
    Raises ValueRefused for a list or mapping, and for a character that XML cannot carry.
    """
    if value.__class__ is str:
        text: str = value
    elif value.__class__ is Fragment:
        return value
    elif value is None:
        return ""
    elif isinstance(value, Rich):
        if place is None:
            raise ValueRefused(Message("only plain text can stand here"))
        return value.printed(place)
    else:
        text = said(value)
    if _is_special(text) is not None:
        text = _normal(text).translate(TEXT_ESCAPES)
        if "\n" in text or "\t" in text:
            text = text.replace("\n", BREAK).replace("\t", TAB)
        if "-" in text:
            text = _TELEPHONE.sub(rf"\1{HYPHEN}\2", text)
    if len(text) > _SHORT:
        pay(text)
    return text


def plain_text(value: object) -> str:
    """*value* as it stands in a plain text, such as a title; None becomes nothing.

    Raises ValueRefused for a list or mapping.
    """
    text = "" if value is None else said(value)
    if len(text) > _SHORT:
        pay(text)
    return text


def text_of(content: str) -> str:
    """The text of run content: what a `{% set %}` block captured becomes a value again."""
    if "<" in content:
        content = content.replace(BREAK, "\n").replace(TAB, "\t").replace(HYPHEN, "-")
    if "&" in content:
        for sign, escape in _UNESCAPED:
            content = content.replace(escape, sign)
    return content


def plain(value: object) -> Fragment:
    """*value* as text of an element that holds no runs, or of an attribute."""
    if value is None:
        return Fragment("")
    text = said(value)
    if len(text) > _SHORT:
        pay(text)
    if _is_special(text) is None:
        return Fragment(text)
    return Fragment(_normal(text).translate(ATTRIBUTE_ESCAPES))


def attribute(value: object) -> Fragment:
    """*value* as a whole attribute: numbers are rounded to integers, as measures are."""
    return plain(round(value) if isinstance(value, float) else value)


def said(value: object) -> str:
    """A value as the text that it prints: booleans as they were typed, numbers unchanged."""
    if value.__class__ is str:
        return value
    if value.__class__ is int:
        return str(value)
    if value is True or value is False:
        return "true" if value else "false"
    if isinstance(value, _CONTAINERS):
        raise ValueRefused(Message("a list or a mapping stands where text belongs"))
    if isinstance(value, bytes):
        raise ValueRefused(
            Message("binary data stands where text belongs; a picture needs the filter “picture”")
        )
    text = str(value)  # raises for what is undefined
    if text.__class__ is not str:
        text = "".join(text)
    if callable(value) and not isinstance(value, Undefined):  # `{{ a if b }}` prints nothing
        raise ValueRefused(Message("a function stands where text belongs"))
    return text


def _normal(text: str) -> str:
    if found := _FORBIDDEN.search(text):
        code = f"U+{ord(found[0]):04X}"
        raise ValueRefused(Message("the character {code} cannot stand in a document", code=code))
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
