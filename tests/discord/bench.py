"""The bot in this process, with a guide that needs no model, for one scenario after the other."""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from bot import resources, wiring
from bot.adapters.discord.client import GuideClient
from bot.alliances.records import ChannelPurpose
from bot.answers.records import Exchange, FeedbackCounts
from bot.guide.service import GuideShelf
from bot.index.worker import AnswerWorker, WorkerWords
from bot.services import Services
from bot.settings import Settings
from bot.store import Store
from tests.discord.fakes import FakeGuide, FakeShelf
from tests.loopback import Channel, DiscordServer, Guild, Member, Message
from tests.loopback.address import discord_at

T = TypeVar("T")
QUICK = {"guild_ready_timeout": 0.01}
ASKS = "How do we keep momentum after the kickoff?"
HOSTILE = (
    "how @everyone <@&42> <@77> **do** [we](https://evil.example) <:x:123456789012345678> ||go||?"
)
ANSWERS = "/channels/*/messages"
"""Where messages are posted."""


PATIENCE = 30
"""Seconds; long enough for a machine that is busy otherwise."""


async def eventually(condition: Callable[[], T | Awaitable[T | None] | None]) -> T:
    """Wait until something inside the bot holds, and return it."""
    async with asyncio.timeout(PATIENCE):
        while True:
            found = condition()
            if inspect.isawaitable(found):
                found = await found
            if found:
                return found
            await asyncio.sleep(0.002)


def held_up(owner: object, method: str) -> asyncio.Event:
    """Let a method of the store wait for the event that is returned."""
    go_on, really = asyncio.Event(), getattr(owner, method)

    async def wait(*arguments: Any) -> Any:
        await go_on.wait()
        return await really(*arguments)

    setattr(owner, method, wait)
    return go_on


@dataclass(repr=False)
class Now:
    """A clock that tests can put forward."""

    ahead: timedelta = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def advance(self, seconds: float) -> None:
        self.ahead += timedelta(seconds=seconds)


class Pauses:
    """How the bot waits for what may still be written: not at all, or until it is told to go on."""

    def __init__(self) -> None:
        self.over = asyncio.Event()
        self.over.set()
        self.begun: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.begun.append(seconds)
        await self.over.wait()

    def hold(self) -> None:
        """Let pauses last from now on."""
        self.over.clear()

    def end(self) -> None:
        """Let all pauses be over."""
        self.over.set()


@dataclass(repr=False)  # asyncio's runner writes out what a fixture returned
class Bench:
    """Everything a scenario needs; `started` runs the bot for a block, again and again."""

    server: DiscordServer
    store: Store
    settings: Settings
    content: resources.Content
    data_dir: Path
    clock: Now
    guide: FakeGuide
    options: wiring.ServeOptions = field(
        default_factory=lambda: wiring.ServeOptions(client=QUICK, questions=1000)
    )
    load: Callable[[], GuideShelf] | None = None
    pauses: Pauses = field(default_factory=Pauses)
    client: GuideClient | None = None
    worker: AnswerWorker | None = None
    events: list[tuple[str, tuple[Any, ...]]] = field(default_factory=list)

    async def answer(self, asked: Message, **options: object) -> Message:
        """The bot's next message after one, in the same channel."""
        return await asked.channel.next_message(after=asked, by=self.server.bot, **options)

    async def kept(self, alliance: int, answer: Message) -> Exchange:
        """The exchange of an answer, which is noted right after it is posted."""

        async def found() -> Exchange | None:
            return await self.store.answers.exchange_by_answer(alliance, answer.id)

        return await eventually(found)

    async def counted(self, alliance: int, answer: Message, helpful: int, not_helpful: int) -> None:
        """Wait until so many found an answer helpful, and so many did not."""
        exchange = await self.kept(alliance, answer)
        expected = FeedbackCounts(helpful, not_helpful)

        async def fits() -> bool:
            return await self.store.answers.feedback_counts(alliance, exchange.id) == expected

        await eventually(fits)

    def pace(self, *, questions: int, seconds: float) -> None:
        """How many questions one person may ask."""
        self.options = replace(self.options, questions=questions, seconds=seconds)

    def limit_queue(self, most: int) -> None:
        """How many questions may wait."""
        self.options = replace(self.options, queue=most)

    async def queued(self, count: int) -> None:
        """Wait until so many questions wait for the model."""
        worker = self.worker
        assert worker is not None
        await eventually(lambda: worker.waiting >= count)

    async def idle(self) -> None:
        """Wait until the bot is done with all it heard."""
        client = self.client
        assert client is not None
        await eventually(lambda: client.idle)

    async def settled(self) -> None:
        """Wait until no notice is due and nothing is on its way."""

        async def nothing_due() -> bool:
            return not await self.store.outbox.due_notices(1)

        await eventually(nothing_due)
        await self.idle()

    async def caught_up(self) -> None:
        """Wait until the bot is done with what an earlier run left."""
        await self._heard("ready", lambda: True)
        await self.idle()

    async def seen_edit(self, text: str) -> None:
        """Wait until the bot heard of an edit."""
        await self._heard("raw_message_edit", lambda p: p.message.content == text)

    async def seen_deletion(self, message: Message) -> None:
        """Wait until the bot heard of a deletion."""
        await self._heard("raw_message_delete", lambda p: p.message_id == message.id)

    def _noting(self, event: str) -> Callable[..., Coroutine[Any, Any, None]]:
        async def note(*args: Any) -> None:
            self.events.append((event, args))

        return note

    async def _heard(self, event: str, fits: Callable[..., bool]) -> None:
        await eventually(lambda: any(name == event and fits(*args) for name, args in self.events))

    @contextlib.asynccontextmanager
    async def started(self, *, ready: bool = True) -> AsyncIterator[GuideClient]:
        words = WorkerWords("Too many questions are waiting.", "Restarting.", "Broken.")
        worker = AnswerWorker(
            self.load or (lambda: FakeShelf(self.guide)), words, self.options.queue
        )
        services: Services = replace(
            wiring.make_services(self.settings, self.options, self.content, self.store, worker),
            clock=self.clock,
            pause=self.pauses,
            data_dir=self.data_dir,
        )
        client = wiring.make_client(services, self.options, worker.start)
        self.client, self.worker = client, worker
        self.events.clear()
        for event in ("ready", "raw_message_edit", "raw_message_delete"):
            client.listen(event, self._noting(event))
        with discord_at(self.server):
            task = asyncio.create_task(client.start(self.server.token))
            try:
                await self.server.connected()
                if ready:
                    await eventually(lambda: worker.ready)
                yield client
            finally:
                self.guide.gate.set()
                self.pauses.end()
                client.stopping = True
                await worker.stop(2)
                await client.land(2)
                await client.close()
                await asyncio.gather(task, return_exceptions=True)
        await self.server.disconnected()


class SlowModel:
    """A model that loads when it is told to."""

    def __init__(self, bench: Bench) -> None:
        self.loaded = threading.Event()
        bench.load = self.load
        self._bench = bench

    def load(self) -> GuideShelf:
        self.loaded.wait(20)
        return FakeShelf(self._bench.guide)


@dataclass(repr=False)
class Alliance:
    """A server with a guide channel, another channel, and two people."""

    guild: Guild
    questions: Channel
    lounge: Channel
    rosa: Member
    omar: Member


async def alliance_of(bench: Bench, name: str, people: tuple[str, str]) -> Alliance:
    guild = bench.server.guild(name)
    questions, lounge = guild.channel("questions"), guild.channel("lounge")
    await bench.store.alliances.add_channel(guild.id, questions.id, ChannelPurpose.QUESTIONS)
    rosa, omar = (guild.member(person) for person in people)
    return Alliance(guild, questions, lounge, rosa, omar)


async def answered(bench: Bench, valley: Alliance, text: str = ASKS) -> Message:
    """The answer to what Rosa asks in the guide channel."""
    asked = await valley.rosa.says(valley.questions, text)
    return await bench.answer(asked)
