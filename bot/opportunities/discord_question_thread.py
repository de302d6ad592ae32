"""The thread for questions under a post on Discord: found, or opened where there is none."""

from __future__ import annotations

import discord

from bot.adapters.discord.context import DiscordContext
from bot.adapters.discord.limits import THREAD_EXISTS, THREAD_NAME, UNKNOWN_CHANNEL, UNKNOWN_MESSAGE
from bot.adapters.discord.send import with_retries
from bot.chat.letters import NOBODY_IN_PERSON, Letter, Undeliverable, letter_of
from bot.chat.screen import Screen
from bot.core.markup import one_line, shorten
from bot.core.outbox import Notice, NoticeKind
from bot.opportunities.question import asked_in
from bot.opportunities.rules.models import Opportunity


@letter_of(NoticeKind.OPPORTUNITY_QUESTION)
async def question_letter(context: DiscordContext, notice: Notice) -> Letter | None:
    """A question, in the thread under the post."""
    if await context.store.opportunities.opportunity(context.alliance, notice.about) is None:
        return None

    async def place() -> int:
        async with context.alone(("thread", context.alliance, notice.about)):
            return (await _thread(context, notice.about)).id

    words = context.say("question_posted", **asked_in(notice))
    return Letter(NOBODY_IN_PERSON, Screen(words), place=place)


async def _thread(context: DiscordContext, opportunity: int) -> discord.Thread:
    """The thread for questions about an opportunity; opened where there is none, or none any more.

    Raises:
        Undeliverable: its post is gone, or the thread was locked.
    """
    store, client = context.store.opportunities, context.client
    found = await store.opportunity(context.alliance, opportunity)
    guild = client.get_guild(context.alliance)
    channel = guild.get_channel(found.channel) if guild and found and found.channel else None
    if found is None or found.message is None or not isinstance(channel, discord.TextChannel):
        raise Undeliverable("its post is gone")
    thread = await _existing(client, found.thread) if found.thread else None
    if thread is None:
        thread = await _open(context, found, found.message, channel)
        await store.set_question_thread(found.alliance, found.id, thread.id)
    if thread.locked and not thread.permissions_for(channel.guild.me).manage_threads:
        raise Undeliverable("its thread is locked")
    return thread


async def _open(
    context: DiscordContext, found: Opportunity, message: int, channel: discord.TextChannel
) -> discord.Thread:
    title = one_line(found.offer.title)
    # A thread has the id of its message; this one was opened right before the program ended.
    if (opened := channel.get_thread(message)) is not None:
        return opened
    try:
        post = channel.get_partial_message(message)
        return await post.create_thread(name=shorten(title, THREAD_NAME))
    except discord.HTTPException as error:
        if error.code == UNKNOWN_MESSAGE:
            await context.store.posts.posts_gone(context.alliance, (message,))
            raise Undeliverable("its post is gone") from error
        if error.code != THREAD_EXISTS:
            raise
    known = await _existing(context.client, message)
    if known is not None:
        return known
    # It was deleted, and Discord opens no second one there: one beside it, unless that was done.
    name = f"#{found.id} "
    for thread in channel.threads:
        if thread.owner_id == channel.guild.me.id and thread.name.startswith(name):
            return thread
    return await channel.create_thread(
        name=shorten(name + title, THREAD_NAME), type=discord.ChannelType.public_thread
    )


async def _existing(client: discord.Client, thread: int) -> discord.Thread | None:
    """A thread by its id; None if there is none any more."""
    channel = client.get_channel(thread)
    if channel is None:
        try:
            channel = await with_retries(lambda: client.fetch_channel(thread))
        except discord.NotFound as error:
            if error.code != UNKNOWN_CHANNEL:
                raise
    return channel if isinstance(channel, discord.Thread) else None
