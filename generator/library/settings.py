"""What template.yaml says and the body of the template makes nothing of."""

from __future__ import annotations

from collections.abc import Iterator

from generator.layouts import LAYOUTS
from generator.library.definitions import Definition
from generator.library.layers import layout_file
from generator.library.template import Template
from generator.problems import Message, Problem


def unprinted_annexes(template: Template, definition: Definition) -> Iterator[Problem]:
    """The annexes of which a document tells the title and holds nothing (T082)."""
    readings = template.compiled.readings
    for key in template.annexes:
        if not any(f"annexes.{key}.{what}" in readings for what in ("heading", "title")):
            message = Message("the body does not print the annex “{key}”", key=key)
            hint = Message(
                "write “::: annex {key}” … “:::” between “{{% block annexes %}}” and "
                "“{{% endblock %}}”, or take it out",
                key=key,
            )
            where = definition.place("annexes", key)
            yield Problem("T082", message, where, hint, "warning")


def unused_layout(template: Template, definition: Definition) -> Iterator[Problem]:
    """The layout that is named and no body extends: that of Word brings its own pages (T083)."""
    layout: str = definition.values.get("layout") or ""
    files = [name.partition(":")[2] for name in template.compiled.places]
    if not layout or any(_is_of(layout, file) for file in files):
        return
    name = f"layout:{layout}" if layout in LAYOUTS else layout
    yield Problem(
        "T083",
        Message("the body does not extend the layout “{layout}”", layout=layout),
        definition.place("layout"),
        Message(
            'write “{{% extends "{name}" %}}” into its first line, and put its text between '
            "“{{% block body %}}” and “{{% endblock %}}”",
            name=name,
        ),
        "warning",
    )


def _is_of(layout: str, file: str) -> bool:
    """Whether *file*, of a canonical name, is the layout of that name."""
    if layout in LAYOUTS:
        return file in (layout, layout_file(layout))
    return file.startswith(f"{layout}/")
