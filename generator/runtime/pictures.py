"""Pictures as values: `{{ seal | picture(width="42mm") }}` (ISO/IEC 29500-1, 20.4.2.8)."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable

from jinja2 import Undefined, pass_context
from jinja2.runtime import Context

from generator.layouts.geometry import EMU_A_TWIP
from generator.problems import Message
from generator.runtime.picture_headers import Header, read_header
from generator.runtime.state import State, state_of
from generator.runtime.values import Place, Rich, ValueRefused, plain

_UNITS = {"mm": 36_000, "cm": 360_000, "in": 914_400, "pt": 12_700, "毫米": 36_000, "厘米": 360_000}
"""English metric units of a unit of length."""
_INCH = 914_400
_MOST = 22 * _INCH
"""The longest side that Word takes."""
_LENGTH = re.compile(r"\s*(\d{1,6}(?:\.\d{1,6})?)\s*(\w+)\s*")
_NO_DISTANCE = 'distT="0" distB="0" distL="0" distR="0"'
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"


class Picture(Rich):
    """A picture, its size settled; the part that it is printed in gets its relationship."""

    __slots__ = ("_alternative", "_data", "_format", "_height", "_middle", "_state", "_width")

    def __init__(
        self, state: State, data: bytes, header: Header, size: tuple[int, int], alternative: str
    ) -> None:
        """*size* in English metric units; *alternative* is the escaped text for who cannot see."""
        self._state = state
        self._data = data
        self._format = header.format
        self._width, self._height = size
        self._alternative = alternative
        self._middle: tuple[int, int] | None = None

    def floating(self, middle: tuple[int, int]) -> Picture:
        """The same picture behind the text, its middle so far, in English metric units, from here.

        That is from the left edge of the type area and from the top of the paragraph.
        """
        floating = copy.copy(self)
        floating._middle = middle
        return floating

    def __str__(self) -> str:
        raise ValueRefused(Message("a picture stands where text belongs"))

    def printed(self, place: Place) -> str:
        state = self._state
        if state.wanted is None:
            raise ValueRefused(Message("a picture cannot stand here"))
        relationship = state.wanted.medium(self._data, self._format)
        number = state.fresh_id()
        size = f'cx="{self._width}" cy="{self._height}"'
        return (
            f"</w:t><w:drawing>{self._frame(size)}"
            f'<wp:docPr id="{number}" name="picture {number}"'
            f' descr="{self._alternative}"/><wp:cNvGraphicFramePr>'
            '<a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
            f'<a:graphic><a:graphicData uri="{_PICTURE}"><pic:pic><pic:nvPicPr>'
            f'<pic:cNvPr id="{number}" name="picture {number}"/><pic:cNvPicPr/>'
            f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{relationship}"/>'
            "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
            f'<a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
            "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>"
            f"</wp:{'inline' if self._middle is None else 'anchor'}></w:drawing>"
            '<w:t xml:space="preserve">'
        )

    def _frame(self, size: str) -> str:
        """The beginning of the element that says whether the picture stands in the line."""
        if self._middle is None:
            return f"<wp:inline {_NO_DISTANCE}><wp:extent {size}/>"
        left, top = self._middle[0] - self._width // 2, self._middle[1] - self._height // 2
        return (
            f'<wp:anchor {_NO_DISTANCE} simplePos="0" relativeHeight="1" behindDoc="1" locked="0"'
            ' layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
            f'<wp:positionH relativeFrom="margin"><wp:posOffset>{left}</wp:posOffset>'
            "</wp:positionH>"
            f'<wp:positionV relativeFrom="paragraph"><wp:posOffset>{top}</wp:posOffset>'
            f"</wp:positionV><wp:extent {size}/><wp:wrapNone/>"
        )


@pass_context
def picture(
    context: Context,
    value: object,
    width: object = None,
    height: object = None,
    alt: object = None,
) -> Picture | None:
    """The picture that *value* is: its bytes, or the path of a file; None stays None.

    *width* and *height* are lengths such as `42mm`, `4.2cm`, `120pt`, `1.5in`. One of them keeps
    the aspect; without either the picture has its own size. *alt* is its alternative text. Raises
    ValueRefused.
    """
    state = state_of(context)
    if isinstance(value, Undefined):
        str(value)  # raises, and says which
    if value is None or value == "":
        return None
    data = _data(state, value)
    header = read_header(data, state.limits)
    return Picture(state, data, header, size_of(header, width, height), plain(alt))


def _data(state: State, value: object) -> bytes:
    if isinstance(value, bytes):
        return value
    if not isinstance(value, str):
        raise ValueRefused(Message("a picture is the path of a file, or bytes"))
    if state.wanted is None:
        raise ValueRefused(Message("a picture cannot stand here"))
    return state.wanted.file(value)


def size_of(header: Header, width: object, height: object) -> tuple[int, int]:
    """The size in English metric units of a picture, as `picture` gives it. Raises ValueRefused."""
    across = header.width * _INCH / header.dpi_across
    down = header.height * _INCH / header.dpi_down
    asked_across = None if width is None else length(width)
    asked_down = None if height is None else length(height)
    if asked_across is not None and asked_down is not None:
        across, down = asked_across, asked_down
    elif asked_across is not None:
        across, down = asked_across, down * asked_across / across
    elif asked_down is not None:
        across, down = across * asked_down / down, asked_down
    if max(across, down) > _MOST:
        raise ValueRefused(
            Message("the picture would be larger than 22 in (558 mm); give it a width")
        )
    return max(round(across), 1), max(round(down), 1)


def floating(shown: Picture | None, across: int, down: int) -> Picture | None:
    """A picture behind the text, its middle *across* and *down*, in twips, from where it stands.

    That is from the left edge of the type area and from the top of its paragraph, which has no
    space before it: whether that counts, programs differ. None stays None. Raises ValueRefused.
    """
    if shown is None:
        return None
    if not isinstance(shown, Picture):
        raise ValueRefused(Message("only a picture floats: put “picture” before “floating”"))
    if not all(
        isinstance(each, int) and abs(each) * EMU_A_TWIP <= _MOST for each in (across, down)
    ):
        raise ValueRefused(Message("a picture floats within 22 in (558 mm) of its paragraph"))
    return shown.floating((across * EMU_A_TWIP, down * EMU_A_TWIP))


def length(said: object) -> float:
    """A length such as `42mm` in English metric units. Raises ValueRefused."""
    found = _LENGTH.fullmatch(said) if isinstance(said, str) else None
    size = float(found[1]) * _UNITS.get(found[2].lower(), 0) if found else 0.0
    if not size:
        raise ValueRefused(
            Message("“{length}” is no length; write it as 42mm, 4.2cm, 120pt or 1.5in", length=said)
        )
    return size


FILTERS: dict[str, Callable[..., object]] = {"floating": floating, "picture": picture}
