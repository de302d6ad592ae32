"""The shapes of days that stand in a calendar: "January 5", "1/5/2027", "29.11.", "Thanksgiving"."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange

from bot.core.date_parts import (
    MONTH,
    ONE_DAY,
    TH,
    YEAR,
    Days,
    ShapeReader,
    first_from,
    first_of_month,
    month_in,
    month_index,
    year_in,
)
from bot.core.holidays import HOLIDAY, holiday_of

_DAY = rf"(?:the )?(?P<day>[0-9]{{1,2}}){TH}?"


def _written_day(match: re.Match[str], today: dt.date) -> dt.date | None:
    """January 5; the 5th of Jan 2027."""
    month = month_in(match)
    return _in_ayear_in(month, int(match["day"]), match["year"], today)


def _numbered_day(match: re.Match[str], today: dt.date) -> dt.date | None:
    """1/5/2027; 15/1/2027. Without a year only in the American order: 24/7 is no day of July."""
    month, day = int(match["one"]), int(match["two"])
    if month > 12 and match["year"]:
        month, day = day, month
    return _in_ayear_in(month, day, match["year"], today)


def _dotted_day(match: re.Match[str], today: dt.date) -> Days:
    """29.11., as much of the world writes it; 5.12. may be May 12 too."""
    one, two = int(match["one"]), int(match["two"])
    orders = [(one, two)] if one > 12 else dict.fromkeys([(one, two), (two, one)])
    if not 1 <= two <= 12:
        return ()
    days = (_in_ayear_in(month, day, None, today) for day, month in orders)
    return tuple(day for day in days if day is not None)


def _in_ayear_in(month: int, day: int, year: str | None, today: dt.date) -> dt.date | None:
    """A day of the calendar; without a year the coming one, which for February 29 may be far."""
    if year:
        return dt.date(year_in(year, today), month, day)
    days = (
        dt.date(coming, month, day)
        for coming in range(today.year, today.year + 9)
        if day <= monthrange(coming, month)[1]
    )
    return first_from(days, today)


def _iso_day(match: re.Match[str], _: dt.date) -> dt.date:
    return dt.date(int(match["year"]), int(match["month"]), int(match["day"]))


def _numbered_in_month(match: re.Match[str], today: dt.date) -> dt.date | None:
    """The 15th; the 1st of next month. In a month without such a day it is the following one's."""
    month = month_index(today)
    if match["next"]:
        return first_of_month(month + 1).replace(day=int(match["day"]))
    for later in range(3):
        try:
            day = first_of_month(month + later).replace(day=int(match["day"]))
        except ValueError:
            continue
        if day >= today:
            return day
    return None


def _holiday(match: re.Match[str], today: dt.date) -> dt.date | None:
    """Thanksgiving; Christmas Eve 2027; next Easter."""
    words, year, which = match["holiday"], match["year"], match["which"]
    if which == "last":
        days = [*(holiday_of(words, today.year - ago) for ago in (1, 0))]
        return next((day for day in reversed(days) if day < today), None)
    if year:
        return holiday_of(words, year_in(year, today))
    since = today + ONE_DAY if which == "next" else today
    return first_from((holiday_of(words, today.year + later) for later in (0, 1)), since)


CALENDAR_SHAPES: tuple[tuple[str, ShapeReader], ...] = (
    (r"(?P<year>[0-9]{4})([-/.])(?P<month>[0-9]{1,2})\2(?P<day>[0-9]{1,2})", _iso_day),
    (
        r"(?P<one>[0-9]{1,2})([-/.])(?P<two>[0-9]{1,2})\2(?P<year>[0-9]{4}|[0-9]{2})",
        _numbered_day,
    ),
    (r"(?P<one>[0-9]{1,2})/(?P<two>[0-9]{1,2})(?P<year>)", _numbered_day),
    (r"(?P<one>[0-9]{1,2})\.(?P<two>[0-9]{1,2})", _dotted_day),
    (rf"(?:this |coming )?{MONTH} {_DAY}{YEAR}", _written_day),
    (rf"{_DAY}(?: of)?(?: this| coming)? {MONTH}{YEAR}", _written_day),
    (
        rf"(?P<day>[0-9]{{1,2}}){TH}(?: (?:of )?(?:the |this )?(?P<next>next )?month)?",
        _numbered_in_month,
    ),
    (rf"(?:(?P<which>this|next|this coming|coming|last) )?{HOLIDAY}{YEAR}", _holiday),
)
