"""A docxtpl template that gives the same document as a template of ours, made from that document.

Every text that our render prints becomes `{{ text[n] }}`, and the text itself, computed beforehand,
goes into the context. The rows of a table stand in two nested `{%tr for %}`, with `{% vm %}` in the
cell that days share; equal paragraphs stand in a `{%p for %}`. Conditions are settled and places
are computed already: docxtpl has less to do than we have.
"""

from __future__ import annotations

import marshal
import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from lxml import etree

from generator.package import parse, write
from generator.runtime.budget import STATE
from generator.runtime.compiled import CompiledTemplate
from generator.runtime.environment import CompiledLoader, WordEnvironment
from generator.runtime.state import State
from generator.runtime.values import Fragment, Place, said
from generator.wordml import Element, make, make_text, w

_TAG = re.compile(r"\{\{ text\[(\d+)\] \}\}")
_SHORTEST_LIST = 3


def docxtpl_template(
    compiled: CompiledTemplate, values: Mapping[str, Any]
) -> tuple[bytes, dict[str, Any]]:
    """The docxtpl template of what *compiled* makes of *values*, and the context that it needs."""
    parts, texts = tagged_parts(compiled, values)
    main = compiled.parts[0]
    root = parse(parts[main].encode())
    context: dict[str, Any] = {"text": texts}
    for rows in list(_merged_rows(root)):
        name = f"days{len(context)}"
        context[name] = _repeat_rows(rows, name, texts)
    for paragraphs in list(_lists(root.find(w("body")))):
        name = f"list{len(context)}"
        context[name] = _repeat_paragraphs(paragraphs, name, texts)
    data = {name: part.encode() for name, part in parts.items()}
    data[main] = etree.tostring(root, encoding="UTF-8", standalone=True)
    return write(compiled.packed, ((name, [part]) for name, part in data.items())), context


def tagged_parts(
    compiled: CompiledTemplate, values: Mapping[str, Any]
) -> tuple[dict[bytes, str], list[str]]:
    """The parts of a render in which every printed text is a tag, and those texts."""
    texts: list[str] = []

    def tag(value: object, _: Place | None = None) -> str:
        if not value or isinstance(value, Fragment):
            return str(value or "")
        texts.append(said(value))
        return f"{{{{ text[{len(texts) - 1}] }}}}"

    codes = {name: marshal.loads(code) for name, code in compiled.codes.items()}
    environment = WordEnvironment(CompiledLoader(codes, compiled.names))
    environment.finalize = tag
    template = environment.get_template(compiled.name)
    context = template.new_context({**values, STATE: State(sections=compiled.sections)})
    printed = "".join(template.root_render_func(context)).split("\0")
    return dict(zip(compiled.parts, printed, strict=True)), texts


# --- loops ---------------------------------------------------------------------------------------


def _lists(body: Element) -> Iterator[list[Element]]:
    """Paragraphs that follow one another and differ in nothing but their texts."""
    for shape, group in groupby(body, lambda node: _TAG.sub("{{}}", _source(node))):
        paragraphs = list(group)
        if "{{}}" in shape and len(paragraphs) >= _SHORTEST_LIST:
            yield paragraphs


def _source(node: Element) -> str:
    return etree.tostring(node, encoding="unicode")


def _repeat_paragraphs(paragraphs: list[Element], name: str, texts: list[str]) -> list[list[str]]:
    """Leave one of *paragraphs* in a loop; the texts of all of them."""
    rows = [_texts_of(paragraph, texts) for paragraph in paragraphs]
    first, *others = paragraphs
    _number_tags(first)
    first.addprevious(_line(f"{{%p for row in {name} %}}"))
    others[-1].addnext(_line("{%p endfor %}"))
    for paragraph in others:
        paragraph.getparent().remove(paragraph)
    return rows


def _merged_rows(root: Element) -> Iterator[list[Element]]:
    """The rows of each table whose first cells are merged."""
    for table in root.iter(w("tbl")):
        rows = [row for row in table.iterchildren(w("tr")) if _merge_of(row) is not None]
        if rows:
            yield rows


def _merge_of(row: Element) -> Element:
    """The vertical merge of the first merged cell of *row*, or None."""
    return row.find(f"{w('tc')}/{w('tcPr')}/{w('vMerge')}")


def _repeat_rows(rows: list[Element], name: str, texts: list[str]) -> list[dict[str, Any]]:
    """Leave one of *rows* in the loops of days and of rows; the texts by days."""
    days: list[dict[str, Any]] = []
    for row in rows:
        shared, *cells = row.iter(w("tc"))
        if _merge_of(row).get(w("val")) == "restart":
            days.append({"shared": _text(shared, texts), "rows": []})
        days[-1]["rows"].append([text for cell in cells for text in _texts_of(cell, texts)])
    first, *others = rows
    shared, *cells = first.iter(w("tc"))
    _merge_of(first).getparent().remove(_merge_of(first))  # docxtpl writes its own
    run = shared.find(f".//{w('r')}")
    for node in run.findall(w("t")) + run.findall(w("br")):
        run.remove(node)
    run.append(make_text("{% vm %}{{ day.shared }}"))
    _number_tags(*cells)
    for opener in (f"{{%tr for day in {name} %}}", "{%tr for row in day.rows %}"):
        first.addprevious(make("w:tr", None, make("w:tc", None, _line(opener))))
    for _ in range(2):
        first.addnext(make("w:tr", None, make("w:tc", None, _line("{%tr endfor %}"))))
    for row in others:
        row.getparent().remove(row)
    return days


def _texts_of(node: Element, texts: list[str]) -> list[str]:
    return [texts[int(number)] for number in _TAG.findall(_source(node))]


def _text(node: Element, texts: list[str]) -> str:
    """What a cell says, with line feeds."""
    said = "".join("\n" if part.tag == w("br") else part.text or "" for part in node.iter())
    return _TAG.sub(lambda tag: texts[int(tag[1])], said.strip())


def _number_tags(*nodes: Element) -> None:
    """Make the tags in *nodes* print the texts of a row, in their order."""
    count = 0
    for node in nodes:
        for text in node.iter(w("t")):
            pieces = _TAG.split(text.text or "")
            for index in range(1, len(pieces), 2):
                pieces[index] = f"{{{{ row[{count}] }}}}"
                count += 1
            text.text = "".join(pieces)


def _line(tag: str) -> Element:
    return make("w:p", None, make("w:r", None, make_text(tag)))
