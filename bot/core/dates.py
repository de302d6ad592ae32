"""Understanding the dates people type: "by Friday", "end of Q1", "1/5/2027 5pm".

The whole text has to be a date: its shape is matched word for word. Libraries that look for dates
find one in "a", "42" and "may". What isn't certain is `Unclear`; what is read is meant to be shown
back for confirmation.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.core.date_shapes import find_day

YEARS_AHEAD = 5
"""A date further ahead than this is taken for a slip of the finger."""

_CLOCKS = {
    ("et", "est", "edt", "eastern"): "America/New_York",
    ("ct", "cst", "cdt", "central"): "America/Chicago",
    ("mt", "mst", "mdt", "mountain"): "America/Denver",
    ("pt", "pst", "pdt", "pacific"): "America/Los_Angeles",
    ("utc", "gmt"): "UTC",
}
CLOCK_NAMES = {name: zone for names, zone in _CLOCKS.items() for name in names}
"""What Americans write behind a time; "EST" in July still means the time in New York."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day from today on, in the reader's zone; `time` is None where none was given."""

    date: dt.date
    time: dt.time | None = None


@dataclass(frozen=True, slots=True)
class Unclear:
    """What can't be read for certain, as it was typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Past:
    """A day before today, or today at a time that has gone by."""

    date: dt.date


@dataclass(frozen=True, slots=True)
class TooFar:
    """A day more than `YEARS_AHEAD` years ahead."""

    date: dt.date


DateRead = Day | Unclear | Past | TooFar


def read_date(text: str, now: dt.datetime, zone: ZoneInfo) -> DateRead:
    """Reads a date the way people in the United States mean it; never raises.

    - "Friday", "this Friday" and "next Friday" are all the coming one, strictly after today;
      "Friday week" is a week later, "Friday next week" the one of the week that begins next Monday.
    - A stretch of time is its last day: "next month", "January", "Q1 2027", "the end of the year".
      A week ends on Friday. "Mid January" is the 15th, "the start of January" the 1st.
    - "1/5/2027" is January 5; "15/1/2027" can only be January 15.
    - Without a year or month ("March 3", "the 15th") it is the coming one, today included.
    - Midnight is the end of the named day (23:59). "End of day" and "morning" are no time of day.
    - "by", "before", "around" and "no later than" say nothing about which day it is.

    Args:
        text: whatever was typed, Discord timestamps (`<t:1794000000:D>`) included.
        now: the moment of reading, with a zone.
        zone: where the reader is: the zone of "today" and of the result.
    """
    local = now.astimezone(zone)
    try:
        plain = _plain(text) if len(text) <= _LONGEST else ""
        found = _read(_bare(plain), local, zone) if len(plain) <= _LONGEST else None
    except (ValueError, OverflowError, OSError):  # February 30, 25:00, the year 300,000
        found = None
    if found is None:
        return Unclear(text)
    day, time = found
    today = local.date()
    if day < today or (day == today and time is not None and time < local.time()):
        return Past(day)
    if (day.year - YEARS_AHEAD, day.month, day.day) > (today.year, today.month, today.day):
        return TooFar(day)
    return Day(day, time)


def read_clock(text: str) -> dt.time | None:
    """A time of day: "5pm", "5:30 p.m.", "17:00", "noon"; midnight is 0:00."""
    match = re.fullmatch(_CLOCK, _plain(text))
    try:
        return _clock(match) if match else None
    except ValueError:
        return None


# Patterns stay text: compiling them takes 15 ms, which re does (and remembers) at the first date.
_LONGEST = 100
_LAST_MINUTE = dt.time(23, 59)
_CLOCK = (
    r"(?:(?P<hour>[0-9]{1,2})(?::(?P<minute>[0-9]{2}))? ?(?P<half>[ap]m)"
    r"|(?P<hour24>[0-9]{1,2}):(?P<minute24>[0-9]{2})(?::[0-9]{2})?"
    r"|(?:12 )?(?P<word>noon|midday|midnight))"
)
_AT = r"(?:(?:at|by|before|until|around|@) ?)?"
_NAMED_CLOCK = rf"{_CLOCK}(?: (?P<zone>{'|'.join(CLOCK_NAMES)})(?: time)?)?"
_WHOLE_DAY = r"(?:end of (?:the )?(?:business )?day|end of business|close of business|eod|cob)"
_PART_OF_DAY = r"(?:in the )?(?:morning|afternoon|evening|night)"
_TIMES = (
    rf"{_AT}{_NAMED_CLOCK}(?: (?P<day>.+))?",
    rf"(?P<day>.+?) {_AT}{_NAMED_CLOCK}",
)
_DAY_PARTS = (
    rf"{_WHOLE_DAY}(?: (?:of )?(?P<day>.+))?",
    rf"(?P<day>.+?) (?:(?:by |at )?{_WHOLE_DAY}|{_PART_OF_DAY})",
)
_LEADING = (
    r"(?:(?:no later than|not later than|at the latest|on or before|by|on|before|until|till|til|the|at|in"
    r"|within|around|about|approximately|roughly|for|due|deadline:?|latest) )+"
)
_TRAILING = r"(?: (?:at the latest|at most|latest|or (?:earlier|sooner|before)|please))+"
_STAMP = r"<t:(?P<seconds>-?[0-9]{1,13})(?::(?P<style>[tdfrs]))?>"
_INSTANT = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?"
    r"(?:z|[+-][0-9]{2}:?[0-9]{2})"
)
_HOURS = r"(?P<hours>[0-9]{1,4}|an?) ?(?:hours?|hrs?|h)(?: from now)?"
_SIGNS = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-"} | dict.fromkeys(',()*_~"', " "))
_ORDINALS = {"first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th"}
_ORDINAL = rf"\b(?:{'|'.join(_ORDINALS)})(?= (?:day|of|quarter)\b)"


def _plain(text: str) -> str:
    """Lower case and single spaces; only the signs that mean something within a date."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_SIGNS)
    plain = re.sub(r"(?<![0-9])\.|\.(?![0-9])", "", plain)  # Jan. 5, p.m.
    plain = re.sub(r"(?<=[0-9])t(?=[0-9]{2}:)", " ", plain)  # 2027-01-05T17:00
    plain = re.sub(r"(?<=[a-z])-(?=\w)|(?<=[0-9])-(?=[a-z])", " ", plain)  # mid-Jan, 5-Jan-2027
    plain = " ".join(plain.strip(" \t\n!?;:").split())
    return re.sub(_ORDINAL, lambda match: _ORDINALS[match[0]], plain)


def _bare(plain: str) -> str:
    """Without the words around a date that say nothing about which day it is."""
    if match := re.match(_LEADING, plain):
        plain = plain[match.end() :]
    return re.sub(_TRAILING, "", plain)


def _read(plain: str, local: dt.datetime, zone: ZoneInfo) -> tuple[dt.date, dt.time | None] | None:
    """The day and time named, in `zone`, wherever they lie; raises on dates that don't exist."""
    moment = None
    if match := re.fullmatch(_STAMP, plain):
        moment = dt.datetime.fromtimestamp(int(match["seconds"]), zone)
        if match["style"] == "d":
            return moment.date(), None
    elif match := re.fullmatch(_INSTANT, plain):
        moment = dt.datetime.fromisoformat(plain.upper())
    elif match := re.fullmatch(_HOURS, plain):
        hours = 1 if match["hours"].startswith("a") else int(match["hours"])
        moment = local.astimezone(dt.UTC) + dt.timedelta(hours=hours)
    else:
        words, time, clock_name = _split_time(plain)
        day = find_day(_bare(words), local.date())
        if day is None or time is None or clock_name is None:
            return None if day is None else (day, time)
        moment = dt.datetime.combine(day, time, ZoneInfo(CLOCK_NAMES[clock_name]))
    moment = moment.astimezone(zone)
    return moment.date(), moment.time().replace(second=0, microsecond=0)


def _split_time(plain: str) -> tuple[str, dt.time | None, str | None]:
    """The words of the day, the time of day, and the name of the clock it was given by."""
    for pattern in _TIMES:
        if match := re.fullmatch(pattern, plain):
            time = _LAST_MINUTE if match["word"] == "midnight" else _clock(match)
            return match["day"] or "today", time, match["zone"]
    for pattern in _DAY_PARTS:
        if match := re.fullmatch(pattern, plain):
            day = match["day"] or "this"
            return "today" if day == "this" else day, None, None  # this morning
    return plain, None, None


def _clock(match: re.Match[str]) -> dt.time:
    if match["word"]:
        return dt.time(0 if match["word"] == "midnight" else 12)
    if match["hour24"]:
        return dt.time(int(match["hour24"]), int(match["minute24"]))
    hour = int(match["hour"])
    if not 1 <= hour <= 12:
        raise ValueError("a twelve-hour clock goes from 1 to 12")
    return dt.time(hour % 12 + 12 * (match["half"] == "pm"), int(match["minute"] or 0))
