"""/privacy: a person's data as a file, and its end; and the end of what was kept long enough.

In a server both are about this alliance, in direct messages about everything.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Self

import discord
import structlog
from discord import app_commands, ui

from bot.adapters.discord.errors import handling
from bot.adapters.discord.send import Interaction, acknowledge, fill, tell
from bot.chat.services import Services
from bot.core.phrases import Phrases
from bot.discord_ui.files import give_file
from bot.discord_ui.render import notice
from bot.discord_ui.views import view_of
from bot.privacy.records import Forgotten

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

RETENTION_SECONDS = 24 * 3600.0
"""How often what expired is deleted; the first time at the start."""

_log = structlog.get_logger()


def register(client: GuideClient) -> None:
    """Add /privacy, its button, and the daily deletion."""
    say = client.services.phrases.say
    services = client.services
    client.add_dynamic_items(DeleteMyData)
    client.every(RETENTION_SECONDS, lambda: delete_expired(services), name="retention")
    group = app_commands.Group(name="privacy", description=say("privacy_command"))
    client.tree.add_command(group)

    @group.command(name="export", description=say("privacy_export_command"))
    async def export(interaction: Interaction) -> None:
        async with handling(interaction):
            await acknowledge(interaction, private=True)
            alliance, person = interaction.guild_id, interaction.user.id
            if alliance is None:
                content = await services.store.privacy.export_person_everywhere(person)
                days = 0
            else:
                content = await services.store.privacy.export_person(alliance, person)
                days = (await services.store.alliances.settings(alliance)).retention_days
            words = say("privacy_exported", everywhere=alliance is None, days=days)
            await give_file(interaction, content, "my-data.json", words)

    @group.command(name="forget", description=say("privacy_forget_command"))
    async def forget(interaction: Interaction) -> None:
        async with handling(interaction):
            await acknowledge(interaction, private=True)
            everywhere = interaction.guild_id is None
            page = notice(say("privacy_ask", everywhere=everywhere))
            key = (interaction.guild_id or 0, interaction.user.id)
            await fill(interaction, view_of(page, [DeleteMyData.of(services.phrases, key)]))


async def delete_expired(services: Services) -> None:
    """Delete what each alliance kept for as long as its retention says."""
    purged = await services.store.privacy.purge_all_expired()
    _log.info("retention", exchanges=purged.exchanges, feedback=purged.feedback, notes=purged.notes)


class DeleteMyData(
    ui.DynamicItem[ui.Button[Any]], template=r"p:forget:(?P<alliance>\d+):(?P<person>\d+)"
):
    """Deletes what is held about the person who asked; alliance 0 stands for all of them."""

    def __init__(self, key: tuple[int, int], label: str = "delete") -> None:
        self.key = key
        style = discord.ButtonStyle.danger
        custom_id = f"p:forget:{key[0]}:{key[1]}"
        super().__init__(ui.Button(label=label, style=style, custom_id=custom_id))

    @classmethod
    def of(cls, phrases: Phrases, key: tuple[int, int]) -> Self:
        """The button with its label."""
        return cls(key, phrases.say("label_forget"))

    @classmethod
    async def from_custom_id(
        cls, _: Interaction, __: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that was pressed."""
        return cls((int(match["alliance"]), int(match["person"])))

    async def callback(self, interaction: Interaction) -> Any:
        """Delete, and tell what was."""
        services: Services = interaction.client.services
        say = services.phrases.say
        alliance, person = self.key
        async with handling(interaction):
            await acknowledge(interaction, private=True)
            if person != interaction.user.id or alliance != (interaction.guild_id or 0):
                await tell(interaction, say("stale_button"))
                return
            if alliance:
                gone = await services.store.privacy.forget_person(alliance, person)
            else:
                gone = await services.store.privacy.forget_person_everywhere(person)
            if gone == Forgotten():
                await tell(interaction, say("privacy_nothing"))
            else:
                everywhere = alliance == 0
                await tell(interaction, say("privacy_forgotten", everywhere=everywhere, gone=gone))
