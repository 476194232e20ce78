"""Small documents and folders, built inline by the tests."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree
from PIL import Image

from generator.compiler.bodies import Body, read_word_body
from generator.compiler.chain import compile_body
from generator.package import pack, write
from generator.problems import Location, Message, NoticeError, Problem
from generator.rendering import render
from generator.runtime.compiled import CompiledTemplate
from generator.tags import mark_tags

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


# --- pieces of a document ------------------------------------------------------------------------


def run(text: str, properties: str = "") -> str:
    """A run of *text*; tabs and the like are not translated."""
    format_ = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{format_}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def bold(text: str) -> str:
    return run(text, "<w:b/>")


def p(*runs: str) -> str:
    """A paragraph of runs; plain strings become runs."""
    return f"<w:p>{''.join(r if r.startswith('<w:') else run(r) for r in runs)}</w:p>"


def cell(*blocks: str) -> str:
    """A table cell; plain strings become paragraphs."""
    return f"<w:tc>{''.join(b if b.startswith('<w:') else p(b) for b in blocks)}</w:tc>"


def row(*cells: str) -> str:
    """A table row; what is no cell becomes one."""
    return f"<w:tr>{''.join(c if c.startswith('<w:tc>') else cell(c) for c in cells)}</w:tr>"


def table(*rows: list[str]) -> str:
    """A table of cells; plain strings become paragraphs."""
    grid = '<w:gridCol w:w="1000"/>' * max(map(len, rows))
    return (
        '<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(row(*cells) for cells in rows)}</w:tbl>"
    )


# --- documents -----------------------------------------------------------------------------------


def docx_with(
    *blocks: str, header: str = "", footer: str = "", parts: Mapping[str, str] | None = None
) -> bytes:
    """A `.docx` whose body holds *blocks* (plain strings become paragraphs).

    *parts* are further members, or replace some of them.
    """
    return zipped(docx_parts(*blocks, header=header, footer=footer) | dict(parts or {}))


def docx_parts(*blocks: str, header: str = "", footer: str = "") -> dict[str, str]:
    """The members of a small `.docx`."""
    members, references, links, overrides = {}, "", "", ""
    for kind, root, content in (("header", "hdr", header), ("footer", "ftr", footer)):
        if not content:
            continue
        inside = content if content.startswith("<w:") else p(content)
        members[f"word/{kind}1.xml"] = (
            f'{HEAD}<w:{root} xmlns:w="{W}" xmlns:r="{R}">{inside}</w:{root}>'
        )
        references += f'<w:{kind}Reference w:type="default" r:id="{kind}"/>'
        links += f'<Relationship Id="{kind}" Type="{R}/{kind}" Target="{kind}1.xml"/>'
        overrides += f'<Override PartName="/word/{kind}1.xml" ContentType="{TYPES}{kind}+xml"/>'
    body = "".join(b if b.startswith("<w:") else p(b) for b in blocks)
    return {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{CONTENT_TYPES}">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{TYPES}document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{TYPES}styles+xml"/>{overrides}'
        "</Types>",
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{RELATIONSHIPS}">'
        f'<Relationship Id="d" Type="{R}/officeDocument" Target="word/document.xml"/>'
        "</Relationships>",
        "word/_rels/document.xml.rels": f'{HEAD}<Relationships xmlns="{RELATIONSHIPS}">'
        f'<Relationship Id="s" Type="{R}/styles" Target="styles.xml"/>{links}</Relationships>',
        "word/styles.xml": f'{HEAD}<w:styles xmlns:w="{W}">'
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
        "</w:styles>",
        "word/document.xml": f'{HEAD}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}'
        f"<w:sectPr>{references}</w:sectPr></w:body></w:document>",
        **members,
    }


def joined_to(
    members: Mapping[str, str], part: str, text: str, kind: str = "", type: str = ""
) -> dict[str, str]:
    """*members* with one more *part* of the document, to which a relationship leads.

    Its *kind* is the part's name, such as `footnotes`, and gives its content *type*.
    """
    kind = kind or part.rpartition("/")[2].partition(".")[0]
    target = part.removeprefix("word/")
    entry = f'<Relationship Id="{kind}0" Type="{R}/{kind}" Target="{target}"/></Relationships>'
    override = (
        f'<Override PartName="/{part}" ContentType="{type or f"{TYPES}{kind}+xml"}"/></Types>'
    )
    changed = {
        part: text,
        "word/_rels/document.xml.rels": ("</Relationships>", entry),
        "[Content_Types].xml": ("</Types>", override),
    }
    return {**members} | {
        name: new if isinstance(new, str) else members[name].replace(*new)
        for name, new in changed.items()
    }


def zipped(members: Mapping[str, str]) -> bytes:
    """A package of *members*."""
    return write(pack({name: text.encode() for name, text in members.items()}), ())


def part(document: bytes, name: str = "word/document.xml") -> str:
    """The text of a part of a document."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return archive.read(name).decode()


def paragraphs(document: bytes, name: str = "word/document.xml") -> list[str]:
    """The text of each paragraph of a part; line breaks and tabs as characters."""
    root = etree.fromstring(part(document, name).encode())
    signs = {f"{{{W}}}br": "\n", f"{{{W}}}tab": "\t"}
    return [
        "".join(
            (node.text or "") if node.tag == f"{{{W}}}t" else signs.get(node.tag, "")
            for node in paragraph.iter()
        )
        for paragraph in root.iter(f"{{{W}}}p")
    ]


def outline(document: bytes, name: str = "word/document.xml") -> list[Any]:
    """The body of a part: a paragraph as its text, a table as rows of cells of these."""
    root = etree.fromstring(part(document, name).encode())
    body = root.find(f"{{{W}}}body")
    return _blocks(root if body is None else body)


def _blocks(box: Any) -> list[Any]:
    found: list[Any] = []
    for node in box:
        if node.tag == f"{{{W}}}p":
            found.append("".join(node.itertext(f"{{{W}}}t")))
        elif node.tag == f"{{{W}}}tbl":
            rows = node.findall(f"{{{W}}}tr")
            found.append([[_blocks(cell) for cell in row.findall(f"{{{W}}}tc")] for row in rows])
    return found


# --- templates -----------------------------------------------------------------------------------

FILE = "template.docx"


def tree(*blocks: str, root: str = "body") -> Any:
    """A tree of blocks whose tags are marked, each paragraph at `body ¶1`, `body ¶2` …"""
    inside = "".join(b if b.startswith("<w:") else p(b) for b in blocks)
    element = etree.fromstring(f'<w:{root} xmlns:w="{W}" xmlns:r="{R}">{inside}</w:{root}>')
    if problems := mark_tags(element, FILE):
        raise NoticeError(problems)
    return element


def compiled(*blocks: str | bytes, **others: str | bytes | list[str]) -> CompiledTemplate:
    """The template of *blocks*, or of one `.docx`; *others* are found by name.

    Another template is a `.docx`, or the blocks of a body without a package.
    """

    def find(name: str, asked: str) -> Body:
        content = others.get(name)
        if content is None:
            message = f"{asked} asks for {name}"
            raise NoticeError([Problem("B001", message, Location(asked))])
        return _body(content, name)

    first = list(blocks) if len(blocks) != 1 else blocks[0]
    return compile_body(_body(first, "template"), find)


def _body(content: Any, name: str) -> Body:
    file = f"{name}.docx"
    if isinstance(content, bytes):
        return read_word_body(content, name, file)
    blocks = [content] if isinstance(content, str) else content
    if name == "template" and "{% extends" not in "".join(blocks):
        return read_word_body(docx_with(*blocks), name, file)
    return Body(name, file, {"": tree(*blocks)})


def rendered(template: CompiledTemplate, **values: Any) -> bytes:
    """The document that a template makes of *values*, within the time that a render may take."""
    return render(template, values, time.monotonic)


def printed(*blocks: str, **values: Any) -> list[str]:
    """The paragraphs that the template of *blocks* prints."""
    return paragraphs(rendered(compiled(*blocks), **values))


def refusal(*blocks: str | bytes, **others: str | bytes | list[str]) -> str:
    """The problems for which the template of *blocks* is not compiled, one a line.

    Places stand without the words around them: `body ¶2`.
    """
    try:
        compiled(*blocks, **others)
    except NoticeError as error:
        return briefly(error)
    return "it compiles"


def briefly(error: NoticeError) -> str:
    """The problems of *error*, one a line, their places without the words around them."""
    lines = []
    for problem in error.problems:
        spot = problem.where.spot
        if isinstance(spot, Message) and "words" in spot.values:
            spot = str(spot.values["place"])
        lines.append(str(replace(problem, where=Location(problem.where.file, spot))))
    return "\n".join(lines)


def failure(*blocks: str, **values: Any) -> str:
    """The problems for which the template of *blocks* does not render."""
    template = compiled(*blocks)
    try:
        rendered(template, **values)
    except NoticeError as error:
        return briefly(error)
    return "it renders"


def folder(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """*root*, with *files* by their names below it."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def image(
    kind: str = "PNG", size: tuple[int, int] = (20, 10), color: int = 0, **options: Any
) -> bytes:
    """A picture of one colour."""
    buffer = io.BytesIO()
    Image.new("RGB", size, (200, color, 0)).save(buffer, kind, **options)
    return buffer.getvalue()
