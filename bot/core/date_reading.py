"""From what people type as a date to all that it may mean, wherever that lies: see `bot.core.dates`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from bot.core.date_clocks import by_one_clock, clocks_named
from bot.core.date_shapes import find_days
from bot.core.date_words import SMALL, plain_words, spellings
from bot.core.hours import PART, in_part, times_in, without_part
from bot.core.zones import UNSAID, Zones

_WEST, _WESTMOST = ZoneInfo("America/Los_Angeles"), ZoneInfo("Etc/GMT+12")
"""Where it is today longest: as a rule, and anywhere."""

# Patterns stay text: compiling them takes 15 ms, which re does (and remembers) at the first date.
_LONGEST = 100
_LEADING = (
    r"(?:(?:no later than|not later than|at the latest|on or before|by|on|before|until|till|til|the|at|in"
    r"|within|around|about|approximately|roughly|for|due|deadline:?|latest|over|during|sometime) )+"
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
class DateReading:
    """A day and time by a clock; `named` if that was named. `since` says where it is today."""

    date: dt.date
    time: dt.time | None
    clock: ZoneInfo
    named: bool = False
    since: ZoneInfo | None = None


def readings_of(
    text: str, now: dt.datetime, zone: ZoneInfo | None, zones: Zones
) -> list[DateReading]:
    """All that a text may mean, as it is or else with its slips mended; see `read_date`.

    Raises:
        ValueError, OverflowError, OSError: a day or a time that there is none such.
    """
    plain = plain_words(text) if len(text) <= _LONGEST else ""
    if len(plain) > _LONGEST:
        return []
    found = _read(plain, now, zone, zones)
    if not found:
        for spelled in spellings(plain):
            found += _read(spelled, now, zone, zones)
    return found


def _read(plain: str, now: dt.datetime, zone: ZoneInfo | None, zones: Zones) -> list[DateReading]:
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


def _read_one(
    plain: str, now: dt.datetime, zone: ZoneInfo | None, zones: Zones
) -> list[DateReading]:
    """What a text means that names one day."""
    if moment := _moment(plain, now, zone or UNSAID):
        return [moment]
    for rest, clocks in clocks_named(by_one_clock(plain, now), zone or UNSAID, zones):
        found: list[DateReading] = []
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


def _without_zone(plain: str, now: dt.datetime) -> list[DateReading]:
    """What is meant by somebody who may be further west, where it may still be another day."""
    clocks = (UNSAID, _WEST, _WESTMOST)
    today, west, _ = todays = [now.astimezone(clock).date() for clock in clocks]
    by_clock = [
        [replace(reading, since=clock) for reading in _days(plain, day, UNSAID)]
        for clock, day in zip(clocks, todays, strict=True)
    ]
    found: list[DateReading] = []
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


def _moment(plain: str, now: dt.datetime, zone: ZoneInfo) -> DateReading | None:
    """A moment that says itself when it is, wherever one is."""
    plain = _bare(plain)
    if match := re.fullmatch(_STAMP, plain):
        moment = dt.datetime.fromtimestamp(int(match["seconds"]), zone)
        if match["style"] == "d":
            return DateReading(moment.date(), None, zone)
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
    return DateReading(moment.date(), moment.time().replace(second=0, microsecond=0), zone)


def _days(plain: str, today: dt.date, clock: ZoneInfo) -> list[DateReading]:
    """The days and times that a text names by a clock."""
    for text in dict.fromkeys((_bare(plain), plain)):
        for rest, times in times_in(text):
            days = find_days(_bare(rest), today)
            part = re.search(PART, rest)
            if not days and times and part:
                days = find_days(_bare(without_part(rest)), today)
            if days:
                fitting = in_part(times, part) or (None,)
                return [DateReading(day, time, clock) for day in days for time in fitting]
    return []


def _bare(plain: str) -> str:
    """Without the words around a date that say nothing about which day it is."""
    if match := re.match(_LEADING, plain):
        plain = plain[match.end() :]
    return re.sub(_TRAILING, "", plain)
