"""Questions asked by message: in guide channels, by mention, by reply, in threads, directly.

What becomes of a question is in `bot.answers.discord_questions`. While it is answered it is a
`Flight`: an edit changes what is answered, another message may become a part of it, a deletion ends
it. The answer is one message; an edit within two minutes edits that message.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

import discord
import stamina
import structlog

from bot.adapters.discord.draw import view_of
from bot.adapters.discord.memberships import Several, alliance_choice
from bot.adapters.discord.send import reply
from bot.answers.cited_source import source_wished
from bot.answers.discord_beside import Reading, forwarded
from bot.answers.discord_incoming import (
    asks_openly,
    is_automatic,
    is_meant,
    own_text,
    read_message,
)
from bot.answers.discord_questions import Questions, Work
from bot.answers.discord_talk import Flight
from bot.answers.find_answer import Asked
from bot.answers.own_words import as_one_text, goes_on
from bot.answers.records import Exchange, PendingQuestion
from bot.answers.respond import (
    Decision,
    Incoming,
    MessagePlace,
    Reaction,
    decide,
    is_addressed,
    is_aside,
    is_command,
    is_courtesy,
    is_question,
    listens,
)
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
        self._questions = Questions(client)
        self._talks = self._questions.talks
        self._guide_channels: set[int] = set()
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
                await self._questions.replies.fail(message, error)

    async def edited(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Someone changed a message: what is being answered, was answered, or is a question now."""
        message = payload.message
        edited = message.edited_at
        if self._client.stopping or edited is None or is_automatic(message):
            return
        if edited - message.created_at > EDITABLE:
            return
        flight = self._questions.flights.get(message.id) or self._talks.flight_of(message.id)
        with self._client.in_flight():
            if flight is not None:
                before = flight.readings.get(message.id)
                plain = before is None or not (before.settled or message.attachments)
                reading = (
                    Reading(
                        own_text(message, self._client), leans=before.leans if before else False
                    )
                    if plain
                    else await self._questions.read_again(message)
                )
                flight.read(message.id, reading)
                if not flight.over:
                    return
            alliance = await self._alliance(message, ask=False)
            if alliance is None:
                return
            asked = replace(self._questions.asked(message), alliance=alliance)
            head = flight.message.id if flight is not None else message.id
            if await self._services.store.answers.exchange_by_source(alliance, head) is None:
                await self.heard(message)
                return
            if flight is None:
                reading = await self._questions.read_again(message)
                flight = Flight(message, asked, {message.id: reading})
            stamp = f"{message.id}:edited:{edited.timestamp()}"
            if await self._services.store.alliances.claim(alliance, stamp):
                await self._questions.revise(message, flight)

    async def deleted(self, payload: discord.RawMessageDeleteEvent) -> None:
        """Someone deleted a message; what is being answered needs no answer any more."""
        if (flight := self._questions.flights.get(payload.message_id)) is not None:
            flight.drop(payload.message_id)

    async def chosen(self, message: discord.Message) -> None:
        """Someone chose the alliance that a direct message is for."""
        with self._client.in_flight():
            alliance = await self._alliance(message, ask=False)
            if alliance is not None:
                asked = replace(self._questions.asked(message), alliance=alliance)
                read = partial(self._questions.read_again, message)
                if work := await self._questions.take(message, asked, read, {}):
                    await work()

    async def pick_up(self) -> None:
        """Answer what an earlier run of the program took and did not answer."""
        if self._client.stopping:
            return

        def question(one: PendingQuestion) -> tuple[int, int]:
            return one.alliance, one.part_of or one.message

        with self._client.in_flight():
            waiting = await self._services.store.answers.pending_questions_everywhere()
            flights = self._questions.flights
            left = sorted((one for one in waiting if one.message not in flights), key=question)
            groups = [list(group) for _, group in groupby(left, question)]
            resumed = map(self._questions.resume, groups)
            for done in await asyncio.gather(*resumed, return_exceptions=True):
                if isinstance(done, BaseException):
                    _log.error("not_picked_up", exc_info=done)
                if done is not True:
                    self._questions.left.set()

    async def pick_up_later(self) -> None:
        """Wait until something could not be answered, and after a while answer it."""
        left = self._questions.left
        await left.wait()
        left.clear()
        await asyncio.sleep(self._pause)
        self._pause = min(2 * self._pause, _LONGEST_PAUSE)
        await self.pick_up()
        if not left.is_set():
            self._pause = _FIRST_PAUSE

    # -- what to do ------------------------------------------------------------------------------

    async def _hear(self, message: discord.Message) -> None:
        """Sort a message, one after the other of a person in a place, and do what it asks for."""
        place = ("heard", message.channel.id, message.author.id)
        async with self._services.locks.at(place):
            work = await self._sort(message)
        if work is not None:
            await work()

    async def _sort(self, message: discord.Message) -> Work | None:
        """What a message asks for; None where that is nothing."""
        own = own_text(message, self._client)
        incoming, previous = await read_message(message, own, self._client)
        if incoming.where is MessagePlace.GUIDE_CHANNEL:
            self._guide_channels.add(self._questions.asked(message).channel)
        if incoming.automatic:
            return None
        talk = self._talks.near(message)
        if talk is not None and talk.flight is not None:
            if message.id in talk.flight.readings:
                return None
            if await self._belongs(as_one_text([own, *forwarded(message)]), incoming, talk.flight):
                reading = await self._questions.surroundings.read(
                    message, incoming, follows_up=True
                )
                return await self._questions.grow(message, talk.flight, reading)
        if self._talks.expects(message) and not is_aside(incoming):
            incoming = replace(incoming, mentions_bot=True)
        before = talk.before if talk is not None else {}
        return await self._take(message, incoming, previous, before)

    async def _take(
        self,
        message: discord.Message,
        incoming: Incoming,
        previous: Exchange | None,
        before: Mapping[int, Reading],
    ) -> Work | None:
        """Take a message that belongs to no other, if it is for the bot."""
        reading = None
        carries = bool(message.attachments or message.message_snapshots)
        if carries and listens(incoming) and not is_addressed(incoming):
            reading = await self._questions.surroundings.read(message, incoming)
            if reading.text and not is_question(incoming.text):
                incoming = replace(incoming, text=reading.text)
        decision = decide(incoming)
        if carries and decision.reaction is Reaction.GREET:
            decision = Decision(Reaction.ANSWER, "it brings something to read")
        if decision.reaction is Reaction.LEAVE:
            self._overhear(message, incoming, reading)
            return None
        alliance = await self._alliance(message)
        if alliance is None:
            return None
        asked = replace(self._questions.asked(message), alliance=alliance)
        if decision.reaction is Reaction.GREET:
            return lambda: self._greet(message, asked)
        self._talks.expect_no_more(message)
        wished = source_wished(incoming.text) is not None
        if wished and previous is None and asked.thread is None:
            previous = await self._services.store.answers.last_exchange_of(
                alliance, asked.channel, asked.person
            )
        follows_up = decision.follow_up or (wished and previous is not None)
        asked = replace(asked, previous=previous if follows_up else None)

        async def read() -> Reading:
            return reading or await self._questions.surroundings.read(
                message, incoming, before=bool(before), follows_up=follows_up
            )

        return await self._questions.take(message, asked, read, before)

    async def _belongs(self, text: str, incoming: Incoming, flight: Flight) -> bool:
        """Whether a message belongs to what its author asked seconds before."""
        if is_aside(incoming) or (flight.reading.settled and flight.over):
            return False
        addressed = is_addressed(incoming)
        return goes_on(flight.asked.text, text, addressed=addressed) and (
            await self._questions.can_grow(flight)
        )

    def _overhear(
        self, message: discord.Message, incoming: Incoming, reading: Reading | None
    ) -> None:
        """Remember for seconds what somebody wrote to nobody in particular."""
        text = reading.text if reading else as_one_text([incoming.text, *forwarded(message)])
        if text and not (is_aside(incoming) or is_courtesy(text) or is_command(text)):
            self._talks.overheard(message, Reading(text))

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
            and not await self._questions.hindered(message)
            and await self._questions.pace.admit(message, Cost.LOOKUP)
        ):
            await self._questions.replies.say(message, self._say("courtesy"))
