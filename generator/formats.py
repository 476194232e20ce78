"""The text forms of official writing, used as filters in templates.

Dates are in Arabic digits without leading zeros (GB/T 9704—2012, 7.3.5.4: GT006).
Every filter raises ValueError with a `Message` for a value that it cannot write. The same dates
come again and again while documents are rendered, so their texts are remembered.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, wraps
from itertools import accumulate, pairwise
from typing import SupportsInt, TypeVar, cast

from generator.problems import Message

_DIGITS = "〇一二三四五六七八九"
HEADING_NUMBERS = ("一、", "（一）", "1.", "（1）")
"""How the first heading of each level is numbered (GB/T 9704—2012, 7.3.3)."""
_WEEKDAYS = "一二三四五六日"
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_NEEDLESS_MARK = re.compile("”、“|》、《|’、‘|〉、〈")

Filter = TypeVar("Filter", bound=Callable[..., object])


def _remembering(function: Filter) -> Filter:
    """*function* with its last 4096 answers kept; an unhashable value is a ValueError as well."""
    remembered = lru_cache(4096)(function)

    @wraps(function)
    def look_up(*arguments: object, **options: object) -> object:
        try:
            return remembered(*arguments, **options) if options else remembered(*arguments)
        except TypeError:
            raise ValueError(Message("a list or mapping stands where one value belongs")) from None

    return cast(Filter, look_up)


def read_date(value: object) -> datetime.date:
    """The day of an ISO date (`2005-03-09`) or of a `datetime.date`; ValueError for all else."""
    if isinstance(value, datetime.date):
        return value
    if isinstance(value, str) and _ISO_DATE.fullmatch(value):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            raise ValueError(Message("the date “{date}” does not exist", date=value)) from None
    if value is None:
        raise ValueError(Message("a date is missing"))
    raise ValueError(Message("“{value}” is not a date such as 2005-03-09", value=value))


def weekday_of(day: datetime.date) -> str:
    """星期一 … 星期日."""
    return f"星期{_WEEKDAYS[day.weekday()]}"


@_remembering
def days_until(start: str, end: str) -> int:
    """The days from one date to another: `2005-03-09`, `2005-03-17` → 8."""
    return (read_date(end) - read_date(start)).days


@_remembering
def date(value: str) -> str:
    """`2005-03-09` → 2005年3月9日."""
    day = read_date(value)
    return f"{day.year}年{day.month}月{day.day}日"


@_remembering
def short_date(value: str, near: str = "") -> str:
    """`2005-03-09` → 3月9日; with its year where that is not the year of *near*, a date."""
    day = read_date(value)
    if near and read_date(near).year != day.year:
        return date(value)
    return f"{day.month}月{day.day}日"


@_remembering
def weekday(value: str) -> str:
    """`2005-03-09` → 星期三."""
    return weekday_of(read_date(value))


def period(start: str, end: str, mark: str = "至") -> str:
    """`2005-03-09`, `2005-03-17` → 2005年3月9日至17日: the year and the month are said once.

    *mark* is 至 in running text and — in tables (GL006).
    """
    rest = _rest_of_period(start, end)
    return date(start) + mark + rest if rest else date(start)


def short_period(start: str, end: str, mark: str = "至") -> str:
    """`2005-03-09`, `2005-03-17` → 3月9日至17日; both years are said where they differ."""
    if read_date(start).year != read_date(end).year:
        return period(start, end, mark)
    rest = _rest_of_period(start, end)
    return short_date(start) + mark + rest if rest else short_date(start)


@_remembering
def _rest_of_period(start: str, end: str) -> str:
    """What follows the mark; `""` for a single day."""
    first, last = read_date(start), read_date(end)
    if last < first:
        raise ValueError(
            Message("the end {end} is before the start {start}", end=last, start=first)
        )
    if last == first:
        return ""
    if last.year != first.year:
        return date(end)
    if last.month != first.month:
        return short_date(end)
    return f"{last.day}日"


def han(number: int | str) -> str:
    """A whole number from 0 to 9999 in Chinese numerals: 3 → 三, 10 → 十, 2005 → 二千零五."""
    if isinstance(number, str) and re.fullmatch("[0-9]{1,4}", number):
        number = int(number)
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number <= 9999:
        raise ValueError(Message("“{value}” is no whole number from 0 to 9999", value=number))
    return _numeral(number)


@lru_cache(1024)
def _numeral(number: int) -> str:
    if number == 0:
        return "零"
    written = ""
    for digit, unit in zip(f"{number:04}", ("千", "百", "十", ""), strict=True):
        if digit != "0":
            written += _DIGITS[int(digit)] + unit
        elif written and not written.endswith("零"):
            written += "零"
    written = written.rstrip("零")
    # 十五, not 一十五; but 一百一十五.
    return written[1:] if 10 <= number < 20 else written


@_remembering
def han_date(value: str) -> str:
    """`2005-03-09` → 二〇〇五年三月九日, with 〇 (GD012)."""
    day = read_date(value)
    year = "".join(_DIGITS[int(digit)] for digit in str(day.year))
    return f"{year}年{han(day.month)}月{han(day.day)}日"


def listed(items: Iterable[object] | None, mark: str = "、") -> str:
    """The items with *mark* between them; nothing for None or an empty list.

    Between two quotations or two titles no 、 is written (GL004): “学”“创”“树”.
    """
    if items is None:
        return ""
    if isinstance(items, str | Mapping) or not isinstance(items, Iterable):
        raise ValueError(Message("“{value}” is not a list", value=items))
    texts = [item if isinstance(item, str) else _item_text(item) for item in items]
    text = mark.join(texts)
    if mark != "、" or not _NEEDLESS_MARK.search(text):
        return text
    pieces = [
        before if _NEEDLESS_MARK.fullmatch(f"{before[-1:]}、{after[:1]}") else f"{before}、"
        for before, after in pairwise(texts)
    ]
    return "".join(pieces + texts[-1:])


def _item_text(item: object) -> str:
    if item is None or isinstance(item, Iterable):
        raise ValueError(Message("a list is joined only where its items are texts or numbers"))
    return str(item)


def share(part: SupportsInt, whole: SupportsInt, places: int = 2) -> str:
    """What *part* is of *whole* in per cent, exact and rounded half up: 197, 200 → 98.50%.

    Both are int, Decimal or float, not negative, *whole* not 0; *places* decimals, from 0 to 6.
    """
    try:
        part_over, part_under = _ratio(part)
        whole_over, whole_under = _ratio(whole)
    except (AttributeError, OverflowError, ValueError):
        part_over, whole_over = -1, 0
    if part_over < 0 or whole_over <= 0 or places not in range(7):
        raise ValueError(Message("{part} of {whole} has no share", part=part, whole=whole))
    over = part_over * whole_under * 10 ** (places + 2)
    under = part_under * whole_over
    scaled = (2 * over + under) // (2 * under)
    units, rest = divmod(scaled, 10**places)
    return f"{units}.{rest:0{places}}%" if places else f"{units}%"


def _ratio(number: object) -> tuple[int, int]:
    if isinstance(number, bool):
        raise ValueError("a truth value is no number")
    ratio: tuple[int, int] = number.as_integer_ratio()  # type: ignore[attr-defined]
    return ratio


def width(text: str) -> float:
    """The width of *text* in 字: 1 for a character, 0.5 for a digit or other ASCII."""
    if not isinstance(text, str):
        raise ValueError(Message("“{value}” is not a text", value=text))
    return len(text) - len(text.encode("ascii", "ignore")) / 2


def widths(text: str) -> list[float]:
    """The width of each beginning of *text*, the empty and the whole one included, in 字."""
    return [0.0, *accumulate(0.5 if character.isascii() else 1.0 for character in text)]


FILTERS: dict[str, Callable[..., object]] = {
    "date": date,
    "days_until": days_until,
    "han": han,
    "han_date": han_date,
    "listed": listed,
    "period": period,
    "share": share,
    "short_date": short_date,
    "short_period": short_period,
    "weekday": weekday,
    "width": width,
}
"""The filters of every template, by their names there."""
