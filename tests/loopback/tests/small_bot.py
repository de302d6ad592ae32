"""A small discord.py client for the server's own tests."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import discord
from discord import app_commands

from tests.loopback.address import discord_at
from tests.loopback.server import DiscordServer


class SmallBot(discord.Client):
    """A client whose behavior a test puts together; nothing of discord.py is replaced."""

    def __init__(self, intents: discord.Intents | None = None, **options: Any) -> None:
        intents = intents or discord.Intents(
            guilds=True, messages=True, message_content=True, members=True, reactions=True
        )
        options.setdefault("guild_ready_timeout", 0.01)
        super().__init__(intents=intents, **options)
        self.tree = app_commands.CommandTree(self)
        self.seen: list[discord.Message] = []
        self.events: list[str] = []
        self.on_text: Callable[[discord.Message], Awaitable[object]] | None = None
        self.errors: list[BaseException] = []
        self.tree.error(self._tree_error)
        self.changed = asyncio.Event()
        self.sync_at_start = True
        self.restarts = 0

    async def setup_hook(self) -> None:
        if self.sync_at_start and self.tree.get_commands():
            await self.tree.sync()

    async def before_identify_hook(self, _: int | None, *, initial: bool = False) -> None:
        """Leave out the five seconds discord.py waits before it identifies again."""
        self.restarts += not initial

    def note(self, event: str) -> None:
        self.events.append(event)
        self.changed.set()

    async def on_socket_event_type(self, event: str) -> None:
        self.note(event)

    async def saw(self, event: str, times: int = 1) -> None:
        """Wait until an event of the gateway came so many times."""
        async with asyncio.timeout(10):
            while self.events.count(event) < times:
                self.changed.clear()
                await self.changed.wait()

    async def on_message(self, message: discord.Message) -> None:
        if message.author == self.user:
            return
        self.seen.append(message)
        self.note("on_message")
        if self.on_text is not None:
            try:
                await self.on_text(message)
            except discord.DiscordException as problem:
                self.errors.append(problem)
                self.note("error")

    async def _tree_error(
        self, _: discord.Interaction, error: app_commands.AppCommandError
    ) -> None:
        self.errors.append(getattr(error, "original", error))
        self.note("error")


@asynccontextmanager
async def running(server: DiscordServer, bot: SmallBot) -> AsyncIterator[SmallBot]:
    """Connect a bot to a server for the length of a block."""
    with discord_at(server):
        task = asyncio.create_task(bot.start(server.token))
        try:
            await server.connected()
            yield bot
        finally:
            await bot.close()
            await asyncio.gather(task, return_exceptions=True)
