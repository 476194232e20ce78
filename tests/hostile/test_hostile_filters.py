"""Every filter pays for the size of what it is given, or takes the same time whatever that is."""

from __future__ import annotations

import pytest
from builders import docx_with

from generator import compile_docx
from generator.limits import Limits
from generator.problems import NoticeError
from generator.runtime.filters import CONSTANT_TIME, FILTERS

TIGHT = Limits(steps=25_000)
HUGE = (
    "{% set s = '9' * 90000 %}{% set n = range(90000) | list %}{% set t = ['一二'] * 30000 %}"
    "{% set o = [{'name': '市委', 'mark': '市', 'seal': none, 'stamp': none,"
    " 'signer': '张某', 'signer_office': '局长', 'n': 1}] * 4000 %}"
)
"""A text, a list of numbers, of texts, of organs; `d` is a mapping."""
DATE = "'2005年3月9日'"
USES = {
    "annex_note_hanging": "1 | annex_note_hanging(s, 320)",
    "batch": "n | batch(2)",
    "capitalize": "s | capitalize",
    "chart": "o[:400] | chart(category='name', series={'1': 'n', '2': 'n', '3': 'n'})",
    "copies_height": "t | copies_height",
    "date_indent": f"s | date_indent({DATE}, true, 320)",
    "date_left": f"s | date_left({DATE}, true, 320)",
    "dictsort": "d | dictsort",
    "escape": "s | escape",
    "float": "s | float",
    "groupby": "o | groupby('name')",
    "imprint_gap": f"s | imprint_gap({DATE})",
    "imprint_height": f"t | imprint_height('x', {DATE})",
    "in_brackets": "s | in_brackets",
    "in_quotes": "s | in_quotes",
    "int": "s | int",
    "issuer_indent": f"s | issuer_indent({DATE}, true, 320)",
    "join": "t | join",
    "joint_left": f"o | joint_left({DATE}, 320)",
    "joint_mark": "o | joint_mark('文件')",
    "list": "n | list",
    "listed": "t | listed",
    "lower": "s | lower",
    "map": "n | map('string') | list",
    "masked": "s | masked",
    "max": "n | max",
    "min": "n | min",
    "period": "'2005-03-09' | period('2005-03-17', s)",
    "reject": "n | reject('odd') | list",
    "rejectattr": "o | rejectattr('n') | list",
    "replace": "s | replace('8', '')",
    "reverse": "s | reverse",
    "seal_middle": f"s | seal_middle({DATE}, 320)",
    "select": "n | select('odd') | list",
    "selectattr": "o | selectattr('n') | list",
    "short_period": "'2005-03-09' | short_period('2005-03-17', s)",
    "signatory_rows": "t | signatory_rows",
    "signatory_stop": "[t, t] | signatory_stop(0, 320)",
    "signature_rows": f"o | signature_rows({DATE}, 560, 320)",
    "signer_indent": "o[0] | signer_indent(o, 320)",
    "slice": "n | slice(2) | list",
    "sort": "n | sort",
    "space_before_mark": "t | space_before_mark(9, 9)",
    "stamp_rows": "o | stamp_rows(560, 320)",
    "string": "s | string",
    "sum": "n | sum",
    "title": "s | title",
    "trim": "s | trim",
    "truncate": "s | truncate(8)",
    "unique": "n | unique | list",
    "upper": "s | upper",
    "widest_name": "o | widest_name",
    "width": "s | width",
    "wordcount": "s | wordcount",
}
"""One use of each filter whose work grows with what it is given."""
REFUSED = {
    "cell_color": "s | cell_color",
    "cell_span": "s | cell_span",
    "field_target": "s | field_target",
    "picture": "s | picture",
}
"""Those that take nothing large."""


def outcome(use: str, times: int) -> str:
    """Why a number of uses of a filter do not render within tight limits; `""` where they do."""
    word = docx_with(HUGE + f"{{% for i in range({times}) %}}{{% set x = {use} %}}{{% endfor %}}")
    try:
        compile_docx(word, TIGHT).render({"d": dict.fromkeys(map(str, range(9000)), 1)})
    except NoticeError as error:
        [problem] = error.problems
        return str(problem.message)
    return ""


def test_every_filter_is_known_here() -> None:
    assert USES.keys() | REFUSED.keys() | {"e"} == FILTERS.keys() - CONSTANT_TIME


@pytest.mark.parametrize("name", USES)
def test_a_filter_pays_for_the_size_of_what_it_is_given(name: str) -> None:
    assert outcome(USES[name], 1) == ""
    assert outcome(USES[name], 200) == "the template takes too many steps"


@pytest.mark.parametrize("name", REFUSED)
def test_a_filter_that_takes_nothing_large_says_so(name: str) -> None:
    assert outcome(REFUSED[name], 1) not in ("", "the template takes too many steps")
