"""Time zones, quiet hours and hours of the day that people type: reading and completing them."""

from __future__ import annotations

from dataclasses import replace

from discord import app_commands

from bot.adapters.discord.limits import CHOICES
from bot.checklists.rules.records import PersonSettings
from bot.core.dates import Unclear, read_clock
from bot.core.phrases import Phrases
from bot.core.quiet_hours import read_hours
from bot.core.zones import Zones
from bot.discord_ui.render import question_line


def zone_choices(zones: Zones, typed: str) -> list[app_commands.Choice[str]]:
    """The zone that is meant, as far as that can be told, then those whose names come near."""
    meant = zones.read(typed) if typed.strip() else None
    names = dict.fromkeys([*([meant.key] if meant else []), *zones.suggest(typed, CHOICES)])
    return [app_commands.Choice(name=name, value=name) for name in list(names)[:CHOICES]]


def read_times(
    phrases: Phrases,
    zones: Zones,
    now: PersonSettings,
    zone: str | None,
    quiet: str | None,
    at: str | None,
) -> PersonSettings | str:
    """When somebody wants to be written to, or the words for what can't be read.

    Args:
        phrases: has the words.
        zones: has the time zones.
        now: how it is; what is None below stays so.
        zone: a time zone as typed.
        quiet: hours as typed, such as "10pm to 7am" or "none".
        at: an hour of the day as typed.
    """
    say = phrases.say
    if zone is not None:
        found = zones.read(zone)
        if found is None:
            return say("zone_unknown", zone=question_line(zone), near=zones.suggest(zone))
        now = replace(now, zone=found)
    if quiet is not None:
        hours = read_hours(quiet)
        if isinstance(hours, Unclear):
            return say("quiet_unclear", quiet=question_line(quiet))
        now = replace(now, quiet=hours)
    if at is not None:
        clock = read_clock(at) or read_clock(f"{at.strip()}:00")
        if clock is None:
            return say("clock_unclear", at=question_line(at))
        now = replace(now, at=clock)
    return now
