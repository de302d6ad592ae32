"""Understanding the dates people type: "by Friday", "end of Q1", "5pm ET on the last Friday of May".

The whole text has to be a date: its shape is matched word for word. Libraries that look for dates
find one in "a", "42" and "may". What isn't certain is `Unclear`, with what it may mean where that is
little enough to ask; what is read is meant to be shown back for confirmation.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from bot.core.date_shapes import find_days
from bot.core.date_words import SMALL, plain_words, spellings
from bot.core.zones import BUILT_IN, CLOCK_NAMES, UNSAID, Zones

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
        key=lambda day: (day.date, day.time or _LAST_MINUTE),
    )
    if not days:
        return judged[0]
    return days[0] if len(days) == 1 else Unclear(text, tuple(days[:_MOST_READINGS]))


def read_clock(text: str) -> dt.time | None:
    """A time of day: "5pm", "5:30 p.m.", "17:00", "noon"; midnight is 0:00."""
    match = re.fullmatch(_CLOCK, plain_words(text))
    try:
        return _clock(match) if match else None
    except ValueError:
        return None


def hours_meant(text: str) -> tuple[dt.time, ...]:
    """The times of day that an hour may mean: "8" is in the morning, "5" may be in the evening."""
    clock = read_clock(text) or read_clock(f"{text.strip()}:00")
    if clock is None:
        return ()
    plain = plain_words(text)
    unsure = 1 <= clock.hour < _MORNING and re.fullmatch(r"[1-9](?::[0-9]{2})?", plain)
    return (clock, clock.replace(hour=clock.hour + 12)) if unsure else (clock,)


# Patterns stay text: compiling them takes 15 ms, which re does (and remembers) at the first date.
_LONGEST = 100
_MOST_READINGS = 4
_MORNING = 7
"""Before this hour nothing is due in the morning: "5:30" may be in the afternoon."""
_LAST_MINUTE = dt.time(23, 59)
_CLOCK = (
    r"(?:(?P<hour>[0-9]{1,2})(?::(?P<minute>[0-9]{2}))? ?(?P<half>[ap]m)"
    r"|(?P<hour24>[0-9]{1,2}):(?P<minute24>[0-9]{2})(?::[0-9]{2})?(?: ?(?:h|hours))?"
    r"|(?P<hours>[0-9]{2})(?P<minutes>[0-9]{2}) ?(?:h|hours)"
    r"|(?:12 )?(?P<word>noon|midday|midnight))"
)
_PLAIN_CLOCK = r"(?:[0-9]{1,2}(?::[0-9]{2})? ?[ap]m|[0-9]{1,2}:[0-9]{2}|noon)"
_AT = r"(?:(?:at|by|before|until|around|@) ?)?"
_SPELLED_HOUR = (
    rf"(?:(?:at|by|before|until|around|@) ?(?P<bare>[0-9]{{1,2}})(?: oclock)?"
    rf"|(?P<oclock>[0-9]{{1,2}})(?: oclock|h|(?= tonight| in the (?:morning|afternoon|evening)))"
    rf"|{_AT}(?P<hours>[0-2][0-9])(?P<minutes>[0-5][0-9]))"
)
_PART = r"\b(morning|afternoon|evening|night|tonight)\b"
_WHOLE_DAY = r"(?:(?:the )?(?:end|close) of (?:the )?(?:business |working )?(?:day|business|play)|eod|cob|eob|eop)"
_PART_OF_DAY = (
    r"(?:(?:in the |first thing in the )?(?P<part>morning|afternoon|evening|night)|(?:at )?night"
    r"|first thing|[ap]m|(?:at |by )?lunch(?:time)?|sometime|some time|later)"
)
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
_OWN_CLOCK = r"(?:local|my|our|my local|our local) (?:time(?: ?zone)?|clock)"
_NAMES_OF_CLOCKS = "|".join(CLOCK_NAMES)
_TWO_CLOCKS = (
    rf"(?P<first>{_PLAIN_CLOCK}) (?P<its>{_NAMES_OF_CLOCKS})"
    rf"(?P<rest> ?(?:/|-|or)? ?(?P<second>{_PLAIN_CLOCK}) (?P<other>{_NAMES_OF_CLOCKS})\b)"
)
_CHOICE = r" ?(?:\bor\b|\bto\b|\bthrough\b|\bthru\b|/|-) ?"
_FEW = rf"(?:[0-9]{{1,2}}(?:st|nd|rd|th)?|{'|'.join(SMALL)})"
_SHARED = rf"(?P<head>.*?\b)(?P<one>{_FEW})(?: ?(?:or|to|-) ?)(?P<two>{_FEW})(?P<tail>\b.*)"


@dataclass(frozen=True, slots=True)
class _Reading:
    """A day and time by a clock; `named` if that was named."""

    date: dt.date
    time: dt.time | None
    clock: ZoneInfo
    named: bool = False


def _judged(reading: _Reading, now: dt.datetime, zone: ZoneInfo | None) -> Day | Past | TooFar:
    """A reading as the reader's clock shows it, or why it is no day to come."""
    if reading.time is not None and zone is not None and reading.clock is not zone:
        moment = dt.datetime.combine(reading.date, reading.time, reading.clock).astimezone(zone)
        reading = _Reading(moment.date(), moment.time(), zone)
    day, time = reading.date, reading.time
    by = reading.clock if zone is not None or reading.named or time is not None else _WESTMOST
    local = now.astimezone(by)
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
    if match := re.fullmatch(_SHARED, bare):
        yield tuple(f"{match['head']}{match[which]}{match['tail']}" for which in ("one", "two"))  # type: ignore[misc]


def _read_one(plain: str, now: dt.datetime, zone: ZoneInfo | None, zones: Zones) -> list[_Reading]:
    """What a text means that names one day."""
    if moment := _moment(plain, now, zone or UNSAID):
        return [moment]
    for rest, clocks in _clocks(_one_clock(plain, now), zone or UNSAID, zones):
        found: list[_Reading] = []
        for clock in clocks:
            days = _days(rest, now.astimezone(clock).date(), clock)
            found += [replace(reading, named=True) for reading in days]
        if not clocks and zone is not None:
            found = _days(rest, now.astimezone(zone).date(), zone)
        elif not clocks:
            found = _without_zone(lambda today, rest=rest: _days(rest, today, UNSAID), now)
        if found:
            return found
    return []


def _one_clock(plain: str, now: dt.datetime) -> str:
    """A text that gives one moment by several clocks with the first alone: "5pm ET / 2pm PT"."""
    while match := re.search(_TWO_CLOCKS, plain):
        moments = []
        for text, name in ((match["first"], match["its"]), (match["second"], match["other"])):
            zone, time = ZoneInfo(CLOCK_NAMES[name]), read_clock(text)
            if time is None:
                return plain
            moments.append(dt.datetime.combine(now.date(), time, zone).astimezone(dt.UTC).time())
        if moments[0] != moments[1]:
            return plain
        plain = plain[: match.start("rest")] + plain[match.end("rest") :]
    return plain


def _without_zone(read: Callable[[dt.date], list[_Reading]], now: dt.datetime) -> list[_Reading]:
    """What is meant by somebody who may be further west, where it may still be another day."""
    today, west, westmost = (now.astimezone(zone).date() for zone in (UNSAID, _WEST, _WESTMOST))
    found: list[_Reading] = []
    for here, there, last in zip(read(today), read(west), read(westmost), strict=False):
        if (here.date - last.date).days > 300:  # still today somewhere: not put off by a year
            found.append(last)
        elif here.date - there.date != today - west or here.date < today:
            found.append(there)
        elif (here.date - today).days < 7:  # counted from today: tomorrow
            found += dict.fromkeys([there, here])
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


def _clocks(plain: str, zone: ZoneInfo, zones: Zones) -> Iterator[tuple[str, tuple[ZoneInfo, ...]]]:
    """A text without the clock it names; as it is first, for Easter is no island here."""
    yield plain, ()
    if match := re.search(rf"(?:^| ){_OWN_CLOCK}(?= |$)", plain):
        yield " ".join(f"{plain[: match.start()]} {plain[match.end() :]}".split()), (zone,)
    words = plain.split()
    for size in range(min(_LONGEST_CLOCK, len(words) - 1), 0, -1):
        for start in range(len(words) - size + 1):
            name = " ".join(words[start : start + size])
            before, after = words[:start], words[start + size :]
            clocks = () if name in _NO_CLOCKS or name.isdecimal() else zones.readings(name)
            if not clocks:
                continue
            rest = " ".join([*(before[:-1] if before[-1:] == ["in"] else before), *after])
            if name in CLOCK_NAMES or re.search(rf"[0-9]|{_WHOLE_DAY}|noon|midnight|midday", rest):
                yield rest, clocks


_LONGEST_CLOCK = 4
_NO_CLOCKS = frozenset(
    {"al", "de", "hi", "id", "in", "la", "ma", "me", "oh", "ok", "or", "pa", "z"}
)
"""What is a word here before it is the short name of a state."""


def _days(plain: str, today: dt.date, clock: ZoneInfo) -> list[_Reading]:
    """The days and times that a text names by a clock."""
    for text in dict.fromkeys((_bare(plain), plain)):
        for rest, times in _times(text):
            days = find_days(_bare(rest), today)
            part = re.search(_PART, rest)
            if not days and times and part:
                days = find_days(_bare(_without_part(rest)), today)
            if days:
                fitting = _in_part(times, part) or (None,)
                return [_Reading(day, time, clock) for day in days for time in fitting]
    return []


def _without_part(rest: str) -> str:
    return " ".join(re.sub(rf"\b{_PART_OF_DAY}\b", "", rest).split())


def _in_part(times: tuple[dt.time, ...], part: re.Match[str] | None) -> tuple[dt.time, ...]:
    """Those of times that are in the morning, or after it."""
    if part is None:
        return times
    return tuple(time for time in times if (time.hour < 12) == (part[1] == "morning")) or times


def _times(plain: str) -> Iterator[tuple[str, tuple[dt.time, ...]]]:
    """A text without the time of day in it, and what that may be; none where there is none."""
    if match := re.fullmatch(rf"(?:(?P<before>.+?) )??{_AT}{_CLOCK}(?: (?P<after>.+))?", plain):
        time = _LAST_MINUTE if match["word"] == "midnight" else _clock(match)
        unsure = match["hour24"] and match["hour24"][0] != "0" and 1 <= time.hour < _MORNING
        times = (time, time.replace(hour=time.hour + 12)) if unsure else (time,)
        yield _rest(match) or "today", times
        return
    yield plain, ()
    if match := re.fullmatch(
        rf"(?:(?P<before>.+?) )?{_WHOLE_DAY}(?: (?:of )?(?P<after>.+))?", plain
    ):
        yield _rest(match) or "today", ()
    if match := re.fullmatch(rf"(?P<before>.+?) {_PART_OF_DAY}(?: (?P<after>.+))?", plain):
        yield "today" if _rest(match) == "this" else _rest(match), ()
    if match := re.fullmatch(rf"{_PART_OF_DAY} (?P<after>.+)", plain):
        yield match["after"], ()
    if match := re.fullmatch(rf"(?:(?P<before>.+?) )??{_SPELLED_HOUR}(?: (?P<after>.+))?", plain):
        if (rest := _rest(match)) or match["oclock"]:  # 2027 alone is a year rather
            yield rest or "today", _spelled_hour(match)


def _rest(match: re.Match[str]) -> str:
    return " ".join(filter(None, (match.groupdict().get("before"), match["after"])))


def _spelled_hour(match: re.Match[str]) -> tuple[dt.time, ...]:
    """The times that "at 5", "5 o'clock" and "1700" may be."""
    if match["hours"]:
        return (dt.time(int(match["hours"]), int(match["minutes"])),)
    hour = int(match["bare"] or match["oclock"])
    return (dt.time(hour), dt.time(hour + 12)) if 0 < hour < 12 else (dt.time(hour),)


def _clock(match: re.Match[str]) -> dt.time:
    if match["word"]:
        return dt.time(0 if match["word"] == "midnight" else 12)
    if match["hour24"]:
        return dt.time(int(match["hour24"]), int(match["minute24"]))
    if match["hours"]:
        return dt.time(int(match["hours"]), int(match["minutes"]))
    hour = int(match["hour"])
    if not 1 <= hour <= 12:
        raise ValueError("a twelve-hour clock goes from 1 to 12")
    return dt.time(hour % 12 + 12 * (match["half"] == "pm"), int(match["minute"] or 0))


def _bare(plain: str) -> str:
    """Without the words around a date that say nothing about which day it is."""
    if match := re.match(_LEADING, plain):
        plain = plain[match.end() :]
    return re.sub(_TRAILING, "", plain)
