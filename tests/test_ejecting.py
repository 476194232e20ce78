"""Ejecting: what is ejected and not changed makes the same documents, byte for byte."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import demo
import docx
import outlines
import pytest
import structure
from builders import docx_with, folder, part
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from workspaces import NOTE, UNIT, VALUES, note_workspace

from generator import Library, NoticeError, open_library
from generator.cli import main
from generator.compiler.bodies import Body, read_word_body
from generator.compiler.chain import compile_body
from generator.compiler.filling import fill_body
from generator.ejecting import Ejected, Form, eject
from generator.ejecting.documents import document_like
from generator.ejecting.visible import show_tags
from generator.inputs import read_input
from generator.markdown import read_markdown
from generator.outline import outline
from generator.package import read_parts

INPUTS = [demo.ROOT / "seeds" / f"{seed}.yaml" for seed in demo.SEEDS]
INPUTS.append(demo.ROOT / "examples" / "meeting.yaml")
FORMS: tuple[Form, ...] = ("docx", "md")


def saved(root: Path, name: str, unit: str, form: Form) -> bytes:
    """What is ejected of a template for *unit*, saved in place of its own version."""
    ejected = eject(open_library(root, keep=False), name, unit, form)
    save(root / "units" / unit, ejected)
    return ejected.data


def save(own: Path, ejected: Ejected) -> None:
    shutil.rmtree((own / ejected.path).parent, ignore_errors=True)
    folder(own, {ejected.path: ejected.data})


def made(root: Path, unit: str, values: Mapping[str, Any]) -> bytes:
    return open_library(root, keep=False).template("note", unit).render(values)


def lines(document: bytes) -> list[str]:
    return outline(document, "body.docx").splitlines()


def refusal(root: Path, name: str, unit: str, form: Form = "docx") -> list[str]:
    with pytest.raises(NoticeError) as raised:
        eject(open_library(root, keep=False), name, unit, form)
    return [str(problem).removeprefix(f"{root}/") for problem in raised.value.problems]


# --- the templates that ship, and the demo's -----------------------------------------------------


def of_input(path: Path, library: Library) -> tuple[str, str, bytes]:
    """The template and the unit of an input, and its document."""
    found = read_input(path.read_bytes(), str(path), library)
    template = found.template
    assert template.unit
    data = template.document(template.context(found.values)).data
    return template.name, template.unit, data


def demo_with(root: Path, path: Path, ejected: Ejected) -> bytes:
    """The document of an input in the demo, whose unit has the version *ejected*."""
    _, unit, _ = of_input(path, demo.demo())
    workspace = root / "demo"
    shutil.copytree(demo.ROOT / "examples" / "demo", workspace)
    save(workspace / "units" / unit, ejected)
    return of_input(path, open_library(workspace, keep=False))[2]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.stem)
def test_ejected_and_unchanged_every_template_makes_the_same_bytes(
    path: Path, form: Form, tmp_path: Path
) -> None:
    name, unit, data = of_input(path, demo.demo())
    assert demo_with(tmp_path, path, eject(demo.demo(), name, unit, form)) == data


@pytest.mark.parametrize("form", FORMS)
def test_an_ejected_template_keeps_the_margins_of_its_unit(form: Form, tmp_path: Path) -> None:
    root = note_workspace(tmp_path)
    folder(root, {"units/city/unit.yaml": UNIT + "margins: ofd\n"})
    before = made(root, "city", VALUES)
    saved(root, "note", "city", form)
    assert made(root, "city", VALUES) == before


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.stem)
def test_an_ejected_document_is_sound_and_nobody_signs_it(path: Path) -> None:
    name, unit, _ = of_input(path, demo.demo())
    ejected = eject(demo.demo(), name, unit).data
    assert structure.faults(ejected) == []
    assert docx.Document(io.BytesIO(ejected)).paragraphs[0].text.startswith("{% extends ")
    with zipfile.ZipFile(io.BytesIO(ejected)) as archive:
        assert not [name for name in archive.namelist() if name.startswith("docProps")]
        assert b"urn:noticegen" not in archive.read("word/document.xml")


def test_what_libreoffice_saves_of_it_makes_a_document_that_says_the_same(
    press: None, tmp_path: Path
) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    for path in INPUTS:
        name, unit, _ = of_input(path, demo.demo())
        folder(before, {f"{path.stem}.docx": eject(demo.demo(), name, unit).data})
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"),
            *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(after)),
            *map(str, sorted(before.glob("*.docx"))),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    for path in INPUTS:
        name, unit, _ = of_input(path, demo.demo())
        again = demo_with(
            tmp_path / path.stem,
            path,
            replace(
                eject(demo.demo(), name, unit), data=(after / f"{path.stem}.docx").read_bytes()
            ),
        )
        assert outlines.outline(again) == outlines.outline(of_input(path, demo.demo())[2])


# --- what an ejected document looks like ---------------------------------------------------------

EVERYTHING = """\
{% import "parts.md" as parts %}

{% set count = 2 %}

{# 注释 #}

{% macro item(name) %}
{{ name }}，**共{{ count }}项**。
{% endmacro %}

{% block body %}

# 一级{% if topic %}，{{ topic }}{% endif %}

{{ item(topic) }}

## 二级*楷体*

1. 甲{# 行内注释 #}
   1. 子项
{% for word in ["乙", "丙"] %}
1. {{ word }}\\
换行，{{ parts.sign("丁") }}
{% endfor %}

---

文字 {% raw %}{{ 原样 }} {_{ ｛｛ 宽 ｝｝{% endraw %} 98% {x}

{merge="类别" widths="1 2"}
| 类别 | 内容 |
|:--:|--|
{% for row in [["甲", 1], ["甲", 2], ["乙", 3]] %}
{% set name = row[0] %}
| {{ name }}类 | {{ row[1] }}{% if loop.last %}末{% endif %} |
{% endfor %}

|--|--|--|
{lines=2.5}
| **事项** | {{ topic }} >> 签字：　　年　　月　　日 ||
{% if topic %}
| ^^ | 甲 | |
{% endif %}

{% include "tail.md" %}

{% set long %}{{ topic }}，长{% endset %}

{{ long }}{{ "\\n" }}{{ {"a": {"b": topic}}["a"]["b"] }}

{% endblock %}

{% block annexes %}

::: annex table

附件正文

:::

{% endblock %}
"""


def everything(root: Path) -> Path:
    return folder(
        note_workspace(root),
        {
            "note/body.md": EVERYTHING,
            "note/template.yaml": f"{NOTE}annexes: {{table: 一览表}}\n",
            "note/parts.md": "{% macro sign(name) %}{{ name }}签{% endmacro %}\n",
            "note/tail.md": "1. 表后{{ topic }}\n",
        },
    )


@pytest.mark.parametrize("form", FORMS)
def test_whatever_markdown_can_say_comes_out_the_same(form: Form, tmp_path: Path) -> None:
    root = everything(tmp_path)
    before = made(root, "city", VALUES)
    saved(root, "note", "city", form)
    assert made(root, "city", VALUES) == before


ACROSS = """\
{% block body %}

正文

{% endblock %}

{% block annexes %}

{% if topic %}

::: annex table landscape

| 甲 | 乙 |
|--|--|
| 丙 | 丁 |

:::

{% endif %}

::: annex remarks

说明

:::

{% endblock %}
"""


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("topic", ["清运残雪", ""])
def test_an_annex_that_lies_across_and_moved_recipients_come_out_the_same(
    form: Form, topic: str, tmp_path: Path
) -> None:
    definition = f"{NOTE}annexes: {{table: 一览表, remarks: 说明}}\n"
    files = {"note/body.md": ACROSS, "note/template.yaml": definition}
    root = folder(note_workspace(tmp_path), files)
    values = {**VALUES, "topic": topic, "main_recipients": [f"示例县第{n}局" for n in range(40)]}
    before = made(root, "city", values)
    saved(root, "note", "city", form)
    assert made(root, "city", values) == before
    assert ("landscape" in part(before)) == bool(topic)
    assert "主送：示例县第0局，" in part(before)


def test_every_tag_is_text_where_it_acts(tmp_path: Path) -> None:
    assert lines(saved(everything(tmp_path), "note", "city", "docx"))[:-6] == [
        '{% extends "layout:document" %}',
        '{% import "parts.md" as parts %}',
        "{% set count = 2 %}",
        "{# 注释 #}",
        "{% macro item(name) %}",
        "{{ name }}，共{{ count }}项。",
        "{% endmacro %}",
        "{% block body %}",
        '{{ "一、" | heading_number }}一级{% if topic %}，{{ topic }}{% endif %}',
        "{{ item(topic) }}",
        '{{ "（一）" | heading_number }}二级楷体',
        '{% set _ = "列表1" | list_start %}',
        '{{ "列表1" | list_number }}甲{# 行内注释 #}',
        '{{ "列表1" | list_number(1) }}子项',
        '{% for word in ["乙", "丙"] %}',
        '{{ "列表1" | list_number }}{{ word }}↵换行，{{ parts.sign("丁") }}',
        "{% endfor %}",
        "{% raw %}文字 {{ 原样 }} {_{ ｛｛ 宽 ｝｝ 98% {x}{% endraw %}",
        "| 类别 | 内容 |",
        '| {% for row in [["甲", 1], ["甲", 2], ["乙", 3]] %} |',
        "| {% set name = row[0] %} |",
        "| {{ name }}类{% merge %} | {{ row[1] }}{% if loop.last %}末{% endif %} |",
        "| {% endfor %} |",
        "",
        "| 事项 | {{ topic }} |",
        "|  | 签字：　　年　　月　　日 |",
        "| {% if topic %} |",
        "|  | 甲 |  |",
        "| {% endif %} |",
        '{% include "tail.md" %}',
        "{% set long %}{{ topic }}，长{% endset %}",
        '{{ long }}{{ "\\n" }}{{ {"a": {"b": topic}}["a"]["b"] }}',
        "{% endblock %}",
        "{% block annexes %}",
        '{{ "portrait" | section }}',
        "{{ annexes.table.heading }}",
        "",
        "{{ annexes.table.title }}",
        "",
        "附件正文",
        "{% endblock %}",
    ]


def test_a_document_that_was_changed_is_what_the_unit_and_its_children_use(tmp_path: Path) -> None:
    root = note_workspace(tmp_path)
    document = docx.Document(io.BytesIO(saved(root, "note", "city", "docx")))
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            run.text = run.text.replace("特此通知", "请{{ topic }}，特此告知")
    changed = io.BytesIO()
    document.save(changed)
    folder(root / "units/city/note", {"body.docx": changed.getvalue()})
    for unit in ("city", "county"):
        assert "Body Text: 请清运残雪，特此告知。" in outlines.outline(made(root, unit, VALUES))


def test_text_that_looks_like_tags_is_printed_as_it_stands(tmp_path: Path) -> None:
    body = "{% raw %}{{ {_{ ｛｛ {%{% endraw %} endraw %} **{**{\n"
    root = folder(note_workspace(tmp_path), {"note/body.md": body})
    before = made(root, "city", VALUES)
    saved(root, "note", "city", "docx")
    assert made(root, "city", VALUES) == before
    assert "Body Text: {{ {_{ ｛｛ {% endraw %} {{" in outlines.outline(before)


WORDS = st.text("文字{}%#“”\"'\\>&｛_ 8a", min_size=1, max_size=8).filter(str.strip)
PIECES = st.one_of(
    WORDS.map(lambda text: f"{{% raw %}}{text}{{% endraw %}}"),
    st.sampled_from(["{{ topic }}", "**{{ topic }}**", "*甲*", "{# 注 #}", "{{ '{{' }}", "\\\n乙"]),
    st.just("{% if topic %}是{% else %}否{% endif %}"),
)
LINES = st.lists(PIECES, min_size=1, max_size=3).map("文".join)
ROW = "| {{ topic }} | {% if topic %}x{% endif %} |\n"
TABLE = '{merge="甲"}\n| 甲 | 乙 |\n|--|--|\n'
GRID = "|--|--|--|\n{lines=3}\n| **甲** | {{ topic }} >> 签字 ||\n"
PARTS = st.one_of(
    LINES.map("文{}".format),
    LINES.map("# 文{}".format),
    LINES.map("## 文{}".format),
    LINES.map("1. 文{}".format),
    LINES.map("1. 甲\n   1. 文{}".format),
    LINES.map("- 文{}".format),
    st.just("---"),
    st.just(f"{TABLE}{ROW}{{% for x in 'ab' %}}\n{ROW}{{% endfor %}}\n"),
    st.just(f"{GRID}{{% for x in 'ab' %}}\n| ^^ | {{{{ x }}}} | |\n{{% endfor %}}\n"),
)
BODIES = st.recursive(
    st.lists(PARTS, max_size=4).map("\n\n".join),
    lambda inner: st.tuples(
        st.sampled_from(["for x in 'ab'", "if topic", "if not topic", "with y = topic"]),
        inner,
        inner,
    ).map(lambda it: f"{{% {it[0]} %}}\n\n{it[1]}\n\n{{% end{it[0].split()[0]} %}}\n\n{it[2]}"),
    max_leaves=4,
)


SMALL_FRAME = docx_with("{% block body %}{% endblock %}", "{% block annexes %}{% endblock %}")


def printed(body: Body) -> str:
    """What *body* prints in a small frame."""

    def find(name: str, asked: str) -> Body:
        return read_word_body(SMALL_FRAME, name, name)

    parts, _ = compile_body(body, find, "frame").run({"topic": "清运 <残雪>"})
    return b"".join(parts[0]).decode()


@settings(max_examples=40, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(text=BODIES)
def test_whatever_body_is_ejected_comes_out_the_same(text: str) -> None:
    before = printed(Body("body", "body.md", {"": read_markdown(text, "body.md")}))
    body = Body("body", "body.md", {"": read_markdown(text, "body.md")})
    body.extends("frame")
    fill_body(body, ["body", "annexes"])
    show_tags(body.root)
    members = read_parts(SMALL_FRAME, "frame.docx")
    ejected = document_like(body.root, members, "word/document.xml")
    after = printed(read_word_body(ejected, "body", "body.docx"))
    assert "".join(after.split("\n")) == "".join(before.split("\n"))


# --- versions that change blocks -----------------------------------------------------------------

FRAME = """\
{% set count = 1 %}
{% block body %}

请办理{{ topic }}{% block where %}（市内）{% endblock %}。

{% block items %}

1. 甲
{% set last = topic %}

收尾{{ last }}{{ count }}。

{% block inner %}

内层

{% endblock %}

{% endblock %}

{% endblock %}
"""
EXTENDS = '{% extends "note" %}\n'


def block(name: str, *content: str) -> str:
    """A block whose tags stand in lines of their own, and what it holds."""
    return "\n\n".join((f"{{% block {name} %}}", *content, "{% endblock %}")) + "\n"


def versions(root: Path, *bodies: str) -> Path:
    """A workspace in which the city and then the county have versions of the note."""
    files: dict[str, str | bytes] = {"note/body.md": FRAME}
    for unit, body in zip(("city", "county"), bodies, strict=False):
        files[f"units/{unit}/note/body.md"] = EXTENDS + body
    return folder(note_workspace(root), files)


SUPER = "{{ super() }}"
CHANGES = {
    "one block": [block("items", "1. 市")],
    "lines in a line": [block("where", "在城区")],
    "a line with tags in a line": [block("where", "{% if topic %}\n在城区\n{% endif %}")],
    "a line in lines": ["{% block inner %}一行{{ topic }}{% endblock %}"],
    "a name for all blocks": ["{% set count = 5 %}\n" + block("inner", "{{ count }}")],
    "a macro and a block within": [
        "{% macro m() %}\n宏\n{% endmacro %}\n"
        + block("items", "{{ m() }}", block("inner", "新的内层"))
    ],
    "two versions": [block("items", "市") + block("inner", "市内层"), block("items", "县")],
    "the whole body": [block("body", "{{ topic }}", block("items", "新"))],
    "a block of the layout": [block("annexes", SUPER, "{{ topic }}"), block("items", "县")],
    "another version of one": [block("annexes", "市"), block("annexes", "县")],
}
WITH_SUPER = {
    "what stood before": [block("items", SUPER, "# 另加")],
    "a block within it": [block("items", "首", block("inner", "新的内层"), SUPER)],
    "twice": [block("items", SUPER, "又", SUPER)],
    "two versions": [
        block("items", "市", SUPER),
        block("items", "县", SUPER) + "{% block where %}（县内{{ super() }}）{% endblock %}",
    ],
    "the whole body": [block("body", SUPER, "尾")],
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("bodies", CHANGES.values(), ids=CHANGES)
def test_the_nearest_version_of_each_block_stands_in_one_body(
    bodies: list[str], form: Form, tmp_path: Path
) -> None:
    root = versions(tmp_path, *bodies)
    before = outlines.laid_out(made(root, "county", VALUES), "word/document.xml")
    saved(root, "note", "county", form)
    assert outlines.laid_out(made(root, "county", VALUES), "word/document.xml") == before


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("bodies", WITH_SUPER.values(), ids=WITH_SUPER)
def test_what_super_stood_for_says_the_same(bodies: list[str], form: Form, tmp_path: Path) -> None:
    root = versions(tmp_path, *bodies)
    before = outlines.outline(made(root, "county", VALUES))
    assert "super" not in str(saved(root, "note", "county", form))
    assert outlines.outline(made(root, "county", VALUES)) == before


def test_a_bare_body_gets_the_block_that_it_fills(tmp_path: Path) -> None:
    root = versions(tmp_path, "{% block end %}\n丙\n{% endblock %}\n")
    folder(root, {"note/body.md": "1. 甲\n{% block end %}\n1. 乙\n{% endblock %}\n"})
    before = made(root, "city", VALUES)
    assert saved(root, "note", "city", "md").decode() == (
        "{% block body %}\n\n1. 甲\n{% block end %}\n丙\n{% endblock %}\n\n{% endblock %}\n"
    )
    assert made(root, "city", VALUES) == before


@pytest.mark.parametrize("changed", [block("items", "1. 市", SUPER), block("inner", "1. 市")])
def test_a_list_that_would_go_on_counting_in_one_body_is_refused(
    changed: str, tmp_path: Path
) -> None:
    root = versions(tmp_path, changed)
    folder(root, {"note/body.md": re.sub("{% set last.*\n\n收尾.*", "1. 乙", FRAME)})
    assert refusal(root, "note", "city") == [
        "units/city/note/body.md: B018 a list at the edge of a block would go on counting"
        " in one body (put a paragraph between the two lists)"
    ]


def test_a_name_that_super_would_read_otherwise_is_refused(tmp_path: Path) -> None:
    changed = block("items", "{% set topic = 'x' %}", "文", SUPER)
    assert refusal(versions(tmp_path, changed), "note", "city", "md") == [
        "units/city/note/body.md: B019 a block sets what “super()” reads: topic;"
        " in one body they would be one (give it another name in the block)"
    ]


def test_versions_that_ask_for_one_another_without_measure_are_refused(tmp_path: Path) -> None:
    twice = block("body", *[SUPER] * 4)
    files = {f"t{n}/body.md": f'{{% extends "t{n + 1}" %}}\n{twice}' for n in range(8)}
    files["t8/body.md"] = "文\n"
    assert refusal(folder(note_workspace(tmp_path), files), "t0", "city") == [
        "t0/body.md: T016 the statements are nested too deeply"
    ]


def test_a_file_that_only_another_folder_has_is_refused(tmp_path: Path) -> None:
    files = {
        "note/body.md": '{% extends "base" %}\n{% block end %}\n文\n{% endblock %}\n',
        "base/body.md": '{% include "tail.md" %}\n\n{% block end %}\n{% endblock %}\n',
        "base/tail.md": "尾\n",
    }
    assert refusal(folder(note_workspace(tmp_path), files), "note", "city") == [
        'base/body.md:1: B016 “{% include "tail.md" %}” would mean another file there'
        " (put the content of that file into its place first)"
    ]


def test_without_a_workspace_there_is_no_place_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["eject", "calibration", "--lang", "en"]) == 1
    assert capsys.readouterr().err == (
        "calibration: B026 there is no workspace for the template (name one with --templates)\n"
    )
    assert list(tmp_path.iterdir()) == []


# --- Word templates ------------------------------------------------------------------------------

LETTER = docx_with(
    *("{{ topic }}", "{% block end %}", "特此函告。", "{% endblock %}"), header="抬头{{ topic }}"
)
CHILD = docx_with(EXTENDS.strip(), "{% block end %}", SUPER, "{% endblock %}")


def word_workspace(root: Path, **versions: str | bytes) -> Path:
    """A workspace whose note is a Word document, with versions of units in either form."""
    (note_workspace(root) / "note/body.md").unlink()
    files: dict[str, str | bytes] = {
        "note/body.docx": LETTER,
        "note/template.yaml": "title: 函\n",
    }
    for unit, body in versions.items():
        files[f"units/{unit}/note/body.{'md' if isinstance(body, str) else 'docx'}"] = body
    return folder(root, files)


def test_a_word_template_is_copied_as_it_is(tmp_path: Path) -> None:
    assert saved(word_workspace(tmp_path), "note", "city", "docx") == LETTER


def test_a_word_template_has_no_markdown(tmp_path: Path) -> None:
    assert refusal(word_workspace(tmp_path), "note", "city", "md") == [
        "note/body.docx: B017 the template is a Word document and has no Markdown body"
        " (eject it with --as docx)"
    ]


@pytest.mark.parametrize("form", FORMS)
def test_markdown_that_changes_blocks_of_a_word_template_still_does(
    form: Form, tmp_path: Path
) -> None:
    root = word_workspace(tmp_path, city=EXTENDS + block("end", "**请**{{ topic }}。", SUPER))
    before = made(root, "city", {"topic": "复函"})
    saved(root, "note", "city", form)
    assert made(root, "city", {"topic": "复函"}) == before


def test_what_changes_blocks_of_a_word_template_looks_like_that_one(tmp_path: Path) -> None:
    root = word_workspace(tmp_path, city=EXTENDS + block("end", "请{{ topic }}。"))
    assert lines(saved(root, "note", "city", "docx")) == [
        *('{% extends "note" %}', "{% block end %}", "请{{ topic }}。", "{% endblock %}"),
        *("", "—— word/header1.xml ——", "抬头{{ topic }}"),
    ]


@pytest.mark.parametrize(
    ("version", "place"),
    [
        (CHILD, 'body.docx: body ¶1 “{% extends "note" %}”'),
        (EXTENDS + block("end", SUPER), "body.md:1"),
    ],
    ids=FORMS,
)
def test_what_would_extend_another_version_from_a_nearer_folder_is_refused(
    version: str | bytes, place: str, tmp_path: Path
) -> None:
    assert refusal(word_workspace(tmp_path, city=version), "note", "county") == [
        f"units/city/note/{place}: B016"
        ' “{% extends "note" %}” would mean another file there'
        " (put the content of that file into its place first)"
    ]
