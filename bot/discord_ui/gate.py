"""Who is a steward, and answering in the place of a menu or page that was used."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import discord

from bot.adapters.discord.errors import explain, words_for
from bot.adapters.discord.limits import ALREADY_ACKNOWLEDGED
from bot.adapters.discord.send import (
    ACKNOWLEDGED_WITHIN,
    NOBODY,
    Interaction,
    Repeated,
    acknowledge,
    take,
    tell,
    with_retries,
)

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient


async def is_steward(interaction: Interaction) -> bool:
    """Whether someone may manage the server, or has the steward role of its alliance."""
    person = interaction.user
    if interaction.guild_id is None or not isinstance(person, discord.Member):
        return False
    if interaction.permissions.manage_guild:
        return True
    settings = await interaction.client.services.store.alliances.settings(interaction.guild_id)
    return settings.steward_role is not None and person.get_role(settings.steward_role) is not None


async def steward_here(interaction: Interaction) -> bool:
    """Acknowledge privately; False after telling someone that this is for stewards."""
    await acknowledge(interaction, private=True)
    if await is_steward(interaction):
        return True
    await tell(interaction, interaction.client.services.phrases.say("stewards_only"))
    return False


async def refuse(interaction: Interaction, words: str) -> None:
    """Tell someone something privately where nothing was acknowledged."""
    await acknowledge(interaction, private=True)
    await tell(interaction, words)


@asynccontextmanager
async def updating(interaction: Interaction) -> AsyncIterator[None]:
    """Handle a button or menu whose own message is changed; what goes wrong is told beside it."""
    client: GuideClient = interaction.client
    with client.in_flight():
        try:
            take(interaction)
            await acknowledge_update(interaction)
            yield
        except Repeated:
            raise  # what is inside must not run; `handling` around it ends quietly
        except Exception as error:  # noqa: BLE001  (the ladder of bot.adapters.discord.errors)
            await explain_beside(interaction, error)


async def whisper_beside(interaction: Interaction, words: str) -> None:
    """Tell someone something in a private message of its own."""
    await interaction.followup.send(words, ephemeral=True, allowed_mentions=NOBODY)


async def acknowledge_update(interaction: Interaction) -> None:
    """Tell Discord that the message of a button, menu or form will change."""

    async def defer() -> None:
        if interaction.response.is_done():
            return
        try:
            await interaction.response.defer()
        except discord.HTTPException as error:
            if error.code != ALREADY_ACKNOWLEDGED:
                raise

    await with_retries(defer, seconds=ACKNOWLEDGED_WITHIN)


async def explain_beside(interaction: Interaction, error: Exception) -> None:
    """Tell a person what went wrong in a private message of its own."""
    phrases = interaction.client.services.phrases
    if not interaction.response.is_done():
        await explain(interaction, error, phrases)
    elif (words := words_for(error, phrases)) is not None:
        await whisper_beside(interaction, words)
