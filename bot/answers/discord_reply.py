"""Answering a message with one reply, also when it is edited or deleted meanwhile.

What can't be answered gets a reason instead.
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import aiohttp
import discord
import structlog

from bot.adapters.discord.draw import ROOM, view_of
from bot.adapters.discord.errors import words_for
from bot.adapters.discord.limits import MISSING_PERMISSIONS, TYPING_SECONDS
from bot.adapters.discord.permissions import named
from bot.adapters.discord.send import replace, reply, whisper
from bot.answers.find_answer import Asked, exchange_screen, find_answer, store_answer
from bot.answers.records import Exchange
from bot.chat.screen import Screen

if TYPE_CHECKING:
    from bot.adapters.discord.client import GuideClient

_log = structlog.get_logger()


@dataclass(slots=True)
class Flight:
    """A message that is being answered.

    Attributes:
        text: the question as it reads now.
        answered: the question as it read when its answer was sought.
        deleted: it needs no answer any more.
        shown: the message that becomes the answer, where there is one already.
    """

    text: str
    answered: str = ""
    deleted: bool = False
    shown: discord.Message | None = None


class Replies:
    """Replies to messages."""

    def __init__(self, client: GuideClient) -> None:
        self._client = client
        self._services = client.services

    async def answer(
        self,
        message: discord.Message,
        asked: Asked,
        flight: Flight,
        known: Exchange | None = None,
    ) -> bool:
        """Answer a message, as it reads at the end.

        Args:
            message: the question.
            asked: what is known of it.
            flight: what happens to it meanwhile.
            known: its answer, where it was found and stored before.

        Returns:
            False if neither the answer nor a reason could be sent.
        """
        try:
            async with _typing(message.channel):
                await self._fly(message, asked, flight, known)
        except Exception as error:  # noqa: BLE001  (the ladder)
            if isinstance(error, discord.Forbidden) and error.code == MISSING_PERMISSIONS:
                await self.explain_privately(message, [])
                return True
            return await self.fail(message, flight, error)
        return True

    async def revise(self, message: discord.Message, asked: Asked, known: Exchange) -> None:
        """Answer an edited question by editing the answer."""
        assert known.answer_message is not None
        channel = message.channel
        try:
            revised = await self._again(known, asked)
            shown = await channel.fetch_message(known.answer_message)
            await replace(shown, await self._view(revised))
        except Exception as error:  # noqa: BLE001  (the ladder)
            await self.fail(message, Flight(asked.text), error)

    async def say(self, message: discord.Message, words: str) -> None:
        """Reply with words of the bot's own."""
        await reply(message, view_of(Screen(words)), f"a{message.id}")

    async def fail(self, message: discord.Message, flight: Flight, error: Exception) -> bool:
        """Tell what went wrong; False if that can't be told either."""
        words = words_for(error, self._services.phrases)
        if words is None or self._unwanted(message, flight):
            return True
        try:
            if flight.shown is not None:
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

    async def _fly(
        self, message: discord.Message, asked: Asked, flight: Flight, known: Exchange | None
    ) -> None:
        services = self._services
        loading = known is None and flight.shown is None and not services.answers.ready
        posting = self._client.services.postings.posting(message.channel.id)
        with posting if loading or flight.shown else contextlib.nullcontext():
            if loading:
                view = view_of(Screen(services.phrases.say("loading")))
                flight.shown = await reply(message, view, f"a{message.id}")
            await self._land(message, asked, flight, known)

    async def _land(
        self, message: discord.Message, asked: Asked, flight: Flight, known: Exchange | None
    ) -> None:
        """Find the answer, store it, show it, and note where it is shown."""
        services = self._services
        flight.answered = flight.text
        exchange = known or await store_answer(
            services, dataclasses.replace(asked, text=flight.text)
        )
        exchange = await self._kept_up(exchange, asked, flight)
        if self._unwanted(message, flight):
            if flight.shown is not None:
                await flight.shown.delete()
            await services.store.privacy.forget_questions(asked.alliance, (message.id,))
            _log.info("question_deleted", exchange=exchange.id)
            return
        with self._client.services.postings.posting(message.channel.id):
            shown = await self._show(message, exchange, flight.shown)
            await services.store.answers.set_answer_message(asked.alliance, exchange.id, shown.id)
        while flight.text != flight.answered:
            exchange = await self._kept_up(exchange, asked, flight)
            await replace(shown, await self._view(exchange))
        _log.info(
            "answered",
            exchange=exchange.id,
            alliance=asked.alliance,
            covered=exchange.outcome.answered,
            ms=round(exchange.outcome.latency_ms),
        )

    def _unwanted(self, message: discord.Message, flight: Flight) -> bool:
        """Whether a question, or the place it stood in, was deleted."""
        gone = self._client.gone
        return flight.deleted or message.id in gone or message.channel.id in gone

    async def _show(
        self, message: discord.Message, exchange: Exchange, shown: discord.Message | None
    ) -> discord.Message:
        view = await self._view(exchange)
        if shown is None:
            return await reply(message, view, f"a{message.id}")
        await replace(shown, view)
        return shown

    async def _view(self, exchange: Exchange) -> discord.ui.LayoutView:
        return view_of(await exchange_screen(self._services, exchange, ROOM))

    async def _kept_up(self, exchange: Exchange, asked: Asked, flight: Flight) -> Exchange:
        """Answer anew for as long as the question was edited meanwhile."""
        while flight.text != flight.answered:
            flight.answered = flight.text
            exchange = await self._again(exchange, dataclasses.replace(asked, text=flight.text))
        return exchange

    async def _again(self, exchange: Exchange, asked: Asked) -> Exchange:
        question, outcome = await find_answer(self._services, asked)
        await self._services.store.answers.revise_exchange(
            exchange.alliance, exchange.id, question, outcome
        )
        return dataclasses.replace(exchange, question=question, outcome=outcome)


@contextlib.asynccontextmanager
async def _typing(channel: discord.abc.Messageable) -> AsyncIterator[None]:
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
