"""Pictures that a unit supplies, of its seal and of a signature stamp: read from its own folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generator.layouts.geometry import EMU_A_TWIP, STANDARD
from generator.library.definitions import UNIT
from generator.library.pictures import file_reader
from generator.limits import Limits
from generator.problems import Location, Message, NoticeError, Problem
from generator.runtime.picture_headers import read_header
from generator.runtime.pictures import size_of
from generator.runtime.values import ValueRefused
from generator.sources import Source

_MM = 1440 / 25.4
Seal = dict[str, Any]
"""The `picture`, bytes; its `width`, such as 42mm; its sides in twips, `across` and `down`."""


def read_pictures(
    settings: Mapping[str, Any], source: Source, limits: Limits
) -> dict[str, Seal | None]:
    """The pictures that unit.yaml, *source* with its typed *settings*, names, by their keys.

    Raises NoticeError for each that is not in the unit's folder, or no picture of a seal's size.
    """
    pictures: dict[str, Seal | None] = {}
    problems: list[Problem] = []
    for key in ("seal", "signature_stamp"):
        said = settings[key]
        try:
            pictures[key] = said and _read(said, key, source, limits)
        except NoticeError as error:
            problems += error.problems
    if problems:
        raise NoticeError(problems)
    return pictures


def _read(said: Mapping[str, Any], key: str, source: Source, limits: Limits) -> Seal:
    where = UNIT.place(source, (key, "picture"))
    hint = Message("name a PNG, JPEG, GIF or BMP file below the folder of the unit")
    try:
        data = file_reader([str(Path(source.file).parent)], limits)(said["picture"])
        size = size_of(read_header(data, limits), said["width"], None)
    except ValueRefused as refused:
        raise NoticeError([Problem("D112", refused.message, where, hint)]) from refused
    across, down = (round(side / EMU_A_TWIP) for side in size)
    if not STANDARD.seal_least <= min(across, down) <= max(across, down) <= STANDARD.seal_most:
        raise NoticeError([_of_no_size(across, down, UNIT.place(source, (key, "width")))])
    return {"picture": data, "width": said["width"], "across": across, "down": down}


def _of_no_size(across: int, down: int, where: Location) -> Problem:
    message = Message(
        "the picture would be {across} by {down} mm",
        across=round(across / _MM),
        down=round(down / _MM),
    )
    hint = Message(
        "a seal or stamp measures from {least} to {most} mm",
        least=round(STANDARD.seal_least / _MM),
        most=round(STANDARD.seal_most / _MM),
    )
    return Problem("D113", message, where, hint)
