"""/partner notifications: when somebody hears of opportunities."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

from bot.chat.flow import Scope, command, handles
from bot.chat.screen import Screen
from bot.chat.turn import Turn
from bot.checklists.rules.records import PersonSettings
from bot.core.markup import stamp
from bot.core.zones import clock_name
from bot.opportunities.rules.digest import digest_due
from bot.opportunities.rules.models import Mode, Notifications
from bot.people.actions import HOUR_MEANT, ZONE_MEANT
from bot.people.times import TypedTimes, Zones, asking_times, named_zone, reminder_words, with_times


@command("partner notifications", scope=Scope.OWN)
async def notifications(
    turn: Turn,
    mode: Mode,
    hour: str | None = None,
    timezone: Zones | None = None,
    quiet: str | None = None,
) -> Screen:
    """Change when somebody hears, and say how it is now."""
    person = await turn.store.people.person(turn.alliance, turn.person)
    before = person.notifications
    known = PersonSettings(before.zone, before.hour, before.quiet)
    typed = TypedTimes(timezone, quiet, hour)
    times = with_times(turn, known, typed)
    wanted = Notifications(mode, times.at, times.zone, times.quiet)
    await turn.store.people.set_notifications(turn.alliance, turn.person, wanted)
    words = turn.say(
        "notifications_are",
        **facts_of(wanted),
        next=stamp(digest_due(wanted, turn.now)),
        speaks=bool(person.organizations),
    )
    return asking_times(turn, typed, words)


@handles(ZONE_MEANT)
async def zone_meant(turn: Turn, zone: str) -> Screen:
    """Take the zone that was meant."""
    return await _changed(turn, zone=named_zone(ZoneInfo(zone)))


@handles(HOUR_MEANT)
async def hour_meant(turn: Turn, hour: str) -> Screen:
    """Take the hour that was meant."""
    return await _changed(turn, at=time(int(hour[:2]), int(hour[2:])))


async def _changed(turn: Turn, **times: Any) -> Screen:
    settings = await turn.store.people.person_settings(turn.alliance, turn.person)
    wanted = replace(settings, **times)
    await turn.store.people.set_person_settings(turn.alliance, turn.person, wanted)
    return Screen(reminder_words(turn, wanted, changed=True))


def facts_of(wanted: Notifications) -> dict[str, object]:
    """When somebody hears, as variables of phrases."""
    quiet = wanted.quiet
    return {
        "mode": wanted.mode.value,
        "hour": wanted.hour,
        "zone": clock_name(wanted.zone),
        "start": quiet.start if quiet else None,
        "end": quiet.end if quiet else None,
    }
