"""Link targets that hold tags, and what a template's own relationships come to, before rendering.

Word keeps the target of a link as a relationship of the part. One with tags, often percent-encoded,
is read into the tree, where its element stands: so it may differ on each pass of a loop.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import unquote

from jinja2 import nodes

from generator import package
from generator.compiler.attributes import attribute_text, joined_expression, tags_in_attributes
from generator.compiler.regions import quoted
from generator.package import CONTENT_TYPES, RELATIONSHIPS, Relationship
from generator.runtime.content_types import TYPES_END, TYPES_HEAD, default, override
from generator.runtime.relationships import HEAD, Relationships, entry
from generator.wordml import OURS, Element, is_tag, make, qualified, tag_code, tags_in, w

TARGET = f"{{{OURS}}}target"
"""The attribute of a link's element that holds its target, with tags."""
MEDIUM = f"{{{OURS}}}medium"
"""The attribute of a picture's element that names it among the members of the package."""
_ID, _RELATED = qualified("r:id"), qualified("r:")
_MARKS = ("{{", "{%", "{#")
_TYPES = {
    **{kind: f"image/{kind}" for kind in ("bmp", "gif", "jpeg", "png")},
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""The content type of what a render may add, by its ending."""
_AFTER_SPACING = frozenset(  # ISO/IEC 29500-1, 17.3.1.26
    map(
        w,
        "ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
        "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange".split(),
    )
)
_PRINTS_DRAWING = re.compile(r"\|\s*(?:picture|chart)\b")
_BEGIN = " part_begins"


# --- targets -------------------------------------------------------------------------------------


def read_targets(root: Element, links: Iterable[Relationship], *, every: bool = False) -> set[str]:
    """Write the targets of *links* that hold tags into the elements below *root* that use them.

    With *every*, addresses without tags too. Returns the ids of the relationships that are no
    longer needed.
    """
    targets = {}
    for link in links:
        text = link.target if "{{" in link.target else unquote(link.target)
        is_link = link.type == RELATIONSHIPS + "hyperlink" and link.external
        has_tags = any(mark in text for mark in _MARKS)
        if is_link and (has_tags or (every and not text.startswith("#"))):
            targets[link.id] = text if has_tags else link.target
    if targets:
        for element in root.iter():
            if not is_tag(element) and element.get(_ID) in targets:
                element.set(TARGET, targets[element.get(_ID)])
    return set(targets)


def source_attribute(element: Element, key: str, value: str) -> str | None:
    """The source of an attribute that only a render can know."""
    if key == _ID and (target := element.get(TARGET)) is not None:
        return f"<?v ({joined_expression(target)}) | link_target ?>"
    if key.startswith(_RELATED) and (name := element.get(MEDIUM)) is not None:
        return f"<?v {quoted(name)} | medium ?>"
    return attribute_text(element, key, value)


def make_room(root: Element) -> None:
    """Let paragraphs of Markdown below *root* that print a picture or chart grow with it, in place.

    The lines of the layouts are of one height, which would cut it off (17.3.1.33): now of at least
    that.
    """
    for paragraph in root.iter(w("p")):
        if any(map(prints_drawing, tags_in(paragraph))):
            let_grow(paragraph)


def prints_drawing(tag: Element) -> bool:
    """Whether a tag prints a picture or a chart."""
    return _PRINTS_DRAWING.search(tag_code(tag)) is not None


def let_grow(paragraph: Element) -> None:
    """Let the lines of *paragraph* be higher than its style says, in place."""
    properties = paragraph.find(w("pPr"))
    if properties is None:
        properties = make("w:pPr")
        paragraph.insert(0, properties)
    spacing = properties.find(w("spacing"))
    if spacing is None:
        spacing = make("w:spacing")
        after = [node for node in properties if node.tag in _AFTER_SPACING]
        properties.insert(properties.index(after[0]) if after else len(properties), spacing)
    spacing.set(w("lineRule"), "atLeast")


# --- what a template uses ------------------------------------------------------------------------


def asks_for_relationships(tree: Element) -> bool:
    """Whether what a tree prints may ask for a relationship."""
    return (
        any("picture" in tag_code(tag) for tag in tags_in(tree))
        or asks_for_charts(tree)
        or any("picture" in tag.code for tag, _ in tags_in_attributes(tree))
        or any(
            not is_tag(node) and (TARGET in node.attrib or MEDIUM in node.attrib)
            for node in tree.iter()
        )
    )


def own_relationships(
    members: Mapping[str, bytes],
    parts: Iterable[str],
    dropped: Mapping[str, set[str]],
    *,
    with_charts: bool = False,
) -> Relationships:
    """The relationships of *parts* without those of the ids *dropped*, ready to be completed.

    With charts the content types are, too, for each chart has its own entry.
    """
    heads, used = {}, []
    for part in parts:
        if part.startswith("docProps/"):
            continue
        entries = []
        member = members.get(package.relationships_name(part))
        for node in [] if member is None else package.parse(member).iterchildren("{*}Relationship"):
            said = [node.get(key, "") for key in ("Id", "Type", "Target", "TargetMode")]
            if said[0] not in dropped.get(part, ()):
                used.append(said[0])
                entries.append(entry(*said))
        heads[part] = "".join((HEAD, *entries)) if entries else ""
    used += [name.rpartition("/")[2] for name in members]
    prefix = "value"
    while any(name.startswith(prefix) for name in used):
        prefix += "s"
    types = _content_types(members[CONTENT_TYPES]) if with_charts else ""
    return Relationships(heads, prefix, types)


def asks_for_charts(tree: Element) -> bool:
    """Whether a tree may print a chart."""
    return any("chart" in tag_code(tag) for tag in tags_in(tree))


def static_members(members: Mapping[str, bytes], dynamic: Relationships) -> dict[str, bytes]:
    """*members* without those that a render makes, and with the content types of pictures."""
    made = {CONTENT_TYPES, *map(package.relationships_name, dynamic.heads)}
    static = {name: data for name, data in members.items() if name not in made}
    if not dynamic.content_types:
        types = f"{_content_types(members[CONTENT_TYPES])}{TYPES_END}"
        static[CONTENT_TYPES] = types.encode()
    return static


def _content_types(member: bytes) -> str:
    """The content types, but for their end, with those of what a render may add."""
    root = package.parse(member)
    known = {str(node.get("Extension")).lower() for node in root.iterchildren("{*}Default")}
    entries = [default(end, kind) for end, kind in _TYPES.items() if end not in known]
    for node in root.iterchildren("{*}Default"):
        entries.append(default(node.get("Extension", ""), node.get("ContentType", "")))
    for node in root.iterchildren("{*}Override"):
        entries.append(override(node.get("PartName", ""), node.get("ContentType", "")))
    return "".join((TYPES_HEAD, *entries))


def mark_parts(tree: nodes.Template, parts: Iterable[str]) -> None:
    """Let *tree*, whose parts are parted by NUL, say where each of *parts* begins."""
    names = iter(parts)
    tree.body.insert(0, nodes.Output([_begin(next(names), 1)], lineno=1))
    for output in tree.find_all(nodes.Output):
        found: list[Any] = []
        for node in output.nodes:
            found += _parted(node, names) if isinstance(node, nodes.TemplateData) else [node]
        output.nodes[:] = found


def _parted(node: nodes.TemplateData, names: Any) -> list[nodes.Node]:
    first, *rest = node.data.split("\0")
    pieces: list[nodes.Node] = [nodes.TemplateData(first, lineno=node.lineno)]
    for text in rest:
        pieces.append(_begin(next(names), node.lineno))
        pieces.append(nodes.TemplateData(f"\0{text}", lineno=node.lineno))
    return pieces


def _begin(part: str, line: int) -> nodes.Filter:
    return nodes.Filter(nodes.Const(part, lineno=line), _BEGIN, [], [], None, None, lineno=line)
