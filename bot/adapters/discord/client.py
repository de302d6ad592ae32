"""The connection to Discord. What the bot can do comes from flows.

What flows can't say, because it is Discord's own, comes from *features*: functions that take the
client and hang themselves in.

    def hear_messages(client: GuideClient) -> None:
        client.listen("message", heard)                         # events of discord.py
        client.every(3600, purge, name="purge")                 # background work

The lists of both are in `bot.wiring`. Commands are sent to Discord once, when they differ from
those sent before. All find everything they need in `client.services`
(`bot.services.Services`).
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import discord
import structlog
from discord import app_commands

from bot.adapters.discord.command_mentions import CommandMentions
from bot.adapters.discord.commands import commands_of
from bot.adapters.discord.memberships import Memberships
from bot.adapters.discord.router import Router
from bot.adapters.discord.send import Interaction, Recent, with_retries
from bot.chat.flow import Flows
from bot.services import Services

Feature = Callable[["GuideClient"], None]
Listener = Callable[..., Coroutine[Any, Any, None]]

_RECENT = 2000
_TOLD_AT_ONCE = 16
_SENT = "commands.sha256"
_log = structlog.get_logger()


class GuideTree(app_commands.CommandTree["GuideClient"]):
    """The slash commands; what goes wrong before a flow is called still reaches the ladder."""

    async def on_error(
        self,
        interaction: discord.Interaction[GuideClient],
        error: app_commands.AppCommandError,
    ) -> None:
        """Tell the person."""
        if interaction.type is discord.InteractionType.autocomplete:
            _log.warning("autocomplete_failed", exc_info=error)
            return
        await self.client.router.explain(interaction, error)


class GuideClient(discord.Client):
    """The bot as Discord sees it.

    Args:
        services: what handlers work with.
        features: what of it is Discord's own.
        flows: what the bot can do.
        on_connected: called each time the gateway is connected, first after it has begun.
        options: passed on to `discord.Client`.
    """

    def __init__(
        self,
        services: Services,
        features: Sequence[Feature],
        flows: Flows,
        on_connected: Callable[[], None] = lambda: None,
        **options: Any,
    ) -> None:
        intents = discord.Intents.none()
        intents.guilds = intents.guild_messages = intents.dm_messages = True
        intents.message_content = True
        super().__init__(
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            chunk_guilds_at_startup=False,
            **options,
        )
        self.services = services
        self.stopping = False
        self.tree = GuideTree(self)
        self.memberships = Memberships(self)
        self.taken = Recent(_RECENT)
        # What was deleted: a thread may have the id of a message from which it was opened.
        self.gone = Recent(_RECENT)
        self.gone_places = Recent(_RECENT)
        # Where hundreds press at once, telling the first what came of it must not keep Discord
        # waiting for the acknowledgement of the last.
        self.telling = asyncio.Semaphore(_TOLD_AT_ONCE)
        self._on_connected = on_connected
        self._hearers: dict[str, list[Listener]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._periodic: list[tuple[float, Callable[[], Awaitable[object]], str]] = []
        self._flights = 0
        self._landed = asyncio.Event()
        self.router = Router(self, flows)
        self.command_mentions = CommandMentions(self)
        for feature in features:
            feature(self)
        for command in commands_of(flows, services.phrases):
            self.tree.add_command(command)

    # -- what features hang themselves into ------------------------------------------------------

    def listen(self, event: str, listener: Listener) -> None:
        """Call a coroutine function at each event of this name, such as "message"."""
        self._hearers.setdefault(event, []).append(listener)

    def every(self, seconds: float, work: Callable[[], Awaitable[object]], *, name: str) -> None:
        """Do something at once after the start and then again and again."""
        self._periodic.append((seconds, work, name))

    def spawn(self, work: Coroutine[Any, Any, None], *, name: str) -> asyncio.Task[None]:
        """Run something in the background; its failure is logged."""
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._finished)
        return task

    @contextmanager
    def in_flight(self) -> Iterator[None]:
        """Count what happens inside as work that a stop waits for."""
        self._flights += 1
        try:
            yield
        finally:
            self._flights -= 1
            if not self._flights:
                self._landed.set()

    @property
    def idle(self) -> bool:
        """Whether nothing is in flight."""
        return not self._flights

    # -- life ------------------------------------------------------------------------------------

    async def setup_hook(self) -> None:
        """Begin what runs in the background; interactions may come before the bot is ready."""
        self.spawn(self._send_commands(), name="send commands")
        for seconds, work, name in self._periodic:
            self.spawn(_repeat(seconds, work, name), name=name)

    async def on_connect(self) -> None:
        """The gateway is there."""
        _log.info("connected", guilds=len(self.guilds))
        self._on_connected()

    async def land(self, grace: float) -> bool:
        """Take no new messages and wait for what is in flight; False if time was too short."""
        self.stopping = True
        try:
            async with asyncio.timeout(grace):
                while self._flights:
                    self._landed.clear()
                    await self._landed.wait()
        except TimeoutError:
            _log.warning("left_unfinished", count=self._flights)
            return False
        return True

    async def close(self) -> None:
        """End background work, then the connection."""
        self.stopping = True
        tasks = [task for task in self._tasks if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await super().close()

    # -- events ----------------------------------------------------------------------------------

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        """Call discord.py's own handler and the listeners of the features."""
        super().dispatch(event, *args, **kwargs)
        if self.is_closed():  # discord.py may still become ready then
            return
        for listener in self._hearers.get(event, ()):
            self._schedule_event(listener, f"on_{event}", *args, **kwargs)

    async def on_error(self, event_method: str, /, *_: Any, **__: Any) -> None:
        """A handler failed that has nobody to tell."""
        _log.exception("event_failed", event_method=event_method)

    async def on_interaction(self, interaction: Interaction) -> None:
        """Buttons, menus and forms by their ids; commands come through the tree."""
        self.memberships.note(interaction.guild, interaction.user.id)
        if interaction.type is discord.InteractionType.modal_submit:
            await self.router.submit(interaction)
        elif interaction.type is discord.InteractionType.component:
            await self.router.press(interaction)

    # -- commands --------------------------------------------------------------------------------

    async def _send_commands(self) -> None:
        payload = [command.to_dict(self.tree) for command in self.tree.get_commands()]
        text = json.dumps([self.application_id, payload], sort_keys=True)
        digest = hashlib.sha256(text.encode()).hexdigest()
        file = self.services.data_dir / _SENT
        if file.is_file() and file.read_text("utf-8").strip() == digest:
            return
        await with_retries(self.tree.sync, attempts=20, seconds=600)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(digest, "utf-8")
        _log.info("commands_sent", count=len(payload))

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("background_failed", task=task.get_name(), exc_info=error)


async def _repeat(seconds: float, work: Callable[[], Awaitable[object]], name: str) -> None:
    while True:
        try:
            await work()
        except Exception:  # noqa: BLE001  (the next time may work)
            _log.exception("background_failed", task=name)
        await asyncio.sleep(seconds)
