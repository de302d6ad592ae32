"""The bot as a process of its own, forked from one that has imported everything: it starts at once.

Each has its own log, database and death all the same.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from multiprocessing import forkserver
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest

from tests import databases
from tests.demo.process import BotProcess
from tests.loopback import DiscordServer

MODULE = "tests.discord.serve_child"
LONG = 40
"""Seconds that starting another process may take."""

ROOT = Path(__file__).resolve().parents[2]
_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.discord.preload"])


class Forked:
    """A forked process, in asyncio's terms; only one thread ever waits for its end."""

    def __init__(self, process: ForkServerProcess) -> None:
        self._process = process
        self._ended = asyncio.create_task(asyncio.to_thread(process.join))

    @property
    def returncode(self) -> int | None:
        """How it ended; None as long as it runs."""
        return self._process.exitcode if self._ended.done() else None

    def kill(self) -> None:
        """Kill it."""
        self._process.kill()

    async def wait(self) -> int:
        """Wait for its end."""
        await asyncio.shield(self._ended)
        return self._process.exitcode or 0


async def fork(environment: Mapping[str, str], folder: Path, log: Path) -> Forked:
    """Start the bot with this environment, in this folder."""
    arguments = (dict(environment), str(folder), str(log))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(ROOT))  # what is imported beforehand is looked for there
        await asyncio.to_thread(forkserver.ensure_running)
    process = _CONTEXT.Process(target=_live, args=arguments, daemon=True)
    await asyncio.to_thread(process.start)
    return Forked(process)


def _live(environment: dict[str, str], folder: str, log: str) -> None:
    from tests.discord import serve_child

    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(file, 1)
    os.dup2(file, 2)
    sys.exit(serve_child.main())


class ForkedBot(BotProcess):
    """The bot without a model, which can be killed and started again."""

    def __init__(self, server: DiscordServer, folder: Path) -> None:
        super().__init__(server, folder, MODULE)

    async def _spawn(self, environment: Mapping[str, str]) -> Forked:
        own = dict(environment) | databases.environment(self.log.parent)
        return await fork(own, self.log.parent, self.log)


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
        **databases.environment(folder),
    }
