"""The shapes in which a day is named, from plain words to a date: see `bot.core.dates`.

Each shape is matched as a whole, and what its words name is counted from today.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Callable

from dateutil.relativedelta import relativedelta

_ONE_DAY = dt.timedelta(days=1)
_WEEK = dt.timedelta(days=7)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}

_WEEKDAY = (
    r"(?P<weekday>mon(?:day)?|tue(?:s|sday)?|wed(?:s|nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?"
    r"|sat(?:urday)?|sun(?:day)?)"
)
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_TH = r"(?:st|nd|rd|th)"
_DAY = rf"(?P<day>[0-9]{{1,2}}){_TH}?"
_YEAR = r"(?:(?: of| in)? (?P<year>[0-9]{4}|'[0-9]{2}))?"
_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = tuple(f"{begin}teen" for begin in ("thir", "four", "fif", "six", "seven", "eigh", "nine"))
_TENS = tuple(
    f"{begin}ty" for begin in ("twen", "thir", "for", "fif", "six", "seven", "eigh", "nine")
)
_SMALL = (*_ONES, "ten", "eleven", "twelve", *_TEENS)
_NUMBERS = (
    {"a": 1, "an": 1}
    | {word: number for number, word in enumerate(_SMALL, 1)}
    | {word: number for number, word in zip(range(20, 100, 10), _TENS, strict=True)}
)
_NUMBER = (
    rf"(?:[0-9]{{1,4}}|an?|{'|'.join(_SMALL)}"
    rf"|(?:{'|'.join(_TENS)})(?: (?:{'|'.join(_ONES)}))?)"
)
_UNITS = {
    "day": relativedelta(days=1),
    "week": relativedelta(weeks=1),
    "fortnight": relativedelta(weeks=2),
    "month": relativedelta(months=1),
    "year": relativedelta(years=1),
}
_UNIT = "|".join(_UNITS)
_LENGTH = rf"{_NUMBER} (?:{_UNIT})s?"
_LENGTHS = rf"(?P<length>{_LENGTH}(?: (?:and )?{_LENGTH}){{0,2}})"
_NAMED_DAYS = {
    "day before yesterday": -2,
    "yesterday": -1,
    "today": 0,
    "tomorrow": 1,
    "day after tomorrow": 2,
}
_EDGE = r"(?:(?P<edge>end|close|last day|middle|mid|start|beginning|1st day)(?: of)? )?(?:the )?"
_SAME = {
    "eow": "end of the week",
    "eom": "end of the month",
    "eoq": "end of the quarter",
    "eoy": "end of the year",
    "month end": "end of the month",
    "quarter end": "end of the quarter",
    "year end": "end of the year",
    "tonight": "today",
}


def find_day(words: str, today: dt.date) -> dt.date | None:
    """The day that plain lower-case words name, wherever it lies, or None.

    Raises:
        ValueError, OverflowError: a day no calendar has.
    """
    words = _SAME.get(words, words)
    for shape, reader in _SHAPES:
        if match := re.fullmatch(shape, words):
            return reader(match, today)
    return None


def _named_day(match: re.Match[str], today: dt.date) -> dt.date:
    """Tomorrow."""
    return today + _NAMED_DAYS[match[0]] * _ONE_DAY


def _ago(match: re.Match[str], today: dt.date) -> dt.date:
    """3 days ago."""
    return today - _length_of(match["length"])


def _ahead(match: re.Match[str], today: dt.date) -> dt.date | None:
    """30 days; one month and a week from now; two weeks from Friday."""
    start = find_day(match["start"], today) if match["start"] else today
    return start + _length_of(match["length"]) if start else None


def _length_of(words: str) -> relativedelta:
    """The length of time that all parts of a text together have."""
    parts = re.findall(rf"({_NUMBER}) ({_UNIT})", words)
    return sum((_number(number) * _UNITS[unit] for number, unit in parts), relativedelta())


def _number(words: str) -> int:
    return int(words) if words.isdecimal() else sum(_NUMBERS[word] for word in words.split())


def _written_day(match: re.Match[str], today: dt.date) -> dt.date | None:
    """January 5; the 5th of Jan 2027."""
    month = _MONTHS.index(match["month"][:3]) + 1
    return _in_a_year(month, int(match["day"]), match["year"], today)


def _numbered_day(match: re.Match[str], today: dt.date) -> dt.date | None:
    """1/5/2027; 15/1/2027. Without a year only in the American order: 24/7 is no day of July."""
    month, day = int(match["one"]), int(match["two"])
    if month > 12 and match["year"]:
        month, day = day, month
    return _in_a_year(month, day, match["year"], today)


def _in_a_year(month: int, day: int, year: str | None, today: dt.date) -> dt.date | None:
    """A day of the calendar; without a year the coming one, which for February 29 may be far."""
    if year:
        return dt.date(_year(year), month, day)
    days = (
        dt.date(coming, month, day)
        for coming in range(today.year, today.year + 9)
        if day <= monthrange(coming, month)[1]
    )
    return next((found for found in days if found >= today), None)


def _iso_day(match: re.Match[str], _: dt.date) -> dt.date:
    return dt.date(int(match["year"]), int(match["month"]), int(match["day"]))


def _numbered_in_month(match: re.Match[str], today: dt.date) -> dt.date | None:
    """The 15th; the 1st of next month. In a month without such a day it is the following one's."""
    month = _month_index(today)
    if match["next"]:
        return _first_of(month + 1).replace(day=int(match["day"]))
    for later in range(3):
        try:
            day = _first_of(month + later).replace(day=int(match["day"]))
        except ValueError:
            continue
        if day >= today:
            return day
    return None


def _weekday(match: re.Match[str], today: dt.date) -> dt.date:
    """Friday; last Friday; Friday week; Friday next week, which counts from Monday."""
    number = _WEEKDAYS.index(match["weekday"][:3])
    found = match.groupdict()
    if found.get("of_week"):
        monday = today - today.weekday() * _ONE_DAY
        return monday + number * _ONE_DAY + (found["of_week"] == "next") * _WEEK
    coming = today + ((number - today.weekday() - 1) % 7 + 1) * _ONE_DAY
    if found.get("which") in {"last", "past"}:
        return today - ((today.weekday() - number - 1) % 7 + 1) * _ONE_DAY
    return coming + _WEEK if found.get("later") else coming


def _with_weekday(match: re.Match[str], today: dt.date) -> dt.date | None:
    """Tuesday, January 5: only if that is a Tuesday."""
    day = find_day(match["rest"], today)
    return day if day and day.weekday() == _WEEKDAYS.index(match["weekday"][:3]) else None


def _running_stretch(match: re.Match[str], today: dt.date) -> dt.date | None:
    """Next month; the end of the year; this week. A bare "month" is nothing certain."""
    edge, which, unit = match["edge"], match["which"], match["unit"]
    if not edge and not which:
        return None
    shift = {"next": 1, "last": -1}.get(which or "", 0)
    day = _edge_of_running(edge, unit, shift, today)
    gone_by = day is not None and day < today and shift == 0
    return _edge_of_running(edge, unit, 1, today) if gone_by else day


def _edge_of_running(edge: str | None, unit: str, shift: int, today: dt.date) -> dt.date | None:
    if unit == "week":
        monday = today - today.weekday() * _ONE_DAY + shift * _WEEK
        return _edge(edge, monday, monday + 5 * _ONE_DAY)  # the last day is Friday
    months = _MONTHS_IN[unit]
    number = _month_index(today) // months + shift
    return _edge(edge, _first_of(number * months), _first_of((number + 1) * months))


def _named_stretch(match: re.Match[str], today: dt.date) -> dt.date | None:
    """January; mid January 2027; the end of Q1."""
    if match["month"]:
        first, months = _MONTHS.index(match["month"][:3]), 1
    else:
        first, months = int(match["quarter"] or match["nth"]) * 3 - 3, 3
    years = [_year(match["year"])] if match["year"] else [today.year, today.year + 1]
    for year in years:
        index = year * 12 + first
        day = _edge(match["edge"], _first_of(index), _first_of(index + months))
        if day is None or match["year"] or day >= today:
            return day
    return None


def _year_edge(match: re.Match[str], _: dt.date) -> dt.date | None:
    """The end of 2027. A bare "2027" is nothing certain."""
    if not match["edge"]:
        return None
    year = int(match["year"])
    return _edge(match["edge"], dt.date(year, 1, 1), dt.date(year + 1, 1, 1))


def _edge(edge: str | None, first: dt.date, after: dt.date) -> dt.date | None:
    """A day of the stretch from `first` to before `after`: its last one, unless told otherwise."""
    if edge in {"start", "beginning", "1st day"}:
        return first
    if edge in {"mid", "middle"}:
        return first.replace(day=15) if 28 <= (after - first).days <= 31 else None
    return after - _ONE_DAY


def _month_index(day: dt.date) -> int:
    """Months since the year 0."""
    return day.year * 12 + day.month - 1


def _first_of(month_index: int) -> dt.date:
    return dt.date(month_index // 12, month_index % 12 + 1, 1)


def _year(typed: str) -> int:
    digits = typed.lstrip("'")
    return int(digits) + (2000 if len(digits) == 2 else 0)


_Reader = Callable[[re.Match[str], dt.date], dt.date | None]
# Patterns stay text: compiling them takes 15 ms, which re does (and remembers) at the first date.
_SHAPES: tuple[tuple[str, _Reader], ...] = (
    ("|".join(_NAMED_DAYS), _named_day),
    (rf"{_LENGTHS} ago", _ago),
    (rf"(?:next )?{_LENGTHS}(?: from now|'? time| (?:from|after) (?P<start>.+))?", _ahead),
    (r"(?P<year>[0-9]{4})([-/.])(?P<month>[0-9]{1,2})\2(?P<day>[0-9]{1,2})", _iso_day),
    (
        r"(?P<one>[0-9]{1,2})([-/.])(?P<two>[0-9]{1,2})\2(?P<year>[0-9]{4}|[0-9]{2})",
        _numbered_day,
    ),
    (r"(?P<one>[0-9]{1,2})/(?P<two>[0-9]{1,2})(?P<year>)", _numbered_day),
    (rf"{_MONTH} (?:the )?{_DAY}{_YEAR}", _written_day),
    (rf"{_DAY}(?: of)? {_MONTH}{_YEAR}", _written_day),
    (
        rf"(?P<day>[0-9]{{1,2}}){_TH}(?: of (?:the |this )?(?P<next>next )?month)?",
        _numbered_in_month,
    ),
    (rf"(?:(?P<which>this|next|this coming|coming|last|past) )?{_WEEKDAY}", _weekday),
    (rf"{_WEEKDAY}(?P<later> week)", _weekday),
    (rf"{_WEEKDAY} (?:of )?(?P<of_week>this|next) week", _weekday),
    (rf"(?P<of_week>this|next) week(?: on)? {_WEEKDAY}", _weekday),
    (
        rf"{_EDGE}(?:(?P<which>this|next|last|current) )?(?P<unit>week|month|quarter|year)",
        _running_stretch,
    ),
    (
        rf"{_EDGE}(?:{_MONTH}|q(?P<quarter>[1-4])|(?P<nth>[1-4]){_TH} quarter){_YEAR}",
        _named_stretch,
    ),
    (rf"{_EDGE}(?P<year>[0-9]{{4}})", _year_edge),
    (rf"{_WEEKDAY} (?P<rest>.+)", _with_weekday),
    (rf"(?P<rest>.+) {_WEEKDAY}", _with_weekday),
)
