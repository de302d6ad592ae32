"""From a Discord message to what the decision to respond looks at."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

import discord

from bot.alliances.records import ChannelPurpose
from bot.answers.discord_forum import guide_place, is_post, with_title
from bot.answers.records import Exchange
from bot.answers.respond import Incoming, MessagePlace, Reaction, RepliesTo, decide
from bot.answers.typed_command import TypedCommand, command_in

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

_ANYONE = re.compile(r"<@[!&]?(\d+)>|@everyone|@here")


def own_mentions(message: discord.Message, client: GuideClient) -> set[str]:
    """How the bot can be mentioned in a message: itself, or the role that is its own."""
    if client.user is None:
        return set()
    names = {f"<@{client.user.id}>", f"<@!{client.user.id}>"}
    if message.guild is not None and (role := message.guild.self_role) is not None:
        names.add(f"<@&{role.id}>")
    return names


def written_text(message: discord.Message, client: GuideClient) -> str:
    """What a message says itself, without the mention of the bot."""
    text = message.content
    for mention in own_mentions(message, client):
        text = text.replace(mention, " ")
    return with_title(message, text.strip(), client.services.limits.question_characters)


def typed_command(message: discord.Message, client: GuideClient) -> TypedCommand | None:
    """The command that a message begins with, if it is one."""
    names = [spec.name for spec in client.router.flows.commands]
    return command_in(written_text(message, client), names)


def own_text(message: discord.Message, client: GuideClient) -> str:
    """What a message says itself: of a typed `/ask`, what is asked."""
    typed = typed_command(message, client)
    return (typed.question if typed else "") or written_text(message, client)


def is_automatic(message: discord.Message) -> bool:
    """Whether a bot, a webhook or Discord itself wrote a message."""
    return message.author.bot or message.webhook_id is not None or message.is_system()


def is_meant(message: discord.Message, client: GuideClient) -> bool:
    """Whether a message is surely for the bot, for all that it says by itself."""
    if is_automatic(message):
        return False
    mentions = own_mentions(message, client)
    return message.guild is None or any(mention in message.content for mention in mentions)


def asks_openly(message: discord.Message, guide_channels: Collection[int]) -> bool:
    """Whether a message asks something of nobody in particular in one of some channels."""
    channel = message.channel
    here = channel.parent_id if isinstance(channel, discord.Thread) else channel.id
    aside = message.reference is not None or message.mentions or message.role_mentions
    if here not in guide_channels or aside or is_automatic(message):
        return False
    place = MessagePlace.FORUM_POST if is_post(message) else MessagePlace.GUIDE_CHANNEL
    return decide(Incoming(message.content, place)).reaction is Reaction.ANSWER


async def read_message(
    message: discord.Message, text: str, client: GuideClient
) -> tuple[Incoming, Exchange | None]:
    """What matters of a message, and the exchange it follows up on if it does.

    Of what no person wrote nothing else matters, and nothing is looked up.
    """
    if is_automatic(message):
        return Incoming(text, MessagePlace.ELSEWHERE, automatic=True), None
    own = own_mentions(message, client)
    mentioned = [match.group() for match in _ANYONE.finditer(message.content)]
    replies_to, previous = await _replied(message, client)
    where, before = await _where(message, client)
    incoming = Incoming(
        text=text,
        where=where,
        mentions_bot=any(mention in own for mention in mentioned),
        mentions_others=any(mention not in own for mention in mentioned),
        replies_to=replies_to,
    )
    return incoming, previous or before


async def _replied(
    message: discord.Message, client: GuideClient
) -> tuple[RepliesTo, Exchange | None]:
    reference = message.reference
    if reference is None or reference.message_id is None:
        return RepliesTo.NOTHING, None
    if reference.type is not discord.MessageReferenceType.default:
        return RepliesTo.NOTHING, None
    replied = reference.resolved
    to_bot = isinstance(replied, discord.Message) and replied.author == client.user
    alliance = await _alliance(message, client)
    if alliance is not None:
        shown_in = message.channel.id if to_bot else None
        exchange = await _shown(client, alliance, reference.message_id, shown_in)
        if exchange is None and to_bot and isinstance(replied, discord.Message):
            # An earlier run of the program ended right after posting it.
            asked = replied.reference.message_id if replied.reference else None
            store = client.services.store
            exchange = await store.answers.exchange_by_source(alliance, asked) if asked else None
        if exchange is not None:
            return RepliesTo.ANSWER, exchange
    return (RepliesTo.BOT if to_bot else RepliesTo.PERSON), None


async def _shown(
    client: GuideClient, alliance: int, message: int, channel: int | None
) -> Exchange | None:
    """The exchange that a message shows, also one that is being posted to the channel just now."""
    store = client.services.store
    # One may be noted between looking for it and looking for those that are on their way.
    under_way = client.services.postings.under_way(channel) if channel is not None else ()
    exchange = await store.answers.exchange_by_answer(alliance, message)
    if exchange is None and under_way:
        for noted in under_way:
            await noted.wait()
        exchange = await store.answers.exchange_by_answer(alliance, message)
    return exchange


async def _where(
    message: discord.Message, client: GuideClient
) -> tuple[MessagePlace, Exchange | None]:
    store = client.services.store
    if message.guild is None:
        alliance = await _alliance(message, client)
        if alliance is None:
            return MessagePlace.DIRECT, None
        return MessagePlace.DIRECT, await store.answers.last_exchange_in_thread(
            alliance, message.channel.id
        )
    alliance, channel = message.guild.id, message.channel
    before = None
    if isinstance(channel, discord.Thread):
        # A thread that was opened from a message has that message's id.
        start = await _shown(client, alliance, channel.id, channel.parent_id)
        before = await store.answers.last_exchange_in_thread(alliance, channel.id) or start
        opened = client.user is not None and channel.owner_id == client.user.id
        # MessagePlace a team walks through a checklist, people talk with each other.
        walked = opened and bool(await store.checklists.runs(alliance, thread=channel.id, limit=1))
        if (opened and not walked) or start is not None:
            return MessagePlace.OWN_THREAD, before
        if not isinstance(channel.parent, discord.ForumChannel):
            return MessagePlace.ELSEWHERE, before
    guides = await store.alliances.channels(alliance, ChannelPurpose.QUESTIONS)
    parent = channel.parent_id if isinstance(channel, discord.Thread) else channel.id
    if all(known.channel != parent for known in guides):
        return MessagePlace.ELSEWHERE, before
    return guide_place(message, answered=before is not None), before


async def _alliance(message: discord.Message, client: GuideClient) -> int | None:
    if message.guild is not None:
        return message.guild.id
    found = await client.memberships.alliance(message.author.id)
    return found if isinstance(found, int) else None
