"""Understanding the dates people type: "by Friday", "end of Q1", "5pm ET on the last Friday of May".

The whole text has to be a date: its shape is matched word for word. Libraries that look for dates
find one in "a", "42" and "may". What isn't certain is `Unclear`, with what it may mean where that is
little enough to ask; what is read is meant to be shown back for confirmation.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.core.hours import LAST_MINUTE, read_clock
from bot.core.zones import BUILT_IN, Zones

if TYPE_CHECKING:
    from bot.core.date_reading import DateReading

__all__ = ("DateRead", "Day", "Past", "TooFar", "Unclear", "read_clock", "read_date")

YEARS_AHEAD = 5
"""A date further ahead than this is taken for a slip of the finger."""


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
            known: then it is UTC, what is still today further west isn't put off, and "today" and
            "tomorrow" are unclear while it is another day there.
        zones: knows the clocks that may be named.
    """
    from bot.core.date_reading import readings_of  # 20 ms, which the start shall not wait

    try:
        readings = readings_of(text, now, zone, zones)
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


_MOST_READINGS = 4


def _judged(reading: DateReading, now: dt.datetime, zone: ZoneInfo | None) -> Day | Past | TooFar:
    """A reading as the reader's clock shows it, or why it is no day to come."""
    if reading.time is not None and zone is not None and reading.clock is not zone:
        moment = dt.datetime.combine(reading.date, reading.time, reading.clock).astimezone(zone)
        reading = replace(reading, date=moment.date(), time=moment.time(), clock=zone)
    day, time = reading.date, reading.time
    local = now.astimezone(reading.clock if time is not None else reading.since or reading.clock)
    today = local.date()
    if day < today or (day == today and time is not None and time < local.time()):
        return Past(day)
    if (day.year - YEARS_AHEAD, day.month, day.day) > (today.year, today.month, today.day):
        return TooFar(day)
    other = reading.named and reading.clock is not zone
    return Day(day, time, reading.clock if other else None)
