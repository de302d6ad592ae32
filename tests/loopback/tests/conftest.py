"""A server and a bot for each test; at the end no unexpected refusal may be left."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.loopback.clock import ManualClock
from tests.loopback.server import DiscordServer

from .api import Api
from .small_bot import SmallBot


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def server(clock: ManualClock) -> AsyncIterator[DiscordServer]:
    async with DiscordServer(clock=clock) as running:
        yield running
        running.assert_clean()


@pytest.fixture
async def bot() -> SmallBot:
    return SmallBot()


@pytest.fixture
async def api(server: DiscordServer) -> AsyncIterator[Api]:
    async with aiohttp.ClientSession() as session:
        yield Api(server, session)
