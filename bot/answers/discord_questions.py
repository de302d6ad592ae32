"""Questions by message from when they are taken, once, until they are answered.

A message is claimed through the store, so that an event that comes twice is one question; what
belongs to a question is claimed as a part of it. Both wait in the store until the question is
answered: the next run of the program picks them up, together.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import discord

from bot.adapters.discord.permissions import missing_permissions
from bot.answers.discord_beside import Reading, Surroundings
from bot.answers.discord_incoming import own_text, read_message
from bot.answers.discord_pace import MessagePace
from bot.answers.discord_reply import Replies, typing_in
from bot.answers.discord_talk import Flight, Talks
from bot.answers.find_answer import Asked
from bot.answers.records import Exchange
from bot.core.alliance import NO_ALLIANCE
from bot.core.pace import Cost

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

Work = Callable[[], Awaitable[None]]


class Questions:
    """Takes questions and sees to it that they are answered.

    Attributes:
        flights: those that are being answered, by each of their messages.
        left: set where one could not be answered now.
    """

    def __init__(self, client: GuideClient) -> None:
        self.flights: dict[int, Flight] = {}
        self.left = asyncio.Event()
        self.talks = Talks()
        self.replies = Replies(client)
        self.surroundings = Surroundings(client)
        self.pace = MessagePace(client.services)
        self._client = client
        self._services = client.services

    def asked(self, message: discord.Message) -> Asked:
        """What is known of a message at once; in direct messages the alliance is still to be."""
        guild, channel = message.guild, message.channel
        in_thread = isinstance(channel, discord.Thread)
        return Asked(
            alliance=guild.id if guild else NO_ALLIANCE,
            channel=channel.parent_id if isinstance(channel, discord.Thread) else channel.id,
            thread=channel.id if in_thread or guild is None else None,
            person=message.author.id,
            source=message.id,
            text="",
            received=self._services.now(),
        )

    # -- taking ----------------------------------------------------------------------------------

    async def take(
        self,
        message: discord.Message,
        asked: Asked,
        read: Callable[[], Awaitable[Reading]],
        before: Mapping[int, Reading],
    ) -> Work | None:
        """Take a message as a question, once; what then answers it, or None.

        Args:
            message: the question.
            asked: what is known of it.
            read: finds out what it says, once it is surely not lost.
            before: what the same person wrote right before, which belongs to it if it leans on that.
        """
        if message.id in self.flights:
            return None
        flight = Flight(message, asked, {message.id: Reading(own_text(message, self._client))})
        self.flights[message.id] = flight
        try:
            if not await self._claim(asked, message.id):
                self.end(flight)
                return None
            unread = flight.readings[message.id]
            async with typing_in(message.channel):
                reading = await read()
            if flight.readings[message.id] is unread:  # it was not edited meanwhile
                flight.read(message.id, reading)
            for part, said in before.items() if reading.leans else ():
                await self._claim(asked, part, of=message.id)
                flight.read(part, said)
        except Exception:
            self.end(flight)
            self.left.set()
            raise
        self.talks.taken(message, flight)
        return partial(self._see_through, flight)

    async def grow(self, message: discord.Message, flight: Flight, reading: Reading) -> Work | None:
        """Take a message as a part of a question, once; what then answers it, or None."""
        asked = flight.base
        if not await self._claim(asked, message.id, of=flight.message.id):
            return None
        flight.read(message.id, reading)
        self.talks.taken(message, flight)
        if not flight.over:
            self.flights[message.id] = flight
            return None
        return partial(self._catch_up, message, flight)

    async def can_grow(self, flight: Flight) -> bool:
        """Whether a question is still being answered, or its answer is there to be revised."""
        if flight.deleted:
            return False
        if not flight.over:
            return True
        if flight.error is not None or (known := await self._known(flight)) is None:
            return False
        return known.outcome.record.get("about_bot") is None  # else that is answered

    async def revise(self, message: discord.Message, flight: Flight) -> None:
        """Answer an edited question anew."""
        known = await self._known(flight)
        if known is None or not await self.pace.admit(message, Cost.QUESTION):
            return
        if known.previous is not None and flight.base.previous is None:
            previous = await self._services.store.answers.exchange(known.alliance, known.previous)
            flight.base = replace(flight.base, previous=previous)
        await self.replies.revise(flight, known)

    async def _see_through(self, flight: Flight) -> None:
        """Answer a question that was taken."""
        store, message = self._services.store, flight.message
        try:
            done = await self._respond(flight)
        except Exception:
            self.left.set()
            raise
        finally:
            self.end(flight)
        if flight.refused:
            self.talks.expect(message)
        if done:
            await store.answers.drop_pending(flight.base.alliance, *flight.readings, message.id)
        else:
            self.left.set()

    async def _catch_up(self, message: discord.Message, flight: Flight) -> None:
        """Answer anew what grew after it was answered."""
        known = await self._known(flight)
        done = True
        if known is not None and await self.pace.admit(message, Cost.QUESTION):
            done = await self.replies.revise(flight, known, grown=True)
        if done:
            await self._services.store.answers.drop_pending(flight.base.alliance, message.id)
        else:
            self.left.set()

    async def _respond(self, flight: Flight) -> bool:
        """Answer a question, or say why not; False if neither could be sent."""
        if await self.hindered(flight.message):
            return True
        if await self.pace.admit(flight.message, Cost.QUESTION):
            return await self.replies.answer(flight)
        return True

    def nothing_comes(self, message: discord.Message) -> None:
        """A message was written a while ago: nothing more belongs to it."""
        if (flight := self.flights.get(message.id)) is not None:
            flight.read(message.id, replace(flight.readings[message.id], settled=True))

    async def _claim(self, asked: Asked, message: int, *, of: int | None = None) -> bool:
        return await self._services.store.answers.claim_question(
            asked.alliance,
            message,
            channel=asked.channel,
            thread=asked.thread,
            person=asked.person,
            received=asked.received,
            previous=asked.previous.id if asked.previous else None,
            part_of=of,
        )

    async def _known(self, flight: Flight) -> Exchange | None:
        """The answer of a question, where it stands somewhere."""
        answers = self._services.store.answers
        known = await answers.exchange_by_source(flight.base.alliance, flight.message.id)
        return known if known is not None and known.answer_message is not None else None

    def end(self, flight: Flight) -> None:
        """A question is dealt with for now."""
        flight.over = True
        for part in [part for part, one in self.flights.items() if one is flight]:
            del self.flights[part]

    async def hindered(self, message: discord.Message) -> bool:
        """Whether the bot may not answer here; the person is told privately."""
        channel = message.channel
        if message.guild is None or isinstance(channel, (discord.DMChannel, discord.GroupChannel)):
            return False
        has = channel.permissions_for(message.guild.me)
        missing = missing_permissions(has, in_thread=isinstance(channel, discord.Thread))
        if missing:
            await self.replies.explain_privately(message, missing)
        return bool(missing)

    async def reread(self, message: discord.Message) -> Flight | None:
        """Read an edited message of a question that is still known; None if it is of none."""
        flight = self.flights.get(message.id) or self.talks.flight_of(message.id)
        if flight is None:
            return None
        before = flight.readings.get(message.id)
        if before is None or before.settled or message.attachments:
            reading = await self.read_again(message)
        else:  # at once: its answer may be about to be posted
            reading = replace(before, text=own_text(message, self._client))
        flight.read(message.id, reading)
        return flight

    async def read_again(self, message: discord.Message) -> Reading:
        """Read a message that was taken as a question, as it is by now."""
        incoming, _ = await read_message(message, own_text(message, self._client), self._client)
        reading = await self.surroundings.read(message, incoming)
        return replace(reading, settled=True)
