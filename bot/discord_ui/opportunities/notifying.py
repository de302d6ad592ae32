"""/partner notifications: when somebody hears of opportunities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands

from bot.checklists.rules.records import PersonSettings
from bot.discord_ui.errors import handling
from bot.discord_ui.limits import COMMAND_OPTION_LENGTH
from bot.discord_ui.opportunities.card import stamp
from bot.discord_ui.questions import own_alliance
from bot.discord_ui.sending import Interaction, acknowledge, tell
from bot.discord_ui.times import read_times, zone_choices
from bot.opportunities.rules.digest import digest_due
from bot.opportunities.rules.models import Mode, Notifications

if TYPE_CHECKING:
    from bot.discord_ui.client import GuideClient

Typed = app_commands.Range[str, 1, COMMAND_OPTION_LENGTH]
MODES = [app_commands.Choice(name=mode.value, value=mode.value) for mode in Mode]


def register(client: GuideClient, group: app_commands.Group) -> None:
    """Add the command."""
    services = client.services
    say, store = services.phrases.say, services.store

    @group.command(name="notifications", description=say("partner_notifications_command"))
    @app_commands.describe(
        mode=say("partner_mode_option"),
        hour=say("partner_hour_option"),
        timezone=say("timezone_option"),
        quiet=say("quiet_option"),
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
            before = person.notifications
            known = PersonSettings(before.zone, before.hour, before.quiet)
            times = read_times(
                services.phrases, services.library.zones, known, timezone, quiet, hour
            )
            if isinstance(times, str):
                await tell(interaction, times)
                return
            wanted = Notifications(Mode(mode), times.at, times.zone, times.quiet)
            await store.set_notifications(alliance, person.person, wanted)
            client.dispatch("notices")
            due = digest_due(wanted, services.now())
            words = say(
                "notifications_are",
                **facts_of(wanted),
                next=stamp(due),
                speaks=bool(person.organizations),
            )
            await tell(interaction, words)

    @notifications.autocomplete("timezone")
    async def zones(_: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return zone_choices(services.library.zones, typed)


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
