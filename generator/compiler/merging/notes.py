"""Footnotes, endnotes and comments that come along: read, and their parts made."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from generator import package
from generator.compiler.bodies import Body, dynamic_part
from generator.compiler.members import PART_TYPES, joined_to, serialised
from generator.compiler.merging.related import left_behind
from generator.compiler.notes import KINDS, Kind
from generator.package import RELATIONSHIPS
from generator.places import place
from generator.problems import Location, Message, Problem
from generator.wordml import SPOT, Element, is_tag, make, remove, w

_ID = w("id")
_SETTINGS = "word/settings.xml"
_SEPARATORS = {"separator": "-1", "continuationSeparator": "0"}
_AFTER_NOTES = frozenset(  # ISO/IEC 29500-1, 17.15.1.78
    map(
        w,
        "endnotePr compat docVars rsids attachedSchema themeFontLang clrSchemeMapping "
        "doNotIncludeSubdocsInStats doNotAutoCompressPictures forceUpgrade captions "
        "readModeInkLockDown smartTagType shapeDefaults doNotEmbedSmartTags decimalSymbol "
        "listSeparator".split(),
    )
)


def read_notes(body: Body) -> list[str]:
    """The parts of notes to which the content of *body* refers, from now on among its parts.

    They keep only these notes; references to notes that are not there go.
    """
    return [kind.part for kind in KINDS if _read(body, kind)]


def _read(body: Body, kind: Kind) -> bool:
    """Whether there are notes of this kind."""
    marks = list(body.content.iter(kind.reference, *kind.ranges))
    root: Element = dynamic_part(body, kind.part) if marks else None
    said = {mark.get(_ID) for mark in marks}
    found = set()
    for note in [] if root is None else list(root):
        if note.tag == kind.note and note.get(_ID) in said and not note.get(w("type")):
            found.add(note.get(_ID))
        else:
            root.remove(note)
    for mark in marks:
        if mark.get(_ID) not in found:
            remove(mark)
    return bool(found)


def misplaced_notes(nodes: Iterable[Element], file: str) -> list[Problem]:
    """The references to notes below *nodes*, which stand in a header, a note or a text box."""
    references = [
        reference
        for node in nodes
        if not is_tag(node)
        for reference in node.iter(*(kind.reference for kind in KINDS))
    ]
    return [misplaced_note(place(file, _spot(reference))) for reference in references]


def misplaced_note(where: Location) -> Problem:
    hint = Message("notes stand only in the text: not in headers, notes and text boxes")
    return left_behind(Message("a note"), where, hint)


def _spot(reference: Element) -> str:
    return next((p.get(SPOT, "") for p in reference.iterancestors(w("p"))), "")


def with_parts(
    members: Mapping[str, bytes], main: str, parts: Collection[str], there: Collection[str]
) -> dict[str, bytes]:
    """*members* with these *parts* of notes, but for what is *there* already; *main* is the text.

    Notes without a line above them get Word's own (17.11.1, 17.11.23).
    """
    result = dict(members)
    for kind in KINDS:
        if kind.part not in parts or kind.part in result or kind.part in there:
            continue
        name = kind.part.rpartition("/")[2].removesuffix(".xml")
        root = make(f"w:{name}", None, *([] if kind.ranges else _separators(kind)))
        result = joined_to(
            result, main, RELATIONSHIPS + name, kind.part, PART_TYPES[name], serialised(root)
        )
        if not kind.ranges and _SETTINGS in result:
            result[_SETTINGS] = _with_separators(result[_SETTINGS], kind)
    return result


def _separators(kind: Kind) -> list[Element]:
    name = kind.note.rpartition("}")[2]
    return [
        make(
            f"w:{name}",
            {"w:type": type, "w:id": id},
            make("w:p", None, make("w:r", None, make(f"w:{type}"))),
        )
        for type, id in _SEPARATORS.items()
    ]


def _with_separators(settings: bytes, kind: Kind) -> bytes:
    """*settings* that name the separators of a kind of notes."""
    root = package.parse(settings)
    name = kind.note.rpartition("}")[2]
    properties = root.find(w(f"{name}Pr"))
    if properties is None:
        properties = make(f"w:{name}Pr")
        own = w(f"{name}Pr")
        after = [node for node in root if node.tag in _AFTER_NOTES - {own} or _is_later(node)]
        root.insert(root.index(after[0]) if after else len(root), properties)
    if properties.find(w(name)) is None:
        properties.extend(make(f"w:{name}", {"w:id": id}) for id in _SEPARATORS.values())
    return serialised(root)


def _is_later(node: Element) -> bool:
    """Whether a setting is of another namespace: those stand behind the notes."""
    return isinstance(node.tag, str) and not node.tag.startswith(w(""))
