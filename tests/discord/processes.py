"""The bot as a process of its own."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.discord_server import DiscordServer

ROOT = Path(__file__).resolve().parents[2]


@asynccontextmanager
async def process(
    server: DiscordServer, folder: Path, **changes: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    environment = os.environ | {
        "TEST_API_URL": server.api_url,
        "TEST_GATEWAY_URL": server.gateway_url,
        "DISCORD_TOKEN": server.token,
        "ALLIANCE_GUIDE_DATA_DIR": str(folder),
        "PYTHONPATH": str(ROOT),
    }
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.discord.serve_child",
        cwd=folder,
        env=environment | changes,
        stderr=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield child
    finally:
        if child.returncode is None:
            child.kill()
        await child.wait()


async def connected(
    server: DiscordServer, child: asyncio.subprocess.Process, within: float
) -> None:
    """Wait until a process is on the gateway; what it says is shown where it ends instead."""
    waiting = asyncio.create_task(server.connected(within=within))
    said = asyncio.create_task(child.communicate())
    await asyncio.wait({waiting, said}, return_when=asyncio.FIRST_COMPLETED)
    if not waiting.done():
        waiting.cancel()
        raise AssertionError(b"\n".join(said.result()).decode())
    try:
        await waiting
    finally:
        said.cancel()
        await asyncio.gather(said, return_exceptions=True)
