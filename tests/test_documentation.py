"""The READMEs and CONTRIBUTING.md say what is so: their commands are run, their tables compared.

In a block `console` each line `$ noticegen …` is answered by the lines below it; the commands of a
block `sh`, and those within a sentence, end well. A block `yaml NAME` or `markdown NAME` is the
file of that name. README.zh.md is run in Chinese; `test_readmes` holds it to saying the same.
"""

from __future__ import annotations

import ast
import re
import shutil
from itertools import chain
from pathlib import Path

import click
import pytest
import yaml
from builders import docx_with, folder, paragraphs, table
from test_architecture import HOUSE, ROOMS
from test_commands import answer, fences

import generator
from generator import (
    compile_docx,
    escalation,
    formats,
    open_library,
    privacy,
    render_file,
    workdays,
)
from generator.cli import commands
from generator.layouts import placing, seating, stamping
from generator.rules.catalogue import KINDS
from generator.runtime import copies, field_values, filters, state
from generator.runtime.environment import TextEnvironment

ROOT = HOUSE.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
READMES = {"en": README, "zh": (ROOT / "README.zh.md").read_text(encoding="utf-8")}
LOCALES = {"en": "en_US.UTF-8", "zh": "zh_CN.UTF-8"}
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("examples/*.md")])
BLOCKS = {
    language: [(info, [*lines]) for info, lines in fences(text)]
    for language, text in READMES.items()
}
PROSE = {
    language: re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)
    for language, text in READMES.items()
}
EXAMPLES = {"TEMPLATE": "study-week-notice"}
"""What stands in the README's commands for what the reader chooses."""
CODE = re.compile(r"\b(?:[YDRTB]\d{3}|G[A-Z]\d{3})\b")
MOST_BYTES_OF_A_PICTURE = 200_000

LETTER = docx_with(
    "{{ 收文单位 }}：",
    "请于{{ 答复日期 | date }}前答复{% if 急 %}（急）{% endif %}。",
    table(["姓名", "电话"], ["{% for 人 in 名单 %}{{ 人.姓名 }}", "{{ 人.电话 }}{% endfor %}"]),
)
"""A template such as the README tells its readers to type in Word."""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with all that the README speaks of, as the current one."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    shutil.copytree(ROOT / "examples", tmp_path / "examples", ignore=lambda *_: ["pictures"])
    folder(tmp_path, {name: text for name, text in named_blocks().items() if "/" not in name})
    word = {"office/reply/body.docx": LETTER, "office/reply.docx": LETTER}
    folder(tmp_path, {**word, "speech.txt": quoted_phrases()})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NOTICEGEN_CACHE", str(tmp_path / "kept"))
    monkeypatch.setenv("LC_ALL", LOCALES["en"])
    return tmp_path


def named_blocks() -> dict[str, str]:
    """The files that the README shows, by their names."""
    named = [(info.partition(" ")[2], lines) for info, lines in BLOCKS["en"]]
    return {name: "".join(f"{line}\n" for line in lines) for name, lines in named if name}


def quoted_phrases() -> str:
    """A speech that has every phrase of the seeds: the speech itself is not ours to copy."""
    inputs = [yaml.safe_load(path.read_bytes()) for path in sorted(ROOT.glob("seeds/*.yaml"))]
    traces = [entry for said in inputs for entry in said.get("trace", said.get("出处", []))]
    return "\n".join(entry["phrase"] for entry in traces)


def rows_below(head: str, text: str = README) -> list[list[str]]:
    """The cells of the table with this head row; `\\|` is a bar within a cell."""
    lines = text[text.index(f"{head}\n") :].splitlines()[2:]
    rows = lines[: next(i for i, line in enumerate([*lines, ""]) if not line.startswith("|"))]
    return [
        [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        for line in rows
    ]


def expanded(command: str) -> str:
    """*command* as the shell runs it: patterns are the files that they match."""
    for word, example in EXAMPLES.items():
        command = command.replace(word, example)
    return " ".join(
        " ".join(path.as_posix() for path in sorted(Path().glob(word))) if "*" in word else word
        for word in command.split()
    )


# --- the README runs -----------------------------------------------------------------------------


@pytest.mark.parametrize("language", READMES)
def test_every_command_answers_as_the_readme_says(
    language: str,
    desk: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LC_ALL", LOCALES[language])
    for info, lines in BLOCKS[language]:
        if info == "console":
            said: list[str] = []
            for line in lines:
                if line.startswith("$ "):
                    said += [line, *answer(expanded(line[2:]), capsys)]
            assert said == lines
    silent = [line for info, lines in BLOCKS[language] if info == "sh" for line in lines]
    inline = re.findall(r"`(noticegen [^`]+)`", PROSE[language])
    assert len(silent) > 5
    assert len(inline) > 1
    for command in [*silent, *inline]:
        last = answer(expanded(command), capsys)[-1:]
        assert not re.fullmatch(r"\[\d+\]", "".join(last)), command


@pytest.mark.parametrize(("language", "other"), [("en", "zh"), ("zh", "en")])
def test_the_line_in_the_other_language_is_a_real_one(
    language: str,
    other: str,
    desk: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LC_ALL", LOCALES[language])
    [line] = re.findall(r"`(wrong\.yaml:[^`]+)`", PROSE[language])
    [option] = re.findall(r"`(--lang \w+)`", PROSE[language])
    assert option == f"--lang {other}"
    said = answer(f"noticegen render wrong.yaml --templates examples/demo {option}", capsys)
    assert said[2] == line


def test_every_python_snippet_runs(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, object] = {}
    snippets = ["\n".join(lines) for info, lines in BLOCKS["en"] if info == "python"]
    assert len(snippets) > 1
    for snippet in snippets:
        exec(compile(snippet, "README.md", "exec"), names)
    assert [path.name for path in sorted(desk.glob("*.docx"))] == [
        "meeting.docx",
        "示先教办〔2005〕12号.docx",
    ]
    assert capsys.readouterr().out == (
        "0\n1 date: D104 the date “2005-02-30” does not exist (that month has 28 days)\n"
    )


def test_python_in_five_statements_has_five_statements() -> None:
    first = next(lines for info, lines in BLOCKS["en"] if info == "python")
    assert len(ast.parse("\n".join(first)).body) == 5


def test_a_document_from_the_command_and_one_from_python_are_the_same(desk: Path) -> None:
    library = open_library("examples/demo")
    values = yaml.load((desk / "examples/meeting.yaml").read_bytes(), yaml.BaseLoader)
    template = library.template(values.pop("template"), values.pop("unit"))
    rendered = template.render(values | {"serial": int(values["serial"])})
    assert rendered == render_file("examples/meeting.yaml", library)


def test_the_table_of_the_markdown_repeats_its_rows(desk: Path) -> None:
    body = next(lines for info, lines in BLOCKS["en"] if info == "markdown")
    settings = """
layout: plain
schema:
  properties:
    schedule:
      title: 日程
      items:
        properties: {date: {title: 日期}, time: {title: 时间}, content: {title: 内容}}
"""
    folder(desk, {"own/plan/body.md": "\n".join(body), "own/plan/template.yaml": settings})
    template = open_library("examples/demo", "own").template("plan", unit="city-office")
    session = {"date": "2005-03-09", "time": "8时", "content": "学习"}
    said = paragraphs(template.render({"date_of_issue": "2005-03-01", "schedule": [session] * 2}))
    assert said[said.index("日期") :][:9] == [
        "日期",
        "时间",
        "内容",
        *["3月9日", "8时", "学习"] * 2,
    ]


def test_the_form_is_a_grid_that_may_be_handed_out_blank(desk: Path) -> None:
    _, body = [lines for info, lines in BLOCKS["en"] if info == "markdown"]
    fields = "issue responsible_unit person phone progress".split()
    schema = "\n".join(f"    {field}: {{title: {field}的内容}}" for field in fields)
    settings = f"""
layout: form
schema:
  properties:
    due: {{title: 时限, type: string, format: date}}
{schema}
"""
    folder(desk, {"own/order/body.md": "\n".join(body), "own/order/template.yaml": settings})
    template = open_library("examples/demo", "own").template("order", unit="city-office")
    values = {"date_of_issue": "2005-03-01", "due": "2005-03-09"}
    said = paragraphs(template.render(values))
    assert [text for text in said if text.endswith("日")] == [
        "\t2005年3月1日",
        "2005年3月9日",
        "负责人签字：　　　　年　　月　　日",
    ]


def test_a_word_template_is_what_was_typed_in_word() -> None:
    letter = compile_docx(LETTER)
    assert {"收文单位", "名单[].电话"} <= letter.variables()
    people = [{"姓名": "张某", "电话": "1"}, {"姓名": "李某", "电话": "2"}]
    values = {"收文单位": "市民政局", "答复日期": "2005-03-09", "急": True, "名单": people}
    said = paragraphs(letter.render(values))
    assert said[:2] == ["市民政局：", "请于2005年3月9日前答复（急）。"]
    assert said[-4:] == ["张某", "1", "李某", "2"]


# --- what it shows is there ----------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in named_blocks() if "/" in name])
def test_a_file_that_the_readme_shows_is_that_file(name: str) -> None:
    assert named_blocks()[name] == (ROOT / name).read_text(encoding="utf-8")


def test_the_smallest_example_has_eight_lines() -> None:
    assert len(named_blocks()["examples/meeting.yaml"].splitlines()) == 8


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_pictures_are_small() -> None:
    pictures = list((ROOT / "examples" / "pictures").iterdir())
    assert len(pictures) > 2
    assert [path.name for path in pictures if path.stat().st_size > MOST_BYTES_OF_A_PICTURE] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_what_make_is_asked_for_it_can_make(document: Path) -> None:
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    asked = re.findall(r"`make (\w+)`", document.read_text(encoding="utf-8"))
    assert set(asked) <= set(targets)


def test_every_command_is_spoken_of() -> None:
    spoken = set(re.findall(r"(?:^\$? ?|`)noticegen (\w+)", README, re.M))
    there = commands.list_commands(click.Context(commands))
    assert [name for name in there if name not in spoken] == []


def test_every_public_name_is_spoken_of() -> None:
    python = README[README.index("## From Python") : README.index("## How it is built")]
    assert [name for name in generator.__all__ if not re.search(rf"\b{name}\b", python)] == []


def test_every_built_in_template_is_spoken_of() -> None:
    rows = rows_below("| built-in template | what it makes |")
    listed = [name for cells in rows for name in re.findall(r"`([\w-]+)`", cells[0])]
    assert sorted(listed) == sorted(path.name for path in (ROOT / "templates").iterdir())


# --- its tables are those of the code ------------------------------------------------------------


def test_the_filters_are_those_of_the_environment() -> None:
    written = (
        placing.FILTERS,
        seating.FILTERS,
        stamping.FILTERS,
        state.FILTERS,
        copies.FILTERS,
        field_values.FILTERS,
    )
    of_layouts = {*chain(*written), "attribute", "plain", "picture", "floating", "chart"}
    ours = {*chain(*(room.FILTERS for room in (formats, workdays, privacy, escalation)))}
    [listed] = re.findall(r"of Jinja's there are `([^`]+)`", README)
    assert set(listed.split()) == filters.FILTERS.keys() - ours - of_layouts
    examples = [cells[0] for cells in rows_below("| in a template | in the document |")]
    shown = [re.findall(r"\| (\w+)", example)[0] for example in examples]
    assert sorted(shown) == sorted(ours)


@pytest.mark.parametrize(("example", "printed"), rows_below("| in a template | in the document |"))
def test_a_filter_prints_what_the_table_says(example: str, printed: str) -> None:
    assert TextEnvironment().from_string(example.strip("`")).render() == printed


def test_the_checks_are_those_of_the_catalogue() -> None:
    shown = {
        name.strip("`"): tuple(codes.split())
        for name, _, codes in rows_below("| `check` | what it tells | code |")
    }
    assert shown == {name: kind.codes for name, kind in KINDS.items()}


def test_the_five_forms_are_due_as_the_readme_says() -> None:
    head = "| form | template | on record as | due, in days after the term: 市, 县, 单位 |"
    for (name, template, record, due), form in zip(rows_below(head), escalation.FORMS, strict=True):
        days = "from the first day"
        if form.late is not None:
            days = ", ".join(str(form.late[level]) for level in ("市", "县", "单位"))
            days += ", or once it is done" if form.when_done else ""
        assert (name, template, record) == (form.name, f"`{form.template}`", f"`{form.record}`")
        assert due == days


def test_the_rooms_are_those_of_the_house_in_their_order() -> None:
    shown = [cells[0].strip("`") for cells in rows_below("| module | what it does |")]
    built = {
        **{f"{path.parent.name}/": path.parent.name for path in HOUSE.glob("*/__init__.py")},
        **{path.stem: path.stem for path in HOUSE.glob("*.py") if not path.stem.startswith("__")},
    }
    assert sorted(shown) == sorted(built)
    assert shown == sorted(shown, key=lambda name: ROOMS.index(built[name]))


def codes_of(*files: Path) -> set[str]:
    """The codes that stand in texts of the code."""
    found: set[str] = set()
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= {node.value} if CODE.fullmatch(node.value) else set()
    return found


def test_every_code_that_is_named_is_one_of_the_code_or_of_a_template() -> None:
    templates = [*ROOT.glob("templates/*/*.yaml"), *ROOT.glob("examples/demo/*/*.yaml")]
    own = {
        code
        for path in templates
        for code in re.findall(r"code: (\w+)", path.read_text(encoding="utf-8"))
    }
    shown = set(CODE.findall(README))
    assert len(shown) > 5
    assert shown - codes_of(*HOUSE.rglob("*.py")) - own == set()


def test_every_code_is_in_a_range_of_the_table_beside_its_room() -> None:
    ranges = []
    for codes, _, rooms in rows_below(
        "| codes | what is wrong | where they come from |", CONTRIBUTING
    ):
        first, last = codes.split("–")
        ranges.append((first, last, re.findall(r"`(\w+)`", rooms)))
    outside = []
    for room in ROOMS:
        modules = (
            HOUSE.glob(f"{room}/**/*.py") if (HOUSE / room).is_dir() else [HOUSE / f"{room}.py"]
        )
        for code in codes_of(*(path for path in modules if path.exists())):
            mine = [
                first for first, last, rooms in ranges if first <= code <= last and room in rooms
            ]
            if not mine and not code.startswith("G"):
                outside.append(f"{code} of {room}")
    assert sorted(outside) == []
