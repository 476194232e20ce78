"""A compiled template and values make a document."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

from builders import compiled, docx_with, p, paragraphs, part, rendered
from structure import faults

TEMPLATE = docx_with(
    "截至{{ date }}", "{% for x in xs %}", "{{ x }}", "{% endfor %}", header=p("{{ h }}")
)
VALUES = {"date": "3月9日", "xs": ["甲", "乙"], "h": "页眉"}


def test_a_document_and_its_header_are_rendered_together() -> None:
    document = rendered(compiled(TEMPLATE), **VALUES)
    assert paragraphs(document) == ["截至3月9日", "甲", "乙"]
    assert paragraphs(document, "word/header1.xml") == ["页眉"]
    assert faults(document) == []


def test_members_without_tags_stay_as_they_are() -> None:
    document = rendered(compiled(TEMPLATE), **VALUES)
    assert part(document, "word/styles.xml") == part(TEMPLATE, "word/styles.xml")


def test_equal_input_gives_equal_bytes() -> None:
    assert rendered(compiled(TEMPLATE), **VALUES) == rendered(compiled(TEMPLATE), **VALUES)


def test_a_compiled_template_can_be_pickled() -> None:
    template = compiled(TEMPLATE)
    before = rendered(template, **VALUES)
    assert rendered(pickle.loads(pickle.dumps(template)), **VALUES) == before


def test_properties_of_the_document_are_rendered_too() -> None:
    core = (
        '<cp:coreProperties xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties">'
        "<dc:title>{{ title }}</dc:title></cp:coreProperties>"
    )
    template = compiled(docx_with("x", parts={"docProps/core.xml": core}))
    document = rendered(template, title="甲<\n乙")
    assert ">甲&lt;&#10;乙</dc:title>" in part(document, "docProps/core.xml")


def test_rendering_reads_no_xml_and_parses_no_template(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.write_bytes(pickle.dumps(compiled(TEMPLATE)))
    code = (
        "import pickle, sys; from generator.rendering import render\n"
        f"render(pickle.loads(open({str(kept)!r}, 'rb').read()), {VALUES!r})\n"
        "print(sorted({'lxml', 'docx', 'yaml', 'markdown_it', 'jsonschema_rs'} & set(sys.modules)))"
    )
    house = Path(__file__).parent.parent
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=house, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
