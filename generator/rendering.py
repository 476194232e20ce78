"""A compiled template and values → the bytes of a document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from generator.package import write
from generator.runtime.compiled import CompiledTemplate
from generator.runtime.failures import PlaceOfValue, nowhere
from generator.runtime.relationships import ReadFile, read_none


def render(
    template: CompiledTemplate,
    values: Mapping[str, Any],
    clock: Callable[[], float] | None = None,
    read: ReadFile = read_none,
    place_of_value: PlaceOfValue = nowhere,
) -> bytes:
    """The `.docx` that *template* makes of *values*; *clock* gives seconds for the deadline.

    *read* gives the content of the files that values name, such as pictures. Raises NoticeError
    with the place in the template and, by *place_of_value*, that of the value.
    """
    contents, wanted = template.run(values, clock, read, place_of_value)
    members = zip(template.parts, contents, strict=True)
    if template.relationships is None or wanted is None:
        return write(template.packed, members)
    return write(template.packed, [*members, *template.relationships.members(wanted)])
