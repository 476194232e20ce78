"""Templates as LibreOffice and WPS save them: they give what the same template typed anew gives."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from typing import Any

import pytest
from builders import (
    HEAD,
    R,
    W,
    bold,
    compiled,
    docx_parts,
    docx_with,
    joined_to,
    outline,
    p,
    paragraphs,
    part,
    rendered,
    table,
    zipped,
)
from structure import faults

# --- LibreOffice ---------------------------------------------------------------------------------

PEOPLE = [{"姓名": "张某", "事": ["甲", "乙"]}, {"姓名": "李某", "事": []}]
VALUES: dict[str, Any] = {
    "标题": "关于A & B的通知",
    "日期": "2005-03-09",
    "急": True,
    "名单": PEOPLE,
}
TYPED: Mapping[str, bytes] = {
    "text": docx_with(
        p("关于{{ ", bold("标题"), ' | replace("通知", "函") }}'),
        "{{ 日期 | date }}（{{ 日期 | weekday }}）{% if 急 and 名单 %}急{% else %}缓{% endif %}。",
        "{# 不印 #}",
        "{% if not 急 %}",
        "不急",
        "{% elif 名单[0]['姓名'] == \"张某\" %}",
        "张某的",
        "{% endif %}",
        "完",
        header="页眉{{ 标题 }}",
        footer="{% if 急 %}页脚{{ 日期 }}{% endif %}",
    ),
    "tables": docx_with(
        table(
            ["姓名", "事"],
            [
                "{% for 人 in 名单 %}{{ loop.index }}{{ 人.姓名 }}",
                "{{ 人.事 | listed('、') }}{% endfor %}",
            ],
        ),
        "中",
        table(["{%tr for 人 in 名单 %}", ""], ["{{ 人.姓名 }}", "x"], ["{%tr endfor %}", ""]),
        "尾",
    ),
    "loops": docx_with(
        "{% for 人 in 名单 %}",
        "{{ 人.姓名 }}：",
        "{% for 事 in 人.事 %}",
        "{{ 事 }}{% if not loop.last %}；{% endif %}",
        "{% endfor %}",
        "{% endfor %}",
        "{% set 数 = 名单 | length %}",
        "共{{ 数 }}人",
    ),
}


@pytest.fixture(scope="module")
def saved(press: None, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The templates of TYPED, opened and saved by LibreOffice."""
    folder = tmp_path_factory.mktemp("saved")
    for name, template in TYPED.items():
        (folder / f"{name}.docx").write_bytes(template)
    command = [
        *("soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}"),
        *("--headless", "--norestore", "--convert-to", "docx:MS Word 2007 XML"),
        *("--outdir", str(folder / "out"), *(str(folder / f"{name}.docx") for name in TYPED)),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return {name: (folder / "out" / f"{name}.docx").read_bytes() for name in TYPED}


@pytest.mark.parametrize("name", TYPED)
def test_what_libreoffice_saved_gives_the_same_document(
    name: str, saved: Mapping[str, bytes]
) -> None:
    assert "LibreOffice" in part(saved[name], "docProps/app.xml")
    document = rendered(compiled(saved[name]), **VALUES)
    assert outline(document) == outline(rendered(compiled(TYPED[name]), **VALUES))
    assert faults(document) == []


def test_what_stands_in_the_header_and_footer_survives_libreoffice(
    saved: Mapping[str, bytes],
) -> None:
    document = rendered(compiled(saved["text"]), **VALUES)
    assert paragraphs(document, "word/header1.xml") == ["页眉关于A & B的通知"]
    assert paragraphs(document, "word/footer1.xml") == ["页脚2005-03-09"]


# --- WPS -----------------------------------------------------------------------------------------

WPS = "http://www.wps.cn/officeDocument/2013/wpsCustomData"
MICROSOFT = "http://schemas.microsoft.com/office/word"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:w10="urn:schemas-microsoft-com:office:word" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    f'xmlns:wp14="{MICROSOFT}/2010/wordprocessingDrawing" xmlns:w14="{MICROSOFT}/2010/wordml" '
    f'xmlns:w15="{MICROSOFT}/2012/wordml" xmlns:wne="{MICROSOFT}/2006/wordml" '
    f'xmlns:wps="{MICROSOFT}/2010/wordprocessingShape" xmlns:wpsCustomData="{WPS}"'
)
CHINESE = (
    '<w:rPr><w:rFonts w:hint="eastAsia" w:ascii="仿宋" w:hAnsi="仿宋" w:eastAsia="仿宋"/>'
    '<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr>'
)
CUSTOM = (
    f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    'custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/'
    'docPropsVTypes"><property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" '
    'name="KSOProductBuildVer"><vt:lpwstr>2052-12.1.0.16388</vt:lpwstr></property></Properties>'
)
MARK = '<w:docVar w:name="KSO_WPS_MARK_KEY" w:val="00000000-0000-0000-0000-000000000000"/>'
SETTINGS = (
    f'{HEAD}<w:settings xmlns:w="{W}" xmlns:sl="http://schemas.openxmlformats.org/schemaLibrary/'
    f'2006/main"><w:zoom w:percent="100"/><w:docVars>{MARK}</w:docVars></w:settings>'
)


def written(*texts: str) -> str:
    """A paragraph as WPS writes it: each of *texts* is a run."""
    runs = [f"<w:r>{CHINESE}<w:t>{text}</w:t></w:r>" for text in texts]
    return (
        f'<w:p w14:paraId="0A1B2C3D"><w:pPr><w:keepNext w:val="0"/><w:pageBreakBefore '
        f'w:val="0"/><w:kinsoku/><w:wordWrap/>{CHINESE}</w:pPr>{"".join(runs)}</w:p>'
    )


def cells(*texts: tuple[str, ...]) -> str:
    """A row of cells, each of the texts of its runs."""
    inside = [
        f'<w:tc><w:tcPr><w:tcW w:w="4261" w:type="dxa"/></w:tcPr>{written(*text)}</w:tc>'
        for text in texts
    ]
    return f"<w:tr>{''.join(inside)}</w:tr>"


def wps_template(*blocks: str) -> bytes:
    """A `.docx` as WPS saves it, with *blocks* as its body."""
    section = (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1800" '
        'w:bottom="1440" w:left="1800" w:header="851" w:footer="992" w:gutter="0"/>'
        '<w:cols w:space="425" w:num="1"/><w:docGrid w:type="lines" w:linePitch="312" '
        'w:charSpace="0"/></w:sectPr>'
    )
    members = docx_parts("x") | {
        "word/document.xml": f"{HEAD}<w:document {NAMESPACES} "
        'mc:Ignorable="w14 w15 wp14 wpsCustomData">'
        f"<w:body>{''.join(blocks)}{section}</w:body></w:document>",
        "docProps/custom.xml": CUSTOM,
    }
    members["_rels/.rels"] = members["_rels/.rels"].replace(
        "</Relationships>",
        f'<Relationship Id="c" Type="{R}/custom-properties" Target="docProps/custom.xml"/>'
        "</Relationships>",
    )
    members["[Content_Types].xml"] = members["[Content_Types].xml"].replace(
        "</Types>",
        '<Override PartName="/docProps/custom.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.custom-properties+xml"/></Types>',
    )
    return zipped(joined_to(members, "word/settings.xml", SETTINGS))


NOTE = '<wpsCustomData:note wpsCustomData:val="1"><wpsCustomData:x/></wpsCustomData:note>'
LETTER = wps_template(
    written("关于{{", "标题", " }}"),
    written("{%", " if 急 %}"),
    written("急件，{{ 日期", " | date }}前办结").replace("<w:r>", f"{NOTE}<w:r>", 1),
    written("{% endif", " %}"),
    '<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>'
    '<w:tblGrid><w:gridCol w:w="4261"/><w:gridCol w:w="4261"/></w:tblGrid>',
    cells(("姓名",), ("事",)),
    cells(("{% for 人", " in 名单 %}{{ 人.姓名 }}"), ("{{ 人.事 | listed }}{% ", "endfor %}")),
    "</w:tbl>",
    written("完"),
)


def test_what_wps_saved_gives_its_document() -> None:
    document = rendered(compiled(LETTER), **VALUES)
    assert outline(document) == [
        "关于关于A & B的通知",
        "急件，2005年3月9日前办结",
        [[["姓名"], ["事"]], [["张某"], ["甲、乙"]], [["李某"], [""]]],
        "完",
    ]
    assert faults(document) == []


def test_fonts_and_languages_of_wps_stay_and_its_own_elements_go() -> None:
    xml = part(rendered(compiled(LETTER), **VALUES))
    assert '<w:rFonts w:hint="eastAsia" w:ascii="仿宋"' in xml
    assert '<w:lang w:val="en-US" w:eastAsia="zh-CN"/>' in xml
    assert "wps.cn" not in xml
    assert "wpsCustomData" not in xml
    assert "w14:paraId" not in xml


def test_what_wps_says_of_itself_stays_in_the_properties() -> None:
    document = rendered(compiled(LETTER), **VALUES)
    assert "KSOProductBuildVer" in part(document, "docProps/custom.xml")
    assert "KSO_WPS_MARK_KEY" in part(document, "word/settings.xml")
