"""The bot as a process of its own, which can be killed and started again."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from tests.loopback.errors import ScenarioError
from tests.loopback.server import DiscordServer

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = "tests.demo.child"
_LONGEST_START = 60.0
_LOG_LINES = 15


class Child(Protocol):
    """A process that was started."""

    @property
    def returncode(self) -> int | None:
        """How it ended; None as long as it runs."""

    def kill(self) -> None:
        """Kill it."""

    async def wait(self) -> int:
        """Wait for its end."""


class BotProcess:
    """Starts `python -m bot run` against a loopback server.

    Attributes:
        ahead: how far its clock is ahead when it starts next.

    Args:
        server: what it connects to.
        folder: its data folder, and the folder it is started in; no configuration of the person
            who runs this is read.
        module: what is started in place of the shipped bot.
    """

    def __init__(self, server: DiscordServer, folder: Path, module: str = SHIPPED) -> None:
        self._server = server
        self._folder = folder
        self._module = module
        self.ahead = timedelta()
        self._process: Child | None = None

    @property
    def log(self) -> Path:
        """Where the bot's log goes."""
        return self._folder / "log.jsonl"

    async def start(self) -> None:
        """Start it and wait until it is on the gateway.

        Raises:
            ScenarioError: it ended instead; the text has the end of its log.
        """
        self._process = process = await self._spawn(self._environment())
        ended = asyncio.create_task(process.wait())
        connected = asyncio.create_task(self._server.connected(within=_LONGEST_START))
        await asyncio.wait({ended, connected}, return_when=asyncio.FIRST_COMPLETED)
        ended.cancel()
        if not connected.done():
            connected.cancel()
            raise ScenarioError(f"the bot ended with {process.returncode}:\n{self.log_end()}")
        await connected

    async def kill(self) -> None:
        """Kill it, as a machine that loses power does; nothing happens if it is not running."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.returncode is None:
            process.kill()
        await process.wait()
        await self._server.disconnected()

    def log_end(self) -> str:
        """The last lines of its log, and of what it could not put into a sentence."""
        files = [file for file in (self.log, self._folder / "errors.log") if file.is_file()]
        ends = [file.read_text("utf-8", "replace").splitlines()[-_LOG_LINES:] for file in files]
        return "\n".join(line for end in ends for line in end)

    async def _spawn(self, environment: Mapping[str, str]) -> Child:
        with self.log.open("ab") as log:
            return await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                self._module,
                cwd=self._folder,
                env=environment,
                stdout=log,
                stderr=log,
            )

    def _environment(self) -> dict[str, str]:
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("ALLIANCE_GUIDE_") and name != "DATABASE_URL"
        }
        return inherited | {
            "TEST_API_URL": self._server.api_url,
            "TEST_GATEWAY_URL": self._server.gateway_url,
            "DISCORD_TOKEN": self._server.token,
            "ALLIANCE_GUIDE_DATA_DIR": str(self._folder),
            "PYTHONPATH": str(ROOT),
            "TEST_CLOCK_AHEAD": str(self.ahead.total_seconds()),
        }
