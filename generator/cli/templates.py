"""`list`, `new` and `schema`: what there is, and what an input of it must hold."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli.session import Session, command, common_options, unit_option
from generator.problems import Message, NoticeError

if TYPE_CHECKING:
    from generator.library import Library

_PLAIN = re.compile(r"[\w./（）〔〕《》][\w./（）〔〕《》 -]*(?<! )")
"""Text that YAML reads as it stands."""


@command("list", Message("Show the templates, units and layers."))
@common_options
def list_command(session: Session) -> None:
    library = session.library
    session.say(Message("Templates"))
    session.show_table(
        (Message("name"), Message("kind"), Message("layer"), Message("units with their own")),
        [
            (name, _kind(library, name), _shown(layer.folder), _own_versions(library, name))
            for name, layer in library.templates()
        ],
    )
    if library.units:
        session.say("", Message("Units"))
        session.show_table(
            (Message("unit"), Message("full name"), Message("parent"), Message("layer")),
            [
                (slug, *_name_and_parent(library, slug), _shown(path.parents[2]))
                for slug, path in sorted(library.units.items())
            ],
        )
    session.say("", Message("Layers, nearest first"))
    session.say(*(f"  {session.said(_shown(folder))}" for folder in library.workspaces))


@command("new", Message("Write a commented YAML input to fill in."))
@click.argument("template", metavar="TEMPLATE")
@unit_option
@click.option("-o", "target", metavar="FILE", help=Message("Write it to this file."))
@common_options
def new_command(session: Session, template: str, unit: str | None, target: str | None) -> None:
    from generator.cli.outputs import write_new

    found = session.template(template, unit)
    lines = [f"template: {_as_yaml(_from_folder_of(target, template))}"]
    if unit:
        lines.append(f"unit: {unit}")
    elif found.needs_unit or "unit" in found.given:
        units = "、".join(sorted(session.library.units))
        note = Message("the issuing unit: {units}", units=units or "…")
        lines.append(f"{'unit:':<24}# {session.said(note)}")
    head = "".join(f"{line}\n" for line in lines)
    text = f"{head}\n{found.input_schema().skeleton(session.translate)}"
    if target is None:
        click.echo(text, nl=False)
        return
    write_new(Path(target), text)
    click.echo(target)


@command("schema", Message("Print the JSON Schema of inputs, for editors and forms."))
@click.argument("template", metavar="TEMPLATE")
@unit_option
@common_options
def schema_command(session: Session, template: str, unit: str | None) -> None:
    definition = session.template(template, unit).input_schema().for_editors()
    click.echo(json.dumps(definition, ensure_ascii=False, indent=2, default=float))


def _shown(folder: Path) -> str:
    """A workspace as the user named it; the built-in templates have a name instead."""
    from generator.library.layers import built_in_folder

    return Message("built in") if folder == built_in_folder() else str(folder)


def _from_folder_of(target: str | None, template: str) -> str:
    """The path of a Word document as an input at *target* says it; other names stay."""
    from generator.library.layers import is_word_file

    if target is None or not is_word_file(template):
        return template
    try:
        path = os.path.relpath(template, Path(target).parent)
    except ValueError:  # on another drive of Windows
        return str(Path(template).absolute())
    return Path(path).as_posix()


def _as_yaml(text: str) -> str:
    """*text* as a value in YAML: in quotes unless it is plain."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _kind(library: Library, template: str) -> str:
    """文种, as the nearest template.yaml has it; nothing where that cannot be read."""
    from generator.library import read_file
    from generator.sources import decode, read_yaml

    for layer in library.layers():
        for path in layer.files(template, ["template.yaml"]):
            try:
                value: Any = read_yaml(decode(read_file(path), str(path)), str(path)).value
            except NoticeError:
                return ""
            if kind := value.get("kind", value.get("文种")):
                return str(kind)
    return ""


def _own_versions(library: Library, template: str) -> str:
    """The units that change a template."""
    from generator.library.layers import unit_layers

    return "、".join(
        slug
        for slug in sorted(library.units)
        if any(template in layer.templates for layer in unit_layers(slug, (), library.workspaces))
    )


def _name_and_parent(library: Library, slug: str) -> tuple[str, str]:
    try:
        value: Any = library.unit_source(slug).value
    except NoticeError:
        return "", ""
    name = value.get("name", value.get("全称"))
    return str(name or ""), str(value.get("parent", value.get("上级单位")) or "")
