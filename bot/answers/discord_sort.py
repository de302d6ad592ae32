"""What a message asks for: to be answered, taken with what came before it, greeted, left alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import discord

from bot.adapters.discord.draw import controls_of, view_of
from bot.adapters.discord.memberships import CHOOSE, Several, alliance_choice
from bot.adapters.discord.send import reply
from bot.answers.cited_source import source_wished
from bot.answers.discord_beside import Reading, forwarded
from bot.answers.discord_incoming import own_text, read_message, typed_command
from bot.answers.discord_questions import Questions, Work
from bot.answers.discord_talk import EXPECTED, Flight
from bot.answers.discord_words import WordDesk, greets, thanks
from bot.answers.find_answer import Asked
from bot.answers.own_words import as_one_text, goes_on
from bot.answers.records import Exchange
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

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

_LOOKED_BACK = 20
"""Messages among which the last of the bot is looked for."""


class Sorter:
    """Sorts messages; one after the other of a person in a place.

    Attributes:
        guide_channels: those in which somebody wrote.
    """

    def __init__(self, client: GuideClient, questions: Questions) -> None:
        self.guide_channels: set[int] = set()
        self._client = client
        self._services = client.services
        self._say = client.services.phrases.say
        self._questions = questions
        self._talks = questions.talks
        self._words = WordDesk(client, questions)

    async def sort(self, message: discord.Message) -> Work | None:
        """What a message asks for; None where that is nothing."""
        own = own_text(message, self._client)
        incoming, previous = await read_message(message, own, self._client)
        if incoming.where in {MessagePlace.GUIDE_CHANNEL, MessagePlace.FORUM_POST}:
            self.guide_channels.add(self._questions.asked(message).channel)
        if incoming.automatic or message.id in self._client.gone:
            return None
        if (told := self._words.command(message, incoming)) is not None:
            self._talks.overheard(message, Reading())  # what was asked before is at its end
            return told
        incoming = self._words.read(message, incoming)
        talk = self._talks.near(message)
        fresh = typed_command(message, self._client) is not None  # /ask begins anew
        if talk is not None and talk.flight is not None and not fresh:
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
        if (press := await self._words.press(message, incoming)) is not None:
            self._talks.overheard(message, Reading())
            return press
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
        alliance = await self.alliance(message)
        if alliance is None:
            return None
        overheard = not is_addressed(incoming)
        asked = replace(self._questions.asked(message), alliance=alliance, overheard=overheard)
        if decision.reaction is Reaction.GREET:
            return lambda: self._greet(message, asked, incoming.text)
        self._talks.expect_no_more(message)
        wished = source_wished(incoming.text) is not None
        if wished and previous is None and asked.thread is None:
            previous = await self._services.store.answers.last_exchange_of(
                alliance, asked.channel, asked.person
            )
        follows_up = decision.follow_up or (wished and previous is not None)
        asked = replace(asked, previous=previous if follows_up else None)

        async def read() -> Reading:
            found = reading or await self._questions.surroundings.read(
                message, incoming, before=bool(before), follows_up=follows_up
            )
            # A post has a title and says all that it asks.
            return replace(
                found, settled=incoming.where is MessagePlace.FORUM_POST or found.settled
            )

        return await self._questions.take(message, asked, read, before)

    async def _belongs(self, text: str, incoming: Incoming, flight: Flight) -> bool:
        """Whether a message belongs to what its author asked seconds before."""
        if is_aside(incoming) or (flight.reading.settled and (flight.over or not text)):
            return False
        about_bot = self._services.library.about_bot
        if about_bot.exactly(text) or about_bot.exactly(flight.asked.text):
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

    async def alliance(self, message: discord.Message, *, ask: bool = True) -> int | None:
        """Whom a message is answered for; None after asking a person who has to choose."""
        if message.guild is not None:
            return message.guild.id
        found = await self._client.memberships.alliance(message.author.id)
        if not isinstance(found, Several):
            return found
        if ask and not await self._is_asking(message):
            view = view_of(alliance_choice(self._services.phrases, found, message.id))
            await reply(message, view, f"c{message.id}")
        return None

    async def _is_asking(self, message: discord.Message) -> bool:
        """Whether the question which alliance is meant is the last that the bot said, and waits."""
        async for other in message.channel.history(limit=_LOOKED_BACK):
            if other.author == self._client.user:
                asks = any(CHOOSE.read(one.id) is not None for one in controls_of(other))
                return asks and message.created_at - other.created_at <= EXPECTED
        return False

    async def _greet(self, message: discord.Message, asked: Asked, text: str) -> None:
        claimed = await self._services.store.alliances.claim(asked.alliance, message.id)
        if (
            claimed
            and not await self._questions.hindered(message)
            and await self._questions.pace.admit(message, Cost.LOOKUP)
        ):
            if greets(text):
                words = self._say("about_bot_greeting")
            else:
                words = self._say("courtesy", thanked=thanks(text))
            await self._questions.replies.say(message, words)
