"""Who left a server is out of its directory, and back in it with whatever they do there again.

Discord doesn't tell: it is found out where something is to be delivered to them, and by looking
for all who speak for a partner now and then.
"""

from __future__ import annotations

import contextlib
import itertools
from typing import TYPE_CHECKING

import discord
import structlog

from bot.adapters.discord.limits import UNKNOWN_MEMBER
from bot.adapters.discord.send import Interaction
from bot.database.database import StoreUnavailable

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

_LOOKED_EVERY = 6 * 3600
"""Seconds."""
_log = structlog.get_logger()


def mind_presence(client: GuideClient) -> None:
    """Note who left, and who is back."""
    rounds = itertools.count()

    async def acted(interaction: Interaction) -> None:
        if interaction.guild_id is not None:
            await _mark_back(client, interaction.guild_id, interaction.user.id)

    async def wrote(message: discord.Message) -> None:
        if message.guild is not None and not message.author.bot:
            await _mark_back(client, message.guild.id, message.author.id)

    async def look() -> None:
        if next(rounds):  # not at each start
            await look_who_left(client)

    client.listen("interaction", acted)
    client.listen("message", wrote)
    client.every(_LOOKED_EVERY, look, name="look who left")


async def look_who_left(client: GuideClient) -> None:
    """Ask each server for those who speak for a partner there, one after the other."""
    people = client.services.store.people
    for guild in client.guilds:
        for person in await people.speakers(guild.id):
            try:
                await guild.fetch_member(person)
            except discord.NotFound as error:
                if error.code == UNKNOWN_MEMBER:
                    await people.mark_away(guild.id, person)
            except discord.HTTPException as error:
                _log.warning("membership_unknown", status=error.status, code=error.code)


async def _mark_back(client: GuideClient, alliance: int, person: int) -> None:
    with client.in_flight(), contextlib.suppress(StoreUnavailable):  # the next time will do
        await client.services.store.people.mark_back(alliance, person)
