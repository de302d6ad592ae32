"""The loopback Discord server."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Literal, Self, TypeVar

from aiohttp import web

from .clock import Clock, SystemClock
from .constants import API_PREFIX, Intent
from .errors import ScenarioError
from .faults import Faults
from .gateway.gateway import Gateway
from .people.actor import Actor
from .records import Expectation, RequestRecord, RouteCount, Violation
from .rest import channels as rest_channels
from .rest import commands as rest_commands
from .rest import guilds as rest_guilds
from .rest import interactions as rest_interactions
from .rest import messages as rest_messages
from .rest.routes import Rest
from .world.channels import Channel
from .world.guilds import Guild
from .world.model import Interaction, Message, User
from .world.world import World

T = TypeVar("T")
Privilege = Literal["members", "presences", "message_content"]
_PRIVILEGES = {
    "members": Intent.GUILD_MEMBERS,
    "presences": Intent.GUILD_PRESENCES,
    "message_content": Intent.MESSAGE_CONTENT,
}
# far above what Discord takes, so that its own refusal of big files is what a bot sees
_LARGEST_REQUEST = 256 * 1024 * 1024
_TABLES = [
    module.ROUTES
    for module in (
        rest_messages,
        rest_channels,
        rest_guilds,
        rest_commands,
        rest_interactions,
    )
]


class DiscordServer:
    """Discord on 127.0.0.1: gateway, HTTP API, files, and the people who use it.

    Use it as an async context manager. Point discord.py at it by `discord.http.Route.BASE` and
    `discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY`: `discord_at` does so in this
    process; another process is told `api_url`, `gateway_url` and `token`.

    Args:
        token: the bot's token.
        bot_name: the bot's name.
        granted: the privileged intents the application was granted.
        clock: where time comes from; a `ManualClock` makes the 3 s and 15 min testable at once.
        within: how long, in real seconds, a scenario waits for the bot.
        heartbeat_interval: in seconds.
        ack_seconds: how long the bot has to acknowledge an interaction; Discord's 3 by default.
        port: a fixed port, or 0 for a free one.
    """

    def __init__(
        self,
        *,
        token: str = "loopback-token",
        bot_name: str = "Alliance Guide",
        granted: Iterable[Privilege] = ("members", "message_content"),
        clock: Clock | None = None,
        within: float = 30.0,
        heartbeat_interval: float = 41.25,
        ack_seconds: float | None = None,
        port: int = 0,
    ) -> None:
        intents = Intent.NONE
        for privilege in granted:
            intents |= _PRIVILEGES[privilege]
        self.token = token
        self.world = World(
            clock or SystemClock(), bot_name=bot_name, granted=intents, within=within
        )
        if ack_seconds is not None:
            self.world.ack_seconds = ack_seconds
        self.gateway = Gateway(self.world, token=token, heartbeat_interval=heartbeat_interval)
        self.world.gateway = self.gateway
        self._rest = Rest(self.world, token, _TABLES)
        self._port = port
        self._runner: web.AppRunner | None = None

    # -- running -------------------------------------------------------------------------------

    async def start(self) -> None:
        """Listen on 127.0.0.1."""
        app = web.Application(client_max_size=_LARGEST_REQUEST)
        app.router.add_route("*", API_PREFIX + "/{tail:.*}", self._rest.handle)
        app.router.add_get("/gateway", self.gateway.handle)
        app.router.add_get("/gateway/", self.gateway.handle)
        app.router.add_get("/cdn/attachments/{id}/{name}", self._file)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        self.world.base_url = f"http://127.0.0.1:{self._port}"
        self.gateway.url = f"ws://127.0.0.1:{self._port}/gateway"

    async def close(self) -> None:
        """Stop listening and end all connections."""
        self.faults.clear()
        self.gateway.go_on()
        for interaction in self.world.interactions.values():
            if interaction.timer is not None:
                interaction.timer.cancel()
        if self._runner is not None:
            await self.gateway.drop()
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def _file(self, request: web.Request) -> web.Response:
        for rule in self.faults.take("GET", request.path):
            if rule.gate is not None:
                await rule.gate.passing()
            if rule.decides:
                return self._rest.fault(rule, request)
        attachment = self.world.attachments.get(int(request.match_info["id"]))
        if attachment is None or attachment.name != request.match_info["name"]:
            raise web.HTTPNotFound
        return web.Response(
            body=attachment.data,
            headers={"Content-Type": attachment.file.content_type},
        )

    # -- where it is ---------------------------------------------------------------------------

    @property
    def api_url(self) -> str:
        """The value for `discord.http.Route.BASE`."""
        return self.world.base_url + API_PREFIX

    @property
    def gateway_url(self) -> str:
        """The value for `discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY`, in a `yarl.URL`."""
        return self.gateway.url

    async def connected(self, *, within: float | None = None) -> None:
        """Wait until the bot is connected and identified (or has resumed)."""
        await self.until(lambda: self.gateway.connected, what="bot on the gateway", within=within)

    async def disconnected(self, *, within: float | None = None) -> None:
        """Wait until no bot is connected."""
        await self.until(
            lambda: not self.gateway.connections, what="end of the connection", within=within
        )

    async def registered(self, *names: str, within: float | None = None) -> None:
        """Wait until these commands (or any) are registered."""

        def found() -> bool:
            tables = self.world.commands.values()
            known = {command["name"] for table in tables for command in table.values()}
            return known >= set(names) if names else bool(known)

        await self.until(found, what=f"registration of {names or 'commands'}", within=within)

    async def until(
        self, condition: Callable[[], T | None], *, what: str, within: float | None = None
    ) -> T:
        """Wait for any condition about the server; it is looked at after each change."""
        return await self.world.until(condition, what=what, within=within)

    # -- the world -----------------------------------------------------------------------------

    @property
    def bot(self) -> User:
        """The bot under test."""
        return self.world.bot

    def guild(self, name: str, *, owner: str | None = None, with_bot: bool = True) -> Guild:
        """Return the server of that name; make it, with the bot in it, if there is none.

        A new server has its owner as a member, who is called "Owner of ..." unless named.
        """
        return self.world.guild(name, owner=owner, with_bot=with_bot)

    def person(self, name: str) -> User:
        """Return the account of that name, in no server yet if it is new."""
        return self.world.person(name)

    def visitor(self, name: str) -> Actor:
        """Return someone who is in no server and can only write directly."""
        return Actor(self.world, self.world.person(name))

    # -- what happened -------------------------------------------------------------------------

    @property
    def faults(self) -> Faults:
        return self.world.faults

    @property
    def requests(self) -> list[RequestRecord]:
        """All requests so far."""
        return self.world.records.requests

    def counting(self) -> AbstractContextManager[RouteCount]:
        """Count the requests of a block by route, as in `assert not count.of("/members/")`."""
        return self.world.records.counting()

    @property
    def violations(self) -> list[Violation]:
        """All refusals that no test expected."""
        return self.world.records.violations

    @property
    def interactions(self) -> list[Interaction]:
        """All interactions so far, with the times of first callback and acknowledgement."""
        return list(self.world.interactions.values())

    @property
    def typing(self) -> list[Channel]:
        """Where the bot was seen typing, once for each time."""
        return self.world.typing

    def transcript(self) -> str:
        """Return what was said in all channels in which anything was."""
        channels = list(self.world.channels.values())
        return "\n\n".join(c.transcript() for c in channels if c.messages)

    @property
    def bot_messages(self) -> list[Message]:
        """Every message of the bot that is still there, ephemeral ones too, oldest first."""
        channels = self.world.channels.values()
        everything = [m for channel in channels for m in channel.messages.values()]
        mine = [m for m in everything if m.author is self.bot and not m.deleted and not m.system]
        return sorted(mine, key=lambda message: message.id)

    def expecting(
        self,
        code: int | None = None,
        *,
        status: int | None = None,
        kind: str | None = None,
        times: int | None = None,
    ) -> AbstractContextManager[Expectation]:
        """Take violations of this kind as meant; see `Records.expecting`."""
        return self.world.records.expecting(code, status=status, kind=kind, times=times)

    def assert_clean(self) -> None:
        """Raise if there was a violation that no test expected."""
        self.world.records.assert_clean()

    def slowest_acknowledgement(self) -> float:
        """Return the longest time the bot took to acknowledge an interaction.

        Raises:
            ScenarioError: if one was never acknowledged.
        """
        times = [interaction.seconds_to_acknowledge for interaction in self.interactions]
        if any(time is None for time in times):
            raise ScenarioError("an interaction was never acknowledged")
        return max((time for time in times if time is not None), default=0.0)
