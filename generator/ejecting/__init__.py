"""Ejecting: a template as one body to be changed in Word or in Markdown.

What is ejected is the version of a unit or workspace from then on. Unchanged it makes the same
documents: byte for byte, and paragraph for paragraph where versions of blocks were put together
(text that came from two of them may be one run, and fewer paragraphs stay with the next). How:

- All that is Markdown in the chain of bodies becomes one Markdown body (`merging`): the nearest
  version of each block stands in its place, with what `super()` stood for. That is `body.md`.
- For `body.docx` the tree of that body is written down as Word is read (`visible`): every tag is
  text. What the Markdown front end does by itself has tags that anyone can type: a heading begins
  with `{{ "一、" | heading_number }}`, an item with `{{ "列表1" | list_number }}`, a cell that
  merges holds `{% merge %}`. Everything else is what it is in Word: styles, breaks, widths.
- The document does not hold its layout, it extends it by the visible tag in its first paragraph,
  so that 版头 and 版记 stay the unit's own. It brings the layout's styles, page and footers along,
  so that it looks like its documents (`documents`).
- A template that is a Word document already is copied as it is; so is a layout, which has its
  computed measures as statements in its text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from generator import package
from generator.compiler.bodies import Body, read_word_body
from generator.compiler.chain import compile_body
from generator.compiler.filling import blocks_offered, fill_body
from generator.compiler.linking import make_room
from generator.compiler.merging.definitions import read_definitions
from generator.compiler.merging.styles import name_styles
from generator.ejecting.documents import document_like
from generator.ejecting.merging import merge_markdown
from generator.ejecting.visible import show_tags
from generator.layouts import LAYOUTS, MARKED
from generator.library import Library
from generator.library.layers import LAYOUT, LAYOUT_NAME, TEMPLATE, layout_file, missing
from generator.library.making import Maker
from generator.markdown import read_markdown
from generator.places import place
from generator.problems import Location, Message, NoticeError, Problem
from generator.sources import decode
from generator.wordml import tag_code, tag_spot, tags_in

__all__ = ["Ejected", "Form", "eject"]

Form = Literal["docx", "md"]
_PARTING = "\n\n—\n\n"


@dataclass(frozen=True, slots=True)
class Ejected:
    """A body or a layout as it is to be saved."""

    path: str
    """Where it belongs in the folder of a unit or a workspace."""
    data: bytes


def eject(library: Library, name: str, unit: str | None = None, form: Form = "docx") -> Ejected:
    """The template *name* as *unit* has it, in one body for the nearest layer.

    `layout:letter` is the layout; so is `document`, of which no template has the name. Raises
    NoticeError with every problem of the template, and where it cannot be in this *form*.
    """
    known = [found for found, _ in library.templates(unit)]
    layout = name.removeprefix(LAYOUT_NAME)
    if layout != name or (layout in LAYOUTS and name not in known):
        if layout not in LAYOUTS:
            raise missing(LAYOUT, layout, LAYOUTS, Location(""))
        return _layout(library.maker(layout, unit), layout, unit, form)
    if name not in known:
        raise missing(TEMPLATE, name, [*known, *LAYOUTS], Location(""))
    library.template(name, unit)  # with every problem of its files
    maker = library.maker(name, unit)
    chain = maker.chain(name)
    markdown = list(takewhile(lambda body: body.package is None, chain))
    if not markdown and form == "md":
        raise NoticeError([_no_markdown(chain[0])])
    here = f"0:{name}/body.{form}"
    if problems := list(_strays(markdown or chain[:1], here, maker)):
        raise NoticeError(problems)
    if markdown:
        data = _from_markdown(markdown, chain[len(markdown) :], maker, form)
    else:
        data = maker.bodies.source(chain[0])
    body = _read(data, form, here)
    compile_body(body, maker.bodies.find, maker.layout(name))  # refused before it is saved
    return Ejected(f"{name}/{body.file}", data)


def _layout(maker: Maker, name: str, unit: str | None, form: Form) -> Ejected:
    body = maker.bodies.find(f"{LAYOUT_NAME}{name}", "0:")
    if form == "md":
        raise NoticeError([_no_markdown(body)])
    if name in MARKED and unit is None:
        raise NoticeError([_of_no_unit(body)])
    return Ejected(layout_file(name), maker.bodies.source(body))


def _read(data: bytes, form: Form, name: str) -> Body:
    file = f"body.{form}"
    if form == "docx":
        return read_word_body(data, name, file)
    return Body(name, file, {"": read_markdown(decode(data, file), file)})


def _from_markdown(
    markdown: Sequence[Body], others: Sequence[Body], maker: Maker, form: Form
) -> bytes:
    """What *markdown*, each of which extends the next and the last one *others*, comes to."""
    texts = [decode(maker.bodies.source(body), body.file) for body in markdown]
    merged = merge_markdown(texts, markdown[0].file)
    if merged.clashes:
        raise NoticeError([_clash(markdown[0], merged.clashes)])
    text = merged.text
    if _lists(text) != _lists(merge_markdown(texts, markdown[0].file, _PARTING).text):
        raise NoticeError([_counts_on(markdown[0])])
    if form == "md":
        return text.encode() if len(texts) > 1 else maker.bodies.source(markdown[0])
    body = Body("", markdown[0].file, {"": read_markdown(text, markdown[0].file)})
    body.extends(markdown[-1].tags("extends")[0][1])
    if body.fills:
        fill_body(body, blocks_offered(others))
    parent = others[0]
    make_room(body.root)
    codes = [tag_code(tag) for tree in parent.parts.values() for tag in tags_in(tree)]
    show_tags(body.root, taken="\n".join(codes))
    data = maker.bodies.source(parent)
    members = package.read_parts(data, parent.file)
    name_styles(body.root, read_definitions(members, parent.file))
    main = package.main_document(members, parent.file)
    return document_like(body.root, members, main)


def _lists(text: str) -> int:
    """How many lists begin in a Markdown body."""
    tree = read_markdown(text, "")
    return sum(tag_code(tag).endswith("| list_start") for tag in tags_in(tree))


# --- what cannot be ejected ----------------------------------------------------------------------


def _strays(bodies: Sequence[Body], here: str, maker: Maker) -> Iterator[Problem]:
    """The tags of *bodies* that name a template and would mean another one in the body *here*."""
    codes = [tag_code(tag) for body in bodies for tag in tags_in(body.root)]
    asks_up = any(code.startswith("super") for code in codes)
    for body in bodies:
        extends = ["extends"] if asks_up and body is bodies[-1] else []
        for tag, name in body.tags("include", "import", "from", *extends):
            try:
                same = maker.bodies.find(name, here).name == maker.bodies.find(name, body.name).name
            except NoticeError:
                same = False
            if not same:
                code = tag_code(tag)
                message = Message("“{{% {code} %}}” would mean another file there", code=code)
                hint = Message("put the content of that file into its place first")
                yield Problem("B016", message, place(body.file, tag_spot(tag)), hint)


def _no_markdown(body: Body) -> Problem:
    message = Message("the template is a Word document and has no Markdown body")
    return Problem("B017", message, Location(body.file), Message("eject it with --as docx"))


def _of_no_unit(body: Body) -> Problem:
    message = Message("the red head is drawn for the mark of one unit")
    return Problem("B010", message, Location(body.file), Message("name the unit with --unit"))


def _counts_on(body: Body) -> Problem:
    message = Message("a list at the edge of a block would go on counting in one body")
    hint = Message("put a paragraph between the two lists")
    return Problem("B018", message, Location(body.file), hint)


def _clash(body: Body, names: Iterable[str]) -> Problem:
    message = Message(
        "a block sets what “super()” reads: {names}; in one body they would be one",
        names="、".join(sorted(names)),
    )
    hint = Message("give it another name in the block")
    return Problem("B019", message, Location(body.file), hint)
