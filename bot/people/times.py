"""Time zones, quiet hours and hours of the day that people type: read, completed, and asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time
from typing import Annotated
from zoneinfo import ZoneInfo

from bot.chat.find import MOST_CHOICES, Choice, Noun
from bot.chat.screen import Button, Screen, Style
from bot.chat.turn import Context, Turn
from bot.checklists.rules.records import PersonSettings
from bot.core.dates import Unclear
from bot.core.errors import Refused
from bot.core.hours import hours_meant
from bot.core.markup import question_line
from bot.core.quiet_hours import read_hours
from bot.core.zones import SAID_UTC, UNSAID, clock_name
from bot.people.actions import HOUR_MEANT, ZONE_MEANT


@dataclass(frozen=True, slots=True)
class TypedTimes:
    """When somebody wants to be written to, as they typed it; None for what stays as it is.

    Attributes:
        zones: a time zone, or the few that may be meant.
        quiet: hours such as "10pm to 7am" or "none".
        at: an hour of the day.
    """

    zones: Sequence[ZoneInfo] | None = None
    quiet: str | None = None
    at: str | None = None


def with_times(context: Context, known: PersonSettings, typed: TypedTimes) -> PersonSettings:
    """When somebody wants to be written to; what may mean several things stays as it is.

    Raises:
        Refused: something can't be read.
    """
    if typed.zones is not None and len(typed.zones) == 1:
        known = replace(known, zone=named_zone(typed.zones[0]))
    if typed.quiet is not None:
        hours = read_hours(typed.quiet)
        if isinstance(hours, Unclear):
            raise Refused(context.say("quiet_unclear", quiet=question_line(typed.quiet)))
        known = replace(known, quiet=hours)
    if typed.at is not None:
        clocks = hours_meant(typed.at)
        if not clocks:
            raise Refused(context.say("clock_unclear", at=question_line(typed.at)))
        known = replace(known, at=clocks[0]) if len(clocks) == 1 else known
    return known


def asking_times(context: Context, typed: TypedTimes, words: str) -> Screen:
    """What is said of somebody's times, and below it what is still to be asked about them."""
    zones = typed.zones if typed.zones is not None and len(typed.zones) > 1 else ()
    hours = hours_meant(typed.at) if typed.at is not None else ()
    zone_row = [
        Button(clock_name(zone), ZONE_MEANT(context.alliance, zone.key), Style.CHOICE)
        for zone in zones
    ]
    hour_row = [_hour_button(context, hour) for hour in hours if len(hours) > 1]
    asked = [
        context.say("zone_asked") if zone_row else "",
        context.say("hour_asked", at=question_line(typed.at or "")) if hour_row else "",
    ]
    return Screen(words, *asked, rows=[zone_row, hour_row])


def _hour_button(context: Context, hour: time) -> Button:
    id_ = HOUR_MEANT(context.alliance, f"{hour:%H%M}")
    return Button(context.say("label_hour", time=hour), id_, Style.CHOICE)


def reminder_words(context: Context, settings: PersonSettings, *, changed: bool) -> str:
    """When somebody is written to."""
    hours = settings.quiet
    return context.say(
        "reminders_are",
        zone=clock_name(settings.zone),
        known=settings.known_zone is not None,
        at=settings.at,
        start=hours.start if hours else None,
        end=hours.end if hours else None,
        changed=changed,
    )


def named_zone(zone: ZoneInfo) -> ZoneInfo:
    """A zone that somebody named, told from that of those who named none."""
    return SAID_UTC if zone.key == UNSAID.key else zone


def clock_note(context: Context, settings: PersonSettings) -> str:
    """By which clock a day was read, where somebody's own isn't known; else empty."""
    if settings.known_zone is not None:
        return ""
    return context.say("clock_unknown", zone=clock_name(settings.zone))


async def _find(turn: Turn, typed: str) -> Sequence[ZoneInfo]:
    zones = turn.library.zones
    found = zones.readings(typed)
    if not found:
        near = zones.suggest(typed)
        raise Refused(turn.say("zone_unknown", zone=question_line(typed), near=near))
    return found


async def _complete(turn: Turn, typed: str) -> list[Choice]:
    """The zones that are meant, as far as that can be told, then those whose names come near."""
    zones = turn.library.zones
    meant = zones.readings(typed) if typed.strip() else ()
    first = [zone.key for zone in meant]
    names = dict.fromkeys([*first, *zones.suggest(typed, MOST_CHOICES)])
    return [Choice(name, name) for name in names]


Zones = Annotated[Sequence[ZoneInfo], Noun(_find, _complete)]
"""A time zone, or the few that may be meant."""
