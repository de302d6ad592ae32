"""/guide retention: how long an alliance keeps questions and answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands

from bot.adapters.discord.errors import handling
from bot.adapters.discord.send import Interaction, tell
from bot.alliances.records import LONGEST_RETENTION_DAYS
from bot.discord_ui.gate import steward_here

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient


def register(client: GuideClient, group: app_commands.Group) -> None:
    """Add the command."""
    say = client.services.phrases.say
    store = client.services.store

    @group.command(name="retention", description=say("guide_retention_command"))
    @app_commands.describe(days=say("guide_days_option"))
    async def retention(
        interaction: Interaction,
        days: app_commands.Range[int, 1, LONGEST_RETENTION_DAYS] | None = None,
    ) -> None:
        async with handling(interaction):
            if not await steward_here(interaction):
                return
            alliance = interaction.guild_id or 0
            before = (await store.alliances.settings(alliance)).retention_days
            kept = before if days is None else days
            if kept != before:
                await store.alliances.change_settings(alliance, retention_days=kept)
            changed = before if kept != before else 0
            await tell(interaction, say("retention_is", days=kept, before=changed))
