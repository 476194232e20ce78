"""版头: what stands above the red rule and the rule itself (GB/T 9704—2012, 7.2)."""

from __future__ import annotations

from generator.layouts.geometry import Geometry
from generator.layouts.joint import joint_mark
from generator.layouts.paragraphs import (
    issuer_mark,
    paragraph,
    run,
    statement,
    tab_stops,
    when,
)
from generator.layouts.placing import Mark
from generator.wordml import Element

_COLUMNS = ("0", "1", "2")
"""签发人, the first names and the second ones, by what `signatory_stop` calls them."""


def head(g: Geometry, mark: Mark) -> list[Element]:
    """份号, 密级和保密期限, 紧急程度, 发文机关标志, 发文字号 and 签发人, with the red rule."""
    return [
        *labels(),
        *marks(g, mark, g.mark_top),
        statement("if signatory"),
        *_number_and_signatory(g),
        statement("else"),
        paragraph("发文字号", "{{ document_number }}"),
        statement("endif"),
    ]


def marks(g: Geometry, mark: Mark, top: int) -> list[Element]:
    """The mark of the organ, or those of all that issue together, as the organ chooses (7.2.4).

    Its ink begins *top* below Word's margin.
    """
    own = _mark(g, mark, top)
    if mark.alone:
        return [own]
    joint = [statement("if issuing_organs | length > 1"), *joint_mark(g, mark, top)]
    return [*joint, statement("else"), own, statement("endif")]


def above_number(g: Geometry, mark: Mark, top: int) -> list[Element]:
    """份号, 密级和保密期限, 紧急程度 and 发文机关标志, its ink *top* below that of the 版心."""
    return [*labels(), _mark(g, mark, top)]


def labels() -> list[Element]:
    """份号, 密级和保密期限 and 紧急程度."""
    return [
        *when("copy_number", paragraph("份号", "{{ copy_number }}")),
        *when("classification", paragraph("密级和保密期限", "{{ classification }}")),
        *when("urgency", paragraph("紧急程度", "{{ urgency }}")),
    ]


def _mark(g: Geometry, mark: Mark, top: int) -> Element:
    room = (
        f"[copy_number, classification, urgency] | space_before_mark({top - mark.lead}, {g.line})"
    )
    return issuer_mark(mark, computed={"before": room})


def _number_and_signatory(g: Geometry) -> list[Element]:
    """签发人 two in a line, 发文字号 in the last of these lines (7.2.5, 7.2.6)."""
    upper = "{% if loop.first %}\t签发人：{% else %}\t\t{% endif %}"
    last = "\t{% if rows | length == 1 %}签发人：{% endif %}"
    first_line = str(g.head_characters * g.character)
    gap = g.number_gap * g.line
    return [
        # Not set, which would hide a value of that name from the body.
        statement("with rows = signatory | signatory_rows(document_number)"),
        statement("for names in rows[:-1]"),
        paragraph(
            "签发人",
            upper,
            *_names("names"),
            tabs=tab_stops("left", len(_COLUMNS)),
            computed={"before": f"{gap} if loop.first else 0", **_stops(g)},
        ),
        statement("endfor"),
        paragraph(
            "发文字号",
            "{{ document_number }}",
            last,
            *_names("rows[-1]"),
            tabs=tab_stops("left", len(_COLUMNS)),
            indent={"firstLine": first_line},
            computed={
                "before": f"{gap} if rows | length == 1 else 0",
                **_stops(g, "0 if rows | length == 1 else 1"),
            },
            align="left",
        ),
        statement("endwith"),
    ]


def _names(row: str) -> list[Element]:
    second = f"{{% if {row} | length > 1 %}}\t{{{{ {row}[1] }}}}{{% endif %}}"
    return [run(f"{{{{ {row}[0] }}}}", "签发人姓名"), run(second, "签发人姓名")]


def _stops(g: Geometry, first: str = "0") -> dict[str, str]:
    """The beginnings of the columns; *first* is the one that the first tab goes to."""
    return {
        f"tab{number}": f"rows | signatory_stop({column}, {g.character})"
        for number, column in enumerate((first, *_COLUMNS[1:]), 1)
    }
