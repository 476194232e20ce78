"""Seals that lead out of their unit, and pictures and names that are too much."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from builders import folder, part
from workspaces import circle, joint_values, joint_workspace

from generator import NoticeError, open_library

HINT = " (name a PNG, JPEG, GIF or BMP file below the folder of the unit)"


def refusal(space: Path, **values: object) -> str:
    with pytest.raises(NoticeError) as caught:
        open_library(space, keep=False).template("joint", "civil").render(joint_values(**values))
    return str(caught.value).replace(str(space), "…")


@pytest.mark.parametrize("path", ["../finance/seal.png", "..\\finance\\seal.png", "/etc/passwd"])
def test_the_path_of_a_seal_does_not_leave_its_unit(tmp_path: Path, path: str) -> None:
    own = f"seal: {{picture: '{path}', width: 42mm}}\n"
    message = f"D112 the path “{path}” leaves its folder{HINT}"
    space = joint_workspace(tmp_path / "own", civil=own)
    assert refusal(space) == f"…/units/civil/unit.yaml:5:17: {message}"
    space = joint_workspace(tmp_path / "other", traffic=own)
    assert refusal(space, joint_issuers=["traffic"]) == f"…/units/traffic/unit.yaml:5:17: {message}"


@pytest.mark.skipif(sys.platform == "win32", reason="links are for administrators there")
def test_a_link_leads_no_seal_out_of_its_unit(tmp_path: Path) -> None:
    folder(tmp_path, {"secret.png": circle()})
    space = joint_workspace(tmp_path / "w", civil="seal: {picture: link.png, width: 42mm}\n")
    (space / "units/civil/link.png").symlink_to(tmp_path / "secret.png")
    assert "the path “link.png” leaves its folder" in refusal(space)


def test_a_picture_of_a_hundred_megabytes_is_refused_unread(tmp_path: Path) -> None:
    space = joint_workspace(tmp_path, civil="seal: {picture: seal.png, width: 42mm}\n")
    os.truncate(space / "units/civil/seal.png", 100 * 1024 * 1024)
    assert refusal(space) == (
        f"…/units/civil/unit.yaml:5:17: D112 the picture has more than 32 MB{HINT}"
    )


def test_a_picture_that_claims_a_huge_size_is_refused(tmp_path: Path) -> None:
    huge = bytearray(circle())
    huge[16:24] = (60_000).to_bytes(4, "big") * 2
    space = joint_workspace(tmp_path, civil="seal: {picture: seal.png, width: 42mm}\n")
    folder(space, {"units/civil/seal.png": bytes(huge)})
    assert "the picture is too large: 60000 by 60000 pixels" in refusal(space)


def test_a_seal_that_would_be_a_mile_high_is_refused(tmp_path: Path) -> None:
    space = joint_workspace(tmp_path, civil="seal: {picture: seal.png, width: 42mm}\n")
    folder(space, {"units/civil/seal.png": circle(1, 20_000)})
    assert "the picture would be larger than 22 in (558 mm)" in refusal(space)


def test_fifty_organs_end_in_a_document_and_more_are_refused(tmp_path: Path) -> None:
    space = joint_workspace(tmp_path)
    template = open_library(space, keep=False).template("joint", "civil")
    many = [f"示例市第{number}局" for number in range(8000)]
    assert template.render(joint_values(joint_issuers=many[:50]))
    said = "joint_issuers: D108 “联合行文机关” has 8000 item(s) (at most 50)"
    assert refusal(space, joint_issuers=many) == said


def test_a_name_that_fills_a_page_ends_in_a_document_and_a_longer_one_is_refused(
    tmp_path: Path,
) -> None:
    space = joint_workspace(tmp_path)
    template = open_library(space, keep=False).template("joint", "civil")
    assert template.render(joint_values(joint_issuers=["局" * 500]))
    said = refusal(space, joint_issuers=["局" * 5000])
    assert said.endswith("T403 “0” is no measure from 1 to 600 (values from issuing_organs[0])")


def test_a_parent_that_goes_in_circles_is_told_of_another_organ_too(tmp_path: Path) -> None:
    space = joint_workspace(tmp_path, finance="parent: traffic\n", traffic="parent: finance\n")
    assert "B004 the unit “finance” is its own parent" in refusal(space)


def test_a_tag_in_the_name_of_an_organ_stays_text(tmp_path: Path) -> None:
    template = open_library(joint_workspace(tmp_path), keep=False).template("joint", "civil")
    name = "{{ unit }}<局>&"
    document = template.render(joint_values(joint_issuers=[name]))
    assert "{{ unit }}&lt;局&gt;&amp;" in part(document)
