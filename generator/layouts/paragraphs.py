"""Paragraphs of a layout: texts and attributes hold Jinja tags as a person types them in Word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from generator.layouts.placing import Mark
from generator.layouts.styles import STYLE_IDS
from generator.tags.measures import MEASURES, show
from generator.tags.measures import statement as measure_statement
from generator.wordml import Element, make, make_text, w

_HINTED = {"w:hint": "eastAsia"}
_GREY, _SIZE = "7F7F7F", "21"


def run(text: str, style: str = "") -> Element:
    """A run of *text*, whose tabs become `w:tab`, in a character style where one is named."""
    properties = make("w:rPr", None, make("w:rFonts", _HINTED))  # GX006
    if style:
        properties.insert(0, make("w:rStyle", {"w:val": STYLE_IDS[style]}))
    element = make("w:r", None, properties)
    for index, piece in enumerate(text.split("\t")):
        if index:
            element.append(make("w:tab"))
        if piece:
            element.append(make_text(piece))
    return element


def paragraph(
    style: str,
    *content: str | Element,
    spacing: Mapping[str, str] | None = None,
    indent: Mapping[str, str] | None = None,
    tabs: Element | None = None,
    align: str = "",
    computed: Mapping[str, str] | None = None,
    frame: Element | None = None,
) -> Element:
    """A paragraph in the style of that name; texts become runs.

    *spacing* and *indent* are what of `w:spacing` and `w:ind` differs from the style, *computed*
    the measures that an expression gives while rendering.
    """
    properties = make("w:pPr", None, make("w:pStyle", {"w:val": STYLE_IDS[style]}))
    properties.extend(node for node in (frame, tabs) if node is not None)
    for name, attributes in (("w:spacing", spacing), ("w:ind", indent)):
        if attributes:
            properties.append(make(name, {f"w:{key}": value for key, value in attributes.items()}))
    if align:
        properties.append(make("w:jc", {"w:val": align}))
    runs = (run(piece) if isinstance(piece, str) else piece for piece in content)
    made = make("w:p", None, properties, *runs)
    measure(made, computed or {})
    return made


def measure(paragraph: Element, computed: Mapping[str, str]) -> None:
    """Say at the beginning of *paragraph* which measures of it, or around it, are *computed*."""
    for name in computed:
        if MEASURES[name].holder == paragraph.tag:
            show(paragraph, name)
    after = paragraph.find(w("pPr")) is not None
    paragraph[after:after] = [unprinted(measure_statement(*each)) for each in computed.items()]


def unprinted(text: str) -> Element:
    """A run of statements, grey and of one size wherever they stand: they print nothing."""
    look = [make("w:color", {"w:val": _GREY})]
    look += [make(name, {"w:val": _SIZE}) for name in ("w:sz", "w:szCs")]
    return make("w:r", None, make("w:rPr", None, *look), make_text(text))


def issuer_mark(mark: Mark, **look: Any) -> Element:
    """The 发文机关标志; its line stays empty where the paper bears it already."""
    return paragraph("发文机关标志", *([] if mark.preprinted else ["{{ issuer_mark }}"]), **look)


def statement(*tags: str) -> Element:
    """A paragraph of block tags alone, which gives way to them."""
    return make("w:p", None, *(unprinted(f"{{% {tag} %}}") for tag in tags))


def block(name: str) -> list[Element]:
    """The place that a body fills."""
    return [statement(f"block {name}", "endblock")]


def when(condition: str, *content: Element) -> list[Element]:
    """*content* only where *condition* holds."""
    return [statement(f"if {condition}"), *content, statement("endif")]


def begin_section(name: str) -> Element:
    """What follows stands in the section of the name that the expression *name* gives."""
    return paragraph("Normal", unprinted(f"{{{{ ({name}) | section }}}}"))


def kept_section(name: str, section: Element) -> Element:
    """The last paragraph of a layout that keeps *section* ready for `begin_section`."""
    kept = paragraph("Normal", unprinted(f'{{{{ "{name}" | section }}}}'))
    kept[0].append(section)
    return kept


def fixed_table(width: str, columns: Iterable[str], *rows: Element, align: str = "") -> Element:
    """A table without borders of its own, with *columns* of these widths, as wide as they say."""
    return make(
        "w:tbl",
        None,
        make(
            "w:tblPr",
            None,
            make("w:tblStyle", {"w:val": "NormalTable"}),
            make("w:tblW", {"w:w": width, "w:type": "dxa"}),
            *([make("w:jc", {"w:val": align})] if align else []),
            make("w:tblLayout", {"w:type": "fixed"}),
        ),
        make("w:tblGrid", None, *(make("w:gridCol", {"w:w": column}) for column in columns)),
        *rows,
    )


def tab_stops(align: str, count: int) -> Element:
    """So many tab stops, whose places are computed."""
    return make("w:tabs", None, *(make("w:tab", {"w:val": align}) for _ in range(count)))


def closing_line(height: int) -> Element:
    """The paragraph that Word asks for after a table or to hold a box, as good as invisible."""
    return paragraph("Normal", spacing={"line": str(height), "lineRule": "exact"})
