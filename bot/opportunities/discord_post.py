"""The post in its channel on Discord shows what is so now."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import discord
import structlog

from bot.adapters.discord.context import DiscordContext
from bot.adapters.discord.draw import view_of
from bot.adapters.discord.limits import (
    MISSING_ACCESS,
    MISSING_PERMISSIONS,
    UNKNOWN_CHANNEL,
    UNKNOWN_MESSAGE,
)
from bot.adapters.discord.send import missing_of, replace
from bot.alliances.records import ChannelPurpose
from bot.chat.letters import work_of
from bot.chat.screen import Screen
from bot.core.markup import clip
from bot.core.outbox import Notice, NoticeKind
from bot.opportunities.card_screen import post_screen
from bot.opportunities.rules.replies import counts

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

_GONE, _HIDDEN = {UNKNOWN_MESSAGE, UNKNOWN_CHANNEL}, {MISSING_ACCESS, MISSING_PERMISSIONS}
_log = structlog.get_logger()


@work_of(NoticeKind.OPPORTUNITY_REFRESH)
async def refresh(context: DiscordContext, notice: Notice) -> None:
    """Show a post anew; one that is gone is left alone."""
    store = context.store.opportunities
    # What was read later must also be shown later.
    async with context.alone(("refresh", context.alliance, notice.about)):
        found = await store.opportunity(context.alliance, notice.about)
        if found is None or found.message is None or found.channel is None:
            return
        answers = await store.answers(found.alliance, found.id)
        view = view_of(post_screen(context, found, counts(answers)))
        channel = context.client.get_partial_messageable(found.channel, guild_id=found.alliance)
        try:
            await replace(channel.get_partial_message(found.message), view)
        except discord.HTTPException as error:
            if error.code not in {*_GONE, *_HIDDEN}:
                raise
            _log.info("post_gone", opportunity=found.id, code=error.code)
            if error.code in _GONE:
                await context.store.posts.posts_gone(found.alliance, (found.message,))


@work_of(NoticeKind.OPPORTUNITY_LEFT)
async def lead_on(context: DiscordContext, notice: Notice) -> None:
    """What stands where an opportunity was posted before leads to where it is now."""
    found = await context.store.opportunities.opportunity(context.alliance, notice.about)
    if found is None or notice.channel is None:
        return
    title, channel = clip(found.offer.title), f"<#{notice.details['to']}>"
    words = context.say("post_moved", id=found.id, title=title, channel=channel)
    place = context.client.get_partial_messageable(notice.channel, guild_id=found.alliance)
    message = place.get_partial_message(int(str(notice.details["message"])))
    with contextlib.suppress(discord.NotFound, discord.Forbidden):
        await replace(message, view_of(Screen(words)))


def mind_posts(client: GuideClient) -> None:
    """Note posts that are deleted, also those that were while the bot was off."""
    posts = client.services.store.posts

    async def deleted(payload: discord.RawMessageDeleteEvent) -> None:
        if payload.guild_id is not None:
            await posts.posts_gone(payload.guild_id, {payload.message_id})

    async def swept(payload: discord.RawBulkMessageDeleteEvent) -> None:
        if payload.guild_id is not None:
            await posts.posts_gone(payload.guild_id, payload.message_ids)

    async def thread_deleted(payload: discord.RawThreadDeleteEvent) -> None:
        await posts.thread_gone(payload.guild_id, payload.thread_id)

    async def look() -> None:
        with client.in_flight():
            for guild in client.guilds:
                if not guild.unavailable:
                    await _look_for_posts(client, guild)

    client.listen("raw_message_delete", deleted)
    client.listen("raw_bulk_message_delete", swept)
    client.listen("raw_thread_delete", thread_deleted)
    client.listen("ready", look)


async def _look_for_posts(client: GuideClient, guild: discord.Guild) -> None:
    """Find posts of a server that are gone: with their channel, or among its last messages."""
    store = client.services.store
    used = await store.alliances.channels(guild.id, ChannelPurpose.OPPORTUNITIES)
    standing: dict[int, set[int]] = {place.channel: set() for place in used}
    for one in await store.opportunities.opportunities(guild.id):
        if one.channel is not None:
            messages = standing.setdefault(one.channel, set())
            messages.update(() if one.message is None else (one.message,))
    for place, messages in standing.items():
        channel = guild.get_channel(place)
        if channel is None:
            await store.posts.channel_gone(guild.id, place)
        elif isinstance(channel, discord.TextChannel):
            await store.posts.posts_gone(guild.id, await missing_of(channel, messages))
