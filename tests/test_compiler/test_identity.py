"""Ids, names, notes and lists where a loop repeats them, judged by the finished document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from builders import (
    HEAD,
    TYPES,
    R,
    W,
    cell,
    compiled,
    docx_parts,
    docx_with,
    joined_to,
    p,
    paragraphs,
    part,
    refusal,
    rendered,
    run,
    table,
    zipped,
)
from lxml import etree
from structure import faults

WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
V = "urn:schemas-microsoft-com:vml"
O = "urn:schemas-microsoft-com:office:office"  # noqa: E741 - the prefix that Word gives it
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
START, END = "{% for x in xs %}", "{% endfor %}"


def made(*blocks: str, **values: Any) -> Any:
    """The tree of the document that a template of *blocks* makes."""
    return tree_of(rendered(compiled(docx_with(*blocks)), **values))


def tree_of(document: bytes, name: str = "word/document.xml") -> Any:
    assert faults(document) == []
    return etree.fromstring(part(document, name).encode())


def found(root: Any, name: str, key: str) -> list[str]:
    """An attribute of each element of a name, in order; both without a prefix are `w:`."""
    return [
        node.get(key if ":" in key or key.startswith("{") else f"{{{W}}}{key}")
        for node in root.iter(name if name.startswith("{") else f"{{{W}}}{name}")
    ]


def line(*content: str) -> str:
    return f"<w:p>{''.join(content)}</w:p>"


def drawing(id: int = 7) -> str:
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{WP}"><wp:docPr id="{id}" name="图"/></wp:inline>'
        "</w:drawing></w:r>"
    )


def drawn(root: Any) -> list[str]:
    return [node.get("id") for node in root.iter(f"{{{WP}}}docPr")]


def start(id: int, name: str, more: str = "") -> str:
    return f'<w:bookmarkStart w:id="{id}" w:name="{name}"{more}/>'


def end(id: int) -> str:
    return f'<w:bookmarkEnd w:id="{id}"/>'


def bookmarks(root: Any) -> dict[str, str]:
    """The name of each bookmark by its id; what is not a pair fails."""
    names = dict(
        zip(found(root, "bookmarkStart", "id"), found(root, "bookmarkStart", "name"), strict=True)
    )
    ends = found(root, "bookmarkEnd", "id")
    assert sorted(names) == sorted(ends)
    assert len(set(names.values())) == len(ends) == len(set(ends))
    return names


# --- drawings and shapes -------------------------------------------------------------------------


def test_a_drawing_in_a_loop_has_an_id_of_its_own_on_each_pass() -> None:
    ids = drawn(made(START, line(drawing()), END, xs=[1, 2, 3]))
    assert len(set(ids)) == 3


def test_a_new_id_is_like_none_that_is_written_out() -> None:
    ids = drawn(made(line(drawing(1)), line(drawing(3)), START, line(drawing()), END, xs="abc"))
    assert ids == ["1", "3", "2", "4", "5"]


def test_ids_of_headers_without_tags_are_known_too() -> None:
    header = line(drawing(1), drawing(2))
    document = rendered(compiled(docx_with(START, line(drawing()), END, header=header)), xs="ab")
    assert drawn(tree_of(document)) == ["3", "4"]


@pytest.mark.parametrize(
    "blocks",
    [
        (line(drawing()), "{{ xs }}"),
        ("{% if xs %}", line(drawing()), "{% endif %}"),
    ],
)
def test_what_stands_in_no_loop_keeps_its_id(blocks: tuple[str, ...]) -> None:
    assert drawn(made(*blocks, xs="x")) == ["7"]


def test_a_macro_and_a_block_repeat_as_well() -> None:
    macro = ("{% macro m() %}", line(drawing()), "{% endmacro %}", "{{ m() }}", "{{ m() }}")
    assert len(set(drawn(made(*macro)))) == 2
    block = ("{% block b %}", line(drawing()), "{% endblock %}", "{{ self.b() }}")
    assert len(set(drawn(made(*block)))) == 2


def test_a_vml_shape_has_ids_of_its_own_and_its_type_stays() -> None:
    shape = (
        f'<w:r><w:pict xmlns:v="{V}" xmlns:o="{O}"><v:shapetype id="_x0000_t202"/>'
        '<v:shape id="文本框 2" o:spid="_x0000_s1026" type="#_x0000_t202"/>'
        '<v:rect id="_x0000_s1027"/></w:pict></w:r>'
    )
    root = made(START, line(shape), END, xs="ab")
    ids = [node.get("id") for node in root.iter(f"{{{V}}}shape")]
    spids = [node.get(f"{{{O}}}spid") for node in root.iter(f"{{{V}}}shape")]
    spids += [node.get("id") for node in root.iter(f"{{{V}}}rect")]
    assert len(set(ids)) == 2
    assert all(id.startswith("文本框 2_") for id in ids)
    assert len(set(spids)) == 4
    assert all(id[:9] == "_x0000_s1" for id in spids)
    assert [node.get("id") for node in root.iter(f"{{{V}}}shapetype")] == ["_x0000_t202"] * 2
    assert {node.get("type") for node in root.iter(f"{{{V}}}shape")} == {"#_x0000_t202"}


def test_a_content_control_in_a_loop_leaves_its_id_to_word() -> None:
    control = (
        f'<w:sdt><w:sdtPr><w:id w:val="5"/></w:sdtPr><w:sdtContent>{p("甲")}</w:sdtContent></w:sdt>'
    )
    root = made(control, START, control, END, xs="ab")
    assert found(root, "id", "val") == ["5"]


def test_paragraph_ids_of_word_2010_are_dropped() -> None:
    paragraph = f'<w:p xmlns:w14="{W14}" w14:paraId="1A2B3C4D" w14:textId="77777777"/>'
    document = rendered(compiled(docx_with(paragraph, START, paragraph, END)), xs="ab")
    shape = f'<w:r xmlns:w14="{W14}"><w:pict w14:anchorId="12345678"/></w:r>'
    assert "anchorId" not in part(rendered(compiled(docx_with(START, line(shape), END)), xs="ab"))
    assert "paraId" not in part(document)
    assert "textId" not in part(document)


# --- bookmarks -----------------------------------------------------------------------------------


def test_a_bookmark_in_a_loop_has_a_name_and_an_id_of_its_own() -> None:
    marked = line(start(4, "人员"), run("{{ x }}"), end(4))
    root = made(START, marked, END, xs="abc")
    assert list(bookmarks(root).values()) == ["人员", "人员_2", "人员_3"]


def test_a_bookmark_outside_of_loops_stays_as_it_is() -> None:
    root = made(line(start(4, "a"), run("{{ xs }}"), end(4)), xs="x")
    assert bookmarks(root) == {"4": "a"}


def test_the_name_of_a_copy_is_like_no_other_and_not_too_long() -> None:
    long = "n" * 40
    blocks = [line(start(1, "a_2"), end(1)), START]
    blocks += [line(start(2, "a"), end(2), start(3, long), end(3)), END]
    names = list(bookmarks(made(*blocks, xs="ab")).values())
    assert names == ["a_2", "a", long, "a__2", "n" * 30 + "_2"]
    assert max(map(len, names)) == 40


def test_a_bookmark_over_cells_is_repeated_with_its_row() -> None:
    over = start(9, "行", ' w:colFirst="0" w:colLast="1"')
    first = f"<w:tc>{line(over, run('{% for x in xs %}{{ x }}'))}</w:tc>"
    second = f"<w:tc>{line(run('乙{% endfor %}'), end(9))}</w:tc>"
    root = made(table([first, second]), xs="ab")
    assert list(bookmarks(root).values()) == ["行", "行_2"]


@pytest.mark.parametrize(
    "blocks",
    [
        (line(start(1, "a"), run("甲")), START, line(run("{{ x }}"), end(1)), END),
        (START, line(start(1, "a"), run("{{ x }}")), END, line(run("乙"), end(1))),
        (line(start(1, "a"), run("{% if xs %}甲"), end(1), run("{% endif %}")),),
    ],
)
def test_a_bookmark_that_crosses_a_statement_ends_outside_of_it(blocks: tuple[str, ...]) -> None:
    for xs in ("", "ab"):
        assert list(bookmarks(made(*blocks, xs=xs)).values()) == ["a"]


def test_half_a_bookmark_becomes_whole_or_goes() -> None:
    root = made(line(start(1, "a"), run("{{ xs }}"), end(2)), xs="x")
    assert bookmarks(root) == {"1": "a"}


def test_links_and_fields_in_a_pass_lead_to_its_own_bookmark() -> None:
    go = '<w:hyperlink w:anchor="a"><w:r><w:t>见</w:t></w:r></w:hyperlink>'
    go += '<w:fldSimple w:instr=" REF a \\h "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    refer = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF a \\h </w:instrText>'
        '</w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    inside = line(go, start(1, "a"), run("{{ x }}"), end(1), go, refer)
    root = made(line(go), START, inside, END, line(go), xs="ab")
    assert found(root, "hyperlink", "anchor") == ["a", "a", "a", "a_2", "a_2", "a"]
    texts = [node.text for node in root.iter(f"{{{W}}}instrText")]
    assert texts == [" REF a \\h ", " REF a_2 \\h "]
    simple = [f" REF {name} \\h " for name in ("a", "a", "a", "a_2", "a_2", "a")]
    assert found(root, "fldSimple", "instr") == simple


def test_a_bookmark_around_what_a_loop_calls_is_a_pair_on_each_pass() -> None:
    inside = (line(start(1, "a"), run("{{ x.n }}")), "{{ loop(x.xs) }}", line(run("尾"), end(1)))
    loop = ("{% for x in xs recursive %}", *inside, END)
    root = made(*loop, xs=[{"n": 1, "xs": [{"n": 2, "xs": []}]}, {"n": 3, "xs": []}])
    assert list(bookmarks(root).values()) == ["a", "a_2", "a_3"]
    assert found(root, "bookmarkEnd", "id") == ["2", "1", "3"]


def test_a_form_field_is_called_like_its_bookmark() -> None:
    begin = (
        '<w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="姓名"/></w:ffData></w:fldChar>'
    )
    form = (
        f"<w:r>{begin}</w:r><w:r><w:instrText>FORMTEXT</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    root = made(START, line(start(1, "姓名"), form, end(1)), END, xs="ab")
    assert found(root, "name", "val") == list(bookmarks(root).values()) == ["姓名", "姓名_2"]


def test_names_that_differ_in_capital_letters_are_one_name_to_word() -> None:
    blocks = [START, line(start(1, "a"), end(1)), line(start(2, "A_"), end(2)), END]
    names = bookmarks(made(*blocks, line(start(3, "A_2"), end(3)), xs="abc")).values()
    assert len({name.casefold() for name in names}) == len(names) == 7


def test_permissions_are_pairs_on_each_pass() -> None:
    allowed = line('<w:permStart w:id="5" w:edGrp="everyone"/>', run("甲"), '<w:permEnd w:id="5"/>')
    root = made(START, allowed, END, xs="ab")
    assert found(root, "permStart", "id") == found(root, "permEnd", "id")
    assert len(set(found(root, "permStart", "id"))) == 2


# --- notes ---------------------------------------------------------------------------------------


def noted(kind: str, *blocks: str, notes: str, header: str = "") -> bytes:
    """A document of *blocks* with the notes numbered from 2 that *notes* gives."""
    one = kind.removesuffix("s")
    text = f'{HEAD}<w:{kind} xmlns:w="{W}" xmlns:r="{R}">{notes}</w:{kind}>'
    assert one
    return zipped(joined_to(docx_parts(*blocks, header=header), f"word/{kind}.xml", text))


@pytest.mark.parametrize("one", ["footnote", "endnote"])
def test_a_note_in_a_loop_is_a_note_of_its_own_and_sees_its_pass(one: str) -> None:
    refers = f'<w:r><w:{one}Reference w:id="2"/></w:r>'
    notes = (
        f'<w:{one} w:type="separator" w:id="0">{p("")}</w:{one}>'
        f'<w:{one} w:id="2">{p("见{{ x }}")}</w:{one}><w:{one} w:id="3">{p("末")}</w:{one}>'
    )
    last = line(refers.replace('"2"', '"3"'))
    data = noted(f"{one}s", START, line(run("{{ x }}"), refers), END, last, notes=notes)
    document = rendered(compiled(data), xs=["甲", "<乙>"])
    name = f"word/{one}s.xml"
    assert paragraphs(document) == ["甲", "<乙>", ""]
    assert paragraphs(document, name) == ["", "见甲", "见<乙>", "末"]
    assert found(tree_of(document, name), one, "id") == ["0", "1", "2", "3"]
    assert found(tree_of(document), f"{one}Reference", "id") == ["1", "2", "3"]
    assert paragraphs(rendered(compiled(data), xs=[]), name) == ["", "末"]


def test_a_note_under_a_condition_in_a_loop_comes_only_where_it_holds() -> None:
    inside = line(
        run("{{ x }}{% if x == 2 %}"),
        '<w:r><w:footnoteReference w:id="2"/></w:r>',
        run("{% endif %}"),
    )
    notes = f'<w:footnote w:id="2">{p("注{{ x }}")}</w:footnote>'
    document = rendered(compiled(noted("footnotes", START, inside, END, notes=notes)), xs=[1, 2, 3])
    assert paragraphs(document, "word/footnotes.xml") == ["注2"]


def test_a_note_in_a_condition_is_left_out_with_its_reference() -> None:
    refers = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = f'<w:footnote w:id="2">{p("见{{ x.y }}")}</w:footnote>'
    data = noted("footnotes", "{% if x %}", line(run("甲"), refers), "{% endif %}", notes=notes)
    assert paragraphs(rendered(compiled(data), x=None), "word/footnotes.xml") == []
    assert paragraphs(rendered(compiled(data), x={"y": 1}), "word/footnotes.xml") == ["见1"]


def test_what_a_note_in_a_loop_holds_has_ids_of_its_own() -> None:
    refers = line('<w:r><w:footnoteReference w:id="2"/></w:r>')
    inside = line(start(4, "a"), run("{{ x }}"), end(4), drawing())
    data = noted(
        "footnotes", START, refers, END, notes=f'<w:footnote w:id="2">{inside}</w:footnote>'
    )
    root = tree_of(rendered(compiled(data), xs="ab"), "word/footnotes.xml")
    assert list(bookmarks(root).values()) == ["a", "a_2"]
    assert len(set(drawn(root))) == 2


def test_a_statement_over_several_notes_is_a_problem() -> None:
    notes = "".join(
        f'<w:footnote w:id="{id}">{p(text)}</w:footnote>'
        for id, text in ((2, "{% if a %}甲"), (3, "乙{% endif %}"))
    )
    refers = "".join(f'<w:r><w:footnoteReference w:id="{id}"/></w:r>' for id in (2, 3))
    assert refusal(noted("footnotes", line(refers), notes=notes)) == (
        "template.docx: footnotes ¶1: T007 “{% if a %}” does not end in the text in which it "
        "begins (put the whole statement into one)"
    )


def test_a_problem_in_such_a_note_is_named_where_it_stands() -> None:
    refers = line('<w:r><w:footnoteReference w:id="2"/></w:r>')
    notes = f'<w:footnote w:id="2">{p("{{ x.y }}")}</w:footnote>'
    template = compiled(noted("footnotes", START, refers, END, notes=notes))
    with pytest.raises(Exception, match="footnotes ¶1"):
        rendered(template, xs=[{}])


def comment(id: int, text: str) -> str:
    return f'<w:comment w:id="{id}" w:author="审">{p(text)}</w:comment>'


def commented(id: int, *content: str) -> str:
    return "".join(
        (
            f'<w:commentRangeStart w:id="{id}"/>',
            *content,
            f'<w:commentRangeEnd w:id="{id}"/><w:r><w:commentReference w:id="{id}"/></w:r>',
        )
    )


def comment_ids(document: bytes) -> list[str]:
    """The ids of the comments; ranges and references that are not of one each fail."""
    root, ids = tree_of(document), found(tree_of(document, "word/comments.xml"), "comment", "id")
    for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert sorted(found(root, name, "id")) == sorted(ids)
    assert len(set(ids)) == len(ids)
    return ids


def test_a_comment_in_a_loop_is_a_comment_of_its_own() -> None:
    blocks = (line(commented(1, run("甲"))), START, line(commented(2, run("{{ x }}"))), END)
    data = noted("comments", *blocks, notes=comment(1, "一") + comment(2, "二{{ x }}"))
    document = rendered(compiled(data), xs="ab")
    assert len(comment_ids(document)) == 3
    assert paragraphs(document, "word/comments.xml") == ["一", "二a", "二b"]
    assert comment_ids(rendered(compiled(data), xs=[])) == ["1"]


def test_what_word_adds_about_comments_goes_when_they_are_made_anew() -> None:
    blocks = (START, line(commented(2, run("{{ x }}"))), END)
    text = f'{HEAD}<w:comments xmlns:w="{W}">{comment(2, "二")}</w:comments>'
    members = joined_to(docx_parts(*blocks), "word/comments.xml", text)
    members = joined_to(members, "word/commentsExtended.xml", HEAD + "<x/>", type=f"{TYPES}x+xml")
    document = rendered(compiled(zipped(members)), xs="ab")
    assert "commentsExtended" not in part(document, "word/_rels/document.xml.rels")
    assert "commentsExtended" not in part(document, "[Content_Types].xml")
    assert len(comment_ids(document)) == 2


def test_a_comment_on_more_than_a_pass_stays_at_its_reference() -> None:
    blocks = (
        line('<w:commentRangeStart w:id="2"/>', run("甲")),
        *(START, line(run("{{ x }}")), END),
        line('<w:commentRangeEnd w:id="2"/><w:r><w:commentReference w:id="2"/></w:r>'),
    )
    data = noted("comments", *blocks, notes=comment(2, "二"))
    assert comment_ids(rendered(compiled(data), xs="ab")) == ["2"]


# --- lists ---------------------------------------------------------------------------------------

NUMBERING = (
    f'{HEAD}<w:numbering xmlns:w="{W}">'
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="3"/><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>'
    "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="7"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    "</w:numbering>"
)


def item(text: str, number: int = 1, level: int = 0) -> str:
    properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return line(f"<w:pPr>{properties}</w:pPr>", run(text))


def listed(*blocks: str, **values: Any) -> tuple[list[str], Mapping[str, Any]]:
    """The list of each numbered paragraph, and the instances by their ids."""
    members = joined_to(docx_parts(*blocks), "word/numbering.xml", NUMBERING)
    document = rendered(compiled(zipped(members)), **values)
    numbering = tree_of(document, "word/numbering.xml")
    kinds = [node.tag for node in numbering]
    assert kinds == sorted(kinds)  # what is abstract stands before what is not
    ids = found(numbering, "num", "numId")
    assert len(set(ids)) == len(ids)
    nums = dict(zip(ids, numbering.iter(f"{{{W}}}num"), strict=True))
    used = found(tree_of(document), "numId", "val")
    assert set(used) <= set(nums)
    return used, nums


def starts(num: Any) -> dict[str, str]:
    return dict(
        zip(found(num, "lvlOverride", "ilvl"), found(num, "startOverride", "val"), strict=True)
    )


def test_a_list_in_a_loop_begins_anew_on_each_pass() -> None:
    blocks = [item("前"), START, "{{ x }}", item("甲"), item("乙"), END, item("后")]
    used, nums = listed(*blocks, xs="ab")
    assert used == ["1", "8", "8", "9", "9", "1"]
    assert starts(nums["8"]) == starts(nums["9"]) == {"0": "1"}
    assert found(nums["9"], "abstractNumId", "val") == ["0"]


def test_a_loop_that_makes_the_items_of_a_list_goes_on_counting() -> None:
    assert listed(START, item("{{ x }}"), END, xs="abc")[0] == ["1", "1", "1"]
    assert listed(START, item("{{ x }}"), "正文", END, xs="ab")[0] == ["1", "1"]
    either = ["{% if x %}", item("甲"), "{% else %}", item("乙"), "{% endif %}"]
    assert listed(START, *either, END, xs=[0, 1])[0] == ["1", "1"]


def test_a_list_made_by_a_loop_in_a_loop_begins_anew_on_each_pass_of_the_outer_one() -> None:
    inner = ["{% for y in x %}", item("{{ y }}"), "{% endfor %}"]
    used, _ = listed(START, "节", *inner, END, xs=["ab", "", "c"])
    assert used == ["8", "8", "9"]


def test_deeper_levels_begin_anew_where_they_are_used() -> None:
    blocks = [START, item("甲"), item("一", level=1), item("乙"), END]
    used, nums = listed(*blocks, xs="ab")
    assert used == ["8"] * 3 + ["9"] * 3
    assert starts(nums["8"]) == {"0": "1", "1": "3"}


def test_an_item_with_deeper_ones_goes_on_counting() -> None:
    inner = ["{% for y in x %}", item("{{ y }}", level=1), "{% endfor %}"]
    assert listed(START, item("甲"), *inner, END, xs=["ab", "c"])[0][0::3] == ["1", "1"]


def test_a_list_keeps_the_start_that_it_sets() -> None:
    _, nums = listed(START, item("甲", 7), item("乙", 7), END, xs="ab")
    assert starts(nums["9"]) == {"0": "5"}


def test_two_lists_in_a_loop_have_instances_of_their_own() -> None:
    both = [item("甲"), item("乙"), item("一", 7), item("二", 7)]
    used, nums = listed(START, *both, END, xs="ab")
    assert used == ["8", "8", "9", "9", "10", "10", "11", "11"]
    assert len(nums) == 3 + 4
    assert [starts(nums[number]) for number in ("8", "9")] == [{"0": "1"}, {"0": "5"}]


def test_bullets_and_lists_outside_of_loops_stay_as_they_are() -> None:
    used, nums = listed(item("a"), START, item("甲", 2), item("乙", 2), END, xs="ab")
    assert used == ["1", "2", "2", "2", "2"]
    assert sorted(nums) == ["1", "2", "7"]


def test_a_list_in_the_cell_of_a_repeated_row_begins_anew() -> None:
    first = cell("{% for x in xs %}{{ x }}")
    used, _ = listed(table([first, cell(item("甲"), item("乙"), "{% endfor %}")]), xs="ab")
    assert used == ["8", "8", "9", "9"]


def test_a_list_in_a_macro_begins_anew_on_each_call() -> None:
    macro = ["{% macro m() %}", item("甲"), item("乙"), "{% endmacro %}"]
    assert listed(*macro, "{{ m() }}", "{{ m() }}")[0] == ["8", "8", "9", "9"]


def test_equal_values_give_equal_bytes() -> None:
    blocks = [START, line(drawing(), start(1, "a"), end(1)), item("甲"), item("乙"), END]
    members = joined_to(docx_parts(*blocks), "word/numbering.xml", NUMBERING)
    template = compiled(zipped(members))
    assert rendered(template, xs="ab") == rendered(template, xs="ab")
