"""Whom a command is about, for what isn't a flow yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.adapters.discord import draw
from bot.adapters.discord.memberships import Several, alliance_choice
from bot.adapters.discord.send import Interaction, fill, tell
from bot.core.alliance import NO_ALLIANCE

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient


async def alliance_for(
    client: GuideClient, interaction: Interaction, named: str | None
) -> int | None:
    """Whom a command is about; None after telling the person what is wrong."""
    say = client.services.phrases.say
    if interaction.guild_id is not None:
        if named is not None:
            await tell(interaction, say("only_here_alliance"))
            return None
        return interaction.guild_id
    person = interaction.user.id
    if named is not None:
        guilds = await client.memberships.of(person)
        for guild in guilds:
            if named.strip().casefold() in {str(guild.id), guild.name.casefold()}:
                return guild.id
        await tell(interaction, say("only_here_alliance"))
        return None
    found = await client.memberships.alliance(person)
    if not isinstance(found, Several):
        return found
    await fill(interaction, draw.view_of(alliance_choice(client.services.phrases, found, 0)))
    return None


async def own_alliance(client: GuideClient, interaction: Interaction) -> int | None:
    """As `alliance_for`, for what only an alliance has: someone who is in none is told so."""
    alliance = await alliance_for(client, interaction, None)
    if alliance == NO_ALLIANCE:
        await tell(interaction, client.services.phrases.say("in_no_alliance"))
        return None
    return alliance
