"""Finding what an earlier run of the program was about to answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.adapters.discord.limits import HISTORY_PAGE
from bot.adapters.discord.send import with_retries
from bot.answers.records import PendingQuestion

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient


async def find_message(client: GuideClient, left: PendingQuestion) -> discord.Message | None:
    """The message of a question that was left; None if it, or its channel, is gone."""
    place = left.thread or left.channel
    try:
        channel = client.get_channel(place)
        if channel is None:
            channel = await with_retries(lambda: client.fetch_channel(place))
        if not isinstance(channel, discord.abc.Messageable):
            return None
        readable = channel
        return await with_retries(lambda: readable.fetch_message(left.message))
    except (discord.NotFound, discord.Forbidden):
        return None


async def own_reply(message: discord.Message, client: GuideClient) -> discord.Message | None:
    """The bot's last reply to a message: its answer, or what stands in its place.

    A nonce keeps a message from being made twice for minutes only. Where the bot may not read the
    history, it has to do.
    """
    found = None
    try:
        async for later in message.channel.history(
            after=message, limit=HISTORY_PAGE, oldest_first=True
        ):
            reference = later.reference
            replies = reference is not None and reference.message_id == message.id
            if replies and later.author == client.user:
                found = later
    except discord.Forbidden:
        return None
    return found
