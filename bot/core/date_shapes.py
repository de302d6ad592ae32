"""The shapes in which a day is named, from plain words to dates: see `bot.core.dates`.

Each shape is matched as a whole, and what its words name is counted from today. Where words may
name one of two days, both are found.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from itertools import count, islice

from dateutil.relativedelta import relativedelta

from bot.core.date_calendar import CALENDAR_SHAPES
from bot.core.date_parts import (
    BUSINESS_DAY,
    NUMBER,
    ONE_DAY,
    ONE_WEEK,
    WEEKDAY,
    Days,
    ShapeReader,
    counted,
    weekday_after,
    weekday_before,
    weekday_in,
)
from bot.core.date_stretches import (
    EDGE_OF_STRETCH,
    NTH_OF_STRETCH,
    STRETCH_AFTER_NEXT,
    edge_of_stretch,
    nth_of_stretch,
    stretch_after_next,
)
from bot.core.holidays import is_day_off, is_weekend

_MOST_BUSINESS_DAYS = 1500
_UNITS = {
    "day": relativedelta(days=1),
    "week": relativedelta(weeks=1),
    "fortnight": relativedelta(weeks=2),
    "month": relativedelta(months=1),
    "year": relativedelta(years=1),
}
_UNIT = "|".join(_UNITS)
_LENGTH = rf"{NUMBER} (?:{_UNIT})s?"
_LENGTHS = rf"(?P<length>{_LENGTH}(?: (?:and )?{_LENGTH}){{0,2}})"
_NAMED_DAYS = {
    "day before yesterday": -2,
    "yesterday": -1,
    "today": 0,
    "tomorrow": 1,
    "day after tomorrow": 2,
}
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
    return today + _NAMED_DAYS[match[0]] * ONE_DAY


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
    parts = re.findall(rf"({NUMBER}) ({_UNIT})", words)
    return sum((counted(number) * _UNITS[unit] for number, unit in parts), relativedelta())


def _business_days(match: re.Match[str], today: dt.date) -> Days:
    """10 business days; 2 business days before Friday. Whether a holiday counts is not certain."""
    number = 1 if match["number"] in {"next", None} else counted(match["number"])
    back = match["side"] in {"ago", "before"}
    if number > _MOST_BUSINESS_DAYS:
        return ()

    def shift(day: dt.date, off: Callable[[dt.date], bool]) -> dt.date:
        steps = (day + (-1 if back else 1) * further * ONE_DAY for further in count(1))
        passed = (step for step in steps if not off(step))
        return next(islice(passed, number - 1, None)) if number else day

    start = match.groupdict().get("start")
    days = find_days(start.removeprefix("the "), today) if start else (today,)
    return tuple(dict.fromkeys(shift(day, off) for day in days for off in (is_weekend, is_day_off)))


def _beside(match: re.Match[str], today: dt.date) -> Days:
    """The day before Christmas; the Friday after Thanksgiving; the Monday after next."""
    back, start = match["side"] == "before", match["start"]
    if match["weekday"] is None:
        return _each(start, today, lambda day: day - ONE_DAY if back else day + ONE_DAY)
    number = weekday_in(match)
    if start in {"next", "that"}:
        return () if back or start == "that" else (weekday_after(number, today) + ONE_WEEK,)
    return _each(
        start,
        today,
        lambda day: weekday_before(number, day) if back else weekday_after(number, day),
    )


# -- days of the week ------------------------------------------------------------------------------


def _weekday(match: re.Match[str], today: dt.date) -> dt.date | Days:
    """Friday; last Friday; Friday week; Friday next week, which counts from Monday."""
    number = weekday_in(match)
    found = match.groupdict()
    if found.get("of_week"):
        monday = today - today.weekday() * ONE_DAY
        return monday + number * ONE_DAY + (found["of_week"] == "next") * ONE_WEEK
    which = found.get("which")
    if which in {"last", "past", "this past"}:
        return weekday_before(number, today)
    coming = weekday_after(number, today)
    if which == "this" and coming - today == ONE_WEEK:
        return (today, coming)
    return coming + ONE_WEEK if found.get("later") else coming


def _weekdays_ahead(match: re.Match[str], today: dt.date) -> Days:
    """Two Fridays from now; Friday in two weeks, which may count from today or from Friday."""
    coming = weekday_after(weekday_in(match), today)
    if "number" in match.groupdict():
        return (coming + (counted(match["number"]) - 1) * ONE_WEEK,)
    length = _length_of(match["length"])
    then = today + length
    in_week = then + (coming.weekday() - then.weekday()) * ONE_DAY
    return tuple(sorted({coming + length, in_week} if "week" in match["length"] else {in_week}))


def _with_weekday(match: re.Match[str], today: dt.date) -> Days:
    """Tuesday, January 5; where that is another day of the week, both may be meant."""
    days = find_days(match["rest"].removeprefix("the "), today)
    number = weekday_in(match)
    agreeing = tuple(day for day in days if day.weekday() == number)
    if agreeing or len(days) != 1 or not re.search("[0-9]", match["rest"]):
        return agreeing
    near = days[0] + ((number - days[0].weekday() + 3) % 7 - 3) * ONE_DAY
    return tuple(sorted((days[0], near)))


def _weekend_of(match: re.Match[str], today: dt.date) -> Days:
    """The weekend of December 5: its last day."""
    return _each(match["rest"], today, lambda day: day + (6 - day.weekday()) * ONE_DAY)


# Patterns stay text: compiling them takes 15 ms, which re does (and remembers) at the first date.
_SHAPES: tuple[tuple[str, ShapeReader], ...] = (
    ("|".join(_NAMED_DAYS), _named_day),
    (rf"{_LENGTHS} ago", _ago),
    (rf"(?:next )?{_LENGTHS}(?: from now| time| out| hence)?", _ahead),
    (rf"{_LENGTHS} (?P<side>from|after|before) (?P<start>.+)", _ahead),
    (
        rf"(?P<length>{_LENGTH}|week|fortnight|month)(?: from| on)? (?P<start>today|tomorrow|{WEEKDAY})",
        _ahead,
    ),
    (
        rf"(?:next )?(?P<number>next|{NUMBER}) {BUSINESS_DAY}(?: from now| time| out| (?P<side>ago))?",
        _business_days,
    ),
    (
        rf"(?:(?P<number>next|{NUMBER}) |1st )?{BUSINESS_DAY} (?P<side>from|after|before) (?P<start>.+)",
        _business_days,
    ),
    (rf"(?:1st |next )?(?:{WEEKDAY}|day) (?P<side>before|after) (?P<start>.+)", _beside),
    *CALENDAR_SHAPES,
    (
        rf"(?:(?P<which>this|next|(?:this )?(?:coming|upcoming|next)|last|past|this past) )?{WEEKDAY}",
        _weekday,
    ),
    (rf"{WEEKDAY}(?: next| coming)", _weekday),
    (rf"{WEEKDAY}(?P<later> week)", _weekday),
    (r"(?P<start>today|tomorrow) (?P<length>week)", _ahead),
    (rf"{WEEKDAY} (?:of |in )?(?P<of_week>this|next) week", _weekday),
    (rf"(?P<of_week>this|next) week(?: on)? {WEEKDAY}", _weekday),
    (rf"(?P<number>{NUMBER}) {WEEKDAY}s(?: from now| out| time)?", _weekdays_ahead),
    (rf"{WEEKDAY} (?:in )?{_LENGTHS}(?: from now| time| out)?", _weekdays_ahead),
    (NTH_OF_STRETCH, nth_of_stretch),
    (EDGE_OF_STRETCH, edge_of_stretch),
    (STRETCH_AFTER_NEXT, stretch_after_next),
    (r"weekend of (?P<rest>.+)", _weekend_of),
    (rf"{WEEKDAY} (?P<rest>.+)", _with_weekday),
    (rf"(?P<rest>.+) {WEEKDAY}", _with_weekday),
)
