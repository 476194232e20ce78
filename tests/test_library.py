"""Libraries: which layer wins, what a template may reach, and what is kept."""

from __future__ import annotations

import os
import pickle
import sys
from pathlib import Path

import pytest
from builders import W, docx_parts, docx_with, folder, joined_to, p, paragraphs, part, table, zipped
from outlines import outline
from workspaces import COUNTY, NOTE, UNIT, VALUES, note_workspace

from generator import NoticeError, compile_docx, open_library
from generator.library import keeping
from generator.wordml import NAMESPACES

CLOSING = """\
{% extends "note" %}
{% block end %}

县局的话。

{% endblock %}
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return note_workspace(tmp_path / "space")


def text(document: bytes) -> str:
    return "\n".join(paragraphs(document))


def problems(error: pytest.ExceptionInfo[NoticeError]) -> list[str]:
    return [str(problem) for problem in error.value.problems]


def test_a_template_prints_values_title_number_and_the_units_letterhead(workspace: Path) -> None:
    document = open_library(workspace, keep=False).template("note", "city").render(VALUES)
    printed = text(document)
    assert "示例市教育局文件" in printed
    assert "示教〔2005〕3号" in printed
    assert "关于清运残雪的通知" in printed
    assert "请示例市教育局办理清运残雪。\n特此通知。" in printed


def test_a_unit_inherits_its_look_from_its_parent_but_neither_names_nor_recipients(
    workspace: Path,
) -> None:
    folder(workspace, {"units/city/unit.yaml": UNIT + "fonts: {仿宋: 方正仿宋_GBK}\n"})
    document = open_library(workspace, keep=False).template("note", "county").render(VALUES)
    printed = text(document)
    assert "示例县教育局文件" in printed
    assert "示县教〔2005〕3号" in printed
    assert "示例市" not in printed
    assert "方正仿宋_GBK" in part(document, "word/styles.xml")


def test_a_unit_without_a_letterhead_has_its_name_as_its_mark(workspace: Path) -> None:
    folder(workspace, {"units/town/unit.yaml": "name: 示例镇人民政府\nkind: 政府\ncode: 示镇\n"})
    printed = text(open_library(workspace, keep=False).template("note", "town").render(VALUES))
    assert printed.startswith("示例镇人民政府文件\n示镇〔2005〕3号\n")
    assert "示例镇人民政府\t2005年3月4日印发" in printed


def test_a_unit_without_the_code_that_the_number_needs_is_a_problem(workspace: Path) -> None:
    folder(workspace, {"units/town/unit.yaml": "name: 示例镇人民政府\nkind: 政府\n"})
    with pytest.raises(NoticeError) as error:
        open_library(workspace, keep=False).template("note", "town")
    assert problems(error) == [
        f"{workspace / 'units/town/unit.yaml'}: B008 the unit has no code (code / 机关代字),"
        " of which the number is made (add “code: …”)"
    ]


def test_a_report_takes_no_recipients_from_its_unit(workspace: Path) -> None:
    recipients = "main_recipients: [各县局]\nsignatory: [张某]\n"
    folder(
        workspace,
        {
            "note/template.yaml": NOTE.replace("kind: 通知", "kind: 报告"),
            "units/city/unit.yaml": UNIT + recipients,
        },
    )
    template = open_library(workspace, keep=False).template("note", "city")
    with pytest.raises(NoticeError) as error:
        template.render(VALUES)
    assert [problem.code for problem in error.value.problems] == ["D102"]
    printed = text(template.render({**VALUES, "main_recipients": ["示例省教育厅"]}))
    assert "示例省教育厅：" in printed
    assert "签发人：张某" in printed
    assert "抄送" not in printed


def test_a_unit_overrides_one_block_and_inherits_the_rest(workspace: Path) -> None:
    folder(workspace / "units/county", {"note/body.md": CLOSING})
    library = open_library(workspace, keep=False)
    county = text(library.template("note", "county").render(VALUES))
    assert "办理清运残雪。\n县局的话。" in county
    assert "特此通知" not in county
    assert "特此通知" in text(library.template("note", "city").render(VALUES))


def test_super_keeps_what_the_next_layer_out_says(workspace: Path) -> None:
    body = CLOSING.replace("县局的话。", "县局的话。\n\n{{ super() }}")
    folder(workspace / "units/county", {"note/body.md": body})
    printed = text(open_library(workspace, keep=False).template("note", "county").render(VALUES))
    assert "县局的话。\n特此通知。" in printed


def test_a_unit_sees_the_override_of_its_parent(workspace: Path) -> None:
    folder(workspace / "units/city", {"note/body.md": CLOSING})
    printed = text(open_library(workspace, keep=False).template("note", "county").render(VALUES))
    assert "县局的话。" in printed


def test_the_workspace_named_last_is_the_nearest(workspace: Path, tmp_path: Path) -> None:
    nearer = folder(tmp_path / "nearer", {"note/body.md": "近处的正文。\n"})
    library = open_library(workspace, nearer, keep=False)
    assert "近处的正文。" in text(library.template("note", "city").render(VALUES))
    library = open_library(nearer, workspace, keep=False)
    assert "近处的正文。" not in text(library.template("note", "city").render(VALUES))


def test_a_nearer_template_yaml_wins_key_by_key(workspace: Path) -> None:
    folder(workspace / "units/county", {"note/template.yaml": "title: 关于做好{{ topic }}的通知\n"})
    library = open_library(workspace, keep=False)
    assert "关于做好清运残雪的通知" in text(library.template("note", "county").render(VALUES))
    assert library.template("note", "county").kind == "通知"


def test_a_body_without_a_block_is_the_body_of_its_layout(workspace: Path) -> None:
    folder(workspace, {"note/body.md": "只有一段。\n"})
    assert "只有一段。" in text(
        open_library(workspace, keep=False).template("note", "city").render(VALUES)
    )


def test_a_body_without_a_block_may_have_those_that_stand_beside_its_text(workspace: Path) -> None:
    settings = "title: 关于值班的通知\nkind: 通知\nannexes: {list: 名单}\n"
    body = (
        "{% set leader = '张某' %}\n\n见附件。\n\n{% block annexes %}\n\n"
        "::: annex list landscape\n\n{{ leader }}带班。\n\n:::\n\n{% endblock %}\n\n"
        "由{{ leader }}答复。\n"
    )
    folder(workspace, {"watch/template.yaml": settings, "watch/body.md": body})
    template = open_library(workspace, keep=False).template("watch", unit="city")
    said = paragraphs(template.render({"date_of_issue": "2005-03-04"}))
    printed = [line for line in said if line]
    first = printed.index("见附件。")
    assert printed[first : first + 8] == [
        "见附件。",
        "由张某答复。",
        "附件：名单",
        "示例市教育局",
        "2005年3月4日",
        "附件",
        "名单",
        "张某带班。",
    ]


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("{% block body %}\n\n见附件。\n\n", "\n\n{% endblock %}", 5),
        ("见附件。\n\n{% if topic %}\n\n", "\n\n{% endif %}", 5),
    ],
)
def test_a_block_that_would_be_printed_twice_is_a_problem(
    workspace: Path, before: str, after: str, line: int
) -> None:
    body = f"{before}{{% block annexes %}}\n\n名单\n\n{{% endblock %}}{after}\n"
    folder(workspace, {"note/body.md": body})
    with pytest.raises(NoticeError) as error:
        open_library(workspace, keep=False).template("note", unit="city")
    assert problems(error) == [
        f"{workspace}/note/body.md:{line}: T031 the block “annexes” stands in the block “body”, "
        "and would be printed twice (let “{% block annexes %}” begin and end outside “body” and "
        "all other statements)"
    ]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (
            "{% for x in xs %}\n\n甲\n",
            ["1: T006 “{% for x in xs %}” is never closed (add “{% endfor %}”)"],
        ),
        (
            "{% for x in xs %}\n\n{% if x %}\n\n甲\n\n{% endfor %}\n\n{% endblock %}\n",
            [
                "7: T005 “{% endfor %}” closes nothing here (“{% if x %}” at line 3 is still open)",
                "9: T005 “{% endblock %}” closes nothing",
            ],
        ),
    ],
)
def test_nobody_is_told_of_tags_that_they_did_not_write(
    workspace: Path, body: str, told: list[str]
) -> None:
    folder(workspace, {"note/body.md": body})
    with pytest.raises(NoticeError) as error:
        open_library(workspace, keep=False).template("note", unit="city")
    assert problems(error) == [f"{workspace}/note/body.md:{line}" for line in told]


def test_a_body_made_in_word_needs_nothing_else(workspace: Path) -> None:
    body = docx_with("致{{ name }}：", "{% for x in items %}", "{{ x }}", "{% endfor %}")
    folder(workspace, {"reply/body.docx": body})
    template = open_library(workspace, keep=False).template("reply")
    assert template.variables() == {"name", "items", "items[]"}
    document = template.render({"name": "张某", "items": ["甲", "乙"]})
    assert paragraphs(document) == ["致张某：", "甲", "乙"]


def test_includes_reach_files_beside_the_template_and_other_templates(workspace: Path) -> None:
    folder(
        workspace,
        {
            "note/contact.md": "联系人：{{ unit.name }}。\n",
            "closing/body.md": "到此为止。\n",
            "note/body.md": '正文。\n\n{% include "contact.md" %}\n\n{% include "closing" %}\n',
        },
    )
    printed = text(open_library(workspace, keep=False).template("note", "city").render(VALUES))
    assert "正文。\n联系人：示例市教育局。\n到此为止。" in printed


@pytest.mark.parametrize("name", ["../note", "note/../../x", "/etc/passwd", "..", ""])
def test_no_name_leaves_its_folder(workspace: Path, name: str) -> None:
    with pytest.raises(NoticeError) as error:
        open_library(workspace, keep=False).template(name, "city")
    assert [problem.code for problem in error.value.problems] == ["B001"]


@pytest.mark.parametrize("name", ["../secret.md", "/etc/passwd.md", "a/../../b.md"])
def test_no_include_leaves_its_folder(workspace: Path, name: str) -> None:
    folder(workspace.parent, {"secret.md": "秘密"})
    folder(workspace, {"note/body.md": f'正文。\n\n{{% include "{name}" %}}\n'})
    with pytest.raises(NoticeError) as error:
        open_library(workspace, keep=False).template("note", "city")
    assert [problem.code for problem in error.value.problems] == ["B001"]


def test_a_missing_template_is_named_with_the_nearest_name(workspace: Path) -> None:
    with pytest.raises(NoticeError) as error:
        open_library(workspace, keep=False).template("notes", "city")
    assert "B001 there is no template “notes” (did you mean “note”?)" in problems(error)[0]


def test_a_missing_parent_is_a_problem_where_the_unit_names_it(workspace: Path) -> None:
    folder(workspace, {"units/city/unit.yaml": UNIT + "parent: province\n"})
    with pytest.raises(NoticeError) as error:
        open_library(workspace, keep=False).template("note", "city")
    file = workspace / "units/city/unit.yaml"
    assert problems(error) == [
        f"{file}:7:9: B001 there is no unit “province” (there are: city, county)"
    ]


def test_a_unit_that_is_its_own_ancestor_is_a_problem(workspace: Path) -> None:
    folder(workspace, {"units/city/unit.yaml": UNIT + "parent: county\n"})
    with pytest.raises(NoticeError, match="B004 the unit “city” is its own parent"):
        open_library(workspace, keep=False).template("note", "city")


def test_all_problems_of_settings_are_told_at_once(workspace: Path) -> None:
    folder(workspace, {"units/city/unit.yaml": "name: 示例市教育局\nkynd: 部门\nsealed: 也许\n"})
    with pytest.raises(NoticeError) as error:
        open_library(workspace, keep=False).template("note", "city")
    codes = [(problem.code, problem.where.spot) for problem in error.value.problems]
    assert codes == [("D102", "1:1"), ("D101", "2:1"), ("D103", "3:9")]


def test_a_pattern_that_jinja_cannot_read_is_a_problem_at_its_line(workspace: Path) -> None:
    folder(workspace, {"note/template.yaml": NOTE.replace("{{ topic }}", "{{ topic | nope }}")})
    with pytest.raises(NoticeError) as error:
        open_library(workspace, keep=False).template("note", "city")
    assert error.value.problems[0].where.spot == "1:8"


def test_full_width_tags_in_template_yaml_are_problems_at_their_lines(workspace: Path) -> None:
    settings = "title: 关于｛｛ topic ｝｝的通知\nfile_name: '{{ title ｝｝'\n"
    settings += "annexes: {list: '｛% if x %｝名单'}\n"
    folder(workspace, {"note/template.yaml": settings})
    with pytest.raises(NoticeError) as error:
        open_library(workspace, keep=False).template("note", unit="city")
    assert problems(error) == [
        f"{workspace}/note/template.yaml:{spot}: T024 “{typed}” is written with full-width signs "
        f"(write “{meant}”)"
        for spot, typed, meant in [
            ("1:8", "｛｛ topic ｝｝", "{{ topic }}"),
            ("3:17", "｛% if x %｝", "{% if x %}"),
            ("2:12", "{{ title ｝｝", "{{ title }}"),
        ]
    ]


def test_what_is_wrong_with_the_form_or_the_words_of_a_requirement_is_told_at_its_line(
    workspace: Path,
) -> None:
    rule = "{code: R101, that: topic, message: 缺｛｛ topic ｝｝}"
    folder(workspace, {"note/template.yaml": f"{NOTE}requirements:\n- {rule}\n"})
    with pytest.raises(NoticeError) as error:
        open_library(workspace, keep=False).template("note", unit="city")
    assert problems(error) == [
        f"{workspace}/note/template.yaml:10:38: T024 “｛｛ topic ｝｝” is written with full-width "
        "signs (write “{{ topic }}”)"
    ]
    folder(workspace, {"note/template.yaml": f"{NOTE}requirements:\n- {{code: R101, thta: 1}}\n"})
    with pytest.raises(NoticeError) as error:
        open_library(workspace, keep=False).template("note", unit="city")
    assert problems(error) == [
        f"{workspace}/note/template.yaml:10:22: T301 “thta” is no key of a requirement"
    ]


def test_a_requirement_is_compiled_with_its_template(workspace: Path) -> None:
    rule = 'requirements:\n  - {code: R101, that: "topic |", message: 不行}\n'
    folder(workspace, {"note/template.yaml": NOTE + rule})
    with pytest.raises(NoticeError) as error:
        open_library(workspace, keep=False).template("note", "city")
    assert error.value.problems[0].where == keeping_location(workspace, "10:5")


def keeping_location(workspace: Path, spot: str) -> object:
    from generator import Location

    return Location(str(workspace / "note/template.yaml"), spot)


def test_a_layout_that_does_not_exist_is_a_problem_where_it_is_named(workspace: Path) -> None:
    folder(workspace, {"note/template.yaml": NOTE + "layout: documnt\n"})
    with pytest.raises(NoticeError) as error:
        open_library(workspace, keep=False).template("note", "city")
    file = workspace / "note/template.yaml"
    assert problems(error) == [
        f"{file}:9:9: B001 there is no layout “documnt” (did you mean “document”?)"
    ]


def test_a_template_with_a_letterhead_is_not_rendered_without_a_unit(workspace: Path) -> None:
    with pytest.raises(NoticeError) as error:
        open_library(workspace, keep=False).template("note").render(VALUES)
    assert problems(error) == ["B005 the template “note” needs a unit"]


@pytest.mark.parametrize(
    ("tag", "hint"),
    [
        ("{{ 事由 }}", "a template uses keys: write “topic”"),
        ("{{ topci }}", "did you mean “topic”?"),
        ("{{ weather }}", "declare it under “schema:” in template.yaml"),
    ],
)
def test_a_value_that_no_input_can_give_is_told_how_to_declare_it(
    workspace: Path, tag: str, hint: str
) -> None:
    folder(workspace, {"note/body.md": f"{tag}\n"})
    with pytest.raises(NoticeError) as error:
        open_library(workspace, keep=False).template("note", "city").render(VALUES)
    name = tag.strip("{} ")
    assert problems(error) == [
        f"{workspace / 'note/body.md'}:1: T401 the template asks for “{name}”, which is not there"
        f" ({hint})"
    ]


def test_a_folder_that_does_not_exist_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(NoticeError, match="B002 the folder does not exist"):
        open_library(tmp_path / "nowhere")


# --- compile_docx --------------------------------------------------------------------------------


def test_compile_docx_takes_bytes_or_a_path(tmp_path: Path) -> None:
    data = docx_with("{{ 标题 }}")
    (tmp_path / "通知.docx").write_bytes(data)
    for source in (data, tmp_path / "通知.docx", str(tmp_path / "通知.docx")):
        template = compile_docx(source)
        assert template.variables() == {"标题"}
        assert paragraphs(template.render({"标题": "关于“学习”的通知"})) == ["关于“学习”的通知"]


def test_a_template_can_be_pickled(workspace: Path) -> None:
    template = open_library(workspace, keep=False).template("note", "city")
    first = template.render(VALUES)
    assert pickle.loads(pickle.dumps(template)).render(VALUES) == first


# --- keeping -------------------------------------------------------------------------------------


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NOTICEGEN_CACHE", str(tmp_path / "kept"))
    return tmp_path / "kept"


def parses(monkeypatch: pytest.MonkeyPatch, workspace: Path) -> bool:
    """Whether a library that is opened anew parses the template `note`."""
    from generator.library.making import Maker

    made: list[str] = []
    make = Maker.make
    monkeypatch.setattr(Maker, "make", lambda self, name: made.append(name) or make(self, name))
    open_library(workspace).template("note", "county").render(VALUES)
    monkeypatch.setattr(Maker, "make", make)
    return bool(made)


def test_a_second_run_parses_nothing(
    workspace: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert parses(monkeypatch, workspace)
    assert not parses(monkeypatch, workspace)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("note/body.md", "新的正文。\n"),
        (
            "note/template.yaml",
            NOTE + "kind: 通知\n".replace("kind", "issuers").replace("通知", "[部门]"),
        ),
        ("units/city/unit.yaml", UNIT + "sealed: false\n"),
        ("units/county/note/body.md", "县里自己的正文。\n"),
    ],
)
def test_a_changed_or_nearer_file_is_seen(
    workspace: Path, kept: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: str
) -> None:
    parses(monkeypatch, workspace)
    folder(workspace, {name: content})
    assert parses(monkeypatch, workspace)


def test_only_what_is_kept_gives_way_to_what_is_new(
    workspace: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.mkdir(mode=0o700)
    for number in range(keeping.MAX_KEPT + 5):
        (kept / f"{number:032x}").write_bytes(b"")
        (kept / f"报告{number}.docx").write_bytes(b"")
    parses(monkeypatch, workspace)
    names = [path.name for path in kept.iterdir()]
    assert len([name for name in names if name.endswith(".docx")]) == keeping.MAX_KEPT + 5
    assert len(names) == 2 * keeping.MAX_KEPT + 5


def test_a_damaged_kept_file_is_made_anew(
    workspace: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parses(monkeypatch, workspace)
    for path in kept.iterdir():
        path.write_bytes(path.read_bytes()[:100])
    assert parses(monkeypatch, workspace)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights elsewhere")
def test_a_folder_that_others_can_write_is_not_trusted(
    workspace: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parses(monkeypatch, workspace)
    kept.chmod(0o777)
    assert parses(monkeypatch, workspace)


def test_without_a_folder_nothing_is_kept(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTICEGEN_CACHE", "")
    assert keeping.default_folder() is None
    assert parses(monkeypatch, workspace)
    assert parses(monkeypatch, workspace)


def test_the_folder_is_the_users_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("NOTICEGEN_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert keeping.default_folder() == tmp_path / "noticegen"
    assert os.environ["XDG_CACHE_HOME"] == str(tmp_path)


# --- Word bodies that extend ---------------------------------------------------------------------


def test_a_word_body_may_extend_a_layout_and_keeps_its_styles_by_name(workspace: Path) -> None:
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="h9">'
        '<w:name w:val="heading 1"/></w:style></w:styles>'
    )
    heading = '<w:p><w:pPr><w:pStyle w:val="h9"/></w:pPr><w:r><w:t>标题</w:t></w:r></w:p>'
    blocks = ['{% extends "document" %}', "{% block body %}", heading, "正文{{ topic }}"]
    body = docx_with(*blocks, "{% endblock %}", parts={"word/styles.xml": styles})
    (workspace / "note/body.md").unlink()
    folder(workspace, {"note/body.docx": body})
    document = open_library(workspace, keep=False).template("note", "city").render(VALUES)
    assert "标题\n正文清运残雪" in text(document)
    assert "heading 1: 标题" in outline(document)


def test_what_cannot_come_along_from_a_word_body_is_a_problem(workspace: Path) -> None:
    (workspace / "note/body.md").unlink()
    data = f'<a:graphicData xmlns:a="{NAMESPACES["a"]}"><c:chart xmlns:c="urn:c" r:id="s"/>'
    chart = f"<w:p><w:r><w:drawing>{data}</a:graphicData></w:drawing></w:r></w:p>"
    blocks = ['{% extends "document" %}', "{% block body %}", chart, "{% endblock %}"]
    folder(workspace, {"note/body.docx": docx_with(*blocks)})
    with pytest.raises(NoticeError) as error:
        open_library(workspace, keep=False).template("note", "city")
    assert problems(error) == [
        f"{workspace / 'note/body.docx'}: body ¶3: T023 a part of the kind “styles” cannot come "
        "along into another template (put it in as a picture, or leave it out)"
    ]


def test_a_word_body_may_extend_one_in_markdown_and_brings_its_notes(workspace: Path) -> None:
    note = '<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
    blocks = ['{% extends "note" %}', "{% block end %}", note, "{{ super() }}", "{% endblock %}"]
    members = joined_to(
        docx_parts(*blocks),
        "word/footnotes.xml",
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="1">{p("注{{ topic }}")}</w:footnote>'
        "</w:footnotes>",
    )
    folder(workspace, {"units/city/note/body.docx": zipped(members)})
    document = open_library(workspace, keep=False).template("note", "city").render(VALUES)
    assert "请示例市教育局办理清运残雪。\n\n特此通知。" in text(document)
    assert paragraphs(document, "word/footnotes.xml")[-1] == "注清运残雪"


def test_a_markdown_body_may_extend_one_in_word_that_has_notes(workspace: Path) -> None:
    note = '<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
    members = joined_to(
        docx_parts("头", note, "{% block end %}", "原", "{% endblock %}"),
        "word/footnotes.xml",
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="1">{p("注")}</w:footnote></w:footnotes>',
    )
    (workspace / "note/body.md").unlink()
    files = {"note/body.docx": zipped(members), "units/city/note/body.md": CLOSING}
    folder(workspace, files | {"note/template.yaml": "title: 通知\n"})
    document = open_library(workspace, keep=False).template("note", "city").render({})
    assert paragraphs(document) == ["头", "", "县局的话。"]
    assert paragraphs(document, "word/footnotes.xml") == ["注"]


LETTER = NOTE.replace("通知", "函").replace(
    '{{ serial }}号"\n', '{{ serial }}号"\nlayout: letter\n', 1
)
TO_EQUALS = VALUES | {"main_recipients": ["示例市财政局"]}


def printed_letter(workspace: Path, unit: str) -> str:
    template = open_library(workspace, keep=False).template("enquiry", unit)
    return text(template.render(TO_EQUALS))


def test_a_letter_bears_the_name_of_its_organ_and_what_else_a_letter_has(workspace: Path) -> None:
    folder(workspace, {"enquiry/template.yaml": LETTER, "enquiry/body.md": "请函复。\n"})
    assert printed_letter(workspace, "city").splitlines() == [
        "示例市教育局",
        "\t示教〔2005〕3号",
        "关于清运残雪的函",
        "示例市财政局：",
        "请函复。",
        "示例市教育局",
        "2005年3月4日",
    ]
    mark = UNIT.replace("文件\n", "文件\n  letter_mark: 示例教育局\n", 1)
    folder(workspace, {"units/city/unit.yaml": mark})
    assert printed_letter(workspace, "city").startswith("示例教育局\n")


ORDER = NOTE.replace("kind: 通知", "layout: form")


def test_a_form_prints_its_number_and_date_and_nobody_signs_it(workspace: Path) -> None:
    folder(workspace, {"order/template.yaml": ORDER, "order/body.md": "|--|--|\n| 事由 | |\n"})
    template = open_library(workspace, keep=False).template("order", "city")
    said = ["关于清运残雪的通知", "编号：示教〔2005〕3号\t2005年3月4日", "事由", "", ""]
    assert paragraphs(template.render(VALUES)) == said
    assert template.schema
    assert set(template.schema.names.values()) == VALUES.keys()


def test_a_template_may_put_something_else_in_the_place_of_number_and_date(
    workspace: Path,
) -> None:
    body = "{% block number %}\n填表日期：　　年　　月　　日\n{% endblock %}\n"
    body += "{% block body %}\n意见\n{% endblock %}\n"
    folder(workspace, {"card/template.yaml": ORDER, "card/body.md": body})
    printed = text(open_library(workspace, keep=False).template("card", "city").render(VALUES))
    assert printed == "关于清运残雪的通知\n填表日期：　　年　　月　　日\n意见\n"


def test_the_grid_of_a_form_may_be_made_in_word(workspace: Path) -> None:
    rows = table(["事由", "{{ topic }}"], ["承办情况", ""])
    tags = ['{% extends "layout:form" %}', "{% block body %}", rows, "{% endblock %}"]
    folder(workspace, {"order/template.yaml": ORDER, "order/body.docx": docx_with(*tags)})
    document = open_library(workspace, keep=False).template("order", "city").render(VALUES)
    assert outline(document) == [
        "Title: 关于清运残雪的通知",
        "表单编号: 编号：示教〔2005〕3号⇥2005年3月4日",
        "| 事由 | 清运残雪 |",
        "| 承办情况 |  |",
        "Normal: ",
    ]


WITH_ANNEXES = """\
annexes:
  list: "{% if topic == '清运残雪' %}{{ topic }}路段表{% endif %}"
  reply: 回执
"""
ANNEXES = """\
{% extends "note" %}
{% block annexes %}
{% if annexes.list is defined %}
::: annex list
路段
:::
{% endif %}
::: annex reply
回执内容
:::
{% endblock %}
"""


def test_an_annex_whose_title_comes_to_nothing_is_left_out(workspace: Path) -> None:
    folder(
        workspace,
        {"call/template.yaml": NOTE + WITH_ANNEXES, "call/body.md": ANNEXES},
    )
    template = open_library(workspace, keep=False).template("call", "city")
    both = text(template.render(VALUES)).splitlines()
    assert [line for line in both if line.startswith(("附件", "2."))] == [
        *("附件：1.清运残雪路段表", "2.回执", "附件1", "附件2")
    ]
    one = text(template.render(VALUES | {"topic": "备耕"})).splitlines()
    assert [line for line in one if line.startswith("附件")] == ["附件：回执", "附件"]


def test_a_template_may_have_the_name_of_a_layout_that_others_use(workspace: Path) -> None:
    own = {"letter/template.yaml": LETTER, "letter/body.md": "{% block body %}甲{% endblock %}\n"}
    folder(workspace, {"enquiry/template.yaml": LETTER, "enquiry/body.md": "请函复。\n", **own})
    assert "甲" not in printed_letter(workspace, "city")
    folder(workspace, {"enquiry/body.md": '{% extends "letter" %}\n'})
    assert "甲" in printed_letter(workspace, "city")
    named = '{% extends "layout:letter" %}\n{% block body %}\n\n乙\n\n{% endblock %}\n'
    folder(workspace, {"enquiry/body.md": named})
    assert "乙" in printed_letter(workspace, "city")


def test_a_layout_named_in_a_tag_that_does_not_exist_is_a_problem(workspace: Path) -> None:
    folder(workspace, {"note/body.md": '{% extends "layout:leter" %}\n'})
    with pytest.raises(NoticeError) as error:
        open_library(workspace, keep=False).template("note", "city")
    assert problems(error) == [
        f"{workspace / 'note/body.md'}:1: B001 there is no layout “leter” (did you mean “letter”?)"
    ]


def test_a_word_document_among_the_layouts_is_that_layout(workspace: Path) -> None:
    head = ["{% block head %}", "本市的版式", "{% endblock %}"]
    folder(workspace, {"enquiry/template.yaml": LETTER, "enquiry/body.md": "请函复。\n"})
    folder(workspace, {"layouts/letter.docx": docx_with(*head, "{% block body %}{% endblock %}")})
    assert printed_letter(workspace, "city") == "本市的版式\n请函复。"
    of_child = ['{% extends "layout:letter" %}', head[0], "本县的版式", head[2]]
    folder(workspace, {"units/county/layouts/letter.docx": docx_with(*of_child)})
    assert printed_letter(workspace, "county") == "本县的版式\n请函复。"
    assert printed_letter(workspace, "city") == "本市的版式\n请函复。"


def test_a_report_without_a_head_asks_for_no_signatory(workspace: Path) -> None:
    unit = UNIT + "signatory: [张某]\n"
    report = NOTE.replace("kind: 通知", "kind: 报告\nlayout: plain").replace("number:", "# number:")
    folder(workspace, {"note/template.yaml": report, "units/city/unit.yaml": unit})
    schema = open_library(workspace, keep=False).template("note", "city").schema
    assert schema is not None
    assert "signatory" not in schema.definition["properties"]


def test_a_child_inherits_mirrored_margins_but_prints_its_own_head(workspace: Path) -> None:
    unit = UNIT.replace("文件\n", "文件\n  preprinted: true\n", 1) + "mirrored: true\n"
    folder(workspace, {"units/city/unit.yaml": unit})
    library = open_library(workspace, keep=False)
    city, county = (library.template("note", slug).render(VALUES) for slug in ("city", "county"))
    assert "示例市教育局文件" not in text(city)
    assert "示例县教育局文件" in text(county)
    for document in (city, county):
        assert "<w:mirrorMargins/>" in part(document, "word/settings.xml")


def test_a_child_reads_the_margins_as_its_parent_does_unless_it_says_otherwise(
    workspace: Path,
) -> None:
    folder(workspace, {"units/city/unit.yaml": UNIT + "margins: ofd\n"})
    own = open_library(workspace, keep=False).template("note", "county").render(VALUES)
    assert 'w:top="1961"' in part(own, "word/document.xml")
    folder(workspace, {"units/county/unit.yaml": COUNTY + "margins: office\n"})
    own = open_library(workspace, keep=False).template("note", "county").render(VALUES)
    assert 'w:top="2098"' in part(own, "word/document.xml")


def test_margins_that_nobody_knows_are_told_at_their_line(workspace: Path) -> None:
    folder(workspace, {"units/city/unit.yaml": UNIT + "margins: wide\n"})
    with pytest.raises(NoticeError) as raised:
        open_library(workspace, keep=False).template("note", "city")
    assert [str(problem) for problem in raised.value.problems] == [
        f"{workspace}/units/city/unit.yaml:7:10: D106 “页边距口径” cannot be “wide”"
        " (choose from office、ofd)"
    ]
