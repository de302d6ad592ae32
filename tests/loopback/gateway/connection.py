"""One WebSocket connection: compression, order, heartbeats, and its end."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import json
import zlib
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from tests.loopback.constants import Json

# how many intervals the server waits for a heartbeat before it takes the bot for dead
_PATIENCE = 1.5
_HEARTBEAT_MISSED = 4000


class _Zlib:
    def __init__(self) -> None:
        self._context = zlib.compressobj()

    def __call__(self, text: bytes) -> bytes:
        return self._context.compress(text) + self._context.flush(zlib.Z_SYNC_FLUSH)


class _Zstandard:
    """Asked for by discord.py when the optional package `zstandard` is installed."""

    def __init__(self) -> None:
        module: Any = importlib.import_module("zstandard")
        self._block: int = module.COMPRESSOBJ_FLUSH_BLOCK
        self._context: Any = module.ZstdCompressor().compressobj()

    def __call__(self, text: bytes) -> bytes:
        return bytes(self._context.compress(text) + self._context.flush(self._block))


class Connection:
    """Sends payloads in order from its own task, so that nothing else has to wait."""

    def __init__(
        self,
        socket: web.WebSocketResponse,
        request: web.Request,
        gate: Callable[[], Awaitable[None]],
    ) -> None:
        self._socket = socket
        self._request = request
        self._gate = gate
        self._compress: Callable[[bytes], bytes] | None = None
        match request.query.get("compress"):
            case "zlib-stream":
                self._compress = _Zlib()
            case "zstd-stream":
                self._compress = _Zstandard()
        self._outgoing: asyncio.Queue[Json | int] = asyncio.Queue()
        self._heartbeat: asyncio.TimerHandle | None = None
        self._ended = asyncio.Event()
        self._sender = asyncio.create_task(self._send_all())

    def send(self, payload: Json) -> None:
        """Put a payload in line."""
        self._outgoing.put_nowait(payload)

    def close_later(self, code: int) -> None:
        """Close once everything in line was sent."""
        self._outgoing.put_nowait(code)

    def expect_heartbeat(self, interval: float) -> None:
        """Close the connection unless this is called again in time."""
        if self._heartbeat is not None:
            self._heartbeat.cancel()
        self._heartbeat = asyncio.get_running_loop().call_later(
            interval * _PATIENCE, self.close_later, _HEARTBEAT_MISSED
        )

    async def _send_all(self) -> None:
        with contextlib.suppress(ConnectionError):
            while True:
                item = await self._outgoing.get()
                await self._gate()
                if isinstance(item, int):
                    await self._socket.close(code=item)
                    return
                text = json.dumps(item, separators=(",", ":"))
                if self._compress is None:
                    await self._socket.send_str(text)
                else:
                    await self._socket.send_bytes(self._compress(text.encode()))

    async def drop(self, code: int | None) -> None:
        """End the connection: close it with a code, or cut it without one."""
        if code is None:
            if self._request.transport is not None:
                self._request.transport.abort()
        else:
            await self._socket.close(code=code)
        await self._ended.wait()

    async def finish(self) -> None:
        """Clean up after the connection's end."""
        if self._heartbeat is not None:
            self._heartbeat.cancel()
        self._sender.cancel()
        await asyncio.gather(self._sender, return_exceptions=True)
        self._ended.set()
