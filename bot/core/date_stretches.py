"""Stretches of time in which a day is named: "the end of next month", "the last Friday of May"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from bot.core.date_parts import (
    BUSINESS_DAY,
    MONTH,
    ONE_DAY,
    ONE_WEEK,
    TH,
    WEEKDAY,
    YEAR,
    first_of_month,
    month_in,
    month_index,
    weekday_in,
    year_in,
)
from bot.core.holidays import is_day_off

_MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}
_UNIT = r"(?P<unit>weekend|week|month|quarter|year)"
_EDGE = r"(?:(?P<edge>end|close|last day|middle|mid|start|beginning|1st day)(?: of)? )?(?:the )?"
_STRETCH = (
    rf"(?:(?:(?P<which>this coming|this|next|last|current) )?{_UNIT}"
    rf"|(?:{MONTH}|q(?P<quarter>[1-4])|(?P<nth>[1-4]){TH} quarter){YEAR}|(?P<only>[0-9]{{4}}))"
)
_PLACE = rf"(?:(?P<place>[0-9]{{1,2}}){TH}(?P<back> to last)?|(?P<last>last|final|very last))"

EDGE_OF_STRETCH = rf"{_EDGE}{_STRETCH}"
NTH_OF_STRETCH = rf"{_PLACE} (?:{WEEKDAY}|{BUSINESS_DAY}) (?:(?:of|in) )?(?:the )?{_STRETCH}"
STRETCH_AFTER_NEXT = rf"{_EDGE}{_UNIT} after next"

_Picker = Callable[[dt.date, dt.date], dt.date | None]
"""From the first day of a stretch and the first one after it to a day of it."""


def edge_of_stretch(match: re.Match[str], today: dt.date) -> dt.date | None:
    """Next month; the end of the year; mid January 2027. A bare "month" or "2027" says nothing."""
    edge, which, unit = match["edge"], match["which"], match["unit"]
    if not edge and ((unit and not which) or match["only"]):
        return None
    return _pick(match, today, lambda first, after: _edge(edge, first, after))


def nth_of_stretch(match: re.Match[str], today: dt.date) -> dt.date | None:
    """The first Monday in January; the last business day of the month; the 2nd to last Friday."""
    number = weekday_in(match) if match["weekday"] else None
    place = int(match["place"] or 1)
    place = -place if match["last"] or match["back"] else place - 1

    def nth(first: dt.date, after: dt.date) -> dt.date | None:
        days = (first + later * ONE_DAY for later in range((after - first).days))
        fitting = [
            day
            for day in days
            if (not is_day_off(day) if number is None else day.weekday() == number)
        ]
        return fitting[place] if -len(fitting) <= place < len(fitting) else None

    return _pick(match, today, nth)


def stretch_after_next(match: re.Match[str], today: dt.date) -> dt.date | None:
    """The week after next; the end of the month after next."""
    return _edge(match["edge"], *_running(match["unit"], 2, today))


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
        begin, months = month_in(match) - 1, 1
    else:
        begin, months = int(match["quarter"] or match["nth"]) * 3 - 3, 3
    years = [year_in(match["year"], today)] if match["year"] else [today.year, today.year + 1]
    for year in years:
        index = year * 12 + begin
        day = pick(first_of_month(index), first_of_month(index + months))
        if day is None or match["year"] or day >= today:
            return day
    return None


def _running(unit: str, shift: int, today: dt.date) -> tuple[dt.date, dt.date]:
    """The stretch that today is in, or one so many later."""
    if unit in {"week", "weekend"}:
        monday = today - today.weekday() * ONE_DAY + shift * ONE_WEEK
        if unit == "weekend":
            return monday + 5 * ONE_DAY, monday + ONE_WEEK
        return monday, monday + 5 * ONE_DAY  # the last day is Friday
    months = _MONTHS_IN[unit]
    number = month_index(today) // months + shift
    return first_of_month(number * months), first_of_month((number + 1) * months)


def _edge(edge: str | None, first: dt.date, after: dt.date) -> dt.date | None:
    """A day of the stretch from `first` to before `after`: its last one, unless told otherwise."""
    if edge in {"start", "beginning", "1st day"}:
        return first
    if edge in {"mid", "middle"}:
        return first.replace(day=15) if 28 <= (after - first).days <= 31 else None
    return after - ONE_DAY
