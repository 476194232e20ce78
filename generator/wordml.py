"""WordprocessingML: the only home of namespaces and `w:` names, and our own serialiser.

A tree holds every Jinja tag as a processing instruction (`tag_node`): `<?v title?>` prints a value,
`<?b for row in rows?>` is a statement, `<?c note?>` a comment. Serialised, such a tree is Jinja
source: canonical prefixes, so that one template's block fits into another's as text, and one
paragraph a line, so that Jinja's line number is the paragraph.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal

from lxml import etree

from generator.package import ATTRIBUTE_ESCAPES, TEXT_ESCAPES

Element = Any
"""An lxml element; processing instructions and comments are elements too."""

TagKind = Literal["v", "b", "c"]
"""A tag prints a value, is a block statement, or is a comment."""

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w10": "urn:schemas-microsoft-com:office:word",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "wp14": "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "wpc": "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas",
}
PREFIXES = {uri: prefix for prefix, uri in NAMESPACES.items()} | {
    "http://www.w3.org/XML/1998/namespace": "xml",
    "http://schemas.openxmlformats.org/package/2006/metadata/core-properties": "cp",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/dc/dcmitype/": "dcmitype",
    "http://www.w3.org/2001/XMLSchema-instance": "xsi",
    "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties": "ep",
    "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties": "op",
    "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes": "vt",
}
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

OURS = "urn:noticegen"
"""The namespace of notes that front ends leave in a tree; never serialised."""
DOUBTFUL = f"{{{OURS}}}doubtful"
"""The attribute of a tree with a statement of which nobody knows what it was to be."""
SPOT = f"{{{OURS}}}spot"
"""The attribute of a paragraph or row that says where it stands in the template's file."""

_SPOT_END = "\U0010fffd"


def qualified(name: str) -> str:
    """The lxml name of a prefixed one: `w:p` → `{http://…/main}p`."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def w(local: str) -> str:
    """The lxml name of a WordprocessingML name without its prefix: `p` → `{http://…/main}p`."""
    return f"{{{NAMESPACES['w']}}}{local}"


def make(
    name: str, attributes: Mapping[str, str] | None = None, /, *children: Element, text: str = ""
) -> Element:
    """A new element, from prefixed names: `make("w:jc", {"w:val": "center"})`."""
    attributes = attributes or {}
    # What `Requires` names are prefixes, which must be known where it stands (29500-3, 7.5).
    prefixes = (name.partition(":")[0], *attributes.get("Requires", "").split())
    element = etree.Element(qualified(name), nsmap={each: NAMESPACES[each] for each in prefixes})
    for key, value in attributes.items():
        element.set(qualified(key) if ":" in key else key, value)
    element.extend(children)
    if text:
        element.text = text
    return element


def make_text(text: str = "", *content: Element) -> Element:
    """A `w:t` that keeps its spaces; *content* are tag nodes, whose tails are text."""
    element = make("w:t", None, *content, text=text)
    element.set(XML_SPACE, "preserve")
    return element


def tag_node(kind: TagKind, code: str, spot: str = "") -> Element:
    """A Jinja tag as a node: *code* is what stands between the delimiters, *spot* where."""
    return etree.ProcessingInstruction(kind, f"{spot}{_SPOT_END}{code.strip()}")


def is_tag(node: Element) -> bool:
    """Whether *node* is a Jinja tag."""
    return isinstance(node, etree._ProcessingInstruction) and node.target in ("v", "b", "c")


def tag_code(node: Element) -> str:
    """What stands between the delimiters of a tag node."""
    return str(node.text or "").partition(_SPOT_END)[2]


def tag_spot(node: Element) -> str:
    """Where a tag node stands in its template's file."""
    return str(node.text or "").partition(_SPOT_END)[0]


def tags_in(root: Element) -> Iterator[Element]:
    """Every tag node below *root*, in document order."""
    return (node for node in root.iter(etree.PI) if is_tag(node))


def remove(node: Element) -> None:
    """Take *node* out of its parent; the text that follows it stays."""
    parent, before, tail = node.getparent(), node.getprevious(), node.tail
    node.tail = None
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(node)


# --- serialising ---------------------------------------------------------------------------------

_PART_ROOTS = frozenset(map(w, ("document", "hdr", "ftr", "footnotes", "endnotes", "comments")))
_LINE_ENDS = frozenset(map(w, ("p", "tr", "sectPr", "tblPr", "tblGrid", "trPr")))
_CHOICE = qualified("mc:Choice")
_IN_LINE = frozenset(map(w, "t instrText p r hyperlink fldSimple dir bdo rt rubyBase".split()))
_IGNORABLE = ("w14", "w15", "wp14")
_DROPPED = frozenset(  # what no two elements may have in common, and nothing needs
    map(qualified, "w14:paraId w14:textId w14:anchorId wp14:anchorId wp14:editId".split())
)

AttributeText = Callable[[Element, str, str], str | None]
"""Gives the ready source text of an attribute (element, name, value), or None for plain text."""


ValueCode = Callable[[Element], str]
"""Gives the code of a tag that prints a value, as it stands in the source."""


class Source:
    """Serialised XML under construction: text, and where each of its lines comes from."""

    def __init__(
        self, attribute_text: AttributeText | None = None, value_code: ValueCode = tag_code
    ) -> None:
        self.spots: list[str] = [""]
        """The spot of each line, first line first."""
        self._pieces: list[str] = []
        self._attribute_text = attribute_text
        self._value_code = value_code

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    def put(self, text: str) -> None:
        """Append *text*, which holds no line end."""
        self._pieces.append(text)

    def end_line(self) -> None:
        self._pieces.append("\n")
        self.spots.append(self.spots[-1])

    def put_tree(self, root: Element, declared: frozenset[str] | None = None) -> None:
        """Append *root* and all below it; *declared* namespaces need no declaration."""
        if declared is None:
            self.put('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>')
            self.end_line()
        self._put_node(root, declared or frozenset())

    def put_content(self, container: Element) -> None:
        """Append what stands in *container*, to be spliced where all our namespaces are known."""
        declared = frozenset(NAMESPACES.values())
        self._put_text(container, container.text)
        for child in container:
            self._put_node(child, declared)
            self._put_text(container, child.tail)

    def _put_node(self, node: Element, declared: frozenset[str]) -> None:
        if is_tag(node):
            self._put_tag(node)
        elif isinstance(node.tag, str):
            self._put_element(node, declared)

    def _put_tag(self, node: Element) -> None:
        parent = node.getparent()
        of_its_own = parent is None or (
            parent.tag not in _IN_LINE and _namespace(parent.tag) == NAMESPACES["w"]
        )
        if of_its_own and tag_spot(node):
            self.spots[-1] = tag_spot(node)
        code = (self._value_code(node) if node.target == "v" else tag_code(node)).replace("\n", " ")
        if code[:1] in ("-", "+"):  # right after its delimiter Jinja takes it for something else
            code = f" {code}"
        spot = tag_spot(node)
        if not of_its_own and spot and spot != self.spots[-1]:
            # A line end in a tag prints nothing: what fails is named at its own tag.
            self.put(f"<?{node.target} ")
            self.end_line()
            self.spots[-1] = spot
            self.put(f"{code} ?>")
        else:
            self.put(f"<?{node.target} {code} ?>")
        if of_its_own:
            self.end_line()

    def _put_element(self, element: Element, declared: frozenset[str]) -> None:
        name = _name(element.tag)
        head = [name]
        if element.tag in _PART_ROOTS:
            head += [f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items()]
            head.append(f'mc:Ignorable="{" ".join(_IGNORABLE)}"')
            declared = declared | frozenset(NAMESPACES.values())
        used = {_namespace(element.tag)} | {_namespace(key) for key in element.attrib}
        if element.tag == _CHOICE:
            used |= {element.nsmap.get(prefix, "") for prefix in _required(element)}
        for uri in sorted(used - declared - {"", OURS, "http://www.w3.org/XML/1998/namespace"}):
            head.append(f'xmlns:{_prefix(uri)}="{uri}"')
            declared = declared | {uri}
        if spot := element.get(SPOT):
            self.spots[-1] = spot
        head += self._attributes(element)
        self.put("<" + " ".join(head))
        if len(element) == 0 and not element.text:
            self.put("/>")
        else:
            self.put(">")
            self._put_text(element, element.text)
            for child in element:
                self._put_node(child, declared)
                self._put_text(element, child.tail)
            self.put(f"</{name}>")
        if element.tag in _LINE_ENDS:
            self.end_line()

    def _attributes(self, element: Element) -> Iterator[str]:
        for key, value in element.attrib.items():
            local = etree.QName(key).localname
            if _namespace(key) == OURS or key in _DROPPED or local.startswith("rsid"):
                continue
            if key in (qualified("mc:Ignorable"), qualified("mc:MustUnderstand")):
                continue
            if element.tag == _CHOICE and key == "Requires":
                value = " ".join(_prefix(element.nsmap.get(p, p)) for p in _required(element))
            ready = self._attribute_text(element, key, value) if self._attribute_text else None
            yield f'{_name(key)}="{value.translate(ATTRIBUTE_ESCAPES) if ready is None else ready}"'

    def _put_text(self, parent: Element, text: str | None) -> None:
        if text and (text.strip() or parent.get(XML_SPACE) == "preserve" or parent.tag == w("t")):
            self.put(text.translate(TEXT_ESCAPES).replace("\n", "&#10;"))


def _required(choice: Element) -> list[str]:
    """The prefixes of the namespaces that an `mc:Choice` needs (ISO/IEC 29500-3, 7.5)."""
    return str(choice.get("Requires", "")).split()


def _namespace(key: str) -> str:
    return key[1:].partition("}")[0] if key[0] == "{" else ""


def _name(key: str) -> str:
    uri, _, local = key[1:].rpartition("}") if key[0] == "{" else ("", "", key)
    return f"{_prefix(uri)}:{local}" if uri else local


def _prefix(uri: str) -> str:
    """The canonical prefix of a namespace: ours, or one made from its name."""
    return PREFIXES.get(uri) or "x" + hashlib.sha256(uri.encode()).hexdigest()[:6]
