"""/partner notifications: when somebody hears of opportunities."""

from __future__ import annotations

from bot.chat.flow import Scope, command
from bot.chat.screen import Screen
from bot.chat.turn import Turn
from bot.checklists.rules.records import PersonSettings
from bot.core.markup import stamp
from bot.opportunities.rules.digest import digest_due
from bot.opportunities.rules.models import Mode, Notifications
from bot.people.times import Zone, with_times


@command("partner notifications", scope=Scope.OWN)
async def notifications(
    turn: Turn,
    mode: Mode,
    hour: str | None = None,
    timezone: Zone | None = None,
    quiet: str | None = None,
) -> Screen:
    """Change when somebody hears, and say how it is now."""
    person = await turn.store.people.person(turn.alliance, turn.person)
    before = person.notifications
    known = PersonSettings(before.zone, before.hour, before.quiet)
    times = with_times(turn, known, timezone, quiet, hour)
    wanted = Notifications(mode, times.at, times.zone, times.quiet)
    await turn.store.people.set_notifications(turn.alliance, turn.person, wanted)
    words = turn.say(
        "notifications_are",
        **facts_of(wanted),
        next=stamp(digest_due(wanted, turn.now)),
        speaks=bool(person.organizations),
    )
    return Screen(words)


def facts_of(wanted: Notifications) -> dict[str, object]:
    """When somebody hears, as variables of phrases."""
    quiet = wanted.quiet
    return {
        "mode": wanted.mode.value,
        "hour": wanted.hour,
        "zone": wanted.zone.key,
        "start": quiet.start if quiet else None,
        "end": quiet.end if quiet else None,
    }
