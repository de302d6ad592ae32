"""The server in one process, the bot in another: as a demonstration runs them."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.loopback.clock import SystemClock
from tests.loopback.server import DiscordServer

ROOT = Path(__file__).parents[3]


@asynccontextmanager
async def child(server: DiscordServer) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run the bot as a child process; at the end it is killed."""
    environment = os.environ | {
        "TEST_API_URL": server.api_url,
        "TEST_GATEWAY_URL": server.gateway_url,
        "DISCORD_TOKEN": server.token,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.loopback.tests.child_bot",
        cwd=ROOT,
        env=environment,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        await server.connected(within=30)
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def test_a_killed_bot_leaves_its_messages_and_a_new_one_serves_their_buttons() -> None:
    async with DiscordServer(clock=SystemClock()) as server:
        rosa = server.guild("Valley Alliance").member("Rosa")
        channel = rosa.guild.channel("questions")
        async with child(server):
            step = await rosa.uses("/step", in_=channel)
        await server.disconnected()
        assert step.text == "Step 1"
        async with child(server):
            answer = await rosa.uses("/ask", question="trust", private=False)
        assert answer.message.content == "About trust"
        assert server.gateway.identified == 2
        assert len(server.bot_messages) == 2
        server.assert_clean()
