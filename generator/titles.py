"""Where a title of several lines is broken: at the sense, in a trapezoid or a spindle.

GB/T 9704—2012, 7.3.1 (GB001): the words of a line stay whole, the lines are balanced, and together
they look like 梯形 (上短下长 or 上长下短) or 菱形. No dictionary tells where words end: the marks
that the text itself gives do, then the verbs that titles are made with, and any other place only
where a title cannot be set without it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from generator import formats

LONGEST_TITLE = 120
"""Characters. A longer text is no title: it is left as it is, and Word breaks it."""

_OPENING, _CLOSING = "《〈“‘（〔【「『(", "》〉”’）〕】」』)"
_NEVER_FIRST = f"{_CLOSING}、，。；：？！,;:?!·—…%％的等"

# What it costs to break at a place, in the measure of `_step`: 1 is about one 字 of imbalance.
# A break stands at the end of what a pattern matches. `re` compiles the patterns when the first
# title of several lines comes, which a run without one need not pay.
_MARKS: tuple[tuple[str, float], ...] = (
    (r"[、，；：？！》〉”’）〕】]|\s+", 0),
    (r"(?=[《“])", 0),
    (r"(?=关于)", 0),
    (r"关于", 1),
    (r"(?<!目)的(?!确)", 1),
    (r"(?<![共饱温缓总])和(?![平谐睦解蔼气善])|暨|(?<![参给授])与", 1),
    (r"(?<![普涉顾危波])及(?![时格其])|及其", 1),
    (r"(?=[（(])", 2),
)
# Not marks, but what nearly every title has, for one whose marks leave a line too long or too
# short: dates and numbers, verbs, whose object begins a line well, nouns that close a phrase.
_OBJECT = "(?![和与及并、会性者情方意细办部机委人])"  # not 加强和改进, 实施方案, 征求意见
_PHRASES: tuple[tuple[str, float], ...] = (
    (r"\d(?:年度|年(?!度)|日)|(?<=[^\d第至—～])(?=第?\d)|(?=第[一二三四五六七八九十])", 3),
    (rf"(?:印发|转发|批转|发布|公布|下发|召开|举办|组织|成立|调整|报送|征求){_OBJECT}", 2),
    (rf"(?:同意|批准|撤销|设立|申请|表彰|授予|给予|命名|进一步){_OBJECT}", 2),
    (rf"(?:加强|做好|抓好|开展|推进|规范|完善|落实|深化|实施){_OBJECT}", 3),
    (rf"(?:加快|促进|提高|参加|贯彻(?!落实)){_OBJECT}", 3),
    (r"(?=有关|若干)", 3),
    (r"(?:活动|阶段)(?![中期室])|(?:活动|工作)中(?!心)", 5),
    (r"(?=工作|情况|专项)", 14),
)

_HAN_NUMBER = "〇零一二三四五六七八九十百千万两"
_UNIT = r"(?:个?工作日|平方[公千]?米|[公千]米|[万亿]元|个月|小时|学时|周年|年度|[^\W\d])?"
_DAY = r"(?:\d+年)?(?:\d+月)?\d+(?:年度?|月|日)"
_WORD = (
    # A date or a period; a number and its unit; 第二批, 二〇〇五年; a word in Latin letters.
    rf"{_DAY}(?:[至—～-]{_DAY})?"
    rf"|第?\d[\d.,:：/%％～—-]*{_UNIT}"
    rf"|第[{_HAN_NUMBER}]+\w|[{_HAN_NUMBER}]+[年月日天周号届次批期条项个名人]"
    r"|[!-~]+|—{2}|…{2}"
)
_PHRASE = r"[!-~]+(?: [!-~]+)+"
_BEFORE_CLOSING = rf"\s*[{re.escape(_NEVER_FIRST)}]"
_AFTER_OPENING = rf"[{re.escape(_OPENING)}]\s*"

_LINE = 8.0  # one line more
_HOURGLASS = 60.0  # a line shorter than both its neighbours
_INSIDE = 40.0  # within a name or a quotation that is itself longer than a line
_ANYWHERE = 30.0  # where nothing says that a word ends
_SHORT = 300.0  # a line of three characters or less: 通知 alone
_TOO_WIDE = 3000.0  # each 字 beyond the width

_Stretch = tuple[int, int, float]
"""Start and end of what belongs together, and what a break inside costs; infinite as a rule."""


def break_title(title: str, width: float = 20, names: Iterable[str] = ()) -> str:
    """*title* with a line feed between its lines, each at most *width* 字 wide where that can be.

    A line is never broken inside brackets, quotation marks, a number with its unit or one of
    *names*, unless that alone is wider than a line. A title in which the author has broken the
    lines stays as it is.
    """
    title = title.strip()
    if "\n" in title or formats.width(title) <= width or len(title) > LONGEST_TITLE:
        return title
    return _broken(title, width, tuple(filter(None, names)))


@lru_cache(1024)
def _broken(title: str, width: float, names: tuple[str, ...]) -> str:
    whole = _whole_stretches(title, width, names)
    breaks = _breaks(_MARKS, title, whole, names)
    cost, lines = _arrange(title, breaks, width)
    if cost >= _SHORT:
        breaks = _breaks((*_MARKS, *_PHRASES), title, whole, names)
        cost, lines = _arrange(title, breaks, width)
    if cost >= _SHORT:
        cost, lines = _arrange(title, _any_breaks(title, whole, breaks), width)
    return "\n".join(lines)


def _whole_stretches(title: str, width: float, names: tuple[str, ...]) -> list[_Stretch]:
    """What belongs together."""
    names_here = [(place, place + len(name)) for name in names for place in _places(name, title)]
    phrases = [match.span() for match in _compiled(_PHRASE).finditer(title)]
    whole = [match.span() for match in _compiled(_WORD).finditer(title)]
    for match in _compiled(_BEFORE_CLOSING).finditer(title):  # GL011
        whole.append((match.start() - 1, match.end()))
    for match in _compiled(_AFTER_OPENING).finditer(title):
        whole.append((match.start(), match.end() + 1))
    return [(start, end, float("inf")) for start, end in whole] + [
        (start, end, float("inf") if formats.width(title[start:end]) <= width else _INSIDE)
        for start, end in (*phrases, *_quotations(title), *names_here)
    ]


def _cost_inside(whole: Iterable[_Stretch], place: int) -> float:
    """What it costs that a break at *place* divides what belongs together."""
    return max((cost for start, end, cost in whole if start < place < end), default=0)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _places(name: str, title: str) -> Iterable[int]:
    place = title.find(name)
    while place >= 0:
        yield place
        place = title.find(name, place + 1)


def _quotations(title: str) -> Iterable[tuple[int, int]]:
    """Start and end of every bracket or quotation; one that is not closed counts for nothing."""
    opened: list[int] = []
    for place, character in enumerate(title):
        if character in _OPENING:
            opened.append(place)
        elif character in _CLOSING:
            kind = _OPENING[_CLOSING.index(character)]
            while opened and title[opened[-1]] != kind:
                opened.pop()
            if opened:
                yield opened.pop(), place + 1


def _breaks(
    patterns: tuple[tuple[str, float], ...],
    title: str,
    whole: Iterable[_Stretch],
    names: tuple[str, ...],
) -> dict[int, float]:
    """The places where *patterns* and names allow a break, with their costs."""
    costs: dict[int, float] = {}
    found = [
        (match.end(), cost)
        for pattern, cost in patterns
        for match in _compiled(pattern).finditer(title)
    ]
    found += [(place, 2) for name in names for place in _places(name, title)]
    for place, cost in found:
        if 0 < place < len(title) and place not in costs:
            costs[place] = cost + _cost_inside(whole, place)
    return {place: cost for place, cost in costs.items() if cost < float("inf")}


def _any_breaks(
    title: str, whole: Iterable[_Stretch], natural: Mapping[int, float]
) -> dict[int, float]:
    """The natural breaks, and every second place between them: most words have two characters."""
    costs = dict(natural)
    word_start = 0
    for place in range(1, len(title)):
        cost = _cost_inside(whole, place)
        if place in natural or cost == float("inf"):
            word_start = place + (place not in natural)
        elif (place - word_start) % 2 == 0:
            costs[place] = _ANYWHERE + cost
    return costs


def _arrange(
    title: str, breaks: Mapping[int, float], width: float
) -> tuple[float, tuple[str, ...]]:
    """The cheapest lines for *title*, and their cost."""
    ends = [*sorted(breaks), len(title)]
    reach = formats.widths(title)

    @cache
    def lines_from(start: int, above: float, narrowing: bool) -> tuple[float, tuple[str, ...]]:
        """The best lines for title[start:] under a line that is *above* wide (0: none)."""
        first: list[tuple[float, int, float]] = []
        for end in ends[bisect_right(ends, start) :]:
            line = reach[end] - reach[start]
            if line > width and first:
                break
            cost = _line(line, width) + breaks.get(end, 0)
            if above:
                cost += _step(above, line) + (_HOURGLASS if narrowing and line > above else 0)
            first.append((cost, end, line))
        best, best_end = float("inf"), 0
        lines: tuple[str, ...] = ()
        for cost, end, line in sorted(first):
            if cost + _LINE * (end < len(title)) > best:  # what comes later costs so much at least
                continue
            narrower = line < above or (narrowing and line == above)
            later, rest = lines_from(end, line, narrower) if end < len(title) else (0.0, ())
            if (cost + later, end) < (best, best_end):
                best, best_end = cost + later, end
                lines = (title[start:end].strip(), *rest)
        return best, lines

    return lines_from(0, 0.0, False)


def _line(line: float, width: float) -> float:
    """What a line costs in itself."""
    if 6 <= line <= width:
        return _LINE
    short = _SHORT if line < 4 else 3 * max(0.0, 6 - line)
    return _LINE + short + _TOO_WIDE * max(0.0, line - width)


def _step(above: float, line: float) -> float:
    """What the difference of two neighbouring lines costs; two to five 字 look best."""
    step = abs(line - above)
    if step < 2:
        return 3 * (2 - step)
    return 1.5 * (step - 5) if step > 5 else 0.0
