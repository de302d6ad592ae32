"""Servers that the bot is taken out of: what is kept of them goes after a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.privacy.expiry import RETENTION_SECONDS, delete_departed

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient


def mind_departures(client: GuideClient) -> None:
    """Note where the bot is taken out and invited again, and delete what was kept long enough.

    An outage of Discord is no departure: discord.py tells of it by other events, and keeps the
    server among those that the bot is in.
    """
    services = client.services
    privacy = services.store.privacy

    async def removed(guild: discord.Guild) -> None:
        await privacy.bot_left(guild.id)

    async def joined(guild: discord.Guild) -> None:
        if client.is_ready():  # until then these are all servers, which `settle` looks at together
            await privacy.bot_returned(guild.id)

    async def settle() -> None:
        await client.wait_until_ready()  # before, nobody knows where it is
        present = {guild.id for guild in client.guilds}
        await delete_departed(services.store, present, services.kept_after_removal)

    client.listen("guild_remove", removed)
    client.listen("guild_join", joined)
    client.listen("guild_available", joined)  # which it is depends on what Discord says of it
    client.every(RETENTION_SECONDS, settle, name="departures")
