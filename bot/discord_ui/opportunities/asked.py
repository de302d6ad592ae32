"""Questions on their way: into the thread under the post, and to whoever posted it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import discord

from bot.adapters.discord.limits import THREAD_EXISTS, THREAD_NAME, UNKNOWN_CHANNEL, UNKNOWN_MESSAGE
from bot.adapters.discord.send import with_retries
from bot.core.markup import one_line, shorten
from bot.core.outbox import Notice, NoticeKind
from bot.discord_ui.checklists.quoting import NAME, clip, quoted
from bot.discord_ui.letters import NOBODY_IN_PERSON, Composer, Letter, Undeliverable
from bot.discord_ui.opportunities.card import link_of
from bot.discord_ui.render import notice
from bot.opportunities.rules.models import Opportunity

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

_POSTED, _TOLD = 2200, 1000
"""Characters of a quoted question after escaping: in the thread, and in what the poster gets."""


def composers(client: GuideClient) -> Mapping[NoticeKind, Composer]:
    """Those who write them, by the kind of notice."""
    store, say = client.services.store, client.services.phrases.say

    async def question(due: Notice) -> Letter | None:
        if await store.opportunities.opportunity(due.alliance, due.about) is None:
            return None
        words = say("question_posted", **_asker(due), quote=_quote(due, _POSTED))

        async def place() -> discord.Thread:
            async with client.turns.at(("thread", due.alliance, due.about)):
                return await _thread(client, due)

        return Letter(NOBODY_IN_PERSON, notice(words), (), place=place)

    async def asked(due: Notice) -> Letter | None:
        found = await store.opportunities.opportunity(due.alliance, due.about)
        if found is None or due.person is None:
            return None
        words = say(
            "question_told",
            **_asker(due),
            quote=_quote(due, _TOLD),
            id=found.id,
            title=clip(found.offer.title),
            thread=link_of(found, found.thread),
        )
        return Letter(due.person, notice(words), ())

    return {NoticeKind.OPPORTUNITY_QUESTION: question, NoticeKind.OPPORTUNITY_ASKED: asked}


async def _thread(client: GuideClient, due: Notice) -> discord.Thread:
    """The thread for questions about an opportunity; opened where there is none, or none any more.

    Raises:
        Undeliverable: its post is gone, or the thread was locked.
    """
    store = client.services.store
    found = await store.opportunities.opportunity(due.alliance, due.about)
    guild = client.get_guild(due.alliance)
    channel = guild.get_channel(found.channel) if guild and found and found.channel else None
    if found is None or found.message is None or not isinstance(channel, discord.TextChannel):
        raise Undeliverable("its post is gone")
    thread = await _existing(client, found.thread) if found.thread else None
    if thread is None:
        thread = await _open(client, found, found.message, channel)
        await store.opportunities.set_question_thread(found.alliance, found.id, thread.id)
    if thread.locked and not thread.permissions_for(channel.guild.me).manage_threads:
        raise Undeliverable("its thread is locked")
    return thread


async def _open(
    client: GuideClient, found: Opportunity, message: int, channel: discord.TextChannel
) -> discord.Thread:
    title = one_line(found.offer.title)
    try:
        post = channel.get_partial_message(message)
        return await post.create_thread(name=shorten(title, THREAD_NAME))
    except discord.HTTPException as error:
        if error.code == UNKNOWN_MESSAGE:
            raise Undeliverable("its post is gone") from error
        if error.code != THREAD_EXISTS:
            raise
    known = await _existing(client, message)  # a thread has the id of its message
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


async def _existing(client: GuideClient, thread: int) -> discord.Thread | None:
    """A thread by its id; None if there is none any more."""
    channel = client.get_channel(thread)
    if channel is None:
        try:
            channel = await with_retries(lambda: client.fetch_channel(thread))
        except discord.NotFound as error:
            if error.code != UNKNOWN_CHANNEL:
                raise
    return channel if isinstance(channel, discord.Thread) else None


def _asker(due: Notice) -> dict[str, str]:
    """Who asks, as variables of phrases."""
    return {name: clip(str(due.details.get(name, "")), NAME) for name in ("name", "organization")}


def _quote(due: Notice, room: int) -> str:
    return quoted(str(due.details.get("text", "")), room)
