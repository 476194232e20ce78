"""What holds for any text, any template, any bytes."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from random import Random
from typing import TypeVar

from builders import compiled, docx_with, p, paragraphs, rendered, run, table
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_templates import (
    TREE,
    VALUES,
    random_child,
    random_rich_template,
    random_sections,
    random_template,
)
from structure import faults

from generator.compiler.bodies import read_word_body
from generator.package import pack, read_parts, write
from generator.problems import NoticeError, Problem
from generator.runtime.compiled import CompiledTemplate
from generator.sources import decode, read_yaml
from generator.tagging import scan

Made = TypeVar("Made")

steady = settings(
    derandomize=True,
    deadline=None,
    max_examples=200,
    database=None,
    suppress_health_check=list(HealthCheck),
)
seeds = st.integers(0, 2**32)


def attempt(make: Callable[[], Made]) -> Made | list[Problem]:
    """What *make* makes, or the problems for which it does not."""
    try:
        return make()
    except NoticeError as error:
        return error.problems


# --- texts ---------------------------------------------------------------------------------------

EVERYWHERE = compiled(
    docx_with(
        "{{ v }}",
        "甲{% set w %}{{ v }}{% endset %}{{ w }}乙",
        table(["{{ v ~ '' }}", "{% for x in [v] %}{{ x }}{% endfor %}"]),
        header=p("{{ v }}"),
    )
)


@steady
@given(st.text(st.characters(codec="utf-8")))
def test_any_text_arrives_unchanged_or_is_a_named_problem(text: str) -> None:
    document = attempt(lambda: rendered(EVERYWHERE, v=text))
    if isinstance(document, list):
        (problem,) = document
        assert problem.code == "T403"
        assert str(problem.where) == "template.docx: body ¶1 “{{ v }}”"
        return
    assert faults(document) == []
    same = text.replace("\r\n", "\n").replace("\r", "\n")
    assert paragraphs(document) == [same, f"甲{same}乙", same, same]
    assert paragraphs(document, "word/header1.xml") == [same]


@steady
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])))
def test_any_text_that_a_yaml_file_holds_arrives_unchanged(text: str) -> None:
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    data = f'a: "{quoted}"\n'.encode()
    source = attempt(lambda: read_yaml(decode(data, "a.yaml"), "a.yaml"))
    if isinstance(source, list):
        assert all(problem.where.spot for problem in source)
        return
    assert isinstance(source.value, dict)
    value = source.value["a"]
    assert paragraphs(rendered(EVERYWHERE, v=value))[0] == value


@steady
@given(st.text())
def test_the_text_of_a_template_is_kept_or_a_named_problem(text: str) -> None:
    kept = "".join(character for character in text if character.isprintable())
    template = attempt(lambda: compiled(docx_with(p(run(kept), "尾"))))
    if isinstance(template, list):
        assert all(problem.code[0] == "T" for problem in template)
    elif not scan(kept):
        assert paragraphs(rendered(template)) == [kept + "尾"]


@steady
@given(st.text("甲<&\n{", max_size=20))
def test_equal_input_gives_equal_bytes(text: str) -> None:
    assert rendered(EVERYWHERE, v=text) == rendered(EVERYWHERE, v=text)


SPLIT = "截至{{ date }}，{% if a %}甲{{ n | int + 1 }}{% else %}乙{% endif %}{# 注 #}止{{ '}}' }}"


BETWEEN = (
    "",
    '<w:proofErr w:type="spellStart"/>',
    '<w:bookmarkStart w:id="1" w:name="a"/><w:bookmarkEnd w:id="1"/>',
    '<w:del w:id="2" w:author="a"><w:r><w:delText>{{ x }}</w:delText></w:r></w:del>',
    "<w:r><w:lastRenderedPageBreak/></w:r>",
)


@steady
@given(st.lists(st.integers(0, len(SPLIT)), max_size=12), st.sampled_from(BETWEEN), st.booleans())
def test_runs_may_split_a_paragraph_anywhere(cuts: list[int], between: str, a: bool) -> None:
    edges = [0, *sorted(cuts), len(SPLIT)]
    runs = [run(SPLIT[start:end]) for start, end in pairwise(edges)]
    middle = len(runs) // 2
    block = p(*runs[:middle], between or "<w:r/>", *runs[middle:])
    document = rendered(compiled(docx_with(block)), date="3月9日", n=7, a=a)
    assert paragraphs(document) == [f"截至3月9日，{'甲8' if a else '乙'}止}}}}"]
    assert faults(document) == []


# --- templates -----------------------------------------------------------------------------------


def is_of_values(problem: Problem) -> bool:
    """Whether a template is sound, but not for these values."""
    return problem.code == "T401" or "is no measure from" in str(problem)


def check(made: CompiledTemplate | list[Problem]) -> None:
    """A template that is refused says why and where; any other renders sound documents."""
    if isinstance(made, list):
        assert all(problem.code[0] == "T" and problem.where.spot for problem in made)
        return
    for values in VALUES:
        document = attempt(lambda values=values: rendered(made, tree=TREE, **values))
        if isinstance(document, list):
            assert all(map(is_of_values, document)), document
        else:
            assert faults(document) == []


@settings(steady, max_examples=400)
@given(seeds)
def test_whatever_compiles_renders_sound(seed: int) -> None:
    check(attempt(lambda: compiled(random_template(Random(seed)))))


@settings(steady, max_examples=300)
@given(seeds)
def test_whatever_compiles_with_the_signs_of_docxtpl_renders_sound(seed: int) -> None:
    check(attempt(lambda: compiled(random_template(Random(seed), signs=True))))


@settings(steady, max_examples=100)
@given(seeds)
def test_whatever_compiles_among_all_that_word_writes_renders_sound(seed: int) -> None:
    check(attempt(lambda: compiled(random_rich_template(Random(seed)))))


@settings(steady, max_examples=300)
@given(seeds)
def test_whatever_child_compiles_renders_sound(seed: int) -> None:
    random = Random(seed)
    parent, child = random_template(random), random_child(random)
    check(attempt(lambda: compiled(*child, parent=parent)))


@settings(steady, max_examples=300)
@given(seeds)
def test_whatever_compiles_among_sections_that_come_and_go_renders_sound(seed: int) -> None:
    check(attempt(lambda: compiled(docx_with(*random_sections(Random(seed))))))


@settings(steady, max_examples=200)
@given(seeds)
def test_whatever_child_with_sections_compiles_renders_sound(seed: int) -> None:
    random = Random(seed)
    parent, child = docx_with(*random_sections(random)), random_sections(random, child=True)
    check(attempt(lambda: compiled(*child, parent=parent)))


def test_many_random_templates_compile() -> None:
    for signs, enough in ((False, 30), (True, 55)):
        made = [
            attempt(lambda n=n, signs=signs: compiled(random_template(Random(n), signs=signs)))
            for n in range(100)
        ]
        assert sum(isinstance(template, CompiledTemplate) for template in made) > enough


def test_many_random_templates_with_sections_compile_and_some_ask_for_them() -> None:
    made = [
        attempt(lambda n=n: compiled(docx_with(*random_sections(Random(n))))) for n in range(100)
    ]
    found = [template for template in made if isinstance(template, CompiledTemplate)]
    assert len(found) > 30
    assert sum(template.sections is not None for template in found) > 10


# --- packages ------------------------------------------------------------------------------------


@steady
@given(st.dictionaries(st.text("ab/文.xml", min_size=1, max_size=8), st.binary(max_size=50)))
def test_a_package_that_was_written_is_read_again(parts: dict[str, bytes]) -> None:
    parts["[Content_Types].xml"] = b"<Types/>"
    read = attempt(lambda: read_parts(write(pack(parts), ()), "a.docx"))
    if isinstance(read, list):
        assert [problem.code for problem in read] == ["T020"]
    else:
        assert read == {name: data for name, data in parts.items() if name[-1] != "/"}


@steady
@given(st.binary(max_size=200) | st.binary(max_size=200).map(lambda tail: b"PK\x03\x04" + tail))
def test_any_bytes_are_a_package_or_a_named_problem(data: bytes) -> None:
    body = attempt(lambda: read_word_body(data, "a", "a.docx"))
    if isinstance(body, list):
        assert all(problem.code[0] == "T" for problem in body)
