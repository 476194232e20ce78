"""署名 and 成文日期, with room for seals or without, of one organ or of several (7.3.5)."""

from __future__ import annotations

from generator.layouts.geometry import Geometry
from generator.layouts.paragraphs import paragraph, statement, tab_stops
from generator.wordml import Element

_DATE = "date_of_issue | date"
_JOINT = "issuing_organs | length > 1"


def signature(g: Geometry, *, seals: bool) -> list[Element]:
    """署名 and 成文日期; with *seals*, the pictures of seals that organs have, behind them."""
    return [
        statement(f"if {_JOINT}"),
        statement("if sealed"),
        *_rows(g, seals),
        statement("else"),
        *_one_below_the_other(g),
        statement("endif"),
        statement("else"),
        *_of_one(g, seals),
        statement("endif"),
    ]


def _of_one(g: Geometry, seals: bool) -> list[Element]:
    """One organ, sealed or not (7.3.5.1, 7.3.5.2)."""
    settings = f"{_DATE}, sealed, {g.character}"
    sealed = f"{g.sealed_gap * g.line}"
    if seals:
        sealed = f"(issuing_organs[0].seal.down | seal_gap({g.line})) * {g.line}"
    gap = f"{sealed} if sealed else {g.unsealed_gap * g.line}"
    right = f"issuer | date_indent({settings})"
    return [
        paragraph(
            "署名",
            "{{ issuer }}",
            computed={"before": gap, "right": f"issuer | issuer_indent({settings})"},
        ),
        statement("if sealed"),
        _date(right, "right", *(_over_seal(g) if seals else ())),
        statement("else"),  # its first character is what has a place, however wide its digits are
        _date(f"issuer | date_left({settings})", "left"),
        statement("endif"),
    ]


def _rows(g: Geometry, seals: bool) -> list[Element]:
    """Sealed organs in rows, the last one over the date (7.3.5.1)."""
    stops = {f"tab{place + 1}": f"row.stops[{place}]" for place in range(g.seals_a_row)}
    seal = _seal("organ", "row.stops[loop.index0]", g.line - g.seal_rise) if seals else ""
    settings = f"{_DATE}, true, {g.character}"
    return [
        statement(f"with rows = issuing_organs | signature_rows({_DATE}, {g.line}, {g.character})"),
        statement("for row in rows"),
        # Not space before the names: programs differ on where a picture stands then.
        paragraph("署名", computed={"line": "row.gap"}),
        paragraph(
            "署名",
            f"{{% for organ in row.organs %}}\t{seal}{{{{ organ.name }}}}{{% endfor %}}",
            tabs=tab_stops("center", g.seals_a_row),
            align="left",
            computed=stops,
        ),
        statement("endfor"),
        _date(f"issuing_organs[-1].name | date_indent({settings})", "right", foot="rows[-1].foot"),
        statement("endwith"),
    ]


def _one_below_the_other(g: Geometry) -> list[Element]:
    """Organs without seals, the first one above the others (7.3.5.2)."""
    settings = f"{_DATE}, false, {g.character}"
    gap = f"{g.unsealed_gap * g.line} if loop.first else 0"
    return [
        statement("for organ in issuing_organs"),
        paragraph(
            "署名",
            "{{ organ.name }}",
            align="left",
            computed={
                "before": gap,
                "left": f"issuing_organs | joint_left({_DATE}, {g.character})",
            },
        ),
        statement("endfor"),
        _date(f"issuing_organs | widest_name | date_left({settings})", "left"),
    ]


def _over_seal(g: Geometry) -> tuple[str, str]:
    """The seal of the only organ, from the 成文日期 on, and how far it reaches below that."""
    organ, across = "issuing_organs[0]", f"issuer | seal_middle({_DATE}, {g.character})"
    return _seal(organ, across, -g.seal_rise), f"{organ}.seal.down | seal_foot({g.line})"


def _seal(organ: str, across: str, down: int) -> str:
    """The seal of *organ*, its middle so far from the left edge and below the paragraph's top."""
    picture = f"{organ}.seal.picture | picture(width={organ}.seal.width, alt='印章')"
    return f"{{% if {organ}.seal %}}{{{{ {picture} | floating({across}, {down}) }}}}{{% endif %}}"


def _date(indent: str, align: str, before: str = "", foot: str = "") -> Element:
    """成文日期, *indent* from the side to which it is aligned, behind the tags *before* it.

    What follows keeps off the *foot* of a seal, but for 附注, which stands at the other side.
    """
    computed = {"keep_next": "1 if remark else 0", align: indent}
    if foot:
        computed |= {"after": f"0 if remark else {foot}"}
    return paragraph(
        "成文日期",
        *([before] if before else []),
        "{{ date_of_issue | date }}",
        indent={"right": "0"} if align == "left" else None,
        align=align,
        computed=computed,
    )
