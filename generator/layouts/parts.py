"""The package of a layout, through python-docx: parts, relationships, content types.

It holds nothing but what a document needs: no theme, whose fonts would win over names (GX005), no
thumbnail, no custom XML, no name of the program that wrote it. Its properties are given where it
is read, those of one that was changed in Word, too (`properties`).
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from itertools import count

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.package import Package
from lxml import etree

from generator.layouts.fonts import font_table
from generator.layouts.footers import landscape_numbers
from generator.layouts.form import Form
from generator.layouts.geometry import Geometry
from generator.layouts.paragraphs import kept_section
from generator.layouts.style_sheet import style_sheet
from generator.package import pack, read_parts, write
from generator.wordml import NAMESPACES, Element, make, w

_WORD = "http://schemas.microsoft.com/office/word"


def write_package(
    form: Form, g: Geometry, fonts: Mapping[str, str], *, mirrored: bool = False
) -> bytes:
    """The `.docx` of *form*, with its styles, fonts, settings and footers."""
    package = Package()
    document = etree.Element(w("document"), nsmap=NAMESPACES)
    main = _xml_part(package, "/word/document.xml", CONTENT_TYPE.WML_DOCUMENT_MAIN, document)
    package.relate_to(main, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)

    def add(name: str, content_type: str, relationship: str, root: Element) -> str:
        part = _xml_part(package, f"/word/{name}.xml", content_type, root)
        return str(main.relate_to(part, relationship))

    types, links = CONTENT_TYPE, RELATIONSHIP_TYPE
    add("styles", types.WML_STYLES, links.STYLES, style_sheet(g, fonts, form.styles))
    add("settings", types.WML_SETTINGS, links.SETTINGS, settings(mirrored=mirrored))
    add("fontTable", types.WML_FONT_TABLE, links.FONT_TABLE, font_table(fonts))
    numbers = count(1)

    def add_footers(footers: Mapping[str, Element]) -> dict[str, str]:
        return {
            kind: add(f"footer{next(numbers)}", types.WML_FOOTER, links.FOOTER, root)
            for kind, root in footers.items()
        }

    upright = section(g, add_footers(form.footers), form.footer_distance)
    across = landscape(g, add_footers(landscape_numbers(g)), mirrored=mirrored)
    ready = kept_section("landscape", across)
    document.append(make("w:body", None, ready, *form.content, upright))
    buffer = io.BytesIO()
    package.save(buffer)
    # python-docx dates the members by the clock; our writer does not.
    return write(pack(read_parts(buffer.getvalue(), "layout")), ())


def _xml_part(package: Package, name: str, content_type: str, root: Element) -> XmlPart:
    return XmlPart(PackURI(name), content_type, root, package)


def section(g: Geometry, footers: Mapping[str, str], footer_distance: int) -> Element:
    """The `w:sectPr` of every page (5.1, 5.2); *footers* are relationships by `w:type`."""
    sheet = {"w:w": str(g.page_width), "w:h": str(g.page_height)}
    edges = {"top": g.top_margin, "right": g.right, "bottom": g.bottom_margin, "left": g.left}
    return _section(g, footers, sheet, {**edges, "footer": footer_distance}, g.grid)


def landscape(g: Geometry, footers: Mapping[str, str], *, mirrored: bool = False) -> Element:
    """The `w:sectPr` of pages that lie across, their heads at the left edge of the upright sheet.

    GB/T 9704—2012, 8 (GX019, GX802). *mirrored* margins change sides on even pages: these are one.
    """
    sheet = {"w:w": str(g.page_height), "w:h": str(g.page_width), "w:orient": "landscape"}
    sides = {"right": g.top, "left": g.bottom}
    if mirrored:
        sides = dict.fromkeys(sides, (g.top + g.bottom) // 2)
    edges = {"top": g.left, "bottom": g.right, **sides}
    distances = {**edges, "footer": g.landscape_footer_distance}
    return _section(g, footers, sheet, distances, g.landscape_grid)


def _section(
    g: Geometry,
    footers: Mapping[str, str],
    sheet: Mapping[str, str],
    edges: Mapping[str, int],
    grid: int,
) -> Element:
    margins = {**edges, "header": g.header_distance, "gutter": 0}
    order = ("top", "right", "bottom", "left", "header", "footer", "gutter")
    references = [
        make("w:footerReference", {"w:type": kind, "r:id": id}) for kind, id in footers.items()
    ]
    return make(
        "w:sectPr",
        None,
        *references,
        make("w:pgSz", sheet),
        make("w:pgMar", {f"w:{name}": str(margins[name]) for name in order}),
        *([make("w:titlePg")] if "first" in footers else []),
        make("w:docGrid", {"w:type": "lines", "w:linePitch": str(grid)}),
    )


def settings(*, mirrored: bool) -> Element:
    """The `w:settings` part: duplex page numbers (GP013), punctuation at its full width (GP006).

    *mirrored* lets the binding edge be the inner one on both sides of a sheet (GP003).
    """
    modern = {"compatibilityMode": "15", "overrideTableStyleFontSizeAndJustification": "1"}
    compat = make("w:compat", None, make("w:doNotExpandShiftReturn"))
    for name, value in modern.items():
        setting = {"w:name": name, "w:uri": _WORD, "w:val": value}
        compat.append(make("w:compatSetting", setting))
    return make(
        "w:settings",
        None,
        *([make("w:mirrorMargins")] if mirrored else []),
        make("w:defaultTabStop", {"w:val": "420"}),
        make("w:evenAndOddHeaders"),
        make("w:characterSpacingControl", {"w:val": "doNotCompress"}),
        compat,
        make("w:decimalSymbol", {"w:val": "."}),
        make("w:listSeparator", {"w:val": ","}),
    )
