"""Questions asked by message: in guide channels, by mention, by reply, in threads, directly.

Each message is claimed once through the store, so that an event that comes twice is one question.
While it is answered it is a `_Flight`: an edit changes what is answered, a deletion ends it. The
answer is one message; an edit within two minutes edits that message.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import aiohttp
import discord
import structlog

from bot.core.phrases import Phrase
from bot.core.records import Exchange
from bot.discord_ui import reading, sending
from bot.discord_ui.cooldown import Cooldown
from bot.discord_ui.direct import Several, choice_view
from bot.discord_ui.errors import words_for
from bot.discord_ui.exchanges import Asked, exchange_view, find_answer, store_answer
from bot.discord_ui.permissions import missing_permissions, named
from bot.discord_ui.render import notice
from bot.discord_ui.responding import Action, Decision, decide
from bot.discord_ui.views import view_of

if TYPE_CHECKING:
    from bot.discord_ui.client import GuideClient

EDITABLE = timedelta(minutes=2)
_TYPING_SECONDS = 8.0
_FORBIDDEN = 50013
_log = structlog.get_logger()


@dataclass(slots=True)
class _Flight:
    """A message that is being answered."""

    text: str
    deleted: bool = False
    placeholder: discord.Message | None = None


class MessageDesk:
    """Takes messages, edits and deletions."""

    def __init__(self, client: GuideClient, cooldown: Cooldown) -> None:
        self._client = client
        self._services = client.services
        self._cooldown = cooldown
        self._flights: dict[int, _Flight] = {}

    # -- events ----------------------------------------------------------------------------------

    async def heard(self, message: discord.Message) -> None:
        """Someone wrote."""
        if self._client.stopping or message.author == self._client.user:
            return
        received = self._services.now()
        with self._client.in_flight():
            text = reading.text_for_bot(message, self._client)
            incoming, previous = await reading.read(message, text, self._client)
            decision = decide(incoming)
            if decision.action is Action.LEAVE:
                return
            alliance = await self._alliance(message)
            if alliance is not None:
                await self._take(
                    message, decision, _asked(message, alliance, text, received, previous)
                )

    async def edited(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Someone changed a message: what is being answered, was answered, or is a question now."""
        message = payload.message
        edited = message.edited_at
        if self._client.stopping or edited is None or message.author == self._client.user:
            return
        if edited - message.created_at > EDITABLE:
            return
        text = reading.text_for_bot(message, self._client)
        if (flight := self._flights.get(message.id)) is not None:
            flight.text = text
            return
        received = self._services.now()
        with self._client.in_flight():
            alliance = await self._alliance(message, ask=False)
            if alliance is None:
                return
            known = await self._services.store.exchange_by_source(alliance, message.id)
            if known is None:
                await self.heard(message)
                return
            stamp = f"{message.id}:edited:{edited.timestamp()}"
            if await self._services.store.claim(alliance, stamp):
                await self._revise(message, text, known, received)

    async def deleted(self, payload: discord.RawMessageDeleteEvent) -> None:
        """Someone deleted a message; what is being answered needs no answer any more."""
        if (flight := self._flights.get(payload.message_id)) is not None:
            flight.deleted = True

    async def chosen(self, message: discord.Message) -> None:
        """Someone chose the alliance that a direct message is for."""
        with self._client.in_flight():
            alliance = await self._alliance(message, ask=False)
            if alliance is not None:
                text = reading.text_for_bot(message, self._client)
                asked = _asked(message, alliance, text, self._services.now(), None)
                await self._answer(message, asked)

    # -- what to do ------------------------------------------------------------------------------

    async def _alliance(self, message: discord.Message, *, ask: bool = True) -> int | None:
        """Whom a message is answered for; None after asking a person who has to choose."""
        if message.guild is not None:
            return message.guild.id
        found = await self._client.memberships.alliance(message.author.id)
        if not isinstance(found, Several):
            return found
        if ask:
            view = choice_view(self._services.phrases, found, message.id)
            await sending.reply(message, view, f"c{message.id}")
        return None

    async def _take(self, message: discord.Message, decision: Decision, asked: Asked) -> None:
        if not await self._services.store.claim(asked.alliance, message.id):
            return
        if not decision.follow_up:
            asked = replace(asked, previous=None)
        if await self._hindered(message):
            return
        if decision.action is Action.GREET:
            await self._say(message, self._services.phrases.say(Phrase.COURTESY))
            return
        verdict = self._cooldown.take(message.author.id)
        if verdict.allowed:
            await self._answer(message, asked)
        elif not verdict.told:
            words = self._services.phrases.say(Phrase.COOLDOWN, seconds=verdict.seconds)
            await self._say(message, words)

    async def _answer(self, message: discord.Message, asked: Asked) -> None:
        flight = self._flights.setdefault(message.id, _Flight(asked.text))
        try:
            async with self._typing(message.channel):
                await self._fly(message, asked, flight)
        except discord.Forbidden as error:
            if error.code != _FORBIDDEN:
                raise
            await self._explain_privately(message, [])
        except Exception as error:  # noqa: BLE001  (the ladder)
            await self._fail(message, flight, error)
        finally:
            self._flights.pop(message.id, None)

    async def _fly(self, message: discord.Message, asked: Asked, flight: _Flight) -> None:
        """Answer a message, as it reads at the end."""
        services = self._services
        if not services.answers.ready:
            view = view_of(notice(services.phrases.say(Phrase.LOADING)))
            flight.placeholder = await sending.reply(message, view, f"a{message.id}")
        text = flight.text
        exchange = await store_answer(services, replace(asked, text=text))
        while flight.text != text:
            text = flight.text
            exchange = await self._again(exchange, replace(asked, text=text))
        if flight.deleted:
            if flight.placeholder is not None:
                await flight.placeholder.delete()
            _log.info("question_deleted", exchange=exchange.id)
            return
        view = exchange_view(services, exchange)
        if flight.placeholder is not None:
            await sending.replace(flight.placeholder, view)
            shown = flight.placeholder
        else:
            shown = await sending.reply(message, view, f"a{message.id}")
        await services.store.set_answer_message(asked.alliance, exchange.id, shown.id)
        while flight.text != text:
            text = flight.text
            exchange = await self._again(exchange, replace(asked, text=text))
            await sending.replace(shown, exchange_view(services, exchange))
        _log.info(
            "answered",
            exchange=exchange.id,
            alliance=asked.alliance,
            covered=exchange.outcome.answered,
            ms=round(exchange.outcome.latency_ms),
        )

    async def _revise(
        self, message: discord.Message, text: str, known: Exchange, received: datetime
    ) -> None:
        """Answer an edited question by editing the answer."""
        store = self._services.store
        previous = await store.exchange(known.alliance, known.previous) if known.previous else None
        asked = _asked(message, known.alliance, text, received, previous)
        if known.answer_message is None or self._cooldown.take(message.author.id).allowed is False:
            return
        channel = message.channel
        assert isinstance(channel, discord.abc.Messageable)
        try:
            revised = await self._again(known, asked)
            shown = await channel.fetch_message(known.answer_message)
            await sending.replace(shown, exchange_view(self._services, revised))
        except Exception as error:  # noqa: BLE001  (the ladder)
            await self._fail(message, _Flight(text), error)

    async def _again(self, exchange: Exchange, asked: Asked) -> Exchange:
        question, outcome = await find_answer(self._services, asked)
        await self._services.store.revise_exchange(
            exchange.alliance, exchange.id, question, outcome
        )
        return replace(exchange, question=question, outcome=outcome)

    # -- words -----------------------------------------------------------------------------------

    async def _hindered(self, message: discord.Message) -> bool:
        """Whether the bot may not answer here; the person is told privately."""
        channel = message.channel
        if message.guild is None or isinstance(channel, (discord.DMChannel, discord.GroupChannel)):
            return False
        has = channel.permissions_for(message.guild.me)
        missing = missing_permissions(has, in_thread=isinstance(channel, discord.Thread))
        if missing:
            await self._explain_privately(message, missing)
        return bool(missing)

    async def _explain_privately(self, message: discord.Message, missing: list[str]) -> None:
        words = self._services.phrases.say(
            Phrase.MISSING_PERMISSION,
            channel=f"<#{message.channel.id}>",
            permissions=named(missing or ["send_messages"]),
        )
        told = await sending.whisper(message.author, words, f"w{message.id}")
        _log.warning("missing_permission", channel=message.channel.id, missing=missing, told=told)

    async def _say(self, message: discord.Message, words: str) -> None:
        await sending.reply(message, view_of(notice(words)), f"a{message.id}")

    async def _fail(self, message: discord.Message, flight: _Flight, error: Exception) -> None:
        words = words_for(error, self._services.phrases)
        if words is None or flight.deleted:
            return
        try:
            if flight.placeholder is not None:
                await sending.replace(flight.placeholder, view_of(notice(words)))
            else:
                await sending.reply(message, view_of(notice(words)), f"e{message.id}")
        except (discord.HTTPException, aiohttp.ClientError, OSError) as problem:
            _log.warning("not_told", kind=type(problem).__name__)

    @contextlib.asynccontextmanager
    async def _typing(self, channel: discord.abc.Messageable) -> AsyncIterator[None]:
        """Show that the bot is typing, from at once to the end; it matters to nobody if it can't."""

        async def keep() -> None:
            with contextlib.suppress(discord.HTTPException, aiohttp.ClientError, OSError):
                while True:
                    await channel.typing()
                    await asyncio.sleep(_TYPING_SECONDS)

        task = asyncio.create_task(keep(), name="typing")
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


def _asked(
    message: discord.Message,
    alliance: int,
    text: str,
    received: datetime,
    previous: Exchange | None,
) -> Asked:
    channel = message.channel
    in_thread = isinstance(channel, discord.Thread)
    threaded = in_thread or message.guild is None
    return Asked(
        alliance=alliance,
        channel=channel.parent_id if isinstance(channel, discord.Thread) else channel.id,
        person=message.author.id,
        source=message.id,
        text=text,
        received=received,
        thread=channel.id if threaded else None,
        previous=previous,
    )
