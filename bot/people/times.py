"""Time zones, quiet hours and hours of the day that people type: reading and completing them."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated
from zoneinfo import ZoneInfo

from bot.chat.find import MOST_CHOICES, Choice, Noun
from bot.chat.turn import Context, Turn
from bot.checklists.rules.records import PersonSettings
from bot.core.dates import Unclear, read_clock
from bot.core.errors import Refused
from bot.core.markup import question_line
from bot.core.quiet_hours import read_hours


def with_times(
    context: Context,
    known: PersonSettings,
    zone: ZoneInfo | None,
    quiet: str | None,
    at: str | None,
) -> PersonSettings:
    """When somebody wants to be written to.

    Args:
        context: has the words.
        known: how it is; what is None below stays so.
        zone: a time zone.
        quiet: hours as typed, such as "10pm to 7am" or "none".
        at: an hour of the day as typed.

    Raises:
        Refused: something can't be read.
    """
    if zone is not None:
        known = replace(known, zone=zone)
    if quiet is not None:
        hours = read_hours(quiet)
        if isinstance(hours, Unclear):
            raise Refused(context.say("quiet_unclear", quiet=question_line(quiet)))
        known = replace(known, quiet=hours)
    if at is not None:
        clock = read_clock(at) or read_clock(f"{at.strip()}:00")
        if clock is None:
            raise Refused(context.say("clock_unclear", at=question_line(at)))
        known = replace(known, at=clock)
    return known


async def _find(turn: Turn, typed: str) -> ZoneInfo:
    zones = turn.library.zones
    zone = zones.read(typed)
    if zone is None:
        near = zones.suggest(typed)
        raise Refused(turn.say("zone_unknown", zone=question_line(typed), near=near))
    return zone


async def _complete(turn: Turn, typed: str) -> list[Choice]:
    """The zone that is meant, as far as that can be told, then those whose names come near."""
    zones = turn.library.zones
    meant = zones.read(typed) if typed.strip() else None
    first = [meant.key] if meant else []
    names = dict.fromkeys([*first, *zones.suggest(typed, MOST_CHOICES)])
    return [Choice(name, name) for name in names]


Zone = Annotated[ZoneInfo, Noun(_find, _complete)]
"""A time zone."""
