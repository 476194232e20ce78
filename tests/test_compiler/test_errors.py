"""All that Jinja cannot read is named at once, tag by tag."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import compiled, docx_with, failure, folder, p, refusal, rendered, table

from generator import check, open_library
from generator.problems import NoticeError

PLACE = "template.docx: body"
HINT = "(correct what stands between the braces)"


def test_every_tag_that_jinja_cannot_read_is_named() -> None:
    blocks = (
        "{{ a b }}",
        "{{ good }}",
        "{% for x of xs %}",
        "{{ x | uper }}",
        "{% endfor %}",
        "{% if %}",
        "{% elif a = %}",
        "{% endif %}",
        "{% set x = %}",
        "{{ y is nope }}",
    )
    assert refusal(*blocks).split("\n") == [
        f"{PLACE} ¶1: T018 Jinja cannot read “{{{{ a b }}}}”: "
        f"expected token 'end of print statement', got 'b' {HINT}",
        f"{PLACE} ¶3: T018 Jinja cannot read “{{% for x of xs %}}”: "
        f"expected token 'in', got 'of' {HINT}",
        f"{PLACE} ¶4: T017 there is no filter “uper” (did you mean “upper”?)",
        f"{PLACE} ¶6: T018 Jinja cannot read “{{% if %}}”: "
        f"Expected an expression, got 'end of statement block' {HINT}",
        f"{PLACE} ¶7: T018 Jinja cannot read “{{% elif a = %}}”: "
        f"expected token 'end of statement block', got '=' {HINT}",
        f"{PLACE} ¶9: T018 Jinja cannot read “{{% set x = %}}”: "
        f"Expected an expression, got 'end of statement block' {HINT}",
        f"{PLACE} ¶10: T019 there is no test “nope” (did you mean “none”?)",
    ]


def test_a_fault_of_a_header_is_named_in_its_part() -> None:
    document = docx_with("{{ a b }}", header=p("{{ c d }}"))
    assert [line.partition(": T018")[0] for line in refusal(document).split("\n")] == [
        f"{PLACE} ¶1",
        "template.docx: header ¶1",
    ]


def test_faults_of_several_templates_are_named_together() -> None:
    said = refusal("{% include 'x' %}", "{{ a b }}", x=["{{ c d }}"])
    assert [line.partition(": T018")[0] for line in said.split("\n")] == [
        f"{PLACE} ¶2",
        "x.docx: body ¶1",
    ]


def test_a_method_that_no_value_has_is_a_problem() -> None:
    assert refusal("{{ a.upper() }}{{ a.items() }}", "{{ a.b.foo() | upper }}") == (
        f"{PLACE} ¶2: T010 no value has a method “foo()”"
    )
    loop = (
        "{% for a in b %}",
        "{% set outer = loop %}{{ outer.cycle('甲', '乙') }}",
        "{% endfor %}",
    )
    assert refusal(*loop) == "it compiles"


def test_a_block_that_is_named_twice_is_a_problem() -> None:
    block = "{% block a %}甲{% endblock %}"
    assert refusal(block, block) == (
        f"{PLACE} ¶2: T018 Jinja cannot read a tag here: block 'a' defined twice {HINT}"
    )


def test_an_end_that_names_another_block_is_a_problem() -> None:
    assert "T018" in refusal("{% block a %}甲{% endblock b %}")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("{{ a b }}", "T018 Jinja cannot read “{{ a b }}”: expected token"),
        ("{{ a", "T001 “{{” is never closed (add “}}”)"),
        ("{{ '?&gt;' }}", "T003 “?>” cannot stand in a tag (put it into a value)"),
        (
            "{% if a %}1{% endif %}",
            "T022 “{% if a %}” cannot stand in an attribute, which holds only values "
            "(write the condition into the value: “{{ a if b else c }}”)",
        ),
    ],
)
def test_tags_in_attributes_are_read_too(value: str, said: str) -> None:
    block = f'<w:p><w:pPr><w:ind w:left="{value}"/></w:pPr></w:p>'
    assert refusal("甲", block).startswith(f"{PLACE} ¶2: {said}")


def test_braces_of_identifiers_in_attributes_are_text() -> None:
    block = '<w:p><w:pPr><w:ind w:left="{28A0092B-C50C-407E}"/></w:pPr></w:p>'
    assert refusal(block) == "it compiles"


def test_what_is_nested_too_deeply_is_named() -> None:
    assert refusal("{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}") == (
        f"{PLACE} ¶1: T016 the statements are nested too deeply"
    )
    loops = "{% for a in xs %}" * 25 + "x" + "{% endfor %}" * 25
    assert refusal(loops) == "template.docx: T016 the statements are nested too deeply"


def test_of_several_tags_in_a_paragraph_the_one_that_fails_is_named() -> None:
    template = compiled("甲{{ a }}乙", "丙{{ b }}丁{{ c.d }}戊{% if e.f %}己{% endif %}")
    for values, place in (
        ({"a": 1, "b": 2, "c": {}, "e": {}}, "body ¶2 “… b }}丁{{ c.d }}戊{% if…”"),
        ({"a": 1, "c": {"d": 1}, "e": {}}, "body ¶2 “丙{{ b }}丁{{ c.…”"),
        ({"a": 1, "b": 2, "c": {"d": 1}}, "body ¶2 “….d }}戊{% if e.f %}己{% en…”"),
        ({"b": 2, "c": {"d": 1}, "e": {"f": 1}}, "body ¶1 “甲{{ a }}乙”"),
    ):
        with pytest.raises(NoticeError) as caught:
            rendered(template, **values)
        assert caught.value.problems[0].where.spot == place


def test_a_place_names_the_row_and_the_column() -> None:
    rows = table(["名", "数"], ["{% for r in rows %}{{ r.n }}", "{{ r.m }}{% endfor %}"])
    assert failure(rows, rows=[{"n": 1}]).startswith(
        "template.docx: body ¶4 (row 2, column 2): T401 “m” is not there"
    )


# --- all at once, and nothing that only follows from another fault -------------------------------


def brief(*blocks: str | bytes, **others: str | bytes | list[str]) -> list[tuple[str, str]]:
    """The place and the code of each problem."""
    lines = [line.split(": ") for line in refusal(*blocks, **others).split("\n")]
    return [(f"{file}: {place}", said.split(" ")[0]) for file, place, said, *_ in lines]


def test_faults_of_every_kind_and_part_are_told_in_one_run_in_their_order() -> None:
    document = docx_with(
        "截至｛｛ 日期 ｝｝止",
        "{{ 甲 ",
        "{{ 乙 | uper }}",
        "{% wenn 丙 %}",
        "{% if a %}{% for b in c %}{% endif %}{% endfor %}",
        "{{ '?>' }}",
        "{{ a b }}",
        table(["{{ c is nope }}", "{{ d.e( }}"]),
        header=p("{{ 页 | zz }}{{ "),
        footer=p("{% endfor %}"),
    )
    assert brief(document) == [
        (f"{PLACE} ¶1", "T024"),
        (f"{PLACE} ¶2", "T001"),
        (f"{PLACE} ¶3", "T017"),
        (f"{PLACE} ¶4", "T004"),
        (f"{PLACE} ¶5", "T005"),
        (f"{PLACE} ¶6", "T003"),
        (f"{PLACE} ¶7", "T018"),
        (f"{PLACE} ¶8 (row 1, column 1)", "T019"),
        (f"{PLACE} ¶9 (row 1, column 2)", "T018"),
        ("template.docx: header ¶1", "T001"),
        ("template.docx: header ¶1", "T017"),
        ("template.docx: footer ¶1", "T005"),
    ]


def test_faults_of_all_templates_of_a_family_are_told_in_one_run() -> None:
    child = (
        "{% extends 'x' %}",
        "{% block a %}{{ b | zz }}{% endblock %}",
        "{% block q %}{% include 'y' %}{% endblock %}",
        "{{ caller() }}",
    )
    parent = docx_with("{{ c d }}", "{% if a %}", "{% block a %}{% endblock %}")
    assert brief(*child, x=parent, y=["{% endif %}"]) == [
        (f"{PLACE} ¶2", "T017"),
        (f"{PLACE} ¶4", "T010"),
        (f"{PLACE} ¶4", "T015"),
        ("x.docx: body ¶1", "T018"),
        ("x.docx: body ¶2", "T006"),
        ("y.docx: body ¶1", "T005"),
    ]


def test_unknown_blocks_are_told_beside_what_stands_at_the_wrong_level() -> None:
    child = ("{% extends 'x' %}", "{% block b %}{{ a | zz }}{% endblock %}", "{{ caller() }}")
    parent = docx_with("{% block a %}甲{% endblock %}")
    assert brief(*child, x=parent) == [
        (f"{PLACE} ¶2", "T011"),
        (f"{PLACE} ¶2", "T017"),
        (f"{PLACE} ¶3", "T010"),
        (f"{PLACE} ¶3", "T015"),
    ]


@pytest.mark.parametrize(
    ("blocks", "codes"),
    [
        (("{％ if 急 ％}", "急", "{% endif %}"), ["T024"]),
        (("{% if 急 }", "急", "{% endif %}"), ["T001"]),
        (("{% if 急 是", "急", "{% endif %}"), ["T001"]),
        (("{% if a == '?>' %}", "急", "{% endif %}"), ["T003"]),
        (("{% fro x in xs %}", "{{ x }}", "{% endfor %}"), ["T004"]),
        (("{% fro x in xs %}", "{{ x }}", "{% endfro %}"), ["T004", "T004"]),
        (("{% for x in xs %}", "{{ x }}", "{% endfro %}"), ["T004"]),
        (("{% wenn a %}", "甲", "{% else %}", "乙", "{% endif %}"), ["T004"]),
        (("{% if a %}{% for x in xs %}{% endif %}{% endfor %}",), ["T005"]),
        (("{% raw %}", "甲", "{% endif %}"), ["T001"]),
    ],
)
def test_what_only_follows_from_a_fault_is_not_told(
    blocks: tuple[str, ...], codes: list[str]
) -> None:
    assert [code for _, code in brief(*blocks)] == codes


def test_a_template_that_is_asked_for_and_missing_is_told_at_its_tag(tmp_path: Path) -> None:
    body = "{% include 'nowhere' %}\n\n{{ a | zz }}\n\n{% include 'nobody' %}\n"
    folder(tmp_path, {"memo/template.yaml": "title: x\nlayout: plain\n", "memo/body.md": body})
    found = check(tmp_path / "memo", library=open_library(keep=False))
    assert [(each.where.spot, each.code) for each in found] == [
        ("1", "B001"),
        ("3", "T017"),
        ("5", "B001"),
    ]


def test_faults_of_a_markdown_body_are_told_beside_its_settings(tmp_path: Path) -> None:
    body = "{{ a\n\n{{ b | zz }}\n\n![x](y)\n\n{% if c\n\n{% endif %}\n"
    settings = "title: '{{ a | zz }}'\nlayout: plain\n"
    folder(tmp_path, {"memo/template.yaml": settings, "memo/body.md": body})
    found = check(tmp_path / "memo", library=open_library(keep=False))
    assert [(Path(each.where.file).name, each.where.spot, each.code) for each in found] == [
        ("body.md", "1", "T001"),
        ("body.md", "3", "T017"),
        ("body.md", "5", "T211"),
        ("body.md", "7", "T001"),
        ("template.yaml", "1:8", "T017"),
    ]
