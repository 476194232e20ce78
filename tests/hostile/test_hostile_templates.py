"""Templates from strangers end as a problem, soon, and never as a broken document."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from builders import compiled, docx_with, p, printed, rendered, table
from structure import faults

from generator import compile_docx
from generator.limits import Limits
from generator.problems import NoticeError

CALL = ("{% call m() %}", "x", "{% endcall %}")
SECONDS = 20.0  # of this process: a busy machine takes longer
"""More than any of these takes on a slow machine; without bounds they take for ever."""


@pytest.fixture(autouse=True)
def _bounded() -> Iterator[None]:
    started = time.process_time()
    yield
    assert time.process_time() - started < SECONDS


def ends(*blocks: str, **others: Any) -> str:
    """The code of the first problem of a template, compiled or rendered."""
    values = {"x": 1, "d": {"a": {}}, "s": "abc", "xs": [1, 2]}
    with pytest.raises(NoticeError) as caught:
        rendered(compiled(*blocks, **others), **values)
    return caught.value.problems[0].code


@pytest.mark.parametrize(
    "code",
    [
        "x.__class__",
        "x['__class__']",
        "''.__class__.__mro__[1].__subclasses__()",
        "''['__class__']['__mro__']",
        "[].__init__.__globals__",
        "xs | map(attribute='__class__') | list | first",
        "xs | groupby('__class__') | list | length | upper ~ x.__doc__",
        "s.format(1)",
        "'{0.__class__}'.format(x)",
        "'{:>1000000000}'.format(x)",
        "'{a}'.format_map(d)",
        "s['format'](1)",
        "s.encode()",
        "s.join(xs)",
        "s.replace('a', 'b')",
        "s.center(1000000000)",
        "s.ljust(1000000000)",
        "s.zfill(1000000000)",
        "x.to_bytes(1000000000, 'big')",
        "d.update(a=1)",
        "d.pop('a')",
        "d.setdefault('b', 1)",
        "xs.append(1)",
        "xs.__iadd__(xs)",
        "range.__init__",
        "namespace.__init__.__globals__",
        "'%1000000000d' % x",
        "'%s' % x",
        "x()",
    ],
)
def test_no_way_leads_out_of_the_sandbox(code: str) -> None:
    assert ends("{{ " + code + " }}") in ("T010", "T401", "T402", "T404")


@pytest.mark.parametrize(
    "use",
    [
        "{{ x | attr('__class__') }}",
        "{{ '</w:t>' | safe }}",
        "{{ d | tojson }}",
        "{{ d | xmlattr }}",
        "{{ s | urlize }}",
        "{{ s | forceescape }}",
        "{{ s | center(1000000000) }}",
        "{{ s | indent(1000000000) }}",
        "{{ '%1000000000d' | format(1) }}",
        "{{ d | pprint }}",
        "{{ [s] | random }}",
    ],
)
def test_filters_that_could_harm_are_not_there(use: str) -> None:
    assert ends(use) == "T017"


@pytest.mark.parametrize(
    "code",
    [
        "range(1000000000)",
        "range(100001) | list",
        "9 ** 9999",
        "9 ** (9 ** 9)",
        "2 ** 1000 ** 10",
        "10 ** 300 * 10 ** 300 * 10 ** 300",
        "'a' * 1000000000",
        "1000000000 * 'a'",
        "[1] * 1000000000",
        "(1,) * 1000000000",
        "'a' * 900000 + 'b' * 900000",
        "'a' * 900000 ~ 'b' * 900000",
        "'a' * 900000 | replace('a', 'bbbbbbbbbb')",
        "('a' * 900000).split('') | length",
        "['a' * 900000] * 900000 | join",
        "['a', 'b'] * 400000 | join('c' * 900000)",
        "['a', 'b'] * 400000 | listed('c' * 900000)",
        "xs | batch(1000000000, 0) | list | length",
        "xs | slice(1000000000) | list | length",
        "1 | round(1000000000)",
        "('f' * 900000) | int(base=16)",
        "[[1] * 900000] | sum(start=[])",
        "'k' | list_number(1000000000)",
        "[xs] | heading_number",
        "'甲' | han",
        "s | truncate('x')",
        "xs",
        "[xs] | string",
        "[xs] | upper",
        "[xs] | join",
        "d ~ ''",
    ],
)
def test_no_value_grows_without_bounds(code: str) -> None:
    assert ends("{{ " + code + " }}") in ("T403", "T404")


@pytest.mark.parametrize(
    "text",
    [
        "{% set n = namespace(s='a') %}{% for i in R %}{% set n.s = n.s + n.s %}{% endfor %}",
        "{% set n = namespace(s='a') %}{% for i in R %}{% set n.s = n.s ~ n.s %}{% endfor %}",
        "{% set n = namespace(s='a') %}{% for i in R %}{% set n.s %}{{ n.s }}{{ n.s }}"
        "{% endset %}{% endfor %}",
        "{% set n = namespace(s=[1]) %}{% for i in R %}{% set n.s = n.s + n.s %}{% endfor %}",
        "{% set n = namespace(s=[1]) %}{% for i in R %}{% set n.s = [n.s, n.s] %}{% endfor %}"
        "{{ n.s }}",
        "{% set n = namespace(s=[1]) %}{% for i in R %}{% set n.s = [n.s, n.s] %}{% endfor %}"
        "{{ n.s | string }}",
        "{% set n = namespace(s=2) %}{% for i in R %}{% set n.s = n.s * n.s %}{% endfor %}",
        "{% for i in range(99999) %}{{ 'a' * 900000 }}{% endfor %}",
    ],
)
def test_nothing_doubles_for_ever(text: str) -> None:
    assert ends("{% set R = range(60) %}" + text) == "T403"


def test_loops_within_loops_end() -> None:
    loops = ("{% for a in range(99999) %}{% for b in range(99999) %}", "{% endfor %}{% endfor %}")
    assert ends("x".join(loops)) == "T403"
    assert ends("".join(loops)) == "T403"


@pytest.mark.parametrize(
    "blocks",
    [
        ["{% macro m() %}{{ m() }}{% endmacro %}a{{ m() }}"],
        ["{% macro m() %}", "x", "{{ m() }}", "{% endmacro %}", "{{ m() }}"],
        ["{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}a{{ a() }}"],
        ["{% block a %}", "{{ self.a() }}", "{% endblock %}"],
        ["{% for k in [1] recursive %}", "{{ loop([1]) }}", "{% endfor %}"],
        [
            "{% macro m() %}",
            "{{ caller() }}",
            "{% call m() %}",
            "x",
            "{% endcall %}",
            "{% endmacro %}",
            "{% call m() %}",
            "x",
            "{% endcall %}",
        ],
    ],
)
def test_recursion_ends(blocks: list[str]) -> None:
    assert ends(*blocks) == "T403"


def test_recursion_that_branches_ends() -> None:
    macro = "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}"
    assert ends(macro + "a{{ m(60) }}") == "T403"


def test_a_template_that_includes_itself_ends() -> None:
    assert ends("{% include 'a' %}", a=["x", "{% include 'a' %}"]) == "T403"
    twice = [
        "{% if n < 60 %}",
        "{% with n = n + 1 %}",
        "{% include 'a' %}",
        "{% include 'a' %}",
        "{% endwith %}",
        "{% endif %}",
    ]
    assert ends("{% set n = 0 %}", "{% include 'a' %}", a=twice) == "T403"


@pytest.mark.parametrize(
    "code",
    [
        "(" * 5_000 + "1" + ")" * 5_000,
        "[" * 5_000 + "]" * 5_000,
        "-" * 5_000 + "1",
        "not " * 5_000 + "1",
        "1" + "+1" * 5_000,
        "x" + ".a" * 5_000,
        "x" + "[0]" * 5_000,
        "s" + " | upper" * 5_000,
        "1" + " if 1 else 2" * 3_000,
        "1" + " < 1" * 100 + " and 1" * 5_000,
    ],
)
def test_deep_expressions_end(code: str) -> None:
    assert ends("{{ " + code + " }}") == "T016"


@pytest.mark.parametrize("depth", [21, 60, 2_000])
def test_loops_nested_too_deeply_end(depth: int) -> None:
    assert ends("{% for a in xs %}" * depth + "x" + "{% endfor %}" * depth) == "T016"


def test_twenty_loops_are_not_too_deep() -> None:
    assert printed("{% for a in [1] %}" * 18 + "x" + "{% endfor %}" * 18) == ["x"]


@pytest.mark.parametrize(
    "text",
    [
        "{{ x }}",
        "{% for a in b %}",
        "{# x #}",
        "{% raw %}",
        "<?v x ?>",
        "<?b if x ?>",
        "]]>",
        "?>",
        "</w:t></w:r></w:p>",
        "<!-- x",
        "&#0;",
        "&lt;w:p&gt;",
        "{{ x",
        "%}",
        "\\",
        "{{ '{{' }}",
    ],
)
def test_values_that_look_like_tags_are_text(text: str) -> None:
    block = table(["{{ v }}", "{{ v ~ '' }}{% set w %}{{ v }}{% endset %}{{ w }}"])
    assert printed("{{ v }}", block, v=text) == [text, text, text + text]


def test_names_of_the_machinery_are_not_there() -> None:
    for name in (
        "environment",
        "context",
        "config",
        "request",
        "cycler",
        "lipsum",
        "dict",
        "joiner",
    ):
        assert ends("{{ " + name + " }}") == "T401"


@pytest.mark.parametrize(
    "code", ['"a\\u0000b"', '"\\ud800"', '"\\x1b"', '"\\uffff"', '"\\x00" ~ x']
)
def test_characters_that_no_document_can_hold_are_refused(code: str) -> None:
    assert ends("{{ " + code + " }}") == "T403"


def test_thousands_of_tags_in_one_paragraph_are_compiled() -> None:
    text = "甲{% if x %}乙{{ x }}{% endif %}" * 1_000
    assert printed(text, x=1) == ["甲乙1" * 1_000]
    runs = p(*["{% if x %}乙", "{{ x }}丙{% endif %}"] * 300)
    assert printed(runs, x=1) == ["乙1丙" * 300]


def test_thousands_of_faults_are_told_soon() -> None:
    assert ends(*["{{ a b }}"] * 1_000) == "T018"
    assert ends(*["{% endif %}"] * 1_000) == "T005"
    assert ends(*["{{ a "] * 1_000) == "T001"


MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"


@pytest.mark.parametrize(
    "block",
    [
        p("{% measure left = x)) if true else ((0 %}"),
        table(["{% cellbg x) if true else (0 %}"]),
        table(["{% colspan x)) if true else ((0 %}"]),
        table(["{% measure width = x) if true else (0 %}"]),
        '<w:p><w:bookmarkStart w:id="1" w:name="{{ x) if true else (0 }}"/></w:p>',
        f'<w:p><m:oMath xmlns:m="{MATH}"><m:r><m:t>{{{{ x) ~ (x }}}}</m:t></m:r></m:oMath></w:p>',
        p("{{ x) ~ (x }}"),
        p("{% measure left = 'a<w:br/>b' ) if true else ( 'c' %}".replace("<w:br/>", "\n")),
    ],
)
def test_no_expression_ends_what_is_put_around_it(block: str) -> None:
    assert ends(block) == "T018"


def test_numbers_without_end_are_numbers() -> None:
    assert printed("{{ x == 1e999 }}{% if x < 1e300 * 1e300 %}小{% endif %}", x=1) == ["false小"]
    assert ends("{% measure left = 1e999 %}甲") == "T403"


def test_what_stands_in_an_attribute_cannot_leave_it() -> None:
    block = '<w:p><w:pPr><w:pStyle w:val="{{ v }}"/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>'
    document = rendered(compiled(docx_with(block)), v='"/><w:p a="<?v x ?>')
    assert faults(document) == []


HUGE = "{% set n = range(9999) | list %}{% set s = 'a' * 9000 %}"
PASSES = "{% for i in range(900) %}"
TIGHT = Limits(steps=20_000, output=1_000_000)
"""So that the tests are quick; passes of loops alone stay far below."""


def is_stopped(*blocks: str) -> bool:
    """Whether a template goes beyond tight limits."""
    with pytest.raises(NoticeError) as caught:
        compile_docx(docx_with(*blocks), TIGHT).render({"x": 1, "d": {"a": {}}, "xs": [1, 2]})
    return caught.value.problems[0].code == "T403"


@pytest.mark.parametrize(
    "work",
    [
        "n | sort | length",
        "n | map('string') | map('int') | sum",
        "n | select('in', n) | list | length",
        "n | batch(9999, 'x') | list | length",
        "s | upper | lower | title | length",
        "s | wordcount",
        "s | trim('b' * 99 ~ 'a') | length",
        "s.strip('b' * 99 ~ 'a') | length",
        "s.lstrip('b' * 99 ~ 'a') | length",
        "s.rstrip('b' * 99 ~ 'a') | length",
        "s.count('b')",
        "s.split('b') | length",
        "s[::-1] | length",
        "n == n[:]",
        "s ~ 'b' in s",
        "'b' in n",
        "n is in n",
    ],
)
def test_work_on_large_values_counts_by_their_size(work: str) -> None:
    assert is_stopped(HUGE + PASSES + "{{ " + work + " }}{% endfor %}")
    assert is_stopped(HUGE, ("{{ " + work + " }}") * 400)  # without any loop


@pytest.mark.parametrize(
    "use", ["n.a == n.b", "n.a in [n.b]", "[n.a, n.b] | sort", "[n.a] | unique | list", "n.a < n.b"]
)
@pytest.mark.parametrize("pair", ["[{0}, {0}]", "({0}, {0})", "{{'x': {0}, 'y': {0}}}"])
def test_lists_that_share_their_items_are_weighed(pair: str, use: str) -> None:
    grow = "{% set n = namespace(a=[1], b=[1]) %}{% for i in range(40) %}" + "".join(
        "{% set n." + name + " = " + pair.format(f"n.{name}") + " %}" for name in "ab"
    )
    assert is_stopped(grow + "{% endfor %}{{ (" + use + ") }}")


@pytest.mark.parametrize(
    "kept",
    ["n.s + ['a' * 9000]", "[n.s, 'a' * 9000]", "[n.s, ('ab ' * 3000).split()]", "n.s * 2"],
)
def test_what_is_kept_in_memory_is_bounded(kept: str) -> None:
    text = "{% set n = namespace(s=[1]) %}" + PASSES + "{% set n.s = " + kept + " %}{% endfor %}"
    assert is_stopped(text)


@pytest.mark.parametrize(
    "use", ["a" + " ~ a" * 9_000, "[" + "a, " * 9_000 + "] | listed", "[" + "a, " * 9_000 + "]"]
)
def test_one_long_text_is_not_put_together_thousands_of_times(use: str) -> None:
    assert is_stopped("{% set a = 'a' * 90000 %}{% set b = " + use + " %}")


@pytest.mark.parametrize("way", ["strip", "lstrip", "rstrip"])
def test_many_signs_are_not_sought_at_the_ends_of_a_long_text(way: str) -> None:
    many = "('b' * 90000 ~ 'a')"
    assert is_stopped("{% set s = 'a' * 90000 %}{{ s." + way + many + " }}")
    assert is_stopped("{% set s = 'a' * 90000 %}{{ s | trim" + many + " }}")


LINES = "{{ '\\n' * 9000 }}"


@pytest.mark.parametrize(
    "blocks",
    [
        [LINES * 300],
        ["{% set m %}" + LINES * 300 + "{% endset %}x"],
        ["{% macro m() %}" + LINES * 300 + "{% endmacro %}a{{ m() }}"],
        ["{% macro m() %}" + PASSES + "甲" * 9999 + "{% endfor %}{% endmacro %}a{{ m() }}"],
        ["{% set m %}" + PASSES + "甲" * 9999 + "{% endfor %}{% endset %}a"],
        ["{{ (['a' * 90] * 90000) | join }}"],
    ],
)
def test_what_waits_to_be_printed_is_bounded(blocks: list[str]) -> None:
    assert is_stopped(*blocks)


def test_values_that_a_filter_would_put_in_many_times_are_small() -> None:
    for use in (
        "[none] * 1000 | map('default', L) | list | length",
        "xs | batch(9, L) | list | length",
        "xs | slice(9, L) | list | length",
        "[d] * 9 | groupby('b', default=L) | list | length",
    ):
        assert is_stopped("{% set L = [1] * 2000 %}{{ " + use + " }}")


def test_tags_in_one_paragraph_take_time_in_proportion() -> None:
    assert printed("{{ x }}" * 4_000, x=1) == ["1" * 4_000]


def test_limits_are_settings() -> None:
    word = docx_with("{% for i in range(n) %}甲{% endfor %}{{ 'a' * n }}")
    for limits, said in (
        (Limits(steps=50), "the template takes too many steps"),
        (Limits(output=50), "the document grows too large"),
        (Limits(value=50), "“*” makes too large a value"),
        (Limits(seconds=1e-9), "the template takes too many steps"),
    ):
        with pytest.raises(NoticeError, match=re.escape(said)):
            compile_docx(word, limits).render({"n": 100})
    assert compile_docx(word, Limits(steps=150)).render({"n": 100})
    for limits, said in (
        (Limits(members=2), "the package has"),
        (Limits(package=99), "the package is too large unpacked"),
        (Limits(markup=99), "the text of the document, its formats and all, is too large"),
    ):
        with pytest.raises(NoticeError, match=said):
            compile_docx(word, limits)
