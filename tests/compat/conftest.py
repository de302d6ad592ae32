"""The bot, today's, over the loopback Discord; what an earlier version sent stands in `earlier`."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.adapters.discord import router
from tests.adapters.terminal.conftest import make_talk
from tests.compat.earlier import Earlier
from tests.discord.conftest import bench, content, plain_tracebacks, small, valley
from tests.loopback import DiscordServer

__all__ = ["bench", "content", "make_talk", "plain_tracebacks", "small", "valley"]


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[DiscordServer]:
    """A Discord that is patient, and a bot that knows it: how fast it is is measured elsewhere."""
    monkeypatch.setattr(router, "PATIENT", 10)
    async with DiscordServer(ack_seconds=30) as running:
        yield running
        running.assert_clean()


@pytest.fixture
async def earlier(server: DiscordServer) -> AsyncIterator[Earlier]:
    """What an earlier version sent to this server."""
    async with Earlier(server) as things:
        yield things
