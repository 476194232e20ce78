"""What the first bytes of a picture say: its format, its size in pixels, its resolution.

PNG (ISO/IEC 15948), JPEG (ITU-T T.81, JFIF), GIF 87a and 89a, BMP; nothing is decoded.
"""

from __future__ import annotations

import struct
from typing import NamedTuple

from generator.limits import DEFAULTS, Limits
from generator.problems import Message
from generator.runtime.values import ValueRefused

MAX_SIDE = 30_000
"""Pixels."""
MAX_PIXELS = 100_000_000
DPI = 96.0
"""The resolution of a picture that says none, or none that can be."""
_LEAST_DPI, _MOST_DPI = 10, 4_800
_INCH = 0.0254
"""Metres."""
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_BARE_MARKERS = frozenset({0x01, *range(0xD0, 0xD8)})


class Header(NamedTuple):
    """The facts of a picture."""

    format: str
    """`png`, `jpeg`, `gif` or `bmp`."""
    width: int
    """Pixels."""
    height: int
    dpi_across: float = DPI
    dpi_down: float = DPI


def read_header(data: bytes, limits: Limits = DEFAULTS) -> Header:
    """The facts of the picture *data*. Raises ValueRefused for what is none, or is too large."""
    check_bytes(len(data), limits)
    try:
        header = _read(data)
    except (struct.error, IndexError) as error:
        raise _cut_short() from error
    if not (header.width and header.height):
        raise ValueRefused(Message("the picture has no width or no height"))
    if max(header.width, header.height) > MAX_SIDE or header.width * header.height > MAX_PIXELS:
        raise ValueRefused(
            Message(
                "the picture is too large: {width} by {height} pixels",
                width=header.width,
                height=header.height,
            )
        )
    return header._replace(dpi_across=_sane(header.dpi_across), dpi_down=_sane(header.dpi_down))


def check_bytes(count: int, limits: Limits) -> None:
    """Raises ValueRefused where a picture of *count* bytes is larger than *limits* let it be."""
    if count > limits.picture:
        most = limits.picture // (1024 * 1024)
        raise ValueRefused(Message("the picture has more than {most} MB", most=most))


def _read(data: bytes) -> Header:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _png(data)
    if data.startswith(b"\xff\xd8\xff"):
        return _jpeg(data)
    if data.startswith((b"GIF87a", b"GIF89a")):
        return Header("gif", *struct.unpack_from("<HH", data, 6))
    if data.startswith(b"BM"):
        return _bmp(data)
    raise ValueRefused(Message("this is no picture of the formats PNG, JPEG, GIF and BMP"))


def _png(data: bytes) -> Header:
    if data[12:16] != b"IHDR":
        raise _cut_short()
    header = Header("png", *struct.unpack_from(">II", data, 16))
    position = 8
    while True:
        length, kind = struct.unpack_from(">I4s", data, position)
        if position + 12 + length > len(data):
            raise _cut_short()
        if kind == b"IEND":
            return header
        if kind == b"pHYs":
            across, down, unit = struct.unpack_from(">IIB", data, position + 8)
            if unit == 1:  # pixels a metre
                header = header._replace(dpi_across=across * _INCH, dpi_down=down * _INCH)
        position += 12 + length


def _jpeg(data: bytes) -> Header:
    dpi: tuple[float, ...] = ()
    position = 2
    while True:
        if data[position] != 0xFF:
            raise _cut_short()
        marker = data[position + 1]
        if marker == 0xFF:  # a fill byte
            position += 1
            continue
        if marker in _BARE_MARKERS:
            position += 2
            continue
        if marker in (0xD9, 0xDA):  # the picture ends, or begins, without its size
            raise _cut_short()
        (length,) = struct.unpack_from(">H", data, position + 2)
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", data, position + 5)
            if data.rfind(b"\xff\xd9", position) < 0:
                raise _cut_short()
            return Header("jpeg", width, height, *dpi)
        if marker == 0xE0 and data[position + 4 : position + 9] == b"JFIF\0":
            unit, across, down = struct.unpack_from(">BHH", data, position + 11)
            inches = {1: 1.0, 2: 2.54}.get(unit)
            dpi = (across * inches, down * inches) if inches else ()
        position += 2 + max(length, 2)


def _bmp(data: bytes) -> Header:
    size, _, _, start, length = struct.unpack_from("<IHHII", data, 2)
    if start > len(data) or size > len(data):
        raise _cut_short()
    if length == 12:  # OS/2
        return Header("bmp", *struct.unpack_from("<HH", data, 18))
    width, height = struct.unpack_from("<ii", data, 18)
    across, down = struct.unpack_from("<ii", data, 38)
    return Header("bmp", abs(width), abs(height), across * _INCH, down * _INCH)


def _sane(dpi: float) -> float:
    return dpi if _LEAST_DPI <= dpi <= _MOST_DPI else DPI


def _cut_short() -> ValueRefused:
    return ValueRefused(Message("the picture is damaged or cut short"))
