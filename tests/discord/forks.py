"""Bot processes forked from one that has imported everything: a start takes a fraction.

Each is a process of its own all the same, with its own log, database and death.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import sys
from collections.abc import Mapping
from multiprocessing import forkserver
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest

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
