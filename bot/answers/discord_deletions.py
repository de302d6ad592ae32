"""Questions that people delete: their answer, their gap and their words go with them.

So does what was answered about somebody else's message that is deleted.

Whatever is deleted is noted at once, so that nothing is posted in reply to it any more; an answer that
stands already is taken away, unless others went on from it: then it stays for them, without the
question. What was deleted while the bot was off is found where that costs nothing or one look: by
what its answer is pressed for, and in the last messages of the channels for questions.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import discord
import structlog

from bot.adapters.discord.draw import ROOM, view_of
from bot.adapters.discord.limits import HISTORY_PAGE
from bot.adapters.discord.send import Interaction, missing_of, replace, with_retries
from bot.alliances.records import ChannelPurpose
from bot.answers.answer_screen import answer_screen, record_of
from bot.answers.records import Exchange
from bot.chat.screen import Screen

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

_log = structlog.get_logger()


def mind_deletions(client: GuideClient) -> None:
    """Forget what was asked in messages that are deleted."""
    deletions = Deletions(client)
    client.listen("raw_message_delete", deletions.message_deleted)
    client.listen("raw_bulk_message_delete", deletions.messages_deleted)
    client.listen("raw_thread_delete", deletions.thread_deleted)
    client.listen("guild_channel_delete", deletions.channel_deleted)
    client.listen("interaction", deletions.touched)
    client.listen("ready", deletions.look)


class Deletions:
    """Hears what is deleted, and looks for what was while nobody heard."""

    def __init__(self, client: GuideClient) -> None:
        self._client = client
        self._store = client.services.store

    async def message_deleted(self, payload: discord.RawMessageDeleteEvent) -> None:
        """One message."""
        await self._forget(payload.guild_id, payload.channel_id, {payload.message_id})

    async def messages_deleted(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Many at once."""
        await self._forget(payload.guild_id, payload.channel_id, payload.message_ids)

    async def thread_deleted(self, payload: discord.RawThreadDeleteEvent) -> None:
        """A thread, or a post in a forum, with all that was asked in it."""
        await self._forget_place(payload.guild_id, payload.thread_id)

    async def channel_deleted(self, channel: discord.abc.GuildChannel) -> None:
        """A channel with all that was asked in it."""
        await self._forget_place(channel.guild.id, channel.id)

    async def touched(self, interaction: Interaction) -> None:
        """A button was pressed: the message tells whether what it replies to is still there."""
        shown = interaction.message
        replied = shown.reference.resolved if shown and shown.reference else None
        if isinstance(replied, discord.DeletedReferencedMessage):
            await self._forget(interaction.guild_id, replied.channel_id, {replied.id})

    async def look(self) -> None:
        """Look through the last messages of the channels for questions, one after the other."""
        with self._client.in_flight():
            for guild in self._client.guilds:
                await self._look_through(guild)

    async def _look_through(self, guild: discord.Guild) -> None:
        for place in await self._store.alliances.channels(guild.id, ChannelPurpose.QUESTIONS):
            channel = guild.get_channel(place.channel)
            if isinstance(channel, discord.TextChannel):
                asked = await self._store.answers.asked_in(guild.id, channel.id, HISTORY_PAGE)
                if gone := await missing_of(channel, asked):
                    await self._forget(guild.id, channel.id, gone)

    async def _forget(self, alliance: int | None, channel: int, messages: Collection[int]) -> None:
        """Forget what was asked in messages, also in one that is being answered just now."""
        for message in messages:
            self._client.gone.add(message)
        with self._client.in_flight():
            # An answer that is on its way is taken away once it is known where it stands.
            for noted in self._client.services.postings.under_way(channel):
                await noted.wait()
            privacy = self._store.privacy
            if alliance is None:
                forgotten = await privacy.forget_questions_everywhere(messages)
            else:
                forgotten = await privacy.forget_questions(alliance, messages)
            for exchange, followed in forgotten:
                leaning = exchange.source not in messages
                await self._take_away(exchange, followed=followed, leaning=leaning)

    async def _forget_place(self, alliance: int, place: int) -> None:
        """Forget what was asked in a channel or thread that is gone, with the answers there."""
        self._client.gone_places.add(place)
        with self._client.in_flight():
            await self._store.privacy.forget_questions(alliance, place=place)

    async def _take_away(self, exchange: Exchange, *, followed: bool, leaning: bool) -> None:
        """Delete an answer, or leave it to those who went on from it.

        Where it was to what somebody else wrote, `leaning`, whoever asked is told why it is gone.
        """
        _log.info("question_deleted", exchange=exchange.id)
        if exchange.answer_message is None:
            return
        channel = self._client.get_partial_messageable(
            exchange.thread or exchange.channel, guild_id=exchange.alliance or None
        )
        answer = channel.get_partial_message(exchange.answer_message)
        try:
            services = self._client.services
            say = services.phrases.say
            if leaning:
                await replace(answer, view_of(Screen(say("borrowed_gone"))))
            elif followed or await self._is_replied_to(answer):
                foot = say("question_deleted")
                record = record_of(exchange)
                screen = answer_screen(record, services.library, say, ROOM, foot=foot)
                await replace(answer, view_of(screen))
            else:
                await with_retries(answer.delete)
        except discord.HTTPException as error:  # it is gone as well, or can't be changed any more
            _log.info("not_taken_away", status=error.status, code=error.code)

    async def _is_replied_to(self, answer: discord.PartialMessage) -> bool:
        """Whether people replied to a message, or opened a thread from it."""
        if self._client.get_channel(answer.id) is not None:
            return True
        async for later in answer.channel.history(after=answer, limit=HISTORY_PAGE):
            reference = later.reference
            if reference and reference.message_id == answer.id and not later.author.bot:
                return True
        return False
