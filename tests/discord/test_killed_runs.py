"""A run is walked through while the process is killed again and again: nothing is lost or doubled."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from bot.core.models import Library
from bot.store import Store, open_store
from tests.discord.bench import Now, eventually
from tests.discord.kills import LONG, Walker, runs_of
from tests.discord.processes import ForkedBot
from tests.loopback import DiscordServer, ManualClock

KILLS = int(os.environ.get("KILLS", "3"))
SEED = 20_260_504


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with DiscordServer(clock=ManualClock(), within=LONG) as running:
        yield running
        running.assert_clean()


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with await open_store(tmp_path / "guide.db", Now()) as opened:
        yield opened


@pytest.mark.timeout(60 + 10 * KILLS)
async def test_what_was_acknowledged_outlives_kills_at_any_point_and_nothing_happens_twice(
    server: DiscordServer, store: Store, library: Library, tmp_path: Path
) -> None:
    rng, bot = Random(SEED), ForkedBot(server, tmp_path)
    guild = server.guild("Valley Alliance")
    rosa, lounge = guild.member("Rosa"), guild.channel("lounge")
    await reminded_at_once(store, guild.id, rosa.id)
    walker = Walker(server, bot, library, rosa, lounge, rng)
    await bot.start()
    try:
        await server.registered("checklist")
        for kills in runs_of(KILLS - 1):
            run = await walker.walks(kills)
            await run.assert_whole(store, guild.id)
        await walker.dies()  # and whatever was left undone is done now
        await eventually(lambda: delivered(store))
    finally:
        await bot.kill()
    assert walker.killed == KILLS
    assert walker.reminded() == dict.fromkeys(walker.promised, 1)
    assert all(count <= 1 for count in walker.briefs().values()), walker.briefs()


async def reminded_at_once(store: Store, alliance: int, person: int) -> None:
    """What is promised for today is due: the hour of reminders has gone by."""
    now = datetime.now(UTC)
    at = now.time().replace(hour=max(now.hour - 1, 0), minute=0, second=0, microsecond=0)
    settings = type(await store.people.person_settings(alliance, person))
    await store.people.set_person_settings(alliance, person, settings(zone=ZoneInfo("UTC"), at=at))


async def delivered(store: Store) -> bool:
    return await store.outbox.next_due() is None
