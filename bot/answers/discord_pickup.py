"""Finding what an earlier run of the program was about to answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import discord

from bot.adapters.discord.limits import HISTORY_PAGE
from bot.adapters.discord.send import with_retries
from bot.answers.discord_beside import Reading
from bot.answers.discord_incoming import own_text
from bot.answers.discord_talk import Flight
from bot.answers.records import PICKED_UP_WITHIN, PendingQuestion

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient
    from bot.answers.discord_questions import Questions


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


async def resume(
    questions: Questions, client: GuideClient, left: Sequence[PendingQuestion]
) -> bool:
    """Answer a question that was left, unless it is answered, gone, or of long ago.

    Args:
        questions: what is being answered.
        client: the connection.
        left: the messages of it that wait.

    Returns:
        Whether it is dealt with.
    """
    first, store = left[0], client.services.store
    head = first.part_of or first.message
    if head in questions.flights or any(one.message in questions.flights for one in left):
        return False
    if client.services.now() - first.received > PICKED_UP_WITHIN:
        message = None
    else:
        message = await find_message(client, replace(first, message=head))
    if message is not None:
        base = replace(questions.asked(message), alliance=first.alliance, received=first.received)
        flight = Flight(message, base, {})
        for one in left:
            questions.flights[one.message] = flight
        try:
            if not await _pick_up(questions, client, flight, left):
                return False
        finally:
            questions.end(flight)
    await store.answers.drop_pending(first.alliance, *(one.message for one in left))
    return True


async def _pick_up(
    questions: Questions, client: GuideClient, flight: Flight, left: Sequence[PendingQuestion]
) -> bool:
    """Answer a question that was left; what was answered of it stays in it."""
    answers, message = client.services.store.answers, flight.message
    known = await answers.exchange_by_source(flight.base.alliance, message.id)
    parts = [one.message for one in left if one.message != message.id]
    answered = known is not None and known.answer_message is not None
    if (answered and not parts) or await questions.hindered(message):
        return True
    previous = known.previous if known is not None else left[0].previous
    if previous is not None:
        earlier = await answers.exchange(flight.base.alliance, previous)
        flight.base = replace(flight.base, previous=earlier)
    if known is not None and answered:
        flight.readings.setdefault(message.id, Reading(known.question, settled=True))
    else:
        flight.readings.setdefault(message.id, await questions.read_again(message))
    for one in left:
        if one.message == message.id:
            continue
        part = await find_message(client, one)
        if part is not None:
            flight.readings[part.id] = Reading(own_text(part, client), settled=True)
    if known is not None and answered:
        return await questions.replies.revise(flight, known, grown=True)
    flight.shown = await own_reply(message, client)
    return await questions.replies.answer(flight, known)
