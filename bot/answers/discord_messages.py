"""Questions asked by message: in guide channels, by mention, by reply, in threads, directly.

What becomes of a question is in `bot.answers.discord_questions`. While it is answered it is a
`Flight`: an edit changes what is answered, another message may become a part of it, a deletion ends
it. The answer is one message; an edit within two minutes, also of a post's title, edits that message.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

import discord
import stamina
import structlog

from bot.adapters.discord.limits import HISTORY_PAGE
from bot.answers.discord_incoming import asks_openly, is_automatic, is_meant
from bot.answers.discord_pickup import resume
from bot.answers.discord_questions import Questions, Work
from bot.answers.discord_sort import Sorter
from bot.answers.discord_talk import Flight
from bot.answers.records import PendingQuestion
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
    client.listen("thread_update", desk.retitled)
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
        self._questions = Questions(client)
        self._sorter = Sorter(client, self._questions)
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
                    is_meant(message, self._client)
                    or asks_openly(message, self._sorter.guide_channels)
                ):
                    raise
                await self._questions.replies.fail(message, error)

    async def edited(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Someone changed a message."""
        if payload.message.edited_at is not None:
            await self._changed(payload.message, payload.message.edited_at)

    async def retitled(self, before: discord.Thread, after: discord.Thread) -> None:
        """Someone changed a thread; the title of a post in a forum is a part of what it asks."""
        if before.name == after.name or not isinstance(after.parent, discord.ForumChannel):
            return
        with contextlib.suppress(discord.NotFound, discord.Forbidden):
            first = await after.fetch_message(after.id)
            await self._changed(first, self._services.now())

    async def _changed(self, message: discord.Message, edited: datetime) -> None:
        """What a message says changed: it is being answered, was answered, or is a question now."""
        if self._client.stopping or is_automatic(message):
            return
        if edited - message.created_at > EDITABLE:
            return
        with self._client.in_flight():
            flight = await self._questions.reread(message)
            if flight is not None and not flight.over:
                return
            alliance = await self._sorter.alliance(message, ask=False)
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

    async def chosen(self, channel: discord.DMChannel, message: int) -> None:
        """Someone chose the alliance for a direct message, and for what they wrote since."""
        with self._client.in_flight():
            before = discord.Object(message - 1)
            works = []
            async for one in channel.history(after=before, limit=HISTORY_PAGE, oldest_first=True):
                if one.author != self._client.user:
                    works.append(await self._sort(one))
                    self._questions.nothing_comes(one)
            await asyncio.gather(*(work() for work in works if work is not None))

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
            resumed = (resume(self._questions, self._client, group) for group in groups)
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
        work = await self._sort(message)
        if work is not None:
            await work()

    async def _sort(self, message: discord.Message) -> Work | None:
        place = ("heard", message.channel.id, message.author.id)
        async with self._services.locks.at(place):
            return await self._sorter.sort(message)
