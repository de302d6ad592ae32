"""Understanding the dates people type: "by Friday", "end of Q1", "5pm ET on the last Friday of May".

The whole text has to be a date: its shape is matched word for word. Libraries that look for dates
find one in "a", "42" and "may". What isn't certain is `Unclear`, with what it may mean where that is
little enough to ask; what is read is meant to be shown back for confirmation.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from bot.core.date_clocks import by_one_clock, clocks_named
from bot.core.date_shapes import find_days
from bot.core.date_words import SMALL, plain_words, spellings
from bot.core.hours import LAST_MINUTE, PART, in_part, read_clock, times_in, without_part
from bot.core.zones import BUILT_IN, UNSAID, Zones

__all__ = ("DateRead", "Day", "Past", "TooFar", "Unclear", "read_clock", "read_date")

YEARS_AHEAD = 5
"""A date further ahead than this is taken for a slip of the finger."""
_WEST, _WESTMOST = ZoneInfo("America/Los_Angeles"), ZoneInfo("Etc/GMT+12")
"""Where it is today longest: as a rule, and anywhere."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day from today on; `time` is None where none was given.

    Both are of the reader's zone, or of `clock` where that is another one.
    """

    date: dt.date
    time: dt.time | None = None
    clock: ZoneInfo | None = None


@dataclass(frozen=True, slots=True)
class Unclear:
    """What can't be read for certain, as it was typed; `readings` where it may mean a few days."""

    text: str
    readings: tuple[Day, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Past:
    """A day before today, or today at a time that has gone by."""

    date: dt.date


@dataclass(frozen=True, slots=True)
class TooFar:
    """A day more than `YEARS_AHEAD` years ahead."""

    date: dt.date


DateRead = Day | Unclear | Past | TooFar


def read_date(
    text: str, now: dt.datetime, zone: ZoneInfo | None, zones: Zones = BUILT_IN
) -> DateRead:
    """Reads a date the way people in the United States mean it; never raises.

    - "Friday", "this Friday" and "next Friday" are all the coming one, strictly after today;
      "Friday week" is a week later, "Friday next week" the one of the week that begins next Monday.
    - A stretch of time is its last day: "next month", "January", "Q1 2027", "the end of the year".
      A week ends on Friday. "Mid January" is the 15th, "the start of January" the 1st.
    - "1/5/2027" is January 5; "15/1/2027" can only be January 15, and so can "15.1.".
    - Without a year or month ("March 3", "the 15th") it is the coming one, today included.
    - Midnight is the end of the named day (23:59). "End of day" and "morning" are no time of day.
    - "by", "before", "around" and "no later than" say nothing about which day it is.
    - A clock that is named ("5pm ET") has its own today.
    - Slips and short forms ("tmrw", "Firday") are read as the word they come near.
    - "Friday at 5", "5.12.", "Monday or Tuesday", "Tuesday, January 6" where that is a Wednesday mean
      two things, and are unclear with both as readings.

    Args:
        text: whatever was typed, Discord timestamps (`<t:1794000000:D>`) included.
        now: the moment of reading, with a zone.
        zone: where the reader is: the zone of "today" and of the result. None where that isn't
            known: then it is UNSAID, what is still today further west isn't put off, and what counts
            from today is unclear while it is another day there.
        zones: knows the clocks that may be named.
    """
    try:
        plain = plain_words(text) if len(text) <= _LONGEST else ""
        readings = _readings(plain, now, zone, zones) if len(plain) <= _LONGEST else []
    except (ValueError, OverflowError, OSError):  # February 30, 25:00, the year 300,000
        readings = []
    if not readings:
        return Unclear(text)
    judged = [_judged(reading, now, zone) for reading in readings]
    days = sorted(
        {one for one in judged if isinstance(one, Day)},
        key=lambda day: (day.date, day.time or LAST_MINUTE),
    )
    if not days:
        return judged[0]
    return days[0] if len(days) == 1 else Unclear(text, tuple(days[:_MOST_READINGS]))


# Patterns stay text: compiling them takes 15 ms, which re does (and remembers) at the first date.
_LONGEST = 100
_MOST_READINGS = 4
_LEADING = (
    r"(?:(?:no later than|not later than|at the latest|on or before|by|on|before|until|till|til|the|at|in"
    r"|within|around|about|approximately|roughly|for|due|deadline:?|latest|over|during|sometime|end"
    r" day) )+"
)
_TRAILING = r"(?: (?:at the latest|at most|latest|or (?:earlier|sooner|before)|please|sharp))+"
_STAMP = r"<t:(?P<seconds>-?[0-9]{1,13})(?::(?P<style>[tdfrs]))?>"
_INSTANT = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?"
    r"(?:z|[+-][0-9]{2}:?[0-9]{2})"
)
_HOURS = (
    r"(?:(?P<hours>[0-9]{1,4}|an?|half an) ?(?:hours?|h)(?P<half> and a half)?)?"
    r"(?: ?(?:and )?(?P<minutes>[0-9]{1,4}) minutes?)?(?: from now)?"
)
_CHOICE = r" ?(?:\bor\b|\bto\b|\bthrough\b|\bthru\b|/|-) ?"
_FEW = rf"(?:[0-9]{{1,2}}(?:st|nd|rd|th)?|{'|'.join(SMALL)})"
_SHARED = rf"(?P<head>.*?\b)(?P<one>{_FEW})(?: ?(?:or|to|-) ?)(?P<two>{_FEW})(?P<tail>\b.*)"


@dataclass(frozen=True, slots=True)
class _Reading:
    """A day and time by a clock; `named` if that was named. `since` says where it is today."""

    date: dt.date
    time: dt.time | None
    clock: ZoneInfo
    named: bool = False
    since: ZoneInfo | None = None


def _judged(reading: _Reading, now: dt.datetime, zone: ZoneInfo | None) -> Day | Past | TooFar:
    """A reading as the reader's clock shows it, or why it is no day to come."""
    if reading.time is not None and zone is not None and reading.clock is not zone:
        moment = dt.datetime.combine(reading.date, reading.time, reading.clock).astimezone(zone)
        reading = _Reading(moment.date(), moment.time(), zone)
    day, time = reading.date, reading.time
    local = now.astimezone(reading.clock if time is not None else reading.since or reading.clock)
    today = local.date()
    if day < today or (day == today and time is not None and time < local.time()):
        return Past(day)
    if (day.year - YEARS_AHEAD, day.month, day.day) > (today.year, today.month, today.day):
        return TooFar(day)
    other = reading.named and reading.clock is not zone
    return Day(day, time, reading.clock if other else None)


# -- readings --------------------------------------------------------------------------------------


def _readings(plain: str, now: dt.datetime, zone: ZoneInfo | None, zones: Zones) -> list[_Reading]:
    """All that a text may mean; as it is, or else with its slips mended."""
    found = _read(plain, now, zone, zones)
    if not found:
        for spelled in spellings(plain):
            found += _read(spelled, now, zone, zones)
    return found


def _read(plain: str, now: dt.datetime, zone: ZoneInfo | None, zones: Zones) -> list[_Reading]:
    if found := _read_one(plain, now, zone, zones):
        return found
    for one, two in _choices(plain):
        both = [_read_one(text, now, zone, zones) for text in (one, two)]
        if all(both):
            return [*both[0], *both[1]]
    return []


def _choices(plain: str) -> Iterator[tuple[str, str]]:
    """The two that a text offers: "Monday or Tuesday", "May 5-7", "in 2 or 3 weeks"."""
    bare = plain.removeprefix("between ")
    for match in re.finditer(_CHOICE if bare is plain else rf"{_CHOICE}| and ", bare):
        one, two = bare[: match.start()], bare[match.end() :]
        if one and two:
            yield one, two
    if shared := re.fullmatch(_SHARED, bare):
        yield tuple(f"{shared['head']}{shared[which]}{shared['tail']}" for which in ("one", "two"))  # type: ignore[misc]


def _read_one(plain: str, now: dt.datetime, zone: ZoneInfo | None, zones: Zones) -> list[_Reading]:
    """What a text means that names one day."""
    if moment := _moment(plain, now, zone or UNSAID):
        return [moment]
    for rest, clocks in clocks_named(by_one_clock(plain, now), zone or UNSAID, zones):
        found: list[_Reading] = []
        for clock in clocks:
            days = _days(rest, now.astimezone(clock).date(), clock)
            found += [replace(reading, named=True) for reading in days]
        if not clocks and zone is not None:
            found = _days(rest, now.astimezone(zone).date(), zone)
        elif not clocks:
            found = _without_zone(rest, now)
        if found:
            return found
    return []


def _without_zone(plain: str, now: dt.datetime) -> list[_Reading]:
    """What is meant by somebody who may be further west, where it may still be another day."""
    clocks = (UNSAID, _WEST, _WESTMOST)
    today, west, _ = todays = [now.astimezone(clock).date() for clock in clocks]
    by_clock = [
        [replace(reading, since=clock) for reading in _days(plain, day, UNSAID)]
        for clock, day in zip(clocks, todays, strict=True)
    ]
    found: list[_Reading] = []
    for here, there, last in zip(*by_clock, strict=False):
        if (here.date - last.date).days > 300:  # still today somewhere: not put off by a year
            found.append(last)
        elif here.date - there.date != today - west or here.date < today:
            found.append(there)
        elif (here.date - today).days < 2:  # today or tomorrow, where a day is all the difference
            found += [there, here] if there.date != here.date else [here]
        else:
            found.append(here)
    return found


def _moment(plain: str, now: dt.datetime, zone: ZoneInfo) -> _Reading | None:
    """A moment that says itself when it is, wherever one is."""
    plain = _bare(plain)
    if match := re.fullmatch(_STAMP, plain):
        moment = dt.datetime.fromtimestamp(int(match["seconds"]), zone)
        if match["style"] == "d":
            return _Reading(moment.date(), None, zone)
    elif re.fullmatch(_INSTANT, plain):
        moment = dt.datetime.fromisoformat(plain.upper())
    elif (match := re.fullmatch(_HOURS, plain)) and (match["hours"] or match["minutes"]):
        hours = {None: 0.0, "half an": 0.5, "a": 1, "an": 1}.get(match["hours"])
        hours = int(match["hours"]) if hours is None else hours
        hours += 0.5 * bool(match["half"])
        ahead = dt.timedelta(hours=hours, minutes=int(match["minutes"] or 0))
        moment = now.astimezone(dt.UTC) + ahead
    else:
        return None
    moment = moment.astimezone(zone)
    return _Reading(moment.date(), moment.time().replace(second=0, microsecond=0), zone)


def _days(plain: str, today: dt.date, clock: ZoneInfo) -> list[_Reading]:
    """The days and times that a text names by a clock."""
    for text in dict.fromkeys((_bare(plain), plain)):
        for rest, times in times_in(text):
            days = find_days(_bare(rest), today)
            part = re.search(PART, rest)
            if not days and times and part:
                days = find_days(_bare(without_part(rest)), today)
            if days:
                fitting = in_part(times, part) or (None,)
                return [_Reading(day, time, clock) for day in days for time in fitting]
    return []


def _bare(plain: str) -> str:
    """Without the words around a date that say nothing about which day it is."""
    if match := re.match(_LEADING, plain):
        plain = plain[match.end() :]
    return re.sub(_TRAILING, "", plain)
