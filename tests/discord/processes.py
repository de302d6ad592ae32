"""The bot as a process of its own."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from tests.demo.process import BotProcess
from tests.discord.forks import ROOT, Forked, fork
from tests.loopback import DiscordServer

MODULE = "tests.discord.serve_child"


class ForkedBot(BotProcess):
    """The bot without a model, which can be killed and started again."""

    def __init__(self, server: DiscordServer, folder: Path) -> None:
        super().__init__(server, folder, MODULE)

    async def _spawn(self, environment: Mapping[str, str]) -> Forked:
        return await fork(environment, self.log.parent, self.log)


@asynccontextmanager
async def process(server: DiscordServer, folder: Path, **changes: str) -> AsyncIterator[Forked]:
    """The bot without a model, forked; what it says goes into `log.jsonl` in its folder."""
    child = await fork(_environment(server, folder) | changes, folder, folder / "log.jsonl")
    try:
        yield child
    finally:
        child.kill()
        await child.wait()


@asynccontextmanager
async def program(
    server: DiscordServer, folder: Path, **changes: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """The bot without a model, as a program that is started anew; what it says can be read."""
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        MODULE,
        cwd=folder,
        env=_environment(server, folder) | changes,
        stderr=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield child
    finally:
        if child.returncode is None:
            child.kill()
        await child.wait()


async def connected(server: DiscordServer, child: Forked, folder: Path, within: float) -> None:
    """Wait until a process is on the gateway; what it said is shown where it ends instead."""
    waiting = asyncio.create_task(server.connected(within=within))
    ended = asyncio.create_task(child.wait())
    await asyncio.wait({waiting, ended}, return_when=asyncio.FIRST_COMPLETED)
    ended.cancel()
    if not waiting.done():
        waiting.cancel()
        raise AssertionError((folder / "log.jsonl").read_text("utf-8"))
    await waiting


def _environment(server: DiscordServer, folder: Path) -> dict[str, str]:
    return os.environ | {
        "TEST_API_URL": server.api_url,
        "TEST_GATEWAY_URL": server.gateway_url,
        "DISCORD_TOKEN": server.token,
        "ALLIANCE_GUIDE_DATA_DIR": str(folder),
        "PYTHONPATH": str(ROOT),
    }
