"""Lifting: tags go to the lowest level that all tags of their statement share.

`{% for %}` in one cell and `{% endfor %}` in another repeat the row; a paragraph that holds only
statements gives way to them; a condition inside a paragraph stays inside. A statement that would
tear an element apart is a problem. What is printed beside a tag is never lost.
"""

from __future__ import annotations

import copy

from lxml import etree

from generator import wordml
from generator.compiler.cells import merge_cells
from generator.compiler.columns import dissolve_cells, follow_columns, prints_cells
from generator.compiler.equal_cells import merge_equal_cells
from generator.compiler.groups import (
    PARAGRAPHS,
    ROWS,
    Group,
    complete_groups,
    content,
    groups_in,
    keyword,
    level_in,
    level_of,
    macro_names,
    prints_fragment,
)
from generator.places import place
from generator.problems import Message, Problem
from generator.wordml import Element, is_tag, tag_code, tag_spot, tags_in, w

_COMMENT_ENDS = (w("commentRangeStart"), w("commentRangeEnd"))
_MARKS = frozenset((*_COMMENT_ENDS, w("bookmarkStart"), w("bookmarkEnd")))
_TEXTS = (w("t"), wordml.qualified("m:t"))
_FORMATS = (w("rPr"), wordml.qualified("m:rPr"))
_CUT = frozenset(map(w, ("hyperlink", "sdt", "dir", "bdo")))
"""What holds text within a paragraph, or whole paragraphs, and may be two as well as one."""
_APART = frozenset(map(w, ("footnotes", "endnotes", "comments", "ruby")))
"""What holds texts that have nothing to do with each other."""
_AT_RUN_LEVEL = frozenset({"block", "macro", "call"})


def lift(root: Element, file: str, macros: frozenset[str] = frozenset()) -> list[Problem]:
    """Move the tags below *root* to their levels, in place; what cannot be moved is a problem.

    *macros* are names that other parts of the same template define.
    """
    macros |= macro_names(root)
    _, problems = groups_in(root, file)
    if problems:
        return problems
    for paragraph in root.iter(w("p")):
        _lift_to_runs(paragraph, macros)
    commented = _comments(root)
    for paragraph in list(root.iter(w("p"))):
        _dissolve_paragraph(paragraph, macros)
    for row in list(root.iter(w("tr"))):
        _dissolve_row(row)
        dissolve_cells(row)
    _drop_marks(root, commented - _comments(root))
    groups, _ = groups_in(root, file)
    for outermost in groups:
        for group in outermost.walk():
            problems += _raise_group(group, file)
    if problems:
        return problems
    for table in root.iter(w("tbl")):
        follow_columns(table)
    return merge_cells(root, file) + merge_equal_cells(root, file)


# --- inside a paragraph --------------------------------------------------------------------------


def _lift_to_runs(paragraph: Element, macros: frozenset[str]) -> None:
    """Statements that span runs, and what prints runs of its own, stand between the runs."""
    while tags := _inside_text(paragraph, macros):
        for tag in reversed(tags):  # what follows a tag is copied, so those there come first
            _split_run(tag)


def _inside_text(paragraph: Element, macros: frozenset[str]) -> list[Element]:
    """The tags in texts of *paragraph* that must stand between runs, in their order."""
    tags = list(tags_in(paragraph))
    spanning = {
        tag
        for group in complete_groups(tags)
        if group.kind in _AT_RUN_LEVEL or len({tag.getparent() for tag in group.tags}) > 1
        for tag in group.tags
    }
    return [
        tag
        for tag in tags
        if tag.getparent().tag in _TEXTS and (tag in spanning or prints_fragment(tag, macros))
    ]


def _split_run(tag: Element) -> None:
    """Cut the run of *tag* in two, with the tag between them; an empty half goes."""
    text = tag.getparent()
    run = text.getparent()
    position, text_position = text.index(tag), run.index(text)
    after = copy.deepcopy(run)
    tail, tag.tail = tag.tail, None
    for node in list(text)[position + 1 :]:
        text.remove(node)
    for node in list(run)[text_position + 1 :]:
        run.remove(node)
    text_after = after[text_position]
    for node in list(text_after)[: position + 1]:
        text_after.remove(node)
    text_after.text = tail
    for node in list(after)[:text_position]:
        if node.tag not in _FORMATS:
            after.remove(node)
    run.addnext(tag)
    tag.addnext(after)
    for half in (run, after):
        if all(node.tag in _FORMATS or _is_empty_text(node) for node in half):
            half.getparent().remove(half)


def _is_empty_text(node: Element) -> bool:
    return node.tag in _TEXTS and not node.text and len(node) == 0


# --- paragraphs and rows that hold only statements -----------------------------------------------


def _dissolve_paragraph(paragraph: Element, macros: frozenset[str]) -> None:
    """A paragraph that prints nothing but statements gives way to them."""
    inside = list(content(paragraph))
    tags = [node for node in inside if is_tag(node)]
    if not tags:
        return
    if len(tags) == len(inside):
        printing = [tag for tag in tags if tag.target == "v"]
        if all(prints_fragment(tag, macros) for tag in printing):
            _give_way(paragraph)
    elif _is_definition(paragraph, tags):
        for node in list(paragraph):
            if node.tag != w("pPr"):
                paragraph.addprevious(node)
        paragraph.getparent().remove(paragraph)


def _is_definition(paragraph: Element, tags: list[Element]) -> bool:
    """Whether a paragraph only defines macros of runs, and so prints nothing itself."""
    children = [node for node in paragraph if node.tag != w("pPr")]
    return (
        children[0] is tags[0]
        and children[-1] is tags[-1]
        and keyword(tags[0]) == "macro"
        and any(group.tags[0] is tags[0] for group in complete_groups(tags))
        and keyword(tags[-1]) == "endmacro"
        and sum(keyword(tag) == "macro" for tag in tags) == 1
    )


def _dissolve_row(row: Element) -> None:
    """A row that prints nothing but statements gives way to them."""
    inside = list(content(row))
    bare = bool(inside) and all(is_tag(node) and node.target != "v" for node in inside)
    if bare and not prints_cells(row):
        _give_way(row)


def _give_way(element: Element) -> None:
    """Put the tags and the bookmarks in *element* into its place."""
    for node in list(element.iter()):
        if is_tag(node) or node.tag in _MARKS:
            node.tail = None
            element.addprevious(node)
    wordml.remove(element)


def _comments(root: Element) -> set[str]:
    """The ids of the comments that are referred to below *root*."""
    return {node.get(w("id"), "") for node in root.iter(w("commentReference"))}


def _drop_marks(root: Element, lost: set[str]) -> None:
    """Remove the marks below *root* of comments that went with what they were on."""
    for mark in list(root.iter(*_COMMENT_ENDS)) if lost else ():
        if mark.get(w("id")) in lost:
            wordml.remove(mark)


# --- statements that span elements ---------------------------------------------------------------


def _raise_group(group: Group, file: str) -> list[Problem]:
    """Move the tags of *group* up into their lowest common ancestor."""
    home = _home(group)
    if home.tag in _APART:
        return [_ends_elsewhere(group, file)]
    if level_in(home) == ROWS and group.kind == "for" and len(group.tags) == 2:
        _put_around_rows(group, home)
    problems = []
    for tag in group.tags:
        holder = None
        while tag.getparent() is not home:
            holder = tag.getparent()
            if not _step_out(tag, is_opener=tag is group.opener):
                problems.append(_tears(tag, group, file))
                break
        emptied = holder is not None and holder.tag == w("p") and not list(content(holder))
        if emptied and level_of(tag) == PARAGRAPHS:
            wordml.remove(holder)
    return problems


def _put_around_rows(group: Group, home: Element) -> None:
    """Put the tags of a loop around the rows that they stand in, whatever else these hold."""
    for tag in group.tags:
        rows = [
            node
            for node in tag.iterancestors(w("tr"))
            if any(up is home for up in node.iterancestors())
        ]
        if rows:
            wordml.remove(tag)
            if tag is group.opener:
                rows[-1].addprevious(tag)
            else:
                rows[-1].addnext(tag)


def _step_out(tag: Element, *, is_opener: bool) -> bool:
    """Put *tag* beside what it stands in; False where something prints on both sides of it."""
    holder = tag.getparent()
    inside = list(content(holder))
    position = next(index for index, node in enumerate(inside) if node is tag)
    first, last = position == 0, position == len(inside) - 1
    if not first and not last:
        return _cut(holder, tag)
    wordml.remove(tag)
    if first and (is_opener or not last):
        holder.addprevious(tag)
    else:
        holder.addnext(tag)
    return True


def _cut(holder: Element, tag: Element) -> bool:
    """Make two links or content controls of one, with *tag* between them; False for others."""
    whole = holder.getparent() if holder.tag == w("sdtContent") else holder
    if whole.tag not in _CUT:
        return False
    after = _again(holder)
    after.extend(list(tag.itersiblings()))
    if whole is not holder:
        content_after, after = after, _again(whole)
        for properties in whole.iterchildren(w("sdtPr")):
            after.append(copy.deepcopy(properties))
            for own in after[0].findall(w("id")):  # Word gives it one
                after[0].remove(own)
        after.append(content_after)
    whole.addnext(tag)
    tag.addnext(after)
    return True


def _again(element: Element) -> Element:
    """An element like *element*, with nothing in it."""
    return etree.Element(element.tag, element.attrib, nsmap=element.nsmap)


def _home(group: Group) -> Element:
    """Where the tags of *group* go: to their lowest common ancestor, and out of a row.

    Tags in several cells repeat the row; those that stand between cells already stay there.
    """
    home = _common_ancestor(group.tags)
    holders = (home, *home.iterancestors())
    row = next((node for node in holders if node.tag in (w("tr"), w("tc"))), home)
    if row.tag == w("tr") and any(tag.getparent() is not home for tag in group.tags):
        return row.getparent()
    return home


def _common_ancestor(tags: list[Element]) -> Element:
    chains = [[*reversed(list(tag.iterancestors()))] for tag in tags]
    home = chains[0][0]
    for level in zip(*chains, strict=False):
        if any(node is not level[0] for node in level):
            break
        home = level[0]
    return home


def _ends_elsewhere(group: Group, file: str) -> Problem:
    code = tag_code(group.opener)
    return Problem(
        "T007",
        Message("“{{% {code} %}}” does not end in the text in which it begins", code=code),
        place(file, tag_spot(group.opener)),
        Message("put the whole statement into one"),
    )


def _tears(tag: Element, group: Group, file: str) -> Problem:
    code, where = tag_code(tag), place(file, tag_spot(tag))
    if tag.getparent().tag == w("tr"):
        message = Message("“{{% {code} %}}” stands in the middle of its row", code=code)
        hint = Message("put its statement around all that the row holds, or into one cell")
        return Problem("T007", message, where, hint)
    partner = group.closer if tag is group.opener else group.opener
    return Problem(
        "T007",
        Message("“{{% {code} %}}” stands in the middle of its paragraph", code=code),
        where,
        Message(
            "put it into a paragraph of its own, or into the paragraph of “{{% {partner} %}}”",
            partner=tag_code(partner),
        ),
    )
