"""A server and a bot for each test; at the end no unexpected refusal may be left."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.loopback import Channel, DiscordServer, Guild, ManualClock, Member

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


@pytest.fixture
def guild(server: DiscordServer) -> Guild:
    """A server, with a channel that all see."""
    guild = server.guild("Valley Alliance")
    guild.channel("questions")
    return guild


@pytest.fixture
def channel(guild: Guild) -> Channel:
    return guild.channel("questions")


@pytest.fixture
def rosa(guild: Guild) -> Member:
    return guild.member("Rosa")
