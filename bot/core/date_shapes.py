"""The shapes in which a day is named, from plain words to dates: see `bot.core.dates`.

Each shape is matched as a whole, and what its words name is counted from today. Where words may
name one of two days, both are found.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from functools import cache
from itertools import count, islice

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

from bot.core.date_words import ONES, SMALL, TENS

_ONE_DAY = dt.timedelta(days=1)
_MOST_BUSINESS_DAYS = 1500
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
_DAY = rf"(?:the )?(?P<day>[0-9]{{1,2}}){_TH}?"
_YEAR = r"(?: ?(?:of |in )?(?P<year>(?:19|20)[0-9]{2}|'[0-9]{2}|(?:next|this) year))?"
_NUMBERS = (
    {"a": 1, "an": 1, "a couple": 2, "couple": 2, "a couple of": 2, "couple of": 2}
    | {word: number for number, word in enumerate(SMALL, 1)}
    | {word: number for number, word in zip(range(20, 100, 10), TENS, strict=True)}
)
_NUMBER = (
    rf"(?:[0-9]{{1,4}}|(?:a )?couple(?: of)?|an?|{'|'.join(SMALL)}"
    rf"|(?:{'|'.join(TENS)})(?: (?:{'|'.join(ONES)}))?)"
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
_BUSINESS = r"(?:business days?|weekdays?)"
_NAMED_DAYS = {
    "day before yesterday": -2,
    "yesterday": -1,
    "today": 0,
    "tomorrow": 1,
    "day after tomorrow": 2,
}
_EDGE = r"(?:(?P<edge>end|close|last day|middle|mid|start|beginning|1st day)(?: of)? )?(?:the )?"
_STRETCH = (
    rf"(?:(?:(?P<which>this coming|this|next|last|current) )?(?P<unit>weekend|week|month|quarter|year)"
    rf"|(?:{_MONTH}|q(?P<quarter>[1-4])|(?P<nth>[1-4]){_TH} quarter){_YEAR}|(?P<only>[0-9]{{4}}))"
)
_SAME = {
    "eow": "end of the week",
    "eom": "end of the month",
    "eoq": "end of the quarter",
    "eoy": "end of the year",
    "month end": "end of the month",
    "quarter end": "end of the quarter",
    "year end": "end of the year",
    "business week": "this week",
    "end of the business week": "end of the week",
    "end of business week": "end of the week",
    "weekend": "this weekend",
    "half a year": "6 months",
    "year and a half": "18 months",
    "a year and a half": "18 months",
    "tonight": "today",
    "this evening": "today",
    "1st of the year": "january 1",
    "1st of the new year": "january 1",
}
_HOLIDAYS = {
    "new year": "january 1",
    "new years": "january 1",
    "new years day": "january 1",
    "martin luther king day": "3rd monday of january",
    "martin luther king jr day": "3rd monday of january",
    "mlk day": "3rd monday of january",
    "mlk": "3rd monday of january",
    "groundhog day": "february 2",
    "valentines day": "february 14",
    "valentines": "february 14",
    "presidents day": "3rd monday of february",
    "saint patricks day": "march 17",
    "st patricks day": "march 17",
    "good friday": "2 days before easter",
    "easter": "easter",
    "easter sunday": "easter",
    "easter monday": "a day after easter",
    "tax day": "april 15",
    "earth day": "april 22",
    "mothers day": "2nd sunday of may",
    "memorial day": "last monday of may",
    "juneteenth": "june 19",
    "fathers day": "3rd sunday of june",
    "4th of july": "july 4",
    "independence day": "july 4",
    "labor day": "1st monday of september",
    "labour day": "1st monday of september",
    "columbus day": "2nd monday of october",
    "indigenous peoples day": "2nd monday of october",
    "halloween": "october 31",
    "election day": "a day after 1st monday of november",
    "veterans day": "november 11",
    "thanksgiving": "4th thursday of november",
    "thanksgiving day": "4th thursday of november",
    "black friday": "a day after 4th thursday of november",
    "cyber monday": "4 days after 4th thursday of november",
    "giving tuesday": "5 days after 4th thursday of november",
    "christmas eve": "december 24",
    "christmas": "december 25",
    "christmas day": "december 25",
    "xmas": "december 25",
    "xmas eve": "december 24",
    "boxing day": "december 26",
    "new years eve": "december 31",
    "nye": "december 31",
}
"""Days that people in the United States call by name, in words of the other shapes."""
_FREE = ("new year", "memorial day", "independence day", "labor day", "thanksgiving", "christmas")
_HOLIDAY = rf"(?P<holiday>{'|'.join(sorted(_HOLIDAYS, key=len, reverse=True))})"

Days = tuple[dt.date, ...]


def find_days(words: str, today: dt.date) -> Days:
    """The day that plain lower-case words name, wherever it lies; both where they may name two.

    Raises:
        ValueError, OverflowError: a day no calendar has.
    """
    words = re.sub(r"\b(of|in) (?:the )?new year$", r"\1 next year", _SAME.get(words, words))
    for shape, reader in _SHAPES:
        if match := re.fullmatch(shape, words):
            found = reader(match, today)
            return found if isinstance(found, tuple) else () if found is None else (found,)
    return ()


def _each(words: str, today: dt.date, change: Callable[[dt.date], dt.date]) -> Days:
    return tuple(change(day) for day in find_days(words.removeprefix("the "), today))


# -- counted from today ----------------------------------------------------------------------------


def _named_day(match: re.Match[str], today: dt.date) -> dt.date:
    """Tomorrow."""
    return today + _NAMED_DAYS[match[0]] * _ONE_DAY


def _ago(match: re.Match[str], today: dt.date) -> dt.date:
    """3 days ago."""
    return today - _length_of(match["length"])


def _ahead(match: re.Match[str], today: dt.date) -> Days:
    """30 days; one month and a week from now; two weeks from Friday; a week tomorrow."""
    found = match.groupdict()
    length = _length_of(f"a {found['length']}" if found["length"] in _UNITS else found["length"])
    if "start" not in found:
        return (today + length,)
    back = found.get("side") == "before"
    return _each(found["start"], today, lambda day: day - length if back else day + length)


def _length_of(words: str) -> relativedelta:
    """The length of time that all parts of a text together have."""
    parts = re.findall(rf"({_NUMBER}) ({_UNIT})", words)
    return sum((_number(number) * _UNITS[unit] for number, unit in parts), relativedelta())


def _number(words: str) -> int:
    if words.isdecimal():
        return int(words)
    return _NUMBERS[words] if words in _NUMBERS else sum(_NUMBERS[word] for word in words.split())


def _business_days(match: re.Match[str], today: dt.date) -> Days:
    """10 business days; 2 business days before Friday. Whether a holiday counts is not certain."""
    number = 1 if match["number"] in {"next", None} else _number(match["number"])
    back = match["side"] in {"ago", "before"}
    if number > _MOST_BUSINESS_DAYS:
        return ()

    def shift(day: dt.date, off: Callable[[dt.date], bool]) -> dt.date:
        steps = (day + (-1 if back else 1) * further * _ONE_DAY for further in count(1))
        passed = (step for step in steps if not off(step))
        return next(islice(passed, number - 1, None)) if number else day

    start = match.groupdict().get("start")
    days = find_days(start.removeprefix("the "), today) if start else (today,)
    return tuple(dict.fromkeys(shift(day, off) for day in days for off in (_of_weekend, _off)))


def _of_weekend(day: dt.date) -> bool:
    return day.weekday() >= 5


def _off(day: dt.date) -> bool:
    """Whether it is a weekend, or a holiday on which next to nobody works."""
    if _of_weekend(day):
        return True
    near = [day, *([day - _ONE_DAY] if day.weekday() == 0 else [])]
    near += [day + _ONE_DAY] if day.weekday() == 4 else []
    return any(_holiday_in(_HOLIDAYS[name], one.year) == one for one in near for name in _FREE)


def _beside(match: re.Match[str], today: dt.date) -> Days:
    """The day before Christmas; the Friday after Thanksgiving; the Monday after next."""
    back, start = match["side"] == "before", match["start"]
    if match["weekday"] is None:
        return _each(start, today, lambda day: day - _ONE_DAY if back else day + _ONE_DAY)
    number = _WEEKDAYS.index(match["weekday"][:3])
    if start in {"next", "that"}:
        return () if back or start == "that" else (_coming(number, today) + _WEEK,)
    return _each(start, today, lambda day: _last(number, day) if back else _coming(number, day))


# -- days of the calendar --------------------------------------------------------------------------


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


def _dotted_day(match: re.Match[str], today: dt.date) -> Days:
    """29.11., as much of the world writes it; 5.12. may be May 12 too."""
    one, two = int(match["one"]), int(match["two"])
    orders = [(one, two)] if one > 12 else dict.fromkeys([(one, two), (two, one)])
    if not 1 <= two <= 12:
        return ()
    days = (_in_a_year(month, day, None, today) for day, month in orders)
    return tuple(day for day in days if day is not None)


def _in_a_year(month: int, day: int, year: str | None, today: dt.date) -> dt.date | None:
    """A day of the calendar; without a year the coming one, which for February 29 may be far."""
    if year:
        return dt.date(_year(year, today), month, day)
    days = (
        dt.date(coming, month, day)
        for coming in range(today.year, today.year + 9)
        if day <= monthrange(coming, month)[1]
    )
    return _coming_of(days, today)


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


def _holiday(match: re.Match[str], today: dt.date) -> dt.date | None:
    """Thanksgiving; Christmas Eve 2027; next Easter."""
    words, year, which = _HOLIDAYS[match["holiday"]], match["year"], match["which"]
    if which == "last":
        days = [*(_holiday_in(words, today.year - ago) for ago in (1, 0))]
        return next((day for day in reversed(days) if day < today), None)
    if year:
        return _holiday_in(words, _year(year, today))
    since = today + _ONE_DAY if which == "next" else today
    return _coming_of((_holiday_in(words, today.year + later) for later in (0, 1)), since)


@cache
def _holiday_in(words: str, year: int) -> dt.date:
    if "easter" in words:
        day = easter(year)
        return {"easter": day, "a day after easter": day + _ONE_DAY}.get(words, day - 2 * _ONE_DAY)
    return find_days(f"{words} {year}", dt.date(year, 1, 1))[0]


# -- days of the week ------------------------------------------------------------------------------


def _weekday(match: re.Match[str], today: dt.date) -> dt.date | Days:
    """Friday; last Friday; Friday week; Friday next week, which counts from Monday."""
    number = _WEEKDAYS.index(match["weekday"][:3])
    found = match.groupdict()
    if found.get("of_week"):
        monday = today - today.weekday() * _ONE_DAY
        return monday + number * _ONE_DAY + (found["of_week"] == "next") * _WEEK
    which = found.get("which")
    if which in {"last", "past", "this past"}:
        return _last(number, today)
    coming = _coming(number, today)
    if which == "this" and coming - today == _WEEK:
        return (today, coming)
    return coming + _WEEK if found.get("later") else coming


def _weekdays_ahead(match: re.Match[str], today: dt.date) -> Days:
    """Two Fridays from now; Friday in two weeks, which may count from today or from Friday."""
    coming = _coming(_WEEKDAYS.index(match["weekday"][:3]), today)
    if "number" in match.groupdict():
        return (coming + (_number(match["number"]) - 1) * _WEEK,)
    length = _length_of(match["length"])
    then = today + length
    in_week = then + (coming.weekday() - then.weekday()) * _ONE_DAY
    return tuple(sorted({coming + length, in_week} if "week" in match["length"] else {in_week}))


def _with_weekday(match: re.Match[str], today: dt.date) -> Days:
    """Tuesday, January 5; where that is another day of the week, both may be meant."""
    days = find_days(match["rest"].removeprefix("the "), today)
    number = _WEEKDAYS.index(match["weekday"][:3])
    agreeing = tuple(day for day in days if day.weekday() == number)
    if agreeing or len(days) != 1 or not re.search("[0-9]", match["rest"]):
        return agreeing
    near = days[0] + ((number - days[0].weekday() + 3) % 7 - 3) * _ONE_DAY
    return tuple(sorted((days[0], near)))


def _coming(weekday: int, after: dt.date) -> dt.date:
    """The first such day of the week after a day."""
    return after + ((weekday - after.weekday() - 1) % 7 + 1) * _ONE_DAY


def _last(weekday: int, before: dt.date) -> dt.date:
    """The last such day of the week before a day."""
    return before - ((before.weekday() - weekday - 1) % 7 + 1) * _ONE_DAY


# -- stretches of time -----------------------------------------------------------------------------


def _stretch(match: re.Match[str], today: dt.date) -> dt.date | None:
    """Next month; the end of the year; mid January 2027. A bare "month" or "2027" says nothing."""
    edge, which, unit = match["edge"], match["which"], match["unit"]
    if not edge and ((unit and not which) or match["only"]):
        return None
    return _pick(match, today, lambda first, after: _edge(edge, first, after))


def _nth_of_stretch(match: re.Match[str], today: dt.date) -> dt.date | None:
    """The first Monday in January; the last business day of the month; the 2nd to last Friday."""
    number = _WEEKDAYS.index(match["weekday"][:3]) if match["weekday"] else None
    place = int(match["place"] or 1)
    place = -place if match["last"] or match["back"] else place - 1

    def nth(first: dt.date, after: dt.date) -> dt.date | None:
        days = (first + later * _ONE_DAY for later in range((after - first).days))
        fitting = [
            day for day in days if (not _off(day) if number is None else day.weekday() == number)
        ]
        return fitting[place] if -len(fitting) <= place < len(fitting) else None

    return _pick(match, today, nth)


def _stretch_after_next(match: re.Match[str], today: dt.date) -> dt.date | None:
    """The week after next; the end of the month after next."""
    return _edge(match["edge"], *_running(match["unit"], 2, today))


def _weekend_of(match: re.Match[str], today: dt.date) -> Days:
    """The weekend of December 5: its last day."""
    return _each(match["rest"], today, lambda day: day + (6 - day.weekday()) * _ONE_DAY)


_Picker = Callable[[dt.date, dt.date], dt.date | None]
"""From the first day of a stretch and the first one after it to a day of it."""


def _pick(match: re.Match[str], today: dt.date, pick: _Picker) -> dt.date | None:
    """What is picked from the stretch that is named, the coming one where it doesn't say which."""
    unit, which = match["unit"], match["which"]
    if match["only"]:
        year = int(match["only"])
        return pick(dt.date(year, 1, 1), dt.date(year + 1, 1, 1))
    if unit:
        shift = {"next": 1, "last": -1}.get(which or "", 0)
        day = pick(*_running(unit, shift, today))
        gone_by = day is not None and day < today and shift == 0
        return pick(*_running(unit, 1, today)) if gone_by else day
    if match["month"]:
        begin, months = _MONTHS.index(match["month"][:3]), 1
    else:
        begin, months = int(match["quarter"] or match["nth"]) * 3 - 3, 3
    years = [_year(match["year"], today)] if match["year"] else [today.year, today.year + 1]
    for year in years:
        index = year * 12 + begin
        day = pick(_first_of(index), _first_of(index + months))
        if day is None or match["year"] or day >= today:
            return day
    return None


def _running(unit: str, shift: int, today: dt.date) -> tuple[dt.date, dt.date]:
    """The stretch that today is in, or one so many later."""
    if unit in {"week", "weekend"}:
        monday = today - today.weekday() * _ONE_DAY + shift * _WEEK
        if unit == "weekend":
            return monday + 5 * _ONE_DAY, monday + _WEEK
        return monday, monday + 5 * _ONE_DAY  # the last day is Friday
    months = _MONTHS_IN[unit]
    number = _month_index(today) // months + shift
    return _first_of(number * months), _first_of((number + 1) * months)


def _edge(edge: str | None, first: dt.date, after: dt.date) -> dt.date | None:
    """A day of the stretch from `first` to before `after`: its last one, unless told otherwise."""
    if edge in {"start", "beginning", "1st day"}:
        return first
    if edge in {"mid", "middle"}:
        return first.replace(day=15) if 28 <= (after - first).days <= 31 else None
    return after - _ONE_DAY


def _coming_of(days: Iterable[dt.date], today: dt.date) -> dt.date | None:
    return next((day for day in days if day >= today), None)


def _month_index(day: dt.date) -> int:
    """Months since the year 0."""
    return day.year * 12 + day.month - 1


def _first_of(month_index: int) -> dt.date:
    return dt.date(month_index // 12, month_index % 12 + 1, 1)


def _year(typed: str, today: dt.date) -> int:
    if typed.endswith(" year"):
        return today.year + typed.startswith("next")
    digits = typed.lstrip("'")
    return int(digits) + (2000 if len(digits) == 2 else 0)


_Reader = Callable[[re.Match[str], dt.date], dt.date | Days | None]
_PLACE = rf"(?:(?P<place>[0-9]{{1,2}}){_TH}(?P<back> to last)?|(?P<last>last|final|very last))"
# Patterns stay text: compiling them takes 15 ms, which re does (and remembers) at the first date.
_SHAPES: tuple[tuple[str, _Reader], ...] = (
    ("|".join(_NAMED_DAYS), _named_day),
    (rf"{_LENGTHS} ago", _ago),
    (rf"(?:next )?{_LENGTHS}(?: from now| time| out| hence)?", _ahead),
    (rf"{_LENGTHS} (?P<side>from|after|before) (?P<start>.+)", _ahead),
    (
        rf"(?P<length>{_LENGTH}|week|fortnight|month) (?:(?:from|on) )?"
        rf"(?P<start>(?:today|tomorrow|{_WEEKDAY}))",
        _ahead,
    ),
    (
        rf"(?:next )?(?P<number>next|{_NUMBER}) {_BUSINESS}(?: from now| time| out)?"
        r"(?: (?P<side>ago))?",
        _business_days,
    ),
    (
        rf"(?:(?P<number>next|{_NUMBER}) |1st )?{_BUSINESS} (?P<side>from|after|before) (?P<start>.+)",
        _business_days,
    ),
    (rf"(?:1st |next )?(?:{_WEEKDAY}|day) (?P<side>before|after) (?P<start>.+)", _beside),
    (r"(?P<year>[0-9]{4})([-/.])(?P<month>[0-9]{1,2})\2(?P<day>[0-9]{1,2})", _iso_day),
    (
        r"(?P<one>[0-9]{1,2})([-/.])(?P<two>[0-9]{1,2})\2(?P<year>[0-9]{4}|[0-9]{2})",
        _numbered_day,
    ),
    (r"(?P<one>[0-9]{1,2})/(?P<two>[0-9]{1,2})(?P<year>)", _numbered_day),
    (r"(?P<one>[0-9]{1,2})\.(?P<two>[0-9]{1,2})", _dotted_day),
    (rf"(?:this |coming )?{_MONTH} {_DAY}{_YEAR}", _written_day),
    (rf"{_DAY}(?: of)?(?: this| coming)? {_MONTH}{_YEAR}", _written_day),
    (
        rf"(?P<day>[0-9]{{1,2}}){_TH}(?: (?:of )?(?:the |this )?(?P<next>next )?month)?",
        _numbered_in_month,
    ),
    (rf"(?:(?P<which>this|next|this coming|coming|last) )?{_HOLIDAY}{_YEAR}", _holiday),
    (
        rf"(?:(?P<which>this|next|(?:this )?(?:coming|upcoming|next)|last|past|this past) )?{_WEEKDAY}",
        _weekday,
    ),
    (rf"{_WEEKDAY}(?: next| coming)", _weekday),
    (rf"{_WEEKDAY}(?P<later> week)", _weekday),
    (r"(?P<start>today|tomorrow) (?P<length>week)", _ahead),
    (rf"{_WEEKDAY} (?:of |in )?(?P<of_week>this|next) week", _weekday),
    (rf"(?P<of_week>this|next) week(?: on)? {_WEEKDAY}", _weekday),
    (rf"(?P<number>{_NUMBER}) {_WEEKDAY}s(?: from now| out| time)?", _weekdays_ahead),
    (rf"{_WEEKDAY} (?:in )?{_LENGTHS}(?: from now| time| out)?", _weekdays_ahead),
    (rf"{_PLACE} (?:{_WEEKDAY}|{_BUSINESS}) (?:(?:of|in) )?(?:the )?{_STRETCH}", _nth_of_stretch),
    (rf"{_EDGE}{_STRETCH}", _stretch),
    (rf"{_EDGE}(?P<unit>weekend|week|month|quarter|year) after next", _stretch_after_next),
    (r"weekend of (?P<rest>.+)", _weekend_of),
    (rf"{_WEEKDAY} (?P<rest>.+)", _with_weekday),
    (rf"(?P<rest>.+) {_WEEKDAY}", _with_weekday),
)
