"""Answering a question with one reply, also when its messages change, grow or go meanwhile.

What can't be answered gets a reason instead.
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
from collections.abc import AsyncIterator, Sequence
from typing import TYPE_CHECKING

import aiohttp
import discord
import structlog

from bot.adapters.discord.draw import ROOM, view_of
from bot.adapters.discord.errors import words_for
from bot.adapters.discord.limits import MISSING_PERMISSIONS, TYPING_SECONDS
from bot.adapters.discord.permissions import named
from bot.adapters.discord.send import replace, reply, whisper
from bot.answers.discord_talk import Flight
from bot.answers.find_answer import Asked, NotForBot, exchange_screen, find_answer, store_answer
from bot.answers.read_source import source_screens
from bot.answers.records import Exchange
from bot.chat.screen import Screen
from bot.core.errors import Refused

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

_log = structlog.get_logger()


class Replies:
    """Replies to messages."""

    def __init__(self, client: GuideClient) -> None:
        self._client = client
        self._services = client.services

    async def answer(self, flight: Flight, known: Exchange | None = None) -> bool:
        """Answer a question, as it reads at the end; what looks unfinished is waited for.

        Args:
            flight: the question, and what happens to it meanwhile.
            known: its answer, where it was found and stored before.

        Returns:
            False if neither the answer nor a reason could be sent.
        """
        message = flight.message
        try:
            async with typing_in(message.channel):
                if known is None:
                    await flight.listen(self._services.pause)
                await self._fly(flight, known)
        except NotForBot:
            flight.over = True
            if flight.shown is not None:
                await flight.shown.delete()
        except Exception as error:  # noqa: BLE001  (the ladder)
            flight.over, flight.error = True, error
            if isinstance(error, discord.Forbidden) and error.code == MISSING_PERMISSIONS:
                await self.explain_privately(message, [])
                return True
            return await self.fail(message, error, flight)
        return True

    async def revise(self, flight: Flight, known: Exchange, *, grown: bool = False) -> bool:
        """Answer a question that changed, by editing its answer.

        Args:
            flight: the question as it is now.
            known: its answer; where `grown`, it stays if what was added makes it none.
            grown: a message was added to it.

        Returns:
            False if neither the answer nor a reason could be sent.
        """
        assert known.answer_message is not None
        channel, answer = flight.message.channel, known.answer_message
        try:
            async with typing_in(channel) if grown else contextlib.nullcontext():
                if grown:
                    await flight.listen(self._services.pause)
                async with self._services.locks.at(("revise", flight.message.id)):
                    if flight.current:
                        return True
                    flight.answered = asked = flight.asked
                    revised = await self._again(known, asked, grown=grown)
                    shown = await channel.fetch_message(answer)
                    await replace(shown, await self._view(revised, asked))
        except NotForBot:
            return True
        except Exception as error:  # noqa: BLE001  (the ladder)
            return await self.fail(flight.message, error)
        return True

    async def say(self, message: discord.Message, words: str) -> None:
        """Reply with words of the bot's own."""
        await reply(message, view_of(Screen(words)), f"a{message.id}")

    async def fail(
        self, message: discord.Message, error: Exception, flight: Flight | None = None
    ) -> bool:
        """Tell what went wrong; False if that can't be told either."""
        words = words_for(error, self._services.phrases)
        if words is None or self._unwanted(message, flight):
            return True
        try:
            if flight is not None and flight.shown is not None:
                await replace(flight.shown, view_of(Screen(words)))
            else:
                await reply(message, view_of(Screen(words)), f"e{message.id}")
        except (discord.HTTPException, aiohttp.ClientError, OSError) as problem:
            _log.warning("not_told", kind=type(problem).__name__)
            return False
        return True

    async def explain_privately(self, message: discord.Message, missing: list[str]) -> None:
        """Tell a person which permissions the bot lacks where they asked."""
        words = self._services.phrases.say(
            "missing_permission",
            channel=f"<#{message.channel.id}>",
            permissions=named(missing or ["send_messages"]),
        )
        told = await whisper(message.author, words, f"w{message.id}")
        _log.warning("missing_permission", channel=message.channel.id, missing=missing, told=told)

    async def _fly(self, flight: Flight, known: Exchange | None) -> None:
        services, message = self._services, flight.message
        asked = flight.asked
        if screens := await source_screens(services, asked.text, asked.previous, ROOM):
            await self._read_out(flight, screens)
            return
        loading = known is None and flight.shown is None and not services.answers.ready
        posting = self._client.services.postings.posting(message.channel.id)
        with posting if loading or flight.shown else contextlib.nullcontext():
            if loading:
                view = view_of(Screen(services.phrases.say("loading")))
                flight.shown = await reply(message, view, f"a{message.id}")
            await self._land(flight, known)

    async def _read_out(self, flight: Flight, screens: Sequence[Screen]) -> None:
        """Show the source that was asked for, in as many replies as it takes."""
        flight.over = True
        if flight.deleted:
            return
        first, *more = map(view_of, screens)
        if flight.shown is not None:
            await replace(flight.shown, first)
        else:
            await reply(flight.message, first, f"a{flight.message.id}")
        for number, view in enumerate(more, 2):
            await reply(flight.message, view, f"a{flight.message.id}:{number}")

    async def _land(self, flight: Flight, known: Exchange | None) -> None:
        """Find the answer, store it, show it, and note where it is shown."""
        services, message = self._services, flight.message
        flight.answered = asked = flight.asked
        exchange = known or await store_answer(services, asked)
        exchange = await self._kept_up(exchange, flight)
        if self._unwanted(message, flight):
            if flight.shown is not None:
                await flight.shown.delete()
            await services.store.privacy.forget_questions(asked.alliance, (message.id,))
            _log.info("question_deleted", exchange=exchange.id)
            return
        if any(one.message in self._client.gone for one in flight.asked.borrowed):
            await services.store.privacy.forget_questions(asked.alliance, (message.id,))
            raise Refused(services.phrases.say("borrowed_gone"))
        with self._client.services.postings.posting(message.channel.id):
            shown = await self._show(flight, exchange)
            await services.store.answers.set_answer_message(asked.alliance, exchange.id, shown.id)
        while not flight.current:
            exchange = await self._kept_up(exchange, flight)
            await replace(shown, await self._view(exchange, flight.asked))
        flight.over = True
        _log.info(
            "answered",
            exchange=exchange.id,
            alliance=asked.alliance,
            covered=exchange.outcome.answered,
            ms=round(exchange.outcome.latency_ms),
        )

    def _unwanted(self, message: discord.Message, flight: Flight | None) -> bool:
        """Whether a question, or the place it stood in, was deleted."""
        if message.id in self._client.gone or message.channel.id in self._client.gone_places:
            return True
        return flight is not None and flight.deleted

    async def _show(self, flight: Flight, exchange: Exchange) -> discord.Message:
        view = await self._view(exchange, flight.asked)
        if flight.shown is None:
            return await reply(flight.message, view, f"a{flight.message.id}")
        await replace(flight.shown, view)
        return flight.shown

    async def _view(self, exchange: Exchange, asked: Asked) -> discord.ui.LayoutView:
        screen = await exchange_screen(self._services, exchange, ROOM, heading=asked.heading)
        if not screen.rows:  # about the bot itself
            screen = await self._client.command_mentions.pressable(screen)
        return view_of(screen)

    async def _kept_up(self, exchange: Exchange, flight: Flight) -> Exchange:
        """Answer anew for as long as the question changed meanwhile."""
        while not flight.current:
            flight.answered = flight.asked
            exchange = await self._again(exchange, flight.asked)
        return exchange

    async def _again(self, exchange: Exchange, asked: Asked, *, grown: bool = False) -> Exchange:
        question, outcome = await find_answer(self._services, asked)
        if grown and exchange.outcome.answered and not outcome.answered:
            return exchange
        await self._services.store.answers.revise_exchange(
            exchange.alliance, exchange.id, question, outcome, asked.borrowed, grown=grown
        )
        return dataclasses.replace(exchange, question=question, outcome=outcome)


@contextlib.asynccontextmanager
async def typing_in(channel: discord.abc.Messageable) -> AsyncIterator[None]:
    """Show that the bot is typing, from at once to the end; it matters to nobody if it can't."""

    async def keep() -> None:
        with contextlib.suppress(discord.HTTPException, aiohttp.ClientError, OSError):
            while True:
                await channel.typing()
                await asyncio.sleep(TYPING_SECONDS - 2)

    task = asyncio.create_task(keep(), name="typing")
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
