"""Questions asked by message: in guide channels, by mention, by reply, in threads, directly.

Each message is claimed once through the store, so that an event that comes twice is one question.
While it is answered it is a `Flight`: an edit changes what is answered, a deletion ends it. The
answer is one message; an edit within two minutes edits that message. A question that was claimed
waits in the store until it is answered: the next run of the program picks it up.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import discord
import stamina
import structlog

from bot.adapters.discord.draw import view_of
from bot.adapters.discord.memberships import Several, alliance_choice
from bot.adapters.discord.permissions import missing_permissions
from bot.adapters.discord.send import reply
from bot.answers.discord_incoming import (
    asks_openly,
    is_automatic,
    is_meant,
    read_message,
    text_for_bot,
)
from bot.answers.discord_pace import MessagePace
from bot.answers.discord_pickup import find_message, own_reply
from bot.answers.discord_reply import Flight, Replies
from bot.answers.find_answer import Asked
from bot.answers.records import PICKED_UP_WITHIN, Exchange, PendingQuestion
from bot.answers.respond import MessagePlace, Reaction, decide
from bot.core.alliance import NO_ALLIANCE
from bot.core.pace import Cost
from bot.database.database import StoreUnavailable

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

EDITABLE = timedelta(minutes=2)
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0
"""Seconds until what could not be answered is tried again, and then ever more rarely."""
_LOCKED = 60.0
"""Seconds for which a message waits for a database that can't be used."""
_log = structlog.get_logger()


def hear_messages(client: GuideClient) -> None:
    """Hear what people write; see `bot.adapters.discord.client` about features."""
    desk = MessageDesk(client)
    client.listen("message", desk.heard)
    client.listen("raw_message_edit", desk.edited)
    client.listen("raw_message_delete", desk.deleted)
    client.listen("alliance_chosen", desk.chosen)
    client.listen("ready", desk.pick_up)
    client.listen("resumed", desk.pick_up)
    client.every(0, desk.pick_up_later, name="pick up")


class MessageDesk:
    """Takes messages, edits and deletions, and what an earlier run of the program left."""

    def __init__(self, client: GuideClient) -> None:
        self._client = client
        self._services = client.services
        self._say = client.services.phrases.say
        self._replies = Replies(client)
        self._flights: dict[int, Flight] = {}
        self._pace = MessagePace(client.services)
        self._guide_channels: set[int] = set()
        self._left = asyncio.Event()
        self._pause = _FIRST_PAUSE

    # -- events ----------------------------------------------------------------------------------

    async def heard(self, message: discord.Message) -> None:
        """Someone wrote."""
        if self._client.stopping or message.author == self._client.user:
            return
        self._client.memberships.note(message.guild, message.author.id)
        with self._client.in_flight():
            try:
                async for attempt in stamina.retry_context(
                    on=StoreUnavailable, attempts=None, timeout=_LOCKED, wait_max=5.0
                ):
                    with attempt:
                        await self._hear(message)
            except Exception as error:
                if not (
                    is_meant(message, self._client) or asks_openly(message, self._guide_channels)
                ):
                    raise
                await self._replies.fail(message, Flight(""), error)

    async def edited(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Someone changed a message: what is being answered, was answered, or is a question now."""
        message = payload.message
        edited = message.edited_at
        if self._client.stopping or edited is None or is_automatic(message):
            return
        if edited - message.created_at > EDITABLE:
            return
        asked = self._asked(message)
        if (flight := self._flights.get(message.id)) is not None:
            flight.text = asked.text
            return
        with self._client.in_flight():
            alliance = await self._alliance(message, ask=False)
            if alliance is None:
                return
            known = await self._services.store.answers.exchange_by_source(alliance, message.id)
            if known is None:
                await self.heard(message)
                return
            stamp = f"{message.id}:edited:{edited.timestamp()}"
            if await self._services.store.alliances.claim(alliance, stamp):
                await self._revise(message, replace(asked, alliance=alliance), known)

    async def deleted(self, payload: discord.RawMessageDeleteEvent) -> None:
        """Someone deleted a message; what is being answered needs no answer any more."""
        if (flight := self._flights.get(payload.message_id)) is not None:
            flight.deleted = True

    async def chosen(self, message: discord.Message) -> None:
        """Someone chose the alliance that a direct message is for."""
        with self._client.in_flight():
            alliance = await self._alliance(message, ask=False)
            if alliance is not None:
                await self._take(message, replace(self._asked(message), alliance=alliance))

    async def pick_up(self) -> None:
        """Answer what an earlier run of the program took and did not answer."""
        if self._client.stopping:
            return
        with self._client.in_flight():
            waiting = await self._services.store.answers.pending_questions_everywhere()
            left = [one for one in waiting if one.message not in self._flights]
            for done in await asyncio.gather(*map(self._resume, left), return_exceptions=True):
                if isinstance(done, BaseException):
                    _log.error("not_picked_up", exc_info=done)
                if done is not True:
                    self._left.set()

    async def pick_up_later(self) -> None:
        """Wait until something could not be answered, and after a while answer it."""
        await self._left.wait()
        self._left.clear()
        await asyncio.sleep(self._pause)
        self._pause = min(2 * self._pause, _LONGEST_PAUSE)
        await self.pick_up()
        if not self._left.is_set():
            self._pause = _FIRST_PAUSE

    # -- what to do ------------------------------------------------------------------------------

    async def _hear(self, message: discord.Message) -> None:
        asked = self._asked(message)
        incoming, previous = await read_message(message, asked.text, self._client)
        if incoming.where in {MessagePlace.GUIDE_CHANNEL, MessagePlace.FORUM_POST}:
            self._guide_channels.add(asked.channel)
        decision = decide(incoming)
        if decision.reaction is Reaction.LEAVE or message.id in self._client.gone:
            return
        alliance = await self._alliance(message)
        if alliance is None:
            return
        asked = replace(asked, alliance=alliance)
        if decision.reaction is Reaction.GREET:
            await self._greet(message, asked)
        else:
            before = previous if decision.follow_up else None
            await self._take(message, replace(asked, previous=before))

    async def _alliance(self, message: discord.Message, *, ask: bool = True) -> int | None:
        """Whom a message is answered for; None after asking a person who has to choose."""
        if message.guild is not None:
            return message.guild.id
        found = await self._client.memberships.alliance(message.author.id)
        if not isinstance(found, Several):
            return found
        if ask:
            view = view_of(alliance_choice(self._services.phrases, found, message.id))
            await reply(message, view, f"c{message.id}")
        return None

    async def _greet(self, message: discord.Message, asked: Asked) -> None:
        claimed = await self._services.store.alliances.claim(asked.alliance, message.id)
        if (
            claimed
            and not await self._hindered(message)
            and await self._pace.admit(message, Cost.LOOKUP)
        ):
            await self._replies.say(message, self._say("courtesy"))

    async def _take(self, message: discord.Message, asked: Asked) -> None:
        """Take a message as a question, once."""
        if message.id in self._flights:
            return
        flight = self._flights[message.id] = Flight(asked.text)
        store = self._services.store
        try:
            claimed = await store.answers.claim_question(
                asked.alliance,
                message.id,
                channel=asked.channel,
                thread=asked.thread,
                person=asked.person,
                received=asked.received,
                previous=asked.previous.id if asked.previous else None,
            )
            if not claimed:
                return
            if await self._respond(message, asked, flight):
                await store.answers.drop_pending(asked.alliance, message.id)
            else:
                self._left.set()
        except Exception:
            self._left.set()
            raise
        finally:
            self._flights.pop(message.id, None)

    async def _respond(self, message: discord.Message, asked: Asked, flight: Flight) -> bool:
        """Answer a question, or say why not; False if neither could be sent."""
        if await self._hindered(message):
            return True
        if await self._pace.admit(message, Cost.QUESTION):
            return await self._replies.answer(message, asked, flight)
        return True

    async def _resume(self, left: PendingQuestion) -> bool:
        """Answer a question that was left, unless it is answered, gone, or of long ago.

        Returns:
            Whether it is dealt with.
        """
        store = self._services.store
        if left.message in self._flights:
            return False
        flight = self._flights[left.message] = Flight("")
        try:
            if self._services.now() - left.received > PICKED_UP_WITHIN:
                message = None
            else:
                message = await find_message(self._client, left)
            known = await store.answers.exchange_by_source(left.alliance, left.message)
            if message is not None and (known is None or known.answer_message is None):
                asked = replace(
                    self._asked(message), alliance=left.alliance, received=left.received
                )
                if left.previous is not None:
                    previous = await store.answers.exchange(left.alliance, left.previous)
                    asked = replace(asked, previous=previous)
                flight.text = flight.text or asked.text
                flight.shown = await own_reply(message, self._client)
                if not await self._replies.answer(message, asked, flight, known):
                    return False
            await store.answers.drop_pending(left.alliance, left.message)
            return True
        finally:
            self._flights.pop(left.message, None)

    async def _revise(self, message: discord.Message, asked: Asked, known: Exchange) -> None:
        if known.answer_message is None:
            return
        if not await self._pace.admit(message, Cost.QUESTION):
            return
        if known.previous is not None:
            previous = await self._services.store.answers.exchange(known.alliance, known.previous)
            asked = replace(asked, previous=previous)
        await self._replies.revise(message, asked, known)

    async def _hindered(self, message: discord.Message) -> bool:
        """Whether the bot may not answer here; the person is told privately."""
        channel = message.channel
        if message.guild is None or isinstance(channel, (discord.DMChannel, discord.GroupChannel)):
            return False
        has = channel.permissions_for(message.guild.me)
        missing = missing_permissions(has, in_thread=isinstance(channel, discord.Thread))
        if missing:
            await self._replies.explain_privately(message, missing)
        return bool(missing)

    def _asked(self, message: discord.Message) -> Asked:
        """What is known of a message at once; in direct messages the alliance is still to be."""
        guild, channel = message.guild, message.channel
        in_thread = isinstance(channel, discord.Thread)
        return Asked(
            alliance=guild.id if guild else NO_ALLIANCE,
            channel=channel.parent_id if isinstance(channel, discord.Thread) else channel.id,
            thread=channel.id if in_thread or guild is None else None,
            person=message.author.id,
            source=message.id,
            text=text_for_bot(message, self._client),
            received=self._services.now(),
        )
