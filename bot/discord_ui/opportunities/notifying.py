"""/partner notifications: when somebody hears of opportunities."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from discord import app_commands

from bot.core.checklists.phrases import ChecklistPhrase
from bot.core.dates import Unclear, read_clock
from bot.core.opportunities.digest import digest_due
from bot.core.opportunities.models import Mode, Notifications
from bot.core.opportunities.partner_phrases import PartnerPhrase as Words
from bot.core.quiet import read_hours, read_zone, suggest_zones
from bot.discord_ui.errors import handling
from bot.discord_ui.limits import COMMAND_OPTION_LENGTH
from bot.discord_ui.opportunities.card import stamp
from bot.discord_ui.questions import own_alliance
from bot.discord_ui.render import question_line
from bot.discord_ui.sending import Interaction, acknowledge, tell
from bot.discord_ui.services import Services
from bot.discord_ui.zones import zone_choices

if TYPE_CHECKING:
    from bot.discord_ui.client import GuideClient

Typed = app_commands.Range[str, 1, COMMAND_OPTION_LENGTH]
MODES = [app_commands.Choice(name=mode.value, value=mode.value) for mode in Mode]


def register(client: GuideClient, group: app_commands.Group) -> None:
    """Add the command."""
    services = client.services
    say, store = services.phrases.say, services.store

    @group.command(name="notifications", description=say(Words.PARTNER_NOTIFICATIONS_COMMAND))
    @app_commands.describe(
        mode=say(Words.PARTNER_MODE_OPTION),
        hour=say(Words.PARTNER_HOUR_OPTION),
        timezone=say(ChecklistPhrase.TIMEZONE_OPTION),
        quiet=say(ChecklistPhrase.QUIET_OPTION),
    )
    @app_commands.choices(mode=MODES)
    async def notifications(
        interaction: Interaction,
        mode: str,
        hour: Typed | None = None,
        timezone: Typed | None = None,
        quiet: Typed | None = None,
    ) -> None:
        async with handling(interaction):
            await acknowledge(interaction, private=True)
            alliance = await own_alliance(client, interaction)
            if alliance is None:
                return
            person = await store.person(alliance, interaction.user.id)
            before = replace(person.notifications, mode=Mode(mode))
            wanted = read_notifications(services, before, hour, timezone, quiet)
            if isinstance(wanted, str):
                await tell(interaction, wanted)
                return
            await store.set_notifications(alliance, person.person, wanted)
            client.dispatch("notices")
            due = digest_due(wanted, services.now())
            words = say(
                Words.NOTIFICATIONS_ARE,
                **facts_of(wanted),
                next=stamp(due),
                speaks=bool(person.organizations),
            )
            await tell(interaction, words)

    @notifications.autocomplete("timezone")
    async def zones(_: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return zone_choices(typed)


def read_notifications(
    services: Services, now: Notifications, hour: str | None, zone: str | None, quiet: str | None
) -> Notifications | str:
    """How it is to be from what was typed, or the words for what can't be read."""
    say = services.phrases.say
    if zone is not None:
        found = read_zone(zone)
        if found is None:
            near = suggest_zones(zone)
            return say(ChecklistPhrase.ZONE_UNKNOWN, zone=question_line(zone), near=near)
        now = replace(now, zone=found)
    if quiet is not None:
        hours = read_hours(quiet)
        if isinstance(hours, Unclear):
            return say(ChecklistPhrase.QUIET_UNCLEAR, quiet=question_line(quiet))
        now = replace(now, quiet=hours)
    if hour is not None:
        clock = read_clock(hour) or read_clock(f"{hour.strip()}:00")
        if clock is None:
            return say(ChecklistPhrase.CLOCK_UNCLEAR, at=question_line(hour))
        now = replace(now, hour=clock)
    return now


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
