"""`show`: a template as text, and the layer that each of its blocks comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli.session import Session, command, common_options, unit_option
from generator.problems import Message, NoticeError

if TYPE_CHECKING:
    from generator.library import Library, Template

Json = Mapping[str, Any]

BUILT_IN, LAYOUT = "built-in:", "layout:"
"""What stands before the files that ship, and before a layout, which is code."""

_TYPES = {
    "string": Message("text"),
    "integer": Message("a whole number"),
    "number": Message("a number"),
    "boolean": Message("true or false"),
    "array": Message("a list"),
    "object": Message("keys and values"),
}


@command("show", Message("Show a template as text, block by block."))
@click.argument("template", metavar="TEMPLATE")
@unit_option
@common_options
def show_command(session: Session, template: str, unit: str | None) -> None:
    from generator.library.layers import is_word_file

    if is_word_file(template):
        _show_word_file(session, template)
        return
    found = session.library.template(template, unit)
    texts = {
        _shown(file): _text_of(file) for file in found.files if file.endswith((".md", ".docx"))
    }
    layout = _show_settings(session, found, _settings(session.library, template, unit))
    if blocks := list(_blocks(texts, layout)):
        session.say("", Message("Blocks, nearest first"))
        session.show_table((Message("block"), Message("from"), Message("instead of")), blocks)
    if found.compiled.overruled:
        session.say("", *_overruled(found))
    session.say("", Message("Values"))
    if found.schema:
        session.show_table(
            (Message("key"), Message("label"), Message("type"), Message("required")),
            list(_properties(found.schema.definition)),
        )
    else:
        session.say(*(f"  {name}" for name in sorted(found.variables())))
    for file, text in texts.items():
        session.say("", f"—— {file} ——", text.rstrip("\n"))


def _show_word_file(session: Session, file: str) -> None:
    """Print the text of a Word document, and the values that its tags read.

    Neither its own name nor that of its folder: git hands a copy with another name to a text
    conversion, and two equal documents shall give equal texts. What is wrong with its tags is
    said, and does not keep it from being shown.
    """
    from generator.library import compile_docx

    session.say(*_text_of(file).splitlines())
    try:
        variables = compile_docx(file).variables()
    except NoticeError as error:
        session.show_problems(error.problems)
        return
    if variables:
        session.say("", Message("Values"), *(f"  {name}" for name in sorted(variables)))


def _settings(library: Library, template: str, unit: str | None) -> Json:
    """What the template.yaml files of a template say together."""
    from generator.library import read_file
    from generator.library.definitions import read_definition
    from generator.sources import decode, read_yaml

    files = [
        path for layer in library.layers(unit) for path in layer.files(template, ["template.yaml"])
    ]
    sources = [read_yaml(decode(read_file(path), str(path)), str(path)) for path in files]
    return read_definition(sources).values


def _show_settings(session: Session, template: Template, settings: Json) -> str:
    """Print what the template says about itself; the name of its layout, `""` without one."""
    layout = str(settings.get("layout") or "document") if template.needs_unit else ""
    annexes = settings.get("annexes") or {}
    said = [
        (Message("template"), template.name),
        (Message("unit"), template.unit),
        (Message("kind"), template.kind),
        (Message("layout"), layout),
        (Message("issued by"), "、".join(template.issuers)),
        (Message("title"), settings.get("title")),
        (Message("document number"), settings.get("number")),
        (Message("file name"), settings.get("file_name")),
        *((Message("annex “{key}”", key=key), title) for key, title in annexes.items()),
        *((Message("waived: {code}", code=code), why) for code, why in template.waivers.items()),
    ]
    lines = [(session.said(name), str(value)) for name, value in said if value]
    from generator.reporting import aligned

    session.say(*aligned(lines))
    return layout


def _overruled(template: Template) -> Iterator[Message]:
    """A line for each file some of whose styles are not those of the documents."""
    for each in template.compiled.overruled:
        yield Message(
            "Styles of {file} for which a template further out has its own, which wins: {styles}",
            file=_shown(each.file),
            styles="、".join(each.styles),
        )


def _blocks(texts: Mapping[str, str], layout: str) -> Iterator[Sequence[str]]:
    """Each block: its name, where its nearest version stands, and where those behind it do."""
    from generator.layouts import BLOCKS

    places: dict[str, list[str]] = {}
    for file, text in texts.items():
        for name, line in _blocks_in(text, is_child=layout != "" and "body.md" in file):
            places.setdefault(name, []).append(f"{file}:{line}")
    for name in BLOCKS.get(layout, BLOCKS["document"]) if layout else ():
        places.setdefault(name, []).append(f"{LAYOUT}{layout}")
    for name, (nearest, *others) in places.items():
        yield name, nearest, " ◂ ".join(others)


def _blocks_in(text: str, *, is_child: bool) -> Iterator[tuple[str, int]]:
    """The blocks of a body and their lines; one that fills a layout is its block `body`."""
    from generator.tagging import keyword, scan

    tags = [(keyword(tag.code), tag) for tag in scan(text) if tag.kind == "b"]
    blocks = [
        (tag.code.split()[1], text.count("\n", 0, tag.start) + 1)
        for word, tag in tags
        if word == "block"
    ]
    extends = any(word == "extends" for word, _ in tags)
    if is_child and not extends and "body" not in dict(blocks):
        yield "body", 1
    yield from blocks


def _properties(definition: Json, prefix: str = "") -> Iterator[tuple[str, str, str, str]]:
    """Key, label, type and need of each property, those of items and objects after their own."""
    required = definition.get("required", ())
    for key, inner in definition.get("properties", {}).items():
        needed = Message("yes") if key in required else ""
        kind = _TYPES.get(inner.get("type"), "")
        if inner.get("format") == "date":
            kind = Message("a date")
        yield f"{prefix}{key}", inner.get("title", ""), kind, needed
        if inner.get("type") == "array":
            yield from _properties(inner.get("items", {}), f"{prefix}{key}[].")
        else:
            yield from _properties(inner, f"{prefix}{key}.")


def _shown(file: str) -> str:
    """A file as the user would type it; of the built-in templates what is below their folder."""
    from generator.library.layers import built_in_folder

    path, built_in = Path(file), built_in_folder()
    if path.is_relative_to(built_in):
        return f"{BUILT_IN}{path.relative_to(built_in).as_posix()}"
    return file


def _text_of(file: str) -> str:
    """The text of a body."""
    from generator.library import read_file
    from generator.sources import decode

    data = read_file(file)
    if Path(file).suffix == ".md":
        return decode(data, file)
    from generator.outline import outline

    return outline(data, file)
