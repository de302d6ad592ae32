"""The gateway: sessions that outlive their connections, and the faults of both."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from tests.loopback.constants import PRIVILEGED, Intent, Json, Op
from tests.loopback.limits import LIMITS
from tests.loopback.payloads import guild as guild_payload
from tests.loopback.payloads import objects
from tests.loopback.records import Violation
from tests.loopback.world.intents import conceal
from tests.loopback.world.model import Message

from .connection import Connection

if TYPE_CHECKING:
    from tests.loopback.world.world import World

_KNOWN_INTENTS = (1 << 26) - 1


class Session:
    """What a bot identified for; its events are kept for a resume."""

    def __init__(self, intents: Intent) -> None:
        self.id = secrets.token_hex(16)
        self.intents = intents
        self.sequence = 0
        self.sent: list[Json] = []
        self.connection: Connection | None = None

    def dispatch(self, event: str, data: Json) -> None:
        """Number an event, keep it, and send it if the bot is there."""
        self.sequence += 1
        payload: Json = {"op": int(Op.DISPATCH), "t": event, "s": self.sequence, "d": data}
        self.sent.append(payload)
        if self.connection is not None:
            self.connection.send(payload)


class Gateway:
    """Accepts the bot's connections and sends it events."""

    def __init__(self, world: World, *, token: str, heartbeat_interval: float) -> None:
        self.world = world
        self.token = token
        self.heartbeat_interval = heartbeat_interval
        self.url = ""
        self.sessions: dict[str, Session] = {}
        self.connections: list[Connection] = []
        self.identified = 0
        self.resumed = 0
        # faults
        self.lag = 0.0
        self.acknowledges_heartbeats = True
        self.refuses_connections = 0
        self._open = asyncio.Event()
        self._open.set()

    # -- events --------------------------------------------------------------------------------

    def _each(self, event: str, intent: Intent, data: Callable[[Session], Json]) -> None:
        copies = self.world.faults.copies(event)
        for session in list(self.sessions.values()):
            if intent == Intent.NONE or session.intents & intent:
                for _ in range(copies):
                    session.dispatch(event, data(session))

    def dispatch(self, event: str, data: Json, intent: Intent) -> None:
        """Send an event to the sessions that asked for one of these intents (NONE: to all)."""
        self._each(event, intent, lambda _: data)

    def dispatch_message(self, event: str, message: Message) -> None:
        """Send a message, without its content where the intent for it is missing."""
        dm = message.channel.is_dm
        data = objects.message_event(message)

        def shown(session: Session) -> Json:
            full = session.intents & Intent.MESSAGE_CONTENT
            return data if full else conceal(data, message, self.world.bot)

        self._each(event, Intent.DIRECT_MESSAGES if dm else Intent.GUILD_MESSAGES, shown)

    # -- faults and control --------------------------------------------------------------------

    @property
    def connected(self) -> bool:
        """Whether a bot is connected and identified."""
        return any(session.connection for session in self.sessions.values())

    async def drop(self, code: int | None = None, *, forget: bool = False) -> None:
        """Cut all connections, or close them with a code; `forget` makes a resume impossible."""
        if forget:
            self._forget()
        await asyncio.gather(*(one.drop(code) for one in list(self.connections)))

    def reconnect(self) -> None:
        """Ask the bot to reconnect and resume (op 7)."""
        for connection in self.connections:
            connection.send({"op": int(Op.RECONNECT), "d": None})

    def invalidate(self, *, resumable: bool) -> None:
        """Declare the sessions invalid (op 9)."""
        connections = list(self.connections)
        if not resumable:
            self._forget()
        for connection in connections:
            connection.send({"op": int(Op.INVALID_SESSION), "d": resumable})

    def _forget(self) -> None:
        for session in self.sessions.values():
            session.connection = None
        self.sessions.clear()

    def pause(self) -> None:
        """Hold back everything the gateway sends until `go_on`."""
        self._open.clear()

    def go_on(self) -> None:
        """Send what was held back."""
        self._open.set()

    async def gate(self) -> None:
        """Wait for `go_on` and for the lag, before anything is sent."""
        await self._open.wait()
        if self.lag:
            await asyncio.sleep(self.lag)

    # -- one connection ------------------------------------------------------------------------

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one connection until it ends."""
        if self.refuses_connections:
            self.refuses_connections -= 1
            raise web.HTTPServiceUnavailable
        socket = web.WebSocketResponse(compress=False, max_msg_size=0)
        await socket.prepare(request)
        connection = Connection(socket, request, self.gate)
        self.connections.append(connection)
        connection.expect_heartbeat(self.heartbeat_interval)
        interval = int(self.heartbeat_interval * 1000)
        connection.send({"op": int(Op.HELLO), "d": {"heartbeat_interval": interval}})
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._receive(connection, message.data)
        finally:
            self._ended(connection, socket.close_code)
            await connection.finish()
        return socket

    def _ended(self, connection: Connection, code: int | None) -> None:
        self.connections.remove(connection)
        for session in list(self.sessions.values()):
            if session.connection is connection:
                session.connection = None
                if code in (1000, 1001):
                    del self.sessions[session.id]
        self.world.signal.notify()

    def _receive(self, connection: Connection, text: str) -> None:
        try:
            payload = json.loads(text)
            op, data = payload["op"], payload.get("d")
        except (ValueError, KeyError, TypeError):
            self._refuse(connection, 4002, "Error while decoding payload.")
            return
        session = next((s for s in self.sessions.values() if s.connection is connection), None)
        match op:
            case Op.HEARTBEAT:
                connection.expect_heartbeat(self.heartbeat_interval)
                if self.acknowledges_heartbeats:
                    connection.send({"op": int(Op.HEARTBEAT_ACK)})
            case Op.IDENTIFY if session is None:
                self._identify(connection, data)
            case Op.IDENTIFY:
                self._refuse(connection, 4005, "Already authenticated.")
            case Op.RESUME:
                self._resume(connection, data)
            case _ if session is None:
                self._refuse(connection, 4003, "Not authenticated.")
            case Op.REQUEST_MEMBERS:
                self._send_members(session, data)
            case Op.PRESENCE | Op.VOICE_STATE:
                pass
            case _:
                self._refuse(connection, 4001, "Unknown opcode.")

    def _refuse(self, connection: Connection, code: int, message: str) -> None:
        self.world.records.violated(Violation("gateway", code=code, message=message))
        connection.close_later(code)
        self.world.signal.notify()

    def _identify(self, connection: Connection, data: Json) -> None:
        intents = Intent(int(data.get("intents", 0)))
        if data.get("token") != self.token:
            self._refuse(connection, 4004, "Authentication failed.")
            return
        if int(intents) & ~_KNOWN_INTENTS:
            self._refuse(connection, 4013, "Invalid intent(s).")
            return
        if intents & PRIVILEGED & ~self.world.granted:
            self._refuse(connection, 4014, "Disallowed intent(s).")
            return
        for old in [s for s in self.sessions.values() if s.connection is None]:
            del self.sessions[old.id]
        session = Session(intents)
        session.connection = connection
        self.sessions[session.id] = session
        world = self.world
        guilds = [guild for guild in world.guilds.values() if guild.bot_member is not None]
        application = guild_payload.application(world)
        ready: Json = {
            "v": 10,
            "user": objects.user(world.bot) | {"verified": True, "mfa_enabled": True},
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "shard": data.get("shard") or [0, 1],
            "application": {"id": application["id"], "flags": application["flags"]},
        }
        session.dispatch("READY", ready)
        if intents & Intent.GUILDS:
            for guild in guilds:
                session.dispatch("GUILD_CREATE", guild_payload.guild_create(guild))
        self.identified += 1
        world.signal.notify()

    def _resume(self, connection: Connection, data: Json) -> None:
        session = self.sessions.get(str(data.get("session_id")))
        last = data.get("seq") or 0
        if data.get("token") != self.token:
            self._refuse(connection, 4004, "Authentication failed.")
            return
        if session is None or last > session.sequence:
            connection.send({"op": int(Op.INVALID_SESSION), "d": False})
            return
        session.connection = connection
        for payload in session.sent:
            if payload["s"] > last:
                connection.send(payload)
        session.dispatch("RESUMED", {})
        self.resumed += 1
        self.world.signal.notify()

    def _send_members(self, session: Session, data: Json) -> None:
        guild = self.world.guilds.get(int(data["guild_id"]))
        if guild is None or guild.bot_member is None:
            return
        wanted: Any = data.get("user_ids")
        query = str(data.get("query") or "").lower()
        limit = int(data.get("limit") or 0)
        everyone = wanted is None and not query and not limit
        if everyone and not session.intents & Intent.GUILD_MEMBERS:
            text = "Requesting all members takes the members intent."
            self.world.records.violated(Violation("gateway", message=text))
            return
        found = list(guild.members.values())
        missing: list[str] = []
        if wanted is not None:
            asked = {int(i) for i in (wanted if isinstance(wanted, list) else [wanted])}
            found = [member for member in found if member.id in asked]
            missing = [str(i) for i in asked if i not in guild.members]
        elif query:
            found = [member for member in found if member.name.lower().startswith(query)]
        found = found[:limit] if limit else found
        size = LIMITS["MEMBERS_PAGE"]
        pages = [found[i : i + size] for i in range(0, len(found), size)] or [[]]
        for number, page in enumerate(pages):
            chunk: Json = {
                "guild_id": str(guild.id),
                "members": [objects.member(member) for member in page],
                "chunk_index": number,
                "chunk_count": len(pages),
                "not_found": missing,
                "nonce": data.get("nonce"),
            }
            session.dispatch("GUILD_MEMBERS_CHUNK", chunk)
