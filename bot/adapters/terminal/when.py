"""`when`: how a day, an hour or a time zone is read, for whoever wants to know, and for scripts."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.dates import DateRead, Day, Past, TooFar, Unclear, read_date
from bot.core.errors import ConfigurationError
from bot.core.hours import hours_meant
from bot.core.phrases import Phrases
from bot.core.zones import UNSAID, Zones, clock_name


@dataclass(frozen=True, slots=True)
class WhenRead:
    """How something typed is read.

    Attributes:
        read: a day, a day and time, or an hour alone; None where it isn't certain, or is a zone.
        zone: the clock of it, or the zone that is read; None where that may be several.
        readings: what it may mean, where that is several things.
        why: why it is no day to come: "past", "far", or "unclear".
        zone_known: False where no zone was given and no clock named, so that it is by UTC.
    """

    typed: str
    read: str | None = None
    zone: str | None = None
    readings: tuple[str, ...] = ()
    why: str | None = None
    zone_known: bool = True

    def to_json(self) -> str:
        """One line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)


def read_when(typed: str, now: datetime, zone: ZoneInfo | None, zones: Zones) -> WhenRead:
    """A day first; what is none may be a time zone, or an hour."""
    by, known = clock_name(zone or UNSAID), zone is not None
    read = read_date(typed, now, zone, zones)
    if isinstance(read, Day):
        named = read.clock is not None
        return WhenRead(typed, _iso(read), _clock(read) or by, zone_known=known or named)
    if isinstance(read, Unclear) and not read.readings:
        if found := tuple(one.key for one in zones.readings(typed)):
            several = len(found) > 1
            return WhenRead(typed, None, None if several else found[0], found if several else ())
        if hours := tuple(f"{hour:%H:%M}" for hour in hours_meant(typed)):
            several = len(hours) > 1
            return WhenRead(
                typed, None if several else hours[0], by, hours if several else (), zone_known=known
            )
    readings = read.readings if isinstance(read, Unclear) else ()
    texts = tuple(" ".join(filter(None, (_iso(one), _clock(one)))) for one in readings)
    return WhenRead(typed, None, by, texts, _why(read), zone_known=known)


def when_words(when: WhenRead, phrases: Phrases) -> str:
    """The same for people."""
    return phrases.say(
        "when_read",
        typed=when.typed,
        read=when.read,
        zone=when.zone,
        readings=when.readings,
        why=when.why,
        known=when.zone_known,
    )


def read_moment(typed: str, zone: ZoneInfo | None) -> datetime:
    """A moment in ISO form; without an offset it is by the clock of the zone.

    Raises:
        ConfigurationError: it is none.
    """
    try:
        moment = datetime.fromisoformat(typed)
    except ValueError:
        raise ConfigurationError(
            f"{typed!r} is no moment; write it like 2026-11-26T20:42-05:00."
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone or UNSAID)


def read_zone(typed: str, zones: Zones) -> ZoneInfo:
    """The zone that an option names.

    Raises:
        ConfigurationError: there is none such, or it may be several.
    """
    zone = zones.read(typed)
    if zone is None:
        near = [one.key for one in zones.readings(typed)] or zones.suggest(typed)
        hint = f" Did you mean {' or '.join(near)}?" if near else " Chicago or ET would be one."
        raise ConfigurationError(f"{typed!r} names no certain time zone.{hint}")
    return zone


def _iso(day: Day) -> str:
    return day.date.isoformat() + (f"T{day.time:%H:%M}" if day.time is not None else "")


def _clock(day: Day) -> str:
    return clock_name(day.clock) if day.clock is not None else ""


def _why(read: DateRead) -> str:
    return {Past: "past", TooFar: "far"}.get(type(read), "unclear")
